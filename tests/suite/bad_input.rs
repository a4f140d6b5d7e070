//! Input that is broken, hostile or absurd: a clear message, the other articles written, no panic.

use std::fs;

use crate::support::Case;

/// A good article beside a bad one; the good one must be written.
fn beside(name: &str, content: impl AsRef<[u8]>) -> Case {
    Case::new()
        .file("in/good.txt", "A good article. It is spoken.")
        .file(&format!("in/{name}"), content)
}

#[track_caller]
fn good_is_written(case: &Case) {
    let report = case.json("output/report.json");
    let articles = report["articles"].as_array().unwrap();
    let good = articles.iter().find(|a| a["source"].as_str().unwrap().ends_with("good.txt"));
    assert_eq!(good.expect("in the report")["outcome"], "written");
}

#[test]
fn empty_and_binary_files_fail_alone() {
    for (name, content, says) in [
        ("empty.txt", &b""[..], "empty"),
        ("photo.html", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02", "JPEG"),
        ("archive.md", b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00", "ZIP"),
        ("noise.txt", b"\x00\x00\x01\x80\x00\x00\x02\x90\x00\x00\x03", "noise.txt"),
    ] {
        let case = beside(name, content);
        let stderr = case.build(&["in"]).stderr();
        assert!(stderr.to_lowercase().contains(&says.to_lowercase()), "{name}: {stderr}");
        good_is_written(&case);
    }
}

#[test]
fn encodings_are_recognised() {
    let latin = b"Caf\xe9 prices rose in Orl\xe9ans, the mayor said on Monday evening.";
    let utf16: Vec<u8> = std::iter::once(0xFEFF_u16)
        .chain("Caf\u{e9} prices rose.".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [&latin[..], &utf16] {
        let case = Case::new().file("a.txt", bytes);
        let text = case.run(&["read", "a.txt", "--format", "plain"]).ok().stdout();
        assert!(text.contains("Caf\u{e9} prices"), "{text}");
    }
    let mixed = b"Good caf\xc3\xa9 text, and then a stray \xff byte in the middle of it.";
    let case = Case::new().file("a.txt", mixed);
    case.build(&["a.txt"]).ok();
}

#[test]
fn deep_nesting_neither_hangs_nor_overflows() {
    let depth = 100_000;
    let divs = format!("{}<p>Deep words.</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let page = format!("<!doctype html><html><body>{divs}</body></html>");
    let quotes = format!("{} Deep words.\n", ">".repeat(depth));
    let lists: String = (0..2000).map(|i| format!("{}- item\n", "  ".repeat(i))).collect();
    let stars = format!("{}Deep words{}\n", "*".repeat(depth), "*".repeat(depth));
    let cases =
        [("a.html", divs), ("b.html", page), ("c.md", quotes), ("d.md", lists), ("e.md", stars)];
    for (name, content) in cases {
        let case = beside(name, content);
        case.build(&["in"]).ok();
        good_is_written(&case);
        let report = case.json("output/report.json");
        // A hundred thousand marks of quotation are no quotation: that one may be skipped.
        let written = report["totals"]["written"].as_u64();
        assert!(written == Some(2) || (name == "c.md" && written == Some(1)), "{name}");
    }
}

#[test]
fn articles_with_nothing_to_speak_are_skipped_with_a_reason() {
    for content in
        ["... --- !!!\n", "\u{1f389}\u{1f680}\n", "\n\n\n ", "[responsivevoice_button]\n"]
    {
        let case = beside("nothing.txt", content);
        case.build(&["in"]).ok().says(&["nothing.txt", "nothing to speak"]);
        good_is_written(&case);
    }
}

#[test]
fn a_shortcode_with_curly_quotes_or_no_end_is_reported() {
    let curly =
        "[responsivevoice_button voice=\u{201d}UK English Male\u{201d}]\n\nWords of a post.\n";
    let case = Case::new().file("a.txt", curly);
    case.build(&["a.txt"]).ok().says(&["curly"]);
    let case = Case::new().file("a.txt", "Words of a post.\n\n[responsivevoice_button voice=\"US");
    case.build(&["a.txt"]).ok().says(&["warning:"]);
}

#[test]
fn hostile_names_stay_inside_the_output() {
    let titles = ["../../x", "CON", "nul.txt", "..", "a/b\\c", "\u{202e}evil", &"long ".repeat(80)];
    let mut case = Case::new();
    for (i, title) in titles.iter().enumerate() {
        let article = format!(
            "---\ntitle: \"{}\"\nslug: \"{0}\"\n---\nWords.\n",
            title.replace('\\', "\\\\")
        );
        case = case.file(&format!("in/{i}.md"), article);
    }
    case.build(&["in"]).ok();
    let files = case.files("output");
    let wavs: Vec<&String> = files.iter().filter(|f| f.ends_with(".wav")).collect();
    assert_eq!(wavs.len(), titles.len(), "{files:?}");
    for wav in wavs {
        let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
        assert!(wav.chars().all(safe) && wav.len() < 200, "{wav}");
        assert!(!wav.starts_with("con/") && !wav.starts_with("nul/"), "{wav}");
    }
    let around = fs::read_dir(case.path("")).unwrap().count();
    assert!(around <= 3, "something was written outside the output folder");
}

#[test]
fn equal_names_get_folders_of_their_own() {
    let case = Case::new()
        .file("in/a.md", "---\ntitle: Same\n---\nFirst words.\n")
        .file("in/b.md", "---\ntitle: Same\n---\nSecond words.\n");
    case.build(&["in"]).ok();
    let wavs = case.files("output").into_iter().filter(|f| f.ends_with(".wav")).count();
    assert_eq!(wavs, 2);
}

#[test]
fn text_longer_than_a_wav_holds_is_refused_when_planning() {
    let long = "So many words that nobody would ever listen to all of them. ".repeat(90_000);
    let case = beside("long.txt", long);
    case.build(&["in"]).code(1).says(&["long.txt", "hours", "split"]);
    good_is_written(&case);
}

#[test]
fn an_output_that_is_a_file_is_said_before_any_work() {
    let case = Case::new().file("a.txt", "Words.").file("output", "a file");
    case.build(&["a.txt"]).code(2).says(&["output"]);
    assert_eq!(case.text("output"), "a file");
}

#[cfg(unix)]
#[test]
fn an_unreadable_article_fails_alone() {
    use std::os::unix::fs::symlink;
    let case = Case::new().file("in/good.txt", "A good article. It is spoken.");
    symlink("nowhere", case.path("in/dangling.txt")).unwrap();
    let ran = case.build(&["in"]);
    assert!(ran.stderr().contains("dangling.txt"), "{}", ran.stderr());
    good_is_written(&case);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_nothing_half_written() {
    // A limit on the size of files stands in for a full disk: a write fails half-way.
    let words = "Words that take a while to say, again and again. ".repeat(400);
    let case = Case::new().file("a.txt", words);
    let program = env!("CARGO_BIN_EXE_aloud");
    let script = format!(
        "trap '' XFSZ; ulimit -f 256; exec '{program}' build a.txt --voice tone:beep --jobs 2"
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(case.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .expect("bash runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("a.txt"), "{stderr}");
    let left = case.files("output");
    assert_eq!(left, ["aloud-button.js", "index.html", "report.json"], "{stderr}");
}

#[test]
fn a_url_is_refused_with_the_way_out() {
    Case::new()
        .build(&["https://example.org/a.html"])
        .code(2)
        .says(&["https://example.org/a.html", "-"]);
}

#[test]
fn a_missing_path_is_a_usage_error() {
    Case::new().build(&["nowhere.md"]).code(2).says(&["nowhere.md"]);
}

#[test]
fn a_script_the_voice_cannot_speak_is_a_failure_that_says_so() {
    let khmer = "\u{1797}\u{17d2}\u{1793}\u{17c6}\u{1796}\u{17c1}\u{1789} \u{1787}\u{17b6}\u{1791}\u{17b8}\u{1780}\u{17d2}\u{179a}\u{17bb}\u{1784}\u{17d4}\n";
    let case = beside("khmer.txt", khmer);
    case.run(&["build", "in/khmer.txt", "--voice", "tone:beep", "--lang", "en"])
        .code(1)
        .says(&["khmer.txt", "Khmer"]);
    let one_word = "The word \u{1797}\u{17d2}\u{1793}\u{17c6} means mountain in the language of the country.\n";
    let case = Case::new().file("a.txt", one_word);
    case.build(&["a.txt"]).ok().says(&["transliterated"]);
}
