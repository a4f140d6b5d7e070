//! What became of articles, as data; rendering is the command line's and the report's.

use super::{ArticleError, coverage::Coverage};
use crate::model::{Removed, Warning};

/// What became of one article.
#[derive(Debug)]
pub struct Outcome {
    /// The source, as people see it.
    pub source: String,
    /// Its folder in the output, when it got as far.
    pub slug: Option<String>,
    /// Its title, when known.
    pub title: Option<String>,
    /// How it ended.
    pub status: Status,
    /// Problems that did not stop it.
    pub warnings: Vec<Warning>,
}

/// How an article ended.
#[derive(Debug)]
pub enum Status {
    /// All its files are in place.
    Written(Written),
    /// Nothing was to be done; the reason has a name.
    Skipped(String),
    /// Not written.
    Failed(ArticleError),
}

/// A written article in figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Id of the voice that spoke.
    pub voice: String,
    /// Paths of its files, relative to the output folder, with `/`.
    pub files: Vec<String>,
    /// Spoken words.
    pub words: usize,
    /// Length of the audio.
    pub duration_ms: u64,
    /// Length of what is heard in it: the audio without its pauses.
    pub speech_ms: u64,
    /// From opening the article to its last file.
    pub took: std::time::Duration,
    /// Every word accounted for?
    pub coverage: Coverage,
    /// Text taken out, by rule.
    pub removals: usize,
}

/// A run in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    /// Articles written.
    pub written: usize,
    /// Articles skipped.
    pub skipped: usize,
    /// Articles failed.
    pub failed: usize,
    /// Spoken words.
    pub words: usize,
    /// Length of all audio.
    pub duration_ms: u64,
    /// Length of all speech: the audio without its pauses.
    pub speech_ms: u64,
    /// Warnings of all articles.
    pub warnings: usize,
}

impl Totals {
    /// Adds `outcomes` up.
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let mut totals = Self::default();
        for outcome in outcomes {
            totals.warnings += outcome.warnings.len();
            match &outcome.status {
                Status::Written(written) => {
                    totals.written += 1;
                    totals.words += written.words;
                    totals.duration_ms += written.duration_ms;
                    totals.speech_ms += written.speech_ms;
                }
                Status::Skipped(_) => totals.skipped += 1,
                Status::Failed(_) => totals.failed += 1,
            }
        }
        totals
    }
}

/// What happens during a run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Speaking begins.
    Planned {
        /// Articles to speak.
        articles: usize,
        /// Words to speak, about.
        words: usize,
    },
    /// A segment has been spoken.
    Spoken {
        /// Its words.
        words: usize,
        /// Length of its audio.
        milliseconds: u64,
    },
    /// A rule removed something from an article that has been spoken.
    Removed {
        /// The article's source.
        source: &'a str,
        /// What, by which rule.
        removed: &'a Removed,
        /// Line in the source, from 1.
        line: u32,
    },
    /// An article has ended.
    Ended(&'a Outcome),
}

/// Watches a run. Called from any worker.
pub trait Observer: Sync {
    /// Something happened.
    fn event(&self, event: Event<'_>);
}

/// Watches nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _: Event<'_>) {}
}
