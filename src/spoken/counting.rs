//! Languages of which only the numbers are known: the Unicode CLDR spells them out. Everything else
//! passes as it is written, and the editor is told.

use super::language::Language;
use super::numeral::{self, Gender};
use super::said::{Place, Reading, Said, pattern};

/// A language that can count.
pub(super) struct Counting {
    code: &'static str,
    minus: &'static str,
    /// Before decimals, which are said digit by digit.
    comma: &'static str,
    percent: &'static str,
}

macro_rules! counting {
    ($($name:ident $code:literal $minus:literal $comma:literal $percent:literal),* $(,)?) => {
        $(pub(super) static $name: Counting =
            Counting { code: $code, minus: $minus, comma: $comma, percent: $percent };)*
    };
}

counting! {
    DUTCH "nl" "min" "komma" "procent",
    SWEDISH "sv" "minus" "komma" "procent",
    POLISH "pl" "minus" "przecinek" "procent",
    RUSSIAN "ru" "минус" "запятая" "процентов",
    UKRAINIAN "uk" "мінус" "кома" "відсотків",
    JAPANESE "ja" "マイナス" "点" "パーセント",
}

impl Language for Counting {
    fn read(&self, place: &Place<'_>) -> Reading {
        // Only words with spaces between them have numbers that are no part of a word.
        if place.inside_word() && self.code != "ja" {
            return None;
        }
        let group = if self.code == "ja" {
            pattern!(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15}")
        } else {
            pattern!(r"[0-9]{1,3}(?:[. \u{a0}\u{202f}][0-9]{3})+\b|[0-9]{1,15}")
        };
        let minus =
            place.rest.chars().next().filter(|c| matches!(c, '-' | '−')).map_or(0, char::len_utf8);
        let whole = group.find(&place.rest[minus..])?;
        let mut len = minus + whole.end();
        let mut said = Said::of(if minus > 0 { self.minus } else { "" }).then(&numeral::cardinal(
            self.code,
            whole.as_str(),
            Gender::None,
        ));
        let decimals = pattern!(r"[.,]([0-9]{1,12})\b").captures(&place.rest[len..]);
        if let Some(found) = decimals {
            said = said.then(self.comma).then(&numeral::each_digit(self.code, &found[1]));
            len += found[0].len();
        }
        if let Some(found) = pattern!(r"[ \u{a0}\u{202f}]?%").find(&place.rest[len..]) {
            said = said.then(self.percent);
            len += found.end();
        }
        Some((len, said))
    }

    fn worth_a_look(&self, rest: &str) -> bool {
        rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−'))
    }

    fn digits(&self, digits: &str) -> Said {
        Said::of(&numeral::each_digit(self.code, digits))
    }

    fn uncovered(&self) -> Option<&'static str> {
        Some("dates, times, money, units and abbreviations")
    }
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers_in_their_languages() {
        check(
            "nl",
            &[
                ("21 boten, 3,5 km", "eenentwintig boten drie komma vijf km"),
                ("5%", "vijf procent"),
            ],
        );
        check("sv", &[("2 båtar", "två båtar")]);
        check("pl", &[("-5 i 2.000", "minus pięć i dwa tysiące")]);
        check(
            "ru",
            &[("В 2024 году 15%", "В две тысячи двадцать четыре году пятнадцать процентов")],
        );
        check("uk", &[("7 днів", "сім днів")]);
        check("ja", &[("1,234人", "千二百三十四 人")]);
    }
}
