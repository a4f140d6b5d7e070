//! espeak-ng, as it is installed on the system: more than a hundred languages, clear and robotic; the net
//! under every other voice.
//!
//! Its library is not safe to use from several threads, so it runs in a pool of worker processes (`worker`),
//! small Python programs that load the library: they are told on which sample each word begins, and speak
//! every utterance from the same state. Where there is no Python or no library, its program is started once
//! for each utterance, which gives the same samples more slowly and leaves word marks to be estimated.
//! `voices` reads its list of voices, `words` makes marks.

mod voices;
mod words;
mod worker;

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use unicode_script::{Script, UnicodeScript};

use super::{
    Capabilities, Control, Engine, EngineError, Synthesizer, Utterance,
    program::{
        self, characters,
        run::{Limits, run},
        text_of, wav,
    },
};
use crate::model::{Clip, Voice, Word};
use voices::{Listed, SAMPLE_RATE};
use worker::{Request, Worker, WorkerError};

/// Words per minute at rate 1, as espeak-ng has it; it takes 80 to 450.
const WORDS_PER_MINUTE: f32 = 175.0;
/// Its pitch setting at pitch 1; it takes 0 to 99.
const PITCH: f32 = 50.0;
/// The most characters at once: a sentence of four minutes.
const MOST_CHARACTERS: usize = 4000;

/// The engine.
pub struct EspeakEngine {
    version: String,
    voices: Vec<Listed>,
    shared: Arc<Shared>,
}

/// What all synthesizers share.
struct Shared {
    program: PathBuf,
    /// Whether the library can be used; found out by the first who needs it.
    library: OnceLock<bool>,
    /// Workers with nothing to do.
    idle: Mutex<Vec<Worker>>,
}

impl EspeakEngine {
    /// The espeak-ng of this machine; `None` when there is none, or none that answers.
    #[must_use]
    pub fn find() -> Option<Self> {
        Self::at(Path::new("espeak-ng"))
    }

    /// The espeak-ng that is started as `program`.
    #[must_use]
    pub fn at(program: &Path) -> Option<Self> {
        let limits = Limits { time: Duration::from_secs(10), bytes: 1 << 20 };
        let ask = |argument: &str| {
            let said = run(Command::new(program).arg(argument), Vec::new(), limits).ok()?;
            String::from_utf8(said).ok()
        };
        // "eSpeak NG text-to-speech: 1.51  Data at: ..."
        let version = ask("--version")?;
        let version = version.split_once(": ")?.1.split_whitespace().next()?.to_owned();
        let voices = voices::listed(&ask("--voices")?);
        let shared = Shared {
            program: program.to_owned(),
            library: OnceLock::new(),
            idle: Mutex::new(Vec::new()),
        };
        Some(Self { version, voices, shared: Arc::new(shared) })
    }

    /// Stops the idle workers as crashes would, so that a test can look at what becomes of their next users.
    #[cfg(test)]
    pub(super) fn crash_workers(&self) -> usize {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.iter_mut().for_each(Worker::crash);
        idle.len()
    }
}

impl Engine for EspeakEngine {
    fn id(&self) -> &'static str {
        "espeak"
    }

    fn version(&self) -> String {
        self.version.clone()
    }

    fn capabilities(&self, _voice: &Voice) -> Capabilities {
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.iter().map(|l| l.voice.clone()).collect()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let known = self.voices.iter().find(|l| l.voice.id == voice.id).ok_or_else(|| {
            let reason =
                "this machine's espeak-ng has no such voice; `aloud voices list` shows its voices";
            EngineError::voice(voice, reason)
        })?;
        let Listed { voice, file } = known.clone();
        Ok(Box::new(EspeakSynthesizer { voice, file, shared: Arc::clone(&self.shared) }))
    }
}

/// What espeak-ng obeys: 80 to 450 words per minute are rates 0.46 to 2.57, and its pitch setting reaches
/// from 0.66 to 1.67 times the voice's own (measured on the fundamental).
const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.5),
    pitch: Control::Range(0.7, 1.6),
    deterministic: true,
    phonemes: false,
    max_units: MOST_CHARACTERS,
    min_units: 0,
};

/// One worker's voice.
struct EspeakSynthesizer {
    voice: Voice,
    file: String,
    shared: Arc<Shared>,
}

impl Synthesizer for EspeakSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(characters(utterance.words))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let words = utterance.words;
        if words.is_empty() {
            return Ok(Clip { sample_rate: SAMPLE_RATE, ..Clip::default() });
        }
        if characters(words) > MOST_CHARACTERS {
            return Err(program::refused(
                &self.voice,
                words,
                "it is too long to be spoken at once",
            ));
        }
        self.readable(words)?;
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        let (pitch, _) = CAPABILITIES.pitch.apply(utterance.prosody.pitch);
        #[expect(clippy::cast_possible_truncation)] // 87 to 438
        let rate = (WORDS_PER_MINUTE * rate).round() as i32;
        let request = Request {
            voice: &self.file,
            rate,
            pitch: setting(pitch),
            text: text_of(words),
            seconds: 60,
        };
        if self.shared.library() {
            self.by_library(words, &request)
        } else {
            self.by_program(words, &request)
        }
    }
}

/// The pitch setting, 0 to 99, for a factor. Measured on the fundamental, with two voices: 0.66 at 0, 0.81 at 25,
/// 1.29 at 75 and 1.67 at 99, so that the logarithm is about linear on either side of 50.
fn setting(factor: f32) -> i32 {
    let slope = if factor < 1.0 { 0.0083 } else { 0.0105 };
    #[expect(clippy::cast_possible_truncation)] // 0 to 99 after clamping
    let setting = (PITCH + factor.ln() / slope).round().clamp(0.0, 99.0) as i32;
    setting
}

impl EspeakSynthesizer {
    /// Refuses what espeak-ng spells out as "Chinese letter": its Japanese reads kana, its Korean hangul.
    fn readable(&self, words: &[Word]) -> Result<(), EngineError> {
        let reads = match self.voice.language.as_str() {
            "ja" => "kana",
            "ko" => "hangul",
            _ => return Ok(()),
        };
        let chinese = |word: &&Word| word.text.chars().any(|c| c.script() == Script::Han);
        match words.iter().find(chinese) {
            None => Ok(()),
            Some(word) => Err(EngineError::Utterance {
                voice: self.voice.id.clone(),
                text: word.text.clone(),
                reason: format!(
                    "espeak-ng reads {reads} only and would spell Chinese characters as \"Chinese letter\"; \
                     choose another voice for this language, or write the words in {reads}"
                ),
            }),
        }
    }

    fn by_library(&self, words: &[Word], request: &Request<'_>) -> Result<Clip, EngineError> {
        let lost = |e: WorkerError| EngineError::Lost {
            voice: self.voice.id.clone(),
            reason: e.to_string(),
        };
        let mut worker = self.shared.take(request.voice).map_err(lost)?;
        // A worker that failed is dropped here, and its process with it.
        let reply = worker.speak(request).map_err(lost)?;
        self.shared.give_back(worker);
        let marks = words::marks(words, &reply.begins, &reply.samples).ok_or_else(|| {
            program::refused(&self.voice, words, "espeak-ng gave too little sound for it")
        })?;
        Ok(Clip { samples: reply.samples, sample_rate: SAMPLE_RATE, marks })
    }

    fn by_program(&self, words: &[Word], request: &Request<'_>) -> Result<Clip, EngineError> {
        let mut command = Command::new(&self.shared.program);
        command.args(["-v", request.voice, "--stdin", "--stdout", "-b", "1"]);
        command.args(["-s", &request.rate.to_string(), "-p", &request.pitch.to_string()]);
        let limits = Limits { time: program::SPEAKING, bytes: program::MOST_SOUND };
        let passing =
            |reason: String| EngineError::Retryable { voice: self.voice.id.clone(), reason };
        let input = request.text.clone().into_bytes();
        let bytes = run(&mut command, input, limits).map_err(|e| passing(e.to_string()))?;
        let (samples, rate) = wav::decode(bytes).map_err(|e| passing(format!("espeak-ng: {e}")))?;
        program::clip(&self.voice, words, samples, rate)
    }
}

impl Shared {
    /// Whether there is a Python that finds the library. The first worker tells.
    fn library(&self) -> bool {
        *self.library.get_or_init(|| match Worker::start() {
            Ok(worker) => {
                self.give_back(worker);
                true
            }
            Err(_) => false,
        })
    }

    /// A worker for one utterance, by preference one that has spoken `voice` before.
    fn take(&self, voice: &str) -> Result<Worker, WorkerError> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain_mut(|worker| !worker.has_ended());
        let at = idle.iter().position(|w| w.voice() == Some(voice)).or(idle.len().checked_sub(1));
        let found = at.map(|at| idle.swap_remove(at));
        drop(idle);
        found.map_or_else(Worker::start, Ok)
    }

    fn give_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

#[cfg(test)]
mod tests;
