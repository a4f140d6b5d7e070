//! Feet and inches, paces and degrees of arc. Separate because their marks are those of quotations and minutes, too.

use super::compass;
use super::fraction;
use super::measure::of_several;
use super::number::{cardinal, decimal};
use super::said::{Place, Reading, Said, pattern};
use super::unit::per_unit;

/// "/mile", "/km": what a pace is for, with its length.
fn per_distance(rest: &str, said: Said) -> (usize, Said) {
    match pattern!(r"/(mile|mi|km|lap)\b").captures(rest) {
        Some(found) => {
            let distance =
                per_unit(&found[1]).unwrap_or(if &found[1] == "lap" { "lap" } else { "mile" });
            (found[0].len(), said.then("per").then(distance))
        }
        None => (0, said),
    }
}

/// Feet and inches, degrees of arc: `6'2"`, `12"`, `11°33'N`.
pub(super) fn feet(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) = pattern!(
        r#"([0-9]{1,3}(?:\.[0-9]{1,9})?)[°º] ?(?:([0-9]{1,2}(?:\.[0-9]{1,4})?)['′’] ?(?:([0-9]{1,2}(?:\.[0-9]{1,4})?)["″”] ?)?)?([NSEW])\b"#
    )
    .captures(place.rest)
    {
        let counted = |digits: &str, unit: &str| {
            format!("{} {unit}{}", decimal(digits), if digits == "1" { "" } else { "s" })
        };
        let mut said = Said::of(&counted(&found[1], "degree"));
        for (group, unit) in [(2, "minute"), (3, "second")] {
            if let Some(part) = found.get(group) {
                said = said.then(&counted(part.as_str().trim_start_matches('0'), unit));
            }
        }
        let toward = compass::name(&found[4])?.to_lowercase();
        return Some((found[0].len(), said.then(&toward)));
    }
    if let Some(found) = pattern!(
        r#"([0-9]{1,2})(?:['′’] ?([0-9]{1,2})(?:["″”]|''|’’)| ?(?:ft|feet|foot)\.?,? ?([0-9]{1,2}) ?(?:ins?|inch(?:es)?)\b)"#
    )
    .captures(place.rest)
    {
        // The dot of a short form, unless it ends the sentence.
        let mut len = found[0].len();
        if found.get(3).is_some() && pattern!(r"\.(?: [a-z]|[,;:)])").is_match(&place.rest[len..]) {
            len += 1;
        }
        let number = found.get(2).or(found.get(3))?.as_str();
        // No foot has twelve inches: a pace or a lap.
        if number.len() == 2 && number > "11" && found.get(2).is_some() {
            let minutes = if &found[1] == "1" { "minute" } else { "minutes" };
            let text = format!("{} {minutes} {} seconds", cardinal(&found[1]), cardinal(number));
            let (more, said) = per_distance(&place.rest[found[0].len()..], Said::of(&text));
            return Some((found[0].len() + more, said));
        }
        let single = of_a_thing(place.before, &place.rest[len..]);
        let inches = if number == "1" || single { "inch" } else { "inches" };
        let feet = if &found[1] == "1" || single { "foot" } else { "feet" };
        let text = format!("{} {feet} {} {inches}", cardinal(&found[1]), cardinal(number));
        return Some((len, Said::of(&text)));
    }
    let near = &place.rest[..place.rest.floor_char_boundary(16)];
    let marked = near.contains(['\'', '"', '′', '″', '’']);
    // "50' x 120'", "8\" x 10\"", "3-5\" of snow"
    if marked
        && let Some(found) = pattern!(
        r#"([0-9]{1,4}(?:\.[0-9]{1,2})?)(?:(['′’]|["″]) ?(?:x|×|by) ?([0-9]{1,4}(?:\.[0-9]{1,2})?)(['′’]|["″])| ?([-–]) ?([0-9]{1,3})(["″]))"#
    )
    .captures(place.rest)
        && !open_quotation(place.before)
    {
        let mark = found.get(4).or(found.get(7))?.as_str();
        let unit = if matches!(mark, "\"" | "″") { "inches" } else { "feet" };
        let (join, other) =
            if found.get(5).is_some() { ("to", &found[6]) } else { ("by", &found[3]) };
        let said = Said::of(&decimal(&found[1])).then(join).then(&decimal(other));
        return Some((found[0].len(), said.then(unit)));
    }
    // "5'7 1/2\"", "5'7½\""
    if marked
        && let Some(found) =
            pattern!(r#"([0-9]{1,2})['′’] ?([0-9]{1,2})(?: ?([½¼¾])|[ -]([0-9])/([0-9]))["″”]"#)
                .captures(place.rest)
    {
        let (top, bottom) = match found.get(3) {
            Some(part) => fraction::vulgar(part.as_str().chars().next()?)?,
            None => (found.get(4)?.as_str(), found.get(5)?.as_str()),
        };
        let said = Said::of(&cardinal(&found[1])).then("feet");
        let said = said.then(&fraction::mixed(&found[2], top, bottom)).then("inches");
        return Some((found[0].len(), said));
    }
    // "6ft5"
    if place.digits() == (1, Some('f'))
        && let Some(found) = pattern!(r"([3-8])ft ?([0-9]|1[01])\b").captures(place.rest)
        && !place.rest[found[0].len()..].starts_with(['.', '-', '/'])
    {
        let feet =
            if of_a_thing(place.before, &place.rest[found[0].len()..]) { "foot" } else { "feet" };
        let text = format!("{} {feet} {}", cardinal(&found[1]), cardinal(&found[2]));
        return Some((found[0].len(), Said::of(&text)));
    }
    if let Some(found) =
        pattern!(r"([0-9]{1,3})[′'] (?:tall|long|wide|high|deep|by)\b").captures(place.rest)
    {
        return Some((
            found[1].len() + found[0][found[1].len()..].chars().next()?.len_utf8(),
            Said::of(&decimal(&found[1])).then("feet"),
        ));
    }
    // "cut to 6'."
    if marked
        && let Some(found) = pattern!(r"([0-9]{1,3})[′'](?:[.,;)]|\z)").captures(place.rest)
        && ![" '", "('", "\u{a0}'"].iter().any(|open| place.before.contains(open))
        && !place.before.starts_with('\'')
    {
        let mark = found[0][found[1].len()..].chars().next()?.len_utf8();
        return Some((found[1].len() + mark, Said::of(&decimal(&found[1])).then("feet")));
    }
    // A closing quotation mark looks the same as inches, so an open one rules them out.
    let found = pattern!(r#"([0-9]{1,4}(?:\.[0-9]{1,3})?)["″]"#).captures(place.rest)?;
    let rest = &place.rest[found[0].len()..];
    if open_quotation(place.before) {
        return None;
    }
    let single = &found[1] == "1" || of_a_thing(place.before, rest) || of_several(rest);
    let inches = if single { "inch" } else { "inches" };
    Some((found[0].len(), Said::of(&decimal(&found[1])).then(inches)))
}

/// Whether a straight quotation mark before is still open; one behind a digit, where none is open, means inches.
fn open_quotation(before: &str) -> bool {
    let mut open = false;
    let mut last = ' ';
    for c in before.chars() {
        if c == '"' && (open || !last.is_ascii_digit()) {
            open = !open;
        }
        last = c;
    }
    open
}

/// "the 6ft 5in striker", "a 12\" pipe": a length before what has it.
fn of_a_thing(before: &str, rest: &str) -> bool {
    pattern!(r"(?s).*\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat|[Hh]is|[Hh]er|[Ee]very|[Ee]ach) \z")
        .is_match(before)
        && pattern!(r" [a-z]|, [0-9]+-[a-z]+ [a-z]| (?:[0-9]{3,4}p|[458]K|LCD|LED|OLED|TV)\b").is_match(rest)
        && !pattern!(r" (?:of|to|from|and|or|in|on|at|away|long|wide|deep|high|tall|thick|for|is|was|by|below|above|with|than|apart|off|more|less|across)\b")
            .is_match(rest)
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn feet_inches_and_degrees() {
        check(
            "en",
            &[
                ("5'11\"", "five feet eleven inches"),
                ("a 12\" pipe", "a twelve inch pipe"),
                ("the 6ft 5in striker", "the six foot five inch striker"),
                ("at 6ft5, 10 ft. 2 in. tall", "at six feet five ten feet two inches tall"),
                ("6' tall", "six feet tall"),
                ("5'7 1/2\" tall", "five feet seven and a half inches tall"),
                (
                    "3-5\" of snow and 1\" of ice",
                    "three to five inches of snow and one inch of ice",
                ),
                (
                    "50' x 120', two 8\" rounds",
                    "fifty by one hundred twenty feet two eight inch rounds",
                ),
                ("\"in 12\" and \"13\"", "in twelve and thirteen"),
                ("5 ft 11 in tall", "five feet eleven inches tall"),
                ("\"all of 12\"", "all of twelve"),
                ("11°33'N", "eleven degrees thirty three minutes north"),
                ("104.9°E", "one hundred four point nine degrees east"),
            ],
        );
    }
}
