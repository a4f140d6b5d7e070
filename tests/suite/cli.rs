//! Flags, exit codes, configuration, and what goes where.

use std::{
    fs,
    process::{Command, Stdio},
};

use crate::support::{Case, TONE};

#[test]
fn usage_errors_exit_with_2() {
    for arguments in
        [&["build", "--jobs", "0"][..], &["frobnicate"], &["read"], &["build", "--rate", "9"]]
    {
        Case::new().file("articles/a.txt", "Words.").run(arguments).code(2);
    }
}

#[test]
fn a_mistake_in_the_configuration_names_file_and_line() {
    let case = Case::new().file("aloud.toml", "[voice]\nnmae = \"x\"\n").file("a.txt", "Words.");
    case.run(&["read", "a.txt"]).code(2).says(&["aloud.toml", "nmae", "line 2"]);
    Case::new().run(&["read", "a.txt", "--config", "gone.toml"]).code(2).says(&["gone.toml"]);
}

#[test]
fn init_writes_a_file_that_changes_nothing_and_never_overwrites() {
    let case = Case::new().file("a.txt", "Words to read.");
    let before = case.run(&["read", "a.txt", "--json"]).ok().stdout();
    case.run(&["init"]).ok();
    assert_eq!(before, case.run(&["read", "a.txt", "--json"]).ok().stdout());
    fs::write(case.path("aloud.toml"), "jobs = 1\n").unwrap();
    case.run(&["init"]).code(2).says(&["aloud.toml", "--force"]);
    assert_eq!(case.text("aloud.toml"), "jobs = 1\n");
    case.run(&["init", "--force"]).ok();
    assert!(case.text("aloud.toml").len() > 500);
}

#[test]
fn settings_come_from_flag_article_environment_and_file_in_that_order() {
    let chosen = |case: &Case, arguments: &[&str]| {
        let ran = case.run(&[&["read", "a.md", "--json"], arguments].concat()).ok();
        let json: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
        (json["voice"].clone(), json["segments"][0]["prosody"]["rate"].clone())
    };
    let config = "[voice]\nname = \"tone:beep\"\nrate = 0.5\n";
    let case = Case::new().file("a.md", "Words.\n").file("aloud.toml", config);
    assert_eq!(chosen(&case, &[]), (TONE.into(), 0.5.into()));
    let case = case.environment("ALOUD_RATE", "0.75");
    assert_eq!(chosen(&case, &[]).1, 0.75);
    let case = case.file("a.md", "---\nvoice: hibari:heart\nrate: 1.25\n---\nWords.\n");
    assert_eq!(chosen(&case, &[]), ("hibari:heart".into(), 1.25.into()));
    assert_eq!(chosen(&case, &["--voice", TONE, "--rate", "2"]), (TONE.into(), 2.0.into()));
    case.environment("ALOUD_RATE", "fast").run(&["read", "a.md"]).code(2).says(&["ALOUD_RATE"]);
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Case::new().run(&["completions", shell]).ok().stdout();
        assert!(script.contains("aloud") && script.len() > 1000, "{shell}");
    }
    let manual = Case::new().run(&["man"]).ok().stdout();
    assert!(manual.contains(".TH") && manual.contains("build"), "{manual}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let text = "A sentence of the article.\n\n".repeat(20_000);
    let case = Case::new().file("a.txt", text);
    let mut child = Command::new(env!("CARGO_BIN_EXE_aloud"))
        .args(["read", "a.txt", "--format", "spoken"])
        .current_dir(case.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_only_whole_files() {
    let words = "A long article that takes its time to be said aloud. ".repeat(3000);
    let case = (0..6).fold(Case::new(), |case, i| case.file(&format!("in/{i}.txt"), &words));
    let mut child = Command::new(env!("CARGO_BIN_EXE_aloud"))
        .args(["build", "in", "--voice", TONE, "--jobs", "2"])
        .current_dir(case.path(""))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Wait for the first file to appear, whenever that is, then interrupt.
    while !case.path("output/.aloud").exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success() || child.try_wait().unwrap().is_some());
    child.wait().unwrap();
    for file in case.files("output") {
        if file.ends_with(".wav") {
            let reader =
                hound::WavReader::open(case.path(&format!("output/{file}"))).expect("a whole WAV");
            assert_eq!(reader.len() as usize, reader.into_samples::<i16>().count(), "{file}");
            assert!(case.path(&format!("output/{}", file.replace(".wav", ".json"))).exists());
        }
    }
    // And the next build simply works.
    case.build(&["in/0.txt"]).ok();
}

#[test]
fn colour_is_for_terminals_only() {
    let case = Case::new().file("a.txt", "Words.");
    assert!(!case.run(&["read", "a.txt"]).ok().stdout().contains('\u{1b}'));
    assert!(case.run(&["read", "a.txt", "--color", "always"]).ok().stdout().contains('\u{1b}'));
}
