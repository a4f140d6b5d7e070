//! What unit tests of several modules share. Packs that they need are installed once, where the suite
//! keeps its voice too.

use std::{
    collections::BTreeMap,
    env,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    engine::tone::ToneEngine,
    model::Voice,
    voice::{self, Catalogue, PackStore, Progress},
};

struct Quiet;

impl Progress for Quiet {
    fn phase(&self, _: &str) {}
    fn bytes(&self, _: u64, _: u64) {}
}

/// A voice for tests that only need to name one.
pub(crate) fn voice() -> Voice {
    ToneEngine::voice()
}

/// The folder with the files of the pack called `id`. `None` only when it cannot be installed and
/// `ALOUD_TEST_OFFLINE=1` says that its tests may be skipped.
pub(crate) fn pack(id: &str) -> Option<PathBuf> {
    static PACKS: Mutex<BTreeMap<String, Option<PathBuf>>> = Mutex::new(BTreeMap::new());
    let install = || {
        let fallback = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-data");
        let data = env::var_os("ALOUD_DATA_DIR").map_or_else(fallback, PathBuf::from);
        let (store, catalogue) = (PackStore::new(data), Catalogue::builtin());
        let pack = catalogue.pack(id).expect("a pack of the catalogue");
        match voice::install(&store, pack, &[], &Quiet) {
            Ok(_) => Some(store.folder(pack)),
            Err(error) => {
                assert!(
                    env::var("ALOUD_TEST_OFFLINE").is_ok_and(|v| v == "1"),
                    "{id} cannot be installed (ALOUD_TEST_OFFLINE=1 skips its tests): {error}"
                );
                eprintln!("SKIPPED: a test of the voice pack {id}, which is not installed");
                None
            }
        }
    };
    let mut packs = PACKS.lock().unwrap_or_else(PoisonError::into_inner);
    packs.entry(id.to_owned()).or_insert_with(install).clone()
}

/// Whether the system has espeak-ng. A test that does without it says so.
#[cfg(feature = "piper")]
pub(crate) fn has_espeak() -> bool {
    let found = std::process::Command::new("espeak-ng").arg("--version").output().is_ok();
    if !found {
        eprintln!("SKIPPED: a test of phonemes by espeak-ng, which is not installed");
    }
    found
}
