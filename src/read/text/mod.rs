//! Plain text -> article: paragraphs, and with care titles, bylines, headings, lists and quotations.
//!
//! A text file says nothing about its structure, so every guess here asks for more than one sign,
//! and a line that is not surely something else is a paragraph.

mod block;
mod lines;
mod signs;
mod structure;

use std::ops::Range;

use super::article::{Draft, title_of_metadata};
use super::cut::Cut;
use super::html::Found;
use super::{gutenberg, shortcode};
use crate::model::{Article, Meta, Removed, SourceText};
use block::{captions, enclosures};
use lines::{Line, lines, wrap_width};
pub(super) use signs::lettered;

/// Reads a plain text.
pub(crate) fn read(source: SourceText) -> Article {
    let text = source.text.clone();
    let codes = shortcode::find(&text, false);
    let mut reading = Reading {
        source: &text,
        cuts: &codes.cuts,
        wrap: None,
        found: Vec::new(),
        removed: Vec::new(),
        titled: source.given.meta.title.is_some(),
        meta: Meta::default(),
        enclosures: enclosures(&codes.cuts, text.len()),
        captions: captions(&codes.cuts),
    };
    for cut in &codes.cuts {
        if let Some(rule) = cut.rule {
            reading.record(rule, cut.range.clone());
        }
    }
    let body = reading.without_licence();
    reading.body(body);
    let (found, removed, meta) = (reading.found, reading.removed, reading.meta);
    let titled = reading.titled;
    let mut draft = Draft::new(source, meta, found, removed);
    draft.listen(&codes.picks, codes.warnings);
    if titled {
        title_of_metadata(&mut draft, None);
    }
    draft.finish()
}

struct Reading<'a> {
    source: &'a str,
    cuts: &'a [Cut],
    /// Width at which the text is wrapped, when lines are not paragraphs.
    wrap: Option<usize>,
    found: Vec<Found>,
    removed: Vec<Removed>,
    /// The title is known from elsewhere.
    titled: bool,
    meta: Meta,
    enclosures: Vec<Range<usize>>,
    captions: Vec<Range<usize>>,
}

impl Reading<'_> {
    fn record(&mut self, rule: &'static str, range: Range<usize>) {
        let text = self.source[range.clone()].trim();
        if text.contains(char::is_alphanumeric) {
            self.removed.push(Removed { rule, text: text.to_owned(), span: range.into() });
        }
    }

    /// The text without what Project Gutenberg puts around a book.
    fn without_licence(&mut self) -> Range<usize> {
        let line_of = |mark: &str| {
            let at = self.source.find(mark)?;
            let start = self.source[..at].rfind('\n').map_or(0, |n| n + 1);
            let end = self.source[at..].find('\n').map_or(self.source.len(), |n| at + n + 1);
            Some(start..end)
        };
        let first = line_of("*** START OF TH");
        let last = line_of("*** END OF TH");
        match (first, last) {
            (Some(first), Some(last)) if first.end <= last.start => {
                let known = gutenberg::meta(&self.source[..first.start]);
                self.titled |= known.title.is_some();
                self.meta = std::mem::take(&mut self.meta).or(known);
                self.record("gutenberg-licence", 0..first.end);
                self.record("gutenberg-licence", last.start..self.source.len());
                first.end..last.start
            }
            _ => 0..self.source.len(),
        }
    }

    fn body(&mut self, range: Range<usize>) {
        let lines = lines(self.source, range, self.cuts);
        self.wrap = wrap_width(&lines, self.source);
        let mut chunks = Vec::new();
        let mut start = None;
        for (index, line) in lines.iter().enumerate() {
            match (line.blank, start) {
                (false, None) => start = Some(index),
                (true, Some(first)) => {
                    chunks.push(first..index);
                    start = None;
                }
                _ => {}
            }
        }
        chunks.extend(start.map(|first| first..lines.len()));
        for (index, chunk) in chunks.iter().enumerate() {
            let next = chunks.get(index + 1).map(|c| &lines[c.clone()]);
            self.chunk(&lines[chunk.clone()], index, next);
        }
    }

    /// Lines without a blank one between them.
    fn chunk(&mut self, lines: &[Line], index: usize, next: Option<&[Line]>) {
        if self.bracketed(lines)
            || self.contents(lines)
            || self.wrap.is_some() && self.quotation(lines)
        {
            return;
        }
        let mut at = 0;
        while at < lines.len() {
            let rest = &lines[at..];
            at += if let Some(used) = self.heading(rest, index + at, next, lines.len()) {
                used
            } else if let Some(used) = self.item(rest) {
                used
            } else if let Some(used) = self.quoted(rest) {
                used
            } else {
                self.paragraph(rest, index)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Format};
    use crate::read::tests::{article, blocks, removed};

    fn read(source: &str) -> Article {
        article(Format::Text, source)
    }

    /// A paragraph of more than a hundred characters, on one line.
    const LONG: &str = "The council met on Monday to talk about the new bridge, and did not come to a decision \
        before midnight, to nobody's surprise.";

    #[test]
    fn one_line_is_one_paragraph_where_lines_are_not_wrapped() {
        let source = format!(
            "The bridge waits again\n\n5 min read\nA crane beside the river. (A photographer)\n\
             [responsivevoice_button voice=\"US English Female\"]\n\n{LONG}\n\n{LONG}\n\nWhat comes next\n\n{LONG}\n"
        );
        let article = read(&source);
        assert_eq!(
            blocks(&article),
            [
                "title: The bridge waits again".to_owned(),
                "paragraph: 5 min read".to_owned(),
                "caption: A crane beside the river. (A photographer)".to_owned(),
                format!("paragraph: {LONG}"),
                format!("paragraph: {LONG}"),
                "h2: What comes next".to_owned(),
                format!("paragraph: {LONG}"),
            ]
        );
        assert_eq!(article.meta.title.as_deref(), Some("The bridge waits again"));
        assert_eq!(article.meta.request.voice.as_deref(), Some("US English Female"));
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let source = "CHAPTER I.\n\nThe council met on Monday to talk about the new bridge, and did\n\
            not come to a decision before midnight, which was a well-\nknown habit of that council in \
            all the years that anybody\ncould remember.\n\nThe bridge will have to wait until the spring of next \
            year, as\nfar as anybody can tell today.\n";
        assert_eq!(
            blocks(&read(source)),
            [
                "h2: CHAPTER I.",
                "paragraph: The council met on Monday to talk about the new bridge, and did not come to a \
                 decision before midnight, which was a well-known habit of that council in all the years that \
                 anybody could remember.",
                "paragraph: The bridge will have to wait until the spring of next year, as far as anybody can \
                 tell today.",
            ]
        );
    }

    #[test]
    fn signs_of_structure() {
        let long = LONG;
        for (source, expected, reason) in [
            ("Only a line".to_owned(), vec!["paragraph: Only a line"], "one line is no title"),
            (
                "It ends here.\n\nMore.".to_owned(),
                vec!["paragraph: It ends here.", "paragraph: More."],
                "a sentence",
            ),
            (
                "Head\n====\n\nMore.".to_owned(),
                vec!["title: Head", "paragraph: More."],
                "an underlined title",
            ),
            (
                "Head\n\nBy Ann Lee\n\nMore.".to_owned(),
                vec!["title: Head", "byline: By Ann Lee", "paragraph: More."],
                "a byline",
            ),
            (
                "By noon it rained.\n\nMore.".to_owned(),
                vec!["paragraph: By noon it rained.", "paragraph: More."],
                "no byline",
            ),
            ("Head\n\n- a\n- b".to_owned(), vec!["title: Head", "item: a", "item: b"], "a list"),
            (
                "Head\n\n1. a\n2. b".to_owned(),
                vec!["title: Head", "item1: a", "item2: b"],
                "a numbered list",
            ),
            (
                "Head\n\n12. a day".to_owned(),
                vec!["title: Head", "paragraph: 12. a day"],
                "a number alone",
            ),
            (
                "Head\n\na) one\nb) two\n\n(c) three\n\ni) four".to_owned(),
                vec![
                    "title: Head",
                    "item: a) one",
                    "item: b) two",
                    "item: (c) three",
                    "paragraph: i) four",
                ],
                "a lettered list",
            ),
            ("Head\n\n> a\n> b".to_owned(), vec!["title: Head", "quote: a b"], "a quotation"),
            (
                "Head\n\n* * *\n\nMore.".to_owned(),
                vec!["title: Head", "paragraph: More."],
                "an ornament",
            ),
            (format!("{long}\n\nTHE END"), vec![], "capitals"),
        ] {
            let found = blocks(&read(&source));
            if expected.is_empty() {
                assert_eq!(found[1], "h2: THE END", "{reason}");
            } else {
                assert_eq!(found, expected, "{reason}");
            }
        }
        assert_eq!(removed(&read("Head\n\n1. a\n2. b")), ["list-marker: 1.", "list-marker: 2."]);
        assert_eq!(read("Head\n\nBy Ann Lee\n\nMore.").meta.byline.as_deref(), Some("Ann Lee"));
    }

    #[test]
    fn the_licence_around_a_book_is_on_record() {
        let source = "The Project\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\nText here.\n\
            *** END OF THE PROJECT GUTENBERG EBOOK X ***\nLicence";
        let article = read(source);
        assert_eq!(blocks(&article), ["paragraph: Text here."]);
        assert_eq!(removed(&article).len(), 2);
    }

    #[test]
    fn forms_within_a_paragraph_have_a_voice_each() {
        let article = read(
            "[responsivevoice voice=\"US English Female\"]One boat.[/responsivevoice] An aside. \
             [responsivevoice voice=\"UK English Male\"]Two boats.[/responsivevoice]",
        );
        assert_eq!(blocks(&article), ["paragraph: One boat.", "paragraph: Two boats."]);
        let marks = |block: usize| format!("{:?}", article.blocks[block].text.marks());
        // The first voice is the article's.
        assert_eq!(marks(0), "[]");
        assert!(marks(1).contains("UK English Male"), "{}", marks(1));
    }

    #[test]
    fn enclosed_text_is_all_that_is_spoken() {
        let article = read("Before.\n\n[responsivevoice]Inside.[/responsivevoice]\n\nAfter.");
        assert_eq!(blocks(&article), ["paragraph: Inside."]);
    }
}
