//! German.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names};

pub(in crate::spoken) static GERMAN: Tables = Tables {
    code: "de",
    respell: &[],
    minus: "minus",
    plus: "plus",
    comma: "Komma",
    decimals_as_number: false,
    to: "bis",
    percent: "Prozent",
    per_mille: "Promille",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    date: |tables, day, month, before| {
        let ordinal =
            numeral::ordinal(tables.code, u64::from(day), Gender::Masculine).unwrap_or_default();
        format!("{ordinal}{} {month}", ending(before))
    },
    year_joint: "",
    // Years before 2000 are counted in hundreds.
    year: |tables, digits| match digits.split_at_checked(2) {
        Some((high, low)) if digits.len() == 4 && ("11".."20").contains(&high) => {
            let low = low.trim_start_matches('0');
            let low =
                if low.is_empty() { String::new() } else { tables.cardinal(low, Gender::None) };
            format!("{}hundert{low}", tables.cardinal(high, Gender::None))
        }
        _ => tables.cardinal(digits, Gender::None).replace("eintausend", "tausend"),
    },
    clock: |tables, hour, minute| {
        let hours =
            if hour == "1" { "ein".to_owned() } else { tables.cardinal(hour, Gender::None) };
        match minute {
            0 => format!("{hours} Uhr"),
            _ => format!("{hours} Uhr {}", tables.cardinal(&minute.to_string(), Gender::None)),
        }
    },
    and_cents: "",
    name_cents: false,
    of: "",
    money: &[
        money("€|EUR", ["Euro", "Euro"], Gender::Masculine, ["Cent", "Cent"]),
        money("US$|USD|$", ["Dollar", "Dollar"], Gender::Masculine, ["Cent", "Cent"]),
        money("£|GBP", ["Pfund", "Pfund"], Gender::Masculine, ["Cent", "Cent"]),
        money("¥|JPY", ["Yen", "Yen"], Gender::Masculine, ["Cent", "Cent"]),
        money("CHF|Fr.", ["Franken", "Franken"], Gender::Masculine, ["Cent", "Cent"]),
    ],
    magnitudes: &[
        ("Millionen", "Millionen"),
        ("Million", "Million"),
        ("Milliarden", "Milliarden"),
        ("Milliarde", "Milliarde"),
        ("Mio.", "Millionen"),
        ("Mrd.", "Milliarden"),
        ("Tsd.", "tausend"),
    ],
    units: names![
        "km/h" "Kilometer pro Stunde" "Kilometer pro Stunde" Masculine,
        "km²" "Quadratkilometer" "Quadratkilometer" Masculine,
        "m²" "Quadratmeter" "Quadratmeter" Masculine,
        "m³" "Kubikmeter" "Kubikmeter" Masculine,
        "km" "Kilometer" "Kilometer" Masculine,
        "cm" "Zentimeter" "Zentimeter" Masculine,
        "mm" "Millimeter" "Millimeter" Masculine,
        "m" "Meter" "Meter" Masculine,
        "kg" "Kilogramm" "Kilogramm" Masculine,
        "mg" "Milligramm" "Milligramm" Masculine,
        "g" "Gramm" "Gramm" Masculine,
        "ml" "Milliliter" "Milliliter" Masculine,
        "l" "Liter" "Liter" Masculine,
        "ha" "Hektar" "Hektar" Masculine,
        "°C" "Grad Celsius" "Grad Celsius" Masculine,
        "°" "Grad" "Grad" Masculine,
        "GB" "Gigabyte" "Gigabyte" Masculine,
        "MB" "Megabyte" "Megabyte" Masculine,
        "MW" "Megawatt" "Megawatt" Masculine,
        "kWh" "Kilowattstunde" "Kilowattstunden" Feminine,
        "Std." "Stunde" "Stunden" Feminine,
        "Min." "Minute" "Minuten" Feminine,
    ],
    short: &[
        ("v. Chr.", "vor Christus"),
        ("n. Chr.", "nach Christus"),
        ("z. B.", "zum Beispiel"),
        ("z.B.", "zum Beispiel"),
        ("d. h.", "das heißt"),
        ("d.h.", "das heißt"),
        ("u. a.", "unter anderem"),
        ("u.a.", "unter anderem"),
        ("usw.", "und so weiter"),
        ("bzw.", "beziehungsweise"),
        ("ca.", "circa"),
        ("Dr.", "Doktor"),
        ("Prof.", "Professor"),
        ("Hr.", "Herr"),
        ("Fr.", "Frau"),
        ("Nr.", "Nummer"),
        ("St.", "Sankt"),
        ("Str.", "Straße"),
        ("Mio.", "Millionen"),
        ("Mrd.", "Milliarden"),
        ("Abs.", "Absatz"),
        ("Art.", "Artikel"),
        ("S.", "Seite"),
    ],
    symbols: &[
        ('&', "und"),
        ('+', "plus"),
        ('=', "gleich"),
        ('@', "at"),
        ('%', "Prozent"),
        ('#', "Raute"),
        ('€', "Euro"),
        ('$', "Dollar"),
        ('§', "Paragraf"),
        ('/', "Schrägstrich"),
        ('°', "Grad"),
    ],
    ordinal,
    gender,
    century: |_, _| None,
};

/// The ending of an ordinal by the word before it: "am dritten", "der dritte", "dritter".
fn ending(before: &str) -> &'static str {
    let last =
        before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    match last.as_str() {
        "am" | "vom" | "zum" | "den" | "dem" | "des" | "bis" | "seit" | "ab" | "im" | "beim"
        | "einen" | "jeden" => "n",
        "der" | "die" | "das" | "jede" | "diese" => "",
        _ => "r",
    }
}

/// "3. Platz", "im 21. Jahrhundert": a dot before a noun, not at the end of a sentence.
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,3})\. \p{L}").captures(place.rest)?;
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, Gender::Masculine)?;
    let ending = match ending(place.before) {
        // Without an article the noun's gender is unknown.
        "r" if !pattern!(r"[0-9]+\. (?:Platz|Tag|Teil|Band|Spieltag|Bezirk|Stock|Rang)\b")
            .is_match(place.rest) =>
        {
            ""
        }
        ending => ending,
    };
    Some((found[1].len() + 1, Said::of(&format!("{words}{ending}"))))
}

/// Only "ein" and "eine" differ; a noun has a capital.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " Million Milliarde Person Frau Stunde Minute Sekunde Tonne Woche Seite Stimme Stadt Schule \
        Familie Firma Insel Hand Nacht Katze Million ";
    if !noun.starts_with(char::is_uppercase) {
        Gender::None
    } else if FEMININE.split_ascii_whitespace().any(|word| word == noun) {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers() {
        check(
            "de",
            &[
                ("1.234 Stimmen", "eintausendzweihundertvierunddreißig Stimmen"),
                ("1 Boot und 1 Frau", "ein Boot und eine Frau"),
                ("101 Boote", "einhunderteins Boote"),
                ("3,25 und -2", "drei Komma zwei fünf und minus zwei"),
                ("das 21. Jahrhundert", "das einundzwanzigste Jahrhundert"),
                ("im 3. Stock", "im dritten Stock"),
                ("12,5 %", "zwölf Komma fünf Prozent"),
                ("5-10 Tage", "fünf bis zehn Tage"),
                ("100 km/h", "einhundert Kilometer pro Stunde"),
            ],
        );
    }

    #[test]
    fn dates_and_times() {
        check(
            "de",
            &[
                ("am 3. März 2024", "am dritten März zweitausendvierundzwanzig"),
                ("der 1. Mai", "der erste Mai"),
                ("vom 03.04.1999", "vom dritten April neunzehnhundertneunundneunzig"),
                ("um 17:30 Uhr", "um siebzehn Uhr dreißig"),
                ("um 1 Uhr", "um ein Uhr"),
                ("um 17.05 Uhr", "um siebzehn Uhr fünf"),
            ],
        );
    }

    #[test]
    fn money_and_short_forms() {
        check(
            "de",
            &[
                ("5 €", "fünf Euro"),
                ("3,50 Euro", "drei Komma fünf null Euro"),
                ("3,50 €", "drei Euro fünfzig"),
                ("2 Mio. Euro", "zwei Millionen Euro"),
                ("2 Mrd. €", "zwei Milliarden Euro"),
                ("z. B. Dr. Roth", "zum Beispiel Doktor Roth"),
            ],
        );
    }
}
