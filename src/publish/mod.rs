//! Takes a finished article (script, timeline, voice); gives files, whole or not at all.
//!
//! One file per output format, and [`stage`](Stage) for how anything reaches the output folder. It
//! is separate from `finish`, which knows sound and no files, and from `batch`, which knows what
//! to publish and when. Formats are pure: a [`Publisher`] turns a [`Publication`] into bytes. A
//! [`Press`] holds those that a build was asked for.

mod audio;
mod captions;
mod chapters;
mod date;
mod document;
mod error;
mod format;
mod html;
mod json;
mod manifest;
mod options;
mod overlay;
mod page;
mod press;
mod publication;
mod report;
mod scratch;
mod site;
mod slug;
mod srt;
mod stage;
mod sync;
mod template;
mod transcript;
mod vtt;
mod wav;

pub use chapters::{Chapter, chapters};
pub use error::PublishError;
pub use format::FileFormat;
pub use manifest::{Manifest, source_of, source_path};
pub use options::{FeedOptions, SiteOptions};
pub use press::Press;
pub use publication::{
    CoverageCounts, FileEntry, Output, Publication, Publisher, Settings, TimedSegment, WordEntry,
    disclosure,
};
pub use report::{ArticleReport, Outcome, Report, Totals, speech_samples};
pub use scratch::Scratch;
pub use site::Site;
pub use slug::{SlugRequest, safe_slug, unique_slugs};
pub use srt::Srt;
pub use stage::{Group, Sealed, Stage, Staged};
pub use sync::SyncNarration;
pub use transcript::Transcript;
pub use vtt::WebVtt;
pub use wav::{WavSummary, WavWriter, longest_wav_ms};
