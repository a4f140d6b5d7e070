//! Words to a Piper voice's phoneme ids.
//!
//! As Piper itself does it: `^ _`, then every phoneme followed by `_`, then `$`; accents are phonemes of
//! their own (NFD); a comma, colon or semicolon ends a clause and is followed by a space.

use unicode_normalization::UnicodeNormalization;

use super::config::{Config, PhonemeType};
use crate::{
    engine::phonemes::{
        Phonemes, SILENT, Unspeakable,
        espeak::{Espeak, Fault},
        punctuation,
    },
    model::Word,
};

/// How a voice's words are read.
pub(super) enum Reader {
    Espeak(Espeak),
    /// The voice takes letters.
    Letters,
}

impl Reader {
    /// As `config` says.
    ///
    /// # Errors
    /// When espeak-ng's voice cannot be one.
    pub(super) fn new(config: &Config) -> Result<Self, String> {
        Ok(match config.phoneme_type {
            PhonemeType::Text => Self::Letters,
            _ => Self::Espeak(Espeak::new(config.espeak_voice())?),
        })
    }

    /// The ids of `words`.
    ///
    /// # Errors
    /// The first word that cannot be spoken, or why none can.
    pub(super) fn read(&self, words: &[Word], config: &Config) -> Result<Phonemes, Fault> {
        let readings = match self {
            Self::Espeak(espeak) => espeak.read(words)?,
            Self::Letters => words.iter().map(|word| word.text.clone()).collect(),
        };
        ids(words, &readings, config).map_err(Fault::Word)
    }
}

/// The ids of `readings`, one of each word, with the words' punctuation.
fn ids(words: &[Word], readings: &[String], config: &Config) -> Result<Phonemes, Unspeakable> {
    let pause = config.ids("_");
    let mut ids = [config.ids("^"), pause].concat();
    let mut ranges = Vec::with_capacity(words.len());
    let mut buffer = [0; 4];
    let mut known = |phoneme: char| config.ids(phoneme.encode_utf8(&mut buffer)).to_vec();
    for (i, (word, reading)) in words.iter().zip(readings).enumerate() {
        if i > 0 {
            append(&mut ids, &known(' '), pause);
        }
        for mark in punctuation(&word.before) {
            append(&mut ids, &known(mark), pause);
        }
        let start = ids.len();
        for phoneme in reading.trim().nfd() {
            let own = known(phoneme);
            if own.is_empty() {
                // A joiner is no sound.
                if matches!(phoneme, '\u{200c}' | '\u{200d}' | '\u{361}') {
                    continue;
                }
                return Err(Unspeakable::new(
                    word,
                    format!(
                        "its pronunciation /{reading}/ has '{phoneme}', which this voice does not know"
                    ),
                ));
            }
            append(&mut ids, &own, pause);
        }
        if ids.len() == start {
            return Err(Unspeakable::new(word, SILENT));
        }
        ranges.push(start..ids.len());
        for mark in punctuation(&word.after) {
            append(&mut ids, &known(mark), pause);
        }
    }
    ids.extend(config.ids("$"));
    Ok(Phonemes { ids, words: ranges })
}

/// Appends one phoneme and the pause after it; nothing for one that the voice does not know.
fn append(ids: &mut Vec<i32>, phoneme: &[i32], pause: &[i32]) {
    if !phoneme.is_empty() {
        ids.extend(phoneme);
        ids.extend(pause);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::config::tests::described, *};
    use crate::engine::contract::words;

    #[test]
    fn ids_are_laid_out_as_the_voice_was_trained() {
        let (_folder, file) = described(("", ""));
        let config = Config::read(&file).expect("a description");
        let words = words("x, “x”.");
        let readings = ["ˈa".to_owned(), "b".to_owned()];
        let read = ids(&words, &readings, &config).expect("it reads");
        // ^ _ ˈ _ a _ (no comma in this voice) space _ b _ . _ $
        assert_eq!(read.ids, [1, 0, 5, 0, 4, 0, 3, 0, 7, 0, 6, 0, 2]);
        assert_eq!(read.words, [2..6, 8..10]);
        for (reading, reason) in [("az", "'z'"), ("", "no sound")] {
            let readings = ["a".to_owned(), reading.to_owned()];
            let fault = ids(&words, &readings, &config).expect_err(reason);
            assert!(fault.reason.contains(reason), "{fault:?}");
        }
    }
}
