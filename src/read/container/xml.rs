//! Feeds and exports in XML: a first pass that finds the items, and the reading of one item.
//!
//! The first pass looks at markup only, so every byte beyond ASCII is hidden from it: what encoding a
//! file is in, or claims to be in, does not matter for where its items stand. Entities beyond those of
//! XML itself are never expanded, external ones never fetched; a file that declares any is refused.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read},
    ops::Range,
    sync::Arc,
};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{Listed, Opened, Place, Post, Seekable, Selection, backing, feed, opened, read_at};
use super::{post, wordpress};
use crate::{
    model::{Container, ContainerKind, Meta, Source},
    read::{ReadError, decode, html::entity},
};

/// No item is larger than this; something else is wrong with the file.
const ITEM_MIB: u64 = 64;

/// Files that have to be converted as a whole are not larger than this.
const CONVERTED_MIB: u64 = 256;

/// Elements nested deeper than this are none of a feed's.
const MAX_DEPTH: usize = 512;

/// Namespaces, and the prefix by which this module knows them.
const NAMESPACES: [(&str, &str); 9] = [
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
];

/// The start of a file as text, as far as markup goes.
pub(super) fn head(bytes: &[u8]) -> String {
    let wide = |encoding: &'static Encoding| encoding.decode(bytes).0.into_owned();
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => ascii(&bytes[mark..]),
        Some((encoding, _)) => wide(encoding),
        None => match decode::utf16_without_mark(bytes) {
            Some(encoding) => wide(encoding),
            None => ascii(bytes),
        },
    }
}

fn ascii(bytes: &[u8]) -> String {
    bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect()
}

/// The name of a text's first element, in lower case.
pub(super) fn root(text: &str) -> Option<String> {
    let mut rest = text.trim_start();
    loop {
        let end = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.find("-->")? + 7
        } else if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!") {
            let subset = rest.find('[').filter(|b| rest.find('>').is_some_and(|e| *b < e));
            match subset {
                Some(at) => at + rest[at..].find("]>").or(rest[at..].find("] >"))? + 2,
                None => rest.find('>')? + 1,
            }
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))?;
    let name = &name[..end];
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.:".contains(c));
    is_name.then(|| name.to_ascii_lowercase())
}

/// What a file with this first element is. An RSS feed may turn out to be an export.
pub(super) fn kind_of_root(root: &str) -> Option<ContainerKind> {
    match root.rsplit(':').next().unwrap_or_default() {
        "rss" | "rdf" => Some(ContainerKind::Rss),
        "feed" => Some(ContainerKind::Atom),
        _ => None,
    }
}

/// Refuses a file that declares entities.
pub(super) fn refuse_entities(source: &Source, head: &[u8]) -> Result<(), ReadError> {
    let text = self::head(head);
    match text.find("<!ENTITY") {
        Some(at) => {
            let line = 1 + newlines(&text.as_bytes()[..at]);
            Err(ReadError::Entities { name: source.name.clone(), line })
        }
        None => Ok(()),
    }
}

/// Lists the items of a feed or an export.
///
/// # Errors
/// When it cannot be read, declares entities, or is damaged before its first item ends.
pub(super) fn list(
    source: &Source,
    kind: ContainerKind,
    selection: &Selection<'_>,
) -> Result<Opened, ReadError> {
    let (source, encoding) = convertible(source)?;
    let mut list = List {
        source: &source,
        encoding,
        kind,
        prefixes: BTreeMap::new(),
        file: backing(&source)?,
        meta: Meta::default(),
        editors: Vec::new(),
        authors: BTreeMap::new(),
        alternatives: BTreeMap::new(),
        items: Vec::new(),
        selection,
    };
    let error = list.walk().err();
    if list.items.is_empty()
        && let Some(error) = error
    {
        return Err(error);
    }
    let List { kind, prefixes, mut meta, editors, authors, alternatives, items, .. } = list;
    meta.byline = post::byline(&editors);
    let container = Container {
        kind,
        encoding: encoding.map(|e| e.name().to_owned()),
        prefixes,
        meta,
        authors,
        alternatives: Arc::new(alternatives),
    };
    // Exports are in the order of writing, feeds begin with what is new.
    let oldest_first = kind == ContainerKind::WordPress;
    let opened = opened(&source, container, items, oldest_first, selection);
    Ok(Opened { error, ..opened })
}

/// The source, with its bytes converted to UTF-8 where offsets into the file itself would not do; and the
/// encoding that it declares.
fn convertible(source: &Source) -> Result<(Source, Option<&'static Encoding>), ReadError> {
    let mut head = Vec::new();
    let failed = |e: io::Error| decode::io_error(&source.name, &e);
    backing(source)?.take(super::HEAD).read_to_end(&mut head).map_err(failed)?;
    let marked = Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let encoding = marked
        .or_else(|| decode::utf16_without_mark(&head))
        // A declaration that can be read byte by byte is not UTF-16, whatever it says.
        .or_else(|| decode::declared(&head).filter(|e| *e != UTF_16LE && *e != UTF_16BE));
    match encoding {
        Some(encoding) if encoding != UTF_8 && !encoding.is_single_byte() => {
            let bytes = decode::bounded(backing(source)?, &source.name, CONVERTED_MIB)?;
            let (text, _, _) = encoding.decode(&bytes);
            let held: Arc<[u8]> = text.into_owned().into_bytes().into();
            Ok((Source { held: Some(held), ..source.clone() }, None))
        }
        encoding => Ok((source.clone(), encoding)),
    }
}

/// A container while it is listed.
struct List<'a> {
    source: &'a Source,
    encoding: Option<&'static Encoding>,
    kind: ContainerKind,
    prefixes: BTreeMap<String, String>,
    /// For going back to an item that has been passed.
    file: Box<dyn Seekable>,
    meta: Meta,
    editors: Vec<String>,
    authors: BTreeMap<String, String>,
    alternatives: BTreeMap<u64, String>,
    items: Vec<Listed>,
    selection: &'a Selection<'a>,
}

impl List<'_> {
    fn damaged(&self, line: u32, reason: &str) -> ReadError {
        let after = match self.items.len() {
            0 => String::new(),
            1 => ", after its first item".to_owned(),
            n => format!(", after its {n} items before"),
        };
        ReadError::Damaged {
            name: self.source.name.clone(),
            what: self.kind.name(),
            reason: format!("line {line}{after}: {reason}"),
        }
    }

    fn walk(&mut self) -> Result<(), ReadError> {
        let mut reader = Reader::from_reader(Masked::new(backing(self.source)?));
        reader.config_mut().allow_dangling_amp = true;
        let mut buffer = Vec::new();
        let mut depth = 0_usize;
        loop {
            let (at, line) =
                (reader.buffer_position() + reader.get_ref().mark, reader.get_ref().line());
            reader.get_mut().allow(ITEM_MIB * 1024 * 1024);
            buffer.clear();
            let event = match reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(self.broken(&error, line)),
            };
            match event {
                Event::Start(tag) => {
                    if depth == 0 {
                        self.begin(&tag);
                    }
                    let name = known(tag.name().as_ref(), &self.prefixes);
                    depth += 1;
                    // Below the first element and, in RSS 2.0, the channel.
                    let whole = depth > 1 && !matches!(name.as_str(), "channel" | "items");
                    if whole {
                        self.pass(&mut reader, &mut buffer)?;
                        depth -= 1;
                        let end = reader.buffer_position() + reader.get_ref().mark;
                        self.element(&name, at..end, line)?;
                    }
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::DocType(text) => {
                    if let Some(at) = text.find("<!ENTITY") {
                        let line = line.saturating_add(newlines(&text.as_bytes()[..at]));
                        return Err(ReadError::Entities { name: self.source.name.clone(), line });
                    }
                }
                Event::Eof if depth > 0 => {
                    return Err(self.damaged(line, "it breaks off"));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// What the first element says: namespaces and language.
    fn begin(&mut self, tag: &BytesStart<'_>) {
        for attribute in tag.attributes().flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "xml:lang" if !value.trim().is_empty() => {
                    self.meta.language = Some(value.trim().to_owned());
                }
                key => {
                    let prefix = match key.strip_prefix("xmlns") {
                        Some("") => "",
                        Some(rest) => match rest.strip_prefix(':') {
                            Some(prefix) => prefix,
                            None => continue,
                        },
                        None => continue,
                    };
                    let known = known_namespace(value);
                    if known == Some("wp") {
                        self.kind = ContainerKind::WordPress;
                    }
                    // Without a prefix a feed's own elements stay what they are.
                    if let Some(known) = known.filter(|k| *k != "atom" || !prefix.is_empty())
                        && known != prefix
                    {
                        self.prefixes.insert(prefix.to_owned(), known.to_owned());
                    }
                }
            }
        }
    }

    /// Goes to the end of the element that has begun.
    fn pass<R: Read>(
        &self,
        reader: &mut Reader<Masked<R>>,
        buffer: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        let mut depth = 1_usize;
        while depth > 0 {
            let line = reader.get_ref().line();
            buffer.clear();
            match reader.read_event_into(buffer) {
                Ok(Event::Start(_)) if depth >= MAX_DEPTH => {
                    return Err(self.damaged(line, "elements are nested without reason"));
                }
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Eof) => {
                    return Err(self.damaged(line, "it breaks off"));
                }
                Ok(_) => {}
                Err(error) => return Err(self.broken(&error, line)),
            }
        }
        Ok(())
    }

    fn broken(&self, error: &quick_xml::Error, line: u32) -> ReadError {
        match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                let reason = format!("an item has more than {ITEM_MIB} MiB");
                self.damaged(line, &reason)
            }
            quick_xml::Error::Io(error) => decode::io_error(&self.source.name, error),
            // The parser saw the end of the file inside of something.
            quick_xml::Error::Syntax(_) => self.damaged(line, "it breaks off"),
            error => self.damaged(line, &error.to_string()),
        }
    }

    /// An element of the channel that has been passed: an item, or something about all of them.
    fn element(&mut self, name: &str, at: Range<u64>, line: u32) -> Result<(), ReadError> {
        const ABOUT: [&str; 8] = [
            "language",
            "dc:language",
            "wp:author",
            "author",
            "managingEditor",
            "dc:creator",
            "itunes:author",
            "atom:author",
        ];
        let item = matches!(name, "item" | "entry" | "atom:entry");
        if !item && !ABOUT.contains(&name) {
            return Ok(());
        }
        let bytes = read_at(self.file.as_mut(), at.start, at.end)
            .map_err(|e| decode::io_error(&self.source.name, &e))?;
        let (text, _) = decode::part(&bytes, self.encoding);
        let element = parse(&text, &self.prefixes).map_err(|e| self.damaged(line, &e))?;
        if !item {
            self.about(name, &element, &text);
            return Ok(());
        }
        let document = Document { text: &text, line };
        let post = match self.kind {
            ContainerKind::WordPress => wordpress::post(&element, &document, &self.authors),
            _ => feed::post(&element, &document),
        };
        if let Some((id, alternative)) = &post.alternative {
            self.alternatives.insert(*id, alternative.clone());
        }
        let verdict = post.verdict(self.selection);
        self.items.push(Listed::new(&post, Place::Bytes { range: at, line }, verdict));
        Ok(())
    }

    fn about(&mut self, name: &str, element: &Element, text: &str) {
        match name {
            "language" | "dc:language" => {
                let language = element.string(text).trim().replace('_', "-");
                if !language.is_empty() && self.meta.language.is_none() {
                    self.meta.language = Some(language);
                }
            }
            "wp:author" => {
                if let (Some(login), Some(name)) = (
                    element.child_string("wp:author_login", text),
                    element.child_string("wp:author_display_name", text),
                ) && let Some(name) = post::plain(&name)
                {
                    self.authors.insert(login.trim().to_owned(), name);
                }
            }
            _ if self.editors.is_empty() => self.editors.extend(feed::person(element, text)),
            _ => {}
        }
    }
}

/// Reads one item's bytes.
///
/// # Errors
/// What is wrong with it as XML.
pub(super) fn item(bytes: &[u8], line: u32, container: &Container) -> Result<Post, String> {
    let encoding = container.encoding.as_deref().and_then(|l| Encoding::for_label(l.as_bytes()));
    let (text, warning) = decode::part(bytes, encoding);
    let element = parse(&text, &container.prefixes)?;
    let document = Document { text: &text, line };
    let mut post = match container.kind {
        ContainerKind::WordPress => wordpress::post(&element, &document, &container.authors),
        _ => feed::post(&element, &document),
    };
    post.warnings.extend(warning);
    Ok(post)
}

/// The text that elements are parts of, and the line of its first byte.
pub(super) struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) line: u32,
}

/// An element, as ranges of its document.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Name, with the prefix by which its namespace is known.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What stands between its tags.
    pub(super) inner: Range<usize>,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    /// Its characters, with references decoded; of markup inside, the text only.
    pub(super) fn string(&self, text: &str) -> String {
        self.characters(&Document { text, line: 1 }).0
    }

    /// The characters of the first child of this name that has any.
    pub(super) fn child_string(&self, name: &str, text: &str) -> Option<String> {
        self.all(name).map(|c| c.string(text)).find(|s| !s.trim().is_empty())
    }

    /// Its characters, and the lines on which they stand.
    pub(super) fn characters(&self, document: &Document<'_>) -> (String, Vec<(usize, u32)>) {
        let inner = &document.text[self.inner.clone()];
        let before = &document.text[..self.inner.start];
        let mut line = document.line + newlines(before.as_bytes());
        let mut out = String::with_capacity(inner.len());
        let mut lines: Vec<(usize, u32)> = Vec::new();
        let mut reader = Reader::from_str(inner);
        reader.config_mut().allow_dangling_amp = true;
        reader.config_mut().check_end_names = false;
        let mut passed = 0;
        while let Ok(event) = reader.read_event() {
            let end = usize::try_from(reader.buffer_position()).unwrap_or(inner.len());
            let end = end.min(inner.len());
            // The line on which the event's own text begins.
            let verbatim: Option<&str> = match &event {
                Event::Text(text) => Some(text),
                Event::CData(text) => Some(text),
                _ => None,
            };
            if let Some(part) = verbatim {
                if lines.last().is_none_or(|(_, l)| *l != line) {
                    lines.push((out.len(), line));
                }
                for (at, _) in part.match_indices('\n') {
                    line += 1;
                    lines.push((out.len() + at + 1, line));
                }
                out.push_str(part);
            } else {
                if let Event::GeneralRef(reference) = &event {
                    if lines.last().is_none_or(|(_, l)| *l != line) {
                        lines.push((out.len(), line));
                    }
                    let written = format!("&{};", &**reference);
                    match entity::decode(&written) {
                        Some((characters, _)) => out.push_str(&characters),
                        None => out.push_str(&written),
                    }
                }
                line += newlines(&inner.as_bytes()[passed..end]);
            }
            passed = end;
            if event == Event::Eof {
                break;
            }
        }
        (out, lines)
    }

    /// What stands between its tags as it is, markup and all, and the lines on which it stands.
    pub(super) fn markup(&self, document: &Document<'_>) -> (String, Vec<(usize, u32)>) {
        let inner = &document.text[self.inner.clone()];
        let first = document.line + newlines(&document.text.as_bytes()[..self.inner.start]);
        let ends = inner.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).zip(first..).collect();
        (inner.to_owned(), lines)
    }
}

/// Reads the one element that `text` is.
pub(super) fn parse(text: &str, prefixes: &BTreeMap<String, String>) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = reader.read_event().map_err(|e| e.to_string())?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let element = |tag: &BytesStart<'_>| Element {
            name: known(tag.name().as_ref(), prefixes),
            attributes: attributes(tag),
            inner: end..end,
            children: Vec::new(),
        };
        let closed = match event {
            Event::Start(tag) if open.len() < MAX_DEPTH => {
                open.push(element(&tag));
                continue;
            }
            Event::Start(_) => return Err("elements are nested without reason".to_owned()),
            Event::Empty(tag) => Some(element(&tag)),
            Event::End(_) => open.pop().map(|mut element| {
                element.inner.end = start;
                element
            }),
            Event::Eof => return Err("it breaks off".to_owned()),
            _ => continue,
        };
        let Some(closed) = closed else { continue };
        match open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => return Ok(closed),
        }
    }
}

/// The attributes of a tag, references decoded.
pub(super) fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let value = |v: &str| entity::decode_all(v);
    let found = tag.attributes().flatten();
    found.map(|a| (a.key.as_ref().to_owned(), value(a.value.as_ref()))).collect()
}

/// A name with the prefix by which its namespace is known.
fn known(name: &str, prefixes: &BTreeMap<String, String>) -> String {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    match prefixes.get(prefix).map_or(prefix, String::as_str) {
        "" => local.to_owned(),
        known => format!("{known}:{local}"),
    }
}

fn known_namespace(uri: &str) -> Option<&'static str> {
    let uri = uri.trim();
    if let Some(version) = uri.strip_prefix("http://wordpress.org/export/") {
        return Some(if version.ends_with("/excerpt/") { "excerpt" } else { "wp" });
    }
    let found = NAMESPACES.iter().find(|(known, _)| known.eq_ignore_ascii_case(uri));
    found.map(|(_, prefix)| *prefix)
}

pub(super) fn newlines(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from(*b == b'\n')).sum()
}

/// A file of which only the ASCII is shown, with its lines counted, and with a limit to how much is read
/// at a time.
struct Masked<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    lines: u32,
    allowed: u64,
    /// Length of the byte order mark, which is not shown.
    mark: u64,
    begun: bool,
}

impl<R: Read> Masked<R> {
    fn new(inner: R) -> Self {
        let buffer = vec![0; 64 * 1024].into_boxed_slice();
        Self { inner, buffer, start: 0, end: 0, lines: 0, allowed: 0, mark: 0, begun: false }
    }

    /// The line of the next byte, from 1.
    fn line(&self) -> u32 {
        self.lines.saturating_add(1)
    }

    /// Lets `bytes` more be read.
    fn allow(&mut self, bytes: u64) {
        self.allowed = bytes;
    }
}

impl<R: Read> Read for Masked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Masked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            if self.allowed == 0 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            self.start = 0;
            self.end = self.inner.read(&mut self.buffer)?;
            if !std::mem::replace(&mut self.begun, true)
                && self.buffer[..self.end].starts_with(b"\xef\xbb\xbf")
            {
                self.start = 3;
                self.mark = 3;
            }
            for byte in &mut self.buffer[self.start..self.end] {
                if !byte.is_ascii() {
                    *byte = b'?';
                }
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, n: usize) {
        let until = (self.start + n).min(self.end);
        self.lines = self.lines.saturating_add(newlines(&self.buffer[self.start..until]));
        self.allowed = self.allowed.saturating_sub(n as u64);
        self.start = until;
    }
}
