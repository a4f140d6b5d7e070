//! Where words are in sound that came without timing: an estimate.
//!
//! Pauses that can be heard are matched with the punctuation that makes them, and the words of a clause
//! share its sound by their letters. Every mark is [`Timing::Interpolated`].

use std::ops::Range;

use crate::model::{Mark, Timing, Word, samples_from_ms};

/// Loudness is looked at over this long, in milliseconds.
const WINDOW_MS: u32 = 10;
/// A silence between clauses is at least this long, in milliseconds.
const PAUSE_MS: u32 = 90;
/// How far under its loudest window a clip is silent, as a factor of amplitude (-45 dB).
const SILENT: f32 = 0.0056;
/// Under this amplitude nothing is heard in any clip (-72 dBFS).
const NOTHING: f32 = 0.000_25;

/// A mark for each word, in order; `None` when there is not a sample for each.
pub(in crate::engine) fn interpolated(
    words: &[Word],
    samples: &[f32],
    sample_rate: u32,
) -> Option<Vec<Mark>> {
    if words.is_empty() {
        return Some(Vec::new());
    }
    let stretches = stretches(samples, sample_rate);
    let clauses = clauses(words);
    let places = match stretches.len() {
        0 => return None,
        n if n >= clauses.len() => joined(stretches, clauses.len()),
        _ => joined(stretches, 1),
    };
    let whole = std::iter::once(0..words.len());
    let clauses = if places.len() == clauses.len() { clauses } else { whole.collect() };
    let mut marks = Vec::with_capacity(words.len());
    for (clause, place) in clauses.into_iter().zip(places) {
        let ranges = shared(&words[clause], place)?;
        marks.extend(ranges.into_iter().map(|range| Mark { range, timing: Timing::Interpolated }));
    }
    Some(marks)
}

/// Divides `place` among `words` by their letters; `None` when it is shorter than they are many.
pub(in crate::engine) fn shared(words: &[Word], place: Range<usize>) -> Option<Vec<Range<usize>>> {
    if place.len() < words.len() {
        return None;
    }
    // A word takes about as long as its letters and a little more.
    let weight = |word: &Word| word.text.chars().count() + 2;
    let total: usize = words.iter().map(weight).sum();
    let (mut done, mut start) = (0, place.start);
    let ranges = words.iter().enumerate().map(|(i, word)| {
        done += weight(word);
        let left = words.len() - i - 1;
        let end = (place.start + place.len() * done / total).clamp(start + 1, place.end - left);
        let range = start..end;
        start = end;
        range
    });
    Some(ranges.collect())
}

/// The stretches of `samples` that are heard, with pauses between them.
fn stretches(samples: &[f32], sample_rate: u32) -> Vec<Range<usize>> {
    let length =
        |ms| usize::try_from(samples_from_ms(ms, sample_rate)).unwrap_or(usize::MAX).max(1);
    let window = length(WINDOW_MS);
    let peak = |part: &[f32]| part.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    let limit = (peak(samples) * SILENT).max(NOTHING);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, part) in samples.chunks(window).enumerate() {
        if peak(part) < limit {
            continue;
        }
        let range = i * window..i * window + part.len();
        match found.last_mut() {
            Some(last) if range.start - last.end < length(PAUSE_MS) => last.end = range.end,
            _ => found.push(range),
        }
    }
    found
}

/// Joins neighbours across the shortest pauses until `count` are left.
fn joined(mut stretches: Vec<Range<usize>>, count: usize) -> Vec<Range<usize>> {
    while stretches.len() > count.max(1) {
        let gap = |i: &usize| stretches[*i].start - stretches[i - 1].end;
        let Some(at) = (1..stretches.len()).min_by_key(gap) else { break };
        stretches[at - 1].end = stretches[at].end;
        stretches.remove(at);
    }
    stretches
}

/// Ranges of words up to each punctuation that makes a pause.
fn clauses(words: &[Word]) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (i, word) in words.iter().enumerate() {
        let ends = word.after.contains(|c| ",.;:?!—…".contains(c));
        if ends || i + 1 == words.len() {
            clauses.push(start..i + 1);
            start = i + 1;
        }
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::contract::words;

    /// Sound of these lengths in ms at 1,000 samples per second, every second one silence.
    fn sound(lengths: &[usize]) -> Vec<f32> {
        let parts = lengths.iter().enumerate();
        parts.flat_map(|(i, n)| vec![if i % 2 == 0 { 0.5 } else { 0.0 }; *n]).collect()
    }

    fn ranges(text: &str, samples: &[f32]) -> Option<Vec<Range<usize>>> {
        let marks = interpolated(&words(text), samples, 1000)?;
        assert!(marks.iter().all(|m| m.timing == Timing::Interpolated));
        Some(marks.into_iter().map(|m| m.range).collect())
    }

    #[test]
    fn clauses_lie_between_pauses_and_words_share_them_by_letters() {
        let found = ranges("one, three", &sound(&[100, 200, 140, 60])).unwrap();
        assert_eq!(found, [0..100, 300..440]);
        let found = ranges("aa bbbbbb, c", &sound(&[120, 200, 30])).unwrap();
        assert_eq!(found, [0..40, 40..120, 320..350]);
        // More pauses than punctuation: the longest are the clauses'.
        let found = ranges("aa, bb", &sound(&[100, 100, 100, 300, 100])).unwrap();
        assert_eq!(found, [0..300, 600..700]);
        // Fewer: one stretch for all.
        let found = ranges("aa, bb", &sound(&[100])).unwrap();
        assert_eq!(found, [0..50, 50..100]);
    }

    #[test]
    fn every_mark_is_longer_than_nothing_or_there_are_none() {
        assert_eq!(ranges("", &[]), Some(Vec::new()));
        assert_eq!(ranges("one", &[]), None);
        assert_eq!(ranges("one", &sound(&[0, 100])), None);
        assert_eq!(ranges("a incomprehensibilities b", &[0.5; 3]), Some(vec![0..1, 1..2, 2..3]));
        assert_eq!(ranges("a b c d", &[0.5; 3]), None);
    }
}
