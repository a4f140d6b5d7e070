//! HTML nested without reason -> the same HTML with nesting that a tree builder survives.
//!
//! Tree builders and extractors take quadratic time, or the stack, on a page of 100,000 nested
//! elements. One pass over the tokens drops the tags that go deeper than any real page; the text
//! between them stays.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::html::{Token, Tokenizer};

/// Elements nested deeper than this lose their tags. Real pages reach about 100; an extractor's time
/// grows with the square.
const MAX_DEPTH: usize = 200;

/// Inline markup deeper than this is dropped: a tree builder opens all of it again in every block.
const MAX_INLINE: usize = 12;

/// Elements that a tree builder opens again in the next block when they are not closed.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// A tag longer than this, in bytes, or with more attributes than the next is dropped: tree builders
/// compare every attribute with every other.
const MAX_TAG: usize = 64 * 1024;
const MAX_ATTRIBUTES: usize = 128;

/// The HTML with its nesting limited.
pub(crate) fn flatten(html: &str) -> Cow<'_, str> {
    rewrite(html, None)
}

/// The same, with the byte offset of every start tag in an attribute called `attribute`.
pub(crate) fn flatten_with_places<'a>(html: &'a str, attribute: &str) -> Cow<'a, str> {
    rewrite(html, Some(attribute))
}

fn rewrite<'a>(html: &'a str, attribute: Option<&str>) -> Cow<'a, str> {
    let mut tokenizer = Tokenizer::new(html, &[]);
    let mut nesting = Nesting::default();
    let mut out: Option<String> = None;
    let mut copied = 0;
    while let Some((token, range)) = tokenizer.next() {
        let keep = match token {
            Token::Start { name, .. } => {
                let keep = range.len() <= MAX_TAG
                    && tokenizer.attributes().len() < MAX_ATTRIBUTES
                    && nesting.open(&html[name.clone()]);
                if let Some(attribute) = attribute.filter(|_| keep) {
                    let out = out.get_or_insert_with(String::new);
                    out.push_str(&html[copied..name.end]);
                    out.push_str(&format!(" {attribute}={} ", range.start));
                    copied = name.end;
                }
                keep
            }
            Token::End { name } => nesting.close(&html[name]),
            _ => true,
        };
        if !keep {
            let out = out.get_or_insert_with(String::new);
            out.push_str(&html[copied..range.start]);
            out.push(' ');
            copied = range.end;
        }
    }
    match out {
        None => Cow::Borrowed(html),
        Some(mut out) => {
            out.push_str(&html[copied..]);
            Cow::Owned(out)
        }
    }
}

/// The elements that a tree builder would have open.
#[derive(Default)]
struct Nesting<'a> {
    open: Vec<&'a str>,
    /// Formatting elements not yet closed, by index in [`FORMATTING`]; these outlive their block.
    formatting: [usize; FORMATTING.len()],
    /// Start tags dropped, by name in lower case: their end tags are dropped too.
    dropped: BTreeMap<String, usize>,
}

impl<'a> Nesting<'a> {
    /// Whether a start tag may stay.
    fn open(&mut self, name: &'a str) -> bool {
        let deep = self.open.len() >= MAX_DEPTH;
        if is_flat(name) {
            return !deep;
        }
        let formatting = formatting(name);
        if deep || formatting.is_some() && self.formatting.iter().sum::<usize>() >= MAX_INLINE {
            *self.dropped.entry(name.to_ascii_lowercase()).or_default() += 1;
            return false;
        }
        if let Some(index) = formatting {
            self.formatting[index] += 1;
        }
        self.open.push(name);
        true
    }

    /// Whether an end tag may stay.
    fn close(&mut self, name: &str) -> bool {
        if !self.dropped.is_empty()
            && let Some(count) = self.dropped.get_mut(&name.to_ascii_lowercase())
            && *count > 0
        {
            *count -= 1;
            return false;
        }
        if let Some(index) = formatting(name) {
            self.formatting[index] = self.formatting[index].saturating_sub(1);
        }
        if let Some(index) = self.open.iter().rposition(|n| n.eq_ignore_ascii_case(name)) {
            self.open.truncate(index);
        }
        true
    }
}

fn formatting(name: &str) -> Option<usize> {
    FORMATTING.iter().position(|n| n.eq_ignore_ascii_case(name))
}

/// Elements that nest nothing, and those that the next of their kind closes. Below the deepest level
/// they are dropped too: no author put them there.
fn is_flat(name: &str) -> bool {
    const FLAT: [&str; 28] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dd", "dt", "td", "th", "tr", "thead", "tbody",
        "tfoot", "option", "optgroup", "html", "body",
    ];
    FLAT.iter().any(|n| n.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deepest(html: &str) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        let mut tokenizer = Tokenizer::new(html, &[]);
        while let Some((token, _)) = tokenizer.next() {
            match token {
                Token::Start { .. } => depth += 1,
                Token::End { .. } => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    #[test]
    fn ordinary_pages_are_left_alone() {
        let html = "<div>".repeat(150) + "text" + &"</div>".repeat(150) + &"<p>a<li>b".repeat(2000);
        assert!(matches!(flatten(&html), Cow::Borrowed(_)));
    }

    #[test]
    fn nesting_without_reason_is_dropped_and_its_text_stays() {
        for (open, close, reason) in [
            ("<div>", "</div>", "closed"),
            ("<div>", "", "never closed"),
            ("<section></span>", "", "stray end tags do not count"),
            ("<i id=a><b>", "</b></i>", "formatting"),
        ] {
            let html =
                open.repeat(100_000) + "<p>text</p>" + &close.repeat(100_000) + "<h2>on</h2>";
            let flat = flatten(&html);
            assert!(flat.contains("text") && flat.contains("on"), "{reason}");
            assert!(flat.matches("<div>").count() <= MAX_DEPTH, "{reason}");
            assert!(flat.matches("<section>").count() <= MAX_DEPTH, "{reason}");
            assert!(flat.matches("<b>").count() <= MAX_INLINE, "{reason}");
            if !close.is_empty() {
                assert!(deepest(&flat) <= MAX_DEPTH + 2, "{reason}");
            }
        }
    }
}
