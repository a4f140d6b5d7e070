//! The block walker for HTML, which posts, pages and Markdown share.

mod element;
pub(crate) mod entity;
mod mark;
mod table;
pub(crate) mod token;
mod tree;
mod walker;

pub(crate) use element::Facts;
pub(crate) use token::{Token, Tokenizer};
pub(crate) use tree::{Part, Tree};
pub(crate) use walker::{Chosen, Found, Habits, Walker, is_space};

use super::cut::Cut;
use crate::model::Span;

/// Walks over HTML that is the source itself.
pub(crate) fn walk(walker: &mut Walker<'_>, html: &str, cuts: &[Cut]) {
    walk_mapped(walker, html, cuts, &Places::same());
}

/// Where the parts of a text that was put together from a source stand in that source.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Offsets in the text and in the source at which each part begins, in order.
    parts: Vec<(usize, usize)>,
}

impl Places {
    /// The text is the source.
    pub(crate) fn same() -> Self {
        Self { parts: vec![(0, 0)] }
    }

    /// A text that will be put together part by part.
    pub(crate) fn none() -> Self {
        Self { parts: Vec::new() }
    }

    /// From `at` of the text on, it is the source from `source` on.
    pub(crate) fn add(&mut self, at: usize, source: usize) {
        let follows = self.parts.last().is_some_and(|(a, s)| at - a + s == source);
        if !follows {
            self.parts.push((at, source));
        }
    }

    /// Where byte `at` of the text stands in the source.
    pub(crate) fn source(&self, at: usize) -> usize {
        let index = self.parts.partition_point(|(a, _)| *a <= at).saturating_sub(1);
        self.parts.get(index).map_or(at, |(a, s)| s + (at - a))
    }

    /// Where byte `source` of the source stands in the text, if it does.
    pub(crate) fn text(&self, source: usize, length: usize) -> Option<usize> {
        let index = self.parts.partition_point(|(_, s)| *s <= source).checked_sub(1)?;
        let (a, s) = self.parts[index];
        let end = self.parts.get(index + 1).map_or(length, |(a, _)| *a);
        Some(a + (source - s)).filter(|at| *at < end)
    }

    /// The place of a range that ends where it does, even at the end of a part.
    fn span(&self, start: usize, end: usize) -> Span {
        let last = if end > start { self.source(end - 1) + 1 } else { self.source(start) };
        Span::new(self.source(start), last)
    }

    /// Offsets inside `start..end` at which a new part begins.
    fn breaks(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.parts.partition_point(|(a, _)| *a <= start);
        self.parts[from..].iter().map(|(a, _)| *a).take_while(move |a| *a < end)
    }
}

/// Walks over HTML that was put together from parts of the source; `cuts` are ranges of `html`.
pub(crate) fn walk_mapped(walker: &mut Walker<'_>, html: &str, cuts: &[Cut], places: &Places) {
    let mut tokenizer = Tokenizer::new(html, cuts);
    while let Some((token, range)) = tokenizer.next() {
        match token {
            Token::Start { name, closed } => {
                let mut facts = Facts::default();
                for attribute in tokenizer.attributes() {
                    let value = attribute.value.clone();
                    let span = places.span(value.start, value.end);
                    facts.note(&html[attribute.name.clone()], &html[value], span);
                }
                walker.open(&html[name], facts, closed, places.span(range.start, range.end));
            }
            Token::End { name } => walker.close(&html[name]),
            Token::Text { raw } => {
                let mut start = range.start;
                for end in places.breaks(range.start, range.end).chain([range.end]) {
                    walker.text(&html[start..end], places.source(start), !raw);
                    start = end;
                }
            }
            Token::Comment => {
                walker.comment(&html[range.clone()], places.span(range.start, range.end));
            }
            Token::Cut(index) => {
                let cut = &cuts[index];
                let range = places.span(cut.range.start, cut.range.end).range();
                walker.cut(&Cut { range, ..cut.clone() });
            }
        }
    }
}
