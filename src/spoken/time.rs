//! Times of day and durations. Separate because minutes below ten say "oh" and a full hour is
//! silent about its zeros.

use super::number::{cardinal, integer};
use super::said::{Place, Reading, Said, pattern};

macro_rules! half {
    () => {
        r"(?i:([ap])\.? ?m\b\.?)"
    };
}

fn clock(hour: &str, minute: Option<&str>, half: bool) -> Option<String> {
    let hours: u64 = hour.parse().ok().filter(|h| *h <= 24)?;
    let minutes: u64 = minute.unwrap_or("0").parse().ok().filter(|m| *m < 60)?;
    let hour = integer(hours);
    Some(match minutes {
        0 if half => hour,
        0 if hours == 0 || hours == 24 => "midnight".to_owned(),
        0 => format!("{hour} o'clock"),
        1..=9 => format!("{hour} oh {}", integer(minutes)),
        _ => format!("{hour} {}", integer(minutes)),
    })
}

pub(super) fn time(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) = pattern!(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])\b").captures(place.rest)
    {
        let unit = |digits: &str, name: &str| {
            let plain = match digits.trim_start_matches('0') {
                "" => "0",
                other => other,
            };
            format!("{} {name}{}", cardinal(plain), if plain == "1" { "" } else { "s" })
        };
        let text = format!(
            "{} {} and {}",
            unit(&found[1], "hour"),
            unit(&found[2], "minute"),
            unit(&found[3], "second")
        );
        return Some((found[0].len(), Said::of(&text)));
    }
    let with_half = pattern!(concat!(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))? ?", half!()));
    let (len, said) = if let Some(found) = with_half.captures(place.rest) {
        let text = clock(&found[1], found.get(2).map(|m| m.as_str()), true)?;
        let half = format!("{}m", &found[3]);
        // A full stop after "pm" ends the sentence, unless the m's dot follows a dotted half.
        let dotted = found[0].contains("a.")
            || found[0].contains("p.")
            || found[0].contains("A.")
            || found[0].contains("P.");
        let len = found[0].len() - usize::from(found[0].ends_with('.') && !dotted);
        (len, Said::of(&text).letters(&half))
    } else {
        let found = pattern!(r"([0-9]{1,2}):([0-5][0-9])\b").captures(place.rest)?;
        (found[0].len(), Said::of(&clock(&found[1], Some(&found[2]), false)?))
    };
    if let Some(to) = pattern!(r" ?[-–—] ?").find(&place.rest[len..]) {
        let next = Place { rest: &place.rest[len + to.end()..], before: " " };
        if next.rest.starts_with(|c: char| c.is_ascii_digit())
            && pattern!(r"[0-9]{1,2}(?:[:.][0-5][0-9])? ?(?i:[ap]\.? ?m\b)|[0-9]{1,2}:[0-5][0-9]\b")
                .is_match(next.rest)
            && let Some((taken, more)) = time(&next)
        {
            return Some((len + to.end() + taken, said.then("to").join(more)));
        }
    }
    Some((len, said))
}
