//! "1st", "22nd", "1,000th". Separate because a wrong suffix ("12nd") is no ordinal.

use super::number::{cardinal, ordinal as words};
use super::said::{Place, Reading, Said, pattern};

pub(super) fn ordinal(place: &Place<'_>) -> Reading {
    if let Some(read) = named(place) {
        return Some(read);
    }
    let found = pattern!(r"([0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,18})(?:[ºª]|(?i:(st|nd|rd|th)))")
        .captures(place.rest)?;
    if !place.ends_at(found[0].len()) || place.inside_word() {
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
    // "9st 4lb": stones.
    if found.get(2).is_some_and(|suffix| suffix.as_str() == "st")
        && digits.len() <= 2
        && digits != "1"
        && (right != "st"
            || pattern!(r" ?[0-9]{1,2} ?lbs?\b").is_match(&place.rest[found[0].len()..]))
    {
        return None;
    }
    let suffix = found.get(2).map_or(right.to_owned(), |suffix| suffix.as_str().to_lowercase());
    let said =
        if suffix == right { words(&digits) } else { format!("{} {suffix}", cardinal(&digits)) };
    // "in the 12th-13th c."
    if let Some(last) =
        pattern!(r"[-–]([0-9]{1,3})(?:st|nd|rd|th)\b").captures(&place.rest[found[0].len()..])
    {
        let said = Said::of(&said).then("to").then(&words(&last[1]));
        return Some((found[0].len() + last[0].len(), said));
    }
    Some((found[0].len(), Said::of(&said)))
}

/// "the 2d Cir.": courts and regiments are counted in ordinals.
fn named(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let court = pattern!(
        r"([0-9]{0,2}[23])d (?:Cir|Circuit|Dist|District|Dep't|Dept|Ed|Sess|Infantry|Regiment|Division|Battalion|Brigade)\b"
    );
    let found = court.captures(place.rest)?;
    Some((found[1].len() + 1, Said::of(&words(&found[1]))))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn ordinals() {
        check(
            "en",
            &[
                ("1st, 2nd, 3rd", "first second third"),
                ("the 11th and the 12th", "the eleventh and the twelfth"),
                ("111th", "one hundred eleventh"),
                ("the 12th-13th c. wall", "the twelfth to thirteenth century wall"),
                ("1,000th", "one thousandth"),
                ("a 1st-century wall", "a first century wall"),
                ("the 21ST century", "the twenty first century"),
                ("the 3rd's", "the third's"),
                ("the 21st, at 21st 4lb", "the twenty first at twenty one stone four pounds"),
                ("the 2d Cir.", "the second circuit"),
                // Said as it is written.
                ("12nd", "twelve nd"),
            ],
        );
    }
}
