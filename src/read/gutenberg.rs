//! What plain texts of digitised books have that other texts have not: a head that names the book, contents
//! with dotted lines, marks where pictures were, notes in brackets.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::model::Meta;

/// What the head of a Project Gutenberg file says about the book.
pub(crate) fn meta(head: &str) -> Meta {
    let field = |name: &str| {
        let line = head.lines().find_map(|l| l.trim().strip_prefix(name));
        line.map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned)
    };
    Meta { title: field("Title:"), byline: field("Author:"), ..Meta::default() }
}

/// Whether a line is one of a table of contents: words, a row of dots, a page.
pub(crate) fn is_contents(line: &str) -> bool {
    static LEADER: LazyLock<Regex> = LazyLock::new(|| {
        // Or what stands over the columns.
        Regex::new(
            r"(?x) \S.*? (?:\.[\ \t]?){4,} [\ \t]* (?:\d{1,4}|[ivxlc]{1,7}) $
            | ^ (?i: (?:chap(?:ter|\.)? | part | book) \s{2,} page ) $",
        )
        .expect("a constant expression")
    });
    LEADER.is_match(line.trim())
}

/// What a paragraph in brackets is, and the range of its own text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Bracketed {
    /// `[Illustration: The jetty]`; `[Illustration]` has no text.
    Illustration(Range<usize>),
    /// `[1] A note.` or `[Footnote 1: A note.]`
    Note(Range<usize>),
}

/// Whether the paragraph `text` is one that stands in brackets.
pub(crate) fn bracketed(text: &str) -> Option<Bracketed> {
    static NUMBERED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\s*\[\d{1,4}\]\s+").expect("a constant expression"));
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*\[(Illustration|Footnote)(?:\s+[\dA-Z]{1,4})?(?::\s*|\s*\])")
            .expect("a constant expression")
    });
    if let Some(label) = NUMBERED.find(text) {
        let some = text[label.end()..].contains(char::is_alphabetic);
        return some.then(|| Bracketed::Note(label.end()..text.len()));
    }
    let found = NAMED.captures(text)?;
    let start = found.get(0)?.end();
    let end = if found[0].ends_with(']') { start } else { text.trim_end().len() - 1 };
    let closed = text.trim_end().ends_with(']') && start <= end;
    let range = start..end;
    closed.then(|| match &found[1] {
        "Footnote" => Bracketed::Note(range),
        _ => Bracketed::Illustration(range),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_and_brackets() {
        for (line, expected) in [
            ("I. The Storm . . . . . 12", true),
            ("The Calm......... ix", true),
            ("And then ... 12 of them", false),
            ("He waited . . . and waited.", false),
        ] {
            assert_eq!(is_contents(line), expected, "{line}");
        }
        let text = |s: &'static str| {
            bracketed(s).map(|b| match b {
                Bracketed::Illustration(r) => format!("picture: {}", &s[r]),
                Bracketed::Note(r) => format!("note: {}", &s[r]),
            })
        };
        assert_eq!(text("[Illustration: The jetty]").as_deref(), Some("picture: The jetty"));
        assert_eq!(text("[Illustration]").as_deref(), Some("picture: "));
        assert_eq!(text("[1] It was a Tuesday.").as_deref(), Some("note: It was a Tuesday."));
        assert_eq!(text("[Footnote A: So they say.]").as_deref(), Some("note: So they say."));
        assert_eq!(text("[Illustrations of this are many] and good"), None);
        assert_eq!(text("[1] 2"), None);
    }
}
