//! Sources -> articles.
//!
//! [`discover()`] finds the sources that a command line means, [`load`] decodes one, and [`read()`] turns
//! its text into an [`Article`]: typed blocks, each with its place in the source, and a named
//! removal for every word that is no part of it. Reading decides what the article is; what of it is
//! worth hearing is the next stage's business.

mod article;
mod chapter;
mod container;
mod cut;
mod decode;
mod detect;
mod dialect;
mod discover;
mod docx;
mod error;
mod flatten;
mod fold;
mod fragment;
mod front_matter;
mod gutenberg;
mod html;
mod kinds;
mod markdown;
mod mojibake;
mod page;
mod selected;
mod shortcode;
mod ssml;
mod template;
#[cfg(test)]
mod tests;
mod text;

use serde::Deserialize;

pub use decode::load;
pub use discover::{DiscoverOptions, Discovery, Failed, Skipped, discover};
pub use error::ReadError;
pub use selected::Selectors;

use crate::model::{Article, Format, Source, SourceText};

/// How sources are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadOptions {
    /// Read all of a web page, menus and footers with it, not its article only.
    pub whole_pages: bool,
    /// Which elements of HTML are the article and which are not, as somebody who knows the site says.
    #[serde(skip)]
    pub selectors: Vec<Selectors>,
}

/// Turns the text of one format into an article. Pure: the same text gives the same article.
pub trait Reader {
    /// Reads `text`. No text is wrong: what cannot be understood is read as it stands.
    fn read(&self, text: SourceText, options: &ReadOptions) -> Article;
}

/// The reader of a format.
#[must_use]
pub fn reader(format: Format) -> &'static dyn Reader {
    match format {
        Format::Markdown => &Markdown,
        Format::HtmlPage => &HtmlPage,
        Format::HtmlFragment => &HtmlFragment,
        // SSML can be wrong, so [`read`] has it read by itself; what is no SSML is text.
        Format::Text | Format::Ssml => &PlainText,
        Format::Chapter => &Chapter,
        Format::Docx => &Docx,
    }
}

/// Reads a source that has been loaded.
///
/// # Errors
/// SSML that is not valid; no other text is wrong.
pub fn read(
    source: &Source,
    text: SourceText,
    options: &ReadOptions,
) -> Result<Article, ReadError> {
    if text.format == Format::Ssml {
        let name = source.name.clone();
        return ssml::read(text).map_err(|(line, column, reason)| ReadError::Invalid {
            name,
            line,
            column,
            reason,
        });
    }
    Ok(reader(text.format).read(text, options))
}

struct Markdown;
struct HtmlPage;
struct HtmlFragment;
struct PlainText;
struct Chapter;
struct Docx;

impl Reader for Markdown {
    fn read(&self, text: SourceText, _: &ReadOptions) -> Article {
        markdown::read(text)
    }
}

impl Reader for HtmlPage {
    fn read(&self, text: SourceText, options: &ReadOptions) -> Article {
        page::read(text, options)
    }
}

impl Reader for HtmlFragment {
    fn read(&self, text: SourceText, options: &ReadOptions) -> Article {
        fragment::read(text, options)
    }
}

impl Reader for PlainText {
    fn read(&self, text: SourceText, _: &ReadOptions) -> Article {
        text::read(text)
    }
}

impl Reader for Chapter {
    fn read(&self, text: SourceText, _: &ReadOptions) -> Article {
        chapter::read(text)
    }
}

impl Reader for Docx {
    fn read(&self, text: SourceText, _: &ReadOptions) -> Article {
        docx::read(text)
    }
}
