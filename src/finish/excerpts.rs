//! Which parts of a recording stand for all of it when the gain is looked for.
//!
//! What levelling and limiting take from the loudness depends on the voice and hardly on what it says:
//! every eighth stretch of speech tells it as well as all of them (docs/decisions.md).

use std::ops::Range;

use super::Passage;

/// Length of an excerpt: some breaths long, so that what its edges cut does not matter.
const SECONDS: u64 = 5;
/// What all excerpts together have at least, or else the recording is heard whole.
const LEAST_SECONDS: u64 = 90;
/// Of so many stretches one is taken, at most.
const LEAST_SHARE: u64 = 8;

/// Evenly spaced excerpts of the speech; all of a recording that is short.
pub(super) fn excerpts(passages: &[Passage], samples: u64, sample_rate: u32) -> Vec<Range<u64>> {
    let rate = u64::from(sample_rate);
    let stride = (samples / (LEAST_SECONDS * rate)).min(LEAST_SHARE);
    if stride < 2 {
        let whole = 0..samples;
        return Vec::from([whole]);
    }
    let length = SECONDS * rate;
    let starts = (0..samples).step_by(usize::try_from(length * stride).unwrap_or(usize::MAX));
    let all = starts.map(|start| start..samples.min(start + length));
    all.filter(|excerpt| !meets_sound(passages, excerpt)).collect()
}

/// Whether something else than speech is in `excerpt`.
fn meets_sound(passages: &[Passage], excerpt: &Range<u64>) -> bool {
    let first = passages.partition_point(|p| p.start() <= excerpt.start).saturating_sub(1);
    let met = passages[first.min(passages.len())..].iter();
    met.take_while(|p| p.start() < excerpt.end).any(|p| !p.is_speech())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 1000;

    fn seconds(excerpts: &[Range<u64>]) -> Vec<(u64, u64)> {
        excerpts.iter().map(|e| (e.start / 1000, e.end / 1000)).collect()
    }

    #[test]
    fn the_short_is_whole_and_the_long_is_sampled() {
        for samples in [0, 1, 179_999] {
            let whole = 0..samples;
            assert_eq!(excerpts(&[], samples, RATE), [whole]);
        }
        assert_eq!(seconds(&excerpts(&[], 180_000, RATE))[..2], [(0, 5), (10, 15)]);
        let hours = excerpts(&[], 36_000_000, RATE);
        assert_eq!(seconds(&hours)[..2], [(0, 5), (40, 45)]);
        assert_eq!(hours.len(), 900);
    }

    #[test]
    fn sounds_are_left_out() {
        let speech = |start| Passage::Speech { start, volume: 1.0, level: 1.0 };
        let sound = |start| Passage::Sound { start, gain: 1.0, volume: 1.0 };
        let passages = [sound(0), speech(1000), sound(22_000), speech(23_000)];
        let found = seconds(&excerpts(&passages, 180_000, RATE));
        assert_eq!(found[..3], [(10, 15), (30, 35), (40, 45)]);
    }
}
