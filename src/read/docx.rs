//! The parts of a DOCX, one after the other -> article.
//!
//! The XML drives the same walker as HTML does: a paragraph is a block, its style says which, a run is a
//! piece of text with its formatting. Styles are known by their names, which every language of Word stores
//! in English, and by what they are based on. Text is whatever stands in a `t` element, so the proof of
//! coverage needs to know nothing else of the format.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::article::{Draft, title_of_metadata};
use super::html::{Facts, Habits, Walker, entity};
use crate::model::{Article, BlockKind, Meta, SourceText, Span, Text};

/// Styles are followed to what they are based on this far.
const MAX_STYLES: usize = 16;

/// Reads a document.
pub(crate) fn read(source: SourceText) -> Article {
    let text = source.text.clone();
    let habits = Habits { tables_are_data: true, ..Habits::default() };
    let mut reading = Reading::new(&text, Walker::new(&text, habits));
    reading.walk();
    reading.walker.finish();
    let Reading { walker, mut meta, declared, titled, .. } = reading;
    meta.language = None;
    let mut draft = Draft::new(source, meta, walker.found, walker.removed);
    let first = draft.found.iter().position(|f| f.block.kind != BlockKind::Image);
    if let Some(first) = first {
        let block = &mut draft.found[first].block;
        // A title style, or a first heading where no style is one.
        if titled || matches!(block.kind, BlockKind::Heading(1)) {
            let at = draft.found.iter().position(|f| f.block.kind == BlockKind::Heading(1));
            let at = if titled { at.unwrap_or(first) } else { first };
            let block = &mut draft.found[at].block;
            block.kind = BlockKind::Title;
            draft.meta.title = Some(block.text.as_str().replace(['\n', '\t'], " "));
        } else {
            title_of_metadata(&mut draft, None);
        }
    }
    let mut article = draft.finish();
    // A word processor marks all of a text with a language, whatever it is in; the text itself knows
    // better, but not which country's.
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let detected = article.meta.language.as_deref();
    if let Some(declared) = declared
        && detected.is_none_or(|detected| primary(detected) == primary(&declared))
    {
        article.meta.language = Some(declared);
    }
    article
}

/// What a style says about its paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    /// In English and lower case.
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<(String, u8)>,
}

/// What a paragraph is, as far as its properties say.
#[derive(Debug, Clone, Default)]
struct Paragraph {
    style: Option<String>,
    outline: Option<u8>,
    list: Option<(String, u8)>,
    /// Elements that were opened for it; `None` until it has begun.
    open: Option<Vec<&'static str>>,
}

/// What a run is.
#[derive(Debug, Clone, Default)]
struct Run {
    facts: Facts,
    elements: Vec<&'static str>,
    begun: bool,
}

/// A level of a numbering: format and first number.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    start: u64,
}

struct Reading<'a> {
    text: &'a str,
    walker: Walker<'a>,
    meta: Meta,
    /// Language of the document as it declares it.
    declared: Option<String>,
    titled: bool,
    styles: BTreeMap<String, Style>,
    /// Levels of an abstract numbering, and the abstract numbering of a numbering.
    levels: BTreeMap<(String, u8), Level>,
    numberings: BTreeMap<String, String>,
    counters: BTreeMap<(String, u8), u64>,
    links: BTreeMap<String, String>,
    /// Names of the open elements, without their prefixes.
    open: Vec<String>,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    /// Of the open rows of tables, whether they name the columns.
    heads: Vec<bool>,
    /// The style that is being defined, and the numbering and its level.
    style: Option<(String, Style)>,
    numbering: (String, u8),
}

impl<'a> Reading<'a> {
    fn new(text: &'a str, walker: Walker<'a>) -> Self {
        Self {
            text,
            walker,
            meta: Meta::default(),
            declared: None,
            titled: false,
            styles: BTreeMap::new(),
            levels: BTreeMap::new(),
            numberings: BTreeMap::new(),
            counters: BTreeMap::new(),
            links: BTreeMap::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            heads: Vec::new(),
            style: None,
            numbering: (String::new(), 0),
        }
    }

    fn walk(&mut self) {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().allow_dangling_amp = true;
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        loop {
            let start = offset(&reader, self.text);
            let Ok(event) = reader.read_event() else { break };
            let at = Span::new(start, offset(&reader, self.text));
            match event {
                Event::Start(tag) => self.start(&tag, at),
                Event::Empty(tag) => {
                    self.start(&tag, at);
                    self.end(local(tag.name().as_ref()));
                }
                Event::End(tag) => self.end(local(tag.name().as_ref())),
                Event::Text(_) | Event::GeneralRef(_) => self.characters(at, true),
                Event::CData(_) => {
                    // Between `<![CDATA[` and `]]>`.
                    let inner = Span::new(at.start + 9, at.end.saturating_sub(3));
                    self.characters(inner, false);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        while let Some(name) = self.open.last().cloned() {
            self.end(&name);
        }
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().any(|n| n == name)
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: Span) {
        let name = local(tag.name().as_ref()).to_owned();
        let value = |wanted: &str| {
            let found = tag.attributes().flatten();
            let mut found = found.filter(|a| local(a.key.as_ref()) == wanted);
            found.next().map(|a| entity::decode_all(a.value.as_ref()))
        };
        let on = || !matches!(value("val").as_deref(), Some("0" | "false" | "none" | "off"));
        let parent = self.open.last().cloned().unwrap_or_default();
        self.open.push(name.clone());
        if self.inside("Fallback") {
            return;
        }
        match (parent.as_str(), name.as_str()) {
            ("Relationships", "Relationship") => {
                if let (Some(id), Some(target)) = (value("Id"), value("Target")) {
                    self.links.insert(id, target);
                }
            }
            (_, "style") if parent == "styles" => {
                self.style = value("styleId").map(|id| (id, Style::default()));
            }
            ("style", "name") => {
                if let (Some((_, style)), Some(name)) = (&mut self.style, value("val")) {
                    style.name = name.to_lowercase();
                }
            }
            ("style", "basedOn") => {
                if let Some((_, style)) = &mut self.style {
                    style.based_on = value("val");
                }
            }
            ("numbering", "abstractNum") => {
                self.numbering.0 = value("abstractNumId").unwrap_or_default();
            }
            ("abstractNum", "lvl") => self.numbering.1 = small(value("ilvl")),
            ("numbering", "num") => self.numbering.0 = value("numId").unwrap_or_default(),
            ("num", "abstractNumId") => {
                let target = value("val").unwrap_or_default();
                self.numberings.insert(self.numbering.0.clone(), target);
            }
            ("lvl", "start") if !self.inside("lvlOverride") => {
                let start = value("val").and_then(|v| v.parse().ok()).unwrap_or(1);
                self.levels.entry(self.numbering.clone()).or_default().start = start;
            }
            ("lvl", "numFmt") if !self.inside("lvlOverride") => {
                let format = value("val").unwrap_or_default();
                self.levels.entry(self.numbering.clone()).or_default().format = format;
            }
            ("pPr", "outlineLvl") => {
                let level = value("val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9);
                match (self.paragraphs.last_mut(), &mut self.style) {
                    (Some(paragraph), _) => paragraph.outline = level,
                    (None, Some((_, style))) => style.outline = level,
                    _ => {}
                }
            }
            ("numPr", "ilvl" | "numId") => {
                let list = match (self.paragraphs.last_mut(), &mut self.style) {
                    (Some(paragraph), _) => &mut paragraph.list,
                    (None, Some((_, style))) => &mut style.list,
                    _ => return,
                };
                let list = list.get_or_insert_with(|| (String::new(), 0));
                if name == "ilvl" {
                    list.1 = small(value("val"));
                } else {
                    list.0 = value("val").unwrap_or_default();
                }
            }
            ("pPr", "pStyle") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.style = value("val");
                }
            }
            (_, "lang") if self.inside("docDefaults") => {
                self.declared = value("val").filter(|l| is_tag(l)).or(self.declared.take());
            }
            ("rPr", _) => self.run_property(&name, on(), &value),
            (_, "p") => self.paragraphs.push(Paragraph::default()),
            (_, "r") => self.runs.push(Run::default()),
            (_, "tbl") => self.walker.open("table", Facts::default(), false, at),
            (_, "tr") => {
                self.heads.push(false);
                self.walker.open("tr", Facts::default(), false, at);
            }
            ("trPr", "tblHeader") if on() => {
                if let Some(head) = self.heads.last_mut() {
                    *head = true;
                }
            }
            (_, "tc") => {
                let name = self.cell();
                self.walker.open(name, Facts::default(), false, at);
            }
            (_, "hyperlink") => {
                self.begin(at);
                let target = value("id").and_then(|id| self.links.get(&id).cloned());
                let facts = Facts { href: target, ..Facts::default() };
                self.walker.open("a", facts, false, at);
            }
            // What a reviewer moved away stands where it was moved to; the reading of a ruby is no text.
            (_, "moveFrom") => self.hidden("tracked-change", at),
            ("ruby", "rt") => self.hidden("ruby", at),
            (_, "tab") if parent == "r" => self.space(at),
            (_, "br" | "cr") if parent == "r" => {
                self.begin_run(at);
                self.walker.line_break(at);
            }
            (_, "noBreakHyphen") => {
                self.begin_run(at);
                self.walker.text_for("-", at);
            }
            (_, "docPr") => {
                let alt = value("descr").filter(|d| !d.contains("automatically generated"));
                if let Some(alt) = alt.filter(|d| !d.trim().is_empty()) {
                    self.begin(at);
                    let text = Text::from_source(alt.trim(), at);
                    self.walker.image(text, at, Some("image-alt"));
                }
            }
            ("footnotes", "footnote") | ("endnotes", "endnote") => {
                let names = vec!["footnote".to_owned()];
                self.walker.open("dd", Facts { names, ..Facts::default() }, false, at);
            }
            _ => {}
        }
    }

    /// A property of a run, or of a style, where it is none of ours.
    fn run_property(&mut self, name: &str, on: bool, value: &dyn Fn(&str) -> Option<String>) {
        let Some(run) = self.runs.last_mut().filter(|r| !r.begun) else { return };
        match (name, on) {
            ("b", true) => run.elements.push("strong"),
            ("i", true) => run.elements.push("em"),
            ("strike" | "dstrike", true) => run.elements.push("del"),
            ("vanish" | "webHidden", true) => run.facts.hidden = Some("hidden"),
            ("vertAlign", _) => match value("val").as_deref() {
                Some("superscript") => run.elements.push("sup"),
                Some("subscript") => run.elements.push("sub"),
                _ => {}
            },
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        // An end tag closes what is open inside of its element; one without an element nothing.
        let Some(index) = self.open.iter().rposition(|n| n == name) else { return };
        if index + 1 < self.open.len() {
            let inner = self.open[index + 1..].to_vec();
            for name in inner.iter().rev() {
                self.end(name);
            }
        }
        let unseen = self.inside("Fallback");
        self.open.truncate(index);
        if unseen {
            return;
        }
        match name {
            "style" => {
                if let Some((id, style)) = self.style.take() {
                    self.styles.insert(id, style);
                }
            }
            "p" => {
                // An empty paragraph is none.
                let paragraph = self.paragraphs.pop().unwrap_or_default();
                for element in paragraph.open.unwrap_or_default().iter().rev() {
                    self.walker.close(element);
                }
            }
            "r" => {
                if let Some(run) = self.runs.pop().filter(|r| r.begun) {
                    self.close_run(&run);
                }
            }
            "tbl" => self.walker.close("table"),
            "tr" => {
                self.heads.pop();
                self.walker.close("tr");
            }
            "tc" => self.walker.close(self.cell()),
            "hyperlink" => self.walker.close("a"),
            "moveFrom" | "rt" => self.walker.close("span"),
            "footnote" | "endnote" => self.walker.close("dd"),
            _ => {}
        }
    }

    /// The element that a cell of the current row is.
    fn cell(&self) -> &'static str {
        if self.heads.last() == Some(&true) { "th" } else { "td" }
    }

    /// Text of the document, or of its properties.
    fn characters(&mut self, at: Span, references: bool) {
        let text = self.text;
        let raw = &text[at.range()];
        match self.open.last().map(String::as_str) {
            _ if self.inside("Fallback") => {}
            Some("t") => {
                self.begin_run(at);
                self.walker.text(raw, at.start, references);
            }
            Some(name) if self.inside("coreProperties") => {
                let value = entity::decode_all(raw.trim());
                match name {
                    "title" if !value.starts_with("Microsoft Word") => {
                        self.meta.title = Some(value);
                    }
                    "creator" => self.meta.byline = Some(value),
                    "created" => self.meta.date = Some(value),
                    "language" if is_tag(&value) => self.declared = Some(value),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn space(&mut self, at: Span) {
        if self.walker.is_reading() {
            self.begin_run(at);
            self.walker.text(" ", at.start, false);
        }
    }

    fn hidden(&mut self, rule: &'static str, at: Span) {
        self.begin(at);
        self.walker.text(" ", at.start, false);
        let facts = Facts { hidden: Some(rule), ..Facts::default() };
        self.walker.open("span", facts, false, at);
    }

    /// Opens the elements of the current run, and of its paragraph before it.
    fn begin_run(&mut self, at: Span) {
        self.begin(at);
        let Some(run) = self.runs.last_mut().filter(|r| !r.begun) else { return };
        run.begun = true;
        let run = run.clone();
        if run.facts.hidden.is_some() {
            // What is not seen still parts the words around it.
            self.walker.text(" ", at.start, false);
            self.walker.open("span", run.facts, false, at);
        }
        for element in run.elements {
            self.walker.open(element, Facts::default(), false, at);
        }
    }

    fn close_run(&mut self, run: &Run) {
        for element in run.elements.iter().rev() {
            self.walker.close(element);
        }
        if run.facts.hidden.is_some() {
            self.walker.close("span");
        }
    }

    /// Opens the elements of the current paragraph.
    fn begin(&mut self, at: Span) {
        let Some(paragraph) = self.paragraphs.last() else { return };
        if paragraph.open.is_some() {
            return;
        }
        let paragraph = paragraph.clone();
        let styles = self.styles_of(paragraph.style.as_deref());
        let named = |name: &str| styles.iter().any(|s| s.name == name);
        let heading = styles.iter().find_map(|s| heading(&s.name));
        let outline = paragraph.outline.or(styles.iter().find_map(|s| s.outline)).map(|l| l + 1);
        let list = paragraph.list.clone().or_else(|| styles.iter().find_map(|s| s.list.clone()));
        let mut open: Vec<&'static str> = Vec::new();
        let mut facts = Facts::default();
        if named("title") {
            self.titled = true;
            open.push("h1");
        } else if let Some(level) = heading.or(outline) {
            // Below a title, the first level is a section's.
            open.push(["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 5)) - 1]);
        } else if named("subtitle") {
            open.push("h2");
        } else if named("caption") {
            open.push("figcaption");
        } else if named("quote") || named("intense quote") {
            open.extend(["blockquote", "p"]);
        } else if let Some((id, level)) = list.filter(|(id, _)| !id.is_empty() && id != "0") {
            facts.number = self.count(&id, level);
            let kind = if facts.number.is_some() { "ol" } else { "ul" };
            open.extend(std::iter::repeat_n("ul", usize::from(level.min(8))));
            open.extend([kind, "li"]);
        } else if named("html preformatted") || named("macro text") || named("plain text code") {
            open.push("pre");
        } else {
            open.push("p");
        }
        for element in &open {
            let facts = if *element == "ol" { facts.clone() } else { Facts::default() };
            self.walker.open(element, facts, false, at);
        }
        let contents = styles.iter().any(|s| s.name.starts_with("toc "));
        if contents {
            let facts = Facts { hidden: Some("table-of-contents"), ..Facts::default() };
            self.walker.open("span", facts, false, at);
            open.push("span");
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.open = Some(open);
        }
    }

    /// A paragraph's style and those that it is based on.
    fn styles_of(&self, id: Option<&str>) -> Vec<Style> {
        let mut styles: Vec<Style> = Vec::new();
        let mut next = id.map(str::to_owned);
        while let Some(style) = next.and_then(|id| self.styles.get(&id)) {
            styles.push(style.clone());
            next = style.based_on.clone().filter(|_| styles.len() < MAX_STYLES);
        }
        styles
    }

    /// The number of the next item of a list; `None` for bullets and letters.
    fn count(&mut self, id: &str, level: u8) -> Option<u64> {
        let numbering = self.numberings.get(id)?.clone();
        let settings = self.levels.get(&(numbering.clone(), level))?;
        let numbered = matches!(
            settings.format.as_str(),
            "decimal" | "decimalZero" | "upperRoman" | "lowerRoman" | "ordinal" | "cardinalText"
        );
        let start = settings.start;
        // A new item ends the lists inside the one before.
        self.counters.retain(|(n, l), _| *n != id || *l <= level);
        let counter = self.counters.entry((id.to_owned(), level)).or_insert(start);
        let number = *counter;
        *counter += 1;
        numbered.then_some(number)
    }
}

/// The level of a heading by its style's name in English.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ")?.trim();
    level.parse().ok().filter(|l| (1..=9).contains(l))
}

fn small(value: Option<String>) -> u8 {
    value.and_then(|v| v.parse().ok()).unwrap_or(0)
}

fn is_tag(tag: &str) -> bool {
    tag.len() >= 2 && tag.len() < 36 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn offset(reader: &Reader<&[u8]>, text: &str) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len())
}
