//! The reading of words that no dictionary has: hibari's character network, on rten.
//!
//! One run per word; its output is one class per slot, repeats collapsed, blanks dropped (CTC).

use std::{collections::HashMap, path::Path, sync::Arc};

use misaki_rs::{Fallback, fallback::FallbackError};
use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::UNREADABLE;
use crate::engine::neural::{single_thread, without_stealing};

/// `oov.json`.
#[derive(serde::Deserialize)]
struct Alphabets {
    #[serde(rename = "in")]
    letters: Vec<char>,
    #[serde(rename = "out")]
    phonemes: Vec<char>,
    maxlen: usize,
}

/// The network and its alphabets.
pub(super) struct Oov {
    model: Model,
    chars: NodeId,
    output: NodeId,
    letters: HashMap<char, i32>,
    phonemes: Vec<char>,
    longest: usize,
    pool: Arc<ThreadPool>,
}

impl Oov {
    /// Loads `oov.onnx` and `oov.json` from `pack`.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub(super) fn load(pack: &Path) -> Result<Self, String> {
        let (model, json) = (pack.join("oov.onnx"), pack.join("oov.json"));
        let text =
            std::fs::read_to_string(&json).map_err(|e| format!("{}: {e}", json.display()))?;
        let alphabets: Alphabets =
            serde_json::from_str(&text).map_err(|e| format!("{}: {e}", json.display()))?;
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", model.display());
        let network = without_stealing(|| Model::load_file(&model)).map_err(|e| fault(&e))?;
        let chars = network.node_id("chars").map_err(|e| fault(&e))?;
        let output = *network.output_ids().first().ok_or_else(|| fault(&"no output"))?;
        // 0 is "no letter" and "no phoneme".
        let letters = alphabets.letters.into_iter().zip(1..).collect();
        let (phonemes, longest) = (alphabets.phonemes, alphabets.maxlen.max(1));
        Ok(Self {
            model: network,
            chars,
            output,
            letters,
            phonemes,
            longest,
            pool: single_thread(),
        })
    }

    /// The ids of a word's letters; `None` when it has a letter that is not in the alphabet even
    /// without its accents. Apostrophes and hyphens have no sound.
    fn ids(&self, word: &str) -> Option<Vec<i32>> {
        let mut ids = Vec::new();
        for c in word.nfc().filter(|c| c.is_alphabetic()) {
            let bare = || c.nfd().find(|c| !is_combining_mark(*c));
            let id = self.letters.get(&c).or_else(|| self.letters.get(&bare()?))?;
            ids.push(*id);
        }
        (!ids.is_empty()).then_some(ids)
    }

    /// The phonemes of up to `longest` letters.
    fn read(&self, ids: &[i32]) -> Result<String, String> {
        let input = NdTensor::from_data([1, ids.len()], ids.to_vec());
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let [classes] = without_stealing(|| {
            self.model.run_n(vec![(self.chars, input.into())], [self.output], Some(options))
        })
        .map_err(|e| e.to_string())?;
        let (_, classes) = classes.into_shape_vec::<i32, 2>().map_err(|e| e.to_string())?;
        let mut phonemes = String::new();
        let mut previous = 0;
        for class in classes {
            if class != previous && class > 0 {
                let index = usize::try_from(class - 1).unwrap_or(usize::MAX);
                phonemes.extend(self.phonemes.get(index).copied().and_then(voiced));
            }
            previous = class;
        }
        Ok(phonemes)
    }
}

/// What the voice knows the network's class as. Brackets, digits and hyphens come from its teacher's
/// notation for a change of language and have no sound.
fn voiced(phoneme: char) -> Option<char> {
    match phoneme {
        '(' | ')' | '-' | '1' | ' ' => None,
        'ʀ' => Some('ɹ'),
        other => Some(other),
    }
}

impl Fallback for Oov {
    fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
        let unreadable = || UNREADABLE.to_string();
        let Some(ids) = self.ids(word) else { return Ok(unreadable()) };
        // A longer word is read in parts of about equal length: cut off, it would lose its end.
        let parts = ids.len().div_ceil(self.longest);
        let mut phonemes = String::new();
        for part in ids.chunks(ids.len().div_ceil(parts)) {
            match self.read(part) {
                Ok(read) => phonemes.push_str(&read),
                Err(_) => return Ok(unreadable()),
            }
        }
        Ok(if phonemes.is_empty() { unreadable() } else { phonemes })
    }
}

/// The same for a British voice: the network was trained on American readings.
pub(super) struct British(pub(super) Oov);

impl Fallback for British {
    fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
        self.0.phonemize(word).map(|american| british(&american))
    }
}

/// American phonemes as a British voice says them: long vowels, no r before a consonant, other vowels in
/// "goat", "lot" and "trap". An approximation: "bath" keeps its short vowel.
fn british(american: &str) -> String {
    let phonemes: Vec<char> = american.chars().collect();
    let mut out = String::with_capacity(american.len() + 4);
    let mut stressed = false;
    for (i, phoneme) in phonemes.iter().enumerate() {
        let before_r = phonemes.get(i + 1) == Some(&'ɹ');
        let long = || stressed || i + 1 < phonemes.len();
        match phoneme {
            'O' => out.push('Q'),
            'æ' => out.push('a'),
            'ɑ' if !before_r => out.push('ɒ'),
            'ɑ' | 'ɔ' | 'ɜ' => out.extend([*phoneme, 'ː']),
            'i' | 'u' if long() => out.extend([*phoneme, 'ː']),
            'ᵻ' => out.push('ɪ'),
            'ɾ' | 'T' => out.push('t'),
            // Only said before a vowel.
            'ɹ' if !phonemes[i + 1..]
                .iter()
                .find(|c| !"ˈˌ".contains(**c))
                .is_some_and(|c| is_vowel(*c)) => {}
            other => out.push(*other),
        }
        stressed = "ˈˌ".contains(*phoneme);
    }
    out
}

fn is_vowel(phoneme: char) -> bool {
    "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊᵻ".contains(phoneme)
}

#[cfg(test)]
mod tests {
    use super::british;

    #[test]
    fn american_readings_for_a_british_voice() {
        for (american, expected) in [
            ("ɡˈOt", "ɡˈQt"),
            ("kˈɑɹtəɹ", "kˈɑːtə"),
            ("lˈɑt", "lˈɒt"),
            ("tɹˈæp", "tɹˈap"),
            ("nˈɔɹθ", "nˈɔːθ"),
            ("vˈɛɹi", "vˈɛɹi"),
            ("flˈis", "flˈiːs"),
            ("", ""),
        ] {
            assert_eq!(british(american), expected, "{american}");
        }
    }
}
