//! What a source says to be a thing of a kind (SSML's `say-as`) -> its words. What the kind leaves open is
//! read by the classes of the language.
//!
//! The kinds are those of the W3C note on `say-as` values and those that Amazon, Google and Microsoft add.

use super::english::MONTHS;
use super::read_text;
use crate::model::Word;

/// The kinds that are known.
pub(super) const KINDS: [&str; 20] = [
    "address",
    "bleep",
    "cardinal",
    "characters",
    "currency",
    "date",
    "digits",
    "duration",
    "expletive",
    "fraction",
    "measure",
    "name",
    "number",
    "ordinal",
    "spell-out",
    "telephone",
    "time",
    "unit",
    "verbatim",
    "vxml:currency",
];

/// The words of `text` as a `kind` in `format`; what they stand for is left to the caller. Never none where
/// `text` has a letter or a digit.
pub(super) fn words(text: &str, kind: &str, format: Option<&str>, language: &str) -> Vec<Word> {
    let read = |text: &str| read_text(text, language, &[]);
    let english = language.is_empty() || language.split(['-', '_']).next() == Some("en");
    let words = match kind {
        "characters" | "spell-out" | "verbatim" => characters(text, language),
        "digits" => digits(text, language),
        "telephone" => telephone(text, language),
        "cardinal" | "number" if english => read(&cardinal(text)),
        "ordinal" if english => read(&ordinal(text)),
        "fraction" => read(&text.replace('+', " ")),
        "date" if english => date(text, format).map(|text| read(&text)).unwrap_or_default(),
        "expletive" | "bleep" if english => read("bleep"),
        _ => Vec::new(),
    };
    if words.is_empty() { read(text) } else { words }
}

/// Every character by its name.
fn characters(text: &str, language: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for c in text.chars() {
        if c.is_alphabetic() {
            let text = c.to_uppercase().filter(|c| c.is_alphabetic()).collect();
            words.push(Word { text, letter: true, ..Word::default() });
        } else if !c.is_whitespace() {
            words.extend(read_text(c.encode_utf8(&mut [0; 4]), language, &[]));
        }
    }
    words
}

/// Every digit by itself; the rest as it is.
fn digits(text: &str, language: &str) -> Vec<Word> {
    let spaced: String = text
        .chars()
        .flat_map(|c| if c.is_ascii_digit() { [' ', c, ' '] } else { [c, '\0', '\0'] })
        .filter(|c| *c != '\0')
        .collect();
    spaced.split_whitespace().flat_map(|part| read_text(part, language, &[])).collect()
}

/// Digits one by one, with a short pause where the number has a gap.
fn telephone(text: &str, language: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for group in text.split(|c: char| !c.is_alphanumeric() && c != '+').filter(|g| !g.is_empty()) {
        if let Some(last) = words.last_mut() {
            last.after = ",".into();
        }
        words.extend(digits(&group.replace('+', " + "), language));
    }
    words
}

/// With a comma, so that it is no year.
fn cardinal(text: &str) -> String {
    let plain = text.trim();
    if plain.len() == 4 && plain.bytes().all(|b| b.is_ascii_digit()) && !plain.starts_with('0') {
        return format!("{},{}", &plain[..1], &plain[1..]);
    }
    match roman(plain) {
        Some(number) => number.to_string(),
        None => plain.to_owned(),
    }
}

fn ordinal(text: &str) -> String {
    let plain = text.trim();
    let digits = roman(plain).map_or_else(|| plain.to_owned(), |number| number.to_string());
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits;
    }
    let suffix = match (
        digits.as_bytes()[digits.len() - 1],
        digits.ends_with("11"),
        digits.ends_with("12"),
        digits.ends_with("13"),
    ) {
        (b'1', false, ..) => "st",
        (b'2', _, false, _) => "nd",
        (b'3', .., false) => "rd",
        _ => "th",
    };
    digits + suffix
}

/// The value of a Roman number in capitals, up to 3999.
fn roman(text: &str) -> Option<u32> {
    let value = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let sum = |i: usize| match values.get(i + 1) {
        Some(next) if *next > values[i] => -i64::from(values[i]),
        _ => i64::from(values[i]),
    };
    let total: i64 = (0..values.len().min(15)).map(sum).sum();
    u32::try_from(total).ok().filter(|total| (1..4000).contains(total))
}

/// A date as English text that the date class reads; `None` when it is none of this format.
fn date(text: &str, format: Option<&str>) -> Option<String> {
    let digits: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    if text.contains(char::is_alphabetic) {
        return None;
    }
    let format = match format.unwrap_or_default().to_ascii_lowercase().as_str() {
        "yyyymmdd" => "ymd".to_owned(),
        "" if digits.len() == 3 && digits[0].len() == 4 => "ymd".to_owned(),
        "" if digits.len() == 3 => "mdy".to_owned(),
        other => other.to_owned(),
    };
    let digits: Vec<String> = match digits[..] {
        // 20260304 and the like, by the widths of the format's fields.
        [one] if format.len() > 1 => {
            let mut rest = one;
            format
                .chars()
                .map(|field| {
                    let width = if field == 'y' {
                        one.len().checked_sub(2 * (format.len() - 1))?
                    } else {
                        2
                    };
                    let (part, after) = rest.split_at_checked(width)?;
                    rest = after;
                    Some(part.to_owned())
                })
                .collect::<Option<_>>()?
        }
        _ => digits.iter().map(|d| (*d).to_owned()).collect(),
    };
    if digits.len() != format.len() {
        return None;
    }
    let field = |name: char| format.find(name).map(|at| digits[at].as_str());
    let month = match field('m') {
        Some(number) => Some(*MONTHS.get(number.parse::<usize>().ok()?.checked_sub(1)?)?),
        None => None,
    };
    let day = match field('d') {
        Some(number) => Some(number.parse::<u8>().ok().filter(|d| (1..=31).contains(d))?),
        None => None,
    };
    Some(match (month, day, field('y')) {
        (Some(month), Some(day), Some(year)) => format!("{month} {day}, {}", full(year)),
        (Some(month), Some(day), None) => format!("{month} {day}"),
        (Some(month), None, Some(year)) => format!("{month} {}", full(year)),
        (Some(month), None, None) => month.to_owned(),
        (None, Some(day), None) => ordinal(&day.to_string()),
        (None, None, Some(year)) => full(year),
        _ => return None,
    })
}

/// A year with its century: two digits are of 1950 to 2049.
fn full(year: &str) -> String {
    match year.parse::<u32>() {
        Ok(short) if year.len() == 2 => {
            (if short < 50 { 2000 + short } else { 1900 + short }).to_string()
        }
        _ => year.to_owned(),
    }
}
