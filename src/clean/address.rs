//! What is written for the eye alone: addresses and pictographs.

use std::sync::LazyLock;

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::BlockKind;

/// A web address: its scheme, its host, and what follows. Closing punctuation is the sentence's.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?ix)\b(?: https?:// (?:[^\s/@<>"]+@)? (?:www\.)? | www\. )
        (?P<host> [\p{L}\d] [\p{L}\d.-]* \. [\p{L}\d-]+ ) (?::\d+)?
        (?P<rest> [/?\#] [^\s<>"\u{201c}\u{201d}\u{ab}\u{bb}\[\]]* )?"#,
    )
    .expect("a constant expression")
});

/// The length of an address without the punctuation of the sentence around it.
fn trimmed(text: &str) -> usize {
    let mut end = text.len();
    while let Some(last) = text[..end].chars().next_back() {
        let open =
            |open, close| text[..end].matches(open).count() >= text[..end].matches(close).count();
        let kept = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '\u{2019}' | '*' | '_' | '\u{2026}' => false,
            ')' => open('(', ')'),
            '}' => open('{', '}'),
            _ => true,
        };
        if kept {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// `embed`.
pub(super) struct Embed;

impl CleanRule for Embed {
    fn name(&self) -> &'static str {
        "embed"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let text = place.text().trim();
        let is_address = |line: &str| {
            ADDRESS.find(line).is_some_and(|m| m.start() == 0 && m.end() == line.len())
        };
        let whole = || text.lines().all(|line| is_address(line.trim()));
        let line = matches!(
            place.block().kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Quote
        );
        Verdict::remove_if(line && may_hold_one(text) && whole())
    }
}

/// Whether there is what an address begins with: a look that spares most texts the expression.
fn may_hold_one(text: &str) -> bool {
    text.contains("://") || text.as_bytes().windows(4).any(|w| w.eq_ignore_ascii_case(b"www."))
}

/// `address`.
pub(super) struct Address;

impl CleanRule for Address {
    fn name(&self) -> &'static str {
        "address"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        if place.block().kind == BlockKind::Code || !may_hold_one(place.text()) {
            return Verdict::Keep;
        }
        let mut ranges = Vec::new();
        for found in ADDRESS.captures_iter(place.text()) {
            let (Some(whole), Some(host)) = (found.get(0), found.name("host")) else { continue };
            let end = whole.start() + trimmed(whole.as_str());
            ranges.push(whole.start()..host.start());
            if host.end() < end {
                ranges.push(host.end()..end);
            }
        }
        super::mark::cut(ranges)
    }
}

/// Pictographs, with what modifies and joins them. Characters that are also ordinary text (digits, ©)
/// count only where a selector asks for the picture.
static EMOJI: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:
          \p{RI}\p{RI}
        | [0-9\#*]\u{fe0f}?\u{20e3}
        | (?: \p{Emoji_Presentation} | \p{Extended_Pictographic}\u{fe0f} | [\u{1f000}-\u{1faff}] )
          \u{fe0f}? \p{Emoji_Modifier}? [\u{e0020}-\u{e007f}]*
          (?: \u{200d} (?:\p{Emoji_Presentation}|\p{Extended_Pictographic}) \u{fe0f}? \p{Emoji_Modifier}? )*
        )",
    )
    .expect("a constant expression")
});

/// `emoji`.
pub(super) struct Emoji;

impl CleanRule for Emoji {
    fn name(&self) -> &'static str {
        "emoji"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // All of them have three bytes or more, but for the keys.
        if place.text().is_ascii() || place.block().kind == BlockKind::Code {
            return Verdict::Keep;
        }
        let text = place.text();
        let ranges = EMOJI.find_iter(text).map(|m| {
            // The space behind one goes along, where there is one before it or nothing.
            let before = text[..m.start()].chars().next_back();
            let lone = before.is_none_or(char::is_whitespace);
            let after = text[m.end()..].starts_with(' ');
            m.start()..m.end() + usize::from(lone && after)
        });
        super::mark::cut(ranges.collect())
    }
}
