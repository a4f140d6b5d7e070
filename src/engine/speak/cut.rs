//! Sound taken apart and put together without a click.

use std::ops::Range;

use crate::model::{Clip, Mark, samples_from_ms};

/// Fade at a cut, in milliseconds.
const FADE_MS: u32 = 5;
/// Loudness is compared over this long, in milliseconds.
const WINDOW_MS: u32 = 5;
/// Silence is under this amplitude (-54 dBFS).
const SILENCE: f32 = 0.002;

fn length(ms: u32, sample_rate: u32) -> usize {
    usize::try_from(samples_from_ms(ms, sample_rate)).unwrap_or(usize::MAX)
}

/// Takes silence off: before the first mark when `head`, after the last one when `tail`. Never part
/// of a mark.
pub(super) fn trim(clip: &mut Clip, head: bool, tail: bool) {
    let margin = length(FADE_MS, clip.sample_rate);
    let (Some(first), Some(last)) = (clip.marks.first(), clip.marks.last()) else { return };
    let loud = |s: &f32| s.abs() > SILENCE;
    let end = clip.samples.iter().rposition(loud).map_or(0, |i| i + 1 + margin);
    let end = if tail { end.clamp(last.range.end, clip.samples.len()) } else { clip.samples.len() };
    let start = clip.samples.iter().position(loud).unwrap_or(0).saturating_sub(margin);
    let start = if head { start.min(first.range.start) } else { 0 };
    keep(clip, start..end, 0..clip.marks.len());
}

/// Appends `clip` to `joined` after `pause_ms` of silence.
pub(super) fn append(joined: &mut Clip, clip: Clip, pause_ms: u32) {
    let start = joined.samples.len() + length(pause_ms, joined.sample_rate);
    joined.samples.resize(start, 0.0);
    joined.samples.extend(clip.samples);
    joined.marks.extend(
        clip.marks
            .into_iter()
            .map(|mark| Mark { range: mark.range.start + start..mark.range.end + start, ..mark }),
    );
}

/// The first `words` words of `clip`, cut where it is quietest between them and the next.
pub(super) fn keep_first(mut clip: Clip, words: usize) -> Clip {
    let at = quietest(&clip, clip.marks[words - 1].range.end..clip.marks[words].range.start);
    keep(&mut clip, 0..at, 0..words);
    clip
}

/// The last `words` words of `clip`, cut where it is quietest between them and the one before.
pub(super) fn keep_last(mut clip: Clip, words: usize) -> Clip {
    let first = clip.marks.len() - words;
    let at = quietest(&clip, clip.marks[first - 1].range.end..clip.marks[first].range.start);
    let (end, marks) = (clip.samples.len(), clip.marks.len());
    keep(&mut clip, at..end, first..marks);
    clip
}

/// The middle of the quietest stretch of `range`; its start when it is shorter than one.
fn quietest(clip: &Clip, range: Range<usize>) -> usize {
    let window = length(WINDOW_MS, clip.sample_rate).max(1);
    let samples = &clip.samples[range.clone()];
    let energy = |part: &[f32]| part.iter().map(|s| s * s).sum::<f32>();
    let parts = samples.chunks_exact(window).map(energy).enumerate();
    // Of equally quiet ones the first: the pause that follows is the segment's own.
    let quiet = parts.min_by(|(_, a), (_, b)| a.total_cmp(b));
    range.start + quiet.map_or(0, |(i, _)| i * window + window / 2)
}

/// Keeps `range` of the samples and `marks` of the marks; fades where it cut.
fn keep(clip: &mut Clip, range: Range<usize>, marks: Range<usize>) {
    let fade = length(FADE_MS, clip.sample_rate).min(range.len() / 2);
    #[expect(clippy::cast_precision_loss)] // a few hundred samples
    let gain = |i: usize| (i as f32 + 0.5) / fade as f32;
    if range.end < clip.samples.len() {
        for i in 0..fade {
            clip.samples[range.end - 1 - i] *= gain(i);
        }
    }
    clip.samples.truncate(range.end);
    if range.start > 0 {
        for i in 0..fade {
            clip.samples[range.start + i] *= gain(i);
        }
        clip.samples.drain(..range.start);
    }
    clip.marks.truncate(marks.end);
    clip.marks.drain(..marks.start);
    for mark in &mut clip.marks {
        mark.range = mark.range.start - range.start..mark.range.end - range.start;
    }
}
