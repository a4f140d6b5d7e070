//! Whole web pages: which of a page's blocks are the article.
//!
//! The `trafilatura` crate finds the main content. Its result only selects: the blocks come from our own
//! walk of the page, which knows each word's place, and every block that is not selected is on record as
//! `not-article`. So nothing that the extraction drops or rearranges can go missing in silence.

use std::collections::{HashMap, HashSet};

use super::{
    Reader, folded,
    html::{flattened, walk},
    mask::Masked,
    metadata::metadata,
    same_words,
};
use crate::model::{Article, Block, BlockKind, Removed, SourceText, Warning};

pub(super) struct PageReader;

/// Deeper nesting is flattened before a tree is built.
const DEEPEST: usize = 512;
/// Words of a shingle. Four in a row are seldom the same by chance.
const SHINGLE: usize = 4;
/// Fewer words than this are too little for an article; then everything outside of navigation is taken.
const LEAST: usize = 25;

impl Reader for PageReader {
    fn read(&self, source: &SourceText, masked: &Masked, article: &mut Article) {
        let html = masked.text();
        article.meta = crate::model::Meta { request: article.meta.request.clone(), ..metadata(html) };
        let walked = walk(html, &source.text, false);
        article.removed.extend(walked.removed);
        let blocks = walked.blocks;
        let mut kept = select(&blocks, &extracted(html));
        if words_of(&blocks, &kept) < LEAST {
            kept = blocks.iter().map(|b| !is_furniture(b)).collect();
            if words_of(&blocks, &kept) > 0 {
                let message = "no main content was found on the page; all of it is taken but navigation";
                article.warnings.push(Warning::new("no-main-content", message));
            }
        }
        let title = title_of(&blocks, &kept, article.meta.title.as_deref());
        for (at, mut block) in blocks.into_iter().enumerate() {
            if Some(at) == title {
                block.kind = BlockKind::Title;
                article.blocks.push(block);
            } else if kept[at] {
                article.blocks.push(block);
            } else if block.added.is_none() {
                let text = folded(block.text.as_str());
                article.removed.push(Removed { rule: "not-article", text, span: block.span });
            }
        }
        // The headline leads, wherever the page has it.
        if let Some(at) = article.blocks.iter().position(|b| b.kind == BlockKind::Title) {
            article.blocks[..=at].rotate_right(1);
        }
    }
}

/// The texts of the blocks that the extraction found.
fn extracted(html: &str) -> Vec<Vec<String>> {
    let flat = flattened(html, DEEPEST);
    let options = trafilatura::Options::default().with_links(true).with_exclude_comments(true);
    let Ok(result) = trafilatura::extract(&flat, &options) else { return Vec::new() };
    let content: std::sync::Arc<str> = result.content_html.into();
    let blocks = walk(&content, &content, false).blocks;
    blocks.iter().filter(|b| b.added.is_none()).map(|b| words(b.text.as_str())).collect()
}

/// Which blocks of the page are in the extraction.
fn select(blocks: &[Block], extracted: &[Vec<String>]) -> Vec<bool> {
    let whole: HashMap<&[String], usize> =
        extracted.iter().fold(HashMap::new(), |mut counts, block| {
            *counts.entry(block.as_slice()).or_default() += 1;
            counts
        });
    let all: Vec<&String> = extracted.iter().flatten().collect();
    let shingles: HashSet<&[&String]> = all.windows(SHINGLE).collect();
    let page: Vec<Vec<String>> = blocks.iter().map(|b| words(b.text.as_str())).collect();
    // Long blocks decide for themselves; short ones ("Share", "More") count only between long ones, since
    // the same words stand in menus too.
    let mut sure: Vec<bool> = page.iter().map(|w| is_long(w) && covered(w, &shingles)).collect();
    for (at, block) in blocks.iter().enumerate() {
        sure[at] &= block.added.is_none();
    }
    let first = sure.iter().position(|s| *s);
    let last = sure.iter().rposition(|s| *s);
    let (Some(first), Some(last)) = (first, last) else {
        return page.iter().map(|w| whole.contains_key(w.as_slice())).collect();
    };
    (0..blocks.len())
        .map(|at| {
            if sure[at] {
                return true;
            }
            if blocks[at].added.is_some() {
                return at > first && at < last && neighbours(&sure, at);
            }
            let near = at + 3 >= first && at <= last + 3;
            near && !is_long(&page[at]) && whole.contains_key(page[at].as_slice())
        })
        .collect()
}

/// Whether a picture stands right beside kept text.
fn neighbours(sure: &[bool], at: usize) -> bool {
    let near = at.saturating_sub(2)..(at + 3).min(sure.len());
    sure[near].iter().any(|s| *s)
}

fn is_long(words: &[String]) -> bool {
    words.len() >= SHINGLE + 2
}

/// Whether most of a block's shingles are in the extraction.
fn covered(words: &[String], shingles: &HashSet<&[&String]>) -> bool {
    let references: Vec<&String> = words.iter().collect();
    let total = references.windows(SHINGLE).count();
    let found = references.windows(SHINGLE).filter(|w| shingles.contains(w)).count();
    found * 5 >= total * 3
}

/// Blocks that are about the site and not the article, wherever they stand.
fn is_furniture(block: &Block) -> bool {
    let names = ["nav", "footer", "header", "aside", "form", "button", "select", "menu", "title"];
    block.context.iter().any(|c| names.contains(&c.as_str()))
}

/// The block that is the headline: the one that the metadata names, or the first `<h1>` before the text.
fn title_of(blocks: &[Block], kept: &[bool], title: Option<&str>) -> Option<usize> {
    let heading = |b: &Block| matches!(b.kind, BlockKind::Heading(_));
    let end = kept.iter().rposition(|k| *k).map_or(0, |last| last + 1);
    let named = title.and_then(|title| {
        let same = |b: &Block| b.added.is_none() && same_words(b.text.as_str(), title);
        let found = blocks[..end].iter().position(|b| heading(b) && same(b));
        found.or_else(|| blocks[..end].iter().position(|b| same(b) && !is_furniture(b)))
    });
    named.or_else(|| {
        let body = (0..end).find(|at| kept[*at] && !heading(&blocks[*at]))?;
        let first = blocks[..body].iter().rposition(|b| b.kind == BlockKind::Heading(1))?;
        Some(first)
    })
}

fn words_of(blocks: &[Block], kept: &[bool]) -> usize {
    let spoken = blocks.iter().zip(kept).filter(|(b, k)| **k && b.added.is_none());
    spoken.map(|(b, _)| words(b.text.as_str()).len()).sum()
}

/// Words for comparing: lower case, letters and digits alone.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Format, Source},
        read::{ReadOptions, read},
    };

    const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>The ferry is back | The Harbour</title></head>
<body><header><a href="/">The Harbour</a><nav><a href="/a">News</a> <a href="/b">Boats</a></nav></header>
<main><article><h1>The ferry is back</h1><p class="byline">By Ada Brook</p>
<figure><img src="x.jpg" alt="The ferry at dawn"><figcaption>The ferry on Monday morning, as it left the pier.</figcaption></figure>
<p>After fourteen months in dry dock, the ferry sailed again on Monday, and the whole harbour came to see it leave.</p>
<p>The repairs cost a good deal more than was planned, because the hull turned out to be thinner than the drawings said.</p>
<h2>What comes next</h2>
<p>From May on there will be two crossings an hour, and the first one leaves early enough for the bakers to catch it.</p>
</article><aside><h3>Related</h3><a href="/c">Five boats to watch this summer</a></aside></main>
<footer>Copyright 2026 The Harbour. All rights reserved.</footer></body></html>"#;

    fn article(html: &str) -> Article {
        let source = Source { name: "-".into(), path: None, named: true };
        let text = SourceText::new(html, Format::HtmlPage, String::new());
        read(&source, text, &ReadOptions::default()).expect("an article")
    }

    #[test]
    fn the_article_is_kept_and_the_rest_is_on_record() {
        let article = article(PAGE);
        let texts: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts[0], "The ferry is back");
        assert_eq!(article.blocks[0].kind, BlockKind::Title);
        for wanted in ["After fourteen months", "The repairs cost", "What comes next", "From May on"] {
            assert!(texts.iter().any(|t| t.starts_with(wanted)), "{wanted}: {texts:?}");
        }
        for gone in ["News", "Five boats", "All rights reserved"] {
            assert!(!texts.iter().any(|t| t.contains(gone)), "{gone}: {texts:?}");
            let on_record = |r: &Removed| r.rule == "not-article" && r.text.contains(gone);
            assert!(article.removed.iter().any(on_record), "{gone}");
        }
        assert_eq!(article.meta.title.as_deref(), Some("The ferry is back"));
        assert_eq!(article.meta.language.as_deref(), Some("en"));
    }

    #[test]
    fn a_page_without_main_content_is_taken_whole_with_a_warning() {
        let article = article("<!doctype html><html><body><nav>Menu</nav><p>Five short words only here.</p>");
        assert!(article.blocks.iter().any(|b| b.text.as_str().starts_with("Five")));
        assert!(!article.blocks.iter().any(|b| b.text.as_str() == "Menu"));
    }
}
