//! Lines of a plain text -> blocks: joined as they are wrapped, without what is cut out of them, each form that is
//! enclosed for listening apart.

use std::ops::Range;

use super::Reading;
use super::lines::Line;
use super::signs::{is_labelled, is_rule};
use crate::model::{Block, BlockKind, Span, Text};
use crate::read::cut::{Action, Cut};
use crate::read::fold::Fold;
use crate::read::html::{Chosen, Found};

impl<'a> Reading<'a> {
    /// The text of a line without its cuts.
    pub(super) fn plain(&self, line: &Line) -> String {
        let mut text = String::new();
        for (_, part) in self.parts(line.range.clone()) {
            text.push_str(part);
        }
        text
    }

    /// The parts of a range between cuts.
    fn parts(&self, range: Range<usize>) -> Vec<(usize, &'a str)> {
        let mut parts = Vec::new();
        let mut start = range.start;
        let first = self.cuts.partition_point(|c| c.range.end <= range.start);
        for cut in &self.cuts[first..] {
            if cut.range.start >= range.end {
                break;
            }
            let end = cut.range.start.max(start);
            parts.push((start, &self.source[start..end]));
            start = cut.range.end.min(range.end).max(start);
        }
        parts.push((start, &self.source[start..range.end]));
        parts
    }

    pub(super) fn block(&mut self, kind: &BlockKind, lines: &[Line]) {
        let mut fold = Fold::new(false);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.line_end(&mut fold, &lines[index - 1], line);
            }
            for (start, text) in self.parts(line.range.clone()) {
                fold.push(text, start, false);
            }
        }
        for text in self.pieces(fold.finish()) {
            self.piece(kind, text);
        }
    }

    /// A text in parts that no enclosing form begins or ends in: each may have a voice of its own.
    fn pieces(&self, text: Text) -> Vec<Text> {
        if self.enclosures.is_empty() {
            return Vec::from([text]);
        }
        let enclosure = |at: usize, c: char| {
            let source = text.span_of(at..at + c.len_utf8()).start;
            let next = self.enclosures.partition_point(|range| range.end <= source);
            self.enclosures.get(next).is_some_and(|range| range.contains(&source)).then_some(next)
        };
        let mut starts = Vec::new();
        let mut last = None;
        for (at, c) in text.as_str().char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let here = Some(enclosure(at, c));
            if here != last {
                starts.push(at);
                last = here;
            }
        }
        starts.push(text.len());
        starts.windows(2).map(|edges| text.slice(edges[0]..edges[1]).trimmed()).collect()
    }

    fn piece(&mut self, kind: &BlockKind, text: Text) {
        if !text.as_str().contains(|c: char| !c.is_whitespace()) || is_rule(text.as_str()) {
            return;
        }
        let span = text.span();
        let caption = within(&self.captions, span.start);
        let kind = if caption { BlockKind::Caption } else { kind.clone() };
        if kind == BlockKind::Title {
            self.meta.title = Some(text.as_str().to_owned());
        }
        let enclosed = within(&self.enclosures, span.start);
        let block = Block::new(kind, text, span);
        self.found.push(Found {
            block,
            joints: Vec::new(),
            enclosed,
            node: 0,
            chosen: Chosen::default(),
        });
    }

    /// What the end of a wrapped line means: a space, nothing after a hyphen, or a break where the
    /// next word would have fitted.
    fn line_end(&self, fold: &mut Fold, line: &Line, next: &Line) {
        let span = Span::new(line.range.end, next.range.start);
        let text = self.source[line.range.clone()].trim_end();
        let after = self.source[next.range.clone()].trim_start();
        let word = after.split_whitespace().next().map_or(0, |w| w.chars().count());
        let before_hyphen = text.strip_suffix('-').and_then(|t| t.chars().next_back());
        if before_hyphen.is_some_and(char::is_alphabetic) && after.starts_with(char::is_alphabetic)
        {
            return;
        }
        let short = self.wrap.is_some_and(|wrap| line.width + 1 + word + 4 < wrap * 4 / 5);
        if short || is_labelled(text) && is_labelled(after) {
            fold.line_break(span);
        } else {
            fold.space(span);
        }
    }
}

/// Ranges between the tags of enclosing shortcodes.
pub(super) fn enclosures(cuts: &[Cut], length: usize) -> Vec<Range<usize>> {
    let (mut ranges, open) = between(cuts, Action::OpenEnclosed, Action::CloseEnclosed);
    ranges.extend(open.map(|start| start..length));
    ranges
}

/// Ranges between the tags of caption shortcodes.
pub(super) fn captions(cuts: &[Cut]) -> Vec<Range<usize>> {
    between(cuts, Action::OpenCaption, Action::CloseCaption).0
}

/// Ranges between two kinds of tags, and where one begins that does not end.
fn between(cuts: &[Cut], opening: Action, closing: Action) -> (Vec<Range<usize>>, Option<usize>) {
    let mut ranges = Vec::new();
    let mut open = None;
    for cut in cuts {
        if cut.action == opening {
            open = Some(cut.range.end);
        } else if cut.action == closing {
            ranges.extend(open.take().map(|start| start..cut.range.start));
        }
    }
    (ranges, open)
}

/// Whether `at` is in one of the ranges, which are in order.
fn within(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.get(ranges.partition_point(|r| r.end <= at)).is_some_and(|r| r.start <= at)
}
