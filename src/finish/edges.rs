//! Where the sound of a clip begins and ends, and the fades at its cuts. Pure arithmetic on samples,
//! apart from the assembler so that it can be tested on single clips.

use std::ops::Range;

/// Under this level (-80 dBFS, root mean square over 5 ms) a clip is silent, whatever it is
/// relative to: the noise of a 16 bit recording is not far below.
const SILENCE: f32 = 1e-4;
/// Windows per second in which the level is taken: 5 ms is shorter than any speech sound.
const WINDOWS_PER_SECOND: u32 = 200;

/// The audible part of `samples`: from the first to the last 5 ms window that is less than
/// `audible_db` under the loudest one. `None` when nothing is audible.
///
/// `samples` are finite; squares that overflow count as loud.
pub(super) fn audible(samples: &[f32], sample_rate: u32, audible_db: f32) -> Option<Range<usize>> {
    let window = (sample_rate / WINDOWS_PER_SECOND).max(1) as usize;
    let powers: Vec<f64> = samples.chunks(window).map(mean_square).collect();
    let loudest = powers.iter().copied().fold(0.0, f64::max);
    if loudest < f64::from(SILENCE * SILENCE) {
        return None;
    }
    let threshold = loudest * 10_f64.powf(-f64::from(audible_db.max(0.0)) / 10.0);
    let first = powers.iter().position(|p| *p >= threshold)?;
    let last = powers.iter().rposition(|p| *p >= threshold)?;
    Some(first * window..((last + 1) * window).min(samples.len()))
}

/// Mean of the squares.
#[expect(clippy::cast_precision_loss, reason = "a window has few samples")]
fn mean_square(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|s| f64::from(*s) * f64::from(*s)).sum();
    sum / samples.len() as f64
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
            assert_eq!(audible(&samples, RATE, 50.0), Some(expected), "{why}");
            let quiet: Vec<f32> = samples.iter().map(|s| s * 0.05).collect();
            assert_eq!(
                audible(&quiet, RATE, 50.0),
                audible(&samples, RATE, 50.0),
                "{why}: the same in a quiet recording"
            );
        }
    }

    #[test]
    fn silence_is_not_audible() {
        assert_eq!(audible(&[], RATE, 50.0), None);
        assert_eq!(audible(&[0.0; 500], RATE, 50.0), None);
        assert_eq!(audible(&[5e-5; 500], RATE, 50.0), None);
        assert_eq!(audible(&[1.0], 1, 50.0), Some(0..1), "a rate under 200 has windows of one");
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
