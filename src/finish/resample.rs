//! Another sample rate, through `rubato`'s synchronous FFT resampler: the ratio is fixed and clips are
//! whole.

use rubato::{Fft, FixedSync, Resampler, audioadapter_buffers::direct::SequentialSlice};

/// Samples that the resampler takes at once.
const CHUNK: usize = 1024;

/// `samples` at another rate; sample `i` comes to stand at [`place`]`(i)`, and what is before the first
/// or after the last is cut.
///
/// # Errors
/// What the resampler says, of rates that it cannot relate.
pub(super) fn resample(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>, String> {
    if samples.is_empty() || from == to {
        return Ok(samples.to_vec());
    }
    let mut resampler = Fft::<f32>::new(from as usize, to as usize, CHUNK, 1, FixedSync::Input)
        .map_err(|e| e.to_string())?;
    let input = SequentialSlice::new(samples, 1, samples.len()).map_err(|e| e.to_string())?;
    let output = resampler.process_all(&input, samples.len(), None).map_err(|e| e.to_string())?;
    let mut output = output.take_data();
    // The resampler computes the length in floating point and may give one sample too many.
    output.truncate(length(samples.len(), from, to));
    Ok(output)
}

/// Samples that `count` samples become, rounded up.
fn length(count: usize, from: u32, to: u32) -> usize {
    let exact = (count as u128 * u128::from(to)).div_ceil(u128::from(from));
    usize::try_from(exact).unwrap_or(usize::MAX)
}

/// Where a sample comes to stand, rounded to nearest.
pub(super) fn place(at: usize, from: u32, to: u32) -> usize {
    let (at, from, to) = (at as u128, u128::from(from), u128::from(to));
    usize::try_from((at * to + from / 2) / from).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 440 Hz sine of a second.
    #[expect(clippy::cast_precision_loss)]
    fn sine(rate: u32) -> Vec<f32> {
        let step = std::f32::consts::TAU * 440.0 / rate as f32;
        (0..rate).map(|i| 0.5 * (step * i as f32).sin()).collect()
    }

    #[test]
    fn a_sine_stays_the_same_sine_in_its_place() {
        for (from, to) in [
            (22_050, 24_000),
            (16_000, 24_000),
            (24_000, 16_000),
            (44_100, 24_000),
            (24_000, 48_000),
        ] {
            let out = resample(&sine(from), from, to).expect("usual rates");
            let expected = sine(to);
            assert_eq!(out.len(), expected.len(), "{from} to {to}");
            let inner = 2000..expected.len() - 2000;
            let worst = out[inner.clone()]
                .iter()
                .zip(&expected[inner])
                .map(|(o, e)| (o - e).abs())
                .fold(0.0, f32::max);
            assert!(worst < 0.002, "{from} to {to}: off by {worst}");
        }
    }

    #[test]
    fn places_are_exact_and_the_odd_is_harmless() {
        assert_eq!(place(22_050, 22_050, 24_000), 24_000);
        assert_eq!(place(1, 3, 2), 1);
        assert_eq!(place(usize::MAX, 1, 2), usize::MAX);
        assert_eq!(resample(&[], 16_000, 24_000), Ok(Vec::new()));
        let short = resample(&[0.5; 3], 22_050, 24_000).expect("short");
        assert_eq!(short.len(), 4);
    }
}
