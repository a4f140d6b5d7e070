//! Whole web pages -> article: which of a page's blocks are the article.
//!
//! Two readers look at the page. Our own walker finds every block there is, with its place in the
//! source; the `trafilatura` extractor finds the article, as text that has lost its place. Laying
//! the second over the first in order ([`align`]) tells which blocks stay; every other block is on
//! record as one removal, so that no word of the page is unaccounted for.

mod align;
mod metadata;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::article::{Draft, added, removal, words};
use super::html::{Found, Habits, Walker, walk};
use super::{ReadOptions, flatten, shortcode};
use crate::model::{Article, BlockKind, SourceText, Warning};
use metadata::PageMeta;

/// Pages above this size, in bytes, are not given to the extractor: it would take minutes.
const MAX_EXTRACTED: usize = 12 * 1024 * 1024;

/// Reads a whole page.
pub(crate) fn read(source: SourceText, options: &ReadOptions) -> Article {
    let html = source.text.clone();
    let codes = shortcode::find(&html, false);
    let mut walker = Walker::new(&html, Habits::default());
    walk(&mut walker, &html, &codes.cuts);
    walker.finish();
    let page = metadata::read(&html);
    let mut meta = page.meta.clone();
    meta.language = walker.language.or(meta.language);
    let (mut found, mut removed) = (walker.found, walker.removed);
    let mut warning = None;
    let mut title = None;
    if !options.whole_pages {
        let (keep, trouble) = selection(&html, &found);
        warning = trouble;
        title = headline(&found, &keep, &page);
        let mut kept = Vec::with_capacity(keep.len());
        for (index, part) in found.into_iter().enumerate() {
            if title == Some(index) {
                title = Some(kept.len());
                kept.push(part);
            } else if keep.contains(&index) {
                kept.push(part);
            } else {
                removed.extend(removal(&part, "not-article"));
            }
        }
        found = kept;
        title = title.filter(|t| *t < found.len());
    }
    match title {
        Some(index) => {
            let block = &mut found[index].block;
            block.kind = BlockKind::Title;
            meta.title = Some(block.text.as_str().replace(['\n', '\t'], " "));
        }
        None => {
            if let Some(title) = page.titles.first() {
                found.insert(0, added(BlockKind::Title, title, "title-from-metadata"));
                meta.title = Some(title.clone());
            }
        }
    }
    let mut draft = Draft::new(source, meta, found, removed);
    draft.warnings.extend(warning);
    draft.listen(&codes.picks, codes.warnings);
    draft.finish()
}

/// The blocks that are the article.
fn selection(html: &str, found: &[Found]) -> (BTreeSet<usize>, Option<Warning>) {
    let mut warning = None;
    let extracted = match extract(html) {
        Ok(extracted) => extracted,
        Err(reason) => {
            let message = format!(
                "the article could not be told from the rest of the page ({reason}); what the page \
                 itself marks as its main part is read, check it with `aloud read`"
            );
            warning = Some(Warning::new("extraction-failed", message));
            Vec::new()
        }
    };
    let mut keep = align::align(found, &extracted);
    // The extractor leans towards keeping; what a page marks as navigation never is the article.
    let navigation = |i: &usize| {
        found[*i].block.context.iter().any(|c| matches!(c.as_str(), "nav" | "navigation"))
    };
    let length = |i: &usize| found[*i].block.text.len();
    let all: usize = keep.iter().map(length).sum();
    let menus: usize = keep.iter().filter(|i| navigation(i)).map(length).sum();
    if menus * 2 < all {
        keep.retain(|i| !navigation(i));
    }
    let kept: usize = keep.iter().map(|i| found[*i].block.text.len()).sum();
    let wanted: usize = extracted.iter().map(|f| f.block.text.len()).sum();
    if kept == 0 || kept * 3 < wanted {
        warning.get_or_insert_with(|| {
            Warning::new(
                "extraction-failed",
                "no article was found on the page; what the page itself marks as its main part is \
                 read, check it with `aloud read`",
            )
        });
        keep = main_part(found);
    }
    // A page without words is nothing to warn about: there is nothing to read.
    let has_words = |f: &Found| f.block.text.as_str().contains(char::is_alphanumeric);
    if !found.iter().any(has_words) {
        warning = None;
    }
    (keep, warning)
}

/// What the extractor takes for the article, as blocks of its own.
fn extract(html: &str) -> Result<Vec<Found>, &'static str> {
    if html.len() > MAX_EXTRACTED {
        return Err("it is too large");
    }
    let flat = flatten::flatten(html);
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorRecall)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    // A page that the extractor cannot bear is still a page.
    let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&flat, &options)));
    let content = match result {
        Err(_) => return Err("the extractor failed on it"),
        Ok(Err(_)) => return Err("the extractor found none"),
        Ok(Ok(result)) => result.content_html,
    };
    let mut walker = Walker::new(&content, Habits::default());
    walk(&mut walker, &content, &[]);
    walker.finish();
    Ok(walker.found)
}

/// What a page marks as its main part: the longest of its articles, its main element, or all that
/// is not evidently around it.
fn main_part(found: &[Found]) -> BTreeSet<usize> {
    const AROUND: [&str; 12] = [
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "dialog",
        "search",
    ];
    let has =
        |f: &Found, names: &[&str]| f.block.context.iter().any(|c| names.contains(&c.as_str()));
    let content = |f: &Found| !has(f, &AROUND);
    for names in [&["article", "articlebody"][..], &["main"][..]] {
        let inside: BTreeSet<usize> =
            (0..found.len()).filter(|i| has(&found[*i], names) && content(&found[*i])).collect();
        let length: usize = inside.iter().map(|i| found[*i].block.text.len()).sum();
        if length > 250 {
            return inside;
        }
    }
    let header = |f: &Found| has(f, &["header"]) && !has(f, &["h1"]);
    (0..found.len()).filter(|i| content(&found[*i]) && !header(&found[*i])).collect()
}

/// The block that is the headline, if the page shows it.
fn headline(found: &[Found], keep: &BTreeSet<usize>, page: &PageMeta) -> Option<usize> {
    let first_kept = keep.iter().copied().find(|i| found[*i].block.kind != BlockKind::Image);
    let limit = first_kept.map_or(found.len(), |i| i + 3).min(found.len());
    let titles: Vec<Vec<String>> = page.titles.iter().map(|t| words(t)).collect();
    let mut best: Option<(usize, usize)> = None;
    for (index, part) in found.iter().enumerate() {
        let BlockKind::Heading(level) = part.block.kind else { continue };
        if level > 1 && index >= limit {
            continue;
        }
        let own = words(part.block.text.as_str());
        let score = titles.iter().map(|t| likeness(&own, t)).max().unwrap_or(0);
        // A heading below the first level has to say exactly the title.
        let enough = if level == 1 { 60 } else { 95 };
        if score >= enough && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, index));
        }
    }
    if let Some((_, index)) = best {
        return Some(index);
    }
    // Without any metadata, the only first-level heading above the text.
    let mut heads = (0..limit).filter(|i| found[*i].block.kind == BlockKind::Heading(1));
    match (heads.next(), heads.next()) {
        (Some(only), None) if titles.is_empty() => Some(only),
        _ => None,
    }
}

/// How alike two titles are, 0 to 100: shared words of all words.
fn likeness(a: &[String], b: &[String]) -> usize {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let shared = a.intersection(&b).count();
    let all = a.union(&b).count().max(1);
    shared * 100 / all
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Format, SourceText};
    use crate::read::tests::{article, blocks, removed, warnings};
    use crate::read::{ReadOptions, reader};

    const STORY: &str = "<p>The council met on Monday to talk about the new bridge, and did not come to a decision.</p>\
        <p>The old bridge, built a hundred years ago, has been closed to lorries since the spring of last year.</p>\
        <h2>What comes next</h2>\
        <p>A second meeting is planned for the end of the month, said the mayor, who had hoped for a vote.</p>";

    fn page(head: &str, before: &str, after: &str) -> String {
        format!(
            "<!doctype html><html lang=en-GB><head>{head}</head><body><nav><ul><li><a href=/>Home</a></li>\
             <li><a href=/n>News</a></li></ul></nav><main><article>{before}{STORY}</article></main>{after}\
             <footer><p>All rights reserved by the paper.</p></footer></body></html>"
        )
    }

    fn read(html: &str) -> Article {
        article(Format::HtmlPage, html)
    }

    #[test]
    fn the_article_is_kept_and_the_rest_is_on_record() {
        let html = page("<title>The bridge waits | Paper</title>", "<h1>The bridge waits</h1>", "");
        let article = read(&html);
        let found = blocks(&article);
        assert_eq!(found[0], "title: The bridge waits");
        assert_eq!(found.len(), 5);
        assert_eq!(found[3], "h2: What comes next");
        assert_eq!(
            removed(&article),
            [
                "not-article: Home",
                "not-article: News",
                "not-article: All rights reserved by the paper."
            ]
        );
        assert_eq!(article.meta.language.as_deref(), Some("en-GB"));
        assert_eq!(article.meta.title.as_deref(), Some("The bridge waits"));
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn removed_elements_that_touch_keep_their_words_apart() {
        let html =
            page("", "", "<div>&nbsp;<b>1,693</b> views<span>Share</span><span>Print</span></div>");
        assert!(removed(&read(&html)).contains(&"not-article: 1,693 views Share Print".to_owned()));
    }

    #[test]
    fn a_title_that_the_page_does_not_show_is_added() {
        let html =
            page("<meta property=og:title content='The bridge waits'>", "<h1>The Paper</h1>", "");
        let article = read(&html);
        assert_eq!(blocks(&article)[0], "+title: The bridge waits");
        assert_eq!(article.blocks[0].added, Some("title-from-metadata"));
    }

    #[test]
    fn a_page_without_an_article_falls_back_to_its_main_part() {
        let html = "<html><body><nav>Home</nav><main><div>A few words.</div></main><footer>Rights</footer></body></html>";
        let article = read(html);
        assert!(blocks(&article).contains(&"paragraph: A few words.".to_owned()));
        assert!(!blocks(&article).contains(&"paragraph: Home".to_owned()));
    }

    #[test]
    fn a_page_too_large_for_the_extractor_is_read_by_its_own_marks() {
        let html = page(
            "",
            "<h1>The bridge</h1>",
            &format!("<!--{}-->", " ".repeat(super::MAX_EXTRACTED)),
        );
        let article = read(&html);
        assert_eq!(warnings(&article), ["extraction-failed"]);
        assert_eq!(blocks(&article).len(), 5);
        assert_eq!(removed(&article).len(), 3);
    }

    #[test]
    fn a_whole_page_can_be_asked_for() {
        let source = SourceText::new(page("", "", ""), Format::HtmlPage, String::new());
        let article = reader(Format::HtmlPage).read(source, &ReadOptions { whole_pages: true });
        assert!(removed(&article).is_empty());
        assert_eq!(blocks(&article).len(), 7);
    }
}
