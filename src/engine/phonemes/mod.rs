//! From words to the sounds that a voice was trained on, for all engines that take phonemes.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `english` | English words, American or British | phonemes by misaki's dictionaries and rules |
//! | `oov` | an English word that no dictionary has | its phonemes, by hibari's network |
//! | `letters`, `ipa` | a letter, a dictionary's notation | the same in misaki's alphabet |
//! | `espeak` | words of any other language | IPA by espeak-ng |
//! | `inside` | the same, by espeak-ng's port in this program | |
//! | `align` | the sounds of a clause and of its words alone | which sound is whose |
//!
//! What is common stands here: every word has at least one sound, and which sounds are a word's is known,
//! since that is what word marks and the proof that nothing was left out rest on.

#[cfg(feature = "piper")]
mod align;
#[cfg(feature = "hibari")]
pub(super) mod english;
#[cfg(feature = "piper")]
pub(super) mod espeak;
#[cfg(feature = "espeak-phonemes")]
mod inside;
#[cfg(feature = "hibari")]
pub(super) mod ipa;
#[cfg(feature = "hibari")]
mod letters;
#[cfg(feature = "hibari")]
mod oov;
#[cfg(feature = "hibari")]
mod places;

#[cfg(feature = "hibari")]
use std::collections::HashMap;
use std::ops::Range;

use crate::model::Word;

/// Punctuation that voices were trained with: it makes pauses and melody.
pub(super) const PUNCTUATION: &str = ";:,.!?—…()";

/// An utterance as a network takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phonemes {
    /// The phonemes, between the ids that mark both edges.
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

impl Unspeakable {
    pub(super) fn new(word: &Word, reason: impl Into<String>) -> Self {
        Self { word: word.text.clone(), reason: reason.into() }
    }
}

/// What of `marks` voices know.
pub(super) fn punctuation(marks: &str) -> impl Iterator<Item = char> {
    marks.chars().filter(|c| PUNCTUATION.contains(*c))
}

/// Whether two neighbours are letters of the same initialism.
#[cfg(feature = "hibari")]
fn same_row(a: &Word, b: &Word) -> bool {
    a.letter && b.letter && a.written == b.written && a.after.is_empty() && b.before.is_empty()
}

/// Kokoro's ids for phonemes, which its descendants share: one id per character, 0 at both edges.
#[cfg(feature = "hibari")]
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    ids: HashMap<char, i32>,
}

#[cfg(feature = "hibari")]
impl Vocabulary {
    /// The id before and after every utterance.
    const EDGE: i32 = 0;

    /// Reads `vocab.json`.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(super) fn load(file: &std::path::Path) -> Result<Self, String> {
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let text = std::fs::read_to_string(file).map_err(|e| fault(&e))?;
        Ok(Self { ids: serde_json::from_str(&text).map_err(|e| fault(&e))? })
    }

    /// The phoneme of each id.
    #[cfg(test)]
    pub(super) fn letters(&self) -> HashMap<i32, char> {
        self.ids.iter().map(|(c, id)| (*id, *c)).collect()
    }

    /// The ids of `readings`, one of each word, with the words' punctuation between them. `joined` says
    /// which words follow the one before without a space.
    ///
    /// # Errors
    /// The first word without a sound, or with one that has no id.
    pub(super) fn ids(
        &self,
        words: &[Word],
        readings: &[String],
        joined: impl Fn(usize) -> bool,
    ) -> Result<Phonemes, Unspeakable> {
        let space = self.ids.get(&' ').copied();
        let mut ids = vec![Self::EDGE];
        let mut ranges = Vec::with_capacity(words.len());
        for (i, (word, reading)) in words.iter().zip(readings).enumerate() {
            if i > 0 && !joined(i) {
                ids.extend(space);
            }
            ids.extend(punctuation(&word.before).filter_map(|c| self.ids.get(&c)));
            let start = ids.len();
            let mut sounds = 0;
            for phoneme in reading.trim().chars() {
                let id = self.ids.get(&phoneme).ok_or_else(|| {
                    Unspeakable::new(
                        word,
                        if UNREADABLE.contains(phoneme) {
                            "no pronunciation found; give one in a lexicon".into()
                        } else {
                            format!(
                                "its pronunciation /{reading}/ has '{phoneme}', which this voice does not know"
                            )
                        },
                    )
                })?;
                sounds += usize::from(phoneme.is_alphabetic() && !"ˈˌː".contains(phoneme));
                ids.push(*id);
            }
            if sounds == 0 {
                return Err(Unspeakable::new(word, SILENT));
            }
            ranges.push(start..ids.len());
            ids.extend(punctuation(&word.after).filter_map(|c| self.ids.get(&c)));
        }
        ids.push(Self::EDGE);
        Ok(Phonemes { ids, words: ranges })
    }
}

/// What stands in the phonemes for a word that nothing can read.
#[cfg(feature = "hibari")]
const UNREADABLE: &str = "❓";

/// Why a word without a sound is refused.
pub(super) const SILENT: &str = "it has no sound; give it a pronunciation in a lexicon";
