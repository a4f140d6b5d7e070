//! One HTML character reference (`&amp;`, `&#8217;`) -> its characters, and how many bytes it took.
//!
//! Separate because spans depend on it: the tokenizer hands out raw text, and only here is it known
//! which bytes of the source became which characters.

use html5ever::data::NAMED_ENTITIES;

/// No named reference is longer than this (`&CounterClockwiseContourIntegral;`).
const LONGEST: usize = 33;

/// Decodes the reference at the start of `text`, which begins with `&`.
///
/// Gives the characters and the bytes consumed, or `None` where the `&` stands for itself.
pub(crate) fn decode(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(c, used)| (c.to_string(), used + 2));
    }
    let limit = rest.len().min(LONGEST);
    let name = rest.as_bytes()[..limit].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if name == 0 {
        return None;
    }
    let with_semicolon = name + usize::from(rest.as_bytes().get(name) == Some(&b';'));
    // The longest known name wins: some are known without their semicolon (`&copy2026`).
    for end in (2..=with_semicolon).rev() {
        if let Some((first, second)) = NAMED_ENTITIES.get(&rest[..end]).copied()
            && first != 0
        {
            let characters = [first, second].into_iter().filter(|c| *c != 0);
            return Some((characters.filter_map(char::from_u32).collect(), end + 1));
        }
    }
    None
}

/// The text with all its references decoded, where no map to the source is needed.
pub(crate) fn decode_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (characters, used) = decode(&rest[at..]).unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&characters);
        rest = &rest[at + used..];
    }
    out.push_str(rest);
    out
}

/// The character of a number that follows `&#`, and the bytes after those two.
fn numeric(text: &str) -> Option<(char, usize)> {
    let hex = text.starts_with(['x', 'X']);
    let (digits, radix, lead) = if hex { (&text[1..], 16, 1) } else { (text, 10, 0) };
    let count = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    if count == 0 {
        return None;
    }
    let value = digits[..count].bytes().fold(0_u32, |value, b| {
        let digit = char::from(b).to_digit(radix).unwrap_or(0);
        value.saturating_mul(radix).saturating_add(digit).min(0x11_0000)
    });
    let semicolon = usize::from(digits.as_bytes().get(count) == Some(&b';'));
    let character = match value {
        0x80..=0x9f => windows_1252(value),
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((character, lead + count + semicolon))
}

/// Numbers in this range mean windows-1252, as the HTML standard says.
fn windows_1252(value: u32) -> char {
    let byte = [u8::try_from(value).unwrap_or(b'?')];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_what_they_take() {
        let one = |s: &str, n: usize| Some((s.to_owned(), n));
        for (text, expected, reason) in [
            ("&amp; x", one("&", 5), "named"),
            ("&ampx", one("&", 4), "known without its semicolon"),
            ("&notin;", one("∉", 7), "the longest name wins"),
            ("&notit;", one("¬", 4), "and the longest known part of an unknown one"),
            ("&#8217;s", one("’", 7), "decimal"),
            ("&#x2019s", one("’", 7), "hexadecimal, no semicolon"),
            ("&#146;", one("’", 6), "windows-1252 number"),
            ("&#0;", one("\u{fffd}", 4), "zero"),
            ("&#99999999999;", one("\u{fffd}", 14), "too large"),
            ("& x", None, "on its own"),
            ("&", None, "at the end"),
            ("&#;", None, "no digits"),
            ("&zzz;", None, "unknown"),
            ("&é", None, "not ASCII"),
        ] {
            assert_eq!(decode(text), expected, "{reason}");
        }
        assert_eq!(decode_all("R&amp;D &lt;&#97;&gt; & co"), "R&D <a> & co");
    }
}
