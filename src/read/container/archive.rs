//! The ZIP archives that books and documents are: entries by name, none larger than it has any reason to
//! be. Nothing is ever written to the disk, so no name in an archive leads anywhere.

use std::io::Read;

use zip::{ZipArchive, result::ZipError};

use super::{Seekable, backing, xml};
use crate::{
    model::Source,
    read::{ReadError, decode},
};

/// No text of a book or document is larger. A bomb of nested zeros stops here.
const ENTRY_MIB: u64 = 64;

/// What an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Epub,
    Docx,
    Other,
}

/// What the archive behind `source` is.
///
/// # Errors
/// When it is no archive that can be read.
pub(super) fn kind(source: &Source) -> Result<Kind, ReadError> {
    let mut archive = Archive::open(source, "a ZIP archive")?;
    let declared = archive.read("mimetype").ok().flatten().unwrap_or_default();
    let epub = declared.trim_ascii().starts_with(b"application/epub+zip");
    Ok(if epub || archive.has("META-INF/container.xml") {
        Kind::Epub
    } else if archive.has("word/document.xml")
        || archive.has("[Content_Types].xml") && archive.has_below("word/")
    {
        Kind::Docx
    } else {
        Kind::Other
    })
}

/// An open archive.
pub(super) struct Archive {
    name: String,
    what: &'static str,
    zip: ZipArchive<Box<dyn Seekable>>,
}

impl Archive {
    /// Opens the archive behind `source`, which is `what` (with an article).
    pub(super) fn open(source: &Source, what: &'static str) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(backing(source)?).map_err(|e| ReadError::Damaged {
            name: source.name.clone(),
            what,
            reason: reason(&e),
        })?;
        Ok(Self { name: source.name.clone(), what, zip })
    }

    /// An error about this archive.
    pub(super) fn damaged(&self, reason: impl Into<String>) -> ReadError {
        ReadError::Damaged { name: self.name.clone(), what: self.what, reason: reason.into() }
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, path: &str) -> bool {
        self.zip.index_for_name(path).is_some()
    }

    fn has_below(&self, folder: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The bytes of an entry; `None` when there is none of this name.
    ///
    /// # Errors
    /// Entries that are encrypted, damaged or too large.
    pub(super) fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let (name, what) = (self.name.clone(), self.what);
        let damaged = |reason: String| ReadError::Damaged {
            name: name.clone(),
            what,
            reason: format!("{path}: {reason}"),
        };
        let entry = match self.zip.by_name(path) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(reason)) if reason.contains("assword") => {
                return Err(ReadError::Protected { name: name.clone() });
            }
            Err(error) => return Err(damaged(reason(&error))),
        };
        let limit = ENTRY_MIB * 1024 * 1024;
        let mut bytes = Vec::new();
        entry.take(limit + 1).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::Bomb {
                name: name.clone(),
                entry: path.to_owned(),
                limit_mib: ENTRY_MIB,
            });
        }
        Ok(Some(bytes))
    }

    /// The text of an XML entry, which declares no entities.
    ///
    /// # Errors
    /// As [`Self::read`], and entities.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.read(path)? else { return Ok(None) };
        let text = text(&bytes);
        if let Some(at) = text.find("<!ENTITY") {
            let line = 1 + xml::newlines(&text.as_bytes()[..at]);
            return Err(ReadError::Entities { name: format!("{} ({path})", self.name), line });
        }
        Ok(Some(text))
    }
}

/// The text of an XML file of an archive.
pub(super) fn text(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
        }
        None => decode::part(bytes, decode::declared(bytes)).0,
    }
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) => error.to_string().to_lowercase(),
        ZipError::InvalidArchive(reason) => reason.to_lowercase(),
        error => error.to_string().to_lowercase(),
    }
}
