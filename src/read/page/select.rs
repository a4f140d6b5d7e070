//! The blocks of a page that are its article.
//!
//! The extractor's choice, laid over the blocks, is the ground. It is then completed from what
//! stands around each block, checked against the text that the page declares as its article, and
//! replaced by what the page itself marks when there is nothing to build on.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::Regex;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::align;
use super::metadata::PageMeta;
use super::outline::{Outline, count};
use crate::model::{BlockKind, Warning};
use crate::read::article::words;
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
    page: &PageMeta,
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
    declared(found, page.body.as_deref(), &mut keep);
    // The extractor leans towards keeping; what a page marks as navigation never is the article.
    let length = |i: &usize| found[*i].block.text.len();
    let all: usize = keep.iter().map(length).sum();
    let menus: usize = keep.iter().filter(|i| navigation(&found[**i])).map(length).sum();
    if menus * 2 < all {
        keep.retain(|i| !navigation(&found[*i]));
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
        let title = super::headline(found, &keep, page);
        complete(found, tree, title, &mut keep);
        bare(found, &mut keep);
    }
    questions(found, &page.questions, &mut keep);
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

/// Adds the questions and answers that the page declares and shows, and the heading above them. Extractors lose what
/// is folded up until a reader asks for it.
fn questions(found: &[Found], declared: &str, keep: &mut BTreeSet<usize>) {
    let text = |i: &usize| found[*i].block.kind != BlockKind::Image;
    let own = align::align(found, &align::plain(declared));
    let has = |i: usize, name: &str| {
        found.get(i).is_some_and(|f| f.block.context.iter().any(|c| c == name))
    };
    let answers = |i: usize| has(i, "acceptedanswer") || has(i, "suggestedanswer");
    // Other things are the main entity of a page and have a name, too; a question is answered next.
    let asks = |i: usize| has(i, "mainentity") && has(i, "name") && answers(i + 1);
    let marked = (0..found.len()).filter(|i| answers(*i) || asks(*i));
    let mut own: BTreeSet<usize> = own.into_iter().chain(marked).filter(text).collect();
    own.retain(|i| !navigation(&found[*i]));
    let is_heading = |i: &usize| matches!(found[*i].block.kind, BlockKind::Heading(2..));
    let above: Vec<usize> =
        own.iter().filter_map(|i| i.checked_sub(1)).filter(is_heading).collect();
    keep.extend(above);
    keep.extend(own);
}

/// Leaves out what stands above the headline, the block `title`, if it is little: awards, bread crumbs, section names.
/// Pictures may stand there.
pub(super) fn below(title: usize, found: &[Found], keep: &mut BTreeSet<usize>) {
    /// In percent of the words of the article.
    const LITTLE: usize = 15;
    let part = |i: &usize| {
        let Found { block, .. } = &found[*i];
        !matches!(block.kind, BlockKind::Image | BlockKind::Caption) && block.added.is_none()
    };
    let words = |i: &usize| found[*i].block.text.as_str().split_whitespace().count();
    let above: usize = keep.range(..title).filter(|i| part(i)).map(words).sum();
    let all: usize = keep.iter().map(words).sum();
    if above * 100 <= all * LITTLE {
        keep.retain(|i| *i >= title || !part(i));
    }
}

/// The block between the headline, the block `title`, and the text that says the authors' names and no more, or dates
/// behind a bar.
pub(super) fn byline(
    title: usize,
    found: &[Found],
    keep: &BTreeSet<usize>,
    names: &str,
) -> Option<usize> {
    const NEAR: usize = 10;
    const LONGEST: usize = 24;
    const SMALL: [&str; 7] = ["by", "and", "written", "author", "words", "story", "posted"];
    let folded = |text: &str| {
        let mut words = words(text);
        words.retain(|w| !SMALL.contains(&w.as_str()));
        words
    };
    let wanted = folded(names);
    let is_running = |i: &usize| {
        matches!(found[*i].block.kind, BlockKind::Paragraph)
            && found[*i].block.text.as_str().split_whitespace().count() > 20
    };
    let end = keep.range(title + 1..).copied().find(is_running).unwrap_or(found.len());
    (title + 1..end.min(title + NEAR)).find(|i| {
        let kind = &found[*i].block.kind;
        let line = matches!(kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
        let text = found[*i].block.text.as_str();
        let first = text.split(['|', '\u{b7}', '\u{2022}']).next().unwrap_or_default();
        let short = text.split_whitespace().count() <= LONGEST;
        line && short && !wanted.is_empty() && folded(first) == wanted
    })
}

/// Whether a block stands in what a page marks as navigation.
fn navigation(found: &Found) -> bool {
    found.block.context.iter().any(|c| matches!(c.as_str(), "nav" | "navigation"))
}

/// Adds blocks that stand among those of the article and are like them, and the subtitle between the headline, the
/// block `title`, and the first of them.
fn complete(found: &[Found], tree: &Tree, title: Option<usize>, keep: &mut BTreeSet<usize>) {
    /// Between a heading and its text there are no more than so many small blocks: dates, names.
    const NEAR: usize = 4;
    /// A block of more words is running text.
    const RUNNING: usize = 20;
    let outline = Outline::new(found, tree, keep);
    let holder = outline.holder(HOLDS);
    let (Some(first), Some(last)) = (keep.first().copied(), keep.last().copied()) else { return };
    let mut more = Vec::new();
    // Extractors begin with the first paragraph; headings right above it, in the same element, are its own.
    let place = |index: usize| tree.parent(found[index].node as usize);
    // What an element holds that is named as one beside the article is not of it, though the extractor took it. Above
    // the text stand the byline and the standfirst.
    let beside = |index: usize| {
        let between = outline.between(index, holder).unwrap_or_default();
        between.iter().any(|node| outline.is_named_beside(*node))
    };
    let paragraph = |i: &usize| found[*i].block.kind == BlockKind::Paragraph;
    let running = |i: &usize| outline.counts[*i].words > RUNNING;
    let mut kept = keep.iter().copied();
    let text = kept.clone().find(running).or_else(|| kept.find(paragraph)).unwrap_or(last);
    let taken: Vec<usize> = keep.range(text..).copied().filter(|i| beside(*i)).collect();
    for index in (0..first).rev() {
        let heading = matches!(found[index].block.kind, BlockKind::Heading(2..));
        if !heading || place(index) != place(first) || outline.counts[index].linked > 0 {
            break;
        }
        more.push(index);
    }
    // A heading that is a link, in a list of articles or of parts that have pages of their own, goes with the text
    // below it.
    for index in first.saturating_sub(NEAR)..last {
        let heading = matches!(found[index].block.kind, BlockKind::Heading(2..));
        let text = || {
            (index + 1..=last).take(NEAR).find(|i| keep.contains(i) && outline.counts[*i].words > 0)
        };
        let goes = |text: usize| {
            let between = outline.between(index, holder);
            place(text) == place(index)
                && !matches!(found[text].block.kind, BlockKind::Heading(_))
                && between.is_some_and(|b| !b.iter().any(|node| outline.is_beside(*node)))
        };
        if heading
            && !keep.contains(&index)
            && outline.counts[index].linked > 0
            && text().is_some_and(goes)
        {
            more.push(index);
        }
    }
    if let Some(title) = title {
        let first = keep.range(title + 1..).next().copied().unwrap_or(title);
        let above: Vec<usize> = tree.up(found[title].node as usize).collect();
        more.extend((title + 1..first).filter(|i| {
            let top = tree.up(found[*i].node as usize).find(|n| above.contains(n)).unwrap_or(0);
            let between = outline.between(*i, top).unwrap_or_default();
            is_subtitle(&found[*i]) && !between.iter().any(|node| outline.is_beside(*node))
        }));
    }
    let links = introduced(found, keep, &outline);
    for (index, part) in found.iter().enumerate().take(last).skip(first) {
        let count = outline.counts[index];
        if keep.contains(&index) || count.words == 0 {
            continue;
        }
        if count.linked * 2 > count.words && !links.contains(&index) {
            continue;
        }
        let Some(between) = outline.between(index, holder) else { continue };
        if between.iter().any(|node| outline.is_beside(*node)) {
            continue;
        }
        let near = between.iter().copied().find(|n| outline.has_text(*n)).unwrap_or(holder);
        // Extractors lose tables of a few words to each cell; among the article's blocks they are its own.
        let is_row = matches!(part.block.kind, BlockKind::TableRow { .. });
        if is_row || outline.purity(near) >= PURE {
            more.push(index);
        }
    }
    more.extend(asked(found, last).filter(|i| !beside(*i)));
    keep.extend(more);
    keep.retain(|i| taken.binary_search(i).is_err());
}

/// Items that are links, in lists that the article introduces: directly below a kept paragraph that ends in a colon.
/// Extractors take them for menus.
fn introduced(found: &[Found], keep: &BTreeSet<usize>, outline: &Outline<'_>) -> BTreeSet<usize> {
    /// Fewer words, such as "See also:", are no sentence of the article.
    const LEAST: usize = 4;
    let item = |i: usize| {
        let block = found.get(i).map(|f| &f.block.kind);
        matches!(block, Some(BlockKind::ListItem { .. }))
    };
    let introduces = |i: &usize| {
        found[*i].block.kind == BlockKind::Paragraph
            && found[*i].block.text.as_str().trim_end().ends_with(':')
            && outline.counts[*i].words >= LEAST
    };
    let lists = keep.iter().filter(|i| introduces(i));
    lists.flat_map(|i| (i + 1..found.len()).take_while(|i| item(*i))).collect()
}

/// Questions and answers that follow the article, whose last block is `last`: a heading that says so, then headings that
/// ask, each over its answer.
fn asked(found: &[Found], last: usize) -> impl Iterator<Item = usize> {
    /// Between the article and its questions there are no more blocks than this.
    const NEAR: usize = 8;
    /// So many questions need no heading above them.
    const LEAST: usize = 3;
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:faqs?\b|(?:frequently|commonly) asked|(?:common|popular) questions)")
            .expect("a constant expression")
    });
    let level = |i: usize| match found.get(i)?.block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let text = |i: usize| found[i].block.text.as_str().trim();
    let asks = |i: usize| level(i).is_some() && text(i).ends_with('?');
    let answers = |i: usize| {
        let count = count(&found[i]);
        level(i).is_none() && count.linked * 2 <= count.words
    };
    let start = (last + 1..found.len().min(last + 1 + NEAR)).find(|i| asks(*i));
    let Some(start) = start else { return 0..0 };
    let (mut questions, mut end, mut longest) = (0, start, 1);
    while end < found.len() && asks(end) {
        let behind = (end + 1..found.len()).take_while(|i| answers(*i)).count();
        // Behind the last answer nothing says where it ends: it is no longer than the others.
        let others = end + 1 + behind < found.len() && asks(end + 1 + behind);
        let behind = if others { behind } else { behind.min(longest) };
        if behind == 0 {
            break;
        }
        longest = longest.max(behind);
        questions += 1;
        end += 1 + behind;
    }
    let headed = start > 0 && level(start - 1).is_some() && HEADING.is_match(text(start - 1));
    if questions >= LEAST || headed && questions > 0 {
        start - usize::from(headed)..end
    } else {
        0..0
    }
}

/// Leaves out headings over nothing but links that are left out ("Up next"), last ones over anything that is ("Our
/// newsletter"), and labels over such links, whatever follows ("Read more:").
fn bare(found: &[Found], keep: &mut BTreeSet<usize>) {
    /// A label has no more words than this.
    const LABEL: usize = 5;
    let level = |i: usize| match found[i].block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let is_label = |i: usize| {
        let text = found[i].block.text.as_str().trim_end();
        let plain = level(i).is_some() || found[i].block.kind == BlockKind::Paragraph;
        plain && text.ends_with(':') && text.split_whitespace().count() <= LABEL
    };
    let kept: Vec<usize> = keep.iter().copied().collect();
    for (place, index) in kept.iter().copied().enumerate() {
        let next = kept.get(place + 1).copied();
        let end = next.unwrap_or(found.len());
        let below = |own: u8| {
            let left_out = (index + 1..end).take_while(move |i| level(*i).is_none_or(|l| l > own));
            let counts = left_out.map(|i| count(&found[i]));
            counts.fold((0, 0), |(w, l), count| (w + count.words, l + count.linked))
        };
        if is_label(index) {
            let (words, linked) = below(0);
            if words > 0 && linked * 2 > words {
                keep.remove(&index);
                continue;
            }
        }
        let Some(own) = level(index).filter(|own| *own > 1) else { continue };
        let over_nothing = next.is_none_or(|next| level(next).is_some_and(|next| next <= own));
        let (words, linked) = below(own);
        if over_nothing && words > 0 && (next.is_none() || linked * 2 > words) {
            keep.remove(&index);
        }
    }
}

/// Whether a page calls a block the subtitle of its article. What it calls an excerpt is a teaser for other pages.
fn is_subtitle(found: &Found) -> bool {
    const WORDS: [&str; 10] = [
        "dek",
        "deck",
        "lede",
        "standfirst",
        "strapline",
        "subhead",
        "subheadline",
        "subhed",
        "subtitle",
        "summary",
    ];
    let named = |name: &String| name.split(['-', '_', ':']).any(|word| WORDS.contains(&word));
    matches!(found.block.kind, BlockKind::Paragraph | BlockKind::Heading(2..))
        && found.block.text.as_str().split_whitespace().count() >= 4
        && found.block.context.iter().any(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_among_the_articles_blocks_is_its_own() {
        let html = "<main><p>The council met on Monday to talk about the bridge.</p><div><p>In figures:</p>\
             <table><tr><th>Length</th><td>90 m</td></tr><tr><th>Width</th><td>6 m</td></tr></table>\
             <p>Figures of the county, which counts all of its bridges in the spring of every year.</p></div>\
             <p>It did not come to a decision.</p></main>";
        let mut walker = Walker::new(html, Habits::default());
        walk(&mut walker, html, &[]);
        walker.finish();
        let mut keep = BTreeSet::from([0, 1, 5]);
        complete(&walker.found, &walker.tree, None, &mut keep);
        let rows = keep.iter().filter(|i| walker.found[**i].block.kind.name() == "table-row");
        assert_eq!(rows.count(), 2, "{keep:?}");
        assert!(!keep.contains(&4), "most of what stands around it was not taken");
    }
}
