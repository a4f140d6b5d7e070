//! Arbitrary text as a sentence of any language: no panic, nothing lost, nothing but words comes out.
#![no_main]

use libfuzzer_sys::fuzz_target;

const LANGUAGES: [&str; 8] = ["en", "es", "fr", "de", "pt-PT", "it", "nl", "km"];

fuzz_target!(|input: (u8, &str)| {
    let language = LANGUAGES[usize::from(input.0) % LANGUAGES.len()];
    let text = input.1;
    let words = aloud::spoken::words(text, language);
    for word in &words {
        assert!(!word.text.is_empty() && text.get(word.written.clone()).is_some());
        assert!(!word.text.contains(|c: char| c.is_ascii_digit() || c.is_whitespace()));
    }
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        assert!(words.iter().any(|w| w.written.contains(&at)), "{c:?} at {at} is lost");
    }
});
