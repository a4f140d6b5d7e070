//! Feeds and exports in XML: a first pass that finds the items, and the reading of one item.
//!
//! The first pass looks at markup only, so every byte beyond ASCII is hidden from it: what encoding a
//! file is in, or claims to be in, does not matter for where its items stand. Entities beyond those of
//! XML itself are never expanded, external ones never fetched; a file that declares any is refused.

mod element;
mod masked;

use std::{
    collections::BTreeMap,
    io::{self, Read},
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
    read::{ReadError, decode},
};

pub(super) use element::{Document, Element, parse};
use element::{known, known_namespace};
use masked::Masked;
pub(super) use masked::newlines;

/// No item is larger than this; something else is wrong with the file.
const ITEM_MIB: u64 = 64;

/// Files that have to be converted as a whole are not larger than this.
const CONVERTED_MIB: u64 = 256;

/// Elements nested deeper than this are none of a feed's.
const MAX_DEPTH: usize = 512;

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
