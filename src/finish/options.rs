//! The settings of finishing, each with its default and unit.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// How clips are cut and joined, and how loud the whole is. All lengths are milliseconds.
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
    /// Integrated loudness of a recording at full volume, by EBU R 128, in LUFS. Default -16: what
    /// podcast players expect (AES TD1008 for speech).
    pub loudness_lufs: f64,
    /// The highest true peak, in dBTP. Default -1: what EBU R 128 allows.
    pub true_peak_dbtp: f64,
    /// Whether loud syllables are brought nearer to the others first. Default true; without it the
    /// limiter has all to do.
    pub levelling: bool,
    /// A sound before the article: a WAV, FLAC or MP3 file. Default none.
    pub intro: Option<PathBuf>,
    /// A sound after the article. Default none.
    pub outro: Option<PathBuf>,
    /// A sound before each heading but one that begins the article. Default none.
    pub cue: Option<PathBuf>,
    /// Silence between such a sound and speech. Default 500. Before it, a longer pause stays.
    pub sound_pause_ms: u32,
}

impl FinishOptions {
    /// Makes paths that are relative to `folder` (that of `aloud.toml`) relative to the current one.
    pub fn resolve(&mut self, folder: &Path) {
        for path in [&mut self.intro, &mut self.outro, &mut self.cue].into_iter().flatten() {
            *path = folder.join(&*path);
        }
    }

    /// Checks the numbers' ranges.
    ///
    /// # Errors
    /// Names the first number out of range and what would be right.
    pub fn check(&self) -> Result<(), String> {
        let limits = [
            ("loudness_lufs", self.loudness_lufs, -40.0, -9.0),
            ("true_peak_dbtp", self.true_peak_dbtp, -20.0, 0.0),
        ];
        for (name, value, low, high) in limits {
            if !(low..=high).contains(&value) {
                return Err(format!("{name} is {value}, but must be between {low} and {high}"));
            }
        }
        Ok(())
    }
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
            loudness_lufs: -16.0,
            true_peak_dbtp: -1.0,
            levelling: true,
            intro: None,
            outro: None,
            cue: None,
            sound_pause_ms: 500,
        }
    }
}
