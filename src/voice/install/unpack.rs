//! Takes a pack's files out of what was fetched for it, each checked by size and SHA-256.
//!
//! Entries are looked up by the exact names of the catalogue and written under names that the catalogue
//! has checked, so nothing in a package decides where anything is written.

use std::{
    collections::HashMap,
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::unwritable;
use crate::voice::{
    InstallError, Pack, PackFile, PackSource,
    pack::{DESCRIPTION, RECORD},
    store::Record,
};

/// What was fetched for one source, checked and opened.
pub(super) struct Opened<'p> {
    pack: &'p Pack,
    source: &'p PackSource,
    /// The file, for messages.
    file: String,
    entries: Entries,
}

/// Where the entries of a source are.
enum Entries {
    /// In a wheel.
    Zip(ZipArchive<File>),
    /// Those of an npm package that the pack wants, laid out by their paths: in the package itself they can
    /// only be read in order.
    Spooled(HashMap<String, PathBuf>),
    /// The file is the only entry.
    Single(PathBuf),
}

impl<'p> Opened<'p> {
    /// Checks `file`, which was fetched for source `index` of `pack`; what has to be laid out goes below
    /// `work`.
    pub(super) fn new(
        pack: &'p Pack,
        index: usize,
        file: &Path,
        work: &Path,
    ) -> Result<Self, InstallError> {
        let source = &pack.sources[index];
        let mut opened = Self {
            pack,
            source,
            file: file.display().to_string(),
            entries: Entries::Single(file.to_owned()),
        };
        let mut reader = File::open(file).map_err(|e| opened.broken(e.to_string()))?;
        let found = sha256(&mut reader).map_err(|e| opened.broken(e.to_string()))?;
        opened.check(&opened.file, source.sha256(), &found)?;
        match source {
            PackSource::Python(_) => {
                let archive = ZipArchive::new(reader)
                    .map_err(|e| opened.broken(format!("it is no wheel: {e}")))?;
                opened.entries = Entries::Zip(archive);
            }
            PackSource::Npm(_) => {
                let mut wanted: HashMap<&str, u64> = HashMap::new();
                for file in &pack.files {
                    for (_, path) in pack.parts(file).into_iter().filter(|(i, _)| *i == index) {
                        let most = wanted.entry(path).or_default();
                        *most = file.bytes.max(*most);
                    }
                }
                opened.entries = Entries::Spooled(opened.spool(file, &wanted, work)?);
            }
            PackSource::Url(_) => {}
        }
        Ok(opened)
    }

    /// Lays out the `wanted` entries of the npm package `file`, each up to the size that it may have.
    fn spool(
        &self,
        file: &Path,
        wanted: &HashMap<&str, u64>,
        work: &Path,
    ) -> Result<HashMap<String, PathBuf>, InstallError> {
        let broken = |e: io::Error| self.broken(format!("it is no npm package: {e}"));
        let folder = work.join("entries");
        fs::create_dir_all(&folder).map_err(unwritable(self.pack, &folder))?;
        let reader = File::open(file).map_err(broken)?;
        let mut spooled = HashMap::new();
        for entry in tar::Archive::new(GzDecoder::new(reader)).entries().map_err(broken)? {
            let entry = entry.map_err(broken)?;
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let Some(most) = wanted.get(path.as_str()) else { continue };
            let target = folder.join(spooled.len().to_string());
            let mut out = File::create(&target).map_err(unwritable(self.pack, &target))?;
            let mut entry = entry.take(most + 1);
            copy(&mut entry, |bytes| out.write_all(bytes))
                .map_err(|e| e.either(broken, unwritable(self.pack, &target)))?;
            spooled.insert(path, target);
        }
        Ok(spooled)
    }

    /// The bytes of the entry `path`.
    fn entry(&mut self, path: &str) -> Result<Box<dyn Read + '_>, InstallError> {
        let (pack, source, file) = (self.pack, self.source, self.file.clone());
        let broken =
            move |reason: String| refused(pack, source, &file, format!("{path}: {reason}"));
        Ok(match &mut self.entries {
            Entries::Zip(archive) => {
                Box::new(archive.by_name(path).map_err(|e| broken(e.to_string()))?)
            }
            Entries::Spooled(entries) => {
                let spooled = entries.get(path).ok_or_else(|| broken("not found".to_owned()))?;
                Box::new(File::open(spooled).map_err(|e| broken(e.to_string()))?)
            }
            Entries::Single(file) => Box::new(File::open(file).map_err(|e| broken(e.to_string()))?),
        })
    }

    fn broken(&self, reason: String) -> InstallError {
        refused(self.pack, self.source, &self.file, reason)
    }

    fn check(&self, file: &str, wanted: &str, found: &str) -> Result<(), InstallError> {
        if wanted.eq_ignore_ascii_case(found) {
            return Ok(());
        }
        Err(InstallError::Hash {
            pack: self.pack.id.clone(),
            file: file.to_owned(),
            wanted: wanted.to_owned(),
            found: found.to_owned(),
            by_hand: self.source.by_hand(),
        })
    }
}

/// Writes the files of `pack` from `sources` into the new folder `target`, with their record.
pub(super) fn unpack(
    pack: &Pack,
    sources: &mut [Opened<'_>],
    target: &Path,
) -> Result<(), InstallError> {
    fs::create_dir_all(target).map_err(unwritable(pack, target))?;
    for wanted in &pack.files {
        extract(pack, sources, wanted, &target.join(&wanted.name))?;
    }
    describe(pack, target)
}

/// Writes the record of `pack` into `folder`, and its description when no catalogue has it.
pub(super) fn describe(pack: &Pack, folder: &Path) -> Result<(), InstallError> {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        let write = || {
            let mut out = File::create_new(&path)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()
        };
        write().map_err(unwritable(pack, &path))
    };
    let record = serde_json::to_string_pretty(&Record::of(pack)).expect("a record is plain data");
    write(RECORD, &record)?;
    if pack.sources.is_empty() {
        write(
            DESCRIPTION,
            &toml::to_string(pack).expect("a pack was read from TOML or is like it"),
        )?;
    }
    Ok(())
}

/// Writes one file of the pack to `path`, hashing it on the way.
fn extract(
    pack: &Pack,
    sources: &mut [Opened<'_>],
    wanted: &PackFile,
    path: &Path,
) -> Result<(), InstallError> {
    let mut out = File::create_new(path).map_err(unwritable(pack, path))?;
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    let mut last = (0, "");
    for (source, entry) in pack.parts(wanted) {
        last = (source, entry);
        let opened = &mut sources[source];
        let (of, file) = (opened.source, opened.file.clone());
        // One byte more than there should be shows a file that is too long, whatever its header says.
        let mut reader = opened.entry(entry)?.take(wanted.bytes + 1 - bytes);
        copy(&mut reader, |part| {
            bytes += part.len() as u64;
            hasher.update(part);
            out.write_all(part)
        })
        .map_err(|e| {
            let broken = |e: io::Error| refused(pack, of, &file, format!("{entry}: {e}"));
            e.either(broken, unwritable(pack, path))
        })?;
        if bytes > wanted.bytes {
            break;
        }
    }
    out.sync_all().map_err(unwritable(pack, path))?;
    let (source, entry) = (&sources[last.0], if last.1.is_empty() { &wanted.name } else { last.1 });
    if bytes != wanted.bytes {
        let compared = if bytes < wanted.bytes { "less" } else { "more" };
        return Err(source.broken(format!(
            "{entry}: it has {compared} than the {} bytes it should have",
            wanted.bytes
        )));
    }
    source.check(entry, &wanted.sha256, &hexadecimal(hasher))
}

/// Which side of a copy failed.
enum CopyError {
    Read(io::Error),
    Write(io::Error),
}

impl CopyError {
    fn either(
        self,
        read: impl FnOnce(io::Error) -> InstallError,
        write: impl FnOnce(io::Error) -> InstallError,
    ) -> InstallError {
        match self {
            Self::Read(e) => read(e),
            Self::Write(e) => write(e),
        }
    }
}

/// Gives all that `reader` has to `write`, piece by piece.
fn copy(
    reader: &mut impl Read,
    mut write: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), CopyError> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => write(&buffer[..n]).map_err(CopyError::Write)?,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(CopyError::Read(e)),
        }
    }
}

fn refused(pack: &Pack, source: &PackSource, file: &str, reason: String) -> InstallError {
    InstallError::Package {
        pack: pack.id.clone(),
        file: file.to_owned(),
        reason,
        by_hand: source.by_hand(),
    }
}

/// SHA-256 of what `reader` still has, in hexadecimal digits.
pub(super) fn sha256(reader: &mut impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(reader, &mut Hashing(&mut hasher))?;
    Ok(hexadecimal(hasher))
}

/// A hasher as something to write to.
struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(hasher: Sha256) -> String {
    let digits = |mut text: String, byte: &u8| {
        let _ = write!(text, "{byte:02x}");
        text
    };
    hasher.finalize().iter().fold(String::new(), digits)
}
