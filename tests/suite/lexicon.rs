//! Pronunciation lexicons: where they come from, which wins, and the commands about them.

use std::fs;

use crate::support::{Case, voice};

const ARTICLE: &str = "Phnom Penh is far. Bo Nguyen lives in Phnom Penh's old town.\n";
const PLS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\" alphabet=\"ipa\" xml:lang=\"en\">\n\
    <lexeme><grapheme>Phnom Penh</grapheme><alias>from the house</alias></lexeme>\n</lexicon>\n";

fn spoken(case: &Case, arguments: &[&str]) -> String {
    case.run(&[&["read", "--format", "spoken"], arguments].concat()).ok().stdout()
}

#[test]
fn a_lexicon_beside_the_configuration_is_found_by_itself() {
    let case = Case::new().file("a.txt", ARTICLE);
    assert!(spoken(&case, &["a.txt"]).contains("Phnom Penh is far."));
    let case = case.file("lexicon.toml", "\"Phnom Penh\" = \"p'nom pen\"\n");
    let text = spoken(&case, &["a.txt"]);
    assert!(text.contains("p'nom pen is far.") && text.contains("p'nom pen's old town."), "{text}");
    let case = case.file("aloud.toml", "[spoken]\nlexicons = []\n");
    assert!(spoken(&case, &["a.txt"]).contains("Phnom Penh is far."), "set to none");
    let elsewhere = Case::new()
        .file("a.txt", ARTICLE)
        .file("site/aloud.toml", "")
        .file("site/lexicon.toml", "\"Phnom Penh\" = \"elsewhere\"\n");
    assert!(spoken(&elsewhere, &["a.txt", "--config", "site/aloud.toml"]).contains("elsewhere"));
}

#[test]
fn a_flag_wins_over_the_article_and_the_article_over_the_project() {
    let case = Case::new()
        .file("aloud.toml", "[spoken]\nlexicons = [\"house.pls\", \"more.toml\"]\n")
        .file("house.pls", PLS)
        .file("more.toml", "\"Phnom Penh\" = \"from more\"\n\"Bo\" = \"from more\"\n")
        .file("flag.toml", "\"Phnom Penh\" = \"from the flag\"\n")
        .file("a.txt", ARTICLE)
        .file("in/b.md", format!("---\nlexicon: own.toml\n---\n{ARTICLE}"))
        .file("in/own.toml", "\"Phnom Penh\" = \"from its file\"\n")
        .file("c.md", format!("---\nlexicon:\n  Phnom Penh: from its map\n---\n{ARTICLE}"));
    for (arguments, expected) in [
        (&["a.txt"][..], "from the house is far."),
        (&["in/b.md"], "from its file is far."),
        (&["c.md"], "from its map is far."),
        (&["c.md", "--lexicon", "flag.toml"], "from the flag is far."),
    ] {
        let text = spoken(&case, arguments);
        assert!(
            text.contains(expected) && text.contains("from more Nguyen"),
            "{arguments:?}: {text}"
        );
    }
}

#[test]
fn a_lexicon_that_cannot_be_used_is_named() {
    let case = Case::new()
        .file("a.txt", ARTICLE)
        .file("bad.toml", "\"a\" = 1\n")
        .file("latin.toml", b"\"a\" = \"\xe9\"\n")
        .file("b.md", format!("---\nlexicon: gone.pls\n---\n{ARTICLE}"));
    case.run(&["read", "a.txt", "--lexicon", "bad.toml"])
        .code(2)
        .says(&["bad.toml:1:7", "a number"]);
    case.run(&["read", "a.txt", "--lexicon", "gone.toml"]).code(2).says(&["gone.toml"]);
    case.run(&["read", "a.txt", "--lexicon", "latin.toml"]).code(2).says(&["latin.toml", "UTF-8"]);
    // An article's own is a warning, like a voice that it asks for and nobody has.
    case.run(&["read", "b.md"]).ok().says(&["gone.pls", "it is not used", "[lexicon]"]);
}

#[test]
fn a_build_keeps_the_written_text_and_names_the_lexicons() {
    let case = Case::new()
        .file("a.txt", ARTICLE)
        .file("lexicon.toml", "\"Phnom Penh\" = \"p'nom pen\"\n\"Nguyen\" = { ipa = \"ŋwiən\" }\n");
    let ran = case.build(&["a.txt"]).ok();
    let manifest = case.json("output/a/a.json");
    let word = &manifest["segments"][0]["words"][0];
    assert_eq!((&word["text"], &word["spoken"]), (&"Phnom Penh".into(), &"p'nom pen".into()));
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
    assert_eq!(manifest["settings"]["lexicons"]["lexicon.toml"].as_str().map(str::len), Some(64));
    // The tone voice takes no sounds.
    ran.says(&["lexicon.toml:2", "\"Nguyen\" /ŋwiən/", "takes no sounds", "[ipa-unused]"]);
}

#[test]
fn a_check_tells_what_is_wrong_and_where() {
    let case = Case::new()
        .file("good.toml", "\"Bo\" = { ipa = \"boʊ\" }\n")
        .file("bad.toml", "\"Bo\" = { ipa = \"b0\" }\n\"Vik\" = { ipa = \"vyk\" }\n");
    case.run(&["lexicon", "check", "good.toml"])
        .ok()
        .says(&["good.toml: 1 entry can be used, nothing wrong found"]);
    let ran = case.run(&["lexicon", "check", "good.toml", "bad.toml"]).code(1);
    let lines = ran.stdout();
    assert!(
        lines.contains("bad.toml:1:1: error: \"Bo\": '0' in /b0/ is no symbol of IPA [ipa-symbol]"),
        "{lines}"
    );
    assert!(!lines.contains("good.toml"), "{lines}");
    case.run(&["lexicon", "check", "gone.toml"]).code(2).says(&["gone.toml"]);
    let json = case.run(&["lexicon", "check", "bad.toml", "--json"]).code(1).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "aloud.lexicon-check/1");
    let found = &json["files"][0]["findings"][0];
    assert_eq!((&found["line"], &found["severity"]), (&1.into(), &"error".into()));
}

#[cfg(feature = "hibari")]
#[test]
fn a_check_tells_which_sounds_the_voice_does_not_have() {
    let case = Case::new().file("a.toml", "\"Vik\" = { ipa = \"vyk\" }\n");
    let lines = case.run(&["lexicon", "check", "a.toml"]).ok().stdout();
    assert!(
        lines.contains("voice hibari:heart has no 'y', and says 'u' instead [ipa-voice]"),
        "{lines}"
    );
}

#[cfg(feature = "hibari")]
#[test]
fn unknown_words_are_listed_and_an_entry_settles_them() {
    let Some(data) = voice::installed() else { return };
    let case = Case::new()
        .environment("ALOUD_DATA_DIR", data.to_string_lossy())
        .file("in/a.md", "The Brennockly ferry left. Brennockly's mayor waved.\n")
        .file("in/b.md", "A Zzyxwick came to Brennockly.\n");
    let text = case.run(&["lexicon", "unknown", "in"]).ok().stdout();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].trim_start().starts_with("3 Brennockly"), "{text}");
    assert!(lines[0].contains("a.md:1: The Brennockly ferry left."), "{text}");
    assert!(lines[1].contains("Zzyxwick") && lines.len() == 2, "{text}");
    let skeleton = case.run(&["lexicon", "unknown", "in", "--format", "toml"]).ok().stdout();
    fs::write(case.path("lexicon.toml"), &skeleton).unwrap();
    assert!(skeleton.contains("\"Brennockly\" = { ipa = \""), "{skeleton}");
    case.run(&["lexicon", "check", "lexicon.toml"]).ok();
    assert_eq!(case.run(&["lexicon", "unknown", "in"]).ok().stdout(), "", "{skeleton}");
    let json = case
        .run(&["lexicon", "unknown", "in", "--json", "--lexicon", "lexicon.toml"])
        .ok()
        .stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["words"].as_array().map(Vec::len), Some(0));
}
