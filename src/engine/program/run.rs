//! Runs a program once: text on its standard input, a limit on its time and on what it writes, and what it
//! said on standard error kept for the message. No shell.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    io::{self, ErrorKind, Read, Write},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
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
    /// What it wrote cannot be read.
    #[error("what {program} wrote cannot be read: {reason}{said}")]
    Read {
        /// As it was called.
        program: String,
        /// Why.
        reason: String,
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
    let (mut process, pipes) = Process::start(command).map_err(|e| RunError::Start {
        program: program.clone(),
        reason: if e.kind() == ErrorKind::NotFound {
            "it is not installed, or not on the PATH".to_owned()
        } else {
            e.to_string()
        },
    })?;
    let deadline = Instant::now() + limits.time;
    // The threads are not joined: what the program has started, and left running when it ended well, may keep
    // the pipes open for as long as it likes.
    let Pipes { mut stdin, stdout, stderr } = pipes;
    thread::spawn(move || {
        // A program may do without the rest of its input; its output tells whether it should have.
        let _ = stdin.write_all(&input);
    });
    let said = listen(stderr);
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.take(limits.bytes + 1).read_to_end(&mut bytes);
        let _ = sender.send(read.map(|_| bytes));
    });
    let left = deadline.saturating_duration_since(Instant::now());
    let bytes = match output.recv_timeout(left) {
        Ok(Ok(bytes)) if bytes.len() as u64 > limits.bytes => {
            drop(process);
            return Err(RunError::Bytes { program, limit: limits.bytes, said: heard(&said) });
        }
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(error)) => {
            drop(process);
            let reason = error.to_string();
            return Err(RunError::Read { program, reason, said: heard(&said) });
        }
        Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => None,
    };
    let ended = bytes.as_ref().and_then(|_| process.wait(deadline));
    let (Some(bytes), Some(status)) = (bytes, ended) else {
        drop(process);
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

/// The ends of a process's channels.
pub(in crate::engine) struct Pipes {
    pub(in crate::engine) stdin: ChildStdin,
    pub(in crate::engine) stdout: ChildStdout,
    pub(in crate::engine) stderr: ChildStderr,
}

/// The numbers of the processes that run now.
static RUNNING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

fn running<R>(change: impl FnOnce(&mut BTreeSet<u32>) -> R) -> R {
    change(&mut RUNNING.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Ends all programs that engines run at the moment, with what these have started: for an exit that drops nothing.
/// On Unix alone; elsewhere the interrupt of a terminal reaches them by itself.
pub fn end_programs() {
    running(|all| all.iter().for_each(|process| end_group(*process)));
}

/// Ends a process group.
fn end_group(process: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = process;
}

/// A running process. Dropping it ends it, and on Unix whatever it has started: it leads a process group of its own.
/// So does it not hear the interrupt of a terminal, which is for aloud to answer.
pub(in crate::engine) struct Process {
    child: Child,
    /// Whether its end has been seen: from then on its number may be another's.
    ended: bool,
}

impl Process {
    /// Starts `command` with pipes for all three channels.
    pub(in crate::engine) fn start(command: &mut Command) -> io::Result<(Self, Pipes)> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn()?;
        let pipes = Pipes {
            stdin: child.stdin.take().expect("piped"),
            stdout: child.stdout.take().expect("piped"),
            stderr: child.stderr.take().expect("piped"),
        };
        running(|all| all.insert(child.id()));
        Ok((Self { child, ended: false }, pipes))
    }

    /// Waits for the end until `deadline`; the standard library has no such call.
    fn wait(&mut self, deadline: Instant) -> Option<ExitStatus> {
        let mut pause = Duration::from_micros(200);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    self.end();
                    return Some(status);
                }
                Ok(None) if Instant::now() < deadline => thread::sleep(pause),
                Ok(None) | Err(_) => return None,
            }
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    /// Whether it has ended by itself.
    pub(in crate::engine) fn has_ended(&mut self) -> bool {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            self.end();
        }
        self.ended
    }

    /// Its end has been seen.
    fn end(&mut self) {
        self.ended = true;
        running(|all| all.remove(&self.child.id()));
    }

    /// Its number.
    #[cfg(test)]
    pub(in crate::engine) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it, and it alone, as a crash would.
    #[cfg(test)]
    pub(in crate::engine) fn crash(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("it was running");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        // It may have ended by itself meanwhile; until it has been waited for, its number stays its own.
        end_group(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.end();
    }
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
        let gone = run(&mut Command::new("/nowhere/speaker"), Vec::new(), LIMITS).unwrap_err();
        assert_eq!(
            gone.to_string(),
            "speaker cannot be started: it is not installed, or not on the PATH"
        );
        let loud =
            sh("printf '\\033[2J'; seq 10000 >&2; exit 1", "", LIMITS).unwrap_err().to_string();
        assert!(loud.ends_with("9999 10000") && loud.len() < 400, "{loud}");
    }

    #[test]
    fn what_runs_is_known_until_it_has_ended() {
        let (mut process, pipes) = Process::start(Command::new("sleep").arg("60")).unwrap();
        let id = process.id();
        assert!(running(|all| all.contains(&id)));
        // What an interrupt does to all, to this one: other tests run programs of their own.
        end_group(id);
        let said = listen(pipes.stderr);
        assert_eq!(said.recv_timeout(LIMITS.time).as_deref(), Ok(""));
        assert!(process.wait(Instant::now() + LIMITS.time).is_some());
        assert!(!running(|all| all.contains(&id)));
        let (process, _) = Process::start(Command::new("sleep").arg("60")).unwrap();
        let id = process.id();
        drop(process);
        assert!(!running(|all| all.contains(&id)));
    }

    #[test]
    fn a_program_that_hangs_ends_with_all_that_it_has_started() {
        // It hangs with its output open, with it closed, and while a program of its own does so.
        let scripts =
            ["sleep 60", "exec >&-; exec sleep 60", "sleep 60 & wait", "(sleep 60 & sleep 60)"];
        let limits = Limits { time: Duration::from_secs(2), ..LIMITS };
        thread::scope(|scope| {
            for script in scripts {
                scope.spawn(move || {
                    let error = sh(&format!("echo busy >&2; {script}"), "", limits).unwrap_err();
                    // What was said is known when nobody holds the channel any more: all have ended.
                    let wanted = "sh did not end within 2 s and was stopped: busy";
                    assert_eq!(error.to_string(), wanted, "{script}");
                });
            }
        });
    }
}
