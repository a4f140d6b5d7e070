//! Tables of cases: what is written and what is said.

use super::words;

/// Checks each case of a table: written, and the words said for it with single spaces between.
pub(super) fn check(language: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(written, wanted)| {
            let said = said(written, language);
            (said != *wanted)
                .then(|| format!("{written:?}\n  said   {said:?}\n  wanted {wanted:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words said for a text.
pub(super) fn said(text: &str, language: &str) -> String {
    words(text, language).iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}
