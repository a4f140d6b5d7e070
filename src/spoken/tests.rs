//! Sentences through the whole stage, and what holds for any input.

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
