//! Each rule: what it takes, and what looks like it and stays.

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
    let left =
        (cleaned.blocks.len() > count).then(|| cleaned.blocks[before].text.as_str().to_owned());
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
        ("subscribe", "Subscribe to continue reading this article."),
        ("subscribe", "To keep reading, please sign in or register."),
        ("subscribe", "Was this newsletter forwarded to you? Sign up to get it in your inbox."),
        ("subscribe", "Become a paid subscriber to Saltmere Weekly to unlock this piece:"),
        ("subscribe", "Follow us on Instagram: @saltmere"),
        ("advertisement", "Advertisement"),
        ("advertisement", "Story continues below advertisement"),
        ("comments", "12 comments"),
        ("comments", "Leave a comment"),
        ("feed-footer", "The post A Night Ferry appeared first on Saltmere Courier."),
        ("feed-footer", "Der Beitrag Die Fähre erschien zuerst auf Saltmere Courier."),
        ("timestamp", "Updated March 3, 2026 at 5:12 p.m. ET"),
        ("timestamp", "March 3, 2026"),
        ("timestamp", "Published on Tuesday, 3 March 2026 | 17:12 GMT"),
        ("timestamp", "Last updated: 2026-03-03T17:12:00Z"),
        ("timestamp", "Updated 3 hours ago"),
        ("timestamp", "Last Updated January, 2025"),
        ("timestamp", "Reviewed in May 2024"),
        ("navigation", "Skip to content"),
        ("navigation", "Please scroll to the right for more info."),
        ("navigation", "Play video"),
        ("navigation", "Show more"),
        ("navigation", "Hide"),
        ("promotion", "Buy now"),
        ("promotion", "View deal at Saltmere Boats"),
        ("cookies", "We use cookies to improve your experience."),
        ("rights", "\u{a9} 2026 The Harbour. All rights reserved."),
        (
            "rights",
            "The Harbour. No part of this article may be copied or sold without written permission. The Harbour is not liable.",
        ),
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
        "Published 12 novels before May 2020, and none after.",
        "Posted on 3 walls, the letter was read by all.",
        "Updated March 3 plans show a longer pier.",
        "Join us on Friday as the council updates the harbour plan.",
        "Find us on the pier, said the crew, and they were there.",
        "Scroll painters worked to the right of the door.",
        "Hide the boat, she said.",
        "Buy it now or never, the broker wrote.",
        "Reviewed in May, the plan was dropped in June.",
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
fn of_addresses_and_pictographs_only_what_is_said_stays() {
    for (text, left, rules) in [
        (
            "See https://www.example.org/a/b?c=1 for more.",
            "See example.org for more.",
            vec!["address"; 2],
        ),
        ("At www.example.org.", "At example.org.", vec!["address"]),
        ("(http://example.org/a_(b)), he said", "(example.org), he said", vec!["address"; 2]),
        ("It is at example.org/a, as ever.", "It is at example.org/a, as ever.", vec![]),
        ("Good \u{1f389} news \u{1f44d}\u{1f3fd}!", "Good news !", vec!["emoji"; 2]),
        (
            "Flags \u{1f1eb}\u{1f1f7} and keys 1\u{fe0f}\u{20e3} here",
            "Flags and keys here",
            vec!["emoji"; 2],
        ),
        ("\u{a9} 5 \u{2122} \u{2192} \u{2713}", "\u{a9} 5 \u{2122} \u{2192} \u{2713}", vec![]),
    ] {
        assert_eq!(cleaned(paragraph(text), 8, 8), (Some(left.to_owned()), rules), "{text}");
    }
    let embed = "https://example.org/watch?v=1";
    assert_eq!(cleaned(paragraph(embed), 4, 4), (None, vec!["embed"]));
    assert_eq!(cleaned(paragraph("\u{1f6a2}"), 4, 4), (None, vec!["emoji"]));
}

#[test]
fn a_quotation_that_repeats_the_text_is_spoken_once() {
    let quote = |kind, text: &str, context: &[&str]| {
        let mut block = paragraph(text);
        block.kind = kind;
        block.context = context.iter().map(|c| (*c).to_owned()).collect();
        block
    };
    // The filler says "An ordinary paragraph of the article."
    for (block, gone) in [
        (
            quote(BlockKind::Quote, "\u{201c}an ordinary paragraph of the article\u{201d}", &[]),
            true,
        ),
        (
            quote(
                BlockKind::Paragraph,
                "Ordinary paragraph of the article",
                &["wp-block-pullquote"],
            ),
            true,
        ),
        (quote(BlockKind::Paragraph, "Ordinary paragraph of the article", &[]), false),
        (quote(BlockKind::Quote, "ordinary paragraph of the", &[]), false),
        (quote(BlockKind::Quote, "Nothing like it stands anywhere else", &["pullquote"]), false),
    ] {
        let rules = if gone { vec!["pull-quote"] } else { vec![] };
        assert_eq!(cleaned(block.clone(), 4, 4).1, rules, "{block:?}");
    }
}

#[test]
fn boxes_and_lists_beside_the_text_go() {
    let linked = |kind: BlockKind, text: &str| {
        let mut block = paragraph(text);
        block.kind = kind;
        block.text.mark(0..text.len(), MarkKind::Link("https://example.org/a".into()));
        block
    };
    let boxed = |name: &str| {
        let mut block = paragraph("Ask for an offer today.");
        block.context = vec!["div".into(), name.into()];
        block
    };
    for (block, rule) in [
        (boxed("article--cta"), "promotion"),
        (boxed("post_related"), "related"),
        (boxed("c-author-bio__text"), "author-bio"),
        (linked(BlockKind::Paragraph, "Learn more about our boats"), "promotion"),
        (paragraph("This post contains affiliate links."), "disclosure"),
        (paragraph("Photo credit: example.org/brook"), "photo-credit"),
    ] {
        assert_eq!(cleaned(block.clone(), 4, 4).1, vec![rule], "{block:?}");
    }
    // A sentence with a link in it is a sentence.
    let mut learn = paragraph("Learn more about boats in the museum, which opens at noon.");
    learn.text.mark(0..10, MarkKind::Link("https://example.org/a".into()));
    assert!(cleaned(learn, 4, 4).1.is_empty());
    assert!(cleaned(paragraph("We may earn the trust of the pilots."), 1, 1).1.is_empty());
}

#[test]
fn references_at_the_end_go_with_their_heading() {
    let head = |text: &str| {
        let mut block = paragraph(text);
        block.kind = BlockKind::Heading(2);
        block
    };
    let blocks = vec![
        paragraph("The harbour was built in 1890."),
        paragraph("It was built again."),
        paragraph("It burnt down."),
        paragraph("It was built once more."),
        head("References"),
        paragraph("Brook, A. (2019). Harbours. Pier Press."),
        paragraph("Hale, R. Boats. https://example.org/boats, accessed 4 May 2024."),
        head("Afterword"),
        paragraph("It stands."),
    ];
    let article = |blocks: Vec<Block>| Article {
        source: SourceText::new(" ".repeat(1000), Format::Text, String::new()),
        meta: Meta::default(),
        blocks,
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let cleaned = clean(article(blocks), &CleanOptions::default());
    let left: Vec<_> = cleaned.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(left.len(), 6, "{left:?}");
    assert!(cleaned.removed.iter().all(|r| r.rule == "references"));
    // A paragraph may introduce them; at the very end they need no heading.
    let listed = || {
        vec![
            paragraph("Hale, R. Boats of the north. Pier Press. Accessed 4 May 2024."),
            paragraph("Brook, A. B. (2019). Harbours. Pier Press."),
            paragraph("Saltmere Museum. (n.d.). Who built the pier?"),
        ]
    };
    let text =
        [paragraph("It stands."), paragraph("It fell in May. (2019 was wet.) It was mended.")];
    let mut blocks = text.to_vec();
    blocks.extend([head("Sources"), paragraph("The editors check what they print.")]);
    blocks.extend(listed());
    assert_eq!(clean(article(blocks), &CleanOptions::default()).blocks.len(), 2);
    let mut blocks = text.to_vec();
    blocks.extend(listed());
    assert_eq!(clean(article(blocks.clone()), &CleanOptions::default()).blocks.len(), 2);
    blocks.push(paragraph("So much for books."));
    assert!(clean(article(blocks), &CleanOptions::default()).removed.is_empty());
    // A section about sources is text.
    let blocks = vec![
        paragraph("The river is long."),
        head("Sources"),
        paragraph("It rises in two places, and nobody knows which is the first."),
    ];
    assert!(clean(article(blocks), &CleanOptions::default()).removed.is_empty());
}

#[test]
fn captions_go_when_they_are_not_wanted() {
    let mut block = paragraph("Ada Brook opens the pier.");
    block.kind = BlockKind::Caption;
    assert!(cleaned(block.clone(), 1, 1).1.is_empty());
    let article = Article {
        source: SourceText::new(" ".repeat(1000), Format::Text, String::new()),
        meta: Meta { url: Some("https://news.example.org/a".into()), ..Meta::default() },
        blocks: vec![block],
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let rules: CleanOptions = toml::from_str("rules.caption = \"remove\"").unwrap();
    assert_eq!(clean(article.clone(), &rules).removed[0].rule, "caption");
    // For one site only.
    let sites = ["host = \"example.org\"", "host = \"other.org\""].map(|host| {
        toml::from_str::<SiteRules>(&format!("{host}\nrules.caption = \"remove\"")).unwrap()
    });
    let of =
        |site: &SiteRules| CleanOptions { sites: vec![site.clone()], ..CleanOptions::default() };
    let gone = |options: &CleanOptions| {
        !clean(article.clone(), &options.of_site(article.meta.url.as_deref())).removed.is_empty()
    };
    assert!(gone(&of(&sites[0])) && !gone(&of(&sites[1])));
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
fn an_element_that_holds_the_article_is_no_box() {
    let inside = |names: &[&str], count: usize| -> Vec<Block> {
        let mut block = paragraph("An ordinary paragraph of the article, of exactly ten words.");
        block.context = names.iter().map(|n| (*n).to_owned()).collect();
        vec![block; count]
    };
    let left = |blocks: Vec<Block>| {
        let article = Article {
            source: SourceText::new(" ".repeat(1000), Format::HtmlPage, String::new()),
            meta: Meta::default(),
            blocks,
            removed: Vec::new(),
            warnings: Vec::new(),
        };
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

#[test]
fn items_and_headings_of_one_word_are_the_articles_own() {
    let count = |kind: &BlockKind, words: &[&str]| {
        let mut blocks = vec![paragraph("An ordinary paragraph."); 5];
        blocks.extend(words.iter().map(|w| Block { kind: kind.clone(), ..paragraph(w) }));
        blocks.extend(vec![paragraph("An ordinary paragraph."); 5]);
        let article = Article {
            source: SourceText::new(" ".repeat(1000), Format::Text, String::new()),
            meta: Meta::default(),
            blocks,
            removed: Vec::new(),
            warnings: Vec::new(),
        };
        clean(article, &CleanOptions::default()).blocks.len() - 10
    };
    let item = BlockKind::ListItem { number: None, depth: 0 };
    assert_eq!(count(&item, &["Print", "Radio", "Television"]), 3, "media");
    assert_eq!(
        count(&item, &["Facebook", "Twitter", "Copy link"]),
        1,
        "a share bar, but for its nouns"
    );
    assert_eq!(count(&item, &["Home", "Search", "Menu"]), 3, "parts of a page, described");
    assert_eq!(count(&BlockKind::Heading(2), &["Advertising", "Next"]), 2);
    assert_eq!(count(&BlockKind::Paragraph, &["Advertisement", "Menu"]), 0);
}

#[test]
fn cells_stay_with_their_words_when_notes_are_cut() {
    let text = " Boats[1]\tTwelve[2]\tOld";
    let cells = vec![1..9, 10..19, 20..23];
    let row = Block { kind: BlockKind::TableRow { header: false, cells }, ..paragraph(text) };
    let article = Article {
        source: SourceText::new(text, Format::Text, String::new()),
        meta: Meta::default(),
        blocks: vec![row],
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let cleaned = clean(article, &CleanOptions::default());
    let block = &cleaned.blocks[0];
    let BlockKind::TableRow { cells, .. } = &block.kind else { panic!("a row") };
    let words: Vec<&str> = cells.iter().map(|c| &block.text.as_str()[c.clone()]).collect();
    assert_eq!(words, ["Boats", "Twelve", "Old"]);
    assert_eq!(cleaned.removed.len(), 2);
}

#[test]
fn credits_leave_captions_and_only_captions() {
    let cases = [
        ("A boat at dawn. (Harbour Archive)", "A boat at dawn."),
        ("A boat at dawn. Photo: Ada Brook/Harbour", "A boat at dawn."),
        ("A boat at dawn (photo by Ada Brook)", "A boat at dawn"),
        ("A boat at dawn (Ada Brook/Harbour)", "A boat at dawn"),
        ("A boat at dawn (Harbour Archive)", "A boat at dawn"),
        ("A boat at dawn Photo: Ada Brook (Harbour Archive)", "A boat at dawn"),
        ("A boat at dawn. (Ada Brook)", "A boat at dawn."),
        ("The boat (built in 1921) at dawn.", "The boat (built in 1921) at dawn."),
        ("The boat at dawn (Lake Orta)", "The boat at dawn (Lake Orta)"),
    ];
    for (text, wanted) in cases {
        let mut block = paragraph(text);
        block.kind = BlockKind::Caption;
        assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some(wanted), "{text}");
    }
    // A format without captions: only a giver's name behind a whole sentence, and only at the top.
    let text = "Ada Brook, left, at the pier. (Harbour Press Office)";
    assert_eq!(cleaned(paragraph(text), 2, 9).0.as_deref(), Some("Ada Brook, left, at the pier."));
    assert_eq!(cleaned(paragraph(text), 9, 9).0.as_deref(), Some(text));
    let text = "He works at the HPO (Harbour Press Office)";
    assert_eq!(cleaned(paragraph(text), 2, 9).0.as_deref(), Some(text));
    let text = "He left early (Ada Brook)";
    assert_eq!(cleaned(paragraph(text), 2, 2).0.as_deref(), Some(text));
}

#[test]
fn note_numbers_and_citation_marks_are_cut_out() {
    let cases = [
        ("It sank.[1] Then[23] it rose.", "It sank. Then it rose."),
        ("Nobody saw it.[citation needed]", "Nobody saw it."),
        ("You [should] see [1] boats.", "You [should] see [1] boats."),
        ("The boat[s] sank.[a] All of them.", "The boat[s] sank. All of them."),
    ];
    for (text, wanted) in cases {
        assert_eq!(cleaned(paragraph(text), 2, 2).0.as_deref(), Some(wanted), "{text}");
    }
    let mut block = paragraph("Late.2 And 102 more");
    block.text.mark(5..6, MarkKind::Superscript);
    block.text.mark(13..14, MarkKind::Superscript);
    assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some("Late. And 102 more"));
    // A square metre is no note, a link on a short word is.
    let mut block = paragraph("12 km2 of it2 all");
    block.text.mark(5..6, MarkKind::Superscript);
    block.text.mark(12..13, MarkKind::Superscript);
    block.text.mark(12..13, MarkKind::Link("#n2".into()));
    assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some("12 km2 of it all"));
    // Some sites raise the number by its class alone; a word of that class is none.
    let mut block = paragraph("a tool3 or site");
    block.text.mark(6..7, MarkKind::Context(vec!["citation".into()]));
    block.text.mark(11..15, MarkKind::Context(vec!["citation".into()]));
    assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some("a tool or site"));
    // Words on both sides of a number that is cut stay apart.
    let mut block = paragraph("about it1Not at all");
    block.text.mark(8..9, MarkKind::NoteReference);
    assert_eq!(cleaned(block, 2, 2).0.as_deref(), Some("about it Not at all"));
    let mut block = paragraph("Then list[1] is read.");
    block.text.mark(5..12, MarkKind::Code);
    assert_eq!(cleaned(block, 2, 2).1, Vec::<&str>::new());
}

#[test]
fn every_note_of_a_long_block_is_cut() {
    let mut block = paragraph("");
    for (i, word) in "late.[1] ".repeat(600).split_inclusive(' ').enumerate() {
        block.text.push(word, Span::new(i * 9, i * 9 + 9));
    }
    let (left, rules) = cleaned(block, 0, 0);
    assert_eq!((left.map(|l| l.len()), rules.len()), (Some(600 * 6 - 1), 600));
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
        let article = Article {
            source: SourceText::new(source.as_str(), Format::Text, String::new()),
            meta: Meta::default(),
            blocks,
            removed: Vec::new(),
            warnings: Vec::new(),
        };
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

/// An article of `blocks`, by Ada Brook.
fn article_of(blocks: Vec<Block>) -> Article {
    Article {
        source: SourceText::new(" ".repeat(1000), Format::Text, String::new()),
        meta: Meta { byline: Some("Ada Brook and R. Hale".into()), ..Meta::default() },
        blocks,
        removed: Vec::new(),
        warnings: Vec::new(),
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
fn a_table_of_contents_goes_and_a_list_of_places_stays() {
    let item = BlockKind::ListItem { number: None, depth: 0 };
    let head = |text: &str| block(BlockKind::Heading(2), text, "");
    let sections = [head("1. The pier"), paragraph("It is long."), head("The tide"), head("Boats")];
    let with = |before: &[Block]| rules_of(&[before, &sections[..]].concat());
    let entries = [
        block(item.clone(), "The pier", "#pier"),
        block(item.clone(), "The tide", "#tide"),
        block(item.clone(), "Boats", "#boats"),
    ];
    assert_eq!(with(&entries)[..3], ["contents"; 3]);
    let lead = [head("Contents")];
    assert_eq!(with(&[&lead[..], &entries[..2]].concat())[..3], ["contents"; 3]);
    assert_eq!(with(&entries[..2])[..2], ["", ""]);
    // Links to places that no heading names, and links elsewhere.
    let notes = ["#a", "#b", "#c"].map(|target| block(item.clone(), "A note on boats", target));
    assert_eq!(with(&notes)[..3], ["", "", ""]);
    let pages = ["/a", "/b", "/c"].map(|target| block(item.clone(), "The pier", target));
    assert_eq!(with(&pages)[..3], ["", "", ""]);
    // What a page would have filled in later; a heading over the article's own list.
    assert_eq!(with(&[paragraph("Contents hide")])[0], "contents");
    assert_eq!(with(&[head("Contents"), block(item, "Two oars", "")])[0], "");
    assert_eq!(with(&[head("Contents"), paragraph("Two oars and a lamp.")])[0], "");
    assert_eq!(with(&[head("Contents")])[0], "contents");
}

#[test]
fn a_note_on_the_author_under_the_name_alone_goes() {
    let text = || paragraph("The ferry is late, and nobody minds.");
    let name = || paragraph("Written by Ada Brook");
    let bio = || paragraph("Ada is a writer who lives by the harbour. View her boats.");
    assert_eq!(rules_of(&[text(), name(), bio()]), ["", "author-bio", "author-bio"]);
    let label = || paragraph("Article reviewed by:");
    assert_eq!(rules_of(&[text(), label(), paragraph("Cy Marsh, pilot")])[1..], ["author-bio"; 2]);
    // The byline of a short post, under its subtitle or above all.
    let post = || {
        paragraph(
            "The pier opens on Monday. Two hundred people helped to build it, and all are asked.",
        )
    };
    assert_eq!(rules_of(&[name(), post()]), ["", ""]);
    assert_eq!(rules_of(&[paragraph("After two years"), name(), post()]), ["", "", ""]);
    // Somebody else, and the author in the middle of the text.
    let other = paragraph("Written by Cy Marsh");
    assert_eq!(rules_of(&[text(), other, bio()]), ["", "", ""]);
    let long = paragraph(&"The tide came in. ".repeat(50));
    assert_eq!(rules_of(&[text(), name(), bio(), long]), ["", "", "", ""]);
}

#[test]
fn a_heading_loses_the_link_to_itself() {
    let mut head = block(BlockKind::Heading(2), "The pier#pier", "");
    head.text.mark(8..13, MarkKind::Link("#pier".into()));
    assert_eq!(cleaned(head, 2, 2), (Some("The pier".into()), vec!["navigation"]));
    let mut head = block(BlockKind::Heading(2), "The language C#", "");
    head.text.mark(0..15, MarkKind::Link("#c".into()));
    assert_eq!(cleaned(head, 2, 2).1, Vec::<&str>::new());
}

#[test]
fn lines_that_lead_elsewhere_go() {
    let text = || paragraph("The ferry is late, and nobody minds.");
    let line = |words: &str| block(BlockKind::Paragraph, words, "/a");
    let rule = |block: Block| rules_of(&[text(), text(), block, text(), text(), text()])[2];
    assert_eq!(rule(line("\u{bb} Useful: A guide to boats")), "related");
    assert_eq!(rule(paragraph("\u{bb} And so it went on.")), "");
    assert_eq!(rule(line("See how the pier was built")), "promotion");
    assert_eq!(rule(line("The pier was built by Ada Brook")), "");
    assert_eq!(rule(paragraph("See how the pier was built")), "");
    assert_eq!(rule(paragraph("Image used under license from Saltmere Archive")), "photo-credit");
    assert_eq!(rule(paragraph("(Credit: Ada Brook)")), "photo-credit");
    let caption = |words: &str| block(BlockKind::Caption, words, "");
    assert_eq!(rule(caption("Ada Brook / The Saltmere Courier")), "photo-credit");
    assert_eq!(rule(caption("Photo credit: Saltmere.org")), "photo-credit");
    assert_eq!(rule(caption("The pier and/or what is left of it")), "");
    // A heading over related articles that were left out.
    let last = block(BlockKind::Heading(2), "Related articles on Saltmere.org", "");
    assert_eq!(rules_of(&[text(), text(), last]), ["", "", "related"]);
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
