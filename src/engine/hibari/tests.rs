//! The voice itself, with its weights.

use super::*;
use crate::{
    engine::contract::{self, words},
    model::{Prosody, Timing},
};

/// The engine, loaded once for all tests.
fn engine() -> Option<&'static HibariEngine> {
    static ENGINE: OnceLock<Option<HibariEngine>> = OnceLock::new();
    ENGINE
        .get_or_init(|| {
            crate::testing::pack("hibari")
                .map(|dir| HibariEngine::open(&dir).expect("a whole pack"))
        })
        .as_ref()
}

/// What the words read as, in phonemes.
fn phonemes(words: &[Word]) -> Result<String, String> {
    let Some(engine) = engine() else { return Ok(String::new()) };
    let shared = engine.shared(&HibariEngine::voice()).expect("it loads");
    let read = shared.phonemiser.read(words).map_err(|fault| {
        assert!(words.iter().any(|w| w.text == fault.word), "names a word: {fault:?}");
        fault.reason
    })?;
    let letters = shared.phonemiser.vocabulary().letters();
    for range in &read.words {
        assert!(!range.is_empty());
    }
    assert!(read.words.windows(2).all(|w| w[0].end <= w[1].start));
    Ok(read.ids[1..read.ids.len() - 1].iter().map(|id| letters[id]).collect())
}

/// "NGOs" as three words.
fn initialism(letters: &[&str]) -> Vec<Word> {
    letters
        .iter()
        .map(|l| Word { text: (*l).into(), letter: true, written: 0..4, ..Word::default() })
        .collect()
}

#[test]
fn it_holds_the_contract() {
    let Some(engine) = engine() else { return };
    contract::holds(engine, &HibariEngine::voice());
}

#[test]
fn sentences_in_phonemes() {
    if engine().is_none() {
        return;
    }
    for (text, expected, why) in [
        ("Hello there.", "həlˈO ðˈɛɹ.", "as misaki"),
        ("“Hello,” she said (quietly).", "həlˈO, ʃi sˈɛd (kwˈIətli).", "no quotation marks"),
        ("the apple, the pear", "ði ˈæpᵊl, ðə pˈɛɹ", "a word knows its neighbour"),
        ("we don’t re-elect them", "wi dˈOnt ɹˌiəlˈɛkt ðˌɛm", "curly apostrophe, hyphen"),
        ("apples etc.", "ˈæpᵊlz ɛtsˈɛTəɹə.", "a dot that misaki takes into the word"),
        ("we went to mass.", "wi wˈɛnt tə mˈæs.", "a word that is an abbreviation with its dot"),
    ] {
        assert_eq!(phonemes(&words(text)).as_deref(), Ok(expected), "{text}: {why}");
    }
}

#[test]
fn marks_are_the_durations_that_the_network_gave() {
    let Some(engine) = engine() else { return };
    let voice = HibariEngine::voice();
    let words = words("boats leave the old pier at dawn");
    let mut inspector = inspect::Inspector::new(engine).expect("it loads");
    let ids = inspector.ids(&words).expect("plain words");
    let steps = inspector.speak(&ids, (1.0, 1.0), 1, true).expect("it speaks");
    // Word by word as the spaces divide the phonemes, without what the voice says of its words.
    let letters = engine.shared(&voice).expect("it loads").phonemiser.vocabulary().letters();
    let (mut sample, mut expected) = (0, vec![]);
    let mut start = None;
    for (id, frames) in ids.iter().zip(&steps.durations) {
        let sound = letters.get(id).is_some_and(|letter| !" $".contains(*letter));
        match start {
            None if sound => start = Some(sample),
            Some(first) if !sound => {
                expected.push(first..sample);
                start = None;
            }
            _ => {}
        }
        sample += frames * HOP;
    }
    assert_eq!(expected.len(), words.len());
    let utterance =
        Utterance { words: &words, language: "en", seed: 1, prosody: Prosody::default() };
    let clip = engine.open(&voice).and_then(|mut s| s.synthesize(&utterance)).expect("it speaks");
    let marks: Vec<_> = clip.marks.iter().map(|mark| mark.range.clone()).collect();
    assert_eq!(marks, expected);
    assert!(clip.marks.iter().all(|mark| mark.timing == Timing::Exact));
    assert_eq!(clip.samples.len(), sample, "and there is no other sound");
}

#[test]
fn letters_are_read_as_one_word_with_one_stress() {
    if engine().is_none() {
        return;
    }
    let mut all = words("The");
    all.extend(initialism(&["N", "G", "O", "s"]).into_iter().take(2));
    all.extend(initialism(&["Os"]));
    all.extend(words("left."));
    assert_eq!(phonemes(&all).as_deref(), Ok("ði ˌɛnʤˌiˈOz lˈɛft."));
    assert_eq!(phonemes(&initialism(&["B"])).as_deref(), Ok("bˈi"));
}

#[test]
fn a_given_pronunciation_replaces_the_reading() {
    if engine().is_none() {
        return;
    }
    let mut all = words("the Phnom Penh post");
    all[1].ipa = Some("ˈæpnɑm".into());
    let read = phonemes(&all).expect("it reads");
    assert!(read.starts_with("ði ˈæpnɑm "), "{read}");
    all[1].ipa = Some("p7n".into());
    let error = phonemes(&all).expect_err("not a phoneme");
    assert!(error.contains('7'), "{error}");
}

#[test]
fn words_that_no_dictionary_has_are_read_whole() {
    if engine().is_none() {
        return;
    }
    for word in ["Sihanoukville", "Straße", "café", "Nguyễn", "d’Artagnan", "O'Brien’s", "xkcd"]
    {
        let read = phonemes(&words(word)).expect(word);
        assert!(read.chars().filter(|c| c.is_alphabetic()).count() > 2, "{word}: {read}");
    }
    // Longer than the network takes at once: its end is read too.
    let long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    let read = phonemes(&words(long)).expect("it reads");
    assert!(read.chars().count() > 40, "{read}");
}

#[test]
fn what_is_not_a_word_of_this_voice_is_an_error() {
    if engine().is_none() {
        return;
    }
    for (text, reason) in [
        ("hello ភ្នំពេញ", "Khmer"),
        ("東京", "Han"),
        ("Москва", "Cyrillic"),
        ("one 2 three", "'2'"),
        ("fifty %", "'%'"),
        ("''", "no letters"),
        ("-", "no letters"),
    ] {
        let error = phonemes(&words(text)).expect_err(text);
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[test]
fn a_voice_without_its_files_says_which_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = HibariEngine::open(folder.path()).err().expect("nothing there").to_string();
    assert!(error.contains("hibari.onnx") && error.contains("aloud voices install"), "{error}");
    for name in [NETWORK].iter().chain(&english::FILES) {
        std::fs::write(folder.path().join(name), b"damaged").expect("it writes");
    }
    let engine = HibariEngine::open(folder.path()).expect("the files are there");
    let error = engine.open(&HibariEngine::voice()).err().expect("damaged").to_string();
    assert!(error.contains("hibari.onnx") && error.contains("aloud voices install"), "{error}");
}

#[test]
fn a_rayon_worker_does_not_start_another_job_while_it_waits() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let Some(dir) = crate::testing::pack("hibari") else { return };
    // Nothing of it is loaded yet: all jobs need the same network at once.
    let engine = HibariEngine::open(&dir).expect("a whole pack");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let (busy, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    pool.scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|_| {
                most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                engine.self_test(&HibariEngine::voice()).expect("it speaks");
                busy.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    assert_eq!(most.into_inner(), 1);
}

/// The default voice's files as other voices: what is tested is everything but their sound.
#[test]
fn several_voices_are_told_apart_and_read_in_their_accents() {
    let Some(folder) = crate::testing::pack("hibari") else { return };
    let voice = |name: &str, language: &str| Voice {
        id: format!("hibari:{name}"),
        name: name.into(),
        language: language.into(),
        ..HibariEngine::voice()
    };
    let voices = [voice("heart", "en-US"), voice("emma", "en-GB"), voice("wrong", "fr-FR")];
    let installed = |voice: &Voice| Installed { voice: voice.clone(), folder: folder.clone() };
    let engine = HibariEngine::new(voices.iter().map(installed).collect()).expect("whole packs");
    assert_eq!(engine.voices(), voices);
    contract::holds(&engine, &voices[1]);
    let reading = |voice| {
        let shared = engine.shared(voice).expect("it loads");
        let letters = shared.phonemiser.vocabulary().letters();
        let mut all = words("our garden goat");
        all.extend(initialism(&["Z"]));
        let read = shared.phonemiser.read(&all).expect("it reads");
        read.ids.iter().filter_map(|id| letters.get(id)).filter(|c| **c != '$').collect::<String>()
    };
    assert_eq!(reading(&voices[0]), "ˌWəɹ ɡˈɑɹdən ɡˈOt zˈi");
    assert_eq!(reading(&voices[1]), "ˌWə ɡˈɑːdᵊn ɡˈQt zˈɛd");
    let error = engine.open(&voices[2]).err().expect("no English").to_string();
    assert!(error.contains("hibari:wrong") && error.contains("fr-FR"), "{error}");
    let slow = Voice { sample_rate: 16_000, ..voices[1].clone() };
    let engine = HibariEngine::new(vec![installed(&slow)]).expect("whole packs");
    let error = engine.open(&slow).err().expect("another rate").to_string();
    assert!(error.contains("16000"), "{error}");
}
