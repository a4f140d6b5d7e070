//! A document of a book, or an Atom entry in XHTML -> article.
//!
//! All of it is the article, and nothing in it is WordPress's. Separate from posts because it is XML: an
//! element that closes itself is empty, which HTML would leave open to the end of the document.

use super::article::{Draft, title_of_metadata, words};
use super::html::{Habits, Token, Tokenizer, Walker, walk};
use crate::model::{Article, BlockKind, Meta, SourceText};

/// Blocks at the start of a chapter among which its heading is looked for.
const TOP: usize = 4;

/// Reads a chapter.
pub(crate) fn read(source: SourceText) -> Article {
    let text = source.text.clone();
    let html = as_html(&text);
    let mut walker = Walker::new(&text, Habits::default());
    walk(&mut walker, &html, &[]);
    walker.finish();
    let meta = Meta { language: walker.language.clone(), ..Meta::default() };
    let mut draft = Draft::new(source, meta, walker.found, walker.removed);
    // The document goes before the book in saying what it is in.
    draft.meta.language = walker.language.or(draft.meta.language);
    if !headed(&mut draft) {
        title_of_metadata(&mut draft, None);
    }
    draft.finish()
}

/// Makes the heading at the top of a chapter its title, whatever the table of contents calls it ("1. The
/// Storm" for "The Storm"): a chapter's name is read once. `false` when there is none.
fn headed(draft: &mut Draft) -> bool {
    let Some(title) = draft.meta.title.as_deref().map(words) else { return false };
    let top = draft.found.iter().take(TOP).enumerate();
    let mut headings: Vec<usize> = Vec::new();
    for (at, found) in top {
        match found.block.kind {
            BlockKind::Heading(_) => headings.push(at),
            BlockKind::Image => {}
            _ if headings.is_empty() => {}
            _ => break,
        }
    }
    let text = |at: &usize| words(draft.found[*at].block.text.as_str());
    let all: Vec<String> = headings.iter().flat_map(text).collect();
    let same = |at: &usize| {
        let heading = text(at);
        !heading.is_empty() && (title.ends_with(&heading) || heading.ends_with(&title))
    };
    // "Chapter One" and "The Storm", one below the other, for "Chapter One: The Storm".
    let one = headings.iter().find(|at| same(at)).copied();
    let first = one.or_else(|| headings.first().copied().filter(|_| all == title));
    let Some(at) = first else { return false };
    let whole = if all == title { headings[0] } else { at };
    draft.found[whole].block.kind = BlockKind::Title;
    true
}

/// The document with every element that closes itself as HTML understands it, byte for byte as long.
fn as_html(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    // A tag that is mended changes how what follows is read, so each is looked for anew.
    while let Some(found) = text[at..].find("/>") {
        let slash = at + found;
        at = slash + 2;
        let Some(open) = tag_start(text, slash) else { continue };
        let name = &text[open + 1..slash];
        let end = name.find(|c: char| c.is_ascii_whitespace()).unwrap_or(name.len());
        match name[..end].to_ascii_lowercase().as_str() {
            "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta"
            | "param" | "source" | "track" | "wbr" => {}
            // Closed by the next of their kind, and their place counts.
            "td" | "th" | "tr" | "li" | "dt" | "dd" | "p" => bytes[slash] = b' ',
            _ => {
                // `<! >`, which is a comment to HTML.
                bytes[open + 1] = b'!';
                bytes[open + 2..=slash].fill(b' ');
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Where the tag that ends in `/>` at `slash` begins, if one does.
fn tag_start(text: &str, slash: usize) -> Option<usize> {
    const LONGEST: usize = 4096;
    let from = slash.saturating_sub(LONGEST);
    let from = (from..=slash).find(|at| text.is_char_boundary(*at))?;
    let open = from + text[from..slash].rfind('<')?;
    let mut tokenizer = Tokenizer::new(&text[open..slash + 2], &[]);
    let (token, range) = tokenizer.next()?;
    let closed = matches!(token, Token::Start { closed: true, .. });
    (closed && range.end == slash + 2 - open).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Known};
    use crate::read::tests::{article, blocks};
    use crate::read::{ReadOptions, reader};

    fn titled(title: &str, html: &str) -> Vec<String> {
        let mut source = SourceText::new(html, Format::Chapter, String::new());
        let meta = Meta { title: Some(title.to_owned()), ..Meta::default() };
        source.given = Known { meta, ..Known::default() };
        blocks(&reader(Format::Chapter).read(source, &ReadOptions::default()))
    }

    #[test]
    fn elements_that_close_themselves_are_empty() {
        for (html, expected) in [
            (
                "<html><head><title/></head><body><p>a<a id='p1'/>b</p><p>c</p></body></html>",
                vec!["paragraph: ab", "paragraph: c"],
            ),
            ("<script src='x>y'/><p>a</p>", vec!["paragraph: a"]),
            ("<p>a<br/>b</p><div/><p>c <i/>d</p>", vec!["paragraph: a\nb", "paragraph: c d"]),
            (
                "<table><tr><th>a</th><th/><th>b</th></tr><tr><td>c</td><td/><td>d</td></tr></table>",
                vec!["header: a\t\tb", "table-row: c\t\td"],
            ),
            ("<p>a /> b é <b\n/>c</p>", vec!["paragraph: a /> b é c"]),
        ] {
            assert_eq!(blocks(&article(Format::Chapter, html)), expected, "{html}");
        }
    }

    #[test]
    fn a_chapter_is_named_once() {
        let storm = "<h1>The Storm</h1><p>a</p>";
        assert_eq!(titled("1. The Storm", storm), ["title: The Storm", "paragraph: a"]);
        assert_eq!(titled("The Storm", storm), ["title: The Storm", "paragraph: a"]);
        assert_eq!(
            titled("Chapter One: The Storm", "<h2>Chapter One</h2><h3>The Storm</h3><p>a</p>"),
            ["title: Chapter One", "h3: The Storm", "paragraph: a"]
        );
        assert_eq!(titled("A Storm", "<p>a</p>"), ["+title: A Storm", "paragraph: a"]);
        assert_eq!(
            titled("Part Two", "<p>a</p><h2>Aside</h2>"),
            ["+title: Part Two", "paragraph: a", "h2: Aside"]
        );
    }
}
