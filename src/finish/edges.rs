//! Where the sound of a clip begins and ends, and the fades at its cuts. Pure arithmetic on samples,
//! apart from the assembler so that it can be tested on single clips.

use std::ops::Range;

/// Under this level (-80 dBFS, root mean square over 5 ms) a clip is silent, whatever it is
/// relative to: the noise of a 16 bit recording is not far below.
const SILENCE: f32 = 1e-4;
/// Windows per second in which the level is taken: 5 ms is shorter than any speech sound.
const WINDOWS_PER_SECOND: u32 = 200;

/// Sums kept apart while adding, so that the processor can add several at once.
const LANES: usize = 8;

/// The level of a clip over its length.
pub(super) struct Levels {
    /// Mean square of each window.
    powers: Vec<f64>,
    /// Samples in a window but the last.
    window: usize,
    samples: usize,
    loudest: f64,
}

impl Levels {
    /// Measures `samples`, which are finite.
    pub(super) fn of(samples: &[f32], sample_rate: u32) -> Self {
        let window = (sample_rate / WINDOWS_PER_SECOND).max(1) as usize;
        let powers: Vec<f64> = samples.chunks(window).map(mean_square).collect();
        let loudest = powers.iter().copied().fold(0.0, f64::max);
        Self { powers, window, samples: samples.len(), loudest }
    }

    /// From the first to the last 5 ms window that is less than `db` under the loudest one. `None`
    /// when all is silent.
    pub(super) fn within(&self, db: f32) -> Option<Range<usize>> {
        if self.loudest < f64::from(SILENCE * SILENCE) {
            return None;
        }
        let threshold = self.loudest * 10_f64.powf(-f64::from(db.max(0.0)) / 10.0);
        let first = self.powers.iter().position(|p| *p >= threshold)?;
        let last = self.powers.iter().rposition(|p| *p >= threshold)?;
        Some(first * self.window..((last + 1) * self.window).min(self.samples))
    }
}

/// Mean of the squares.
#[expect(clippy::cast_precision_loss, reason = "a window has few samples")]
fn mean_square(samples: &[f32]) -> f64 {
    let square = |s: f32| f64::from(s) * f64::from(s);
    let mut sums = [0.0; LANES];
    let lanes = samples.chunks_exact(LANES);
    let rest: f64 = lanes.remainder().iter().map(|s| square(*s)).sum();
    for lane in lanes {
        for (sum, sample) in sums.iter_mut().zip(lane) {
            *sum += square(*sample);
        }
    }
    (rest + sums.iter().sum::<f64>()) / samples.len() as f64
}

/// Fades the first `length` samples in, or all when there are fewer, along a raised cosine: no step
/// in level and none in slope.
pub(super) fn fade_in(samples: &mut [f32], length: usize) {
    let length = length.min(samples.len());
    for (i, sample) in samples[..length].iter_mut().enumerate() {
        *sample *= raised_cosine(i, length);
    }
}

/// Fades the last `length` samples out, as [`fade_in`] fades in.
pub(super) fn fade_out(samples: &mut [f32], length: usize) {
    let length = length.min(samples.len());
    for (i, sample) in samples.iter_mut().rev().take(length).enumerate() {
        *sample *= raised_cosine(i, length);
    }
}

/// 0 before the first step, 1 after the last.
#[expect(clippy::cast_precision_loss, reason = "a fade has few samples")]
fn raised_cosine(step: usize, steps: usize) -> f32 {
    let phase = (step as f32 + 0.5) / steps as f32;
    0.5 - 0.5 * (std::f32::consts::PI * phase).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 16_000;

    fn audible(samples: &[f32], sample_rate: u32) -> Option<Range<usize>> {
        Levels::of(samples, sample_rate).within(50.0)
    }

    #[test]
    fn the_audible_part_is_relative_to_the_loudest() {
        // (level of the outer parts in dB under the middle, whether they count, why)
        let cases = [
            (40.0, true, "a soft consonant"),
            (60.0, false, "the voice's noise floor"),
            (200.0, false, "digital silence, nearly"),
        ];
        for (db, counts, why) in cases {
            let soft = 0.3 * 10_f32.powf(-db / 20.0);
            let mut samples = vec![soft; 1600];
            samples.extend(vec![0.3; 1600]);
            samples.extend(vec![soft; 800]);
            let expected = if counts { 0..4000 } else { 1600..3200 };
            assert_eq!(audible(&samples, RATE), Some(expected), "{why}");
            let quiet: Vec<f32> = samples.iter().map(|s| s * 0.05).collect();
            assert_eq!(
                audible(&quiet, RATE),
                audible(&samples, RATE),
                "{why}: the same in a quiet recording"
            );
        }
    }

    #[test]
    fn silence_is_not_audible() {
        assert_eq!(audible(&[], RATE), None);
        assert_eq!(audible(&[0.0; 500], RATE), None);
        assert_eq!(audible(&[5e-5; 500], RATE), None);
        assert_eq!(audible(&[1.0], 1), Some(0..1), "a rate under 200 has windows of one");
    }

    #[test]
    fn fades_rise_and_fall_and_leave_the_middle_alone() {
        let mut samples = [1.0; 20];
        fade_in(&mut samples, 5);
        fade_out(&mut samples, 5);
        assert!(samples[0] < 0.05 && samples[19] < 0.05);
        assert!(samples[..5].is_sorted() && samples[15..].iter().rev().is_sorted());
        assert_eq!(samples[5..15], [1.0; 10]);
        let mut short = [1.0; 3];
        fade_out(&mut short, 100);
        assert!(short.iter().rev().is_sorted() && short[2] < 0.1, "no longer than the samples");
        fade_in(&mut [], 4);
    }
}
