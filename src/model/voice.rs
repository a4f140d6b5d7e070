//! Voices, and what articles ask of them.

use serde::{Deserialize, Serialize};

/// Gender as the voice's maker declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Not declared, or neither.
    Neutral,
}

/// One voice of one engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// `engine:name`, such as `hibari:heart`.
    pub id: String,
    /// Engine that speaks it.
    pub engine: String,
    /// Name within the engine.
    pub name: String,
    /// Language (BCP 47), such as `en-US`.
    pub language: String,
    /// Gender.
    pub gender: Gender,
    /// Samples per second of its clips.
    pub sample_rate: u32,
    /// SPDX expression of the weights.
    pub licence: String,
    /// One line for people.
    pub description: String,
    /// Rank among voices of the same language and gender: higher is chosen first. 0 to 100.
    pub quality: u8,
}

/// How a voice is to speak. Each number is a factor, 1 is normal; unset means the voice's own.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prosody {
    /// Speed, 0.25 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f32>,
    /// Pitch, 0 to 2 as in ResponsiveVoice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pitch: Option<f32>,
    /// Loudness, 0 to 1; 0 is silence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<f32>,
}

impl Prosody {
    /// These settings, with those of `fallback` where unset.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            rate: self.rate.or(fallback.rate),
            pitch: self.pitch.or(fallback.pitch),
            volume: self.volume.or(fallback.volume),
        }
    }
}

impl Prosody {
    /// These settings but for those that `others` has.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self {
            rate: self.rate.filter(|_| others.rate.is_none()),
            pitch: self.pitch.filter(|_| others.pitch.is_none()),
            volume: self.volume.filter(|_| others.volume.is_none()),
        }
    }

    /// These factors times those of `around`: a slow passage of a fast reading. Kept within their limits.
    #[must_use]
    pub fn times(self, around: Self) -> Self {
        let times = |own: Option<f32>, around: Option<f32>, low: f32, high: f32| match (own, around)
        {
            (Some(own), Some(around)) => Some((own * around).clamp(low, high)),
            (own, around) => own.or(around),
        };
        Self {
            rate: times(self.rate, around.rate, 0.25, 4.0),
            pitch: times(self.pitch, around.pitch, 0.0, 2.0),
            volume: times(self.volume, around.volume, 0.0, 1.0),
        }
    }
}

/// The voice that somebody asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VoiceRequest {
    /// A name, an id or a query, as written.
    pub voice: Option<String>,
    /// Rate, pitch and volume.
    pub prosody: Prosody,
}
