//! Years with eras, decades and lifetimes. Separate because no month stands beside them.

use super::number::{cardinal, plural, year};
use super::said::{Place, Reading, Said, pattern};

/// "1980s", "'80s", "1960s-80s", "44 BC".
pub(super) fn era(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(found) = pattern!(r"['’]?([0-9]{2}|[0-9]{4})(?: |['’])?s(?:[-–]['’]?([0-9]0)s)?\b")
        .captures(place.rest)
        && found[1].ends_with('0')
    {
        let first =
            if &found[1] == "00" { "two thousands".to_owned() } else { plural(&year(&found[1])) };
        let mut said = Said::of(&first);
        if let Some(second) = found.get(2) {
            said = said.then("to").then(&plural(&year(second.as_str())));
        }
        return Some((found[0].len(), said));
    }
    // "the class of '24"
    if let Some(found) = pattern!(r"['’]([0-9]{2})\b").captures(place.rest)
        && !place.rest[found[0].len()..].starts_with(['\'', '’'])
    {
        return Some((found[0].len(), Said::of(&year(&found[1]))));
    }
    // "1998-present"
    if place.digits().0 == 4
        && let Some(found) = pattern!(r"((?:1[0-9]|20)[0-9]{2}) ?[-–—] ?(present|date|now|today)\b")
            .captures(place.rest)
    {
        return Some((found[0].len(), Said::of(&year(&found[1])).then("to").then(&found[2])));
    }
    // "b. Mar. 3, 1950"
    if place.rest.starts_with(['b', 'd'])
        && let Some(found) = pattern!(
        r"([bd])\. (?:[0-9]{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b"
    )
    .captures(place.rest)
    {
        return Some((2, Said::of(if &found[1] == "b" { "born" } else { "died" })));
    }
    // "c. 1,500 people", "c.£3m": about so many
    if place.rest.starts_with("c.")
        && pattern!(r"c\. ?(?:[£$€]|[0-9]{1,3},[0-9]{3})").is_match(place.rest)
    {
        return Some((2, Said::of("circa")));
    }
    // "c. AD 400"
    if let Some(found) = pattern!(r"(?:c|ca)\. ?(?:AD|A\.D\.) ?([0-9]{1,4})\b").captures(place.rest)
    {
        return Some((found[0].len(), Said::of("circa").letters("AD").then(&cardinal(&found[1]))));
    }
    // "AD 79", "c. 1900", "b. 1950"
    if let Some(found) =
        pattern!(r"(AD|A\.D\.|c\.|ca\.|fl\.|[bdr]\.) ?([0-9]{1,4})(?: ?[-–] ?(ca?\. ?)?([0-9]{4}|[0-9]{2}))?\b")
            .captures(place.rest)
    {
        let digits = &found[2];
        let number = if digits.len() >= 3 { year(digits) } else { cardinal(digits) };
        let said = match &found[1] {
            "c." | "ca." => Said::of("circa"),
            "b." if digits.len() == 4 => Said::of("born"),
            "d." if digits.len() == 4 => Said::of("died"),
            "fl." if digits.len() >= 3 => Said::of("flourished"),
            "r." if digits.len() >= 3 => Said::of("reigned"),
            "b." | "d." | "fl." | "r." => return None,
            era => Said::default().letters(era),
        };
        let said = said.then(&number);
        // "c. 1995–98"
        let said = match found.get(4).map(|to| to.as_str()) {
            Some(to) if found.get(3).is_some() => said.then("to circa").then(&year(to)),
            Some(to) => said.then("to").then(&year(to)),
            None => said,
        };
        return Some((found[0].len(), said));
    }
    let found = pattern!(r"([0-9]{1,5})(?:[-–]([0-9]{1,5}))? ?(A\.D\.?|AD\b|B\.C\.E\.?|BCE\b|B\.C\.?|BC\b|C\.E\.|CE\b)")
        .captures(place.rest)?;
    let number = |digits: &str| if digits.len() >= 3 { year(digits) } else { cardinal(digits) };
    let mut said = Said::of(&number(&found[1]));
    if let Some(to) = found.get(2) {
        said = said.then("to").then(&number(to.as_str()));
    }
    Some((found[0].len(), said.letters(&found[3])))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn years_and_eras() {
        check(
            "en",
            &[
                ("in the 1970s", "in the nineteen seventies"),
                ("in the '90s", "in the nineties"),
                ("in the ’90s", "in the nineties"),
                ("the 1960's", "the nineteen sixties"),
                ("1960s-80s", "nineteen sixties to eighties"),
                ("the class of '24", "the class of twenty four"),
                ("in '08", "in oh eight"),
                ("44 BC", "forty four B C"),
                ("AD 79", "A D seventy nine"),
                ("500-400 BCE", "five hundred to four hundred B C E"),
                ("c. 1900", "circa nineteen hundred"),
                ("it ends 12/31", "it ends December thirty first"),
                ("the 00s, 1998-present", "the two thousands nineteen ninety eight to present"),
                (
                    "c. 1820 – c. 1890, b. Mar. 3",
                    "circa eighteen twenty to circa eighteen ninety born March third",
                ),
                (
                    "fl. 1450, r. 1660–85",
                    "flourished fourteen fifty reigned sixteen sixty to eighty five",
                ),
                ("c. 1995–98", "circa nineteen ninety five to ninety eight"),
                (
                    "c. 1,500 or c.£3m",
                    "circa one thousand five hundred or circa three million pounds",
                ),
            ],
        );
    }
}
