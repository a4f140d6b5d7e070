//! What unit tests of several modules share. A voice that they need is installed once, where the suite
//! keeps it too.

use std::{env, path::PathBuf, sync::OnceLock};

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

/// The folder with the files of the default voice. `None` only when it cannot be installed and
/// `ALOUD_TEST_OFFLINE=1` says that its tests may be skipped.
pub(crate) fn hibari_pack() -> Option<PathBuf> {
    static PACK: OnceLock<Option<PathBuf>> = OnceLock::new();
    let install = || {
        let fallback = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-data");
        let data = env::var_os("ALOUD_DATA_DIR").map_or_else(fallback, PathBuf::from);
        let (store, catalogue) = (PackStore::new(data), Catalogue::builtin());
        let pack = catalogue.pack("hibari").expect("the default voice is in the catalogue");
        match voice::install(&store, pack, None, &Quiet) {
            Ok(_) => Some(store.folder(pack)),
            Err(error) => {
                assert!(
                    env::var("ALOUD_TEST_OFFLINE").is_ok_and(|v| v == "1"),
                    "the default voice cannot be installed (ALOUD_TEST_OFFLINE=1 skips its tests): {error}"
                );
                eprintln!("SKIPPED: a test of the default voice, which is not installed");
                None
            }
        }
    };
    PACK.get_or_init(install).clone()
}
