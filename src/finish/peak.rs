//! True peak by ITU-R BS.1770: what lies between the samples, block by block, through the crate
//! `ebur128`.
//!
//! Interpolation takes four values for each sample, but most of speech is far too soft to matter: a
//! block that cannot rise over what the caller asks about is left out, which changes the time and
//! not the result.

use ebur128::{EbuR128, Mode};

/// Samples that the interpolator reaches back over, at most (24 at 96 kHz, 12 below).
const TAPS: usize = 24;
/// The most that the interpolator can rise above its largest input: the sum of the magnitudes of
/// its coefficients is 1.87 in the worst phase of 12 taps and 2.3 of 24; the rest is margin.
const OVERSHOOT: f32 = 2.5;

/// Looks between the samples of one mono recording.
pub(super) struct TruePeak {
    interpolator: EbuR128,
    /// The samples before the next block, oldest first.
    context: [f32; TAPS],
    /// Whether the interpolator has seen `context`.
    contiguous: bool,
}

impl TruePeak {
    /// For `sample_rate`; `None` for a rate that the standard's filters do not cover (under 16 Hz or
    /// over 2.8 MHz).
    pub(super) fn new(sample_rate: u32) -> Option<Self> {
        let interpolator = EbuR128::new(1, sample_rate, Mode::TRUE_PEAK).ok()?;
        Some(Self { interpolator, context: [0.0; TAPS], contiguous: true })
    }

    /// The true peak of the next block as a factor, if it is above `floor`. The interpolator lags by
    /// half its taps, so what lies at the very end of a block counts to the next one.
    pub(super) fn above(&mut self, block: &[f32], floor: f32) -> Option<f32> {
        let measured = OVERSHOOT * highest(block).max(highest(&self.context)) > floor;
        let peak = measured.then(|| {
            // The meter has one channel and so has the slice: there is nothing that can fail.
            if !self.contiguous {
                let seeded = self.interpolator.seed_frames_f32(&self.context);
                seeded.expect("a mono meter takes any slice");
            }
            self.interpolator.add_frames_f32(block).expect("a mono meter takes any slice");
            let peak = self.interpolator.prev_true_peak(0).expect("the meter has channel 0");
            #[expect(clippy::cast_possible_truncation, reason = "the interpolator works in f32")]
            let peak = peak as f32;
            peak
        });
        self.contiguous = measured;
        self.remember(block);
        peak.filter(|peak| *peak > floor)
    }

    /// Keeps the end of `block` as context of the next one.
    fn remember(&mut self, block: &[f32]) {
        let kept = block.len().min(TAPS);
        self.context.rotate_left(kept);
        self.context[TAPS - kept..].copy_from_slice(&block[block.len() - kept..]);
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
