//! Names of months and weekdays in short, without a day beside them. Separate because "Sun" and "Mar" are words, too.

use super::date::month_of;
use super::said::{Place, Reading, Said, pattern};

/// The full name of a weekday or month in short.
fn full_name(short: &str) -> &'static str {
    match short.get(..3).unwrap_or(short) {
        "Mon" => "Monday",
        "Tue" => "Tuesday",
        "Wed" => "Wednesday",
        "Thu" => "Thursday",
        "Fri" => "Friday",
        "Sat" => "Saturday",
        "Sun" => "Sunday",
        month => month_of(month),
    }
}

macro_rules! short_day {
    () => {
        "(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)"
    };
}
macro_rules! short_month {
    () => {
        "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    };
}

/// "Mon-Fri", "Apr/May", "Sat 10am", "Tue 4 Nov": short names without a dot, where nothing else can be meant.
fn bare_name(place: &Place<'_>) -> Reading {
    let pair = pattern!(concat!(
        "(?:(",
        short_day!(),
        r")\.?( ?[-–/] ?)(",
        short_day!(),
        r")|(",
        short_month!(),
        r")\.?( ?[-–/] ?)(",
        short_month!(),
        r"))\b\.?"
    ));
    if let Some(found) = pair.captures(place.rest) {
        let part = |day: usize, month: usize| found.get(day).or(found.get(month));
        let said = Said::of(full_name(part(1, 4)?.as_str()));
        let said = if part(2, 5)?.as_str().contains('/') { said } else { said.then("to") };
        let len = found[0].len();
        // "Apr/May." at an end, and "May" has no dot of its own.
        let dot = found[0].ends_with('.') && part(3, 6)?.as_str() == "May";
        return Some((len - usize::from(dot), said.then(full_name(part(3, 6)?.as_str()))));
    }
    let before_time = pattern!(concat!(
        "(",
        short_day!(),
        r"),? (?:[0-9]{1,2} ?[-–] ?[0-9]{1,2}\b|[0-9]{1,2}(?:[:.][0-9]{2})? ?(?i:[ap]\.? ?m\b)|[0-9]{1,2}:[0-9]{2}\b|[0-9]{1,2} ",
        short_month!(),
        "|",
        short_month!(),
        r"[a-z]{0,6}\.? [0-9])"
    ));
    if let Some(found) = before_time.captures(place.rest) {
        return Some((found[1].len(), Said::of(full_name(&found[1]))));
    }
    // "Jan '23", "8pm Sat"
    let found = if place.rest[..place.rest.floor_char_boundary(8)].contains(['\'', '’']) {
        pattern!(concat!("(", short_month!(), r") ['’][0-9]{2}\b")).captures(place.rest)?
    } else if after_time(place) {
        pattern!(concat!("(", short_day!(), r")(?:[,;)]|\z|\s)")).captures(place.rest)?
    } else {
        return None;
    };
    Some((found[1].len(), Said::of(full_name(&found[1]))))
}

/// Whether a word stands before that days have: "on Wed."
fn after_word(place: &Place<'_>) -> bool {
    pattern!(r"(?s).*\b(?:[Oo]n|by|until|till|since|next|last|every|from|closed) \z")
        .is_match(place.near(8))
}

/// Whether a time of day stands before: "4.30pm Sun."
fn after_time(place: &Place<'_>) -> bool {
    place.near(4).contains('m')
        && pattern!(r"(?s).*[0-9] ?[ap]\.?m\.?,? \z").is_match(place.near(10))
}

/// "in Sept.", "on Thurs.": names without a day beside them.
pub(super) fn name(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(read) = bare_name(place) {
        return Some(read);
    }
    let found = pattern!(r"(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.")
        .captures(place.rest)?;
    let short = &found[1];
    let rest = &place.rest[found[0].len()..];
    // "Sun." and "Sat." are words, too.
    let weak = matches!(short, "Sun" | "Sat" | "Mar" | "Jun" | "Mon" | "Dec" | "Wed");
    if weak
        && !pattern!(r",| (?:['’]?[0-9a-z]|[&–-])").is_match(rest)
        && !after_time(place)
        && !after_word(place)
    {
        return None;
    }
    Some((found[0].len(), Said::of(full_name(short))))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn months_and_weekdays() {
        check(
            "en",
            &[
                ("in March 2021", "in March twenty twenty one"),
                ("since Sept. of last year", "since September of last year"),
                ("on Thurs. and Fri. nights", "on Thursday and Friday nights"),
                ("Mon., Jan. 5", "Monday January fifth"),
                ("Mon-Fri 9am, Sat. 10-4", "Monday to Friday nine A M Saturday ten to four"),
                ("Apr/May, Mon. - Thu.", "April May Monday to Thursday"),
                ("since Jan '23, on Weds.", "since January twenty three on Wednesday"),
                ("Mon., Wed. & Fri., 8pm Sat", "Monday Wednesday and Friday eight P M Saturday"),
                ("Sat 10-4", "Saturday ten to four"),
                ("on Wed.", "on Wednesday"),
                ("under the Sun.", "under the Sun"),
            ],
        );
    }
}
