//! What stands in the `.onnx.json` beside a Piper voice.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use serde::Deserialize;

/// A larger file than this describes no voice.
const MOST_BYTES: u64 = 4 << 20;

/// A Piper voice's own description. What aloud does not need is not read; other programs have added to it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Config {
    pub(super) audio: Audio,
    #[serde(default)]
    espeak: Option<EspeakVoice>,
    #[serde(default)]
    pub(super) inference: Inference,
    #[serde(default)]
    pub(super) phoneme_type: PhonemeType,
    /// The ids of each phoneme, `_` for the pause between phonemes, `^` and `$` for the edges.
    phoneme_id_map: HashMap<String, Vec<i32>>,
    #[serde(default = "one")]
    pub(super) num_speakers: u32,
    /// Id of each speaker by name.
    #[serde(default)]
    pub(super) speaker_id_map: BTreeMap<String, i32>,
    #[serde(default)]
    language: Option<Language>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Audio {
    pub(super) sample_rate: u32,
}

#[derive(Debug, Clone, Deserialize)]
struct EspeakVoice {
    voice: String,
}

/// How lively the voice speaks, as its maker set it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default)]
pub(super) struct Inference {
    pub(super) noise_scale: f32,
    pub(super) length_scale: f32,
    pub(super) noise_w: f32,
}

impl Default for Inference {
    /// Piper's own defaults.
    fn default() -> Self {
        Self { noise_scale: 0.667, length_scale: 1.0, noise_w: 0.8 }
    }
}

/// What the voice was trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PhonemeType {
    /// espeak-ng's IPA.
    #[default]
    Espeak,
    /// The letters themselves.
    Text,
    /// Something else.
    #[serde(other)]
    Other,
}

#[derive(Debug, Clone, Deserialize)]
struct Language {
    code: String,
}

fn one() -> u32 {
    1
}

impl Config {
    /// Reads and checks `file`.
    ///
    /// # Errors
    /// What is wrong with it, naming it.
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        let fault = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let bytes = fs::metadata(file).map_err(|e| fault(&e))?.len();
        if bytes > MOST_BYTES {
            return Err(fault(&"it is larger than 4 MB, which no description of a voice is"));
        }
        let text = fs::read_to_string(file).map_err(|e| fault(&e))?;
        let config: Self = serde_json::from_str(&text).map_err(|e| fault(&e))?;
        config.check().map_err(|e| fault(&e))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let Inference { noise_scale, length_scale, noise_w } = self.inference;
        let scales = [("noise_scale", noise_scale), ("noise_w", noise_w)];
        if let Some((name, value)) = scales.iter().find(|(_, v)| !(0.0..=5.0).contains(v)) {
            return Err(format!("inference.{name} is {value}, not 0 to 5"));
        }
        if !(0.1..=10.0).contains(&length_scale) {
            return Err(format!("inference.length_scale is {length_scale}, not 0.1 to 10"));
        }
        let rate = self.audio.sample_rate;
        if !(8000..=192_000).contains(&rate) {
            return Err(format!("audio.sample_rate is {rate}, not 8000 to 192000"));
        }
        if self.phoneme_type == PhonemeType::Other {
            return Err("phoneme_type is neither espeak nor text, and aloud reads no other".into());
        }
        if self.phoneme_type == PhonemeType::Espeak && self.espeak.is_none() {
            return Err("espeak.voice is missing".into());
        }
        for edge in ["_", "^", "$"] {
            if self.ids(edge).is_empty() {
                return Err(format!("phoneme_id_map has no \"{edge}\""));
            }
        }
        Ok(())
    }

    /// espeak-ng's name of its voice; empty when it reads letters.
    pub(super) fn espeak_voice(&self) -> &str {
        self.espeak.as_ref().map_or("", |e| &e.voice)
    }

    /// The ids of `phoneme`; none when the voice does not know it.
    pub(super) fn ids(&self, phoneme: &str) -> &[i32] {
        self.phoneme_id_map.get(phoneme).map_or(&[], Vec::as_slice)
    }

    /// Its language as BCP 47: what it says itself, or what its espeak-ng voice says.
    pub(super) fn language(&self) -> String {
        let own = self.language.as_ref().map(|l| l.code.replace('_', "-"));
        own.filter(|code| !code.is_empty()).unwrap_or_else(|| match self.espeak_voice() {
            "en-us" => "en-US".into(),
            "fr-fr" => "fr-FR".into(),
            "pt-br" => "pt-BR".into(),
            other => other.split(['-', '+']).next().unwrap_or("und").to_owned(),
        })
    }

    /// Id of the speaker called `name`, or of that number.
    pub(super) fn speaker(&self, name: &str) -> Option<i32> {
        let number =
            || name.parse().ok().filter(|n| u32::try_from(*n).is_ok_and(|n| n < self.num_speakers));
        self.speaker_id_map.get(name).copied().or_else(number)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A description with `change` made in it, as a file of a folder that lives as long as the test.
    pub(in crate::engine::piper) fn described(
        change: (&str, &str),
    ) -> (tempfile::TempDir, std::path::PathBuf) {
        let text = r#"{ "audio": { "sample_rate": 22050, "quality": "medium" }, "espeak": { "voice": "en-us" },
            "inference": { "noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8 },
            "phoneme_type": "espeak", "num_speakers": 3, "speaker_id_map": { "ann": 1, "Bob Q.": 2 },
            "phoneme_id_map": { "_": [0], "^": [1], "$": [2], " ": [3], "a": [4], "ˈ": [5], ".": [6], "b": [7] } }"#;
        assert!(text.contains(change.0), "{}", change.0);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("voice.onnx.json");
        fs::write(&file, text.replacen(change.0, change.1, 1)).expect("a file");
        (folder, file)
    }

    #[test]
    fn a_description_is_read() {
        let (_folder, file) = described(("", ""));
        let config = Config::read(&file).expect("a description");
        assert_eq!((config.audio.sample_rate, config.espeak_voice()), (22_050, "en-us"));
        assert_eq!((config.ids("a"), config.ids("z")), (&[4][..], &[][..]));
        assert_eq!(config.language(), "en-US");
        let speakers = ["ann", "Bob Q.", "0", "3", "nobody"].map(|name| config.speaker(name));
        assert_eq!(speakers, [Some(1), Some(2), Some(0), None, None]);
        let (_folder, file) = described((
            "\"num_speakers\"",
            "\"language\": { \"code\": \"de_AT\" }, \"num_speakers\"",
        ));
        assert_eq!(Config::read(&file).expect("a description").language(), "de-AT");
    }

    #[test]
    fn what_cannot_be_right_is_refused_by_field() {
        let cases = [
            (("22050", "1"), "audio.sample_rate"),
            (("0.667", "-1"), "inference.noise_scale"),
            (("\"length_scale\": 1", "\"length_scale\": 0"), "inference.length_scale"),
            (("\"espeak\",", "\"pinyin\","), "phoneme_type"),
            (("\"espeak\": {", "\"espook\": {"), "espeak.voice"),
            (("\"$\": [2],", ""), "\"$\""),
            (("\"^\": [1],", "\"^\": [],"), "\"^\""),
            (("{ \"audio\"", "[ \"audio\""), "voice.onnx.json"),
        ];
        for (change, wanted) in cases {
            let (_folder, file) = described(change);
            let error = Config::read(&file).expect_err(wanted);
            assert!(error.contains(wanted) && error.contains("voice.onnx.json"), "{error}");
        }
    }
}
