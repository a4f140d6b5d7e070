//! Installation with a wheel and a pip made here.

use std::{cell::RefCell, io::Write, path::PathBuf, sync::Barrier, thread, time::Duration};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::{unpack::sha256, *};
use crate::voice::{Catalogue, PackFile, PackSource, PackVoice};

/// Makes a pack describe something else than its wheel.
type Damage = fn(&mut Pack);

/// An installation that nobody watches.
struct Quiet;

impl Progress for Quiet {
    fn phase(&self, _: &str) {}
    fn bytes(&self, _: u64, _: u64) {}
}

fn hash(bytes: &[u8]) -> String {
    sha256(&mut &bytes[..]).expect("memory can be read")
}

/// A folder with a wheel, and the pack that describes it.
struct Fixture {
    folder: TempDir,
    pack: Pack,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let wheel = folder.path().join("toy-1.0-py3-none-any.whl");
        let content = b"weights".repeat(1000);
        let mut zip = zip::ZipWriter::new(File::create(&wheel).expect("a file"));
        let entries: [(&str, &[u8]); 3] =
            [("toy/model.onnx", &content), ("toy/LICENSE", b"MIT"), ("../../evil", b"evil")];
        for (name, bytes) in entries {
            zip.start_file(name, SimpleFileOptions::default()).expect("an entry");
            zip.write_all(bytes).expect("bytes");
        }
        zip.finish().expect("a zip");
        let bytes = fs::read(&wheel).expect("the wheel");
        let template = Catalogue::builtin().pack("hibari").expect("the default").clone();
        let file = |name: &str, bytes: &[u8]| PackFile {
            from: format!("toy/{name}"),
            name: name.into(),
            bytes: bytes.len() as u64,
            sha256: hash(bytes),
        };
        let pack = Pack {
            id: "toy".into(),
            source: PackSource {
                package: "toy".into(),
                version: "1.0".into(),
                file: "toy-1.0-py3-none-any.whl".into(),
                bytes: bytes.len() as u64,
                sha256: hash(&bytes),
            },
            files: vec![file("model.onnx", &content), file("LICENSE", b"MIT")],
            voices: vec![PackVoice { name: "toy".into(), ..template.voices[0].clone() }],
            ..template
        };
        Self { folder, pack }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn wheel(&self) -> PathBuf {
        self.path(&self.pack.source.file)
    }

    fn store(&self) -> PackStore {
        PackStore::new(self.path("data"))
    }

    /// Installs from the wheel.
    fn install(&self) -> Result<Installation, InstallError> {
        install(&self.store(), &self.pack, Some(&self.wheel()), &Quiet)
    }

    /// Names on the shelf of the pack, sorted.
    fn shelf(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.store().shelf(&self.pack)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// `result` is an error that says each of `parts`, and nothing of the pack is there.
    #[track_caller]
    fn assert_refused(&self, result: Result<Installation, InstallError>, parts: &[&str]) {
        let text = result.expect_err("it cannot be installed").to_string();
        for part in [&["voice pack toy: "], parts].concat() {
            assert!(text.contains(part), "\"{part}\" is not in: {text}");
        }
        assert_eq!(self.shelf(), Vec::<String>::new());
        assert_eq!(self.store().installed(&self.pack), None);
    }
}

#[test]
fn a_file_is_installed_whole_and_once() {
    let f = Fixture::new();
    assert_eq!(f.store().installed(&f.pack), None);
    assert_eq!(f.install().expect("installed"), Installation::Installed);
    let folder = f.store().installed(&f.pack).expect("it is there");
    assert_eq!(folder, f.store().folder(&f.pack));
    for file in &f.pack.files {
        assert_eq!(hash(&fs::read(folder.join(&file.name)).expect("the file")), file.sha256);
    }
    // The files of the catalogue and the record; nothing else of the wheel, wherever it wanted to go.
    let count = walkdir::WalkDir::new(f.path("data")).into_iter().flatten();
    let files: Vec<_> =
        count.filter(|e| e.file_type().is_file()).map(|e| e.file_name().to_owned()).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    assert_eq!(f.shelf(), ["1.0"]);
    assert_eq!(f.install().expect("present"), Installation::Present);
}

#[test]
fn what_is_damaged_or_of_another_catalogue_is_installed_again() {
    let mut f = Fixture::new();
    f.install().expect("installed");
    let folder = f.store().folder(&f.pack);
    fs::write(folder.join("model.onnx"), "cut").expect("a file");
    assert_eq!(f.store().installed(&f.pack), None);
    assert_eq!(f.install().expect("again"), Installation::Installed);

    fs::remove_file(folder.join("LICENSE")).expect("removed");
    assert_eq!(f.store().installed(&f.pack), None);
    assert_eq!(f.install().expect("again"), Installation::Installed);

    fs::write(folder.join("pack.json"), "{").expect("a file");
    assert_eq!(f.store().installed(&f.pack), None);
    assert_eq!(f.install().expect("again"), Installation::Installed);

    // Same version, same sizes, other contents.
    let good = f.pack.clone();
    f.pack.files[0].sha256 = "0".repeat(64);
    assert_eq!(f.store().installed(&f.pack), None);
    f.install().expect_err("the wheel has not what this catalogue describes");
    f.pack = good;
    assert!(f.store().installed(&f.pack).is_some(), "a failed installation keeps what was there");
}

#[test]
fn removing_takes_all_of_it() {
    let f = Fixture::new();
    assert!(!f.store().remove(&f.pack).expect("nothing to remove"));
    f.install().expect("installed");
    fs::create_dir_all(f.store().shelf(&f.pack).join("0.9")).expect("an old version");
    assert!(f.store().remove(&f.pack).expect("removed"));
    assert!(!f.store().shelf(&f.pack).exists());
    assert!(!f.store().remove(&f.pack).expect("nothing to remove"));
    assert_eq!(f.install().expect("installed"), Installation::Installed);
}

#[test]
fn what_is_not_as_the_catalogue_says_is_refused_and_leaves_nothing() {
    let fetch = "`python3 -m pip download --no-deps toy==1.0`";
    let zeros = "0".repeat(64);
    let cases: [(&str, Damage, &[&str]); 5] = [
        (
            "another wheel",
            |p| p.source.sha256 = "0".repeat(64),
            &["toy-1.0-py3-none-any.whl has SHA-256 ", &zeros, fetch],
        ),
        (
            "another file",
            |p| p.files[0].sha256 = "0".repeat(64),
            &["toy/model.onnx", &zeros, fetch],
        ),
        (
            "too long",
            |p| p.files[0].bytes = 6999,
            &["toy/model.onnx", "more than the 6999 bytes", fetch],
        ),
        ("too short", |p| p.files[1].bytes = 4, &["toy/LICENSE", "less than the 4 bytes", fetch]),
        (
            "no such entry",
            |p| p.files[1].from = "toy/none".into(),
            &["toy/none", "not found", fetch],
        ),
    ];
    for (what, damage, parts) in cases {
        let mut f = Fixture::new();
        damage(&mut f.pack);
        println!("{what}");
        f.assert_refused(f.install(), parts);
    }
}

#[test]
fn what_is_no_wheel_is_refused_and_leaves_nothing() {
    let mut f = Fixture::new();
    let whole = fs::read(f.wheel()).expect("the wheel");
    let from = |f: &Fixture, name: &str| install(&f.store(), &f.pack, Some(&f.path(name)), &Quiet);
    f.assert_refused(from(&f, "gone.whl"), &["gone.whl: ", "pip download --no-deps toy==1.0"]);
    fs::create_dir(f.path("folder.whl")).expect("a folder");
    f.assert_refused(from(&f, "folder.whl"), &["folder.whl: "]);
    for (name, bytes) in
        [("empty.whl", &b""[..]), ("text.whl", b"no zip"), ("half.whl", &whole[..300])]
    {
        fs::write(f.path(name), bytes).expect("a file");
        f.assert_refused(from(&f, name), &[name, "SHA-256"]);
        f.pack.source.sha256 = hash(bytes);
        f.assert_refused(from(&f, name), &[name, "it is no wheel"]);
    }
}

#[test]
fn of_several_at_once_one_installs_and_all_succeed() {
    let f = Fixture::new();
    let barrier = Barrier::new(4);
    let done: Vec<Installation> = thread::scope(|scope| {
        let install = || {
            barrier.wait();
            f.install().expect("all succeed")
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(install)).collect();
        threads.into_iter().map(|t| t.join().expect("no panic")).collect()
    });
    assert_eq!(done.iter().filter(|d| **d == Installation::Installed).count(), 1);
    assert_eq!(f.shelf(), ["1.0"]);
}

#[test]
fn what_an_interrupted_installation_left_is_swept_and_never_used() {
    let f = Fixture::new();
    let left = f.store().shelf(&f.pack).join(".new-left");
    fs::create_dir_all(left.join("pack")).expect("a folder");
    fs::write(left.join("pack/model.onnx"), "half").expect("a file");
    assert_eq!(f.store().installed(&f.pack), None);
    f.install().expect("installed");
    assert_eq!(f.shelf(), ["1.0"]);
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let f = Fixture::new();
    fs::write(f.path("data"), "a file").expect("a file");
    let error = f.install().expect_err("unwritable").to_string();
    let data = f.path("data").display().to_string();
    assert!(error.contains(&data) && error.contains("set ALOUD_DATA_DIR to"), "{error}");
}

#[test]
fn a_pack_that_is_there_needs_nothing_written() {
    let f = Fixture::new();
    f.install().expect("installed");
    // Where the lock would be, so that opening it fails as in a folder that is read-only.
    let lock = f.store().lock_file(&f.pack);
    fs::remove_file(&lock).expect("the lock");
    fs::create_dir(&lock).expect("a folder");
    assert_eq!(f.install().expect("it is there"), Installation::Present);
    fs::remove_file(f.store().folder(&f.pack).join("LICENSE")).expect("removed");
    let error = f.install().expect_err("no lock").to_string();
    assert!(error.contains("toy.lock"), "{error}");
}

#[test]
fn a_full_disk_says_what_to_do() {
    let f = Fixture::new();
    let error = unwritable(&f.pack, Path::new("data"))(ErrorKind::StorageFull.into()).to_string();
    assert!(
        error.contains("voice pack toy: cannot write data: ") && error.contains("free some space"),
        "{error}"
    );
}

#[test]
fn without_pip_the_way_out_is_named() {
    let f = Fixture::new();
    let commands: &[&[&str]] = &[&["no-such-program-1", "-m", "pip"], &["no-such-program-2"]];
    let pip = Pip { commands, ..Pip::default() };
    let done = install_with(&pip, &f.store(), &f.pack, None, &Quiet);
    f.assert_refused(
        done,
        &[
            "pip was not found (tried no-such-program-1 -m pip, no-such-program-2)",
            "`python3 -m pip download --no-deps toy==1.0`",
            "`aloud voices install toy --from FILE`",
        ],
    );
}

/// With shell scripts in the place of pip.
#[cfg(unix)]
mod with_pip {
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
            let pip = Pip { commands: &[&[&program, "-m", "pip"]], ..Pip::default() };
            install_with(&pip, &self.store(), &self.pack, None, &Quiet)
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
        let without =
            f.program("python3", "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
        let windows =
            f.program("py", "echo 'Python was not found; run without arguments' >&2; exit 9");
        let good = f.program("pip3", "cp \"$wheel\" \"$dest\"");
        let never = f.program("pip", "exit 1");
        let commands: &[&[&str]] =
            &[&["no-such-program"], &[&without, "-m", "pip"], &[&windows], &[&good], &[&never]];
        let pip = Pip { commands, ..Pip::default() };
        let done = install_with(&pip, &f.store(), &f.pack, None, &Quiet);
        assert_eq!(done.expect("fetched"), Installation::Installed);
        f.store().remove(&f.pack).expect("removed");
        let pip = Pip { commands: &commands[..3], ..Pip::default() };
        let done = install_with(&pip, &f.store(), &f.pack, None, &Quiet);
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
            (
                network,
                &["the package index cannot be reached (WARNING: ", "No matching distribution"],
            ),
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
        f.assert_refused(
            f.through("echo wrong > \"$dest/toy-1.0-py3-none-any.whl\""),
            &["SHA-256"],
        );
    }

    #[test]
    fn a_pip_that_shows_no_sign_of_life_is_stopped() {
        let f = Fixture::new();
        let program = f.program("pip", "exec sleep 100000");
        let pip = Pip { commands: &[&[&program]], patience: Duration::ZERO };
        let done = install_with(&pip, &f.store(), &f.pack, None, &Quiet);
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
        let pip = Pip { commands: &[&[&program]], ..Pip::default() };
        install_with(&pip, &f.store(), &f.pack, None, &watcher).expect("fetched");
        let bytes = f.pack.source.bytes;
        assert_eq!(*watcher.seen.borrow(), [(100, bytes), (bytes, bytes)]);
        assert_eq!(*watcher.phases.borrow(), ["fetching", "checking"]);
    }
}
