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
    /// AAC in MP4.
    M4a,
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
    /// A book with Media Overlays.
    Epub,
}

impl FileFormat {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 9] = [
        Self::Wav,
        Self::Mp3,
        Self::M4a,
        Self::Opus,
        Self::Flac,
        Self::Srt,
        Self::Sync,
        Self::Transcript,
        Self::Epub,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::M4a => "m4a",
            Self::Opus => "opus",
            Self::Flac => "flac",
            Self::Srt => "srt",
            Self::Sync => "sync",
            Self::Transcript => "transcript",
            Self::Epub => "epub",
        }
    }

    /// Whether it is a recording.
    #[must_use]
    pub fn is_audio(self) -> bool {
        matches!(self, Self::Wav | Self::Mp3 | Self::M4a | Self::Opus | Self::Flac)
    }

    /// `asked`, each once and in the order of [`Self::ALL`], and always a WAV: the other recordings are
    /// made from it. A book comes with an MP3 when no recording is asked for that books can hold.
    #[must_use]
    pub fn settle(asked: &[Self]) -> Vec<Self> {
        // Every reading system plays these (EPUB 3.3, core media types).
        let for_books = [Self::Mp3, Self::M4a, Self::Opus].iter().any(|f| asked.contains(f));
        let wanted = |f: &Self| match f {
            Self::Wav => true,
            Self::Mp3 => asked.contains(f) || (asked.contains(&Self::Epub) && !for_books),
            f => asked.contains(f),
        };
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
        use FileFormat::{Epub, M4a, Mp3, Opus, Srt, Sync, Wav};
        assert_eq!(FileFormat::settle(&[]), [Wav]);
        assert_eq!(FileFormat::settle(&[Sync, Srt, Sync]), [Wav, Srt, Sync]);
        assert_eq!(FileFormat::settle(&[Mp3]), [Wav, Mp3]);
        assert_eq!(FileFormat::settle(&[Epub]), [Wav, Mp3, Epub]);
        assert_eq!(FileFormat::settle(&[Epub, Opus]), [Wav, Opus, Epub]);
        assert_eq!(FileFormat::settle(&[Epub, M4a]), [Wav, M4a, Epub]);
        let mut sorted = FileFormat::ALL;
        sorted.sort();
        assert_eq!(sorted, FileFormat::ALL, "one order");
    }
}
