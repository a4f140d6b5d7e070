//! hibari: the default voice and its siblings, in Rust from words to samples.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `phonemes::english` | words | phoneme ids, and which belong to which word |
//! | `network` | ids | spectra, fundamental, duration of every id |
//! | `dsp` | spectra and fundamental | samples |
//!
//! Every voice is a network of its own; they share dictionaries and signal processing. Both are loaded
//! once, when the first synthesizer that needs them is opened, and shared; a synthesizer holds a thread and
//! buffers.

mod dsp;
#[doc(hidden)]
pub mod inspect;
mod network;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use rten::ThreadPool;

use super::{
    Approximation, Capabilities, Control, Engine, EngineError, Installed, Synthesizer, Utterance,
    neural::{LastRead, all_heard, marks, single_thread},
    phonemes::{
        Phonemes, Unspeakable,
        english::{self, Accent, English, Phonemiser},
        ipa,
    },
};
use crate::model::{Clip, Gender, Voice, Word};
use dsp::{HOP, SAMPLE_RATE, Vocoder};
use network::Network;

/// The network's file in a pack; beside it lies what reading English takes.
const NETWORK: &str = "hibari.onnx";

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
    english: English,
    voices: Vec<Known>,
}

/// A voice, and its network once somebody has opened it.
struct Known {
    installed: Installed,
    network: OnceLock<Result<Arc<Network>, String>>,
}

impl HibariEngine {
    /// The engine with its default voice from the pack in `folder`. Loads nothing yet.
    ///
    /// # Errors
    /// When a file of the pack is not there.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        Self::new(vec![Installed { voice: Self::voice(), folder: folder.to_owned() }])
    }

    /// The engine with `voices`, each from its pack. Loads nothing yet.
    ///
    /// # Errors
    /// When a file of a pack is not there, or there is no voice.
    pub fn new(voices: Vec<Installed>) -> Result<Self, EngineError> {
        for Installed { voice, folder } in &voices {
            let missing = |name: &&&str| !folder.join(name).is_file();
            if let Some(name) = [NETWORK].iter().chain(&english::FILES).find(missing) {
                return Err(broken(voice, &format!("{} is missing", folder.join(name).display())));
            }
        }
        let Some(first) = voices.first() else {
            return Err(broken(&Self::voice(), "it is not installed"));
        };
        let english = English::new(first.folder.clone());
        let known = |installed| Known { installed, network: OnceLock::new() };
        Ok(Self { english, voices: voices.into_iter().map(known).collect() })
    }

    /// Its default voice.
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

    /// What a synthesizer of `voice` shares with the others.
    fn shared(&self, voice: &Voice) -> Result<Shared, EngineError> {
        let known = self.voices.iter().find(|k| k.installed.voice.id == voice.id);
        let Some(Known { installed: Installed { voice, folder }, network }) = known else {
            return Err(EngineError::Voice {
                voice: voice.id.clone(),
                reason: "not an installed voice of the engine hibari".into(),
            });
        };
        let accent = Accent::of(&voice.language).ok_or_else(|| EngineError::Voice {
            voice: voice.id.clone(),
            reason: format!("its language is {}, and hibari speaks English", voice.language),
        })?;
        if voice.sample_rate != SAMPLE_RATE {
            return Err(EngineError::Voice {
                voice: voice.id.clone(),
                reason: format!("its pack says {} Hz; hibari has {SAMPLE_RATE}", voice.sample_rate),
            });
        }
        let load = || Network::load(&folder.join(NETWORK)).map(Arc::new);
        let network = network.get_or_init(load).clone();
        let network = network.map_err(|reason| broken(voice, &reason))?;
        let phonemiser = self.english.phonemiser(accent).map_err(|e| broken(voice, &e))?;
        Ok(Shared { voice: voice.clone(), phonemiser, network })
    }
}

/// The sounds of `ipa` that `voice`, one of this engine, does not have. It need not be installed.
#[must_use]
pub fn approximations(voice: &Voice, ipa: &str) -> Vec<Approximation> {
    let accent = Accent::of(&voice.language);
    accent.map_or_else(Vec::new, |accent| ipa::approximations(ipa, accent))
}

/// What all synthesizers of a voice use.
struct Shared {
    voice: Voice,
    phonemiser: Arc<Phonemiser>,
    network: Arc<Network>,
}

/// The voice cannot be opened.
fn broken(voice: &Voice, reason: &str) -> EngineError {
    EngineError::Voice {
        voice: voice.id.clone(),
        reason: format!("{reason}; install it again with `aloud voices install {}`", voice.id),
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
        self.voices.iter().map(|known| known.installed.voice.clone()).collect()
    }

    fn approximations(&self, voice: &Voice, ipa: &str) -> Vec<Approximation> {
        approximations(voice, ipa)
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        Ok(Box::new(HibariSynthesizer {
            shared: self.shared(voice)?,
            pool: single_thread(),
            vocoder: Vocoder::new(),
            last: LastRead::default(),
        }))
    }
}

/// One worker's voice.
struct HibariSynthesizer {
    shared: Shared,
    pool: Arc<ThreadPool>,
    vocoder: Vocoder,
    last: LastRead,
}

impl HibariSynthesizer {
    fn read(&mut self, words: &[Word]) -> Result<&Phonemes, EngineError> {
        let Shared { phonemiser, voice, .. } = &self.shared;
        let read = |words: &[Word]| phonemiser.read(words);
        self.last.phonemes(words, |words| read(words).map_err(|fault| unspeakable(voice, fault)))
    }
}

/// This utterance cannot be spoken.
fn refused(voice: &Voice, text: String, reason: String) -> EngineError {
    EngineError::Utterance { voice: voice.id.clone(), text, reason }
}

/// This word cannot be spoken.
fn unspeakable(voice: &Voice, fault: Unspeakable) -> EngineError {
    refused(voice, fault.word, fault.reason)
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
        guesses.map(Some).map_err(|fault| unspeakable(&self.shared.voice, fault))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let mut clip = Clip { sample_rate: SAMPLE_RATE, ..Clip::default() };
        if utterance.words.is_empty() {
            return Ok(clip);
        }
        let phonemes = self.read(utterance.words)?.clone();
        let voice = &self.shared.voice;
        let refuse = |reason: String| EngineError::utterance(voice, utterance.words, reason);
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
        clip.marks = marks(&phonemes.words, &prediction.durations, HOP);
        all_heard(voice, utterance.words, &clip.marks)?;
        Ok(clip)
    }
}

#[cfg(test)]
mod tests;
