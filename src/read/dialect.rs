//! What Markdown's dialects add that its parser does not know: admonitions, containers, alerts, marks for
//! tables of contents, abbreviations, highlighted text, names of emoji.
//!
//! They are found in the source before it is parsed, as shortcodes and template tags are. Only the signs
//! are cut; what stands inside them is text like any other.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::cut::Cut;

/// The cuts, and the lines of admonitions whose indentation means that they belong to it, and not that
/// they are code.
#[derive(Debug, Default)]
pub(crate) struct Dialect {
    /// Not in order.
    pub(crate) cuts: Vec<Cut>,
    /// Ranges of four bytes of indentation, or of a tab.
    pub(crate) indents: Vec<Range<usize>>,
    /// Of the cuts, those that stand before a title.
    pub(crate) titles: Vec<Range<usize>>,
}

/// Finds what dialects add to `source` from `start` on.
pub(crate) fn find(source: &str, start: usize) -> Dialect {
    let mut dialect = Dialect::default();
    let mut fence: Option<&str> = None;
    let mut admonition = false;
    let mut at = start;
    let mut before = start..start;
    for line in source[start..].split_inclusive('\n') {
        let text = line.trim_end();
        let inner = text.trim_start();
        let code = inner.starts_with("```") || inner.starts_with("~~~");
        if code {
            let mark = &inner[..3];
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
        }
        if admonition && !text.is_empty() {
            admonition = dialect.body(line, at);
        }
        if fence.is_none() && !code {
            admonition |= dialect.line(text, at);
            // kramdown puts the contents in the place of the list above, whatever that says.
            if CONTENTS_LIST.is_match(text) && CONTENTS_ITEM.is_match(&source[before.clone()]) {
                dialect.cut(before, "table-of-contents");
            }
        }
        before = at..at + text.len();
        at += line.len();
    }
    dialect
}

/// An expression that is a constant.
macro_rules! expression {
    ($name:ident, $expression:literal) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($expression).expect("a constant expression"));
    };
}

// `!!! note "Title"`, `??? tip`, `???+ tip` of Python-Markdown and MkDocs.
expression!(
    ADMONITION,
    r#"^ {0,3}(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w -]*?(?:[ \t]+"([^"]*)")?[ \t]*$"#
);
// `::: tip Title` of VuePress, `:::tip[Title]` of Docusaurus, `:::` at its end.
expression!(
    CONTAINER,
    r"^ {0,3}:{3,}[ \t]*(?:\{[^}]*\}|[A-Za-z][\w-]*)?(?:[ \t]+([^\[\]{}]*?)|\[([^\[\]]*)\])?[ \t]*:*[ \t]*$"
);
// `> [!NOTE]` of GitHub, `> [!note]- Title` of Obsidian.
expression!(ALERT, r"^ {0,3}>[ \t]*(\[![A-Za-z]+\][+-]?)");
// `[TOC]`, `[[_TOC_]]`, `{:toc}`.
expression!(CONTENTS, r"(?i)^ {0,3}(?:\[toc\]|\[\[_?toc_?\]\])$");
expression!(CONTENTS_ITEM, r"(?i)^ {0,3}(?:[-*+]|1\.)[ \t]+\S.*$");
expression!(CONTENTS_LIST, r"(?i)^[ \t]*\{:\s*toc\s*[^}]*\}$");
// `*[HTML]: Hyper Text Markup Language` of PHP Markdown Extra and kramdown.
expression!(ABBREVIATION, r"^\*\[[^\]]+\]:.*$");
// `==highlighted==`, `++inserted++`.
expression!(HIGHLIGHT, r"(==|\+\+)([^\s=+](?:[^=+\n]*[^\s=+])?)(==|\+\+)");
// `:tada:`
expression!(EMOJI, r":[a-z][a-z0-9_+-]{1,40}:");

impl Dialect {
    /// A line outside of code; says whether an admonition begins with it.
    fn line(&mut self, text: &str, at: usize) -> bool {
        let place = |range: Range<usize>| range.start + at..range.end + at;
        if let Some(found) = ADMONITION.captures(text) {
            match found.get(1).filter(|title| !title.is_empty()) {
                Some(title) => {
                    self.titles.push(at..at + title.start());
                    self.cut(at..at + title.start(), "admonition");
                    self.cut(at + title.end()..at + text.len(), "admonition");
                }
                None => self.cut(at..at + text.len(), "admonition"),
            }
            return true;
        }
        if text.trim_start().starts_with(":::")
            && let Some(found) = CONTAINER.captures(text)
        {
            let title = found.get(1).or(found.get(2)).filter(|t| !t.as_str().trim().is_empty());
            match title {
                Some(title) => {
                    self.titles.push(at..at + title.start());
                    self.cut(at..at + title.start(), "admonition");
                    self.cut(at + title.end()..at + text.len(), "admonition");
                }
                None => self.cut(at..at + text.len(), "admonition"),
            }
            return false;
        }
        if let Some(sign) = ALERT.captures(text).and_then(|f| f.get(1)) {
            self.cut(place(sign.range()), "admonition");
        }
        if CONTENTS.is_match(text) {
            self.cut(at..at + text.len(), "table-of-contents");
        } else if ABBREVIATION.is_match(text) {
            self.cut(at..at + text.len(), "abbreviation-definition");
        }
        for found in HIGHLIGHT.captures_iter(text) {
            if let (Some(open), Some(close)) = (found.get(1), found.get(3))
                && open.as_str() == close.as_str()
            {
                for sign in [open, close] {
                    let range = place(sign.range());
                    self.cuts.push(Cut { rule: None, ..Cut::new(range, "highlight") });
                }
            }
        }
        for found in EMOJI.find_iter(text) {
            let apart =
                |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !"/:_".contains(c));
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            if apart(before) && apart(after) {
                self.cut(place(found.range()), "emoji-name");
            }
        }
        false
    }

    /// A line after the first of an admonition; says whether it belongs to it.
    fn body(&mut self, line: &str, at: usize) -> bool {
        if line.starts_with('\t') {
            self.indents.push(at..at + 1);
            true
        } else if line.starts_with("    ") {
            self.indents.push(at..at + 4);
            true
        } else {
            false
        }
    }

    fn cut(&mut self, range: Range<usize>, rule: &'static str) {
        if !range.is_empty() {
            self.cuts.push(Cut::new(range, rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::read::tests::{article, blocks, removed};

    #[test]
    fn signs_go_and_what_they_mark_stays() {
        for (source, expected, gone) in [
            (
                "!!! note \"Mind the step\"\n    It is worn.\n\n    Do not run.\n\nOn.",
                vec![
                    "h4: Mind the step",
                    "quote: It is worn.",
                    "quote: Do not run.",
                    "paragraph: On.",
                ],
                vec!["admonition: !!! note \""],
            ),
            (
                "??? tip\n    Text.\n    ~~~\n    code\n    ~~~\n",
                vec!["quote: Text.", "code: code"],
                vec!["admonition: ??? tip"],
            ),
            (
                "::: tip\nText.\n:::\n\n:::note[A title]\nMore.\n:::\n\n::: danger Second title\nOn.\n:::\n",
                vec![
                    "paragraph: Text.",
                    "h4: A title",
                    "paragraph: More.",
                    "h4: Second title",
                    "paragraph: On.",
                ],
                vec!["admonition: ::: tip", "admonition: :::note[", "admonition: ::: danger"],
            ),
            (
                "> [!WARNING]\n> Deep water.\n",
                vec!["quote: Deep water."],
                vec!["admonition: [!WARNING]"],
            ),
            (
                "* TOC\n{:toc}\n\nText.",
                vec!["paragraph: Text."],
                vec!["table-of-contents: * TOC", "attribute-list: {:toc}"],
            ),
            ("[TOC]\n\nText.", vec!["paragraph: Text."], vec!["table-of-contents: [TOC]"]),
            (
                "HTML it is.\n\n*[HTML]: Hyper Text\n",
                vec!["paragraph: HTML it is."],
                vec!["abbreviation-definition: *[HTML]: Hyper Text"],
            ),
            (
                "A ==high== point ++in++ `==x==` a == b == c :tada: at 10:30:15 :-)",
                vec!["paragraph: A high point in ==x== a == b == c at 10:30:15 :-)"],
                vec!["emoji-name: :tada:"],
            ),
            ("```\n::: x\n!!! note\n```\n", vec!["code: ::: x\n!!! note"], vec![]),
        ] {
            let article = article(Format::Markdown, source);
            assert_eq!(blocks(&article), expected, "{source}");
            assert_eq!(removed(&article), gone, "{source}");
        }
    }
}
