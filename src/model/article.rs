//! An article as typed blocks, before and after cleaning.

use std::ops::Range;

use super::{ArticleLexicon, Removed, SourceText, Span, Text, VoiceRequest, Warning};

/// What is known about an article beside its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// Headline, plain text.
    pub title: Option<String>,
    /// Authors as credited.
    pub byline: Option<String>,
    /// Date of publication as the source gives it, ISO 8601 where that is what it gives.
    pub date: Option<String>,
    /// Language of the article (BCP 47), declared or detected.
    pub language: Option<String>,
    /// Address of the original.
    pub url: Option<String>,
    /// Name for the output folder that the source itself asks for, not yet made safe.
    pub slug: Option<String>,
    /// Categories and tags, as the source names them.
    pub categories: Vec<String>,
    /// Marked as not published.
    pub draft: bool,
    /// The voice and prosody that the article asks for, by shortcode or front matter.
    pub request: VoiceRequest,
    /// How the article wants words of it to be said.
    pub lexicon: ArticleLexicon,
}

impl Meta {
    /// This, with what `fallback` says where nothing is said.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        let VoiceRequest { voice, prosody } = self.request;
        Self {
            title: self.title.or(fallback.title),
            byline: self.byline.or(fallback.byline),
            date: self.date.or(fallback.date),
            language: self.language.or(fallback.language),
            url: self.url.or(fallback.url),
            slug: self.slug.or(fallback.slug),
            categories: if self.categories.is_empty() {
                fallback.categories
            } else {
                self.categories
            },
            draft: self.draft || fallback.draft,
            request: VoiceRequest {
                voice: voice.or(fallback.request.voice),
                prosody: prosody.or(fallback.request.prosody),
            },
            lexicon: if self.lexicon == ArticleLexicon::default() {
                fallback.lexicon
            } else {
                self.lexicon
            },
        }
    }
}

/// One article as read: everything that is in it, in order.
#[derive(Debug, Clone)]
pub struct Article {
    /// The text that all spans point into.
    pub source: SourceText,
    /// Title, byline, date and the like.
    pub meta: Meta,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What reading itself took out: shortcodes, template tags, what is not the article.
    pub removed: Vec<Removed>,
    /// Problems that did not stop reading.
    pub warnings: Vec<Warning>,
}

/// An article after the cleaning rules: what remains is to be spoken, or chosen about.
#[derive(Debug, Clone)]
pub struct CleanArticle {
    /// The text that all spans point into.
    pub source: SourceText,
    /// Unchanged by cleaning.
    pub meta: Meta,
    /// The blocks that remain.
    pub blocks: Vec<Block>,
    /// Everything taken out so far, by reading and by rules, in source order.
    pub removed: Vec<Removed>,
    /// Problems so far.
    pub warnings: Vec<Warning>,
}

/// A piece of an article that is read as one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, with inline markup.
    pub text: Text,
    /// Its place in the source, markup included.
    pub span: Span,
    /// Its language, where it differs from the article's (BCP 47).
    pub language: Option<String>,
    /// Class names, ids and roles of the element and of those around it, outermost first, lower case.
    pub context: Vec<String>,
    /// Set when the words of this block are not words of the source's text (a title from front
    /// matter, an `alt` attribute): the rule that put them here.
    pub added: Option<&'static str>,
}

impl Block {
    /// A block without context.
    #[must_use]
    pub fn new(kind: BlockKind, text: Text, span: Span) -> Self {
        Self { kind, text, span, language: None, context: Vec::new(), added: None }
    }
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Who wrote it.
    Byline,
    /// A section heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A paragraph of a quotation set apart.
    Quote,
    /// An item of a list.
    ListItem {
        /// Its number, in an ordered list.
        number: Option<u64>,
        /// Nesting, from 0.
        depth: u8,
    },
    /// The words under a picture, table or video.
    Caption,
    /// A picture; the text is its alternative text.
    Image,
    /// A row of a table; the text is its cells, separated by tabs.
    TableRow {
        /// Whether it names the columns.
        header: bool,
        /// Byte ranges of the cells in the text.
        cells: Vec<Range<usize>>,
    },
    /// Computer code, line breaks kept.
    Code,
    /// A footnote or endnote.
    Note,
}

impl BlockKind {
    /// Its name in reports and snapshots.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::Quote => "quote",
            Self::ListItem { .. } => "list-item",
            Self::Caption => "caption",
            Self::Image => "image",
            Self::TableRow { .. } => "table-row",
            Self::Code => "code",
            Self::Note => "note",
        }
    }
}
