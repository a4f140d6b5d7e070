//! From a name to a voice: by language, then gender, then quality, the same way every time.
//!
//! A name is an exact id (`hibari:heart`), a ResponsiveVoice name, or a query
//! (`lang=en-GB gender=female`). Every step of the choice is put in words, so that it can be explained.

use std::cmp::Reverse;

use super::{
    Catalogue, VoiceError,
    responsivevoice::{Status, known_names},
};
use crate::model::{Gender, Voice, Warning};

/// The voice of articles that ask for none.
pub const DEFAULT_NAME: &str = "US English Female";

/// Names at least this much like an unknown one (Jaro-Winkler, 0 to 1) are suggested.
const LIKENESS: f64 = 0.8;

/// A chosen voice and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// The voice.
    pub voice: Voice,
    /// How it was chosen, step by step, for people.
    pub steps: Vec<String>,
    /// Where the voice is not quite what was asked for.
    pub warnings: Vec<Warning>,
}

/// What a name asks for.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    name: &'a str,
    language: &'a str,
    gender: Option<Gender>,
}

/// Finds the voice among `usable` for `request`, or without one for `language`, or the default.
///
/// # Errors
/// [`VoiceError::Unknown`] when nobody knows the name, with near ones; [`VoiceError::Unserved`] when no
/// usable voice speaks its language, with what would.
pub fn resolve(
    request: Option<&str>,
    language: Option<&str>,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Resolution, VoiceError> {
    let request = request.map(str::trim).filter(|r| !r.is_empty());
    let Some(name) = request else {
        return without_name(language, usable, catalogue);
    };
    if let Some(voice) = usable.iter().find(|v| v.id == name) {
        let steps = vec![format!("\"{name}\" is the id of a voice")];
        return Ok(Resolution { voice: voice.clone(), steps, warnings: Vec::new() });
    }
    if let Some(pack) = catalogue.pack_of(name) {
        let voice = pack.described().find(|v| v.id == name);
        return Err(VoiceError::Unserved {
            name: name.to_owned(),
            language: voice.map_or_else(|| "its language".to_owned(), |v| v.language),
            advice: format!("it is not installed; `aloud voices install {}` installs it", pack.id),
        });
    }
    if name.contains('=') {
        let (language, gender) = query(name, language)?;
        let wanted = Wanted { name, language: &language, gender };
        let step = format!("\"{name}\" is a query for {}", described(&language, gender));
        return choose(wanted, usable, catalogue, vec![step]);
    }
    if let Some(known) = known_names().iter().find(|k| k.name == name) {
        let gender = Some(known.gender);
        let wanted = Wanted { name, language: known.language, gender };
        let step = format!(
            "\"{name}\" is a ResponsiveVoice name for {}",
            described(known.language, gender)
        );
        let mut resolution = choose(wanted, usable, catalogue, vec![step])?;
        if known.status != Status::Current {
            let message = format!("the name \"{name}\" is not offered any more by ResponsiveVoice");
            resolution.warnings.push(Warning::new("deprecated-voice-name", message));
        }
        return Ok(resolution);
    }
    Err(VoiceError::Unknown { name: name.to_owned(), near: near(name, usable) })
}

/// The default voice when it speaks the article's language, or the best voice that does.
fn without_name(
    language: Option<&str>,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Resolution, VoiceError> {
    let known = known_names().iter().find(|k| k.name == DEFAULT_NAME);
    let fallback = known.map_or("en-US", |k| k.language);
    let (language, step) = match language {
        Some(language) => (language, format!("the article is in {language} and names no voice")),
        None => (fallback, format!("nothing names a voice; the default is \"{DEFAULT_NAME}\"")),
    };
    let gender = known.map(|k| k.gender);
    let wanted = Wanted { name: language, language, gender };
    let mut resolution = choose(wanted, usable, catalogue, vec![step])?;
    // Nobody asked for a gender or an accent, so nothing is amiss about another one.
    resolution.warnings.clear();
    Ok(resolution)
}

/// The best usable voice for what is wanted.
fn choose(
    wanted: Wanted<'_>,
    usable: &[Voice],
    catalogue: &Catalogue,
    mut steps: Vec<String>,
) -> Result<Resolution, VoiceError> {
    let primary = primary(wanted.language);
    let mut speaking: Vec<&Voice> =
        usable.iter().filter(|v| self::primary(&v.language) == primary).collect();
    speaking.sort_by_key(|v| rank(v, wanted));
    let Some(voice) = speaking.first() else {
        return Err(VoiceError::Unserved {
            name: wanted.name.to_owned(),
            language: wanted.language.to_owned(),
            advice: advice(wanted, catalogue),
        });
    };
    steps.push(format!("{} of {} usable voices speak that language", speaking.len(), usable.len()));
    steps.push(format!(
        "{} is the best of them by region, gender and quality ({}, {:?}, {})",
        voice.id, voice.language, voice.gender, voice.quality
    ));
    let mut warnings = Vec::new();
    let other_gender = wanted.gender.is_some_and(|g| g != voice.gender);
    let other_region = region(wanted.language).is_some_and(|r| region(&voice.language) != Some(r));
    if other_gender || other_region {
        let message = format!(
            "\"{}\" asks for {}; {} speaks ({})",
            wanted.name,
            described(wanted.language, wanted.gender),
            voice.id,
            described(&voice.language, Some(voice.gender)),
        );
        warnings.push(Warning::new("nearest-voice", message));
    }
    Ok(Resolution { voice: (*voice).clone(), steps, warnings })
}

/// Sorts best first: the region asked for, the gender asked for, quality, then name for certainty.
fn rank<'v>(voice: &'v Voice, wanted: Wanted<'_>) -> (bool, bool, Reverse<u8>, &'v str) {
    let region_differs =
        region(wanted.language).is_some_and(|r| region(&voice.language) != Some(r));
    let gender_differs = wanted.gender.is_some_and(|g| g != voice.gender);
    (region_differs, gender_differs, Reverse(voice.quality), &voice.id)
}

/// Reads `lang=en-GB gender=female`.
fn query(text: &str, language: Option<&str>) -> Result<(String, Option<Gender>), VoiceError> {
    let refuse = |reason: String| VoiceError::Query { query: text.to_owned(), reason };
    let (mut lang, mut gender) = (None, None);
    for part in text.split([' ', ',']).filter(|p| !p.is_empty()) {
        match part.split_once('=') {
            Some(("lang" | "language", value)) if !value.is_empty() => {
                lang = Some(value.to_owned())
            }
            Some(("gender", "female")) => gender = Some(Gender::Female),
            Some(("gender", "male")) => gender = Some(Gender::Male),
            _ => {
                return Err(refuse(format!(
                    "\"{part}\" is not understood; write it like `lang=en-GB gender=female`"
                )));
            }
        }
    }
    let lang = lang.or_else(|| language.map(str::to_owned)).unwrap_or_else(|| "en-US".to_owned());
    Ok((lang, gender))
}

/// What would serve a name that nothing here serves.
fn advice(wanted: Wanted<'_>, catalogue: &Catalogue) -> String {
    let primary = primary(wanted.language);
    let pack = catalogue
        .packs()
        .iter()
        .find(|p| p.voices.iter().any(|v| self::primary(&v.language) == primary));
    match pack {
        Some(pack) => format!("`aloud voices install {}` would serve it", pack.id),
        None => format!(
            "no voice pack that this version knows speaks {}; --voice chooses another voice",
            wanted.language
        ),
    }
}

/// Known names and ids that look like `name`, best first, at most three.
fn near(name: &str, usable: &[Voice]) -> Vec<String> {
    let lower = name.to_lowercase();
    let known = known_names().iter().map(|k| k.name.to_owned());
    let mut all: Vec<(f64, String)> = known
        .chain(usable.iter().map(|v| v.id.clone()))
        .map(|n| (strsim::jaro_winkler(&lower, &n.to_lowercase()), n))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.into_iter().map(|(_, n)| n).take(3).collect()
}

/// `en` of `en-US`.
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// `US` of `en-US`.
fn region(language: &str) -> Option<String> {
    let last = language.split(['-', '_']).nth(1)?;
    (last.len() == 2).then(|| last.to_ascii_uppercase())
}

fn described(language: &str, gender: Option<Gender>) -> String {
    match gender {
        Some(Gender::Female) => format!("{language}, female"),
        Some(Gender::Male) => format!("{language}, male"),
        _ => language.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn english_names_get_the_one_english_voice_and_say_where_it_differs() {
        let cases = [
            (Some("US English Female"), 0),
            (Some("US English Male"), 1),
            (Some("UK English Female"), 1),
            (Some("Australian Male"), 1),
            (Some("hibari:heart"), 0),
            (Some("lang=en gender=female"), 0),
            (Some("lang=en-GB"), 1),
            (None, 0),
        ];
        for (name, warnings) in cases {
            let found = resolve(name, None, &heart(), &Catalogue::builtin()).expect("a voice");
            assert_eq!(found.voice.id, "hibari:heart");
            assert_eq!(found.warnings.len(), warnings, "{name:?}: {:?}", found.warnings);
            assert!(!found.steps.is_empty());
        }
    }

    #[test]
    fn every_other_name_says_what_it_lacks() {
        let known = known_names().iter().filter(|k| primary(k.language) != "en");
        let mut count = 0;
        for name in known {
            let error = resolve(Some(name.name), None, &heart(), &Catalogue::builtin())
                .expect_err(name.name);
            assert!(!error.is_unknown_name());
            assert!(error.to_string().contains(name.language), "{error}");
            count += 1;
        }
        assert!(count > 90);
    }

    #[test]
    fn with_a_voice_for_each_every_name_gets_its_own_language_and_gender() {
        let mut usable = heart();
        for (i, name) in known_names().iter().enumerate() {
            usable.push(voice(&format!("x:{i}"), name.language, name.gender, 10));
        }
        for name in known_names() {
            let found =
                resolve(Some(name.name), None, &usable, &Catalogue::builtin()).expect("one");
            assert_eq!(
                (found.voice.language.as_str(), found.voice.gender),
                (name.language, name.gender)
            );
            let again =
                resolve(Some(name.name), None, &usable, &Catalogue::builtin()).expect("one");
            assert_eq!(found, again);
        }
    }

    #[test]
    fn quality_decides_among_equals_and_order_does_not() {
        let mut usable = vec![
            voice("a:low", "fr-FR", Gender::Female, 20),
            voice("b:high", "fr-FR", Gender::Female, 70),
            voice("c:canada", "fr-CA", Gender::Female, 90),
        ];
        for _ in 0..3 {
            usable.rotate_left(1);
            let found = resolve(Some("French Female"), None, &usable, &Catalogue::builtin());
            assert_eq!(found.expect("one").voice.id, "b:high");
        }
    }

    #[test]
    fn unknown_names_suggest_near_ones() {
        let cases = [
            ("US Engish Female", Some("US English Female")),
            ("us english female", Some("US English Female")),
            ("Deutch Female", Some("Deutsch Female")),
            ("hibari:hart", Some("hibari:heart")),
            ("zzz", None),
        ];
        for (name, wanted) in cases {
            match resolve(Some(name), None, &heart(), &Catalogue::builtin()) {
                Err(VoiceError::Unknown { near, .. }) => {
                    assert_eq!(near.first().map(String::as_str), wanted, "{name}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn an_article_in_another_language_is_not_read_as_english() {
        let error = resolve(None, Some("km"), &heart(), &Catalogue::builtin()).expect_err("Khmer");
        assert!(error.to_string().contains("km"), "{error}");
        let british = resolve(None, Some("en-GB"), &heart(), &Catalogue::builtin()).expect("heart");
        assert_eq!((british.voice.id.as_str(), british.warnings.len()), ("hibari:heart", 0));
    }

    #[test]
    fn a_voice_that_is_not_installed_says_how_to_get_it() {
        let error =
            resolve(Some("hibari:heart"), None, &[], &Catalogue::builtin()).expect_err("none");
        assert!(error.to_string().contains("aloud voices install hibari"), "{error}");
    }
}
