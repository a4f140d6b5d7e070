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

/// What a comment or a tag begins with that has no end and reaches to the end of the text, and what would end it.
pub(super) fn unclosed(markup: &str) -> Option<(&str, &'static str)> {
    // An instruction to a program: a browser ends it at any `>`, Markdown does not.
    if let Some(instruction) = markup.strip_prefix("<?") {
        return (!instruction.ends_with("?>")).then_some(("<?", "?>"));
    }
    let Some(inner) = markup.strip_prefix("<!--") else {
        let name = markup
            .strip_prefix('<')
            .is_some_and(|m| m.starts_with(|c: char| c.is_ascii_alphabetic()));
        let end = markup.find(|c: char| c.is_whitespace()).unwrap_or(markup.len()).min(24);
        // A tag that has an end is no comment.
        return name.then(|| (markup.get(..end).unwrap_or("<"), ">"));
    };
    let ended = [">", "->"].contains(&inner) || inner.ends_with("-->") || inner.ends_with("--!>");
    (!ended).then_some(("<!--", "-->"))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_without_an_end() {
        for (comment, expected) in [
            ("<!-- a -->", None),
            ("<!-- a --!>", None),
            ("<!-->", None),
            ("<!--->", None),
            ("<!-- a <p>b</p>", Some(("<!--", "-->"))),
            ("<!-- a -- ", Some(("<!--", "-->"))),
            ("<script src=\"a", Some(("<script", ">"))),
            ("<!doctype html>", None),
            ("</p", None),
        ] {
            assert_eq!(unclosed(comment), expected, "{comment}");
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
