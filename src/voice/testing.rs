//! The default voice for unit tests that need it: installed once, by whichever test comes first.

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    sync::OnceLock,
};

use super::{Catalogue, PackStore, Progress, install};

/// Says nothing.
struct Quiet;

impl Progress for Quiet {
    fn phase(&self, _: &str) {}
    fn bytes(&self, _: u64, _: u64) {}
}

/// The folder of the installed pack `hibari`, in `ALOUD_DATA_DIR` or `target/test-data`. `None`, and a
/// line that says so, only when it cannot be installed and `ALOUD_TEST_OFFLINE=1` allows that.
pub(crate) fn hibari() -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let fetch = || {
        let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-data");
        let store = PackStore::new(env::var_os("ALOUD_DATA_DIR").map_or_else(own, PathBuf::from));
        let catalogue = Catalogue::builtin();
        let pack = catalogue.pack("hibari").expect("the default voice");
        match install(&store, pack, None, &Quiet) {
            Ok(_) => store.installed(pack),
            Err(_) if env::var("ALOUD_TEST_OFFLINE").is_ok_and(|v| v == "1") => None,
            Err(error) => panic!("{error} (ALOUD_TEST_OFFLINE=1 skips the tests of the voice)"),
        }
    };
    let folder = FOLDER.get_or_init(fetch);
    if folder.is_none() {
        // Past the test harness, which would keep it to itself.
        let line =
            "SKIPPED: a test of the default voice, not installable here (ALOUD_TEST_OFFLINE=1)";
        writeln!(io::stderr(), "{line}").expect("standard error");
    }
    folder.clone()
}

#[test]
fn the_default_voice_is_what_the_catalogue_says() {
    use sha2::{Digest, Sha256};
    let Some(folder) = hibari() else { return };
    let catalogue = Catalogue::builtin();
    let pack = catalogue.pack("hibari").expect("the default voice");
    for file in &pack.files {
        let bytes = std::fs::read(folder.join(&file.name)).expect("a file of the pack");
        let digest =
            Sha256::digest(&bytes).iter().fold(String::new(), |s, b| s + &format!("{b:02x}"));
        assert_eq!(
            (bytes.len() as u64, digest),
            (file.bytes, file.sha256.clone()),
            "{}",
            file.name
        );
    }
}
