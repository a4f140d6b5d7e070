//! Arbitrary text as a lexicon, PLS or TOML, applied to arbitrary text: no panic, and every place where an
//! entry holds is said once.
#![no_main]

use std::sync::Arc;

use aloud::spoken::{Lexicon, Lexicons};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, &str, &str)| {
    let (pls, file, text) = input;
    let (lexicon, _) = Lexicon::read(if pls { "a.pls" } else { "a.toml" }, file);
    let words = aloud::spoken::words_with(text, "en", &Lexicons::new(vec![Arc::new(lexicon)]));
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        assert!(words.iter().any(|w| w.written.contains(&at)), "{c:?} at {at} is lost");
    }
});
