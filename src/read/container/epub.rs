//! EPUB: every document of the reading order is a chapter.
//!
//! The package document says which files the book has and in what order they are read; its table of
//! contents (the navigation document of EPUB 3, the NCX of EPUB 2) what the chapters are called. Covers
//! and tables of contents are no chapters.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Listed, Opened, Place, Selection, Verdict,
    archive::{self, Archive},
    name, opened, post,
    xml::{self, Element},
};
use crate::{
    model::{Container, ContainerKind, Format, Item, Known, Meta, Source, SourceText},
    read::{ReadError, decode},
};

const WHAT: &str = "an EPUB";

/// Lists the chapters of a book.
///
/// # Errors
/// When it is damaged, or protected by its publisher.
pub(super) fn list(source: &Source, selection: &Selection<'_>) -> Result<Opened, ReadError> {
    let mut archive = Archive::open(source, WHAT)?;
    let book = Book::open(&mut archive)?;
    let listed = book.spine.iter().map(|document| {
        let verdict = if document.auxiliary {
            Verdict::Skip("outside the reading order".to_owned())
        } else if book.covers.contains(&document.path) {
            Verdict::Skip("the cover".to_owned())
        } else if book.contents.contains(&document.path) {
            Verdict::Skip("the table of contents".to_owned())
        } else if !archive.has(&document.path) {
            Verdict::Skip("missing from the archive".to_owned())
        } else {
            Verdict::Take
        };
        let stem = stem(&document.path);
        let key = name::clean(stem);
        Listed {
            key: if key.is_empty() { "chapter".to_owned() } else { key },
            identity: document.path.clone(),
            digest: 0,
            place: Place::Entry {
                path: document.path.clone(),
                title: book.titles.get(&document.path).cloned(),
            },
            verdict,
        }
    });
    let listed: Vec<Listed> = listed.collect();
    if book.locked.iter().any(|path| book.spine.iter().any(|d| d.path == *path)) {
        return Err(ReadError::Protected { name: source.name.clone() });
    }
    let container = Container {
        kind: ContainerKind::Epub,
        encoding: None,
        prefixes: BTreeMap::new(),
        meta: book.meta,
        authors: BTreeMap::new(),
        alternatives: Arc::default(),
    };
    Ok(opened(source, container, listed, true, selection))
}

/// The text of one chapter.
///
/// # Errors
/// When it cannot be read from the archive, or is no text.
pub(super) fn chapter(
    source: &Source,
    path: &str,
    title: Option<&str>,
    item: &Item,
) -> Result<SourceText, ReadError> {
    let mut archive = Archive::open(source, WHAT)?;
    let bytes = archive.read(path)?.ok_or_else(|| ReadError::Changed(source.name.clone()))?;
    if bytes.contains(&0) && encoding_rs::Encoding::for_bom(&bytes).is_none() {
        return Err(archive.damaged(format!("{path} is no text")));
    }
    let text = archive::text(&bytes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty(source.name.clone()));
    }
    if let Some(at) = text.find("<!ENTITY") {
        let line = 1 + xml::newlines(&text.as_bytes()[..at]);
        return Err(ReadError::Entities { name: source.name.clone(), line });
    }
    let mut loaded = SourceText::new(text, Format::Chapter, decode::sha256(&bytes));
    let title = title.map(str::to_owned);
    let file = source.name.rsplit_once('#').map_or(source.name.as_str(), |(file, _)| file);
    let chapter = title.as_deref().map(name::of_title).filter(|t| !t.is_empty());
    let chapter = chapter.unwrap_or_else(|| stem(path).to_owned());
    let book = if file == "-" { "book" } else { stem(file) };
    let slug = Some(format!("{book}-{chapter}"));
    let meta = Meta { title, slug, ..Meta::default() };
    loaded.given = Known { meta: meta.or(item.container.meta.clone()), ..Known::default() };
    Ok(loaded)
}

/// What the package document and the table of contents say.
#[derive(Default)]
struct Book {
    meta: Meta,
    spine: Vec<Document>,
    /// Titles of documents.
    titles: BTreeMap<String, String>,
    covers: BTreeSet<String>,
    contents: BTreeSet<String>,
    /// Files that are encrypted.
    locked: BTreeSet<String>,
}

struct Document {
    /// Name of its entry.
    path: String,
    /// Not part of the reading order proper.
    auxiliary: bool,
}

impl Book {
    fn open(archive: &mut Archive) -> Result<Self, ReadError> {
        let container = parsed(archive, "META-INF/container.xml")?
            .ok_or_else(|| archive.damaged("it has no META-INF/container.xml"))?;
        let package = descendants(&container.0, "rootfile")
            .iter()
            .find_map(|e| e.attribute("full-path"))
            .map(str::to_owned)
            .ok_or_else(|| archive.damaged("META-INF/container.xml names no package document"))?;
        let (opf, text) = parsed(archive, &package)?
            .ok_or_else(|| archive.damaged(format!("{package} is missing")))?;
        let mut book = Self { meta: meta(&opf, &text), ..Self::default() };
        let manifest: BTreeMap<&str, &Element> = descendants(&opf, "item")
            .into_iter()
            .filter_map(|item| Some((item.attribute("id")?, item)))
            .collect();
        let path = |item: &Element| item.attribute("href").map(|href| resolve(&package, href));
        for reference in descendants(&opf, "itemref") {
            let item = reference.attribute("idref").and_then(|id| manifest.get(id));
            let Some(path) = item.and_then(|i| path(i)) else { continue };
            let auxiliary = reference.attribute("linear") == Some("no");
            if book.spine.iter().all(|d| d.path != path) {
                book.spine.push(Document { path, auxiliary });
            }
        }
        if book.spine.is_empty() {
            return Err(archive.damaged(format!("{package} has no reading order")));
        }
        let has = |item: &Element, property: &str| {
            let properties = item.attribute("properties").unwrap_or_default();
            properties.split_ascii_whitespace().any(|p| p == property)
        };
        let nav = manifest.values().find(|i| has(i, "nav")).and_then(|i| path(i));
        let ncx = manifest
            .values()
            .find(|i| i.attribute("media-type") == Some("application/x-dtbncx+xml"))
            .and_then(|i| path(i));
        // A reference to a place inside a document says nothing of the whole of it.
        let mut reference = |kind: &str, base: &str, href: &str| {
            if href.contains('#') || book.spine.len() < 2 {
                return;
            }
            match kind {
                "cover" => book.covers.insert(resolve(base, href)),
                "toc" => book.contents.insert(resolve(base, href)),
                _ => false,
            };
        };
        for element in descendants(&opf, "reference") {
            if let (Some(kind), Some(href)) = (element.attribute("type"), element.attribute("href"))
            {
                reference(kind, &package, href);
            }
        }
        if let Some(ncx) = ncx
            && let Ok(Some((root, text))) = parsed(archive, &ncx)
        {
            book.ncx(&ncx, &root, &text);
        }
        if let Some(nav) = nav {
            if let Ok(Some((root, text))) = parsed(archive, &nav) {
                book.navigation(&nav, &root, &text);
            }
            if book.spine.len() > 1 {
                book.contents.insert(nav);
            }
        }
        for document in &book.spine {
            if matches!(stem(&document.path).to_lowercase().as_str(), "cover" | "coverpage") {
                book.covers.insert(document.path.clone());
            }
        }
        if let Ok(Some((root, _))) = parsed(archive, "META-INF/encryption.xml") {
            let locked = descendants(&root, "CipherReference");
            let locked = locked.iter().filter_map(|e| e.attribute("URI"));
            book.locked = locked.map(|uri| resolve("", uri)).collect();
        }
        Ok(book)
    }

    /// Titles by an NCX.
    fn ncx(&mut self, path: &str, root: &Element, text: &str) {
        for point in descendants(root, "navPoint") {
            let own = |name: &str| point.children.iter().find(|c| local(&c.name) == name);
            let label = own("navLabel").and_then(|l| post::plain(&characters(l, text)));
            let target = own("content").and_then(|c| c.attribute("src"));
            if let (Some(label), Some(target)) = (label, target) {
                self.titles.entry(resolve(path, target)).or_insert(label);
            }
        }
    }

    /// Titles and landmarks by a navigation document.
    fn navigation(&mut self, path: &str, root: &Element, text: &str) {
        for nav in descendants(root, "nav") {
            let kind = nav.attribute("epub:type").or(nav.attribute("role")).unwrap_or_default();
            let links = descendants(nav, "a");
            for link in links {
                let Some(href) = link.attribute("href") else { continue };
                let target = resolve(path, href);
                if kind.contains("toc") {
                    if let Some(label) = post::plain(&characters(link, text)) {
                        self.titles.entry(target).or_insert(label);
                    }
                } else if kind.contains("landmarks") && !href.contains('#') && self.spine.len() > 1
                {
                    match link.attribute("epub:type") {
                        Some("cover") => self.covers.insert(target),
                        Some("toc") => self.contents.insert(target),
                        _ => false,
                    };
                }
            }
        }
    }
}

/// The metadata that all chapters share.
fn meta(opf: &Element, text: &str) -> Meta {
    let strings = |name: &str| -> Vec<String> {
        let found = descendants(opf, name);
        found.iter().filter_map(|e| post::plain(&characters(e, text))).collect()
    };
    Meta {
        byline: post::byline(&strings("creator")),
        language: strings("language").into_iter().next().map(|l| l.replace('_', "-")),
        date: strings("date").into_iter().next(),
        ..Meta::default()
    }
}

/// An XML file of the archive, and its text; `None` when it is not there.
fn parsed(archive: &mut Archive, path: &str) -> Result<Option<(Element, String)>, ReadError> {
    let Some(text) = archive.text(path)? else { return Ok(None) };
    match xml::parse(&text, &BTreeMap::new()) {
        Ok(root) => Ok(Some((root, text))),
        Err(reason) => Err(archive.damaged(format!("{path}: {reason}"))),
    }
}

/// All elements of this name below `element`, in order, whatever their prefix.
fn descendants<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    let mut open: Vec<&Element> = element.children.iter().rev().collect();
    while let Some(element) = open.pop() {
        if local(&element.name) == name {
            found.push(element);
        }
        open.extend(element.children.iter().rev());
    }
    found
}

/// The characters of an element and of all below it.
fn characters(element: &Element, text: &str) -> String {
    element.string(text)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The name of a file without folders and extension.
fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The entry that `href`, in the entry `base`, leads to. Steps upwards end at the archive's own top.
fn resolve(base: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = name::percent_decoded(href);
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if href.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').filter(|p| !p.is_empty()).collect()
    };
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_archive() {
        for (base, href, expected) in [
            ("OEBPS/content.opf", "text/one.xhtml#top", "OEBPS/text/one.xhtml"),
            ("OEBPS/nav/nav.xhtml", "../text/one.xhtml", "OEBPS/text/one.xhtml"),
            ("content.opf", "../../../etc/passwd", "etc/passwd"),
            ("OEBPS/content.opf", "/one.xhtml", "one.xhtml"),
            ("OEBPS/content.opf", "a%20b.xhtml", "OEBPS/a b.xhtml"),
        ] {
            assert_eq!(resolve(base, href), expected);
        }
    }
}
