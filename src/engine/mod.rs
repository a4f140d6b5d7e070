//! Speech engines behind one contract.
//!
//! Three lifetimes, as in DAISY's pipeline: an [`Engine`] is opened once per process and holds what
//! is heavy; a [`Synthesizer`] is opened once per worker and holds buffers; an [`Utterance`] is spoken
//! and gone. The pipeline sees neither phonemes nor networks.

pub mod command;
#[cfg(test)]
pub(crate) mod contract;
mod error;
pub mod espeak;
pub mod flite;
#[cfg(feature = "hibari")]
pub mod hibari;
pub mod http;
#[cfg(feature = "kokoro")]
pub mod kokoro;
#[cfg(any(feature = "hibari", feature = "piper"))]
mod neural;
#[cfg(any(feature = "hibari", feature = "piper"))]
mod phonemes;
#[cfg(feature = "piper")]
pub mod piper;
mod program;
mod registry;
mod speak;
pub mod system;
pub mod tone;

pub use error::EngineError;
pub use program::run::end_programs;
pub use registry::EngineRegistry;
pub use speak::speak_segment;

use std::path::PathBuf;

use crate::model::{Clip, Prosody, Voice, Word};

/// Samples beyond this are sound: -40 dBFS, far over the noise of any voice.
const AUDIBLE: f32 = 0.01;

/// A family of voices. Shared by all workers.
pub trait Engine: Send + Sync {
    /// Short name, the part of a voice id before the colon.
    fn id(&self) -> &'static str;

    /// Version of what shapes the sound; a change of it may change samples.
    fn version(&self) -> String;

    /// What the synthesizers of `voice` can do.
    fn capabilities(&self, voice: &Voice) -> Capabilities;

    /// The voices that are usable on this machine now.
    fn voices(&self) -> Vec<Voice>;

    /// Speaks a word with `voice` and checks that sound came out.
    ///
    /// # Errors
    /// Whatever keeps the voice from speaking.
    fn self_test(&self, voice: &Voice) -> Result<(), EngineError> {
        // A word of nearly every language, and the name of a letter in the others.
        let words = [Word { text: "a".into(), ..Word::default() }];
        let prosody = Prosody::default();
        let utterance = Utterance { words: &words, language: &voice.language, prosody, seed: 0 };
        let clip = self.open(voice)?.synthesize(&utterance)?;
        if clip.samples.iter().any(|sample| sample.abs() > AUDIBLE) {
            return Ok(());
        }
        Err(EngineError::voice(voice, "it is silent"))
    }

    /// The sounds of `ipa` (as in [`Word::ipa`]) that `voice` does not have, and what it says instead. An
    /// engine that takes no phonemes has nothing to tell.
    fn approximations(&self, _voice: &Voice, _ipa: &str) -> Vec<Approximation> {
        Vec::new()
    }

    /// A synthesizer of `voice` for one worker. Cheap after the first call for a voice.
    ///
    /// # Errors
    /// When the voice is not one of [`Engine::voices`], or its files are missing or damaged.
    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError>;
}

/// Speaks utterances with one voice. Used by one thread at a time.
///
/// After an error the synthesizer is still usable, unless the error is [`EngineError::Lost`].
pub trait Synthesizer: Send {
    /// How long `words` are in the unit of [`Capabilities::max_units`].
    ///
    /// # Errors
    /// When a word has no pronunciation that this voice knows.
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError>;

    /// The words of `utterance` whose sound the voice has to guess, because neither its dictionaries nor
    /// [`Word::ipa`] have them: their indices, with the guess in IPA. `None` when it cannot tell.
    ///
    /// # Errors
    /// When a word cannot be spoken at all.
    fn guesses(
        &mut self,
        _utterance: &Utterance<'_>,
    ) -> Result<Option<Vec<(usize, String)>>, EngineError> {
        Ok(None)
    }

    /// Speaks `utterance`: one mark per word, in order, each inside the clip and longer than 0.
    /// The same utterance gives the same samples, whatever was spoken before (unless the engine's
    /// capabilities say otherwise). No words give an empty clip.
    ///
    /// # Errors
    /// [`EngineError::Utterance`] when this utterance cannot be spoken whole; never a clip that
    /// leaves something out.
    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError>;
}

/// A voice whose files are on this machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Installed {
    /// The voice.
    pub voice: Voice,
    /// The folder with its files.
    pub folder: PathBuf,
}

/// A sound that a voice does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approximation {
    /// The symbol, in IPA.
    pub sound: String,
    /// What the voice says instead, in IPA, which may be nothing; `None` when it cannot say the word.
    pub instead: Option<String>,
}

impl Approximation {
    /// What it means for the one who wrote the sound: lower case, no full stop.
    #[must_use]
    pub fn explain(&self, voice: &str) -> String {
        let sound = &self.sound;
        match self.instead.as_deref() {
            Some("") => format!("voice {voice} has no '{sound}', and leaves it out"),
            Some(near) => format!("voice {voice} has no '{sound}', and says '{near}' instead"),
            None => format!("voice {voice} cannot say '{sound}'; write another sound"),
        }
    }
}

/// What a synthesizer speaks at once.
#[derive(Debug, Clone, Copy)]
pub struct Utterance<'a> {
    /// The words with their punctuation.
    pub words: &'a [Word],
    /// Language of the words (BCP 47).
    pub language: &'a str,
    /// How to speak; unset parts are the voice's own.
    pub prosody: Prosody,
    /// Seeds whatever is random in the sound.
    pub seed: u64,
}

/// What an engine's synthesizers can do. Ask before setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capabilities {
    /// Speed factors it obeys by itself; [`Self::pace`] goes further.
    pub rate: Control,
    /// Pitch factors it obeys.
    pub pitch: Control,
    /// Whether the same utterance gives the same samples.
    pub deterministic: bool,
    /// Whether it obeys [`Word::ipa`].
    pub phonemes: bool,
    /// The most units (phonemes, characters: see [`Synthesizer::measure`]) it takes at once.
    pub max_units: usize,
    /// Utterances under this many units sound wrong alone and are spoken with a neighbour.
    pub min_units: usize,
}

impl Capabilities {
    /// How `wanted`, a rate, comes about: as far as the voice obeys it, by the voice; the rest by stretching its
    /// sound, which sounds less natural.
    #[must_use]
    pub fn pace(&self, wanted: Option<f32>) -> Pace {
        let (own, _) = self.rate.apply(wanted);
        let (stretch, heeded) = speak::STRETCH.apply(wanted.map(|wanted| wanted / own));
        Pace { own, stretch, heeded }
    }
}

/// A rate, divided between a voice and its sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Factor that the voice obeys.
    pub own: f32,
    /// Factor by which its sound is then made faster.
    pub stretch: f32,
    /// Whether the two are what was wanted.
    pub heeded: bool,
}

impl Pace {
    /// Whether the sound has to be changed.
    #[must_use]
    pub fn is_stretched(&self) -> bool {
        (self.stretch - 1.0).abs() > 1e-3
    }
}

/// Whether and how far a setting is obeyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Control {
    /// Not at all.
    Fixed,
    /// Factors between these, both included.
    Range(f32, f32),
}

impl Control {
    /// The factor to use for `wanted`, and whether that is what was wanted.
    #[must_use]
    pub fn apply(self, wanted: Option<f32>) -> (f32, bool) {
        match (self, wanted) {
            (_, None) => (1.0, true),
            (Self::Fixed, Some(factor)) => (1.0, (factor - 1.0).abs() < 1e-3),
            (Self::Range(low, high), Some(factor)) => {
                let used = factor.clamp(low, high);
                (used, (used - factor).abs() < 1e-3)
            }
        }
    }
}
