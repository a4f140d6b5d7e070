//! `aloud read` on the fixtures: each folder of tests/fixtures/read has one input and what it reads as.

use std::{fs, path::Path};

use crate::support::{Case, snapshot};

/// The views that are kept for a fixture: file name, arguments.
const VIEWS: &[(&str, &[&str])] =
    &[("expected.txt", &["--format", "text"]), ("expected.plain.txt", &["--format", "plain"])];

/// The view of a fixture that brings lexicons along, since they change nothing but what is said.
const SPOKEN: (&str, &[&str]) = ("expected.spoken.txt", &["--format", "spoken"]);

/// Whether a file of a fixture is a lexicon of the house.
#[expect(clippy::ptr_arg, reason = "names are compared as they are listed")]
fn is_house(name: &String) -> bool {
    name.starts_with("house.")
}

#[test]
fn fixtures_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    let mut cases = 0;
    let mut folders: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let names: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let inputs: Vec<&String> = names.iter().filter(|n| n.starts_with("input.")).collect();
        assert_eq!(inputs.len(), 1, "{} has one input", folder.display());
        for name in &names {
            let known = name == inputs[0] || is_house(name) || VIEWS.iter().any(|v| v.0 == name);
            let known = known || name == SPOKEN.0 && names.iter().any(is_house);
            assert!(known, "{} is left over", folder.join(name).display());
        }
        // Without the programs of this machine, whose voices another one does not have.
        let case = Case::new().environment("PATH", folder.to_string_lossy());
        let mut case = case.file(inputs[0], fs::read(folder.join(inputs[0])).unwrap());
        let mut views = VIEWS.to_vec();
        for name in names.iter().filter(|n| is_house(n)) {
            case = case.file(name, fs::read(folder.join(name)).unwrap());
        }
        if names.iter().any(is_house) {
            views.push(SPOKEN);
        }
        for (view, arguments) in &views {
            let ran = case.run(&[&["read", inputs[0].as_str()], *arguments].concat()).ok();
            let warnings = ran.stderr();
            let text = if warnings.is_empty() {
                ran.stdout()
            } else {
                format!("{}\n{warnings}", ran.stdout())
            };
            snapshot::assert(&text, &folder.join(view));
        }
        cases += 1;
    }
    assert!(cases >= 8, "only {cases} fixtures");
}

#[test]
fn nothing_of_markup_or_addresses_is_left_to_be_said() {
    let markup = regex::Regex::new(
        r"(?mi)[<>{}|\\`]|https?:|www\.|&[#a-z0-9]+;|\]\(|\*\*|^-{3}|\[/|\[[a-z_]+[^\]]*=",
    )
    .unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    for folder in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
        let mut files = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
        let input = files.find(|f| f.file_stem().is_some_and(|s| s == "input")).unwrap();
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        let case = Case::new().environment("PATH", "").file(&name, fs::read(&input).unwrap());
        let spoken = case.run(&["read", &name, "--format", "spoken"]).ok().stdout();
        assert!(spoken.lines().count() > 0, "{}", folder.display());
        let left = markup.find(&spoken).map(|m| m.as_str());
        assert_eq!(left, None, "{}: {spoken}", folder.display());
    }
}

#[test]
fn json_has_its_schema() {
    let case = Case::new().file("a.md", "# Hello\n\nIt cost $5. *Really.*\n");
    let ran = case.run(&["read", "a.md", "--json"]).ok();
    let json: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(json["schema"], "aloud.script/1");
    assert_eq!(json["title"], "Hello");
    assert_eq!(json["voice"], "hibari:heart");
    let texts: Vec<&str> =
        json["segments"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Hello", "It cost $5.", "Really."]);
    assert_eq!(json["segments"][1]["spoken"], "It cost five dollars.");
    assert_eq!(json["segments"][1]["line"], 3);
    assert_eq!(json["coverage"]["source_words"], 5);
    assert_eq!(json["coverage"]["unaccounted_words"], 0);
}

#[test]
fn several_articles_give_one_json_object_a_line() {
    let case = Case::new().file("in/a.txt", "One.").file("in/b.txt", "Two.");
    let ran = case.run(&["read", "in", "--format", "json"]).ok();
    let sources: Vec<String> = ran
        .stdout()
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["source"].to_string())
        .collect();
    assert_eq!(sources.len(), 2);
}

#[test]
fn spoken_has_one_segment_a_line_and_no_digit() {
    let case = Case::new().file("a.txt", "In 2024 it rose 5%. \u{201c}So what?\u{201d} she said.");
    let text = case.run(&["read", "a.txt", "--format", "spoken"]).ok().stdout();
    assert!(!text.contains(|c: char| c.is_ascii_digit() || c == '%'), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn an_article_without_words_says_why() {
    let case = Case::new().file("a.md", ">".repeat(100_000)).file("b.md", "```\nx = 1\n```\n");
    case.run(&["read", "a.md"]).ok().says(&["nothing-to-speak", "no words in it"]);
    case.run(&["read", "b.md"]).ok().says(&["nothing-to-speak", "removed, by code"]);
}

#[test]
fn uncleaned_text_is_spoken_whole() {
    let article = "A fine day\n\n3 min read\n\nIt rained in the end, and nobody minded.\n";
    let case = Case::new().file("a.txt", article);
    let cleaned = case.run(&["read", "a.txt", "--format", "plain"]).ok().stdout();
    let whole = case.run(&["read", "a.txt", "--format", "plain", "--clean", "none"]).ok().stdout();
    assert!(!cleaned.contains("min read"), "{cleaned}");
    assert!(whole.contains("3 min read"), "{whole}");
}

#[test]
fn reading_needs_no_voice_and_no_folder() {
    let case = Case::new().file("a.txt", "A sentence to read.");
    case.run(&["read", "a.txt"]).ok();
    assert!(!case.path("data").exists(), "reading must not touch the data folder");
    assert!(!case.path("output").exists());
}

#[test]
fn standard_input_is_read() {
    let case = Case::new().input("# From a pipe\n\nWords.\n");
    let text = case.run(&["read", "-", "--format", "spoken"]).ok().stdout();
    assert!(text.contains("Words."), "{text}");
}
