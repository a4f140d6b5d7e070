//! Sound and its timing. Lengths are whole samples.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Mono audio of one utterance at its voice's rate, with a mark for every word.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clip {
    /// Samples, nominally within -1 to 1.
    pub samples: Vec<f32>,
    /// Samples per second.
    pub sample_rate: u32,
    /// One mark for each word of the utterance, in order, none of them empty.
    pub marks: Vec<Mark>,
}

/// Where a word sounds in its clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Samples from the start of the clip.
    pub range: Range<usize>,
    /// How it is known.
    pub timing: Timing,
}

/// How a mark is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Timing {
    /// From the durations that the engine itself gave.
    Exact,
    /// Estimated between known points.
    Interpolated,
}

/// The cues of one assembled article. The audio itself has gone to the writer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// Samples per second of the audio and of every number here.
    pub sample_rate: u32,
    /// Length of the whole audio, in samples.
    pub samples: u64,
    /// One cue for each segment of the script, in order.
    pub cues: Vec<Cue>,
    /// Integrated loudness (EBU R 128) in LUFS; `None` when too short or silent.
    pub loudness_lufs: Option<f64>,
    /// True peak in dBTP; `None` when silent.
    pub true_peak_dbtp: Option<f64>,
}

/// When a segment sounds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cue {
    /// First sample.
    pub start: u64,
    /// One past the last sample; the pause comes after.
    pub end: u64,
    /// One for each spoken word of the segment.
    pub words: Vec<WordCue>,
}

/// When a spoken word sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordCue {
    /// First sample.
    pub start: u64,
    /// One past the last sample.
    pub end: u64,
    /// How it is known.
    pub timing: Timing,
}

/// Milliseconds as samples, rounded down. The only place where this is decided.
#[must_use]
pub fn samples_from_ms(ms: u32, sample_rate: u32) -> u64 {
    u64::from(ms) * u64::from(sample_rate) / 1000
}

/// Samples as milliseconds, rounded to nearest. The only place where this is decided.
#[must_use]
pub fn samples_to_ms(samples: u64, sample_rate: u32) -> u64 {
    let rate = u64::from(sample_rate.max(1));
    (samples * 1000 + rate / 2) / rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_and_samples() {
        assert_eq!(samples_from_ms(500, 24_000), 12_000);
        assert_eq!(samples_from_ms(1, 22_050), 22);
        assert_eq!(samples_to_ms(12_000, 24_000), 500);
        assert_eq!(samples_to_ms(22, 22_050), 1);
    }
}
