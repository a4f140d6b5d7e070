//! Text that remembers where in the source each part of it stood.

use std::ops::Range;

use super::{Prosody, Reading, Span};

/// A block's inline text: plain characters, a map back to the source, and what was marked up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    string: String,
    pieces: Vec<Piece>,
    marks: Vec<TextMark>,
}

/// A run of text that came from one run of the source. When both are equally long the map is byte
/// by byte; otherwise (an entity, folded white space) the whole run maps to the whole span.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    at: usize,
    source: Span,
}

/// Inline markup over a byte range of a [`Text`].
#[derive(Debug, Clone, PartialEq)]
pub struct TextMark {
    /// Byte range of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MarkKind,
}

/// What inline markup says about the text under it.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind {
    /// Stressed (`<em>`, `*a*`).
    Emphasis,
    /// Important (`<strong>`, `**a**`).
    Strong,
    /// Code, a key or sample output.
    Code,
    /// A link to this address.
    Link(String),
    /// In this language (BCP 47).
    Language(String),
    /// A reference to a footnote.
    NoteReference,
    /// Raised text (`<sup>`).
    Superscript,
    /// Lowered text (`<sub>`).
    Subscript,
    /// Struck out (`<del>`, `~~a~~`).
    Deleted,
    /// In an inline element with these class names, ids and roles (lower case), such as the credit
    /// inside a caption.
    Context(Vec<String>),
    /// To be read like this.
    Reading(Reading),
    /// To be spoken in this manner.
    Manner(Manner),
    /// With this much silence after it, in milliseconds.
    Pause(u32),
    /// One sentence, whatever stops are in it.
    Sentence,
    /// A place with this name: before the text under it, or `after` it (SSML's `mark`).
    Place {
        /// As the source calls it.
        name: String,
        /// Whether it comes after the text under it.
        after: bool,
    },
}

/// A manner of speaking; what is unset is as around it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manner {
    /// Language (BCP 47).
    pub language: Option<String>,
    /// A voice, as written: a name, an id or a query.
    pub voice: Option<String>,
    /// Rate, pitch and volume.
    pub prosody: Prosody,
}

impl Text {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `string`, all of it from `source`.
    #[must_use]
    pub fn from_source(string: &str, source: Span) -> Self {
        let mut text = Self::new();
        text.push(string, source);
        text
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether there are no characters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The markup, in the order it was added.
    #[must_use]
    pub fn marks(&self) -> &[TextMark] {
        &self.marks
    }

    /// Appends `string`, which came from `source`.
    pub fn push(&mut self, string: &str, source: Span) {
        if string.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: self.string.len(), source });
        self.string.push_str(string);
    }

    /// Appends another text with its map and markup.
    pub fn append(&mut self, other: &Self) {
        let offset = self.string.len();
        self.string.push_str(&other.string);
        self.pieces.extend(other.pieces.iter().map(|p| Piece { at: p.at + offset, ..*p }));
        self.marks.extend(other.marks.iter().map(|m| TextMark {
            range: m.range.start + offset..m.range.end + offset,
            kind: m.kind.clone(),
        }));
    }

    /// Marks `range` up as `kind`; an empty range is ignored.
    pub fn mark(&mut self, range: Range<usize>, kind: MarkKind) {
        if !range.is_empty() {
            self.marks.push(TextMark { range, kind });
        }
    }

    /// The source span of a byte range of the text; of an empty text, an empty span at 0.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if self.pieces.is_empty() {
            return Span::default();
        }
        let start = self.source_of(range.start, false);
        let end = if range.is_empty() { start } else { self.source_of(range.end - 1, true) };
        Span::new(start, end)
    }

    /// The source span of the whole text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span_of(0..self.string.len())
    }

    /// The source offset of the byte at `offset`: of its first byte, or of one past it.
    fn source_of(&self, offset: usize, past: bool) -> usize {
        let index = self.pieces.partition_point(|p| p.at <= offset).saturating_sub(1);
        let piece = self.pieces[index];
        let end = self.pieces.get(index + 1).map_or(self.string.len(), |p| p.at);
        if end - piece.at == piece.source.len() {
            (piece.source.start + (offset - piece.at).min(piece.source.len())) + usize::from(past)
        } else if past {
            piece.source.end
        } else {
            piece.source.start
        }
    }

    /// The part in `range` (on character boundaries) as a text of its own.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::new();
        for (i, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(i + 1).map_or(self.string.len(), |p| p.at);
            let (from, to) = (piece.at.max(range.start), end.min(range.end));
            if from < to {
                part.push(&self.string[from..to], Self::source_in(*piece, end, from..to));
            }
        }
        for mark in &self.marks {
            let (from, to) = (mark.range.start.max(range.start), mark.range.end.min(range.end));
            if from < to {
                part.mark(from - range.start..to - range.start, mark.kind.clone());
            }
        }
        part
    }

    /// Takes `range` (on character boundaries) out and returns it.
    #[must_use = "the text that was taken out has to be accounted for"]
    pub fn cut(&mut self, range: Range<usize>) -> Self {
        let taken = self.slice(range.clone());
        let mut rest = self.slice(0..range.start);
        rest.append(&self.slice(range.end..self.string.len()));
        *self = rest;
        taken
    }

    /// Takes all of `ranges` (in order, apart, on character boundaries) out in one pass and returns them,
    /// without their markup. Two words that would then touch are kept apart by a space.
    #[must_use = "the text that was taken out has to be accounted for"]
    pub fn cut_all(&mut self, ranges: &[Range<usize>]) -> Vec<Self> {
        let moved = offsets_after(&self.string, ranges);
        let mut taken = vec![Self::new(); ranges.len()];
        let mut rest = Self::new();
        let mut next = 0;
        for (i, piece) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(i + 1).map_or(self.string.len(), |p| p.at);
            let mut from = piece.at;
            while from < end {
                while ranges.get(next).is_some_and(|r| r.end <= from) {
                    if touches(&self.string, ranges, next) {
                        let at = taken[next].span().end;
                        rest.push(" ", Span::new(at, at));
                    }
                    next += 1;
                }
                let (to, into) = match ranges.get(next) {
                    Some(r) if r.start <= from => (r.end.min(end), &mut taken[next]),
                    Some(r) => (r.start.min(end), &mut rest),
                    None => (end, &mut rest),
                };
                into.push(&self.string[from..to], Self::source_in(*piece, end, from..to));
                from = to;
            }
        }
        for mark in &self.marks {
            rest.mark(moved(mark.range.start)..moved(mark.range.end), mark.kind.clone());
        }
        *self = rest;
        taken
    }

    /// The source of `range`, which lies in `piece`, which ends at `end`.
    fn source_in(piece: Piece, end: usize, range: Range<usize>) -> Span {
        if end - piece.at == piece.source.len() {
            let start = piece.source.start + (range.start - piece.at);
            Span::new(start, start + range.len())
        } else {
            piece.source
        }
    }

    /// Without white space at either end.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.string.len() - self.string.trim_start().len();
        let end = start + self.string.trim().len();
        self.slice(start..end)
    }
}

/// Where bytes of `text` stand once `ranges` (in order, apart) are taken out of it.
pub fn offsets_after(text: &str, ranges: &[Range<usize>]) -> impl Fn(usize) -> usize + use<> {
    // Of each range: where it begins, where it ends, and how much shorter the text is before and after it.
    let mut gone = 0;
    let mut moves = Vec::with_capacity(ranges.len());
    for (index, range) in ranges.iter().enumerate() {
        let before = gone;
        gone += range.len() - usize::from(touches(text, ranges, index));
        moves.push((range.clone(), before, gone));
    }
    move |offset| match moves.partition_point(|(r, ..)| r.start < offset).checked_sub(1) {
        Some(last) => {
            let (range, before, after) = &moves[last];
            if offset < range.end { range.start - before } else { offset - after }
        }
        None => offset,
    }
}

/// Whether words touch when the range at `index`, and those that end where it begins, are taken out.
fn touches(text: &str, ranges: &[Range<usize>], index: usize) -> bool {
    let range = &ranges[index];
    if range.is_empty() || ranges.get(index + 1).is_some_and(|next| next.start == range.end) {
        return false;
    }
    let mut start = range.start;
    for earlier in ranges[..index].iter().rev() {
        if earlier.end != start {
            break;
        }
        start = earlier.start;
    }
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_word(text[..start].chars().next_back()) && is_word(text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "fish &amp; chips" at source offset 10.
    fn fish() -> Text {
        let mut text = Text::new();
        text.push("fish ", Span::new(10, 15));
        text.push("&", Span::new(15, 20));
        text.push(" chips", Span::new(20, 26));
        text
    }

    #[test]
    fn spans_follow_the_source_through_entities() {
        let text = fish();
        assert_eq!(text.as_str(), "fish & chips");
        assert_eq!(text.span_of(0..4), Span::new(10, 14));
        assert_eq!(text.span_of(5..6), Span::new(15, 20));
        assert_eq!(text.span_of(7..12), Span::new(21, 26));
        assert_eq!(text.span(), Span::new(10, 26));
    }

    #[test]
    fn cutting_keeps_the_map_and_the_marks_of_the_rest() {
        let mut text = fish();
        text.mark(7..12, MarkKind::Strong);
        let taken = text.cut(4..6);
        assert_eq!(taken.as_str(), " &");
        assert_eq!(taken.span(), Span::new(14, 20));
        assert_eq!(text.as_str(), "fish chips");
        assert_eq!(text.span_of(5..10), Span::new(21, 26));
        assert_eq!(text.marks(), [TextMark { range: 5..10, kind: MarkKind::Strong }]);
    }

    #[test]
    fn cutting_several_ranges_at_once_is_cutting_them_one_by_one() {
        let mut text = fish();
        text.mark(0..12, MarkKind::Emphasis);
        text.mark(5..7, MarkKind::Strong);
        let taken = text.cut_all(&[0..2, 4..6, 10..12]);
        let shown: Vec<(&str, Span)> = taken.iter().map(|t| (t.as_str(), t.span())).collect();
        assert_eq!(
            shown,
            [("fi", Span::new(10, 12)), (" &", Span::new(14, 20)), ("ps", Span::new(24, 26))]
        );
        assert_eq!(text.as_str(), "sh chi");
        assert_eq!(text.span_of(2..6), Span::new(20, 24));
        let marked: Vec<Range<usize>> = text.marks().iter().map(|m| m.range.clone()).collect();
        assert_eq!(marked, [0..6, 2..3]);
    }

    #[test]
    fn words_on_both_sides_of_a_cut_do_not_touch() {
        let mut text = Text::from_source("late1Then2,3 on", Span::new(10, 25));
        text.mark(0..9, MarkKind::Strong);
        text.mark(5..9, MarkKind::Emphasis);
        let taken = text.cut_all(&[4..5, 9..10, 10..11, 11..13]);
        assert_eq!(text.as_str(), "late Then on");
        assert_eq!(text.span_of(5..9), Span::new(15, 19));
        assert_eq!(text.span_of(10..12), Span::new(23, 25));
        let marked: Vec<Range<usize>> = text.marks().iter().map(|m| m.range.clone()).collect();
        assert_eq!(marked, [0..9, 5..9]);
        assert_eq!(taken[0].as_str(), "1");
        let moved = offsets_after("late1Then2,3 on", &[4..5, 9..10, 10..11, 11..13]);
        assert_eq!((moved(4), moved(5), moved(9), moved(13), moved(15)), (4, 5, 9, 10, 12));
    }

    #[test]
    fn an_empty_text_has_an_empty_span() {
        assert!(Text::new().span().is_empty());
    }
}
