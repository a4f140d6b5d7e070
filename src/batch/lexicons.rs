//! The lexicons of a run and of each of its articles, from files. Composes reading and the spoken form;
//! neither knows the other.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

use super::Cast;
use crate::{
    engine::EngineRegistry,
    model::{Meta, Script, Source, Warning},
    spoken::{Lexicon, LexiconError, Lexicons},
};

/// No lexicon has this many bytes: 50,000 entries are about 8 MiB.
const LIMIT_MIB: u64 = 64;

/// Why a lexicon file cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconFileError {
    /// It cannot be read.
    #[error("lexicon {name} cannot be read ({reason}): check its name and permissions")]
    Read {
        /// The file.
        name: String,
        /// The system's reason.
        reason: String,
    },
    /// It is too large.
    #[error("lexicon {name} has more than {LIMIT_MIB} MiB: leave out what no article has")]
    TooLarge {
        /// The file.
        name: String,
    },
    /// It is not text.
    #[error("lexicon {name} is not UTF-8 text: save it as UTF-8")]
    NotText {
        /// The file.
        name: String,
    },
    /// Something is wrong in it.
    #[error("{0}")]
    Invalid(LexiconError),
}

/// Reads the text of a lexicon file, called `name` in messages.
///
/// # Errors
/// When it cannot be read, is too large or not text.
pub fn lexicon_text(path: &Path, name: &str) -> Result<String, LexiconFileError> {
    let name = name.to_owned();
    let mut bytes = Vec::new();
    let read = |bytes: &mut Vec<u8>| -> io::Result<u64> {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        Ok(file.take(LIMIT_MIB * 1024 * 1024 + 1).read_to_end(bytes)? as u64)
    };
    match read(&mut bytes) {
        Err(error) => {
            Err(LexiconFileError::Read { name, reason: error.to_string().to_lowercase() })
        }
        Ok(length) if length > LIMIT_MIB * 1024 * 1024 => Err(LexiconFileError::TooLarge { name }),
        Ok(_) => String::from_utf8(bytes).map_err(|_| LexiconFileError::NotText { name }),
    }
}

/// A lexicon and what identifies it.
#[derive(Debug)]
struct Shelved {
    lexicon: Arc<Lexicon>,
    sha256: String,
}

fn shelved(path: &Path, name: &str) -> Result<Shelved, LexiconFileError> {
    let text = lexicon_text(path, name)?;
    let sha256 = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let lexicon = Lexicon::parse(name, &text).map_err(LexiconFileError::Invalid)?;
    Ok(Shelved { lexicon: Arc::new(lexicon), sha256 })
}

/// The lexicons of a run; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Of flags: before the article's own.
    flags: Lexicons,
    /// Of the project: after the article's own.
    project: Lexicons,
    /// Names and hashes of both.
    identities: BTreeMap<String, String>,
    /// Files that articles name, each read once.
    articles: Mutex<HashMap<PathBuf, Result<Arc<Shelved>, LexiconFileError>>>,
}

impl Shelf {
    /// Reads the files that flags name, and those of the project; earlier ones win.
    ///
    /// # Errors
    /// The first that cannot be used.
    pub fn open(flags: &[PathBuf], project: &[PathBuf]) -> Result<Self, LexiconFileError> {
        let mut inner = Inner::default();
        for (paths, into) in [(flags, &mut inner.flags), (project, &mut inner.project)] {
            let mut lexicons = Vec::new();
            for path in paths {
                let name = path.display().to_string().replace('\\', "/");
                let Shelved { lexicon, sha256 } = shelved(path, &name)?;
                let file = path.file_name().map_or(name, |n| n.to_string_lossy().into_owned());
                inner.identities.insert(file, sha256);
                lexicons.push(lexicon);
            }
            *into = Lexicons::new(lexicons);
        }
        Ok(Self(Arc::new(inner)))
    }

    /// What holds for one article: flags, the article's own, the project's. A lexicon of the article that
    /// cannot be used is a warning.
    #[must_use]
    pub fn of(&self, source: &Source, meta: &Meta) -> (Lexicons, Vec<Warning>) {
        let mut own = Vec::new();
        let mut warnings = Vec::new();
        let mut warn = |error: &dyn std::fmt::Display| {
            warnings.push(Warning::new("lexicon", format!("{error}; it is not used")).at_line(1));
        };
        if !meta.lexicon.entries.is_empty() {
            match Lexicon::of_article(&source.name, &meta.lexicon) {
                Ok(lexicon) => own.push(Arc::new(lexicon)),
                Err(error) => warn(&error),
            }
        }
        for file in &meta.lexicon.files {
            match self.article_file(source, file) {
                Ok(shelved) => own.push(Arc::clone(&shelved.lexicon)),
                Err(error) => warn(&error),
            }
        }
        let Inner { flags, project, .. } = &*self.0;
        (flags.before(&Lexicons::new(own)).before(project), warnings)
    }

    /// Names and SHA-256 of the files that hold for one article.
    #[must_use]
    pub fn identities(&self, source: &Source, meta: &Meta) -> BTreeMap<String, String> {
        let mut identities = self.0.identities.clone();
        for file in &meta.lexicon.files {
            if let Ok(shelved) = self.article_file(source, file) {
                identities.insert(file.clone(), shelved.sha256.clone());
            }
        }
        identities
    }

    fn article_file(&self, source: &Source, file: &str) -> Result<Arc<Shelved>, LexiconFileError> {
        let folder = source.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let path = folder.join(file);
        let mut known = self.0.articles.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(path.clone()).or_insert_with(|| shelved(&path, file).map(Arc::new)).clone()
    }
}

/// Warnings about sounds that a voice does not have, or does not take at all, with who wrote them: an entry of
/// `lexicons`, or the source itself. Those of our own fit.
pub(super) fn unheard(
    script: &Script,
    cast: &Cast,
    engines: &EngineRegistry,
    lexicons: &Lexicons,
) -> Vec<Warning> {
    let mut told = HashSet::new();
    let mut warnings = Vec::new();
    for segment in &script.segments {
        let voice = cast.voice_of(segment);
        let Some(engine) = engines.get(&voice.engine) else { continue };
        let takes_sounds = engine.capabilities(voice).phonemes;
        for word in &segment.spoken {
            let Some(ipa) = word.ipa.as_deref().filter(|ipa| told.insert((*ipa, &voice.id))) else {
                continue;
            };
            let origin = match lexicons.origin(ipa) {
                Some((lexicon, placed)) => {
                    let (name, line) = (lexicon.name(), placed.line);
                    format!("lexicon {name}:{line}: \"{}\" /{ipa}/", placed.entry.written)
                }
                None if segment.given.is_empty() => continue,
                None => format!("\"{}\" /{ipa}/", word.text),
            };
            let line = script.source.lines.line(segment.span.start);
            let mut warn = |code, message| warnings.push(Warning::new(code, message).at_line(line));
            let written = segment.text.get(word.written.clone()).unwrap_or_default();
            if takes_sounds {
                for approximation in engine.approximations(voice, ipa) {
                    warn("ipa-voice", format!("{origin}: {}", approximation.explain(&voice.id)));
                }
            } else if written.contains(&word.text) {
                let message = format!(
                    "{origin}: voice {} takes no sounds, and reads it by its spelling; give it words as well (say)",
                    voice.id
                );
                warn("ipa-unused", message);
            }
        }
    }
    warnings
}
