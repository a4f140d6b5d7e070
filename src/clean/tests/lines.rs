//! Lines around an article.

use super::*;

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
        ("subscribe", "You are receiving this email because you signed up on the pier."),
        ("subscribe", "Unsubscribe | Update your preferences"),
        ("navigation", "View this email in your browser"),
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
        ("timestamp", "Sun 4 Jan 2026 14.40 GMT"),
        ("timestamp", "Updated at 14.40 GMT"),
        ("navigation", "Please turn on JavaScript to use this feature"),
        ("subscribe", "Follow her on Instagram for more boats."),
        ("timestamp", "Reviewed in 2024"),
        ("comments", "What would you build? Let us know in the comments below!"),
        ("subscribe", "For more of the coast, sign up for the Courier's newsletter."),
        ("subscribe", "Want more boats? Follow me on Pinterest to see what I am building."),
        ("subscribe", "Join our mailing list! Get a letter when a boat comes in."),
        ("subscribe", "Like our Facebook page for more of the pier."),
        ("navigation", "Sign in to save your progress and earn a badge"),
        ("topics", "Filed under: Harbours, Ferries"),
        ("topics", "Tags: pier tide boats"),
        ("topics", "Uncategorized"),
        ("contributors", "Reporting by Ada Brook in Saltmere; editing by R. Hale"),
        ("contributors", "This article was edited by Ada Brook and R. Hale."),
        ("contributors", "The Orrin Press contributed to this report."),
        ("contributors", "Rosa Hale in Orrin contributed reporting from the pier."),
        ("comments", "Did we miss one? Please share it in the comments."),
        ("contributors", "Translated by Rosa Hale"),
        (
            "disclosure",
            "Bookings made through included links earn me a little, at no extra cost to you.",
        ),
        ("disclosure", "Availability of transcripts may vary."),
        ("navigation", "Skip to content"),
        ("navigation", "Please scroll to the right for more info."),
        ("navigation", "Play video"),
        ("navigation", "0:00 / 1:24"),
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
        "Nothing in the comments below the line was kind.",
        "Reviewed in 2024, the plan was dropped a year later.",
        "Tags on the boats say who owns them.",
        "Join our crew on the pier at six.",
        "Sign in to the office when you land, said the pilot.",
        "Written by Ada Brook in one night, the play was a success.",
        "The rain of March contributed to this flood.",
        "Many sailors contributed to the story of the island.",
        "Reporting by The Courier in 1950 made the ferry famous.",
        "This story was originally written by a boy of nine.",
        "I asked her to share what she wrote in the comments. She laughed.",
        "For the ferry, sign up at the office on the pier.",
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
        "Updated at 14.40 pounds a head, the price was still too low.",
        "JavaScript is required reading at the museum, and nobody minds.",
        "Unsubscribe or drown, the letter said in the end.",
        "Buy it now or never, the broker wrote.",
        "Reviewed in May, the plan was dropped in June.",
    ];
    for text in cases {
        assert_eq!(cleaned(paragraph(text), 4, 1), (Some(text.to_owned()), vec![]), "{text}");
    }
    // The same date in the middle of a long article is a line of a diary.
    assert_eq!(cleaned(paragraph("March 3, 2026"), 12, 12).1, Vec::<&str>::new());
    // But when an entry of a live blog was changed is never one.
    assert_eq!(cleaned(paragraph("Updated at 14.40 GMT"), 12, 12).1, ["timestamp"]);
    // And rights are told at the end, not in the middle.
    assert_eq!(cleaned(paragraph("\u{a9} 2026 The Harbour"), 12, 12).1, Vec::<&str>::new());
}

#[test]
fn items_and_headings_of_one_word_are_the_articles_own() {
    let count = |kind: &BlockKind, words: &[&str]| {
        let mut blocks = vec![paragraph("An ordinary paragraph."); 5];
        blocks.extend(words.iter().map(|w| Block { kind: kind.clone(), ..paragraph(w) }));
        blocks.extend(vec![paragraph("An ordinary paragraph."); 5]);
        let article = article(blank(), blocks);
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
fn a_byline_is_left_without_its_dates() {
    let mut byline = paragraph("By Ada Brook | Updated 3 hours ago | 2 min read");
    byline.kind = BlockKind::Byline;
    let (left, rules) = cleaned(byline, 1, 3);
    assert_eq!(left.as_deref(), Some("By Ada Brook"));
    assert_eq!(rules.len(), 2, "{rules:?}");
    for (text, left) in [
        (
            "By Ada Brook \u{2013} Updated Mar 5, 2026 at 4:28 PM EST | Edited by R. Hale",
            "By Ada Brook | Edited by R. Hale",
        ),
        ("by Ada Brook \u{25cf} December 23, 2025", "by Ada Brook"),
        ("By Ada Brook \u{2013} Saltmere", "By Ada Brook \u{2013} Saltmere"),
    ] {
        let mut byline = paragraph(text);
        byline.kind = BlockKind::Byline;
        assert_eq!(cleaned(byline, 1, 3).0.as_deref(), Some(left));
    }
    let line = paragraph("For the Courier | Apr 21, 2017 | Boats");
    assert_eq!(cleaned(line.clone(), 1, 3).0.as_deref(), Some("For the Courier | Boats"));
    assert_eq!(cleaned(line, 9, 9).1, Vec::<&str>::new());
}

#[test]
fn what_is_drawn_as_a_button_goes() {
    let mut alone = block(BlockKind::Paragraph, "Donate to the lifeboat", "/donate");
    alone.context = vec!["div".into(), "wp-block-buttons".into()];
    assert_eq!(cleaned(alone, 3, 3), (None, vec!["promotion"]));
    let mut file = paragraph("Storm report Download");
    file.text.mark(13..21, MarkKind::Context(vec!["wp-block-file__button".into()]));
    assert_eq!(cleaned(file, 3, 3).0.as_deref(), Some("Storm report"));
    let mut text = paragraph("The button on the left rings.");
    text.context = vec!["p".into(), "button-help".into()];
    assert!(cleaned(text, 3, 3).0.is_some());
}

#[test]
fn what_a_form_holds_goes_unless_it_holds_the_article() {
    let label = |text: &str| Block { context: vec!["form".into()], ..paragraph(text) };
    assert_eq!(cleaned(label("Your name"), 4, 4), (None, vec!["navigation"]));
    let long = label(&"The harbour of Saltmere is older than its church. ".repeat(20));
    assert_eq!(cleaned(long, 1, 1).1, Vec::<&str>::new());
}

#[test]
fn a_sentence_that_points_elsewhere_goes() {
    let link = |text: &str, words: &str| {
        let mut block = paragraph(text);
        let at = text.find(words).expect("the words");
        block.text.mark(at..at + words.len(), MarkKind::Link("x".into()));
        block
    };
    let pointed = link("\u{1f449} Learn more about old piers from Orrin.", "Orrin");
    assert_eq!(cleaned(pointed, 4, 4), (None, vec!["promotion"]));
    let text = link("Learn more about old piers from Orrin.", "Orrin");
    assert_eq!(cleaned(text, 4, 4).1, Vec::<&str>::new());
    let shop = |line: &str| link(&format!("New oars are here.\n{line}"), line);
    let (left, rules) = cleaned(shop("Shop oars at Saltmere"), 4, 4);
    assert_eq!((left.as_deref(), rules), (Some("New oars are here."), vec!["promotion"]));
    assert_eq!(cleaned(shop("How oars are made"), 4, 4).1, Vec::<&str>::new());
    let mut bar = link("Subscribe now | Two towns", "Subscribe now");
    bar.text.mark(16..25, MarkKind::Link("y".into()));
    assert_eq!(cleaned(bar.clone(), 9, 2), (None, vec!["navigation"]));
    assert_eq!(cleaned(bar, 9, 9).1, Vec::<&str>::new());
    let full = link("Read our full review of the ferry", "review of the ferry");
    assert_eq!(cleaned(full, 4, 4), (None, vec!["promotion"]));
}
