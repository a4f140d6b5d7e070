//! Sentences through the whole stage, and what holds for any input.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::cases::said;
use super::words;

#[test]
fn punctuation_goes_to_the_words_around_it() {
    let words = words("“Stay,” she said (twice)…", "en");
    let shape: Vec<(&str, &str, &str)> =
        words.iter().map(|w| (w.before.as_str(), w.text.as_str(), w.after.as_str())).collect();
    assert_eq!(
        shape,
        [("“", "Stay", ",”"), ("", "she", ""), ("", "said", ""), ("(", "twice", ")…")]
    );
}

/// Expressions are compiled when a text first needs them, so that a wrong one would lie in wait for its text.
#[test]
fn every_expression_compiles() {
    let literal = r##"pattern!\(\s*r(?:#"(?s:(.*?))"#|"([^"]*)")\s*,?\s*\)"##;
    let literal = regex::Regex::new(literal).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/spoken");
    let mut count = 0;
    for file in walkdir::WalkDir::new(folder) {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().ends_with(".rs") {
            continue;
        }
        let source = fs::read_to_string(file.path()).unwrap();
        for found in literal.captures_iter(&source) {
            let expression = found.get(1).or(found.get(2)).unwrap().as_str();
            let compiled = regex::Regex::new(&format!(r"\A(?:{expression})"));
            assert!(compiled.is_ok(), "{}: {expression}", file.path().display());
            count += 1;
        }
    }
    assert!(count > 400, "only {count} expressions were found");
}

fn holds(text: &str, language: &str) {
    let spoken = words(text, language);
    let mut covered = vec![false; text.len()];
    let mut last = 0..0;
    for word in &spoken {
        assert!(!word.text.is_empty() && !word.written.is_empty(), "{text:?}: empty");
        assert!(word.written == last || word.written.start >= last.end, "{text:?}: out of order");
        assert!(
            !word.text.contains(|c: char| c.is_numeric() && !c.is_alphabetic()),
            "{text:?}: {:?}",
            word.text
        );
        let fits = word.text.chars().all(|c| {
            c.is_alphabetic()
                || "'-".contains(c)
                || unicode_normalization::char::is_combining_mark(c)
        });
        assert!(fits, "{text:?}: {:?}", word.text);
        covered[word.written.clone()].fill(true);
        last = word.written.clone();
    }
    for (at, c) in text.char_indices() {
        assert!(!c.is_alphanumeric() || covered[at], "{text:?}: {c:?} at {at} is not spoken");
    }
}

proptest! {
    #[test]
    fn any_text_is_covered(text in "\\PC{0,60}") {
        holds(&text, "en");
        for language in ["fr", "de", "es", "pt-PT", "it", "nl", "ja", "km"] {
            holds(&text, language);
        }
    }

    #[test]
    fn number_like_text_is_covered(text in "[-0-9$€%.,:/ apmstkgxXVINGOs'\"’°½+@#()A-C]{0,40}") {
        holds(&text, "en");
    }

    #[test]
    fn spoken_text_is_its_own_in_other_languages(text in "(([A-Za-zé]{1,6}|[$-]?[0-9]{1,5}([.,:/-][0-9]{1,3})?[€%]?)[.,]? ){0,6}") {
        for language in ["es", "fr", "de", "it", "pt-BR", "nl"] {
            let once = said(&text, language);
            prop_assert_eq!(said(&once, language), once, "{}", language);
        }
    }

    #[test]
    fn spoken_text_is_its_own_spoken_form(text in "[A-Za-z0-9$%.,:/ -]{0,30}") {
        let once = said(&text, "en");
        prop_assert_eq!(said(&once, "en"), once);
    }
}
