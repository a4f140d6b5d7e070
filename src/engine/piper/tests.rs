//! A voice with its weights, and files that are none.

use std::{fs, path::PathBuf};

use super::*;
use crate::engine::contract::{self, words};
use crate::model::Prosody;

/// The voice of the catalogue, loaded once for all tests.
fn joe() -> Option<(&'static PiperEngine, Voice)> {
    static ENGINE: OnceLock<Option<PiperEngine>> = OnceLock::new();
    let voice = Voice {
        id: "piper:en_US-joe-medium".into(),
        engine: "piper".into(),
        name: "en_US-joe-medium".into(),
        language: "en-US".into(),
        sample_rate: 22_050,
        ..crate::testing::voice()
    };
    let open = || {
        let folder = crate::testing::pack("piper-joe").filter(|_| crate::testing::has_espeak())?;
        Some(PiperEngine::new(vec![Installed { voice: voice.clone(), folder }]))
    };
    Some((ENGINE.get_or_init(open).as_ref()?, voice))
}

fn speak(engine: &PiperEngine, voice: &Voice, text: &str, seed: u64) -> Clip {
    let words = words(text);
    let prosody = Prosody::default();
    let utterance = Utterance { words: &words, language: "en-US", prosody, seed };
    engine.open(voice).expect("it opens").synthesize(&utterance).expect("it speaks")
}

#[test]
fn it_holds_the_contract() {
    let Some((engine, voice)) = joe() else { return };
    contract::holds(engine, &voice);
}

#[test]
fn noise_is_seeded_and_marks_are_exact() {
    let Some((engine, voice)) = joe() else { return };
    let text = "The tide turned, and the boats came home.";
    let clip = speak(engine, &voice, text, 1);
    assert_eq!(clip, speak(engine, &voice, text, 1));
    assert_ne!(clip.samples, speak(engine, &voice, text, 2).samples);
    assert!(clip.marks.iter().all(|mark| mark.timing == crate::model::Timing::Exact));
    // The comma is a pause: between the third word and the fourth there is time that is neither's.
    assert!(clip.marks[2].range.end < clip.marks[3].range.start, "{:?}", clip.marks);
    let rms = |range: &std::ops::Range<usize>| {
        let samples = &clip.samples[range.clone()];
        #[expect(clippy::cast_precision_loss)]
        let count = samples.len() as f32;
        (samples.iter().map(|s| s * s).sum::<f32>() / count).sqrt()
    };
    assert!(clip.marks.iter().all(|mark| rms(&mark.range) > 0.01), "every word sounds");
}

#[test]
fn words_of_another_script_are_refused_and_not_left_out() {
    let Some((engine, voice)) = joe() else { return };
    let mut synthesizer = engine.open(&voice).expect("it opens");
    for text in ["hello 12", "ភ្នំពេញ"] {
        let words = words(text);
        let prosody = Prosody::default();
        let spoken =
            synthesizer.synthesize(&Utterance { words: &words, language: "en", prosody, seed: 0 });
        match spoken {
            Ok(clip) => assert_eq!(clip.marks.len(), words.len(), "{text}"),
            Err(error) => assert!(matches!(error, EngineError::Utterance { .. }), "{error}"),
        }
    }
}

/// A folder with a good description and `network` beside it.
fn folder(network: &[u8]) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (folder, description) =
        config::tests::described(("\"num_speakers\": 3", "\"num_speakers\": 1"));
    let file = folder.path().join("voice.onnx");
    fs::write(&file, network).expect("a file");
    (folder, file, description)
}

#[test]
fn what_is_no_voice_is_refused_by_file() {
    let hibari = crate::testing::pack("hibari")
        .map(|dir| fs::read(dir.join("oov.onnx")).expect("a network"));
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "it is no network"),
        (b"not a network at all".to_vec(), "it is no network"),
        // A field that says it is longer than any file.
        (vec![0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f], "it is no network"),
        (vec![0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "it is no network"),
    ];
    if let Some(network) = hibari {
        cases.push((network[..network.len() / 2].to_vec(), "it is no network"));
        cases.push((network, "it is no Piper voice: it takes no \"input\""));
    }
    for (network, wanted) in cases {
        let (_folder, file, description) = folder(&network);
        let error = describe(&file, &description).expect_err(wanted);
        assert!(error.contains("voice.onnx: ") && error.contains(wanted), "{error}");
    }
}

#[test]
fn a_real_voice_says_what_it_is_and_half_of_one_is_refused() {
    let Some(pack) = crate::testing::pack("piper-joe") else { return };
    let found = describe(&pack.join(NETWORK), &pack.join(DESCRIPTION)).expect("a voice");
    assert_eq!((found.len(), found[0].id.as_str()), (1, "piper:voice"));
    assert_eq!((found[0].language.as_str(), found[0].sample_rate), ("en-US", 22_050));
    let whole = fs::read(pack.join(NETWORK)).expect("the network");
    let (_folder, file, _) = folder(&whole[..whole.len() / 2]);
    let error = describe(&file, &pack.join(DESCRIPTION)).expect_err("half");
    assert!(error.contains("voice.onnx: "), "{error}");
    // Several speakers said, one there.
    let (_folder, description) = config::tests::described(("", ""));
    let error = describe(&pack.join(NETWORK), &description).expect_err("one speaker");
    assert!(error.contains("\"sid\""), "{error}");
}
