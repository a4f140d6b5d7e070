//! Each rule: what it takes, and what looks like it and stays.

mod inside;
mod lines;
mod pictures;
mod sections;

use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, Format, MarkKind, Meta, SourceText, Span, Text};

/// A paragraph in the middle of an article.
fn paragraph(text: &str) -> Block {
    Block::new(
        BlockKind::Paragraph,
        Text::from_source(text, Span::new(0, text.len())),
        Span::new(0, text.len()),
    )
}

/// An article of `blocks` that stand in `source`.
fn article(source: SourceText, blocks: Vec<Block>) -> Article {
    Article { source, meta: Meta::default(), blocks, removed: Vec::new(), warnings: Vec::new() }
}

/// A source for blocks that say where they stand without standing there.
fn blank() -> SourceText {
    SourceText::new(" ".repeat(1000), Format::Text, String::new())
}

/// Cleans `block` with `before` and `after` paragraphs of text around it. What is left of it, and the rules
/// that took something.
fn cleaned(block: Block, before: usize, after: usize) -> (Option<String>, Vec<&'static str>) {
    let filler = || paragraph("An ordinary paragraph of the article.");
    let mut blocks: Vec<Block> = (0..before).map(|_| filler()).collect();
    blocks.push(block);
    blocks.extend((0..after).map(|_| filler()));
    let article = article(blank(), blocks);
    let count = before + after;
    let cleaned = clean(article, &CleanOptions::default());
    let left =
        (cleaned.blocks.len() > count).then(|| cleaned.blocks[before].text.as_str().to_owned());
    (left, cleaned.removed.iter().map(|r| r.rule).collect())
}

/// An article of `blocks`, by Ada Brook.
fn article_of(blocks: Vec<Block>) -> Article {
    Article {
        meta: Meta { byline: Some("Ada Brook and R. Hale".into()), ..Meta::default() },
        ..article(blank(), blocks)
    }
}

/// A block of this kind; all of it leads to `target`, if there is one.
fn block(kind: BlockKind, text: &str, target: &str) -> Block {
    let mut block = paragraph(text);
    block.kind = kind;
    if !target.is_empty() {
        block.text.mark(0..text.len(), MarkKind::Link(target.into()));
    }
    block
}

/// The rule that takes each block, in order; "" for none.
fn rules_of(blocks: &[Block]) -> Vec<&'static str> {
    let cleaned = clean(article_of(blocks.to_vec()), &CleanOptions::default());
    let rule = |b: &Block| {
        let removed = cleaned.removed.iter().find(|r| r.text == b.text.as_str());
        removed.map_or("", |r| r.rule)
    };
    blocks.iter().map(rule).collect()
}

#[test]
fn what_is_hidden_or_in_a_box_goes() {
    let cases = [
        ("hidden", "aria-hidden"),
        ("hidden", "data-rv-skip"),
        ("share", "sharedaddy"),
        ("subscribe", "mc4wp-form"),
        ("related", "jp-relatedposts"),
        ("author-bio", "author-box"),
        ("rights", "copyright"),
        ("cookies", "cookie-banner"),
        ("navigation", "breadcrumbs"),
    ];
    for (rule, name) in cases {
        let mut block = paragraph("Any words at all.");
        block.context = vec!["div".into(), name.into()];
        assert_eq!(cleaned(block, 9, 9), (None, vec![rule]), "{name}");
    }
    // A theme's own name for text for those who do not see the page: a label, and a table instead of a picture.
    let named = |text: &str| {
        let context = vec!["a".into(), "x-screen-reader-only".into()];
        cleaned(Block { context, ..paragraph(text) }, 4, 4).1
    };
    assert_eq!(named("Opens a new window"), ["hidden"]);
    assert!(named("How many boats came in each of the twelve months").is_empty());
}

#[test]
fn what_a_reader_can_unfold_is_not_hidden() {
    let inside = |names: &[&str]| {
        let mut block = paragraph("The county pays, mostly.");
        block.context = names.iter().map(|n| (*n).to_owned()).collect();
        cleaned(block, 9, 9).1
    };
    assert_eq!(inside(&["div", "hidden"]), ["hidden"]);
    assert!(inside(&["accordion__panel", "hidden"]).is_empty());
    assert!(inside(&["acceptedanswer", "aria-hidden"]).is_empty());
    assert_eq!(inside(&["accordion__panel", "sr-only"]), ["hidden"]);
    assert_eq!(inside(&["accordion__panel", "data-aloud-skip"]), ["hidden"]);
}

#[test]
fn an_element_that_holds_the_article_is_no_box() {
    let inside = |names: &[&str], count: usize| -> Vec<Block> {
        let mut block = paragraph("An ordinary paragraph of the article, of exactly ten words.");
        block.context = names.iter().map(|n| (*n).to_owned()).collect();
        vec![block; count]
    };
    let left = |blocks: Vec<Block>| {
        let article =
            article(SourceText::new(" ".repeat(1000), Format::HtmlPage, String::new()), blocks);
        clean(article, &CleanOptions::default()).blocks.len()
    };
    for name in ["hidden", "aria-hidden", "newsletter", "cookies", "bio", "copyright"] {
        // A page whose script would show the article; a body that is called after its site.
        assert_eq!(left([inside(&[name], 30), inside(&[], 3)].concat()), 33, "{name}");
        // As much of the same beside a longer article, and all of a short one's.
        assert_eq!(left([inside(&[name], 30), inside(&[], 31)].concat()), 31, "{name}");
        assert_eq!(left([inside(&[name], 4), inside(&[], 3)].concat()), 3, "{name}");
    }
    // Authors' marks are meant, however much they hold.
    assert_eq!(left([inside(&["data-aloud-skip"], 30), inside(&[], 3)].concat()), 3);
}

proptest! {
    #[test]
    fn what_is_not_left_is_on_record(
        lines in prop::collection::vec(
            prop_oneof![
                "[A-Za-z0-9 .,()\\[\\]:/|-]{0,60}",
                Just("Advertisement".to_owned()),
                Just("Updated March 3, 2026".to_owned()),
                Just("A boat.[1] (Harbour Archive)".to_owned()),
            ],
            0..12,
        ),
        kinds in prop::collection::vec(0..4, 12),
    ) {
        let mut source = String::new();
        let mut blocks = Vec::new();
        for (line, kind) in lines.iter().zip(&kinds) {
            let span = Span::new(source.len(), source.len() + line.len());
            source.push_str(line);
            source.push('\n');
            let kind = match kind {
                0 => BlockKind::Caption,
                1 => BlockKind::ListItem { number: None, depth: 0 },
                2 => BlockKind::Heading(2),
                _ => BlockKind::Paragraph,
            };
            blocks.push(Block::new(kind, Text::from_source(line, span), span));
        }
        let article = article(SourceText::new(source.as_str(), Format::Text, String::new()), blocks);
        let cleaned = clean(article, &CleanOptions::default());
        let mut pieces: Vec<(usize, &str)> = Vec::new();
        for removed in &cleaned.removed {
            prop_assert!(source[removed.span.range()].contains(&removed.text));
            pieces.push((removed.span.start, &source[removed.span.range()]));
        }
        let mut letters: Vec<char> = pieces.iter().flat_map(|(_, t)| t.chars()).collect();
        letters.extend(cleaned.blocks.iter().flat_map(|b| b.text.as_str().chars()));
        let mut wanted: Vec<char> = source.chars().collect();
        for all in [&mut letters, &mut wanted] {
            all.retain(|c| !c.is_whitespace());
            all.sort_unstable();
        }
        prop_assert_eq!(letters, wanted);
    }
}

#[test]
fn rules_can_be_switched_and_cleaning_can_be_off() {
    let article = || {
        article(
            SourceText::new("6 min read", Format::Text, String::new()),
            vec![paragraph("6 min read"), paragraph("Words.")],
        )
    };
    let options: CleanOptions = toml::from_str("rules.reading-time = \"keep\"").expect("options");
    assert_eq!(clean(article(), &options).blocks.len(), 2);
    let off = CleanOptions { enabled: false, ..CleanOptions::default() };
    assert_eq!(clean(article(), &off).blocks.len(), 2);
    assert_eq!(clean(article(), &CleanOptions::default()).blocks.len(), 1);
    let error = toml::from_str::<CleanOptions>("rules.typo = \"keep\"").expect_err("no such rule");
    assert!(error.to_string().contains("reading-time"), "{error}");
}

#[test]
fn every_rule_is_in_the_document() {
    let document = include_str!("../../../docs/rules.md");
    for name in rule_names() {
        assert!(document.contains(&format!("`{name}`")), "{name} is not in docs/rules.md");
    }
}
