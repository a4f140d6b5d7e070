//! Two numbers with a dash or a multiplication sign: ranges, seasons, sizes. Separate
//! because the sign means "to", "by" or nothing.

use super::cardinal::bare;
use super::number::{cardinal, decimal, looks_like_year, plural, year};
use super::said::{Place, Reading, Said, pattern};
use super::score::is_score;

pub(super) fn range(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(
        r"([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,12}(?:\.[0-9]{1,9})?) ?([-–—/]) ?([0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,12}(?:\.[0-9]{1,9})?)"
    )
    .captures(place.rest)?;
    let len = found[0].len();
    let rest = &place.rest[len..];
    if !place.ends_at(len)
        || pattern!(r"[-/–][0-9]").is_match(rest)
        || place.before.ends_with(['-', '–', '/', '.'])
        || rest.starts_with(" =")
    {
        return None;
    }
    let (from, to) = (&found[1], &found[3]);
    let season = looks_like_year(from) && to.len() == 2;
    let next_year = looks_like_year(from)
        && looks_like_year(to)
        && from.parse::<u32>().ok().zip(to.parse::<u32>().ok()).is_some_and(|(a, b)| a + 1 == b);
    // "2024/25" and "1999/2000" are seasons; any other slash is none of ours.
    if &found[2] == "/" && next_year {
        return Some((len, Said::of(&year(from)).then("to").then(&year(to))));
    }
    if &found[2] == "/" {
        return season.then(|| (len, Said::of(&year(from)).then("to").then(&year(to))));
    }
    // "787-9", or any two after a maker of aircraft: a type.
    let boeing = &found[2] == "-"
        && pattern!(r"7[0-9]7\z").is_match(from)
        && to.len() <= 3
        && from.parse::<u32>().ok() > to.parse().ok();
    if boeing || pattern!(r"(?s).*\b(?:Boeing|Airbus) (?:A)?\z").is_match(place.before) {
        return Some((len, Said::of(&by_hundreds(from)).then(&by_hundreds(to))));
    }
    // "case no. 12-345": the two parts of one name.
    if &found[2] == "-"
        && pattern!(r"(?s).*\b(?i:no\.?|number|case|file|docket|bill|resolution|pl|law) \z")
            .is_match(place.near(30))
    {
        return Some((len, Said::of(&by_hundreds(from)).then(&by_hundreds(to))));
    }
    // "odds of 100-1", "a 50-1 outsider", "the 5-2 favourite", "at 33-1"
    if from.parse::<u32>().ok() > to.parse().ok()
        && (to == "1" && pattern!(r"(?s).*\b(?:odds|bet|priced)\b").is_match(place.near(40))
            || to == "1" && from.len() > 1 && [" at ", " paid "].iter().any(|word| place.before.ends_with(word))
            || pattern!(r" (?:outsiders?|long shots?|shots?|chances?|odds|(?:joint |co-)?favou?rites?|bets?|joint)\b")
                .is_match(rest))
    {
        return Some((len, Said::of(&cardinal(from)).then("to").then(&cardinal(to))));
    }
    // "passed 523-46", "voted 11-4": for and against
    if place.before.ends_with([' ', '\u{a0}'])
        && pattern!(r"(?s).*\b(?:[Vv]ot(?:e|ed|es|ing)|passed|approved|rejected|(?:vote|majority|margin) of)(?: [a-z]{1,3})? \z")
            .is_match(place.near(24))
    {
        return Some((len, Said::of(&cardinal(from)).then("to").then(&cardinal(to))));
    }
    if is_score(place, from, to, rest) {
        return Some((len, Said::of(&cardinal(from)).then(&cardinal(to))));
    }
    let last = if season { year(to) } else { bare(to) };
    Some((len, Said::of(&bare(from)).then("to").then(&last)))
}

/// "737" as "seven thirty seven", "800" as "eight hundred": how types, rooms and routes are called.
pub(super) fn by_hundreds(digits: &str) -> String {
    match digits.len() {
        3 if digits.ends_with("00") => cardinal(digits),
        3 | 4 if !digits.starts_with('0') => year(digits),
        _ => cardinal(digits),
    }
}

/// "3x faster", "4x9", "2 × 4 m", "3x3x3".
pub(super) fn times(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let found = pattern!(
        r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([xX×]) ?([0-9]{1,9}(?:\.[0-9]{1,9})?)((?: ?[xX×] ?[0-9]{1,9}(?:\.[0-9]{1,9})?)?)"
    );
    // "802.1X" is a standard.
    if place.rest.starts_with("802.") {
        return None;
    }
    if let Some(found) = found.captures(place.rest) {
        let len = found[0].len();
        // "6.02×10^23" is no size.
        if place.rest[len..]
            .starts_with(['^', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁻'])
        {
            return None;
        }
        // "2x4s" of timber
        if pattern!(r"[1-9]x[1-9]{1,2}s\b").is_match(place.rest) {
            let said = Said::of(&decimal(&found[1])).then("by").then(&plural(&cardinal(&found[3])));
            return Some((len + 1, said));
        }
        let unit = pattern!(r" ?[A-Za-z]").is_match(&place.rest[len..]);
        if !place.ends_at(len) && !unit {
            return None;
        }
        let mut said = Said::of(&decimal(&found[1])).then("by");
        let third = found[4].trim_start_matches([' ', 'x', 'X', '×']);
        let last = if third.is_empty() {
            found.get(3)?.start()
        } else {
            said = said.then(&decimal(&found[3])).then("by");
            len - third.len()
        };
        // "2 x 500mg tablets": so many of them.
        if third.is_empty()
            && pattern!(r" ?(?:mg|mcg|µg|g|kg|ml|cl|l|L|oz|lbs?|W|kW|MW|GB|TB)\b")
                .is_match(&place.rest[len..])
        {
            let each = Place { rest: &place.rest[last..], before: " " };
            let (more, each) = super::measure::measure(&each)?;
            let several = pattern!(r" [a-z]+s\b").is_match(&place.rest[last + more..]);
            let said = Said::of(&decimal(&found[1])).then(if several { "" } else { "times" });
            return Some((last + more, said.join(each)));
        }
        // "5 × 4 = 20"
        if third.is_empty() && pattern!(r" ?=").is_match(&place.rest[len..]) {
            let said = Said::of(&decimal(&found[1])).then("times").then(&decimal(&found[3]));
            return Some((len, said));
        }
        // Two lengths have a unit after them.
        let lengths = Place { rest: &place.rest[last..], before: " x " };
        if let Some((more, unit)) = super::measure::measure(&lengths) {
            return Some((last + more, said.join(unit)));
        }
        return Some((len, said.then(&decimal(&place.rest[last..len]))));
    }
    let found = pattern!(
        r"([0-9]{1,9}(?:\.[0-9]{1,9})?)([xX×])( (?:more|less|faster|slower|better|worse|bigger|larger|smaller|higher|lower|cheaper|greater|longer|as|the|a|per|what|each|every|daily|weekly|monthly|yearly|annually|that|its|their|this|in|over|since|(champion|winner|Olympian|finalist|All-Star|MVP)s?)\b)?"
    )
    .captures(place.rest)?;
    let len = found[1].len() + found[2].len();
    if !place.ends_at(len) {
        return None;
    }
    let said = Said::of(&decimal(&found[1]));
    // "a ratio of 65.4x"
    let multiple = found[1].contains('.') && place.before.ends_with(char::is_whitespace);
    // "a 3x champion"
    if found.get(4).is_some() {
        return Some((len, said.then("time")));
    }
    let said = if found.get(3).is_some() || &found[2] == "×" || multiple {
        said.then("times")
    } else {
        said.letters("x")
    };
    Some((len, said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn ranges() {
        check(
            "en",
            &[
                ("pages 3-9", "pages three to nine"),
                ("the 5-2 favourite, at 33-1", "the five to two favourite at thirty three to one"),
                ("a 9-5 job", "a nine to five job"),
                (
                    "passed 523-46, voted 11-4",
                    "passed five hundred twenty three to forty six voted eleven to four",
                ),
                ("case no. 12-345", "case number twelve three forty five"),
                ("5-10 people", "five to ten people"),
                ("1,000-1,500", "one thousand to one thousand five hundred"),
                ("1.5–2.5", "one point five to two point five"),
                ("from 1994–2003", "from nineteen ninety four to two thousand three"),
                ("2019-20", "twenty nineteen to twenty"),
                ("Nos. 1–3", "numbers one to three"),
                ("the 1999/2000 season", "the nineteen ninety nine to two thousand season"),
                ("the 2024/25 season", "the twenty twenty four to twenty five season"),
            ],
        );
    }

    #[test]
    fn sizes_and_multiples() {
        check(
            "en",
            &[
                ("3 x 5 m", "three by five meters"),
                ("4x9", "four by nine"),
                ("two 2x4s", "two two by fours"),
                ("2×4×8 cm", "two by four by eight centimeters"),
                ("3x faster", "three times faster"),
                ("2x", "two X"),
                ("3x daily, a 3x champion", "three times daily a three time champion"),
                ("2 x 500mg tablets", "two five hundred milligram tablets"),
                ("6 × 330ml", "six times three hundred thirty milliliters"),
                ("5 × 4 = 20", "five times four equals twenty"),
                (
                    "the 787-9 and 747-400",
                    "the seven eighty seven nine and seven forty seven four hundred",
                ),
                ("a Boeing 737-800", "a Boeing seven thirty seven eight hundred"),
            ],
        );
    }
}
