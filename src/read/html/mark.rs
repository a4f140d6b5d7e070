//! Authors' own marks, in HTML comments: what is not to be heard, and what is heard and not shown.
//!
//! `<!-- aloud:off -->` ... `<!-- aloud:on -->` leaves text out, `<!-- aloud:say "..." -->` adds some.

/// What a comment asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    /// Nothing is spoken from here on.
    Off,
    /// From here on it is again.
    On,
    /// These words are spoken here.
    Say(&'a str),
    /// It is addressed to aloud and says nothing that is known.
    Unknown(&'a str),
}

/// Reads a whole comment, `<!--` and `-->` included.
pub(super) fn parse(comment: &str) -> Option<Mark<'_>> {
    let inner = comment.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").or(inner.strip_suffix("--!>")).unwrap_or(inner).trim();
    let order = inner.strip_prefix("aloud:")?.trim_start();
    let end = order.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(order.len());
    let (name, rest) = (&order[..end], order[end..].trim());
    Some(match name {
        "off" if rest.is_empty() => Mark::Off,
        "on" if rest.is_empty() => Mark::On,
        "say" => Mark::Say(rest.trim_matches(is_quote).trim()),
        _ => Mark::Unknown(order),
    })
}

/// Whether a comment has no end, and reaches to the end of the text.
pub(super) fn is_open(comment: &str) -> bool {
    let ended = |inner: &str| [">", "->"].contains(&inner) || inner.ends_with("-->");
    comment.strip_prefix("<!--").is_some_and(|inner| !(ended(inner) || inner.ends_with("--!>")))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_without_an_end() {
        for (comment, expected) in [
            ("<!-- a -->", false),
            ("<!-- a --!>", false),
            ("<!-->", false),
            ("<!--->", false),
            ("<!-- a <p>b</p>", true),
            ("<!-- a -- ", true),
            ("<!doctype html>", false),
        ] {
            assert_eq!(is_open(comment), expected, "{comment}");
        }
    }

    #[test]
    fn comments_for_aloud_are_told_from_others() {
        for (comment, expected) in [
            ("<!-- aloud:off -->", Some(Mark::Off)),
            ("<!--aloud: on-->", Some(Mark::On)),
            ("<!-- aloud:say \"It's a chart.\" -->", Some(Mark::Say("It's a chart."))),
            ("<!-- aloud:say “Hello” -->", Some(Mark::Say("Hello"))),
            ("<!-- aloud:say Hello there -->", Some(Mark::Say("Hello there"))),
            ("<!-- aloud:mute -->", Some(Mark::Unknown("mute"))),
            ("<!-- aloud:off later -->", Some(Mark::Unknown("off later"))),
            ("<!-- wp:paragraph -->", None),
            ("<!-- read aloud:off -->", None),
            ("<!doctype html>", None),
        ] {
            assert_eq!(parse(comment), expected, "{comment}");
        }
    }
}
