//! Names and what they get, with one voice on the machine, with many, and with none.

use super::*;
use crate::voice::{Pack, PackVoice};

fn voice(id: &str, language: &str, gender: Gender, quality: u8) -> Voice {
    let (engine, name) = id.split_once(':').expect("engine:name");
    Voice {
        id: id.into(),
        engine: engine.into(),
        name: name.into(),
        language: language.into(),
        gender,
        sample_rate: 24_000,
        licence: String::new(),
        description: String::new(),
        quality,
    }
}

fn heart() -> Vec<Voice> {
    vec![voice("hibari:heart", "en-US", Gender::Female, 80)]
}

/// A catalogue of the default voice's pack alone.
fn default_alone() -> Catalogue {
    Catalogue::of(vec![Catalogue::builtin().pack("hibari").expect("the default").clone()])
}

/// That catalogue and a pack `more` with these voices of the engine `x`.
fn catalogue_with(voices: &[Voice]) -> Catalogue {
    let builtin = default_alone();
    let template = builtin.pack("hibari").expect("the default").clone();
    let described = voices.iter().map(|v| PackVoice {
        name: v.name.clone(),
        language: v.language.clone(),
        gender: v.gender,
        quality: v.quality,
        ..template.voices[0].clone()
    });
    let more = Pack {
        id: "more".into(),
        engine: "x".into(),
        voices: described.collect(),
        ..template.clone()
    };
    Catalogue::of(vec![template, more])
}

#[test]
fn english_names_get_the_one_english_voice_and_say_where_it_differs() {
    // (request, language, whether there is a warning)
    let cases = [
        (Some("US English Female"), None, false),
        (Some("  US English Female\u{a0}"), None, false),
        (Some("US English Male"), None, true),
        (Some("UK English Female"), None, true),
        (Some("UK English Male"), Some("en-US"), true),
        (Some("Fallback UK Female"), None, true),
        (Some("Australian Female"), None, true),
        (Some("Australian Male"), None, true),
        (Some("hibari:heart"), None, false),
        (Some("lang=en gender=female"), None, false),
        (Some("gender=female"), None, false),
        (Some("gender=male,lang=en-US"), None, true),
        (Some("lang=en-GB"), None, true),
        (None, None, false),
        (Some(" "), Some(" "), false),
        (None, Some("en"), false),
        (None, Some("en-GB"), false),
        (None, Some("EN_gb"), false),
    ];
    for (name, language, warned) in cases {
        let found = resolve(name, language, &heart(), &default_alone()).expect("a voice");
        assert_eq!(found.voice.id, "hibari:heart");
        let codes: Vec<&str> = found.warnings.iter().map(|w| w.code.as_ref()).collect();
        let wanted: &[&str] = if warned { &["nearest-voice"] } else { &[] };
        assert_eq!(codes, wanted, "{name:?}, {language:?}");
    }
    let english = known_names().iter().filter(|k| k.language.starts_with("en-"));
    for known in english {
        let found = resolve(Some(known.name), None, &heart(), &default_alone());
        assert_eq!(found.expect(known.name).voice.id, "hibari:heart");
    }
}

#[test]
fn the_choice_is_explained() {
    let found = resolve(Some("UK English Male"), None, &heart(), &default_alone()).expect("one");
    assert_eq!(
        found.steps,
        [
            "\"UK English Male\" is a ResponsiveVoice name and means en-GB, male",
            "1 of 1 usable voices can speak en-GB; best first: hibari:heart (en-US, female, quality 80)",
            "none of them is en-GB, male: hibari:heart is the nearest",
        ]
    );
    assert_eq!(
        found.warnings[0].message,
        "\"UK English Male\" asks for en-GB, male; the nearest voice here is hibari:heart (en-US, female); \
         the catalogue has no voice that fits better"
    );
    let found = resolve(None, None, &heart(), &default_alone()).expect("one");
    assert_eq!(found.steps[0], "nothing names a voice, and the default is \"US English Female\"");
    assert_eq!(found.steps[2], "hibari:heart is the best by language, gender and quality");
}

#[test]
fn what_would_serve_better_is_named() {
    let fable = voice("x:fable", "en-GB", Gender::Male, 70);
    let julie = voice("x:julie", "fr-FR", Gender::Female, 60);
    let catalogue = catalogue_with(&[fable, julie]);
    let advice =
        "`aloud voices install more` gets x:fable (en-GB, male, quality 70), which fits better";
    for name in ["UK English Male", "UK English Female", "Australian Male"] {
        let found = resolve(Some(name), None, &heart(), &catalogue).expect("the nearest");
        assert!(found.warnings[0].message.ends_with(advice), "{:?}", found.warnings);
    }
    let error = resolve(Some("French Female"), None, &heart(), &catalogue).expect_err("French");
    assert_eq!(
        error.to_string(),
        "\"French Female\" asks for French (fr-FR), which no voice here speaks: `aloud voices install more` gets \
         x:julie (fr-FR, female, quality 60)"
    );
    let error = resolve(None, Some("fr-CA"), &heart(), &catalogue).expect_err("French").to_string();
    assert!(
        error.starts_with("no voice here speaks French (fr-CA): `aloud voices install more`"),
        "{error}"
    );
}

#[test]
fn every_other_name_says_what_it_lacks() {
    let others = known_names().iter().filter(|k| !k.language.starts_with("en-"));
    let mut count = 0;
    for name in others {
        let error =
            resolve(Some(name.name), None, &heart(), &default_alone()).expect_err(name.name);
        assert!(!error.is_unknown_name());
        let text = error.to_string();
        assert!(text.contains(name.name) && text.contains(name.language), "{text}");
        count += 1;
    }
    assert_eq!(count, 101 - 7);
}

#[test]
fn with_a_voice_for_each_every_name_gets_its_own_language_and_gender() {
    let mut usable = heart();
    for (i, name) in known_names().iter().enumerate() {
        usable.push(voice(&format!("x:{i}"), name.language, name.gender, 60));
    }
    for name in known_names() {
        let find = |usable: &[Voice]| {
            resolve(Some(name.name), None, usable, &default_alone()).expect(name.name)
        };
        let found = find(&usable);
        assert_eq!(
            (found.voice.language.as_str(), found.voice.gender),
            (name.language, name.gender)
        );
        assert!(found.warnings.iter().all(|w| w.code == "deprecated-voice-name"), "{found:?}");
        assert_eq!(found.warnings.is_empty(), name.status == Status::Current);
        // The order in which engines list their voices is of no account.
        usable.reverse();
        assert_eq!(find(&usable), found);
    }
}

#[test]
fn language_then_gender_then_quality_decide() {
    let mut usable = vec![
        voice("a:low", "fr-FR", Gender::Female, 20),
        voice("b:high", "fr-FR", Gender::Female, 70),
        voice("b:same", "fr-FR", Gender::Female, 70),
        voice("c:male", "fr-FR", Gender::Male, 90),
        voice("d:canada", "fr-CA", Gender::Female, 90),
        voice("e:spain", "es-ES", Gender::Male, 90),
        voice("f:mexico", "es-MX", Gender::Female, 60),
        voice("g:croatian", "hr-HR", Gender::Male, 10),
        voice("h:serbian", "sr-RS", Gender::Male, 90),
        voice("i:plain", "pt", Gender::Female, 10),
    ];
    let cases = [
        ("French Female", "b:high", "quality, then the id"),
        ("French Male", "c:male", "gender before quality"),
        ("French Canadian Male", "d:canada", "region before gender"),
        ("lang=fr", "c:male", "nothing but quality is left"),
        (
            "lang=fr-BE gender=female",
            "b:high",
            "Belgian sounds more like French than like Canadian",
        ),
        ("Spanish Latin American Male", "f:mexico", "region before gender"),
        ("lang=es-AR", "f:mexico", "American Spanish is one group"),
        ("Serbo-Croatian Male", "g:croatian", "hr is the nearest to sh"),
        ("Montenegrin Male", "h:serbian", "sr-ME is Serbian"),
        ("Portuguese Female", "i:plain", "a voice without a region"),
    ];
    for (name, wanted, reason) in cases {
        for _ in 0..usable.len() {
            usable.rotate_left(1);
            let found = resolve(Some(name), None, &usable, &default_alone());
            assert_eq!(found.expect(name).voice.id, wanted, "{name}: {reason}");
        }
    }
}

#[test]
fn without_a_name_the_default_speaks_what_it_can() {
    let usable = [
        voice("tone:beep", "und", Gender::Neutral, 0),
        voice("hibari:heart", "en-US", Gender::Female, 80),
        voice("hibari:emma", "en-GB", Gender::Female, 90),
        voice("x:hans", "de-DE", Gender::Male, 50),
    ];
    let cases = [
        (None, "hibari:heart"),
        (Some("und"), "hibari:heart"),
        (Some("mul"), "hibari:heart"),
        (Some("en"), "hibari:heart"),
        (Some("en-US"), "hibari:heart"),
        (Some("en-GB"), "hibari:emma"),
        (Some("en-AU"), "hibari:emma"),
        (Some("de"), "x:hans"),
    ];
    for (language, wanted) in cases {
        let found = resolve(None, language, &usable, &default_alone()).expect("a voice");
        assert_eq!((found.voice.id.as_str(), found.warnings.len()), (wanted, 0), "{language:?}");
    }
}

#[test]
fn names_that_are_gone_warn_and_name_their_successor() {
    let usable =
        [voice("x:olga", "ru-RU", Gender::Female, 10), voice("x:max", "ht-HT", Gender::Male, 1)];
    let messages = |name| -> Vec<String> {
        let found = resolve(Some(name), None, &usable, &default_alone()).expect(name);
        found.warnings.into_iter().map(|w| w.message).collect()
    };
    assert_eq!(
        messages("Russian Male")[1],
        "ResponsiveVoice no longer offers \"Russian Male\"; \"Russian Female\" is its current name for this \
         language"
    );
    assert_eq!(
        messages("Hatian Creole Female")[1],
        "ResponsiveVoice no longer offers \"Hatian Creole Female\""
    );
    assert_eq!(messages("Russian Female"), Vec::<String>::new());
}

#[test]
fn unknown_names_suggest_near_ones() {
    let cases = [
        ("US Engish Female", Some("US English Female")),
        ("us english female", Some("US English Female")),
        ("US  English  Female", Some("US English Female")),
        ("Deutch Female", Some("Deutsch Female")),
        ("hibari:hart", Some("hibari:heart")),
        ("hibari", Some("hibari:heart")),
        ("heart", Some("hibari:heart")),
        ("zzz", None),
        ("\u{1b}[31m", None),
    ];
    // Whether the voice is installed or only in the catalogue.
    for usable in [heart(), Vec::new()] {
        for (name, wanted) in cases {
            match resolve(Some(name), None, &usable, &default_alone()) {
                Err(error @ VoiceError::Unknown { .. }) => {
                    assert!(error.is_unknown_name());
                    let text = error.to_string();
                    assert!(!text.contains('\u{1b}'), "{text:?}");
                    let VoiceError::Unknown { near, .. } = error else { unreachable!() };
                    assert_eq!(near.first().map(String::as_str), wanted, "{name}");
                    let mut distinct = near.clone();
                    distinct.dedup();
                    assert_eq!(near, distinct);
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_name_of_any_length_gives_a_short_message() {
    for name in ["x".repeat(1_000_000), format!("lang={}", "x".repeat(1_000_000))] {
        let error = resolve(Some(&name), None, &heart(), &default_alone()).expect_err("no voice");
        assert!(error.is_unknown_name());
        assert!(error.to_string().len() < 300, "{}", error.to_string().len());
    }
}

#[test]
fn queries_that_cannot_be_read_say_how_to_write_one() {
    for query in ["lang=", "lang=English please", "gender=woman", "voice=x", "lang=en gender", "="]
    {
        let error = resolve(Some(query), None, &heart(), &default_alone()).expect_err(query);
        assert!(error.is_unknown_name());
        assert!(error.to_string().contains("lang=en-GB gender=female"), "{error}");
    }
}

#[test]
fn an_article_in_another_language_is_not_read_as_english() {
    let cases =
        [("km", "Khmer (km)"), ("ja-JP", "Japanese (ja-JP)"), ("x", "x"), ("english", "english")];
    for (language, named) in cases {
        let error = resolve(None, Some(language), &heart(), &default_alone()).expect_err(language);
        assert!(!error.is_unknown_name());
        let text = error.to_string();
        assert!(text.starts_with(&format!("no voice here speaks {named}: ")), "{text}");
    }
}

#[test]
fn a_voice_that_is_not_installed_says_how_to_get_it() {
    let error = resolve(Some("hibari:heart"), None, &[], &default_alone()).expect_err("none");
    assert_eq!(
        error.to_string(),
        "voice hibari:heart is not installed; `aloud voices install hibari` installs it"
    );
    assert!(!error.is_unknown_name());
    let error = resolve(None, None, &[], &default_alone()).expect_err("none").to_string();
    assert!(error.contains("`aloud voices install hibari` gets hibari:heart"), "{error}");
}

#[test]
fn a_robotic_voice_is_taken_for_its_language_or_its_gender_alone() {
    let mut usable = heart();
    usable.extend([
        voice("robot:us-m", "en-US", Gender::Male, 30),
        voice("robot:gb-m", "en-GB", Gender::Male, 30),
        voice("robot:gb-f", "en-GB", Gender::Female, 25),
        voice("robot:fr-m", "fr-FR", Gender::Male, 30),
    ]);
    let cases = [
        ("US English Female", "hibari:heart", false, "the natural one"),
        ("UK English Female", "hibari:heart", true, "natural before accent"),
        ("UK English Male", "robot:gb-m", false, "no natural man"),
        ("US English Male", "robot:us-m", false, "no natural man"),
        ("lang=en-GB", "hibari:heart", true, "nobody asks for a gender"),
        ("French Female", "robot:fr-m", true, "nobody else speaks it"),
    ];
    for (name, wanted, warned, reason) in cases {
        let found = resolve(Some(name), None, &usable, &default_alone()).expect(name);
        assert_eq!(found.voice.id, wanted, "{name}: {reason}");
        assert_eq!(!found.warnings.is_empty(), warned, "{name}: {:?}", found.warnings);
    }
    // With a natural man of another accent there is no need of a robot.
    usable.push(voice("x:fenrir", "en-US", Gender::Male, 70));
    let found = resolve(Some("UK English Male"), None, &usable, &default_alone()).expect("one");
    assert_eq!(found.voice.id, "x:fenrir");
}

#[test]
fn a_language_that_nobody_here_speaks_names_what_would() {
    for (name, wanted) in [
        ("French Female", "apt-get install espeak-ng"),
        ("Filipino Female", "a speech service would"),
    ] {
        let error = resolve(Some(name), None, &heart(), &default_alone()).expect_err(name);
        assert!(error.to_string().contains(wanted), "{error}");
    }
}
