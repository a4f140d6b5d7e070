//! Files that hold several articles -> their items, each a source of its own; and one item -> its text.
//!
//! Opening a container reads it once from end to end, keeps where each item stands and what all of them
//! share, and lets go of the texts: an export of a gigabyte takes the memory of its list. Reading an
//! item later goes straight to its place. What an item's text is, is the readers' business again: a post
//! of an export is read by the reader of posts.

mod archive;
mod date;
mod docx;
mod epub;
mod feed;
mod json;
mod name;
mod post;
#[cfg(test)]
mod tests;
mod wordpress;
mod xml;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read, Seek, SeekFrom},
    sync::Arc,
};

use self::post::Post;
use super::{ReadError, Skipped, decode};
use crate::model::{Container, ContainerKind, Item, Place, Source, SourceText};

/// How much of the start of a file tells what it is, in bytes.
const HEAD: u64 = 8192;

/// No document is larger, pictures and all.
const ARCHIVE_MIB: u64 = 256;

/// Which items of a container are taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selection<'a> {
    /// Those that are not published too.
    pub(crate) drafts: bool,
    /// Types of WordPress posts.
    pub(crate) types: &'a [String],
    /// Only the item of this name, whatever it is.
    pub(crate) item: Option<&'a str>,
}

/// What a container holds.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    /// Its items, in its order.
    pub(crate) sources: Vec<Source>,
    /// Items that are not taken, with the reason.
    pub(crate) skipped: Vec<Skipped>,
    /// Why the list ends before the file does.
    pub(crate) error: Option<ReadError>,
}

/// What the first bytes of a file say.
#[derive(Debug, PartialEq, Eq)]
enum Sign {
    Zip,
    /// XML and the name of its first element, if that is near enough.
    Xml(Option<String>),
    Json,
    Other,
}

/// Looks into the file of `source`. `None` when it is no container, but may be an article; `text` says
/// that its name is that of a text, which may well begin with a bracket.
///
/// # Errors
/// Files that cannot be read; containers that are damaged, protected or hostile; XML, JSON and archives
/// that hold no articles.
pub(crate) fn open(
    source: &Source,
    text: bool,
    selection: &Selection<'_>,
) -> Result<Option<Opened>, ReadError> {
    let mut head = Vec::new();
    let failed = |e: io::Error| decode::io_error(&source.name, &e);
    match backing(source) {
        Ok(file) => file.take(HEAD).read_to_end(&mut head).map_err(failed)?,
        // Reading it says the same, in its place among the others.
        Err(_) => return Ok(None),
    };
    let extension = source.name.rsplit(['/', '\\']).next().and_then(|n| n.rsplit_once('.'));
    let extension = extension.map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let is = |e: &str| extension == e;
    let none = |what: &str| {
        Err(ReadError::NoArticles { name: source.name.clone(), what: what.to_owned() })
    };
    match sign(&head) {
        Sign::Zip => match archive::kind(source) {
            Ok(archive::Kind::Epub) => epub::list(source, selection).map(Some),
            Ok(archive::Kind::Other) if is("epub") || is("docx") => {
                none("a ZIP archive, but neither an EPUB nor a DOCX")
            }
            Err(error) if is("epub") || is("docx") => Err(error),
            _ => Ok(None),
        },
        Sign::Xml(root) => match root.as_deref().and_then(xml::kind_of_root) {
            Some(kind) => xml::list(source, kind, selection).map(Some),
            None if text || matches!(root.as_deref(), Some("html" | "speak")) => Ok(None),
            None => {
                xml::refuse_entities(source, &head)?;
                let root = root.unwrap_or_default();
                none(&format!("XML, but no feed or export: it begins with <{root}>"))
            }
        },
        Sign::Json if !text => match json::list(source, selection) {
            // A text may begin with a bracket too.
            Err(_) if !is("json") => Ok(None),
            listed => listed.map(Some),
        },
        _ if is("epub") || is("docx") => none("named like a document, but no ZIP archive"),
        _ if is("json") => none("named .json, but no JSON"),
        _ if is("xml") || is("rss") || is("atom") => none("named like a feed, but no XML"),
        _ => Ok(None),
    }
}

/// The text of one item.
///
/// # Errors
/// When the file cannot be read, or no longer holds the item where it was.
pub(crate) fn load(source: &Source, item: &Item) -> Result<SourceText, ReadError> {
    match &item.place {
        Place::Bytes { range, line } => {
            let bytes = slice(source, range.start, range.end)?;
            let post = match item.container.kind {
                ContainerKind::WordPressJson | ContainerKind::JsonFeed => {
                    json::item(&bytes, *line, &item.container)
                }
                _ => xml::item(&bytes, *line, &item.container),
            };
            let post = post.map_err(|_| ReadError::Changed(source.name.clone()))?;
            post.into_text(source, &bytes, &item.container)
        }
        Place::Entry { path, title } => epub::chapter(source, path, title.as_deref(), item),
    }
}

/// The text of a document in an archive (DOCX); `None` when the bytes are none.
///
/// # Errors
/// A DOCX that is damaged, protected or hostile.
pub(crate) fn document(name: &str, bytes: &[u8]) -> Result<Option<SourceText>, ReadError> {
    if sign(&bytes[..bytes.len().min(4)]) != Sign::Zip {
        return Ok(None);
    }
    let source = Source { name: name.to_owned(), ..Source::standard_input(bytes) };
    match archive::kind(&source) {
        Ok(archive::Kind::Docx) => docx::text(&source).map(Some),
        Ok(archive::Kind::Epub) => Err(ReadError::NoArticles {
            name: name.to_owned(),
            what: "an EPUB that was none when the run began".to_owned(),
        }),
        _ => Ok(None),
    }
}

/// What is read from and gone to.
trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// The bytes behind a source.
fn backing(source: &Source) -> Result<Box<dyn Seekable>, ReadError> {
    match (&source.held, &source.path) {
        (Some(bytes), _) => Ok(Box::new(io::Cursor::new(Arc::clone(bytes)))),
        (None, Some(path)) => Ok(Box::new(decode::open(path, &source.name)?)),
        (None, None) => Ok(Box::new(io::Cursor::new(decode::standard_input()?))),
    }
}

/// Bytes `start..end` of a source's file.
fn slice(source: &Source, start: u64, end: u64) -> Result<Vec<u8>, ReadError> {
    let mut file = backing(source)?;
    read_at(file.as_mut(), start, end).map_err(|e| match e.kind() {
        io::ErrorKind::UnexpectedEof => ReadError::Changed(source.name.clone()),
        _ => decode::io_error(&source.name, &e),
    })
}

/// All bytes of a source's file, which is an archive and no larger than one may be.
fn slice_all(source: &Source) -> Result<Vec<u8>, ReadError> {
    decode::bounded(backing(source)?, &source.name, ARCHIVE_MIB)
}

fn read_at(file: &mut dyn Seekable, start: u64, end: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn sign(head: &[u8]) -> Sign {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Sign::Zip;
    }
    let text = xml::head(head);
    let text = text.trim_start();
    match text.as_bytes().first() {
        Some(b'<') => {
            let root = xml::root(text);
            let declared = text.starts_with("<?xml") || text.starts_with("<!DOCTYPE");
            if root.is_some() || declared { Sign::Xml(root) } else { Sign::Other }
        }
        Some(b'{' | b'[') => Sign::Json,
        _ => Sign::Other,
    }
}

/// What becomes of an item in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Take,
    /// Passed over, for this reason.
    Skip(String),
    /// Passed over with the others of its type, which are no articles.
    Count(String),
}

/// An item as it is met while its container is listed.
#[derive(Debug)]
struct Listed {
    /// The name that it would like.
    key: String,
    /// What tells it from all others, if anything does.
    identity: String,
    /// What tells its text from others.
    digest: u64,
    place: Place,
    verdict: Verdict,
}

impl Listed {
    fn new(post: &Post, place: Place, verdict: Verdict) -> Self {
        let (key, identity) = (post.key.clone(), post.identity.clone());
        let mut digest = DefaultHasher::new();
        (&post.meta.title, &post.content).hash(&mut digest);
        Self { key, identity, digest: digest.finish(), place, verdict }
    }
}

/// Passes over items that are there once more: the same id, the same title and the same text. The same id
/// with another text is a feed that does not know what ids are for, and no reason to lose an article.
fn without_repeats(listed: &mut [Listed]) {
    let mut seen: HashSet<(&str, u64)> = HashSet::with_capacity(listed.len());
    let repeats: Vec<usize> = listed
        .iter()
        .enumerate()
        .filter(|(_, l)| l.verdict == Verdict::Take && !l.identity.is_empty())
        .filter(|(_, l)| !seen.insert((l.identity.as_str(), l.digest)))
        .map(|(index, _)| index)
        .collect();
    for index in repeats {
        listed[index].verdict = Verdict::Skip("the same item once more".to_owned());
    }
}

/// The sources of a container's items, under names that stay theirs. `oldest_first` says at which end of
/// the list a container adds items: of two that would like the same name, the older one has it.
fn opened(
    source: &Source,
    container: Container,
    mut listed: Vec<Listed>,
    oldest_first: bool,
    selection: &Selection<'_>,
) -> Opened {
    without_repeats(&mut listed);
    let mut opened = Opened::default();
    let kind = container.kind;
    let none = listed.is_empty();
    let container = Arc::new(container);
    let wishes: Vec<(&str, &str)> =
        listed.iter().map(|l| (l.key.as_str(), l.identity.as_str())).collect();
    let names = name::unique(&wishes, oldest_first);
    let mut counted: Vec<(String, usize)> = Vec::new();
    for (listed, name) in listed.into_iter().zip(names) {
        let verdict = match selection.item {
            Some(item) if item == name => Verdict::Take,
            Some(_) => continue,
            None => listed.verdict,
        };
        let name = format!("{}#{name}", source.name);
        match verdict {
            Verdict::Take => opened.sources.push(Source {
                name,
                item: Some(Item { place: listed.place, container: Arc::clone(&container) }),
                ..source.clone()
            }),
            Verdict::Skip(reason) => opened.skipped.push(Skipped { name, reason }),
            Verdict::Count(what) => match counted.iter_mut().find(|(w, _)| *w == what) {
                Some((_, n)) => *n += 1,
                None => counted.push((what, 1)),
            },
        }
    }
    opened.skipped.extend(counted.into_iter().map(|(what, n)| Skipped {
        name: source.name.clone(),
        reason: format!("{n} of type {what}, no articles; --types {what} takes them"),
    }));
    if none && selection.item.is_none() {
        let reason = format!("{} without items", kind.name());
        opened.skipped.push(Skipped { name: source.name.clone(), reason });
    }
    opened
}
