//! Sections and quotations: what is decided by what stands around.

use super::*;

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
    let article = |blocks: Vec<Block>| article(blank(), blocks);
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
    assert_eq!(cleaned(link("READ: Five boats to watch", 6), 3, 3), (None, vec!["related"]));
    let mut step = link("Read: Five boats to watch", 6);
    step.kind = BlockKind::ListItem { number: None, depth: 0 };
    assert!(cleaned(step, 3, 3).0.is_some());
    let list = link("Related reports include The price of boats | The price of piers", 24);
    assert_eq!(cleaned(list, 3, 3), (None, vec!["related"]));
    // A sentence that introduces titles, and one that introduces names.
    let titles = [link("Five boats to watch in spring", 0), link("How the pier was built", 0)];
    let names = [link("Orrin Trust", 0), link("Two Towns", 0)];
    let below = |lead: &str, links: &[Block]| rules_of(&[&[paragraph(lead)], links].concat());
    assert_eq!(below("Sailors found these guides helpful:", &titles), ["related"; 3]);
    assert_eq!(below("These groups wrote reviews of the plan:", &names), [""; 3]);
    assert_eq!(below("They met. See the guides they wrote:", &titles), [""; 3]);
    let treaty =
        "The following articles of the treaty still bind the two towns in all that they do:";
    assert_eq!(below(treaty, &titles), [""; 3]);
    let mut heading = paragraph("Related stories");
    heading.kind = BlockKind::Heading(3);
    let article = article(
        SourceText::new(" ".repeat(100), Format::Text, String::new()),
        vec![paragraph("Text."), heading, link("Five boats", 0), link("Six boats", 0)],
    );
    assert_eq!(clean(article, &CleanOptions::default()).blocks.len(), 1);
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
fn a_last_paragraph_about_the_author_goes() {
    let about = "Ada Brook covers the coast for the Courier.";
    let story = || paragraph("An ordinary paragraph of the article, of exactly ten words.");
    assert_eq!(rules_of(&[story(), story(), paragraph(about)])[2], "author-bio");
    // Somebody else, and not at the end.
    let other = "Tam Orr covers the coast for the Courier.";
    assert_eq!(rules_of(&[story(), story(), paragraph(other)])[2], "");
    assert_eq!(rules_of(&[paragraph(about), story(), story(), story(), story()])[0], "");
}

#[test]
fn the_speaker_of_a_pulled_quotation_goes_with_it() {
    let pulled = |text: &str| {
        let mut block = block(BlockKind::Quote, text, "");
        block.context = vec!["figure".into(), "wp-block-pullquote".into()];
        block
    };
    let text = || paragraph("We tied ourselves to the mast and sang, said the skipper.");
    let quote = || pulled("We tied ourselves to the mast and sang.");
    let blocks = [quote(), pulled("Tam Orr, skipper"), text()];
    assert_eq!(rules_of(&blocks), ["pull-quote", "pull-quote", ""]);
    // Of a quotation that is said nowhere else, the speaker is named.
    assert_eq!(rules_of(&[quote(), pulled("Tam Orr, skipper")]), ["", ""]);
}

#[test]
fn the_key_events_of_a_live_blog_are_a_table_of_contents() {
    let item = |text: &str, target: &str| {
        let mut block = block(BlockKind::ListItem { number: None, depth: 0 }, text, "");
        block.text.mark(6..text.len(), MarkKind::Link(target.into()));
        block
    };
    let blocks = [
        block(BlockKind::Heading(2), "Key events", ""),
        item("14.32 Ferries stop", "#a"),
        item("13.10 Power cuts", "#b"),
        paragraph("All ferries have stopped."),
    ];
    assert_eq!(rules_of(&blocks), ["contents", "contents", "contents", ""]);
}

#[test]
fn a_note_on_the_author_goes_and_a_person_of_the_article_stays() {
    let head = |text: &str| block(BlockKind::Heading(3), text, "");
    let text = || paragraph(&"The harbour of Saltmere is older than its church. ".repeat(20));
    let notice = paragraph("Loans are made by the Orrin Bank.");
    let with = |end: &[Block]| rules_of(&[&[text(), text()], end].concat())[2..].to_vec();
    // Nobody has said who the author is, but the lines do.
    let note =
        paragraph("Mara Quill has sailed all her life and writes of it when the wind is down.");
    assert_eq!(with(&[head("Written by Mara Quill"), note.clone()]), ["author-bio", "author-bio"]);
    assert_eq!(with(&[paragraph("Mara Quill"), note.clone()]), ["author-bio", "author-bio"]);
    assert_eq!(with(&[head("The end"), note.clone()]), ["", ""]);
    // Of a person of the article the same is told, but not that they write, or of more than one.
    let told = paragraph("Mara Quill has sailed all her life and teaches the young.");
    assert_eq!(with(&[head("Mara Quill"), told.clone()]), ["", ""]);
    let other = paragraph("Ines Vale has sailed with her and writes of it in the winter.");
    let people = [head("Mara Quill"), told, head("Ines Vale"), other];
    assert_eq!(with(&people), [""; 4]);
    let quoted = "Ines Vale is the editor of the island paper. \u{201c}I print what I see,\u{201d} she says.";
    assert_eq!(with(&[paragraph(quoted)]), [""]);
    // Names above names, and the notes below them.
    let several = [
        head("Article written by:"),
        head("Mara Quill, MD"),
        head("Article reviewed by:"),
        head("Ines Vale, MD"),
        note.clone(),
        paragraph("Ines Vale is a physician on the island."),
    ];
    assert_eq!(with(&several), ["author-bio"; 6]);
    // Somebody of the press, named nowhere else, before a notice.
    let press = paragraph("Mara Quill is a freelance reporter based in Saltmere.");
    assert_eq!(with(&[press.clone(), notice.clone()]), ["author-bio", ""]);
    assert_eq!(with(&[paragraph("Nobody had asked Quill."), press.clone(), notice]), ["", "", ""]);
    assert_eq!(
        with(&[head("About the author"), note, paragraph("Correction: it is older.")])[2],
        ""
    );
    // At the head, of a known author.
    let known = paragraph("Ada Brook is a writer who has covered harbours for ten years.");
    assert_eq!(rules_of(&[known, text(), text()])[0], "author-bio");
    assert_eq!(rules_of(&[press, text(), text()])[0], "");
    // What is left of names that were links.
    let roles = [head("Edited by"), paragraph("Reviewed by"), text()];
    assert_eq!(rules_of(&roles)[..2], ["author-bio", "author-bio"]);
}

#[test]
fn a_date_below_the_title_is_no_heading_but_the_days_of_a_diary_are() {
    let head = |text: &str| block(BlockKind::Heading(2), text, "");
    let text = || paragraph("It rained on the pier.");
    let title = || block(BlockKind::Title, "Days on the pier", "");
    assert_eq!(
        rules_of(&[title(), head("January 1, 2025"), text(), head("Boats"), text()])[1],
        "timestamp"
    );
    assert_eq!(
        rules_of(&[title(), head("January 1, 2025"), text(), head("January 2, 2025"), text()]),
        [""; 5]
    );
}
