//! Takes a finished article (script, timeline, voice); gives files, whole or not at all.
//!
//! One file per output format, and [`stage`](Stage) for how anything reaches the output folder. It
//! is separate from `finish`, which knows sound and no files, and from `batch`, which knows what
//! to publish and when. Formats are pure: a [`Publisher`] turns a [`Publication`] into bytes.

mod error;
mod json;
mod manifest;
mod publication;
mod report;
mod scratch;
mod slug;
mod stage;
mod vtt;
mod wav;

pub use error::PublishError;
pub use manifest::{Manifest, source_of, source_path};
pub use publication::{
    CoverageCounts, FileEntry, Publication, Publisher, Settings, TimedSegment, WordEntry,
    disclosure,
};
pub use report::{ArticleReport, Outcome, Report, Totals, speech_samples};
pub use scratch::Scratch;
pub use slug::{SlugRequest, safe_slug, unique_slugs};
pub use stage::{Group, Sealed, Stage, Staged};
pub use vtt::WebVtt;
pub use wav::{WavSummary, WavWriter, longest_wav_ms};
