//! The settings of finishing, each with its default and unit.

use serde::Deserialize;

/// How clips are cut and joined. All lengths are milliseconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FinishOptions {
    /// Silence before the first sound. Default 100: wireless headphones swallow the first instant.
    pub lead_ms: u32,
    /// Silence after the last sound, in place of the last segment's pause. Default 300.
    pub tail_ms: u32,
    /// How far under a clip's loudest 5 ms a sound still counts as audible, in dB. Default 50.
    pub audible_db: f32,
    /// Kept of a clip before its first audible sound, as far as the pause has room. Default 30: the
    /// soft start of a breath or an "f".
    pub keep_before_ms: u32,
    /// Kept of a clip after its last audible sound, as far as the pause has room. Default 80: the
    /// release of a final "t" or "k" follows a closure of 50 ms or more.
    pub keep_after_ms: u32,
    /// Length of the fade at each cut. Default 4: too short to hear, too long to click.
    pub fade_ms: u32,
}

impl Default for FinishOptions {
    fn default() -> Self {
        Self {
            lead_ms: 100,
            tail_ms: 300,
            audible_db: 50.0,
            keep_before_ms: 30,
            keep_after_ms: 80,
            fade_ms: 4,
        }
    }
}
