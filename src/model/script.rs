//! A script: what will be said, sentence by sentence.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    Prosody, Removed, SourceText, Span, Warning,
    article::{Block, Meta},
};

/// What a segment is in its article; voices, pauses and styles follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The headline.
    Title,
    /// Who wrote it.
    Byline,
    /// A section heading.
    Heading,
    /// Running text.
    Paragraph,
    /// A quotation set apart.
    Quote,
    /// A list item.
    ListItem,
    /// A caption.
    Caption,
    /// Alternative text of a picture.
    Image,
    /// A table row.
    Table,
    /// Code.
    Code,
    /// A footnote.
    Note,
    /// Words of aloud's own, such as that a code sample was skipped.
    Announcement,
}

/// One article's segments in order.
#[derive(Debug, Clone)]
pub struct Script {
    /// The text that all spans point into.
    pub source: SourceText,
    /// About the article.
    pub meta: Meta,
    /// The blocks of the cleaned article, those too that are not spoken (a code sample that is only
    /// announced): what pages and books show. [`Segment::block`] is an index into them.
    pub blocks: Vec<Block>,
    /// The sentences.
    pub segments: Vec<Segment>,
    /// All removals, in source order.
    pub removed: Vec<Removed>,
    /// Problems so far.
    pub warnings: Vec<Warning>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// `s1`, `s2`, ...: unique and stable within the article.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// As written, white space folded.
    pub text: String,
    /// As words, in order. Empty until the spoken stage.
    pub spoken: Vec<Word>,
    /// How the source itself says that parts of `text` are to be read, in order and apart.
    pub given: Vec<Given>,
    /// Places in it that the source has given a name, in order.
    pub places: Vec<NamedPlace>,
    /// Its language (BCP 47).
    pub language: String,
    /// Id of the voice that speaks it; `None` is the article's voice. After speaking: who did speak.
    pub voice: Option<String>,
    /// After speaking, when its own voice failed and the fallback voice spoke: the voice that failed.
    pub fallback: Option<String>,
    /// The voice that the source asks for here, as written: a name, an id or a query.
    pub asked: Option<String>,
    /// Its prosody; unset parts are the voice's own.
    pub prosody: Prosody,
    /// Silence after it, in milliseconds.
    pub pause_after_ms: u32,
    /// Where it stands in the source.
    pub span: Span,
    /// Index of its block in [`Script::blocks`].
    pub block: usize,
    /// Set when its words are not words of the source: the rule that put them here.
    pub added: Option<&'static str>,
}

impl Segment {
    /// The spoken form as one string: words with their punctuation, single spaces between.
    #[must_use]
    pub fn spoken_text(&self) -> String {
        let mut out = String::new();
        for word in &self.spoken {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word.before);
            out.push_str(&word.text);
            out.push_str(&word.after);
        }
        out
    }
}

/// A part of a segment whose reading is given by the source, by SSML for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Byte range of [`Segment::text`].
    pub range: Range<usize>,
    /// How it is read.
    pub reading: Reading,
}

/// A place in a segment that has a name, so that others can know when it is reached (SSML's `mark`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPlace {
    /// Byte offset in [`Segment::text`]: before the word that begins there or next.
    pub at: usize,
    /// As the source calls it.
    pub name: String,
}

/// How a piece of text is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// As these words instead.
    Alias(String),
    /// With these sounds (IPA).
    Ipa(String),
    /// As a thing of this kind: a date, a telephone number (SSML's `say-as`).
    As {
        /// The kind, in SSML's words: `date`, `characters`, ...
        kind: String,
        /// Its format, such as `mdy`.
        format: Option<String>,
    },
}

/// A spoken word and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    /// What is said: letters, apostrophes and inner hyphens only, never a digit or a symbol. In a language whose
    /// numbers are not known they stand as written, for a voice of that language to read.
    pub text: String,
    /// Byte range of [`Segment::text`] that it stands for. Several words may share one range
    /// ("$3.5 million"), and one word may stand for a range with spaces in it.
    pub written: Range<usize>,
    /// Opening punctuation: any of `“ (`.
    pub before: String,
    /// Closing punctuation: any of `, . ? ! ; : — … ” )`.
    pub after: String,
    /// A letter of a word that is spelled out ("NGO" is three words, all `letter`).
    pub letter: bool,
    /// How it sounds, in IPA, when a lexicon says so; otherwise the engine decides.
    pub ipa: Option<String>,
}
