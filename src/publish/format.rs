//! The kinds of file that a build can be asked for, as `--format` and `formats` in `aloud.toml` name
//! them. Captions, manifest and page need no name: every article has them.

use std::{fmt, str::FromStr};

use serde::Deserialize;

/// A kind of file that is written for each article when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum FileFormat {
    /// RIFF PCM, 16 bit mono.
    Wav,
    /// MP3 for one channel of speech.
    Mp3,
    /// Opus in Ogg.
    Opus,
    /// The WAV's samples without loss.
    Flac,
    /// Captions as `SubRip`.
    Srt,
    /// W3C Synchronized Narration.
    Sync,
    /// The article's text, plain.
    Transcript,
}

impl FileFormat {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 7] =
        [Self::Wav, Self::Mp3, Self::Opus, Self::Flac, Self::Srt, Self::Sync, Self::Transcript];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::Opus => "opus",
            Self::Flac => "flac",
            Self::Srt => "srt",
            Self::Sync => "sync",
            Self::Transcript => "transcript",
        }
    }

    /// Whether it is a recording.
    #[must_use]
    pub fn is_audio(self) -> bool {
        matches!(self, Self::Wav | Self::Mp3 | Self::Opus | Self::Flac)
    }

    /// `asked`, each once and in the order of [`Self::ALL`], and always a WAV: the other recordings are
    /// made from it.
    #[must_use]
    pub fn settle(asked: &[Self]) -> Vec<Self> {
        let wanted = |f: &Self| asked.contains(f) || *f == Self::Wav;
        Self::ALL.into_iter().filter(wanted).collect()
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FileFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "m4a" {
            // No encoder in Rust streams and is well kept (docs/decisions.md).
            return Err("there is no AAC encoder in aloud, so no m4a; use mp3, which plays \
                        everywhere, or opus"
                .into());
        }
        Self::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            format!("there is no format \"{name}\"; there are {known}")
        })
    }
}

impl TryFrom<String> for FileFormat {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for format in FileFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let error = FileFormat::from_str("mov").expect_err("no such format");
        assert!(error.starts_with("there is no format \"mov\"; there are wav, "), "{error}");
    }

    #[test]
    fn there_is_always_a_recording_and_nothing_twice() {
        use FileFormat::{Srt, Sync, Wav};
        assert_eq!(FileFormat::settle(&[]), [Wav]);
        assert_eq!(FileFormat::settle(&[Sync, Srt, Sync]), [Wav, Srt, Sync]);
        assert_eq!(FileFormat::settle(&[FileFormat::Mp3]), [Wav, FileFormat::Mp3]);
        let mut sorted = FileFormat::ALL;
        sorted.sort();
        assert_eq!(sorted, FileFormat::ALL, "one order");
    }
}
