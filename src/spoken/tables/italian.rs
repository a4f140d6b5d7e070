//! Italian.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, roman_at};

pub(in crate::spoken) static ITALIAN: Tables = Tables {
    code: "it",
    respell: &[],
    minus: "meno",
    plus: "più",
    comma: "virgola",
    decimals_as_number: true,
    to: "a",
    percent: "per cento",
    per_mille: "per mille",
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    date: |tables, day, month, _| match day {
        1 => format!("primo {month}"),
        _ => format!("{} {month}", tables.cardinal(&day.to_string(), Gender::None)),
    },
    year_joint: "",
    year: |tables, digits| tables.cardinal(digits, Gender::None),
    clock: |tables, hour, minute| {
        let hours =
            if hour == "1" { "una".to_owned() } else { tables.cardinal(hour, Gender::None) };
        match minute {
            0 => hours,
            _ => format!("{hours} e {}", tables.cardinal(&minute.to_string(), Gender::None)),
        }
    },
    and_cents: "e",
    name_cents: true,
    of: "di",
    money: &[
        money("€|EUR", ["euro", "euro"], Gender::Masculine, ["centesimo", "centesimi"]),
        money("US$|USD|$", ["dollaro", "dollari"], Gender::Masculine, ["centesimo", "centesimi"]),
        money("£|GBP", ["sterlina", "sterline"], Gender::Feminine, ["penny", "pence"]),
        money("¥|JPY", ["yen", "yen"], Gender::Masculine, ["sen", "sen"]),
        money(
            "CHF",
            ["franco svizzero", "franchi svizzeri"],
            Gender::Masculine,
            ["centesimo", "centesimi"],
        ),
    ],
    magnitudes: &[
        ("milioni", "milioni"),
        ("milione", "milione"),
        ("miliardi", "miliardi"),
        ("miliardo", "miliardo"),
        ("mln", "milioni"),
        ("mld", "miliardi"),
    ],
    units: names![
        "km/h" "chilometro orario" "chilometri orari" Masculine,
        "km²" "chilometro quadrato" "chilometri quadrati" Masculine,
        "m²" "metro quadrato" "metri quadrati" Masculine,
        "m³" "metro cubo" "metri cubi" Masculine,
        "km" "chilometro" "chilometri" Masculine,
        "cm" "centimetro" "centimetri" Masculine,
        "mm" "millimetro" "millimetri" Masculine,
        "m" "metro" "metri" Masculine,
        "kg" "chilogrammo" "chilogrammi" Masculine,
        "mg" "milligrammo" "milligrammi" Masculine,
        "g" "grammo" "grammi" Masculine,
        "ml" "millilitro" "millilitri" Masculine,
        "l" "litro" "litri" Masculine,
        "ha" "ettaro" "ettari" Masculine,
        "°C" "grado Celsius" "gradi Celsius" Masculine,
        "°" "grado" "gradi" Masculine,
        "GB" "gigabyte" "gigabyte" Masculine,
        "MB" "megabyte" "megabyte" Masculine,
        "MW" "megawatt" "megawatt" Masculine,
        "kWh" "chilowattora" "chilowattora" Masculine,
        "min" "minuto" "minuti" Masculine,
    ],
    short: &[
        ("a.C.", "avanti Cristo"),
        ("d.C.", "dopo Cristo"),
        ("Sig.ra", "signora"),
        ("sig.ra", "signora"),
        ("Sig.", "signor"),
        ("sig.", "signor"),
        ("Dott.ssa", "dottoressa"),
        ("dott.ssa", "dottoressa"),
        ("Dott.", "dottor"),
        ("dott.", "dottor"),
        ("Prof.ssa", "professoressa"),
        ("Prof.", "professor"),
        ("prof.", "professor"),
        ("Avv.", "avvocato"),
        ("Ing.", "ingegner"),
        ("ecc.", "eccetera"),
        ("es.", "esempio"),
        ("pag.", "pagina"),
        ("n.", "numero"),
        ("art.", "articolo"),
        ("tel.", "telefono"),
    ],
    symbols: &[
        ('&', "e"),
        ('+', "più"),
        ('=', "uguale"),
        ('@', "chiocciola"),
        ('%', "per cento"),
        ('#', "cancelletto"),
        ('€', "euro"),
        ('$', "dollari"),
        ('§', "paragrafo"),
        ('/', "barra"),
        ('°', "gradi"),
    ],
    ordinal,
    gender,
    century,
};

/// "1º", "2ª", "3°" before a noun.
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,4})(º|ª|° [a-z])").captures(place.rest)?;
    let gender = if &found[2] == "ª" { Gender::Feminine } else { Gender::Masculine };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    Some((found[1].len() + 2, Said::of(&words)))
}

/// Only "un" and "una" differ.
fn gender(noun: &str) -> Gender {
    let lower = noun.to_lowercase();
    if noun.starts_with(char::is_uppercase)
        || matches!(lower.as_str(), "a" | "e" | "o" | "di" | "in" | "su" | "la")
    {
        Gender::None
    } else if lower.ends_with('a') || lower.ends_with("zione") {
        Gender::Feminine
    } else if lower.ends_with(['o', 'e', 'i']) {
        Gender::Masculine
    } else {
        Gender::None
    }
}

/// "XXI secolo", "il secolo XIX".
fn century(tables: &Tables, place: &Place<'_>) -> Reading {
    let (len, value) = roman_at(place.rest)?;
    let fits = place.rest[len..].starts_with(" secolo")
        || place.before.to_lowercase().ends_with("secolo ");
    let ruler = regnal(place).is_some();
    let words = numeral::ordinal(tables.code, u64::from(value), Gender::Masculine)
        .filter(|_| fits || ruler)?;
    Some((len, Said::of(&words)))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers() {
        check(
            "it",
            &[
                ("1.234 voti", "milleduecentotrentaquattro voti"),
                ("1 barca e 1 libro", "una barca e un libro"),
                ("3,25 e -2", "tre virgola venticinque e meno due"),
                ("il 1º e la 2ª", "il primo e la seconda"),
                ("il XXI secolo", "il ventunesimo secolo"),
                ("Umberto II, 5 ha di bosco", "Umberto secondo cinque ettari di bosco"),
                ("nel 2000 ha corso", "nel duemila ha corso"),
                ("12,5 %", "dodici virgola cinque per cento"),
                ("5-10 anni", "cinque a dieci anni"),
                ("100 km/h", "cento chilometri orari"),
            ],
        );
    }

    #[test]
    fn dates_and_times() {
        check(
            "it",
            &[
                ("il 21 marzo 2024", "il ventuno marzo duemilaventiquattro"),
                ("il 1º maggio", "il primo maggio"),
                ("03/04/1999", "tre aprile millenovecentonovantanove"),
                ("alle 17:30", "alle diciassette e trenta"),
                ("ore 9.05", "ore nove e cinque"),
            ],
        );
    }

    #[test]
    fn money_and_short_forms() {
        check(
            "it",
            &[
                ("5 €", "cinque euro"),
                ("3,50 €", "tre euro e cinquanta centesimi"),
                ("5 milioni €", "cinque milioni di euro"),
                ("il sig. Rossi ecc.", "il signor Rossi eccetera"),
                ("la n. 5", "la numero cinque"),
            ],
        );
    }
}
