//! What keeps a file from being published, with the file's name and the way out.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use super::longest_wav_ms;

/// A failure while writing an article's files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The output folder cannot be used; nothing can be written.
    #[error("output folder {path}: {reason}")]
    Output {
        /// The folder.
        path: String,
        /// What is wrong and the way out.
        reason: String,
    },
    /// One file cannot be written.
    #[error("cannot write {path}: {reason}")]
    Write {
        /// The file.
        path: String,
        /// What is wrong and the way out.
        reason: String,
    },
    /// A setting of the site or the feed cannot be used.
    #[error("{reason}")]
    Setting {
        /// Which, what is wrong with it and what would be right.
        reason: String,
    },
    /// A template is broken.
    #[error("template {path}: {reason}")]
    Template {
        /// The file, or where one of that name would stand for a built-in template.
        path: String,
        /// Line and mistake.
        reason: String,
    },
    /// Bytes cannot be written or read; who knows the file makes it a [`PublishError::Write`].
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A recording is longer than a WAV file can hold.
    #[error(
        "cannot write {path}: the recording is longer than the {hours} hours that a WAV file holds \
         at {sample_rate} samples per second; split the article"
    )]
    TooLong {
        /// The file.
        path: String,
        /// Whole hours that fit.
        hours: u64,
        /// Samples per second.
        sample_rate: u32,
    },
    /// Script and timeline do not belong together. An error in aloud, not in the article.
    #[error("segment {segment}: {reason}; please report this")]
    Inconsistent {
        /// Id of the segment.
        segment: String,
        /// What does not fit.
        reason: String,
    },
}

impl PublishError {
    /// A recording for `path` that is longer than a WAV file.
    pub(super) fn too_long(path: &Path, sample_rate: u32) -> Self {
        let hours = longest_wav_ms(sample_rate) / 3_600_000;
        Self::TooLong { path: path.display().to_string(), hours, sample_rate }
    }

    /// A failure of the file system at `path`.
    pub(super) fn write(path: &Path, error: &io::Error) -> Self {
        Self::Write { path: path.display().to_string(), reason: reason(error) }
    }

    /// A failure of the file system that concerns the whole output folder.
    pub(super) fn output(path: &Path, error: &io::Error) -> Self {
        Self::Output { path: path.display().to_string(), reason: reason(error) }
    }
}

/// The cause in words, with the way out where there is one.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; make room or choose another output folder with -o".into()
        }
        ErrorKind::ReadOnlyFilesystem => {
            "the file system is read-only; choose another output folder with -o".into()
        }
        ErrorKind::PermissionDenied => {
            "no permission to write there; change it or choose another output folder with -o".into()
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where a folder is needed; move it or choose another output folder with \
             -o"
            .into()
        }
        ErrorKind::IsADirectory | ErrorKind::DirectoryNotEmpty => {
            "a folder stands where a file is needed; move it or choose another output folder with \
             -o"
            .into()
        }
        _ => error.to_string(),
    }
}
