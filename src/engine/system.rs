//! The speech of macOS (`say`) and of Windows (System.Speech, through PowerShell): the voices that come with
//! the system, to WAV.
//!
//! Written from their documentation and tested as far as that goes without either system: the lists that
//! they print and the commands that are run. Text goes in on standard input and the WAV comes out in a
//! file; word marks are estimated.

use std::{fs, path::Path, process::Command, time::Duration};

use super::{
    Capabilities, Control, Engine, EngineError, Synthesizer, Utterance,
    program::{
        self, characters,
        run::{Limits, run},
        text_of, wav,
    },
};
use crate::model::{Clip, Gender, Voice};

/// Samples per second: asked of `say`, and what System.Speech writes.
const SAMPLE_RATE: u32 = 22_050;
/// Between robotic and natural; the systems' voices differ, and nobody measured them.
const QUALITY: u8 = 45;
/// Words per minute of `say` at rate 1.
const WORDS_PER_MINUTE: f32 = 175.0;

/// Voices of macOS whose gender its list does not tell.
const MEN: &[&str] = &[
    "Aaron", "Alex", "Arthur", "Daniel", "Diego", "Eddy", "Fred", "Gordon", "Jorge", "Juan",
    "Luca", "Maged", "Martin", "Nicolas", "Oliver", "Otoya", "Reed", "Rishi", "Rocko", "Thomas",
    "Tom", "Xander", "Yuri",
];

/// Lists the installed voices: name, culture and gender, separated by tabs.
const LIST: &str = "Add-Type -AssemblyName System.Speech; \
    [Console]::OutputEncoding = [Text.Encoding]::UTF8; \
    (New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() | \
    Where-Object { $_.Enabled } | ForEach-Object { $v = $_.VoiceInfo; \
    [string]::Join([char]9, @($v.Name, $v.Culture.Name, $v.Gender.ToString())) }";
/// Speaks standard input. What varies comes in the environment, where nothing has to be quoted.
const SPEAK: &str = "Add-Type -AssemblyName System.Speech; \
    [Console]::InputEncoding = [Text.Encoding]::UTF8; \
    $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; \
    $s.SelectVoice($env:ALOUD_SPEECH_VOICE); $s.Rate = [int]$env:ALOUD_SPEECH_RATE; \
    $s.SetOutputToWaveFile($env:ALOUD_SPEECH_FILE); $s.Speak([Console]::In.ReadToEnd()); $s.Dispose()";

const CAPABILITIES: Capabilities = Capabilities {
    rate: Control::Range(0.5, 2.0),
    pitch: Control::Fixed,
    deterministic: false,
    phonemes: false,
    max_units: 4000,
    min_units: 0,
};

/// Whose speech it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `say` of macOS.
    Say,
    /// System.Speech of Windows.
    PowerShell,
}

/// The engine.
pub struct SystemEngine {
    kind: Kind,
    voices: Vec<Voice>,
}

impl SystemEngine {
    /// The speech of this system; `None` where there is none that writes files.
    #[must_use]
    pub fn find() -> Option<Self> {
        let kind = if cfg!(target_os = "macos") {
            Kind::Say
        } else if cfg!(windows) {
            Kind::PowerShell
        } else {
            return None;
        };
        let limits = Limits { time: Duration::from_secs(20), bytes: 1 << 20 };
        let listed = run(&mut kind.list(), Vec::new(), limits).ok()?;
        Some(Self { kind, voices: kind.voices(&String::from_utf8_lossy(&listed)) })
    }
}

impl Kind {
    fn list(self) -> Command {
        let mut command = Command::new(self.program());
        match self {
            Self::Say => command.args(["-v", "?"]),
            Self::PowerShell => command.args(["-NoProfile", "-NonInteractive", "-Command", LIST]),
        };
        command
    }

    fn program(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::PowerShell => "powershell.exe",
        }
    }

    /// The voices in what the system's list says.
    fn voices(self, listed: &str) -> Vec<Voice> {
        listed.lines().filter_map(|line| self.voice(line)).collect()
    }

    fn voice(self, line: &str) -> Option<Voice> {
        let (name, language, gender) = match self {
            // "Bad News            en_US    # The light you see at the end of the tunnel ..."
            Self::Say => {
                let (described, _) = line.split_once('#')?;
                let (name, language) = described.trim_end().rsplit_once(char::is_whitespace)?;
                let name = name.trim();
                let man = MEN.iter().any(|m| name.split([' ', '(']).next() == Some(m));
                (name, language.replace('_', "-"), if man { Gender::Male } else { Gender::Female })
            }
            Self::PowerShell => {
                let mut fields = line.trim_end().split('\t');
                let (name, language) = (fields.next()?, fields.next()?);
                let gender = match fields.next()? {
                    "Male" => Gender::Male,
                    "Female" => Gender::Female,
                    _ => Gender::Neutral,
                };
                (name, language.to_owned(), gender)
            }
        };
        let plain = !name.is_empty() && !name.starts_with('-') && !name.contains(char::is_control);
        plain.then(|| Voice {
            licence: "LicenseRef-system".into(),
            description: "comes with the system; its terms of use apply".into(),
            quality: QUALITY,
            ..program::voice("system", name, &language, gender, SAMPLE_RATE)
        })
    }

    /// The command that speaks standard input into `file`.
    fn speak(self, voice: &str, rate: f32, file: &Path) -> Command {
        let mut command = Command::new(self.program());
        match self {
            Self::Say => {
                let rate = (WORDS_PER_MINUTE * rate).round().to_string();
                command.args(["-v", voice, "-r", &rate, "-f", "-", "--file-format=WAVE"]);
                command.arg(format!("--data-format=LEI16@{SAMPLE_RATE}")).arg("-o").arg(file);
            }
            Self::PowerShell => {
                // -10 to 10 are about a third to three times the rate, evenly in logarithms.
                let steps = (rate.ln() / 3.0_f32.ln() * 10.0).round().to_string();
                command.args(["-NoProfile", "-NonInteractive", "-Command", SPEAK]);
                command.env("ALOUD_SPEECH_VOICE", voice).env("ALOUD_SPEECH_RATE", steps);
                command.env("ALOUD_SPEECH_FILE", file);
            }
        }
        command
    }
}

impl Engine for SystemEngine {
    fn id(&self) -> &'static str {
        "system"
    }

    fn version(&self) -> String {
        "1".into()
    }

    fn capabilities(&self, _voice: &Voice) -> Capabilities {
        CAPABILITIES
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.clone()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let known = self.voices.iter().find(|v| v.id == voice.id).ok_or_else(|| {
            let reason = "this system has no such voice; `aloud voices list` shows its voices";
            EngineError::voice(voice, reason)
        })?;
        Ok(Box::new(SystemSynthesizer { kind: self.kind, voice: known.clone() }))
    }
}

struct SystemSynthesizer {
    kind: Kind,
    voice: Voice,
}

impl Synthesizer for SystemSynthesizer {
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
        let file = folder.path().join("speech.wav");
        let (rate, _) = CAPABILITIES.rate.apply(utterance.prosody.rate);
        let mut command = self.kind.speak(&voice.name, rate, &file);
        let limits = Limits { time: program::SPEAKING, bytes: 1 << 20 };
        run(&mut command, text_of(words).into_bytes(), limits)
            .map_err(|e| passing(e.to_string()))?;
        let bytes = fs::read(&file).map_err(|_| passing("the system wrote no sound".to_owned()))?;
        let (samples, found) = wav::decode(bytes).map_err(passing)?;
        if found != voice.sample_rate {
            return Err(passing(format!("{found} samples per second instead of {SAMPLE_RATE}")));
        }
        program::clip(voice, words, samples, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(voices: &[Voice]) -> Vec<String> {
        voices.iter().map(|v| format!("{} {} {:?}", v.id, v.language, v.gender)).collect()
    }

    #[test]
    fn the_lists_of_both_systems_are_read() {
        let mac = "Alex                en_US    # Most people recognize me by my voice.\n\
                   Bad News            en_US    # The light you see\n\
                   Eddy (German (Germany)) de_DE    # Hallo!\n\
                   -o x                en_US    # an option\n\
                   no comment\n";
        let wanted = [
            "system:Alex en-US Male",
            "system:Bad News en-US Female",
            "system:Eddy (German (Germany)) de-DE Male",
        ];
        assert_eq!(shown(&Kind::Say.voices(mac)), wanted);
        let windows =
            "Microsoft David Desktop\ten-US\tMale\r\nMicrosoft Zira Desktop\ten-US\tFemale\r\n\r\n";
        let wanted = [
            "system:Microsoft David Desktop en-US Male",
            "system:Microsoft Zira Desktop en-US Female",
        ];
        assert_eq!(shown(&Kind::PowerShell.voices(windows)), wanted);
    }

    #[test]
    fn text_is_never_an_argument() {
        let file = Path::new("a b.wav");
        let say = Kind::Say.speak("Alex", 2.0, file);
        let arguments: Vec<_> = say.get_args().map(|a| a.to_string_lossy().into_owned()).collect();
        let wanted = [
            "-v",
            "Alex",
            "-r",
            "350",
            "-f",
            "-",
            "--file-format=WAVE",
            "--data-format=LEI16@22050",
            "-o",
            "a b.wav",
        ];
        assert_eq!(arguments, wanted);
        let powershell = Kind::PowerShell.speak("It's \"me\"", 0.5, file);
        let variables: Vec<_> = powershell
            .get_envs()
            .map(|(k, v)| format!("{}={}", k.display(), v.unwrap_or_default().display()))
            .collect();
        let wanted =
            ["ALOUD_SPEECH_FILE=a b.wav", "ALOUD_SPEECH_RATE=-6", "ALOUD_SPEECH_VOICE=It's \"me\""];
        assert_eq!(variables, wanted);
        assert!(powershell.get_args().all(|a| !a.to_string_lossy().contains("me\"")));
    }
}
