//! Symbols by their names. Separate because it is a table.

use super::said::{Place, Reading, Said, pattern};

/// "y=x +1": operators between operands.
pub(super) fn math(place: &Place<'_>) -> Reading {
    let found = pattern!(r"[+=<>±×÷≈≠≤≥] ?[0-9A-Za-z]").find(place.rest)?;
    let c = place.rest.chars().next()?;
    let tag = matches!(c, '<' | '>') && !found.as_str().ends_with(|c: char| c.is_ascii_digit());
    let word = match c {
        '+' => "plus",
        '=' => "equals",
        '<' if !tag => "less than",
        '>' if !tag => "greater than",
        '±' => "plus or minus",
        '×' => "times",
        '÷' => "divided by",
        '≈' => "about",
        '≠' => "not equal to",
        '≤' => "at most",
        '≥' => "at least",
        _ => return None,
    };
    Some((c.len_utf8(), Said::of(word)))
}

/// The name of a symbol, or nothing for marks that are not read.
pub(super) fn name(c: char, text: &str, at: usize) -> Option<&'static str> {
    let next = text[at + c.len_utf8()..].chars().next();
    let previous = text[..at].chars().next_back();
    Some(match c {
        '&' => "and",
        '%' => "percent",
        '$' => "dollar",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '@' => "at",
        '#' => "hash",
        '+' => "plus",
        '=' => "equals",
        '°' => "degrees",
        '§' => "section",
        '©' => "copyright",
        '®' => "registered",
        '™' => "trademark",
        '×' => "times",
        '÷' => "divided by",
        '±' => "plus or minus",
        '≈' => "about",
        '∞' => "infinity",
        '→' => "to",
        '\\' => "backslash",
        // "and/or" is two words; a slash with spaces or digits about it is named.
        '/' if next.is_none_or(char::is_whitespace) || previous.is_none_or(char::is_whitespace) => {
            "slash"
        }
        '/' if text[..at].ends_with("and") => return None,
        '/' if previous.is_some_and(char::is_lowercase) && next.is_some_and(char::is_lowercase) => {
            "slash"
        }
        _ => return None,
    })
}
