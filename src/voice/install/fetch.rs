//! Gets a package from an index, through the index's own client: pip or npm.
//!
//! For packages aloud itself opens no connection: the client does, with the user's own settings for
//! mirrors, proxies and certificates. It is started without a shell and without input, in our process
//! group, so that Ctrl-C ends it too; it keeps its temporary files in our working folder, where the growing
//! download can be seen and is removed whatever happens.

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
use crate::voice::{InstallError, Pack, PackSource};

/// How pip is started, in the order tried: a plain `pip` may be that of an old Python 2.
const PIP: &[&[&str]] = &[
    &["python3", "-m", "pip"],
    &["pip3"],
    &["py", "-m", "pip"],
    &["python", "-m", "pip"],
    &["pip"],
];

/// How npm is started; on Windows it is a script.
const NPM: &[&[&str]] = &[&["npm"], &["npm.cmd"]];

/// How long a client may neither fetch nor say anything. pip's own time limit for a silent server is 15 s
/// unless the user sets another, and each of its retries is a line.
const PATIENCE: Duration = Duration::from_mins(10);

/// How often the growing download is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Lines of a client's messages that are kept for an error, and characters of each.
const LAST_LINES: usize = 4;
const LINE_LENGTH: usize = 400;

/// The end of its messages that is kept, in bytes.
const MOST_SAID: usize = 64 << 10;

/// How long to wait for the rest of its messages once it has ended. They are there at once, unless a child
/// of its own lives on and keeps the pipe open.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// What is said by programs that are no pip: Python without it, and the placeholders that Windows and macOS
/// install for Python.
const NOT_PIP: &[&str] = &["No module named pip", "Python was not found", "xcode-select"];

/// What the clients say when there is no way to the index.
const NO_NETWORK: &[&str] = &[
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "ConnectionResetError",
    "Temporary failure in name resolution",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
];

/// What they say when the disk is full.
const FULL: &[&str] = &["No space left on device", "ENOSPC"];

/// A client of a package index, and how patient to be with it.
pub(super) struct Client<'a> {
    /// Its name, for people.
    pub(super) name: &'static str,
    /// What has to be installed to have it, for people.
    pub(super) needs: &'static str,
    /// Programs with their first arguments, in the order tried.
    pub(super) commands: &'a [&'a [&'a str]],
    /// Its command and flags; the folder and the package follow.
    pub(super) arguments: &'static [&'static str],
    /// What is said by programs that are not it.
    pub(super) pretenders: &'static [&'static str],
    /// How long it may show no sign of life.
    pub(super) patience: Duration,
}

impl Client<'_> {
    /// The client of the Python package index.
    pub(super) fn pip() -> Self {
        Self {
            name: "pip",
            needs: "Python 3 with pip",
            commands: PIP,
            arguments: &[
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--no-input",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "--dest",
            ],
            pretenders: NOT_PIP,
            patience: PATIENCE,
        }
    }

    /// The client of the npm registry.
    pub(super) fn npm() -> Self {
        Self {
            name: "npm",
            needs: "Node.js with npm",
            commands: NPM,
            arguments: &["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination"],
            pretenders: &[],
            patience: PATIENCE,
        }
    }
}

/// How a client's run ended.
enum End {
    Exited(ExitStatus),
    /// It was stopped after showing no sign of life for so long.
    Stalled,
}

impl Client<'_> {
    /// Downloads `source` of `pack` below `work` with the first of the commands that there is.
    pub(super) fn fetch(
        &self,
        pack: &Pack,
        source: &PackSource,
        work: &Path,
        progress: &dyn Progress,
    ) -> Result<PathBuf, InstallError> {
        let folder = work.join("download");
        fs::create_dir_all(&folder).map_err(unwritable(pack, &folder))?;
        let mut missing = Vec::new();
        for command in self.commands {
            let Some(mut child) = self.start(command, &source.spec(), &folder, work) else {
                missing.push(command.join(" "));
                continue;
            };
            let messages = Messages::of(child.stderr.take());
            let end = self.watch(&mut child, work, &messages, source.bytes(), progress);
            let end = end.map_err(unwritable(pack, work))?;
            let said = messages.said();
            let fetched = folder.join(source.file());
            let reason = match end {
                End::Exited(status) if status.success() && fetched.is_file() => {
                    progress.bytes(source.bytes(), source.bytes());
                    return Ok(fetched);
                }
                End::Exited(status) if status.success() => {
                    format!("it gave no file {}", source.file())
                }
                End::Exited(_) if self.pretenders.iter().any(|mark| said.contains(mark)) => {
                    missing.push(command.join(" "));
                    continue;
                }
                End::Exited(_) if FULL.iter().any(|mark| said.contains(mark)) => {
                    return Err(unwritable(pack, work)(io::ErrorKind::StorageFull.into()));
                }
                End::Exited(status) => why(&said, status),
                End::Stalled => {
                    let minutes = self.patience.as_secs() / 60;
                    format!("it was stopped after {minutes} minutes without a sign of life")
                }
            };
            return Err(InstallError::Fetch {
                pack: pack.id.clone(),
                client: self.name,
                what: source.spec(),
                reason,
                by_hand: source.by_hand(),
            });
        }
        Err(InstallError::NoClient {
            pack: pack.id.clone(),
            client: self.name,
            needs: self.needs,
            tried: missing.join(", "),
            by_hand: source.by_hand(),
        })
    }

    /// Starts the client; `None` when there is no such program.
    fn start(&self, command: &[&str], spec: &str, folder: &Path, work: &Path) -> Option<Child> {
        let (program, arguments) = command.split_first()?;
        Command::new(program)
            .args(arguments)
            .args(self.arguments)
            .arg(folder)
            .arg(spec)
            .env("TMPDIR", work)
            .env("TEMP", work)
            .env("TMP", work)
            .env("npm_config_cache", work.join("cache"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .ok()
    }

    /// Waits for the client while showing how far the download is.
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
            let fetched = package_below(work);
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

/// Size of the largest package below `folder`, wherever the client keeps it meanwhile.
fn package_below(folder: &Path) -> u64 {
    let package = |e: &walkdir::DirEntry| {
        let extension = e.path().extension().and_then(OsStr::to_str);
        matches!(extension, Some("whl" | "tgz"))
            || e.path().components().any(|c| c.as_os_str() == "_cacache")
    };
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(package);
    files.filter_map(|e| e.metadata().ok()).map(|m| m.len()).max().unwrap_or(0)
}

/// What a client says, read beside the waiting: a full pipe would stop it. Kept in memory, since a message may be
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

/// Why a client failed, in its own last words.
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
