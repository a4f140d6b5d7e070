//! Dates as sources write them, read for sorting, for people and for feeds.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

/// When something was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    /// The day as the source gives it.
    day: NaiveDate,
    /// The moment; noon in Greenwich where the source gives only a day, which is that day nearly
    /// everywhere.
    moment: DateTime<Utc>,
}

impl Date {
    /// Reads `text`: ISO 8601, RFC 2822, or a day in English ("3 March 2026", "Mar. 3, 2026").
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let whole = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_rfc2822(text))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z"))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"))
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%z"));
        if let Ok(whole) = whole {
            return Some(Self { day: whole.date_naive(), moment: whole.to_utc() });
        }
        let local =
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
        let local = local.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok());
        if let Some(local) = local {
            return Some(Self { day: local.date(), moment: Utc.from_utc_datetime(&local) });
        }
        let plain = text.replace('.', "");
        let days = ["%Y-%m-%d", "%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"];
        let day = days.iter().find_map(|f| NaiveDate::parse_from_str(&plain, f).ok())?;
        let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
        Some(Self { day, moment: Utc.from_utc_datetime(&day.and_time(noon)) })
    }

    /// The day, ISO 8601.
    pub(super) fn iso(self) -> String {
        self.day.format("%Y-%m-%d").to_string()
    }

    /// The day for people.
    pub(super) fn text(self) -> String {
        self.day.format("%-d %B %Y").to_string()
    }

    /// The moment as feeds give it (RFC 822 with a year of four digits).
    pub(super) fn rfc822(self) -> String {
        self.moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// The moment, ISO 8601.
    pub(super) fn instant(self) -> String {
        self.moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_sources() {
        for (text, iso, rfc822) in [
            ("2026-03-02", "2026-03-02", "Mon, 02 Mar 2026 12:00:00 GMT"),
            ("2026-03-02T23:30:00-05:00", "2026-03-02", "Tue, 03 Mar 2026 04:30:00 GMT"),
            ("2026-03-02T08:00:00.250Z", "2026-03-02", "Mon, 02 Mar 2026 08:00:00 GMT"),
            ("2026-03-02 08:00", "2026-03-02", "Mon, 02 Mar 2026 08:00:00 GMT"),
            ("Mon, 2 Mar 2026 08:00:00 +0100", "2026-03-02", "Mon, 02 Mar 2026 07:00:00 GMT"),
            ("March 2, 2026", "2026-03-02", "Mon, 02 Mar 2026 12:00:00 GMT"),
            ("2 Mar. 2026", "2026-03-02", "Mon, 02 Mar 2026 12:00:00 GMT"),
        ] {
            let date = Date::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.iso().as_str(), date.rfc822().as_str()), (iso, rfc822), "{text}");
            assert_eq!(date.text(), "2 March 2026");
        }
        for text in ["", "yesterday", "2026", "2026-13-40", "<b>", "99999999999-01-01"] {
            assert_eq!(Date::read(text), None, "{text}");
        }
    }
}
