//! Hand-made clips through the assembler. Levels are compared in dB with named tolerances.

use std::{io, ops::Range};

use proptest::prelude::*;

use super::*;
use crate::model::{Mark, Prosody, Role, Span, Timing, Word};

const RATE: u32 = 16_000;
/// Samples of a millisecond.
const MS: usize = 16;
/// The largest step between neighbouring samples of a 250 Hz tone at 0.25 is 0.025; a join may be
/// 1 dB over that.
const NO_CLICK: f32 = 0.028;

/// A segment of `words` words.
fn segment(id: &str, words: usize, pause_after_ms: u32) -> Segment {
    let word = |i: usize| Word { text: format!("w{i}"), ..Word::default() };
    Segment {
        id: id.into(),
        role: Role::Paragraph,
        text: String::new(),
        spoken: (0..words).map(word).collect(),
        given: Vec::new(),
        places: Vec::new(),
        language: "en".into(),
        asked: None,
        prosody: Prosody::default(),
        pause_after_ms,
        span: Span::default(),
        block: 0,
        voice: None,
        fallback: None,
        added: None,
    }
}

/// `lead` ms of hiss at -66 dBFS, a 250 Hz tone of `tone` ms at -12 dBFS, `tail` ms of hiss. The
/// words share the tone.
#[expect(clippy::cast_precision_loss)]
fn clip(lead: usize, tone: usize, tail: usize, words: usize) -> Clip {
    let hiss = |i: usize| if i.is_multiple_of(2) { 5e-4 } else { -5e-4 };
    let mut samples: Vec<f32> = (0..lead * MS).map(hiss).collect();
    let step = std::f32::consts::TAU * 250.0 / RATE as f32;
    samples.extend((0..tone * MS).map(|i| 0.25 * (step * i as f32).sin()));
    samples.extend((0..tail * MS).map(hiss));
    let each = tone * MS / words.max(1);
    let at = |i: usize| lead * MS + i * each;
    let marks =
        (0..words).map(|i| Mark { range: at(i)..at(i + 1), timing: Timing::Exact }).collect();
    Clip { samples, sample_rate: RATE, marks }
}

fn assemble(
    options: FinishOptions,
    parts: &[(Segment, Clip)],
) -> Result<(Vec<f32>, Timeline), FinishError> {
    recorded(options, parts).map(|(audio, recording)| (audio, recording.timeline))
}

fn recorded(
    options: FinishOptions,
    parts: &[(Segment, Clip)],
) -> Result<(Vec<f32>, Recording), FinishError> {
    let mut audio = Vec::new();
    let sink = |samples: &[f32]| {
        audio.extend_from_slice(samples);
        Ok(())
    };
    let mut assembler = Assembler::new(RATE, options, sink)?;
    for (segment, clip) in parts {
        assembler.push(segment, clip.clone())?;
    }
    let (recording, _) = assembler.finish()?;
    Ok((audio, recording))
}

fn at_ms(ms: usize) -> u64 {
    (ms * MS) as u64
}

fn largest_step(samples: &[f32]) -> f32 {
    samples.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max)
}

/// Root mean square in dB relative to full scale.
fn level(samples: &[f32]) -> f32 {
    #[expect(clippy::cast_precision_loss)]
    let mean = samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
    10.0 * mean.log10()
}

#[test]
fn lengths_and_pauses_are_exact() {
    let parts = [
        (segment("s1", 2, 1000), clip(200, 300, 400, 2)),
        (segment("s2", 1, 40), clip(5, 100, 0, 1)),
        (segment("s3", 4, 0), clip(0, 400, 200, 4)),
        (segment("s4", 3, 500), clip(70, 150, 90, 3)),
    ];
    let (audio, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    // 100 lead, 300, 1000, 100, 40, 400, 0, 150, 300 tail.
    let expected = [100..400, 1400..1500, 1540..1940, 1940..2090].map(|r: Range<usize>| r);
    let found: Vec<_> = timeline.cues.iter().map(|c| c.start..c.end).collect();
    assert_eq!(found, expected.map(|r| at_ms(r.start)..at_ms(r.end)));
    assert_eq!(timeline.samples, at_ms(2390));
    assert_eq!(audio.len() as u64, timeline.samples);
}

#[test]
fn words_keep_their_place_in_the_sound() {
    let parts = [
        (segment("s1", 3, 200), clip(250, 300, 0, 3)),
        (segment("s2", 1, 200), clip(0, 100, 0, 1)),
    ];
    let (_, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    let words: Vec<_> =
        timeline.cues.iter().flat_map(|c| &c.words).map(|w| w.start..w.end).collect();
    let expected = [100..200, 200..300, 300..400, 600..700];
    assert_eq!(words, expected.map(|r: Range<usize>| at_ms(r.start)..at_ms(r.end)));
}

#[test]
fn cues_match_the_onsets_in_the_audio() {
    let parts: Vec<_> = (0_usize..12)
        .map(|i| (segment(&format!("s{i}"), 1, 150), clip(7 * i, 120, 90 - 5 * i, 1)))
        .collect();
    let (audio, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    for cue in &timeline.cues {
        let (start, end) =
            (usize::try_from(cue.start).expect("small"), usize::try_from(cue.end).expect("small"));
        assert!(level(&audio[start - 10 * MS..start]) < -60.0, "quiet before {start}");
        assert!(level(&audio[start..start + 10 * MS]) > -20.0, "sound from {start}");
        assert!(level(&audio[end - 10 * MS..end]) > -20.0, "sound until {end}");
        assert!(level(&audio[end..end + 10 * MS]) < -60.0, "quiet after {end}");
    }
}

#[test]
fn joins_do_not_click() {
    // A tone cut at its highest point at either end, joined at pauses shorter and longer than what is
    // kept around a clip.
    for pause in [0, 1, 30, 200] {
        let cut = |mut clip: Clip| {
            clip.samples.drain(..MS);
            clip
        };
        let parts = [
            (segment("s1", 1, pause), cut(clip(0, 101, 0, 1))),
            (segment("s2", 1, pause), cut(clip(0, 101, 0, 1))),
        ];
        let (audio, _) = assemble(FinishOptions::default(), &parts).expect("good clips");
        let step = largest_step(&audio);
        assert!(step < NO_CLICK, "step of {step} with a pause of {pause} ms");
    }
}

#[test]
fn a_soft_start_and_a_late_release_are_kept() {
    // A burst 70 ms after the sound, 44 dB under it: the release of a final plosive is audible.
    let mut release = clip(0, 200, 100, 1);
    for (i, sample) in release.samples[270 * MS..275 * MS].iter_mut().enumerate() {
        *sample = if i.is_multiple_of(2) { 0.001_6 } else { -0.001_6 };
    }
    let parts = [(segment("s1", 1, 500), release), (segment("s2", 1, 0), clip(100, 100, 0, 1))];
    let options = FinishOptions { lead_ms: 0, ..FinishOptions::default() };
    let (audio, timeline) = assemble(options, &parts).expect("good clips");
    assert_eq!(timeline.cues[0].end, at_ms(275), "the release is part of the sound");
    assert!((level(&audio[270 * MS..275 * MS]) - -55.9).abs() < 3.0);
    let start = usize::try_from(timeline.cues[1].start).expect("small");
    let kept = level(&audio[start - 25 * MS..start]);
    assert!((kept - -66.0).abs() < 1.0, "30 ms before the second sound are its own: {kept} dB");
    assert_eq!(audio[start - 31 * MS..start - 30 * MS], [0.0; MS]);
}

#[test]
fn no_cut_into_a_word_however_soft() {
    // Words that go on into hiss 51 dB under the tone, and one that is nothing but hiss.
    let mut whisper = clip(100, 200, 300, 3);
    whisper.marks[0].range = 20 * MS..150 * MS;
    whisper.marks[1].range = 150 * MS..380 * MS;
    whisper.marks[2].range = 380 * MS..450 * MS;
    let parts = [(segment("s1", 3, 0), whisper)];
    let (_, timeline) = assemble(FinishOptions::default(), &parts).expect("a good clip");
    let cue = &timeline.cues[0];
    assert_eq!(cue.start..cue.end, at_ms(100)..at_ms(530));
    assert_eq!(cue.words[0].start..cue.words[2].end, cue.start..cue.end);
}

#[test]
fn a_mark_that_runs_on_into_silence_ends_with_the_sound() {
    let mut late = clip(100, 200, 0, 2);
    late.samples[..100 * MS].fill(0.0);
    late.samples.resize(600 * MS, 0.0);
    late.marks[0].range.start = 50 * MS;
    late.marks[1].range.end = 550 * MS;
    let mut parts = vec![(segment("s1", 2, 500), late), (segment("s2", 1, 0), clip(0, 100, 0, 1))];
    let (_, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    let found: Vec<_> = timeline.cues.iter().map(|c| c.start..c.end).collect();
    let expected = [100..300, 800..900];
    assert_eq!(found, expected.map(|r: Range<usize>| at_ms(r.start)..at_ms(r.end)));
    let words = &timeline.cues[0].words;
    assert_eq!(words[0].start..words[1].end, at_ms(100)..at_ms(300));
    // A whole word of silence is the voice's business; it is not thrown away.
    parts[0].1.marks[1].range = 400 * MS..550 * MS;
    let (_, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    assert_eq!(timeline.cues[0].end, at_ms(550));
    assert_eq!(
        timeline.cues[0].words[1].start..timeline.cues[0].words[1].end,
        at_ms(400)..at_ms(550)
    );
}

#[test]
fn volumes_are_noted_where_they_begin() {
    let part = |id: &str, volume| {
        let mut segment = segment(id, 1, 100);
        segment.prosody.volume = volume;
        (segment, clip(0, 200, 0, 1))
    };
    let parts = [
        part("s1", None),
        part("s2", Some(1.0)),
        part("s3", Some(0.5)),
        part("s4", Some(3.0)),
        part("s5", Some(f32::NAN)),
        part("s6", Some(0.0)),
    ];
    let (_, recording) = recorded(FinishOptions::default(), &parts).expect("good clips");
    let speech = |ms, volume| Passage::Speech { start: at_ms(ms), volume, level: 1.0 };
    // 100 lead, then 200 of sound and 100 of pause each: louder than the voice and not a number are as
    // if unset.
    let expected = [speech(0, 1.0), speech(700, 0.5), speech(1000, 1.0), speech(1600, 0.0)];
    assert_eq!(recording.passages, expected);
    let lufs = recording.speech_lufs.expect("sound");
    // A sine at -15.05 dB RMS: -0.69 dB, and what K-weighting takes at 250 Hz, under 1 dB.
    assert!((lufs - -15.7).abs() < 1.5, "{lufs} LUFS");
}

#[test]
fn voices_are_made_as_loud_as_the_first() {
    let part = |voice: Option<&str>, scale: f32| {
        let mut clip = clip(0, 900, 0, 1);
        clip.samples.iter_mut().for_each(|s| *s *= scale);
        (Segment { voice: voice.map(str::to_owned), ..segment("s1", 1, 100) }, clip)
    };
    let parts = [part(None, 1.0), part(Some("b"), 0.5), part(None, 1.0), part(Some("c"), 0.01)];
    let (_, recording) = recorded(FinishOptions::default(), &parts).expect("good clips");
    let levels: Vec<f32> = recording
        .passages
        .iter()
        .map(|passage| match passage {
            Passage::Speech { level, .. } => *level,
            Passage::Sound { .. } => 0.0,
        })
        .collect();
    let expected = [1.0, 2.0, 1.0, 3.98];
    assert_eq!(levels.len(), 4);
    for (found, expected) in levels.iter().zip(expected) {
        assert!((found - expected).abs() < 0.05, "{levels:?}");
    }
}

#[test]
fn a_sound_between_segments_moves_what_follows_by_its_length() {
    let mut bytes = io::Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a header");
    for i in 0..500 * MS {
        writer.write_sample(if i % 32 < 16 { 8000_i16 } else { -8000 }).expect("written");
    }
    writer.finalize().expect("finished");
    let sound = Sound::decode(bytes.into_inner(), "wav").expect("a sound");
    let mut audio = Vec::new();
    let sink = |samples: &[f32]| {
        audio.extend_from_slice(samples);
        Ok(())
    };
    let mut assembler = Assembler::new(RATE, FinishOptions::default(), sink).expect("a rate");
    let mut heading = segment("s2", 1, 50);
    heading.role = Role::Heading;
    assembler.insert(&sound, 400, 1.0).expect("inserted");
    assembler.push(&segment("s1", 1, 600), clip(0, 200, 0, 1)).expect("pushed");
    assembler.insert(&sound, 400, 0.5).expect("inserted");
    assembler.push(&heading, clip(0, 100, 0, 1)).expect("pushed");
    assembler.insert(&sound, 400, 1.0).expect("inserted");
    let (recording, _) = assembler.finish().expect("finished");
    let cues: Vec<_> = recording.timeline.cues.iter().map(|c| c.start..c.end).collect();
    // 100 lead, 500, 400, 200, 600, 500, 400, 100, 400 (longer than 50), 500, 300 tail.
    let expected = [1000..1200, 2700..2800].map(|r: Range<usize>| at_ms(r.start)..at_ms(r.end));
    assert_eq!(cues, expected);
    assert_eq!(recording.timeline.samples, at_ms(4000));
    assert_eq!(audio.len() as u64, recording.timeline.samples);
    let kinds: Vec<bool> = recording.passages.iter().map(Passage::is_speech).collect();
    assert_eq!(kinds, [false, true, false, true, false]);
    let starts: Vec<u64> = recording.passages.iter().map(Passage::start).collect();
    assert_eq!(starts, [0, at_ms(1000), at_ms(1800), at_ms(2700), at_ms(3200)]);
    assert!((recording.passages[2].volume() - 0.5).abs() < 1e-6);
}

#[test]
fn a_clip_of_another_rate_is_resampled_with_its_marks() {
    let mut other = clip(100, 400, 100, 4);
    other.sample_rate = 8000; // twice as long at half the rate
    let parts = [(segment("s1", 4, 200), other), (segment("s2", 1, 0), clip(0, 100, 0, 1))];
    let (audio, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    let words: Vec<_> =
        timeline.cues.iter().flat_map(|c| &c.words).map(|w| w.start..w.end).collect();
    let expected = [100..300, 300..500, 500..700, 700..900, 1100..1200];
    assert_eq!(words, expected.map(|r: Range<usize>| at_ms(r.start)..at_ms(r.end)));
    assert!((level(&audio[200 * MS..800 * MS]) - -15.05).abs() < 0.1, "the same tone as loud");
    assert!(level(&audio[905 * MS..960 * MS]) < -60.0);
    assert!(largest_step(&audio) < NO_CLICK);
}

#[test]
fn bad_clips_are_refused_and_named() {
    let with = |change: &dyn Fn(&mut Clip)| {
        let mut clip = clip(0, 100, 0, 1);
        change(&mut clip);
        clip
    };
    let cases: [(Clip, &str); 7] = [
        (with(&|c| c.samples[17] = f32::NAN), "segment s7: sample 17 of its audio is not a number"),
        (with(&|c| c.samples[0] = f32::INFINITY), "segment s7: sample 0"),
        (with(&|c| c.sample_rate = 5), "audio of 5 samples per second is not supported"),
        (with(&|c| c.marks.clear()), "segment s7: 1 words but 0 word marks"),
        (with(&|c| c.marks[0].range = 5..5), "segment s7: no time is marked for \"w0\""),
        (with(&|c| c.marks[0].range = 1 << 20..1 << 21), "segment s7: no time is marked"),
        (with(&|c| c.samples.fill(0.0)), "segment s7: the voice gave silence for \"w0\""),
    ];
    for (clip, message) in cases {
        let mut written = 0;
        let sink = |samples: &[f32]| {
            written += samples.len();
            Ok(())
        };
        let mut assembler = Assembler::new(RATE, FinishOptions::default(), sink).expect("a rate");
        let error = assembler.push(&segment("s7", 1, 0), clip).expect_err(message);
        assert!(error.to_string().starts_with(message), "{error}");
        drop(assembler);
        assert_eq!(written, 0, "{message}");
    }
}

#[test]
fn a_segment_without_words_adds_no_sound() {
    let parts = [
        (segment("s1", 1, 200), clip(0, 100, 0, 1)),
        (segment("s2", 0, 500), Clip::default()),
        (segment("s3", 1, 100), clip(0, 100, 0, 1)),
        (segment("s4", 0, 900), Clip { sample_rate: RATE, ..Clip::default() }),
    ];
    let (_, timeline) = assemble(FinishOptions::default(), &parts).expect("good clips");
    let found: Vec<_> = timeline.cues.iter().map(|c| c.start..c.end).collect();
    let expected = [100..200, 700..700, 700..800, 1100..1100];
    assert_eq!(found, expected.map(|r: Range<usize>| at_ms(r.start)..at_ms(r.end)));
    assert_eq!(timeline.samples, at_ms(1100));
    let (audio, timeline) = assemble(FinishOptions::default(), &[]).expect("nothing to do");
    assert!(audio.is_empty() && timeline.samples == 0);
}

#[test]
fn what_the_sink_says_comes_through() {
    let mut assembler = Assembler::new(RATE, FinishOptions::default(), |_: &[f32]| {
        Err(io::Error::new(io::ErrorKind::StorageFull, "x.wav: the disk is full"))
    })
    .expect("a rate");
    let error = assembler.push(&segment("s1", 1, 0), clip(0, 10, 0, 1)).expect_err("full");
    assert_eq!(error.to_string(), "x.wav: the disk is full");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any clips and marks: no panic; what is written is finite, as long as the timeline says, and
    /// cues and words are in order and inside.
    #[test]
    fn any_clips(
        clips in prop::collection::vec(
            (
                prop::collection::vec(
                    prop_oneof![4 => -1.0_f32..1.0, 2 => Just(0.0), 1 => any::<f32>()],
                    0..400,
                ),
                prop::collection::vec((0_usize..420, 0_usize..420), 0..4),
                0_u32..50,
                prop::option::of(any::<f32>()),
                any::<bool>(),
            ),
            0..6,
        ),
        audible_db in any::<f32>(),
        (lead_ms, tail_ms, keep_before_ms, keep_after_ms, fade_ms) in
            (0_u32..40, 0_u32..40, 0_u32..40, 0_u32..40, 0_u32..40),
    ) {
        let options = FinishOptions {
            lead_ms, tail_ms, audible_db, keep_before_ms, keep_after_ms, fade_ms,
            ..FinishOptions::default()
        };
        let mut audio = Vec::new();
        let sink = |samples: &[f32]| { audio.extend_from_slice(samples); Ok(()) };
        let mut assembler = Assembler::new(RATE, options, sink).expect("a rate");
        let mut accepted = 0;
        for (samples, marks, pause, volume, only_finite) in clips {
            let mut segment = segment("s", marks.len(), pause);
            segment.prosody.volume = volume;
            let samples: Vec<f32> = if only_finite {
                samples.into_iter().filter(|s| s.is_finite()).collect()
            } else {
                samples
            };
            let finite = samples.iter().all(|s| s.is_finite());
            let mark = |(start, end)| Mark { range: start..end, timing: Timing::Exact };
            let marks = marks.into_iter().map(mark).collect();
            let pushed = assembler.push(&segment, Clip { samples, sample_rate: RATE, marks });
            let refused = matches!(pushed, Err(FinishError::NotFinite { .. }));
            prop_assert!(finite || refused);
            accepted += usize::from(pushed.is_ok());
        }
        let (recording, _) = assembler.finish().expect("the sink takes all");
        let timeline = recording.timeline;
        prop_assert_eq!(timeline.samples, audio.len() as u64);
        prop_assert_eq!(timeline.cues.len(), accepted);
        prop_assert!(audio.iter().all(|s| s.is_finite()));
        let mut last = 0;
        for cue in &timeline.cues {
            prop_assert!(last <= cue.start && cue.start <= cue.end);
            prop_assert!(cue.end <= timeline.samples);
            for word in &cue.words {
                prop_assert!(cue.start <= word.start && word.start < word.end);
                prop_assert!(word.end <= cue.end);
            }
            last = cue.end;
        }
    }
}
