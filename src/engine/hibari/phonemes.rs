//! Words to phonemes, with every phoneme's word known.
//!
//! misaki reads the sentence as a whole, because how a word sounds depends on its neighbours ("the
//! apple", "they read"); its tokens are laid back over the words by their place in the text. It is
//! trusted with words alone: punctuation is taken from [`Word::before`] and [`Word::after`], letters of
//! an initialism and pronunciations from a lexicon replace what it says. A word that comes out without
//! a sound, or with a sound that the voice has no id for, is an error.

use std::{
    collections::HashMap,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::OnceLock,
};

use misaki_rs::{G2P, Language, MToken};
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use super::{
    ipa, letters,
    oov::{Oov, UNREADABLE},
};
use crate::model::Word;

/// Punctuation that the voice was trained with: it makes pauses and melody. Quotation marks were taken
/// out of its training text.
const PUNCTUATION: &str = ";:,.!?—…()";
/// The id before and after every utterance.
const EDGE: i32 = 0;

/// An utterance as the network takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phonemes {
    /// [`EDGE`], the phonemes, [`EDGE`].
    pub(super) ids: Vec<i32>,
    /// For each word, its sounds in `ids`; never empty. Stress marks count as sounds, punctuation and
    /// spaces do not.
    pub(super) words: Vec<Range<usize>>,
}

/// A word that cannot be spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unspeakable {
    pub(super) word: String,
    pub(super) reason: String,
}

/// Reads words. Shared by all workers.
pub(super) struct Phonemiser {
    g2p: G2P,
    /// Without the network for unknown words; loaded when somebody asks what is unknown.
    dictionaries: OnceLock<G2P>,
    ids: HashMap<char, i32>,
}

impl Phonemiser {
    /// Loads the dictionaries (0.2 s) and, from `pack`, the vocabulary and the network for unknown
    /// words.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub(super) fn load(pack: &Path) -> Result<Self, String> {
        let vocabulary = pack.join("vocab.json");
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", vocabulary.display());
        let text = std::fs::read_to_string(&vocabulary).map_err(|e| fault(&e))?;
        let ids: HashMap<char, i32> = serde_json::from_str(&text).map_err(|e| fault(&e))?;
        let oov: Box<dyn misaki_rs::Fallback> = Box::new(Oov::load(pack)?);
        let g2p = G2P::with_fallback(Language::EnglishUS, Some(oov));
        Ok(Self { g2p, dictionaries: OnceLock::new(), ids })
    }

    /// The phoneme of each id.
    #[cfg(test)]
    pub(super) fn letters(&self) -> HashMap<i32, char> {
        self.ids.iter().map(|(c, id)| (*id, *c)).collect()
    }

    /// The phonemes of `words`.
    ///
    /// # Errors
    /// The first word that cannot be spoken, and why.
    pub(super) fn read(&self, words: &[Word]) -> Result<Phonemes, Unspeakable> {
        words.iter().try_for_each(check)?;
        let plans = plan(words)?;
        let readings = readings(&self.g2p, words, &plans);
        self.assemble(words, &plans, &readings)
    }

    /// The words that only the network for unknown words can read, with its reading in IPA.
    ///
    /// # Errors
    /// The first word that cannot be spoken, and why.
    pub(super) fn guesses(&self, words: &[Word]) -> Result<Vec<(usize, String)>, Unspeakable> {
        words.iter().try_for_each(check)?;
        let plans = plan(words)?;
        let dictionaries =
            self.dictionaries.get_or_init(|| G2P::with_fallback(Language::EnglishUS, None));
        let known = readings(dictionaries, words, &plans);
        // Of a compound only a part may be unknown; of a single word, nothing is left.
        let unread = |reading: &str| reading.is_empty() || reading.contains(UNREADABLE);
        let unknown = |i: &usize| !plans[*i].is_given() && unread(&known[*i]);
        let unknown: Vec<usize> = (0..words.len()).filter(unknown).collect();
        if unknown.is_empty() {
            return Ok(Vec::new());
        }
        let guessed = readings(&self.g2p, words, &plans);
        self.assemble(words, &plans, &guessed)?;
        Ok(unknown.into_iter().map(|i| (i, ipa::from_voice(&guessed[i]))).collect())
    }

    /// The ids of `readings` with the words' punctuation between them.
    fn assemble(
        &self,
        words: &[Word],
        plans: &[Plan],
        readings: &[String],
    ) -> Result<Phonemes, Unspeakable> {
        let space = self.ids.get(&' ').copied();
        let mut ids = vec![EDGE];
        let mut ranges = Vec::with_capacity(words.len());
        for (i, (word, reading)) in words.iter().zip(readings).enumerate() {
            let joined = i > 0 && same_row(&words[i - 1], word) && plans[i].is_given();
            if i > 0 && !joined {
                ids.extend(space);
            }
            ids.extend(punctuation(&word.before).filter_map(|c| self.ids.get(&c)));
            let start = ids.len();
            let mut sounds = 0;
            for phoneme in reading.trim().chars() {
                let id = self.ids.get(&phoneme).ok_or_else(|| Unspeakable {
                    word: word.text.clone(),
                    reason: if UNREADABLE.contains(phoneme) {
                        "no pronunciation found; give one in a lexicon".into()
                    } else {
                        format!("its pronunciation /{reading}/ has '{phoneme}', which this voice does not know")
                    },
                })?;
                sounds += usize::from(phoneme.is_alphabetic() && !"ˈˌː".contains(phoneme));
                ids.push(*id);
            }
            if sounds == 0 {
                return Err(Unspeakable {
                    word: word.text.clone(),
                    reason: "it has no sound; give it a pronunciation in a lexicon".into(),
                });
            }
            ranges.push(start..ids.len());
            ids.extend(punctuation(&word.after).filter_map(|c| self.ids.get(&c)));
        }
        ids.push(EDGE);
        Ok(Phonemes { ids, words: ranges })
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
    let refuse = |reason: String| Err(Unspeakable { word: word.text.clone(), reason });
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

/// What of `marks` the voice knows.
fn punctuation(marks: &str) -> impl Iterator<Item = char> {
    marks.chars().filter(|c| PUNCTUATION.contains(*c))
}

/// Whether two neighbours are letters of the same initialism.
fn same_row(a: &Word, b: &Word) -> bool {
    a.letter && b.letter && a.written == b.written && a.after.is_empty() && b.before.is_empty()
}

/// What is known about the words before misaki reads them.
fn plan(words: &[Word]) -> Result<Vec<Plan>, Unspeakable> {
    words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if let Some(ipa) = &word.ipa {
                return Ok(Plan::Given(ipa::to_voice(ipa)));
            }
            if !word.letter {
                return Ok(Plan::Read);
            }
            let last = words.get(i + 1).is_none_or(|next| !same_row(word, next));
            letters::name(&word.text, last).map(Plan::Given).ok_or_else(|| Unspeakable {
                word: word.text.clone(),
                reason: "not the name of a letter".into(),
            })
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
