//! The block being read: how it begins, what it is and what stands around it, how it ends.

use super::{Chosen, Found, Walker, is_list, is_space};
use crate::model::{Block, BlockKind, Span};
use crate::read::fold::Fold;
use crate::read::html::element::Hint;

/// Of the names around a block, this many of the outermost and of the innermost are kept.
const CONTEXT: (usize, usize) = (24, 40);

/// The block being read.
pub(super) struct Current {
    pub(super) fold: Fold,
    pub(super) kind: BlockKind,
    pub(super) context: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) joints: Vec<usize>,
    pub(super) span: Span,
    pub(super) node: u32,
    pub(super) chosen: Chosen,
}

impl Walker<'_> {
    /// Ends the current block.
    pub(crate) fn flush(&mut self) {
        self.after_link = None;
        if let Some(mut current) = self.current.take() {
            let end = current.fold.len();
            for element in &mut self.stack {
                for mark in &element.marks {
                    current.fold.mark(element.from..end, mark.clone());
                }
                element.from = 0;
            }
            let text = current.fold.finish();
            if !text.as_str().trim().is_empty() {
                let string = text.as_str();
                let tight = |at: &usize| {
                    string[..*at].chars().next_back().is_some_and(|c| !c.is_whitespace())
                        && string[*at..].chars().next().is_some_and(|c| !c.is_whitespace())
                };
                let joints = current.joints.into_iter().filter(|j| string.is_char_boundary(*j));
                let joints = joints.filter(tight).collect();
                let block = Block {
                    kind: current.kind,
                    text,
                    span: current.span,
                    language: current.language,
                    context: current.context,
                    added: None,
                };
                let Current { node, chosen, .. } = current;
                self.found.push(Found { block, joints, enclosed: self.enclosed, node, chosen });
            }
        }
        self.found.append(&mut self.images);
    }

    pub(super) fn running(&mut self, text: &str, at: usize, references: bool) {
        if text.is_empty() {
            return;
        }
        if self.current.is_none() {
            let verbatim = self.innermost(|h| Some(h == Hint::Code)) == Some(true);
            let lead = if verbatim {
                // The line break after `<pre>` is not part of it.
                text.len()
                    - text.strip_prefix("\r\n").or(text.strip_prefix('\n')).unwrap_or(text).len()
            } else {
                text.len() - text.trim_start_matches(is_space).len()
            };
            if lead == text.len() {
                return;
            }
            self.begin(Span::new(at + lead, at + lead));
            self.append(&text[lead..], at + lead, references);
        } else {
            self.append(text, at, references);
        }
    }

    pub(super) fn append(&mut self, text: &str, at: usize, references: bool) {
        if let Some(current) = &mut self.current {
            // "<b>Name:</b>Words": two elements that a browser draws apart.
            let touches = current.fold.settled().filter(|at| current.joints.last() == Some(at));
            if touches.is_some() && are_apart(&current.fold.tail(), text) {
                current.fold.space(Span::new(at, at));
            }
            current.fold.push(text, at, references);
            if !text.trim_matches(is_space).is_empty() {
                current.span = current.span.join(Span::new(at, at + text.len()));
            }
        }
    }

    pub(super) fn begin(&mut self, at: Span) {
        let kind = self.kind();
        let verbatim = kind == BlockKind::Code;
        for element in &mut self.stack {
            element.from = 0;
        }
        self.current = Some(Current {
            fold: Fold::new(verbatim),
            kind,
            context: self.context_here(),
            language: self.language_here(),
            joints: Vec::new(),
            span: at,
            node: self.node_here(),
            chosen: self.chosen_here(),
        });
    }

    /// What a block that begins here is.
    pub(super) fn kind(&mut self) -> BlockKind {
        let notes = self.stack.iter().any(|e| e.hint == Some(Hint::Note));
        let lists = self.stack.iter().filter(|e| is_list(&e.name)).count();
        let mut author = false;
        for element in self.stack.iter_mut().rev() {
            author |= element.author;
            match element.hint {
                None => {}
                Some(Hint::Heading(level)) => return BlockKind::Heading(level),
                Some(Hint::Code) => return BlockKind::Code,
                Some(Hint::Caption) => return BlockKind::Caption,
                Some(Hint::Quote) if !notes => return BlockKind::Quote,
                Some(Hint::Item) if !notes => {
                    let number = if element.used { None } else { element.number };
                    if std::mem::replace(&mut element.used, true) {
                        return BlockKind::Paragraph;
                    }
                    let depth = u8::try_from(lists.saturating_sub(1)).unwrap_or(u8::MAX);
                    return BlockKind::ListItem { number, depth };
                }
                Some(Hint::Cell) => return BlockKind::Paragraph,
                Some(Hint::Note | Hint::Item | Hint::Quote) => return BlockKind::Note,
            }
        }
        if author { BlockKind::Byline } else { BlockKind::Paragraph }
    }

    /// What selectors say of an element that begins at `at`: what is out stays out, inside of it too.
    pub(super) fn chosen(&self, at: Span) -> Chosen {
        let around = self.stack.last().map_or(Chosen::Neither, |e| e.chosen);
        match self.selected.map_or(Chosen::Neither, |s| s.chosen(at.start)) {
            Chosen::Neither => around,
            Chosen::In if around == Chosen::Out => around,
            own => own,
        }
    }

    pub(super) fn chosen_here(&self) -> Chosen {
        self.stack.last().map_or(Chosen::Neither, |e| e.chosen)
    }

    pub(super) fn node_here(&self) -> u32 {
        self.stack.last().map_or(0, |e| e.node)
    }

    pub(super) fn innermost<T>(&self, of: impl Fn(Hint) -> Option<T>) -> Option<T> {
        self.stack.iter().rev().find_map(|e| e.hint.and_then(&of))
    }

    pub(super) fn language_here(&self) -> Option<String> {
        self.stack
            .iter()
            .rev()
            .filter(|e| e.is_block)
            .find_map(|e| e.language.clone())
            .filter(|l| Some(l) != self.language.as_ref())
    }

    pub(super) fn context_here(&self) -> Vec<String> {
        let names = &self.context;
        if names.len() <= CONTEXT.0 + CONTEXT.1 {
            return names.clone();
        }
        let (outer, inner) = (&names[..CONTEXT.0], &names[names.len() - CONTEXT.1..]);
        [outer, inner].concat()
    }

    /// Whether text here is that of a container, in which blank lines make paragraphs.
    pub(super) fn in_running_text(&self) -> bool {
        let block = self.stack.iter().rev().find(|e| e.is_block);
        block.is_none_or(|e| {
            matches!(
                e.name.as_ref(),
                "div" | "blockquote" | "section" | "article" | "body" | "main"
            )
        })
    }

    pub(super) fn joint(&mut self) {
        if let Some(current) = &mut self.current {
            let at = current.fold.settled();
            if at.is_some_and(|at| at > 0 && current.joints.last() != Some(&at)) {
                current.joints.extend(at);
            }
        }
        if let Some(skipping) = &mut self.skipping {
            skipping.text.push(' ');
        }
        if let Some(off) = &mut self.off {
            off.text.push(' ');
        }
    }
}

/// Whether what touches where two elements meet is two words all the same: a stop and a capital, or a small letter or a
/// digit and a word with a capital, which few names have inside.
fn are_apart(before: &[char], after: &str) -> bool {
    let mut after = after.chars();
    let capital = after.next().is_some_and(char::is_uppercase);
    let small = after.take(2).take_while(|c| c.is_lowercase()).count();
    match before {
        [.., ':' | ';' | '!' | '?'] => capital && small > 0,
        [.., a, b] => {
            let word = a.is_lowercase() && b.is_lowercase() || b.is_ascii_digit();
            capital && small == 2 && word
        }
        [b] => capital && small == 2 && b.is_ascii_digit(),
        [] => false,
    }
}

/// The next blank line at or after `from`: where the text before it ends and the next begins.
pub(super) fn blank_line(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(n) = bytes[at..].iter().position(|b| *b == b'\n') {
        let end = at + n;
        let mut next = end + 1;
        let mut lines = 1;
        while let Some(b) = bytes.get(next).filter(|b| b.is_ascii_whitespace()) {
            lines += usize::from(*b == b'\n');
            next += 1;
        }
        if lines > 1 {
            return Some((end, next));
        }
        at = next;
    }
    None
}
