//! What must hold of a `voice.toml`.
//!
//! It may come from a stranger's project. What cannot be right (a file name with a path in it, a hash that is none,
//! a control character for the terminal) is refused here, field by field, before anything is fetched or shown.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::{DESCRIPTION, Measured, Origin, Pack, PackSource, PackVoice, Part, RECORD};
use crate::voice::language::Tag;

/// Largest size of a package or file that is believed: 16 GiB.
pub(super) const MOST_BYTES: u64 = 16 << 30;

/// Names in a pack's folder that are aloud's own.
const RESERVED: &[&str] = &[RECORD, DESCRIPTION];

/// What [`is_plain`] takes, for messages.
const PLAIN: &str = "a plain name of letters, digits and ._-+";

/// Names that Windows keeps for devices, with any extension.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "com", "lpt"];

impl Pack {
    /// What must hold before anything is fetched, written or shown.
    pub(in crate::voice) fn check(&self) -> Result<(), String> {
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
pub(in crate::voice) fn is_fetchable(url: &Url) -> bool {
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
