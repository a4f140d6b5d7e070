//! A fresh folder for each test, and the real program run in it.

pub(crate) mod snapshot;
pub(crate) mod voice;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// The voice of tests that are not about voices.
pub(crate) const TONE: &str = "tone:beep";

/// A scenario: files in a folder of its own, then one or more runs of the program there.
pub(crate) struct Case {
    folder: TempDir,
    environment: Vec<(String, String)>,
    input: Option<Vec<u8>>,
}

impl Case {
    /// An empty folder, without configuration or packs, in the default language.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            environment: Vec::new(),
            input: None,
        }
    }

    /// Adds a file.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn environment(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// What standard input holds; nothing otherwise.
    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = Some(bytes.into());
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The text of a file that must be there.
    pub(crate) fn text(&self, name: &str) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// A JSON file that must be there.
    pub(crate) fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// All files below `name`, relative to it, with `/`, sorted; `.aloud` left out.
    pub(crate) fn files(&self, name: &str) -> Vec<String> {
        files_below(&self.path(name))
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aloud"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("ALOUD_DATA_DIR", self.path("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in ["ALOUD_VOICE", "ALOUD_LANG", "ALOUD_RATE", "ALOUD_PITCH", "ALOUD_VOLUME"] {
            command.env_remove(name);
        }
        for name in ["ALOUD_OUTPUT", "ALOUD_JOBS", "ALOUD_CONFIG"] {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(k, v)| (k, v)));
        command.stdin(if self.input.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = command.spawn().expect("the program starts");
        if let Some(input) = &self.input {
            let mut stdin = child.stdin.take().expect("piped");
            // The program may stop reading early; what it then says is what the test looks at.
            let _ = stdin.write_all(input);
        }
        Ran {
            output: child.wait_with_output().expect("the program ends"),
            arguments: arguments.join(" "),
        }
    }

    /// Builds with the tone voice.
    pub(crate) fn build(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["build", "--voice", TONE], arguments].concat())
    }
}

/// How a run ended.
pub(crate) struct Ran {
    output: Output,
    arguments: String,
}

impl Ran {
    /// It must have ended with `code`.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        let found = self.output.status.code();
        assert_eq!(found, Some(code), "aloud {}\n{}", self.arguments, self.stderr());
        assert!(!self.stderr().contains("panicked at"), "{}", self.stderr());
        self
    }

    /// It must have ended well.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.code(0)
    }

    /// Standard output.
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("UTF-8")
    }

    /// Standard error.
    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// Standard error must contain each of `parts`.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        let stderr = self.stderr();
        for part in parts {
            assert!(stderr.contains(part), "\"{part}\" is not in:\n{stderr}");
        }
        self
    }
}

/// All files below `folder`, relative, with `/`, sorted; folders named `.aloud` left out.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let entries = entries.into_iter().filter_entry(|e| e.file_name() != ".aloud");
    entries
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .filter_map(|e| {
            let relative = e.path().strip_prefix(folder).ok()?;
            Some(relative.to_string_lossy().replace('\\', "/"))
        })
        .collect()
}

/// Every file below `folder` with its bytes.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).expect("a readable file");
        (name, bytes)
    };
    files_below(folder).into_iter().map(read).collect()
}
