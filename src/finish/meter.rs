//! Loudness and true peak of a recording as it streams by, by EBU R 128.
//!
//! Separate from the assembler because measuring costs more than all else it does. Integrated
//! loudness takes every sample. True peak takes four interpolated values per sample, but most of
//! speech is far too soft to hold the highest: a block whose samples cannot reach the peak found so
//! far is left out, which changes the time and not the result.

use ebur128::{EbuR128, Mode};

use super::loudness::Loudness;

/// Samples looked at together when deciding whether they may hold a higher peak.
const BLOCK: usize = 128;
/// Samples that the interpolator reaches back over, at most (24 at 96 kHz, 12 below).
const TAPS: usize = 24;
/// The most that the interpolator can rise above its largest input: the sum of the magnitudes of
/// its coefficients is 1.87 in the worst phase of 12 taps and 2.3 of 24; the rest is margin.
const OVERSHOOT: f32 = 2.5;

/// Measures one mono recording.
pub(super) struct Meter {
    loudness: Loudness,
    peak: EbuR128,
    /// True peak so far, as a factor.
    highest: f32,
    /// The samples before the next block, oldest first.
    context: [f32; TAPS],
    /// Whether the interpolator has seen `context`.
    contiguous: bool,
}

impl Meter {
    /// A meter for `sample_rate`; `None` for a rate that the standard's filters do not cover (under
    /// 16 Hz or over 2.8 MHz).
    pub(super) fn new(sample_rate: u32) -> Option<Self> {
        Some(Self {
            peak: EbuR128::new(1, sample_rate, Mode::TRUE_PEAK).ok()?,
            loudness: Loudness::new(sample_rate),
            highest: 0.0,
            context: [0.0; TAPS],
            contiguous: true,
        })
    }

    /// Measures the next samples of the recording.
    pub(super) fn add(&mut self, samples: &[f32]) {
        self.loudness.add(samples);
        for block in samples.chunks(BLOCK) {
            self.add_peak(block);
        }
    }

    fn add_peak(&mut self, block: &[f32]) {
        let reach = OVERSHOOT * highest(block).max(highest(&self.context));
        let measured = reach > self.highest;
        if measured {
            // The meter has one channel and so has the slice: there is nothing that can fail.
            if !self.contiguous {
                self.peak.seed_frames_f32(&self.context).expect("a mono meter takes any slice");
            }
            self.peak.add_frames_f32(block).expect("a mono meter takes any slice");
            #[expect(clippy::cast_possible_truncation, reason = "the interpolator works in f32")]
            let peak = self.peak.true_peak(0).expect("the meter has channel 0") as f32;
            self.highest = self.highest.max(peak);
        }
        self.contiguous = measured;
        self.remember(block);
    }

    /// Keeps the end of `block` as context of the next one.
    fn remember(&mut self, block: &[f32]) {
        let kept = block.len().min(TAPS);
        self.context.rotate_left(kept);
        self.context[TAPS - kept..].copy_from_slice(&block[block.len() - kept..]);
    }

    /// Integrated loudness in LUFS; `None` when the recording is shorter than 400 ms or silent.
    pub(super) fn loudness_lufs(&self) -> Option<f64> {
        self.loudness.integrated_lufs()
    }

    /// True peak in dBTP; `None` when all is silent.
    pub(super) fn true_peak_dbtp(&self) -> Option<f64> {
        let dbtp = 20.0 * f64::from(self.highest).log10();
        dbtp.is_finite().then_some(dbtp)
    }
}

/// The largest magnitude. Eight maxima side by side, which is four times as fast as one.
fn highest(samples: &[f32]) -> f32 {
    let higher = |high: f32, sample: &f32| if sample.abs() > high { sample.abs() } else { high };
    let mut highs = [0.0_f32; 8];
    let lanes = samples.chunks_exact(highs.len());
    let rest = lanes.remainder().iter().fold(0.0, higher);
    for lane in lanes {
        for (high, sample) in highs.iter_mut().zip(lane) {
            *high = higher(*high, sample);
        }
    }
    highs.iter().fold(rest, higher)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(samples: &[f32], sample_rate: u32, chunk: usize) -> Meter {
        let mut meter = Meter::new(sample_rate).expect("a usual rate");
        samples.chunks(chunk).for_each(|c| meter.add(c));
        meter
    }

    #[test]
    fn true_peak_sees_what_lies_between_samples() {
        // A quarter of the rate, sampled 45 degrees off its peaks: samples reach -3 dB of it.
        let samples: Vec<f32> = (0..24_000)
            .map(|i| if i % 4 < 2 { 0.5 } else { -0.5 } * std::f32::consts::FRAC_1_SQRT_2)
            .collect();
        let peak = measured(&samples, 24_000, 24_000).true_peak_dbtp().expect("not silent");
        // -6.02 dBFS is the wave's true peak; the abrupt start adds some.
        assert!((-6.3..-4.5).contains(&peak), "{peak} dBTP");
    }

    #[test]
    fn leaving_blocks_out_changes_nothing() {
        for sample_rate in [16_000, 24_000, 96_000] {
            let mut noise = 1_u32;
            let samples: Vec<f32> = (0..120_000_u32)
                .map(|i| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let swell = (f64::from(i) * 3e-4).sin().powi(2);
                    #[expect(clippy::cast_possible_truncation)]
                    let sample = (f64::from(noise) / f64::from(u32::MAX) - 0.5) as f32;
                    sample * if swell > 0.5 { 0.9 } else { 0.1 }
                })
                .collect();
            let mut plain = EbuR128::new(1, sample_rate, Mode::TRUE_PEAK).expect("a usual rate");
            plain.add_frames_f32(&samples).expect("mono");
            let expected = 20.0 * plain.true_peak(0).expect("mono").log10();
            for chunk in [1, 7, 128, 4096] {
                let found = measured(&samples, sample_rate, chunk).true_peak_dbtp();
                let found = found.expect("not silent");
                assert!((found - expected).abs() < 1e-4, "{found} {expected}, {chunk} at a time");
            }
        }
    }

    #[test]
    fn silence_and_odd_rates_have_no_figures() {
        let meter = measured(&vec![0.0; 48_000], 24_000, 480);
        assert_eq!(meter.loudness_lufs(), None);
        assert_eq!(meter.true_peak_dbtp(), None);
        assert!(Meter::new(0).is_none());
    }
}
