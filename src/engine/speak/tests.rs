//! What becomes of segments, with an engine whose limits the tests choose.

use super::*;
use crate::{
    engine::{
        Engine as _, Pace,
        contract::{fundamental, segment, words},
        tone::ToneEngine,
    },
    model::{Mark, Timing},
};

/// The tone engine's limits, changed.
fn limits(min_units: usize, max_units: usize) -> Capabilities {
    Capabilities { max_units, min_units, ..ToneEngine.capabilities(&ToneEngine::voice()) }
}

fn speak(limits: &Capabilities, texts: &[&str], index: usize) -> Result<Clip, EngineError> {
    let segments: Vec<Segment> = texts.iter().map(|text| segment(text)).collect();
    let voice = ToneEngine::voice();
    let mut synthesizer = ToneEngine.open(&voice)?;
    speak_segment(synthesizer.as_mut(), &voice, limits, &segments, index)
}

/// Length of a mark.
fn lengths(clip: &Clip) -> Vec<usize> {
    clip.marks.iter().map(|mark| mark.range.len()).collect()
}

#[test]
fn a_segment_without_words_is_an_empty_clip_at_the_voices_rate() {
    let clip = speak(&limits(0, 100), &[""], 0).unwrap();
    assert!(clip.samples.is_empty() && clip.marks.is_empty());
    assert_eq!(clip.sample_rate, 16_000);
}

#[test]
fn a_long_segment_is_joined_of_pieces_with_every_word_in_place() {
    let text = "one two three, four five six; seven eight nine and ten eleven twelve";
    let whole = speak(&limits(0, 1000), &[text], 0).unwrap();
    let pieces = speak(&limits(0, 20), &[text], 0).unwrap();
    assert_eq!(lengths(&whole), lengths(&pieces));
    check(&pieces, &words(text)).unwrap();
    // The words sound where the marks say: what is under each mark is the same tone.
    for (a, b) in whole.marks.iter().zip(&pieces.marks) {
        let (a, b) = (&whole.samples[a.range.clone()], &pieces.samples[b.range.clone()]);
        let middle = a.len() / 4..a.len() * 3 / 4;
        assert_eq!(a[middle.clone()], b[middle]);
    }
    // Pauses stand between the pieces.
    assert!(pieces.samples.len() > whole.samples.len());
}

#[test]
fn a_word_that_is_too_long_alone_is_an_error_that_names_it() {
    let error = speak(&limits(0, 4), &["incomprehensibilities"], 0).unwrap_err();
    assert!(error.to_string().contains("incomprehensibilities"), "{error}");
}

#[test]
fn a_short_segment_keeps_its_own_words_only() {
    let texts = ["we came early, they left.", "no.", "that was all, he said."];
    for (index, count) in [(1, 1), (0, 5), (2, 5)] {
        let alone = speak(&limits(0, 1000), &texts, index).unwrap();
        let beside = speak(&limits(50, 1000), &texts, index).unwrap();
        assert_eq!(beside.marks.len(), count);
        assert_eq!(lengths(&alone), lengths(&beside), "segment {index}");
        check(&beside, &words(texts[index])).unwrap();
        // Its neighbour does not sound in it.
        let end = beside.marks.last().unwrap().range.end;
        assert!(beside.samples[end..].iter().all(|s| s.abs() < 1e-3));
    }
    // The first with nothing after it, and the only one.
    assert_eq!(speak(&limits(50, 1000), &["no.", ""], 0).unwrap().marks.len(), 1);
    assert_eq!(speak(&limits(50, 1000), &["no."], 0).unwrap().marks.len(), 1);
    // The last takes the one before.
    let last = speak(&limits(50, 1000), &["we came early.", "no."], 1).unwrap();
    assert_eq!(last.marks.len(), 1);
    assert!(last.samples[..last.marks[0].range.start].iter().all(|s| s.abs() < 1e-3));
}

#[test]
fn seeds_follow_words_prosody_and_language() {
    let base = seed(&words("one two."), Prosody::default(), "en");
    assert_eq!(base, seed(&words("one two."), Prosody::default(), "en"));
    let slow = Prosody { rate: Some(0.5), ..Prosody::default() };
    for other in [
        seed(&words("one two"), Prosody::default(), "en"),
        seed(&words("onet wo."), Prosody::default(), "en"),
        seed(&words("one two."), slow, "en"),
        seed(&words("one two."), Prosody::default(), "de"),
    ] {
        assert_ne!(base, other);
    }
}

/// Fails in a chosen way, a chosen number of times, then says `clip`.
struct Faulty {
    failures: Vec<EngineError>,
    clip: Clip,
}

impl Synthesizer for Faulty {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        Ok(utterance.words.len())
    }

    fn synthesize(&mut self, _utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        self.failures.pop().map_or_else(|| Ok(self.clip.clone()), Err)
    }
}

fn say(failures: Vec<EngineError>, marks: &[Range<usize>]) -> Result<Clip, EngineError> {
    let marks =
        marks.iter().map(|range| Mark { range: range.clone(), timing: Timing::Exact }).collect();
    let clip = Clip { samples: vec![0.1; 100], sample_rate: 16_000, marks };
    let segments = [segment("one two")];
    let mut faulty = Faulty { failures, clip };
    speak_segment(&mut faulty, &ToneEngine::voice(), &limits(0, 10), &segments, 0)
}

#[test]
fn a_failure_is_passed_on_as_it_is() {
    let error = say(vec![EngineError::Retryable { voice: "v".into(), reason: "busy".into() }], &[]);
    assert!(matches!(error, Err(EngineError::Retryable { .. })));
}

#[test]
#[expect(clippy::single_range_in_vec_init)]
fn a_clip_that_breaks_the_contract_is_an_error_that_names_the_word() {
    for (marks, word, why) in [
        (&[0..10][..], "two", "a word without a mark"),
        (&[0..0, 20..30], "one", "a word without time"),
        (&[0..10, 5..30], "two", "marks out of order"),
        (&[0..10, 20..101], "two", "a mark beyond the end"),
    ] {
        let error = say(Vec::new(), marks).unwrap_err().to_string();
        assert!(error.contains(&format!("\"{word}\"")), "{why}: {error}");
    }
}

/// Speaks `text` at `rate` with the tone engine's voice, whose own rates are `own`.
fn paced(text: &str, own: Control, rate: f32) -> Clip {
    let voice = ToneEngine::voice();
    let limits = Capabilities { rate: own, ..limits(0, 400) };
    let prosody = Prosody { rate: Some(rate), ..Prosody::default() };
    let segments = [Segment { prosody, ..segment(text) }];
    // Tone obeys the rate that it is told: a voice that has none is told none.
    let mut synthesizer = Deaf(ToneEngine.open(&voice).unwrap(), own);
    speak_segment(&mut synthesizer, &voice, &limits, &segments, 0).unwrap()
}

/// A synthesizer that obeys other rates than the one within.
struct Deaf(Box<dyn Synthesizer>, Control);

impl Synthesizer for Deaf {
    fn measure(&mut self, utterance: &Utterance<'_>) -> Result<usize, EngineError> {
        self.0.measure(utterance)
    }

    fn synthesize(&mut self, utterance: &Utterance<'_>) -> Result<Clip, EngineError> {
        let (rate, _) = self.1.apply(utterance.prosody.rate);
        let prosody = Prosody { rate: Some(rate), ..utterance.prosody };
        self.0.synthesize(&Utterance { prosody, ..*utterance })
    }
}

#[test]
#[expect(clippy::cast_precision_loss)]
fn a_rate_that_a_voice_has_not_is_made_of_its_sound() {
    // A word is a tone, and one word for all has one pitch.
    let text = "seventeen seventeen seventeen seventeen";
    let normal = paced(text, Control::Fixed, 1.0);
    assert_eq!(normal, paced(text, Control::Range(0.5, 2.0), 1.0), "at 1 nothing is touched");
    for (own, rate) in [
        (Control::Fixed, 0.5),
        (Control::Fixed, 0.8),
        (Control::Fixed, 1.25),
        (Control::Fixed, 2.0),
        (Control::Range(0.8, 1.25), 2.0),
        (Control::Range(0.5, 2.0), 3.0),
    ] {
        let clip = paced(text, own, rate);
        check(&clip, &words(text)).unwrap();
        assert_eq!(clip, paced(text, own, rate), "twice");
        let length = clip.samples.len() as f32 * rate / normal.samples.len() as f32;
        assert!((length - 1.0).abs() < 0.02, "{own:?} {rate}: {length}");
        for (mark, before) in clip.marks.iter().zip(&normal.marks) {
            // A word is where it was, and as loud; 12 ms are the method's own.
            let at = before.range.start as f32 / rate;
            assert!((mark.range.start as f32 - at).abs() < 400.0, "{own:?} {rate}: {mark:?}");
            let heard = &clip.samples[mark.range.clone()];
            let loudness =
                |part: &[f32]| (part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32).sqrt();
            let ratio = loudness(heard) / loudness(&normal.samples[before.range.clone()]);
            assert!((0.7..1.15).contains(&ratio), "{own:?} {rate}: {ratio} of its loudness");
        }
        let pitch = fundamental(&clip) / fundamental(&normal);
        assert!((pitch - 1.0).abs() < 0.02, "{own:?} {rate}: the pitch is {pitch} of what it was");
    }
}

#[test]
fn a_rate_is_divided_between_a_voice_and_its_sound() {
    let pace = |own, wanted| {
        let Pace { own, stretch, heeded } =
            Capabilities { rate: own, ..limits(0, 10) }.pace(wanted);
        (own, stretch, heeded)
    };
    assert_eq!(pace(Control::Fixed, None), (1.0, 1.0, true));
    assert_eq!(pace(Control::Fixed, Some(1.5)), (1.0, 1.5, true));
    assert_eq!(pace(Control::Fixed, Some(0.25)), (1.0, 0.5, false));
    assert_eq!(pace(Control::Range(0.5, 2.0), Some(1.5)), (1.5, 1.0, true));
    assert_eq!(pace(Control::Range(0.5, 2.0), Some(3.0)), (2.0, 1.5, true));
    assert_eq!(pace(Control::Range(0.5, 2.0), Some(0.25)), (0.5, 0.5, true));
}

#[test]
fn the_shortest_of_clips_are_stretched_too() {
    for length in [0, 1, 2, 7, 300] {
        let marks: Vec<Mark> =
            (0..length.min(3)).map(|i| Mark { range: i..i + 1, timing: Timing::Exact }).collect();
        let words: Vec<Word> = marks.iter().map(|_| Word::default()).collect();
        let mut clip = Clip { samples: vec![0.1; length], sample_rate: 8000, marks };
        stretch::stretch(&mut clip, 2.0).unwrap();
        check(&clip, &words).unwrap();
        assert!(clip.samples.len() >= length / 2 && clip.samples.iter().all(|s| s.is_finite()));
    }
}
