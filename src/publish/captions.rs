//! What the caption formats share: cues in milliseconds that do not overlap, and their times.

use super::{Publication, PublishError, TimedSegment};
use crate::model::samples_to_ms;

/// A segment that is heard, in milliseconds.
pub(super) struct Caption<'a> {
    /// The segment with its words, in samples.
    pub(super) timed: TimedSegment<'a>,
    /// Never before the end of the caption before it.
    pub(super) start: u64,
    /// Always after the start.
    pub(super) end: u64,
}

impl Caption<'_> {
    /// What is shown: the text as written.
    pub(super) fn text(&self) -> &str {
        &self.timed.segment.text
    }
}

/// The segments that have both text and sound.
pub(super) fn captions<'a>(
    publication: &Publication<'a>,
) -> Result<Vec<Caption<'a>>, PublishError> {
    let rate = publication.timeline.sample_rate;
    let mut last = 0;
    let mut captions = Vec::new();
    for timed in publication.segments()? {
        if timed.segment.text.trim().is_empty() || timed.cue.is_empty() {
            continue;
        }
        // A cue of less than a millisecond still ends after its start, and none overlap.
        let start = samples_to_ms(timed.cue.start, rate).max(last);
        let end = samples_to_ms(timed.cue.end, rate).max(start + 1);
        last = end;
        captions.push(Caption { timed, start, end });
    }
    Ok(captions)
}

/// Milliseconds as `hh:mm:ss.mmm`; hours have more digits when they need them.
pub(super) fn time(ms: u64) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// White space folded, so that nothing in `text` ends a line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (ms, expected) in [
            (0, "00:00:00.000"),
            (1, "00:00:00.001"),
            (59_999, "00:00:59.999"),
            (3_600_000, "01:00:00.000"),
            (360_000_000, "100:00:00.000"),
        ] {
            assert_eq!(time(ms), expected);
        }
    }
}
