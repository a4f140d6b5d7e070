//! Hand-made recordings through the second pass, measured again with the crate `ebur128`.

use ebur128::{EbuR128, Mode};
use proptest::prelude::*;

use super::*;
use crate::model::Timeline;

const RATE: u32 = 24_000;

/// Samples that can be read again.
struct Held {
    samples: Vec<f32>,
    at: usize,
}

impl Replay for Held {
    fn seek(&mut self, sample: u64) -> io::Result<()> {
        self.at = usize::try_from(sample).expect("held in memory");
        Ok(())
    }

    fn read(&mut self, into: &mut [f32]) -> io::Result<usize> {
        let count = into.len().min(self.samples.len() - self.at);
        into[..count].copy_from_slice(&self.samples[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn mastered(
    samples: &[f32],
    passages: &[Passage],
    options: &FinishOptions,
) -> (Vec<f32>, Recording) {
    let mut loudness = Loudness::new(RATE);
    loudness.add(samples);
    let samples_in_all = samples.len() as u64;
    let mut recording = Recording {
        timeline: Timeline { sample_rate: RATE, samples: samples_in_all, ..Timeline::default() },
        speech_lufs: loudness.lufs(),
        passages: passages.to_vec(),
    };
    let mut out = Vec::new();
    let mut sink = |samples: &[f32]| {
        out.extend_from_slice(samples);
        Ok(())
    };
    let mut source = Held { samples: samples.to_vec(), at: 0 };
    master(&mut recording, &mut source, options, &mut sink).expect("nothing can fail");
    assert_eq!(out.len(), samples.len());
    (out, recording)
}

/// Like a voice: pulses of 120 Hz that ring at 700 Hz, in syllables of unequal loudness with pauses.
#[expect(clippy::cast_precision_loss)]
fn voice(seconds: usize) -> Vec<f32> {
    let mut syllable = 1_u32;
    let mut level = 0.0;
    (0..seconds * RATE as usize)
        .map(|i| {
            if i.is_multiple_of(4800) {
                syllable = syllable.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                level = [0.0, 0.1, 0.2, 0.3, 0.62][(syllable >> 16) as usize % 5];
            }
            let swell = (std::f32::consts::PI * (i % 4800) as f32 / 4800.0).sin();
            let since = (i % 200) as f32 / RATE as f32;
            level * swell * (-since * 200.0).exp() * (std::f32::consts::TAU * 700.0 * since).sin()
        })
        .collect()
}

/// Loudness in LUFS and true peak in dBTP.
fn measured(samples: &[f32]) -> (f64, f64) {
    let mut meter = EbuR128::new(1, RATE, Mode::I | Mode::TRUE_PEAK).expect("a usual rate");
    meter.add_frames_f32(samples).expect("mono");
    let peak = 20.0 * meter.true_peak(0).expect("mono").log10();
    (meter.loudness_global().expect("loud enough"), peak)
}

#[test]
fn speech_comes_out_as_loud_as_asked_for_and_under_the_peak() {
    let samples = voice(20);
    let (lufs, peak) = measured(&samples);
    assert!(peak - lufs > 15.0, "the crest of a voice: {peak} dBTP at {lufs} LUFS");
    for (loudness_lufs, true_peak_dbtp, levelling) in
        [(-16.0, -1.0, true), (-16.0, -1.0, false), (-23.0, -2.0, true), (-14.0, -1.0, true)]
    {
        let options =
            FinishOptions { loudness_lufs, true_peak_dbtp, levelling, ..FinishOptions::default() };
        let (out, recording) = mastered(&samples, &[], &options);
        let (lufs, peak) = measured(&out);
        assert!((lufs - loudness_lufs).abs() < 0.3, "{lufs} LUFS, not {loudness_lufs}");
        assert!(peak <= true_peak_dbtp, "{peak} dBTP, not {true_peak_dbtp}");
        let noted = recording.timeline;
        assert!((noted.loudness_lufs.expect("sound") - lufs).abs() < 0.01, "what is noted is so");
        assert!((noted.true_peak_dbtp.expect("sound") - peak).abs() < 0.01);
    }
}

#[test]
fn a_long_recording_is_as_loud_as_asked_for_after_hearing_excerpts() {
    // Twelve minutes whose second half is 6 dB softer and has a sound in it.
    let mut samples = voice(720);
    let half = samples.len() / 2;
    samples[half..].iter_mut().for_each(|s| *s *= 0.5);
    let passages = [
        Passage::Speech { start: 0, volume: 1.0, level: 1.0 },
        Passage::Sound { start: half as u64, gain: 8.0, volume: 1.0 },
        Passage::Speech { start: half as u64 + 24_000, volume: 1.0, level: 1.0 },
    ];
    let (out, _) = mastered(&samples, &passages, &FinishOptions::default());
    let (lufs, peak) = measured(&out);
    assert!((lufs + 16.0).abs() < 0.3, "{lufs} LUFS");
    assert!(peak <= -1.0, "{peak} dBTP");
}

#[test]
fn levelling_leaves_the_limiter_less_to_do() {
    let samples = voice(20);
    let crest = |levelling| {
        let options = FinishOptions { levelling, loudness_lufs: -26.0, ..FinishOptions::default() };
        let (lufs, peak) = measured(&mastered(&samples, &[], &options).0);
        peak - lufs
    };
    assert!(crest(true) < crest(false) - 1.0, "{} {}", crest(true), crest(false));
}

#[test]
fn nothing_moves() {
    // Clicks in silence stay at their samples, whatever was done to the level.
    let mut samples = vec![0.0; 3 * RATE as usize];
    for at in [0, 1, 5000, 40_001, 71_999] {
        samples[at] = 0.5;
    }
    let (out, _) = mastered(&samples, &[], &FinishOptions::default());
    for (i, (was, is)) in samples.iter().zip(&out).enumerate() {
        assert_eq!(*was == 0.0, *is == 0.0, "sample {i}: {was} became {is}");
    }
}

#[test]
fn volumes_act_relative_to_the_target() {
    let samples = voice(12);
    let passages = [
        Passage::Speech { start: 0, volume: 1.0, level: 1.0 },
        Passage::Speech { start: 144_000, volume: 0.5, level: 1.0 },
    ];
    let options = FinishOptions::default();
    let (plain, _) = mastered(&samples, &[], &options);
    let (out, _) = mastered(&samples, &passages, &options);
    let ratio = |range: std::ops::Range<usize>| {
        let power = |s: &[f32]| s[range.clone()].iter().map(|s| s * s).sum::<f32>();
        (power(&out) / power(&plain)).sqrt()
    };
    assert!((ratio(0..140_000) - 1.0).abs() < 0.01, "{}", ratio(0..140_000));
    assert!((ratio(144_000..288_000) - 0.5).abs() < 0.02, "{}", ratio(144_000..288_000));
    let silent = [Passage::Speech { start: 0, volume: 0.0, level: 1.0 }];
    let (out, recording) = mastered(&samples, &silent, &options);
    assert!(out.iter().all(|s| *s == 0.0));
    assert_eq!(recording.timeline.true_peak_dbtp, None);
}

#[test]
fn a_sound_is_as_loud_as_it_was_made_and_is_not_levelled() {
    let speech = voice(12);
    let mut samples = vec![0.05; 24_000];
    samples.iter_mut().enumerate().for_each(|(i, s)| *s *= if i % 24 < 12 { 1.0 } else { -1.0 });
    samples.extend(speech);
    let passages = [
        Passage::Sound { start: 0, gain: 2.0, volume: 1.0 },
        Passage::Speech { start: 24_000, volume: 1.0, level: 1.0 },
    ];
    let (out, _) = mastered(&samples, &passages, &FinishOptions::default());
    assert!(out[..23_000].iter().all(|s| (s.abs() - 0.1).abs() < 1e-6));
}

#[test]
fn the_short_the_silent_and_the_hopeless_are_sensible() {
    let options = FinishOptions::default();
    // Too short for integrated loudness: made as loud as what there is allows.
    let (out, recording) = mastered(&voice(1)[..7000], &[], &options);
    assert_eq!(recording.timeline.loudness_lufs, None);
    let peak = recording.timeline.true_peak_dbtp.expect("sound");
    assert!((-16.0..=-1.0).contains(&peak), "{peak} dBTP");
    assert!(out.iter().any(|s| s.abs() > 0.1));
    let (out, recording) = mastered(&vec![0.0; 48_000], &[], &options);
    assert!(out.iter().all(|s| *s == 0.0));
    assert_eq!((recording.timeline.loudness_lufs, recording.timeline.true_peak_dbtp), (None, None));
    let (out, _) = mastered(&[], &[], &options);
    assert!(out.is_empty());
    // Clicks a second apart cannot be made this loud under the limit: the limit is kept.
    let mut clicks = vec![0.0; 240_000];
    clicks.iter_mut().step_by(24_000).for_each(|s| *s = 0.5);
    let (out, _) = mastered(&clicks, &[], &options);
    let (_, peak) = measured(&out);
    assert!(peak <= -1.0, "{peak} dBTP");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever comes: as long as before, finite, and under the peak.
    #[test]
    fn any_recording(
        bursts in prop::collection::vec((0.0_f32..4.0, 1_usize..3000, 1_usize..60), 1..12),
        loudness_lufs in -30.0_f64..-9.0,
        true_peak_dbtp in -6.0_f64..0.0,
        levelling in any::<bool>(),
        cut in 0_u64..20_000,
        volume in 0.0_f32..1.0,
    ) {
        let samples: Vec<f32> = bursts
            .iter()
            .flat_map(|&(level, length, period)| {
                (0..length).map(move |i| if i / period % 2 == 0 { level } else { -level })
            })
            .collect();
        let passages = [
            Passage::Speech { start: 0, volume, level: 1.0 },
            Passage::Sound { start: cut, gain: 1.0, volume: 1.0 },
            Passage::Speech { start: cut + 100, volume: 1.0, level: 1.0 },
        ];
        let options =
            FinishOptions { loudness_lufs, true_peak_dbtp, levelling, ..FinishOptions::default() };
        let (out, recording) = mastered(&samples, &passages[usize::from(cut == 0)..], &options);
        prop_assert!(out.iter().all(|s| s.is_finite()));
        let peak = recording.timeline.true_peak_dbtp.unwrap_or(f64::NEG_INFINITY);
        prop_assert!(peak <= true_peak_dbtp, "{} dBTP, not {}", peak, true_peak_dbtp);
    }
}
