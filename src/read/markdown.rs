//! Markdown, by pulldown-cmark, with the HTML inside it.
//!
//! Its events drive the same [`Walker`] that HTML does, as if they were tags, so that `<div>` around
//! Markdown and Markdown inside `<div>` come out as one. Smart punctuation stays off: it would curl the
//! quotes of what is meant literally, and the author's own are right.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{
    Reader,
    html::{Token, Walker, tokens},
    mask::Masked,
    remove,
};
use crate::model::{Article, BlockKind, Removed, SourceText, Span, Text};

pub(super) struct MarkdownReader;

/// Nesting of quotes and lists beyond this is taken for text: nobody writes it, and parsers slow down on it.
const DEEPEST: usize = 64;

impl Reader for MarkdownReader {
    fn read(&self, source: &SourceText, masked: &Masked, article: &mut Article) {
        let text = shallow(masked.text());
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_MATH;
        let mut reading = Reading {
            walker: Walker::new(&source.text),
            text: &text,
            image: None,
            html: None,
            ordered: Vec::new(),
            removed: Vec::new(),
        };
        for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
            reading.event(event, Span::new(range.start, range.end));
        }
        article.removed.append(&mut reading.removed);
        let walked = reading.walker.finish();
        article.blocks = walked.blocks;
        article.removed.extend(walked.removed);
        script_removals(&text, article);
        attach_title(article);
    }
}

/// The text with `>` and list markers beyond [`DEEPEST`] of a line blanked, byte for byte.
fn shallow(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let marks = line.bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t')).count();
        let quotes = line.as_bytes()[..marks].iter().filter(|b| **b == b'>').count();
        let indent = line.bytes().take_while(|b| *b == b' ').count();
        if quotes > DEEPEST {
            let mut left = DEEPEST;
            for byte in line[..marks].chars() {
                let keep = byte != '>' || left > 0;
                left = left.saturating_sub(usize::from(byte == '>'));
                out.push(if keep { byte } else { ' ' });
            }
            // Spaces before text would make it code.
            out.push_str(&line[marks..]);
        } else if indent > 4 * DEEPEST && line[indent..].starts_with(['-', '*', '+']) {
            out.push_str(&line[..indent]);
            out.push_str("\u{1f}");
            out.push_str(&line[indent + 1..]);
        } else {
            out.push_str(line);
        }
    }
    out
}

struct Reading<'t> {
    walker: Walker,
    text: &'t str,
    /// The alternative text being collected, and where the image is.
    image: Option<(Text, Span)>,
    /// The block of HTML being collected.
    html: Option<Span>,
    /// For each open list, whether its items have numbers.
    ordered: Vec<bool>,
    /// What is markup and has words.
    removed: Vec<Removed>,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.image.is_some() {
            return self.in_image(&event, span);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.push(&text, span),
            Event::Code(text) => {
                self.walker.start("code", &Vec::new(), span);
                self.inner(&text, span);
                self.walker.end("code", span);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.inner(&text, span),
            // One event a line: tags go on over lines, so the block is taken as a whole at its end.
            Event::Html(_) => self.html = Some(self.html.map_or(span, |html| html.join(span))),
            Event::InlineHtml(_) => self.html(span),
            Event::FootnoteReference(label) => {
                let class = vec![("role".to_owned(), "doc-noteref".to_owned())];
                self.walker.start("a", &class, span);
                self.inner(&label, span);
                self.walker.end("a", span);
            }
            Event::SoftBreak => self.walker.text_piece("\n", span),
            Event::HardBreak => self.walker.start("br", &Vec::new(), span),
            Event::Rule => self.walker.cut(),
            Event::TaskListMarker(_) => remove(&mut self.removed, "task-marker", self.text, span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let none = Vec::new();
        match tag {
            Tag::FootnoteDefinition(label) => {
                self.walker.start("aloud-note", &none, span);
                self.label(&label, span);
            }
            Tag::List(start) => {
                let attributes: Vec<_> =
                    start.iter().map(|n| ("start".to_owned(), n.to_string())).collect();
                self.ordered.push(start.is_some());
                self.walker.start(if start.is_some() { "ol" } else { "ul" }, &attributes, span);
            }
            Tag::Item => {
                self.walker.start("li", &none, span);
                if self.ordered.last() == Some(&true) {
                    self.number(span);
                }
            }
            Tag::Link { dest_url, .. } => {
                let attributes = vec![("href".to_owned(), dest_url.to_string())];
                self.walker.start("a", &attributes, span);
            }
            Tag::Image { .. } => self.image = Some((Text::new(), span)),
            Tag::CodeBlock(kind) => {
                self.walker.start("pre", &none, span);
                if let CodeBlockKind::Fenced(info) = kind {
                    self.info(&info, span);
                }
            }
            Tag::TableHead => {
                self.walker.start("thead", &none, span);
                self.walker.start("tr", &none, span);
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
            tag => {
                if let Some(name) = element(&tag.to_end()) {
                    self.walker.start(name, &none, span);
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::TableHead => {
                self.walker.end("tr", span);
                self.walker.end("thead", span);
            }
            TagEnd::List(ordered) => {
                self.ordered.pop();
                self.walker.end(if ordered { "ol" } else { "ul" }, span);
            }
            TagEnd::CodeBlock => {
                self.walker.cut();
                self.walker.end("pre", span);
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html(html);
                }
            }
            tag => {
                if let Some(name) = element(&tag) {
                    self.walker.end(name, span);
                }
            }
        }
    }

    /// HTML as it stands in the source.
    fn html(&mut self, span: Span) {
        let html = &self.text[span.range()];
        for token in tokens(html) {
            self.walker.token(html, token, span.start);
        }
    }

    /// Text whose span is its own.
    fn push(&mut self, text: &str, span: Span) {
        if self.text[span.range()] == *text {
            self.walker.text(text, span.start);
        } else {
            self.inner(text, span);
        }
    }

    /// Text that stands somewhere inside its span, between marks.
    fn inner(&mut self, text: &str, span: Span) {
        match self.text[span.range()].find(text) {
            Some(at) => self.walker.text(text, span.start + at),
            None => self.walker.text_piece(text, span),
        }
    }

    /// The label of a footnote stands in the source, and is heard nowhere: the note itself is.
    fn label(&mut self, label: &str, span: Span) {
        let reference = vec![("role".to_owned(), "doc-noteref".to_owned())];
        let found = self.text[span.range()].find(label).map(|at| span.start + at);
        if let Some(at) = found {
            self.walker.start("a", &reference, span);
            self.walker.text(label, at);
            self.walker.end("a", span);
            self.walker.text_piece(" ", span);
        }
    }

    /// The number of an item is a word of the source, and is heard.
    fn number(&mut self, span: Span) {
        let item = &self.text[span.range()];
        let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && item[digits..].starts_with(['.', ')']) {
            self.walker.text(&item[..=digits], span.start);
            self.walker.text_piece(" ", span);
        }
    }

    /// The language of a code fence: a word of the source, part of the code block.
    fn info(&mut self, info: &str, span: Span) {
        let line = self.text[span.range()].lines().next().unwrap_or_default();
        if let Some(at) = line.find(info).filter(|_| !info.trim().is_empty()) {
            self.walker.text(info, span.start + at);
            self.walker.text("\n", span.start + at + info.len());
        }
    }

    fn in_image(&mut self, event: &Event<'_>, span: Span) {
        let Some((text, whole)) = &mut self.image else { return };
        match event {
            Event::End(TagEnd::Image) => {
                let (text, whole) = (text.trimmed(), *whole);
                self.image = None;
                self.walker.written_image(text, whole);
            }
            Event::Text(part) | Event::Code(part) => text.push(part, span),
            Event::SoftBreak | Event::HardBreak => text.push(" ", span),
            _ => {}
        }
    }
}

/// The element that a Markdown tag is like.
fn element(tag: &TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][*level as usize - 1],
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::FootnoteDefinition => "aloud-note",
        TagEnd::DefinitionList => "dl",
        TagEnd::DefinitionListTitle => "dt",
        TagEnd::DefinitionListDefinition => "dd",
        TagEnd::Table => "table",
        TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Superscript => "sup",
        TagEnd::Subscript => "sub",
        TagEnd::Link => "a",
        _ => return None,
    })
}

/// Scripts and styles in Markdown stand in the text of the source, unlike in a page: they are on record.
fn script_removals(text: &str, article: &mut Article) {
    if !text.contains("<script") && !text.contains("<style") {
        return;
    }
    let source = article.source.text.clone();
    let mut inside: Option<String> = None;
    for token in tokens(text) {
        match token {
            Token::Start { name, .. } if name == "script" || name == "style" => inside = Some(name),
            Token::End { name, .. } if inside.as_ref() == Some(&name) => inside = None,
            Token::Text { span } if inside.is_some() => {
                remove(&mut article.removed, "script", &source, span.into());
            }
            _ => {}
        }
    }
}

/// The first heading is the title when it is the only one of its level and nothing stands before it.
fn attach_title(article: &mut Article) {
    let first = article.blocks.first().map(|b| b.kind.clone());
    if article.meta.title.is_none() && first == Some(BlockKind::Heading(1)) {
        article.blocks[0].kind = BlockKind::Title;
    }
}
