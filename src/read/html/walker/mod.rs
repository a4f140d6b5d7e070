//! Tags and text, in order -> typed blocks, each with its context and its map to the source.
//!
//! A browser builds a tree first. Reading needs no tree, only which elements are open around a
//! piece of text, so this keeps the stack of open elements and nothing else: linear in time, flat
//! in memory, the same at any nesting, and exact about where every character came from. Markdown
//! drives it as well, so that HTML inside Markdown needs no second reader.

mod block;
mod stack;
mod unread;

use std::{collections::BTreeMap, sync::Arc};

use super::element::{self, Facts, Skip};
use super::table::Row;
use super::tree::Tree;
use crate::model::{Block, BlockKind, Removed, Span, Text, Warning};
use crate::read::cut::{Action, Cut};
use crate::read::fold::Gap;
use crate::read::selected::Selected;
use block::{Current, blank_line};
use stack::{Element, is_list, is_table_part, is_wall};
use unread::{Off, Skipping};

/// Elements nested deeper than this are walked through as if their tags were not there.
const MAX_DEPTH: usize = 512;

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
    /// The last link: length of the current text when it ended, and where it leads.
    after_link: Option<(usize, Option<String>)>,
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

    /// A start tag. `at` is its place in the source.
    pub(crate) fn open(&mut self, name: &str, facts: Facts, closed: bool, at: Span) {
        let name = name.to_ascii_lowercase();
        if name == "head" && self.inside("head") {
            return;
        }
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
            self.enter(&name, &facts, at);
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
                    let target = element.target().map(str::to_owned);
                    self.after_link = self.current.as_ref().map(|c| (c.fold.len(), target));
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
        self.image_named(text, at, added, &[]);
    }

    /// The same; `names` are the picture's own class names.
    fn image_named(&mut self, text: Text, at: Span, added: Option<&'static str>, names: &[String]) {
        if self.skipping.is_some() || self.off.is_some() || text.as_str().trim().is_empty() {
            return;
        }
        let found = Found {
            block: Block {
                kind: BlockKind::Image,
                text,
                span: at,
                language: self.language_here(),
                context: [self.context_here(), names.to_vec()].concat(),
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

    fn void(&mut self, name: &str, facts: &Facts, at: Span) {
        match name {
            _ if self.skipping.is_some() => {}
            "br" => self.line_break(at),
            "hr" => {
                self.close_implied(name);
                self.flush();
            }
            "img" if !facts.tiny => self.picture(facts, at),
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
            self.image_named(text, at, Some("image-alt"), &facts.names);
        } else if let Some(alt) = self.alternative(facts) {
            let text = Text::from_source(&alt, at);
            self.image_named(text, at, Some("image-alt"), &facts.names);
        }
    }

    /// The alternative text that is kept for a picture elsewhere.
    fn alternative(&self, facts: &Facts) -> Option<String> {
        let id = facts.names.iter().find_map(|n| n.strip_prefix("wp-image-")?.parse().ok())?;
        self.alternatives.get(&id).cloned()
    }
}

/// White space that HTML folds; a no-break space is not among it.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}
