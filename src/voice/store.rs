//! The data folder: which packs this machine has.
//!
//! A pack lies in `<data>/packs/<id>/<version>/`. It appears there by one rename, so a folder that is
//! there is whole; sizes are looked at all the same, since people delete files.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::{Catalogue, InstallError, Pack};
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
        self.data.join("packs").join(&pack.id).join(&pack.source.version)
    }

    /// Where `pack` lies, if it is there with all its files at their sizes.
    #[must_use]
    pub fn installed(&self, pack: &Pack) -> Option<PathBuf> {
        let folder = self.folder(pack);
        let whole = pack.files.iter().all(|file| {
            fs::metadata(folder.join(&file.name))
                .is_ok_and(|m| m.is_file() && m.len() == file.bytes)
        });
        whole.then_some(folder)
    }

    /// The voices of all installed packs.
    #[must_use]
    pub fn voices(&self, catalogue: &Catalogue) -> Vec<Voice> {
        let packs = catalogue.packs().iter().filter(|p| self.installed(p).is_some());
        packs.flat_map(Pack::described).collect()
    }

    /// Removes all versions of the pack called `id`. Whether there was any.
    ///
    /// # Errors
    /// When its folder cannot be removed.
    pub fn remove(&self, id: &str) -> io::Result<bool> {
        match fs::remove_dir_all(self.data.join("packs").join(id)) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e),
        }
    }
}
