//! What a `voice.toml` says: one pack, checked.
//!
//! A `voice.toml` may come from a stranger's project. What cannot be right (a file name with a path in it, a
//! hash that is none, a control character for the terminal) is refused here, field by field, before
//! anything is fetched or shown.

use serde::{Deserialize, Serialize};

use super::language::Tag;
use crate::model::{Gender, Voice};

/// Largest size of a package or file that is believed: 16 GiB.
const MOST_BYTES: u64 = 16 << 30;

/// Name of the record that an installed pack carries; no file of a pack may have it.
pub(super) const RECORD: &str = "pack.json";

/// Names that Windows keeps for devices, with any extension.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "com", "lpt"];

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// What the rank rests on, where somebody measured.
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

    /// What must hold before anything is fetched, written or shown.
    fn check(&self) -> Result<(), String> {
        let id = |s: &str| is_plain(s) && s.bytes().all(|b| is_lower(b) || b == b'-');
        require(id(&self.id), "id", &self.id, "a short name of a-z, 0-9 and -")?;
        let source = &self.source;
        for (field, name) in [
            ("engine", &self.engine),
            ("source.package", &source.package),
            ("source.version", &source.version),
            ("source.file", &source.file),
        ] {
            require(is_plain(name), field, name, "a plain name of letters, digits and ._-+")?;
        }
        for (field, text) in
            [("title", &self.title), ("licence", &self.licence), ("attribution", &self.attribution)]
        {
            require(is_line(text), field, text, "one line of text")?;
        }
        check_sizes("source", source.bytes, &source.sha256)?;
        if self.files.is_empty() {
            return Err("files: there are none".to_owned());
        }
        if self.voices.is_empty() {
            return Err("voices: there are none".to_owned());
        }
        for (i, file) in self.files.iter().enumerate() {
            let at = format!("files[{i}]");
            let name = format!("{at}.name");
            require(is_plain(&file.name), &name, &file.name, "a plain file name")?;
            // Some file systems do not tell capitals from small letters.
            let twin = self.files[..i].iter().any(|f| f.name.eq_ignore_ascii_case(&file.name));
            let taken = twin || file.name.eq_ignore_ascii_case(RECORD);
            require(!taken, &name, &file.name, "a name that is still free")?;
            require(
                is_line(&file.from),
                &format!("{at}.from"),
                &file.from,
                "a path in the package",
            )?;
            check_sizes(&at, file.bytes, &file.sha256)?;
        }
        for (i, voice) in self.voices.iter().enumerate() {
            voice.check(&format!("voices[{i}]"))?;
            let twin = self.voices[..i].iter().any(|v| v.name == voice.name);
            require(!twin, &format!("voices[{i}].name"), &voice.name, "a name that is still free")?;
        }
        Ok(())
    }
}

impl PackVoice {
    fn check(&self, at: &str) -> Result<(), String> {
        let field = |name: &str| format!("{at}.{name}");
        require(is_plain(&self.name), &field("name"), &self.name, "a plain name")?;
        let tag = Tag::is_tag(&self.language);
        require(tag, &field("language"), &self.language, "a language tag such as en-GB")?;
        for (name, text) in [("description", &self.description), ("sample", &self.sample)] {
            require(is_line(text), &field(name), text, "one line of text")?;
        }
        let rate = (8000..=192_000).contains(&self.sample_rate);
        require(rate, &field("sample_rate"), self.sample_rate, "8000 to 192000")?;
        require(self.quality <= 100, &field("quality"), self.quality, "0 to 100")?;
        if let Some(Measured { mos, wer_percent: wer }) = self.measured {
            require((1.0..=5.0).contains(&mos), &field("measured.mos"), mos, "1 to 5")?;
            let sane = (0.0..=100.0).contains(&wer);
            require(sane, &field("measured.wer_percent"), wer, "0 to 100")?;
        }
        Ok(())
    }
}

/// `Ok` if `good`, else that `field` is `value` and not what was `wanted`.
fn require(
    good: bool,
    field: &str,
    value: impl std::fmt::Display,
    wanted: &str,
) -> Result<(), String> {
    if good {
        return Ok(());
    }
    // As in a Rust string: what it shows can do nothing to a terminal.
    Err(format!("{field} is {:?}, not {wanted}", value.to_string()))
}

fn check_sizes(at: &str, bytes: u64, sha256: &str) -> Result<(), String> {
    let size = (1..=MOST_BYTES).contains(&bytes);
    require(size, &format!("{at}.bytes"), bytes, "a number of bytes above 0 and below 16 GiB")?;
    let hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
    require(hash, &format!("{at}.sha256"), sha256, "64 hexadecimal digits")
}

fn is_lower(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit()
}

/// Whether `s` is safe as a file name everywhere and as an argument of a program.
fn is_plain(s: &str) -> bool {
    let stem = s.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"._-+".contains(&b);
    s.len() <= 120
        && !device
        && s.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !s.ends_with('.')
        && s.bytes().all(safe)
}

/// Whether `s` can be shown on one line.
fn is_line(s: &str) -> bool {
    !s.trim().is_empty() && s.len() <= 500 && !s.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert, proptest};

    use super::*;

    const GOOD: &str = include_str!("../../voices/hibari/voice.toml");

    #[test]
    fn the_sizes_add_up() {
        let pack = Pack::from_toml(GOOD).expect("a pack");
        assert_eq!(pack.bytes(), 7_936_868 + 2_975_020 + 2273 + 1144 + 11358 + 2429);
        assert_eq!(pack.source.requirement(), "hibari-tts==0.2.1");
        let measured = pack.voices[0].measured.expect("it was measured");
        assert_eq!(measured, Measured { mos: 4.6, wer_percent: 3.7 });
    }

    proptest! {
        /// Whatever stands in a part of a `voice.toml`: no panic, and what is taken is safe.
        #[test]
        fn what_is_taken_is_safe(part in 0..GOOD.len(), length in 0..40_usize, other in "\\PC{0,12}|[a-z./\"=0-9\n-]{0,12}") {
            let bytes = GOOD.as_bytes();
            let after = &bytes[(part + length).min(bytes.len())..];
            let text = [&bytes[..part], other.as_bytes(), after].concat();
            if let Ok(pack) = Pack::from_toml(&String::from_utf8_lossy(&text)) {
                let names = pack.files.iter().map(|f| &f.name);
                for name in names.chain([&pack.id, &pack.source.version, &pack.source.package]) {
                    prop_assert!(!name.contains(['/', '\\', ':']) && !name.starts_with(['.', '-']));
                }
                prop_assert!(pack.bytes() <= MOST_BYTES * pack.files.len() as u64);
                prop_assert!(pack.described().all(|v| !v.description.contains(char::is_control)));
            }
        }
    }

    #[test]
    fn a_broken_or_malicious_pack_is_refused_by_field() {
        let cases = [
            // (what stands there, what stands there instead, what the error names)
            ("id = \"hibari\"", "id = \"/etc\"", "id is \"/etc\""),
            ("id = \"hibari\"", "id = \"..\"", "id is"),
            ("id = \"hibari\"", "id = \"Hibari\"", "id is"),
            ("id = \"hibari\"", "id = \"con\"", "id is"),
            ("id = \"hibari\"", "id = 3", "line 2"),
            ("engine = \"hibari\"", "engin = \"hibari\"", "engin"),
            ("engine = \"hibari\"", "engine = \"a:b\"", "engine is"),
            ("title = \"hibari\"", "title = \"\\u001b[2J\"", "title is \"\\u{1b}[2J\""),
            ("licence = \"Apache-2.0\"", "licence = \" \"", "licence is"),
            ("package = \"hibari-tts\"", "package = \"--index-url=x\"", "source.package is"),
            ("package = \"hibari-tts\"", "package = \"x @ file:///y\"", "source.package is"),
            ("version = \"0.2.1\"", "version = \"../0\"", "source.version is"),
            ("file = \"hibari_tts", "file = \"../hibari_tts", "source.file is"),
            ("sha256 = \"49f2", "sha256 = \"zzf2", "source.sha256 is"),
            ("bytes = 14032178", "bytes = 0", "source.bytes is"),
            ("bytes = 14032178", "bytes = 9223372036854775807", "source.bytes is"),
            ("bytes = 14032178", "bytes = -1", "bytes"),
            ("name = \"vocab.json\"", "name = \"../vocab.json\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"a/b\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"a\\\\b\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"C:x\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"nul.json\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"OOV.json\"", "files[3].name is"),
            ("name = \"vocab.json\"", "name = \"pack.json\"", "files[3].name is"),
            ("bytes = 1144", "bytes = 99999999999999", "files[3].bytes is"),
            ("sha256 = \"70ab", "sha256 = \"70a", "files[3].sha256 is"),
            ("name = \"heart\"", "name = \"he art\"", "voices[0].name is"),
            ("language = \"en-US\"", "language = \"English\"", "voices[0].language is"),
            ("gender = \"female\"", "gender = \"f\"", "gender"),
            ("sample_rate = 24000", "sample_rate = 0", "voices[0].sample_rate is"),
            ("quality = 80", "quality = 101", "voices[0].quality is"),
            ("mos = 4.60", "mos = nan", "voices[0].measured.mos is"),
            ("wer_percent = 3.7", "wer_percent = -1.0", "voices[0].measured.wer_percent is"),
        ];
        for (from, to, wanted) in cases {
            assert!(GOOD.contains(from), "{from}");
            let error = Pack::from_toml(&GOOD.replacen(from, to, 1)).expect_err(to);
            assert!(error.contains(wanted), "{to}: {error}");
            assert!(!error.contains('\u{1b}'), "{error:?}");
        }
    }
}
