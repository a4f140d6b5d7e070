//! The catalogue: what voice packs there are, where their files come from, what they must hash to.
//!
//! The packs in `voices/` are compiled in; a `voices/` folder beside a project's `aloud.toml` adds to
//! them. A pack that cannot be right (a file name with a path in it, a hash that is none) is refused here,
//! before anything is fetched.

use std::{fs, path::Path};

use serde::Deserialize;

use super::VoiceError;
use crate::model::{Gender, Voice};

/// The packs that come with aloud: file name for messages, text.
const BUILTIN: &[(&str, &str)] =
    &[("voices/hibari/voice.toml", include_str!("../../voices/hibari/voice.toml"))];

/// All known packs.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    packs: Vec<Pack>,
}

/// A pack: one or more voices of one engine, fetched together.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Short name, `a-z0-9-`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// Engine that speaks it.
    pub engine: String,
    /// SPDX expression of the weights' licence.
    pub licence: String,
    /// Whom to credit.
    pub attribution: String,
    /// Whether a build fetches it unasked when an article needs it.
    #[serde(default)]
    pub default: bool,
    /// Where it comes from.
    pub source: PackSource,
    /// The files it consists of.
    pub files: Vec<PackFile>,
    /// Its voices.
    pub voices: Vec<PackVoice>,
}

/// A package of the Python package index.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSource {
    /// Package name.
    pub package: String,
    /// Exact version.
    pub version: String,
    /// File name of its wheel.
    pub file: String,
    /// Size of the wheel in bytes.
    pub bytes: u64,
    /// SHA-256 of the wheel, hexadecimal.
    pub sha256: String,
}

impl PackSource {
    /// As pip takes it.
    #[must_use]
    pub fn requirement(&self) -> String {
        format!("{}=={}", self.package, self.version)
    }
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// Its path in the package.
    pub from: String,
    /// Its name in the installed pack.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// One voice of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
}

impl Pack {
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

    /// What must hold before anything is fetched or written for it.
    fn check(&self) -> Result<(), String> {
        let hex = |s: &str| s.len() == 64 && s.bytes().all(|b| b.is_ascii_hexdigit());
        let plain = |s: &str| {
            let safe = |b: u8| b.is_ascii_alphanumeric() || b"._-+".contains(&b);
            !s.is_empty() && !s.starts_with(['.', '-']) && s.len() <= 120 && s.bytes().all(safe)
        };
        let named = [
            ("id", &self.id),
            ("engine", &self.engine),
            ("source.package", &self.source.package),
            ("source.version", &self.source.version),
            ("source.file", &self.source.file),
        ];
        if let Some((field, value)) = named.iter().find(|(_, value)| !plain(value)) {
            return Err(format!("{field} is \"{value}\", which is not a plain name"));
        }
        if !hex(&self.source.sha256) {
            return Err("source.sha256 is not 64 hexadecimal digits".to_owned());
        }
        if self.files.is_empty() || self.voices.is_empty() {
            return Err("it has no files or no voices".to_owned());
        }
        for (i, file) in self.files.iter().enumerate() {
            if !plain(&file.name) || self.files[..i].iter().any(|f| f.name == file.name) {
                return Err(format!("files: \"{}\" is not a plain name of its own", file.name));
            }
            if !hex(&file.sha256) {
                return Err(format!(
                    "files: the sha256 of {} is not 64 hexadecimal digits",
                    file.name
                ));
            }
        }
        for voice in &self.voices {
            if !plain(&voice.name) || !(8000..=192_000).contains(&voice.sample_rate) {
                return Err(format!(
                    "voices: \"{}\" has no plain name or no usable rate",
                    voice.name
                ));
            }
        }
        Ok(())
    }
}

impl Catalogue {
    /// The packs that come with aloud.
    ///
    /// # Panics
    /// Never: a test reads them all.
    #[must_use]
    pub fn builtin() -> Self {
        let read = |(file, text): &(&str, &str)| parse(file, text);
        let packs = BUILTIN.iter().map(read).collect::<Result<_, _>>();
        Self { packs: packs.expect("the built-in catalogue is read by a test") }
    }

    /// These packs and those in `folder`, one `*/voice.toml` each; a pack with a known id replaces it.
    ///
    /// # Errors
    /// Names the first file that cannot be used. A folder that does not exist adds nothing.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, VoiceError> {
        let Ok(entries) = fs::read_dir(folder) else { return Ok(self) };
        let mut files: Vec<_> = entries.flatten().map(|e| e.path().join("voice.toml")).collect();
        files.sort();
        for file in files.into_iter().filter(|f| f.is_file()) {
            let name = file.display().to_string();
            let text = fs::read_to_string(&file)
                .map_err(|e| VoiceError::Catalogue { file: name.clone(), reason: e.to_string() })?;
            let pack = parse(&name, &text)?;
            self.packs.retain(|p| p.id != pack.id);
            self.packs.push(pack);
        }
        Ok(self)
    }

    /// A catalogue of these packs.
    #[must_use]
    pub fn of(packs: Vec<Pack>) -> Self {
        Self { packs }
    }

    /// All packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The pack called `id`.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.id == id)
    }

    /// The pack of the voice `engine:name`.
    #[must_use]
    pub fn pack_of(&self, voice: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.described().any(|v| v.id == voice))
    }
}

/// Reads one `voice.toml`.
fn parse(file: &str, text: &str) -> Result<Pack, VoiceError> {
    let refuse = |reason: String| VoiceError::Catalogue { file: file.to_owned(), reason };
    let pack: Pack =
        toml::from_str(text).map_err(|e| refuse(e.to_string().trim_end().to_owned()))?;
    pack.check().map_err(refuse)?;
    Ok(pack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_packs_are_right() {
        let catalogue = Catalogue::builtin();
        let pack = catalogue.pack("hibari").expect("the default voice");
        assert!(pack.default);
        assert_eq!(catalogue.pack_of("hibari:heart"), Some(pack));
        assert_eq!(pack.source.requirement(), "hibari-tts==0.2.1");
    }

    #[test]
    fn a_malicious_or_broken_pack_is_refused_by_name() {
        let good = BUILTIN[0].1;
        let cases = [
            ("name = \"vocab.json\"", "name = \"../vocab.json\"", "../vocab.json"),
            ("name = \"vocab.json\"", "name = \"oov.json\"", "oov.json"),
            ("id = \"hibari\"", "id = \"/etc\"", "id is \"/etc\""),
            ("package = \"hibari-tts\"", "package = \"--index-url=x\"", "source.package"),
            ("sample_rate = 24000", "sample_rate = 0", "heart"),
            ("sha256 = \"49f2", "sha256 = \"zzf2", "source.sha256"),
            ("engine = \"hibari\"", "engin = \"hibari\"", "engin"),
        ];
        for (from, to, wanted) in cases {
            let error =
                parse("x/voice.toml", &good.replacen(from, to, 1)).expect_err(to).to_string();
            assert!(error.starts_with("x/voice.toml: ") && error.contains(wanted), "{to}: {error}");
        }
    }

    #[test]
    fn a_project_adds_packs_and_replaces_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("mine");
        fs::create_dir(&own).expect("a folder");
        let text = BUILTIN[0].1.replacen("title = \"hibari\"", "title = \"mine\"", 1);
        fs::write(own.join("voice.toml"), &text).expect("a file");
        let catalogue = Catalogue::builtin().with_folder(folder.path()).expect("a catalogue");
        assert_eq!(catalogue.pack("hibari").map(|p| p.title.as_str()), Some("mine"));
        fs::write(own.join("voice.toml"), "id = 3").expect("a file");
        let error =
            Catalogue::builtin().with_folder(folder.path()).expect_err("broken").to_string();
        assert!(error.contains("mine") && error.contains("voice.toml"), "{error}");
    }
}
