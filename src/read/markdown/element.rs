//! The parser's tags -> the elements that HTML has for them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, HeadingLevel, Tag, TagEnd};

use super::inline::label;
use super::{Reading, meeting};
use crate::model::{Span, Text};
use crate::read::html::{Facts, Places};

/// Elements written as HTML, inside which indented tags are HTML and no code.
const CONTAINERS: [&str; 9] =
    ["figure", "div", "section", "article", "aside", "center", "table", "details", "main"];

impl Reading<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let at = Span::from(range.clone());
        let mut facts = Facts::default();
        let name = match tag {
            Tag::Paragraph => "p",
            Tag::Heading { level, .. } => heading(level),
            Tag::BlockQuote(_) => "blockquote",
            Tag::CodeBlock(kind) => {
                if let CodeBlockKind::Fenced(_) = kind {
                    self.info(range);
                } else if self.is_indented_html(&self.masked[range]) {
                    self.html = Some((String::new(), Places::none()));
                    return;
                }
                "pre"
            }
            Tag::HtmlBlock => {
                self.html = Some((String::new(), Places::none()));
                return;
            }
            Tag::List(None) => "ul",
            Tag::List(number) => {
                facts.number = number;
                "ol"
            }
            Tag::Item => {
                self.walker.open("li", facts, false, at);
                self.marker(range);
                return;
            }
            Tag::FootnoteDefinition(_) => {
                facts.names = vec!["footnote".to_owned()];
                self.walker.open("dd", facts, false, at);
                let label = label(self.source, range);
                self.walker.record("note-label", &self.source[label.clone()], label.into());
                return;
            }
            Tag::DefinitionList => "dl",
            Tag::DefinitionListTitle => "dt",
            Tag::DefinitionListDefinition => "dd",
            Tag::Table(_) => "table",
            Tag::TableHead => {
                self.walker.open("thead", Facts::default(), false, at);
                "tr"
            }
            Tag::TableRow => "tr",
            Tag::TableCell => "td",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strikethrough => "del",
            Tag::Superscript => "sup",
            Tag::Subscript => "sub",
            Tag::Link { dest_url, .. } => {
                // An address with a template tag in it is not one yet.
                let filled = dest_url.contains("xxxx") && !meeting(self.cuts, &range).is_empty();
                facts.href = Some(dest_url.into_string()).filter(|_| !filled);
                "a"
            }
            Tag::Image { .. } => {
                self.image = Some((Text::new(), 1));
                return;
            }
            Tag::MetadataBlock(_) => return,
        };
        self.walker.open(name, facts, false, at);
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        let name = match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => heading(level),
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock if self.html.is_none() => "pre",
            TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                if let Some((html, places)) = self.html.take() {
                    self.html_block(&html, &places);
                }
                return;
            }
            TagEnd::List(ordered) => {
                if ordered {
                    "ol"
                } else {
                    "ul"
                }
            }
            TagEnd::Item => "li",
            TagEnd::DefinitionList => "dl",
            TagEnd::DefinitionListTitle => "dt",
            TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => "dd",
            TagEnd::Table => "table",
            TagEnd::TableHead => {
                self.walker.close("tr");
                "thead"
            }
            TagEnd::TableRow => "tr",
            TagEnd::TableCell => "td",
            TagEnd::Emphasis => "em",
            TagEnd::Strong => "strong",
            TagEnd::Strikethrough => "del",
            TagEnd::Superscript => "sup",
            TagEnd::Subscript => "sub",
            TagEnd::Link => "a",
            TagEnd::Image | TagEnd::MetadataBlock(_) => return,
        };
        self.walker.close(name);
    }

    /// The number or sign that an item begins with.
    pub(super) fn marker(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        let lead = text.len() - text.trim_start().len();
        let text = text.trim_start();
        let length = if text.starts_with('[') {
            text.len()
        } else {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits + usize::from(digits > 0)
        };
        if let Some(marker) = text.get(..length) {
            let start = range.start + lead;
            self.walker.record("list-marker", marker, Span::new(start, start + length));
        }
    }

    /// The words after the fence of a code block: its language.
    fn info(&mut self, range: Range<usize>) {
        let line = self.source[range.clone()].lines().next().unwrap_or_default();
        let info = line.trim_start_matches(['`', '~', ' ', '\t', '>']);
        let start = range.start + (line.len() - info.len());
        self.walker.record("code-language", info, Span::new(start, start + info.len()));
    }

    /// Whether an indented block is HTML after all: tags, or nothing but cuts, below an element that
    /// is written as HTML itself, as site generators other than the strictest take it.
    fn is_indented_html(&self, text: &str) -> bool {
        let text = text.trim();
        let tag = text.starts_with('<') && text.ends_with('>');
        tag && CONTAINERS.iter().any(|name| self.walker.inside(name))
            || text.starts_with("<!--") && text.find("-->") == Some(text.len() - 3)
    }
}

fn heading(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 => "h1",
        HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        HeadingLevel::H4 => "h4",
        HeadingLevel::H5 => "h5",
        HeadingLevel::H6 => "h6",
    }
}
