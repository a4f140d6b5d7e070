//! A speech service that answers as `/v1/audio/speech` of `OpenAI` does, as a `voice.toml` declares it.
//!
//! The key comes from the environment alone and appears in no message. A service that is busy is asked
//! again, later each time and never before it says so; no more requests are under way than were declared.
//! The client is `ureq`: blocking, as everything here is, and small.

use std::{
    env,
    io::Read,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::json;
use ureq::Agent;

use super::{
    Capabilities, Control, Engine, EngineError, Synthesizer, Utterance,
    program::{self, characters, run::shown, text_of, wav},
};
use crate::{
    decode,
    model::{Answer, Clip, Service, Voice},
};

/// How often a busy service is asked.
const TRIES: u32 = 5;
/// The first wait of a series in which each is twice the one before.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait that a service may ask for.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

const RATE: Control = Control::Range(0.25, 4.0);

/// The engine: voices and the service that speaks each.
pub struct HttpEngine {
    voices: Vec<(Voice, Arc<Client>)>,
}

/// A service and who may use it.
struct Client {
    service: Service,
    agent: Agent,
    /// Requests that may still begin.
    free: Mutex<usize>,
    freed: Condvar,
    first_wait: Duration,
}

impl HttpEngine {
    /// The engine of these voices. Nothing is asked yet.
    #[must_use]
    pub fn new(voices: Vec<(Voice, Service)>) -> Self {
        Self::waiting(voices, FIRST_WAIT)
    }

    fn waiting(voices: Vec<(Voice, Service)>, first_wait: Duration) -> Self {
        let mut clients: Vec<Arc<Client>> = Vec::new();
        let voices = voices.into_iter().map(|(voice, service)| {
            let known = clients.iter().find(|c| c.service == service).cloned();
            let client = known.unwrap_or_else(|| {
                let client = Arc::new(Client::new(service, first_wait));
                clients.push(Arc::clone(&client));
                client
            });
            (voice, client)
        });
        let voices = voices.collect();
        Self { voices }
    }

    fn client(&self, voice: &Voice) -> Option<&(Voice, Arc<Client>)> {
        self.voices.iter().find(|(known, _)| known.id == voice.id)
    }
}

impl Engine for HttpEngine {
    fn id(&self) -> &'static str {
        "http"
    }

    fn version(&self) -> String {
        "1".into()
    }

    fn capabilities(&self, voice: &Voice) -> Capabilities {
        Capabilities {
            rate: if self.client(voice).is_none_or(|(_, c)| c.service.speed) {
                RATE
            } else {
                Control::Fixed
            },
            pitch: Control::Fixed,
            deterministic: false,
            phonemes: false,
            max_units: self.client(voice).map_or(1, |(_, c)| c.service.characters),
            min_units: 0,
        }
    }

    fn voices(&self) -> Vec<Voice> {
        self.voices.iter().map(|(voice, _)| voice.clone()).collect()
    }

    fn open(&self, voice: &Voice) -> Result<Box<dyn Synthesizer>, EngineError> {
        let missing = |reason: String| EngineError::voice(voice, reason);
        let (voice, client) = self
            .client(voice)
            .cloned()
            .ok_or_else(|| missing("no voice.toml declares it".into()))?;
        let key = match &client.service.key {
            None => None,
            Some(name) => match env::var(name) {
                Ok(key) if !key.trim().is_empty() => Some(key.trim().to_owned()),
                _ => return Err(missing(format!("set {name} to the key of its service"))),
            },
        };
        Ok(Box::new(HttpSynthesizer { voice, client, key }))
    }
}

/// Why a request gave no sound.
struct Refusal {
    reason: String,
    /// When it may be worth asking again; `None` is never.
    again: Option<Duration>,
}

impl Client {
    fn new(service: Service, first_wait: Duration) -> Self {
        let time = Duration::from_secs(service.seconds);
        let agent = Agent::config_builder()
            .timeout_global(Some(time))
            .http_status_as_error(false)
            // A redirect would carry the key to somebody else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("aloud/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        let free = Mutex::new(service.requests.max(1));
        Self { service, agent, free, freed: Condvar::new(), first_wait }
    }

    /// Asks until there is an answer or no hope.
    fn speak(&self, body: &[u8], key: Option<&str>) -> Result<Vec<u8>, String> {
        let _turn = self.turn();
        let mut wait = self.first_wait;
        let mut tries = 1;
        loop {
            match self.ask(body, key) {
                Ok(answer) => return Ok(answer),
                Err(Refusal { reason, again: Some(asked) }) if tries < TRIES => {
                    if asked > LONGEST_WAIT {
                        let seconds = asked.as_secs();
                        return Err(format!("{reason}; it wants to be left alone for {seconds} s"));
                    }
                    thread::sleep(asked.max(wait));
                    wait *= 2;
                    tries += 1;
                }
                Err(Refusal { reason, .. }) => {
                    return Err(match tries {
                        1 => reason,
                        _ => format!("{reason} (asked {tries} times)"),
                    });
                }
            }
        }
    }

    /// One request.
    fn ask(&self, body: &[u8], key: Option<&str>) -> Result<Vec<u8>, Refusal> {
        let soon = |reason: String| Refusal { reason, again: Some(Duration::ZERO) };
        let never = |reason: String| Refusal { reason, again: None };
        let mut request =
            self.agent.post(&self.service.url).header("Content-Type", "application/json");
        if let Some(key) = key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let late = format!("it did not answer within {} s", self.service.seconds);
        let response = request.send(body).map_err(|e| match e {
            ureq::Error::Timeout(_) => soon(late.clone()),
            other => soon(other.to_string()),
        })?;
        let status = response.status().as_u16();
        let after = response.headers().get("retry-after").and_then(|v| v.to_str().ok());
        let after = after.and_then(|value| retry_after(value, SystemTime::now()));
        let mut answer = Vec::new();
        let reader = response.into_body().into_reader();
        let read = reader.take(program::MOST_SOUND + 1).read_to_end(&mut answer);
        read.map_err(|e| match ureq::Error::from(e) {
            ureq::Error::Timeout(_) => soon(late),
            other => soon(format!("its answer broke off: {other}")),
        })?;
        if answer.len() as u64 > program::MOST_SOUND {
            return Err(never("its answer is longer than sound can be".to_owned()));
        }
        if status == 200 {
            return Ok(answer);
        }
        let said = shown(&String::from_utf8_lossy(&answer[..answer.len().min(600)]));
        let reason = format!("it answered {status}: {said}");
        match status {
            408 | 429 | 500..=599 => {
                Err(Refusal { reason, again: Some(after.unwrap_or_default()) })
            }
            _ => Err(never(reason)),
        }
    }

    /// Waits until one more request may begin.
    fn turn(&self) -> Turn<'_> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Turn(self)
    }
}

/// A request under way.
struct Turn<'a>(&'a Client);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

struct HttpSynthesizer {
    voice: Voice,
    client: Arc<Client>,
    key: Option<String>,
}

impl Synthesizer for HttpSynthesizer {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(characters(utterance.words))
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let (words, voice, service) = (utterance.words, &self.voice, &self.client.service);
        if words.is_empty() {
            return Ok(Clip { sample_rate: voice.sample_rate, ..Clip::default() });
        }
        let format = match service.answer {
            Answer::Wav => "wav",
            Answer::Mp3 => "mp3",
            Answer::Pcm => "pcm",
        };
        let (rate, _) = RATE.apply(utterance.prosody.rate);
        let mut body = json!({
            "model": service.model, "voice": voice.name, "input": text_of(words),
            "response_format": format,
        });
        if service.speed {
            body["speed"] = rate.into();
        }
        // It has been asked often enough: another worker would fare no better.
        let failed = |reason: String| program::refused(voice, words, &reason);
        let answer = self
            .client
            .speak(body.to_string().as_bytes(), self.key.as_deref())
            .map_err(|e| failed(format!("{}: {e}", service.url)))?;
        let (samples, rate) =
            self.sound(answer).map_err(|e| failed(format!("{}: {e}", service.url)))?;
        if rate != voice.sample_rate {
            return Err(failed(format!(
                "{} gives {rate} samples per second, and its voice.toml says {}",
                service.url, voice.sample_rate
            )));
        }
        program::clip(voice, words, samples, rate)
    }
}

impl HttpSynthesizer {
    /// The sound in an answer, and its rate; if there is none, what there is instead.
    fn sound(&self, answer: Vec<u8>) -> Result<(Vec<f32>, u32), String> {
        match self.client.service.answer {
            Answer::Wav => wav::decode(answer),
            Answer::Mp3 if is_text(&answer) => {
                Err(format!("it gave no MP3 but {}", wav::beginning(&answer)))
            }
            Answer::Mp3 => {
                let longest = program::MOST_SECONDS;
                decode::decode(answer, "mp3", longest).map_err(|e| format!("its answer {e}"))
            }
            Answer::Pcm if is_text(&answer) || !answer.len().is_multiple_of(2) => {
                Err(format!("it gave no samples but {}", wav::beginning(&answer)))
            }
            Answer::Pcm => {
                let sample = |b: &[u8]| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32_768.0;
                Ok((answer.chunks_exact(2).map(sample).collect(), self.voice.sample_rate))
            }
        }
    }
}

/// Whether an answer is plainly HTML or JSON. Samples may begin with any byte, not with a line of letters.
fn is_text(answer: &[u8]) -> bool {
    let beginning = &answer[..answer.len().min(64)];
    matches!(answer.trim_ascii_start().first(), Some(b'<' | b'{'))
        && beginning.iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace())
}

/// How long `Retry-After` asks to wait: it has seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = chrono::DateTime::parse_from_rfc2822(value).ok()?.timestamp();
    let now = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Duration::from_secs(u64::try_from(then).ok()?.saturating_sub(now)))
}

#[cfg(test)]
mod tests;
