//! Number words of languages other than English, by the Unicode CLDR's spell-out rules (crate
//! `intl`), and the value of Roman numerals.

use intl::spellout::{spell_cardinal, spell_rule_set};

/// Grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// Of a number by itself ("veintiuno", "eins").
    None,
    Masculine,
    Feminine,
}

/// A whole number in words; digits one by one when it is larger than words go.
pub(super) fn cardinal(language: &str, digits: &str, gender: Gender) -> String {
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let Ok(value) = plain.parse::<i64>() else { return each_digit(language, &plain) };
    if value >= 1_000_000_000_000_000 || plain.len() > 1 && plain.starts_with('0') {
        return each_digit(language, &plain);
    }
    let set = match gender {
        Gender::None => None,
        Gender::Masculine => spell_rule_set(language, "spellout-cardinal-masculine", value),
        Gender::Feminine => spell_rule_set(language, "spellout-cardinal-feminine", value),
    };
    clean(&set.or_else(|| spell_cardinal(language, value)).unwrap_or_default())
}

/// An ordinal in words, where the language has such rules.
pub(super) fn ordinal(language: &str, value: u64, gender: Gender) -> Option<String> {
    let value = i64::try_from(value).ok().filter(|value| *value < 1_000_000)?;
    let set = match gender {
        Gender::Feminine => "spellout-ordinal-feminine",
        _ => "spellout-ordinal-masculine",
    };
    spell_rule_set(language, set, value)
        .or_else(|| spell_rule_set(language, "spellout-ordinal", value))
        .map(|words| clean(&words))
}

/// Digits by their names.
pub(super) fn each_digit(language: &str, digits: &str) -> String {
    let mut names: [Option<String>; 10] = Default::default();
    let mut out = String::new();
    for digit in digits.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0') {
        let name = names[usize::from(digit)].get_or_insert_with(|| {
            clean(&spell_cardinal(language, i64::from(digit)).unwrap_or_default())
        });
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(name);
    }
    out
}

/// The rules mark where a long word may be broken; a speaker does not.
fn clean(words: &str) -> String {
    words.replace('\u{ad}', "").replace('ʼ', "'")
}

/// The value of a Roman numeral in capitals; nothing when it is not well formed.
pub(super) fn roman(numeral: &str) -> Option<u32> {
    let one = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let (mut total, mut highest) = (0, 0);
    for c in numeral.chars().rev() {
        let value = one(c)?;
        if value >= highest {
            total += value;
            highest = value;
        } else {
            total -= value;
        }
    }
    // Only the usual spelling counts: "IIX" and "VV" are no numerals.
    (total > 0 && total < 4000 && written(total) == numeral).then_some(total)
}

fn written(mut value: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (part, letters) in PARTS {
        while value >= part {
            out.push_str(letters);
            value -= part;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals() {
        for (numeral, value) in [
            ("IV", Some(4)),
            ("XXI", Some(21)),
            ("MCMXCIX", Some(1999)),
            ("IIX", None),
            ("", None),
            ("AB", None),
        ] {
            assert_eq!(roman(numeral), value, "{numeral}");
        }
    }

    #[test]
    fn words_of_other_languages() {
        for (language, digits, words) in [
            ("nl", "21", "eenentwintig"),
            ("sv", "42", "fyrtiotvå"),
            ("pl", "2024", "dwa tysiące dwadzieścia cztery"),
            ("ru", "2000", "две тысячи"),
            ("uk", "7", "сім"),
            ("ja", "1234", "千二百三十四"),
            ("de", "007", "null null sieben"),
        ] {
            assert_eq!(cardinal(language, digits, Gender::None), words, "{language} {digits}");
        }
    }
}
