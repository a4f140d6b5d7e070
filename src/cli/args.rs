//! What can be typed: parsing only, nothing is touched. [`super::context`] gives it meaning.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, builder::Styles};

use super::commands::{lexicon::LexiconCommand, voices::VoicesCommand};
use crate::publish::FileFormat;

const EXAMPLES: &str = "\
Examples:
  aloud build                            speak articles/ into output/
  aloud build posts/ news.html -o site   speak a folder and a page into site/
  aloud read post.md                     show what would be spoken, and what not
  aloud voices list                      the voices there are
  cat post.html | aloud build -          speak standard input

Exit status: 0 all written, 1 some article failed, 2 usage or configuration.";

/// What `--version` says: with a part of another licence in it, the whole has that licence.
const VERSION: &str = if cfg!(feature = "espeak-phonemes") {
    concat!(env!("CARGO_PKG_VERSION"), "\nwith espeak-ng: this binary is GPL-3.0-or-later")
} else {
    env!("CARGO_PKG_VERSION")
};

/// Turn articles into narrated audio, in bulk, with nothing left out.
#[derive(Debug, Parser)]
#[command(
    name = "aloud",
    version = VERSION,
    about,
    after_help = EXAMPLES,
    max_term_width = 100,
    styles = Styles::styled(),
    disable_help_subcommand = true,
    infer_subcommands = false,
    propagate_version = true
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags of every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// Configuration file [default: aloud.toml in the current folder, if there is one]
    #[arg(long, value_name = "FILE", global = true, env = "ALOUD_CONFIG", hide_env = true)]
    pub(super) config: Option<PathBuf>,
    /// Results as JSON on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Every removal and every warning
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Colour in messages: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        hide_possible_values = true
    )]
    pub(super) color: ColorChoice,
    /// No progress bar
    #[arg(long, global = true)]
    pub(super) no_progress: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Speak articles: audio, captions and a manifest for each
    Build(BuildArgs),
    /// Show what would be spoken and what is removed, without speaking
    Read(ReadArgs),
    /// Read an article aloud through the system's own speech, sentence by sentence
    Speak(SpeakArgs),
    /// Check pronunciation lexicons, and find the words that need an entry
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// List, explain, install and remove voices
    #[command(subcommand)]
    Voices(VoicesCommand),
    /// Write a commented aloud.toml into the current folder
    Init(InitArgs),
    /// Print completions for a shell
    Completions {
        /// Shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// `aloud build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Articles: files, folders, patterns, or - for standard input [default: articles]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<String>,
    /// Folder to write [default: output]
    #[arg(short, long, value_name = "DIR", env = "ALOUD_OUTPUT", hide_env = true)]
    pub(super) output: Option<PathBuf>,
    /// Files to write for each article beside captions, manifest and page: wav, mp3, m4a, opus, flac,
    /// srt, sync, transcript, epub; wav always [default: wav]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(super) format: Vec<FileFormat>,
    /// Also one EPUB of all articles in the output folder, collection.epub
    #[arg(long)]
    pub(super) collection: bool,
    /// Worker threads [default: one for each processor]
    #[arg(short, long, value_name = "N", env = "ALOUD_JOBS", hide_env = true,
          value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    /// Plan and report, but write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) article: ArticleArgs,
}

/// `aloud read`.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Articles: files, folders, patterns, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<String>,
    /// What to show: text (sentences and removals), plain (the article as written), spoken (the words as
    /// they are said), ssml (SSML 1.1 for other systems) or json (schema aloud.script/1)
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub(super) format: ReadFormat,
    /// Cleaning: rules (as configured) or none (the text as it is)
    #[arg(long, value_name = "WHICH", default_value = "rules", hide_possible_values = true)]
    pub(super) clean: CleanChoice,
    #[command(flatten)]
    pub(super) article: ArticleArgs,
}

/// `aloud speak`.
#[derive(Debug, Args)]
pub(super) struct SpeakArgs {
    /// Article: a file, or - for standard input
    #[arg(value_name = "PATH", required_unless_present = "list")]
    pub(super) path: Option<String>,
    /// List the system's voices instead
    #[arg(long, conflicts_with = "path")]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) article: ArticleArgs,
}

/// What `aloud read` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReadFormat {
    /// Segments with role, line and pause, then the removals
    Text,
    /// The article's text as written, a blank line between blocks
    Plain,
    /// The words as they are said, one segment a line
    Spoken,
    /// Schema aloud.script/1
    Json,
    /// SSML 1.1
    Ssml,
}

/// Which cleaning rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CleanChoice {
    /// As configured
    Rules,
    /// Nothing is removed
    None,
}

/// Flags about articles and their voices.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ArticleArgs {
    /// Voice, whatever the article asks for: a name, an id or a query
    #[arg(long, value_name = "NAME")]
    pub(super) voice: Option<String>,
    /// Language of the articles (BCP 47)
    #[arg(long, value_name = "TAG")]
    pub(super) lang: Option<String>,
    /// Speed factor, 0.25 to 4
    #[arg(long, value_name = "X")]
    pub(super) rate: Option<f32>,
    /// Pitch factor, 0 to 2
    #[arg(long, value_name = "X")]
    pub(super) pitch: Option<f32>,
    /// Volume factor, 0 to 1
    #[arg(long, value_name = "X")]
    pub(super) volume: Option<f32>,
    /// Lexicon that wins over the articles' and the project's own; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) lexicon: Vec<PathBuf>,
    /// Drafts too, and what else is not published
    #[arg(long, action = ArgAction::SetTrue)]
    pub(super) drafts: bool,
    /// Types of posts to take from WordPress: post, page, ... [default: post]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(super) types: Vec<String>,
}

/// `aloud init`.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Overwrite an aloud.toml that exists
    #[arg(long)]
    pub(super) force: bool,
}
