//! One item of a feed or an export as a tree of elements.

use std::{collections::BTreeMap, ops::Range};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{MAX_DEPTH, newlines};
use crate::read::html::entity;

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

/// The text that elements are parts of, and the line of its first byte.
pub(in crate::read::container) struct Document<'a> {
    pub(in crate::read::container) text: &'a str,
    pub(in crate::read::container) line: u32,
}

/// An element, as ranges of its document.
#[derive(Debug, Default)]
pub(in crate::read::container) struct Element {
    /// Name, with the prefix by which its namespace is known.
    pub(in crate::read::container) name: String,
    attributes: Vec<(String, String)>,
    /// What stands between its tags.
    pub(in crate::read::container) inner: Range<usize>,
    pub(in crate::read::container) children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub(in crate::read::container) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The children of this name.
    pub(in crate::read::container) fn all<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first child of this name.
    pub(in crate::read::container) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    /// Its characters, with references decoded; of markup inside, the text only.
    pub(in crate::read::container) fn string(&self, text: &str) -> String {
        self.characters(&Document { text, line: 1 }).0
    }

    /// The characters of the first child of this name that has any.
    pub(in crate::read::container) fn child_string(
        &self,
        name: &str,
        text: &str,
    ) -> Option<String> {
        self.all(name).map(|c| c.string(text)).find(|s| !s.trim().is_empty())
    }

    /// Its characters, and the lines on which they stand.
    pub(in crate::read::container) fn characters(
        &self,
        document: &Document<'_>,
    ) -> (String, Vec<(usize, u32)>) {
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
    pub(in crate::read::container) fn markup(
        &self,
        document: &Document<'_>,
    ) -> (String, Vec<(usize, u32)>) {
        let inner = &document.text[self.inner.clone()];
        let first = document.line + newlines(&document.text.as_bytes()[..self.inner.start]);
        let ends = inner.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).zip(first..).collect();
        (inner.to_owned(), lines)
    }
}

/// Reads the one element that `text` is.
pub(in crate::read::container) fn parse(
    text: &str,
    prefixes: &BTreeMap<String, String>,
) -> Result<Element, String> {
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
fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let value = |v: &str| entity::decode_all(v);
    let found = tag.attributes().flatten();
    found.map(|a| (a.key.as_ref().to_owned(), value(a.value.as_ref()))).collect()
}

/// A name with the prefix by which its namespace is known.
pub(in crate::read::container) fn known(name: &str, prefixes: &BTreeMap<String, String>) -> String {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    match prefixes.get(prefix).map_or(prefix, String::as_str) {
        "" => local.to_owned(),
        known => format!("{known}:{local}"),
    }
}

pub(in crate::read::container) fn known_namespace(uri: &str) -> Option<&'static str> {
    let uri = uri.trim();
    if let Some(version) = uri.strip_prefix("http://wordpress.org/export/") {
        return Some(if version.ends_with("/excerpt/") { "excerpt" } else { "wp" });
    }
    let found = NAMESPACES.iter().find(|(known, _)| known.eq_ignore_ascii_case(uri));
    found.map(|(_, prefix)| *prefix)
}
