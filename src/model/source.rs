//! Where an article comes from, and its text once decoded.

use std::{collections::BTreeMap, ops::Range, path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{LineIndex, Meta, Warning};

/// One article's origin: a file, or one item of a file that holds many. It holds no text of its own: a
/// batch may have millions.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What people see: the path as given or as found below a given folder, with `/`; `-` for
    /// standard input. Of an item, its file's name, `#`, and the item's own slug or id: the same in
    /// every build, whatever items come and go.
    pub name: String,
    /// The file; `None` is standard input.
    pub path: Option<PathBuf>,
    /// Whether a person named this very file. A named file is never skipped in silence.
    pub named: bool,
    /// Bytes to be read instead of `path`: standard input, which can be read only once, and files whose
    /// encoding has no byte offsets that mean anything. All items of a file share them.
    pub held: Option<Arc<[u8]>>,
    /// Which item of the file it is; `None` when the file is one article.
    pub item: Option<Item>,
}

impl Source {
    /// A file that is one article.
    #[must_use]
    pub fn file(name: impl Into<String>, path: impl Into<PathBuf>, named: bool) -> Self {
        let (name, path) = (name.into(), Some(path.into()));
        Self { name, path, named, held: None, item: None }
    }

    /// Standard input, as it was read.
    #[must_use]
    pub fn standard_input(bytes: impl Into<Arc<[u8]>>) -> Self {
        let held = Some(bytes.into());
        Self { name: "-".to_owned(), path: None, named: true, held, item: None }
    }

    /// The name of the item within its container; `None` when the file is one article.
    #[must_use]
    pub fn item_name(&self) -> Option<&str> {
        self.item.as_ref()?;
        self.name.rsplit_once('#').map(|(_, name)| name)
    }
}

/// One article of a file that holds several.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where it stands.
    pub place: Place,
    /// What it has in common with the others.
    pub container: Arc<Container>,
}

/// Where an item stands in its container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a text.
    Bytes {
        /// Of the file (or of what is held instead).
        range: Range<u64>,
        /// Line of its first byte, from 1.
        line: u32,
    },
    /// In an archive.
    Entry {
        /// Name of the entry.
        path: String,
        /// Its title by the container's table of contents.
        title: Option<String>,
    },
}

/// What all items of a container have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Container {
    /// Its format.
    pub kind: ContainerKind,
    /// Label of the encoding that it declares, if it does.
    pub encoding: Option<String>,
    /// Names that stand for namespaces in it: prefix as written, prefix by which it is known.
    pub prefixes: BTreeMap<String, String>,
    /// What it says of all items that do not say otherwise: language, authors, date.
    pub meta: Meta,
    /// Names by which authors want to be shown, by login.
    pub authors: BTreeMap<String, String>,
    /// Alternative texts of its pictures, by id.
    pub alternatives: Arc<BTreeMap<u64, String>>,
}

/// Formats of files that hold several articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContainerKind {
    /// A WordPress export (WXR).
    WordPress,
    /// An RSS feed.
    Rss,
    /// An Atom feed.
    Atom,
    /// Posts as the WordPress REST API gives them.
    WordPressJson,
    /// A JSON Feed.
    JsonFeed,
    /// A book.
    Epub,
}

impl ContainerKind {
    /// What people call it, with an article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WordPress => "a WordPress export",
            Self::Rss => "an RSS feed",
            Self::Atom => "an Atom feed",
            Self::WordPressJson => "WordPress posts as JSON",
            Self::JsonFeed => "a JSON Feed",
            Self::Epub => "an EPUB",
        }
    }
}

/// The formats that aloud reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// Markdown, with front matter.
    Markdown,
    /// A whole web page.
    HtmlPage,
    /// HTML without a page around it, as a content system stores a post.
    HtmlFragment,
    /// Plain text.
    Text,
    /// Speech Synthesis Markup Language.
    Ssml,
    /// A document of a book: XHTML, all of it the chapter.
    Chapter,
    /// A DOCX: the XML of its parts, one after the other.
    Docx,
}

impl Format {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::HtmlPage => "html-page",
            Self::HtmlFragment => "html-fragment",
            Self::Text => "text",
            Self::Ssml => "ssml",
            Self::Chapter => "chapter",
            Self::Docx => "docx",
        }
    }
}

/// A source's text, decoded. All [`super::Span`]s of an article point into `text`.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The whole text, as the author sees it; of an item, its own content only.
    pub text: Arc<str>,
    /// How it was recognised.
    pub format: Format,
    /// SHA-256 of the bytes before decoding, in hexadecimal: of the file, or of the item as it stands
    /// in its container.
    pub sha256: String,
    /// Lines of `text`, as the file counts them.
    pub lines: LineIndex,
    /// What decoding was unsure about.
    pub warnings: Vec<Warning>,
    /// What the container says about the item.
    pub given: Known,
}

/// What is known about a text from outside of it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Title, authors, date and the like; they go before what the text says itself.
    pub meta: Meta,
    /// Alternative texts of pictures that have none in the text, by the picture's id.
    pub alternatives: Arc<BTreeMap<u64, String>>,
}

impl SourceText {
    /// Wraps a decoded text.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>, format: Format, sha256: String) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { text, format, sha256, lines, warnings: Vec::new(), given: Known::default() }
    }
}
