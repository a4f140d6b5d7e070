//! What keeps a recording from being assembled. Every variant but [`FinishError::Write`] names the
//! segment: nothing of it has been written when the error is returned.

use std::io;

/// A failure while assembling an article's audio.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FinishError {
    /// A clip cannot be brought to the rate of the recording.
    #[error(
        "segment {segment}: its audio cannot be resampled from {from} to {to} samples per second \
         ({reason}); use one voice, or voices of one rate"
    )]
    Resample {
        /// Id of the segment.
        segment: String,
        /// Samples per second of the clip.
        from: u32,
        /// Samples per second of the recording.
        to: u32,
        /// What the resampler says.
        reason: String,
    },
    /// A sample is infinite or not a number.
    #[error(
        "segment {segment}: sample {sample} of its audio is not a number; \
         the voice is damaged, reinstall it or choose another"
    )]
    NotFinite {
        /// Id of the segment.
        segment: String,
        /// Index of the first such sample in the clip.
        sample: usize,
    },
    /// There are words but no sound.
    #[error("segment {segment}: the voice gave silence for \"{text}\"; choose another voice")]
    Silent {
        /// Id of the segment.
        segment: String,
        /// The words that were to be heard.
        text: String,
    },
    /// The clip's marks are not one for each word.
    #[error("segment {segment}: {words} words but {marks} word marks; choose another voice")]
    MarkCount {
        /// Id of the segment.
        segment: String,
        /// Words of the segment.
        words: usize,
        /// Marks of the clip.
        marks: usize,
    },
    /// A word's mark covers no sample of the clip.
    #[error("segment {segment}: no time is marked for \"{word}\"; choose another voice")]
    EmptyMark {
        /// Id of the segment.
        segment: String,
        /// The word.
        word: String,
    },
    /// The sink refused the samples; it knows which file it is and says so.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// The rate is one that no loudness meter handles.
    #[error("audio of {sample_rate} samples per second is not supported; choose another voice")]
    Rate {
        /// Samples per second.
        sample_rate: u32,
    },
}
