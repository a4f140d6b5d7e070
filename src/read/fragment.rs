//! HTML fragments, as a content system stores a post -> article.
//!
//! All of a fragment is the article: nothing is selected here. Separate from whole pages, whose
//! reader is about finding the article in them.

use super::article::{Draft, title_of_metadata};
use super::cut;
use super::html::{Habits, Walker, walk};
use super::selected::{self, Selected};
use super::{ReadOptions, front_matter, shortcode, template};
use crate::model::{Article, SourceText};

/// Reads a fragment. Front matter before it, as site generators have it, is understood.
pub(crate) fn read(source: SourceText, options: &ReadOptions) -> Article {
    let text = source.text.clone();
    let matter = front_matter::read(&text);
    let codes = shortcode::find(&text, false);
    let mut cuts = codes.cuts;
    if matter.end > 0 {
        cuts.extend(template::tags(&text));
        cuts.retain(|c| c.range.start >= matter.end);
        cuts.push(cut::Cut { range: 0..matter.end, rule: None, action: cut::Action::None });
    }
    let cuts = cut::in_order(cuts);
    let habits = Habits { blank_lines: true, ..Habits::default() };
    let mut meta = matter.meta;
    let url = source.given.meta.url.as_deref().or(meta.url.as_deref());
    let selected = Selected::find(&text, &options.selectors, url);
    let mut walker = Walker::new(&text, habits).selecting(&selected);
    walker.alternatives = source.given.alternatives.clone();
    walk(&mut walker, &text, &cuts);
    walker.finish();
    meta.language = meta.language.or(walker.language);
    let (mut found, mut removed) = (walker.found, walker.removed);
    selected::apply(&mut found, &mut removed);
    let mut draft = Draft::new(source, meta, found, removed);
    selected.warn(&mut draft);
    draft.warnings.extend(matter.warning);
    draft.warn(walker.warnings);
    draft.listen(&codes.picks, codes.warnings);
    title_of_metadata(&mut draft, matter.subtitle.as_deref());
    draft.finish()
}

#[cfg(test)]
mod tests {
    use crate::model::{Article, Format, Manner, MarkKind};
    use crate::read::tests::{article, blocks, removed, warnings};

    fn read(html: &str) -> Article {
        article(Format::HtmlFragment, html)
    }

    #[test]
    fn elements_become_typed_blocks() {
        for (html, expected, reason) in [
            ("<h2>A <em>b</em></h2><p>c\n  d</p>", vec!["h2: A b", "paragraph: c d"], "folded"),
            (
                "a<p>b<p>c",
                vec!["paragraph: a", "paragraph: b", "paragraph: c"],
                "end tags left out",
            ),
            ("<p>a<br>b<br><br>c</p>", vec!["paragraph: a\nb", "paragraph: c"], "line breaks"),
            (
                "<ol start=3><li>a<li>b<ul><li>c</ul></ol>",
                vec!["item3: a", "item4: b", "-item: c"],
                "lists",
            ),
            ("<ol><li><p>a</p><p>b</p></ol>", vec!["item1: a", "paragraph: b"], "a long item"),
            ("<ol><li value=7>a<li>b</ol>", vec!["item7: a", "item8: b"], "numbers given"),
            ("<blockquote><p>a</p><p>b</blockquote>", vec!["quote: a", "quote: b"], "a quotation"),
            ("<pre>\n a\n\tb\r\n</pre>", vec!["code:  a\n\tb"], "code"),
            (
                "<figure><img src=x alt='A &amp; b'><figcaption>c</figcaption></figure>",
                vec!["+image: A & b", "caption: c"],
                "a figure",
            ),
            ("<p>a <img alt=b> c</p>", vec!["paragraph: a c", "+image: b"], "a picture in a text"),
            (
                "<table><caption>t</caption><tr><th>a<th>b<tr><td>c<td>d</table>",
                vec!["caption: t", "header: a\tb", "table-row: c\td"],
                "a table",
            ),
            (
                "<table><tr><td><h2>a</h2><p>b<td>c</table>",
                vec!["h2: a", "paragraph: b", "paragraph: c"],
                "layout",
            ),
            (
                "<p class=MsoTitle>a</p><p class=MsoListParagraphCxSpFirst>b</p><p class=MsoCaption>c</p>\
                 <p class=MsoQuote>d</p><p class=MsoFootnoteText>e</p>",
                vec!["title: a", "item: b", "caption: c", "quote: d", "note: e"],
                "a word processor's styles",
            ),
            ("<div class=thumbcaption>a</div>", vec!["caption: a"], "a caption by its class"),
            ("<dl><dt>a<dd>b</dl>", vec!["item: a", "item: b"], "definitions"),
            ("<p>a<sup>2</sup> H<sub>2</sub>O</p>", vec!["paragraph: a2 H2O"], "no space added"),
            (
                "<p><b>Sea:</b>The tide <i>rose</i><span>Share</span> <b>i</b>Phone e<b>Bay</b></p>",
                vec!["paragraph: Sea: The tide rose Share iPhone eBay"],
                "elements that are drawn apart",
            ),
            (
                "<p><em>By Mara Quill, Saltmere</em></p><p>By noon it was over.</p>",
                vec!["byline: By Mara Quill, Saltmere", "paragraph: By noon it was over."],
                "a byline",
            ),
            ("<a href=x>a</a><a href=y>b</a>", vec!["paragraph: a b"], "links side by side"),
            (
                "<a href=x>Ha</a><b><a href=x>rbour</a></b>",
                vec!["paragraph: Harbour"],
                "one link in two",
            ),
            ("<a>a</a><a>b</a>", vec!["paragraph: a b"], "links that lead nowhere"),
            ("<p>a&nbsp;b &lt;c&gt; &hellip;</p>", vec!["paragraph: a\u{a0}b <c> …"], "references"),
            ("<b>a<p>b</b>c</p>", vec!["paragraph: a", "paragraph: bc"], "crossed tags"),
            ("<p>a</div>b</p>", vec!["paragraph: a", "paragraph: b"], "a stray end tag"),
            (
                "a\n\nb\nc\n\n<i>d</i>",
                vec!["paragraph: a", "paragraph: b c", "paragraph: d"],
                "blank lines",
            ),
            ("<h1>a</h1><p>b", vec!["title: a", "paragraph: b"], "a headline"),
            ("<section role=doc-endnotes><ol><li>a</ol></section>", vec!["note: a"], "notes"),
            ("<p>a<script>b</script>c<style>d</style></p>", vec!["paragraph: ac"], "no text"),
            (
                "<details><summary>a</summary>b</details>",
                vec!["paragraph: a", "paragraph: b"],
                "details",
            ),
        ] {
            assert_eq!(blocks(&read(html)), expected, "{reason}");
        }
    }

    #[test]
    fn what_no_one_sees_is_on_record() {
        for (html, expected) in [
            ("<video>a</video>", "media-fallback: a"),
            ("<iframe>a</iframe>", "media-fallback: a"),
            ("<body><p>a</p><title>b</title>", "title-element: b"),
            ("<ruby>漢<rt>kan</rt></ruby>", "ruby: kan"),
            ("<p>a <span hidden>b</span></p>", "hidden: b"),
            ("<p>a <span style='display: none'>b</span></p>", "hidden: b"),
            ("<p>a <i aria-hidden=true>b</i></p>", "aria-hidden: b"),
            ("<p>a <span data-rv-skip>b</span></p>", "data-rv-skip: b"),
            ("<p>a <span data-aloud=skip>b</span></p>", "data-aloud-skip: b"),
        ] {
            assert_eq!(removed(&read(html)), [expected], "{html}");
        }
        // What no reader of the page sees at all is neither spoken nor counted.
        for html in ["<noscript>a <b>x</b></noscript>", "<svg><title>a</title><text>b</text></svg>"]
        {
            assert!(removed(&read(html)).is_empty(), "{html}");
        }
    }

    #[test]
    fn blocks_know_what_is_around_them() {
        let article = read(
            "<div class='Share Bar' id=x><nav aria-hidden=true><p>a</p></nav></div><p lang=fr>b",
        );
        assert_eq!(
            article.blocks[0].context,
            ["div", "share", "bar", "x", "nav", "aria-hidden", "p"]
        );
        assert_eq!(article.blocks[1].context, ["p"]);
        assert_eq!(article.blocks[1].language.as_deref(), Some("fr"));
    }

    #[test]
    fn inline_markup_becomes_marks() {
        let article = read(
            "<p>a <em>b</em> <a href='/u?a&amp;b'>c d</a> <code>e</code> <i lang=fr>f</i> g<a href='#fn1'>1</a> \
             <span class=Credit>h</span></p>",
        );
        let text = &article.blocks[0].text;
        let marks: Vec<_> = text
            .marks()
            .iter()
            .map(|m| (m.kind.clone(), &text.as_str()[m.range.clone()]))
            .collect();
        assert_eq!(
            marks,
            [
                (MarkKind::Emphasis, "b"),
                (MarkKind::Link("/u?a&b".into()), "c d"),
                (MarkKind::Code, "e"),
                (MarkKind::Emphasis, "f"),
                (MarkKind::Language("fr".into()), "f"),
                (MarkKind::NoteReference, " 1"),
                (MarkKind::Context(vec!["credit".into()]), "h"),
            ]
        );
        assert_eq!(text.as_str(), "a b c d e f g 1 h");
    }

    #[test]
    fn spans_point_at_the_source() {
        let html = "<p>Fish &amp;\n  <b>chips</b>, caf&eacute;</p>";
        let article = read(html);
        let text = &article.blocks[0].text;
        let place = |word: &str| {
            let at = text.as_str().find(word).expect("the word");
            &html[text.span_of(at..at + word.len()).range()]
        };
        assert_eq!(text.as_str(), "Fish & chips, café");
        assert_eq!(place("&"), "&amp;");
        assert_eq!(place("chips"), "chips");
        assert_eq!(place("café"), "caf&eacute;");
    }

    #[test]
    fn shortcodes_in_a_post() {
        let article = read(
            "<p>[responsivevoice_button voice=\"UK English Female\" rate=\"0.9\"]</p>\n<p>Text [sic].</p>\n\
             [caption id=\"a\" align=\"left\"]<img src=x alt=\"\"> The words[/caption]\n[gallery ids=\"1\"]",
        );
        assert_eq!(blocks(&article), ["paragraph: Text [sic].", "caption: The words"]);
        assert_eq!(article.meta.request.voice.as_deref(), Some("UK English Female"));
        assert_eq!(article.meta.request.prosody.rate, Some(0.9));
        assert_eq!(
            removed(&article),
            [
                "listen-button: [responsivevoice_button voice=\"UK English Female\" rate=\"0.9\"]",
                "shortcode: [caption id=\"a\" align=\"left\"]",
                "shortcode: [/caption]",
                "shortcode: [gallery ids=\"1\"]",
            ]
        );
    }

    #[test]
    fn a_post_that_only_encloses_speaks_what_it_encloses() {
        let html = "<p>Before. [responsivevoice voice=\"A B\"]Inside.[/responsivevoice] After.</p>";
        let article = read(html);
        assert_eq!(blocks(&article), ["paragraph: Inside."]);
        assert_eq!(removed(&article)[0], "outside-responsivevoice: Before.");
        assert!(removed(&article).contains(&"outside-responsivevoice: After.".to_owned()));
        // Several forms speak with a voice each; what they agree on is said once.
        let article = read(
            "<p>[responsivevoice voice=\"A B\" rate=\"0.9\"]One.[/responsivevoice]</p><p>Not this.</p>\
             <p>[responsivevoice voice=\"C D\" rate=\"0.9\"]Two.[/responsivevoice]</p>",
        );
        assert_eq!(blocks(&article), ["paragraph: One.", "paragraph: Two."]);
        assert!(warnings(&article).is_empty());
        let request = &article.meta.request;
        assert_eq!((request.voice.as_deref(), request.prosody.rate), (Some("A B"), Some(0.9)));
        assert!(article.blocks[0].text.marks().is_empty());
        let manner = Manner { voice: Some("C D".into()), ..Manner::default() };
        assert_eq!(article.blocks[1].text.marks()[0].kind, MarkKind::Manner(manner));
        // A button is about the whole post, whatever else stands in it.
        let article = read(&format!("[RVListenButton]{html}"));
        assert_eq!(blocks(&article).len(), 3);
        assert!(warnings(&article).contains(&"several-voices".to_owned()));
    }

    #[test]
    fn a_credited_line_at_a_listen_button_or_picture_is_its_caption() {
        let caption = "Ada Brook, left, opens the new pier. (Harbour Office)";
        let button = "[responsivevoice_button voice=\"A B\"]";
        for (html, expected, reason) in [
            (format!("<p>{caption}</p>{button}<p>Text.</p>"), true, "above a button"),
            (format!("{button}<p>{caption}</p><p>Text.</p>"), true, "below a button"),
            (format!("<img src=a alt=Pier><p>{caption}</p><p>Text.</p>"), true, "below a picture"),
            (format!("<p>{caption}</p><p>Text.</p>"), false, "nothing beside it"),
            (
                format!("<p>It opened. (We were there.)</p>{button}<p>Text.</p>"),
                false,
                "a remark is no credit",
            ),
            (format!("{}{button}<p>{caption}</p>", "<p>Text.</p>".repeat(8)), false, "far down"),
        ] {
            let has = blocks(&read(&html)).contains(&format!("caption: {caption}"));
            assert_eq!(has, expected, "{reason}");
        }
    }

    #[test]
    fn a_paragraph_in_another_language_is_known_by_its_words() {
        let english = "<p>The harbour was closed for three days after the storm, and the ferries that were \
            to leave on Monday stayed at the pier until the wind had gone down again.</p>";
        let french = "<p>Le port est resté fermé pendant trois jours après la tempête, et les bateaux qui \
            devaient partir lundi sont restés à quai jusqu’à ce que le vent soit enfin tombé.</p>";
        let article =
            read(&format!("{english}{english}{english}{english}{french}<p>C’est tout.</p>"));
        let languages: Vec<_> = article.blocks.iter().map(|b| b.language.as_deref()).collect();
        assert_eq!(languages, [None, None, None, None, Some("fr"), None]);
        assert_eq!(article.meta.language.as_deref(), Some("en"));
    }

    #[test]
    fn authors_marks_leave_out_and_add() {
        let article = read(
            "<p>One <!-- aloud:off -->two <b>three</b><!-- aloud:on --> four.</p>\
             <!-- aloud:off --><ul><li>a</li><li>b &amp; c</li></ul><!-- aloud:on -->\
             <p>Five. <!-- aloud:say \"The chart shows a fall.\" --> Six.</p>",
        );
        assert_eq!(
            blocks(&article),
            [
                "paragraph: One four.",
                "paragraph: Five.",
                "+paragraph: The chart shows a fall.",
                "paragraph: Six."
            ]
        );
        assert_eq!(removed(&article), ["aloud-off: two three", "aloud-off: a b & c"]);
        assert_eq!(article.blocks[2].added, Some("aloud-say"));
        assert!(article.warnings.is_empty());
    }

    #[test]
    fn marks_that_are_not_closed_warn() {
        let article = read("<p>a</p><!-- aloud:off --><p>b</p>");
        assert_eq!(
            (blocks(&article), removed(&article)),
            (vec!["paragraph: a".to_owned()], vec!["aloud-off: b".to_owned()],)
        );
        assert_eq!(warnings(&article), ["unclosed-mark"]);
        assert_eq!(article.warnings[0].line, Some(1));
        assert_eq!(warnings(&read("<p>a</p><!-- aloud:on -->")), ["unclosed-mark"]);
        assert_eq!(warnings(&read("<p>a</p><!-- b <p>c</p>")), ["unclosed-markup"]);
        assert_eq!(warnings(&read("<p>a</p><img alt=\"b><p>c</p>")), ["unclosed-markup"]);
        assert_eq!(warnings(&read("<p>a</p><!-- aloud:mute -->")), ["unknown-mark"]);
    }

    #[test]
    fn front_matter_and_template_tags_before_html() {
        let article = read("---\ntitle: Head\n---\n<p>{% if x %}a{% endif %}</p>");
        assert_eq!(blocks(&article), ["+title: Head", "paragraph: a"]);
        assert_eq!(removed(&article), ["template-tag: {% if x %}", "template-tag: {% endif %}"]);
    }
}
