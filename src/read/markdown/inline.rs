//! The parser's texts -> text of the source, around what was hidden from the parser.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Reading, meeting};
use crate::model::Span;
use crate::read::fold::push_nfc;
use crate::read::html::Facts;

impl Reading<'_> {
    /// An event inside an image: its text is the alternative text. Says whether it was used up.
    pub(super) fn alternative(&mut self, event: &Event<'_>, range: Range<usize>) -> bool {
        let (source, masked) = (self.source, self.masked);
        let Some((alt, depth)) = &mut self.image else { return false };
        match event {
            Event::Start(Tag::Image { .. }) => *depth += 1,
            Event::End(TagEnd::Image) => {
                *depth -= 1;
                if *depth == 0
                    && let Some((alt, _)) = self.image.take()
                {
                    self.walker.image(alt.trimmed(), range.into(), None);
                }
            }
            Event::Text(text) if masked[range.clone()] == **text => {
                let mut start = range.start;
                for index in meeting(self.cuts, &range) {
                    let cut = &self.cuts[index];
                    let end = cut.range.start.max(start);
                    push_nfc(alt, &source[start..end], Span::new(start, end));
                    start = cut.range.end.min(range.end);
                    if !std::mem::replace(&mut self.claimed[index], true) {
                        self.walker.cut(cut);
                    }
                }
                push_nfc(alt, &source[start..range.end], Span::new(start, range.end));
            }
            Event::Text(text) | Event::Code(text) => push_nfc(alt, text, range.into()),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                push_nfc(alt, &source[range.clone()], range.into());
            }
            Event::SoftBreak | Event::HardBreak => push_nfc(alt, " ", range.into()),
            _ => {}
        }
        true
    }

    /// Text as the parser gives it; `range` is where it stands.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some((html, places)) = &mut self.html {
            places.add(html.len(), range.start);
            html.push_str(&self.masked[range]);
        } else if self.walker.inside("pre") && text.len() == range.len() {
            self.in_code(&range);
            self.walker.text(&self.source[range.clone()], range.start, false);
        } else if self.masked[range.clone()] == *text {
            self.source_text(range);
        } else {
            self.walker.text_for(text, range.into());
        }
    }

    /// Mathematics without its `signs` dollars at each end; "$5-$6" is none, and stays as written.
    pub(super) fn formula(&mut self, range: Range<usize>, signs: usize) {
        let inner = range.start + signs..range.end.saturating_sub(signs);
        let text = self.source.get(inner.clone()).unwrap_or_default();
        let variable = text.chars().count() <= 2 && text.chars().all(char::is_alphabetic);
        if !text.is_empty() && (variable || signs == 2 || text.contains(['^', '_', '\\', '{', '=']))
        {
            self.source_text(inner);
        } else {
            self.source_text(range);
        }
    }

    /// Text that is the source's own, around the cuts in it.
    pub(super) fn source_text(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for index in meeting(self.cuts, &range) {
            let cut = &self.cuts[index];
            if cut.range.start > start {
                self.walker.text(&self.source[start..cut.range.start], start, false);
            }
            if !std::mem::replace(&mut self.claimed[index], true) {
                self.walker.cut(cut);
            }
            start = start.max(cut.range.end.min(range.end));
        }
        self.walker.text(&self.source[start..range.end], start, false);
    }

    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        let source = &self.source[range.clone()];
        let ticks = source.bytes().take_while(|b| *b == b'`').count();
        self.walker.open("code", Facts::default(), false, range.clone().into());
        self.in_code(&range);
        let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
        let content = self.source.get(inner.clone()).unwrap_or_default();
        let padding = content.len().saturating_sub(text.len());
        if matches!(padding, 0 | 2) && !content.contains("\n>") {
            self.walker.text(content, inner.start, false);
        } else {
            // In a table or a quotation the parser has taken something out: its text counts.
            self.walker.text_for(text, range.into());
        }
        self.walker.close("code");
    }

    /// Cuts inside code are content.
    fn in_code(&mut self, range: &Range<usize>) {
        for index in meeting(self.cuts, range) {
            self.claimed[index] = true;
            self.in_code[index] = true;
        }
    }
}

/// The label of a footnote: `a` of `[^a]` and `[^a]: ...`.
pub(super) fn label(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = text.find("[^").map_or(0, |n| n + 2);
    let end = text[start..].find(']').map_or(start, |n| start + n);
    range.start + start..range.start + end
}
