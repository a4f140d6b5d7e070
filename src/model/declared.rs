//! Voices that a `voice.toml` declares without any files: a program that is run, a service that is asked.

use serde::{Deserialize, Serialize};

/// A program that takes text on standard input and gives a WAV.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Its name on the PATH, or its path.
    pub command: String,
    /// Its arguments, never seen by a shell. `{voice}`, `{language}`, `{rate}` and `{pitch}` stand for
    /// what is to be spoken; `{output}` for a file to write the WAV to, in place of standard output.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// The longest that one sentence may take, in seconds.
    #[serde(default = "seconds")]
    pub seconds: u64,
    /// Rate factors that `{rate}` takes, lowest and highest.
    #[serde(default)]
    pub rate: Option<[f32; 2]>,
    /// Pitch factors that `{pitch}` takes, lowest and highest.
    #[serde(default)]
    pub pitch: Option<[f32; 2]>,
    /// Whether the same text always gives the same sound.
    #[serde(default)]
    pub deterministic: bool,
    /// The most characters that it takes at once.
    #[serde(default = "characters")]
    pub characters: usize,
}

/// A speech service that answers as `/v1/audio/speech` of `OpenAI` does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Address of the speech endpoint.
    pub url: String,
    /// Name of the service's model.
    pub model: String,
    /// The environment variable that has the key; none for a service without one.
    #[serde(default)]
    pub key: Option<String>,
    /// Whether it obeys `speed`; the sound of one that does not is stretched.
    #[serde(default = "obeys")]
    pub speed: bool,
    /// What it is asked to answer.
    #[serde(default)]
    pub answer: Answer,
    /// Requests at once.
    #[serde(default = "requests")]
    pub requests: usize,
    /// The longest that one request may take, in seconds.
    #[serde(default = "seconds")]
    pub seconds: u64,
    /// Price of a million characters, for `--dry-run`, in whatever currency.
    #[serde(default)]
    pub price_per_million: Option<f64>,
    /// The most characters that it takes at once.
    #[serde(default = "characters")]
    pub characters: usize,
}

/// The form of a service's answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// A WAV.
    #[default]
    Wav,
    /// An MP3.
    Mp3,
    /// Bare samples, 16 bit little-endian mono, at the voice's rate.
    Pcm,
}

fn seconds() -> u64 {
    60
}

fn characters() -> usize {
    4000
}

fn obeys() -> bool {
    true
}

fn requests() -> usize {
    4
}
