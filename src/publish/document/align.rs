//! Where the sentences of a block stand in its text.
//!
//! A segment's text is that of its part of the block with white space folded; that of a table row has
//! commas between its cells besides. Both are walked together, character by character.

use std::ops::Range;

use super::super::TimedSegment;

/// A sentence in a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its place in the block's text.
    pub(super) range: Range<usize>,
    /// The places of its words that can be told apart, with their indices, in order and apart.
    pub(super) words: Vec<(usize, Range<usize>)>,
}

/// The places of `segments` in `text`, with those of their words that `telling` says; `None` when one of
/// them is not in it, in order.
pub(super) fn place(
    text: &str,
    segments: &[&TimedSegment<'_>],
    telling: impl Fn(&TimedSegment<'_>) -> Vec<bool>,
) -> Option<Vec<Placed>> {
    let mut from = 0;
    let mut placed = Vec::with_capacity(segments.len());
    for timed in segments {
        let sentence = &timed.segment.text;
        // What stands before a sentence has no words: asterisks, a stray dash.
        let wordless = text[from..].find(char::is_alphanumeric).unwrap_or(text.len() - from);
        let starts = text[from..].char_indices().map(|(at, _)| at).take_while(|at| *at <= wordless);
        let map = starts
            .map(|at| from + at)
            .find_map(|at| walk(&text[at..], sentence).map(|map| (at, map)));
        let (at, map) = map?;
        let mut words = Vec::new();
        for (index, _) in telling(timed).iter().enumerate().filter(|(_, tells)| **tells) {
            let written = &timed.words[index].written;
            let mut inside = (written.start..written.end).filter_map(|i| map[i].clone());
            let first = inside.next()?;
            let last = inside.next_back().unwrap_or(first.clone());
            words.push((index, at + first.start..at + last.end));
        }
        let mut all = map.iter().flatten();
        let first = all.next()?.start;
        let last = all.next_back().map_or(first, |c| c.end);
        from = at + last.max(first);
        placed.push(Placed { range: at + first..from, words });
    }
    Some(placed)
}

/// The place in `text` of each character of `sentence` (by the index of its first byte), when all of
/// `sentence` stands at the start of `text` but for white space and what parts the cells of a row.
fn walk(text: &str, sentence: &str) -> Option<Vec<Option<Range<usize>>>> {
    let mut map = vec![None; sentence.len()];
    let mut chars = text.char_indices().filter(|(_, c)| !c.is_whitespace()).peekable();
    for (i, wanted) in sentence.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        loop {
            match chars.peek() {
                Some(&(at, c)) if c == wanted => {
                    map[i] = Some(at..at + c.len_utf8());
                    chars.next();
                    break;
                }
                // Put between cells and at the end of a row.
                _ if matches!(wanted, ',' | '.') => break,
                // Taken from the end of a cell.
                Some((_, '.' | ',' | ';' | ':')) => {
                    chars.next();
                }
                _ => return None,
            }
        }
    }
    Some(map)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Prosody, Role, Segment, Span, Timing},
        publish::WordEntry,
    };

    fn segment(text: &str) -> Segment {
        Segment {
            id: "s1".into(),
            role: Role::Paragraph,
            text: text.into(),
            spoken: Vec::new(),
            given: Vec::new(),
            places: Vec::new(),
            language: "en".into(),
            voice: None,
            fallback: None,
            asked: None,
            prosody: Prosody::default(),
            pause_after_ms: 0,
            span: Span::default(),
            block: 0,
            added: None,
        }
    }

    /// What each sentence and each of its words, split at spaces, is in `text`.
    fn placed(text: &str, sentences: &[&str]) -> Option<Vec<(String, Vec<String>)>> {
        let segments: Vec<Segment> = sentences.iter().map(|s| segment(s)).collect();
        let timed: Vec<TimedSegment<'_>> = segments
            .iter()
            .map(|segment| {
                let mut at = 0;
                let words = segment.text.split(' ').map(|word| {
                    let written = at..at + word.len();
                    at += word.len() + 1;
                    WordEntry {
                        text: word,
                        written,
                        spoken: String::new(),
                        start: 0,
                        end: 1,
                        timing: Timing::Exact,
                    }
                });
                TimedSegment { segment, cue: 0..1, words: words.collect() }
            })
            .collect();
        let found = place(text, &timed.iter().collect::<Vec<_>>(), |t| vec![true; t.words.len()])?;
        let piece = |range: &Range<usize>| text[range.clone()].to_owned();
        Some(
            found
                .iter()
                .map(|p| (piece(&p.range), p.words.iter().map(|(_, r)| piece(r)).collect()))
                .collect(),
        )
    }

    #[test]
    fn sentences_are_found_in_their_block() {
        for (text, sentences, expected) in [
            ("One  two.\nThree.", vec!["One two.", "Three."], vec!["One  two.", "Three."]),
            ("*** One. *** Two.", vec!["One.", "Two."], vec!["One.", "Two."]),
            ("Fish.\t12\t", vec!["Fish, 12."], vec!["Fish.\t12"]),
            ("a, b\tc;\td", vec!["a, b, c, d."], vec!["a, b\tc;\td"]),
            ("1.5 m", vec!["1.5 m"], vec!["1.5 m"]),
            ("A. A. A.", vec!["A. A.", "A."], vec!["A. A.", "A."]),
        ] {
            let found = placed(text, &sentences).unwrap_or_else(|| panic!("{text}"));
            let ranges: Vec<&str> = found.iter().map(|(range, _)| range.as_str()).collect();
            assert_eq!(ranges, expected, "{text}");
        }
        let words = &placed("Fish.\t12\t", &["Fish, 12."]).expect("found")[0].1;
        assert_eq!(words, &["Fish", "12"]);
        assert_eq!(placed("other words", &["One."]), None);
        assert_eq!(placed("words One.", &["One."]), None, "nothing with words is passed over");
    }
}
