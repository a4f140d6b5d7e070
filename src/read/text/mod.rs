//! Plain text -> article: paragraphs, and with care titles, bylines, headings, lists and quotations.
//!
//! A text file says nothing about its structure, so every guess here asks for more than one sign,
//! and a line that is not surely something else is a paragraph.

mod lines;
mod signs;

use std::ops::Range;

use super::article::{Draft, title_of_metadata};
use super::cut::{Action, Cut};
use super::fold::Fold;
use super::gutenberg::{self, Bracketed};
use super::html::{Chosen, Found};
use super::shortcode;
use crate::model::{Article, Block, BlockKind, Meta, Removed, SourceText, Span, Text};
use lines::{Line, lines, wrap_width};
pub(super) use signs::lettered;
use signs::{
    byline, is_labelled, is_numbered_part, is_rule, is_shouted, is_subhead, is_title, marker,
};

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

impl<'a> Reading<'a> {
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

    /// A picture's caption or a note, in brackets.
    fn bracketed(&mut self, lines: &[Line]) -> bool {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        let whole = first.range.start..last.range.end;
        let Some(found) = gutenberg::bracketed(&self.source[whole.clone()]) else { return false };
        let (kind, inner, rule) = match found {
            Bracketed::Illustration(inner) => (BlockKind::Caption, inner, "illustration-mark"),
            Bracketed::Note(inner) => (BlockKind::Note, inner, "note-label"),
        };
        let inner = whole.start + inner.start..whole.start + inner.end;
        self.record(rule, whole.start..inner.start);
        let mut lines: Vec<Line> = lines.to_vec();
        lines.retain(|l| l.range.end > inner.start && l.range.start < inner.end);
        for line in &mut lines {
            line.range = line.range.start.max(inner.start)..line.range.end.min(inner.end);
        }
        if !lines.is_empty() {
            self.block(&kind, &lines);
        }
        true
    }

    /// A table of contents, and the heading above it.
    fn contents(&mut self, lines: &[Line]) -> bool {
        const RULE: &str = "table-of-contents";
        let all = lines.iter().all(|l| gutenberg::is_contents(&self.source[l.range.clone()]));
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        if !all {
            return false;
        }
        let heading = self.found.last().is_some_and(|f| {
            let text = f.block.text.as_str().trim_end_matches(['.', ':']).to_lowercase();
            matches!(text.as_str(), "contents" | "table of contents")
        });
        if heading && let Some(heading) = self.found.pop() {
            self.record(RULE, heading.block.span.range());
        }
        self.record(RULE, first.range.start..last.range.end);
        true
    }

    /// A title, byline or heading at the start of `lines`.
    fn heading(
        &mut self,
        lines: &[Line],
        position: usize,
        next: Option<&[Line]>,
        of: usize,
    ) -> Option<usize> {
        let line = lines.first()?;
        let text = self.plain(line);
        let text = text.trim();
        // An underlined heading.
        if let Some(under) = lines.get(1) {
            let marks = self.source[under.range.clone()].trim();
            let one = marks.chars().next().filter(|c| matches!(c, '=' | '-' | '~'));
            let rule = one.is_some_and(|c| marks.len() >= 3 && marks.chars().all(|m| m == c));
            if rule && !text.is_empty() && line.width <= 100 && marks.len() + 8 >= text.len() {
                let first = self.found.is_empty();
                let kind = match marks.as_bytes()[0] {
                    b'=' if first => BlockKind::Title,
                    b'=' => BlockKind::Heading(1),
                    _ => BlockKind::Heading(2),
                };
                self.block(&kind, &lines[..1]);
                return Some(2);
            }
        }
        if lines.len() == 1 && of == 1 || position == 0 && self.wrap.is_none() && lines.len() == 1 {
            if self.found.is_empty() && next.is_some() && !self.titled && is_title(text) {
                self.block(&BlockKind::Title, &lines[..1]);
                return Some(1);
            }
            if is_shouted(text) || is_numbered_part(text) {
                self.block(&BlockKind::Heading(2), &lines[..1]);
                return Some(1);
            }
            let after = next.map(|n| n.iter().map(|l| l.width).sum::<usize>());
            let before = self.found.last().map(|f| (&f.block.kind, f.block.text.len()));
            let between =
                matches!(before, Some((BlockKind::Paragraph | BlockKind::Quote, n)) if n > 100);
            if between && after.is_some_and(|n| n > 100) && is_subhead(text) {
                self.block(&BlockKind::Heading(2), &lines[..1]);
                return Some(1);
            }
        }
        if self.found.len() <= 4
            && !self.found.iter().any(|f| f.block.kind == BlockKind::Byline)
            && let Some(name) = byline(text)
        {
            self.meta.byline.get_or_insert_with(|| name.to_owned());
            self.block(&BlockKind::Byline, &lines[..1]);
            return Some(1);
        }
        None
    }

    /// An item that begins with "a)" or "(a)", if the item after or before it goes on. The letter is said, since text may
    /// refer to it.
    fn lettered_item(&mut self, lines: &[Line]) -> Option<usize> {
        let letter = lettered(&self.source[lines[0].range.clone()])?;
        let ends = |l: &Line| lettered(&self.source[l.range.clone()]).is_some();
        let used = match self.wrap {
            Some(_) => 1 + lines[1..].iter().take_while(|l| !ends(l)).count(),
            None => 1,
        };
        let next = |a: u8, b: u8| a + 1 == b;
        let after = lines.get(used).and_then(|l| lettered(&self.source[l.range.clone()]));
        let before =
            self.found.last().filter(|f| matches!(f.block.kind, BlockKind::ListItem { .. }));
        let before = before.and_then(|f| lettered(f.block.text.as_str()));
        if !after.is_some_and(|n| next(letter, n)) && !before.is_some_and(|b| next(b, letter)) {
            return None;
        }
        self.block(&BlockKind::ListItem { number: None, depth: 0 }, &lines[..used]);
        Some(used)
    }

    /// A list item at the start of `lines`, with the lines that go on with it.
    fn item(&mut self, lines: &[Line]) -> Option<usize> {
        if let Some(used) = self.lettered_item(lines) {
            return Some(used);
        }
        let marker = marker(&self.source[lines[0].range.clone()])?;
        let next_number = marker.number.map(|n| n + 1);
        let mut used = 1;
        let mut goes_on = false;
        while let Some(line) = lines.get(used) {
            let text = &self.source[line.range.clone()];
            if let Some(other) = self::marker(text) {
                goes_on = other.number.is_some() && other.number == next_number;
                break;
            }
            let indented = text.starts_with([' ', '\t']);
            if self.wrap.is_none() && !indented {
                break;
            }
            used += 1;
        }
        // A number alone may begin a sentence ("12. Mai ..."); two in a row begin items.
        if let Some(number) = marker.number {
            let before = self.found.last().is_some_and(|f| {
                matches!(f.block.kind, BlockKind::ListItem { number: Some(n), .. } if n + 1 == number)
            });
            if !goes_on && !before {
                return None;
            }
        }
        let start = lines[0].range.start;
        self.record("list-marker", start..start + marker.length);
        let mut first = lines[0].clone();
        first.range.start = start + marker.length;
        let kind = BlockKind::ListItem { number: marker.number, depth: 0 };
        let mut item = vec![first];
        item.extend_from_slice(&lines[1..used]);
        self.block(&kind, &item);
        Some(used)
    }

    /// Lines that begin with `>`.
    fn quoted(&mut self, lines: &[Line]) -> Option<usize> {
        let quoted = |l: &Line| self.source[l.range.clone()].trim_start().starts_with('>');
        let used = lines.iter().take_while(|l| quoted(l)).count();
        if used == 0 {
            return None;
        }
        let mut parts = Vec::new();
        let mut paragraphs = Vec::new();
        for line in &lines[..used] {
            let text = &self.source[line.range.clone()];
            let inner = text.trim_start_matches(['>', ' ', '\t']);
            let mut line = line.clone();
            line.range.start += text.len() - inner.len();
            if inner.is_empty() {
                paragraphs.push(std::mem::take(&mut parts));
            } else {
                parts.push(line);
            }
        }
        paragraphs.push(parts);
        for part in paragraphs.iter().filter(|p| !p.is_empty()) {
            self.block(&BlockKind::Quote, part);
        }
        Some(used)
    }

    /// A chunk set in from the margin of a wrapped text is a quotation.
    fn quotation(&mut self, lines: &[Line]) -> bool {
        let set_in = lines.len() > 1
            && lines.iter().all(|l| {
                let text = &self.source[l.range.clone()];
                text.starts_with("    ") || text.starts_with('\t')
            });
        if set_in && marker(&self.source[lines[0].range.clone()]).is_none() {
            self.block(&BlockKind::Quote, lines);
            return true;
        }
        false
    }

    /// A paragraph: one line, or in a wrapped text all lines up to something else.
    fn paragraph(&mut self, lines: &[Line], chunk: usize) -> usize {
        let mut used = 1;
        if self.wrap.is_some() {
            while let Some(line) = lines.get(used) {
                let text = &self.source[line.range.clone()];
                let bullet = marker(text).is_some_and(|m| m.number.is_none());
                let top = chunk < 4 && byline(self.plain(line).trim()).is_some();
                if bullet || top || text.trim_start().starts_with('>') {
                    break;
                }
                used += 1;
            }
        }
        self.block(&BlockKind::Paragraph, &lines[..used]);
        used
    }

    /// The text of a line without its cuts.
    fn plain(&self, line: &Line) -> String {
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

    fn block(&mut self, kind: &BlockKind, lines: &[Line]) {
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
fn enclosures(cuts: &[Cut], length: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for cut in cuts {
        match cut.action {
            Action::OpenEnclosed => open = Some(cut.range.end),
            Action::CloseEnclosed => ranges.extend(open.take().map(|o| o..cut.range.start)),
            _ => {}
        }
    }
    ranges.extend(open.map(|o| o..length));
    ranges
}

/// Ranges between the tags of caption shortcodes.
fn captions(cuts: &[Cut]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for cut in cuts {
        match cut.action {
            Action::OpenCaption => open = Some(cut.range.end),
            Action::CloseCaption => ranges.extend(open.take().map(|o| o..cut.range.start)),
            _ => {}
        }
    }
    ranges
}

/// Whether `at` is in one of the ranges, which are in order.
fn within(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.get(ranges.partition_point(|r| r.end <= at)).is_some_and(|r| r.start <= at)
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
