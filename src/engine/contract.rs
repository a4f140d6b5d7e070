//! What every engine promises, as one list of checks that each of them runs.

use super::{Capabilities, Control, Engine, EngineError, Synthesizer, Utterance};
use crate::model::{Clip, Prosody, Role, Segment, Span, Voice, Word};

/// Whether tests may do without the programs that engines need.
const MISSING: &str = "ALOUD_TEST_WITHOUT_PROGRAMS";

/// `there` must hold of `what`, a program that an engine needs, unless the environment allows that it is
/// missing; then that is said past the test harness, which would keep it to itself.
pub(crate) fn present(there: bool, what: &str) {
    if !there {
        let allowed = std::env::var(MISSING).is_ok_and(|v| v == "1");
        assert!(allowed, "{what} is not installed ({MISSING}=1 skips its tests)");
        let line = format!("SKIPPED: a test of {what}, which is not installed ({MISSING}=1)\n");
        std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).expect("standard error");
    }
}

/// Words of plain text with its punctuation.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut at = 0;
    text.split_whitespace()
        .map(|token| {
            let start = text[at..].find(token).map_or(at, |i| at + i);
            at = start + token.len();
            let body = token.trim_matches(|c: char| ".,;:?!()“”…—".contains(c));
            let offset = token.find(body).unwrap_or(0);
            Word {
                text: body.into(),
                written: start..at,
                before: token[..offset].into(),
                after: token[offset + body.len()..].into(),
                ..Word::default()
            }
        })
        .collect()
}

/// A segment of plain text.
pub(crate) fn segment(text: &str) -> Segment {
    Segment {
        id: "s1".into(),
        role: Role::Paragraph,
        text: text.into(),
        spoken: words(text),
        given: Vec::new(),
        places: Vec::new(),
        language: "en".into(),
        asked: None,
        prosody: Prosody::default(),
        pause_after_ms: 0,
        span: Span::new(0, text.len()),
        block: 0,
        voice: None,
        fallback: None,
        added: None,
    }
}

/// Speaks `text`.
fn say(voice: &mut dyn Synthesizer, text: &str, prosody: Prosody) -> Result<Clip, EngineError> {
    let words = words(text);
    voice.synthesize(&Utterance { words: &words, language: "en", prosody, seed: 5 })
}

/// Runs every check on one voice of an engine.
pub(crate) fn holds(engine: &dyn Engine, voice: &Voice) {
    engine.self_test(voice).expect("the self-test passes");
    assert!(engine.voices().contains(voice), "it lists the voice");
    nothing_is_silence(engine, voice);
    marks_are_in_place(engine, voice);
    the_same_words_give_the_same_samples(engine, voice);
    prosody_is_obeyed(engine, voice);
    any_length_is_a_clip_or_an_error(engine, voice);
    let stranger = Voice { id: "none:nobody".into(), ..voice.clone() };
    assert!(engine.open(&stranger).is_err() || engine.id() == "tone", "a voice of nobody's");
}

const SENTENCE: &str = "The quick brown fox jumps over the lazy dog, doesn't it?";

/// For what any sentence shows: it is spoken a dozen times, by voices that take a second for a second.
const SHORT: &str = "The fox sleeps, doesn't it?";

fn nothing_is_silence(engine: &dyn Engine, voice: &Voice) {
    let mut synthesizer = engine.open(voice).expect("it opens");
    let clip = say(synthesizer.as_mut(), "", Prosody::default()).expect("nothing is no error");
    assert!(clip.marks.is_empty() && clip.samples.iter().all(|s| *s == 0.0));
    assert_eq!(clip.sample_rate, voice.sample_rate);
}

fn marks_are_in_place(engine: &dyn Engine, voice: &Voice) {
    let mut synthesizer = engine.open(voice).expect("it opens");
    let mut length = 0;
    for text in ["One.", "One two three.", SENTENCE] {
        let clip = say(synthesizer.as_mut(), text, Prosody::default()).expect("it speaks");
        assert_eq!(clip.marks.len(), words(text).len(), "{text}");
        let mut end = 0;
        for mark in &clip.marks {
            assert!(mark.range.start >= end && !mark.range.is_empty(), "{text}: {:?}", clip.marks);
            end = mark.range.end;
        }
        assert!(end <= clip.samples.len());
        assert!(clip.samples.len() > length, "more text, more sound");
        assert!(clip.samples.iter().all(|s| s.is_finite() && s.abs() < 4.0));
        length = clip.samples.len();
    }
}

fn the_same_words_give_the_same_samples(engine: &dyn Engine, voice: &Voice) {
    if !engine.capabilities(voice).deterministic {
        return;
    }
    let mut synthesizer = engine.open(voice).expect("it opens");
    let mut speak = |text| say(synthesizer.as_mut(), text, Prosody::default()).expect("it speaks");
    let first = speak(SHORT);
    assert_eq!(first, speak(SHORT), "twice");
    speak("Something else, and longer than what came before.");
    assert_eq!(first, speak(SHORT), "after something else");
    let together: Vec<Clip> = std::thread::scope(|scope| {
        let one = || {
            let mut own = engine.open(voice).expect("it opens");
            say(own.as_mut(), SHORT, Prosody::default()).expect("it speaks")
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|t| t.join().expect("no panic")).collect()
    });
    assert!(together.iter().all(|clip| *clip == first), "four at once");
}

fn prosody_is_obeyed(engine: &dyn Engine, voice: &Voice) {
    let Capabilities { rate, pitch, deterministic, .. } = engine.capabilities(voice);
    let mut synthesizer = engine.open(voice).expect("it opens");
    #[expect(clippy::cast_precision_loss)]
    let length = |clip: &Clip| clip.samples.len() as f32;
    let mut speak = |text, rate, pitch| {
        let prosody = Prosody { rate, pitch, volume: None };
        say(synthesizer.as_mut(), text, prosody).expect("it speaks")
    };
    if deterministic {
        let normal = speak(SHORT, None, None);
        assert_eq!(normal, speak(SHORT, Some(1.0), Some(1.0)), "1 is normal");
    }
    let mut speak = |rate, pitch| speak(SENTENCE, rate, pitch);
    let normal = speak(None, None);
    if let Control::Range(low, high) = rate {
        let (slow, fast) = (length(&speak(Some(low), None)), length(&speak(Some(high), None)));
        let normal = length(&normal);
        // Edges and rounding to frames do not scale.
        assert!((slow / normal * low - 1.0).abs() < 0.25, "{low}: {slow} of {normal}");
        assert!((fast / normal * high - 1.0).abs() < 0.25, "{high}: {fast} of {normal}");
        let beyond = length(&speak(Some(99.0), None));
        let tolerance = if deterministic { 1e-6 } else { 0.03 };
        assert!((beyond / fast - 1.0).abs() < tolerance, "beyond its range it is the limit");
    }
    if let Control::Range(low, high) = pitch {
        let (deep, bright) = (speak(None, Some(low)), speak(None, Some(high)));
        let (deeper, usual) = (length(&deep), length(&normal));
        assert!((deeper / usual - 1.0).abs() < 0.03, "pitch does not change timing");
        let crossings = |clip: &Clip| fundamental(clip);
        let ratio = crossings(&bright) / crossings(&deep);
        assert!((ratio / (high / low) - 1.0).abs() < 0.25, "{low} to {high} gave {ratio}");
    }
}

/// The median fundamental in Hz, by autocorrelation of 40 ms windows.
pub(crate) fn fundamental(clip: &Clip) -> f32 {
    let rate = clip.sample_rate as usize;
    let (size, hop) = (rate / 25, rate / 50);
    let mut found = Vec::new();
    for window in clip.samples.windows(2 * size).step_by(hop) {
        let energy: f32 = window[..size].iter().map(|s| s * s).sum();
        #[expect(clippy::cast_precision_loss)]
        if energy / (size as f32) < 1e-3 {
            continue;
        }
        let score = |lag: usize| -> f32 {
            let (a, b) = (&window[..size], &window[lag..lag + size]);
            let cross: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
            cross / (energy * b.iter().map(|s| s * s).sum::<f32>()).sqrt().max(1e-9)
        };
        let lags = rate / 1000..size;
        let best = lags.clone().map(score).fold(0.0, f32::max);
        if best > 0.8 {
            // The shortest period that fits about as well as the best: not one of its multiples. Short
            // lags fit any smooth sound, so it must be a peak.
            let peak = |lag: &usize| {
                let here = score(*lag);
                here > 0.93 * best && here >= score(lag - 1) && here >= score(lag + 1)
            };
            let end = lags.end - 1;
            #[expect(clippy::cast_precision_loss)]
            found.extend((lags.start..end).find(peak).map(|lag| rate as f32 / lag as f32));
        }
    }
    found.sort_by(f32::total_cmp);
    found.get(found.len() / 2).copied().unwrap_or_default()
}

fn any_length_is_a_clip_or_an_error(engine: &dyn Engine, voice: &Voice) {
    let mut synthesizer = engine.open(voice).expect("it opens");
    let long = "incomprehensible words ".repeat(435);
    let ten_thousand = "a".repeat(10_000);
    let scripts = ["Привет мир", "今天天气", "ភាសា", "नमस्ते", "a\u{0}b"];
    let texts = [long.as_str(), &ten_thousand, "x", "''", "-"];
    let texts = texts.into_iter().chain(scripts);
    for text in texts {
        if let Ok(clip) = say(synthesizer.as_mut(), text, Prosody::default()) {
            assert_eq!(clip.marks.len(), words(text).len());
        }
    }
    // And it still speaks.
    assert!(say(synthesizer.as_mut(), SHORT, Prosody::default()).is_ok());
}

#[test]
fn the_tone_engine_holds_it() {
    use super::tone::ToneEngine;
    holds(&ToneEngine, &ToneEngine::voice());
}
