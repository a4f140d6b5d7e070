//! English, as a good American newsreader says it.

mod abbreviation;
mod address;
mod calendar;
mod cardinal;
mod compass;
mod currency;
mod date;
mod electronic;
mod emoji;
mod era;
mod feet;
mod fraction;
mod homograph;
mod initialism;
mod measure;
mod money;
mod number;
mod ordinal;
mod percent;
mod range;
mod roman;
mod scale;
mod score;
mod scripture;
mod serial;
mod short_forms;
mod symbol;
mod telephone;
mod time;
mod unit;

pub(super) use date::MONTHS;

use super::language::Language;
use super::said::{self, Place, Reading, Said};
use crate::model::Word;

/// English.
pub(super) struct English;

type Class = fn(&Place<'_>) -> Reading;

/// What a class may begin with, so that most are not asked at most places.
const DIGIT: u8 = 1;
const LETTER: u8 = 2;
const MARK: u8 = 4;

/// In order: the first that knows the place wins.
const CLASSES: &[(Class, u8)] = &[
    (electronic::electronic, DIGIT | LETTER | MARK),
    (electronic::language, LETTER | MARK),
    (scripture::book, DIGIT | LETTER),
    (address::street, DIGIT),
    (address::state, LETTER),
    (compass::compass, LETTER),
    (score::score, DIGIT),
    (telephone::telephone, DIGIT | MARK),
    (money::money, DIGIT | LETTER | MARK),
    (time::time, DIGIT),
    (symbol::scientific, DIGIT),
    (date::date, DIGIT | LETTER),
    (cardinal::round_many, DIGIT),
    (era::era, DIGIT | LETTER | MARK),
    (ordinal::ordinal, DIGIT),
    (percent::percent, DIGIT | MARK),
    (range::times, DIGIT),
    (feet::feet, DIGIT),
    (measure::measure, DIGIT | MARK),
    (measure::alone, LETTER),
    (range::range, DIGIT),
    (fraction::fraction, DIGIT | MARK),
    (scale::short_scale, DIGIT),
    (cardinal::dotted, DIGIT | LETTER | MARK),
    (calendar::name, LETTER),
    (initialism::joined, LETTER),
    (roman::part, LETTER),
    (symbol::letter, LETTER),
    (abbreviation::abbreviation, LETTER | MARK),
    (roman::roman, LETTER),
    (symbol::function, LETTER),
    (serial::serial, DIGIT | LETTER),
    (cardinal::number, DIGIT | MARK),
    (symbol::per, MARK),
    (symbol::grade, LETTER),
    (serial::nuclide, MARK),
    (symbol::power, MARK),
    (symbol::absolute, MARK),
    (symbol::math, MARK),
    (emoji::emoji, MARK),
];

/// Short forms that no dot and no capital gives away.
const LOWER_FORMS: [&str; 9] = ["vs", "aka", "govt", "plc", "mgmt", "qtr", "hwy", "concs", "bpd"];

/// Units that stand without a number: "a kg", "per oz".
const LOWER_UNITS: [&str; 15] =
    ["oz", "lb", "kg", "km", "ha", "bbl", "gal", "hr", "yr", "sq", "kWh", "mph", "cm", "wk", "mo"];

/// Words that stand for initials, are said as words, and are in no dictionary: how they sound, in IPA.
const SOUNDS: [(&str, &str); 1] = [("asean", "\u{2c8}\u{251}\u{2d0}si\u{251}\u{2d0}n")];

impl Language for English {
    fn read(&self, place: &Place<'_>) -> Reading {
        if let Some(len) = symbol::emoticon(place) {
            return Some((len, Said::default()));
        }
        let begins = match place.rest.chars().next()? {
            c if c.is_ascii_digit() => DIGIT,
            c if c.is_alphabetic() => LETTER,
            _ => MARK,
        };
        let classes = CLASSES.iter().filter(|(_, starts)| starts & begins != 0);
        classes
            .filter_map(|(class, _)| class(place))
            .find(|(len, said)| *len > 0 && !said.is_empty())
    }

    /// Plain lower-case words are most of any text: no class needs to see them.
    fn worth_a_look(&self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else { return false };
        if !c.is_alphabetic() {
            return match c {
                '(' | '’' => rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()),
                // An emoticon.
                ';' => rest[1..].starts_with(['-', ')', 'D', 'P', 'o', '\'']),
                _ => !matches!(c, ',' | ';' | '"' | '“' | '”' | ')' | '!' | '?'),
            };
        }
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        // "Scene iv"
        if len <= 5 && rest[..len].bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) {
            return true;
        }
        if LOWER_UNITS.contains(&&rest[..len]) {
            return true;
        }
        let mut next = rest[len..].chars();
        match next.next() {
            Some('-') if len == 1 => true,
            Some(' ' | '-') if len <= 9 => {
                next.clone().next().is_some_and(|c| c.is_ascii_digit())
                    || c.is_uppercase()
                    || LOWER_FORMS.contains(&&rest[..len])
            }
            None | Some(' ') => c.is_uppercase(),
            Some(',' | ';' | '!' | '?' | '”' | '’' | '"') => c.is_uppercase() && len <= 8,
            _ => true,
        }
    }

    fn parts_word(&self, rest: &str) -> bool {
        rest.starts_with(char::is_uppercase) && abbreviation::is_short(rest)
    }

    fn stresses(&self, run: &str) -> bool {
        initialism::stresses(run)
    }

    fn word(&self, word: &str, shouted: bool) -> Said {
        initialism::word(word, shouted)
    }

    fn digits(&self, digits: &str) -> Said {
        Said::of(&number::each_digit(digits))
    }

    fn symbol(&self, c: char, text: &str, at: usize) -> Option<&'static str> {
        symbol::name(c, text, at)
    }

    /// "the 29th's", "the 80's".
    fn ending(&self, rest: &str) -> Option<(usize, &'static str)> {
        let ending = ["'s", "’s"].into_iter().find(|ending| rest.starts_with(ending))?;
        let ends = !rest[ending.len()..].starts_with(char::is_alphanumeric);
        ends.then_some((ending.len(), "'s"))
    }

    fn sounds(&self, words: &mut [Word]) {
        for word in words.iter_mut().filter(|word| word.ipa.is_none()) {
            let sound = SOUNDS.iter().find(|(known, _)| word.text.eq_ignore_ascii_case(known));
            word.ipa = sound.map(|(_, ipa)| (*ipa).to_owned());
        }
        homograph::mark(words);
    }
}
