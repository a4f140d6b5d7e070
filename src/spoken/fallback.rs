//! Languages of which nothing is known: digits by their English names, and the editor is told.

use super::language::Language;
use super::said::{Place, Reading, Said};

/// Any language without rules of its own.
pub(super) struct Fallback;

const DIGITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

impl Language for Fallback {
    fn read(&self, _place: &Place<'_>) -> Reading {
        None
    }

    fn worth_a_look(&self, _rest: &str) -> bool {
        false
    }

    fn digits(&self, digits: &str) -> Said {
        let names = digits.bytes().filter(u8::is_ascii_digit);
        names.fold(Said::default(), |said, digit| said.then(DIGITS[usize::from(digit - b'0')]))
    }

    fn uncovered(&self) -> Option<&'static str> {
        Some("numbers and abbreviations")
    }
}
