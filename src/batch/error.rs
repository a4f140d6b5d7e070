//! Why an article failed.

use std::{
    any::Any,
    error::Error,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::read::ReadError;

/// Where in the flow an article failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the source.
    Read,
    /// Finding a voice.
    Voice,
    /// Planning the output.
    Plan,
    /// Speaking.
    Speak,
    /// Assembling the audio.
    Finish,
    /// Writing files.
    Publish,
    /// Anywhere: a defect in aloud or a library, caught.
    Internal,
}

impl Stage {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Voice => "voice",
            Self::Plan => "plan",
            Self::Speak => "speak",
            Self::Finish => "finish",
            Self::Publish => "publish",
            Self::Internal => "internal",
        }
    }
}

/// An article's failure. The message is the cause's; the article is named by whoever reports it.
#[derive(Debug)]
pub struct ArticleError {
    /// Where.
    pub stage: Stage,
    /// What is wrong and the way out.
    pub source: Box<dyn Error + Send + Sync>,
}

impl ArticleError {
    /// An error of `stage`.
    pub fn new(stage: Stage, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { stage, source: source.into() }
    }

    /// A source that cannot be read.
    #[must_use]
    pub fn read(source: ReadError) -> Self {
        Self::new(Stage::Read, source)
    }
}

impl fmt::Display for ArticleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)?;
        let mut cause = self.source.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for ArticleError {}

/// Runs one article's work; a panic, of whatever crate, becomes this article's error.
///
/// # Errors
/// The work's own error, or [`Stage::Internal`] with what the panic said.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, ArticleError>) -> Result<T, ArticleError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(ArticleError::new(Stage::Internal, panic_message(panic.as_ref())))
    })
}

/// What a panic said.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!(
        "internal error, please report it with the article: {}",
        text.as_deref().unwrap_or("a panic without a message")
    )
}
