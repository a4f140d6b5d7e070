//! Each rule: what it takes, and what looks like it and stays.

use super::*;
use crate::model::{BlockKind, Format, MarkKind, Meta, SourceText, Span, Text};

/// A paragraph in the middle of an article.
fn paragraph(text: &str) -> Block {
    Block::new(BlockKind::Paragraph, Text::from_source(text, Span::new(0, text.len())), Span::new(0, text.len()))
}

/// Cleans `block` with `before` and `after` paragraphs of text around it. What is left of it, and the rules
/// that took something.
fn cleaned(block: Block, before: usize, after: usize) -> (Option<String>, Vec<&'static str>) {
    let filler = || paragraph("An ordinary paragraph of the article.");
    let mut blocks: Vec<Block> = (0..before).map(|_| filler()).collect();
    blocks.push(block);
    blocks.extend((0..after).map(|_| filler()));
    let article = Article {
        source: SourceText::new(" ".repeat(1000), Format::Text, String::new()),
        meta: Meta::default(),
        blocks,
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let count = before + after;
    let cleaned = clean(article, &CleanOptions::default());
    let left = (cleaned.blocks.len() > count).then(|| cleaned.blocks[before].text.as_str().to_owned());
    (left, cleaned.removed.iter().map(|r| r.rule).collect())
}

#[test]
fn lines_around_an_article_go_under_the_name_of_their_rule() {
    let cases = [
        ("reading-time", "6 min read"),
        ("reading-time", "Reading time: 3 minutes"),
        ("reading-time", "5-7 minute read"),
        ("listen-line", "Listen to this article"),
        ("share", "Share this: Facebook | Twitter | Email"),
        ("share", "Tweet"),
        ("subscribe", "Sign up for our weekly newsletter"),
        ("subscribe", "Get the best of the harbour in your inbox."),
        ("advertisement", "Advertisement"),
        ("advertisement", "Story continues below advertisement"),
        ("comments", "12 comments"),
        ("comments", "Leave a comment"),
        ("timestamp", "Updated March 3, 2026 at 5:12 p.m. ET"),
        ("timestamp", "March 3, 2026"),
        ("navigation", "Skip to content"),
        ("cookies", "We use cookies to improve your experience."),
        ("rights", "\u{a9} 2026 The Harbour. All rights reserved."),
        ("rights", "The Harbour. No part of this article may be copied or sold without written permission. The Harbour is not liable."),
    ];
    for (rule, text) in cases {
        assert_eq!(cleaned(paragraph(text), 4, 1), (None, vec![rule]), "{text}");
    }
}

#[test]
fn sentences_that_look_like_them_stay() {
    let cases = [
        "It took me a 6 min read of the manual to see it.",
        "The minister asked people to share this on Facebook and elsewhere.",
        "They subscribe to the idea that boats should float.",
        "He sold advertisement space in the harbour for years.",
        "Comments were few, and none of them kind.",
        "Updated charts hang in the pilot's office.",
        "The court ruled that all rights reserved \u{201c}by whomever\u{201d} were void: \u{201c}All rights reserved,\u{201d} it wrote.",
        "Home is where the harbour is.",
        "Cookies were served at four.",
        "Copyright is a right that sailors do not often think of.",
        "In 2026 the ferry came back.",
    ];
    for text in cases {
        assert_eq!(cleaned(paragraph(text), 4, 1), (Some(text.to_owned()), vec![]), "{text}");
    }
    // The same date in the middle of a long article is a line of a diary.
    assert_eq!(cleaned(paragraph("March 3, 2026"), 12, 12).1, Vec::<&str>::new());
    // And rights are told at the end, not in the middle.
    assert_eq!(cleaned(paragraph("\u{a9} 2026 The Harbour"), 12, 12).1, Vec::<&str>::new());
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
}

#[test]
fn credits_leave_captions_and_only_captions() {
    let cases = [
        ("A boat at dawn. (Harbour Archive)", "A boat at dawn."),
        ("A boat at dawn. Photo: Ada Brook/Harbour", "A boat at dawn."),
        ("A boat at dawn (photo by Ada Brook)", "A boat at dawn"),
        ("The boat (built in 1921) at dawn.", "The boat (built in 1921) at dawn."),
    ];
    for (text, wanted) in cases {
        let mut block = paragraph(text);
        block.kind = BlockKind::Caption;
        assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some(wanted), "{text}");
    }
    let text = "He left early (Ada Brook)";
    assert_eq!(cleaned(paragraph(text), 2, 2).0.as_deref(), Some(text));
}

#[test]
fn note_numbers_and_citation_marks_are_cut_out() {
    let cases = [
        ("It sank.[1] Then[23] it rose.", "It sank. Then it rose."),
        ("Nobody saw it.[citation needed]", "Nobody saw it."),
        ("You [should] see [1] boats.", "You [should] see [1] boats."),
    ];
    for (text, wanted) in cases {
        assert_eq!(cleaned(paragraph(text), 2, 2).0.as_deref(), Some(wanted), "{text}");
    }
    let mut block = paragraph("Late.2 And 102 more");
    block.text.mark(5..6, MarkKind::Superscript);
    block.text.mark(13..14, MarkKind::Superscript);
    assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some("Late. And 102 more"));
}

#[test]
fn links_to_other_articles_go_with_their_heading() {
    let link = |text: &str, from: usize| {
        let mut block = paragraph(text);
        block.text.mark(from..text.len(), MarkKind::Link("x".into()));
        block
    };
    let more = link("Read more: Five boats to watch", 11);
    assert_eq!(cleaned(more, 3, 3), (None, vec!["related"]));
    // The same words without a link are text.
    assert!(cleaned(paragraph("Read more: books are good for you"), 3, 3).0.is_some());
    let mut heading = paragraph("Related stories");
    heading.kind = BlockKind::Heading(3);
    let article = Article {
        source: SourceText::new(" ".repeat(100), Format::Text, String::new()),
        meta: Meta::default(),
        blocks: vec![paragraph("Text."), heading, link("Five boats", 0), link("Six boats", 0)],
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    assert_eq!(clean(article, &CleanOptions::default()).blocks.len(), 1);
}

#[test]
fn rules_can_be_switched_and_cleaning_can_be_off() {
    let article = || Article {
        source: SourceText::new("6 min read", Format::Text, String::new()),
        meta: Meta::default(),
        blocks: vec![paragraph("6 min read"), paragraph("Words.")],
        removed: Vec::new(),
        warnings: Vec::new(),
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
    let document = include_str!("../../docs/rules.md");
    for name in rule_names() {
        assert!(document.contains(&format!("`{name}`")), "{name} is not in docs/rules.md");
    }
}
