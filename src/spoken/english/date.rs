//! Dates and quarters. Separate because a day after a month is ordinal and a year is read in pairs.

use super::number::{cardinal, ordinal, year};
use super::said::{Place, Reading, Said, pattern};

/// The months by their numbers, from 1.
pub(in crate::spoken) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

macro_rules! month {
    () => {
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
    };
}

pub(super) fn month_of(name: &str) -> &'static str {
    let lower = name.to_lowercase();
    let start = lower.get(..3).unwrap_or("");
    MONTHS.iter().find(|month| month.to_lowercase().starts_with(start)).copied().unwrap_or("May")
}

fn month_number(digits: &str) -> Option<&'static str> {
    MONTHS.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

fn day(digits: &str) -> Option<String> {
    let plain = digits.trim_start_matches('0');
    (1..=31).contains(&plain.parse::<u32>().ok()?).then(|| ordinal(plain))
}

/// Month and day, with or without a year.
fn said(day: &str, month: &str, year_digits: Option<&str>, day_first: bool, comma: bool) -> Said {
    let mut said = Said::of(&if day_first {
        format!("the {day} of {month}")
    } else {
        format!("{month} {day}")
    });
    if let Some(digits) = year_digits {
        if comma {
            said = said.comma();
        }
        said = said.then(&year(digits));
    }
    said
}

pub(super) fn date(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    numeric(place)
        .or_else(|| day_first(place))
        .or_else(|| month_first(place))
        .or_else(|| quarter(place))
}

fn month_first(place: &Place<'_>) -> Reading {
    let full = pattern!(concat!(
        "(",
        month!(),
        r")\.?(?: |-)([0-9]{1,2})(?i:st|nd|rd|th)?(?:(,? |-|, ?)([0-9]{4})\b)?"
    ));
    if let Some(found) = full.captures(place.rest) {
        let mut len = found[0].len();
        let mut year = found.get(4).map(|m| m.as_str());
        if year.is_some() && place.rest[len..].starts_with([':', '%']) {
            len = found.get(3).map_or(len, |m| m.start());
            year = None;
        }
        if place.ends_at(len)
            && let Some(day) = day(&found[2])
        {
            let comma = found.get(3).is_some_and(|m| m.as_str().contains(','));
            let month = month_of(&found[1]);
            // "March 3-5": two days.
            if year.is_none()
                && let Some(more) = pattern!(r" ?[-–] ?([0-9]{1,2})\b(?:, ([0-9]{4})\b)?")
                    .captures(&place.rest[len..])
                    .or_else(|| last_day(&place.rest[len..], &found[2]))
                && let Some(last) = self::day(&more[1])
            {
                let mut said = Said::of(&format!("{month} {day} to {last}"));
                if let Some(digits) = more.get(2) {
                    said = said.comma().then(&self::year(digits.as_str()));
                }
                return Some((len + more[0].len(), said));
            }
            let said = said(&day, month, year, false, comma);
            // "May 5–June 7": to the other one.
            if let Some(dash) = pattern!(r" ?[-–] ?").find(&place.rest[len..]) {
                let other = Place { rest: &place.rest[len + dash.end()..], before: " " };
                if other.rest.starts_with(char::is_alphabetic)
                    && let Some((more, until)) = month_first(&other)
                {
                    return Some((len + dash.end() + more, said.then("to").join(until)));
                }
            }
            return Some((len, said));
        }
    }
    let found = pattern!(concat!("(", month!(), r")\.?( |, )([0-9]{4})")).captures(place.rest)?;
    if !place.ends_at(found[0].len()) {
        return None;
    }
    Some((found[0].len(), Said::of(&format!("{} {}", month_of(&found[1]), year(&found[3])))))
}

/// The "to 5" of "June 3 to 5", which counts nothing.
fn last_day<'a>(rest: &'a str, first: &str) -> Option<regex::Captures<'a>> {
    let found = pattern!(r" to ([0-9]{1,2})\b(?:, ([0-9]{4})\b)?").captures(rest)?;
    let after = pattern!(
        r"[,.;)]?(?:\z|\s(?:\z|[A-Z])|\s(?:and|in|at|on|for|with|when|while|as|by|but)\b)|[,;)]"
    );
    let later = found[1].parse::<u32>().ok()? > first.parse().ok()?;
    (later && after.is_match(&rest[found[0].len()..])).then_some(found)
}

/// "1–3 May", "between 5 and 10 March": days of one month, of which the last has its name.
fn days_first(place: &Place<'_>) -> Reading {
    // The names of the months make a large expression, which most texts can do without.
    if !pattern!(
        r"[0-9]{1,2}(?:st|nd|rd|th)? ?(?:[-–—&]|to |and ) ?[0-9]{1,2}(?:st|nd|rd|th)? [a-zA-Z]"
    )
    .is_match(place.rest)
    {
        return None;
    }
    let found = pattern!(concat!(
        r"([0-9]{1,2})(?:st|nd|rd|th)? ?([-–—]|to|and|&) ?([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (",
        month!(),
        r")\b\.?(?:(,? )([0-9]{4})\b)?"
    ))
    .captures(place.rest)?;
    let month = &found[4];
    let (first, last) = (day(&found[1])?, day(&found[3])?);
    if found[1].parse::<u32>().ok()? >= found[3].parse().ok()?
        || month.starts_with(|c: char| c.is_lowercase())
        || &found[2] != "and" && pattern!(r"(?s).*\bbetween \z").is_match(place.near(10))
    {
        return None;
    }
    // The dot of "3 March." is a full stop.
    let whole = month.len() > 4 || month.eq_ignore_ascii_case("may");
    let dot = found.get(6).is_none() && found[0].ends_with('.') && whole;
    let join = if matches!(&found[2], "and" | "&") { "and" } else { "to" };
    let article = if owned(place.before) { "" } else { "the" };
    let mut said = Said::of(article).then(&first).then(join).then(&last);
    said = said.then("of").then(month_of(month));
    if let Some(digits) = found.get(6) {
        said =
            if found[5].contains(',') { said.comma() } else { said }.then(&year(digits.as_str()));
    }
    Some((found[0].len() - usize::from(dot), said))
}

/// Whether what stands before takes the place of "the".
fn owned(before: &str) -> bool {
    pattern!(r"(?s).*\b(?:[Tt]he|[Aa]n?|[Tt]his|[Ll]ast|[Nn]ext|[Ee]very|[Ee]ach|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) \z")
        .is_match(before)
}

fn day_first(place: &Place<'_>) -> Reading {
    if let Some(read) = days_first(place) {
        return Some(read);
    }
    let found = pattern!(concat!(
        r"([0-9]{1,2})(?i:st|nd|rd|th)?(?: of)?(?: |-)(",
        month!(),
        r")\b(\.)?(?:(,? ?|-)([0-9]{4})\b)?"
    ))
    .captures(place.rest)?;
    let mut len = found[0].len();
    let month = &found[2];
    // "5 may have died": the month needs a capital, a year, or nothing but the end after it.
    let lower_may = month == "may" || month == "mar" || month == "march";
    if lower_may && found.get(5).is_none() {
        return None;
    }
    if month.len() == 3
        || found.get(5).is_some()
        || found.get(3).is_none()
        || month.to_lowercase() == "sept"
    {
        // the dot belongs to the abbreviation
    } else {
        len -= 1;
    }
    let day = day(&found[1])?;
    let comma = found.get(4).is_some_and(|m| m.as_str().contains(','));
    // "of" is already in "4th of July": never doubled, since the words are made afresh.
    let mut said = said(&day, month_of(month), found.get(5).map(|m| m.as_str()), true, comma);
    if owned(place.before) {
        said.0.remove(0);
    }
    // "30 Apr.–2 May": to the other one.
    if let Some(dash) = pattern!(r" ?[-–—] ?").find(&place.rest[len..]) {
        let other = Place { rest: &place.rest[len + dash.end()..], before: " " };
        if other.rest.starts_with(|c: char| c.is_ascii_digit())
            && let Some((more, until)) = day_first(&other)
        {
            return Some((len + dash.end() + more, said.then("to").join(until)));
        }
    }
    Some((len, said))
}

fn numeric(place: &Place<'_>) -> Reading {
    let iso = pattern!(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\b");
    if let Some(found) = iso.captures(place.rest) {
        let (month, day) = (month_number(&found[2])?, day(&found[3])?);
        let said = said(&day, month, Some(&found[1]), false, false);
        let (more, said) = time_of_stamp(&place.rest[found[0].len()..], said);
        return Some((found[0].len() + more, said));
    }
    // "2026-03-02T09:30" parts its halves with a letter.
    if let Some(found) = pattern!(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9]").captures(place.rest) {
        let (month, day) = (month_number(&found[2])?, day(&found[3])?);
        let said = said(&day, month, Some(&found[1]), false, false);
        let (more, said) = time_of_stamp(&place.rest[10..], said);
        return (more > 0).then_some((10 + more, said));
    }
    if let Some(read) = month_and_day(place) {
        return Some(read);
    }
    let found = pattern!(
        r"([0-9]{1,2})(?:/([0-9]{1,2})/|\.([0-9]{1,2})\.|-([0-9]{1,2})-)([0-9]{4}|[0-9]{2})\b"
    )
    .captures(place.rest)?;
    let first = &found[1];
    let second = found.get(2).or(found.get(3)).or(found.get(4))?.as_str();
    let (month, day, day_first) = match month_number(first) {
        Some(month) => (month, day(second)?, false),
        None => (month_number(second)?, day(first)?, true),
    };
    Some((found[0].len(), said(&day, month, Some(&found[5]), day_first, false)))
}

/// "on 7/4", "due 12/1", "Tu (2/22)": a month and a day where no fraction can be meant.
fn month_and_day(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,2})/([0-9]{1,2})\b").captures(place.rest)?;
    let rest = &place.rest[found[0].len()..];
    if rest.starts_with(['/', '-', '%'])
        || rest.starts_with(" of ")
        || matches!(&found[0], "9/11" | "7/7")
    {
        return None;
    }
    let told = pattern!(
        r"(?s).*\b(?:(?i:on|due|dated|effective|deadline:?|ends|expires|begins|starts|starting|beginning)|(?:Mo|Tu|We|Th|Fr|Sa|Su)[a-z]{0,7}\.?,?) \(?\z"
    );
    if !told.is_match(place.near(20)) {
        return None;
    }
    let month = month_number(&found[1])?;
    Some((found[0].len(), Said::of(month).then(&day(&found[2])?)))
}

/// The "T14:30:00Z" behind the date of a time stamp, and its length.
fn time_of_stamp(rest: &str, said: Said) -> (usize, Said) {
    let shape = pattern!(
        r"T([0-2][0-9]):([0-5][0-9])(?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?:(Z)|([+−-])([01][0-9]):?00)?\b"
    );
    let Some(found) = shape.captures(rest) else { return (0, said) };
    let hour = found[1].trim_start_matches('0');
    let minute = match &found[2] {
        "00" => "hundred".to_owned(),
        low if low.starts_with('0') => format!("oh {}", cardinal(&low[1..])),
        low => cardinal(low),
    };
    let mut said = said.comma().then(&if hour.is_empty() { "zero".into() } else { cardinal(hour) });
    said = said.then(&minute);
    if found.get(3).is_some() {
        said = said.letters("UTC");
    } else if let Some(sign) = found.get(4) {
        let hours = found[5].trim_start_matches('0');
        said = said.letters("UTC").then(if sign.as_str() == "+" { "plus" } else { "minus" });
        said = said.then(&cardinal(if hours.is_empty() { "0" } else { hours }));
    }
    (found[0].len(), said)
}

/// "Q3", "2Q22", "H1 2024", "FY24".
fn quarter(place: &Place<'_>) -> Reading {
    if let Some(found) =
        pattern!(r"FY ?['’]?([0-9]{2}(?:[0-9]{2})?)(?:[-–/]([0-9]{2}))?\b").captures(place.rest)
    {
        let mut said = Said::of("fiscal year").then(&year(&found[1]));
        if let Some(to) = found.get(2) {
            said = said.then("to").then(&year(to.as_str()));
        }
        return Some((found[0].len(), said));
    }
    let found = pattern!(
        r"(?:([1-4])Q|Q([1-4])|H([12])|([12])H)(?: ?(FY ?)?(['’]?[0-9]{2}(?:[0-9]{2})?))?\b"
    )
    .captures(place.rest)?;
    let half = found.get(3).or(found.get(4));
    let part = if half.is_some() { "half" } else { "quarter" };
    let number = found.get(1).or(found.get(2)).or(half)?.as_str();
    // "Q3 sales": a noun follows, so no article; "the Q3 of": there is one already.
    let rest = &place.rest[found[0].len()..];
    let noun = pattern!(r" [a-z]").is_match(rest)
        && !pattern!(r" (?:of|to|from|and|or|in|on|at|is|was|were|by|with|than|as|that|when|after|before|last|this|it|he|she|they|we|its|their|after|but|for|because|while|which|who|would|will|has|had|have)\b")
            .is_match(rest);
    let owned = pattern!(
        r"(?s).*(?:\b(?i:the|an?|its|his|her|their|our|last|this|each|every|in) |'s |’s )\z"
    )
    .captures(place.before)
    .is_some_and(|before| {
        !before[0].to_lowercase().ends_with(" in ") && !before[0].eq_ignore_ascii_case("in ")
    });
    // "Q1-Q3"
    if let Some(last) =
        pattern!(r"[-–]Q([1-4])\b").captures(rest).filter(|_| found.get(6).is_none())
    {
        let said = Said::of(if owned { "" } else { "the" }).then(&ordinal(number));
        let said = said.then("to").then(&ordinal(&last[1])).then("quarter");
        return Some((found[0].len() + last[0].len(), said));
    }
    let mut said = Said::of(if noun && found.get(6).is_none() || owned { "" } else { "the" });
    said = said.then(&ordinal(number)).then(part);
    if let Some(digits) = found.get(6) {
        said = said
            .then(if found.get(5).is_some() { "of fiscal year" } else { "of" })
            .then(&year(digits.as_str().trim_start_matches(['\'', '’'])));
    }
    Some((found[0].len(), said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn days() {
        check(
            "en",
            &[
                ("on March 9, 2011", "on March ninth twenty eleven"),
                ("on 9 March 2011", "on the ninth of March twenty eleven"),
                ("the 4th of July", "the fourth of July"),
                ("Jan. 6 riot", "January sixth riot"),
                ("12/31/2015", "December thirty first twenty fifteen"),
                ("2026-03-02", "March second twenty twenty six"),
                ("15.01.2020", "the fifteenth of January twenty twenty"),
                ("May 3-5, 2024", "May third to fifth twenty twenty four"),
                ("May 30–June 2", "May thirtieth to June second"),
                ("due 12/1, on 7/4", "due December first on July fourth"),
                ("2025-11-03T14:30:00Z", "November third twenty twenty five fourteen thirty U T C"),
                (
                    "in 4Q it fell, the Q1-Q3 sum",
                    "in the fourth quarter it fell the first to third quarter sum",
                ),
                ("Sept. 11, 2001", "September eleventh two thousand one"),
                (
                    "The 4 July parade, a 4 July rally",
                    "The fourth of July parade a fourth of July rally",
                ),
                (
                    "1–3 May, between 5 and 10 March",
                    "the first to third of May between the fifth and tenth of March",
                ),
                (
                    "30 Apr.–2 May 2025",
                    "the thirtieth of April to the second of May twenty twenty five",
                ),
                ("from June 3 to 5 in Reno", "from June third to fifth in Reno"),
                ("from June 3 to 5 p.m.", "from June third to five P M"),
                // Not every month is one.
                ("5 may have died", "five may have died"),
            ],
        );
    }

    #[test]
    fn quarters_and_halves() {
        check(
            "en",
            &[
                ("in Q3", "in the third quarter"),
                ("Q3 sales rose", "third quarter sales rose"),
                ("the Q1 results", "the first quarter results"),
                ("Q4 2024", "the fourth quarter of twenty twenty four"),
                ("2Q22", "the second quarter of twenty two"),
                ("H1 2023", "the first half of twenty twenty three"),
                ("FY24", "fiscal year twenty four"),
                ("in Q2 FY2025", "in the second quarter of fiscal year twenty twenty five"),
                (
                    "FY2023-24, 1H25",
                    "fiscal year twenty twenty three to twenty four the first half of twenty five",
                ),
            ],
        );
    }
}
