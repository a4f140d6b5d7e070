//! The manifest against its schema and its meaning.

use serde_json::{Value, json};

use super::*;
use crate::publish::{Stage, publication::tests::Sample};

fn rendered(sample: &Sample) -> Value {
    serde_json::from_str(&sample.rendered(&Manifest)).expect("JSON")
}

#[test]
fn fields_stand_in_the_order_of_the_format() {
    let text = Sample::new().rendered(&Manifest);
    let keys: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix(" \"")?.split_once('"').map(|(key, _)| key))
        .collect();
    let expected = "schema title byline date url slug language source source_sha256 disclosure \
                    voice settings duration_ms words loudness_lufs true_peak_dbtp files segments \
                    removed coverage warnings";
    assert_eq!(keys.join(" "), expected);
}

#[test]
fn times_words_and_lines() {
    let manifest = rendered(&Sample::new());
    assert_eq!(manifest["duration_ms"], 4375);
    assert_eq!(manifest["words"], 7);
    assert_eq!(manifest["loudness_lufs"], -20.12);
    assert_eq!(manifest["true_peak_dbtp"], Value::Null);
    let segment = &manifest["segments"][0];
    assert_eq!(segment["line"], 2);
    assert_eq!((&segment["start_ms"], &segment["end_ms"]), (&json!(100), &json!(2594)));
    let spoken = "fees rose three point five million dollars and fell again";
    assert_eq!(segment["spoken"], spoken);
    let money = json!({
        "text": "$3.5 million", "spoken": "three point five million dollars",
        "start_ms": 600, "end_ms": 1844, "timing": "interpolated",
    });
    assert_eq!(segment["words"][2], money);
    assert_eq!(manifest["segments"][1]["line"], 4);
    let removed = json!([{"rule": "listen-button", "text": "[button]", "line": 1}]);
    assert_eq!(manifest["removed"], removed);
    assert_eq!(manifest["warnings"][0]["line"], 2);
    let said = manifest["disclosure"].as_str().expect("a sentence");
    assert!(said.contains("synthetic") && said.contains("tone:beep"), "{said}");
}

#[test]
fn a_segment_names_its_own_voice_and_the_one_that_failed() {
    let mut sample = Sample::new();
    sample.script.segments[1].voice = Some("x:other".into());
    sample.script.segments[1].fallback = Some("y:first".into());
    let manifest = rendered(&sample);
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/article.json")).expect("JSON");
    crate::publish::json::schema::check(&schema, &manifest).expect("it fits");
    assert_eq!(manifest["segments"][0]["voice"], "tone:beep");
    assert!(manifest["segments"][0].get("fallback").is_none());
    assert_eq!(manifest["segments"][1]["voice"], "x:other");
    assert_eq!(manifest["segments"][1]["fallback"], "y:first");
    let said = manifest["disclosure"].as_str().expect("a sentence");
    assert!(said.ends_with("with the voices tone:beep and x:other."), "{said}");
}

#[test]
fn a_mark_is_never_empty() {
    let mut sample = Sample::new();
    let word = &mut sample.timeline.cues[1].words[0];
    word.end = word.start + 1;
    let word = rendered(&sample)["segments"][1]["words"][0].clone();
    assert!(word["start_ms"].as_u64() < word["end_ms"].as_u64(), "{word}");
}

#[test]
fn sources_are_named_relatively() {
    for (name, expected) in [
        ("posts/a.md", "posts/a.md"),
        ("./posts/../posts/a.md", "posts/posts/a.md"),
        ("../posts/a.md", "posts/a.md"),
        ("/home/someone/posts/a.md", "a.md"),
        ("-", "-"),
        ("/", ""),
    ] {
        assert_eq!(source_path(name), expected, "{name}");
    }
}

#[test]
fn an_earlier_build_is_asked_whose_slug_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage::open(folder.path()).expect("an output folder");
    let bytes = Sample::new().rendered(&Manifest).into_bytes();
    stage.write("fees/fees.json", &bytes).expect("written");
    stage.write("other/other.json", b"{\"source\": \"x\"}").expect("written");
    assert_eq!(source_of(folder.path(), "fees").as_deref(), Some("posts/fees.txt"));
    assert_eq!(source_of(folder.path(), "other"), None, "not aloud's");
    assert_eq!(source_of(folder.path(), "none"), None);
}

#[test]
fn the_manifest_fits_its_schema() {
    let schema = include_str!("../../../docs/schema/article.json");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let manifest = rendered(&Sample::new());
    crate::publish::json::schema::check(&schema, &manifest).expect("it fits");
    // Every field that may be null or absent, the other way round.
    let mut full = Sample::new();
    let meta = &mut full.script.meta;
    meta.byline = Some("A. Writer".into());
    meta.date = Some("2026-03-01".into());
    meta.url = Some("https://example.org/fees".into());
    full.script.segments[1].added = Some("code-announcement");
    full.timeline.true_peak_dbtp = Some(-3.0);
    crate::publish::json::schema::check(&schema, &rendered(&full)).expect("it fits");
    for (path, value) in [
        ("/schema", json!("aloud.article/2")),
        ("/segments/0/role", json!("song")),
        ("/segments/0/words/0/timing", json!("guessed")),
        ("/segments/0/words/0/start_ms", json!(-1)),
        ("/segments/0/id", json!(1)),
        ("/files/0/sha256", json!("xyz")),
        ("/voice", json!({})),
        ("/coverage/unaccounted_words", Value::Null),
        ("/removed/0", json!({"rule": "a", "text": "b", "line": 1, "more": 2})),
    ] {
        let mut wrong = manifest.clone();
        *wrong.pointer_mut(path).expect(path) = value;
        let checked = crate::publish::json::schema::check(&schema, &wrong);
        assert!(checked.is_err(), "{path} is wrong and passes");
    }
}
