//! A worker process: `server.py`, run by the system's Python, with espeak-ng's library loaded.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{ChildStdin, Command},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::words::Begin;
use crate::engine::program::run::{Pipes, Process, heard, listen};

/// What the worker runs.
const SCRIPT: &str = include_str!("server.py");
/// How long a worker may take to say that it is there.
const STARTING: Duration = Duration::from_secs(20);
/// How much longer than its own limit an utterance may take before the worker is given up.
const GRACE: Duration = Duration::from_secs(5);
/// Longest line that a worker may answer: a beginning for each of a great many words.
const MOST_LINE: u64 = 1 << 22;

/// What is to be spoken.
#[derive(Debug, Serialize)]
pub(super) struct Request<'a> {
    /// espeak-ng's name of the voice.
    pub(super) voice: &'a str,
    /// Words per minute.
    pub(super) rate: i32,
    /// Pitch, 0 to 99.
    pub(super) pitch: i32,
    /// One line of text.
    pub(super) text: String,
    /// The longest that it may take.
    pub(super) seconds: u32,
}

/// Sound and where its words begin.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) samples: Vec<f32>,
    pub(super) begins: Vec<Begin>,
}

/// Why a worker is of no use any more.
#[derive(Debug, thiserror::Error)]
pub(super) enum WorkerError {
    /// There is no Python, or none that finds the library.
    #[error("no Python that finds libespeak-ng")]
    Absent,
    /// It ended.
    #[error("its worker process ended{0}")]
    Ended(String),
    /// It did not answer in time.
    #[error("its worker process did not answer within {0} s and was stopped")]
    Time(u64),
    /// It answered something else.
    #[error("its worker process answered what nobody asked: {0}")]
    Answer(String),
}

/// A running worker. Dropping it ends the process, and the one that is speaking.
pub(super) struct Worker {
    process: Process,
    input: ChildStdin,
    replies: Receiver<io::Result<Reply>>,
    said: Receiver<String>,
    voice: Option<String>,
}

#[derive(Deserialize)]
struct Greeting {
    sample_rate: u32,
}

#[derive(Deserialize)]
struct Head {
    bytes: u64,
    words: Vec<Begin>,
}

impl Worker {
    /// Starts one and waits until it is ready.
    pub(super) fn start() -> Result<Self, WorkerError> {
        for python in ["python3", "python"] {
            let mut command = Command::new(python);
            // Isolated: nothing of the user's settings or of the current folder runs along.
            command.args(["-I", "-c", SCRIPT]);
            if let Some(worker) = Self::run(&mut command) {
                return Ok(worker);
            }
        }
        Err(WorkerError::Absent)
    }

    /// The worker that `command` starts; `None` if it does not say that it is ready.
    fn run(command: &mut Command) -> Option<Self> {
        let (process, Pipes { stdin, stdout, stderr }) = Process::start(command).ok()?;
        let said = listen(stderr);
        let (sender, replies) = channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            let mut reply = greeted(&mut stdout);
            while sender.send(reply).is_ok() {
                reply = read(&mut stdout);
                if reply.is_err() {
                    let _ = sender.send(reply);
                    break;
                }
            }
        });
        let worker = Self { process, input: stdin, replies, said, voice: None };
        matches!(worker.replies.recv_timeout(STARTING), Ok(Ok(_))).then_some(worker)
    }

    /// Whether its process has ended while nobody asked it anything.
    pub(super) fn has_ended(&mut self) -> bool {
        self.process.has_ended()
    }

    /// The voice it spoke last.
    pub(super) fn voice(&self) -> Option<&str> {
        self.voice.as_deref()
    }

    /// Speaks. After an error the worker is of no use.
    pub(super) fn speak(&mut self, request: &Request<'_>) -> Result<Reply, WorkerError> {
        self.send(request)?;
        self.reply(Duration::from_secs(u64::from(request.seconds)) + GRACE)
    }

    fn send(&mut self, request: &Request<'_>) -> Result<(), WorkerError> {
        let mut line = serde_json::to_vec(request).expect("strings and numbers");
        line.push(b'\n');
        let sent = self.input.write_all(&line).and_then(|()| self.input.flush());
        if sent.is_err() {
            return Err(WorkerError::Ended(heard(&self.said)));
        }
        self.voice = Some(request.voice.to_owned());
        Ok(())
    }

    fn reply(&self, limit: Duration) -> Result<Reply, WorkerError> {
        match self.replies.recv_timeout(limit) {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(e)) if e.kind() == io::ErrorKind::InvalidData => {
                Err(WorkerError::Answer(e.to_string()))
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                Err(WorkerError::Ended(heard(&self.said)))
            }
            Err(RecvTimeoutError::Timeout) => Err(WorkerError::Time(limit.as_secs())),
        }
    }

    /// The process.
    #[cfg(test)]
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the process without telling anybody.
    #[cfg(test)]
    pub(super) fn crash(&mut self) {
        self.process.crash();
    }
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    from.take(MOST_LINE).read_line(&mut line)?;
    if line.ends_with('\n') { Ok(line) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// The first line: that it is there, at the rate that its voices have.
fn greeted(from: &mut impl BufRead) -> io::Result<Reply> {
    let greeting: Greeting = serde_json::from_str(&line(from)?)?;
    if greeting.sample_rate == super::SAMPLE_RATE {
        return Ok(Reply { samples: Vec::new(), begins: Vec::new() });
    }
    let message = format!("{} samples per second", greeting.sample_rate);
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

/// One answer; half of one is an error.
fn read(from: &mut impl BufRead) -> io::Result<Reply> {
    let head: Head = serde_json::from_str(&line(from)?)?;
    if head.bytes > crate::engine::program::MOST_SOUND {
        let message = format!("{} bytes of sound", head.bytes);
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let mut bytes = Vec::new();
    from.take(head.bytes).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != head.bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let samples =
        bytes.chunks_exact(2).map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32_768.0);
    Ok(Reply { samples: samples.collect(), begins: head.words })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a worker whose part this shell script plays, once it has said that it is ready.
    #[cfg(unix)]
    fn played(script: &str, limit: Duration) -> WorkerError {
        let script = format!("echo '{{\"sample_rate\": 22050}}'; read request; {script}");
        let mut worker = Worker::run(Command::new("sh").args(["-c", &script])).expect("ready");
        let text = "words".to_owned();
        let request = Request { voice: "x", rate: 175, pitch: 50, text, seconds: 0 };
        worker.send(&request).expect("it listens");
        worker.reply(limit).expect_err("no sound")
    }

    #[cfg(unix)]
    #[test]
    fn a_worker_that_dies_hangs_or_answers_half_is_given_up() {
        let long = Duration::from_secs(20);
        for (script, limit, wanted) in [
            ("echo no voice x >&2; exit 1", long, "its worker process ended: no voice x"),
            ("kill -9 $$", long, "its worker process ended"),
            (
                "echo '{\"bytes\": 4000, \"words\": [[0, 1]]}'; printf half",
                long,
                "its worker process ended",
            ),
            ("echo '<html>'", long, "its worker process answered what nobody asked: "),
            (
                "sleep 60 & wait",
                Duration::from_secs(1),
                "its worker process did not answer within 1 s and was stopped",
            ),
        ] {
            let error = played(script, limit).to_string();
            assert!(error.starts_with(wanted), "{script}: {error}");
        }
        // Nor is it one that does not say that it is ready, or is another program.
        for script in ["exit 0", "echo hello", "echo '{\"sample_rate\": 16000}'"] {
            assert!(Worker::run(Command::new("sh").args(["-c", script])).is_none(), "{script}");
        }
    }

    #[test]
    fn half_an_answer_is_an_error() {
        let whole: &[u8] = b"{\"bytes\": 4, \"words\": [[0, 1]]}\n\x00\x40\x00\xC0";
        let reply = read(&mut &whole[..]).unwrap();
        assert_eq!((reply.samples, reply.begins), (vec![0.5, -0.5], vec![Begin(0, 1)]));
        for length in 0..whole.len() {
            assert!(read(&mut &whole[..length]).is_err(), "{length} bytes");
        }
        for wrong in ["<html>\n", "{}\n", "{\"bytes\": 99999999999, \"words\": []}\n"] {
            let error = read(&mut wrong.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{wrong}");
        }
        assert!(greeted(&mut &b"{\"sample_rate\": 16000}\n"[..]).is_err());
    }
}
