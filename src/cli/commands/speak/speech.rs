//! The system's speech, by the crate `tts`: Speech Dispatcher, AVFoundation or WinRT.

use std::{
    env,
    sync::mpsc::{self, Receiver},
};

use anyhow::{Context as _, anyhow};
use tts::{Features, Tts, UtteranceId};

use super::player::{Sentence, Speech};
use crate::{
    model::{Gender, Prosody, Voice},
    voice,
};

/// The prefix of ids of its voices. No engine has it: these voices write nothing.
const ENGINE: &str = "speech";

/// A connection to it.
pub(super) struct SystemSpeech {
    tts: Tts,
    features: Features,
    /// The utterances that are over, or were stopped.
    over: Receiver<String>,
    current: Option<String>,
    /// What is set now, so that it is set again only when it changes.
    prosody: Option<Prosody>,
}

impl SystemSpeech {
    /// Connects, but starts nothing.
    ///
    /// # Errors
    /// When there is no speech, with what to do about it.
    pub(super) fn open() -> anyhow::Result<Self> {
        // The library would start a dispatcher that is not running, and wait for it.
        #[cfg(target_os = "linux")]
        dispatcher::answers()?;
        let tts = Tts::default().context("the system's speech cannot be used")?;
        let features = tts.supported_features();
        let (sender, over) = mpsc::channel();
        if features.utterance_callbacks {
            let stopped = sender.clone();
            // The receiver is gone when nobody listens any more.
            let ended = move |id: UtteranceId| drop(sender.send(name(&id)));
            tts.on_utterance_end(Some(Box::new(ended)))?;
            tts.on_utterance_stop(Some(Box::new(move |id| drop(stopped.send(name(&id))))))?;
        }
        Ok(Self { tts, features, over, current: None, prosody: None })
    }

    /// Its voices, in the system's order. A system that lists none may speak all the same.
    pub(super) fn voices(&self) -> Vec<Voice> {
        let listed = self.tts.voices().unwrap_or_default();
        listed.iter().map(described).collect()
    }

    /// Speaks with `voice` from now on.
    pub(super) fn use_voice(&mut self, voice: &Voice) -> anyhow::Result<()> {
        let listed = self.tts.voices()?;
        let found = listed.iter().find(|v| described(v).id == voice.id);
        let found = found.ok_or_else(|| anyhow!("the system's voice {} is gone", voice.name))?;
        let refused = || format!("the system's speech does not take its voice {}", voice.name);
        self.tts.set_voice(found).with_context(refused)
    }

    fn set(&mut self, prosody: Prosody) -> Result<(), tts::Error> {
        if self.prosody == Some(prosody) {
            return Ok(());
        }
        let tts = &mut self.tts;
        if self.features.rate {
            let limits = [tts.min_rate(), tts.normal_rate(), tts.max_rate()];
            tts.set_rate(factor(prosody.rate, limits))?;
        }
        if self.features.pitch {
            let limits = [tts.min_pitch(), tts.normal_pitch(), tts.max_pitch()];
            tts.set_pitch(factor(prosody.pitch, limits))?;
        }
        if self.features.volume {
            let (low, normal) = (tts.min_volume(), tts.normal_volume());
            let share = prosody.volume.unwrap_or(1.0).clamp(0.0, 1.0);
            tts.set_volume(low + (normal - low) * share)?;
        }
        self.prosody = Some(prosody);
        Ok(())
    }
}

impl Speech for SystemSpeech {
    fn begin(&mut self, sentence: &Sentence) -> anyhow::Result<()> {
        const REFUSED: &str = "the system's speech refuses to speak";
        self.set(sentence.prosody).context(REFUSED)?;
        let id = self.tts.speak(sentence.spoken.as_str(), false).context(REFUSED)?;
        self.current = id.as_ref().map(name);
        Ok(())
    }

    fn stop(&mut self) -> anyhow::Result<()> {
        self.current = None;
        self.tts.stop().context("the system's speech cannot be stopped")?;
        Ok(())
    }

    fn is_over(&mut self) -> anyhow::Result<bool> {
        match &self.current {
            Some(current) if self.features.utterance_callbacks => {
                Ok(self.over.try_iter().any(|id| id == *current))
            }
            _ => Ok(!self.tts.is_speaking()?),
        }
    }
}

/// An utterance's name: its number cannot be compared on every system.
fn name(id: &UtteranceId) -> String {
    format!("{id:?}")
}

fn described(voice: &tts::Voice) -> Voice {
    Voice {
        id: format!("{ENGINE}:{}", voice.id()),
        engine: ENGINE.into(),
        name: voice.name(),
        language: voice.language().to_string(),
        gender: match voice.gender() {
            Some(tts::Gender::Female) => Gender::Female,
            Some(tts::Gender::Male) => Gender::Male,
            None => Gender::Neutral,
        },
        sample_rate: 0,
        licence: String::new(),
        description: String::new(),
        quality: 0,
    }
}

/// The setting for a factor between a system's lowest, normal and highest one. Where normal is 0 (Speech
/// Dispatcher has -100 to 100), the highest is taken for two and a half times, evenly in logarithms.
fn factor(wanted: Option<f32>, [low, normal, high]: [f32; 3]) -> f32 {
    const HIGHEST: f32 = 2.5;
    let factor = wanted.unwrap_or(1.0).max(0.01);
    let setting = if normal == 0.0 { high * factor.ln() / HIGHEST.ln() } else { normal * factor };
    setting.clamp(low, high)
}

/// Whether `language` is the one that the system itself has, whose voice is for its user to choose.
pub(super) fn speaks_by_default(language: &str) -> bool {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| env::var(name).unwrap_or_default());
    own_language(&set).is_none_or(|own| voice::same_language(&own, language))
}

/// The language of the first locale that is set; that of C is English.
fn own_language(locales: &[String]) -> Option<String> {
    let locale = locales.iter().find(|locale| !locale.is_empty())?;
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    Some(if matches!(tag.as_str(), "C" | "POSIX") { "en".into() } else { tag })
}

#[cfg(target_os = "linux")]
mod dispatcher {
    //! Whether a Speech Dispatcher runs and answers.

    use std::{
        env,
        io::{self, Read, Write},
        net::TcpStream,
        os::unix::net::UnixStream,
        path::PathBuf,
        time::Duration,
    };

    use anyhow::bail;

    /// How long it may take to say goodbye.
    const PATIENCE: Duration = Duration::from_secs(3);

    /// Where it listens.
    #[derive(Debug, PartialEq, Eq)]
    enum Address {
        Socket(PathBuf),
        Port(String),
    }

    /// # Errors
    /// When none does, with where it was looked for and how to start it.
    pub(super) fn answers() -> anyhow::Result<()> {
        let variable = |name| env::var(name).ok().filter(|value: &String| !value.is_empty());
        let folder = variable("XDG_RUNTIME_DIR").map(PathBuf::from);
        let cache = || {
            let own = variable("XDG_CACHE_HOME").map(PathBuf::from);
            own.or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".cache")))
        };
        let folder = folder.or_else(cache).unwrap_or_default();
        let address = address(variable("SPEECHD_ADDRESS").as_deref(), folder);
        let (place, asked) = match &address {
            Address::Socket(path) => (path.display().to_string(), ask_socket(path)),
            Address::Port(port) => (port.clone(), ask_port(port)),
        };
        match asked {
            Ok(answer) if answer.starts_with("2") => Ok(()),
            Ok(_) => bail!("what listens at {place} is no Speech Dispatcher"),
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                bail!("the Speech Dispatcher at {place} does not answer; restart it")
            }
            Err(e) => bail!(
                "no Speech Dispatcher is running at {place} ({e}); start it with \
                 `speech-dispatcher --spawn`, after installing it with \
                 `apt-get install speech-dispatcher` or the like"
            ),
        }
    }

    /// The address in `SPEECHD_ADDRESS`, or the usual one.
    fn address(set: Option<&str>, folder: PathBuf) -> Address {
        let usual = || Address::Socket(folder.join("speech-dispatcher").join("speechd.sock"));
        match set.and_then(|set| set.split_once(':')) {
            Some(("unix_socket", path)) => Address::Socket(PathBuf::from(path)),
            Some(("inet_socket", at)) if at.contains(':') => Address::Port(at.to_owned()),
            Some(("inet_socket", host)) => Address::Port(format!("{host}:6560")),
            _ if set == Some("inet_socket") => Address::Port("127.0.0.1:6560".into()),
            _ => usual(),
        }
    }

    fn ask_socket(path: &PathBuf) -> io::Result<String> {
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        goodbye(socket)
    }

    fn ask_port(port: &str) -> io::Result<String> {
        let socket = TcpStream::connect(port)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        goodbye(socket)
    }

    /// What it says to somebody who leaves at once.
    fn goodbye(mut socket: impl Read + Write) -> io::Result<String> {
        socket.write_all(b"QUIT\r\n")?;
        let mut answer = [0; 64];
        let length = socket.read(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn it_is_looked_for_where_its_library_does() {
            let at = |set| address(set, PathBuf::from("/run/user/1"));
            let usual = Address::Socket("/run/user/1/speech-dispatcher/speechd.sock".into());
            assert_eq!(at(None), usual);
            assert_eq!(at(Some("unix_socket")), usual);
            assert_eq!(at(Some("unix_socket:/tmp/s")), Address::Socket("/tmp/s".into()));
            assert_eq!(at(Some("inet_socket")), Address::Port("127.0.0.1:6560".into()));
            assert_eq!(at(Some("inet_socket:box")), Address::Port("box:6560".into()));
            assert_eq!(at(Some("inet_socket:box:1")), Address::Port("box:1".into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "ends of ranges are exact")]
    fn factors_become_settings_of_each_system() {
        let dispatcher = [-100.0, 0.0, 100.0];
        assert_eq!(factor(None, dispatcher), 0.0);
        assert_eq!(factor(Some(2.5), dispatcher), 100.0);
        assert_eq!(factor(Some(0.0), dispatcher), -100.0);
        assert!((factor(Some(1.5), dispatcher) - 44.25).abs() < 0.1);
        assert_eq!(factor(Some(1.5), [0.5, 1.0, 6.0]), 1.5);
        assert_eq!(factor(Some(9.0), [0.5, 1.0, 6.0]), 6.0);
    }

    #[test]
    fn the_systems_language_is_that_of_its_locale() {
        let own =
            |set: &[&str]| own_language(&set.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(own(&["", "", "fr_FR.UTF-8"]).as_deref(), Some("fr-FR"));
        assert_eq!(own(&["C.UTF-8", "de_DE", ""]).as_deref(), Some("en"));
        assert_eq!(own(&["sr_RS@latin"]).as_deref(), Some("sr-RS"));
        assert_eq!(own(&["", ""]), None);
    }
}
