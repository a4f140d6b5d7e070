//! Languages of which only the numbers are known: the Unicode CLDR or the library `num2words2-core` spells
//! them out. Everything else passes as it is written, and the editor is told.

use num2words2_core::Lang;

use super::language::Language;
use super::numeral::{self, Gender};
use super::said::{Place, Reading, Said, pattern};

/// A language that can count.
pub(super) struct Counting {
    numbers: Numbers,
    /// How figures are grouped, and what parts the decimals.
    figures: Figures,
    minus: &'static str,
    /// Before decimals, which are said digit by digit.
    point: &'static str,
    percent: &'static str,
}

/// Who knows the number words.
enum Numbers {
    /// The rules of the CLDR, by the code of the language.
    Cldr(&'static str),
    /// The library.
    Library(fn(i64) -> Option<String>),
}

/// How a language writes figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figures {
    /// 1.234,5 and 1 234,5
    Continental,
    /// 1,234.5
    Pointed,
    /// 1,234.5 without spaces between words, so that a number may touch them.
    Unspaced,
}

macro_rules! cldr {
    ($($name:ident $code:literal $figures:ident $minus:literal $point:literal $percent:literal),* $(,)?) => {
        $(pub(super) static $name: Counting = Counting {
            numbers: Numbers::Cldr($code),
            figures: Figures::$figures,
            minus: $minus,
            point: $point,
            percent: $percent,
        };)*
    };
}

/// Languages of the library by their codes. What it says of some forty numbers from 0 to 3,500,000 was read for
/// each; languages in which some were wrong (Armenian, Filipino, Haitian, Nepali, Sinhala, Tamil) are left out.
macro_rules! library {
    ($($code:literal $words:ident $figures:ident $minus:literal $point:literal $percent:literal),* $(,)?) => {
        pub(super) fn by_library(code: &str) -> Option<&'static Counting> {
            Some(match code {
                $($code => {
                    fn spelled(value: i64) -> Option<String> {
                        static LANGUAGE: std::sync::LazyLock<num2words2_core::$words> =
                            std::sync::LazyLock::new(num2words2_core::$words::new);
                        LANGUAGE.to_cardinal(&value.into()).ok()
                    }
                    static COUNTING: Counting = Counting {
                        numbers: Numbers::Library(spelled),
                        figures: Figures::$figures,
                        minus: $minus,
                        point: $point,
                        percent: $percent,
                    };
                    &COUNTING
                })*
                _ => return None,
            })
        }
    };
}

cldr! {
    DUTCH "nl" Continental "min" "komma" "procent",
    SWEDISH "sv" Continental "minus" "komma" "procent",
    POLISH "pl" Continental "minus" "przecinek" "procent",
    RUSSIAN "ru" Continental "минус" "запятая" "процентов",
    UKRAINIAN "uk" Continental "мінус" "кома" "відсотків",
    JAPANESE "ja" Unspaced "マイナス" "点" "パーセント",
}

library! {
    "af" LangAf Continental "minus" "komma" "persent",
    "ar" LangAr Pointed "سالب" "فاصلة" "بالمئة",
    "bg" LangBg Continental "минус" "запетая" "процента",
    "bn" LangBn Pointed "ঋণাত্মক" "দশমিক" "শতাংশ",
    "ca" LangCa Continental "menys" "coma" "per cent",
    "cs" LangCs Continental "mínus" "celých" "procent",
    "cy" LangCy Pointed "minws" "pwynt" "y cant",
    "da" LangDa Continental "minus" "komma" "procent",
    "el" LangEl Continental "μείον" "κόμμα" "τοις εκατό",
    "eo" LangEo Continental "minus" "komo" "procentoj",
    "et" LangEt Continental "miinus" "koma" "protsenti",
    "fa" LangFa Pointed "منفی" "ممیز" "درصد",
    "fi" LangFi Continental "miinus" "pilkku" "prosenttia",
    "he" LangHe Pointed "מינוס" "נקודה" "אחוז",
    "hi" LangHi Pointed "माइनस" "दशमलव" "प्रतिशत",
    "hr" LangHr Continental "minus" "zarez" "posto",
    "hu" LangHu Continental "mínusz" "egész" "százalék",
    "id" LangId Continental "minus" "koma" "persen",
    "is" LangIs Continental "mínus" "komma" "prósent",
    "km" LangKm Unspaced "ដក" "ក្បៀស" "ភាគរយ",
    "ko" LangKo Unspaced "마이너스" "점" "퍼센트",
    "la" LangLa Continental "minus" "comma" "centesimae",
    "lt" LangLt Continental "minus" "kablelis" "procentų",
    "lv" LangLv Continental "mīnus" "komats" "procenti",
    "nb" LangNb Continental "minus" "komma" "prosent",
    "ro" LangRo Continental "minus" "virgulă" "la sută",
    "sk" LangSk Continental "mínus" "celých" "percent",
    "sl" LangSl Continental "minus" "celih" "odstotkov",
    "sq" LangSq Continental "minus" "presje" "për qind",
    "sr" LangSr Continental "минус" "запета" "посто",
    "sw" LangSw Pointed "hasi" "nukta" "asilimia",
    "th" LangTh Unspaced "ลบ" "จุด" "เปอร์เซ็นต์",
    "tr" LangTr Continental "eksi" "virgül" "yüzde",
    "vi" LangVi Continental "âm" "phẩy" "phần trăm",
    "zh" LangZh Unspaced "负" "点" "百分之",
}

impl Counting {
    fn cardinal(&self, digits: &str) -> String {
        let spelled = match self.numbers {
            Numbers::Cldr(code) => return numeral::cardinal(code, digits, Gender::None),
            Numbers::Library(spelled) => spelled,
        };
        let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
        let value = plain.parse::<i64>().ok().filter(|value| *value < 1_000_000_000_000);
        match value.filter(|_| plain.len() == 1 || !plain.starts_with('0')).and_then(spelled) {
            Some(words) if sayable(&words) => words,
            _ => self.each_digit(&plain),
        }
    }

    fn each_digit(&self, digits: &str) -> String {
        let spelled = match self.numbers {
            Numbers::Cldr(code) => return numeral::each_digit(code, digits),
            Numbers::Library(spelled) => spelled,
        };
        let digits = digits.bytes().filter(u8::is_ascii_digit);
        let names = digits.map(|digit| spelled(i64::from(digit - b'0')).unwrap_or_default());
        names.collect::<Vec<_>>().join(" ")
    }

    /// Whether the language says "percent" before the number.
    fn percent_first(&self) -> bool {
        matches!(self.percent, "yüzde" | "百分之" | "asilimia")
    }

    /// The words of a number, whose percent sign is `percent`, in the order in which the language says them.
    fn said(&self, minus: bool, whole: &str, decimals: Option<&str>, percent: bool) -> Said {
        let before = percent && self.percent_first();
        let mut said = Said::of(if before { self.percent } else { "" })
            .then(if minus { self.minus } else { "" })
            .then(&self.cardinal(whole));
        if let Some(decimals) = decimals {
            said = said.then(self.point).then(&self.each_digit(decimals));
        }
        if percent && !before { said.then(self.percent) } else { said }
    }
}

/// Whether there is nothing in `words` but letters.
fn sayable(words: &str) -> bool {
    let letter = |c: char| {
        c.is_alphabetic()
            || c.is_whitespace()
            || matches!(c, '-' | '\'')
            || unicode_normalization::char::is_combining_mark(c)
    };
    !words.trim().is_empty() && words.chars().all(letter)
}

/// Digits of any script as those from 0 to 9, with as many characters; other characters as they are.
fn western(text: &str) -> String {
    let digit = |c: char| {
        let mut name = any_ascii::any_ascii_char(c).chars();
        match (name.next(), name.next()) {
            (Some(digit @ '0'..='9'), None) if !c.is_alphabetic() => digit,
            _ => match c {
                '٫' => '.',
                '٬' => ',',
                '٪' => '%',
                other => other,
            },
        }
    };
    text.chars().map(digit).collect()
}

impl Language for Counting {
    fn read(&self, place: &Place<'_>) -> Reading {
        // Only words with spaces between them have numbers that are no part of a word.
        if place.inside_word() && self.figures != Figures::Unspaced {
            return None;
        }
        // No number is longer than this.
        let near: String = western(&place.rest.chars().take(48).collect::<String>());
        let group = if self.figures == Figures::Continental {
            pattern!(r"([0-9]{1,3}(?:[. \u{a0}\u{202f}][0-9]{3})+)(?:[^0-9]|\z)|([0-9]{1,15})")
        } else {
            pattern!(r"([0-9]{1,3}(?:,[0-9]{2,3})+)(?:[^0-9]|\z)|([0-9]{1,15})")
        };
        let minus =
            near.chars().next().filter(|c| matches!(c, '-' | '−')).map_or(0, char::len_utf8);
        // "%5", as the Turks write it.
        let before = usize::from(self.percent_first() && near.starts_with('%'));
        let found = group.captures(&near[minus + before..])?;
        let whole = found.get(1).or(found.get(2))?;
        let mut len = minus + before + whole.end();
        let parts = if self.figures == Figures::Continental {
            pattern!(r"[.,]([0-9]{1,12})(?:[^0-9\p{L}]|\z|\p{L})")
        } else {
            pattern!(r"\.([0-9]{1,12})(?:[^0-9]|\z)")
        };
        let decimals = parts.captures(&near[len..]).map(|found| found[1].to_owned());
        len += decimals.as_ref().map_or(0, |decimals| 1 + decimals.len());
        let behind = pattern!(r"[ \u{a0}\u{202f}]?%").find(&near[len..]);
        len += behind.map_or(0, |found| found.len());
        let percent = before > 0 || behind.is_some();
        let said = self.said(minus > 0, whole.as_str(), decimals.as_deref(), percent);
        // As many characters of the text itself.
        let count = near[..len].chars().count();
        let end = place.rest.char_indices().nth(count).map_or(place.rest.len(), |(at, _)| at);
        Some((end, said))
    }

    fn worth_a_look(&self, rest: &str) -> bool {
        rest.starts_with(|c: char| {
            c.is_numeric() && !c.is_alphabetic() || matches!(c, '-' | '−' | '%')
        })
    }

    fn digits(&self, digits: &str) -> Said {
        Said::of(&self.each_digit(digits))
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

    #[test]
    fn numbers_by_the_library() {
        check(
            "fi",
            &[("21 venettä, 3,5 %", "kaksikymmentäyksi venettä kolme pilkku viisi prosenttia")],
        );
        check("cs", &[("100 lodí", "sto lodí")]);
        check("el", &[("1.234 βάρκες", "χίλια διακόσια τριάντα τέσσερα βάρκες")]);
        check("hu", &[("1234 hajó", "ezerkétszázharmincnégy hajó")]);
        check("ko", &[("2024년 3월", "이천이십사 년 삼 월")]);
        check("zh", &[("21条船，5%", "二十一 条船 百分之 五")]);
        check("tr", &[("%5 değil, 5%", "yüzde beş değil yüzde beş")]);
        check("hi", &[("२१ नाव और 100", "इक्कीस नाव और सौ")]);
        check("ar", &[("٢١ قارب", "واحد وعشرون قارب")]);
        check("km", &[("មាន 21 នាក់", "មាន ម្ភៃមួយ នាក់")]);
        check("id", &[("007", "nol nol tujuh")]);
    }
}
