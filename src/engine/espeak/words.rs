//! Word marks from the places where espeak-ng says that words begin.

use crate::{
    engine::program::marks::shared,
    model::{Mark, Timing, Word},
};

/// Where espeak-ng begins a word: character of the text, and sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(super) struct Begin(pub(super) usize, pub(super) usize);

/// Under this a sample is silence between words (-60 dBFS).
const SILENT: f32 = 0.001;

/// A mark for each word. A word that begins and ends where espeak-ng says so is exact; words that it says in
/// one go ("in the") share their time, and are interpolated. `None` when there is not enough sound.
pub(super) fn marks(words: &[Word], begins: &[Begin], samples: &[f32]) -> Option<Vec<Mark>> {
    if words.is_empty() {
        return Some(Vec::new());
    }
    // Each word's first character in the text, and one past its last.
    let mut at = 0;
    let spans: Vec<_> = words
        .iter()
        .map(|word| {
            let length = [&word.before, &word.text, &word.after].map(|s| s.chars().count());
            let start = at;
            at += length.iter().sum::<usize>() + 1;
            start..at
        })
        .collect();
    // Groups of words that begin together: index of the first word, and sample.
    let mut groups: Vec<(usize, usize)> = Vec::new();
    let mut next = begins.iter().peekable();
    for (i, span) in spans.iter().enumerate() {
        let mut own = None;
        while let Some(begin) = next.next_if(|b| b.0 < span.end) {
            if begin.0 >= span.start {
                own = own.or(Some(begin.1));
            }
        }
        let later = |sample: usize| groups.last().is_none_or(|(_, last)| sample > *last);
        if let Some(sample) = own.filter(|s| later(*s) && *s < samples.len()) {
            groups.push((i, sample));
        }
    }
    match groups.first_mut() {
        // The first words have no beginning of their own: they share that of the next.
        Some(first) => first.0 = 0,
        None => groups.push((0, 0)),
    }
    let mut marks = Vec::with_capacity(words.len());
    for (n, &(first, start)) in groups.iter().enumerate() {
        let (until, end) = groups.get(n + 1).copied().unwrap_or((words.len(), samples.len()));
        // A pause after a word is not part of it.
        let sounding = samples[start..end].iter().rposition(|s| s.abs() > SILENT);
        let end = start + sounding.map_or(end - start, |i| i + 1);
        let timing = if until - first == 1 { Timing::Exact } else { Timing::Interpolated };
        let ranges = shared(&words[first..until], start..end.max(start + until - first))?;
        marks.extend(ranges.into_iter().map(|range| Mark { range, timing }));
    }
    let fits = marks.last().is_none_or(|m| m.range.end <= samples.len());
    let ordered = marks.windows(2).all(|m| m[0].range.end <= m[1].range.start);
    (fits && ordered).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::contract::words;

    fn found(
        text: &str,
        begins: &[(usize, usize)],
        samples: &[f32],
    ) -> Option<Vec<(usize, usize, bool)>> {
        let begins: Vec<Begin> = begins.iter().map(|b| Begin(b.0, b.1)).collect();
        let marks = marks(&words(text), &begins, samples)?;
        let exact = |m: &Mark| m.timing == Timing::Exact;
        Some(marks.iter().map(|m| (m.range.start, m.range.end, exact(m))).collect())
    }

    #[test]
    fn words_are_where_they_begin_until_their_sound_ends() {
        let mut samples = vec![0.5; 100];
        samples[40..50].fill(0.0);
        samples[90..].fill(0.0);
        let marks = found("one, two", &[(0, 0), (5, 50)], &samples);
        assert_eq!(marks, Some(vec![(0, 40, true), (50, 90, true)]));
        // Quotes before a word count as its own; a hyphen makes a second beginning within it.
        let marks = found("one “two-three” x", &[(0, 10), (5, 30), (9, 50), (16, 70)], &samples);
        assert_eq!(marks, Some(vec![(10, 30, true), (30, 70, true), (70, 90, true)]));
    }

    #[test]
    fn words_said_in_one_go_share_their_time() {
        let samples = [0.5; 100];
        let marks = found("in the house", &[(0, 0), (7, 40)], &samples);
        assert_eq!(marks, Some(vec![(0, 17, false), (17, 40, false), (40, 100, true)]));
        let marks = found("in the", &[(3, 40)], &samples);
        assert_eq!(marks, Some(vec![(40, 66, false), (66, 100, false)]));
        assert_eq!(found("in the", &[], &samples), Some(vec![(0, 44, false), (44, 100, false)]));
    }

    #[test]
    fn what_does_not_fit_is_none() {
        assert_eq!(found("one", &[], &[]), None);
        assert_eq!(found("a b c", &[(0, 0), (2, 1), (4, 2)], &[0.5; 2]), None);
        assert_eq!(
            found("a b", &[(0, 0), (2, 700)], &[0.5; 10]),
            Some(vec![(0, 5, false), (5, 10, false)])
        );
        assert_eq!(found("", &[], &[]), Some(Vec::new()));
    }
}
