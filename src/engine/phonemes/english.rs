//! Words to phonemes, with every phoneme's word known.
//!
//! misaki reads the sentence as a whole, because how a word sounds depends on its neighbours ("the
//! apple", "they read"); its tokens are laid back over the words by their place in the text. It is
//! trusted with words alone: punctuation is taken from [`Word::before`] and [`Word::after`], letters of
//! an initialism and pronunciations from a lexicon replace what it says. A word that comes out without
//! a sound, or with a sound that the voice has no id for, is an error.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use misaki_rs::{G2P, Language, MToken};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::{
    Phonemes, UNREADABLE, Unspeakable, Vocabulary, ipa, letters,
    oov::{self, Oov},
    places::Places,
    punctuation, same_row,
};
use crate::model::Word;

/// The files that reading English takes, in a pack of any engine that does.
pub(in crate::engine) const FILES: [&str; 3] = ["oov.onnx", "oov.json", "vocab.json"];

/// How English is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Accent {
    American,
    British,
}

impl Accent {
    /// The accent of an English language tag; `None` for another language.
    pub(in crate::engine) fn of(language: &str) -> Option<Self> {
        let mut parts = language.split('-');
        let english = parts.next().is_some_and(|l| l.eq_ignore_ascii_case("en"));
        let american = parts.next().is_none_or(|region| region.eq_ignore_ascii_case("US"));
        english.then_some(if american { Self::American } else { Self::British })
    }

    fn language(self) -> Language {
        match self {
            Self::American => Language::EnglishUS,
            Self::British => Language::EnglishGB,
        }
    }
}

/// English phonemes, loaded when they are first needed and shared by all voices of an engine.
pub(in crate::engine) struct English {
    /// A folder that has [`FILES`].
    folder: PathBuf,
    american: OnceLock<Result<Arc<Phonemiser>, String>>,
    british: OnceLock<Result<Arc<Phonemiser>, String>>,
}

impl English {
    /// With the files in `folder`. Loads nothing yet.
    pub(in crate::engine) fn new(folder: PathBuf) -> Self {
        Self { folder, american: OnceLock::new(), british: OnceLock::new() }
    }

    /// The phonemiser for `accent`, loaded once (0.2 s).
    ///
    /// # Errors
    /// What is wrong with the files.
    pub(in crate::engine) fn phonemiser(&self, accent: Accent) -> Result<Arc<Phonemiser>, String> {
        let slot = match accent {
            Accent::American => &self.american,
            Accent::British => &self.british,
        };
        slot.get_or_init(|| Phonemiser::load(&self.folder, accent).map(Arc::new)).clone()
    }
}

/// Reads words of one accent. Shared by all workers.
pub(in crate::engine) struct Phonemiser {
    g2p: G2P,
    /// Without the network for unknown words; loaded when somebody asks what is unknown.
    dictionaries: OnceLock<G2P>,
    accent: Accent,
    vocabulary: Vocabulary,
}

impl Phonemiser {
    /// Loads the dictionaries and, from `pack`, the vocabulary and the network for unknown words.
    fn load(pack: &Path, accent: Accent) -> Result<Self, String> {
        let vocabulary = Vocabulary::load(&pack.join("vocab.json"))?;
        let oov = Oov::load(pack)?;
        let oov: Box<dyn misaki_rs::Fallback> = match accent {
            Accent::American => Box::new(oov),
            Accent::British => Box::new(oov::British(oov)),
        };
        let unknown = Places::new(accent, Some(oov));
        let g2p = G2P::with_fallback(accent.language(), Some(Box::new(unknown)));
        Ok(Self { g2p, dictionaries: OnceLock::new(), accent, vocabulary })
    }

    /// The ids of phonemes.
    #[cfg(test)]
    pub(in crate::engine) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The phonemes of `words`.
    ///
    /// # Errors
    /// The first word that cannot be spoken, and why.
    pub(in crate::engine) fn read(&self, words: &[Word]) -> Result<Phonemes, Unspeakable> {
        words.iter().try_for_each(check)?;
        let plans = plan(words, self.accent)?;
        let readings = readings(&self.g2p, words, &plans);
        self.ids(words, &plans, &readings)
    }

    fn ids(
        &self,
        words: &[Word],
        plans: &[Plan],
        readings: &[String],
    ) -> Result<Phonemes, Unspeakable> {
        let joined = |i: usize| same_row(&words[i - 1], &words[i]) && plans[i].is_given();
        self.vocabulary.ids(words, readings, joined)
    }

    /// The words that only the network for unknown words can read, with its reading in IPA.
    ///
    /// # Errors
    /// The first word that cannot be spoken, and why.
    pub(in crate::engine) fn guesses(
        &self,
        words: &[Word],
    ) -> Result<Vec<(usize, String)>, Unspeakable> {
        words.iter().try_for_each(check)?;
        let plans = plan(words, self.accent)?;
        let places = || Box::new(Places::new(self.accent, None));
        let load = || G2P::with_fallback(self.accent.language(), Some(places()));
        let dictionaries = self.dictionaries.get_or_init(load);
        let known = readings(dictionaries, words, &plans);
        // Of a compound only a part may be unknown; of a single word, nothing is left.
        let unread = |reading: &str| reading.is_empty() || reading.contains(UNREADABLE);
        let unknown = |i: &usize| !plans[*i].is_given() && unread(&known[*i]);
        let unknown: Vec<usize> = (0..words.len()).filter(unknown).collect();
        if unknown.is_empty() {
            return Ok(Vec::new());
        }
        let guessed = readings(&self.g2p, words, &plans);
        self.ids(words, &plans, &guessed)?;
        Ok(unknown.into_iter().map(|i| (i, ipa::from_voice(&guessed[i]))).collect())
    }
}

/// How each word is said: as given, or as misaki reads it in the context of all.
fn readings(g2p: &G2P, words: &[Word], plans: &[Plan]) -> Vec<String> {
    let mut readings = whole(g2p, words, plans);
    for (i, plan) in plans.iter().enumerate() {
        match plan {
            Plan::Given(phonemes) => readings[i].clone_from(phonemes),
            // Where the tokens of the sentence do not fall together with its words, the word is
            // read by itself.
            Plan::Read if readings[i].is_empty() => {
                readings[i] = whole(g2p, &words[i..=i], &plans[i..=i]).swap_remove(0);
            }
            Plan::Read => {}
        }
    }
    readings
}

/// misaki's reading of each word in the context of all; empty where it cannot be told.
fn whole(g2p: &G2P, words: &[Word], plans: &[Plan]) -> Vec<String> {
    // A token that reaches over the end of a word, as "etc." does, cannot do so when the
    // punctuation stands apart.
    ["", " "]
        .iter()
        .find_map(|apart| {
            let line = Line::new(words, plans, apart);
            align(&tokens(g2p, &line.marked)?, &line, plans)
        })
        .unwrap_or_else(|| vec![String::new(); words.len()])
}

/// misaki's tokens of `line`; `None` when it fails or panics.
fn tokens(g2p: &G2P, line: &str) -> Option<Vec<MToken>> {
    // It holds no state that a panic could leave half changed.
    catch_unwind(AssertUnwindSafe(|| g2p.g2p(line))).ok()?.ok().map(|(_, tokens)| tokens)
}

/// Where the reading of a word comes from.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// misaki.
    Read,
    /// A lexicon or the names of letters.
    Given(String),
}

impl Plan {
    fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }
}

/// Refuses what is not a word of this voice's script.
fn check(word: &Word) -> Result<(), Unspeakable> {
    let refuse = |reason: String| Err(Unspeakable::new(word, reason));
    for c in word.text.chars() {
        match c.script() {
            Script::Latin | Script::Common | Script::Inherited => {}
            other => {
                let script = other.full_name();
                return refuse(format!(
                    "this voice reads Latin letters, not {script}; use a voice of that language"
                ));
            }
        }
        let part = c.is_alphabetic()
            || matches!(c, '\'' | '’' | '‘' | '-' | '\u{2010}' | '\u{2011}')
            || unicode_normalization::char::is_combining_mark(c);
        if !part {
            return refuse(format!("'{}' is not part of a word", c.escape_debug()));
        }
    }
    if word.text.chars().any(char::is_alphabetic) { Ok(()) } else { refuse("no letters".into()) }
}

/// What is known about the words before misaki reads them.
fn plan(words: &[Word], accent: Accent) -> Result<Vec<Plan>, Unspeakable> {
    words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if let Some(ipa) = &word.ipa {
                return Ok(Plan::Given(ipa::to_voice(ipa, accent)));
            }
            if !word.letter {
                return Ok(Plan::Read);
            }
            let last = words.get(i + 1).is_none_or(|next| !same_row(word, next));
            letters::name(&word.text, last, accent)
                .map(Plan::Given)
                .ok_or_else(|| Unspeakable::new(word, "not the name of a letter"))
        })
        .collect()
}

/// What misaki gets, and where each word stands in it.
struct Line {
    /// With given pronunciations marked up as misaki's `[word](/phonemes/)`, so that "the" before one
    /// knows whether a vowel follows.
    marked: String,
    /// Without that: what the tokens add up to.
    plain: String,
    /// Byte range of each word in `plain`.
    places: Vec<Range<usize>>,
}

impl Line {
    /// Letters of a row stand together, so that their neighbours see the word that was written;
    /// `apart` goes between a word and its closing punctuation.
    fn new(words: &[Word], plans: &[Plan], apart: &str) -> Self {
        let (mut marked, mut plain) = (String::new(), String::new());
        let mut places = Vec::with_capacity(words.len());
        for (i, (word, plan)) in words.iter().zip(plans).enumerate() {
            let space = if i > 0 && !same_row(&words[i - 1], word) { " " } else { "" };
            // Straight apostrophes and hyphens are what the dictionaries are written with.
            let text: String = word
                .text
                .nfc()
                .map(|c| match c {
                    '’' | '‘' => '\'',
                    '\u{2010}' | '\u{2011}' => '-',
                    other => other,
                })
                .collect();
            for line in [&mut marked, &mut plain] {
                line.push_str(space);
                line.extend(punctuation(&word.before));
            }
            places.push(plain.len()..plain.len() + text.len());
            plain.push_str(&text);
            match plan {
                Plan::Given(phonemes) if !word.letter => {
                    marked.extend(["[", &text, "](/", phonemes, "/)"]);
                }
                _ => marked.push_str(&text),
            }
            let apart = if punctuation(&word.after).next().is_some() { apart } else { "" };
            for line in [&mut marked, &mut plain] {
                line.push_str(apart);
                line.extend(punctuation(&word.after));
            }
        }
        Self { marked, plain, places }
    }
}

/// Each word's phonemes; `None` when the tokens do not add up to the line, or one that belongs to a
/// word to be read reaches out of it.
fn align(tokens: &[MToken], line: &Line, plans: &[Plan]) -> Option<Vec<String>> {
    let mut readings = vec![String::new(); plans.len()];
    let (mut at, mut word) = (0, 0);
    for token in tokens {
        let (start, end) = (at, at + token.text.len());
        if line.plain.get(start..end)? != token.text {
            return None;
        }
        at = end + token.whitespace.len();
        while line.places.get(word).is_some_and(|place| place.end <= start) {
            word += 1;
        }
        let Some(place) = line.places.get(word).filter(|place| place.start < end) else { continue };
        if plans[word].is_given() {
            continue;
        }
        if start < place.start || end > place.end {
            return None;
        }
        readings[word].push_str(token.phonemes.as_deref().unwrap_or_default());
    }
    (at == line.plain.len()).then_some(readings)
}

#[cfg(test)]
mod tests {
    use super::Accent;

    #[test]
    fn accents_of_language_tags() {
        for (tag, accent) in [
            ("en", Some(Accent::American)),
            ("en-US", Some(Accent::American)),
            ("EN-us", Some(Accent::American)),
            ("en-GB", Some(Accent::British)),
            ("en-AU", Some(Accent::British)),
            ("eng", None),
            ("fr-FR", None),
            ("", None),
        ] {
            assert_eq!(Accent::of(tag), accent, "{tag}");
        }
    }
}
