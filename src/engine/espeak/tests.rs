//! What is espeak-ng's own; the contract's tests hold for it as for every engine.

use super::*;
use crate::model::Prosody;
use crate::{
    engine::contract::{self, words},
    model::{Gender, Timing},
};

/// The engine of this machine.
fn engine() -> Option<EspeakEngine> {
    let found = EspeakEngine::find();
    contract::present(found.is_some(), "espeak-ng");
    found
}

fn say(engine: &EspeakEngine, voice: &str, text: &str) -> Result<Clip, EngineError> {
    let voice = engine.voices().into_iter().find(|v| v.id == voice).expect(voice);
    let words = words(text);
    let language = voice.language.as_str();
    let utterance = Utterance { words: &words, language, prosody: Prosody::default(), seed: 0 };
    engine.open(&voice)?.synthesize(&utterance)
}

#[test]
fn the_contract_holds() {
    let Some(engine) = engine() else { return };
    for id in ["espeak:en-us", "espeak:en-gb+f2"] {
        let voice = engine.voices().into_iter().find(|v| v.id == id).expect(id);
        contract::holds(&engine, &voice);
    }
}

#[test]
fn a_hundred_languages_each_male_and_female() {
    let Some(engine) = engine() else { return };
    let voices = engine.voices();
    let languages: std::collections::BTreeSet<&str> =
        voices.iter().filter_map(|v| v.language.split('-').next()).collect();
    assert!(languages.len() >= 100, "{}", languages.len());
    for language in &languages {
        for gender in [Gender::Male, Gender::Female] {
            let speaks =
                |v: &&Voice| v.gender == gender && v.language.split('-').next() == Some(language);
            assert!(voices.iter().any(|v| speaks(&v)), "{language} {gender:?}");
        }
    }
}

#[test]
fn words_are_exact_where_espeak_says_where_they_begin() {
    let Some(engine) = engine() else { return };
    let clip =
        say(&engine, "espeak:en-us", "The quick fox sleeps, and nobody in the village minds.")
            .unwrap();
    let exact = clip.marks.iter().filter(|m| m.timing == Timing::Exact).count();
    assert_eq!((clip.marks.len(), exact), (10, 8), "in + the are said in one go");
    // The pause at the comma is nobody's.
    assert!(clip.marks[4].range.start - clip.marks[3].range.end > 1000, "{:?}", clip.marks);
}

#[test]
fn the_program_gives_the_samples_of_the_library_with_estimated_marks() {
    let Some(engine) = engine() else { return };
    let text = "The quick fox sleeps, and nobody in the village minds.";
    let exact = say(&engine, "espeak:en-us+f2", text).unwrap();
    let other = EspeakEngine::find().expect("found before");
    other.shared.library.set(false).expect("not asked yet");
    let estimated = say(&other, "espeak:en-us+f2", text).unwrap();
    assert!(estimated.samples == exact.samples, "other samples");
    assert!(estimated.marks.iter().all(|m| m.timing == Timing::Interpolated));
    let far =
        |(a, b): (&crate::model::Mark, &crate::model::Mark)| a.range.start.abs_diff(b.range.start);
    let furthest = estimated.marks.iter().zip(&exact.marks).map(far).max().unwrap();
    assert!(furthest < SAMPLE_RATE as usize / 4, "{furthest} samples apart");
}

#[test]
fn workers_that_were_killed_are_replaced() {
    let Some(engine) = engine() else { return };
    let before = say(&engine, "espeak:en-us", "One two.").unwrap();
    // A second one, which stays unused meanwhile.
    let (first, second) = (engine.shared.take("en-us"), engine.shared.take("en-us"));
    for worker in [first, second].into_iter().flatten() {
        engine.shared.give_back(worker);
    }
    if engine.crash_workers() == 0 {
        assert_eq!(engine.shared.library.get(), Some(&false), "no worker to kill");
        return;
    }
    assert_eq!(say(&engine, "espeak:en-us", "One two.").unwrap(), before);
    assert_eq!(engine.shared.idle.lock().unwrap().len(), 1, "the dead are gone");
}

#[test]
fn another_voice_in_between_changes_nothing() {
    let Some(engine) = engine() else { return };
    let first = say(&engine, "espeak:en-us", "One two three.").unwrap();
    for other in ["espeak:de+f2", "espeak:ja", "espeak:yue", "espeak:en-gb"] {
        say(&engine, other, "1").unwrap();
        assert_eq!(say(&engine, "espeak:en-us", "One two three.").unwrap(), first, "after {other}");
    }
}

#[test]
fn scripts_that_it_only_spells_are_refused_and_those_it_reads_are_read() {
    let Some(engine) = engine() else { return };
    for (voice, text) in [("espeak:ja", "今日は いい"), ("espeak:ko+f2", "오늘은 漢字")] {
        let error = say(&engine, voice, text).unwrap_err().to_string();
        assert!(error.contains("would spell Chinese characters"), "{error}");
    }
    for (voice, text) in [
        ("espeak:ja", "きょうは てんきが いい です"),
        ("espeak:ko", "오늘은 날씨가 좋습니다"),
        ("espeak:yue", "今天天气很好"),
    ] {
        assert!(say(&engine, voice, text).is_ok(), "{text}");
    }
    // Read as Mandarin, eight characters take two to three seconds; as "Chinese letter" eight times, ten.
    let mandarin = engine.voices().into_iter().find(|v| v.language == "zh").expect("Mandarin").id;
    let clip = say(&engine, &mandarin, "今天天气很好我们").unwrap();
    assert!(clip.samples.len() < 4 * SAMPLE_RATE as usize, "{}", clip.samples.len());
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_does_not_grow_without_end() {
    let Some(engine) = engine() else { return };
    let resident = || {
        let idle = engine.shared.idle.lock().unwrap();
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", idle.first()?.id())).ok()?;
        let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    let speak = |count: usize| {
        for i in 0..count {
            say(&engine, "espeak:en-us", ["One.", "Two three.", "Four five six."][i % 3]).unwrap();
        }
        resident()
    };
    let (before, after) = (speak(100), speak(400));
    let (Some(before), Some(after)) = (before, after) else {
        assert_eq!(engine.shared.library.get(), Some(&false), "a worker to look at");
        return;
    };
    assert!(after < before + 1000, "from {before} to {after} kB");
    // Words of a second language bring its dictionary along, 190 kB each time; past its limit a worker forks.
    let first = say(&engine, "espeak:ru", "Hello").unwrap();
    for _ in 0..600 {
        assert_eq!(say(&engine, "espeak:ru", "Hello").unwrap(), first);
    }
    let with_english = resident().expect("as before");
    assert!(with_english < after + 104_000, "from {after} to {with_english} kB");
}
