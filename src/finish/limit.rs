//! The limiter: no true peak over the ceiling, and no more gain taken than that needs.
//!
//! A look-ahead limiter as broadcasters use: for each block the gain that its true peak allows; of
//! these the least over the look-ahead; an exponential release; then the mean over the look-ahead,
//! which turns steps into ramps that are complete when the peak comes. The mean of values that are
//! all low enough is low enough, so nothing gets through.

use std::collections::VecDeque;

use super::{
    level::{Pending, ramp},
    peak::{LAG, TruePeak},
};

/// Blocks of look-ahead: the length of the ramp down, 5 ms.
const AHEAD: usize = 5;
/// Time constant of the way back up, in blocks of a millisecond: shorter than a syllable, longer than
/// the period of a low voice.
const RELEASE: f32 = 60.0;

/// Limits one mono recording.
pub(super) struct Limiter {
    block: usize,
    ceiling: f32,
    peaks: TruePeak,
    /// What is left of a reduction after a block.
    release: f32,
    /// Blocks by which a peak may be seen late.
    late: usize,
    /// The gain that each of the last blocks allows; before the first, any. The edge between two blocks
    /// needs what both allow, and what those allow in which their peaks may be seen.
    allowed: VecDeque<f32>,
    /// The least of them over the look-ahead, with release: what the mean is taken of.
    held: VecDeque<f32>,
    /// The gain at the start of the block that is due next; `None` while it is not known.
    gain: Option<f32>,
    /// Taken and not yet given out.
    pending: Pending,
}

impl Limiter {
    /// A limiter to `ceiling` (a factor of full scale) in blocks of `block` samples, about a
    /// millisecond.
    pub(super) fn new(block: usize, ceiling: f32, peaks: TruePeak) -> Self {
        Self {
            block,
            ceiling,
            peaks,
            release: (-1.0 / RELEASE).exp(),
            late: LAG.div_ceil(block),
            allowed: VecDeque::from([1.0; AHEAD + 1]),
            held: VecDeque::new(),
            gain: None,
            pending: Pending::default(),
        }
    }

    /// Takes a block and appends the one that is now due to `out`, if any is.
    pub(super) fn push(&mut self, block: &[f32], out: &mut Vec<f32>) {
        debug_assert_eq!(block.len(), self.block);
        let peak = self.peaks.above(block, self.ceiling);
        self.pending.push(block);
        self.allowed.push_back(peak.map_or(1.0, |peak| self.ceiling / peak));
        if self.allowed.len() <= AHEAD + 1 + self.late {
            return;
        }
        let least = self.allowed.iter().copied().fold(1.0, f32::min);
        self.allowed.pop_front();
        let last = self.held.back().copied().unwrap_or(1.0);
        let released = 1.0 - (1.0 - last) * self.release;
        self.held.push_back(least.min(released));
        if self.held.len() < AHEAD + 1 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let next = self.held.iter().sum::<f32>() / self.held.len() as f32;
        self.held.pop_front();
        if let Some(gain) = self.gain.replace(next) {
            self.pending.pop(self.block, |block| ramp(block, gain, next, out));
        }
    }

    /// Appends what has been held back.
    pub(super) fn finish(&mut self, out: &mut Vec<f32>) {
        let silence = vec![0.0; self.block];
        for _ in 0..=AHEAD + self.late {
            self.push(&silence, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 24_000;
    const BLOCK: usize = 24;
    const CEILING: f32 = 0.8;

    fn limited(samples: &[f32]) -> Vec<f32> {
        let mut limiter = Limiter::new(BLOCK, CEILING, TruePeak::new(RATE));
        let mut out = Vec::new();
        samples.chunks_exact(BLOCK).for_each(|b| limiter.push(b, &mut out));
        limiter.finish(&mut out);
        out
    }

    fn true_peak(samples: &[f32]) -> f32 {
        TruePeak::new(RATE).above(samples, 0.0).unwrap_or(0.0)
    }

    /// Noise in bursts, some far over full scale, from the first sample on.
    fn bursts() -> Vec<f32> {
        let mut noise = 1_u32;
        (0..200 * BLOCK)
            .map(|i| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                #[expect(clippy::cast_possible_truncation)]
                let sample = (f64::from(noise) / f64::from(u32::MAX) - 0.5) as f32;
                sample * [6.0, 0.1, 1.2, 0.0, 3.0][i / 500 % 5]
            })
            .collect()
    }

    #[test]
    fn no_true_peak_is_over_the_ceiling() {
        let samples = bursts();
        assert!(true_peak(&samples) > 2.0);
        let out = limited(&samples);
        let peak = true_peak(&out);
        // A gain that changes within the interpolator's reach leaves it some hundredths of a dB.
        assert!(peak <= CEILING * 1.01, "{peak}");
        assert!(peak > CEILING * 0.7, "{peak}: no more is taken than is needed");
    }

    #[test]
    fn nothing_is_lost_added_or_moved() {
        let samples = bursts();
        let out = limited(&samples);
        assert_eq!(out.len(), samples.len());
        assert!(out.iter().zip(&samples).all(|(o, s)| o.abs() <= s.abs() && o * s >= 0.0));
        let soft: Vec<f32> = samples.iter().map(|s| s * 0.1).collect();
        assert_eq!(limited(&soft), soft, "what is under the ceiling stays as it is");
        assert!(limited(&[]).is_empty());
        assert_eq!(limited(&soft[..BLOCK]), soft[..BLOCK], "shorter than the look-ahead");
    }

    #[test]
    fn a_peak_is_ramped_to_and_released() {
        let mut samples = vec![0.1; 300 * BLOCK];
        samples[100 * BLOCK..101 * BLOCK].fill(1.6);
        let out = limited(&samples);
        let gain = |block: usize| out[block * BLOCK + 12] / samples[block * BLOCK + 12];
        assert_eq!((gain(90), gain(280) > 0.95), (1.0, true));
        assert!(gain(100) < 0.5 && gain(97) > gain(98) && gain(98) > gain(99), "a ramp down");
        assert!(gain(110) < gain(150) && gain(150) < gain(200), "and a way back");
        let step = out.windows(2).map(|w| (w[1] / w[0]).ln().abs());
        let at_edges = [100 * BLOCK - 1, 101 * BLOCK - 1];
        let smooth = step.enumerate().filter(|(i, _)| !at_edges.contains(i)).all(|(_, s)| s < 0.02);
        assert!(smooth, "no step in the gain");
    }
}
