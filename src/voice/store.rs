//! The data folder: which packs this machine has.
//!
//! A pack lies in `<data>/packs/<id>/<version>/`, with a record of what it was made from. It appears there
//! by one rename, so a folder that is there is whole; the sizes are looked at all the same, since people
//! delete files. Contents are hashed once, when they are installed.

use std::{
    env,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::{
    Catalogue, InstallError, Pack, PackFile, PackSource,
    pack::{DESCRIPTION, RECORD},
};
use crate::model::Voice;

/// The packs in a data folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackStore {
    data: PathBuf,
}

impl PackStore {
    /// The packs in `data`, which need not exist yet.
    #[must_use]
    pub fn new(data: PathBuf) -> Self {
        Self { data }
    }

    /// `ALOUD_DATA_DIR`, or the platform's data folder.
    ///
    /// # Errors
    /// When neither is known.
    pub fn of_this_machine() -> Result<Self, InstallError> {
        if let Some(data) = env::var_os("ALOUD_DATA_DIR").filter(|d| !d.is_empty()) {
            return Ok(Self::new(PathBuf::from(data)));
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| InstallError::NoDataFolder)?;
        Ok(Self::new(strategy.data_dir().join("aloud")))
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where `pack` lies, or will lie.
    #[must_use]
    pub fn folder(&self, pack: &Pack) -> PathBuf {
        self.shelf(pack).join(&pack.version)
    }

    /// Where `pack` lies, or would if it had files: if it is there as the catalogue describes it, with all its files at their
    /// sizes.
    #[must_use]
    pub fn installed(&self, pack: &Pack) -> Option<PathBuf> {
        let folder = self.folder(pack);
        if pack.is_declared() {
            return Some(folder);
        }
        let recorded = Record::read(&folder).is_some_and(|found| found == Record::of(pack));
        let whole = || {
            pack.files.iter().all(|file| {
                fs::metadata(folder.join(&file.name))
                    .is_ok_and(|m| m.is_file() && m.len() == file.bytes)
            })
        };
        (recorded && whole()).then_some(folder)
    }

    /// The voices of all installed packs.
    #[must_use]
    pub fn voices(&self, catalogue: &Catalogue) -> Vec<Voice> {
        let packs = catalogue.packs().iter().filter(|p| self.installed(p).is_some());
        packs.flat_map(Pack::described).collect()
    }

    /// The packs that were installed from files of the user's own, by id. They are in no catalogue; each
    /// carries its description. One that cannot be read is as good as not installed.
    #[must_use]
    pub fn own_packs(&self) -> Vec<Pack> {
        let shelves = walkdir::WalkDir::new(self.data.join("packs")).min_depth(3).max_depth(3);
        let descriptions = shelves.sort_by_file_name().into_iter().flatten();
        let descriptions = descriptions.filter(|e| e.file_name() == DESCRIPTION);
        descriptions
            .filter_map(|e| Pack::from_toml(&fs::read_to_string(e.path()).ok()?).ok())
            .filter(|pack| pack.sources.is_empty() && self.installed(pack).is_some())
            .collect()
    }

    /// Removes all versions of `pack`. Whether there was any.
    ///
    /// # Errors
    /// When its folder cannot be removed.
    pub fn remove(&self, pack: &Pack) -> io::Result<bool> {
        let folder = self.shelf(pack);
        if !folder.try_exists()? {
            return Ok(false);
        }
        // Not while somebody installs it.
        let _lock = self.lock(pack, || {})?;
        match fs::remove_dir_all(&folder) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// The folder of all versions of `pack`.
    pub(super) fn shelf(&self, pack: &Pack) -> PathBuf {
        self.data.join("packs").join(&pack.id)
    }

    /// The file whose lock says that somebody installs or removes `pack`. It lies beside the shelf, not on
    /// it: a lock that is deleted while held would let two in.
    pub(super) fn lock_file(&self, pack: &Pack) -> PathBuf {
        self.data.join("packs").join(format!("{}.lock", pack.id))
    }

    /// Waits for the lock of `pack`, calling `waiting` if somebody else has it. `None` on a file system
    /// without locks, where the last rename has to do.
    pub(super) fn lock(&self, pack: &Pack, waiting: impl FnOnce()) -> io::Result<Option<File>> {
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(self.lock_file(pack))?;
        let locked = match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock()
            }
            Err(TryLockError::Error(e)) => Err(e),
            Ok(()) => Ok(()),
        };
        match locked {
            Ok(()) => Ok(Some(file)),
            Err(e) if e.kind() == ErrorKind::Unsupported => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// What an installed pack says of itself: the hashes that its files had when they were installed. A pack
/// that the catalogue now describes otherwise is thereby not installed.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    schema: String,
    id: String,
    /// The sources, as their clients take them, with spaces between.
    package: String,
    /// Their hashes, likewise.
    sha256: String,
    files: Vec<PackFile>,
}

impl Record {
    /// The record of `pack` as the catalogue describes it.
    pub(super) fn of(pack: &Pack) -> Self {
        let join = |of: fn(&PackSource) -> String| {
            pack.sources.iter().map(of).collect::<Vec<_>>().join(" ")
        };
        Self {
            schema: "aloud.pack/1".to_owned(),
            id: pack.id.clone(),
            package: join(PackSource::spec),
            sha256: join(|source| source.sha256().to_owned()),
            files: pack.files.clone(),
        }
    }

    /// The record in `folder`, if there is a readable one.
    fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(RECORD)).ok()?).ok()
    }
}
