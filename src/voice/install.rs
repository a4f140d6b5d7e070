//! Brings a pack into the data folder: from package indexes and web servers, or from downloaded files.
//!
//! Everything is made in a temporary folder beside the target and appears by one rename, under a lock:
//! there is never half a pack, and of two installations at once the second finds it done. `fetch` and `web`
//! get what a pack is made from, `unpack` checks it and takes the files out; this module is what holds them
//! together.

mod fetch;
mod unpack;
mod web;

use std::{
    cell::Cell,
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use self::{fetch::Client, unpack::Opened};
use super::{InstallError, Pack, PackFile, PackSource, PackStore, pack::Origin};

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

/// Installs `pack` into `store`. What it is made from is looked for in `from`, which are downloaded files
/// and folders of them; the rest is fetched.
///
/// # Errors
/// See [`InstallError`]; nothing is left behind.
pub fn install(
    store: &PackStore,
    pack: &Pack,
    from: &[PathBuf],
    progress: &dyn Progress,
) -> Result<Installation, InstallError> {
    install_with(&Clients::default(), store, pack, from, progress)
}

/// Installs a pack that no catalogue has: `files` are the user's own, in the order of `pack.files`, whose
/// sizes and hashes are taken from them.
///
/// # Errors
/// See [`InstallError`]; nothing is left behind.
pub fn install_own(
    store: &PackStore,
    mut pack: Pack,
    files: &[(PathBuf, String)],
    progress: &dyn Progress,
) -> Result<(Pack, Installation), InstallError> {
    progress.phase("reading");
    pack.files.clear();
    for (path, name) in files {
        let unreadable = |e: io::Error| InstallError::Own {
            file: path.display().to_string(),
            reason: e.to_string(),
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let bytes = file.metadata().map_err(unreadable)?.len();
        let sha256 = unpack::sha256(&mut file).map_err(unreadable)?;
        let from = Origin::Path(name.clone());
        pack.files.push(PackFile { from, name: name.clone(), bytes, sha256 });
    }
    pack.check().map_err(|reason| InstallError::Own { file: pack.id.clone(), reason })?;
    let make = |_: &Path, made: &Path| {
        fs::create_dir_all(made).map_err(unwritable(&pack, made))?;
        for (path, name) in files {
            let target = made.join(name);
            fs::copy(path, &target).map_err(unwritable(&pack, &target))?;
        }
        unpack::describe(&pack, made)
    };
    let done = put_on_shelf(store, &pack, progress, make)?;
    Ok((pack, done))
}

/// The clients of the indexes.
struct Clients<'a> {
    pip: Client<'a>,
    npm: Client<'a>,
}

impl Default for Clients<'_> {
    fn default() -> Self {
        Self { pip: Client::pip(), npm: Client::npm() }
    }
}

fn install_with(
    clients: &Clients<'_>,
    store: &PackStore,
    pack: &Pack,
    from: &[PathBuf],
    progress: &dyn Progress,
) -> Result<Installation, InstallError> {
    check_given(from, pack)?;
    put_on_shelf(store, pack, progress, |work, made| {
        let (before, of) = (Cell::new(0), pack.download_bytes());
        let whole = Whole { progress, before: &before, of };
        let mut sources = Vec::with_capacity(pack.sources.len());
        for (i, source) in pack.sources.iter().enumerate() {
            let own = work.join(i.to_string());
            fs::create_dir_all(&own).map_err(unwritable(pack, &own))?;
            let file = if let Some(file) = given(from, pack, source) {
                file
            } else {
                progress.phase("fetching");
                match source {
                    PackSource::Python(_) => clients.pip.fetch(pack, source, &own, &whole)?,
                    PackSource::Npm(_) => clients.npm.fetch(pack, source, &own, &whole)?,
                    PackSource::Url(address) => {
                        web::fetch(pack, address, &source.by_hand(), &own, &whole)?
                    }
                }
            };
            before.set(before.get() + source.bytes());
            sources.push(Opened::new(pack, i, &file, &own)?);
        }
        progress.phase("checking");
        unpack::unpack(pack, &mut sources, made)
    })
}

/// The progress of one source as part of the whole.
struct Whole<'a> {
    progress: &'a dyn Progress,
    before: &'a Cell<u64>,
    of: u64,
}

impl Progress for Whole<'_> {
    fn phase(&self, what: &str) {
        self.progress.phase(what);
    }

    fn bytes(&self, done: u64, _: u64) {
        self.progress.bytes(self.before.get() + done, self.of);
    }
}

/// The file among `from` that is `source` of `pack`. A pack of one source takes a single file under any name.
fn given(from: &[PathBuf], pack: &Pack, source: &PackSource) -> Option<PathBuf> {
    from.iter().find_map(|path| {
        if path.is_dir() {
            return Some(path.join(source.file())).filter(|file| file.is_file());
        }
        let named = path.file_name().is_some_and(|name| name == source.file());
        (named || (pack.sources.len() == 1 && from.len() == 1)).then(|| path.clone())
    })
}

/// Refuses a path among `from` that has nothing of `pack`: who names it means it.
fn check_given(from: &[PathBuf], pack: &Pack) -> Result<(), InstallError> {
    let idle = |path: &&PathBuf| {
        let one = std::slice::from_ref(*path);
        let serves = pack.sources.iter().any(|source| given(one, pack, source).is_some());
        !serves || !path.exists()
    };
    let single = pack.sources.len() == 1 && from.len() == 1 && !from[0].is_dir();
    match from.iter().find(idle).filter(|_| !single) {
        None => Ok(()),
        Some(path) => {
            let files: Vec<&str> = pack.sources.iter().map(PackSource::file).collect();
            let reason = format!("there is none of the files of {}: {}", pack.id, files.join(", "));
            Err(InstallError::Own { file: path.display().to_string(), reason })
        }
    }
}

/// Puts `pack` on its shelf, whole or not at all. `make` makes its folder, the second of its arguments; the
/// first is for whatever it needs meanwhile.
fn put_on_shelf(
    store: &PackStore,
    pack: &Pack,
    progress: &dyn Progress,
    make: impl FnOnce(&Path, &Path) -> Result<(), InstallError>,
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
    let made = work.path().join("pack");
    make(work.path(), &made)?;
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
