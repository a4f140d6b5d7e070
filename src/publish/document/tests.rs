//! Blocks become the elements that they are.

use super::{super::publication::tests::Sample, *};
use crate::model::{Segment, Span, Text};

fn block(kind: BlockKind, text: &str) -> Block {
    let span = Span::new(0, text.len());
    Block::new(kind, Text::from_source(text, span), span)
}

fn item(number: Option<u64>, depth: u8, text: &str) -> Block {
    block(BlockKind::ListItem { number, depth }, text)
}

fn row(header: bool, text: &str) -> Block {
    let mut at = 0;
    let cells = text.split('\t').map(|cell| {
        let range = at..at + cell.len();
        at = range.end + 1;
        range
    });
    let cells = cells.collect();
    block(BlockKind::TableRow { header, cells }, text)
}

/// The document of `blocks`, none of which is spoken.
fn silent(blocks: Vec<Block>) -> Document {
    let mut sample = Sample::new();
    sample.script.blocks = blocks;
    sample.script.segments.clear();
    sample.timeline.cues.clear();
    document(&sample.publication(), Marks::Ids).expect("consistent")
}

#[test]
fn sentences_and_words_are_elements() {
    let sample = Sample::new();
    let made = document(&sample.publication(), Marks::Times).expect("consistent");
    assert_eq!(made.head, "<h1>Fees</h1>\n", "the title is not among the words");
    let expected = concat!(
        r#"<p><span class="s" id="s1" data-t="100" data-e="2594">“<span id="s1-1" data-t="100">Fees</span>” "#,
        r#"<span id="s1-2" data-t="350">rose</span> <span id="s1-3" data-t="600">$3.5 million</span> "#,
        r#"<span id="s1-4" data-t="1850">&amp;</span> <span id="s1-5" data-t="2100">fell</span> --&gt; &lt;"#,
        r#"<span id="s1-6" data-t="2350">again</span>&gt;.</span></p>"#,
        "\n",
        r#"<p><span class="s" id="s2" data-t="3094" data-e="3338"><span id="s2-1" data-t="3094">Stop</span>.</span></p>"#,
        "\n",
    );
    assert_eq!(made.body, expected);
}

#[test]
fn what_belongs_together_is_one_element() {
    let made = silent(vec![
        block(BlockKind::Title, "A title"),
        block(BlockKind::Byline, "By A. Writer"),
        item(None, 0, "a"),
        item(Some(3), 1, "b"),
        item(Some(5), 1, "c"),
        item(None, 0, "d"),
        item(Some(1), 0, "e"),
        block(BlockKind::Quote, "f"),
        block(BlockKind::Quote, "g"),
        row(true, "h\t"),
        row(false, "i\tj"),
        row(true, "k"),
        block(BlockKind::Image, "l"),
        block(BlockKind::Caption, "m"),
        block(BlockKind::Code, "if <n>:\n  o\n"),
        block(BlockKind::Note, "p"),
    ]);
    assert_eq!(made.head, "<h1>A title</h1>\n<p class=\"byline\">By A. Writer</p>\n");
    let expected = "\
<ul>
<li>a
<ol start=\"3\">
<li>b</li>
<li value=\"5\">c</li>
</ol>
</li>
<li>d</li>
</ul>
<ol>
<li>e</li>
</ol>
<blockquote>
<p>f</p>
<p>g</p>
</blockquote>
<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>
<thead>
<tr><th scope=\"col\">h</th><td></td></tr>
</thead>
<tbody>
<tr><td>i</td><td>j</td></tr>
</tbody>
</table></div>
<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table>
<thead>
<tr><th scope=\"col\">k</th></tr>
</thead>
</table></div>
<figure>
<p class=\"picture\">l</p>
<figcaption>m</figcaption>
</figure>
<pre tabindex=\"0\"><code>if &lt;n&gt;:
  o</code></pre>
<p class=\"note\">p</p>
";
    assert_eq!(made.body, expected);
}

#[test]
fn headings_leave_no_level_out() {
    let levels = [3, 5, 3, 1, 2, 6];
    let made = silent(levels.map(|level| block(BlockKind::Heading(level), "x")).into());
    let found: Vec<u8> = made.sections.iter().map(|s| s.level).collect();
    assert_eq!(found, [2, 3, 2, 2, 3, 4]);
    assert!(made.body.starts_with("<h2 id=\"section-1\">x</h2>\n<h3 id=\"section-2\">"));
}

#[test]
fn an_announcement_stands_before_what_it_is_about() {
    let mut sample = Sample::new();
    sample.script.blocks[1] = block(BlockKind::Code, "rm -r");
    let segment = &mut sample.script.segments[1];
    (segment.role, segment.added) = (Role::Announcement, Some("announce-code"));
    let made = document(&sample.publication(), Marks::Ids).expect("consistent");
    let expected = "<p class=\"announcement\"><span class=\"s\" id=\"s2\"><span id=\"s2-1\">Stop</span>.\
                    </span></p>\n<pre tabindex=\"0\"><code>rm -r</code></pre>\n";
    assert!(made.body.ends_with(expected), "{}", made.body);
}

#[test]
fn a_row_is_its_sentence() {
    let mut sample = Sample::new();
    sample.script.blocks[1] = row(false, "Stop\t12");
    sample.script.segments[1] =
        Segment { text: "Stop, 12.".into(), ..sample.script.segments[1].clone() };
    let made = document(&sample.publication(), Marks::Ids).expect("consistent");
    let expected =
        "<tr class=\"s\" id=\"s2\"><td><span id=\"s2-1\">Stop</span></td><td>12</td></tr>";
    assert!(made.body.contains(expected), "{}", made.body);
}

#[test]
fn a_text_that_its_sentences_are_not_of_gives_way_to_them() {
    let mut sample = Sample::new();
    sample.script.blocks[1] = block(BlockKind::Paragraph, "Something else.");
    let made = document(&sample.publication(), Marks::Ids).expect("consistent");
    let expected = "<p><span class=\"s\" id=\"s2\"><span id=\"s2-1\">Stop</span>.</span></p>\n";
    assert!(made.body.ends_with(expected), "{}", made.body);
}

#[test]
fn other_languages_and_directions_are_told() {
    let mut hebrew = block(BlockKind::Paragraph, "שלום");
    hebrew.language = Some("he".into());
    let mut bad = block(BlockKind::Paragraph, "x");
    bad.language = Some("\"><script>".into());
    let made = silent(vec![hebrew, bad, block(BlockKind::Title, "שלום")]);
    let expected =
        "<p lang=\"he\" xml:lang=\"he\" dir=\"rtl\">שלום</p>\n<p>x</p>\n<h1 dir=\"rtl\">";
    assert!(made.body.starts_with(expected), "{}", made.body);
}
