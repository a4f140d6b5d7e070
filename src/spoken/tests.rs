//! Sentences through the whole stage, and what holds for any input.

use proptest::prelude::*;

use super::words;

fn said(text: &str) -> String {
    words(text, "en").iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn check(cases: &[(&str, &str)]) {
    for (written, spoken) in cases {
        assert_eq!(&said(written), spoken, "{written}");
    }
}

#[test]
fn numbers() {
    check(&[
        ("Some 4,512 people", "Some four thousand five hundred twelve people"),
        ("the 3rd of 14", "the third of fourteen"),
        ("3.05 and .7", "three point zero five and point seven"),
        ("6/7 of it", "six sevenths of it"),
        ("a 15% rise", "a fifteen percent rise"),
        ("5–10% more", "five to ten percent more"),
        ("pages 3-9", "pages three to nine"),
        ("from 1994–2003", "from nineteen ninety four to two thousand three"),
        ("2½ days", "two and a half days"),
    ]);
}

#[test]
fn dates_and_times() {
    check(&[
        ("on March 9, 2011", "on March ninth twenty eleven"),
        ("on 9 March 2011", "on the ninth of March twenty eleven"),
        ("in the 1970s", "in the nineteen seventies"),
        ("at 6:05 p.m. today", "at six oh five P M today"),
        ("in the '90s", "in the nineties"),
        ("12/31/2015", "December thirty first twenty fifteen"),
        ("at 3:45pm ET", "at three forty five P M E T"),
        ("at 18:45", "at eighteen forty five"),
    ]);
}

#[test]
fn money_and_measures() {
    check(&[
        ("$48.5 million", "forty eight point five million dollars"),
        ("10¢", "ten cents"),
        ("5'11\"", "five feet eleven inches"),
        ("€3.20", "three euros twenty cents"),
        ("a 30 km road", "a thirty kilometers road"),
        ("80 km/h", "eighty kilometers per hour"),
        ("7°C", "seven degrees Celsius"),
    ]);
}

#[test]
fn addresses() {
    check(&[
        ("at 350 W Oak Ave, Reno", "at three fifty West Oak Avenue Reno"),
        ("9 5th st", "nine fifth Street"),
        ("Dallas, TX 75001", "Dallas Texas seven five zero zero one"),
        // A count before a name is no house number without a street.
        ("350 Oak trees", "three hundred fifty Oak trees"),
    ]);
}

#[test]
fn lengths_and_serial_numbers() {
    check(&[
        ("3 x 5 m", "three by five meters"),
        ("4x9", "four X nine"),
        ("plot B-7/440128", "plot B seven four four zero one two eight"),
        ("at 3 pm EST", "at three P M E S T"),
    ]);
}

#[test]
fn names_and_letters() {
    check(&[
        ("Two NGOs met", "Two N G O's met"),
        ("NASA and NATO", "NASA and NATO"),
        ("the U.S. army", "the U S army"),
        ("I’m NOT here", "I'm not here"),
        ("Dr. Amina Otieno", "doctor Amina Otieno"),
        ("2vs1", "two versus one"),
        ("World War II", "World War two"),
        ("see example.org/about", "see example dot org slash about"),
    ]);
}

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
        holds(&text, "fr");
    }

    #[test]
    fn number_like_text_is_covered(text in "[-0-9$€%.,:/ apmstkgxXVINGOs'\"’°½+@#()A-C]{0,40}") {
        holds(&text, "en");
    }

    #[test]
    fn spoken_text_is_its_own_spoken_form(text in "[A-Za-z0-9$%.,:/ -]{0,30}") {
        let once = said(&text);
        prop_assert_eq!(said(&once), once);
    }
}
