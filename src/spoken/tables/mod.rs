//! Languages as tables: one engine reads numbers, dates, times, money, percentages, units, Roman
//! centuries and short forms of any language that a [`Tables`] describes.
//!
//! Numbers are written the continental way: a comma before decimals; dots, spaces or apostrophes
//! between thousands.

mod french;
mod german;
mod italian;
mod portuguese;
mod spanish;

use super::language::Language;
use super::numeral::{self, Gender};
use super::said::{Place, Reading, Said, pattern};

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
    /// Decimals are said as a number ("vingt-cinq") and not digit by digit.
    decimals_as_number: bool,
    /// Between the ends of a range.
    to: &'static str,
    percent: &'static str,
    per_mille: &'static str,
    months: [&'static str; 12],
    /// Day and month, and what joins the year.
    date: fn(&Tables, day: u32, month: &str, before: &str) -> String,
    year_joint: &'static str,
    year: fn(&Tables, digits: &str) -> String,
    /// The hour and the minutes.
    clock: fn(&Tables, hour: &str, minute: u32) -> String,
    /// Between whole money and its hundredths.
    and_cents: &'static str,
    /// Whether the hundredth is named.
    name_cents: bool,
    /// Between a magnitude and what is counted: "cinco millones *de* euros".
    of: &'static str,
    money: &'static [Money],
    magnitudes: &'static [(&'static str, &'static str)],
    units: &'static [Name],
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

/// A number as written: whole digits and decimals.
struct Number<'a> {
    len: usize,
    whole: String,
    part: Option<&'a str>,
}

impl Tables {
    fn cardinal(&self, digits: &str, gender: Gender) -> String {
        let mut words = numeral::cardinal(self.code, digits, gender);
        for (from, to) in self.respell {
            words = words.replace(from, to);
        }
        words
    }

    /// The number at the start of `text`.
    fn number(text: &str) -> Option<Number<'_>> {
        let found = pattern!(
            r"([0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,3}(?:[ \u{a0}\u{202f}'’][0-9]{3}){1,5}|[0-9]{1,18})(?:[,.]([0-9]{1,12}))?"
        )
        .captures(text)?;
        let part = found.get(2).map(|m| m.as_str());
        Some(Number {
            len: found[0].len(),
            whole: found[1].chars().filter(char::is_ascii_digit).collect(),
            part,
        })
    }

    /// The words of a number; `gender` of what is counted.
    fn say(&self, number: &Number<'_>, gender: Gender) -> String {
        let Some(part) = number.part else { return self.cardinal(&number.whole, gender) };
        let whole = self.cardinal(&number.whole, Gender::None);
        let zeros = part.len() - part.trim_start_matches('0').len();
        let decimals = if self.decimals_as_number && part.len() <= 2 && zeros == 0 {
            self.cardinal(part, Gender::None)
        } else {
            numeral::each_digit(self.code, part)
        };
        format!("{whole} {} {decimals}", self.comma)
    }

    fn sign(&self, place: &Place<'_>) -> (usize, &'static str) {
        match place.rest.chars().next() {
            Some(c @ ('-' | '−')) if !place.inside_word() => (c.len_utf8(), self.minus),
            Some('+') if !place.inside_word() => (1, self.plus),
            _ => (0, ""),
        }
    }

    fn month(&self, text: &str) -> Option<(usize, &'static str)> {
        let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
        let lower = word.to_lowercase();
        let dot = usize::from(text[word.len()..].starts_with('.'));
        self.months.iter().find_map(|month| {
            let full = month.to_lowercase();
            if full == lower {
                return Some((word.len(), *month));
            }
            let short = word.chars().count() >= 3 && full.starts_with(&lower) && dot == 1;
            short.then_some((word.len() + dot, *month))
        })
    }

    fn date(&self, place: &Place<'_>) -> Reading {
        let day_of = |digits: &str| digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day));
        let numeric = pattern!(
            r"([0-9]{1,2})([./-])([0-9]{1,2})[./-]([0-9]{4})\b|([0-9]{4})-([0-9]{2})-([0-9]{2})\b"
        );
        if let Some(found) = numeric.captures(place.rest) {
            let group =
                |a: usize, b: usize| found.get(a).or(found.get(b)).map_or("", |m| m.as_str());
            let day = day_of(group(1, 7))?;
            let month = self.months.get(group(3, 6).parse::<usize>().ok()?.checked_sub(1)?)?;
            let date = (self.date)(self, day, month, place.before);
            let year = (self.year)(self, group(4, 5));
            return Some((found[0].len(), Said::of(&format!("{date} {} {year}", self.year_joint))));
        }
        // "21 de marzo", "1er mai", "3. März", "1º de maio"
        let found = pattern!(r"([0-9]{1,2})(?:er|\.?º|°|\.)? (de )?").captures(place.rest)?;
        let day = day_of(&found[1])?;
        let (len, month) = self.month(&place.rest[found[0].len()..])?;
        let len = found[0].len() + len;
        let said = Said::of(&(self.date)(self, day, month, place.before));
        let year = pattern!(r" (?:de |del )?([0-9]{4})\b").captures(&place.rest[len..]);
        if let Some(year) = year {
            let said = said.then(self.year_joint).then(&(self.year)(self, &year[1]));
            return Some((len + year[0].len(), said));
        }
        Some((len, said))
    }

    /// "555-1234", "+34 91 123 45 67", "2:05:30": number by number.
    fn groups(&self, place: &Place<'_>) -> Reading {
        let telephone = pattern!(r"\+[0-9]{1,3}(?:[ -][0-9]{2,4}){2,5}\b|[0-9]{3}-[0-9]{4}\b");
        if let Some(found) = telephone.find(place.rest) {
            let mut said = Said::of(if found.as_str().starts_with('+') { self.plus } else { "" });
            let groups = found
                .as_str()
                .split(|c: char| !c.is_ascii_digit())
                .filter(|group| !group.is_empty());
            for group in groups {
                said = said.then(&numeral::each_digit(self.code, group)).comma();
            }
            if let Some(last) = said.0.last_mut() {
                last.after = "";
            }
            return Some((found.len(), said));
        }
        let found = pattern!(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])\b").captures(place.rest)?;
        let mut said = (1..=3).fold(Said::default(), |said, group| {
            let digits = found[group].trim_start_matches('0');
            said.then(&self.cardinal(if digits.is_empty() { "0" } else { digits }, Gender::None))
                .comma()
        });
        if let Some(last) = said.0.last_mut() {
            last.after = "";
        }
        Some((found[0].len(), said))
    }

    fn time(&self, place: &Place<'_>) -> Reading {
        let found = pattern!(r"([0-9]{1,2})(?: ?h ?| ?:|\.)([0-5][0-9])\b|([0-9]{1,2}) ?h\b")
            .captures(place.rest)?;
        let mut len = found[0].len();
        let hour = found.get(1).or(found.get(3))?.as_str();
        if hour.parse::<u32>().ok()? > 24 {
            return None;
        }
        let rest = &place.rest[len..];
        let mark = [" Uhr", " horas", " heures", " h.", " h", "h"].into_iter().find(|mark| {
            rest.strip_prefix(mark).is_some_and(|r| !r.starts_with(char::is_alphanumeric))
        });
        // "17.30" may be a number: only with a word that says it is a time.
        if found[0].contains('.')
            && mark.is_none()
            && !place.before.to_lowercase().ends_with("ore ")
            || rest.starts_with([':', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let minute = found.get(2).map_or(Ok(0), |m| m.as_str().parse()).ok()?;
        len += mark.map_or(0, str::len);
        let hour = hour.trim_start_matches('0');
        Some((len, Said::of(&(self.clock)(self, if hour.is_empty() { "0" } else { hour }, minute))))
    }

    /// A currency sign or code at the start of `text`.
    fn currency(&self, text: &str) -> Option<(usize, &Money)> {
        self.money.iter().find_map(|money| {
            let sign = money.signs.split('|').find(|sign| {
                text.strip_prefix(*sign).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
            })?;
            Some((sign.len(), money))
        })
    }

    /// A magnitude, short or in full, at the start of `text`.
    fn magnitude(&self, text: &str) -> Option<(usize, &'static str)> {
        let gap = pattern!(r"[ \u{a0}\u{202f}]?").find(text).map_or(0, |m| m.end());
        self.magnitudes.iter().find_map(|(short, full)| {
            let rest = text[gap..].strip_prefix(short)?;
            let ends = short.ends_with('.') || !rest.starts_with(char::is_alphanumeric);
            ends.then(|| (gap + short.len(), *full))
        })
    }

    fn sum(&self, place: &Place<'_>) -> Reading {
        let (skip, sign) = self.sign(place);
        let rest = &place.rest[skip..];
        let gap = |text: &str| pattern!(r"[ \u{a0}\u{202f}]?").find(text).map_or(0, |m| m.end());
        let (at, number, scale, money, len);
        if let Some((sign_len, found)) = self.currency(rest) {
            at = sign_len + gap(&rest[sign_len..]);
            number = Self::number(&rest[at..])?;
            let end = at + number.len;
            scale = self.magnitude(&rest[end..]);
            len = end + scale.map_or(0, |(len, _)| len);
            money = found;
        } else {
            number = Self::number(rest)?;
            scale = self.magnitude(&rest[number.len..]);
            let mut end = number.len + scale.map_or(0, |(len, _)| len);
            end += gap(&rest[end..]);
            let (sign_len, found) = self.currency(&rest[end..])?;
            len = end + sign_len;
            money = found;
        }
        let said = Said::of(sign);
        if let Some((_, scale)) = scale {
            let said = said.then(&self.say(&number, Gender::Masculine)).then(scale);
            return Some((skip + len, said.then(&joined(self.of, money.name.several))));
        }
        Some((skip + len, self.amount(said, &number, money)))
    }

    fn amount(&self, said: Said, number: &Number<'_>, money: &Money) -> Said {
        let name = |digits: &str, name: &Name| if digits == "1" { name.one } else { name.several };
        let cents = number.part.filter(|part| part.len() <= 2).map(|part| format!("{part:0<2}"));
        let Some(cents) = cents else {
            let name = if number.part.is_some() {
                money.name.several
            } else {
                name(&number.whole, &money.name)
            };
            return said.then(&self.say(number, money.name.gender)).then(name);
        };
        let said = said
            .then(&self.cardinal(&number.whole, money.name.gender))
            .then(name(&number.whole, &money.name));
        let cents = cents.trim_start_matches('0');
        if cents.is_empty() {
            return said;
        }
        let said = said.then(self.and_cents).then(
            &self.cardinal(cents, if self.name_cents { money.cent.gender } else { Gender::None }),
        );
        if self.name_cents { said.then(name(cents, &money.cent)) } else { said }
    }

    /// Percentages, ranges, units, counts: whatever begins with a number.
    fn quantity(&self, place: &Place<'_>) -> Reading {
        let (skip, sign) = self.sign(place);
        let number = Self::number(&place.rest[skip..])?;
        let mut len = skip + number.len;
        let mut said = Said::of(sign);
        let mut last = number;
        if let Some(dash) = pattern!(r" ?[-–—] ?").find(&place.rest[len..])
            && !place.before.ends_with(['-', '–'])
            && let Some(other) = Self::number(&place.rest[len + dash.end()..])
            && !place.rest[len + dash.end() + other.len..].starts_with(['-', '–'])
        {
            let from = if last.part.is_none() && last.len == last.whole.len() {
                self.bare(&last.whole)
            } else {
                self.say(&last, Gender::None)
            };
            said = said.then(&from).then(self.to);
            len += dash.end() + other.len;
            last = other;
        }
        let rest = &place.rest[len..];
        let tail = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let space = rest.len() - tail.len();
        for (mark, name) in [('%', self.percent), ('‰', self.per_mille)] {
            if tail.starts_with(mark) {
                let said = said.then(&self.say(&last, Gender::None)).then(name);
                return Some((len + space + mark.len_utf8(), said));
            }
        }
        let unit = self.units.iter().filter(|unit| {
            let after = tail.strip_prefix(unit.short);
            after.is_some_and(|after| {
                !after.starts_with(|c: char| c.is_alphanumeric() || "²³/".contains(c))
            })                && (unit.short.len() > 1 || space <= 1)
                // "nel 2000 ha corso" has a verb.
                && (unit.short != "ha" || !pattern!(r"ha [a-zà-ÿ]").is_match(tail) || pattern!(r"ha d[ei'’]").is_match(tail))
        });
        if let Some(unit) = unit.max_by_key(|unit| unit.short.len()) {
            let single = last.whole == "1" && last.part.is_none();
            let said = said.then(&self.say(&last, unit.gender)).then(if single {
                unit.one
            } else {
                unit.several
            });
            return Some((len + space + unit.short.len(), said));
        }
        if !place.ends_at(len) {
            let digits = place.rest[skip..]
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(number_end(place.rest));
            let said =
                Said::of(sign).then(&self.cardinal(&place.rest[skip..skip + digits], Gender::None));
            return Some((skip + digits, said));
        }
        if let Some((more, scale)) = self.magnitude(rest) {
            let said = said.then(&self.say(&last, Gender::Masculine)).then(scale);
            return Some((len + more, said));
        }
        let noun = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
        // German inflects the number one alone.
        let inflected = self.code != "de" || last.whole == "1";
        let gender = if space == 1 && !noun.is_empty() && inflected {
            (self.gender)(noun)
        } else {
            Gender::None
        };
        let year = last.part.is_none() && last.len == 4 && gender == Gender::None;
        let words = if year { self.bare(&last.whole) } else { self.say(&last, gender) };
        Some((len, said.then(&words)))
    }

    /// A number without context: four digits are a year.
    fn bare(&self, digits: &str) -> String {
        let year =
            digits.len() == 4 && digits.parse::<u32>().is_ok_and(|n| (1001..2100).contains(&n));
        if year { (self.year)(self, digits) } else { self.cardinal(digits, Gender::None) }
    }

    fn short(&self, place: &Place<'_>) -> Reading {
        let &(form, said) = self.short.iter().find(|(form, _)| {
            place
                .rest
                .strip_prefix(form)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })?;
        // At the end of the sentence the dot is its full stop too.
        let last = form.ends_with('.') && place.rest[form.len()..].trim().is_empty();
        Some((form.len() - usize::from(last), Said::of(said)))
    }
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

/// Where the digits at the start of `text` end.
fn number_end(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
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
        let digit = pattern!(r"[-−+]?[0-9]").is_match(place.rest);
        if digit {
            return self
                .groups(place)
                .or_else(|| self.sum(place))
                .or_else(|| self.date(place))
                .or_else(|| self.time(place))
                .or_else(|| (self.ordinal)(self, place))
                .or_else(|| self.quantity(place));
        }
        self.sum(place).or_else(|| (self.century)(self, place)).or_else(|| self.short(place))
    }

    fn worth_a_look(&self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else { return false };
        if !c.is_lowercase() {
            return true;
        }
        // A short form has a dot; the rest of the words need no look.
        let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        rest[word..].starts_with(['.', '°', 'º']) || word <= 6 && rest[word..].starts_with(' ')
    }

    fn digits(&self, digits: &str) -> Said {
        Said::of(&numeral::each_digit(self.code, digits))
    }

    fn symbol(&self, c: char, text: &str, at: usize) -> Option<&'static str> {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let silent = c == '/'
            && inside(text[..at].chars().next_back())
            && inside(text[at + 1..].chars().next());
        self.symbols.iter().find(|(symbol, _)| *symbol == c && !silent).map(|(_, name)| *name)
    }
}

/// The numeral of a ruler: behind a name, two letters or more.
fn regnal(place: &Place<'_>) -> Option<(usize, u32)> {
    let name = place.before.strip_suffix(' ')?.rsplit([' ', '\'', '’', '(']).next()?;
    let (len, value) = roman_at(place.rest)?;
    let numeral = &place.rest[..len];
    let fits = name.starts_with(char::is_uppercase)
        && name.chars().nth(1).is_some_and(char::is_lowercase)
        && len > 1
        && !numeral.contains(['L', 'C', 'D', 'M'])
        && place.ends_at(len);
    fits.then_some((len, value))
}

/// The Roman numeral at the start of `text` with its length.
fn roman_at(text: &str) -> Option<(usize, u32)> {
    let numeral = pattern!(r"[IVXLCDM]{1,7}").find(text)?.as_str();
    Some((numeral.len(), numeral::roman(numeral)?))
}

/// Names of units that are written alike everywhere: short form, one, several.
macro_rules! names {
    ($($short:literal $one:literal $several:literal $gender:ident),* $(,)?) => {
        &[$(super::Name { short: $short, one: $one, several: $several, gender: super::Gender::$gender }),*]
    };
}
use names;
