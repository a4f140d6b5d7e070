//! What every command needs: how to talk, where packs are, what the settings say.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::{
    args::{ArticleArgs, Global},
    render,
};
use crate::{
    batch::{Options, Shelf},
    config::{self, Config, VoiceSettings},
    model::Warning,
    read::DiscoverOptions,
};

/// The global flags, understood.
#[derive(Debug, Clone)]
pub(super) struct Context {
    /// `--config`.
    config: Option<PathBuf>,
    /// `--json`.
    pub(super) json: bool,
    /// `--quiet`.
    pub(super) quiet: bool,
    /// `--verbose`.
    pub(super) verbose: bool,
    /// Whether a progress bar may be drawn.
    pub(super) bar: bool,
}

impl Context {
    pub(super) fn new(global: &Global) -> Self {
        Self {
            config: global.config.clone(),
            json: global.json,
            quiet: global.quiet,
            verbose: global.verbose,
            bar: !global.quiet && !global.no_progress && io::stderr().is_terminal(),
        }
    }

    /// The configuration file, or the defaults.
    pub(super) fn config(&self) -> Result<Config, config::ConfigError> {
        Config::load(self.config.as_deref())
    }

    /// The folder of the project: where its configuration file is, or the current one.
    pub(super) fn project(&self) -> &Path {
        self.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// The options of a run: configuration, environment and flags in their layers.
    pub(super) fn options(config: &Config, args: &ArticleArgs) -> anyhow::Result<Options> {
        let mut options = Options::from_config(config);
        let flags = VoiceSettings {
            name: args.voice.clone(),
            language: args.lang.clone(),
            rate: args.rate,
            pitch: args.pitch,
            volume: args.volume,
            ..VoiceSettings::default()
        };
        flags.check("command line")?;
        options.layers.flags = flags;
        options.layers.environment = config::from_environment()?;
        options.drafts |= args.drafts;
        let project = config.spoken.lexicons.as_deref().unwrap_or_default();
        options.lexicons = Shelf::open(&args.lexicon, project)?;
        Ok(options)
    }

    /// What a run looks for.
    pub(super) fn discovery(
        config: &Config,
        args: &ArticleArgs,
        output: Option<PathBuf>,
    ) -> DiscoverOptions {
        let given = if args.types.is_empty() { &config.types } else { &args.types };
        let types = given.iter().map(|t| t.trim().to_lowercase()).filter(|t| !t.is_empty());
        DiscoverOptions { output, drafts: args.drafts || config.drafts, types: types.collect() }
    }

    /// A line for people, on standard error.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet {
            // Standard error may be closed; there is nobody left to tell.
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }

    /// A warning, on standard error.
    pub(super) fn warn(&self, about: &str, warning: &Warning) {
        self.say(&render::warning_line(about, warning));
    }
}
