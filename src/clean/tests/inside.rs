//! What is cut out of a text, and captions.

use super::*;

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
    let embeds = "https://example.org/a\nhttps://example.com/b";
    assert_eq!(cleaned(paragraph(embeds), 4, 4), (None, vec!["embed"]));
    assert_eq!(cleaned(paragraph("\u{1f6a2}"), 4, 4), (None, vec!["emoji"]));
}

#[test]
fn cells_stay_with_their_words_when_notes_are_cut() {
    let text = " Boats[1]\tTwelve[2]\tOld";
    let cells = vec![1..9, 10..19, 20..23];
    let row = Block { kind: BlockKind::TableRow { header: false, cells }, ..paragraph(text) };
    let article = article(SourceText::new(text, Format::Text, String::new()), vec![row]);
    let cleaned = clean(article, &CleanOptions::default());
    let block = &cleaned.blocks[0];
    let BlockKind::TableRow { cells, .. } = &block.kind else { panic!("a row") };
    let words: Vec<&str> = cells.iter().map(|c| &block.text.as_str()[c.clone()]).collect();
    assert_eq!(words, ["Boats", "Twelve", "Old"]);
    assert_eq!(cleaned.removed.len(), 2);
}

#[test]
fn a_credit_may_be_an_item_of_its_own() {
    let item = |text: &str| {
        let kind = BlockKind::ListItem { number: None, depth: 0 };
        cleaned(Block { kind, ..paragraph(text) }, 4, 4).1
    };
    assert_eq!(item("Credit: Ada Brook"), ["photo-credit"]);
    assert!(item("Credit: what the bank lends to the town").is_empty());
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
        ("A boat at dawn. Photo: A. B. Brook", "A boat at dawn."),
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

#[test]
fn captions_go_when_they_are_not_wanted() {
    let mut block = paragraph("Ada Brook opens the pier.");
    block.kind = BlockKind::Caption;
    assert!(cleaned(block.clone(), 1, 1).1.is_empty());
    let article = Article {
        meta: Meta { url: Some("https://news.example.org/a".into()), ..Meta::default() },
        ..article(blank(), vec![block])
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
