//! Alternative texts of pictures.

use super::*;

/// What is left of alternative texts in an article called "The bridge waits", with a heading and a caption.
fn left(texts: &[&str]) -> Vec<String> {
    let mut blocks = vec![block(BlockKind::Heading(2), "North Quay", "")];
    for text in texts {
        blocks.push(block(BlockKind::Image, text, ""));
        blocks.push(paragraph("An ordinary paragraph of the article."));
    }
    let mut article = article_of(blocks);
    article.meta.title = Some("The bridge waits".into());
    let cleaned = clean(article, &CleanOptions::default());
    let pictures = cleaned.blocks.iter().filter(|b| b.kind == BlockKind::Image);
    pictures.map(|b| b.text.as_str().to_owned()).collect()
}

#[test]
fn alternative_texts_that_describe_nothing_go() {
    let nothing = [
        "DSC_0042.JPG",
        "IMG 1234",
        "image1",
        "Screenshot 2026-01-02 at 10.11",
        "harbour-board-resources-download",
        "harbour_chart",
        "icon",
        "Open",
        "Saltmere Courier logo",
        "Ada Brook's avatar",
        "boat",
        "Saltmere | The bridge waits",
        "North quay",
        "Ada Brook",
    ];
    for text in nothing {
        assert_eq!(left(&[text]), Vec::<String>::new(), "{text}");
    }
    let pictures = [
        "Saltmere",
        "A boat at dawn",
        "Coca-Cola vans on the pier",
        "The pier in 1921",
        "Die Fähre",
    ];
    for text in pictures {
        assert_eq!(left(&[text]), [text]);
    }
    assert_eq!(left(&["A boat at dawn", "A boat at dawn."]), ["A boat at dawn"], "said once");
}

#[test]
fn a_caption_is_enough_where_it_says_the_same() {
    for (alt, caption, expected) in [
        ("The old pier at dusk", "The old pier at dusk, seen from the quay.", 0),
        ("Two men with a net", "Saltmere, May 2026", 1),
    ] {
        let blocks = vec![block(BlockKind::Image, alt, ""), block(BlockKind::Caption, caption, "")];
        let left = clean(article_of(blocks), &CleanOptions::default()).blocks.len();
        assert_eq!(left, expected + 1, "{alt}");
    }
}
