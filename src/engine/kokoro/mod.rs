//! Kokoro-82M: one network, a style for each voice.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `languages` | words of a language | phoneme ids, and which belong to which word |
//! | `network` | ids, a style | samples, and how long every id lasts |
//! | `rewrite` | the network's operators | those that the runtime takes as they were meant, and fast |
//!
//! The network is loaded once for all voices (0.5 s, 0.3 GB while it speaks); a voice is a file of 510 styles,
//! one for each length of an utterance.

mod languages;
mod network;
mod rewrite;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use rten::ThreadPool;

use super::{
    Capabilities, Control, Engine, EngineError, Installed, Synthesizer, Utterance,
    neural::{LastRead, all_heard, marks, single_thread},
    phonemes::{Phonemes, Vocabulary, english::English},
};
use crate::model::{Clip, Voice, Word};
use languages::Reader;
use network::{HOP, Network, STYLE};

/// The network's file in a pack; beside it lie `<voice>.bin` and what reading English takes.
const NETWORK: &str = "kokoro.onnx";
/// Styles of a voice, one for each count of phonemes.
const STYLES: usize = 510;
const SAMPLE_RATE: u32 = 24_000;

/// Version of the weights and of what is made of them here; a change may change samples.
const VERSION: &str = "1.0+1";
const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.0),
    pitch: Control::Fixed,
    deterministic: true,
    phonemes: true,
    max_units: 400,
    min_units: 20,
};

/// The engine.
pub struct KokoroEngine {
    folder: PathBuf,
    voices: Vec<Voice>,
    english: English,
    network: OnceLock<Result<Arc<Network>, String>>,
    /// Readers by language.
    readers: Mutex<BTreeMap<String, Arc<Reader>>>,
    /// Styles by voice.
    styles: Mutex<BTreeMap<String, Arc<Styles>>>,
}

/// The styles of a voice.
type Styles = Vec<[f32; STYLE]>;

impl KokoroEngine {
    /// The engine with the voices of the pack in `folder`. Loads nothing yet.
    #[must_use]
    pub fn new(voices: Vec<Installed>) -> Option<Self> {
        let folder = voices.first()?.folder.clone();
        // One network: voices of another pack would speak through the wrong one.
        let own = voices.into_iter().filter(|v| v.folder == folder).map(|v| v.voice).collect();
        Some(Self {
            english: English::new(folder.clone()),
            folder,
            voices: own,
            network: OnceLock::new(),
            readers: Mutex::default(),
            styles: Mutex::default(),
        })
    }

    fn reader(&self, language: &str) -> Result<Arc<Reader>, String> {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = readers.get(language) {
            return Ok(Arc::clone(reader));
        }
        let vocabulary = || Vocabulary::load(&self.folder.join("vocab.json"));
        let reader = Arc::new(Reader::new(language, &self.english, vocabulary)?);
        readers.insert(language.to_owned(), Arc::clone(&reader));
        Ok(reader)
    }

    fn styles(&self, voice: &str) -> Result<Arc<Styles>, String> {
        let mut known = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(styles) = known.get(voice) {
            return Ok(Arc::clone(styles));
        }
        let styles = Arc::new(read_styles(&self.folder.join(format!("{voice}.bin")))?);
        known.insert(voice.to_owned(), Arc::clone(&styles));
        Ok(styles)
    }
}

/// Reads a voice's styles: 510 rows of 256 numbers of 32 bits, little-endian.
fn read_styles(file: &Path) -> Result<Styles, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    if bytes.len() != STYLES * STYLE * 4 {
        return Err(format!("{}: {} bytes are no styles of a voice", file.display(), bytes.len()));
    }
    let (numbers, _) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = numbers.iter().map(|b| f32::from_le_bytes(*b)).collect();
    let (styles, _) = numbers.as_chunks::<STYLE>();
    Ok(styles.to_vec())
}

impl Engine for KokoroEngine {
    fn id(&self) -> &'static str {
        "kokoro"
    }

    fn version(&self) -> String {
        VERSION.into()
    }

    fn capabilities(&self, _: &Voice) -> Capabilities {
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.clone()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let Some(voice) = self.voices.iter().find(|known| known.id == voice.id) else {
            return Err(EngineError::voice(voice, "not an installed voice of the engine kokoro"));
        };
        if voice.sample_rate != SAMPLE_RATE {
            let reason =
                format!("its pack says {} Hz; Kokoro has {SAMPLE_RATE}", voice.sample_rate);
            return Err(EngineError::voice(voice, reason));
        }
        let damaged = |reason: String| {
            let hint = "install it again with `aloud voices install kokoro`";
            EngineError::voice(voice, format!("{reason}; {hint}"))
        };
        let load = || Network::load(&self.folder.join(NETWORK)).map(Arc::new);
        Ok(Box::new(KokoroSynthesizer {
            styles: self.styles(&voice.name).map_err(damaged)?,
            reader: self.reader(&voice.language).map_err(damaged)?,
            network: self.network.get_or_init(load).clone().map_err(damaged)?,
            voice: voice.clone(),
            pool: single_thread(),
            last: LastRead::default(),
        }))
    }
}

/// One worker's voice.
struct KokoroSynthesizer {
    voice: Voice,
    reader: Arc<Reader>,
    network: Arc<Network>,
    styles: Arc<Styles>,
    pool: Arc<ThreadPool>,
    last: LastRead,
}

impl KokoroSynthesizer {
    fn read(&mut self, words: &[Word]) -> Result<&Phonemes, EngineError> {
        let read = |words: &[Word]| self.reader.read(words);
        self.last.phonemes(words, |words| read(words).map_err(|fault| fault.of(&self.voice.id)))
    }
}

impl Synthesizer for KokoroSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(self.read(utterance.words)?.ids.len())
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let mut clip = Clip { sample_rate: SAMPLE_RATE, ..Clip::default() };
        if utterance.words.is_empty() {
            return Ok(clip);
        }
        let phonemes = self.read(utterance.words)?.clone();
        let refuse = |reason: String| EngineError::utterance(&self.voice, utterance.words, reason);
        let (length, most) = (phonemes.ids.len(), CAPABILITIES.max_units);
        if length > most {
            return Err(refuse(format!("{length} phonemes at once, at most {most} fit; split it")));
        }
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        // The ids without the edges are the phonemes; one of them has the first style.
        let style = &self.styles[length.saturating_sub(3).min(STYLES - 1)];
        let spoken = self.network.speak(&phonemes.ids, style, rate, &self.pool).map_err(refuse)?;
        clip.marks = marks(&phonemes.words, &spoken.durations, HOP);
        clip.samples = spoken.samples;
        all_heard(&self.voice, utterance.words, &clip.marks)?;
        Ok(clip)
    }
}

#[cfg(test)]
mod tests;
