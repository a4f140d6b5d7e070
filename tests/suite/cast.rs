//! Several voices in one article, and the names of 50 languages, with the engines of this machine.

use std::{
    env,
    io::{self, Write},
};

use aloud::{
    engine::{Engine, espeak::EspeakEngine, flite::FliteEngine},
    model::Voice,
    voice::{self, Catalogue, known_names},
};

use crate::support::Case;

/// Whether `there` holds of `what`; it must, unless `ALOUD_TEST_WITHOUT_PROGRAMS=1` allows otherwise.
fn present(there: bool, what: &str) -> bool {
    if !there {
        let allowed = env::var("ALOUD_TEST_WITHOUT_PROGRAMS").is_ok_and(|v| v == "1");
        assert!(allowed, "{what} is not installed (ALOUD_TEST_WITHOUT_PROGRAMS=1 skips its tests)");
        let line = format!("SKIPPED: a test of {what} (ALOUD_TEST_WITHOUT_PROGRAMS=1)\n");
        io::stderr().write_all(line.as_bytes()).expect("standard error");
    }
    there
}

fn espeak() -> Option<EspeakEngine> {
    let found = EspeakEngine::find();
    present(found.is_some(), "espeak-ng").then_some(found).flatten()
}

#[test]
fn with_espeak_ng_a_hundred_names_have_a_voice_of_their_language_and_gender() {
    let Some(espeak) = espeak() else { return };
    let catalogue = Catalogue::builtin();
    let natural: Vec<Voice> =
        catalogue.packs().iter().filter(|p| p.default).flat_map(voice::Pack::described).collect();
    let usable = [espeak.voices(), natural].concat();
    let mut unserved = Vec::new();
    for known in known_names() {
        match voice::resolve(Some(known.name), None, &usable, &catalogue) {
            Ok(found) => {
                let language = if known.language == "sh" { "hr" } else { known.language };
                assert!(
                    voice::same_language(&found.voice.language, language),
                    "{} {:?}",
                    known.name,
                    found.voice
                );
                assert_eq!(found.voice.gender, known.gender, "{} {:?}", known.name, found.voice);
            }
            Err(error) => unserved.push((known.name, error.to_string())),
        }
    }
    let [(name, why)] = unserved.as_slice() else { panic!("{unserved:?}") };
    assert_eq!(*name, "Filipino Female");
    assert!(why.contains("Filipino (fil-PH)") && why.contains("engine http"), "{why}");
    // A natural voice comes before a robotic one, but not for a man.
    let id = |name| voice::resolve(Some(name), None, &usable, &catalogue).expect(name).voice.id;
    assert_eq!(id("US English Female"), "hibari:heart");
    assert_eq!(id("US English Male"), "espeak:en-us");
    assert_eq!(id("Serbo-Croatian Male"), "espeak:hr");
    assert_eq!(id("Chinese (Hong Kong) Female"), "espeak:yue+f2");
}

#[test]
fn roles_and_languages_have_their_own_voices() {
    if espeak().is_none() {
        return;
    }
    let case = Case::new()
        .file(
            "aloud.toml",
            "[voice]\nname = \"espeak:en-us\"\n[roles]\nquote = \"espeak:en-gb+f2\"\n",
        )
        .file(
            "a.html",
            "<h1>Ferries</h1><p>The ferry left early on Monday.</p>\
             <blockquote>Nobody waited for us.</blockquote>\
             <p lang=\"fr\">Le bateau est parti.</p>\
             <blockquote lang=\"fr\">Il fait beau.</blockquote>\
             <p lang=\"fil\">Magandang umaga.</p>",
        );
    case.run(&["build", "a.html", "--lang", "en-US"]).ok();
    let manifest = case.json("output/a/a.json");
    let found: Vec<(String, String)> = manifest["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["text"].as_str().unwrap().to_owned(), s["voice"].as_str().unwrap().to_owned()))
        .collect();
    let wanted = [
        ("Ferries", "espeak:en-us"),
        ("The ferry left early on Monday.", "espeak:en-us"),
        ("Nobody waited for us.", "espeak:en-gb+f2"),
        ("Le bateau est parti.", "espeak:fr-fr"),
        ("Il fait beau.", "espeak:fr-fr"),
        ("Magandang umaga.", "espeak:en-us"),
    ];
    let wanted: Vec<_> = wanted.iter().map(|(t, v)| ((*t).to_owned(), (*v).to_owned())).collect();
    assert_eq!(found, wanted);
    let warnings = manifest["warnings"].to_string();
    assert!(warnings.contains("foreign-language") && warnings.contains("in fil"), "{warnings}");
    assert!(manifest["disclosure"].as_str().unwrap().contains("espeak:fr-fr"));
    // What will be said is what is shown beforehand.
    let script = case.run(&["read", "a.html", "--lang", "en-US", "--json"]).ok().stdout();
    let script: serde_json::Value = serde_json::from_str(&script).unwrap();
    let shown: Vec<&str> = script["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["voice"].as_str().unwrap())
        .collect();
    assert_eq!(shown, found.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>());

    let config = case.text("aloud.toml").replace("[roles]", "foreign = \"main\"\n[roles]");
    let case = case.file("aloud.toml", config);
    case.run(&["build", "a.html", "--lang", "en-US"]).ok();
    let manifest = case.json("output/a/a.json");
    assert_eq!(manifest["segments"][3]["voice"], "espeak:en-us");
    assert!(manifest["warnings"].to_string().contains("[voice] foreign is"));
}

#[test]
fn a_voice_of_the_settings_that_does_not_exist_stops_the_build() {
    for (config, wanted) in [
        ("[roles]\nquote = \"Nobody's Voice\"\n", "no voice is called \"Nobody's Voice\""),
        ("[voice]\nfallback = \"x:y\"\n", "no voice is called \"x:y\""),
        ("[roles]\nquotes = \"tone:beep\"\n", "unknown variant `quotes`"),
        ("[voice]\nforeign = \"other\"\n", "unknown variant `other`"),
    ] {
        let case = Case::new().file("a.txt", "Words.").file("aloud.toml", config);
        case.run(&["build", "a.txt"]).code(2).says(&[wanted]);
    }
}

#[test]
fn flite_speaks_a_whole_article() {
    if !present(FliteEngine::find().is_some(), "flite") {
        return;
    }
    let case =
        Case::new().file("a.txt", "The ferry left early. Nobody waited for us, and it rained.");
    case.run(&["build", "a.txt", "--voice", "flite:slt"]).ok();
    let manifest = case.json("output/a/a.json");
    assert_eq!(manifest["voice"]["engine"], "flite");
    assert_eq!(manifest["segments"][1]["words"][0]["timing"], "interpolated");
    assert!(manifest["duration_ms"].as_u64().unwrap() > 2500);
}
