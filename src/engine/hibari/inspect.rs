//! A look inside, for the benchmark and the comparison with the Python package. Not for speaking.

use std::time::{Duration, Instant};

use super::{HibariEngine, dsp::Vocoder};
use crate::{
    engine::{EngineError, neural::single_thread},
    model::Word,
};

/// Speaks step by step and keeps what each step gave.
pub struct Inspector {
    shared: super::Shared,
    pool: std::sync::Arc<rten::ThreadPool>,
    vocoder: Vocoder,
}

/// One utterance, step by step.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    /// What the network said: the rows of the signal processing, frame after frame.
    pub spectra: Vec<f32>,
    /// Hz per frame.
    pub f0: Vec<f32>,
    /// Frames per id.
    pub durations: Vec<usize>,
    /// The sound.
    pub samples: Vec<f32>,
    /// Time spent in the network.
    pub network: Duration,
    /// Time spent in signal processing.
    pub signal: Duration,
}

impl Inspector {
    /// An inspector of `engine`'s voice.
    ///
    /// # Errors
    /// When its files cannot be loaded.
    pub fn new(engine: &HibariEngine) -> Result<Self, EngineError> {
        Ok(Self {
            shared: engine.shared(&HibariEngine::voice())?,
            pool: single_thread(),
            vocoder: Vocoder::new(),
        })
    }

    /// The phoneme ids of `words`.
    ///
    /// # Errors
    /// When a word cannot be spoken.
    pub fn ids(&self, words: &[Word]) -> Result<Vec<i32>, EngineError> {
        let read = self.shared.phonemiser.read(words);
        read.map(|p| p.ids).map_err(|fault| super::unspeakable(&self.shared.voice, fault))
    }

    /// Speaks `ids` at `rate` and `pitch`; with `keep`, what lies between is copied out.
    ///
    /// # Errors
    /// When the network fails.
    pub fn speak(
        &mut self,
        ids: &[i32],
        (rate, pitch): (f32, f32),
        seed: u64,
        keep: bool,
    ) -> Result<Steps, EngineError> {
        let voice = &self.shared.voice;
        let fault = |reason| super::refused(voice, String::new(), reason);
        let start = Instant::now();
        let prediction = self.shared.network.predict(ids, rate, &self.pool).map_err(fault)?;
        let network = start.elapsed();
        let start = Instant::now();
        let frames = prediction.frames().map_err(fault)?;
        let samples = self.vocoder.render(frames, pitch, seed);
        let signal = start.elapsed();
        let mut steps = Steps { samples, network, signal, ..Steps::default() };
        if keep {
            steps.spectra = frames.spectra.to_vec();
            steps.f0 = frames.f0.to_vec();
            steps.durations.clone_from(&prediction.durations);
        }
        Ok(steps)
    }
}
