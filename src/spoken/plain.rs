//! Bare numbers: cardinals, ordinals, decimals, fractions, percentages, ranges, and letters mixed
//! with digits. The last resort for anything with a digit, hence separate from the named classes.

use super::number::{cardinal, decimal, each_digit, integer, looks_like_year, ordinal, year};
use super::said::{Place, Reading, Said, pattern};

/// A bare number: four digits without a comma are a year.
pub(super) fn bare(number: &str) -> String {
    if looks_like_year(number) { year(number) } else { decimal(number) }
}

/// Minus before a number, where it cannot be a hyphen.
fn sign(place: &Place<'_>) -> (usize, &'static str) {
    match place.rest.chars().next() {
        Some(c @ ('-' | '−')) if !place.inside_word() => (c.len_utf8(), "minus "),
        Some('+') if !place.inside_word() => (1, "plus "),
        _ => (0, ""),
    }
}

pub(super) fn percent(place: &Place<'_>) -> Reading {
    let (skip, sign) = sign(place);
    let found = pattern!(
        r"([0-9][0-9,]{0,20}(?:\.[0-9]{1,20})?|\.[0-9]{1,20})(?: ?(?:-|–|—|to) ?([0-9]{1,9}(?:\.[0-9]{1,9})?))? ?(%|‰|percentage points?\b)"
    )
    .captures(&place.rest[skip..])?;
    let unit = match &found[3] {
        "%" => "percent",
        "‰" => "per mille",
        other => other,
    };
    let number = decimal(found[1].trim_end_matches(','));
    let range = found.get(2).map_or(String::new(), |m| format!(" to {}", decimal(m.as_str())));
    Some((skip + found[0].len(), Said::of(&format!("{sign}{number}{range} {unit}"))))
}

pub(super) fn ordinal_number(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,18})[ºª]?(?i:(st|nd|rd|th))?")
        .captures(place.rest)?;
    let suffix = found.get(2)?.as_str().to_lowercase();
    if !place.ends_at(found[0].len()) {
        return None;
    }
    let digits = found[1].replace(',', "");
    let (tens, ones) = (digits.chars().rev().nth(1), digits.chars().next_back());
    let right = match (tens, ones) {
        (Some('1'), _) => "th",
        (_, Some('1')) => "st",
        (_, Some('2')) => "nd",
        (_, Some('3')) => "rd",
        _ => "th",
    };
    let said =
        if suffix == right { ordinal(&digits) } else { format!("{} {suffix}", cardinal(&digits)) };
    Some((found[0].len(), Said::of(&said)))
}

/// "a half", "three quarters", "twelve fortieths".
pub(super) fn fraction_words(top: &str, bottom: &str) -> String {
    let one = top == "1";
    match bottom {
        "1" => format!("{} over one", cardinal(top)),
        "2" if one => "one half".to_owned(),
        "2" => format!("{} halves", cardinal(top)),
        "4" if one => "one quarter".to_owned(),
        "4" => format!("{} quarters", cardinal(top)),
        _ => format!("{} {}{}", cardinal(top), ordinal(bottom), if one { "" } else { "s" }),
    }
}

/// The plain spelling of a fraction character.
fn vulgar(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '½' => ("1", "2"),
        '⅓' => ("1", "3"),
        '⅔' => ("2", "3"),
        '¼' => ("1", "4"),
        '¾' => ("3", "4"),
        '⅕' => ("1", "5"),
        '⅖' => ("2", "5"),
        '⅗' => ("3", "5"),
        '⅘' => ("4", "5"),
        '⅙' => ("1", "6"),
        '⅚' => ("5", "6"),
        '⅛' => ("1", "8"),
        '⅜' => ("3", "8"),
        '⅝' => ("5", "8"),
        '⅞' => ("7", "8"),
        _ => return None,
    })
}

pub(super) fn fraction(place: &Place<'_>) -> Reading {
    if let Some(found) = pattern!(r"([0-9]{1,9})? ?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])").captures(place.rest)
    {
        let (top, bottom) = vulgar(found[2].chars().next()?)?;
        let part = fraction_words(top, bottom);
        let said = match found.get(1) {
            Some(whole) if top == "1" => {
                format!("{} and a{}", cardinal(whole.as_str()), part.trim_start_matches("one"))
                    .replace(" and a eighth", " and an eighth")
            }
            Some(whole) => format!("{} and {part}", cardinal(whole.as_str())),
            None => part,
        };
        return Some((found[0].len(), Said::of(&said)));
    }
    let found = pattern!(r"(?:([0-9]{1,9}) )?([0-9]{1,9})/([0-9]{1,9})(?i:st|nd|rd|th)?")
        .captures(place.rest)?;
    let len = found[0].len();
    let after = place.rest[len..].chars().next();
    if !place.ends_at(len)
        || after == Some('/')
        || place.inside_word()
        || place.before.ends_with(['-', '/'])
    {
        return None;
    }
    if &found[3] == "0"
        || found[2].starts_with('0') && found[2].len() > 1
        || found[3].starts_with('0')
    {
        return None;
    }
    let part = fraction_words(&found[2], &found[3]);
    let said = match found.get(1) {
        Some(whole) => format!("{} and {part}", cardinal(whole.as_str())),
        None => part,
    };
    Some((len, Said::of(&said)))
}

pub(super) fn range(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let number = pattern!(
        r"([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,12}(?:\.[0-9]{1,9})?) ?[-–—] ?([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,12}(?:\.[0-9]{1,9})?)"
    );
    let found = number.captures(place.rest)?;
    let len = found[0].len();
    let tail = place.rest[len..].chars().next();
    if !place.ends_at(len)
        || matches!(tail, Some('-' | '/' | '–'))
        || place.before.ends_with(['-', '–', '/'])
    {
        return None;
    }
    let (from, to) = (&found[1], &found[2]);
    // "2019-20": the second year is short.
    let to = if looks_like_year(from) && to.len() == 2 { year(to) } else { bare(to) };
    Some((len, Said::of(&format!("{} to {to}", bare(from)))))
}

pub(super) fn times(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?[x×] ?([0-9]{1,9}(?:\.[0-9]{1,9})?)")
        .captures(place.rest)?;
    let len = found[0].len();
    let unit = pattern!(r" ?[A-Za-z]").is_match(&place.rest[len..]);
    if !place.ends_at(len) && !unit {
        return None;
    }
    // Two lengths have a unit after them; otherwise the letter is all we know.
    let second = found.get(2)?.start();
    let lengths = Place { rest: &place.rest[second..], before: " " };
    if let Some((more, unit)) = super::measure::measure(&lengths) {
        return Some((second + more, Said::of(&decimal(&found[1])).then("by").join(unit)));
    }
    let said = Said::of(&decimal(&found[1]));
    let said = if found[0].contains('×') { said.then("by") } else { said.letters("x") };
    Some((len, said.then(&decimal(&found[2]))))
}

pub(super) fn number(place: &Place<'_>) -> Reading {
    let (skip, sign) = sign(place);
    let rest = &place.rest[skip..];
    let found =
        pattern!(r"([0-9]{1,3}(?:,[0-9]{3}){1,60}|[0-9]{1,200})?(\.[0-9]{1,100})?").find(rest)?;
    let mut number = found.as_str();
    if number.is_empty() || (number.starts_with('.') && place.inside_word()) {
        return None;
    }
    // "3.5.2" is a list of numbers, and "123,0000" is not grouped.
    if rest[number.len()..].starts_with(|c: char| c.is_ascii_digit()) {
        number = &number[..number.find([',', '.']).unwrap_or(number.len())];
    }
    let len = skip + number.len();
    let next = place.rest[len..].chars().next();
    let card = pattern!(r".*(?i:ending (?:in|with)|pin|code|room|flight) \z");
    let window =
        place.before.char_indices().rev().nth(20).map_or(place.before, |(i, _)| &place.before[i..]);
    let decade = next.is_some_and(|c| c == '\'' || c == '’');
    let joined = place.before.trim_end_matches(['-', '/']).len() < place.before.len()
        && place.before.trim_end_matches(['-', '/']).ends_with(char::is_alphanumeric);
    let said = if card.is_match(window) && window.contains("ending") {
        each_digit(number)
    } else if joined && number.len() >= 5 && !number.contains([',', '.']) {
        // A long number within a serial number is not a count.
        each_digit(number)
    } else if decade || place.inside_word() && !window.ends_with(char::is_alphabetic) {
        decimal(number)
    } else if sign.is_empty() && !place.inside_word() {
        bare(number)
    } else {
        decimal(number)
    };
    if number.is_empty() {
        return None;
    }
    Some((len, Said::of(&format!("{sign}{said}"))))
}

/// A digit that is not one of 0 to 9: superscripts, other scripts' digits, circled numbers.
pub(super) fn other_digit(c: char) -> Said {
    let ascii: String = any_ascii::any_ascii_char(c).to_owned();
    let mut said = Said::default();
    for part in ascii.chars() {
        match part.to_digit(10) {
            Some(digit) => said = said.then(&integer(u64::from(digit))),
            None => said = said.letters(&part.to_string()),
        }
    }
    if said.0.is_empty() { Said::of("number") } else { said }
}
