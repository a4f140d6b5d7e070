//! English, as a good American newsreader says it.

mod abbreviation;
mod address;
mod cardinal;
mod date;
mod electronic;
mod fraction;
mod initialism;
mod measure;
mod money;
mod number;
mod ordinal;
mod percent;
mod range;
mod roman;
mod serial;
mod symbol;
mod telephone;
mod time;

use super::language::Language;
use super::said::{self, Place, Reading, Said};
use crate::model::Word;

/// English.
pub(super) struct English;

type Class = fn(&Place<'_>) -> Reading;

/// In order: the first that knows the place wins.
const CLASSES: &[Class] = &[
    electronic::electronic,
    electronic::language,
    address::street,
    address::state,
    telephone::telephone,
    money::money,
    time::time,
    date::date,
    date::decade,
    ordinal::ordinal,
    percent::percent,
    range::times,
    measure::feet,
    measure::measure,
    range::range,
    fraction::fraction,
    money::short_scale,
    cardinal::dotted,
    date::name,
    initialism::joined,
    abbreviation::abbreviation,
    roman::roman,
    serial::serial,
    cardinal::number,
    symbol::power,
    symbol::math,
];

/// Words that stand for initials, are said as words, and are in no dictionary: how they sound, in IPA.
const SOUNDS: [(&str, &str); 1] = [("asean", "\u{2c8}\u{251}\u{2d0}si\u{251}\u{2d0}n")];

impl Language for English {
    fn read(&self, place: &Place<'_>) -> Reading {
        if let Some(len) = symbol::emoticon(place) {
            return Some((len, Said::default()));
        }
        CLASSES
            .iter()
            .find_map(|class| class(place).filter(|(len, said)| *len > 0 && !said.is_empty()))
    }

    /// Plain lower-case words are most of any text: no class needs to see them.
    fn worth_a_look(&self, rest: &str) -> bool {
        let Some(c) = rest.chars().next() else { return false };
        if !c.is_alphabetic() {
            return match c {
                '(' | '’' => rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()),
                _ => !matches!(c, ',' | ';' | '"' | '“' | '”' | ')' | '!' | '?'),
            };
        }
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let mut next = rest[len..].chars();
        match next.next() {
            Some(' ' | '-') if len <= 9 => {
                next.clone().next().is_some_and(|c| c.is_ascii_digit()) || c.is_uppercase()
            }
            None | Some(' ') => c.is_uppercase(),
            Some(',' | ';' | '!' | '?' | '”' | '’' | '"') => c.is_uppercase() && len <= 8,
            _ => true,
        }
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
    }
}
