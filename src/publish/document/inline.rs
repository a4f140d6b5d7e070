//! The inside of a block: its text with sentences and words as elements, and with the emphasis, the links and
//! the languages that the author gave it, all properly nested.
//!
//! A word is never cut in two, for it is one element of one overlay: markup that begins inside a word and
//! ends outside of it grows to the whole word; markup within a word stays inside the word's element.

use std::{cmp::Reverse, ops::Range};

use url::Url;

use super::super::html::{self, push_escaped};
use crate::model::{MarkKind, TextMark};

/// An element that is not of the author's making.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Its place in the text.
    pub(super) range: Range<usize>,
    /// Its start tag without `<` and `>`; it is a `span`.
    pub(super) attributes: String,
}

/// The markup of `range` of `text`. `sentences` and `words` are in order and apart, words inside sentences;
/// links are seen from `base`.
pub(super) fn inline(
    text: &str,
    range: Range<usize>,
    sentences: &[Element],
    words: &[Element],
    marks: &[TextMark],
    base: Option<&Url>,
) -> String {
    let (outer, inner) = arranged(marks, words, &range, base);
    let mut borders: Vec<usize> = vec![range.start, range.end];
    let all = sentences.iter().map(|e| &e.range).chain(words.iter().map(|e| &e.range));
    for r in all.chain(outer.iter().map(|m| &m.range)).chain(inner.iter().map(|m| &m.range)) {
        borders.extend([r.start, r.end].map(|at| at.clamp(range.start, range.end)));
    }
    borders.sort_unstable();
    borders.dedup();
    let mut out = String::with_capacity(text.len() * 4);
    let mut open: Vec<Wrapper> = Vec::new();
    let (mut sentence, mut word) = (0, 0);
    for piece in borders.windows(2).map(|b| b[0]..b[1]) {
        let over = |r: &Range<usize>| r.start <= piece.start && piece.end <= r.end;
        while sentences.get(sentence).is_some_and(|e| e.range.end <= piece.start) {
            sentence += 1;
        }
        while words.get(word).is_some_and(|e| e.range.end <= piece.start) {
            word += 1;
        }
        let mut wrappers = Vec::new();
        wrappers.extend(
            sentences.get(sentence).filter(|e| over(&e.range)).map(|_| Wrapper::Sentence(sentence)),
        );
        wrappers.extend((0..outer.len()).filter(|i| over(&outer[*i].range)).map(Wrapper::Outer));
        wrappers.extend(words.get(word).filter(|e| over(&e.range)).map(|_| Wrapper::Word(word)));
        wrappers.extend((0..inner.len()).filter(|i| over(&inner[*i].range)).map(Wrapper::Inner));
        let same = open.iter().zip(&wrappers).take_while(|(a, b)| a == b).count();
        for wrapper in open.drain(same..).rev() {
            let name = match wrapper {
                Wrapper::Sentence(_) | Wrapper::Word(_) => "span",
                Wrapper::Outer(i) => outer[i].name,
                Wrapper::Inner(i) => inner[i].name,
            };
            out.push_str(&format!("</{name}>"));
        }
        for wrapper in &wrappers[same..] {
            match *wrapper {
                Wrapper::Sentence(i) => {
                    out.push_str(&format!("<span{}>", sentences[i].attributes));
                }
                Wrapper::Word(i) => out.push_str(&format!("<span{}>", words[i].attributes)),
                Wrapper::Outer(i) => out.push_str(&outer[i].start_tag()),
                Wrapper::Inner(i) => out.push_str(&inner[i].start_tag()),
            }
        }
        open = wrappers;
        push_escaped(&text[piece], &mut out);
    }
    for wrapper in open.iter().rev() {
        let name = match wrapper {
            Wrapper::Sentence(_) | Wrapper::Word(_) => "span",
            Wrapper::Outer(i) => outer[*i].name,
            Wrapper::Inner(i) => inner[*i].name,
        };
        out.push_str(&format!("</{name}>"));
    }
    out
}

/// An element that is open, by its index among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapper {
    Sentence(usize),
    Outer(usize),
    Word(usize),
    Inner(usize),
}

/// The author's markup as an element.
struct Markup {
    range: Range<usize>,
    name: &'static str,
    attributes: String,
}

impl Markup {
    fn start_tag(&self) -> String {
        format!("<{}{}>", self.name, self.attributes)
    }
}

/// The marks that mean something to readers: those around words, which come first and cover whole words,
/// and those inside a word.
fn arranged(
    marks: &[TextMark],
    words: &[Element],
    range: &Range<usize>,
    base: Option<&Url>,
) -> (Vec<Markup>, Vec<Markup>) {
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    for mark in marks {
        let (start, end) = (mark.range.start.max(range.start), mark.range.end.min(range.end));
        let Some((name, attributes)) = element(&mark.kind, base).filter(|_| start < end) else {
            continue;
        };
        let at = |offset: usize| {
            let index = words.partition_point(|w| w.range.end <= offset);
            words.get(index).map(|w| &w.range).filter(|r| r.start < offset)
        };
        let (first, last) = (at(start), at(end));
        let holds = |r: &Range<usize>| r.start <= start && end <= r.end;
        let within = words
            .get(words.partition_point(|w| w.range.end <= start))
            .is_some_and(|w| holds(&w.range) && w.range != (start..end));
        if within {
            inner.push(Markup { range: start..end, name, attributes });
        } else {
            let range = first.map_or(start, |r| r.start)..last.map_or(end, |r| r.end);
            outer.push(Markup { range, name, attributes });
        }
    }
    for list in [&mut outer, &mut inner] {
        // Links are outermost, so that no other markup cuts one in two.
        list.sort_by_key(|m: &Markup| (m.name != "a", m.range.start, Reverse(m.range.end)));
        // A link cannot hold another one.
        let mut free = 0;
        list.retain(|m| {
            let keep = m.name != "a" || m.range.start >= free;
            if keep && m.name == "a" {
                free = m.range.end;
            }
            keep
        });
    }
    let linked = |r: &Range<usize>| {
        outer.iter().any(|m| m.name == "a" && m.range.start <= r.start && r.end <= m.range.end)
    };
    inner.retain(|m| m.name != "a" || !linked(&m.range));
    (outer, inner)
}

/// Name and attributes of the element for `kind`, if it has one.
fn element(kind: &MarkKind, base: Option<&Url>) -> Option<(&'static str, String)> {
    let plain = |name| Some((name, String::new()));
    match kind {
        MarkKind::Emphasis => plain("em"),
        MarkKind::Strong => plain("strong"),
        MarkKind::Code => plain("code"),
        MarkKind::Superscript | MarkKind::NoteReference => plain("sup"),
        MarkKind::Subscript => plain("sub"),
        MarkKind::Deleted => plain("del"),
        MarkKind::Link(target) => {
            let address = html::address(target, base)?;
            Some(("a", format!(" href=\"{}\"", html::escape(&address))))
        }
        MarkKind::Language(tag) => {
            Some(("span", super::language_attributes(html::language(tag)?, None)))
        }
        // How words are said, and where they stand: not how they are shown.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn element_at(range: Range<usize>, name: &str) -> Element {
        Element { range, attributes: format!(" id=\"{name}\"") }
    }

    fn mark(range: Range<usize>, kind: MarkKind) -> TextMark {
        TextMark { range, kind }
    }

    /// "One two three." with its three words.
    fn rendered(marks: &[TextMark]) -> String {
        let text = "One two three.";
        let words = [element_at(0..3, "w1"), element_at(4..7, "w2"), element_at(8..13, "w3")];
        inline(text, 0..text.len(), &[element_at(0..14, "s")], &words, marks, None)
    }

    #[test]
    fn markup_is_nested_and_words_are_whole() {
        let link = || MarkKind::Link("https://example.org/".into());
        let cases = [
            (
                vec![],
                r#"<span id="s"><span id="w1">One</span> <span id="w2">two</span> <span id="w3">three</span>.</span>"#,
            ),
            (
                vec![mark(4..7, MarkKind::Emphasis)],
                r#"<span id="s"><span id="w1">One</span> <em><span id="w2">two</span></em> <span id="w3">three</span>.</span>"#,
            ),
            (
                vec![mark(5..10, link())],
                r#"<span id="s"><span id="w1">One</span> <a href="https://example.org/"><span id="w2">two</span> <span id="w3">three</span></a>.</span>"#,
            ),
            (
                vec![mark(9..10, MarkKind::Strong)],
                r#"<span id="s"><span id="w1">One</span> <span id="w2">two</span> <span id="w3">t<strong>h</strong>ree</span>.</span>"#,
            ),
            (
                vec![mark(0..7, MarkKind::Emphasis), mark(4..13, MarkKind::Strong)],
                r#"<span id="s"><em><span id="w1">One</span> <strong><span id="w2">two</span></strong></em><strong> <span id="w3">three</span></strong>.</span>"#,
            ),
            (
                vec![mark(0..13, link()), mark(4..7, link())],
                r#"<span id="s"><a href="https://example.org/"><span id="w1">One</span> <span id="w2">two</span> <span id="w3">three</span></a>.</span>"#,
            ),
            (
                vec![mark(0..3, MarkKind::Link("javascript:alert(1)".into()))],
                r#"<span id="s"><span id="w1">One</span> <span id="w2">two</span> <span id="w3">three</span>.</span>"#,
            ),
        ];
        for (marks, expected) in cases {
            assert_eq!(rendered(&marks), expected, "{marks:?}");
        }
    }

    proptest! {
        /// Any marks: what comes out is well formed, each word is one element, and the text is kept.
        #[test]
        fn it_is_well_formed(marks in prop::collection::vec((0_usize..14, 0_usize..14, 0_u8..4), 0..8)) {
            let marks: Vec<TextMark> = marks
                .into_iter()
                .map(|(start, length, kind)| {
                    let kind = match kind {
                        0 => MarkKind::Emphasis,
                        1 => MarkKind::Link("https://example.org/".into()),
                        2 => MarkKind::Code,
                        _ => MarkKind::Language("fr".into()),
                    };
                    mark(start..(start + length).min(14), kind)
                })
                .collect();
            let out = rendered(&marks);
            let (mut open, mut text) = (Vec::new(), String::new());
            for (i, part) in out.split('<').enumerate() {
                let Some((tag, rest)) = part.split_once('>') else {
                    prop_assert!(i == 0 && part.is_empty());
                    continue;
                };
                text.push_str(rest);
                if let Some(name) = tag.strip_prefix('/') {
                    prop_assert_eq!(open.pop(), Some(name.to_owned()));
                } else {
                    let name = tag.split(' ').next().unwrap_or_default().to_owned();
                    prop_assert!(name != "a" || !open.contains(&name), "a link in a link: {}", out);
                    open.push(name);
                }
            }
            prop_assert!(open.is_empty());
            prop_assert_eq!(text, "One two three.");
            for id in ["s", "w1", "w2", "w3"] {
                let id = format!("id=\"{id}\"");
                prop_assert_eq!(out.matches(&id).count(), 1);
            }
        }
    }
}
