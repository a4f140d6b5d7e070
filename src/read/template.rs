//! Template tags of static site generators in Markdown: Jekyll and Liquid (`{% tag %}`, `{{ value }}`),
//! Hugo (`{{< tag >}}`), and kramdown's attribute lists (`{: .class}`).
//!
//! `{% raw %}...{% endraw %}` shows its content as it is, and so does a code fence.

use std::sync::LazyLock;

use regex::Regex;

use super::{mask::Masked, remove};
use crate::model::{Removed, Span};

/// A fence, a raw block, a tag, a value, an attribute list: whichever comes first. Each is bounded, so a
/// brace that never closes costs nothing.
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xms)
        (?P<fence> ^\ {0,3}(?:```+|~~~+)[^\n]*$ )
        | (?P<raw> \{%-?\ *raw\ *-?%\} )
        | (?P<comment> \{%-?\ *comment\ *-?%\} .*? \{%-?\ *endcomment\ *-?%\} )
        | (?P<tag> \{%[^%]{0,2000}?%\} | \{\{[^{}]{0,2000}?\}\} )
        | (?P<list> \{(?:::?|[.\#][A-Za-z])[^{}\n]{0,500}\} )",
    )
    .expect("a constant expression")
});

static END_RAW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{%-?\s*endraw\s*-?%\}").expect("a constant expression"));

/// Masks the template tags of `masked` from byte `body` on, and records them.
pub(super) fn mask(body: usize, masked: &mut Masked, removed: &mut Vec<Removed>) {
    let text = masked.text();
    let mut spans = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut at = body;
    while let Some(found) = PARTS.captures_at(text, at) {
        let whole = found.get(0).expect("the whole match");
        at = whole.end().max(at + 1);
        if found.name("fence").is_some() {
            fence = next_fence(fence, whole.as_str());
            continue;
        }
        if fence.is_some() {
            continue;
        }
        let span = Span::new(whole.start(), whole.end());
        if found.name("raw").is_some() {
            spans.push((span, "template-tag"));
            // What is inside stays; without an end, the tag is a tag like any other.
            if let Some(end) = END_RAW.find_at(text, at) {
                spans.push((Span::new(end.start(), end.end()), "template-tag"));
                at = end.end();
            }
        } else if found.name("list").is_some() {
            spans.push((span, "attribute-list"));
        } else {
            spans.push((span, "template-tag"));
        }
    }
    let source = masked.source().clone();
    let mut shown: Vec<Span> = Vec::new();
    let mut before = body;
    for (span, rule) in &spans {
        // In an address or inside a tag there are no words of the article to account for.
        if is_target(&source, before, span.start) {
            masked.mask_target(*span);
        } else {
            remove(removed, rule, &source, *span);
            shown.push(*span);
        }
        before = body.max(span.start.saturating_sub(FAR));
    }
    masked.mask(&shown);
}

/// How far back from a tag an address or an element may begin, in bytes.
const FAR: usize = 600;

/// Whether what stands at `at` is part of a link's address, a reference definition, or an HTML tag.
fn is_target(source: &str, from: usize, at: usize) -> bool {
    let from = source.ceil_char_boundary(from.max(at.saturating_sub(FAR)));
    let before = &source[from..at];
    let line = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    if line.matches('`').count() % 2 == 1 {
        return false; // inside of code, where nothing is an address
    }
    let address = line.rfind("](").is_some_and(|open| !outside_tags(&line[open..]).contains(')'));
    let element = before.rfind('<').is_some_and(|open| {
        let tag = &before[open + 1..];
        tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && !outside_tags(tag).contains('>')
    });
    let definition = line.trim_start().starts_with('[')
        && line.find("]:").is_some_and(|end| !line[..end].contains(char::is_whitespace));
    address || element || definition
}

/// A text without the template tags in it.
fn outside_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("{%").or_else(|| rest.find("{{")) {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find("}").map(|c| open + c) else { return out };
        rest = rest[close..].trim_start_matches('}');
    }
    out + rest
}

/// The open fence after a fence line: opened by it, closed by it, or unmoved.
fn next_fence(open: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().unwrap_or('`');
    let length = line.chars().take_while(|c| *c == mark).count();
    match open {
        None => Some((mark, length)),
        Some((m, l)) if m == mark && length >= l && line[length..].trim().is_empty() => None,
        open => open,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::read::mask::FILLER;

    #[test]
    fn tags_go_and_what_is_shown_stays() {
        let cases = [
            ("a {% include x.html %} b", "a  b", 1),
            ("{{ site.name }} says {{< figure src=\"x\" >}}", " says ", 2),
            ("# Title {: .big}\n{::comment}", "# Title \n", 2),
            ("{% raw %}{{ shown }}{% endraw %} x", "{{ shown }} x", 2),
            ("```\n{{ code }}\n```\n{{ gone }}", "```\n{{ code }}\n```\n", 1),
            ("{% comment %} secret {% endcomment %}x", "x", 1),
            ("open {% never closed", "open {% never closed", 0),
            ("a { b } and {c: d}", "a { b } and {c: d}", 0),
            ("[a]({{ site.url }}/x) {% b %}", "[a](/x) ", 1),
            ("<a href=\"{{ site.url }}/x\">{{ y }}</a>", "<a href=\"/x\"></a>", 1),
            ("[a]: {{ site.url }}/x", "[a]: /x", 0),
            ("`[a]({{ b }})`", "`[a]()`", 1),
        ];
        for (text, wanted, count) in cases {
            let mut masked = Masked::new(&Arc::from(text));
            let mut removed = Vec::new();
            mask(0, &mut masked, &mut removed);
            let unseen = [FILLER, '\u{ad}', '\u{200b}'];
            let left: String = masked.text().chars().filter(|c| !unseen.contains(c)).collect();
            assert_eq!(left.trim_end(), wanted.trim_end(), "{text}");
            assert_eq!(removed.len(), count, "{text}: {removed:?}");
        }
    }
}
