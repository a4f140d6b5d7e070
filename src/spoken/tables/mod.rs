//! Languages as tables: one engine reads numbers, dates, times, money, percentages, units, Roman
//! centuries and short forms of any language that a [`Tables`] describes.
//!
//! Numbers are written the continental way: a comma before decimals; dots, spaces or apostrophes
//! between thousands.

mod contact;
mod date;
mod french;
mod german;
mod italian;
mod money;
mod number;
mod portuguese;
mod quarter;
mod short;
mod spanish;

use super::language::Language;
use super::numeral::{self, Gender};
use super::said::{Place, Reading, Said, pattern};
use short::{regnal, regnal_gender, roman_at};

pub(super) use french::FRENCH;
pub(super) use german::GERMAN;
pub(super) use italian::ITALIAN;
pub(super) use portuguese::{BRAZILIAN, PORTUGUESE};
pub(super) use spanish::SPANISH;

/// A name with its plural.
pub(super) struct Name {
    /// As it is written.
    short: &'static str,
    one: &'static str,
    several: &'static str,
    gender: Gender,
}

/// A currency: its name and that of its hundredth.
pub(super) struct Money {
    /// Signs and codes, parted by `|`.
    signs: &'static str,
    name: Name,
    cent: Name,
}

/// A power of ten by its name.
pub(super) struct Magnitude {
    /// As it is written.
    short: &'static str,
    several: &'static str,
    /// "eine" before [`Magnitude::one`]; empty where one of it is counted like several.
    single: &'static str,
    one: &'static str,
}

/// A language.
pub(super) struct Tables {
    /// For the number words.
    code: &'static str,
    /// Replacements in number words: where a country differs from its language's rules.
    respell: &'static [(&'static str, &'static str)],
    minus: &'static str,
    plus: &'static str,
    /// The decimal comma.
    comma: &'static str,
    /// The decimal point, where one is written.
    point: &'static str,
    /// "and" between a whole and its part.
    and: &'static str,
    /// "and a half" behind a whole.
    and_half: &'static str,
    /// Halves, thirds and so on: one, several.
    parts: &'static [(&'static str, &'static str)],
    /// Between the goals of two teams.
    score: &'static str,
    /// Between the sides of a thing: "3 x 5 m".
    by: &'static str,
    /// Between factors.
    times: &'static str,
    /// Decimals are said as a number ("vingt-cinq") and not digit by digit.
    decimals_as_number: bool,
    /// Between the ends of a range.
    to: &'static str,
    /// Between a mark and the best that can be had: "15/20".
    out_of: &'static str,
    /// Between the number and the year of a law: "Ley 39/2015"; empty where a newsreader says nothing.
    law_of: &'static str,
    /// Letters that stand for parts of a year, and their names: "4T23".
    parts_of_year: &'static [(char, &'static str)],
    percent: &'static str,
    per_mille: &'static str,
    months: [&'static str; 12],
    /// Day and month, and what joins the year.
    date: fn(&Tables, day: u32, month: &str, before: &str) -> String,
    year_joint: &'static str,
    year: fn(&Tables, digits: &str) -> String,
    /// The hour and the minutes.
    clock: fn(&Tables, hour: &str, minute: u32) -> String,
    /// Hours, minutes and seconds, one and several.
    clock_parts: [[&'static str; 2]; 3],
    /// Weekdays in short, and their names.
    days: &'static [(&'static str, &'static str)],
    /// Between whole money and its hundredths.
    and_cents: &'static str,
    /// Whether the hundredth is named.
    name_cents: bool,
    /// Between a magnitude and what is counted: "cinco millones *de* euros".
    of: &'static str,
    money: &'static [Money],
    magnitudes: &'static [Magnitude],
    units: &'static [Name],
    /// What stands behind a slash, and what is said for both: "/mes".
    per: &'static [(&'static str, &'static str)],
    /// Short forms before a number.
    numbered: &'static [(&'static str, &'static str)],
    /// Words, in lower case, behind which Roman numerals count.
    counted_by: &'static str,
    /// Short forms before a name.
    titles: &'static [(&'static str, &'static str)],
    /// Dot, dash, underscore and colon of an address.
    web: [&'static str; 4],
    /// Longest first where one begins another.
    short: &'static [(&'static str, &'static str)],
    symbols: &'static [(char, &'static str)],
    /// An ordinal mark behind digits, at its start: bytes and what is said.
    ordinal: fn(&Tables, place: &Place<'_>) -> Reading,
    /// The gender of the noun that follows, as far as it shows.
    gender: fn(noun: &str) -> Gender,
    /// `siglo XXI`, `XXe siècle`.
    century: fn(&Tables, place: &Place<'_>) -> Reading,
}

/// A currency; hundredths are masculine in all of these languages.
const fn money(
    signs: &'static str,
    [one, several]: [&'static str; 2],
    gender: Gender,
    [cent, cents]: [&'static str; 2],
) -> Money {
    Money {
        signs,
        name: Name { short: "", one, several, gender },
        cent: Name { short: "", one: cent, several: cents, gender: Gender::Masculine },
    }
}

/// A magnitude: as it is written, several of it, and one of it where that is said in another way.
const fn scale(
    short: &'static str,
    several: &'static str,
    [single, one]: [&'static str; 2],
) -> Magnitude {
    Magnitude { short, several, single, one }
}

/// "de euros", "d'euros".
fn joined(of: &str, name: &str) -> String {
    if of.ends_with('e') && name.starts_with(['a', 'e', 'i', 'o', 'u']) && of == "d'|de" {
        return format!("d'{name}");
    }
    format!("{} {name}", of.rsplit('|').next().unwrap_or(of)).trim().to_owned()
}

impl Language for Tables {
    fn read(&self, place: &Place<'_>) -> Reading {
        if place.inside_word() {
            return None;
        }
        let digit = pattern!(r"[-−+(]?[0-9]").is_match(place.rest);
        if digit {
            return self
                .quarter(place)
                .or_else(|| self.telephone(place))
                .or_else(|| self.electronic(place))
                .or_else(|| self.postcode(place))
                .or_else(|| self.sum(place))
                .or_else(|| self.date(place))
                .or_else(|| self.version(place))
                .or_else(|| self.duration(place))
                .or_else(|| self.time(place))
                .or_else(|| self.law(place))
                .or_else(|| self.pair(place))
                .or_else(|| (self.ordinal)(self, place))
                .or_else(|| self.fraction(place))
                .or_else(|| self.quantity(place));
        }
        self.sum(place)
            .or_else(|| self.quarter(place))
            .or_else(|| formula(place, self))
            .or_else(|| sides(place, self))
            .or_else(|| self.electronic(place))
            .or_else(|| self.part(place))
            .or_else(|| (self.century)(self, place))
            .or_else(|| self.fraction(place))
            .or_else(|| self.short(place))
    }

    fn worth_a_look(&self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else { return false };
        if !c.is_lowercase() {
            return true;
        }
        // A short form has a dot; the rest of the words need no look.
        let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        rest[word..].starts_with(['.', '°', 'º', '@', '-', ':', '/'])
            || word <= 6 && rest[word..].starts_with(' ')
    }

    /// "l'art. 18", "dell'on. Neri": behind an elided word a short form is read by itself.
    fn parts_word(&self, rest: &str) -> bool {
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        matches!(self.code, "fr" | "it")
            && rest[len..].starts_with('.')
            && self.short(&Place { rest, before: " " }).is_some()
    }

    /// "A7", "MP3", "A380": behind letters, up to three digits are a number.
    fn digits(&self, digits: &str) -> Said {
        Said::of(&if digits.len() <= 3 {
            self.cardinal(digits, Gender::None)
        } else {
            numeral::each_digit(self.code, digits)
        })
    }

    /// "l'11", "dell'8%"
    fn elides(&self, word: &str) -> bool {
        let list = match self.code {
            "fr" => " l d j m t s c n qu jusqu lorsqu puisqu ",
            "it" => " l d c m s t v n un dell all nell sull dall coll quell quest sant com dov ",
            _ => return false,
        };
        word.len() <= 7 && list.split(' ').any(|known| known.eq_ignore_ascii_case(word))
    }

    fn symbol(&self, c: char, text: &str, at: usize) -> Option<&'static str> {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let silent = c == '/'
            && inside(text[..at].chars().next_back())
            && inside(text[at + 1..].chars().next());
        self.symbols.iter().find(|(symbol, _)| *symbol == c && !silent).map(|(_, name)| *name)
    }
}

/// "1,20 m x 0,80 m": the sign between two sides.
fn sides(place: &Place<'_>, tables: &Tables) -> Reading {
    let between = place.rest.starts_with("x ")
        && pattern!(r"x [0-9]").is_match(place.rest)
        && pattern!(r"(?s).*[0-9] ?(?:m|cm|mm|km) \z").is_match(place.near(8));
    between.then(|| (1, Said::of(tables.by)))
}

/// "CO2", "H₂O": letter by letter.
fn formula(place: &Place<'_>, tables: &Tables) -> Reading {
    const KNOWN: &str = " CO2 H2O SO2 NO2 CH4 N2O NH3 ";
    if !place.rest.starts_with(['C', 'H', 'S', 'N']) {
        return None;
    }
    let found = pattern!(r"(CO|H|SO|NO|CH|N|NH)([234₂₃₄])(O?)").captures(place.rest)?;
    let plain = any_ascii::any_ascii(&found[0]);
    if !place.ends_at(found[0].len()) || !KNOWN.split(' ').any(|known| known == plain) {
        return None;
    }
    let count = tables.cardinal(&any_ascii::any_ascii(&found[2]), Gender::None);
    let said = Said::default().letters(&found[1]).then(&count).letters(&found[3]);
    Some((found[0].len(), said))
}

/// Names of units that are written alike everywhere: short form, one, several.
macro_rules! names {
    ($($short:literal $one:literal $several:literal $gender:ident),* $(,)?) => {
        &[$(super::Name { short: $short, one: $one, several: $several, gender: super::Gender::$gender }),*]
    };
}
use names;
