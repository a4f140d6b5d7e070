//! The attributes of a shortcode, as WordPress reads them, and as they were meant where it reads nothing.

use super::LONGEST;

/// Name and value of each attribute, and the bytes up to the end of the last one. A value without
/// a name has an empty name.
pub(super) struct Values {
    pub(super) named: Vec<(String, String)>,
    /// Whether the voice has no quotes, so that its later words are values of their own.
    pub(super) bare_voice: bool,
    /// Whether an attribute follows another without white space, so that WordPress sees neither.
    pub(super) joined: bool,
}

/// Reads attributes from the start of `text`, which is as written or already decoded. Gives the
/// values, and the length of the text up to the end of the last `name=value`.
pub(super) fn attributes(text: &str) -> (Values, usize) {
    let mut values = Values { named: Vec::new(), bare_voice: false, joined: false };
    let (mut at, mut last) = (0, 0);
    while at < text.len().min(LONGEST) {
        let rest = &text[at..];
        let lead = rest.len() - rest.trim_start_matches(is_space).len();
        let rest = &rest[lead..];
        let name =
            rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
        let after = rest[name..].trim_start_matches(is_space);
        let Some(value) = after.strip_prefix('=').filter(|_| name > 0) else {
            let end = rest.find(is_space).unwrap_or(rest.len());
            if end == 0 {
                break;
            }
            let bare = std::mem::replace(&mut values.bare_voice, true);
            if let Some((_, voice)) = values.named.last_mut().filter(|_| bare) {
                voice.push(' ');
                voice.push_str(&rest[..end]);
            } else {
                values.bare_voice = false;
                values.named.push((String::new(), rest[..end].to_owned()));
            }
            at += lead + end;
            continue;
        };
        let value = value.trim_start_matches(is_space);
        let quoted = value.chars().next().filter(|c| is_quote(*c));
        let (content, used) = content(value, quoted);
        let name = rest[..name].to_ascii_lowercase();
        values.bare_voice = quoted.is_none() && name == "voice";
        values.named.push((name, unescaped(content)));
        at += lead + rest.len() - value.len() + used;
        values.joined |= quoted.is_some_and(|q| q.is_ascii())
            && text[at..].starts_with(|c: char| c.is_alphanumeric());
        last = at;
    }
    (values, last)
}

/// The value at the start of `value`, which begins with `quote` if it has one, and its length with
/// quotes. A curly quote is closed by any quote, one that is not closed ends with its line.
fn content(value: &str, quote: Option<char>) -> (&str, usize) {
    let Some(open) = quote else {
        let end = value.find(|c: char| is_space(c) || c == ']').unwrap_or(value.len());
        return (&value[..end], end);
    };
    let inner = &value[open.len_utf8()..];
    let close = |c: char| if open.is_ascii() { c == open } else { is_quote(c) };
    if let Some(end) = inner.find(close) {
        let close = inner[end..].chars().next().map_or(0, char::len_utf8);
        (&inner[..end], open.len_utf8() + end + close)
    } else {
        let end = inner.find('\n').unwrap_or(inner.len());
        (inner[..end].trim_end(), open.len_utf8() + end)
    }
}

/// A value without the backslashes that WordPress takes as in C; what they stand for is no part of a
/// name or number.
fn unescaped(value: &str) -> String {
    value.replace('\\', "")
}

/// White space between attributes: WordPress counts no-break and zero-width spaces.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}')
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'') || is_curly(c)
}

pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '″' | '‘' | '’' | '‚' | '‛' | '′' | '«' | '»')
}

/// Whether the attributes have one in quotes: then a bracket is evidently a shortcode.
pub(super) fn has_quoted_attribute(attributes: &str) -> bool {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let named = rest[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        rest = &rest[at + 1..];
        let reference = ["&quot;", "&#34;", "&#8", "&rdquo;", "&ldquo;", "&#x201"];
        if named && (rest.starts_with(is_quote) || reference.iter().any(|r| rest.starts_with(r))) {
            return true;
        }
    }
    false
}
