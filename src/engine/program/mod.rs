//! What the engines that run other people's programs share: running them, reading the WAV that they write,
//! and estimating where its words are.
//!
//! `run` keeps a program within its limits, `wav` takes sound out of whatever it wrote, `marks` places words
//! in sound that came without any timing.

pub(super) mod marks;
pub(super) mod run;
pub(super) mod wav;

use crate::model::{Clip, Gender, Voice, Word};

use super::EngineError;

/// The longest that speaking one utterance may take.
pub(super) const SPEAKING: std::time::Duration = std::time::Duration::from_mins(1);

/// The most seconds of sound that one utterance may be.
pub(super) const MOST_SECONDS: u64 = 20 * 60;

/// The most bytes of sound that one utterance may be, at 48,000 samples per second.
pub(super) const MOST_SOUND: u64 = MOST_SECONDS * 48_000 * 2;

/// The text of an utterance: words with their punctuation, single spaces between, on one line.
pub(super) fn text_of(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        for part in [&word.before, &word.text, &word.after] {
            text.extend(part.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
    }
    text
}

/// What an utterance's length is counted in where an engine counts characters.
pub(super) fn characters(words: &[Word]) -> usize {
    words.iter().map(|w| 1 + w.text.chars().count() + w.after.chars().count()).sum()
}

/// A clip of sound without timing: its words are placed by estimate.
///
/// # Errors
/// [`EngineError::Utterance`] when there is less sound than words need.
pub(super) fn clip(
    voice: &Voice,
    words: &[Word],
    samples: Vec<f32>,
    sample_rate: u32,
) -> Result<Clip, EngineError> {
    let marks = marks::interpolated(words, &samples, sample_rate)
        .ok_or_else(|| refused(voice, words, "it gave no sound for it"))?;
    Ok(Clip { samples, sample_rate, marks })
}

/// An utterance that a voice cannot speak.
pub(super) fn refused(voice: &Voice, words: &[Word], reason: &str) -> EngineError {
    EngineError::utterance(voice, words, reason)
}

/// A voice of a program, as the program itself or a table describes it.
pub(super) fn voice(
    engine: &str,
    name: &str,
    language: &str,
    gender: Gender,
    sample_rate: u32,
) -> Voice {
    Voice {
        id: format!("{engine}:{name}"),
        engine: engine.to_owned(),
        name: name.to_owned(),
        language: language.to_owned(),
        gender,
        sample_rate,
        licence: String::new(),
        description: String::new(),
        quality: 0,
    }
}
