//! Finds sources and reads them into articles.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `discover` | paths, patterns, `-` | sources, and what was skipped |
//! | `load` | a source | its decoded text and format |
//! | `shortcode`, `template` | a text | what of it is markup for a content system, masked |
//! | `markdown`, `fragment`, `page`, `text` | a masked text | typed blocks |
//! | `html` | tags and text from any of them | blocks with their places in the source |
//!
//! Markup for content systems (shortcodes, template tags) is masked before anything parses: its bytes are
//! replaced by as many fillers, so that every offset stays true and no parser can trip over it.

mod detect;
mod discover;
mod error;
mod fragment;
mod front_matter;
mod html;
mod load;
mod markdown;
mod mask;
mod metadata;
mod page;
mod shortcode;
mod template;
mod text;

pub use discover::{DiscoverOptions, Discovery, Skipped, discover};
pub use error::ReadError;
pub use load::load;

use std::path::Path;

use crate::model::{Article, Block, BlockKind, Format, Removed, Source, SourceText, Span, Text};
use mask::Masked;

/// How articles are read. Nothing can be set yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {}

/// Reads one format.
trait Reader {
    /// The article in `masked`, whose fillers stand for markup that is on record already.
    fn read(&self, source: &SourceText, masked: &Masked, article: &mut Article);
}

/// Reads a decoded text as what it is. Every word of it ends in a block or in a removal.
///
/// # Errors
/// None at present: what is broken in a text is a warning. The type leaves room for formats whose files
/// can be broken as a whole.
pub fn read(
    source: &Source,
    text: SourceText,
    _options: &ReadOptions,
) -> Result<Article, ReadError> {
    let mut article = Article {
        source: text.clone(),
        meta: crate::model::Meta::default(),
        blocks: Vec::new(),
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let mut masked = Masked::new(&text.text);
    let body = match text.format {
        Format::Markdown => front_matter::take(&text, &mut masked, &mut article),
        _ => 0,
    };
    if text.format == Format::Markdown {
        template::mask(body, &mut masked, &mut article.removed);
    }
    let marks = shortcode::mask(body, &text, &mut masked, &mut article);
    let reader: &dyn Reader = match text.format {
        Format::Markdown => &markdown::MarkdownReader,
        Format::HtmlPage => &page::PageReader,
        Format::HtmlFragment => &fragment::FragmentReader,
        Format::Text => &text::TextReader,
    };
    reader.read(&text, &masked, &mut article);
    marks.apply(&mut article);
    settle_title(&mut article);
    if article.meta.slug.is_none() {
        article.meta.slug = slug_of(source);
    }
    article.removed.sort_by_key(|r| (r.span.start, r.span.end));
    Ok(article)
}

/// Makes sure that an article with a title has one title block, at its head.
fn settle_title(article: &mut Article) {
    let titles = |b: &Block| b.kind == BlockKind::Title;
    if article.blocks.iter().any(titles) {
        if article.meta.title.is_none() {
            let found = article.blocks.iter().find(|b| titles(b));
            article.meta.title = found.map(|b| folded(b.text.as_str()));
        }
        return;
    }
    let first_heading = article
        .blocks
        .iter()
        .position(|b| matches!(b.kind, BlockKind::Heading(_)))
        .filter(|at| *at <= 3);
    match (&article.meta.title, first_heading) {
        (Some(title), Some(at)) if same_words(title, article.blocks[at].text.as_str()) => {
            article.blocks[at].kind = BlockKind::Title;
        }
        (Some(title), _) if title.contains(char::is_alphanumeric) => {
            let text = Text::from_source(&folded(title), Span::default());
            let mut block = Block::new(BlockKind::Title, text, Span::default());
            block.added = Some("title-from-metadata");
            article.blocks.insert(0, block);
        }
        (None, Some(at)) if article.blocks[at].kind == BlockKind::Heading(1) => {
            article.meta.title = Some(folded(article.blocks[at].text.as_str()));
            article.blocks[at].kind = BlockKind::Title;
        }
        _ => {}
    }
}

/// The name of a file without its extension: what its output folder is named after when it does not say.
fn slug_of(source: &Source) -> Option<String> {
    let path = source.path.as_ref()?;
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    // Sites keep posts as `my-post/index.md`: the folder has the name.
    let folder = path.parent().and_then(Path::file_name).filter(|_| stem == "index");
    Some(folder.map_or(stem, |f| f.to_string_lossy().into_owned()))
}

/// White space folded to single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts are the same but for case, punctuation and white space.
fn same_words(a: &str, b: &str) -> bool {
    let letters = |s: &str| -> Vec<char> {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(a) == letters(b)
}

/// Records a part of the source as removed, if there is anything in it.
fn remove(removed: &mut Vec<Removed>, rule: &'static str, source: &str, span: Span) {
    let text = &source[span.range()];
    if !text.trim().is_empty() {
        removed.push(Removed { rule, text: text.to_owned(), span });
    }
}
