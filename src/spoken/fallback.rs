//! Languages of which nothing is known: numbers pass as they are written, since a voice of the language may
//! read them, and names in another language would be wrong for certain. The editor is told.

use super::language::Language;
use super::said::{Item, Place, Reading, Said, pattern};

/// Any language without rules of its own.
pub(super) struct Fallback;

/// As it is written, as one word.
fn unchanged(text: &str) -> Said {
    Said(vec![Item { text: text.to_owned(), letter: false, after: "" }])
}

impl Language for Fallback {
    fn read(&self, place: &Place<'_>) -> Reading {
        if place.inside_word() {
            return None;
        }
        let found =
            pattern!(r"[-−+]?\p{Sc}?[0-9]{1,20}(?:[.,:/٫٬][0-9]{1,20}){0,9}(?: ?[%‰°٪]| ?\p{Sc})?")
                .find(place.rest)?;
        Some((found.len(), unchanged(&found.as_str().replace(' ', ""))))
    }

    fn worth_a_look(&self, rest: &str) -> bool {
        !rest.starts_with(char::is_alphabetic)
    }

    fn digits(&self, digits: &str) -> Said {
        unchanged(digits)
    }

    fn uncovered(&self) -> Option<&'static str> {
        Some("numbers and abbreviations")
    }
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers_pass_as_they_are() {
        check("ta", &[("21 படகு, 1,234.5 மற்றும் 5 %", "21 படகு 1,234.5 மற்றும் 5%")]);
        check("xx", &[("siku 3, $5 na 07:30.", "siku 3 $5 na 07:30")]);
    }
}
