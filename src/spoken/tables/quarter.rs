//! Quarters and halves of a year in short: "4T23", "el T4 2023", "1S24". Separate because the letters are words, flats
//! and roads elsewhere.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::Tables;

impl Tables {
    pub(super) fn quarter(&self, place: &Place<'_>) -> Reading {
        let mut letters = place.rest.chars();
        let (first, second) = (letters.next()?, letters.next()?);
        let digit = |c: char| ('1'..='4').contains(&c);
        let number_first = digit(first);
        let (number, letter) = if number_first { (first, second) } else { (second, first) };
        let name = self.parts_of_year.iter().find(|(short, _)| *short == letter)?.1;
        if !digit(number) {
            return None;
        }
        let rest = &place.rest[2..];
        let year = pattern!(r"[ -]?([0-9]{4})\b|(?:['’]?([0-9]{2}))\b").captures(rest);
        // "el 4T", "no 1T": with their article; "la 4T" is a government, and "le T3" a tram.
        let article = letter == 'T'
            && pattern!(r"(?s).*\b(?i-u:el|del|al|nel|il|no|do|ao|o|au|du) \z")
                .is_match(place.near(6))
            && (self.code != "fr" || number_first);
        if year.is_none() && !(article && place.ends_at(2) && !rest.starts_with(['-', '.'])) {
            return None;
        }
        let words =
            numeral::ordinal(self.code, u64::from(number.to_digit(10)?), Gender::Masculine)?;
        // "primer trimestre", "tercer semestre"
        let words = match self.code {
            "es" if matches!(number, '1' | '3') => words.trim_end_matches('o').to_owned(),
            _ => words,
        };
        let said = Said::of(&words).then(name);
        let Some(year) = year else { return Some((2, said)) };
        let digits = year.get(1).or(year.get(2))?.as_str();
        let words = match digits.len() {
            4 => (self.year)(self, digits),
            _ => self.cardinal(digits.trim_start_matches('0'), Gender::None),
        };
        Some((2 + year[0].len(), said.then(self.year_joint).then(&words)))
    }
}
