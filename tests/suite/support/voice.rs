//! The default voice, for tests that speak: fetched by the first of them, kept between runs.

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    process::Command,
    sync::OnceLock,
};

/// Where the voice of the tests is kept: `ALOUD_DATA_DIR`, or `target/test-data`.
fn data_folder() -> PathBuf {
    let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-data");
    env::var_os("ALOUD_DATA_DIR").map_or_else(own, PathBuf::from)
}

/// Whether tests may do without what has to be fetched.
pub(crate) fn may_be_offline() -> bool {
    env::var("ALOUD_TEST_OFFLINE").is_ok_and(|v| v == "1")
}

/// Says that a test was skipped, past the test harness, which would keep it to itself.
pub(crate) fn skipped() {
    let line = "SKIPPED: a test of the default voice, not installable here (ALOUD_TEST_OFFLINE=1)";
    writeln!(io::stderr(), "{line}").expect("standard error");
}

/// The folder of the pack `id` in the data folder of the tests; `ALOUD_TEST_PACKS=1` installs it. `None`, and a
/// line that says so, when it is not there.
pub(crate) fn pack(id: &str, version: &str) -> Option<PathBuf> {
    let data = data_folder();
    let folder = data.join("packs").join(id).join(version);
    if env::var("ALOUD_TEST_PACKS").is_ok_and(|v| v == "1") {
        let output = Command::new(env!("CARGO_BIN_EXE_aloud"))
            .args(["voices", "install", id])
            .env("ALOUD_DATA_DIR", &data)
            .output()
            .expect("the program starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || may_be_offline(), "{id} cannot be installed:\n{stderr}");
    }
    if !folder.is_dir() {
        let line =
            format!("SKIPPED: a test of the voice pack {id} (ALOUD_TEST_PACKS=1 installs it)");
        writeln!(io::stderr(), "{line}").expect("standard error");
        return None;
    }
    Some(folder)
}

/// The data folder with the default voice installed. `None`, and a line that says so, only when it cannot
/// be installed and `ALOUD_TEST_OFFLINE=1` allows that.
pub(crate) fn installed() -> Option<&'static PathBuf> {
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    let install = || {
        let data = data_folder();
        let output = Command::new(env!("CARGO_BIN_EXE_aloud"))
            .args(["voices", "install", "hibari"])
            .env("ALOUD_DATA_DIR", &data)
            .output()
            .expect("the program starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Some(data);
        }
        assert!(
            may_be_offline(),
            "the default voice cannot be installed (ALOUD_TEST_OFFLINE=1 skips its tests):\n{stderr}"
        );
        None
    };
    let found = INSTALLED.get_or_init(install).as_ref();
    if found.is_none() {
        skipped();
    }
    found
}
