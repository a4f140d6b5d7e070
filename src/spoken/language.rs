//! What a language is to this stage: data, and the few questions that the tokeniser asks of it.
//!
//! To add one: a module with its tables, an implementation of [`Language`], a line in [`of`].

use super::counting::{self, DUTCH, JAPANESE, POLISH, RUSSIAN, SWEDISH, UKRAINIAN};
use super::english::English;
use super::fallback::Fallback;
use super::said::{Place, Reading, Said};
use super::tables::{BRAZILIAN, FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH};
use crate::model::Word;

/// A language. Stateless: one value serves all threads.
pub(super) trait Language: Sync {
    /// How what begins at `place` is said, when it is more than a plain word or mark; the classes
    /// of the language are tried in order, and the first that knows the place wins.
    fn read(&self, place: &Place<'_>) -> Reading;

    /// Whether [`Language::read`] may know something about a text that begins like this: asked at
    /// every word, so it must be quick and may be wrong only by saying yes.
    fn worth_a_look(&self, rest: &str) -> bool {
        !rest.starts_with(char::is_lowercase)
    }

    /// Whether what stands behind a hyphen or an apostrophe is read by itself: "anti-U.S.", "ex-Gov. Hale",
    /// "l'art. 18".
    fn parts_word(&self, _rest: &str) -> bool {
        false
    }

    /// Whether words in capitals that follow one another are stressed ("THE STORM breaks"), not short forms.
    fn stresses(&self, _run: &str) -> bool {
        false
    }

    /// How a word of letters is said; `shouted` when it is in capitals for stress: its whole sentence
    /// is, or [`Language::stresses`] says so.
    fn word(&self, word: &str, _shouted: bool) -> Said {
        Said::of(word)
    }

    /// Whether a word loses its end before a vowel, so that an apostrophe behind it is its own: "l'".
    fn elides(&self, _word: &str) -> bool {
        false
    }

    /// ASCII digits that no class has read, one by one or as a number.
    fn digits(&self, digits: &str) -> Said;

    /// What a symbol at byte `at` of `text` is called; `None` for one that is not read.
    fn symbol(&self, _c: char, _text: &str, _at: usize) -> Option<&'static str> {
        None
    }

    /// An ending that belongs to what was read before it, such as a possessive: its bytes and what
    /// it adds to the last word.
    fn ending(&self, _rest: &str) -> Option<(usize, &'static str)> {
        None
    }

    /// Gives words whose sound depends on their neighbours, or is in no dictionary, their IPA.
    fn sounds(&self, _words: &mut [Word]) {}

    /// What an editor has to write as words in this language; `None` when nothing.
    fn uncovered(&self) -> Option<&'static str> {
        None
    }
}

fn by_library(code: &str) -> &'static dyn Language {
    match counting::by_library(code) {
        Some(language) => language,
        None => &Fallback,
    }
}

/// The language of a BCP 47 tag; English where nothing is said.
pub(super) fn of(tag: &str) -> &'static dyn Language {
    match tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
        "" | "en" => &English,
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "it" => &ITALIAN,
        "pt" if region_is(tag, "pt") => &PORTUGUESE,
        "pt" => &BRAZILIAN,
        "nl" => &DUTCH,
        "sv" => &SWEDISH,
        "pl" => &POLISH,
        "ru" => &RUSSIAN,
        "uk" => &UKRAINIAN,
        "ja" => &JAPANESE,
        "no" | "nn" => by_library("nb"),
        code => by_library(code),
    }
}

/// Whether a tag names this region: `pt-PT`, `pt_PT`, `pt-Latn-PT`.
fn region_is(tag: &str, region: &str) -> bool {
    tag.split(['-', '_']).skip(1).any(|part| part.eq_ignore_ascii_case(region))
}
