//! Pictographs by their Unicode names, where cleaning has left them in. Separate because their names
//! are a crate's table.

use super::said::{Place, Reading, Said};

/// No pictograph is longer, in bytes: a family of four with skin tones has 41.
const LONGEST: usize = 48;

/// "party popper" for 🎉; characters that are also ordinary text are left to others.
pub(super) fn emoji(place: &Place<'_>) -> Reading {
    let first = place.rest.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_ascii())?;
    let ends = place.rest.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = ends.take_while(|end| *end <= LONGEST).collect();
    // The longest sequence that has a name is the one that is shown.
    let (len, emoji) =
        ends.iter().rev().find_map(|end| Some((*end, emojis::get(&place.rest[..*end])?)))?;
    let pictured = first >= '\u{1f000}' || place.rest[..len].contains('\u{fe0f}');
    let name: String =
        emoji.name().chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    (pictured && !name.trim().is_empty()).then(|| (len, Said::of(&name)))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn pictographs_by_their_names() {
        check(
            "en",
            &[
                ("Well done \u{1f389}!", "Well done party popper"),
                ("\u{1f44d}\u{1f3fd} from me", "thumbs up medium skin tone from me"),
                ("In \u{1f1eb}\u{1f1f7} today", "In flag France today"),
            ],
        );
    }
}
