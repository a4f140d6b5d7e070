//! Installing through pip, with shell scripts in its place.

use super::*;

impl Fixture {
    /// A program in the place of pip: `script` in shell, with `$dest`, `$wheel` and `$folder` set.
    fn program(&self, name: &str, script: &str) -> String {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        let text = format!(
            "#!/bin/sh\nfolder='{}'\nwheel='{}'\nprintf '%s\\n' \"$@\" > \"$folder/arguments\"\n\
             while [ $# -gt 0 ]; do [ \"$1\" = --dest ] && dest=$2; shift; done\n{script}\n",
            self.folder.path().display(),
            self.wheel().display(),
        );
        // Copied by another process: a file that this one ever had open for writing may not start while
        // another thread is between fork and exec.
        let draft = self.path("draft");
        fs::write(&draft, text).expect("a script");
        let copied = std::process::Command::new("cp").args([&draft, &path]).status();
        assert!(copied.expect("cp").success());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
        path.to_string_lossy().into_owned()
    }

    /// Installs through `script` in the place of pip.
    fn through(&self, script: &str) -> Result<Installation, InstallError> {
        let program = self.program("pip", script);
        let commands: &[&[&str]] = &[&[&program, "-m", "pip"]];
        let clients = with_pip(commands);
        install_with(&clients, &self.store(), &self.pack, &[], &Quiet)
    }
}

#[test]
fn pip_is_asked_for_exactly_one_wheel_in_our_own_folder() {
    let f = Fixture::new();
    let done = f.through(
        "cat > \"$folder/input\"; echo \"$TMPDIR\" > \"$folder/tmp\"; cp \"$wheel\" \"$dest\"",
    );
    assert_eq!(done.expect("fetched"), Installation::Installed);
    let arguments = fs::read_to_string(f.path("arguments")).expect("arguments");
    let arguments: Vec<&str> = arguments.lines().collect();
    for wanted in ["--no-deps", "--only-binary=:all:", "--no-input"] {
        assert!(arguments.contains(&wanted), "{arguments:?}");
    }
    assert_eq!(arguments[..3], ["-m", "pip", "download"]);
    assert_eq!(arguments.last(), Some(&"toy==1.0"));
    let shelf = f.store().shelf(&f.pack);
    let temporary = fs::read_to_string(f.path("tmp")).expect("a path");
    assert!(Path::new(temporary.trim()).starts_with(&shelf), "{temporary}");
    assert_eq!(fs::read_to_string(f.path("input")).expect("input"), "");
    assert_eq!(f.shelf(), ["1.0"]);
}

#[test]
fn the_first_pip_that_there_is_is_used() {
    let f = Fixture::new();
    let without = f.program("python3", "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
    let windows = f.program("py", "echo 'Python was not found; run without arguments' >&2; exit 9");
    let good = f.program("pip3", "cp \"$wheel\" \"$dest\"");
    let never = f.program("pip", "exit 1");
    let commands: &[&[&str]] =
        &[&["no-such-program"], &[&without, "-m", "pip"], &[&windows], &[&good], &[&never]];
    let clients = with_pip(commands);
    let done = install_with(&clients, &f.store(), &f.pack, &[], &Quiet);
    assert_eq!(done.expect("fetched"), Installation::Installed);
    f.store().remove(&f.pack).expect("removed");
    let clients = with_pip(&commands[..3]);
    let done = install_with(&clients, &f.store(), &f.pack, &[], &Quiet);
    f.assert_refused(done, &["pip was not found", &without, &windows]);
}

#[test]
fn a_pip_that_fails_has_the_last_word() {
    let by_hand = ["`python3 -m pip download --no-deps toy==1.0`", "install toy --from FILE"];
    let network = "echo \"WARNING: Retrying after connection broken by 'NewConnectionError(...)'\" >&2; \
                   echo 'ERROR: No matching distribution found for toy==1.0' >&2; exit 1";
    let cases: [(&str, &[&str]); 6] = [
        (
            "for i in 1 2 3 4 5 6; do echo \"line $i\" >&2; done; exit 2",
            &["toy==1.0: line 3; line 4; line 5; line 6; try again"],
        ),
        ("printf 'a\\033[31mb\\n' >&2; exit 1", &["toy==1.0: a [31mb; "]),
        (network, &["the package index cannot be reached (WARNING: ", "No matching distribution"]),
        ("exit 3", &["it ended with exit status: 3 and said nothing"]),
        ("exit 0", &["it gave no file toy-1.0-py3-none-any.whl"]),
        ("echo half > \"$dest/toy-1.0-py3-none-any.whl\"; kill -9 $$", &["signal: 9"]),
    ];
    for (script, parts) in cases {
        let f = Fixture::new();
        println!("{script}");
        f.assert_refused(f.through(script), &[parts, &by_hand].concat());
    }
    let f = Fixture::new();
    let full = "echo 'OSError: [Errno 28] No space left on device' >&2; exit 1";
    f.assert_refused(f.through(full), &["cannot write ", "free some space"]);
    let f = Fixture::new();
    let endless = "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1";
    let text = f.through(endless).expect_err("failed").to_string();
    assert!(text.len() < 1000, "{}", text.len());
}

#[test]
fn a_wheel_that_pip_got_wrong_is_refused() {
    let f = Fixture::new();
    f.assert_refused(f.through("echo wrong > \"$dest/toy-1.0-py3-none-any.whl\""), &["SHA-256"]);
}

#[test]
fn a_pip_that_shows_no_sign_of_life_is_stopped() {
    let f = Fixture::new();
    let program = f.program("pip", "exec sleep 100000");
    let commands: &[&[&str]] = &[&[&program]];
    let mut clients = with_pip(commands);
    clients.pip.patience = Duration::ZERO;
    let done = install_with(&clients, &f.store(), &f.pack, &[], &Quiet);
    f.assert_refused(done, &["stopped after 0 minutes without a sign of life"]);
}

/// Lets the download go on once it has seen half of it.
struct Watcher {
    go: PathBuf,
    phases: RefCell<Vec<String>>,
    seen: RefCell<Vec<(u64, u64)>>,
}

impl Progress for Watcher {
    fn phase(&self, what: &str) {
        self.phases.borrow_mut().push(what.to_owned());
    }

    fn bytes(&self, done: u64, of: u64) {
        let mut seen = self.seen.borrow_mut();
        // Before the download begins there is nothing, and between two looks the same.
        if done > 0 && !seen.contains(&(done, of)) {
            seen.push((done, of));
        }
        if done > 0 {
            fs::write(&self.go, "").expect("a file");
        }
    }
}

#[test]
fn progress_is_that_of_the_growing_file() {
    let f = Fixture::new();
    let watcher =
        Watcher { go: f.path("go"), phases: RefCell::default(), seen: RefCell::default() };
    let program = f.program(
        "pip",
        "mkdir \"$TMPDIR/pip-unpack\"; head -c 100 \"$wheel\" > \"$TMPDIR/pip-unpack/toy.whl\"\n\
         while [ ! -e \"$folder/go\" ]; do sleep 0.02; done; cp \"$wheel\" \"$dest\"",
    );
    let commands: &[&[&str]] = &[&[&program]];
    let clients = with_pip(commands);
    install_with(&clients, &f.store(), &f.pack, &[], &watcher).expect("fetched");
    let bytes = f.pack.download_bytes();
    assert_eq!(*watcher.seen.borrow(), [(100, bytes), (bytes, bytes)]);
    assert_eq!(*watcher.phases.borrow(), ["fetching", "checking"]);
}
