//! What a line of plain text looks like: a heading, the item of a list, a byline.

pub(super) struct Marker {
    pub(super) number: Option<u64>,
    /// Bytes up to the text of the item.
    pub(super) length: usize,
}

/// The sign that a list item begins with.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let sign = text.chars().next()?;
    let (number, length) = if matches!(sign, '-' | '*' | '+' | '•' | '‣' | '◦' | '·' | '●' | '▪')
    {
        (None, sign.len_utf8())
    } else {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let end = text[digits..].starts_with(['.', ')']);
        let number = text[..digits].parse().ok().filter(|_| end && digits <= 3)?;
        (Some(number), digits + 1)
    };
    let rest = &text[length..];
    let space = rest.len() - rest.trim_start().len();
    (space > 0 && space < rest.len()).then_some(Marker { number, length: lead + length + space })
}

/// The letter of a line that begins with "a) " or "(a) ".
pub(in crate::read) fn lettered(line: &str) -> Option<u8> {
    let line = line.trim_start_matches([' ', '\t']);
    let bytes = line.strip_prefix('(').unwrap_or(line).as_bytes();
    match bytes {
        [letter @ (b'a'..=b'z' | b'A'..=b'Z'), b')', b' ' | b'\t', ..] => {
            Some(letter.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// Whether a line can be the headline: short, no sentence, no list item.
pub(super) fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=25).contains(&words)
        && text.chars().count() <= 160
        && !text.ends_with(['.', ',', ';', ':'])
        && text.chars().next().is_some_and(|c| c.is_alphanumeric() || "\"'“‘¿¡«[(".contains(c))
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with("http")
        && byline(text).is_none()
        && marker(text).is_none()
}

/// Whether a line says what something is: "Present: A. Brook".
pub(super) fn is_labelled(line: &str) -> bool {
    line.trim_start().split_once(": ").is_some_and(|(label, _)| {
        (2..=24).contains(&label.len())
            && label.starts_with(char::is_uppercase)
            && label.chars().all(|c| c.is_alphabetic() || c == ' ')
    })
}

/// Whether a line is in capitals.
pub(super) fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && text.split_whitespace().count() <= 12
        && !text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_uppercase)
        && !text.ends_with(['.', '!', '?']) | is_numbered_part(text)
}

/// Whether a line is "Chapter 4", "PART II. The road" or the like.
pub(super) fn is_numbered_part(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let part = words.next().unwrap_or_default().to_lowercase();
    let number = words.next().unwrap_or_default().trim_end_matches(['.', ':', ',']);
    let is_number = !number.is_empty()
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| b"IVXLCDM".contains(&b)));
    let known = ["chapter", "part", "book", "section", "act", "scene", "appendix", "canto"];
    known.contains(&part.as_str()) && is_number && text.split_whitespace().count() <= 14
}

/// Whether a short line between long paragraphs is a heading.
pub(super) fn is_subhead(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=9).contains(&words)
        && text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '?')
        && text.chars().any(char::is_alphabetic)
        && !text.contains("://")
        && !text.contains('@')
        && !text.contains('|')
}

/// The name in "By Ann Lee": a few capitalised words, no sentence.
pub(super) fn byline(text: &str) -> Option<&str> {
    let leads = [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "Written by ",
        "Story by ",
        "Words by ",
        "Von ",
        "Par ",
        "Por ",
    ];
    let name = leads.iter().find_map(|lead| text.strip_prefix(lead))?.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |w: &&str| {
        matches!(
            *w,
            "and" | "&" | "de" | "van" | "von" | "der" | "da" | "al" | "la" | "und" | "et" | "y"
        )
    };
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    let names = words.iter().all(|w| small(w) || capital(w));
    let fits =
        (1..=10).contains(&words.len()) && names && !name.ends_with(['.', ':', '?', '!', ',']);
    (fits && words.iter().any(capital)).then_some(name)
}

/// Whether a line is an ornament between parts: no letter, no digit.
pub(super) fn is_rule(text: &str) -> bool {
    let ornament = |c: char| c.is_whitespace() || "*-_=~#+.•·—–§".contains(c);
    text.chars().all(ornament)
}
