//! The test engine: a tone for every word, its length and pitch derived from the word alone.
//!
//! It ships in the real binary so that end-to-end tests are exact and take no time; it needs no
//! installed voice. A word sounds for 20 ms per letter and is followed by 20 ms of silence.

use std::f32::consts::TAU;

use super::{Capabilities, Control, Engine, EngineError, Synthesizer, Utterance};
use crate::model::{Clip, Gender, Mark, Timing, Voice};

/// Samples per second.
const SAMPLE_RATE: u32 = 16_000;
/// Samples of sound per letter, and of silence after a word, at rate 1 (20 ms).
const LETTER: usize = 320;
/// Peak of the tone: -12 dBFS.
const LEVEL: f32 = 0.25;

/// The engine.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToneEngine;

impl ToneEngine {
    /// Its only voice.
    #[must_use]
    pub fn voice() -> Voice {
        Voice {
            id: "tone:beep".into(),
            engine: "tone".into(),
            name: "beep".into(),
            language: "und".into(),
            gender: Gender::Neutral,
            sample_rate: SAMPLE_RATE,
            licence: "MIT OR Apache-2.0".into(),
            description: "a tone per word, for tests".into(),
            quality: 0,
        }
    }
}

impl Engine for ToneEngine {
    fn id(&self) -> &'static str {
        "tone"
    }

    fn version(&self) -> String {
        "1".into()
    }

    fn capabilities(&self, _voice: &Voice) -> Capabilities {
        Capabilities {
            rate: Control::Range(0.25, 4.0),
            pitch: Control::Range(0.5, 2.0),
            deterministic: true,
            phonemes: false,
            max_units: 400,
            min_units: 0,
        }
    }

    fn voices(&self) -> Vec<Voice> {
        vec![Self::voice()]
    }

    fn open(&self, _voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        Ok(Box::new(ToneSynthesizer))
    }
}

/// Stateless.
struct ToneSynthesizer;

impl Synthesizer for ToneSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(utterance.words.iter().map(|w| w.text.chars().count() + 1).sum())
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let capabilities = ToneEngine.capabilities(&ToneEngine::voice());
        let (rate, _) = capabilities.rate.apply(utterance.prosody.rate);
        let (pitch, _) = capabilities.pitch.apply(utterance.prosody.pitch);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let letter = (LETTER as f32 / rate) as usize;
        let mut clip = Clip { sample_rate: SAMPLE_RATE, ..Clip::default() };
        for word in utterance.words {
            let start = clip.samples.len();
            let length = word.text.chars().count().max(1) * letter;
            let hertz = pitch * frequency(&word.text);
            #[expect(clippy::cast_precision_loss)]
            clip.samples.extend((0..length).map(|i| {
                let fade = (i.min(length - i) as f32 / 64.0).min(1.0);
                LEVEL * fade * (TAU * hertz * i as f32 / SAMPLE_RATE as f32).sin()
            }));
            clip.marks.push(Mark { range: start..clip.samples.len(), timing: Timing::Exact });
            clip.samples.resize(clip.samples.len() + letter, 0.0);
        }
        Ok(clip)
    }
}

/// 200 to 455 Hz, from the word's letters.
fn frequency(word: &str) -> f32 {
    let hash = word.bytes().fold(5381_u32, |h, b| h.wrapping_mul(33) ^ u32::from(b));
    200.0 + f32::from(hash.to_le_bytes()[0])
}
