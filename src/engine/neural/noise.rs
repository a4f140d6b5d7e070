//! Gaussian noise for spectra and latent variables, seeded, cheap enough not to matter.
//!
//! Every value of a frame has a generator of its own (xorshift, 32 bits), so that a frame's noise is
//! one pass over an array without a dependency from one element to the next. The sum of a word's
//! four bytes is close to normal (excess kurtosis -0.3); an inverse transform then mixes hundreds of
//! them, and what remains of the difference is far below hearing.

/// One generator per value of a frame.
pub(in crate::engine) struct Noise {
    states: Vec<u32>,
}

/// Standard deviation of the sum of four bytes: sqrt(4 (256² - 1) / 12).
const DEVIATION: f32 = 147.800_1;
/// Mean of the sum of four bytes.
const MEAN: f32 = 510.0;

impl Noise {
    /// Generators for `values` numbers a frame.
    pub(in crate::engine) fn new(values: usize) -> Self {
        Self { states: vec![1; values] }
    }

    /// Starts anew from `seed`: the same seed gives the same noise.
    pub(in crate::engine) fn seed(&mut self, seed: u64) {
        let mut counter = seed;
        for state in &mut self.states {
            // splitmix64: neighbouring counters give unrelated words.
            counter = counter.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = counter;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            // A xorshift generator must not start at 0.
            *state = ((z >> 32) as u32) | 1;
        }
    }

    /// The generators of real parts and of imaginary parts.
    #[cfg(feature = "hibari")]
    #[inline(always)]
    pub(in crate::engine) fn halves(&mut self) -> (&mut [u32], &mut [u32]) {
        let half = self.states.len() / 2;
        self.states.split_at_mut(half)
    }
}

/// `count` numbers of mean 0 and variance 1: the same for the same seed.
#[cfg(feature = "piper")]
pub(in crate::engine) fn normals(count: usize, seed: u64) -> Vec<f32> {
    let mut noise = Noise::new(count);
    noise.seed(seed);
    noise.states.iter_mut().map(normal).collect()
}

/// Advances a generator and gives its next value: mean 0, variance 1.
#[inline(always)]
#[expect(clippy::cast_precision_loss)] // a sum of four bytes is at most 1020
pub(in crate::engine) fn normal(state: &mut u32) -> f32 {
    let mut x = *state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    // Without the multiplication the bytes of successive words are linearly related.
    let mixed = x.wrapping_mul(0x9E37_79BB);
    let pairs = (mixed & 0x00FF_00FF) + ((mixed >> 8) & 0x00FF_00FF);
    let sum = (pairs & 0xFFFF) + (pairs >> 16);
    (sum.cast_signed() as f32 - MEAN) * (1.0 / DEVIATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(seed: u64, values: usize, frames: usize) -> Vec<Vec<f64>> {
        let mut noise = Noise::new(values);
        noise.seed(seed);
        (0..frames)
            .map(|_| noise.states.iter_mut().map(|s| f64::from(normal(s))).collect())
            .collect()
    }

    #[test]
    fn values_are_normal_enough_and_unrelated() {
        let frames = series(7, 1202, 400);
        let n = f64::from(1202 * 400);
        let moment = |power: i32| frames.iter().flatten().map(|v| v.powi(power)).sum::<f64>() / n;
        assert!(moment(1).abs() < 0.01, "mean {}", moment(1));
        assert!((moment(2) - 1.0).abs() < 0.01, "variance {}", moment(2));
        assert!(moment(3).abs() < 0.03, "skew {}", moment(3));
        assert!((moment(4) - 2.7).abs() < 0.1, "kurtosis {}", moment(4));
        for lag in 1..6 {
            let along: f64 = frames
                .windows(lag + 1)
                .flat_map(|w| w[0].iter().zip(&w[lag]).map(|(a, b)| a * b))
                .sum::<f64>();
            let across: f64 =
                frames.iter().flat_map(|f| f.windows(lag + 1).map(|w| w[0] * w[lag])).sum::<f64>();
            assert!((along / n).abs() < 0.01, "lag {lag} in time: {}", along / n);
            assert!((across / n).abs() < 0.01, "lag {lag} across bins: {}", across / n);
        }
    }

    #[test]
    fn a_seed_is_a_noise() {
        assert_eq!(series(1, 64, 3), series(1, 64, 3));
        assert_ne!(series(1, 64, 3), series(2, 64, 3));
    }
}
