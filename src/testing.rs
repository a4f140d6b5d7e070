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

/// The folder with the files of the pack called `id`. The default voice is installed when it is not there;
/// its tests are skipped only if that fails and `ALOUD_TEST_OFFLINE=1` allows it. Other packs are large: they
/// are installed with `ALOUD_TEST_PACKS=1`, and their tests skipped when they are not there. Skipping is said.
pub(crate) fn pack(id: &str) -> Option<PathBuf> {
    static PACKS: Mutex<BTreeMap<String, Option<PathBuf>>> = Mutex::new(BTreeMap::new());
    let is_set = |name: &str| env::var(name).is_ok_and(|v| v == "1");
    let find = || {
        let fallback = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-data");
        let data = env::var_os("ALOUD_DATA_DIR").map_or_else(fallback, PathBuf::from);
        let (store, catalogue) = (PackStore::new(data), Catalogue::builtin());
        let pack = catalogue.pack(id).expect("a pack of the catalogue");
        let wanted = pack.default || is_set("ALOUD_TEST_PACKS");
        let found = if wanted {
            voice::install(&store, pack, &[], &Quiet).map(|_| store.folder(pack))
        } else {
            return store.installed(pack).or_else(|| {
                eprintln!(
                    "SKIPPED: a test of the voice pack {id} (ALOUD_TEST_PACKS=1 installs it)"
                );
                None
            });
        };
        match found {
            Ok(folder) => Some(folder),
            Err(error) => {
                let may = is_set("ALOUD_TEST_OFFLINE");
                assert!(
                    may,
                    "{id} cannot be installed (ALOUD_TEST_OFFLINE=1 skips its tests): {error}"
                );
                eprintln!("SKIPPED: a test of the voice pack {id}, which is not installed");
                None
            }
        }
    };
    let mut packs = PACKS.lock().unwrap_or_else(PoisonError::into_inner);
    packs.entry(id.to_owned()).or_insert_with(find).clone()
}

/// The voices of the pack called `id`, as the catalogue describes them.
#[cfg(feature = "kokoro")]
pub(crate) fn voices_of(id: &str) -> Vec<Voice> {
    Catalogue::builtin().pack(id).expect("a pack of the catalogue").described().collect()
}

/// Whether the system has espeak-ng. A test that does without it says so.
#[cfg(feature = "piper")]
pub(crate) fn has_espeak() -> bool {
    let program = || std::process::Command::new("espeak-ng").arg("--version").output().is_ok();
    let found = cfg!(feature = "espeak-phonemes") || program();
    if !found {
        eprintln!("SKIPPED: a test of phonemes by espeak-ng, which is not installed");
    }
    found
}
