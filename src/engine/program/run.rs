//! Runs a program once: text on its standard input, a limit on its time and on what it writes, and what it
//! said on standard error kept for the message. No shell.

use std::{
    ffi::OsStr,
    io::{ErrorKind, Read, Write},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

/// The most that is kept of standard error.
const MOST_SAID: usize = 2000;
/// How much of it a message shows.
const MOST_SHOWN: usize = 300;

/// Why a program gave no output.
#[derive(Debug, thiserror::Error)]
pub(in crate::engine) enum RunError {
    /// It cannot be started.
    #[error("{program} cannot be started: {reason}")]
    Start {
        /// As it was called.
        program: String,
        /// Why.
        reason: String,
    },
    /// It did not end in time and was stopped.
    #[error("{program} did not end within {} s and was stopped{said}", limit.as_secs_f32())]
    Time {
        /// As it was called.
        program: String,
        /// The limit.
        limit: Duration,
        /// What it said on standard error.
        said: String,
    },
    /// It wrote more than sound can be, and was stopped.
    #[error("{program} wrote more than {limit} bytes and was stopped{said}")]
    Bytes {
        /// As it was called.
        program: String,
        /// The limit.
        limit: u64,
        /// What it said on standard error.
        said: String,
    },
    /// It ended with an error.
    #[error("{program} failed ({status}){said}")]
    Failed {
        /// As it was called.
        program: String,
        /// Exit status or signal.
        status: String,
        /// What it said on standard error.
        said: String,
    },
}

/// What one run may take.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Limits {
    /// From start to end.
    pub(in crate::engine) time: Duration,
    /// Bytes on standard output.
    pub(in crate::engine) bytes: u64,
}

/// Runs `command` with `input` on standard input, and returns what it wrote on standard output.
///
/// # Errors
/// See [`RunError`]; each variant names the program.
pub(in crate::engine) fn run(
    command: &mut Command,
    input: Vec<u8>,
    limits: Limits,
) -> Result<Vec<u8>, RunError> {
    let program = name(command.get_program());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| RunError::Start {
        program: program.clone(),
        reason: if e.kind() == ErrorKind::NotFound {
            "it is not installed, or not on the PATH".to_owned()
        } else {
            e.to_string()
        },
    })?;
    let deadline = Instant::now() + limits.time;
    // The threads are not joined: a grandchild may keep the pipes open for as long as it likes.
    let mut stdin = child.stdin.take().expect("piped");
    thread::spawn(move || {
        // A program may do without the rest of its input; its output tells whether it should have.
        let _ = stdin.write_all(&input);
    });
    let said = listen(child.stderr.take().expect("piped"));
    let stdout = child.stdout.take().expect("piped");
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.take(limits.bytes + 1).read_to_end(&mut bytes);
        let _ = sender.send(read.map(|_| bytes));
    });
    let left = deadline.saturating_duration_since(Instant::now());
    let bytes = match output.recv_timeout(left) {
        Ok(Ok(bytes)) if bytes.len() as u64 > limits.bytes => {
            stop(&mut child);
            return Err(RunError::Bytes { program, limit: limits.bytes, said: heard(&said) });
        }
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => None,
    };
    let ended = bytes.as_ref().and_then(|_| wait(&mut child, deadline));
    let (Some(bytes), Some(status)) = (bytes, ended) else {
        stop(&mut child);
        return Err(RunError::Time { program, limit: limits.time, said: heard(&said) });
    };
    if !status.success() {
        let status = status.to_string();
        return Err(RunError::Failed { program, status, said: heard(&said) });
    }
    Ok(bytes)
}

/// A program's name for messages: without its folders.
pub(in crate::engine) fn name(program: &OsStr) -> String {
    let path = std::path::Path::new(program);
    path.file_name().unwrap_or(program).to_string_lossy().into_owned()
}

/// Keeps the last of what is said on standard error, and sends it when that ends.
pub(in crate::engine) fn listen(mut stderr: ChildStderr) -> Receiver<String> {
    let (sender, said) = channel();
    thread::spawn(move || {
        let (mut kept, mut chunk) = (Vec::new(), [0; 1024]);
        while let Ok(count) = stderr.read(&mut chunk) {
            if count == 0 {
                break;
            }
            kept.extend_from_slice(&chunk[..count]);
            let surplus = kept.len().saturating_sub(MOST_SAID);
            kept.drain(..surplus);
        }
        let _ = sender.send(String::from_utf8_lossy(&kept).into_owned());
    });
    said
}

/// What was said, fit for the end of a message: `: ` and the last of it on one line, or nothing.
pub(in crate::engine) fn heard(said: &Receiver<String>) -> String {
    let said = said.recv_timeout(Duration::from_millis(500)).unwrap_or_default();
    let line = shown(&said);
    if line.is_empty() { line } else { format!(": {line}") }
}

/// The end of `text` on one line, harmless to a terminal.
pub(in crate::engine) fn shown(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let line = words.join(" ");
    let skip = line.chars().count().saturating_sub(MOST_SHOWN);
    line.chars().skip(skip).collect()
}

/// Waits for the end until `deadline`; the standard library has no such call.
fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    let mut pause = Duration::from_micros(200);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(pause),
            Ok(None) | Err(_) => return None,
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn stop(child: &mut Child) {
    // It may have ended by itself meanwhile.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { time: Duration::from_secs(20), bytes: 100_000 };

    fn sh(script: &str, input: &str, limits: Limits) -> Result<Vec<u8>, RunError> {
        run(Command::new("sh").arg("-c").arg(script), input.as_bytes().to_vec(), limits)
    }

    #[test]
    fn text_goes_in_and_sound_comes_out() {
        assert_eq!(sh("cat", "words", LIMITS).unwrap(), b"words");
        // More than a pipe holds, and a program that does not want it.
        let much = "x".repeat(90_000);
        assert_eq!(sh("cat", &much, LIMITS).unwrap().len(), 90_000);
        assert_eq!(sh("echo done", &much, LIMITS).unwrap(), b"done\n");
    }

    #[test]
    fn what_goes_wrong_is_named_with_what_the_program_said() {
        let error = sh("echo ouch >&2; exit 3", "", LIMITS).unwrap_err().to_string();
        assert_eq!(error, "sh failed (exit status: 3): ouch");
        let error = sh("yes", "", LIMITS).unwrap_err().to_string();
        assert_eq!(error, "sh wrote more than 100000 bytes and was stopped");
        let short = Limits { time: Duration::from_millis(300), ..LIMITS };
        for script in ["echo busy >&2; sleep 600", "exec >&- ; echo busy >&2; exec sleep 600"] {
            let error = sh(script, "", short).unwrap_err().to_string();
            assert!(error.starts_with("sh did not end within 0.3 s and was stopped"), "{error}");
        }
        let gone = run(&mut Command::new("/nowhere/speaker"), Vec::new(), LIMITS).unwrap_err();
        assert_eq!(
            gone.to_string(),
            "speaker cannot be started: it is not installed, or not on the PATH"
        );
        let loud =
            sh("printf '\\033[2J'; seq 10000 >&2; exit 1", "", LIMITS).unwrap_err().to_string();
        assert!(loud.ends_with("9999 10000") && loud.len() < 400, "{loud}");
    }
}
