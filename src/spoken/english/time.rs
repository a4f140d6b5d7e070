//! Times of day and durations. Separate because minutes below ten say "oh" and a full hour is
//! silent about its zeros.

use super::number::{cardinal, decimal, integer};
use super::said::{Place, Reading, Said, pattern};
use super::scripture;

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

/// "0630" as "oh six thirty", "1400" as "fourteen hundred": how armies and airlines tell the time.
fn hundreds(hour: &str, minute: &str) -> String {
    let plain = |digits: &str| match digits.strip_prefix('0') {
        Some("0") => "zero".to_owned(),
        Some(digit) => format!("oh {}", cardinal(digit)),
        None => cardinal(digits),
    };
    match (hour, minute) {
        ("00", "00") => "zero hundred".to_owned(),
        (_, "00") => format!("{} hundred", plain(hour)),
        _ => format!("{} {}", plain(hour), plain(minute)),
    }
}

/// "at 19.30", "the 7.45 to Leeds", "18h30": clocks that are written like something else.
fn other_clock(place: &Place<'_>) -> Reading {
    let (digits, next) = place.digits();
    if next == Some('h')
        && let Some(found) = pattern!(r"([01]?[0-9]|2[0-3])h([0-5][0-9])\b").captures(place.rest)
    {
        let clock = found[1].len() == 2
            || pattern!(r"(?s).*\b(?:at|from|until|till|by|before|after|around) \z")
                .is_match(place.near(10));
        let text = if clock {
            self::clock(&found[1], Some(&found[2]), false)?
        } else {
            let hours = if &found[1] == "1" { "hour" } else { "hours" };
            format!(
                "{} {hours} {}",
                cardinal(&found[1]),
                cardinal(found[2].trim_start_matches('0'))
            )
        };
        return Some((found[0].len(), Said::of(&text)));
    }
    // "0800-1700"
    if digits == 4
        && place.rest.starts_with('0')
        && let Some(found) = pattern!(
            r"(0[0-9])([0-5][0-9]) ?[-–—] ?([01][0-9]|2[0-4])([0-5][0-9])(?: (?:hours|hrs)\b|\b)"
        )
        .captures(place.rest)
        && !place.rest[found[0].len()..].starts_with(['-', '–', '.'])
    {
        let said = Said::of(&hundreds(&found[1], &found[2]));
        return Some((found[0].len(), said.then("to").then(&hundreds(&found[3], &found[4]))));
    }
    // "at 0600", as armies have it
    if digits == 4
        && place.rest.starts_with('0')
        && let Some(found) = pattern!(r"(0[0-9])([0-5][0-9])(?:[,.;:)]?(?:\s|\z))").captures(place.rest)
        && pattern!(r"(?s).*\b(?:[Aa]t|[Ff]rom|[Uu]ntil|till|[Bb]y|[Bb]efore|[Aa]fter|[Ss]ince|[Aa]round|[Bb]etween) \z")
            .is_match(place.near(10))
        && !pattern!(r" (?:hours|hrs|GMT|UTC)\b").is_match(&place.rest[4..])
    {
        return Some((4, Said::of(&hundreds(&found[1], &found[2]))));
    }
    // "9/8c": by the clocks of two zones.
    if next == Some('/')
        && let Some(found) = pattern!(r"([0-9]{1,2})/([0-9]{1,2})c\b").captures(place.rest)
    {
        let said = Said::of(&cardinal(&found[1])).comma().then(&cardinal(&found[2]));
        return Some((found[0].len(), said.then("central")));
    }
    // "0:45 left"
    if place.rest.starts_with("0:")
        && let Some(found) =
            pattern!(r"0:([0-5][0-9]) (?:left|remaining|to go|to play|on the clock)\b")
                .captures(place.rest)
    {
        let seconds = cardinal(found[1].trim_start_matches('0'));
        return Some((4, Said::of(&seconds).then("seconds")));
    }
    if next != Some('.') || digits > 2 {
        return None;
    }
    let found = pattern!(r"([01]?[0-9]|2[0-3])\.([0-5][0-9])(?:[^0-9A-Za-z%.]|\.?(?:\s|\z))")
        .captures(place.rest)?;
    let len = found[1].len() + 3;
    if !is_clock(place, &place.rest[len..]) {
        return None;
    }
    Some((len, Said::of(&clock(&found[1], Some(&found[2]), false)?)))
}

/// Whether "19.30" is a time of day: what stands around it speaks of one, and not of prices. The expressions for what
/// is further away stand behind the others: most decimals need none of them.
fn is_clock(place: &Place<'_>, after: &str) -> bool {
    let zone = pattern!(
        r" (?:GMT|BST|UTC|CES?T|EES?T|E[SD]T|IST|local time|tonight|tomorrow|this (?:morning|afternoon|evening)|in the (?:morning|afternoon|evening)|at night)\b"
    );
    if zone.is_match(after) {
        return true;
    }
    if place.before.ends_with("he ") && is_train(place, after) {
        return true;
    }
    let word = pattern!(
        r"(?s).*\b(?:[Aa]t|from|(?:set|due|scheduled|planned|booked|fixed|timed) for|[Uu]ntil|till|[Bb]y|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout|[Ss]ince|and|to|[-–]|[Kk]ick-?off:?|[Dd]oors:?|[Ss]tarts?:?) ?\z"
    );
    if !word.is_match(place.near(16)) {
        return false;
    }
    let counted =
        pattern!(r" (?:[a-z]+s|million|billion|trillion|percent|per cent|against|versus|vs)\b");
    if counted.is_match(after) {
        return false;
    }
    let event = pattern!(
        r"(?s).*\b(?i-u:kick(?:s|ed)?[- ]?off|doors?|gates?|polls|trains?|bus|buses|flights?|ferry|ferries|meet(?:s|ing)?|concert|starts?|started|begins?|began|arriv(?:e|es|ed|al)|depart\w*|leaves?|left|breakfast|lunch|dinner|supper|clock|bell|alarm|woke|wakes|match|game|session|broadcast|bulletin|lesson|class|mass|service|ceremony|curfew|sunrise|sunset|funeral|hearing)\b"
    );
    let price = pattern!(
        r"(?s).*(?:[$€£¥%]|\b(?i-u:shares?|stocks?|index|prices?|priced|euros?|pounds?|dollars?|yen|bonds?|yields?|rates?|trad(?:ed|ing)|points?|seconds?|percent|average|score[ds]?)\b)"
    );
    let beside = &after[..after.floor_char_boundary(40)];
    (event.is_match(place.near(70)) || event.is_match(beside) || of_incident(place, beside))
        && !price.is_match(place.near(70))
        && !price.is_match(beside)
}

/// "the 14.32 from Ashby", "the 14.32 train".
fn is_train(place: &Place<'_>, after: &str) -> bool {
    let train = pattern!(r"(?s).*\b[Tt]he \z");
    let toward = pattern!(
        r" (?:from|to) [A-Z]|,? [a-z ]{0,16}(?:train|service|bus|flight|ferry)\b| (?:will call|calls? at|departs|leaves|arrives|(?:is|was) (?:cancell?ed|delayed|late|running))\b"
    );
    train.is_match(place.near(5)) && toward.is_match(after)
}

/// What newspapers tell the time of, but also other figures of: "struck at 6.45", but "levels rose to 3.15".
fn of_incident(place: &Place<'_>, beside: &str) -> bool {
    let measured = pattern!(
        r"(?s).*\b(?i-u:magnitude|scale|levels?|limits?|km|kg|miles?|met(?:er|re)s?|readings?|measured|average[ds]?|ratio|degrees?|litres?|tons?|tonnes?)\b"
    );
    let direct = pattern!(
        r"(?s).*\b(?:struck|hit|happened|occurred|died|dead|crashed|collided|exploded|called|alerted) (?:shortly |just |soon )?(?:at|by|after|before|around|about)(?: about| around)? \z"
    );
    let at = pattern!(
        r"(?s).*\b(?:[Aa]t|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Aa]round|[Aa]bout|[Ss]ince)(?: about| around)? \z"
    );
    let told = pattern!(
        r"(?s).*\b(?i-u:pronounced|died|struck|happened|occurred|crash(?:ed)?|collision|collided|quake|earthquake|blast|explosion|explod\w+|alerted|called|firefighters|police|officers|paramedics|ambulance|tremor|power cut|outage)\b"
    );
    !measured.is_match(beside)
        && (direct.is_match(place.near(40))
            || at.is_match(place.near(16))
                && (told.is_match(place.near(70)) || told.is_match(beside))
                && !measured.is_match(place.near(70)))
}

pub(super) fn time(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(read) = other_clock(place) {
        return Some(read);
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
        let said = Said::of(&hundreds(&found[1], &found[2]));
        match found.get(3).map(|m| m.as_str()) {
            Some("Z") => (5, said.then("Zulu")),
            Some(hours) => (4 + hours.len(), said.then("hours")),
            None => (5, said),
        }
    } else {
        let found = pattern!(r"([0-9]{1,2}):([0-5][0-9])\b").captures(place.rest)?;
        (found[0].len(), Said::of(&clock(&found[1], Some(&found[2]), false)?))
    };
    // "at 2:10 pst": a zone in small letters
    if let Some(zone) = pattern!(r" ([ecmp][sd]t|gmt|utc|bst)\b").captures(&place.rest[len..]) {
        return Some((len + zone[0].len(), said.letters(&zone[1])));
    }
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
    // "lasts 2:45"
    if place.digits().1 == Some(':')
        && let Some(found) = pattern!(r"([0-9]{1,2}):([0-5][0-9])\b").captures(place.rest)
        && !pattern!(r"[:.][0-9]").is_match(&place.rest[found[0].len()..])
        && pattern!(r"(?s).*\b(?:last(?:s|ed|ing)(?: for)?|(?:running )?time of|runtime(?: of)?|duration(?: of)?|[0-9.]+(?:km|k|K|m) in) \z")
            .is_match(place.near(20))
        // "lasted 2:45 hours"
        && !pattern!(r" (?:hours?|hrs?|minutes?|mins?)\b").is_match(&place.rest[found[0].len()..])
    {
        let said = Said::of(&counted(&found[1], "minute"));
        let said = if &found[2] == "00" { said } else { said.then(&counted(&found[2], "second")) };
        return Some((found[0].len(), said));
    }
    let found = pattern!(r"([0-9]{1,2}):([0-5][0-9]\.[0-9]{1,3})\b").captures(place.rest)?;
    // "a 1:11.382": the time as a thing
    if pattern!(r"(?s).*\b(?:[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Bb]est|[Rr]ecord) \z")
        .is_match(place.near(8))
    {
        let seconds = match found[2].strip_prefix('0') {
            Some(low) => format!("oh {}", decimal(low)),
            None => decimal(&found[2]),
        };
        return Some((found[0].len(), Said::of(&cardinal(&found[1])).then(&seconds)));
    }
    let said = Said::of(&counted(&found[1], "minute")).then(&counted(&found[2], "second"));
    Some((found[0].len(), said))
}

/// "3:1", "16:9": a minute has two digits, and "ratio" says the rest.
fn ratio(place: &Place<'_>) -> Reading {
    // "a scale of 1:50,000", "3.5:1"
    if matches!(place.digits().1, Some(':' | '.'))
        && let Some(found) =
            pattern!(r"([0-9]{1,4}(?:\.[0-9]{1,3})?):([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,4})\b")
                .captures(place.rest)
        && (found[1].contains('.') || found[2].contains(','))
        && !pattern!(r"[:.][0-9]").is_match(&place.rest[found[0].len()..])
    {
        return Some((
            found[0].len(),
            Said::of(&decimal(&found[1])).then("to").then(&cardinal(&found[2])),
        ));
    }
    let found = pattern!(r"([0-9]{1,4}):([0-9]{1,4})(?:[-–]([0-9]{1,3})(?::([0-9]{1,3}))?)?\b")
        .captures(place.rest)?;
    let (first, second) = (&found[1], &found[2]);
    // "John 3:16", "Surah 2:255": chapter and verse.
    if scripture::stands_before(place.near(24)) {
        let said = Said::of(&cardinal(first)).comma().then(&cardinal(second));
        // "Luke 2:1-20", "Genesis 1:1-2:3"
        let said = match (found.get(3), found.get(4)) {
            (Some(chapter), Some(verse)) => {
                let said = said.then("to").then(&cardinal(chapter.as_str())).comma();
                said.then(&cardinal(verse.as_str()))
            }
            (Some(last), None) => said.then("to").then(&cardinal(last.as_str())),
            _ => said,
        };
        return Some((found[0].len(), said));
    }
    if found.get(3).is_some() {
        return None;
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
                ("8 a.m. est, 2:10 pst", "eight A M E S T two ten P S T"),
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
                ("0800-1700, 0005 GMT", "oh eight hundred to seventeen hundred zero oh five G M T"),
                ("at 18h30, or 1h40 later", "at eighteen thirty or one hour forty later"),
                ("at 9/8c", "at nine eight central"),
                ("with 0:45 left", "with forty five seconds left"),
                ("at 0600 or by 0745.", "at oh six hundred or by oh seven forty five"),
            ],
        );
    }

    #[test]
    fn clocks_with_a_dot() {
        check(
            "en",
            &[
                ("Kick-off is at 19.30.", "Kick-off is at nineteen thirty"),
                ("at 19.30 GMT", "at nineteen thirty G M T"),
                ("the 7.45 to Leeds", "the seven forty five to Leeds"),
                ("the 17.45 will call here", "the seventeen forty five will call here"),
                ("a hearing set for 10.30 on Friday", "a hearing set for ten thirty on Friday"),
                ("The train left at 8.05 and", "The train left at eight oh five and"),
                ("Doors: 7.30, show later", "Doors seven thirty show later"),
                ("He died at 21.14.", "He died at twenty one fourteen"),
                ("Police were called at about 9.40.", "Police were called at about nine forty"),
                ("at 14.32 GMT, by 9.30am", "at fourteen thirty two G M T by nine thirty A M"),
                (
                    "The magnitude 6 quake struck at 14.32, police said",
                    "The magnitude six quake struck at fourteen thirty two police said",
                ),
                // Decimals all of them.
                (
                    "The quake struck at 6.45 on the scale",
                    "The quake struck at six point four five on the scale",
                ),
                ("Officers paid for 2.50 each", "Officers paid for two point five zero each"),
                (
                    "Police say it rose to 3.15 from 2.10",
                    "Police say it rose to three point one five from two point one zero",
                ),
                ("closed at 19.30 on Friday", "closed at nineteen point three zero on Friday"),
                ("Shares started at 7.45", "Shares started at seven point four five"),
                ("he left after 2.45 seconds", "he left after two point four five seconds"),
                ("rose to 4.50 percent", "rose to four point five zero percent"),
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
                ("with a 1:11.382", "with a one eleven point three eight two"),
                ("it lasts 2:45.", "it lasts two minutes forty five seconds"),
                ("it lasts 2:45 hours", "it lasts two forty five hours"),
                ("odds of 3:1", "odds of three to one"),
                ("is 0.7:1.", "is zero point seven to one"),
                ("a 50:50 call", "a fifty fifty call"),
                ("a ratio of 16:10", "a ratio of sixteen to ten"),
                (
                    "a scale of 1:50,000, 3.5:1",
                    "a scale of one to fifty thousand three point five to one",
                ),
                ("Luke 2:1-20", "Luke two one to twenty"),
            ],
        );
    }
}
