//! The walker: open elements in, blocks out.

use std::{ops::Range, sync::Arc};

use super::{
    Attributes, Token,
    elements::{implied_end, is_block, is_opaque, is_void},
    tokens::{decoded, tokens},
};
use crate::{
    model::{Block, BlockKind, MarkKind, Removed, Span, Text},
    read::mask::FILLER,
};

/// Elements around a block that are looked at for its context, innermost first. Pages nest a few dozen deep;
/// hostile ones a hundred thousand.
const CONTEXT_DEPTH: usize = 48;

/// Elements that are open at once. What is nested deeper is read as if its tags were not there, so that no
/// nesting makes a walk slow.
const DEEPEST: usize = 512;

/// What came of a walk.
#[derive(Debug, Default)]
pub(in crate::read) struct Walked {
    /// In order.
    pub(in crate::read) blocks: Vec<Block>,
    /// What authors marked as not to be heard.
    pub(in crate::read) removed: Vec<Removed>,
}

/// Walks a whole HTML text. `blank_lines` makes blank lines paragraph breaks, as WordPress does for posts
/// of its classic editor.
pub(in crate::read) fn walk(html: &str, source: &Arc<str>, blank_lines: bool) -> Walked {
    let mut walker = Walker::new(source);
    walker.blank_lines = blank_lines;
    for token in tokens(html) {
        walker.token(html, token, 0);
    }
    walker.finish()
}

/// Builds blocks from tags and text as they come.
pub(in crate::read) struct Walker {
    source: Arc<str>,
    /// Blank lines end paragraphs.
    pub(in crate::read) blank_lines: bool,
    open: Vec<Open>,
    /// Names of the elements that are open beyond [`DEEPEST`].
    beyond: Vec<String>,
    /// The inline text since the last cut.
    text: Text,
    /// Its extent in the source, tags included.
    span: Option<Span>,
    /// Whether white space is owed before the next character.
    space: bool,
    /// Pictures met inside running text; they follow its block.
    images: Vec<Block>,
    /// The row being collected, and the cells so far.
    row: Option<Row>,
    blocks: Vec<Block>,
    removed: Vec<Removed>,
    /// Inside `<!-- aloud:off -->`.
    off: bool,
    /// Where in the source a link or control ended last.
    control_end: usize,
}

/// An open element.
struct Open {
    name: String,
    /// Class names, id, role and marks, lower case.
    context: Vec<String>,
    language: Option<String>,
    /// Inline markup that it is, and where in the text it began.
    mark: Option<(MarkKind, usize)>,
    /// For lists: the number of the next item.
    number: Option<u64>,
    /// For an item: its number.
    item: Option<u64>,
}

#[derive(Default)]
struct Row {
    text: Text,
    cells: Vec<Range<usize>>,
    headers: usize,
    span: Option<Span>,
}

impl Walker {
    pub(in crate::read) fn new(source: &Arc<str>) -> Self {
        Self {
            source: Arc::clone(source),
            blank_lines: false,
            open: Vec::new(),
            beyond: Vec::new(),
            text: Text::new(),
            span: None,
            space: false,
            images: Vec::new(),
            row: None,
            blocks: Vec::new(),
            removed: Vec::new(),
            off: false,
            control_end: 0,
        }
    }

    /// Takes one token of `html`, which stands at `base` in the source.
    pub(in crate::read) fn token(&mut self, html: &str, token: Token, base: usize) {
        let at = |span: &Range<usize>| Span::new(base + span.start, base + span.end);
        match token {
            Token::Start { name, attributes, closed, span } => {
                let span = at(&span);
                self.start(&name, &attributes, span);
                if closed && !is_void(&name) && !is_block(&name) {
                    self.end(&name, span);
                }
            }
            Token::End { name, span } => self.end(&name, at(&span)),
            Token::Text { span } => self.raw(&html[span.clone()], at(&span).start),
            Token::Comment { text, .. } => self.comment(&text),
        }
    }

    /// A start tag.
    pub(in crate::read) fn start(&mut self, name: &str, attributes: &Attributes, span: Span) {
        let get = |key: &str| {
            attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        match name {
            "br" => return self.line_break(),
            "img" => return self.image(get("alt"), get("role"), span),
            _ => {}
        }
        if self.opaque() {
            // Nothing in there is looked at but its own end; elements of the same name may nest.
            if self.open.last().is_some_and(|o| o.name == name) && !is_void(name) {
                self.push(name, attributes, None);
            }
            return;
        }
        if let Some((ended, stops)) = implied_end(name) {
            self.end_implied(ended, stops, span);
        }
        if is_block(name) {
            self.cut();
        }
        if is_void(name) {
            return;
        }
        if self.open.len() >= DEEPEST && !is_opaque(name) {
            self.beyond.push(name.to_owned());
            return;
        }
        if is_control(name) && self.control_end == span.start && !self.preformatted() {
            self.space |= !self.text.is_empty();
        }
        self.push(name, attributes, mark_of(name, &get));
        match name {
            "tr" => self.row = Some(Row::default()),
            "q" => self.text_piece("\u{201c}", Span::new(span.end, span.end)),
            _ => {}
        }
    }

    fn push(&mut self, name: &str, attributes: &Attributes, mark: Option<MarkKind>) {
        let get = |key: &str| {
            attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        let mut context = vec![name.to_owned()];
        for key in ["class", "id", "role", "itemprop", "rel", "epub:type"] {
            let words = get(key).unwrap_or_default().split_whitespace().take(24);
            context.extend(words.map(str::to_lowercase));
        }
        let flag = |key: &str| get(key).is_some_and(|v| !v.eq_ignore_ascii_case("false"));
        for key in ["hidden", "data-rv-skip"] {
            if flag(key) {
                context.push(key.to_owned());
            }
        }
        if get("aria-hidden").is_some_and(|v| v.eq_ignore_ascii_case("true")) {
            context.push("aria-hidden".to_owned());
        }
        if get("data-aloud").is_some_and(|v| v.eq_ignore_ascii_case("skip")) {
            context.push("data-aloud=skip".to_owned());
        }
        let style = get("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            context.push("hidden".to_owned());
        }
        let item = (name == "li").then(|| self.next_number()).flatten();
        let number = (name == "ol").then(|| {
            let start = get("start").and_then(|s| s.trim().parse().ok());
            start.unwrap_or(1)
        });
        let language =
            get("lang").or_else(|| get("xml:lang")).map(str::trim).filter(|l| !l.is_empty());
        let at = self.text.len();
        self.open.push(Open {
            name: name.to_owned(),
            context,
            language: language.map(str::to_owned),
            mark: mark.map(|kind| (kind, at)),
            number,
            item,
        });
    }

    /// An end tag. One that nothing opened is passed over.
    pub(in crate::read) fn end(&mut self, name: &str, span: Span) {
        if self.opaque() {
            if self.open.last().is_some_and(|o| o.name == name) {
                self.open.pop();
            }
            return;
        }
        if !self.beyond.is_empty() {
            if self.beyond.last().is_some_and(|n| n == name) {
                self.beyond.pop();
                if is_block(name) {
                    self.cut();
                }
            }
            return;
        }
        if is_control(name) || name == "span" {
            self.control_end = span.end;
        }
        // An inline end tag does not reach out of the block it stands in.
        let reach = if is_block(name) {
            0
        } else {
            self.open.iter().rposition(|o| is_block(&o.name)).map_or(0, |at| at + 1)
        };
        let Some(at) = self.open[reach..].iter().rposition(|o| o.name == name) else { return };
        self.close(reach + at, span);
    }

    fn end_implied(&mut self, ended: &[&str], stops: &[&str], span: Span) {
        let mut found = None;
        for (at, open) in self.open.iter().enumerate().rev().take(CONTEXT_DEPTH) {
            if stops.contains(&open.name.as_str()) {
                break;
            }
            if ended.contains(&open.name.as_str()) {
                found = Some(at);
            }
        }
        if let Some(at) = found {
            self.close(at, span);
        }
    }

    /// Closes the open elements from `at` on, innermost first.
    fn close(&mut self, at: usize, span: Span) {
        while self.open.len() > at {
            let name = self.open.last().map(|o| o.name.clone()).unwrap_or_default();
            match name.as_str() {
                "td" | "th" => self.end_cell(&name),
                "q" => self.text_piece("\u{201d}", Span::new(span.start, span.start)),
                _ if is_block(&name) => self.cut(),
                _ => {}
            }
            if name == "tr" {
                self.end_row();
            }
            let Some(open) = self.open.pop() else { break };
            if let Some((kind, from)) = open.mark {
                self.text.mark(from.min(self.text.len())..self.text.len(), kind);
            }
            if let Some(tag) = open.language.filter(|_| !is_block(&open.name)) {
                let from = self.text.len();
                // Without a mark of its own, an element with a language still covers what it held.
                let begun = self.text.marks().iter().filter(|m| m.range.end == from);
                let start = begun.map(|m| m.range.start).min().unwrap_or(from);
                self.text.mark(start..from, MarkKind::Language(tag));
            }
        }
    }

    /// Text as it stands in the source from `at` on, entities not decoded.
    pub(in crate::read) fn raw(&mut self, raw: &str, at: usize) {
        if self.opaque() {
            return;
        }
        let mut rest = 0;
        while let Some(found) = raw[rest..].find('&') {
            let start = rest + found;
            self.text(&raw[rest..start], at + rest);
            let length = raw[start + 1..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))
                .unwrap_or(raw.len() - start - 1);
            let mut end = start + 1 + length;
            if raw[end..].starts_with(';') {
                end += 1;
            }
            let piece = &raw[start..end];
            let decoded = decoded(piece);
            if decoded == piece {
                self.text(piece, at + start);
            } else {
                self.text_piece(&decoded, Span::new(at + start, at + end));
            }
            rest = end;
        }
        self.text(&raw[rest..], at + rest);
    }

    /// Decoded text that stands byte for byte in the source from `at` on.
    pub(in crate::read) fn text(&mut self, text: &str, at: usize) {
        if self.opaque() || text.is_empty() {
            return;
        }
        if self.preformatted() {
            let kept: String = text.chars().filter(|c| *c != FILLER).collect();
            self.flush_space();
            self.extend(Span::new(at, at + text.len()));
            self.text.push(&kept, Span::new(at, at + text.len()));
            return;
        }
        let mut from = 0;
        for (i, c) in text.char_indices() {
            if !(c.is_whitespace() && c != '\u{a0}' || is_invisible(c)) {
                continue;
            }
            self.run(&text[from..i], at + from);
            from = i + c.len_utf8();
            if !is_invisible(c) {
                self.space |= !self.text.is_empty();
                if c == '\n' && self.blank_lines && starts_with_blank_line(&text[from..]) {
                    self.cut();
                }
            }
        }
        self.run(&text[from..], at + from);
    }

    /// Characters that stand for a whole span of the source.
    pub(in crate::read) fn text_piece(&mut self, text: &str, span: Span) {
        if self.opaque() {
            return;
        }
        if text.chars().all(|c| c.is_whitespace() && c != '\u{a0}') {
            self.space |= !self.text.is_empty();
            return;
        }
        let kept: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        if !kept.is_empty() {
            self.flush_space();
            self.extend(span);
            self.text.push(&kept.replace('\u{a0}', " "), span);
        }
    }

    fn run(&mut self, run: &str, at: usize) {
        if run.is_empty() {
            return;
        }
        self.flush_space();
        let span = Span::new(at, at + run.len());
        self.extend(span);
        if run.contains('\u{a0}') {
            self.text.push(&run.replace('\u{a0}', " "), span);
        } else {
            self.text.push(run, span);
        }
    }

    fn flush_space(&mut self) {
        if std::mem::take(&mut self.space) {
            let at = self.span.map_or(0, |s| s.end);
            self.text.push(" ", Span::new(at, at));
        }
    }

    fn extend(&mut self, span: Span) {
        self.span = Some(self.span.map_or(span, |s| s.join(span)));
    }

    fn line_break(&mut self) {
        if self.opaque() || self.text.is_empty() {
            return;
        }
        if self.text.as_str().ends_with('\n') {
            return self.cut(); // two in a row part paragraphs
        }
        self.space = false;
        let at = self.span.map_or(0, |s| s.end);
        self.text.push("\n", Span::new(at, at));
    }

    fn image(&mut self, alt: Option<&str>, role: Option<&str>, span: Span) {
        let alt = alt.unwrap_or_default().trim();
        if self.opaque() || self.off || !alt.contains(char::is_alphanumeric) || role == Some("presentation")
        {
            return;
        }
        let text = Text::from_source(&alt.split_whitespace().collect::<Vec<_>>().join(" "), span);
        let mut block = Block::new(BlockKind::Image, text, span);
        block.added = Some("image-alt");
        block.context = self.context();
        self.images.push(block);
    }

    /// A picture whose alternative text is text of the source, as in Markdown.
    pub(in crate::read) fn written_image(&mut self, text: Text, span: Span) {
        if text.as_str().contains(char::is_alphanumeric) {
            let mut block = Block::new(BlockKind::Image, text, span);
            block.context = self.context();
            self.images.push(block);
        }
    }

    fn comment(&mut self, text: &str) {
        match text.trim() {
            "aloud:off" => {
                self.cut();
                self.off = true;
            }
            "aloud:on" => {
                self.cut();
                self.off = false;
            }
            _ => {}
        }
    }

    /// Ends the block being built, if there is one.
    pub(in crate::read) fn cut(&mut self) {
        self.space = false;
        let mut text = std::mem::take(&mut self.text);
        for open in &mut self.open {
            // Markup that goes on is marked piece by piece.
            if let Some((kind, from)) = &mut open.mark {
                text.mark((*from).min(text.len())..text.len(), kind.clone());
                *from = 0;
            }
        }
        let span = self.span.take();
        let kind = self.kind();
        let text = if kind == BlockKind::Code { text } else { text.trimmed() };
        if let Some(span) = span.filter(|_| !text.as_str().trim().is_empty()) {
            let mut block = Block::new(kind, text, span);
            block.language = self.language();
            block.context = self.context();
            self.emit(block);
        }
        for image in std::mem::take(&mut self.images) {
            self.emit(image);
        }
    }

    fn emit(&mut self, block: Block) {
        if self.off {
            if block.added.is_none() {
                let text = block.text.as_str().to_owned();
                self.removed.push(Removed { rule: "author-off", text, span: block.span });
            }
        } else {
            self.blocks.push(block);
        }
    }

    /// Moves the text of a cell into its row. A cell that held blocks has been cut into them already, and
    /// what remains is one of them.
    fn end_cell(&mut self, name: &str) {
        let Some(row) = &mut self.row else { return self.cut() };
        self.space = false;
        let text = std::mem::take(&mut self.text).trimmed();
        let Some(span) = self.span.take() else { return };
        if text.is_empty() {
            return;
        }
        if !row.text.is_empty() {
            row.text.push("\t", Span::new(span.start, span.start));
        }
        let from = row.text.len();
        row.text.append(&text);
        row.cells.push(from..row.text.len());
        row.headers += usize::from(name == "th");
        row.span = Some(row.span.map_or(span, |s| s.join(span)));
    }

    fn end_row(&mut self) {
        if let Some(Row { text, cells, headers, span: Some(span) }) = self.row.take() {
            let header = headers == cells.len() || self.open.iter().rev().any(|o| o.name == "thead");
            let kind = if cells.len() == 1 && !header {
                BlockKind::Paragraph
            } else {
                BlockKind::TableRow { header, cells }
            };
            let mut block = Block::new(kind, text, span);
            block.language = self.language();
            block.context = self.context();
            self.emit(block);
        }
    }

    /// What the text being cut is, by the elements around it.
    fn kind(&self) -> BlockKind {
        let mut quote = false;
        for (at, open) in self.open.iter().enumerate().rev().take(CONTEXT_DEPTH) {
            match open.name.as_str() {
                "h1" => return BlockKind::Heading(1),
                "h2" => return BlockKind::Heading(2),
                "h3" => return BlockKind::Heading(3),
                "h4" => return BlockKind::Heading(4),
                "h5" => return BlockKind::Heading(5),
                "h6" => return BlockKind::Heading(6),
                "figcaption" | "caption" => return BlockKind::Caption,
                "pre" => return BlockKind::Code,
                "aloud-note" => return BlockKind::Note,
                "li" => {
                    if open.context.iter().any(|c| c.starts_with("fn") || c == "doc-endnote") {
                        return BlockKind::Note;
                    }
                    let lists = self.open[..at].iter().filter(|o| o.name == "ul" || o.name == "ol");
                    let depth = u8::try_from(lists.count().saturating_sub(1)).unwrap_or(u8::MAX);
                    return BlockKind::ListItem { number: open.item, depth };
                }
                "blockquote" => quote = true,
                _ => {}
            }
        }
        if quote { BlockKind::Quote } else { BlockKind::Paragraph }
    }

    fn next_number(&mut self) -> Option<u64> {
        let list = self.open.iter_mut().rev().find(|o| matches!(o.name.as_str(), "ol" | "ul"))?;
        let number = list.number?;
        list.number = Some(number.saturating_add(1));
        Some(number)
    }

    fn language(&self) -> Option<String> {
        self.open
            .iter()
            .rev()
            .take(CONTEXT_DEPTH)
            .find_map(|o| o.language.clone().filter(|_| o.name != "html"))
    }

    fn context(&self) -> Vec<String> {
        let from = self.open.len().saturating_sub(CONTEXT_DEPTH);
        self.open[from..].iter().flat_map(|o| o.context.iter().cloned()).collect()
    }

    fn opaque(&self) -> bool {
        self.open.last().is_some_and(|o| is_opaque(&o.name))
    }

    fn preformatted(&self) -> bool {
        self.open.iter().rev().take(CONTEXT_DEPTH).any(|o| o.name == "pre" || o.name == "textarea")
    }

    /// Ends the walk.
    pub(in crate::read) fn finish(mut self) -> Walked {
        let end = self.source.len();
        self.cut();
        self.close(0, Span::new(end, end));
        self.cut();
        Walked { blocks: self.blocks, removed: self.removed }
    }
}

/// The inline markup that an element is.
fn mark_of<'a>(name: &str, get: &impl Fn(&str) -> Option<&'a str>) -> Option<MarkKind> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" => MarkKind::Emphasis,
        "strong" | "b" => MarkKind::Strong,
        "code" | "kbd" | "samp" | "tt" => MarkKind::Code,
        "del" | "s" | "strike" => MarkKind::Deleted,
        "sub" => MarkKind::Subscript,
        "sup" => MarkKind::Superscript,
        "a" => {
            let reference = get("role") == Some("doc-noteref")
                || get("class").is_some_and(|c| c.contains("footnote"))
                || get("rel") == Some("footnote");
            if reference { MarkKind::NoteReference } else { MarkKind::Link(get("href")?.to_owned()) }
        }
        _ => return None,
    })
}

/// Characters that show nothing and say nothing: soft hyphens, zero-width and direction marks, fillers.
fn is_invisible(c: char) -> bool {
    c == FILLER
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether the line that starts here is blank.
fn starts_with_blank_line(rest: &str) -> bool {
    let line = rest.trim_start_matches([' ', '\t', '\r']);
    line.starts_with('\n')
}

/// Elements that stand apart from what ends right before them, without white space in the source: the
/// links of a menu, buttons, choices.
fn is_control(name: &str) -> bool {
    matches!(name, "a" | "button" | "option" | "label" | "summary" | "time")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str, blank_lines: bool) -> Vec<String> {
        let source: Arc<str> = Arc::from(html);
        let walked = walk(html, &source, blank_lines);
        for block in walked.blocks.iter().filter(|b| b.added.is_none()) {
            assert!(block.span.end <= html.len());
            for (at, c) in block.text.as_str().char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
                let span = block.text.span_of(at..at + 1);
                let there = &html[span.range()];
                assert!(there.starts_with('&') || there.starts_with(c), "{c} is not {there}");
            }
        }
        walked.blocks.iter().map(|b| format!("{}: {}", b.kind.name(), b.text.as_str())).collect()
    }

    #[test]
    fn blocks_are_cut_where_browsers_cut_them() {
        let cases: &[(&str, &[&str])] = &[
            ("<p>One <b>bold</b>\n word.<p>Two", &["paragraph: One bold word.", "paragraph: Two"]),
            ("Fish &amp; chips&nbsp;now", &["paragraph: Fish & chips now"]),
            ("<h2>Head</h2>text<div>more</div>", &["heading: Head", "paragraph: text", "paragraph: more"]),
            ("a<br>b<br><br>c", &["paragraph: a\nb", "paragraph: c"]),
            ("<ul><li>one<li>two<ul><li>deep</ul></ul>", &["list-item: one", "list-item: two", "list-item: deep"]),
            ("<blockquote><p>A</p><p>B</p></blockquote>", &["quote: A", "quote: B"]),
            ("<p>un<wbr>break<b>able</b>, co\u{ad}operate</p>", &["paragraph: unbreakable, cooperate"]),
            ("<figure><img alt='A boat'><figcaption>At sea</figcaption></figure>", &["image: A boat", "caption: At sea"]),
            ("<pre>a\n  b</pre>", &["code: a\n  b"]),
            ("<a>Home</a><a>News</a><label>Go</label>", &["paragraph: Home News Go"]),
            ("<pre>a<a>.b</a><a>.c</a></pre>", &["code: a.b.c"]),
            ("<span>By</span><a>Ada</a>, <a>boat</a>s un<a>known</a>", &["paragraph: By Ada, boats unknown"]),
            ("<script>x<y</script><style>z</style><p>ok</p>", &["paragraph: ok"]),
            ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", &["table-row: A\tB", "table-row: 1\t2"]),
            ("<p>He said <q>yes</q>.</p>", &["paragraph: He said \u{201c}yes\u{201d}."]),
            ("a <i>b</p> c</i> d", &["paragraph: a b c d"]),
            ("<p>x<!-- aloud:off --></p><p>no</p><!-- aloud:on --><p>y", &["paragraph: x", "paragraph: y"]),
            ("<svg><title>icon</title></svg><noscript>on</noscript>text", &["paragraph: text"]),
        ];
        for (html, wanted) in cases {
            assert_eq!(shown(html, false), *wanted, "{html}");
        }
    }

    #[test]
    fn blank_lines_part_paragraphs_where_wanted() {
        let html = "One\ntwo\n\nthree<b>\n\nfour</b>";
        assert_eq!(shown(html, false), ["paragraph: One two three four"]);
        assert_eq!(shown(html, true), ["paragraph: One two", "paragraph: three", "paragraph: four"]);
    }

    #[test]
    fn context_and_language_reach_the_block() {
        let html = "<div class='Post Body' id=main><p lang=fr hidden>Bonjour</p></div>";
        let walked = walk(html, &Arc::from(html), false);
        let block = &walked.blocks[0];
        assert_eq!(block.language.as_deref(), Some("fr"));
        assert_eq!(block.context, ["div", "post", "body", "main", "p", "hidden"]);
    }

    #[test]
    fn numbers_of_items_are_counted() {
        let html = "<ol start=3><li>c</li><li>d</li></ol><ul><li>x</ul>";
        let walked = walk(html, &Arc::from(html), false);
        let numbers: Vec<_> = walked
            .blocks
            .iter()
            .map(|b| match b.kind {
                BlockKind::ListItem { number, .. } => number,
                _ => panic!("{:?}", b.kind),
            })
            .collect();
        assert_eq!(numbers, [Some(3), Some(4), None]);
    }
}
