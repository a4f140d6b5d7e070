//! An assembled recording between the two passes: its timeline, and how loud which part of it is to be.

use crate::model::Timeline;

/// What the first pass knows and the second one needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recording {
    /// When what sounds. Its loudness is `None` until the second pass has measured it.
    pub timeline: Timeline,
    /// Loudness of the speech at full volume, its voices made equally loud, in LUFS; `None` when silent.
    pub speech_lufs: Option<f64>,
    /// What the recording is made of, in order, the first from sample 0.
    pub passages: Vec<Passage>,
}

/// A part of a recording that is treated alike, up to the next one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Passage {
    /// Speech: levelled, and brought to the loudness that is asked for.
    Speech {
        /// First sample.
        start: u64,
        /// Factor of that loudness, 0 to 1.
        volume: f32,
        /// Factor that makes its voice as loud as the article's.
        level: f32,
    },
    /// A sound that is no speech.
    Sound {
        /// First sample.
        start: u64,
        /// Factor that makes it as loud as speech.
        gain: f32,
        /// Factor of that loudness, 0 to 1.
        volume: f32,
    },
}

impl Passage {
    /// Its first sample.
    #[must_use]
    pub fn start(&self) -> u64 {
        match self {
            Self::Speech { start, .. } | Self::Sound { start, .. } => *start,
        }
    }

    /// Factor of the loudness that is asked for, 0 to 1.
    #[must_use]
    pub fn volume(&self) -> f32 {
        match self {
            Self::Speech { volume, .. } | Self::Sound { volume, .. } => *volume,
        }
    }

    /// Factor that makes its voice as loud as the article's.
    pub(super) fn level(&self) -> f32 {
        match self {
            Self::Speech { level, .. } => *level,
            Self::Sound { .. } => 1.0,
        }
    }

    /// Whether it is speech.
    #[must_use]
    pub fn is_speech(&self) -> bool {
        matches!(self, Self::Speech { .. })
    }

    /// The same from sample 0.
    pub(super) fn at_zero(self) -> Self {
        match self {
            Self::Speech { volume, level, .. } => Self::Speech { start: 0, volume, level },
            Self::Sound { gain, volume, .. } => Self::Sound { start: 0, gain, volume },
        }
    }

    /// Whether `next` is treated as this is.
    pub(super) fn continues(&self, next: &Self) -> bool {
        self.at_zero() == next.at_zero()
    }
}
