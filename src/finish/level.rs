//! Levelling: a gentle compressor that brings loud syllables nearer to the others, so that a limiter
//! has little left to do.
//!
//! A neural voice has 20 dB and more between its loudness and its peaks; at -16 LUFS that is 5 dB
//! over full scale. The compressor is of the feed-forward kind with a soft knee and a smooth branching
//! detector, as in Giannoulis, Massberg and Reiss, "Digital dynamic range compressor design: a
//! tutorial and analysis" (JAES 60(6), 2012). The numbers are those of speech: a level window about as
//! long as a glottal period or two, an attack shorter than a consonant, a release as long as a
//! syllable, and a ratio of a podcast's leveller. It looks ahead, so an onset is not louder than what
//! follows. What it does was measured on 15 sentences (docs/decisions.md).

use std::collections::VecDeque;

/// Blocks over which the level is taken (root mean square).
const WINDOW: usize = 10;
/// Blocks by which the gain is ahead of the sound: half the window, and the attack.
const AHEAD: usize = WINDOW / 2 + 5;
/// Where compression begins, in dB over the article's loudness.
const THRESHOLD_DB: f32 = 2.0;
/// Above the knee, so many dB more at the input are one dB more at the output.
const RATIO: f32 = 2.5;
/// The width of the soft knee, centred on the threshold.
const KNEE_DB: f32 = 10.0;
/// Time constants of the gain, in blocks of a millisecond.
const ATTACK: f32 = 5.0;
const RELEASE: f32 = 200.0;

/// Compresses one mono recording.
pub(super) struct Leveller {
    block: usize,
    /// Root mean square level at which compression begins, in dB relative to full scale.
    threshold_db: f32,
    /// Mean squares of the last [`WINDOW`] blocks.
    powers: VecDeque<f32>,
    /// What is left of a change of the gain after a block, on the way down and up.
    attack: f32,
    release: f32,
    /// Smoothed gain in dB, 0 or less.
    gain_db: f32,
    /// The gain at the end of what has been given out, as a factor.
    gain: f32,
    /// Taken and not yet given out.
    pending: Pending,
    /// Blocks taken so far, up to [`AHEAD`].
    taken: usize,
}

impl Leveller {
    /// A leveller for speech of `loudness_lufs`, in blocks of `block` samples, about a millisecond.
    pub(super) fn new(block: usize, loudness_lufs: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a level")]
        let loudness = loudness_lufs as f32;
        Self {
            block,
            threshold_db: loudness + THRESHOLD_DB,
            powers: VecDeque::from([0.0; WINDOW]),
            attack: (-1.0 / ATTACK).exp(),
            release: (-1.0 / RELEASE).exp(),
            gain_db: 0.0,
            gain: 1.0,
            pending: Pending::default(),
            taken: 0,
        }
    }

    /// Takes a block and appends the one that is now due to `out`, if any is. What is not speech
    /// passes unchanged.
    pub(super) fn push(&mut self, block: &[f32], speech: bool, out: &mut Vec<f32>) {
        debug_assert_eq!(block.len(), self.block);
        #[expect(clippy::cast_precision_loss, reason = "a block has few samples")]
        let power = energy(block) / self.block as f32;
        self.powers.pop_front();
        self.powers.push_back(if speech { power } else { 0.0 });
        self.pending.push(block);
        #[expect(clippy::cast_precision_loss, reason = "a window has few blocks")]
        let mean = self.powers.iter().sum::<f32>() / WINDOW as f32;
        let wanted = self.curve(10.0 * mean.max(1e-12).log10());
        let left = if wanted < self.gain_db { self.attack } else { self.release };
        self.gain_db = wanted + (self.gain_db - wanted) * left;
        if self.taken < AHEAD {
            self.taken += 1;
            return;
        }
        let next = 10_f32.powf(self.gain_db / 20.0);
        self.pending.pop(self.block, |block| ramp(block, self.gain, next, out));
        self.gain = next;
    }

    /// Appends what has been held back.
    pub(super) fn finish(&mut self, out: &mut Vec<f32>) {
        let silence = vec![0.0; self.block];
        for _ in 0..AHEAD {
            self.push(&silence, true, out);
        }
    }

    /// The static curve: the gain in dB for a level in dB.
    fn curve(&self, level_db: f32) -> f32 {
        let over = level_db - self.threshold_db;
        let slope = 1.0 / RATIO - 1.0;
        if over <= -KNEE_DB / 2.0 {
            0.0
        } else if over >= KNEE_DB / 2.0 {
            slope * over
        } else {
            slope * (over + KNEE_DB / 2.0).powi(2) / (2.0 * KNEE_DB)
        }
    }
}

/// Samples taken and not yet given out, first in, first out.
#[derive(Default)]
pub(super) struct Pending {
    samples: Vec<f32>,
    /// Samples at the front that are out already: they are moved away many blocks at a time.
    gone: usize,
}

impl Pending {
    /// Samples that are out and kept at most.
    const MOST_GONE: usize = 8192;

    pub(super) fn push(&mut self, block: &[f32]) {
        self.samples.extend_from_slice(block);
    }

    /// Gives `take` the first `count` samples, which are gone then.
    pub(super) fn pop(&mut self, count: usize, take: impl FnOnce(&[f32])) {
        take(&self.samples[self.gone..self.gone + count]);
        self.gone += count;
        if self.gone >= Self::MOST_GONE {
            self.samples.drain(..self.gone);
            self.gone = 0;
        }
    }
}

/// The sum of squares. Eight sums side by side, which is four times as fast as one.
fn energy(samples: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let lanes = samples.chunks_exact(sums.len());
    let rest: f32 = lanes.remainder().iter().map(|s| s * s).sum();
    for lane in lanes {
        for (sum, sample) in sums.iter_mut().zip(lane) {
            *sum += sample * sample;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Appends `samples` with a gain that goes straight from `from` to `to`.
pub(super) fn ramp(samples: &[f32], from: f32, to: f32, out: &mut Vec<f32>) {
    #[expect(clippy::cast_precision_loss, reason = "a block has few samples")]
    let step = (to - from) / samples.len() as f32;
    #[expect(clippy::cast_precision_loss, reason = "a block has few samples")]
    let gained = samples.iter().enumerate().map(|(i, s)| s * (from + step * (i as f32 + 0.5)));
    out.extend(gained);
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: usize = 24;

    /// Through a leveller for -26 LUFS.
    fn levelled(samples: &[f32], speech: bool) -> Vec<f32> {
        let mut leveller = Leveller::new(BLOCK, -26.0);
        let mut out = Vec::new();
        samples.chunks_exact(BLOCK).for_each(|b| leveller.push(b, speech, &mut out));
        leveller.finish(&mut out);
        out
    }

    /// A square wave at `db` relative to full scale, `blocks` long.
    fn square(db: f32, blocks: usize) -> Vec<f32> {
        let level = 10_f32.powf(db / 20.0);
        (0..blocks * BLOCK).map(|i| if i % 24 < 12 { level } else { -level }).collect()
    }

    fn db(sample: f32) -> f32 {
        20.0 * sample.abs().log10()
    }

    #[test]
    fn the_curve_is_the_documented_one() {
        // (input, output) in dB relative to full scale, threshold -24, knee 10, ratio 2.5
        for (input, output) in
            [(-40.0, -40.0), (-29.0, -29.0), (-24.0, -24.75), (-19.0, -22.0), (-9.0, -18.0)]
        {
            let out = levelled(&square(input, 1000), true);
            let found = db(out[900 * BLOCK]);
            assert!((found - output).abs() < 0.05, "{input} dB: {found} dB, not {output}");
        }
    }

    #[test]
    fn nothing_is_lost_added_or_moved() {
        let mut samples = square(-60.0, 50);
        samples.extend(square(-10.0, 50));
        let out = levelled(&samples, true);
        assert_eq!(out.len(), samples.len());
        assert_eq!(out[..30 * BLOCK], samples[..30 * BLOCK], "what is soft stays as it is");
        assert!(db(out[50 * BLOCK]) < -14.0, "an onset is seen before it comes");
        assert!(out.iter().zip(&samples).all(|(o, s)| o.abs() <= s.abs() && o * s >= 0.0));
        assert_eq!(levelled(&samples, false), samples, "and what is not speech stays as it is");
        assert!(levelled(&[], true).is_empty());
        assert_eq!(
            levelled(&samples[..BLOCK], true),
            samples[..BLOCK],
            "shorter than the look-ahead"
        );
    }
}
