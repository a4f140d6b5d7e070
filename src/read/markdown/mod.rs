//! Markdown -> article.
//!
//! The parser's events drive the same walker as HTML does, so that a figure, a table or a paragraph
//! written in HTML inside Markdown is read like any other. What is no text although it stands among
//! it (shortcodes, template tags, attribute lists) is hidden from the parser under filler of the
//! same length, so that every offset stays true to the source.

mod element;
mod inline;
mod mask;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::article::{Draft, title_of_metadata};
use super::cut::{self, Cut};
use super::html::{Facts, Found, Habits, Places, Walker, walk_mapped};
use super::text::lettered;
use super::{dialect, front_matter, shortcode, template};
use crate::model::{Article, BlockKind, MarkKind, SourceText, Span, Text};
use inline::label;
use mask::{mask, nesting};

/// Reads a Markdown source.
pub(crate) fn read(source: SourceText) -> Article {
    let text = source.text.clone();
    let matter = front_matter::read(&text);
    let codes = shortcode::find(&text, true);
    let mut cuts = template::tags(&text);
    cuts.extend(template::attribute_lists(&text));
    cuts.extend(codes.cuts);
    cuts.extend(nesting(&text));
    let dialect = dialect::find(&text, matter.end);
    cuts.extend(dialect.cuts);
    cuts.retain(|c| c.range.start >= matter.end);
    let cuts = cut::in_order(cuts);
    let masked = mask(&text, matter.end, &cuts, &dialect.indents, &dialect.titles);
    let habits = Habits { record_scripts: true, tables_are_data: true, ..Habits::default() };
    let mut reading = Reading {
        source: &text,
        masked: &masked,
        claimed: vec![false; cuts.len()],
        in_code: vec![false; cuts.len()],
        cuts: &cuts,
        walker: Walker::new(&text, habits),
        html: None,
        image: None,
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH;
    for (event, range) in Parser::new_ext(&masked, options).into_offset_iter() {
        // A hidden character is as many signs as it has bytes, and the parser may part those.
        let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
        reading.event(event, range);
    }
    reading.walker.finish();
    reading.unclaimed();
    let in_code = |at: usize| {
        let index = cuts.partition_point(|c| c.range.end <= at);
        reading.in_code.get(index).copied().unwrap_or(false)
    };
    let picks: Vec<_> = codes.picks.iter().filter(|p| !in_code(p.at)).cloned().collect();
    let warnings: Vec<_> = codes.warnings.into_iter().filter(|(at, _)| !in_code(*at)).collect();
    let marks = reading.walker.warnings;
    let (mut found, removed) = (reading.walker.found, reading.walker.removed);
    captions(&mut found, &text, &cuts);
    let mut draft = Draft::new(source, matter.meta, found, removed);
    draft.warnings.extend(matter.warning);
    draft.warn(marks);
    draft.listen(&picks, warnings);
    title_of_metadata(&mut draft, matter.subtitle.as_deref());
    draft.finish()
}

struct Reading<'a> {
    source: &'a str,
    masked: &'a str,
    cuts: &'a [Cut],
    /// Cuts that an event has met, or that stand where no text is.
    claimed: Vec<bool>,
    /// Cuts that are content after all, because they stand in code.
    in_code: Vec<bool>,
    walker: Walker<'a>,
    /// The HTML block being collected, and where its parts stand.
    html: Option<(String, Places)>,
    /// The alternative text being collected, and how many images are open.
    image: Option<(Text, usize)>,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = Span::from(range.clone());
        if self.image.is_some() && self.alternative(&event, range.clone()) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(&text, range),
            Event::InlineMath(_) => self.formula(range, 1),
            Event::DisplayMath(_) => self.formula(range, 2),
            Event::Html(_) => match &mut self.html {
                Some((html, places)) => {
                    places.add(html.len(), range.start);
                    html.push_str(&self.masked[range]);
                }
                None => self.html_of(range),
            },
            Event::InlineHtml(_) => self.html_of(range),
            Event::FootnoteReference(_) => {
                let names = vec!["footnote-ref".to_owned()];
                self.walker.open("sup", Facts { names, ..Facts::default() }, false, at);
                let label = label(self.source, range);
                self.source_text(label);
                self.walker.close("sup");
            }
            // Items of a list that Markdown does not know: "a) ...", "b) ...".
            Event::SoftBreak if lettered(&self.source[range.end..]).is_some() => {
                self.walker.line_break(at);
            }
            Event::SoftBreak => self.walker.text("\n", range.start, false),
            Event::HardBreak => self.walker.line_break(at),
            Event::Rule => self.walker.flush(),
            Event::TaskListMarker(_) => self.marker(range),
        }
    }

    /// One tag, or a comment, inside a paragraph.
    fn html_of(&mut self, range: Range<usize>) {
        let mut places = Places::none();
        places.add(0, range.start);
        let html = self.masked[range].to_owned();
        self.html_block(&html, &places);
    }

    /// HTML put together from parts of the source.
    fn html_block(&mut self, html: &str, places: &Places) {
        let (first, last) = (places.source(0), places.source(html.len().saturating_sub(1)) + 1);
        let mut cuts = Vec::new();
        for index in meeting(self.cuts, &(first..last)) {
            self.claimed[index] = true;
            let cut = &self.cuts[index];
            let start = places.text(cut.range.start, html.len());
            let end = places.text(cut.range.end.saturating_sub(1), html.len());
            if let (Some(start), Some(end)) = (start, end) {
                cuts.push(Cut { range: start..end + 1, ..cut.clone() });
            }
        }
        walk_mapped(&mut self.walker, html, &cuts, places);
    }

    /// Puts cuts that stood on lines of their own on record: no event has shown them.
    fn unclaimed(&mut self) {
        for (index, cut) in self.cuts.iter().enumerate() {
            let hidden =
                matches!(self.masked.as_bytes().get(cut.range.start), Some(b' ' | b'<' | b'#'));
            if hidden
                && !self.claimed[index]
                && let Some(rule) = cut.rule
            {
                let range = cut.range.clone();
                self.walker.record(rule, &self.source[range.clone()], range.into());
            }
        }
    }
}

/// Markdown has no captions, so authors write one in italics below the picture: a paragraph all of
/// it stressed, without a blank line after an image or an image tag of a site generator.
fn captions(found: &mut [Found], source: &str, cuts: &[Cut]) {
    let is_image = |cut: &&Cut| {
        let tag = &source[cut.range.clone()];
        cut.rule == Some("template-tag")
            && ["image", "figure", "img"].iter().any(|n| tag.contains(n))
    };
    let mut images = cuts.iter().filter(is_image).map(|c| c.range.end).peekable();
    let mut last = None;
    for part in found {
        let start = part.block.text.span().start;
        while let Some(end) = images.next_if(|end| *end <= start) {
            last = last.max(Some(end));
        }
        if part.block.kind == BlockKind::Image {
            last = last.max(Some(part.block.span.end));
            continue;
        }
        let below = last.and_then(|end| source.get(end..start)).is_some_and(|between| {
            between.len() < 1000
                && between.contains('\n')
                && !between.lines().skip(1).any(|l| l.trim().is_empty())
        });
        let whole = 0..part.block.text.len();
        let mut marks = part.block.text.marks().iter();
        let stressed = marks.any(|m| m.kind == MarkKind::Emphasis && m.range == whole);
        if below && stressed && part.block.kind == BlockKind::Paragraph {
            part.block.kind = BlockKind::Caption;
        }
    }
}

/// Indices of the cuts that meet `range`.
fn meeting(cuts: &[Cut], range: &Range<usize>) -> Range<usize> {
    let first = cuts.partition_point(|c| c.range.end <= range.start);
    let end = cuts.partition_point(|c| c.range.start < range.end);
    first..end.max(first)
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Format, MarkKind};
    use crate::read::tests::{article, blocks, removed, warnings};

    fn read(source: &str) -> Article {
        article(Format::Markdown, source)
    }

    #[test]
    fn markdown_becomes_typed_blocks() {
        for (source, expected, reason) in [
            ("a\nb *c*", vec!["paragraph: a b c"], "a paragraph"),
            ("# a\n\nb\n\n## c", vec!["title: a", "paragraph: b", "h2: c"], "headings"),
            ("a\n\n# b", vec!["paragraph: a", "h1: b"], "no headline below text"),
            ("3. a\n4. b\n   - c", vec!["item3: a", "item4: b", "-item: c"], "lists"),
            ("- [x] a\n- [ ] b", vec!["item: a", "item: b"], "tasks"),
            ("> a\n> b\n>\n> c", vec!["quote: a b", "quote: c"], "quotations"),
            ("```sh\na\n  b\n```", vec!["code: a\n  b"], "code"),
            ("| a | b |\n|---|---|\n| c |  |", vec!["header: a\tb", "table-row: c\t"], "a table"),
            ("a[^n] b\n\n[^n]: c", vec!["paragraph: a n b", "note: c"], "footnotes"),
            ("a\n: b", vec!["item: a", "item: b"], "definitions"),
            ("a ![b *c*](d.png) e", vec!["paragraph: a e", "image: b c"], "a picture"),
            ("a \\* &amp; \\[b\\]", vec!["paragraph: a * & [b]"], "escapes and references"),
            ("a  \nb\\\nc", vec!["paragraph: a\nb\nc"], "line breaks"),
            ("It is $5 to $6, or $x$.", vec!["paragraph: It is $5 to $6, or x."], "dollars"),
            ("$a^2$ costs $5-$6", vec!["paragraph: a^2 costs $5-$6"], "mathematics"),
            ("a\n\n$$\nb = c\n$$", vec!["paragraph: a", "paragraph: b = c"], "a formula set apart"),
            ("a) b\nb) c\nd", vec!["paragraph: a) b\nb) c d"], "lettered lines"),
            ("\"a\" -- 'b'...", vec!["paragraph: \"a\" -- 'b'..."], "as written"),
            (
                "a <!-- b --> c\n\n<!-- more -->\n\nd",
                vec!["paragraph: a c", "paragraph: d"],
                "comments",
            ),
            ("<div class=x>\n\n**a**\n\n</div>", vec!["paragraph: a"], "HTML around Markdown"),
            ("<p>a <b>b</b>\nc</p>", vec!["paragraph: a b c"], "HTML"),
            ("a <kbd>b</kbd><br>c", vec!["paragraph: a b\nc"], "HTML in a line"),
            ("> <div>\n> a\n> b</div>", vec!["quote: a b"], "HTML in a quotation"),
            ("![a](b)\n*c*", vec!["image: a", "caption: c"], "a caption in italics"),
            ("![a](b)\n\n*c*", vec!["image: a", "paragraph: c"], "italics further down"),
            ("{% image \"a\" %}\n*c*", vec!["caption: c"], "a caption below an image tag"),
            (
                "<figure>\n\n\t{% image \"a\" %}\n\n\t<figcaption>b</figcaption>\n</figure>",
                vec!["caption: b"],
                "an indented figure",
            ),
            ("[a]({{ site.url }}/b \"c\") d", vec!["paragraph: a d"], "a tag in an address"),
            ("a {{ b }} c", vec!["paragraph: a c"], "a tag in a line"),
            (
                "`{{ a }}`\n\n```\n{% b %}\n```",
                vec!["paragraph: {{ a }}", "code: {% b %}"],
                "tags in code",
            ),
            ("{% raw %}{{ a }}{% endraw %}", vec!["paragraph: {{ a }}"], "raw text"),
            (
                "{% highlight rb %}\na = 1\n{% endhighlight %}\n\nb",
                vec!["code: a = 1", "paragraph: b"],
                "highlighted code",
            ),
            ("a\n{: .b}\n\nc\n{:.d}", vec!["paragraph: a", "paragraph: c"], "attribute lists"),
            ("## a {#b}", vec!["h2: a"], "an attribute list of a heading"),
            ("a [RVListenButton] b", vec!["paragraph: a b"], "a button"),
            ("---\ntitle: a\n---\nb", vec!["+title: a", "paragraph: b"], "a title above"),
            (
                "---\ntitle: A b\n---\n## *a* b!\n\nc",
                vec!["title: a b!", "paragraph: c"],
                "a title shown",
            ),
            (
                "---\ntitle: a\nsubtitle: b\n---\nc",
                vec!["+title: a", "+h2: b", "paragraph: c"],
                "a subtitle",
            ),
        ] {
            assert_eq!(blocks(&read(source)), expected, "{reason}");
        }
    }

    #[test]
    fn what_is_no_text_is_on_record() {
        for (source, expected, reason) in [
            ("1. a\n2. b", vec!["list-marker: 1.", "list-marker: 2."], "numbers"),
            ("- [x] a", vec!["list-marker: [x]"], "tasks"),
            ("```rust ignore\na\n```", vec!["code-language: rust ignore"], "a fence"),
            ("a[^n]\n\n[^n]: b", vec!["note-label: n"], "a note's label"),
            (
                "{% a %}\n\nb {{ c }}",
                vec!["template-tag: {% a %}", "template-tag: {{ c }}"],
                "tags",
            ),
            ("a\n{: .b}", vec!["attribute-list: {: .b}"], "attribute lists"),
            ("- 1. a", vec!["list-marker: 1."], "nested lists"),
            ("a\n\n<script>\nb\n</script>", vec!["script: b"], "scripts"),
            ("a <style>b</style>", vec!["script: b"], "styles in a line"),
            ("<p>{{ a }}</p>", vec!["template-tag: {{ a }}"], "tags in HTML"),
            ("[a]({{ b }}) <a href=\"{{ c }}\">d</a>", vec![], "addresses are no text"),
        ] {
            assert_eq!(removed(&read(source)), expected, "{reason}");
        }
    }

    #[test]
    fn hidden_characters_are_not_parted() {
        // Hidden, the last line begins with nine blanks: four for a block of code, which end inside of a character.
        let source = "<head>| a | b |\n|---|---|\n[RVListenButton voice=\"x| a | b |\n|---|---|\n日本語[caption]";
        assert_eq!(
            blocks(&read(source)).first().map(String::as_str),
            Some("paragraph: | a | b | |---|---|")
        );
    }

    #[test]
    fn text_behind_marks_without_end_is_read() {
        for (mark, expected) in [
            (">", "quote: 2024 was late."),
            ("> ", "quote: 2024 was late."),
            ("- ", "-item: 2024 was late."),
        ] {
            let article = read(&format!("{}2024 was late.\n\nMore.", mark.repeat(100_000)));
            let last = &blocks(&article)[0];
            assert!(last.ends_with(expected), "{mark}: {last}");
            assert_eq!(blocks(&article)[1], "paragraph: More.", "{mark}");
        }
        let article = read(&format!("- {}a", "1. ".repeat(40)));
        let beyond = "1. ".repeat(9);
        assert_eq!(removed(&article).last(), Some(&format!("nesting: {}", beyond.trim())));
        assert!(blocks(&read(&">".repeat(100_000))).is_empty());
    }

    #[test]
    fn buttons_pick_the_voice_but_not_in_code() {
        let button = "[responsivevoice_button voice=\"US English Female\"]";
        let article = read(&format!("# A\n\n{button}\n\nText."));
        assert_eq!(article.meta.request.voice.as_deref(), Some("US English Female"));
        assert_eq!(removed(&article), [format!("listen-button: {button}")]);
        let article = read(&format!("Write `{button}` in the post."));
        assert_eq!(article.meta.request.voice, None);
        assert_eq!(blocks(&article), [format!("paragraph: Write {button} in the post.")]);
        let article = read("[RVListenButton voice=”US English Female”]\n\nText.");
        assert_eq!(article.meta.request.voice.as_deref(), Some("US English Female"));
        assert_eq!(warnings(&article), ["curly-quotes-in-shortcode"]);
        assert_eq!(article.warnings[0].line, Some(1));
    }

    #[test]
    fn a_button_goes_before_the_front_matter() {
        let article = read("---\nvoice: A\nrate: 0.8\n---\n[RVListenButton voice=\"B\"]\n\nText.");
        assert_eq!(article.meta.request.voice.as_deref(), Some("B"));
        assert_eq!(article.meta.request.prosody.rate, Some(0.8));
    }

    #[test]
    fn broken_front_matter_is_a_warning() {
        let article = read("---\ntitle: a: b\nx: [\n---\nText.");
        assert_eq!(warnings(&article), ["front-matter"]);
        assert_eq!(blocks(&article), ["+title: a: b", "paragraph: Text."]);
    }

    #[test]
    fn spans_point_at_the_source() {
        let source = "> *Fish* &amp;\n> [chips](x), `a\n> b`";
        let article = read(source);
        let text = &article.blocks[0].text;
        let place = |word: &str| {
            let at = text.as_str().find(word).expect("the word");
            &source[text.span_of(at..at + word.len()).range()]
        };
        assert_eq!(text.as_str(), "Fish & chips, a b");
        assert_eq!((place("Fish"), place("&"), place("chips")), ("Fish", "&amp;", "chips"));
        let kinds: Vec<_> = text.marks().iter().map(|m| m.kind.clone()).collect();
        assert_eq!(kinds, [MarkKind::Emphasis, MarkKind::Link("x".into()), MarkKind::Code]);
    }

    #[test]
    fn the_language_is_declared_or_detected() {
        let german = "Der Rat der Stadt hat am Montag lange über die neue Brücke gesprochen, ohne sich zu einigen.";
        assert_eq!(read(german).meta.language.as_deref(), Some("de"));
        assert_eq!(
            read(&format!("---\nlang: en\n---\n{german}")).meta.language.as_deref(),
            Some("en")
        );
        assert_eq!(read("Hm.").meta.language, None);
        // One long quotation does not outvote the short lines around it.
        let lines = "- The harbour master counts the boats every morning.\n".repeat(12);
        let quotation = "Der Hafen ist am Abend still, wenn das letzte Boot gefahren ist und die Lampen auf der Mole \
             halb heruntergedreht sind; niemand ist dort au\u{df}er der Katze.";
        let article = read(&format!("{lines}\n> {quotation}\n"));
        assert_eq!(article.meta.language.as_deref(), Some("en"));
    }
}
