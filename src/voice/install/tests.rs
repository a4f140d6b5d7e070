//! Installation with a wheel and a pip made here.

use std::{cell::RefCell, io::Write, path::PathBuf, sync::Barrier, thread, time::Duration};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::{unpack::sha256, *};
use crate::voice::{Address, Catalogue, PackVoice, Package, Part};

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

/// The clients, with `commands` for pip.
fn with_pip<'a>(commands: &'a [&'a [&'a str]]) -> Clients<'a> {
    Clients { pip: Client { commands, ..Client::pip() }, npm: Client::npm() }
}

/// Makes the first source one of that hash.
fn set_hash(pack: &mut Pack, sha256: String) {
    if let PackSource::Python(package) = &mut pack.sources[0] {
        package.sha256 = sha256;
    }
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
            from: Origin::Path(format!("toy/{name}")),
            name: name.into(),
            bytes: bytes.len() as u64,
            sha256: hash(bytes),
        };
        let pack = Pack {
            id: "toy".into(),
            version: "1.0".into(),
            sources: vec![PackSource::Python(Package {
                package: "toy".into(),
                version: "1.0".into(),
                file: "toy-1.0-py3-none-any.whl".into(),
                bytes: bytes.len() as u64,
                sha256: hash(&bytes),
            })],
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
        self.path(self.pack.sources[0].file())
    }

    fn store(&self) -> PackStore {
        PackStore::new(self.path("data"))
    }

    /// Installs from the wheel.
    fn install(&self) -> Result<Installation, InstallError> {
        install(&self.store(), &self.pack, &[self.wheel()], &Quiet)
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
            |p| set_hash(p, "0".repeat(64)),
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
            |p| p.files[1].from = Origin::Path("toy/none".into()),
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
    let from = |f: &Fixture, name: &str| install(&f.store(), &f.pack, &[f.path(name)], &Quiet);
    f.assert_refused(from(&f, "gone.whl"), &["gone.whl: ", "pip download --no-deps toy==1.0"]);
    fs::create_dir(f.path("folder.whl")).expect("a folder");
    let text = from(&f, "folder.whl").expect_err("empty").to_string();
    assert!(text.contains("folder.whl: ") && text.contains("toy-1.0-py3-none-any.whl"), "{text}");
    for (name, bytes) in
        [("empty.whl", &b""[..]), ("text.whl", b"no zip"), ("half.whl", &whole[..300])]
    {
        fs::write(f.path(name), bytes).expect("a file");
        f.assert_refused(from(&f, name), &[name, "SHA-256"]);
        set_hash(&mut f.pack, hash(bytes));
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
    let clients = with_pip(commands);
    let done = install_with(&clients, &f.store(), &f.pack, &[], &Quiet);
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
mod with_a_script_for_pip {
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
        let without =
            f.program("python3", "echo '/usr/bin/python3: No module named pip' >&2; exit 1");
        let windows =
            f.program("py", "echo 'Python was not found; run without arguments' >&2; exit 9");
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
}

/// Packs of several sources, of which npm packages and web servers are some.
mod several_sources {
    use std::{
        io::{BufRead, BufReader},
        net::TcpListener,
    };

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    /// An npm package with these entries.
    fn tgz(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, bytes) in entries {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            tar.append_data(&mut header, path, *bytes).expect("an entry");
        }
        tar.into_inner().expect("a tar").finish().expect("a gzip")
    }

    /// A web server on this machine that gives `answers` in turn, then is gone.
    fn serve(answers: Vec<Vec<u8>>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
                while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
                // The client may have gone already, which is its right.
                let _ = stream.write_all(&answer);
            }
        });
        address
    }

    fn answer(body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    fn redirect(to: &str) -> Vec<u8> {
        format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .into_bytes()
    }

    fn part(source: &str, path: &str) -> Part {
        Part { source: source.into(), path: path.into() }
    }

    /// The pack of the wheel, an npm package and a file on a web server: its model is one part of each.
    fn pack(f: &Fixture, url: &str) -> Pack {
        let huge = vec![7; 100_000];
        let npm = tgz(&[("package/voices/b.bin", b"from npm"), ("package/huge.bin", &huge)]);
        fs::write(f.path("toy-voices-2.0.tgz"), &npm).expect("a package");
        let whole = [&b"weights".repeat(1000)[..], b"from npm", b"from the web"].concat();
        let mut pack = f.pack.clone();
        pack.sources.push(PackSource::Npm(Package {
            package: "@toy/voices".into(),
            version: "2.0".into(),
            file: "toy-voices-2.0.tgz".into(),
            bytes: npm.len() as u64,
            sha256: hash(&npm),
        }));
        pack.sources.push(PackSource::Url(Address {
            url: url.parse().expect("an address"),
            file: "c.bin".into(),
            bytes: 12,
            sha256: hash(b"from the web"),
        }));
        pack.files[0] = PackFile {
            from: Origin::Joined(vec![
                part("toy", "toy/model.onnx"),
                part("@toy/voices", "package/voices/b.bin"),
                part("c.bin", ""),
            ]),
            name: "model.onnx".into(),
            bytes: whole.len() as u64,
            sha256: hash(&whole),
        };
        pack.check().expect("a good pack");
        pack
    }

    /// Installs `pack`: its packages from the folder, the rest from the web.
    fn install_from_folder(f: &Fixture, pack: &Pack) -> Result<Installation, InstallError> {
        install(&f.store(), pack, &[f.folder.path().to_owned()], &Quiet)
    }

    #[test]
    fn parts_of_all_kinds_are_joined_in_order() {
        let f = Fixture::new();
        let address = serve(vec![redirect("/there"), answer(b"from the web")]);
        let pack = pack(&f, &format!("{address}/c.bin"));
        assert_eq!(install_from_folder(&f, &pack).expect("installed"), Installation::Installed);
        let folder = f.store().installed(&pack).expect("it is there");
        let model = fs::read(folder.join("model.onnx")).expect("the model");
        assert_eq!(hash(&model), pack.files[0].sha256);
        assert_eq!(f.shelf(), ["1.0"]);
        // From files alone, no web server needed: the one above is gone.
        f.store().remove(&pack).expect("removed");
        fs::write(f.path("c.bin"), "from the web").expect("a file");
        assert_eq!(install_from_folder(&f, &pack).expect("installed"), Installation::Installed);
    }

    #[test]
    fn what_a_web_server_does_wrong_is_said_and_leaves_nothing() {
        let nowhere = {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            format!("http://{}", listener.local_addr().expect("an address"))
        };
        let many = vec![redirect("/again"); 20];
        let cut = answer(b"from the web");
        let cut = cut[..cut.len() - 4].to_vec();
        let cases: [(String, &str); 8] = [
            (nowhere, "127.0.0.1 cannot be reached"),
            (
                serve(vec![b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()]),
                "answered 404",
            ),
            (serve(vec![answer(b"from the wab")]), "SHA-256"),
            (serve(vec![answer(b"from the web and more")]), "larger than the 12 bytes"),
            (serve(vec![answer(b"from")]), "it ended after 4 of 12 bytes"),
            (serve(vec![cut]), "the download broke off"),
            (serve(many), "redirected more than 5 times"),
            (serve(vec![redirect("http://example.org/c.bin")]), "which is not encrypted"),
        ];
        for (address, wanted) in cases {
            println!("{wanted}");
            let f = Fixture::new();
            let pack = pack(&f, &format!("{address}/c.bin"));
            let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
            assert!(text.contains(wanted) && text.contains("c.bin"), "{text}");
            assert!(text.contains("`curl -L -o c.bin http://127.0.0.1:"), "{text}");
            assert_eq!(f.shelf(), Vec::<String>::new());
        }
    }

    #[test]
    fn what_an_npm_package_lacks_or_has_too_much_of_is_refused() {
        let cases: [(&str, u64, &str); 3] = [
            ("package/none", 7020, "package/none: not found"),
            ("package/huge.bin", 7020, "more than the 7020 bytes"),
            ("package/voices/b.bin", 9000, "less than the 9000 bytes"),
        ];
        for (path, bytes, wanted) in cases {
            let f = Fixture::new();
            let mut pack = pack(&f, "https://example.org/c.bin");
            fs::write(f.path("c.bin"), "from the web").expect("a file");
            let Origin::Joined(parts) = &mut pack.files[0].from else { unreachable!() };
            parts[1].path = path.into();
            pack.files[0].bytes = bytes;
            let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
            assert!(text.contains(wanted), "{text}");
            assert_eq!(f.shelf(), Vec::<String>::new());
        }
        let f = Fixture::new();
        let mut pack = pack(&f, "https://example.org/c.bin");
        fs::write(f.path("toy-voices-2.0.tgz"), "no package").expect("a file");
        if let PackSource::Npm(package) = &mut pack.sources[1] {
            package.sha256 = hash(b"no package");
        }
        let text = install_from_folder(&f, &pack).expect_err("refused").to_string();
        assert!(
            text.contains("it is no npm package") && text.contains("npm pack @toy/voices@2.0"),
            "{text}"
        );
    }

    #[test]
    fn without_npm_the_way_out_is_named() {
        let f = Fixture::new();
        let pack = pack(&f, "https://example.org/c.bin");
        let nothing: &[&[&str]] = &[&["no-such-npm"]];
        let clients =
            Clients { pip: Client::pip(), npm: Client { commands: nothing, ..Client::npm() } };
        let done = install_with(&clients, &f.store(), &pack, &[f.wheel()], &Quiet);
        let text = done.expect_err("no npm").to_string();
        for wanted in
            ["npm was not found (tried no-such-npm)", "`npm pack @toy/voices@2.0`", "--from FILE"]
        {
            assert!(text.contains(wanted), "{text}");
        }
        assert_eq!(f.shelf(), Vec::<String>::new());
    }
}

#[test]
fn a_pack_of_the_users_own_files_is_known_to_the_store() {
    let f = Fixture::new();
    let own = Pack { id: "own".into(), sources: Vec::new(), ..f.pack.clone() };
    let files = [(f.wheel(), "voice.bin".to_owned())];
    let (pack, done) = install_own(&f.store(), own.clone(), &files, &Quiet).expect("installed");
    assert_eq!(done, Installation::Installed);
    assert_eq!(pack.files[0].sha256, f.pack.sources[0].sha256());
    assert_eq!(f.store().own_packs(), std::slice::from_ref(&pack));
    let again = install_own(&f.store(), own.clone(), &files, &Quiet).expect("present");
    assert_eq!(again.1, Installation::Present);
    // A description that is damaged is not believed.
    let description = f.store().folder(&pack).join("voice.toml");
    fs::write(&description, "id = 3").expect("a file");
    assert_eq!(f.store().own_packs(), []);
    let gone = [(f.path("gone"), "voice.bin".to_owned())];
    let error = install_own(&f.store(), own.clone(), &gone, &Quiet).expect_err("gone").to_string();
    assert!(error.contains("gone: "), "{error}");
    let bad = [(f.wheel(), "../voice.bin".to_owned())];
    let error = install_own(&f.store(), own, &bad, &Quiet).expect_err("bad").to_string();
    assert!(error.contains("files[0].name"), "{error}");
}
