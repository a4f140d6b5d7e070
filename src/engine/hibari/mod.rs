//! The default voice: hibari's "heart", in Rust from words to samples.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `phonemes` | words | phoneme ids, and which belong to which word |
//! | `oov` | a word that no dictionary has | its phonemes |
//! | `letters`, `ipa` | a letter, a dictionary's notation | the same in the voice's alphabet |
//! | `network` | ids | spectra, fundamental, duration of every id |
//! | `dsp` | spectra and fundamental | samples |
//!
//! Dictionaries and weights are loaded once, when the first synthesizer is opened, and shared; a
//! synthesizer holds a thread and buffers.

mod dsp;
#[doc(hidden)]
pub mod inspect;
mod ipa;
mod letters;
mod network;
mod oov;
mod phonemes;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use rten::ThreadPool;

use super::{Approximation, Capabilities, Control, Engine, EngineError, Synthesizer, Utterance};
use crate::model::{Clip, Gender, Mark, Prosody, Timing, Voice, Word};
use dsp::{HOP, SAMPLE_RATE, Vocoder};
use network::{Network, single_thread};
use phonemes::{Phonemes, Phonemiser};

/// The files of a pack.
pub const FILES: [&str; 4] = ["hibari.onnx", "oov.onnx", "oov.json", "vocab.json"];

/// Version of the weights and of what is made of them here; a change may change samples.
const VERSION: &str = "0.2.1+1";
const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.0),
    pitch: Control::Range(0.5, 2.0),
    deterministic: true,
    phonemes: true,
    max_units: 400,
    min_units: 20,
};

/// The engine.
pub struct HibariEngine {
    pack: PathBuf,
    shared: OnceLock<Result<Arc<Shared>, String>>,
}

/// What all synthesizers use.
struct Shared {
    phonemiser: Phonemiser,
    network: Network,
}

impl Shared {
    fn load(pack: &Path) -> Result<Self, String> {
        let network = Network::load(&pack.join(FILES[0]))?;
        Ok(Self { phonemiser: Phonemiser::load(pack)?, network })
    }
}

impl HibariEngine {
    /// The engine on the files in `pack`. Loads nothing yet.
    ///
    /// # Errors
    /// When one of [`FILES`] is not there.
    pub fn open(pack: &Path) -> Result<Self, EngineError> {
        match FILES.iter().find(|name| !pack.join(name).is_file()) {
            None => Ok(Self { pack: pack.to_path_buf(), shared: OnceLock::new() }),
            Some(name) => Err(broken(&format!("{} is missing", pack.join(name).display()))),
        }
    }

    /// Its voice.
    #[must_use]
    pub fn voice() -> Voice {
        Voice {
            id: "hibari:heart".into(),
            engine: "hibari".into(),
            name: "heart".into(),
            language: "en-US".into(),
            gender: Gender::Female,
            sample_rate: SAMPLE_RATE,
            licence: "Apache-2.0".into(),
            description: "a natural US English female voice, distilled from Kokoro's af_heart"
                .into(),
            quality: 80,
        }
    }

    fn shared(&self) -> Result<Arc<Shared>, EngineError> {
        self.shared
            .get_or_init(|| Shared::load(&self.pack).map(Arc::new))
            .clone()
            .map_err(|reason| broken(&reason))
    }
}

/// The sounds of `ipa` that the voices of this engine do not have. Needs no installed voice.
#[must_use]
pub fn approximations(ipa: &str) -> Vec<Approximation> {
    ipa::approximations(ipa)
}

/// The voice cannot be opened.
fn broken(reason: &str) -> EngineError {
    EngineError::Voice {
        voice: HibariEngine::voice().id,
        reason: format!("{reason}; install it again with `aloud voices install hibari`"),
    }
}

impl Engine for HibariEngine {
    fn id(&self) -> &'static str {
        "hibari"
    }

    fn version(&self) -> String {
        VERSION.into()
    }

    fn capabilities(&self, _voice: &Voice) -> Capabilities {
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        vec![Self::voice()]
    }

    fn approximations(&self, _voice: &Voice, ipa: &str) -> Vec<Approximation> {
        approximations(ipa)
    }

    fn self_test(&self, voice: &Voice) -> Result<(), EngineError> {
        let words = ["testing", "the", "default", "voice"]
            .map(|text| Word { text: text.into(), ..Word::default() });
        let clip = self.open(voice)?.synthesize(&Utterance {
            words: &words,
            language: "en-US",
            prosody: Prosody::default(),
            seed: 0,
        })?;
        let peak = clip.samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        if peak > 0.01 { Ok(()) } else { Err(broken("it is silent")) }
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        if voice.id != Self::voice().id {
            return Err(EngineError::Voice {
                voice: voice.id.clone(),
                reason: "not a voice of the engine hibari".into(),
            });
        }
        Ok(Box::new(HibariSynthesizer {
            shared: self.shared()?,
            pool: single_thread(),
            vocoder: Vocoder::new(),
            last: None,
        }))
    }
}

/// One worker's voice.
struct HibariSynthesizer {
    shared: Arc<Shared>,
    pool: Arc<ThreadPool>,
    vocoder: Vocoder,
    /// The words read last: they are measured first and spoken next.
    last: Option<(Vec<Word>, Phonemes)>,
}

impl HibariSynthesizer {
    fn read(&mut self, words: &[Word]) -> Result<&Phonemes, EngineError> {
        if self.last.as_ref().is_none_or(|(known, _)| known != words) {
            let phonemes = self
                .shared
                .phonemiser
                .read(words)
                .map_err(|fault| refused(fault.word, fault.reason))?;
            self.last = Some((words.to_vec(), phonemes));
        }
        Ok(&self.last.as_ref().expect("just read").1)
    }
}

/// This utterance cannot be spoken.
fn refused(text: String, reason: String) -> EngineError {
    EngineError::Utterance { voice: HibariEngine::voice().id, text, reason }
}

/// The beginning of an utterance, for messages.
fn excerpt(words: &[Word]) -> String {
    const SHOWN: usize = 8;
    let text: Vec<&str> = words.iter().take(SHOWN).map(|w| w.text.as_str()).collect();
    text.join(" ") + if words.len() > SHOWN { " …" } else { "" }
}

impl Synthesizer for HibariSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(self.read(utterance.words)?.ids.len())
    }

    fn guesses(
        &mut self,
        utterance: &Utterance<'_>,
    ) -> Result<Option<Vec<(usize, String)>>, EngineError> {
        let guesses = self.shared.phonemiser.guesses(utterance.words);
        guesses.map(Some).map_err(|fault| refused(fault.word, fault.reason))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let mut clip = Clip { sample_rate: SAMPLE_RATE, ..Clip::default() };
        if utterance.words.is_empty() {
            return Ok(clip);
        }
        let refuse = |reason: String| refused(excerpt(utterance.words), reason);
        let phonemes = self.read(utterance.words)?.clone();
        if phonemes.ids.len() > CAPABILITIES.max_units {
            return Err(refuse(format!(
                "{} phonemes at once, at most {} fit; split it",
                phonemes.ids.len(),
                CAPABILITIES.max_units
            )));
        }
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        let (pitch, _) = CAPABILITIES.pitch.apply(utterance.prosody.pitch);
        let prediction =
            self.shared.network.predict(&phonemes.ids, rate, &self.pool).map_err(refuse)?;
        let frames = prediction.frames().map_err(refuse)?;
        clip.samples = self.vocoder.render(frames, pitch, utterance.seed);
        clip.marks = marks(&phonemes.words, &prediction.durations);
        if let Some(i) = clip.marks.iter().position(|mark| mark.range.is_empty()) {
            let word = utterance.words[i].text.clone();
            return Err(refused(word, "the voice gives it no time".into()));
        }
        Ok(clip)
    }
}

/// When each word sounds, from the frames that its phonemes last.
fn marks(words: &[std::ops::Range<usize>], durations: &[usize]) -> Vec<Mark> {
    let (mut id, mut frame) = (0, 0);
    let mut frame_at = |target: usize| {
        while id < target {
            frame += durations[id];
            id += 1;
        }
        frame
    };
    words
        .iter()
        .map(|ids| {
            let (start, end) = (frame_at(ids.start), frame_at(ids.end));
            Mark { range: start * HOP..end * HOP, timing: Timing::Exact }
        })
        .collect()
}

#[cfg(test)]
mod tests;
