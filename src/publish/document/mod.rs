//! The article as a document: its blocks in their structure, every sentence and word an element that the
//! recording can be tied to. Pages and books show it; it is well formed as HTML and as XML.
//!
//! | the article has | the document has |
//! | --- | --- |
//! | title, byline | `<h1>`, `<p class="byline">` |
//! | headings | `<h2>` to `<h6>`, no level left out |
//! | list items | nested `<ul>` and `<ol>` |
//! | a quotation | one `<blockquote>` of its paragraphs |
//! | rows of a table | one `<table>`, its first rows as its head |
//! | code | `<pre><code>`, whether it is spoken or not |
//! | alternative text, caption | `<figure>` with both |
//! | notes | `<p class="note">` |
//!
//! A sentence has the id of its segment and the class `s`, a word the id of its segment and its number.

mod align;
mod inline;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use url::Url;

use self::inline::{Element, inline};
use super::{
    Publication, PublishError, TimedSegment, html,
    overlay::{telling, word_id},
};
use crate::model::{Block, BlockKind, Role, samples_to_ms};

/// What the elements of sentences and words carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Ids, and in `data-t` (and `data-e` of a sentence) when they sound, in milliseconds.
    Times,
    /// Ids, for an overlay to point to.
    Ids,
}

/// An article as markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// Title and byline, when the article begins with them; a title that is not among its words
    /// otherwise.
    pub(super) head: String,
    /// All the rest.
    pub(super) body: String,
    /// The sections: id, level from 2 and plain text of each heading, in order.
    pub(super) sections: Vec<Section>,
    /// Ids of the words that are elements.
    pub(super) words: HashSet<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Id of its element.
    pub(super) id: String,
    /// 2 to 6.
    pub(super) level: u8,
    /// Its words.
    pub(super) text: String,
}

/// The document of `publication`.
pub(super) fn document(
    publication: &Publication<'_>,
    marks: Marks,
) -> Result<Document, PublishError> {
    let timed = publication.segments()?;
    let mut segments: HashMap<usize, Vec<&TimedSegment<'_>>> = HashMap::new();
    for segment in &timed {
        segments.entry(segment.segment.block).or_default().push(segment);
    }
    let base = publication.script.meta.url.as_deref().and_then(|url| Url::parse(url).ok());
    let language = publication.language();
    let mut writer = Writer {
        rate: publication.timeline.sample_rate,
        marks,
        base,
        language,
        segments,
        levels: Vec::new(),
        sections: Vec::new(),
        ids: HashSet::new(),
        out: String::new(),
        titled: false,
    };
    let blocks = &publication.script.blocks;
    let lead = blocks
        .iter()
        .take_while(|b| matches!(b.kind, BlockKind::Title | BlockKind::Byline))
        .count();
    for (index, block) in blocks[..lead].iter().enumerate() {
        writer.single(index, block);
    }
    let mut head = std::mem::take(&mut writer.out);
    let mut at = lead;
    while at < blocks.len() {
        at += writer.group(at, &blocks[at..]);
    }
    if !writer.titled {
        let title = publication.title();
        let dir = writer.direction(&title);
        head.insert_str(0, &format!("<h1{dir}>{}</h1>\n", html::escape(&title)));
    }
    let Writer { out: body, sections, ids: words, .. } = writer;
    Ok(Document { head, body, sections, words })
}

struct Writer<'a> {
    rate: u32,
    marks: Marks,
    base: Option<Url>,
    language: &'a str,
    segments: HashMap<usize, Vec<&'a TimedSegment<'a>>>,
    /// Levels of the headings that the current place is under, as the source has them.
    levels: Vec<u8>,
    sections: Vec<Section>,
    ids: HashSet<String>,
    out: String,
    titled: bool,
}

impl<'a> Writer<'a> {
    /// Writes the block `at`, the first of `blocks`, with those that belong together with it; gives their
    /// number.
    fn group(&mut self, at: usize, blocks: &[Block]) -> usize {
        let run = |same: &dyn Fn(&Block) -> bool| blocks.iter().take_while(|b| same(b)).count();
        match &blocks[0].kind {
            BlockKind::ListItem { .. } => {
                let count = run(&|b| matches!(b.kind, BlockKind::ListItem { .. }));
                self.list(at, &blocks[..count], 0);
                count
            }
            BlockKind::TableRow { .. } => {
                let mut count = run(&|b| matches!(b.kind, BlockKind::TableRow { .. }));
                // A head after a body begins another table.
                let head = |b: &Block| matches!(b.kind, BlockKind::TableRow { header: true, .. });
                let body = blocks[..count].iter().position(|b| !head(b)).unwrap_or(count);
                if let Some(next) = blocks[body..count].iter().position(head) {
                    count = body + next;
                }
                self.table(at, &blocks[..count], body);
                count
            }
            BlockKind::Quote => {
                let count = run(&|b| b.kind == BlockKind::Quote);
                self.announcements(at, count);
                self.out.push_str("<blockquote>\n");
                for (i, block) in blocks[..count].iter().enumerate() {
                    self.element("p", "", at + i, block);
                }
                self.out.push_str("</blockquote>\n");
                count
            }
            BlockKind::Image | BlockKind::Caption => {
                let image = blocks[0].kind == BlockKind::Image;
                let captioned =
                    image && blocks.get(1).is_some_and(|b| b.kind == BlockKind::Caption);
                let count = if captioned { 2 } else { 1 };
                self.announcements(at, count);
                self.out.push_str("<figure>\n");
                for (i, block) in blocks[..count].iter().enumerate() {
                    let (name, class) = match block.kind {
                        BlockKind::Image => ("p", "picture"),
                        _ => ("figcaption", ""),
                    };
                    self.element(name, class, at + i, block);
                }
                self.out.push_str("</figure>\n");
                count
            }
            _ => {
                self.single(at, &blocks[0]);
                1
            }
        }
    }

    /// Writes a block that stands alone.
    fn single(&mut self, at: usize, block: &Block) {
        self.announcements(at, 1);
        match &block.kind {
            BlockKind::Title if !self.titled => {
                self.titled = true;
                self.element("h1", "", at, block);
            }
            BlockKind::Title => self.heading(1, at, block),
            BlockKind::Heading(level) => self.heading(*level, at, block),
            BlockKind::Byline => self.element("p", "byline", at, block),
            BlockKind::Note => self.element("p", "note", at, block),
            BlockKind::Code => {
                let attributes = self.attributes("", block);
                let code = self.content(at, block);
                self.out.push_str(&format!(
                    "<pre{attributes} tabindex=\"0\"><code>{code}</code></pre>\n"
                ));
            }
            _ => self.element("p", "", at, block),
        }
    }

    fn heading(&mut self, level: u8, at: usize, block: &Block) {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        let level = u8::try_from(self.levels.len() + 1).unwrap_or(6).min(6);
        let id = format!("section-{}", self.sections.len() + 1);
        let text = block.text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        let (attributes, content) = (self.attributes("", block), self.content(at, block));
        self.out.push_str(&format!("<h{level} id=\"{id}\"{attributes}>{content}</h{level}>\n"));
        self.sections.push(Section { id, level, text });
    }

    /// Items from `depth` on as one list, with lists in it for what is deeper.
    fn list(&mut self, at: usize, items: &[Block], depth: u8) {
        let of = |b: &Block| match b.kind {
            BlockKind::ListItem { number, depth } => (number, depth),
            _ => (None, 0),
        };
        let mut i = 0;
        while i < items.len() {
            let numbered = of(&items[i]).0.is_some();
            let end = items[i..]
                .iter()
                .position(|b| of(b).1 <= depth && of(b).0.is_some() != numbered)
                .map_or(items.len(), |n| i + n);
            self.announcements(at + i, 1);
            let name = if numbered { "ol" } else { "ul" };
            let start = of(&items[i]).0.filter(|n| *n != 1);
            let start = start.map_or_else(String::new, |n| format!(" start=\"{n}\""));
            self.out.push_str(&format!("<{name}{start}>\n"));
            let mut expected = of(&items[i]).0;
            while i < end {
                let item = &items[i];
                // An item that is deeper than the list has items of its own before it has any text.
                let own = of(item).1 <= depth;
                let next = i + usize::from(own);
                let deeper = items[next..end].iter().take_while(|b| of(b).1 > depth).count();
                let number = of(item).0.filter(|_| own);
                let value = number.filter(|n| expected != Some(*n));
                let value = value.map_or_else(String::new, |n| format!(" value=\"{n}\""));
                expected = number.or(expected).map(|n| n.saturating_add(1));
                let attributes = if own { self.attributes("", item) } else { String::new() };
                let content = if own { self.content(at + i, item) } else { String::new() };
                self.out.push_str(&format!("<li{value}{attributes}>{content}"));
                if deeper > 0 {
                    self.out.push('\n');
                    self.list(at + next, &items[next..next + deeper], depth.saturating_add(1));
                }
                self.out.push_str("</li>\n");
                i = next + deeper;
            }
            self.out.push_str(&format!("</{name}>\n"));
        }
    }

    /// `rows` as one table, the first `heads` of them as its head.
    fn table(&mut self, at: usize, rows: &[Block], heads: usize) {
        self.announcements(at, rows.len());
        let columns = rows.iter().map(|r| cells(r).len()).max().unwrap_or(0);
        self.out.push_str(
            "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>\n",
        );
        for (i, row) in rows.iter().enumerate() {
            if i == 0 {
                self.out.push_str(if heads > 0 { "<thead>\n" } else { "<tbody>\n" });
            } else if i == heads {
                self.out.push_str("</thead>\n<tbody>\n");
            }
            self.row(at + i, row, i < heads, columns);
        }
        self.out.push_str(if heads == rows.len() { "</thead>\n" } else { "</tbody>\n" });
        self.out.push_str("</table></div>\n");
    }

    /// A row; it is its sentence.
    fn row(&mut self, at: usize, row: &Block, head: bool, columns: usize) {
        let text = row.text.as_str();
        let segments = self.segments_of(at, false);
        let cells = cells(row);
        let placed = align::place(text, &segments, |t| telling(t, self.rate));
        let mut sentence = String::new();
        let mut words = Vec::new();
        if let [timed] = segments[..] {
            sentence = self.sentence_attributes(timed, row);
            if let Some([placed]) = placed.as_deref() {
                // A word over several cells, such as a date in parts, is no element that a row can have.
                let mut placed = placed.clone();
                placed
                    .words
                    .retain(|(_, w)| cells.iter().any(|c| c.start <= w.start && w.end <= c.end));
                words = self.words(timed, &placed);
            }
        }
        let attributes = self.attributes("", row);
        self.out.push_str(&format!("<tr{sentence}{attributes}>"));
        for index in 0..columns {
            let name = if head { "th" } else { "td" };
            let scope = if head { " scope=\"col\"" } else { "" };
            let cell = cells.get(index).cloned().unwrap_or(0..0);
            let inside: Vec<Element> = words
                .iter()
                .filter(|w| cell.start <= w.range.start && w.range.end <= cell.end)
                .cloned()
                .collect();
            let base = self.base.as_ref();
            let content = inline(text, cell, &[], &inside, row.text.marks(), base);
            // A head without words is no head.
            let (name, scope) = if content.trim().is_empty() { ("td", "") } else { (name, scope) };
            self.out.push_str(&format!("<{name}{scope}>{}</{name}>", content.trim()));
        }
        self.out.push_str("</tr>\n");
    }

    /// Writes `block` as one element.
    fn element(&mut self, name: &str, class: &str, at: usize, block: &Block) {
        let (attributes, content) = (self.attributes(class, block), self.content(at, block));
        if !content.trim().is_empty() {
            self.out.push_str(&format!("<{name}{attributes}>{content}</{name}>\n"));
        }
    }

    /// What is said about `count` blocks from `at` on, before them.
    fn announcements(&mut self, at: usize, count: usize) {
        for index in at..at + count {
            for timed in self.segments_of(index, true) {
                let content = self.own_text(timed);
                self.out.push_str(&format!("<p class=\"announcement\">{content}</p>\n"));
            }
        }
    }

    /// The segments of block `at`: its announcements, or those that are of its text.
    fn segments_of(&self, at: usize, announced: bool) -> Vec<&'a TimedSegment<'a>> {
        let all = self.segments.get(&at).map(Vec::as_slice).unwrap_or_default();
        let wanted = |t: &TimedSegment<'_>| (t.segment.role == Role::Announcement) == announced;
        all.iter().copied().filter(|t| wanted(t)).collect()
    }

    /// The inside of `block`, which is number `at`.
    fn content(&mut self, at: usize, block: &Block) -> String {
        let text = block.text.as_str();
        let segments = self.segments_of(at, false);
        let Some(placed) = align::place(text, &segments, |t| telling(t, self.rate)) else {
            // Not a text that the sentences were made from as it stands: then the sentences themselves.
            let own: Vec<String> = segments.iter().map(|t| self.own_text(t)).collect();
            return own.join(" ");
        };
        let sentences: Vec<Element> = segments
            .iter()
            .zip(&placed)
            .map(|(timed, placed)| Element {
                range: placed.range.clone(),
                attributes: self.sentence_attributes(timed, block),
            })
            .collect();
        let words: Vec<Element> =
            segments.iter().zip(&placed).flat_map(|(timed, p)| self.words(timed, p)).collect();
        let range = if block.kind == BlockKind::Code {
            0..text.trim_end().len()
        } else {
            text.len() - text.trim_start().len()..text.trim_end().len()
        };
        inline(text, range, &sentences, &words, block.text.marks(), self.base.as_ref())
    }

    /// A segment's own text as its element.
    fn own_text(&mut self, timed: &TimedSegment<'_>) -> String {
        let text = &timed.segment.text;
        let attributes = self.timing_attributes(timed);
        let words: Vec<(usize, Range<usize>)> = telling(timed, self.rate)
            .iter()
            .enumerate()
            .filter(|(_, tells)| **tells)
            .map(|(index, _)| (index, timed.words[index].written.clone()))
            .collect();
        let placed = align::Placed { range: 0..text.len(), words };
        let sentence = Element { range: 0..text.len(), attributes };
        let words = self.words(timed, &placed);
        inline(text, 0..text.len(), &[sentence], &words, &[], None)
    }

    fn words(&mut self, timed: &TimedSegment<'_>, placed: &align::Placed) -> Vec<Element> {
        let words = placed.words.iter();
        words
            .map(|(index, range)| {
                let id = word_id(&timed.segment.id, *index);
                self.ids.insert(id.clone());
                let attributes = match self.marks {
                    Marks::Times => {
                        let at = samples_to_ms(timed.words[*index].start, self.rate);
                        format!(" id=\"{id}\" data-t=\"{at}\"")
                    }
                    Marks::Ids => format!(" id=\"{id}\""),
                };
                Element { range: range.clone(), attributes }
            })
            .collect()
    }

    fn sentence_attributes(&self, timed: &TimedSegment<'_>, block: &Block) -> String {
        let language = block.language.as_deref().unwrap_or(self.language);
        let own = timed.segment.language.as_str();
        let language = if own == language { None } else { html::language(own) };
        let language = language.map_or_else(String::new, |tag| language_attributes(tag, None));
        format!("{}{language}", self.timing_attributes(timed))
    }

    fn timing_attributes(&self, timed: &TimedSegment<'_>) -> String {
        let id = &timed.segment.id;
        let ms = |samples| samples_to_ms(samples, self.rate);
        match self.marks {
            Marks::Times => {
                let (start, end) = (ms(timed.cue.start), ms(timed.cue.end));
                format!(" class=\"s\" id=\"{id}\" data-t=\"{start}\" data-e=\"{end}\"")
            }
            Marks::Ids => format!(" class=\"s\" id=\"{id}\""),
        }
    }

    /// Class, language and direction of a block, where they differ from what is around it.
    fn attributes(&self, class: &str, block: &Block) -> String {
        let mut attributes = String::new();
        if !class.is_empty() {
            attributes.push_str(&format!(" class=\"{class}\""));
        }
        let language = block.language.as_deref().filter(|own| *own != self.language);
        let direction = self.direction(block.text.as_str());
        match language.and_then(html::language) {
            Some(tag) => attributes.push_str(&language_attributes(tag, Some(&direction))),
            None => attributes.push_str(&direction),
        }
        attributes
    }

    /// The attribute for the direction of `text`, where the article's is another.
    fn direction(&self, text: &str) -> String {
        let direction = html::direction(text).unwrap_or(article_direction(self.language));
        if direction == article_direction(self.language) {
            String::new()
        } else {
            format!(" dir=\"{direction}\"")
        }
    }
}

/// The direction that a language is written in.
pub(super) fn article_direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let leftward = ["ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "syr"];
    if leftward.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// The attributes of something in another language, for HTML and XML.
fn language_attributes(tag: &str, direction: Option<&str>) -> String {
    let direction = direction.unwrap_or_default();
    format!(" lang=\"{tag}\" xml:lang=\"{tag}\"{direction}")
}

/// The cells of a row.
fn cells(row: &Block) -> Vec<Range<usize>> {
    match &row.kind {
        BlockKind::TableRow { cells, .. } => cells
            .iter()
            .filter(|cell| row.text.as_str().get((*cell).clone()).is_some())
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
