//! The blocks of a page that are its article.
//!
//! The extractor's choice, laid over the blocks, is the ground. It is then completed from what
//! stands around each block, checked against the text that the page declares as its article, and
//! replaced by what the page itself marks when there is nothing to build on.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::align;
use super::outline::Outline;
use crate::model::{BlockKind, Warning};
use crate::read::flatten;
use crate::read::html::{Found, Habits, Tree, Walker, walk};

/// Pages above this size, in bytes, are not given to the extractor: it would take minutes.
pub(super) const MAX_EXTRACTED: usize = 12 * 1024 * 1024;

/// The innermost element with this percentage of the words that the extractor took holds the article.
const HOLDS: usize = 85;

/// A block is like the others of an element when the extractor took this percentage of the element.
/// Measured on 150 annotated pages, 30 to 70 here and 75 to 95 above differ by 0.001 in F1.
const PURE: usize = 50;

/// The blocks that are the article.
pub(super) fn select(
    html: &str,
    found: &[Found],
    tree: &Tree,
    body: Option<&str>,
) -> (BTreeSet<usize>, Option<Warning>) {
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
    declared(found, body, &mut keep);
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
    } else {
        complete(found, tree, &mut keep);
    }
    keep.extend((0..found.len()).filter(|i| found[*i].block.added == Some("aloud-say")));
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

/// Adds what the page declares as the article's text, where the extractor has lost much of it.
fn declared(found: &[Found], body: Option<&str>, keep: &mut BTreeSet<usize>) {
    const LEAST: usize = 80;
    let Some(body) = body else { return };
    let wanted: usize = body.split_whitespace().count();
    let words = |keep: &BTreeSet<usize>| -> usize {
        keep.iter().map(|i| found[*i].block.text.as_str().split_whitespace().count()).sum()
    };
    if wanted < LEAST || words(keep) * 10 >= wanted * 9 {
        return;
    }
    let own = align::align(found, &align::plain(body));
    // A body that the page does not show is of no use, nor is one that says less.
    if words(&own) * 10 >= wanted * 7 && words(&own) > words(keep) {
        keep.extend(own);
    }
}

/// Adds blocks that stand among those of the article and are like them.
fn complete(found: &[Found], tree: &Tree, keep: &mut BTreeSet<usize>) {
    let outline = Outline::new(found, tree, keep);
    let holder = outline.holder(HOLDS);
    let (Some(first), Some(last)) = (keep.first().copied(), keep.last().copied()) else { return };
    let mut more = Vec::new();
    // Extractors begin with the first paragraph; headings right above it, in the same element, are its own.
    let place = |index: usize| tree.parent(found[index].node as usize);
    for index in (0..first).rev() {
        let heading = matches!(found[index].block.kind, BlockKind::Heading(2..));
        if !heading || place(index) != place(first) || outline.counts[index].linked > 0 {
            break;
        }
        more.push(index);
    }
    for index in first..last {
        let count = outline.counts[index];
        if keep.contains(&index) || count.words == 0 || count.linked * 2 > count.words {
            continue;
        }
        let Some(between) = outline.between(index, holder) else { continue };
        if between.iter().any(|node| outline.is_beside(*node)) {
            continue;
        }
        let near = between.iter().copied().find(|n| outline.taken(*n) > 0).unwrap_or(holder);
        if outline.purity(near) >= PURE {
            more.push(index);
        }
    }
    keep.extend(more);
}
