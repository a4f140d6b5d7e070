//! What can go wrong in an engine, by what the pipeline does about it.

/// An engine's failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The voice cannot be opened: nothing can be spoken with it.
    #[error("voice {voice}: {reason}")]
    Voice {
        /// Voice id.
        voice: String,
        /// What is wrong and the way out.
        reason: String,
    },
    /// This utterance cannot be spoken by this voice; others can.
    #[error("voice {voice} cannot speak \"{text}\": {reason}")]
    Utterance {
        /// Voice id.
        voice: String,
        /// The words in question.
        text: String,
        /// What is wrong and the way out.
        reason: String,
    },
    /// A passing failure: worth one more try on a fresh synthesizer.
    #[error("voice {voice}: {reason}")]
    Retryable {
        /// Voice id.
        voice: String,
        /// What happened.
        reason: String,
    },
    /// The synthesizer is unusable from here on; open a new one.
    #[error("voice {voice}: engine lost: {reason}")]
    Lost {
        /// Voice id.
        voice: String,
        /// What happened.
        reason: String,
    },
}
