//! Tags and text, in order -> typed blocks, each with its context and its map to the source.
//!
//! A browser builds a tree first. Reading needs no tree, only which elements are open around a
//! piece of text, so this keeps the stack of open elements and nothing else: linear in time, flat
//! in memory, the same at any nesting, and exact about where every character came from. Markdown
//! drives it as well, so that HTML inside Markdown needs no second reader.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use super::element::{self, Facts, Hint, Skip};
use super::mark::{self, Mark};
use super::table::Row;
use super::tree::{self, Tree};
use crate::model::{Block, BlockKind, MarkKind, Removed, Span, Text, Warning};
use crate::read::cut::{Action, Cut};
use crate::read::fold::{Fold, Gap};
use crate::read::selected::Selected;

/// Elements nested deeper than this are walked through as if their tags were not there.
const MAX_DEPTH: usize = 512;

/// Of the names around a block, this many of the outermost and of the innermost are kept.
const CONTEXT: (usize, usize) = (24, 40);

/// How a source differs from a plain web page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Habits {
    /// A blank line in running text ends a paragraph, as in posts of WordPress's classic editor.
    pub(crate) blank_lines: bool,
    /// Text of scripts and styles is on record too, because the source is not HTML but text that
    /// has some in it.
    pub(crate) record_scripts: bool,
    /// Every table is one of data, whatever its size.
    pub(crate) tables_are_data: bool,
}

/// A block, and what its reader needs to know beside it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) block: Block,
    /// Byte offsets of its text at which two elements meet without white space between them.
    pub(crate) joints: Vec<usize>,
    /// Whether it stands in text that the post marks for listening.
    pub(crate) enclosed: bool,
    /// The innermost block element around it, in the walker's [`Tree`].
    pub(crate) node: u32,
    /// What selectors say of it.
    pub(crate) chosen: Chosen,
}

/// What selectors say of an element and all in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Chosen {
    /// Nothing.
    #[default]
    Neither,
    /// It is of the article.
    In,
    /// It is not.
    Out,
}

#[derive(Debug)]
struct Element {
    name: Cow<'static, str>,
    is_block: bool,
    /// Length of the context before it.
    context: usize,
    hint: Option<Hint>,
    language: Option<String>,
    marks: Vec<MarkKind>,
    /// Offset in the current block at which its marks begin.
    from: usize,
    /// Number of the next item of an ordered list, or of this item.
    number: Option<u64>,
    /// Whether a list item has had its first block.
    used: bool,
    author: bool,
    /// Its number in the tree; of an inline element, that of the block element around it.
    node: u32,
    chosen: Chosen,
}

/// The block being read.
struct Current {
    fold: Fold,
    kind: BlockKind,
    context: Vec<String>,
    language: Option<String>,
    joints: Vec<usize>,
    span: Span,
    node: u32,
    chosen: Chosen,
}

struct Skipping {
    /// Index of the element in the stack.
    depth: usize,
    skip: Skip,
    text: String,
    span: Option<Span>,
}

/// Text between `<!-- aloud:off -->` and `<!-- aloud:on -->`.
struct Off {
    /// Where the mark stands.
    at: usize,
    text: String,
    span: Option<Span>,
}

/// Takes tags and text, gives blocks.
pub(crate) struct Walker<'a> {
    source: &'a str,
    habits: Habits,
    stack: Vec<Element>,
    context: Vec<String>,
    current: Option<Current>,
    skipping: Option<Skipping>,
    /// Start tags that were not pushed because the stack is full.
    overflow: usize,
    rows: Vec<Row>,
    /// Pictures inside the current paragraph; they follow it.
    images: Vec<Found>,
    /// Length of the current text when the last link ended.
    after_link: Option<usize>,
    enclosed: bool,
    off: Option<Off>,
    selected: Option<&'a Selected>,
    /// Alternative texts for pictures that have none here, by the picture's id (`wp-image-12`).
    pub(crate) alternatives: Arc<BTreeMap<u64, String>>,
    /// Language of the whole document.
    pub(crate) language: Option<String>,
    pub(crate) tree: Tree,
    pub(crate) found: Vec<Found>,
    pub(crate) removed: Vec<Removed>,
    /// Problems with authors' marks, and the byte offset of each.
    pub(crate) warnings: Vec<(usize, Warning)>,
}

impl<'a> Walker<'a> {
    /// A walker over a source whose spans will point into `source`.
    pub(crate) fn new(source: &'a str, habits: Habits) -> Self {
        Self {
            source,
            habits,
            stack: Vec::new(),
            context: Vec::new(),
            current: None,
            skipping: None,
            overflow: 0,
            rows: Vec::new(),
            images: Vec::new(),
            after_link: None,
            enclosed: false,
            off: None,
            selected: None,
            alternatives: Arc::default(),
            language: None,
            tree: Tree::new(),
            found: Vec::new(),
            removed: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The same, marking what selectors match.
    pub(crate) fn selecting(mut self, selected: &'a Selected) -> Self {
        self.selected = Some(selected);
        self
    }

    /// Ends the last block and all that is open.
    pub(crate) fn finish(&mut self) {
        self.pop_to(0);
        self.flush();
        if let Some(off) = self.switch_on() {
            let message = "after <!-- aloud:off --> nothing is spoken, since no <!-- aloud:on --> \
                           follows it; put one where speech goes on";
            self.warnings.push((off, Warning::new("unclosed-mark", message)));
        }
    }

    /// A comment as written, which may be an author's mark.
    pub(crate) fn comment(&mut self, comment: &str, at: Span) {
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
    fn switch_on(&mut self) -> Option<usize> {
        let off = self.off.take()?;
        if let Some(span) = off.span {
            let words: Vec<&str> = off.text.split_whitespace().collect();
            self.record("aloud-off", &words.join(" "), span);
        }
        Some(off.at)
    }

    /// A paragraph that is heard and not shown.
    fn say(&mut self, words: &str, at: Span) {
        self.flush();
        let mut block = Block::new(BlockKind::Paragraph, Text::from_source(words, at), at);
        block.language = self.language_here();
        block.added = Some("aloud-say");
        let (enclosed, node, chosen) = (self.enclosed, self.node_here(), self.chosen_here());
        self.found.push(Found { block, joints: Vec::new(), enclosed, node, chosen });
    }

    /// A start tag. `at` is its place in the source.
    pub(crate) fn open(&mut self, name: &str, facts: Facts, closed: bool, at: Span) {
        let name = name.to_ascii_lowercase();
        if self.top_is("head") && !element::in_head(&name) {
            self.pop_to(self.stack.len() - 1);
        }
        self.joint();
        if element::is_void(&name) {
            self.void(&name, &facts, at);
            return;
        }
        let in_foreign = closed && self.stack.iter().any(|e| e.name == "svg" || e.name == "math");
        if in_foreign {
            return;
        }
        if name == "html" || name == "body" {
            self.language = facts.language.clone().or(self.language.take());
            if self.stack.iter().any(|e| e.name == name) {
                return;
            }
        }
        // A picture of AMP holds what browsers show that do not know it.
        if matches!(name.as_str(), "amp-img" | "amp-anim") && self.skipping.is_none() {
            self.picture(&facts, at);
        }
        let is_block = element::is_block(&name);
        if is_block && self.skipping.is_none() {
            self.close_implied(&name);
            self.flush();
        }
        let chosen = self.chosen(at);
        let skip = match element::skip(&name) {
            None if !is_block && chosen == Chosen::Out => Some(Skip::Rule("exclude")),
            None if !is_block || facts.hidden == Some("page-number") => {
                facts.hidden.map(Skip::Rule)
            }
            // A title in the middle of a page is text that browsers do not show.
            Some(Skip::Silent) if name == "title" && self.in_body() => {
                Some(Skip::Rule("title-element"))
            }
            skip => skip,
        };
        if self.stack.len() >= MAX_DEPTH && skip.is_none() || self.stack.len() > MAX_DEPTH + 8 {
            self.overflow += 1;
            return;
        }
        if self.skipping.is_none() {
            self.enter(&name, at);
        }
        self.push(name, facts, is_block, chosen);
        if let (Some(skip), None) = (skip, &self.skipping) {
            let depth = self.stack.len() - 1;
            self.skipping = Some(Skipping { depth, skip, text: String::new(), span: None });
        }
    }

    /// An end tag.
    pub(crate) fn close(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.joint();
        if self.overflow > 0 && !self.top_is(&name) {
            self.overflow -= 1;
            return;
        }
        let is_block = element::is_block(&name);
        for index in (0..self.stack.len()).rev() {
            let element = &mut self.stack[index];
            if element.name == name {
                if name == "a" {
                    self.after_link = self.current.as_ref().map(|c| c.fold.len());
                }
                self.pop_to(index);
                return;
            }
            // An end tag does not reach out of a table cell, nor out of text that is skipped.
            let skipped = self.skipping.as_ref().is_some_and(|s| s.depth == index);
            if skipped && !is_block || is_wall(&element.name) && !is_table_part(&name) {
                break;
            }
            if !is_block && element.is_block {
                self.end_marks_of(&name, index);
                break;
            }
        }
        if is_block && self.skipping.is_none() {
            self.flush();
        }
    }

    /// Text as written in the source from `at` on; `references` are decoded.
    pub(crate) fn text(&mut self, text: &str, at: usize, references: bool) {
        if self.top_is("head") && !text.trim().is_empty() {
            self.pop_to(self.stack.len() - 1);
        }
        if self.skip_text(text, Span::new(at, at + text.len()), references)
            || self.off_text(text, Span::new(at, at + text.len()), references)
        {
            return;
        }
        if self.habits.blank_lines && self.in_running_text() {
            let mut from = 0;
            while let Some((end, next)) = blank_line(text, from) {
                self.running(&text[from..end], at + from, references);
                self.flush();
                from = next;
            }
            self.running(&text[from..], at + from, references);
        } else {
            self.running(text, at, references);
        }
    }

    /// Text that stands for `span` of the source without being written there like this.
    pub(crate) fn text_for(&mut self, text: &str, span: Span) {
        if text.is_empty() || self.skip_text(text, span, false) || self.off_text(text, span, false)
        {
            return;
        }
        if self.current.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.begin(span);
        }
        if let Some(current) = &mut self.current {
            current.fold.exactly(text, span);
            current.span = current.span.join(span);
        }
    }

    /// A line break inside a paragraph; two of them end it.
    pub(crate) fn line_break(&mut self, at: Span) {
        let Some(current) = &mut self.current else { return };
        if current.fold.is_verbatim() {
            current.fold.exactly("\n", at);
        } else if current.fold.gap() == Gap::Line {
            self.flush();
        } else {
            current.fold.line_break(at);
        }
    }

    /// A picture with alternative text. It follows the paragraph it stands in.
    pub(crate) fn image(&mut self, text: Text, at: Span, added: Option<&'static str>) {
        if self.skipping.is_some() || self.off.is_some() || text.as_str().trim().is_empty() {
            return;
        }
        let found = Found {
            block: Block {
                kind: BlockKind::Image,
                text,
                span: at,
                language: self.language_here(),
                context: self.context_here(),
                added,
            },
            joints: Vec::new(),
            enclosed: self.enclosed,
            node: self.node_here(),
            chosen: self.chosen(at),
        };
        if self.current.is_some() { self.images.push(found) } else { self.found.push(found) }
    }

    /// Skips a cut and puts it on record.
    pub(crate) fn cut(&mut self, cut: &Cut) {
        if let Some(rule) = cut.rule {
            self.record(rule, &self.source[cut.range.clone()], cut.range.clone().into());
        }
        let at: Span = cut.range.clone().into();
        match cut.action {
            Action::None => self.joint(),
            Action::OpenCaption => self.open("figcaption", Facts::default(), false, at),
            Action::CloseCaption => self.close("figcaption"),
            Action::OpenPullQuote => {
                let names = vec!["pullquote".to_owned()];
                self.open("blockquote", Facts { names, ..Facts::default() }, false, at);
            }
            Action::ClosePullQuote => self.close("blockquote"),
            Action::OpenEnclosed | Action::CloseEnclosed => {
                self.flush();
                self.enclosed = cut.action == Action::OpenEnclosed;
            }
            Action::Code(start, end) => {
                self.open("pre", Facts::default(), false, at);
                let source = self.source;
                self.text(&source[start..end], start, false);
                self.close("pre");
            }
        }
    }

    /// Puts a removal on record, unless it holds no word.
    pub(crate) fn record(&mut self, rule: &'static str, text: &str, span: Span) {
        if text.chars().any(char::is_alphanumeric) {
            self.removed.push(Removed { rule, text: text.trim().to_owned(), span });
        }
    }

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

    /// Whether a block has begun.
    pub(crate) fn is_reading(&self) -> bool {
        self.current.is_some()
    }

    /// Whether an element of this name is open.
    pub(crate) fn inside(&self, name: &str) -> bool {
        self.stack.iter().any(|e| e.name == name)
    }

    fn in_body(&self) -> bool {
        !self.inside("head") && (self.inside("body") || !self.found.is_empty())
    }

    fn top_is(&self, name: &str) -> bool {
        self.stack.last().is_some_and(|e| e.name == name)
    }

    fn running(&mut self, text: &str, at: usize, references: bool) {
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

    fn append(&mut self, text: &str, at: usize, references: bool) {
        if let Some(current) = &mut self.current {
            current.fold.push(text, at, references);
            if !text.trim_matches(is_space).is_empty() {
                current.span = current.span.join(Span::new(at, at + text.len()));
            }
        }
    }

    fn begin(&mut self, at: Span) {
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
    fn kind(&mut self) -> BlockKind {
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
    fn chosen(&self, at: Span) -> Chosen {
        let around = self.stack.last().map_or(Chosen::Neither, |e| e.chosen);
        match self.selected.map_or(Chosen::Neither, |s| s.chosen(at.start)) {
            Chosen::Neither => around,
            Chosen::In if around == Chosen::Out => around,
            own => own,
        }
    }

    fn chosen_here(&self) -> Chosen {
        self.stack.last().map_or(Chosen::Neither, |e| e.chosen)
    }

    fn node_here(&self) -> u32 {
        self.stack.last().map_or(0, |e| e.node)
    }

    fn innermost<T>(&self, of: impl Fn(Hint) -> Option<T>) -> Option<T> {
        self.stack.iter().rev().find_map(|e| e.hint.and_then(&of))
    }

    fn language_here(&self) -> Option<String> {
        self.stack
            .iter()
            .rev()
            .filter(|e| e.is_block)
            .find_map(|e| e.language.clone())
            .filter(|l| Some(l) != self.language.as_ref())
    }

    fn context_here(&self) -> Vec<String> {
        let names = &self.context;
        if names.len() <= CONTEXT.0 + CONTEXT.1 {
            return names.clone();
        }
        let (outer, inner) = (&names[..CONTEXT.0], &names[names.len() - CONTEXT.1..]);
        [outer, inner].concat()
    }

    /// Whether text here is that of a container, in which blank lines make paragraphs.
    fn in_running_text(&self) -> bool {
        let block = self.stack.iter().rev().find(|e| e.is_block);
        block.is_none_or(|e| {
            matches!(
                e.name.as_ref(),
                "div" | "blockquote" | "section" | "article" | "body" | "main"
            )
        })
    }

    fn joint(&mut self) {
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

    /// Takes text that the author leaves out; says whether it was such.
    fn off_text(&mut self, text: &str, span: Span, references: bool) -> bool {
        let Some(off) = &mut self.off else { return false };
        let text = if references { super::entity::decode_all(text) } else { text.to_owned() };
        off.text.push_str(&text);
        if !text.trim().is_empty() {
            off.span = Some(off.span.map_or(span, |s| s.join(span)));
        }
        true
    }

    /// Takes text that is not read; says whether it was such.
    fn skip_text(&mut self, text: &str, span: Span, references: bool) -> bool {
        let Some(skipping) = &mut self.skipping else { return false };
        // A style sheet inside text that no one sees is still no text.
        let silent = |e: &Element| matches!(e.name.as_ref(), "script" | "style" | "template");
        if self.stack[skipping.depth + 1..].iter().any(silent) {
            return true;
        }
        if skipping.skip != Skip::Silent || self.habits.record_scripts {
            let text = if references { super::entity::decode_all(text) } else { text.to_owned() };
            skipping.text.push_str(&text);
            skipping.span = Some(skipping.span.map_or(span, |s| s.join(span)));
        }
        true
    }

    fn void(&mut self, name: &str, facts: &Facts, at: Span) {
        match name {
            _ if self.skipping.is_some() => {}
            "br" => self.line_break(at),
            "hr" => {
                self.close_implied(name);
                self.flush();
            }
            "img" => self.picture(facts, at),
            _ => {}
        }
    }

    /// A picture that is an element.
    fn picture(&mut self, facts: &Facts, at: Span) {
        if facts.hidden.is_some() {
            return;
        }
        let own = facts.alt.as_ref().filter(|(alt, _)| !alt.trim().is_empty());
        if let Some((alt, span)) = own {
            let text = Text::from_source(alt.trim(), *span);
            self.image(text, at, Some("image-alt"));
        } else if let Some(alt) = self.alternative(facts) {
            self.image(Text::from_source(&alt, at), at, Some("image-alt"));
        }
    }

    /// The alternative text that is kept for a picture elsewhere.
    fn alternative(&self, facts: &Facts) -> Option<String> {
        let id = facts.names.iter().find_map(|n| n.strip_prefix("wp-image-")?.parse().ok())?;
        self.alternatives.get(&id).cloned()
    }

    /// What a start tag means for the elements around it, beside being one.
    fn enter(&mut self, name: &str, at: Span) {
        match name {
            "a" => {
                // Two links side by side are two things, though nothing stands between them.
                if let Some(current) = &mut self.current
                    && self.after_link == Some(current.fold.len())
                {
                    current.fold.space(Span::new(at.start, at.start));
                }
            }
            "table" => {
                if let Some(row) = self.rows.last_mut() {
                    row.nested = true;
                }
            }
            "tr" => self.rows.push(Row::new(self.stack.len())),
            "td" | "th" => {
                let from = self.found.len();
                let header = name == "th" || self.inside("thead");
                if let Some(row) = self.rows.last_mut() {
                    row.open_cell(from, header);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, name: String, facts: Facts, is_block: bool, chosen: Chosen) {
        let hint = facts.hint(&name);
        let mut marks: Vec<MarkKind> = facts.mark(&name).into_iter().collect();
        let from = self.current.as_ref().map_or(0, |c| c.fold.len());
        // The number of a note is a word of its own.
        if marks == [MarkKind::NoteReference]
            && let Some(current) = &mut self.current
        {
            let at = current.fold.end();
            current.fold.space(Span::new(at, at));
        }
        let verbatim = self.current.as_ref().is_some_and(|c| c.fold.is_verbatim());
        if !is_block && !verbatim {
            marks.extend(facts.language.clone().map(MarkKind::Language));
            if !facts.names.is_empty() {
                marks.push(MarkKind::Context(facts.names.clone()));
            }
        }
        let mut node = self.node_here();
        if is_block {
            node = self.tree.add(node, tree::part(&name, &facts), &name);
        }
        let context = self.context.len();
        self.context.push(name.clone());
        self.context.extend(facts.names);
        let number = match name.as_str() {
            "ol" => Some(facts.number.unwrap_or(1)),
            "li" => self.next_number(facts.number),
            _ => None,
        };
        self.stack.push(Element {
            name: Cow::Owned(name),
            is_block,
            context,
            hint,
            language: facts.language,
            marks,
            from,
            number,
            used: false,
            author: facts.author,
            node,
            chosen,
        });
    }

    /// The number of the list item that begins here; `given` is its own `value`.
    fn next_number(&mut self, given: Option<u64>) -> Option<u64> {
        let list = self.stack.iter_mut().rev().find(|e| is_list(&e.name))?;
        let number = given.or(list.number)?;
        list.number = list.number.map(|_| number.saturating_add(1));
        list.number.map(|_| number)
    }

    /// Closes what a start tag of this name closes without an end tag.
    fn close_implied(&mut self, name: &str) {
        let find = |ends: &[&str], walls: &[&str]| {
            let mut found = None;
            for (index, element) in self.stack.iter().enumerate().rev() {
                if ends.contains(&element.name.as_ref()) {
                    found = Some(index);
                    break;
                }
                if walls.contains(&element.name.as_ref()) {
                    break;
                }
            }
            found
        };
        let cell = ["td", "th", "caption", "table", "button", "template"];
        let index = match name {
            "li" => find(&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"]),
            "dt" | "dd" => find(&["dt", "dd"], &["dl", "td", "th", "table"]),
            "option" | "optgroup" => find(&["option"], &["select", "datalist"]),
            "td" | "th" => find(&["td", "th"], &["tr", "table"]),
            "tr" => find(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => find(&["tbody", "thead", "tfoot"], &["table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let is_heading = |e: &Element| matches!(e.hint, Some(Hint::Heading(_)));
                let top = self.stack.last().is_some_and(is_heading);
                if top { Some(self.stack.len() - 1) } else { find(&["p"], &cell) }
            }
            "body" | "html" | "head" | "col" | "colgroup" | "title" | "textarea" | "select"
            | "button" | "iframe" | "noscript" | "caption" => None,
            _ => find(&["p"], &cell),
        };
        if let Some(index) = index {
            self.pop_to(index);
        }
        if matches!(name, "li" | "dt" | "dd")
            && let Some(index) = self.stack.iter().rposition(|e| e.name == "p" || is_list(&e.name))
            && self.stack[index].name == "p"
        {
            self.pop_to(index);
        }
    }

    /// `</b>` across a block: the block stays open, the markup ends.
    fn end_marks_of(&mut self, name: &str, below: usize) {
        let open = self.stack[..below].iter_mut().rev().find(|e| !e.is_block && e.name == name);
        if let Some(element) = open {
            let marks = std::mem::take(&mut element.marks);
            let from = element.from;
            if let Some(current) = &mut self.current {
                let end = current.fold.len();
                for mark in marks {
                    current.fold.mark(from..end, mark);
                }
            }
        }
    }

    /// Closes all elements from `index` of the stack on.
    fn pop_to(&mut self, index: usize) {
        while self.stack.len() > index {
            let skipped = self.skipping.as_ref().is_some_and(|s| s.depth + 1 < self.stack.len());
            let is_block = self.stack.last().is_some_and(|e| e.is_block);
            if is_block && !skipped && self.skipping.is_none() {
                self.flush();
            }
            let Some(element) = self.stack.pop() else { break };
            self.context.truncate(element.context);
            if skipped {
                continue;
            }
            if self.skipping.as_ref().is_some_and(|s| s.depth == self.stack.len()) {
                self.end_skipping();
                continue;
            }
            if let Some(current) = &mut self.current {
                let end = current.fold.len();
                for mark in element.marks {
                    current.fold.mark(element.from..end, mark);
                }
            }
            match element.name.as_ref() {
                "td" | "th" => {
                    let to = self.found.len();
                    if let Some(row) = self.rows.last_mut() {
                        row.close_cell(to);
                    }
                }
                "tr" => {
                    if self.rows.last().is_some_and(|r| r.depth == self.stack.len())
                        && let Some(row) = self.rows.pop()
                    {
                        row.combine(&mut self.found, self.habits.tables_are_data);
                    }
                }
                _ => {}
            }
        }
    }

    fn end_skipping(&mut self) {
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

/// White space that HTML folds; a no-break space is not among it.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "menu" | "dir")
}

/// Elements out of which an end tag does not reach.
fn is_wall(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "table" | "template" | "html")
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html")
}

/// The next blank line at or after `from`: where the text before it ends and the next begins.
fn blank_line(text: &str, from: usize) -> Option<(usize, usize)> {
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
