//! Roman numerals, after a name or a word such as "Part". Separate because most capitals are not
//! numerals.

use super::number::{cardinal, ordinal};
use super::said::{Place, Reading, Said, pattern};

fn value(numeral: &str) -> Option<u32> {
    let shape = pattern!(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\z");
    if numeral.is_empty() || !shape.is_match(numeral) {
        return None;
    }
    let mut total = 0;
    let mut highest = 0;
    for c in numeral.chars().rev() {
        let one = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            _ => 1000,
        };
        if one >= highest {
            total += one;
            highest = one;
        } else {
            total -= one;
        }
    }
    Some(total)
}

pub(super) fn roman(place: &Place<'_>) -> Reading {
    if place.inside_word() || !place.before.ends_with(' ') {
        return None;
    }
    let numeral = pattern!(r"[IVXLCDM]{1,8}").find(place.rest)?.as_str();
    if !place.ends_at(numeral.len()) {
        return None;
    }
    let value = value(numeral)?.to_string();
    let last = place.before.trim_end().rsplit([' ', '\u{a0}']).next()?;
    let counted = matches!(
        last.to_lowercase().as_str(),
        "part"
            | "chapter"
            | "volume"
            | "book"
            | "act"
            | "scene"
            | "article"
            | "section"
            | "phase"
            | "war"
            | "type"
            | "class"
            | "appendix"
            | "table"
            | "title"
            | "stage"
            | "level"
            | "category"
            | "bowl"
            | "tier"
    );
    if counted {
        return Some((numeral.len(), Said::of(&cardinal(&value))));
    }
    let mut letters = last.chars();
    let name = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(char::is_lowercase);
    // Single letters are initials or pronouns; longer numerals after a name are regnal.
    let regnal = matches!(
        last,
        "Elizabeth" | "Charles" | "Francis" | "Henry" | "George" | "Pope" | "Felipe" | "Mohammed"
    );
    if name
        && (numeral.len() > 1
            && !matches!(
                numeral,
                "CD" | "DC" | "MC" | "MD" | "CV" | "ID" | "DM" | "CM" | "MM" | "LCD"
            )
            || regnal)
    {
        return Some((numeral.len(), Said::of("the").then(&ordinal(&value))));
    }
    None
}
