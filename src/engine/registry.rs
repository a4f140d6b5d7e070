//! Which engines there are. Built explicitly by whoever composes a run; never global.

use std::sync::Arc;

use super::{Capabilities, Engine, EngineError, Synthesizer};
use crate::model::Voice;

/// The engines of a run, in order of registration.
#[derive(Clone, Default)]
pub struct EngineRegistry {
    engines: Vec<Arc<dyn Engine>>,
}

impl EngineRegistry {
    /// A registry without engines.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an engine; one with the same id is replaced.
    pub fn register(&mut self, engine: Arc<dyn Engine>) {
        self.engines.retain(|e| e.id() != engine.id());
        self.engines.push(engine);
    }

    /// The engine called `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<dyn Engine>> {
        self.engines.iter().find(|e| e.id() == id)
    }

    /// All engines.
    pub fn engines(&self) -> impl Iterator<Item = &Arc<dyn Engine>> {
        self.engines.iter()
    }

    /// All usable voices of all engines.
    #[must_use]
    pub fn voices(&self) -> Vec<Voice> {
        self.engines.iter().flat_map(|e| e.voices()).collect()
    }

    /// A synthesizer of `voice` for one worker.
    ///
    /// # Errors
    /// When no engine speaks it, or the engine cannot open it.
    pub fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        self.engine_of(voice)?.open(voice)
    }

    /// What the synthesizers of `voice` can do.
    ///
    /// # Errors
    /// When no engine speaks it.
    pub fn capabilities(&self, voice: &Voice) -> Result<Capabilities, EngineError> {
        Ok(self.engine_of(voice)?.capabilities(voice))
    }

    fn engine_of(&self, voice: &Voice) -> Result<&Arc<dyn Engine>, EngineError> {
        self.get(&voice.engine).ok_or_else(|| EngineError::Voice {
            voice: voice.id.clone(),
            reason: format!("there is no engine \"{}\" here", voice.engine),
        })
    }
}
