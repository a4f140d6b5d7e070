//! Dates, years with eras, decades and quarters. Separate because a day after a month is ordinal
//! and a year is read in pairs.

use super::number::{cardinal, ordinal, plural, year};
use super::said::{Place, Reading, Said, pattern};

const MONTHS: [&str; 12] = [
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

fn month_of(name: &str) -> &'static str {
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
                && let Some(last) = self::day(&more[1])
            {
                let mut said = Said::of(&format!("{month} {day} to {last}"));
                if let Some(digits) = more.get(2) {
                    said = said.comma().then(&self::year(digits.as_str()));
                }
                return Some((len + more[0].len(), said));
            }
            return Some((len, said(&day, month, year, false, comma)));
        }
    }
    let found = pattern!(concat!("(", month!(), r")\.?( |, )([0-9]{4})")).captures(place.rest)?;
    if !place.ends_at(found[0].len()) {
        return None;
    }
    Some((found[0].len(), Said::of(&format!("{} {}", month_of(&found[1]), year(&found[3])))))
}

fn day_first(place: &Place<'_>) -> Reading {
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
    let article = pattern!(r"(?s).*\bthe \z").is_match(place.before);
    let mut said = said(&day, month_of(month), found.get(5).map(|m| m.as_str()), true, comma);
    if article {
        said.0.remove(0);
    }
    Some((len, said))
}

fn numeric(place: &Place<'_>) -> Reading {
    let iso = pattern!(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\b");
    if let Some(found) = iso.captures(place.rest) {
        let (month, day) = (month_number(&found[2])?, day(&found[3])?);
        return Some((found[0].len(), said(&day, month, Some(&found[1]), false, false)));
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

fn quarter(place: &Place<'_>) -> Reading {
    let found =
        pattern!(r"(?:([1-4])Q|Q([1-4]) ?)('?[0-9]{2}(?:[0-9]{2})?)?\b").captures(place.rest)?;
    let number = found.get(1).or(found.get(2))?.as_str();
    let mut said = Said::of(&format!("the {} quarter", ordinal(number)));
    if let Some(digits) = found.get(3) {
        said = said.then("of").then(&year(digits.as_str().trim_start_matches('\'')));
    }
    Some((found[0].len(), said))
}

/// "1980s", "'80s", "1960s-80s", "44 BC".
pub(super) fn decade(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) =
        pattern!(r"['’]?([0-9]{2}|[0-9]{4}) ?s(?:[-–]['’]?([0-9]0)s)?\b").captures(place.rest)
        && found[1].ends_with('0')
    {
        let mut said = Said::of(&plural(&year(&found[1])));
        if let Some(second) = found.get(2) {
            said = said.then("to").then(&plural(&year(second.as_str())));
        }
        return Some((found[0].len(), said));
    }
    let found = pattern!(r"([0-9]{1,5}) ?(A\.D\.?|AD\b|B\.C\.E\.?|BCE\b|B\.C\.?|BC\b|C\.E\.|CE\b)")
        .captures(place.rest)?;
    let digits = &found[1];
    let number = if digits.len() >= 3 { year(digits) } else { cardinal(digits) };
    Some((found[0].len(), Said::of(&number).letters(&found[2])))
}
