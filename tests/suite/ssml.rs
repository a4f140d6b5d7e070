//! SSML as input and as output.

use crate::support::Case;

const DOCUMENT: &str = "<?xml version=\"1.0\"?>\n<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en\">\n\
    <p><s>Welcome to <sub alias=\"saint brendan's\">St B.</sub> harbour.</s><break time=\"900ms\"/>\n\
    The <prosody rate=\"slow\">old ferry</prosody>, number <say-as interpret-as=\"digits\">4711</say-as>, left.</p>\n</speak>\n";

#[test]
fn a_document_is_spoken_as_it_says() {
    let case = Case::new().file("a.ssml", DOCUMENT);
    let json = case.run(&["read", "a.ssml", "--json"]).ok().stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let segments: Vec<(&str, &str, u64, Option<f64>)> = json["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            let rate = s["prosody"]["rate"].as_f64();
            (
                s["text"].as_str().unwrap(),
                s["spoken"].as_str().unwrap(),
                s["pause_after_ms"].as_u64().unwrap(),
                rate,
            )
        })
        .collect();
    assert_eq!(
        segments,
        [
            ("Welcome to St B. harbour.", "Welcome to saint brendan's harbour.", 900, None),
            ("The", "The", 0, None),
            ("old ferry,", "old ferry,", 0, Some(0.75)),
            ("number 4711, left.", "number four seven one one, left.", 550, None),
        ]
    );
    let report = case.build(&["a.ssml"]).ok();
    drop(report);
    let manifest = case.json("output/a/a.json");
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
    assert_eq!(manifest["coverage"]["source_words"], 11);
}

#[test]
fn standard_input_that_begins_with_speak_is_ssml() {
    let case = Case::new().input(DOCUMENT);
    let text = case.run(&["read", "-", "--format", "spoken"]).ok().stdout();
    assert!(text.contains("saint brendan's"), "{text}");
}

#[test]
fn invalid_ssml_fails_alone_with_its_place() {
    let case = Case::new()
        .file("in/good.txt", "A good article.")
        .file("in/bad.ssml", "<speak>\n<p>a</speak>");
    case.build(&["in"]).code(1).says(&["bad.ssml:2:5", "</p>"]);
    assert_eq!(case.json("output/report.json")["totals"]["written"], 1);
    let bomb = "<!DOCTYPE speak [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<speak>&b;</speak>";
    let case = Case::new().file("bomb.ssml", bomb);
    case.run(&["read", "bomb.ssml"]).code(1).says(&["bomb.ssml:1:1", "refused"]);
}

#[test]
fn what_is_written_reads_as_the_same_words() {
    let article = "---\ntitle: Two & three\nlang: en\nlexicon:\n  Brennock: { ipa: ˈbrɛnək }\n  FAO: the food office\n---\n\
        The NGO paid $3.5 million on 3/4/2026 <b>at 5 p.m.</b> in Brennock.\n\n- \"FAO\" it's\n- Il a dit: 100%\n";
    let case = Case::new().file("a.md", article);
    let ssml = case.run(&["read", "a.md", "--format", "ssml"]).ok().stdout();
    for part in [
        "<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en\">",
        "<say-as interpret-as=\"characters\">NGO</say-as>",
        "<sub alias=\"three point five million dollars\">$3.5 million</sub>",
        "<phoneme alphabet=\"ipa\" ph=\"ˈbrɛnək\">Brennock</phoneme>",
        "<sub alias=\"the food office\">FAO</sub>",
        "<break time=\"1000ms\"/>",
    ] {
        assert!(ssml.contains(part), "{part} is not in:\n{ssml}");
    }
    let spoken = case.run(&["read", "a.md", "--format", "spoken"]).ok().stdout();
    let case = case.file("again.ssml", &ssml);
    assert_eq!(
        case.run(&["read", "again.ssml", "--format", "spoken"]).ok().stdout(),
        spoken,
        "{ssml}"
    );
    let again = case.run(&["read", "again.ssml", "--format", "ssml"]).ok().stdout();
    assert_eq!(again, ssml, "it is its own SSML");
}

#[test]
fn several_articles_are_no_one_document() {
    let case = Case::new().file("a.txt", "One.").file("b.txt", "Two.");
    case.run(&["read", "a.txt", "b.txt", "--format", "ssml"]).code(2).says(&["one article"]);
}

#[test]
fn named_places_are_in_the_manifest() {
    let document = "<speak version=\"1.1\" xml:lang=\"en\"><mark name=\"top\"/><p>One boat <mark name=\"two\"/>and two \
        oars.<mark name=\"between\"/> Then rain.</p><p>The end.<mark name=\"end\"/></p></speak>";
    let case = Case::new().file("a.ssml", document);
    drop(case.build(&["a.ssml"]).ok());
    let manifest = case.json("output/a/a.json");
    let segments = manifest["segments"].as_array().unwrap();
    let marks: Vec<(usize, &str, u64)> = segments
        .iter()
        .enumerate()
        .flat_map(|(i, segment)| {
            let marks = segment["marks"].as_array().into_iter().flatten();
            marks.map(move |m| (i, m["name"].as_str().unwrap(), m["at_ms"].as_u64().unwrap()))
        })
        .collect();
    let start = |segment: usize, word: usize| {
        segments[segment]["words"][word]["start_ms"].as_u64().unwrap()
    };
    let end = segments[2]["end_ms"].as_u64().unwrap();
    assert_eq!(
        marks,
        [
            (0, "top", start(0, 0)),
            (0, "two", start(0, 2)),
            (1, "between", start(1, 0)),
            (2, "end", end)
        ]
    );
    // Written out again, they stand where they stood.
    let ssml = case.run(&["read", "a.ssml", "--format", "ssml"]).ok().stdout();
    for part in [
        "<s><mark name=\"top\"/>One boat <mark name=\"two\"/>and",
        "<s><mark name=\"between\"/>Then rain.",
        "The end.<mark name=\"end\"/></s>",
    ] {
        assert!(ssml.contains(part), "{part} is not in:\n{ssml}");
    }
}

#[test]
fn phonemes_are_read_in_x_sampa_too() {
    let document = "<speak><p>In <phoneme alphabet=\"x-sampa\" ph=\"&quot;brEn@k\">Brennock</phoneme>.</p></speak>";
    let case = Case::new().file("a.ssml", document);
    let ssml = case.run(&["read", "a.ssml", "--format", "ssml"]).ok().stdout();
    assert!(ssml.contains("ph=\"ˈbrɛnək\">Brennock</phoneme>"), "{ssml}");
    let case = Case::new().file("a.ssml", document.replace("En@", "E#"));
    case.run(&["read", "a.ssml"]).code(1).says(&["a.ssml:1:14", "'#'", "X-SAMPA"]);
}
