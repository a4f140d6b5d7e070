//! XML text -> its nodes, each with its byte range, or a fault with its place.
//!
//! Strict where the standard is strict, on top of quick-xml: one root, every tag closed, no unknown
//! entity. Declarations inside a document type are refused, and one that is named is never fetched: no
//! entity can be declared, and none can grow. Separate because several stages read XML formats and none of them is about XML.

use std::ops::Range;

use quick_xml::{
    events::{BytesStart, Event},
    name::ResolveResult,
    reader::NsReader,
};

use crate::model::LineIndex;

/// More elements inside one another than this are hostile.
const DEEPEST: usize = 256;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `<name ...>`, or `<name .../>` (an [`Node::End`] follows either way).
    Start(Element),
    /// `</name>`.
    End,
    /// Characters, references resolved. Text and a reference beside it are nodes of their own.
    Text(String),
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Name without its prefix.
    pub name: String,
    /// The namespace it is in, or its prefix when that is not declared.
    pub namespace: Option<String>,
    /// Names as written, prefix included, with their values.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of the attribute `name`, as written, without white space at its ends.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }
}

/// What is wrong with a document, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset.
    pub at: usize,
    /// Lower case, no full stop.
    pub reason: String,
}

impl Fault {
    /// A fault at byte `at`.
    pub fn new(at: usize, reason: impl Into<String>) -> Self {
        Self { at, reason: reason.into() }
    }
}

/// Line and column of byte `at`, both from 1; columns are characters.
#[must_use]
pub fn place(text: &str, lines: &LineIndex, at: usize) -> (u32, u32) {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let column = text[start..at].chars().count() + 1;
    (lines.line(at), u32::try_from(column).unwrap_or(u32::MAX))
}

/// Walks over a document once.
pub struct Document<'a> {
    text: &'a str,
    reader: NsReader<&'a [u8]>,
    /// Offsets of the open elements' tags.
    open: Vec<usize>,
    /// Whether the root has been closed.
    done: bool,
    /// The end of an element without content is still to come.
    closing: Option<Range<usize>>,
}

impl<'a> Document<'a> {
    /// Begins at the start of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let reader = NsReader::from_str(text);
        Self { text, reader, open: Vec::new(), done: false, closing: None }
    }

    /// How many elements are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next node and its byte range; `None` at the end of a document that is whole.
    ///
    /// # Errors
    /// The first fault. After it nothing more can be read.
    #[expect(clippy::should_implement_trait, reason = "an iterator would go on after a fault")]
    pub fn next(&mut self) -> Result<Option<(Node, Range<usize>)>, Fault> {
        if let Some(range) = self.closing.take() {
            self.close();
            return Ok(Some((Node::End, range)));
        }
        loop {
            let start = self.position();
            let event = self.reader.read_event();
            let event = event.map_err(|e| {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(start);
                Fault::new(at, lower(&e.to_string()))
            })?;
            let range = start..self.position();
            let node = match event {
                Event::Start(tag) => Node::Start(self.start(&tag, start)?),
                Event::Empty(tag) => {
                    let element = self.start(&tag, start)?;
                    self.closing = Some(range.clone());
                    Node::Start(element)
                }
                Event::End(_) => {
                    self.close();
                    Node::End
                }
                Event::Text(text) => {
                    let text = text.into_inner().into_owned();
                    if self.open.is_empty()
                        && text.trim_matches(is_space).trim_start_matches('\u{feff}').is_empty()
                    {
                        continue;
                    }
                    self.characters(&text, start)?;
                    Node::Text(text)
                }
                Event::CData(text) => {
                    let text = text.into_inner().into_owned();
                    self.characters(&text, start)?;
                    Node::Text(text)
                }
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content().into_owned();
                    let character = reference
                        .resolve_char_ref()
                        .map_err(|_| Fault::new(start, format!("&{name}; is no character")))?;
                    let text = match character {
                        Some(c) => c.to_string(),
                        None => predefined(&name)
                            .map(str::to_owned)
                            .ok_or_else(|| unknown(start, &name))?,
                    };
                    self.characters(&text, start)?;
                    Node::Text(text)
                }
                Event::DocType(declaration) if declaration.contains('[') => {
                    let reason = "declarations inside <!DOCTYPE ...> are refused: they can declare entities \
                                  that grow or reach for files; take them out";
                    return Err(Fault::new(start, reason));
                }
                Event::DocType(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => continue,
                Event::Eof => return self.end(),
            };
            return Ok(Some((node, range)));
        }
    }

    /// What is between two tags, as it is written.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len())
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<Element, Fault> {
        if self.done {
            return Err(Fault::new(at, "a second root element; a document has one"));
        }
        if self.open.len() >= DEEPEST {
            return Err(Fault::new(at, format!("more than {DEEPEST} elements inside one another")));
        }
        if let Some(offset) = tag.find('<') {
            let reason =
                "'<' inside of a tag; close the tag before it, or write &lt; in an attribute";
            return Err(Fault::new(at + 1 + offset, reason));
        }
        let (namespace, local) = self.reader.resolver().resolve_element(tag.name());
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => Some(namespace.into_inner().to_owned()),
            ResolveResult::Unbound => None,
            // Vendors' elements are often used without their declaration: whose they are is plain enough.
            ResolveResult::Unknown(prefix) => Some(prefix),
        };
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| Fault::new(at, lower(&e.to_string())))?;
            let name = attribute.key.into_inner().to_owned();
            let raw = &attribute.value;
            let value = quick_xml::escape::unescape_with(raw, predefined).map_err(|e| {
                Fault::new(at, format!("attribute {name}: {}", lower(&e.to_string())))
            })?;
            allowed(&value, at)?;
            attributes.push((name, value.replace(['\n', '\r', '\t'], " ")));
        }
        self.open.push(at);
        Ok(Element { name: local.into_inner().to_owned(), namespace, attributes })
    }

    fn close(&mut self) {
        self.open.pop();
        self.done = self.open.is_empty();
    }

    /// Refuses text outside of the root, and characters that XML does not have.
    fn characters(&self, text: &str, at: usize) -> Result<(), Fault> {
        if self.open.is_empty() {
            return Err(Fault::new(at, "text outside of the root element"));
        }
        allowed(text, at)
    }

    fn end(&self) -> Result<Option<(Node, Range<usize>)>, Fault> {
        match self.open.last() {
            Some(at) => {
                let name: String = self.text[*at..]
                    .chars()
                    .skip(1)
                    .take_while(|c| !is_space(*c) && !matches!(c, '>' | '/'))
                    .collect();
                Err(Fault::new(*at, format!("<{name}> is not closed")))
            }
            None if !self.done => Err(Fault::new(self.text.len(), "there is no root element")),
            None => Ok(None),
        }
    }
}

/// Refuses characters that XML does not have.
fn allowed(text: &str, at: usize) -> Result<(), Fault> {
    let wrong = |c: char| (c < ' ' && !is_space(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    match text.char_indices().find(|(_, c)| wrong(*c)) {
        Some((offset, c)) => {
            let code = u32::from(c);
            Err(Fault::new(
                at + offset,
                format!("the character U+{code:04X} is not allowed in XML"),
            ))
        }
        None => Ok(()),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The entities that XML itself has.
fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => return None,
    })
}

fn unknown(at: usize, name: &str) -> Fault {
    Fault::new(at, format!("the entity &{name}; is not known in XML; write the character itself"))
}

/// A library's message in our style.
fn lower(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    let first: String = characters.next().into_iter().flat_map(char::to_lowercase).collect();
    first + characters.as_str()
}

/// `text` as the content of an element or of an attribute in double quotes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            // XML has no way to write these.
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Node>, Fault> {
        let mut document = Document::new(text);
        let mut nodes = Vec::new();
        while let Some((node, range)) = document.next()? {
            assert!(text.get(range).is_some());
            nodes.push(node);
        }
        Ok(nodes)
    }

    #[test]
    fn nodes_in_order() {
        let text = "<?xml version=\"1.0\"?>\n<a xmlns=\"urn:x\" b='&lt;1'>t&amp;&#65;<!-- c --><p:d xmlns:p='urn:y'/><![CDATA[<&]]></a>\n";
        let nodes = read(text).expect("it is well-formed");
        let shown: Vec<String> = nodes
            .iter()
            .map(|node| match node {
                Node::Start(e) => format!(
                    "{}:{} {:?}",
                    e.namespace.as_deref().unwrap_or("-"),
                    e.name,
                    e.attribute("b")
                ),
                Node::End => "/".into(),
                Node::Text(t) => t.clone(),
            })
            .collect();
        assert_eq!(shown, ["urn:x:a Some(\"<1\")", "t", "&", "A", "urn:y:d None", "/", "<&", "/"]);
    }

    #[test]
    fn faults_are_where_they_are() {
        let deep = "<a>".repeat(300);
        for (text, at, reason) in [
            ("<a><b></a>", 6, "expected `</b>`, but `</a>` was found"),
            ("<a><b></b>", 0, "<a> is not closed"),
            ("<a>x", 0, "<a> is not closed"),
            ("<a/>x", 4, "text outside of the root element"),
            ("<a/><b/>", 4, "a second root element"),
            ("", 0, "there is no root element"),
            ("just text", 0, "text outside of the root element"),
            ("<a>&nbsp;</a>", 3, "the entity &nbsp; is not known"),
            ("<a b='&x;'/>", 0, "attribute b"),
            ("<a b='1' b='2'/>", 0, "duplicated attribute"),
            ("<a b=1/>", 0, "attribute value must be enclosed"),
            ("<a b='1<2'/>", 7, "'<' inside of a tag"),
            ("<a>8 <bre:ak`<s^@=m\"1s\"/></a>", 13, "'<' inside of a tag"),
            ("<a>\u{1}</a>", 3, "U+0001"),
            ("<a>&#1;</a>", 3, "U+0001"),
            ("<a><b", 3, "not closed"),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", 0, "declarations inside <!DOCTYPE"),
            (
                "<!DOCTYPE a SYSTEM \"file:///etc/hosts\"><a>&b;</a>",
                42,
                "the entity &b; is not known",
            ),
            (&deep, 256 * 3, "256 elements"),
        ] {
            let fault = read(text).expect_err(text);
            assert!(fault.reason.contains(reason), "{text}: {fault:?}");
            assert_eq!(fault.at, at, "{text}: {fault:?}");
        }
    }

    #[test]
    fn places_count_lines_and_characters() {
        let text = "ä\nöü<";
        let lines = LineIndex::new(text);
        assert_eq!(place(text, &lines, 0), (1, 1));
        assert_eq!(place(text, &lines, text.len() - 1), (2, 3));
    }
}
