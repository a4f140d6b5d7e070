//! What can go wrong in an engine, by what the pipeline does about it.

use crate::model::{Voice, Word};

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

impl EngineError {
    /// `voice` cannot be opened.
    pub(super) fn voice(voice: &Voice, reason: impl Into<String>) -> Self {
        Self::Voice { voice: voice.id.clone(), reason: reason.into() }
    }

    /// `voice` cannot speak `words`, whose beginning the message shows.
    pub(super) fn utterance(voice: &Voice, words: &[Word], reason: impl Into<String>) -> Self {
        const SHOWN: usize = 8;
        let text: Vec<&str> = words.iter().take(SHOWN).map(|w| w.text.as_str()).collect();
        let more = if words.len() > SHOWN { " …" } else { "" };
        Self::Utterance {
            voice: voice.id.clone(),
            text: text.join(" ") + more,
            reason: reason.into(),
        }
    }
}
