//! Telephone and similar numbers, digit by digit in their groups. Separate because a pause follows
//! every group.

use super::number::each_digit;
use super::said::{Place, Reading, Said, pattern};

pub(super) fn telephone(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let shape = pattern!(
        r"(?:\+[0-9]{1,3}[ .-]?)?(?:\([0-9]{2,4}\) ?)?(?:[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}(?:-[0-9]{1,4})?|[0-9]{3}-[0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]-[0-9]{3}-[A-Z0-9]{2,7}(?:-[A-Z0-9]{1,7}){0,3})"
    );
    // "+44 (0)20 7946 0018", "+33 1 23 45 67 89"
    let plus = pattern!(r"\+[0-9]{1,3}(?:[ .-]?\(0\))?(?:[ .-]?\(?[0-9]{1,7}\)?){1,6}");
    // "020 7946 0958", the number of a card or a book.
    let grouped = pattern!(
        r"0[0-9]{2,4}(?: [0-9]{3,6}){1,3}|[0-9]{4}(?: [0-9]{4}){3}|\([0-9]{2,4}\) ?[0-9]{2,4}(?:[ -][0-9]{2,4}){1,3}|[0-9]{1,7}(?:-[0-9]{1,7}){3,5}"
    );
    let found =
        [shape, plus, grouped].into_iter().find_map(|shape| shape.find(place.rest))?.as_str();
    // A sum has a plus, too.
    let digits = found.bytes().filter(u8::is_ascii_digit).count();
    // "10-2-38-4" are an over's figures, and no number of a telephone.
    let letters = found.contains(|c: char| c.is_ascii_uppercase());
    let short = digits < if found.starts_with('+') { 8 } else { 7 } && !letters;
    if short || !place.ends_at(found.len()) || place.rest[found.len()..].starts_with('-') {
        return None;
    }
    let mut said = Said::default();
    if found.starts_with('+') {
        said = said.then("plus");
    }
    let mut first = true;
    for group in found.split(|c: char| !c.is_ascii_alphanumeric()).filter(|group| !group.is_empty())
    {
        if !first {
            said = said.comma();
        }
        first = false;
        said = match group {
            "800" => said.then("eight hundred"),
            "900" => said.then("nine hundred"),
            _ if group.starts_with(|c: char| c.is_ascii_digit()) => said.then(&each_digit(group)),
            "GO" => said.then("go"),
            _ => said.then(&group.to_lowercase()),
        };
    }
    // "x123": the extension.
    if let Some(more) = pattern!(r",? ?x\.? ?([0-9]{1,5})\b").captures(&place.rest[found.len()..])
        && found.len() >= 8
    {
        let said = said.comma().then("extension").then(&each_digit(&more[1]));
        return Some((found.len() + more[0].len(), said));
    }
    Some((found.len(), said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn telephone_numbers() {
        check(
            "en",
            &[
                ("555-0123", "five five five zero one two three"),
                ("(212) 555-0100", "two one two five five five zero one zero zero"),
                ("+855 23 123 456", "plus eight five five two three one two three four five six"),
                (
                    "+44 (0)20 7946 0018",
                    "plus four four zero two zero seven nine four six zero zero one eight",
                ),
                (
                    "+33 1 23 45 67 89",
                    "plus three three one two three four five six seven eight nine",
                ),
                ("+3 and +4 500", "plus three and plus four five hundred"),
                ("1-800-273-8255", "one eight hundred two seven three eight two five five"),
                ("020 7946 0958", "zero two zero seven nine four six zero nine five eight"),
                (
                    "fax (855) 23 456 789",
                    "fax eight five five two three four five six seven eight nine",
                ),
                (
                    "ISBN 978-3-16-148410-0",
                    "I S B N nine seven eight three one six one four eight four one zero zero",
                ),
                (
                    "(800) 555-1212 x123",
                    "eight hundred five five five one two one two extension one two three",
                ),
                ("07700 900123", "zero seven seven zero zero nine zero zero one two three"),
                ("111-11-1111", "one one one one one one one one one"),
            ],
        );
    }
}
