//! Roman numerals, after a name or a word such as "Part". Separate because most capitals are not
//! numerals.

use super::number::{cardinal, ordinal, year};
use super::said::{Place, Reading, Said, pattern};

fn value(numeral: &str) -> Option<u32> {
    let shape = pattern!(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\z");
    if numeral.is_empty() || !shape.is_match(numeral) {
        return None;
    }
    let mut total = 0;
    let mut highest = 0;
    for c in numeral.chars().rev() {
        let one = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            _ => 1000,
        };
        if one >= highest {
            total += one;
            highest = one;
        } else {
            total -= one;
        }
    }
    Some(total)
}

/// Words that are numbered: "Part IV" is "part four".
const NUMBERED: &str = " part parts chapter ch. chap. volume vol. book act scene article articles section phase war type class \
    appendix annex table title stage level category bowl tier group grade division zone schedule season episode \
    vatican apollo gemini saturn soyuz rocky rambo fantasy quest mark trident euro mission olympiad factor region \
    corps battalion chamber protocol pillar track unit lot figure plate amendment canto sonnet symphony opus formula wrestlemania mk mk. sec. art. fig. pt. cohort ";

/// What a numeral before it counts: "the XIX century".
const ORDINAL_BEFORE: &str = " century centuries corps olympiad olympic olympics dynasty congress legion army brigade \
    anniversary summit session games winter summer ";

/// Names of rulers and popes, of whom "I" and "V" are also numerals.
const RULERS: &str = " Elizabeth Charles Francis Henry George Pope Felipe Mohammed James Edward William Louis Philip \
    Peter Paul John Alexander Nicholas Catherine Mary Frederick Wilhelm Leopold Albert Otto Richard Napoleon Benedict \
    Pius Leo Gregory Clement Innocent Constantine Ferdinand Juan Carlos Gustav Haakon Harald Christian Margrethe \
    Ramesses Darius Xerxes Ptolemy Norodom Rama Sixtus Urban Julius Victor Umberto Haile Hassan Abdullah ";

/// Words in capitals that happen to be numerals.
const NO_NUMERALS: &str =
    " CD DC MC MD CV ID DM CM MM LCD DVD MMC CIVIC MIX DI LI MI MDC DIM LID MILD VIM ";

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// "Chapter I.", "Part IV": asked before a letter with a dot is an initial.
pub(super) fn part(place: &Place<'_>) -> Reading {
    if place.inside_word() || !place.before.ends_with([' ', '\u{a0}', '-']) {
        return None;
    }
    let numeral = pattern!(r"[IVXLCDM]{1,8}").find(place.rest)?.as_str();
    // "of Charles V." at an end, which is no initial
    if numeral.len() == 1
        && place.rest[1..].trim_end() == "."
        && matches!(numeral, "I" | "V" | "X")
        && listed(RULERS, last_word(place.before)?)
    {
        return Some((1, Said::of("the").then(&ordinal(&value(numeral)?.to_string()))));
    }
    // "Part C", "Group D" are letters.
    if !place.ends_at(numeral.len())
        || matches!(numeral, "C" | "D" | "L" | "M")
        || listed(NO_NUMERALS, numeral)
        || !listed(NUMBERED, &last_word(place.before)?.to_lowercase())
    {
        return None;
    }
    Some((numeral.len(), Said::of(&cardinal(&value(numeral)?.to_string()))))
}

/// The last word of the text before.
fn last_word(before: &str) -> Option<&str> {
    before.trim_end_matches(['-', ' ', '\u{a0}']).rsplit([' ', '\u{a0}', '(', '“']).next()
}

pub(super) fn roman(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    // "(iv)": an item of a list.
    if place
        .before
        .strip_suffix('(')
        .is_some_and(|b| b.is_empty() || b.ends_with(char::is_whitespace))
        && let Some(found) = pattern!(r"(i{1,3}|iv|vi{0,3}|ix|xi{0,3})\)").captures(place.rest)
    {
        let value = value(&found[1].to_uppercase())?.to_string();
        return Some((found[1].len(), Said::of(&cardinal(&value))));
    }
    // "Scene iv", "appendix ii"
    if let Some(found) = pattern!(r"(?:ii|iii|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi?)\b").find(place.rest)
        && pattern!(r"(?s).*\b(?i:act|scene|part|chapter|chap\.|ch\.|book|section|appendix|volume|vol\.|article|page|p\.) \z").is_match(place.near(14))
    {
        let value = value(&found.as_str().to_uppercase())?.to_string();
        return Some((found.len(), Said::of(&cardinal(&value))));
    }
    let numeral = pattern!(r"[IVXLCDM]{1,12}").find(place.rest)?.as_str();
    let suffix =
        pattern!(r"(?:th|st|nd|rd)\b").find(&place.rest[numeral.len()..]).map_or(0, |s| s.len());
    if !place.ends_at(numeral.len() + suffix) || listed(NO_NUMERALS, numeral) {
        return None;
    }
    let number = value(numeral)?;
    let value = number.to_string();
    // "MMXXIV": the year of a film.
    if numeral.len() >= 5 && (1500..2100).contains(&number) {
        return Some((numeral.len(), Said::of(&year(&value))));
    }
    let rest = &place.rest[numeral.len()..];
    if numeral.len() > 1
        && let Some(next) = pattern!(r"(?:th|st|nd|rd)? ([a-z]+|[A-Z][a-z]+)").captures(rest)
        && listed(ORDINAL_BEFORE, &next[1].to_lowercase())
    {
        return Some((numeral.len() + suffix, Said::of(&ordinal(&value))));
    }
    let last = last_word(place.before)?;
    // "Henry the VIII"
    if last == "the"
        && suffix == 0
        && number < 40
        && let Some(before) = place.before.trim_end().strip_suffix(" the")
        && listed(RULERS, last_word(before)?)
    {
        return Some((numeral.len(), Said::of(&ordinal(&value))));
    }
    let mut letters = last.chars();
    let name = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 1
        && letters.all(char::is_lowercase)
        && !matches!(
            last,
            "The" | "In" | "An" | "Of" | "At" | "On" | "By" | "For" | "And" | "But" | "From"
        );
    // A single letter is an initial or a pronoun but behind the name of a ruler.
    let counted = numeral.len() > 1 && number < 40 && suffix == 0;
    if place.before.ends_with(' ') && name && (counted || listed(RULERS, last)) {
        return Some((numeral.len(), Said::of("the").then(&ordinal(&value))));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numerals_in_context() {
        check(
            "en",
            &[
                ("Chapter IV", "Chapter four"),
                ("World War II", "World War two"),
                ("PART XL", "part forty"),
                ("Super Bowl LVIII", "Super Bowl fifty eight"),
                ("Henry VIII, Henry the VIII", "Henry the eighth Henry the eighth"),
                ("under Charles V.", "under Charles the fifth"),
                ("Elizabeth I's reign", "Elizabeth the first's reign"),
                ("John Paul II", "John Paul the second"),
                (
                    "the XIX century, the XXth century",
                    "the nineteenth century the twentieth century",
                ),
                ("The XIV Corps", "The fourteenth Corps"),
                ("the XXI Winter Games", "the twenty first Winter Games"),
                ("WrestleMania XL, MMXXIV", "WrestleMania forty twenty twenty four"),
                ("items (i), (ii) and (iv)", "items one two and four"),
                ("an Apollo XI badge", "an Apollo eleven badge"),
                ("Act III, Scene iv", "Act three Scene four"),
                ("CHAPTER I. A storm", "Chapter one A storm"),
            ],
        );
    }

    #[test]
    fn capitals_that_are_none() {
        check(
            "en",
            &[
                ("Malcolm X", "Malcolm X"),
                ("you and I agree", "you and I agree"),
                ("a MIX tape", "a M I X tape"),
                ("a CD from Hale", "a C D from Hale"),
                ("Size XL or XXL", "Size X L or X X L"),
                ("Vitamin C, Part C, Group D", "Vitamin C Part C Group D"),
            ],
        );
    }
}
