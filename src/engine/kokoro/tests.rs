//! The voices, with their weights.

use super::*;
use crate::{
    engine::contract::{self, words},
    model::{Prosody, Word},
};

/// The engine with all its voices, loaded once for all tests.
fn engine() -> Option<&'static KokoroEngine> {
    static ENGINE: OnceLock<Option<KokoroEngine>> = OnceLock::new();
    let open = || {
        let folder = crate::testing::pack("kokoro")?;
        let installed = |voice| Installed { voice, folder: folder.clone() };
        KokoroEngine::new(crate::testing::voices_of("kokoro").into_iter().map(installed).collect())
    };
    ENGINE.get_or_init(open).as_ref()
}

fn voice(engine: &KokoroEngine, name: &str) -> Voice {
    engine.voices().into_iter().find(|v| v.name == name).expect("a voice")
}

#[test]
fn it_holds_the_contract() {
    let Some(engine) = engine() else { return };
    contract::holds(engine, &voice(engine, "af_heart"));
}

#[test]
fn every_language_is_spoken_word_by_word() {
    let Some(engine) = engine().filter(|_| crate::testing::has_espeak()) else { return };
    for (name, text) in [
        ("bm_george", "The harbour is glad."),
        ("ef_dora", "La cigüeña tocaba el saxofón."),
        ("ff_siwis", "Aujourd’hui, l’eau est froide."),
        ("hf_alpha", "यह एक सुंदर सुबह है।"),
        ("if_sara", "Gli gnomi dell’amico mangiano."),
        ("pf_dora", "A criança não gosta de amanhã."),
    ] {
        let voice = voice(engine, name);
        let words: Vec<Word> = words(text)
            .into_iter()
            .map(|word| Word { text: word.text.trim_end_matches('।').into(), ..word })
            .collect();
        let prosody = Prosody::default();
        let utterance = Utterance { words: &words, language: &voice.language, prosody, seed: 0 };
        let clip = engine.open(&voice).expect("it opens").synthesize(&utterance).expect(name);
        assert_eq!(clip.marks.len(), words.len(), "{name}");
        assert!(clip.samples.len() > 24_000, "{name}");
    }
}

#[test]
fn voices_differ_and_languages_that_nothing_reads_are_refused() {
    let Some(engine) = engine() else { return };
    let speak = |voice: &Voice| {
        let words = words("Two voices, please.");
        let prosody = Prosody::default();
        let utterance = Utterance { words: &words, language: "en", prosody, seed: 0 };
        engine.open(voice).expect("it opens").synthesize(&utterance).expect("it speaks")
    };
    let (heart, puck) = (voice(engine, "af_heart"), voice(engine, "am_puck"));
    assert_ne!(speak(&heart).samples, speak(&puck).samples);
    let japanese = Voice { language: "ja-JP".into(), ..heart };
    let folder = engine.folder.clone();
    let other = KokoroEngine::new(vec![Installed { voice: japanese.clone(), folder }]);
    let error = other.expect("one voice").open(&japanese).err().expect("refused").to_string();
    assert!(error.contains("ja-JP") && error.contains("kokoro:af_heart"), "{error}");
}

#[test]
fn damaged_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let described = Voice {
        id: "kokoro:x".into(),
        name: "x".into(),
        sample_rate: SAMPLE_RATE,
        ..crate::testing::voice()
    };
    let installed = Installed { voice: described.clone(), folder: folder.path().to_owned() };
    let open = || {
        let engine = KokoroEngine::new(vec![installed.clone()]).expect("one voice");
        engine.open(&described).err().expect("damaged").to_string()
    };
    assert!(open().contains("x.bin"));
    std::fs::write(folder.path().join("x.bin"), [0; 100]).expect("a file");
    let error = open();
    assert!(
        error.contains("x.bin: 100 bytes") && error.contains("aloud voices install"),
        "{error}"
    );
    let other = crate::testing::pack("hibari").map(|pack| pack.join("oov.onnx"));
    if let Some(error) = other.and_then(|file| Network::load(&file).err()) {
        assert!(error.contains("it takes no \"tokens\""), "{error}");
    }
}
