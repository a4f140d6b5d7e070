//! Times of day and durations. Separate because minutes below ten say "oh" and a full hour is
//! silent about its zeros.

use super::number::{cardinal, decimal, integer};
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
    if let Some(read) = duration(place).or_else(|| ratio(place)) {
        return Some(read);
    }
    let with_half = pattern!(concat!(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))? ?", half!()));
    // "9-11 a.m.": the half belongs to both.
    if let Some(found) = pattern!(concat!(
        r"([0-9]{1,2})(?::([0-5][0-9]))? ?[-–—] ?[0-9]{1,2}(?::[0-5][0-9])? ?",
        half!()
    ))
    .captures(place.rest)
    {
        let from = clock(&found[1], found.get(2).map(|m| m.as_str()), true)?;
        let dash = place.rest.find(['-', '–', '—'])?;
        let next = place.rest[dash..].find(|c: char| c.is_ascii_digit())? + dash;
        let (more, until) = time(&Place { rest: &place.rest[next..], before: " " })?;
        return Some((next + more, Said::of(&from).then("to").join(until)));
    }
    let (len, said) = if let Some(found) = with_half.captures(place.rest) {
        let text = clock(&found[1], found.get(2).map(|m| m.as_str()), true)?;
        let half = format!("{}m", &found[3]);
        // The dot behind "pm" is a full stop, that behind "p.m." its own.
        let dotted = pattern!(r".*[0-9 ](?i:[ap])\.").is_match(&found[0]);
        let len = found[0].len() - usize::from(found[0].ends_with('.') && !dotted);
        (len, Said::of(&text).letters(&half))
    } else if let Some(found) =
        pattern!(r"([0-2][0-9])([0-5][0-9])(?:( (?:hours|hrs)|Z)| (?:GMT|UTC))\b")
            .captures(place.rest)
    {
        let lead = if found[1].starts_with('0') { "oh " } else { "" };
        let hour = cardinal(found[1].trim_start_matches('0'));
        let hour = if found[1] == *"00" { "zero".to_owned() } else { hour };
        let minutes = match &found[2] {
            "00" => "hundred".to_owned(),
            low => format!(
                "{}{}",
                if low.starts_with('0') { "oh " } else { "" },
                cardinal(low.trim_start_matches('0'))
            ),
        };
        let said = Said::of(&format!("{lead}{hour} {minutes}"));
        match found.get(3).map(|m| m.as_str()) {
            Some("Z") => (5, said.then("Zulu")),
            Some(hours) => (4 + hours.len(), said.then("hours")),
            None => (5, said),
        }
    } else {
        let found = pattern!(r"([0-9]{1,2}):([0-5][0-9])\b").captures(place.rest)?;
        (found[0].len(), Said::of(&clock(&found[1], Some(&found[2]), false)?))
    };
    if let Some(to) = pattern!(r" ?[-–—] ?").find(&place.rest[len..]) {
        if let Some(end) = pattern!(r"noon\b|midnight\b").find(&place.rest[len + to.end()..]) {
            return Some((len + to.end() + end.len(), said.then("to").then(end.as_str())));
        }
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

/// "2h30m", "1 hr 20 min", "4:05.3": how long something took.
fn duration(place: &Place<'_>) -> Reading {
    let counted = |digits: &str, name: &str| {
        let plain = digits.trim_start_matches('0');
        let plain = if plain.is_empty() { "0" } else { plain };
        format!("{} {name}{}", decimal(plain), if plain == "1" { "" } else { "s" })
    };
    if let Some(found) = pattern!(
        r"([0-9]{1,3}) ?(?:h|hrs?)\.? ?([0-9]{1,2}) ?(?:m|mins?)\b(?: ?([0-9]{1,2}) ?(?:s|secs?)\b)?"
    )
    .captures(place.rest)
    {
        let mut said = Said::of(&counted(&found[1], "hour")).then(&counted(&found[2], "minute"));
        if let Some(seconds) = found.get(3) {
            said = said.then(&counted(seconds.as_str(), "second"));
        }
        return Some((found[0].len(), said));
    }
    let found = pattern!(r"([0-9]{1,2}):([0-5][0-9]\.[0-9]{1,3})\b").captures(place.rest)?;
    let said = Said::of(&counted(&found[1], "minute")).then(&counted(&found[2], "second"));
    Some((found[0].len(), said))
}

/// "3:1", "16:9": a minute has two digits, and "ratio" says the rest.
fn ratio(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,4}):([0-9]{1,4})\b").captures(place.rest)?;
    let (first, second) = (&found[1], &found[2]);
    // "John 3:16", "Surah 2:255": chapter and verse.
    if is_scripture(place.near(24)) {
        let said = Said::of(&cardinal(first)).comma().then(&cardinal(second));
        return Some((found[0].len(), said));
    }
    // "a 50:50 chance"
    if first == second && first.len() == 2 {
        return Some((found[0].len(), Said::of(&cardinal(first)).then(&cardinal(second))));
    }
    let told =
        place.rest[found[0].len()..].starts_with(" ratio") || place.before.ends_with("ratio of ");
    if found[2].len() == 2 && !told || place.rest[found[0].len()..].starts_with(':') {
        return None;
    }
    Some((found[0].len(), Said::of(&decimal(&found[1])).then("to").then(&decimal(&found[2]))))
}

/// Whether a book of the Bible or of the Quran stands before.
fn is_scripture(before: &str) -> bool {
    pattern!(
        r"(?s).*\b(?:Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job|Psalms?|Proverbs|Ecclesiastes|Isaiah|Jeremiah|Ezekiel|Daniel|Hosea|Joel|Amos|Micah|Matthew|Mark|Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|Hebrews|James|Peter|Jude|Revelation|(?:Gen|Exod?|Lev|Num|Deut|Ps|Prov|Isa|Jer|Matt|Mk|Lk|Jn|Rom|Cor|Gal|Eph|Phil|Col|Heb|Rev)\.|Surah|Sura|Quran|Qur'an) \z"
    )
    .is_match(before)
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn times_of_day() {
        check(
            "en",
            &[
                ("at 5 p.m. today", "at five P M today"),
                ("at 6:05 p.m.", "at six oh five P M"),
                ("3:45pm ET", "three forty five P M E T"),
                ("at 18:45", "at eighteen forty five"),
                ("23:00", "twenty three o'clock"),
                ("0630 hours", "oh six thirty hours"),
                ("1500 GMT", "fifteen hundred G M T"),
                ("9-11 a.m.", "nine to eleven A M"),
                ("5pm-7 pm", "five P M to seven P M"),
                ("8:30 a.m.–noon", "eight thirty A M to noon"),
                ("John 3:16, Genesis 1:1", "John three sixteen Genesis one one"),
                ("1400 hrs, 0700Z", "fourteen hundred hours oh seven hundred Zulu"),
            ],
        );
    }

    #[test]
    fn durations_and_ratios() {
        check(
            "en",
            &[
                ("1:01:05", "one hour one minute and five seconds"),
                ("2h30m", "two hours thirty minutes"),
                ("1 hr 20 min", "one hour twenty minutes"),
                ("in 4:05.3", "in four minutes five point three seconds"),
                ("odds of 3:1", "odds of three to one"),
                ("a 50:50 call", "a fifty fifty call"),
                ("a ratio of 16:10", "a ratio of sixteen to ten"),
            ],
        );
    }
}
