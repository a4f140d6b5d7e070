//! Dates beside the article: when it was published or changed.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::line::line;
use super::mark::cut;
use super::{CleanRule, Place, Verdict};
use crate::model::BlockKind;

/// A month, by name.
const MONTH: &str = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?\.?";

static TIMESTAMP: LazyLock<Regex> = LazyLock::new(|| {
    // What follows a date on such a line: times, zones, small words, another date, but no sentence.
    let tail = format!(
        r"(?: [\s,|\u{{b7}}\u{{2022}}()\u{{2013}}\u{{2014}}:/.+-] | \d+(?:st|nd|rd|th)? | (?:[a-z]{{1,4}}|updated|published|modified|eastern|pacific|local|time|{MONTH})\b )*"
    );
    let date = format!(
        r"(?: (?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?
              (?: {MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}[,\s]+\d{{2,4}} | {MONTH},?\s+\d{{4}}
                | \d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}} | \d{{4}}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d)? | \d{{1,2}}:\d\d
                | \d{{1,2}}\.\d\d\s?(?:[ap]\.?m\b | gmt\b | utc\b | [a-z]{{1,3}}t\b) )
              | \d+\s+(?:minutes?|mins?|hours?|days?|weeks?|months?|years?)\s+ago | today\b | yesterday\b
              | in\s+(?:19|20)\d\d$ )"
    );
    Regex::new(&format!(
        r"(?ix)^(?:
          (?:first\s+|originally\s+)?(?:published|updated|posted|last\s+(?:updated|modified|edited|reviewed)|reviewed|created|modified|date)
          \s* (?:on\b|at\b|in\b|:|-|\u{{2013}}|\|)? \s* {date} {tail}
        | \d{{4}}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?
        | (?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}),?\s+\d{{4}}(?:,?\s(?:at\s)?\d{{1,2}}[:.]\d\d\s?(?:[ap]\.?m\.?)?(?:\s[a-z]{{2,4}})?)?
        | \d+\s+(?:minutes?|mins?|hours?|days?|weeks?|months?|years?)\s+ago
        )\.?$"
    ))
    .expect("a constant expression")
});

static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:last )?updated (?:at )?\d").expect("a constant expression")
});

/// `timestamp`.
pub(super) struct Timestamp;

impl CleanRule for Timestamp {
    fn name(&self) -> &'static str {
        "timestamp"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // A date of its own in the middle of an article is one of its lines (a diary, a timeline); an entry of a
        // live blog ends with when it was changed.
        let text = line(place);
        let around = place.near_start(6) || place.near_end(4) || UPDATED.is_match(&text);
        let plain = match place.block().kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Byline => true,
            // Right below the title it may look like a heading.
            BlockKind::Heading(2..) => place.near_start(2) && !is_diary(place),
            _ => false,
        };
        // Spares most texts the expression: a date has a number, or is today or yesterday.
        let dated =
            || text.bytes().any(|b| b.is_ascii_digit()) || text.to_lowercase().contains("day");
        if plain && around && place.words() <= 14 && dated() && TIMESTAMP.is_match(&text) {
            return Verdict::Remove;
        }
        // Author, date and section in one line are a byline too, whatever it begins with.
        let line = place.near_start(3)
            && place.block().kind == BlockKind::Paragraph
            && place.words() <= 20
            && place.text().matches(['|', '\u{b7}', '\u{2022}', '\u{25cf}']).count() >= 2;
        let byline = line || place.block().kind == BlockKind::Byline;
        cut(if byline { dates_of_byline(place.text()) } else { Vec::new() })
    }
}

/// Whether more headings that follow are dates.
fn is_diary(place: &Place<'_>) -> bool {
    let mut headings = place.after().iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    headings.any(|b| TIMESTAMP.is_match(b.text.as_str().trim()))
}

/// What stands between the parts of a byline.
static BAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[|\u{b7}\u{2022}\u{25cf}]|\s[\u{2013}\u{2014}-]\s").expect("a constant expression")
});

/// The parts of a byline behind a bar, a bullet or a dash that are dates, each with the mark before it.
fn dates_of_byline(text: &str) -> Vec<Range<usize>> {
    let bars: Vec<Range<usize>> = BAR.find_iter(text).map(|m| m.range()).collect();
    let ends = bars.iter().map(|b| b.start).skip(1).chain([text.len()]);
    let parts = bars.iter().zip(ends).filter(|(bar, end)| {
        let part = text[bar.end..*end].trim();
        TIMESTAMP.is_match(part)
    });
    // The space before a mark stays for what follows.
    let mark = |bar: &Range<usize>| bar.end - text[bar.clone()].trim_start().len();
    parts.map(|(bar, end)| mark(bar)..end).collect()
}
