//! Where an article comes from, and its text once decoded.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{LineIndex, Warning};

/// One article's origin. It holds no text: a batch may have millions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What people see: the path as given or as found below a given folder, with `/`; `-` for
    /// standard input.
    pub name: String,
    /// The file; `None` is standard input.
    pub path: Option<PathBuf>,
    /// Whether a person named this very file. A named file is never skipped in silence.
    pub named: bool,
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
        }
    }
}

/// A source's text, decoded. All [`super::Span`]s of an article point into `text`.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The whole text, as the author sees it.
    pub text: Arc<str>,
    /// How it was recognised.
    pub format: Format,
    /// SHA-256 of the bytes before decoding, in hexadecimal.
    pub sha256: String,
    /// Lines of `text`.
    pub lines: LineIndex,
    /// What decoding was unsure about.
    pub warnings: Vec<Warning>,
}

impl SourceText {
    /// Wraps a decoded text.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>, format: Format, sha256: String) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { text, format, sha256, lines, warnings: Vec::new() }
    }
}
