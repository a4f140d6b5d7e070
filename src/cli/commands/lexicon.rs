//! `aloud lexicon`: checks lexicons, and lists the words that a voice has to guess at.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    batch,
    cli::{Ended, args::ArticleArgs, context::Context, engines, render},
    config,
    engine::{EngineError, EngineRegistry, Synthesizer, Utterance},
    model::{Prosody, Script, Source, Voice, Word},
    read::{self, DiscoverOptions},
    spoken::{Finding, Lexicon, Severity},
    voice::{self, PackStore},
};

/// `aloud lexicon`.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum LexiconCommand {
    /// Check lexicon files: syntax, sounds, entries that never match
    Check(CheckArgs),
    /// List the words of articles that the voice has to guess at, most frequent first
    Unknown(UnknownArgs),
}

/// `aloud lexicon check`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Lexicons: W3C PLS (.pls) or lexicon.toml files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Voice whose sounds are looked at [default: the configured one]
    #[arg(long, value_name = "NAME")]
    voice: Option<String>,
}

/// `aloud lexicon unknown`.
#[derive(Debug, Args)]
pub(in crate::cli) struct UnknownArgs {
    /// Articles: files, folders, patterns, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// What to print: text, json (schema aloud.unknown/1) or toml (a lexicon to fill in)
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    format: UnknownFormat,
    /// Only words that occur at least this often
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: usize,
    #[command(flatten)]
    article: ArticleArgs,
}

/// What `aloud lexicon unknown` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnknownFormat {
    /// For people
    Text,
    /// Schema aloud.unknown/1
    Json,
    /// A lexicon.toml
    Toml,
}

pub(in crate::cli) fn run(command: &LexiconCommand, context: &Context) -> anyhow::Result<Ended> {
    match command {
        LexiconCommand::Check(args) => check(args, context),
        LexiconCommand::Unknown(args) => unknown(args, context),
    }
}

/// Schema aloud.lexicon-check/1.
#[derive(Serialize)]
struct CheckJson {
    schema: &'static str,
    files: Vec<FileJson>,
}

#[derive(Serialize)]
struct FileJson {
    file: String,
    entries: usize,
    findings: Vec<Finding>,
}

fn check(args: &CheckArgs, context: &Context) -> anyhow::Result<Ended> {
    let voice = voice_of(args, context)?;
    let mut files = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        let text = batch::lexicon_text(path, &name)?;
        let (lexicon, mut findings) = Lexicon::read(&name, &text);
        findings.extend(unheard(&lexicon, &voice));
        findings.sort_by_key(|f| (f.line, f.column, f.severity));
        files.push(FileJson { file: name, entries: lexicon.entries().len(), findings });
    }
    let wrong = files.iter().flat_map(|f| &f.findings).any(|f| f.severity == Severity::Error);
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if context.json {
        let json = CheckJson { schema: "aloud.lexicon-check/1", files };
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        for file in &files {
            for finding in &file.findings {
                writeln!(out, "{}", render::finding_line(&file.file, finding))?;
            }
            let entries = file.entries;
            context.say(&format!(
                "{}: {entries} {} can be used, {} found",
                file.file,
                if entries == 1 { "entry" } else { "entries" },
                match file.findings.len() {
                    0 => "nothing wrong".to_owned(),
                    1 => "1 problem".to_owned(),
                    n => format!("{n} problems"),
                }
            ));
        }
    }
    out.flush()?;
    Ok(if wrong { Ended::WithFailures } else { Ended::Well })
}

/// The voice whose sounds count: the one that is named, or that of the settings.
fn voice_of(args: &CheckArgs, context: &Context) -> anyhow::Result<Voice> {
    let config = context.config()?;
    let environment = config::from_environment()?;
    let named = [&args.voice, &environment.name, &config.voice.name];
    let named = named.into_iter().flatten().next().map(String::as_str);
    let language = environment.language.as_deref().or(config.voice.language.as_deref());
    let catalogue = engines::catalogue(context);
    let usable = engines::obtainable(&catalogue)?;
    Ok(voice::resolve(named, language, &usable, &catalogue)?.voice)
}

/// Findings about sounds that a voice does not have.
fn unheard(lexicon: &Lexicon, voice: &Voice) -> Vec<Finding> {
    let mut findings = Vec::new();
    for placed in lexicon.entries() {
        let Some(ipa) = &placed.entry.ipa else { continue };
        for approximation in engines::approximations(voice, ipa) {
            findings.push(Finding {
                line: placed.line,
                column: placed.column,
                severity: Severity::Warning,
                code: "ipa-voice",
                message: format!(
                    "\"{}\": /{ipa}/: {}",
                    placed.entry.written,
                    approximation.explain(&voice.id)
                ),
                entry: Some(placed.entry.written.clone()),
            });
        }
    }
    findings
}

/// An article's script and voice.
type Chosen = Result<(Script, Voice), batch::ArticleError>;

/// A word that a voice guesses at.
#[derive(Debug, Clone, Serialize)]
struct Unknown {
    word: String,
    count: usize,
    /// The guess; `None` when the voice cannot say the word at all.
    ipa: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    source: String,
    line: u32,
    sentence: String,
}

/// Schema aloud.unknown/1.
#[derive(Serialize)]
struct UnknownJson {
    schema: &'static str,
    words: Vec<Unknown>,
}

fn unknown(args: &UnknownArgs, context: &Context) -> anyhow::Result<Ended> {
    let config = context.config()?;
    let options = Context::options(&config, &args.article)?;
    let found = read::discover(&args.paths, &DiscoverOptions::default())?;
    for skipped in &found.skipped {
        context.say(&format!("{} {}: {}", render::dim("skipped"), skipped.name, skipped.reason));
    }
    let catalogue = engines::catalogue(context);
    let usable = engines::obtainable(&catalogue)?;
    let scripts: Vec<(&Source, Chosen)> = found
        .sources
        .par_iter()
        .map(|source| {
            let read = || {
                let text = read::load(source).map_err(batch::ArticleError::read)?;
                let script =
                    batch::script(source, text, &options).map_err(batch::ArticleError::read)?;
                let chosen = batch::choose(&script.meta, &options, &usable, &catalogue)
                    .map_err(|e| batch::ArticleError::new(batch::Stage::Voice, e))?;
                Ok((script, chosen.0.voice))
            };
            (source, batch::guarded(read))
        })
        .collect();
    let mut ended = Ended::Well;
    let mut ready = Vec::new();
    for (source, script) in scripts {
        match script {
            Ok((script, voice)) => ready.push((source, script, voice)),
            Err(error) => {
                ended = Ended::WithFailures;
                writeln!(anstream::stderr(), "{} {}: {error}", render::label_error(), source.name)?;
            }
        }
    }
    let voices: Vec<&Voice> = ready.iter().map(|(_, _, voice)| voice).collect();
    let store = PackStore::of_this_machine()?;
    engines::fetch_missing(&voices, &catalogue, &store, context)?;
    let registry = engines::registry(&store, &catalogue)?;
    let guesses: Vec<anyhow::Result<Guesses>> = ready
        .par_iter()
        .map(|(source, script, voice)| Guesses::of(source, script, voice, &registry))
        .collect();
    let mut all = Tally::default();
    for guesses in guesses {
        let guesses = guesses?;
        if let Some(voice) = guesses.untold {
            context.say(&format!("voice {voice} does not tell what it guesses at"));
        }
        all.add(guesses.words);
    }
    let words = all.words(args.least);
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let format = if context.json { UnknownFormat::Json } else { args.format };
    match format {
        UnknownFormat::Json => {
            let json = UnknownJson { schema: "aloud.unknown/1", words };
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
        UnknownFormat::Toml => out.write_all(skeleton(&words).as_bytes())?,
        UnknownFormat::Text => {
            for word in &words {
                let ipa = word.ipa.as_deref().map_or("-".into(), |ipa| format!("/{ipa}/"));
                let place = render::dim(&format!(
                    "{}:{}: {}",
                    word.source,
                    word.line,
                    render::shortened(&word.sentence, 100)
                ));
                writeln!(out, "{:>5} {:<20} {ipa:<20} {place}", word.count, word.word)?;
            }
            if words.is_empty() {
                context.say("every word is in the voice's dictionaries or in a lexicon");
            }
        }
    }
    out.flush()?;
    Ok(ended)
}

/// The words of one article that its voice guesses at.
#[derive(Default)]
struct Guesses {
    words: Vec<Unknown>,
    /// A voice that does not tell.
    untold: Option<String>,
}

impl Guesses {
    fn of(
        source: &Source,
        script: &Script,
        voice: &Voice,
        engines: &EngineRegistry,
    ) -> anyhow::Result<Self> {
        let mut synthesizer = engines.open(voice).context("cannot open the voice")?;
        let mut found = Self::default();
        for segment in &script.segments {
            let sample = |word: String, ipa, reason| Unknown {
                word,
                count: 1,
                ipa,
                reason,
                source: source.name.clone(),
                line: script.source.lines.line(segment.span.start),
                sentence: segment.text.clone(),
            };
            let guesses = match ask(synthesizer.as_mut(), &segment.spoken, &segment.language) {
                Ok(Some(guesses)) => guesses,
                Ok(None) => {
                    found.untold = Some(voice.id.clone());
                    return Ok(found);
                }
                Err(EngineError::Utterance { text, reason, .. }) => {
                    found.words.push(sample(text, None, Some(reason)));
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            for (index, ipa) in guesses {
                let word = &segment.spoken[index].text;
                let (word, ipa) = match word.strip_suffix("'s") {
                    // The entry is wanted for the word itself.
                    Some(stem) => {
                        let alone = Word { text: stem.to_owned(), ..Word::default() };
                        let guess = ask(synthesizer.as_mut(), &[alone], &segment.language);
                        let guess = guess.ok().flatten().and_then(|g| g.into_iter().next());
                        (stem.to_owned(), guess.map_or(ipa, |(_, ipa)| ipa))
                    }
                    None => (word.clone(), ipa),
                };
                found.words.push(sample(word, Some(ipa), None));
            }
        }
        Ok(found)
    }
}

fn ask(
    synthesizer: &mut dyn Synthesizer,
    words: &[Word],
    language: &str,
) -> Result<Option<Vec<(usize, String)>>, EngineError> {
    synthesizer.guesses(&Utterance { words, language, prosody: Prosody::default(), seed: 0 })
}

/// The words of all articles.
#[derive(Default)]
struct Tally(BTreeMap<String, Unknown>);

impl Tally {
    fn add(&mut self, words: Vec<Unknown>) {
        for word in words {
            match self.0.get_mut(&word.word) {
                Some(known) => known.count += word.count,
                None => {
                    self.0.insert(word.word.clone(), word);
                }
            }
        }
    }

    /// Those that occur often enough, most frequent first, then by letters.
    fn words(self, least: usize) -> Vec<Unknown> {
        let mut words: Vec<Unknown> = self.0.into_values().filter(|w| w.count >= least).collect();
        words.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
        words
    }
}

/// A lexicon that says what the voice guesses, to be corrected.
fn skeleton(words: &[Unknown]) -> String {
    let mut out = String::from(
        "# Words that the voice guesses at, with its guesses: correct them, or give words instead (say = \"...\").\n",
    );
    for word in words {
        let times =
            if word.count == 1 { "once".to_owned() } else { format!("{} times", word.count) };
        let sentence = render::shortened(&word.sentence, 100);
        let comment = format!("{times}; {}:{}: {sentence}", word.source, word.line);
        // TOML has no control characters, not in comments either.
        out += &format!("\n# {}\n", comment.replace(char::is_control, " "));
        let key = toml::Value::String(word.word.clone());
        out += &match &word.ipa {
            Some(ipa) => format!("{key} = {{ ipa = {} }}\n", toml::Value::String(ipa.clone())),
            None => format!("# {key} = \"\"\n"),
        };
    }
    out
}
