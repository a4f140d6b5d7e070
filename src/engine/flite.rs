//! flite, as it is installed on the system: a few English voices, between robotic and pleasant.
//!
//! Its program is started once for each utterance (a few milliseconds). Its excitation is random: the same
//! words sound the same and have other samples each time, which [`Capabilities::deterministic`] says.

use std::{fs, path::Path, process::Command, time::Duration};

use super::{
    Capabilities, Control, Engine, EngineError, Synthesizer, Utterance,
    program::{
        self, characters,
        run::{Limits, run},
        text_of, wav,
    },
};
use crate::model::{Clip, Gender, Voice, Word};

/// Its voices that are worth having, with language, gender, samples per second and rank. `slt` has MOS 3.1
/// by `DistillMOS` and 4.1% word errors by Whisper tiny.en.
const KNOWN: &[(&str, &str, Gender, u32, u8)] = &[
    ("slt", "en-US", Gender::Female, 16_000, 40),
    ("rms", "en-US", Gender::Male, 16_000, 40),
    ("awb", "en-GB", Gender::Male, 16_000, 35),
    ("kal16", "en-US", Gender::Male, 16_000, 28),
];

/// The voice whose pitch does not move: it has no model of it.
const ONE_PITCH: &str = "rms";

const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.0),
    pitch: Control::Range(0.7, 1.4),
    deterministic: false,
    phonemes: false,
    max_units: 4000,
    min_units: 0,
};

/// The engine.
pub struct FliteEngine {
    version: String,
    voices: Vec<Voice>,
}

impl FliteEngine {
    /// The flite of this machine; `None` when there is none, or none that answers.
    #[must_use]
    pub fn find() -> Option<Self> {
        // It reads text from a file only, and /dev/stdin is one where there is such a thing.
        if !Path::new("/dev/stdin").exists() {
            return None;
        }
        let limits = Limits { time: Duration::from_secs(10), bytes: 1 << 16 };
        let ask = |argument: &str| {
            let said = run(Command::new("flite").arg(argument), Vec::new(), limits).ok()?;
            Some(String::from_utf8_lossy(&said).into_owned())
        };
        // "Voices available: kal awb_time kal16 awb rms slt"
        let listed = ask("-lv")?;
        let names: Vec<&str> = listed.split_once(':')?.1.split_whitespace().collect();
        let voices = KNOWN.iter().filter(|known| names.contains(&known.0)).map(voice).collect();
        // The version is all that `--version` gets right: it ends with an error.
        Some(Self { version: "2".into(), voices })
    }
}

fn voice(&(name, language, gender, sample_rate, quality): &(&str, &str, Gender, u32, u8)) -> Voice {
    Voice {
        licence: "BSD-4-Clause".into(),
        description: "flite: small, quick and a little robotic".into(),
        quality,
        ..program::voice("flite", name, language, gender, sample_rate)
    }
}

impl Engine for FliteEngine {
    fn id(&self) -> &'static str {
        "flite"
    }

    fn version(&self) -> String {
        self.version.clone()
    }

    fn capabilities(&self, voice: &Voice) -> Capabilities {
        if voice.name == ONE_PITCH {
            return Capabilities { pitch: Control::Fixed, ..CAPABILITIES };
        }
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.clone()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let known = self.voices.iter().find(|v| v.id == voice.id).ok_or_else(|| {
            let reason =
                "this machine's flite has no such voice; `aloud voices list` shows its voices";
            EngineError::voice(voice, reason)
        })?;
        Ok(Box::new(FliteSynthesizer { voice: known.clone() }))
    }
}

struct FliteSynthesizer {
    voice: Voice,
}

impl Synthesizer for FliteSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(characters(utterance.words))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let (words, voice) = (utterance.words, &self.voice);
        if words.is_empty() {
            return Ok(Clip { sample_rate: voice.sample_rate, ..Clip::default() });
        }
        if characters(words) > CAPABILITIES.max_units {
            return Err(program::refused(voice, words, "it is too long to be spoken at once"));
        }
        let latin = |w: &Word| w.text.is_ascii() || w.text.chars().any(|c| c.is_ascii_alphabetic());
        if let Some(strange) = words.iter().position(|w| !latin(w)) {
            return Err(program::refused(
                voice,
                &words[strange..=strange],
                "it reads English only",
            ));
        }
        let passing = |reason: String| EngineError::Retryable { voice: voice.id.clone(), reason };
        // It writes a WAV to a file that it can go back in, not to a pipe.
        let folder = tempfile::tempdir().map_err(|e| passing(e.to_string()))?;
        let file = folder.path().join("speech.wav");
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        let (pitch, _) = CAPABILITIES.pitch.apply(utterance.prosody.pitch);
        let stretch = format!("duration_stretch={}", 1.0 / rate);
        let shift = format!("f0_shift={pitch}");
        let mut command = Command::new("flite");
        command
            .args(["-voice", &voice.name, "--setf", &stretch, "--setf", &shift])
            .args(["-f", "/dev/stdin", "-o"])
            .arg(&file);
        let limits = Limits { time: program::SPEAKING, bytes: 1 << 20 };
        // Typographic marks are unknown to it.
        let text: String = text_of(words).chars().map(plain).collect();
        run(&mut command, text.into_bytes(), limits).map_err(|e| passing(e.to_string()))?;
        let bytes = fs::read(&file).map_err(|_| passing("flite wrote no sound".to_owned()))?;
        let (samples, rate) = wav::decode(bytes).map_err(|e| passing(format!("flite: {e}")))?;
        program::clip(voice, words, samples, rate)
    }
}

/// The ASCII of typographic punctuation.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        '\u{2013}' | '\u{2014}' => ',',
        '\u{2026}' => '.',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::contract;
    use crate::model::Prosody;

    #[test]
    fn the_contract_holds() {
        let found = FliteEngine::find();
        contract::present(found.is_some(), "flite");
        let Some(engine) = found else { return };
        for id in ["flite:slt", "flite:rms"] {
            let voice = engine.voices().into_iter().find(|v| v.id == id).expect(id);
            contract::holds(&engine, &voice);
        }
        let voice = &engine.voices()[0];
        let words = contract::words("a Привет");
        let prosody = Prosody::default();
        let utterance = Utterance { words: &words, language: "en", prosody, seed: 0 };
        let error = engine.open(voice).unwrap().synthesize(&utterance).unwrap_err().to_string();
        assert!(error.contains("Привет") && error.contains("English only"), "{error}");
    }
}
