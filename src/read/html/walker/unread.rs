//! Text that is not read: what no one sees, and what the author leaves out.

use super::stack::Element;
use super::{Found, Walker};
use crate::model::{Block, BlockKind, Span, Text, Warning};
use crate::read::html::element::Skip;
use crate::read::html::entity;
use crate::read::html::mark::{self, Mark};

pub(super) struct Skipping {
    /// Index of the element in the stack.
    pub(super) depth: usize,
    pub(super) skip: Skip,
    pub(super) text: String,
    pub(super) span: Option<Span>,
}

/// Text between `<!-- aloud:off -->` and `<!-- aloud:on -->`.
pub(super) struct Off {
    /// Where the mark stands.
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) span: Option<Span>,
}

impl Walker<'_> {
    /// A comment as written, which may be an author's mark.
    pub(crate) fn comment(&mut self, comment: &str, at: Span) {
        // Of a page `<?` is a comment like others, and ends with it.
        let unclosed = mark::unclosed(comment);
        if let Some((begin, end)) =
            unclosed.filter(|(b, _)| *b != "<?" || self.habits.record_scripts)
        {
            let message = format!(
                "{begin} is never closed, so that nothing behind it is read; put {end} where it ends"
            );
            self.warnings.push((at.start, Warning::new("unclosed-markup", message)));
            if self.habits.record_scripts {
                // As it is written: what the reader hid before it looked for markup is part of it.
                let source = self.source;
                let text = source.get(at.range()).unwrap_or(comment);
                self.record("unclosed-markup", text.strip_prefix("<!--").unwrap_or(text), at);
            }
        }
        let Some(mark) = mark::parse(comment) else { return };
        if self.skipping.is_some() {
            return;
        }
        match mark {
            Mark::Off if self.off.is_none() => {
                self.off = Some(Off { at: at.start, text: String::new(), span: None });
            }
            Mark::On => {
                if self.switch_on().is_none() {
                    let message = "<!-- aloud:on --> has no <!-- aloud:off --> before it; add that, \
                                   or remove it";
                    self.warnings.push((at.start, Warning::new("unclosed-mark", message)));
                }
            }
            Mark::Say(words) if self.off.is_none() && !words.is_empty() => self.say(words, at),
            Mark::Off | Mark::Say(_) => {}
            Mark::Unknown(order) => {
                let message = format!(
                    "<!-- aloud:{order} --> is no mark; there are aloud:off, aloud:on and aloud:say \"words\""
                );
                self.warnings.push((at.start, Warning::new("unknown-mark", message)));
            }
        }
    }

    /// Ends what an author leaves out, and puts it on record; gives the place of its mark.
    pub(super) fn switch_on(&mut self) -> Option<usize> {
        let off = self.off.take()?;
        if let Some(span) = off.span {
            let words: Vec<&str> = off.text.split_whitespace().collect();
            self.record("aloud-off", &words.join(" "), span);
        }
        Some(off.at)
    }

    /// A paragraph that is heard and not shown.
    pub(super) fn say(&mut self, words: &str, at: Span) {
        self.flush();
        let mut block = Block::new(BlockKind::Paragraph, Text::from_source(words, at), at);
        block.language = self.language_here();
        block.added = Some("aloud-say");
        let (enclosed, node, chosen) = (self.enclosed, self.node_here(), self.chosen_here());
        self.found.push(Found { block, joints: Vec::new(), enclosed, node, chosen });
    }

    /// Takes text that the author leaves out; says whether it was such.
    pub(super) fn off_text(&mut self, text: &str, span: Span, references: bool) -> bool {
        let Some(off) = &mut self.off else { return false };
        let text = if references { entity::decode_all(text) } else { text.to_owned() };
        off.text.push_str(&text);
        if !text.trim().is_empty() {
            off.span = Some(off.span.map_or(span, |s| s.join(span)));
        }
        true
    }

    /// Takes text that is not read; says whether it was such.
    pub(super) fn skip_text(&mut self, text: &str, span: Span, references: bool) -> bool {
        let Some(skipping) = &mut self.skipping else { return false };
        // A style sheet inside text that no one sees is still no text, but where scripts are on record too.
        let silent = |e: &Element| matches!(e.name.as_ref(), "script" | "style" | "template");
        if !self.habits.record_scripts && self.stack[skipping.depth + 1..].iter().any(silent) {
            return true;
        }
        if skipping.skip != Skip::Silent || self.habits.record_scripts {
            let text = if references { entity::decode_all(text) } else { text.to_owned() };
            skipping.text.push_str(&text);
            skipping.span = Some(skipping.span.map_or(span, |s| s.join(span)));
        }
        true
    }

    pub(super) fn end_skipping(&mut self) {
        let Some(skipping) = self.skipping.take() else { return };
        let rule = match skipping.skip {
            Skip::Rule(rule) => rule,
            Skip::Silent => "script",
        };
        if let Some(span) = skipping.span {
            let words: Vec<&str> = skipping.text.split_whitespace().collect();
            self.record(rule, &words.join(" "), span);
        }
    }
}
