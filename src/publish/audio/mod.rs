//! Compressed recordings: the finished WAV, encoded for download and for feeds.
//!
//! Each format is a [`Publisher`](super::Publisher) that reads the WAV of its publication as a stream,
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

pub(super) use flac::Flac;
pub(super) use m4a::M4a;
pub(super) use mp3::Mp3;
pub(super) use opus::Opus;
use samples::Samples;
pub(super) use tags::Cover;
use tags::Tags;

use super::PublishError;

/// What an encoder says, as the failure of the file that is being written.
fn failed(format: &str, error: impl std::fmt::Display) -> PublishError {
    PublishError::Io(std::io::Error::other(format!("the {format} encoder: {error}")))
}

#[cfg(test)]
mod tests;
