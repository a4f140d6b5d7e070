//! Installation with a wheel and a pip made here.

#[cfg(unix)]
mod pip;
mod several;

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
