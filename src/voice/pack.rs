//! What a `voice.toml` says: one pack. Whether it can be right is for `check` to say.

mod check;

use serde::{Deserialize, Serialize};
use url::Url;

pub(super) use self::check::is_fetchable;
use crate::model::{Gender, Program, Service, Voice};

/// Name of the record that an installed pack carries.
pub(super) const RECORD: &str = "pack.json";

/// Name of the description that a pack carries which is in no catalogue.
pub(super) const DESCRIPTION: &str = "voice.toml";

/// A pack: one or more voices of one engine, fetched together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Short name, `a-z0-9-`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Version of its files: another one lies in another folder. Empty when there are none.
    #[serde(default)]
    pub version: String,
    /// Engine that speaks it.
    pub engine: String,
    /// SPDX expression of the weights' licence.
    pub licence: String,
    /// Whom to credit.
    pub attribution: String,
    /// Whether a build fetches it unasked when an article needs it.
    #[serde(default)]
    pub default: bool,
    /// Where its files come from. None: they were brought from a file of the user's.
    #[serde(default)]
    pub sources: Vec<PackSource>,
    /// The files it consists of. None when a program or a service speaks it.
    #[serde(default)]
    pub files: Vec<PackFile>,
    /// For the engine `command`: the program that speaks its voices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<Program>,
    /// For the engine `http`: the service that speaks its voices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Its voices.
    pub voices: Vec<PackVoice>,
}

/// Something that is fetched as one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PackSource {
    /// A wheel of the Python package index, fetched by pip.
    Python(Package),
    /// A package of the npm registry, fetched by npm.
    Npm(Package),
    /// A file on a web server, fetched by aloud itself.
    Url(Address),
}

/// A package of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Package name.
    pub package: String,
    /// Exact version.
    pub version: String,
    /// Name of the file that its client fetches.
    pub file: String,
    /// Size of that file in bytes.
    pub bytes: u64,
    /// SHA-256 of that file, hexadecimal.
    pub sha256: String,
}

/// A file on a web server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// `https:` address; `http:` is for this machine only.
    pub url: Url,
    /// Name of the file.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl PackSource {
    /// What is fetched, in its client's own notation.
    #[must_use]
    pub fn spec(&self) -> String {
        match self {
            Self::Python(p) => format!("{}=={}", p.package, p.version),
            Self::Npm(p) => format!("{}@{}", p.package, p.version),
            Self::Url(a) => a.url.to_string(),
        }
    }

    /// The command that fetches it by hand.
    #[must_use]
    pub fn by_hand(&self) -> String {
        match self {
            Self::Python(_) => format!("python3 -m pip download --no-deps {}", self.spec()),
            Self::Npm(_) => format!("npm pack {}", self.spec()),
            Self::Url(a) => format!("curl -L -o {} {}", a.file, a.url),
        }
    }

    /// The name that a pack's files call it by: the package, or the file on a web server.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Python(p) | Self::Npm(p) => &p.package,
            Self::Url(a) => &a.file,
        }
    }

    /// Name of the file that is fetched.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Python(p) | Self::Npm(p) => &p.file,
            Self::Url(a) => &a.file,
        }
    }

    /// Size of the file that is fetched.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Python(p) | Self::Npm(p) => p.bytes,
            Self::Url(a) => a.bytes,
        }
    }

    /// SHA-256 of the file that is fetched.
    #[must_use]
    pub fn sha256(&self) -> &str {
        match self {
            Self::Python(p) | Self::Npm(p) => &p.sha256,
            Self::Url(a) => &a.sha256,
        }
    }
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Where it is taken from.
    pub from: Origin,
    /// Its name in the installed pack.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// Where a file of a pack is taken from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// A path in the only source, or in the first.
    Path(String),
    /// A path in one of several sources.
    Part(Part),
    /// Several, joined in this order.
    Joined(Vec<Part>),
}

/// A path in a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Name of the source, see [`PackSource::name`].
    pub source: String,
    /// Path in it; empty for a source that is a single file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
}

/// One voice of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackVoice {
    /// Name within the engine.
    pub name: String,
    /// Language (BCP 47).
    pub language: String,
    /// Gender.
    pub gender: Gender,
    /// Samples per second.
    pub sample_rate: u32,
    /// One line for people.
    pub description: String,
    /// A sentence that shows the voice.
    pub sample: String,
    /// Rank among voices of the same language and gender, 0 to 100.
    pub quality: u8,
    /// What the rank rests on, where somebody measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
}

/// Measurements of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Mean opinion score by `DistillMOS`, 1 to 5; higher is better.
    pub mos: f64,
    /// Words that a recogniser (Whisper tiny.en for English) gets wrong, in percent.
    pub wer_percent: f64,
}

impl Pack {
    /// Reads a `voice.toml`.
    ///
    /// # Errors
    /// Names the field and what is wrong with it.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let pack: Self = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        pack.check()?;
        Ok(pack)
    }

    /// Its voices in the pipeline's terms.
    pub fn described(&self) -> impl Iterator<Item = Voice> + '_ {
        self.voices.iter().map(|voice| Voice {
            id: format!("{}:{}", self.engine, voice.name),
            engine: self.engine.clone(),
            name: voice.name.clone(),
            language: voice.language.clone(),
            gender: voice.gender,
            sample_rate: voice.sample_rate,
            licence: self.licence.clone(),
            description: voice.description.clone(),
            quality: voice.quality,
        })
    }

    /// Bytes of its files, once installed.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }

    /// Whether its voices are there without any files: a program or a service speaks them.
    #[must_use]
    pub fn is_declared(&self) -> bool {
        self.program.is_some() || self.service.is_some()
    }

    /// Bytes to fetch for it.
    #[must_use]
    pub fn download_bytes(&self) -> u64 {
        self.sources.iter().map(PackSource::bytes).sum()
    }

    /// What `file` is made of: each part's source, as an index, and the path in it.
    pub(super) fn parts<'p>(&'p self, file: &'p PackFile) -> Vec<(usize, &'p str)> {
        let index = |name: &str| self.sources.iter().position(|s| s.name() == name).unwrap_or(0);
        let part = |part: &'p Part| (index(&part.source), part.path.as_str());
        match &file.from {
            Origin::Path(path) => vec![(0, path)],
            Origin::Part(one) => vec![part(one)],
            Origin::Joined(parts) => parts.iter().map(part).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
