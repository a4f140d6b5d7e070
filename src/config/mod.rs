//! Settings: what `aloud.toml`, the environment and the flags say, and which of them wins.
//!
//! Precedence: flag > article (shortcode, front matter) > environment > `aloud.toml` > voice >
//! default. The article stands between two of the layers, so they are kept apart here until an
//! article is known ([`Layers::settle`]).

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use crate::{
    clean::CleanOptions,
    finish::FinishOptions,
    model::{Prosody, Role, VoiceRequest},
    publish::{FeedOptions, FileFormat, SiteOptions},
    segment::SegmentOptions,
    spoken::SpokenOptions,
};

/// Name of the configuration file looked for in the current folder.
pub const FILE_NAME: &str = "aloud.toml";

/// The commented starter file that `aloud init` writes; a test keeps it in step with [`Config`].
pub const STARTER: &str = include_str!("starter.toml");

/// What `aloud.toml` can say. Every field is optional; docs/config.md lists them.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Files, folders and patterns that `aloud build` reads when none is named.
    pub articles: Vec<String>,
    /// Folder that `aloud build` writes.
    pub output: PathBuf,
    /// Files that are written for each article beside captions, manifest and page.
    pub formats: Vec<FileFormat>,
    /// Worker threads; unset means one for each processor.
    pub jobs: Option<usize>,
    /// Whether drafts are taken, and what else is not published.
    pub drafts: bool,
    /// Types of posts that are taken from WordPress.
    pub types: Vec<String>,
    /// Voice and prosody for articles that ask for none.
    pub voice: VoiceSettings,
    /// Voices of single roles: name, id or query.
    pub roles: BTreeMap<Role, String>,
    /// Cleaning rules.
    pub clean: CleanOptions,
    /// Sentences, pauses, and what to announce or skip.
    pub segment: SegmentOptions,
    /// The spoken form.
    pub spoken: SpokenOptions,
    /// Finishing of the audio.
    pub finish: FinishOptions,
    /// The site that a build writes.
    pub site: SiteOptions,
    /// The podcast feed.
    pub feed: FeedOptions,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            articles: vec!["articles".to_owned()],
            output: PathBuf::from("output"),
            formats: vec![FileFormat::Wav],
            jobs: None,
            drafts: false,
            types: vec!["post".to_owned()],
            voice: VoiceSettings::default(),
            roles: BTreeMap::new(),
            clean: CleanOptions::default(),
            segment: SegmentOptions::default(),
            spoken: SpokenOptions::default(),
            finish: FinishOptions::default(),
            site: SiteOptions::default(),
            feed: FeedOptions::default(),
        }
    }
}

/// A voice, its language and its prosody, as one layer of the settings gives them.
#[derive(Debug, Clone, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceSettings {
    /// A voice name, id or query.
    pub name: Option<String>,
    /// Language of articles that do not say theirs (BCP 47).
    pub language: Option<String>,
    /// Speed factor, 0.25 to 4.
    pub rate: Option<f32>,
    /// Pitch factor, 0 to 2.
    pub pitch: Option<f32>,
    /// Volume factor, 0 to 1.
    pub volume: Option<f32>,
    /// In `aloud.toml` only: who speaks parts in another language.
    pub foreign: Foreign,
    /// In `aloud.toml` only: the voice that speaks a sentence which its own voice fails at.
    pub fallback: Option<String>,
}

/// Who speaks the parts of an article that are in another language.
#[derive(Debug, Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Foreign {
    /// A voice of that language; without one the article's, with a warning.
    #[default]
    Switch,
    /// The article's voice, with a warning.
    Main,
}

impl VoiceSettings {
    /// Its numbers as a prosody.
    #[must_use]
    pub fn prosody(&self) -> Prosody {
        Prosody { rate: self.rate, pitch: self.pitch, volume: self.volume }
    }

    /// Checks the numbers' ranges.
    ///
    /// # Errors
    /// Names the first number out of range, with `origin` saying where it was set.
    pub fn check(&self, origin: &str) -> Result<(), ConfigError> {
        let limits = [
            ("rate", self.rate, 0.25, 4.0),
            ("pitch", self.pitch, 0.0, 2.0),
            ("volume", self.volume, 0.0, 1.0),
        ];
        for (name, value, low, high) in limits {
            if let Some(value) = value
                && !(low..=high).contains(&value)
            {
                return Err(ConfigError::Value {
                    origin: origin.to_owned(),
                    reason: format!("{name} is {value}, but must be between {low} and {high}"),
                });
            }
        }
        Ok(())
    }
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not valid.
    #[error("{} is not a valid aloud.toml: {reason}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// What and where.
        reason: String,
    },
    /// A value cannot be used.
    #[error("{origin}: {reason}")]
    Value {
        /// Where it was set.
        origin: String,
        /// What is wrong and what would be right.
        reason: String,
    },
}

impl Config {
    /// Reads `path`, or `aloud.toml` in the current folder when there is one, or the defaults.
    /// Paths in the file are relative to it.
    ///
    /// # Errors
    /// When the file cannot be read or is not valid.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let found = match path {
            Some(path) => path.to_owned(),
            None if Path::new(FILE_NAME).is_file() => PathBuf::from(FILE_NAME),
            None => return Ok(Self::default()),
        };
        let text = std::fs::read_to_string(&found)
            .map_err(|source| ConfigError::Read { path: found.clone(), source })?;
        let mut config = Self::parse(&text)
            .map_err(|reason| ConfigError::Parse { path: found.clone(), reason })?;
        let origin = found.display().to_string();
        config.voice.check(&origin)?;
        config.finish.check().map_err(|reason| ConfigError::Value {
            origin,
            reason: format!("[finish] {reason}"),
        })?;
        if let Some(folder) = found.parent().filter(|f| !f.as_os_str().is_empty()) {
            config.output = folder.join(&config.output);
            config.finish.resolve(folder);
            config.site.resolve(folder);
            for article in &mut config.articles {
                *article = folder.join(&*article).to_string_lossy().into_owned();
            }
        }
        Ok(config)
    }

    /// Reads the text of an `aloud.toml`.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())
    }
}

/// Voice settings from the environment: `ALOUD_VOICE`, `ALOUD_LANG`, `ALOUD_RATE`, `ALOUD_PITCH`,
/// `ALOUD_VOLUME`.
///
/// # Errors
/// When a number cannot be read or is out of range.
pub fn from_environment() -> Result<VoiceSettings, ConfigError> {
    let text = |name: &str| env::var(name).ok().filter(|v| !v.trim().is_empty());
    let number = |name: &str| {
        text(name)
            .map(|value| {
                value.trim().parse::<f32>().map_err(|_| ConfigError::Value {
                    origin: format!("environment variable {name}"),
                    reason: format!("\"{value}\" is not a number"),
                })
            })
            .transpose()
    };
    let settings = VoiceSettings {
        name: text("ALOUD_VOICE"),
        language: text("ALOUD_LANG"),
        rate: number("ALOUD_RATE")?,
        pitch: number("ALOUD_PITCH")?,
        volume: number("ALOUD_VOLUME")?,
        ..VoiceSettings::default()
    };
    settings.check("environment")?;
    Ok(settings)
}

/// The layers around an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layers {
    /// From flags: above the article.
    pub flags: VoiceSettings,
    /// From the environment: below the article.
    pub environment: VoiceSettings,
    /// From `aloud.toml`: below the environment.
    pub config: VoiceSettings,
}

/// Who asked for a voice: decides whether an unknown name is an error or a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A flag, the environment or the configuration.
    Settings,
    /// The article itself.
    Article,
    /// Nobody.
    Default,
}

/// What the layers come to for one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The voice that is asked for, as written.
    pub voice: Option<String>,
    /// By whom.
    pub origin: Origin,
    /// Language of the article: the flag's, its own, or a lower layer's.
    pub language: Option<String>,
    /// Rate, pitch and volume; unset means the voice's own.
    pub prosody: Prosody,
}

impl Layers {
    /// Settles what an article with this request and language gets.
    #[must_use]
    pub fn settle(&self, request: &VoiceRequest, language: Option<&str>) -> Settled {
        let below = self.environment.name.clone().or_else(|| self.config.name.clone());
        let (voice, origin) = match (&self.flags.name, &request.voice, below) {
            (Some(flag), _, _) => (Some(flag.clone()), Origin::Settings),
            (None, Some(asked), _) => (Some(asked.clone()), Origin::Article),
            (None, None, Some(below)) => (Some(below), Origin::Settings),
            (None, None, None) => (None, Origin::Default),
        };
        let language = [
            self.flags.language.as_deref(),
            language,
            self.environment.language.as_deref(),
            self.config.language.as_deref(),
        ];
        Settled {
            voice,
            origin,
            language: language.into_iter().flatten().next().map(str::to_owned),
            prosody: self
                .flags
                .prosody()
                .or(request.prosody)
                .or(self.environment.prosody())
                .or(self.config.prosody()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: Option<&str>) -> VoiceSettings {
        VoiceSettings { name: name.map(str::to_owned), ..VoiceSettings::default() }
    }

    #[test]
    fn precedence_is_flag_article_environment_config_default() {
        // (flag, article, environment, config) -> (voice, who)
        let cases = [
            ((Some("f"), Some("a"), Some("e"), Some("c")), (Some("f"), Origin::Settings)),
            ((None, Some("a"), Some("e"), Some("c")), (Some("a"), Origin::Article)),
            ((None, None, Some("e"), Some("c")), (Some("e"), Origin::Settings)),
            ((None, None, None, Some("c")), (Some("c"), Origin::Settings)),
            ((None, None, None, None), (None, Origin::Default)),
        ];
        for ((flag, article, environment, config), (voice, origin)) in cases {
            let layers = Layers {
                flags: named(flag),
                environment: named(environment),
                config: named(config),
            };
            let request =
                VoiceRequest { voice: article.map(str::to_owned), prosody: Prosody::default() };
            let settled = layers.settle(&request, None);
            assert_eq!((settled.voice.as_deref(), settled.origin), (voice, origin));
        }
    }

    #[test]
    fn each_number_comes_from_the_highest_layer_that_sets_it() {
        let layers = Layers {
            flags: VoiceSettings { rate: Some(1.5), ..VoiceSettings::default() },
            environment: VoiceSettings {
                volume: Some(0.5),
                rate: Some(3.0),
                ..VoiceSettings::default()
            },
            config: VoiceSettings {
                volume: Some(0.1),
                language: Some("en".into()),
                ..VoiceSettings::default()
            },
        };
        let request = VoiceRequest {
            voice: None,
            prosody: Prosody { rate: Some(0.5), pitch: Some(1.2), volume: None },
        };
        let settled = layers.settle(&request, None);
        let wanted = Prosody { rate: Some(1.5), pitch: Some(1.2), volume: Some(0.5) };
        assert_eq!((settled.prosody, settled.language.as_deref()), (wanted, Some("en")));
        assert_eq!(layers.settle(&request, Some("de")).language.as_deref(), Some("de"));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let cases = [
            ("vioce = 1", "unknown field `vioce`"),
            ("[voice]\nrate = \"fast\"", "line 2"),
            ("jobs = ", "line 1"),
            ("[clean]\nexclude = [\".a >\"]", "not a CSS selector"),
            ("[clean]\nrules.captoin = \"keep\"", "no rule is called"),
            ("[[clean.site]]\nexclude = [\"p\"]", "missing field `host`"),
        ];
        for (text, wanted) in cases {
            let error = Config::parse(text).expect_err(text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
        let fast = VoiceSettings { rate: Some(9.0), ..VoiceSettings::default() };
        let error = fast.check("aloud.toml").expect_err("9 is too fast").to_string();
        assert_eq!(error, "aloud.toml: rate is 9, but must be between 0.25 and 4");
    }

    #[test]
    fn the_starter_file_states_the_defaults() {
        assert_eq!(Config::parse(STARTER).expect("the starter is valid"), Config::default());
        // Uncommented, every line is still valid, and says what is the default anyway.
        let all: String = STARTER
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n")
            .collect();
        let config = Config::parse(&all).expect("every commented setting is valid");
        let mut config = config;
        assert_eq!((config.clean.rules.len(), config.roles.len()), (1, 1), "examples");
        config.clean.rules.clear();
        for sound in [&mut config.finish.intro, &mut config.finish.outro, &mut config.finish.cue] {
            assert!(sound.take().is_some(), "an example");
        }
        config.roles.clear();
        // So are those of settings that have no default.
        config.site.publisher = None;
        config.site.image = None;
        let feed = &mut config.feed;
        (feed.base_url, feed.guid) = (None, None);
        (feed.author, feed.email) = (None, None);
        assert_eq!(
            Config { voice: VoiceSettings::default(), jobs: None, ..config },
            Config::default()
        );
    }
}
