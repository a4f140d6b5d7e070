//! `aloud build` from end to end, with the tone voice.

use std::fs;

use crate::support::{Case, TONE, contents};

/// Three articles of different length and format.
fn three() -> Case {
    let long: String = (1..=60)
        .map(|i| {
            format!("Paragraph number {i} says that {i} boats came in. Nobody counted twice.\n\n")
        })
        .collect();
    Case::new()
        .file("in/long.md", format!("---\ntitle: A long day\n---\n\n{long}"))
        .file("in/page.html", "<p>Fish &amp; chips cost $5.</p><p>Prices rose.</p>")
        .file(
            "in/sub/note.txt",
            "A short note\n\nIt has two lines of text. And a second sentence.\n",
        )
}

#[test]
fn every_article_becomes_a_folder_of_files() {
    let case = three();
    case.build(&["in"]).ok();
    let wanted =
        ["a-long-day/a-long-day.json", "a-long-day/a-long-day.vtt", "a-long-day/a-long-day.wav"];
    let files = case.files("output");
    assert_eq!(files.len(), 15, "{files:?}");
    let long = files.iter().find(|f| f.ends_with(".wav") && f.contains("long")).expect("a WAV");
    assert!(files.contains(&"report.json".to_owned()));
    assert_eq!(wanted.len(), 3);
    let reader = hound::WavReader::open(case.path(&format!("output/{long}"))).expect("a WAV");
    let spec = reader.spec();
    assert_eq!((spec.channels, spec.bits_per_sample, spec.sample_rate), (1, 16, 16_000));
    let manifest = case.json(&format!("output/{}", long.replace(".wav", ".json")));
    assert_eq!(manifest["schema"], "aloud.article/1");
    assert_eq!(manifest["title"], "A long day");
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
    let ms = u64::from(reader.duration()) * 1000 / 16_000;
    assert!(manifest["duration_ms"].as_u64().unwrap().abs_diff(ms) <= 1);
}

#[test]
fn one_job_and_four_give_the_same_bytes() {
    let case = three();
    case.build(&["in", "-o", "one", "--jobs", "1"]).ok();
    case.build(&["in", "-o", "four", "--jobs", "4"]).ok();
    let same = |folder: &str| {
        let mut files = contents(&case.path(folder));
        files.retain(|(name, _)| name != "report.json"); // carries timings
        files
    };
    let (one, four) = (same("one"), same("four"));
    assert_eq!(one.len(), 14);
    assert!(one == four, "--jobs changes bytes");
}

#[test]
fn building_again_gives_the_same_bytes_and_touches_nothing_else() {
    let case = three();
    case.build(&["in"]).ok();
    let before = contents(&case.path("output"));
    fs::write(case.path("output/mine.txt"), "mine").unwrap();
    fs::create_dir_all(case.path("output/my-folder")).unwrap();
    fs::write(case.path("output/my-folder/keep"), "mine").unwrap();
    case.build(&["in"]).ok();
    let mut after = contents(&case.path("output"));
    after.retain(|(name, _)| !name.ends_with("mine.txt") && !name.ends_with("keep"));
    let without_report = |files: Vec<(String, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(name, _)| name != "report.json").collect()
    };
    assert!(without_report(before) == without_report(after));
    assert_eq!(case.text("output/mine.txt"), "mine");
    assert_eq!(case.text("output/my-folder/keep"), "mine");
}

#[test]
fn the_report_says_what_became_of_each() {
    let case = three()
        .file("in/draft.md", "---\ntitle: Not yet\ndraft: true\n---\nWords.\n")
        .file("in/empty.md", "---\ntitle: Empty\n---\n\n***\n")
        .file("in/picture.png", b"\x89PNG\r\n\x1a\n....")
        .file("in/broken.txt", b"\x00\x01\x02\x03binary\x00");
    let ran = case.build(&["in"]).code(1).says(&["broken.txt", "draft", "nothing to speak"]);
    let report = case.json("output/report.json");
    assert_eq!(report["schema"], "aloud.report/1");
    let status = |name: &str| {
        let articles = report["articles"].as_array().unwrap();
        let found = articles.iter().find(|a| a["source"].as_str().unwrap().contains(name));
        found.unwrap_or_else(|| panic!("{name} is not in the report: {}", ran.stderr()))["outcome"]
            .clone()
    };
    assert_eq!(status("long.md"), "written");
    assert_eq!(status("draft.md"), "skipped");
    assert_eq!(status("empty.md"), "skipped");
    assert_eq!(status("picture.png"), "skipped");
    assert_eq!(status("broken.txt"), "failed");
    assert_eq!(report["totals"]["written"], 3);
    assert_eq!(report["totals"]["failed"], 1);
}

#[test]
fn drafts_are_spoken_when_asked_for() {
    let case = Case::new().file("d.md", "---\ntitle: Not yet\ndraft: true\n---\nWords.\n");
    case.build(&["d.md", "--drafts"]).ok();
    assert!(case.path("output/d/d.wav").exists());
}

#[test]
fn a_dry_run_plans_and_writes_nothing() {
    let case = three();
    let ran = case.build(&["in", "--dry-run", "--json"]).ok();
    let report: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(report["articles"].as_array().unwrap().len(), 3);
    assert_eq!(report["schema"], "aloud.plan/1");
    assert_eq!(report["articles"][0]["voice"], TONE);
    assert!(!case.path("output").exists());
}

#[test]
fn json_goes_to_standard_output_and_nothing_else_does() {
    let case = three();
    let ran = case.build(&["in", "--json"]).ok();
    let report: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(report["totals"]["written"], 3);
    let quiet = case.build(&["in", "--quiet"]).ok();
    assert_eq!((quiet.stdout(), quiet.stderr()), (String::new(), String::new()));
}

#[test]
fn standard_input_is_an_article() {
    let case = Case::new().input("# Piped\n\nWords from a pipe.\n");
    case.build(&["-"]).ok();
    let files = case.files("output");
    assert!(files.iter().any(|f| f.ends_with(".wav")), "{files:?}");
    let manifest = files.iter().find(|f| f.ends_with(".json") && f.contains('/')).unwrap();
    assert_eq!(case.json(&format!("output/{manifest}"))["title"], "Piped");
}

#[test]
fn the_default_input_and_output_are_articles_and_output() {
    let case = Case::new().file("articles/a.txt", "Words.");
    case.build(&[]).ok();
    assert!(case.path("output/report.json").exists());
}

#[test]
fn rate_makes_speech_shorter_and_volume_quieter() {
    let case = Case::new().file("a.txt", "Some words to be said at several speeds.");
    let read = |arguments: &[&str]| {
        case.build(&[&["a.txt"], arguments].concat()).ok();
        let wav = case.files("output").into_iter().find(|f| f.ends_with(".wav")).unwrap();
        let samples: Vec<i16> = hound::WavReader::open(case.path(&format!("output/{wav}")))
            .unwrap()
            .into_samples()
            .map(Result::unwrap)
            .collect();
        (samples.len(), samples.iter().map(|s| s.unsigned_abs()).max().unwrap())
    };
    let (normal, fast, quiet) = (read(&[]), read(&["--rate", "2"]), read(&["--volume", "0.5"]));
    assert!(fast.0 * 10 < normal.0 * 8, "{fast:?} {normal:?}");
    assert!(quiet.1.abs_diff(normal.1 / 2) <= 2, "{quiet:?} {normal:?}");
}

#[test]
fn an_unknown_voice_in_an_article_is_a_warning_and_on_the_command_line_an_error() {
    let case = Case::new().file("a.md", "---\nvoice: tone:beep\n---\n\nWords.\n");
    case.run(&["build", "a.md", "--voice", "US Engish Female"])
        .code(2)
        .says(&["US Engish Female", "US English Female"]);
    let post = "[responsivevoice_button voice=\"tone:beep\"]\n\nWords.\n";
    let case = Case::new().file("a.txt", post);
    case.run(&["build", "a.txt"]).ok();
    assert_eq!(case.json("output/report.json")["articles"][0]["voice"], TONE);
}

#[test]
fn more_files_come_when_they_are_asked_for() {
    let case = Case::new().file("a.txt", "One sentence here. Another one there.");
    case.build(&["a.txt", "--format", "sync,srt,transcript"]).ok();
    let names = ["a.json", "a.srt", "a.sync.json", "a.txt", "a.vtt", "a.wav"];
    for name in names {
        assert!(case.path(&format!("output/a/{name}")).exists(), "{name}");
    }
    let manifest = case.json("output/a/a.json");
    let listed: Vec<&str> =
        manifest["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    let expected = ["a.wav", "a.vtt", "a.srt", "a.sync.json", "a.txt", "index.html"];
    assert_eq!(listed, expected);
    case.build(&["a.txt", "--format", "wav,mov"]).code(2).says(&["\"mov\"", "transcript"]);
    let case = Case::new().file("aloud.toml", "formats = [\"srt\"]").file("a.txt", "Words.");
    case.build(&["a.txt"]).ok();
    assert!(case.path("output/a/a.srt").exists() && case.path("output/a/a.wav").exists());
}
