//! The proof that nothing was dropped: every word of the source is spoken or removed by a named rule.
//!
//! The words are counted from the raw source by a tokeniser of its own that knows nothing of blocks, rules
//! or sentences, and compared, as multisets, with the words of the segments and of the removals. Whatever
//! is left on either side is unaccounted for: a word that went missing, or one that came from nowhere.
//!
//! A word is a run of letters and digits after NFKC and lower-casing. Where markup alone stands between
//! two runs (`un<b>break</b>able`), they may be one word of the article or two.

mod visible;

use std::collections::{HashMap, hash_map::Entry};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Format, Script, Segment, Warning};
use visible::{MARKUP, decoded, front_matter, html, markdown_parts, plain};
/// Unaccounted words that are named.
const NAMED: usize = 12;
/// Runs that markup may glue into one word.
const GLUED: usize = 8;

/// Counts of words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Coverage {
    /// Words of the raw source.
    pub source_words: usize,
    /// Words of it that are spoken.
    pub spoken_words: usize,
    /// Words of it that a rule removed.
    pub removed_words: usize,
    /// Spoken words that the source does not have: titles from metadata, announcements.
    pub added_words: usize,
    /// Words that are none of these.
    pub unaccounted_words: usize,
    /// The first few of them.
    #[serde(skip)]
    pub unaccounted: Vec<String>,
}

impl Coverage {
    /// Words that are not accounted for, as a problem to report.
    #[must_use]
    pub fn warning(&self) -> Option<Warning> {
        (self.unaccounted_words > 0).then(|| {
            let message = format!(
                "{} words are not accounted for: {}; please report the article",
                self.unaccounted_words,
                self.unaccounted.join(" ")
            );
            Warning::new("unaccounted-words", message)
        })
    }
}

/// Counts the words of `script`, whose segments have their spoken form.
#[must_use]
pub fn measure(script: &Script) -> Coverage {
    let source = runs(&plain(&script.source.text, script.source.format));
    let mut coverage = Coverage { source_words: source.len(), ..Coverage::default() };
    // Positive: in the source and not yet found; negative: found and not in the source.
    let mut open: HashMap<String, i64> = HashMap::with_capacity(source.len() / 2);
    for run in &source {
        *open.entry(run.word.clone()).or_default() += 1;
    }
    for segment in &script.segments {
        let words = runs(&segment.text);
        if segment.added.is_some() {
            coverage.added_words += words.len();
        } else {
            coverage.spoken_words += words.len();
            take(&mut open, words);
        }
        for word in unsaid(segment) {
            coverage.unaccounted_words += 1;
            coverage.unaccounted.push(word);
        }
    }
    for removed in &script.removed {
        let mut words = runs(&removed.text);
        let known =
            |words: &[Run]| words.iter().all(|run| open.get(&run.word).is_some_and(|n| *n > 0));
        if removed.text.contains(['&', '<']) && !known(&words) {
            // What is on record as it stands has entities, and perhaps tags.
            let text = &removed.text;
            let plain = [decoded(text), html(text), decoded(&markdown_parts(text).0)];
            let other = plain.iter().map(|text| runs(text)).find(|w| !w.is_empty() && known(w));
            words = other.unwrap_or(words);
        }
        coverage.removed_words += words.len();
        take(&mut open, words);
    }
    reconcile(&mut open, &source);
    coverage.source_words += shown(&mut open, script);
    let mut left: Vec<(String, i64)> = open.into_iter().filter(|(_, n)| *n != 0).collect();
    left.sort();
    for (word, count) in left {
        coverage.unaccounted_words += usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
        coverage.unaccounted.push(word);
    }
    coverage.unaccounted.truncate(NAMED);
    coverage
}

fn take(open: &mut HashMap<String, i64>, words: Vec<Run>) {
    for run in words {
        match open.entry(run.word) {
            Entry::Occupied(mut entry) => *entry.get_mut() -= 1,
            Entry::Vacant(entry) => *entry.insert(0) -= 1,
        }
    }
}

/// Accounts for what looks like a link's target, a tag or the like in Markdown, and was text after all, because no
/// link or element came of it; gives the number of words. Only what is spoken or removed in whole is taken for such.
fn shown(open: &mut HashMap<String, i64>, script: &Script) -> usize {
    let source = &script.source.text;
    if script.source.format != Format::Markdown || open.values().all(|n| *n >= 0) {
        return 0;
    }
    let mut count = 0;
    let mut pieces = markdown_parts(&source[front_matter(source)..]).1;
    // A template tag in what looked like an address is on record where it was none.
    pieces.extend(script.removed.iter().filter_map(|removed| {
        let before = source.get(..removed.span.start).unwrap_or_default();
        let tag = removed.rule == "template-tag" && before.ends_with("](");
        tag.then_some(removed.text.as_str())
    }));
    // The longest first: a short address may have no word that a long piece of text has not.
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    for piece in pieces {
        count += found(open, &runs(piece)).unwrap_or_else(|| {
            // What was no tag may have links in it, and those their targets.
            let inner = piece.strip_prefix('<').unwrap_or_default();
            found(open, &runs(&decoded(&markdown_parts(inner).0))).unwrap_or(0)
        });
    }
    count
}

/// Takes words for words of the source, if all of them were found and not accounted for; gives their number.
fn found(open: &mut HashMap<String, i64>, words: &[Run]) -> Option<usize> {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for run in words {
        *counts.entry(&run.word).or_default() += 1;
    }
    let all = counts.iter().all(|(word, n)| open.get(*word).is_some_and(|found| found + n <= 0));
    all.then(|| {
        for run in words {
            *open.entry(run.word.clone()).or_default() += 1;
        }
        words.len()
    })
}

/// A word of the raw source.
struct Run {
    word: String,
    /// Whether only markup stands between it and the one before.
    glued: bool,
}

/// The words of a text, in order.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut word = String::new();
    let mut glued = false;
    let mut push = |word: &mut String, glued: &mut bool| {
        if !word.is_empty() {
            runs.push(Run { word: std::mem::take(word), glued: *glued });
            *glued = true;
        }
    };
    // Composed over the whole text: an accent may be a character of its own.
    for c in text.chars().filter(|c| !is_invisible(*c)).nfkc() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else {
            push(&mut word, &mut glued);
            glued &= c == MARKUP || matches!(c, '*' | '_' | '~' | '`' | '\\' | '[' | ']' | '$');
        }
    }
    push(&mut word, &mut glued);
    runs
}

/// Characters that show nothing: they part no words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Matches words of the article that are several runs of the source with markup between them.
fn reconcile(open: &mut HashMap<String, i64>, source: &[Run]) {
    if open.values().all(|n| *n >= 0) {
        return;
    }
    let mut start = 0;
    while start < source.len() {
        let group = 1 + source[start + 1..].iter().take_while(|r| r.glued).count();
        // What is accounted for stands for itself: a script inside of a word is on record alone.
        let missing = |run: &&Run| open.get(&run.word).is_some_and(|n| *n > 0);
        let runs: Vec<&Run> = source[start..start + group].iter().filter(missing).collect();
        let mut at = 0;
        while at < runs.len() {
            let longest = (runs.len() - at).min(GLUED);
            let whole = (2..=longest).rev().find(|n| glue(open, &runs[at..at + n]));
            at += whole.unwrap_or(1);
        }
        start += group;
    }
}

/// Accounts for `runs` as one word, if that word was found and they were not.
fn glue(open: &mut HashMap<String, i64>, runs: &[&Run]) -> bool {
    let word: String = runs.iter().map(|r| r.word.as_str()).collect();
    let missing = runs.iter().all(|r| open.get(&r.word).is_some_and(|n| *n > 0));
    let Some(found) = open.get_mut(&word).filter(|n| **n < 0 && missing) else { return false };
    *found += 1;
    for run in runs {
        if let Some(n) = open.get_mut(&run.word) {
            *n -= 1;
        }
    }
    true
}

/// Words of a segment's text that none of its spoken words stands for.
fn unsaid(segment: &Segment) -> Vec<String> {
    let mut said: Vec<(usize, usize)> =
        segment.spoken.iter().map(|w| (w.written.start, w.written.end)).collect();
    said.sort_unstable();
    let mut unsaid = Vec::new();
    let (mut next, mut until) = (0, 0);
    let mut word = String::new();
    for (at, c) in segment.text.char_indices() {
        while next < said.len() && said[next].0 <= at {
            until = until.max(said[next].1);
            next += 1;
        }
        if c.is_alphanumeric() && at >= until {
            word.push(c);
        } else if !word.is_empty() {
            unsaid.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        unsaid.push(word);
    }
    unsaid
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        batch::{Options, script},
        model::{Source, SourceText},
    };

    fn made(text: &str, format: Format) -> Script {
        let source = Source::standard_input(Vec::new());
        let text = SourceText::new(text, format, String::new());
        script(&source, text, &Options::default()).expect("a script")
    }

    #[test]
    fn every_word_of_every_format_is_accounted_for() {
        let cases = [
            (
                Format::Text,
                "A title\n\n3 min read\nWords, and more words.\n\n[responsivevoice_button voice=\"x y\"]\n",
            ),
            (
                Format::Markdown,
                "---\ntitle: Not counted\n---\n# Head\n\nA [link](http://a.b/c_(d) \"no\") and **bo**ld &amp; `co<b>de`.\n\n{% tag x %}\n\n1. one\n2. two\n\n- [x] done\n\n[ref]: http://x.y\n\n```rust\nlet <a> = 1;\n```\n\n![alt text](x.png)\n\nNote.[^1]\n\n[^1]: The note.\n",
            ),
            (
                Format::HtmlFragment,
                "<p>un<b>break</b>able &lt;x&gt; co&shy;op</p><!-- no --><script>no()</script><ul><li>a<li>b</ul>",
            ),
            (Format::HtmlFragment, "---\ntitle: Not counted\n---\n<p>Only a few words here.</p>"),
            (
                Format::Markdown,
                "<head>\n<title>Pier</title>\n<script type=\"application/ld+json\">{\"@context\":\"x\"}</script>\n</head>\n\nSome text here.\n",
            ),
            (
                Format::HtmlPage,
                "<!doctype html><html><head><title>Two heads and no end</title><head><body><p>Only a few words here.</p></html>",
            ),
            (
                Format::HtmlPage,
                "<!doctype html><html><head><title>No</title></head><body><nav>Menu of things</nav><p>Only a few words here.</p></body></html>",
            ),
            (
                Format::HtmlPage,
                "<!doctype html><html lang=en><head><title>Neither head nor body ends</title><noscript><img src=a></noscript>\
                 <meta charset=utf-8><h1>The pier</h1><p>Only a few words here.<p>And here.",
            ),
            (
                Format::HtmlPage,
                "<!doctype html><title>No head at all</title><h1>The pier</h1><p>Some words.",
            ),
            (
                Format::HtmlPage,
                "<html><head><div>Not of a head</div><title>Nor counted</title></head><body><p>Some words.</p></body></html>",
            ),
            (Format::Markdown, "A text here.\n\n<!-- a <b>comment\n\nMore text here."),
            (
                Format::Markdown,
                "A text here.\n\n<script src=\"x\n\nMore text [here](https://example.org/boats).",
            ),
            (Format::Markdown, "A text here.\n\n<div class=\"x\nand more\n\nMore text here."),
            (
                Format::Ssml,
                "<?xml version='1.0'?><speak xml:lang='en'><metadata>not this</metadata><!-- nor this --><p>un<emphasis>break</emphasis>able \
                 words &amp; <sub alias='other words'>W3C</sub><break/></p><![CDATA[a < b]]> <audio src='x'><desc>a bell</desc>ding</audio></speak>",
            ),
            (
                Format::Chapter,
                "<html><head><title/></head><body><h1>One</h1><script src='a'/><p>Wo<a id='p'/>rds<b/> and <i>mo</i>re.</p><table><tr><td/><td>x</td></tr></table></body></html>",
            ),
            (
                Format::Docx,
                "<w:document><w:p><w:r><w:t>Un</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>break</w:t></w:r><w:r><w:t>able &amp; on</w:t><w:tab/><w:t>board.</w:t></w:r></w:p>\
                 <w:p><w:r><w:instrText>PAGE</w:instrText><w:rPr><w:vanish/></w:rPr><w:t>unseen words</w:t></w:r></w:p><mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback></w:document>",
            ),
        ];
        for (format, text) in cases {
            let coverage = measure(&made(text, format));
            assert_eq!(coverage.unaccounted_words, 0, "{text}: {coverage:?}");
            assert!(coverage.source_words > 3);
        }
    }

    #[test]
    fn markup_that_came_to_nothing_is_text() {
        for (format, text) in [
            (
                Format::Markdown,
                "A [label\n\nends](https://example.org/a_b) here, and so](x.y) does this.",
            ),
            (
                Format::Markdown,
                "<table><tr><td>one<//two three \"four\">five</td></tr></table>\n\nSix <//seven eight> nine.",
            ),
            (
                Format::Markdown,
                "See <a href=\"https://x.y/open\nand <b>more</b> of \"it\">this</a> now.",
            ),
            (Format::Markdown, "Rows of <b class=x\n\n> and piers, \"of\" old>\n\nare long."),
            (
                Format::Markdown,
                "The [tables](https://tide.example.org/) and [more](https://tide.example.org/a use of tide tables) here.",
            ),
            (Format::Markdown, "One </b\n\ntwo> three <!x\n\ny> four."),
            (Format::Markdown, "One <!-- two\n\nthree<li>."),
            (
                Format::Markdown,
                "A [link]({{ site.u\"x.png\" %}\n\n1. One\n2. Two\n\n> A line rl }}/posts/) and more.",
            ),
            (Format::Markdown, "It is h&ampter and &copy; and AT&T&."),
            (
                Format::Markdown,
                "In go<script>v</script>ing and hero[pier.](https://x.y) and op$$en$$ed.",
            ),
            (
                Format::Markdown,
                "So <https://a<https://b.example>. And <?so it goes > on, and <?more.",
            ),
            (
                Format::Markdown,
                "One</ two, and\n\nthree > four. Five h<https://elps us [here](https://x.y/z)\nand> six.",
            ),
            (Format::Markdown, "One.\n\n<?the rules of {{ site.name }} are\n\nlong"),
            (
                Format::Markdown,
                "A [boat]({{ \"/a-w}}hole-new/\" | url }}) and [pier]({{ \"/a (b\nc/\" | url }}) here.",
            ),
            (
                Format::HtmlFragment,
                "<p>a [responsivevoice_button voice=\"U>b c.</p><button>d</button>\"] e</p>",
            ),
        ] {
            let coverage = measure(&made(text, format));
            assert_eq!(coverage.unaccounted_words, 0, "{text}: {coverage:?}");
        }
    }

    #[test]
    fn an_accent_may_be_a_character_of_its_own() {
        for (format, text) in [
            (Format::HtmlFragment, "<p>Tie\u{302}\u{301}ng Vie\u{323}\u{302}t</p>"),
            (Format::Markdown, "Tie\u{302}\u{301}ng *Vie\u{323}\u{302}t*"),
            (Format::Text, "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t"),
        ] {
            let coverage = measure(&made(text, format));
            assert_eq!(coverage.unaccounted_words, 0, "{text}: {coverage:?}");
        }
    }

    #[test]
    fn counts_are_what_they_say() {
        let text =
            "---\ntitle: An added title\n---\nFive words are spoken here.\n\n`x` {% gone away %}\n";
        let coverage = measure(&made(text, Format::Markdown));
        assert_eq!((coverage.source_words, coverage.spoken_words), (8, 6));
        assert_eq!((coverage.removed_words, coverage.added_words), (2, 3));
    }

    #[test]
    fn glue_is_no_way_to_hide_a_loss() {
        let mut script = made("<p>un<b>break</b>able and more</p>", Format::HtmlFragment);
        assert_eq!(measure(&script).unaccounted_words, 0);
        script.segments[0].text = "un and more".into();
        assert_eq!(measure(&script).unaccounted, ["able", "break"]);
    }

    /// A post with a little of everything.
    const POST: &str = "The ferry is back\n\n2 min read\n\nThe ferry left on Monday, 14 months late. It cost \
$3.5 million more than planned.\n\n\u{201c}We are glad,\u{201d} said Dr. A. Brook of the U.S. office. Nobody else \
was asked [by us] at 5 p.m. on the pier.\n\n- One crossing an hour\n- Two on Sundays\n";

    proptest! {
        #[test]
        fn whatever_is_lost_on_the_way_is_reported(pick in any::<prop::sample::Index>(), what in 0..4) {
            let mut script = made(POST, Format::Text);
            prop_assert_eq!(measure(&script).unaccounted_words, 0);
            let at = pick.index(script.segments.len());
            match what {
                0 => drop(script.segments.remove(at)),
                1 => {
                    let block = script.segments[at].block;
                    script.segments.retain(|s| s.block != block);
                }
                2 => {
                    let segment = &mut script.segments[at];
                    let words: Vec<&str> = segment.text.split(' ').collect();
                    let gone = pick.index(words.len());
                    let real = words[gone].contains(char::is_alphanumeric);
                    prop_assume!(real);
                    let kept: Vec<&str> = words.iter().enumerate().filter(|(i, _)| *i != gone).map(|(_, w)| *w).collect();
                    segment.text = kept.join(" ");
                    segment.spoken = crate::spoken::words(&segment.text, "en");
                }
                _ => {
                    let spoken = &mut script.segments[at].spoken;
                    let gone = spoken[pick.index(spoken.len())].written.clone();
                    spoken.retain(|w| w.written != gone);
                }
            }
            prop_assert!(measure(&script).unaccounted_words > 0);
        }

        #[test]
        fn every_word_of_a_document_is_accounted_for(
            parts in prop::collection::vec((0..9_usize, "[a-zé ]{1,9}|&amp;|&#233;x"), 1..40),
        ) {
            let mut text = "<w:document><w:body><w:p>".to_owned();
            for (index, (kind, word)) in parts.into_iter().enumerate() {
                // No word is by chance what two others are together, which counting cannot tell apart.
                let end = format!("{index}z");
                let word = word.replace(' ', &format!("{end} ")) + &end;
                let run = |before: &str| format!("<w:r>{before}<w:t>{word}</w:t></w:r>");
                text += &match kind {
                    0 => "</w:p><w:p>".to_owned(),
                    1 => run("<w:rPr><w:b/><w:i/></w:rPr>"),
                    // Nobody hides a part of a word.
                    2 => format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t> {word} </w:t></w:r>"),
                    3 => run("<w:tab/>") + "<w:r><w:br/></w:r>",
                    4 => format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>", run("")),
                    5 => format!("<w:moveFrom><w:r><w:t> {word} </w:t></w:r></w:moveFrom>"),
                    6 => format!("<w:r><mc:AlternateContent><mc:Choice><w:p>{0}</w:p></mc:Choice><mc:Fallback><w:p>{0}</w:p></mc:Fallback></mc:AlternateContent></w:r>", run("")),
                    7 => format!("<w:hyperlink>{}</w:hyperlink>", run("<w:noBreakHyphen/>")),
                    _ => run(""),
                };
            }
            text += "</w:p></w:body></w:document>";
            let coverage = measure(&made(&text, Format::Docx));
            prop_assert_eq!(coverage.unaccounted_words, 0, "{}: {:?}", text, coverage);
        }

        #[test]
        fn any_text_can_be_counted(text in "\\PC{0,300}|[a-z<>&;/\\[\\]()*`{}%#\n -]{0,300}", format in 0..6) {
            let formats = [
                Format::Text, Format::Markdown, Format::HtmlFragment, Format::HtmlPage, Format::Chapter, Format::Docx,
            ];
            let script = made(&text, formats[usize::try_from(format).unwrap()]);
            for span in script.segments.iter().map(|s| s.span) {
                prop_assert!(script.source.text.get(span.range()).is_some());
            }
            prop_assert!(measure(&script).source_words <= text.len());
        }
    }
}
