//! Blocks in, segments out.

use super::*;
use crate::model::{Format, Meta, SourceText};

/// An article of these blocks, one after another in its source.
fn article(blocks: Vec<(BlockKind, &str)>) -> CleanArticle {
    let mut source = String::new();
    let blocks = blocks
        .into_iter()
        .map(|(kind, text)| {
            let span = Span::new(source.len(), source.len() + text.len());
            source.push_str(text);
            source.push('\n');
            Block::new(kind, Text::from_source(text, span), span)
        })
        .collect();
    CleanArticle {
        source: SourceText::new(source, Format::Text, String::new()),
        meta: Meta::default(),
        blocks,
        removed: Vec::new(),
        warnings: Vec::new(),
    }
}

fn shown(script: &Script) -> Vec<String> {
    script
        .segments
        .iter()
        .map(|s| format!("{:?} {}: {}", s.role, s.pause_after_ms, s.text))
        .collect()
}

#[test]
fn roles_pauses_and_places() {
    let item = BlockKind::ListItem { number: None, depth: 0 };
    let script = segment(
        article(vec![
            (BlockKind::Title, "Dr. No. A title"),
            (BlockKind::Paragraph, "One  sentence.\nAnd another."),
            (item, "An item"),
            (BlockKind::Paragraph, "* * *"),
        ]),
        &SegmentOptions::default(),
    );
    assert_eq!(
        shown(&script),
        [
            "Title 1000: Dr. No. A title",
            "Paragraph 280: One sentence.",
            "Paragraph 550: And another.",
            "ListItem 350: An item",
        ]
    );
    let ids: Vec<&str> = script.segments.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["s1", "s2", "s3", "s4"]);
    let second = &script.segments[2];
    assert_eq!(&script.source.text[second.span.range()], "And another.");
    assert_eq!(script.source.lines.line(second.span.start), 3);
}

#[test]
fn choices_are_announced_or_on_record() {
    let row = |cells: Vec<Range<usize>>| BlockKind::TableRow { header: false, cells };
    let blocks = || {
        vec![
            (BlockKind::Code, "let x = 1;"),
            (row(vec![0..1, 2..4]), "A\t12"),
            (row(vec![0..1]), "B\t3"),
            (BlockKind::Caption, "A boat."),
        ]
    };
    let script = segment(article(blocks()), &SegmentOptions::default());
    assert_eq!(
        shown(&script),
        [
            "Announcement 550: Code sample skipped.",
            "Table 350: A, 12.",
            "Table 350: B.",
            "Caption 450: A boat.",
        ]
    );
    assert_eq!((script.removed.len(), script.removed[0].rule), (1, "code"));
    let options = SegmentOptions {
        code: CodeChoice::Read,
        tables: TableChoice::Announce,
        captions: SpeakChoice::Skip,
        ..SegmentOptions::default()
    };
    let script = segment(article(blocks()), &options);
    assert_eq!(shown(&script), ["Code 550: let x = 1;", "Announcement 550: Table skipped."]);
    let rules: Vec<&str> = script.removed.iter().map(|r| r.rule).collect();
    assert_eq!(rules, ["table", "table", "caption"]);
}

#[test]
fn the_language_is_declared_or_told_from_the_words() {
    let german = "Die Fähre fuhr am Montag wieder, und der ganze Hafen kam, um ihr zuzusehen. Niemand \
                  hatte damit gerechnet, dass sie so früh fertig würde, denn der Rumpf war dünner, als \
                  die Zeichnungen sagten, und das Holz musste von weit her geholt werden.";
    let script = segment(article(vec![(BlockKind::Paragraph, german)]), &SegmentOptions::default());
    assert_eq!(script.meta.language.as_deref(), Some("de"));
    let script =
        segment(article(vec![(BlockKind::Paragraph, "Kurz.")]), &SegmentOptions::default());
    assert_eq!(script.meta.language.as_deref(), Some("en"), "too short to tell");
    let mut declared = article(vec![(BlockKind::Paragraph, german)]);
    declared.meta.language = Some("en-GB".into());
    declared.blocks[0].language = Some("de".into());
    let script = segment(declared, &SegmentOptions::default());
    assert_eq!(script.meta.language.as_deref(), Some("en-GB"));
    assert_eq!(script.segments[0].language, "de");
}
