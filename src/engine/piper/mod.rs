//! Piper: any of its voices (`.onnx` with `.onnx.json`), in Rust from words to samples.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `config` | the voice's own description | sample rate, phoneme ids, speakers |
//! | `phonemes` | words | phoneme ids, and which belong to which word |
//! | `network` | ids, noise | samples, and how long every id lasts |
//!
//! Piper's networks are VITS: they draw noise for rhythm and for sound. Here the noise is an input, seeded by
//! the utterance, so that the same words give the same samples. Dictionaries are espeak-ng's; see
//! `espeak` in the phonemes they share.

mod config;
mod network;
mod phonemes;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use rten::ThreadPool;

use super::{
    Capabilities, Control, Engine, EngineError, Installed, Synthesizer, Utterance,
    neural::{LastRead, all_heard, marks, single_thread},
    phonemes::Phonemes,
};
use crate::model::{Clip, Gender, Voice, Word};
use config::Config;
use network::Network;
use phonemes::Reader;

/// The network's file in a pack.
pub const NETWORK: &str = "voice.onnx";
/// The file beside it.
pub const DESCRIPTION: &str = "voice.onnx.json";

/// Between a voice's name and that of one of its speakers.
const SPEAKER: char = '+';

/// Version of what is made of the networks here; a change may change samples.
const VERSION: &str = "1";
const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.0),
    pitch: Control::Fixed,
    deterministic: true,
    phonemes: true,
    // Every phoneme is two ids, itself and a pause. The longer, the more memory.
    max_units: 900,
    min_units: 0,
};

/// The engine.
pub struct PiperEngine {
    voices: Vec<Known>,
}

/// A voice, and its files once somebody has opened it.
struct Known {
    installed: Installed,
    shared: OnceLock<Result<Arc<Shared>, String>>,
}

/// What all synthesizers of a voice use.
struct Shared {
    reader: Reader,
    network: Network,
    config: Config,
}

impl Shared {
    fn load(folder: &Path) -> Result<Self, String> {
        let config = Config::read(&folder.join(DESCRIPTION))?;
        let network = Network::load(&folder.join(NETWORK), config.num_speakers > 1)?;
        Ok(Self { reader: Reader::new(&config)?, network, config })
    }
}

/// What a Piper voice says of itself: its voices, one of each speaker, named after the file.
///
/// The network is loaded once to see whether it can be used.
///
/// # Errors
/// What is wrong with one of the two files, naming it.
pub fn describe(network: &Path, description: &Path) -> Result<Vec<Voice>, String> {
    let config = Config::read(description)?;
    Network::load(network, config.num_speakers > 1)?;
    Reader::new(&config)?;
    let stem = network.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let voice = |name: String, speaker: &str| Voice {
        id: format!("piper:{name}"),
        engine: "piper".into(),
        name,
        language: config.language(),
        gender: Gender::Neutral,
        sample_rate: config.audio.sample_rate,
        licence: String::new(),
        description: format!("Piper voice {stem}{speaker}"),
        quality: 50,
    };
    if config.num_speakers < 2 {
        return Ok(vec![voice(stem.clone(), "")]);
    }
    let mut names: Vec<(i32, String)> = Vec::new();
    for number in 0..i32::try_from(config.num_speakers).unwrap_or(i32::MAX).min(10_000) {
        let known = config.speaker_id_map.iter().find(|(_, id)| **id == number);
        let plain =
            |name: &&String| name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        let name = known.map(|(name, _)| name).filter(plain);
        names.push((number, name.cloned().unwrap_or_else(|| number.to_string())));
    }
    let speaker = |(_, name): (i32, String)| {
        voice(format!("{stem}{SPEAKER}{name}"), &format!(", speaker {name}"))
    };
    Ok(names.into_iter().map(speaker).collect())
}

impl PiperEngine {
    /// The engine with `voices`, each from its pack. Loads nothing yet.
    #[must_use]
    pub fn new(voices: Vec<Installed>) -> Self {
        let known = |installed| Known { installed, shared: OnceLock::new() };
        Self { voices: voices.into_iter().map(known).collect() }
    }
}

impl Engine for PiperEngine {
    fn id(&self) -> &'static str {
        "piper"
    }

    fn version(&self) -> String {
        VERSION.into()
    }

    fn capabilities(&self, _: &Voice) -> Capabilities {
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.iter().map(|known| known.installed.voice.clone()).collect()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let known = self.voices.iter().find(|k| k.installed.voice.id == voice.id);
        let Some(Known { installed: Installed { voice, folder }, shared }) = known else {
            return Err(EngineError::voice(voice, "not an installed voice of the engine piper"));
        };
        let shared = shared.get_or_init(|| Shared::load(folder).map(Arc::new)).clone();
        let shared = shared.map_err(|reason| EngineError::voice(voice, reason))?;
        let rate = shared.config.audio.sample_rate;
        if rate != voice.sample_rate {
            let reason = format!("its pack says {} Hz, its file {rate}", voice.sample_rate);
            return Err(EngineError::voice(voice, reason));
        }
        let speaker = match voice.name.rsplit_once(SPEAKER).map(|(_, name)| name) {
            _ if shared.config.num_speakers < 2 => None,
            None => Some(0),
            Some(name) => Some(shared.config.speaker(name).ok_or_else(|| {
                EngineError::voice(voice, format!("its file has no speaker \"{name}\""))
            })?),
        };
        let (voice, pool) = (voice.clone(), single_thread());
        Ok(Box::new(PiperSynthesizer { shared, voice, speaker, pool, last: LastRead::default() }))
    }
}

/// One worker's voice.
struct PiperSynthesizer {
    shared: Arc<Shared>,
    voice: Voice,
    speaker: Option<i32>,
    pool: Arc<ThreadPool>,
    last: LastRead,
}

impl PiperSynthesizer {
    fn read(&mut self, words: &[Word]) -> Result<&Phonemes, EngineError> {
        let read = |words: &[Word]| self.shared.reader.read(words, &self.shared.config);
        self.last.phonemes(words, |words| read(words).map_err(|fault| fault.of(&self.voice.id)))
    }
}

impl Synthesizer for PiperSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(self.read(utterance.words)?.ids.len())
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let mut clip = Clip { sample_rate: self.voice.sample_rate, ..Clip::default() };
        if utterance.words.is_empty() {
            return Ok(clip);
        }
        let phonemes = self.read(utterance.words)?.clone();
        let refuse = |reason: String| EngineError::utterance(&self.voice, utterance.words, reason);
        let (length, most) = (phonemes.ids.len(), CAPABILITIES.max_units);
        if length > most {
            return Err(refuse(format!("{length} ids at once, at most {most} fit; split it")));
        }
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        let mut manner = self.shared.config.inference;
        manner.length_scale /= rate;
        let network = &self.shared.network;
        let spoken = network
            .speak(&phonemes.ids, manner, self.speaker, utterance.seed, &self.pool)
            .map_err(refuse)?;
        clip.marks = marks(&phonemes.words, &spoken.durations, spoken.hop);
        clip.samples = spoken.samples;
        all_heard(&self.voice, utterance.words, &clip.marks)?;
        Ok(clip)
    }
}

#[cfg(test)]
mod tests;
