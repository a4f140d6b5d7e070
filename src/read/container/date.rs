//! Dates as containers write them -> ISO 8601.

/// A date of an RSS feed (RFC 822) or of anything newer, in ISO 8601; as it stands when it is neither.
pub(super) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(rfc822(text).unwrap_or_else(|| text.to_owned()))
}

/// `2024-03-01 08:00:00`, as WordPress writes it; `utc` when it is in that zone. Nothing for the date that
/// means none.
pub(super) fn wordpress(text: &str, utc: bool) -> Option<String> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T'])?;
    if day.starts_with("0000") {
        return None;
    }
    let zone = if utc && !time.ends_with('Z') { "Z" } else { "" };
    Some(format!("{day}T{time}{zone}"))
}

/// `Tue, 03 Jun 2025 09:39:21 GMT`, with or without the day's name and the seconds.
fn rfc822(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = text.split_whitespace();
    let day: u8 = parts.next()?.parse().ok()?;
    let month = parts.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| month.starts_with(m))? + 1;
    let year: u16 = parts.next()?.parse().ok()?;
    let year = match year {
        0..50 => year + 2000,
        50..100 => year + 1900,
        _ => year,
    };
    let mut clock = parts.next()?.split(':').map(str::parse::<u8>);
    let (hour, minute) = (clock.next()?.ok()?, clock.next()?.ok()?);
    let second = clock.next().map_or(Some(0), Result::ok)?;
    if !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = match parts.next() {
        None | Some("GMT" | "UT" | "UTC" | "Z" | "+0000" | "-0000") => "Z".to_owned(),
        Some("EST") => "-05:00".to_owned(),
        Some("EDT") => "-04:00".to_owned(),
        Some("PST") => "-08:00".to_owned(),
        Some("PDT") => "-07:00".to_owned(),
        Some(zone) if zone.len() == 5 && zone.is_ascii() && zone.starts_with(['+', '-']) => {
            format!("{}:{}", &zone[..3], &zone[3..])
        }
        Some(_) => return None,
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (text, expected) in [
            ("Tue, 03 Jun 2025 09:39:21 GMT", "2025-06-03T09:39:21Z"),
            ("3 June 2025 09:39 +0200", "2025-06-03T09:39:00+02:00"),
            ("Sat, 07 Sep 02 00:00:01 EST", "2002-09-07T00:00:01-05:00"),
            ("2025-06-03T09:39:21Z", "2025-06-03T09:39:21Z"),
            ("last week", "last week"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(expected));
        }
        assert_eq!(iso(" "), None);
        let some = Some("2024-03-01T08:00:00Z".to_owned());
        assert_eq!(wordpress("2024-03-01 08:00:00", true), some);
        assert_eq!(wordpress("2024-03-01T08:00:00", true), some);
        assert_eq!(wordpress("0000-00-00 00:00:00", true), None);
    }
}
