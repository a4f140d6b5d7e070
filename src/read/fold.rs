//! Runs of source text -> one block's text: white space folded as browsers fold it, references
//! decoded, NFC, with the map to the source kept exact.
//!
//! Separate from the walker because this is where every byte of a span is decided.

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::html::{entity, is_space};
use crate::model::{MarkKind, Span, Text};

/// What separates the text so far from what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    Space,
    Line,
}

/// The text of one block while it grows.
#[derive(Debug)]
pub(crate) struct Fold {
    text: Text,
    verbatim: bool,
    gap: Gap,
    /// Where the white space of the gap stands.
    gap_span: Span,
    /// Characters not yet in `text`: byte for byte those of the source from `run_start` on, but
    /// that any one white space there is a space here.
    run: String,
    run_start: usize,
}

impl Fold {
    /// An empty text; a `verbatim` one keeps its white space (code).
    pub(crate) fn new(verbatim: bool) -> Self {
        Self {
            text: Text::new(),
            verbatim,
            gap: Gap::None,
            gap_span: Span::default(),
            run: String::new(),
            run_start: 0,
        }
    }

    /// Bytes of text so far, without a gap at its end.
    pub(crate) fn len(&self) -> usize {
        self.text.len() + self.run.len()
    }

    /// Where in the source the text so far ends.
    pub(crate) fn end(&self) -> usize {
        if self.run.is_empty() { self.text.span().end } else { self.run_start + self.run.len() }
    }

    /// The last two characters so far, or fewer.
    pub(crate) fn tail(&self) -> Vec<char> {
        let mut tail: Vec<char> =
            self.run.chars().rev().chain(self.text.as_str().chars().rev()).take(2).collect();
        tail.reverse();
        tail
    }

    /// Bytes so far, if no white space follows them yet.
    pub(crate) fn settled(&self) -> Option<usize> {
        (self.gap == Gap::None).then(|| self.len())
    }

    pub(crate) fn gap(&self) -> Gap {
        self.gap
    }

    pub(crate) fn is_verbatim(&self) -> bool {
        self.verbatim
    }

    /// Appends source text that begins at `at`.
    pub(crate) fn push(&mut self, text: &str, at: usize, references: bool) {
        let mut offset = 0;
        while offset < text.len() {
            let rest = &text[offset..];
            let stop =
                |c: char| is_space(c) && !self.verbatim || c == '&' && references || c == '\r';
            let plain = rest.find(stop).unwrap_or(rest.len());
            if plain > 0 {
                self.plain(&rest[..plain], at + offset);
                offset += plain;
                continue;
            }
            if rest.starts_with('&') {
                if let Some((characters, used)) = entity::decode(rest) {
                    self.exactly(&characters, Span::new(at + offset, at + offset + used));
                    offset += used;
                } else {
                    self.plain("&", at + offset);
                    offset += 1;
                }
            } else if self.verbatim {
                // A carriage return: part of the line break after it, or one itself.
                let used = if rest.starts_with("\r\n") { 2 } else { 1 };
                self.exactly("\n", Span::new(at + offset, at + offset + used));
                offset += used;
            } else {
                let used = rest.len() - rest.trim_start_matches(is_space).len();
                self.space(Span::new(at + offset, at + offset + used));
                offset += used;
            }
        }
    }

    /// White space; at the start of the text it is nothing.
    pub(crate) fn space(&mut self, span: Span) {
        match self.gap {
            Gap::None if self.len() > 0 => (self.gap, self.gap_span) = (Gap::Space, span),
            Gap::Space => self.gap_span = self.gap_span.join(span),
            _ => {}
        }
    }

    /// A line break that is meant.
    pub(crate) fn line_break(&mut self, span: Span) {
        if self.len() > 0 {
            let span = if self.gap == Gap::Space { self.gap_span.join(span) } else { span };
            (self.gap, self.gap_span) = (Gap::Line, span);
        }
    }

    /// Appends characters that stand for `span`.
    pub(crate) fn exactly(&mut self, text: &str, span: Span) {
        if self.len() == 0 && !self.verbatim && text.trim().is_empty() {
            return;
        }
        self.close_gap(span.start);
        self.settle();
        push_as_one(&mut self.text, text, span);
    }

    /// Marks what the text in `range` is; white space at its start is left out, but for a reference
    /// to a note, which takes it along when it goes.
    pub(crate) fn mark(&mut self, range: Range<usize>, kind: MarkKind) {
        self.settle();
        let range = range.start.min(self.text.len())..range.end.min(self.text.len());
        let Some(marked) = self.text.as_str().get(range.clone()) else { return };
        let lead = match kind {
            MarkKind::NoteReference => 0,
            _ => marked.len() - marked.trim_start().len(),
        };
        self.text.mark(range.start + lead..range.end, kind);
    }

    /// Marks the last character.
    pub(crate) fn mark_last(&mut self, kind: MarkKind) {
        self.settle();
        let start = self.text.as_str().char_indices().next_back().map_or(0, |(at, _)| at);
        self.text.mark(start..self.text.len(), kind);
    }

    /// The text.
    pub(crate) fn finish(mut self) -> Text {
        self.settle();
        // Only at its end is white space taken off, so offsets into the text stay true.
        let end = self.text.as_str().trim_end().len();
        if end < self.text.len() { self.text.slice(0..end) } else { self.text }
    }

    /// Characters that are neither white space nor a reference.
    fn plain(&mut self, mut text: &str, mut at: usize) {
        if self.len() == 0 && !self.verbatim {
            // A no-break space does not begin a text either.
            at += text.len() - text.trim_start().len();
            text = text.trim_start();
            if text.is_empty() {
                return;
            }
        }
        self.close_gap(at);
        if self.run.is_empty() {
            self.run_start = at;
        } else if self.run_start + self.run.len() != at {
            self.settle();
            self.run_start = at;
        }
        self.run.push_str(text);
    }

    /// Writes the gap, if there is one, before the character at `next`.
    fn close_gap(&mut self, next: usize) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if gap == Gap::None {
            return;
        }
        let span = self.gap_span;
        let follows = !self.run.is_empty() && self.run_start + self.run.len() == span.start;
        if gap == Gap::Space && span.len() == 1 && follows && span.end == next {
            self.run.push(' ');
        } else {
            self.settle();
            self.text.push(if gap == Gap::Line { "\n" } else { " " }, span);
        }
    }

    /// Moves the run into the text.
    fn settle(&mut self) {
        if !self.run.is_empty() {
            let run = std::mem::take(&mut self.run);
            let span = Span::new(self.run_start, self.run_start + run.len());
            push_nfc(&mut self.text, &run, span);
            self.run = run;
            self.run.clear();
        }
    }
}

/// Appends `string`, which stands for `span` without being written there byte by byte. A map takes
/// equal lengths for equal bytes, so a string that happens to be as long is given in two parts.
fn push_as_one(text: &mut Text, string: &str, span: Span) {
    let string: String = string.nfc().collect();
    let first = string.chars().next().map_or(0, char::len_utf8);
    if string.len() == span.len() && first < string.len() {
        text.push(&string[..first], span);
        text.push(&string[first..], span);
    } else {
        text.push(&string, span);
    }
}

/// Appends `string`, composed (NFC): the voices and their lexicons know "é" as one character.
pub(crate) fn push_nfc(text: &mut Text, string: &str, span: Span) {
    if is_nfc_quick(string.chars()) == IsNormalized::Yes {
        text.push(string, span);
        return;
    }
    if string.len() != span.len() {
        push_as_one(text, string, span);
        return;
    }
    // A composition never reaches over an ASCII character but for the letter it begins with, so
    // the map stays exact outside such runs.
    let mut start = 0;
    while start < string.len() {
        let rest = &string[start..];
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        let plain = if ascii == rest.len() { ascii } else { ascii.saturating_sub(1) };
        let from = span.start + start;
        if plain > 0 {
            text.push(&rest[..plain], Span::new(from, from + plain));
            start += plain;
            continue;
        }
        let lead = usize::from(rest.as_bytes()[0].is_ascii());
        let end = rest[lead..].find(|c: char| c.is_ascii()).map_or(rest.len(), |n| lead + n);
        push_as_one(text, &rest[..end], Span::new(from, from + end));
        start += end;
    }
}
