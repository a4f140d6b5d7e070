//! Fractions: "3/4", "2½", and the pairs with a slash that are no fractions ("24/7", "9/11").

use super::number::{cardinal, decimal, ordinal};
use super::range::by_hundreds;
use super::said::{Place, Reading, Said, pattern};
use super::unit;

/// Pairs that have a name: said number by number.
const PAIRS: [&str; 13] = [
    "24/7", "9/11", "7/7", "50/50", "20/20", "60/40", "40/60", "80/20", "20/80", "70/30", "30/70",
    "90/10", "10/90",
];

/// "a half", "three quarters", "twelve fortieths".
pub(super) fn words(top: &str, bottom: &str) -> String {
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

/// A whole and a fraction: "two and a half", "three and two thirds".
pub(super) fn mixed(whole: &str, top: &str, bottom: &str) -> String {
    let part = words(top, bottom);
    let part = match part.strip_prefix("one ") {
        Some(name) if bottom == "8" => format!("an {name}"),
        Some(name) if bottom != "1" => format!("a {name}"),
        _ => part,
    };
    format!("{} and {part}", cardinal(whole))
}

/// The plain spelling of a fraction character.
pub(super) fn vulgar(c: char) -> Option<(&'static str, &'static str)> {
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
        '⅐' => ("1", "7"),
        '⅛' => ("1", "8"),
        '⅜' => ("3", "8"),
        '⅝' => ("5", "8"),
        '⅞' => ("7", "8"),
        '⅑' => ("1", "9"),
        '⅒' => ("1", "10"),
        _ => return None,
    })
}

/// A fraction of `len` bytes, with the unit behind it: "1/2 tsp", "3/4-inch".
fn with_unit(len: usize, top: &str, bottom: &str, rest: &str) -> (usize, Said) {
    let mut text = words(top, bottom);
    // Before what it measures it has no plural: "a three quarter inch pipe".
    if top != "1" && pattern!(r"-[a-z]{2}").is_match(rest) {
        text = match text.strip_suffix("halves") {
            Some(stem) => format!("{stem}half"),
            None => text.trim_end_matches('s').to_owned(),
        };
    }
    let said = Said::of(&text);
    match unit::behind_fraction(rest) {
        Some((more, unit)) => (len + more, said.then(unit)),
        None => (len, said),
    }
}

pub(super) fn fraction(place: &Place<'_>) -> Reading {
    // "4.5/5", "4/5 stars"
    if let Some(found) =
        pattern!(r"([0-9]{1,2}\.[0-9]{1,2}|[0-9]{1,2})/(5|10|20|100|[0-9]{1,2})\b( stars?\b| rating\b)?")
            .captures(place.rest)
        && (found[1].contains('.')
            || found.get(3).is_some()
            || matches!(&found[2], "5" | "10" | "20" | "100")
                && pattern!(r"(?s).*\b(?i:score[ds]?|scoring|rat(?:ed|ing|es)|marks?|grade[ds]?|stars?|out of)\b").is_match(place.near(40)))
        && !place.inside_word()
    {
        let len = found[1].len() + 1 + found[2].len();
        return Some((
            len,
            Said::of(&decimal(&found[1])).then("out of").then(&cardinal(&found[2])),
        ));
    }
    if let Some(found) = pattern!(r"([0-9]{1,9})? ?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])").captures(place.rest)
    {
        let (top, bottom) = vulgar(found[2].chars().next()?)?;
        let len = found[0].len();
        return Some(match found.get(1) {
            Some(whole) => (len, Said::of(&mixed(whole.as_str(), top, bottom))),
            None => with_unit(len, top, bottom, &place.rest[len..]),
        });
    }
    let found = pattern!(r"(?:([0-9]{1,9})[ -])?([0-9]{1,9})[/⁄]([0-9]{1,9})(?i:st|nd|rd|th)?")
        .captures(place.rest)?;
    let len = found[0].len();
    let after = place.rest[len..].chars().next();
    if !place.ends_at(len)
        || matches!(after, Some('/' | '%'))
        || place.inside_word()
        || place.before.ends_with(['-', '/', '.', ','])
    {
        return None;
    }
    let (top, bottom) = (&found[2], &found[3]);
    // "120/80 mmHg", "a BP of 120/80"
    let pressure = pattern!(r" ?mmHg\b").find(&place.rest[len..]).map_or(0, |unit| unit.len());
    if pressure > 0
        || pattern!(r"(?s).*(?:BP|pressure)(?: of| was| is| at)? \z").is_match(place.near(24))
    {
        let said = Said::of(&by_hundreds(top)).then("over").then(&by_hundreds(bottom));
        let unit = if pressure > 0 { "millimeters of mercury" } else { "" };
        return Some((len + pressure, said.then(unit)));
    }
    let vision = place.rest[len..].starts_with(" vision");
    if vision || PAIRS.contains(&&found[0]) {
        return Some((len, Said::of(&cardinal(top)).then(&cardinal(bottom))));
    }
    if bottom == "0" || top.starts_with('0') && top.len() > 1 || bottom.starts_with('0') {
        return None;
    }
    let said = match found.get(1) {
        // A whole does not stand before an improper fraction by accident only.
        Some(whole) if top.len() < bottom.len() || top < bottom => {
            mixed(whole.as_str(), top, bottom)
        }
        Some(whole) => format!("{} and {}", cardinal(whole.as_str()), words(top, bottom)),
        // "odds of 7/2"
        None if pattern!(r"(?s).*\b(?i:odds|priced|backed (?:[a-z]+ )?at)\b").is_match(place.near(30))
            || place.before.ends_with(" at ")
                && !pattern!(r" (?:of|miles?|the|full|speed|pace|distance)\b").is_match(&place.rest[len..])
                && pattern!(r"(?s).*\b(?i:favou?rite|outsider|horse|runner|race|went off|bookmakers?|bookies)\b").is_match(place.near(60))
            || pattern!(r" (?:(?:joint )?favou?rites?|outsiders?|shots?)\b").is_match(&place.rest[len..]) =>
        {
            format!("{} to {}", cardinal(top), cardinal(bottom))
        }
        None => return Some(with_unit(len, top, bottom, &place.rest[len..])),
    };
    Some((len, Said::of(&said)))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn fractions() {
        check(
            "en",
            &[
                ("6/7 of it", "six sevenths of it"),
                ("1/2, 1/4, 3/4", "one half one quarter three quarters"),
                ("4 1/2 days", "four and a half days"),
                ("3 2/3", "three and two thirds"),
                ("2½ days", "two and a half days"),
                ("1⅛", "one and an eighth"),
                ("¼ cup", "one quarter cup"),
                ("4.5/5, or 4/5 stars", "four point five out of five or four out of five stars"),
                ("pollen at 9.7/12", "pollen at nine point seven out of twelve"),
                ("1/2 tsp", "one half teaspoon"),
                ("a BP of 120/80", "a B P of one twenty over eighty"),
                ("at 120/80 mmHg", "at one twenty over eighty millimeters of mercury"),
                ("31/32", "thirty one thirty seconds"),
                ("a 1/2-inch pipe", "a one half inch pipe"),
                // Pairs that have a name.
                ("open 24/7", "open twenty four seven"),
                ("after 9/11", "after nine eleven"),
                ("a 50/50 chance", "a fifty fifty chance"),
                (
                    "the 80/20 rule, 20/200 vision",
                    "the eighty twenty rule twenty two hundred vision",
                ),
                ("the 7/2 favourite", "the seven to two favourite"),
                ("the favourite, at 11/4", "the favourite at eleven to four"),
                ("backed by 2/3 of them", "backed by two thirds of them"),
                ("the runner stopped at 3/4 of it", "the runner stopped at three quarters of it"),
                (
                    "cut a 1/4 in. strip or a 1/2\" nut",
                    "cut a one quarter inch strip or a one half inch nut",
                ),
                ("odds of 7/2; rated 7/10", "odds of seven to two rated seven out of ten"),
                ("a 3/4-inch pipe, ¾ tsp", "a three quarter inch pipe three quarters teaspoon"),
            ],
        );
    }
}
