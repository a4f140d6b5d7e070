//! Expected texts beside their inputs. `ALOUD_UPDATE=1 cargo test` rewrites them; review the diff.

use std::{env, fs, path::Path};

/// `actual` must equal the file `expected`.
#[track_caller]
pub(crate) fn assert(actual: &str, expected: &Path) {
    if env::var_os("ALOUD_UPDATE").is_some() {
        fs::write(expected, actual).expect("the snapshot can be written");
        return;
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default().replace("\r\n", "\n");
    if wanted == actual {
        return;
    }
    let line = wanted.lines().zip(actual.lines()).take_while(|(w, a)| w == a).count();
    panic!(
        "{} differs from line {} on:\n  expected: {}\n  actual:   {}\n(ALOUD_UPDATE=1 accepts what is printed now)",
        expected.display(),
        line + 1,
        wanted.lines().nth(line).unwrap_or("<end>"),
        actual.lines().nth(line).unwrap_or("<end>"),
    );
}
