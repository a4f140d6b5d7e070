//! `aloud voices`: the real program, with a pack and a pip made here; and once with the real ones.

use std::{
    fs,
    io::{self, Write},
    process::{Command, Stdio},
};

use aloud::voice::Catalogue;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use crate::support::{Case, voice};

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The wheel of the pack `toy`.
fn wheel() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    zip.start_file("toy/model.bin", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"weights").unwrap();
    zip.finish().unwrap().into_inner()
}

/// The `voice.toml` of the pack `toy`: a British male voice.
fn toml() -> String {
    let wheel = wheel();
    format!(
        "id = \"toy\"\ntitle = \"A toy\"\nversion = \"1.0\"\nengine = \"toy\"\nlicence = \"MIT\"\n\
         attribution = \"made by a test\"\n[[sources]]\nkind = \"python\"\npackage = \"toy-voice\"\nversion = \"1.0\"\n\
         file = \"toy_voice-1.0-py3-none-any.whl\"\nbytes = {}\nsha256 = \"{}\"\n\
         [[files]]\nfrom = \"toy/model.bin\"\nname = \"model.bin\"\nbytes = 7\nsha256 = \"{}\"\n\
         [[voices]]\nname = \"boy\"\nlanguage = \"en-GB\"\ngender = \"male\"\nsample_rate = 16000\n\
         description = \"a toy\"\nsample = \"Hello.\"\nquality = 1\n",
        wheel.len(),
        hash(&wheel),
        hash(b"weights")
    )
}

/// A project with the pack `toy`, its wheel beside it, and no pip.
fn project() -> Case {
    let case = Case::new().file("voices/toy/voice.toml", toml()).file("toy.whl", wheel());
    let nowhere = case.path("bin").to_string_lossy().into_owned();
    case.environment("PATH", nowhere)
}

/// Files and folders of the pack `toy` that are installed or left over.
fn left(case: &Case) -> Vec<String> {
    case.files("data/packs/toy")
}

const WHOLE: [&str; 2] = ["1.0/model.bin", "1.0/pack.json"];

#[test]
fn the_catalogue_is_listed_shown_and_installed() {
    let case = project();
    let list = case.run(&["voices", "list"]).ok().stdout();
    let lines: Vec<Vec<&str>> = list.lines().map(|l| l.split_whitespace().collect()).collect();
    let row = |voice: &str| lines.iter().find(|l| l[0] == voice).expect(voice).join(" ");
    assert_eq!(lines[0].join(" "), "voice language gender quality licence installed names");
    assert_eq!(row("hibari:heart"), "hibari:heart en-US female 80 Apache-2.0 no US English Female");
    assert_eq!(row("toy:boy"), "toy:boy en-GB male 1 MIT no UK English Male");
    case.run(&["voices", "install", "toy", "--from", "toy.whl"]).ok().says(&[
        "toy",
        "MIT",
        "made by a test",
        "installed toy in ",
    ]);
    assert_eq!(left(&case), WHOLE);
    case.run(&["voices", "install", "toy"]).ok().says(&["toy is installed in "]);
    let shown = case.run(&["voices", "show", "toy:boy"]).ok().stdout();
    for part in ["MIT", "made by a test", "toy-voice==1.0", "UK English Male", "16000 Hz", "Hello."]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let installed: serde_json::Value =
        serde_json::from_str(&case.run(&["voices", "list", "--installed", "--json"]).ok().stdout())
            .unwrap();
    assert_eq!(installed.as_array().unwrap().len(), 1);
    assert_eq!(installed[0]["id"], "toy:boy");
    assert_eq!(installed[0]["installed"], true);
    for (filter, heart, toy) in [
        ("--lang=en", true, true),
        ("--lang=en-gb", false, true),
        ("--gender=female", true, false),
        ("--lang=de", false, false),
    ] {
        let list = case.run(&["voices", "list", filter]).ok().stdout();
        let has = |voice| list.contains(voice);
        assert_eq!((has("hibari:heart"), has("toy:boy")), (heart, toy), "{filter}: {list}");
    }
    case.run(&["voices", "remove", "toy"]).ok().says(&["toy removed"]);
    assert!(left(&case).is_empty());
    case.run(&["voices", "remove", "toy:boy"]).ok().says(&["not installed"]);
    case.run(&["voices", "remove", "boy"]).code(2).says(&["\"boy\"", "aloud voices list"]);
}

#[test]
fn a_choice_is_explained() {
    let case = project();
    let run = case.run(&["voices", "resolve", "UK English Male"]).ok();
    let out = run.stdout();
    assert!(
        out.starts_with("hibari:heart\n  \"UK English Male\" is a ResponsiveVoice name"),
        "{out}"
    );
    run.says(&[
        "nearest-voice",
        "`aloud voices install hibari-fable` gets hibari:fable (en-GB, male",
    ]);
    let json = case.run(&["voices", "resolve", "--json"]).ok().stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["voice"]["id"], "hibari:heart");
    assert_eq!(json["installed"], false);
    assert!(
        json["steps"]
            .as_array()
            .unwrap()
            .iter()
            .any(|s| s.as_str().unwrap().contains("not installed"))
    );
    case.run(&["voices", "resolve", "US Engish Female"])
        .code(2)
        .says(&["did you mean \"US English Female\""]);
    case.run(&["voices", "resolve", "French Male"]).code(2).says(&["fr-FR"]);
    case.run(&["voices", "resolve", "--lang", "km"])
        .code(2)
        .says(&["no voice here speaks Khmer (km)"]);
    case.run(&["voices", "resolve", "toy:boy"]).code(2).says(&["aloud voices install toy"]);
    case.run(&["voices", "install", "French Male"]).code(2).says(&["fr-FR"]);
}

#[test]
fn what_cannot_be_installed_says_the_way_out_and_leaves_nothing() {
    let case = project();
    case.run(&["voices", "install", "toy"]).code(2).says(&[
        "pip was not found (tried python3 -m pip, pip3, py -m pip, python -m pip, pip)",
        "`python3 -m pip download --no-deps toy-voice==1.0`",
        "`aloud voices install toy --from FILE`",
    ]);
    let case = case.file("other.whl", "another");
    case.run(&["voices", "install", "toy", "--from", "other.whl"])
        .code(2)
        .says(&["other.whl", "SHA-256"]);
    case.run(&["voices", "install", "toy", "--from", "gone.whl"]).code(2).says(&["gone.whl"]);
    assert!(left(&case).is_empty());
    let file = case.path("toy.whl").to_string_lossy().into_owned();
    let case = case.environment("ALOUD_DATA_DIR", file);
    let ran = case.run(&["voices", "install", "toy", "--from", "toy.whl"]).code(2);
    assert_eq!(
        ran.stderr().matches("os error").count(),
        1,
        "the cause is said once: {}",
        ran.stderr()
    );
    ran.says(&["set ALOUD_DATA_DIR"]);
}

#[test]
fn a_broken_pack_of_the_project_is_named_by_file_and_field_and_spoils_nothing() {
    let case = Case::new()
        .file("voices/toy/voice.toml", toml().replace("\"model.bin\"", "\"../model.bin\""))
        .file("a.txt", "Words.");
    for command in [&["voices", "list"][..], &["voices", "resolve"], &["read", "a.txt"]] {
        let ran = case.run(command).ok();
        let warnings = ran.stderr().matches("[voice-pack]").count();
        assert_eq!(warnings, 1, "{}", ran.stderr());
        ran.says(&["toy/voice.toml: ", "files[0].name", "its voices are left out"]);
    }
    case.build(&["a.txt"]).ok();
    case.run(&["build", "a.txt", "--voice", "toy:boy"])
        .code(2)
        .says(&["files[0].name", "no voice is called \"toy:boy\""]);
}

#[test]
fn the_voices_of_a_project_lie_beside_its_settings() {
    let case = Case::new().file("site/voices/toy/voice.toml", toml()).file("site/aloud.toml", "");
    let list = |arguments: &[&str]| {
        case.run(&[&["voices", "list"], arguments].concat()).ok().stdout().contains("toy:boy")
    };
    assert!(list(&["--config", "site/aloud.toml"]) && !list(&[]));
}

#[test]
fn a_file_called_voices_is_no_folder_of_voices() {
    let case = Case::new().file("voices", "alto, tenor, bass").file("a.txt", "Words.");
    for command in [&["voices", "list"][..], &["read", "a.txt"]] {
        let ran = case.run(command).ok();
        assert_eq!(ran.stderr(), "");
    }
    case.build(&["a.txt"]).ok();
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    for arguments in
        [&["voices", "list"][..], &["voices", "show", "hibari"], &["voices", "resolve"]]
    {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_aloud"))
            .args(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn the_default_voice_comes_through_the_real_pip() {
    let case = Case::new();
    let ran = case.run(&["voices", "install", "US English Female"]);
    if voice::may_be_offline() && ran.stderr().contains("pip") {
        return voice::skipped();
    }
    ran.ok().says(&["Apache-2.0", "hibari-tts"]);
    let catalogue = Catalogue::builtin();
    let pack = catalogue.pack("hibari").unwrap();
    for file in &pack.files {
        let path = case.path("data/packs/hibari/0.2.1").join(&file.name);
        let bytes = fs::read(&path).expect("a file of the pack");
        assert_eq!(
            (bytes.len() as u64, hash(&bytes)),
            (file.bytes, file.sha256.clone()),
            "{}",
            file.name
        );
    }
    assert_eq!(case.files("data/packs/hibari").len(), pack.files.len() + 1);
    // Now nothing is needed any more, neither pip nor a network.
    let case = case.environment("PATH", "");
    case.run(&["voices", "install", "hibari"]).ok().says(&["hibari is installed"]);
}

#[test]
fn a_piper_voice_of_ones_own_is_installed_from_its_files() {
    let Some(pack) = voice::pack("piper-joe", "1.0.0") else { return };
    let case = Case::new()
        .file("mine/Old-Joe.onnx", fs::read(pack.join("voice.onnx")).unwrap())
        .file("mine/Old-Joe.onnx.json", fs::read(pack.join("voice.onnx.json")).unwrap())
        .environment("PATH", "");
    case.run(&["voices", "install", "--from", "mine", "--licence", "CC0-1.0"]).ok().says(&[
        "CC0-1.0",
        "installed piper-old-joe in ",
        "piper:Old-Joe (en-US)",
    ]);
    assert_eq!(
        case.files("data/packs/piper-old-joe"),
        ["1/pack.json", "1/voice.onnx", "1/voice.onnx.json", "1/voice.toml"]
    );
    let list = case.run(&["voices", "list", "--installed"]).ok().stdout();
    assert!(list.contains("piper:Old-Joe") && list.contains("CC0-1.0"), "{list}");
    case.run(&["voices", "install", "--from", "mine/Old-Joe.onnx.json"])
        .ok()
        .says(&["is installed in"]);
    case.run(&["voices", "remove", "piper:Old-Joe"]).ok().says(&["piper-old-joe removed"]);
    assert!(case.files("data/packs/piper-old-joe").is_empty());
}

#[test]
fn what_is_no_piper_voice_is_refused_and_leaves_nothing() {
    let case = Case::new()
        .file("empty/README", "nothing")
        .file("two/a.onnx", "a")
        .file("two/b.onnx", "b")
        .file("alone/a.onnx", "a")
        .file("bad/a.onnx", "a")
        .file("bad/a.onnx.json", "{}")
        .file("worse/a.onnx", "no network")
        .file("worse/a.onnx.json", r#"{"audio":{"sample_rate":16000},"phoneme_type":"text","phoneme_id_map":{"_":[0],"^":[1],"$":[2]}}"#);
    for (from, wanted) in [
        ("gone", "gone: there is no such file"),
        ("empty", "there is no .onnx file in it"),
        ("two", "there are 2 .onnx files in it"),
        ("alone", "a.onnx.json: there is no such file"),
        ("bad", "a.onnx.json: missing field"),
        ("worse", "a.onnx: it is no network"),
    ] {
        case.run(&["voices", "install", "--from", from]).code(2).says(&[wanted]);
    }
    case.run(&["voices", "install"]).code(2).says(&["<NAME>"]);
    assert!(case.files("data").is_empty(), "{:?}", case.files("data"));
}

/// With a shell script in the place of Python.
#[cfg(unix)]
mod with_python {
    use std::{
        os::unix::fs::PermissionsExt,
        path::Path,
        thread,
        time::{Duration, Instant},
    };

    use super::*;

    /// The project, with a `python3` that is this shell script; `$dest` is where the wheel belongs.
    fn project_with(script: &str) -> Case {
        let text = format!(
            "#!/bin/sh\nPATH=/usr/bin:/bin\necho run >> runs\n\
             while [ $# -gt 0 ]; do [ \"$1\" = --dest ] && dest=$2/toy_voice-1.0-py3-none-any.whl; shift; done\n\
             {script}\n"
        );
        let case = project().file("draft", text).file("bin/README", "programs");
        // Copied by another process: a file that this one ever had open for writing may not start while
        // another thread is between fork and exec.
        let copied =
            Command::new("cp").args([case.path("draft"), case.path("bin/python3")]).status();
        assert!(copied.expect("cp").success());
        fs::set_permissions(case.path("bin/python3"), fs::Permissions::from_mode(0o755)).unwrap();
        case
    }

    /// Waits for a file that another process makes.
    fn wait_for(path: &Path) {
        let start = Instant::now();
        while !path.exists() {
            assert!(start.elapsed() < Duration::from_mins(2), "{} never came", path.display());
            thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn python_is_asked_and_its_last_words_are_the_error() {
        let case = project_with("cat > input; cp toy.whl \"$dest\"").input("typed");
        case.run(&["voices", "install", "toy"]).ok().says(&["installed toy in "]);
        assert_eq!(left(&case), WHOLE);
        assert_eq!(case.text("input"), "", "what is typed is not pip's");
        let case = project_with("echo 'ERROR: the index is closed today' >&2; exit 1");
        case.run(&["voices", "install", "toy"]).code(2).says(&[
            "pip could not fetch toy-voice==1.0",
            "the index is closed today",
            "--from FILE",
        ]);
        assert!(left(&case).is_empty());
    }

    #[test]
    fn two_programs_at_once_both_succeed_and_one_fetches() {
        let case = project_with(
            "touch started; while [ ! -e go ]; do sleep 0.02; done; cp toy.whl \"$dest\"",
        );
        thread::scope(|scope| {
            let first = scope.spawn(|| case.run(&["voices", "install", "toy"]).ok());
            wait_for(&case.path("started"));
            let second = scope.spawn(|| case.run(&["voices", "install", "toy"]).ok());
            fs::write(case.path("go"), "").unwrap();
            first.join().unwrap().says(&["installed toy in "]);
            second.join().unwrap().says(&["toy is installed in "]);
        });
        assert_eq!(case.text("runs"), "run\n");
        assert_eq!(left(&case), WHOLE);
    }

    #[test]
    fn a_killed_installation_leaves_nothing_that_is_used() {
        let case = project_with(
            "head -c 100 toy.whl > \"$dest\"; touch started; while [ ! -e go ]; do sleep 0.02; done\n\
             touch ended; cp toy.whl \"$dest\"",
        );
        let mut killed = Command::new(env!("CARGO_BIN_EXE_aloud"))
            .args(["voices", "install", "toy"])
            .current_dir(case.path("."))
            .env("ALOUD_DATA_DIR", case.path("data"))
            .env("PATH", case.path("bin"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        wait_for(&case.path("started"));
        killed.kill().expect("it is killed");
        killed.wait().expect("it is gone");
        let list = case.run(&["voices", "list", "--installed"]).ok().stdout();
        assert_eq!(list.lines().count(), 1, "{list}");
        assert!(!left(&case).is_empty(), "the download that was cut short is still there");
        // Let the orphan end before the next one begins.
        fs::write(case.path("go"), "").unwrap();
        wait_for(&case.path("ended"));
        case.run(&["voices", "install", "toy"]).ok().says(&["installed toy in "]);
        assert_eq!(left(&case), WHOLE);
    }
}
