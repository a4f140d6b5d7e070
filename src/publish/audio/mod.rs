//! Compressed recordings: the finished WAV, encoded for download and for feeds.
//!
//! Each format is an [`Encoding`] that reads the WAV of its publication as a stream,
//! so nothing is held and all recordings of an article are the same sound. Each carries the same
//! [`Tags`], says its length exactly (a player hears not a sample more or less than the WAV has), and
//! gives the same bytes for the same WAV.

mod flac;
mod m4a;
mod mp3;
mod mp4;
mod opus;
mod samples;
mod tags;

use std::sync::Arc;

pub(super) use flac::FLAC;
pub(super) use m4a::M4A;
pub(super) use mp3::MP3;
pub(super) use opus::OPUS;
use samples::Samples;
pub(super) use tags::Cover;
use tags::Tags;

use super::{Output, Publication, PublishError, Publisher};

/// A compressed format.
pub(super) struct Encoding {
    media_type: &'static str,
    /// Of its files' names.
    extension: &'static str,
    encode: fn(Samples, &Tags<'_>, &mut dyn Output) -> Result<(), PublishError>,
}

/// Recordings in one compressed format.
pub(super) struct Encoded {
    pub(super) encoding: Encoding,
    pub(super) publisher: Option<String>,
    pub(super) cover: Option<Arc<Cover>>,
}

impl Publisher for Encoded {
    fn media_type(&self) -> &'static str {
        self.encoding.media_type
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.{}", self.encoding.extension)
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        let tags = Tags::of(publication, self.publisher.as_deref(), self.cover.as_deref())?;
        (self.encoding.encode)(Samples::of(publication)?, &tags, out)
    }
}

/// What an encoder says, as the failure of the file that is being written.
fn failed(format: &str, error: impl std::fmt::Display) -> PublishError {
    PublishError::Io(std::io::Error::other(format!("the {format} encoder: {error}")))
}

#[cfg(test)]
mod tests;
