//! Brings a pack into the data folder: from the Python package index, or from a downloaded package.
//!
//! Everything is made in a temporary folder beside the target and appears by one rename, under a lock:
//! there is never half a pack, and of two installations at once the second finds it done. `fetch` gets the
//! package, `unpack` checks it and takes the files out; this module is what holds them together.

mod fetch;
mod unpack;

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::Path,
};

use self::fetch::Pip;
use super::{InstallError, Pack, PackStore};

/// How temporary folders on a shelf begin. A version cannot: it begins with a letter or digit.
const WORK: &str = ".new-";

/// Watches an installation.
pub trait Progress {
    /// What is being done now, for people.
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
    install_with(&Pip::default(), store, pack, from, progress)
}

fn install_with(
    pip: &Pip<'_>,
    store: &PackStore,
    pack: &Pack,
    from: Option<&Path>,
    progress: &dyn Progress,
) -> Result<Installation, InstallError> {
    // Before anything is written: the data folder may be read-only and the pack in it.
    if store.installed(pack).is_some() {
        return Ok(Installation::Present);
    }
    let shelf = store.shelf(pack);
    fs::create_dir_all(&shelf).map_err(unwritable(pack, &shelf))?;
    let waiting = || progress.phase("waiting for another installation of it");
    let lock_file = store.lock_file(pack);
    let lock = store.lock(pack, waiting).map_err(unwritable(pack, &lock_file))?;
    if store.installed(pack).is_some() {
        return Ok(Installation::Present);
    }
    // Somebody may have removed the pack, shelf and all, before the lock was ours.
    fs::create_dir_all(&shelf).map_err(unwritable(pack, &shelf))?;
    if lock.is_some() {
        sweep(&shelf);
    }
    let work = tempfile::Builder::new()
        .prefix(WORK)
        .tempdir_in(&shelf)
        .map_err(unwritable(pack, &shelf))?;
    let wheel = match from {
        Some(file) => file.to_owned(),
        None => pip.fetch(pack, work.path(), progress)?,
    };
    progress.phase("checking");
    let made = work.path().join("pack");
    unpack::unpack(pack, &wheel, &made)?;
    let target = store.folder(pack);
    match put(&made, &target) {
        Ok(()) => Ok(Installation::Installed),
        // Without locks another installation may have been first, which is as good.
        Err(_) if store.installed(pack).is_some() => Ok(Installation::Present),
        Err(cause) => Err(unwritable(pack, &target)(cause)),
    }
}

/// Moves the finished folder `made` to `target`, for good.
fn put(made: &Path, target: &Path) -> io::Result<()> {
    sync_folder(made);
    // What is there is not whole: people delete files, and catalogues change.
    match fs::remove_dir_all(target) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    fs::rename(made, target)?;
    if let Some(shelf) = target.parent() {
        sync_folder(shelf);
    }
    Ok(())
}

/// Brings a folder's entries to the disk where the system can do that. Where it cannot, a power failure may
/// lose the pack; the sizes and the record then tell.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|f| f.sync_all());
    }
}

/// Removes what interrupted installations left on the shelf. The lock is held.
fn sweep(shelf: &Path) {
    let Ok(entries) = fs::read_dir(shelf) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(WORK) {
            // What cannot be removed now is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Makes the error for `path`, which could not be written.
fn unwritable<'a>(pack: &'a Pack, path: &'a Path) -> impl Fn(io::Error) -> InstallError + 'a {
    |cause| InstallError::Write { pack: pack.id.clone(), path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests;
