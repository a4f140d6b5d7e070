//! Arbitrary samples to finish: no panic, and nothing that is not a number is ever written.
#![no_main]

use aloud::{
    finish::{Assembler, FinishOptions},
    model::{Clip, Mark, Prosody, Role, Segment, Span, Timing, Word},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<f32>, u16, u16)| {
    let (samples, start, end) = input;
    let segment = Segment {
        id: "s1".into(),
        role: Role::Paragraph,
        text: "word".into(),
        spoken: vec![Word { text: "word".into(), written: 0..4, ..Word::default() }],
        given: Vec::new(),
        places: Vec::new(),
        language: "en".into(),
        asked: None,
        prosody: Prosody::default(),
        pause_after_ms: 100,
        span: Span::new(0, 4),
        block: 0,
        voice: None,
        fallback: None,
        added: None,
    };
    let marks = vec![Mark { range: usize::from(start)..usize::from(end), timing: Timing::Exact }];
    let clip = Clip { samples, sample_rate: 16_000, marks };
    let sink = |samples: &[f32]| {
        assert!(samples.iter().all(|s| s.is_finite()));
        Ok(())
    };
    let Ok(mut assembler) = Assembler::new(16_000, FinishOptions::default(), sink) else { return };
    if assembler.push(&segment, clip).is_ok() {
        let _ = assembler.finish();
    }
});
