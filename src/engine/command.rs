//! Any program that takes text and gives a WAV, as a `voice.toml` declares it.
//!
//! It is started once for each utterance, without a shell: text on its standard input, a limit on its time
//! and on what it writes. It knows nothing of words, so their marks are estimated.

use std::{fs, path::Path, process::Command, time::Duration};

use super::{
    Capabilities, Control, Engine, EngineError, Synthesizer, Utterance,
    program::{
        self, characters,
        run::{Limits, run},
        text_of, wav,
    },
};
use crate::model::{Clip, Program, Voice};

/// The engine: voices and the program that speaks each.
pub struct CommandEngine {
    voices: Vec<(Voice, Program)>,
}

impl CommandEngine {
    /// The engine of these voices.
    #[must_use]
    pub fn new(voices: Vec<(Voice, Program)>) -> Self {
        Self { voices }
    }

    fn program(&self, voice: &Voice) -> Option<&(Voice, Program)> {
        self.voices.iter().find(|(known, _)| known.id == voice.id)
    }
}

fn control(range: Option<[f32; 2]>) -> Control {
    range.map_or(Control::Fixed, |[low, high]| Control::Range(low, high))
}

fn capabilities(program: &Program) -> Capabilities {
    Capabilities {
        rate: control(program.rate),
        pitch: control(program.pitch),
        deterministic: program.deterministic,
        phonemes: false,
        max_units: program.characters,
        min_units: 0,
    }
}

impl Engine for CommandEngine {
    fn id(&self) -> &'static str {
        "command"
    }

    fn version(&self) -> String {
        "1".into()
    }

    fn capabilities(&self, voice: &Voice) -> Capabilities {
        let fixed = Capabilities {
            rate: Control::Fixed,
            pitch: Control::Fixed,
            deterministic: false,
            phonemes: false,
            max_units: 1,
            min_units: 0,
        };
        self.program(voice).map_or(fixed, |(_, program)| capabilities(program))
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.iter().map(|(voice, _)| voice.clone()).collect()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let (voice, program) = self.program(voice).cloned().ok_or_else(|| EngineError::Voice {
            voice: voice.id.clone(),
            reason: "no voice.toml declares it".into(),
        })?;
        Ok(Box::new(CommandSynthesizer { voice, program }))
    }
}

struct CommandSynthesizer {
    voice: Voice,
    program: Program,
}

impl CommandSynthesizer {
    /// `argument` with what its placeholders stand for.
    fn filled(&self, argument: &str, rate: f32, pitch: f32, output: &Path) -> String {
        argument
            .replace("{voice}", &self.voice.name)
            .replace("{language}", &self.voice.language)
            .replace("{rate}", &rate.to_string())
            .replace("{pitch}", &pitch.to_string())
            .replace("{output}", &output.to_string_lossy())
    }
}

impl Synthesizer for CommandSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(characters(utterance.words))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let (words, voice) = (utterance.words, &self.voice);
        if words.is_empty() {
            return Ok(Clip { sample_rate: voice.sample_rate, ..Clip::default() });
        }
        let passing = |reason: String| EngineError::Retryable { voice: voice.id.clone(), reason };
        let folder = tempfile::tempdir().map_err(|e| passing(e.to_string()))?;
        let output = folder.path().join("speech.wav");
        let (rate, _) = control(self.program.rate).apply(utterance.prosody.rate);
        let (pitch, _) = control(self.program.pitch).apply(utterance.prosody.pitch);
        let mut command = Command::new(&self.program.command);
        let arguments = &self.program.arguments;
        command.args(arguments.iter().map(|a| self.filled(a, rate, pitch, &output)));
        let limits =
            Limits { time: Duration::from_secs(self.program.seconds), bytes: program::MOST_SOUND };
        let text = text_of(words) + "\n";
        let mut bytes =
            run(&mut command, text.into_bytes(), limits).map_err(|e| passing(e.to_string()))?;
        let name = program::run::name(command.get_program());
        if arguments.iter().any(|a| a.contains("{output}")) {
            let length = fs::metadata(&output).map_or(0, |m| m.len());
            if length == 0 || length > program::MOST_SOUND {
                return Err(passing(format!("{name} wrote {length} bytes to {{output}}")));
            }
            bytes = fs::read(&output).map_err(|e| passing(format!("{name}: {e}")))?;
        }
        let (samples, found) = wav::decode(bytes).map_err(|e| passing(format!("{name}: {e}")))?;
        if found != voice.sample_rate {
            let reason = format!(
                "{name} gives {found} samples per second, and its voice.toml says {}",
                voice.sample_rate
            );
            return Err(EngineError::voice(voice, reason));
        }
        program::clip(voice, words, samples, found)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::model::Prosody;
    use crate::{engine::contract, model::Gender};

    fn engine(command: &str, arguments: &[&str]) -> CommandEngine {
        let voice = program::voice("command", "mine", "en-GB", Gender::Male, 22_050);
        let program = Program {
            command: command.into(),
            arguments: arguments.iter().map(|&a| a.to_owned()).collect(),
            seconds: 20,
            rate: None,
            pitch: None,
            deterministic: true,
            characters: 4000,
        };
        CommandEngine::new(vec![(voice, program)])
    }

    fn say(engine: &CommandEngine, text: &str) -> Result<Clip, EngineError> {
        let words = contract::words(text);
        let utterance =
            Utterance { words: &words, language: "en", prosody: Prosody::default(), seed: 0 };
        engine.open(&engine.voices()[0]).unwrap().synthesize(&utterance)
    }

    #[test]
    fn the_contract_holds_for_a_program_that_writes_to_standard_output_or_to_a_file() {
        let there = std::process::Command::new("espeak-ng").arg("--version").output().is_ok();
        contract::present(there, "espeak-ng");
        if there {
            let pipe = engine("espeak-ng", &["-v", "en-gb", "--stdin", "--stdout"]);
            contract::holds(&pipe, &pipe.voices()[0]);
            let file = engine("espeak-ng", &["-v", "en-gb", "--stdin", "-w", "{output}"]);
            let text = "The same words, twice.";
            assert_eq!(say(&pipe, text).unwrap(), say(&file, text).unwrap());
        }
    }

    #[test]
    fn what_a_program_does_wrong_is_named() {
        let cases: [(&str, &[&str], &str); 8] = [
            (
                "sh",
                &["-c", "echo '<html>no</html>'"],
                "sh: it gave no WAV but text: \"<html>no</html>\"",
            ),
            (
                "sh",
                &["-c", "echo no such voice >&2; exit 2"],
                "sh failed (exit status: 2): no such voice",
            ),
            ("sh", &["-c", "printf 'RIFF....WAVEfmt '"], "sh: its WAV is cut short"),
            ("sh", &["-c", "kill -9 $$"], "sh failed (signal: 9 (SIGKILL))"),
            (
                "sh",
                &[
                    "-c",
                    "printf 'RIFF\\044\\001\\000\\000WAVEfmt \\020\\000\\000\\000\\001\\000\\001\\000\\042\\126\\000\\000\\104\\254\\000\\000\\002\\000\\020\\000data\\000\\001\\000\\000half'",
                ],
                "sh: its WAV is cut short: 256 bytes are announced, 4 came",
            ),
            ("true", &[], "true: it gave nothing"),
            ("true", &["{output}"], "true wrote 0 bytes to {output}"),
            ("/nowhere/say", &[], "say cannot be started: it is not installed"),
        ];
        for (command, arguments, wanted) in cases {
            let error = say(&engine(command, arguments), "words").unwrap_err().to_string();
            assert!(error.starts_with("voice command:mine: ") && error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn a_program_that_hangs_is_stopped_by_its_own_limit() {
        let mut engine = engine("sh", &["-c", "echo tuning >&2; sleep 60 & wait"]);
        engine.voices[0].1.seconds = 1;
        let error = say(&engine, "words").unwrap_err();
        assert!(matches!(error, EngineError::Retryable { .. }), "{error}");
        let wanted = "voice command:mine: sh did not end within 1 s and was stopped: tuning";
        assert_eq!(error.to_string(), wanted);
    }

    #[test]
    fn text_is_never_an_argument_and_arguments_see_no_shell() {
        let error =
            say(&engine("echo", &["$(id)", "{voice};", "{language}"]), "words").unwrap_err();
        assert!(error.to_string().contains("text: \"$(id) mine; en-GB\""), "{error}");
    }
}
