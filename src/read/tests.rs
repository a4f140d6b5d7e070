//! What holds for every reader: no input panics, spans stand in the source, no word is lost, hostile
//! input takes linear time.

use proptest::prelude::*;

use super::*;
use crate::model::Block;

/// Reads `text` as `format`.
pub(super) fn article(format: Format, text: &str) -> Article {
    let source = SourceText::new(text, format, String::new());
    reader(format).read(source, &ReadOptions::default())
}

/// The blocks as `kind: text`, added ones with a plus sign.
pub(super) fn blocks(article: &Article) -> Vec<String> {
    article.blocks.iter().map(show).collect()
}

fn show(block: &Block) -> String {
    let kind = match &block.kind {
        crate::model::BlockKind::Heading(level) => format!("h{level}"),
        crate::model::BlockKind::ListItem { number, depth } => {
            let number = number.map(|n| format!("{n}")).unwrap_or_default();
            format!("{}item{number}", "-".repeat(usize::from(*depth)))
        }
        crate::model::BlockKind::TableRow { header: true, .. } => "header".to_owned(),
        kind => kind.name().to_owned(),
    };
    let plus = if block.added.is_some() { "+" } else { "" };
    format!("{plus}{kind}: {}", block.text.as_str())
}

/// The removals as `rule: text`.
pub(super) fn removed(article: &Article) -> Vec<String> {
    article.removed.iter().map(|r| format!("{}: {}", r.rule, r.text)).collect()
}

/// The codes of the warnings.
pub(super) fn warnings(article: &Article) -> Vec<String> {
    article.warnings.iter().map(|w| w.code.to_string()).collect()
}

const ALL: [Format; 6] = [
    Format::Markdown,
    Format::HtmlPage,
    Format::HtmlFragment,
    Format::Text,
    Format::Chapter,
    Format::Docx,
];

/// Every span is in the source and on character boundaries, and every plain word of a block is the
/// word that stands at its span.
pub(super) fn check_spans(article: &Article) {
    let source = &*article.source.text;
    let inside = |span: crate::model::Span| {
        assert!(span.end <= source.len() && span.start <= span.end, "{span:?}");
        assert!(
            source.is_char_boundary(span.start) && source.is_char_boundary(span.end),
            "{span:?}"
        );
    };
    for block in &article.blocks {
        inside(block.span);
        let text = block.text.as_str();
        for (at, c) in text.char_indices() {
            inside(block.text.span_of(at..at + c.len_utf8()));
        }
        if block.added.is_some() {
            continue;
        }
        for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            let span = block.text.span_of(at..at + word.len());
            if span.len() == word.len() {
                assert_eq!(&source[span.range()], word, "{text:?}");
            }
        }
    }
    for removed in &article.removed {
        inside(removed.span);
    }
    let order: Vec<_> = article.removed.iter().map(|r| r.span).collect();
    assert!(order.is_sorted(), "removals are in source order");
}

fn words(text: &str) -> Vec<String> {
    let mut words = super::article::words(text);
    words.sort();
    words
}

/// Every word of `expected` is in a block or a removal, and none is twice.
fn check_words(article: &Article, expected: &str) {
    let blocks = article.blocks.iter().filter(|b| b.added.is_none()).map(|b| b.text.as_str());
    let all: Vec<&str> = blocks.chain(article.removed.iter().map(|r| r.text.as_str())).collect();
    assert_eq!(words(&all.join(" ")), words(expected));
}

#[test]
fn every_word_of_a_markdown_source_is_in_a_block_or_a_removal() {
    let source = "---\ntitle: Not counted\n---\n# Head *one* {#id .cls}\n\nText with [a link](http://not.counted) \
        and ![a picture](x.png) &amp; `code` <b>tag</b>.\n{: .lead}\n\n1. first\n2. second[^n]\n   - nested\n\n\
        {% image \"x.png\" \"alt\" %}\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n> on\n\n```rust\nlet x;\n```\n\n\
        <div>\nblock <i>html</i>\n<script>run();</script>\n</div>\n\n[^n]: the note\n\n- [x] done\n\n\
        [responsivevoice_button voice=\"US English Female\"]\n";
    let expected = "Head one id cls Text with a link and a picture code tag lead 1 first 2 second n nested \
        image x png alt a b c d quoted on rust let x block html run n the note x done \
        responsivevoice_button voice US English Female";
    let article = article(Format::Markdown, source);
    check_words(&article, expected);
    check_spans(&article);
}

#[test]
fn every_word_of_a_page_is_in_a_block_or_a_removal() {
    let story =
        "<p>The council met on Monday and talked about the bridge until midnight.</p>".repeat(8);
    let source = format!(
        "<html><head><title>Not counted</title><style>not</style></head><body><nav><a>Home</a><a>News</a></nav>\
         <article><h1>The bridge</h1>{story}<svg><title>icon</title></svg></article>\
         <noscript>turn on</noscript><footer>All rights</footer><script>not()</script></body></html>"
    );
    let plain = format!(
        "Home News The bridge {} All rights",
        story.replace("<p>", " ").replace("</p>", " ")
    );
    for format in [Format::HtmlPage, Format::HtmlFragment] {
        let article = article(format, &source);
        check_words(&article, &plain);
        check_spans(&article);
    }
}

#[test]
fn nesting_without_reason_neither_overflows_nor_stalls() {
    let deep = 100_000;
    for (format, source) in [
        (Format::HtmlPage, format!("<html><body>{}<p>the words</p>", "<div>".repeat(deep))),
        (Format::HtmlPage, format!("<html><body>{}the words", "<table><tr><td>".repeat(deep))),
        (Format::HtmlPage, format!("<html><body>{}the words", "<ul><li>".repeat(deep))),
        (Format::HtmlFragment, format!("{}the words", "<div>".repeat(deep))),
        (Format::HtmlFragment, format!("{}the words", "<b><i>".repeat(deep))),
        (Format::Markdown, format!("{} the words", ">".repeat(deep))),
        (Format::Markdown, format!("{}the words", "- ".repeat(deep))),
        (Format::Markdown, format!("{}the words{}", "*".repeat(deep), "*".repeat(deep))),
        (Format::Markdown, format!("{}the words", "[".repeat(deep))),
        (Format::Markdown, format!("{}the words", "<div>\n\n".repeat(deep))),
        (Format::Text, format!("{}the words", "[caption]".repeat(deep))),
    ] {
        // Threads of a pool have less stack than the main one.
        let reading = std::thread::Builder::new()
            .stack_size(2 * 1024 * 1024)
            .spawn(move || article(format, &source))
            .expect("a thread");
        let article = reading.join().expect("no overflow and no panic");
        let text = blocks(&article).concat();
        assert!(text.contains("the words"), "{format:?}");
    }
}

#[test]
fn an_article_without_words_is_no_error() {
    for format in ALL {
        for source in ["", "\n\n", "<p></p>", "---\n---\n", "\u{feff}", "***"] {
            assert!(article(format, source).warnings.is_empty(), "{format:?} {source:?}");
        }
    }
}

#[test]
fn carriage_returns_are_line_ends() {
    for format in [Format::Markdown, Format::Text] {
        let article = article(format, "First line of it.\r\n\r\nSecond\r\n\r\n- a\r\n- b\r\n");
        assert_eq!(article.blocks.len(), 4, "{:?}", blocks(&article));
        check_spans(&article);
    }
}

#[test]
fn text_is_composed_and_its_spans_still_fit() {
    let source = "Cafe\u{301} ole\u{301} and \u{1100}\u{1161} more";
    for format in ALL.into_iter().filter(|f| *f != Format::Docx) {
        let article = article(format, source);
        assert_eq!(article.blocks[0].text.as_str(), "Café olé and 가 more", "{format:?}");
        let text = &article.blocks[0].text;
        assert_eq!(text.span_of(0.."Café".len()).end, "Cafe\u{301}".len());
        check_spans(&article);
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class=a hidden>"),
        Just("</div>"),
        Just("<b>"),
        Just("</b>"),
        Just("<table><tr><td>"),
        Just("</td>"),
        Just("</table>"),
        Just("<li>"),
        Just("<ol start=3>"),
        Just("<script>"),
        Just("</script>"),
        Just("<svg>"),
        Just("</svg>"),
        Just("<pre>"),
        Just("</pre>"),
        Just("<head>"),
        Just("<title>"),
        Just("</title>"),
        Just("<img alt='a &amp; b'>"),
        Just("<br>"),
        Just("<!--"),
        Just("-->"),
        Just("<"),
        Just("&amp;"),
        Just("&#x301;"),
        Just("&"),
        Just("[caption]"),
        Just("[/caption]"),
        Just("[responsivevoice voice=“a”]"),
        Just("[/responsivevoice]"),
        Just("[RVListenButton voice=\"x"),
        Just("[["),
        Just("]"),
        Just("{% raw %}"),
        Just("{% endraw %}"),
        Just("{{ a }}"),
        Just("{: .x}"),
        Just("{% highlight a %}"),
        Just("{% endhighlight %}"),
        Just("---\n"),
        Just("title: x\n"),
        Just("# "),
        Just("> "),
        Just("- "),
        Just("1. "),
        Just("```\n"),
        Just("`"),
        Just("*"),
        Just("_"),
        Just("~~"),
        Just("$"),
        Just("[^1]"),
        Just("[^1]: "),
        Just("!["),
        Just("]("),
        Just(")"),
        Just("| a | b |\n|---|---|\n"),
        Just("\\"),
        Just("\n"),
        Just("\r\n"),
        Just("\n\n"),
        Just("    "),
        Just("\t"),
        Just(" "),
        Just("\u{a0}"),
        Just("word"),
        Just("Wörter"),
        Just("e\u{301}"),
        Just("日本語"),
        Just("🎉"),
        Just("\0"),
        Just("By Ann Lee\n"),
        Just("CHAPTER I\n"),
        Just("=====\n"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_input_panics_and_spans_stand_in_the_source(source in pieces()) {
        for format in ALL {
            check_spans(&article(format, &source));
        }
    }

    #[test]
    fn no_string_panics(source in "\\PC{0,200}") {
        for format in ALL {
            check_spans(&article(format, &source));
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(text) = decode::decode("a", &bytes) {
            let options = ReadOptions::default();
            check_spans(&reader(text.format).read(text, &options));
        }
    }
}
