//! German.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, scale};

pub(in crate::spoken) static GERMAN: Tables = Tables {
    code: "de",
    respell: &[],
    minus: "minus",
    plus: "plus",
    comma: "Komma",
    point: "Punkt",
    and: "und",
    and_half: "einhalb",
    parts: &[
        ("ein halber", "Halbe"),
        ("ein Drittel", "Drittel"),
        ("ein Viertel", "Viertel"),
        ("ein Fünftel", "Fünftel"),
        ("ein Sechstel", "Sechstel"),
        ("ein Siebtel", "Siebtel"),
        ("ein Achtel", "Achtel"),
        ("ein Neuntel", "Neuntel"),
        ("ein Zehntel", "Zehntel"),
    ],
    score: "zu",
    by: "mal",
    times: "mal",
    decimals_as_number: false,
    to: "bis",
    out_of: "von",
    law_of: "",
    parts_of_year: &[],
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
    clock_parts: [["Stunde", "Stunden"], ["Minute", "Minuten"], ["Sekunde", "Sekunden"]],
    days: &[
        ("Mo", "Montag"),
        ("Di", "Dienstag"),
        ("Mi", "Mittwoch"),
        ("Do", "Donnerstag"),
        ("Fr", "Freitag"),
        ("Sa", "Samstag"),
        ("So", "Sonntag"),
    ],
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
        scale("Millionen", "Millionen", ["", ""]),
        scale("Million", "Million", ["eine", "Million"]),
        scale("Milliarden", "Milliarden", ["", ""]),
        scale("Milliarde", "Milliarde", ["eine", "Milliarde"]),
        scale("Billionen", "Billionen", ["", ""]),
        scale("Mio.", "Millionen", ["eine", "Million"]),
        scale("Mio", "Millionen", ["eine", "Million"]),
        scale("Mrd.", "Milliarden", ["eine", "Milliarde"]),
        scale("Mrd", "Milliarden", ["eine", "Milliarde"]),
        scale("Bio.", "Billionen", ["eine", "Billion"]),
        scale("Tsd.", "tausend", ["", ""]),
    ],
    units: names![
        "h" "Stunde" "Stunden" Feminine,
        "t" "Tonne" "Tonnen" Feminine,
        "s" "Sekunde" "Sekunden" Feminine,
        "cl" "Zentiliter" "Zentiliter" Masculine,
        "kW" "Kilowatt" "Kilowatt" Masculine,
        "W" "Watt" "Watt" Masculine,
        "V" "Volt" "Volt" Masculine,
        "GW" "Gigawatt" "Gigawatt" Masculine,
        "PS" "P S" "P S" Masculine,
        "MWh" "Megawattstunde" "Megawattstunden" Feminine,
        "TB" "Terabyte" "Terabyte" Masculine,
        "GHz" "Gigahertz" "Gigahertz" Masculine,
        "MHz" "Megahertz" "Megahertz" Masculine,
        "Mbit/s" "Megabit pro Sekunde" "Megabit pro Sekunde" Masculine,
        "m/s" "Meter pro Sekunde" "Meter pro Sekunde" Masculine,
        "min" "Minute" "Minuten" Feminine,
        "° C" "Grad Celsius" "Grad Celsius" Masculine,
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
        "km2" "Quadratkilometer" "Quadratkilometer" Masculine,
        "m2" "Quadratmeter" "Quadratmeter" Masculine,
        "qm" "Quadratmeter" "Quadratmeter" Masculine,
        "m3" "Kubikmeter" "Kubikmeter" Masculine,
        "cm²" "Quadratzentimeter" "Quadratzentimeter" Masculine,
        "cm2" "Quadratzentimeter" "Quadratzentimeter" Masculine,
        "cm³" "Kubikzentimeter" "Kubikzentimeter" Masculine,
        "cm3" "Kubikzentimeter" "Kubikzentimeter" Masculine,
        "EL" "Esslöffel" "Esslöffel" Masculine,
        "TL" "Teelöffel" "Teelöffel" Masculine,
        "Bp." "Basispunkt" "Basispunkte" Masculine,
        "Bp" "Basispunkt" "Basispunkte" Masculine,
    ],
    per: &[
        ("Monat", "pro Monat"),
        ("Jahr", "pro Jahr"),
        ("Tag", "pro Tag"),
        ("Woche", "pro Woche"),
        ("Stunde", "pro Stunde"),
        ("Std.", "pro Stunde"),
        ("h", "pro Stunde"),
        ("Person", "pro Person"),
        ("Nacht", "pro Nacht"),
        ("kg", "pro Kilogramm"),
        ("m²", "pro Quadratmeter"),
        ("l", "pro Liter"),
        ("ha", "pro Hektar"),
        ("kWh", "pro Kilowattstunde"),
        ("MWh", "pro Megawattstunde"),
    ],
    numbered: &[
        ("S.", "Seite"),
        ("Nr.", "Nummer"),
        ("Nrn.", "Nummern"),
        ("Art.", "Artikel"),
        ("Abs.", "Absatz"),
        ("Abb.", "Abbildung"),
        ("Kap.", "Kapitel"),
        ("Bd.", "Band"),
        ("Aufl.", "Auflage"),
        ("Tab.", "Tabelle"),
        ("Ziff.", "Ziffer"),
        ("Tel.:", "Telefon"),
        ("Tel.", "Telefon"),
        ("max.", "maximal"),
        ("Max.", "maximal"),
        ("min.", "mindestens"),
        ("§§", "Paragrafen"),
        ("Rn.", "Randnummer"),
        ("Anm.", "Anmerkung"),
        ("Az.", "Aktenzeichen"),
        ("km", "Kilometer"),
        ("u.", "und"),
    ],
    counted_by: "kapitel kap band bd teil akt szene phase typ artikel anhang stufe klasse abschnitt liga weltkrieg weltkriegs weltkriege buch",
    titles: &[
        ("Hr.", "Herr"),
        ("Fr.", "Frau"),
        ("St.", "Sankt"),
        ("Hl.", "heilige"),
        ("Frl.", "Fräulein"),
        ("Gebr.", "Gebrüder"),
    ],
    web: ["Punkt", "Strich", "Unterstrich", "Doppelpunkt"],
    short: &[
        ("Vgl.", "vergleiche"),
        ("vgl.", "vergleiche"),
        ("o. ä.", "oder ähnlich"),
        ("u. ä.", "und ähnlich"),
        ("ggf.", "gegebenenfalls"),
        ("evtl.", "eventuell"),
        ("inkl.", "inklusive"),
        ("exkl.", "exklusive"),
        ("zzgl.", "zuzüglich"),
        ("abzgl.", "abzüglich"),
        ("etc.", "et cetera"),
        ("i. d. R.", "in der Regel"),
        ("u. U.", "unter Umständen"),
        ("z. T.", "zum Teil"),
        ("z.T.", "zum Teil"),
        ("sog.", "sogenannt"),
        ("insg.", "insgesamt"),
        ("geb.", "geboren"),
        ("Geb.", "geboren"),
        ("gest.", "gestorben"),
        ("vs.", "gegen"),
        ("ff.", "folgende"),
        ("Jh.", "Jahrhundert"),
        ("Jhs.", "Jahrhunderts"),
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
        ("Ca.", "circa"),
        ("Rd.", "rund"),
        ("rd.", "rund"),
        ("Min.", "Minute"),
        ("n. V.", "nach Verlängerung"),
        ("n. E.", "nach Elfmeterschießen"),
        ("i. E.", "im Elfmeterschießen"),
        ("MwSt.", "Mehrwertsteuer"),
        ("Hj.", "Halbjahr"),
        ("i. V. m.", "in Verbindung mit"),
        ("i.V.m.", "in Verbindung mit"),
        ("nördl.", "nördlich"),
        ("südl.", "südlich"),
        ("östl.", "östlich"),
        ("westl.", "westlich"),
        ("Whg.", "Wohnung"),
        ("Dr.", "Doktor"),
        ("Prof.", "Professor"),
        ("Str.", "Straße"),
        ("Mio.", "Millionen"),
        ("Mrd.", "Milliarden"),
    ],
    symbols: &[
        ('×', "mal"),
        ('÷', "geteilt durch"),
        ('±', "plus minus"),
        ('≈', "ungefähr"),
        ('<', "kleiner als"),
        ('>', "größer als"),
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
    century: |tables, place| {
        street(place).or_else(|| floor(place)).or_else(|| ruler(tables, place))
    },
};

/// The ending of an ordinal by the word before it: "am dritten", "der dritte", "dritter".
pub(super) fn ending(before: &str) -> &'static str {
    // "am 24. und 25. Dezember": the article of the first is that of the second.
    let days = pattern!(
        r"(?s)(.*?)(?:(?:[0-9]{1,3}\.,? ?(?:und |oder |bis |[-–] ?)?)+|(?:Mo|Di|Mi|Do|Fr|Sa|So|[A-Z][a-z]+tag|Mittwoch|Sonnabend)\.?, )\z"
    );
    let before =
        days.captures(before).map_or(before, |found| found.get(1).map_or("", |m| m.as_str()));
    let last =
        before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    match last.as_str() {
        "am" | "vom" | "zum" | "den" | "dem" | "des" | "bis" | "seit" | "ab" | "im" | "beim"
        | "einen" | "jeden" => "n",
        // "in der dritten Minute"
        "der"
            if pattern!(r"(?s).*\b(?i-u:in|an|auf|bei|mit|nach|von|zu|seit|aus|ab|vor|hinter|unter|neben) (?i-u:der) \z")
                .is_match(before) =>
        {
            "n"
        }
        "der" | "die" | "das" | "jede" | "jeder" | "jedes" | "diese" | "dieser" | "dieses" => "",
        _ => "r",
    }
}

/// "3. Platz", "im 21. Jahrhundert": a dot before a noun, not at the end of a sentence.
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    if let Some(read) = compound(tables, place) {
        return Some(read);
    }
    let found = pattern!(r"([0-9]{1,3})\.(?: \p{L}|,? [0-9]{1,3}\.| ?([-–]) ?[0-9]{1,2}\. \p{L})")
        .captures(place.rest)?;
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
    let said = Said::of(&format!("{words}{ending}"));
    // "1.–3. Mai"
    Some(match found.get(2) {
        Some(dash) => {
            let end = dash.end() + usize::from(place.rest[dash.end()..].starts_with(' '));
            (end, said.then(tables.to))
        }
        None => (found[1].len() + 1, said),
    })
}

/// "90er", "1980ern", "75-jährig", "3-mal", "20-prozentig": one word.
fn compound(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"([0-9]{1,4})(?:(er[ns]?)|-((?:[Jj]ährig|[Mm]al|[Ff]ach|prozentig|köpfig|tägig|stündig|minütig|monatig|wöchig|stellig|teilig|seitig|türig|spurig|stöckig)\p{Ll}*))\b"
    )
    .captures(place.rest)?;
    let digits = &found[1];
    let words = if digits.len() == 4 && found.get(2).is_some() {
        (tables.year)(tables, digits)
    } else {
        tables.cardinal(digits, Gender::None)
    };
    let words = match words.strip_suffix("eins") {
        Some(stem) => format!("{stem}ein"),
        None => words,
    };
    let suffix = found.get(2).or(found.get(3))?.as_str().to_lowercase();
    Some((found[0].len(), Said::of(&format!("{words}{suffix}"))))
}

/// "Hauptstr. 12": a street by its whole name.
fn street(place: &Place<'_>) -> Reading {
    let found = pattern!(r"([A-ZÄÖÜ][a-zäöüß]{2,30}(?:er )?)([sS])tr\.").captures(place.rest)?;
    Some((found[0].len(), Said::of(&format!("{}{}traße", &found[1], &found[2]))))
}

/// "im 2. OG": a floor behind its number; elsewhere these are other letters.
fn floor(place: &Place<'_>) -> Reading {
    if !place.rest.starts_with(['O', 'U']) {
        return None;
    }
    let found = pattern!(r"([OU])G\b").captures(place.rest)?;
    let name = if &found[1] == "O" { "Obergeschoss" } else { "Untergeschoss" };
    pattern!(r"(?s).*[0-9]\. \z").is_match(place.near(5)).then(|| (2, Said::of(name)))
}

/// "Ludwig XIV.", "Elisabeth II.", "Friedrichs II."
fn ruler(tables: &Tables, place: &Place<'_>) -> Reading {
    const QUEENS: [&str; 6] =
        ["Elisabeth", "Katharina", "Maria", "Margrethe", "Beatrix", "Victoria"];
    // Every noun has a capital, so a name has to be known.
    const KINGS: &str = " Paul Johannes Benedikt Franziskus Gregor Pius Leo Alexander Nikolaus Georg Eduard Richard Jakob \
        Peter Iwan Konrad Rudolf Albrecht Ferdinand Joseph Josef Karl Friedrich Wilhelm Ludwig Heinrich Franz Otto Leopold \
        Maximilian Napoleon Philipp Gustav Christian Harald Charles Felipe Juan Carlos Klemens Innozenz Urban Sixtus \
        August Adolf Ernst Philippe Albert Hassan Mohammed Ramses Darius Xerxes Amenophis ";
    let (len, value) = regnal(place)?;
    let ordinal = numeral::ordinal(tables.code, u64::from(value), Gender::Masculine)?;
    let mut words = place.before.trim_end().rsplit([' ', '(']);
    let name = words.next()?;
    let known = |name: &str| {
        QUEENS.contains(&name) || KINGS.split_ascii_whitespace().any(|king| king == name)
    };
    if !name.rsplit('-').next().is_some_and(|name| known(name) || known(name.trim_end_matches('s')))
    {
        return None;
    }
    let before = words.find(|word| word.starts_with(char::is_lowercase)).unwrap_or("");
    let of_dative =
        matches!(before, "von" | "unter" | "mit" | "bei" | "nach" | "zu" | "dem" | "vom" | "zum");
    let said = if QUEENS.contains(&name) {
        format!("die {ordinal}")
    } else if name.ends_with('s') && !name.ends_with("es") {
        format!("des {ordinal}n")
    } else if of_dative {
        format!("dem {ordinal}n")
    } else {
        format!("der {ordinal}")
    };
    let rest = &place.rest[len..];
    let dot = usize::from(rest.starts_with('.') && !rest[1..].trim().is_empty());
    Some((len + dot, Said::of(&said)))
}

/// Only "ein" and "eine" differ; a noun has a capital.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " Million Milliarde Person Frau Stunde Minute Sekunde Tonne Woche Seite Stimme Stadt Schule \
        Familie Firma Insel Hand Nacht Katze Million ";
    if !noun.starts_with(char::is_uppercase) || noun.len() == 1 {
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
                ("3:1 gewonnen, 4x4", "drei zu eins gewonnen vier mal vier"),
                ("1/2 l, 2/3 und 2½", "ein halber Liter zwei Drittel und zweieinhalb"),
                (
                    "in den 90er Jahren, den 1980ern",
                    "in den neunziger Jahren den neunzehnhundertachtzigern",
                ),
                (
                    "in der 93. Minute, ein 1-Liter-Krug",
                    "in der dreiundneunzigsten Minute ein ein Liter-Krug",
                ),
                ("§ 5 Abs. 1 S. 2", "Paragraf fünf Absatz eins Satz zwei"),
                (
                    "65 qm im 2. OG, 2 EL Öl",
                    "fünfundsechzig Quadratmeter im zweiten Obergeschoss zwei Esslöffel Öl",
                ),
                (
                    "der II. Weltkrieg, im II. Weltkrieg",
                    "der zweite Weltkrieg im zweiten Weltkrieg",
                ),
                ("um 25 Bp. auf, das 4-Fache", "um fünfundzwanzig Basispunkte auf das vierfache"),
                (
                    "1,20 m x 0,80 m, die EN 13501-1",
                    "eins Komma zwei null Meter mal null Komma acht null Meter die EN dreizehntausendfünfhunderteins eins",
                ),
                ("die Version 3.2.1", "die Version drei Punkt zwei Punkt eins"),
                ("der 75-jährige, 3-mal", "der fünfundsiebzigjährige dreimal"),
                ("Ludwig XIV. und Elisabeth II.", "Ludwig der vierzehnte und Elisabeth die zweite"),
                ("unter Wilhelm II. war", "unter Wilhelm dem zweiten war"),
                ("Der 9., 10. und 11. Tag", "Der neunte zehnte und elfte Tag"),
                ("die A7 und der A380", "die A sieben und der A dreihundertachtzig"),
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
                (
                    "dauert 2:15 h, Fr 8–13 Uhr",
                    "dauert zwei Stunden fünfzehn Minuten Freitag acht bis dreizehn Uhr",
                ),
                (
                    "in der 87. Min. u. 90 Sek.",
                    "in der siebenundachtzigsten Minute und neunzig Sek",
                ),
                (
                    "in 2:45 Std. und 1:46,32 min",
                    "in zwei Stunden fünfundvierzig Minuten und eine Minute sechsundvierzig Komma drei zwei Sekunden",
                ),
                ("um 17.05 Uhr", "um siebzehn Uhr fünf"),
                (
                    "am 24. und 25. Dezember, vom 1.–3. Mai",
                    "am vierundzwanzigsten und fünfundzwanzigsten Dezember vom ersten bis dritten Mai",
                ),
                ("am Fr., 3.5., um 8", "am Freitag dritten Mai um acht"),
                (
                    "Mo-Fr, 1 Std. 45 Min. lang",
                    "Montag bis Freitag eine Stunde fünfundvierzig Minuten lang",
                ),
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
                ("1 Mio. Menschen, 0,50 €", "eine Million Menschen fünfzig Cent"),
                ("S. 23 ff., §§ 5, 6", "Seite dreiundzwanzig folgende Paragrafen fünf sechs"),
                ("Fr. Roth und S. Roth", "Frau Roth und S Roth"),
                ("in der Hauptstr. 12", "in der Hauptstraße zwölf"),
                ("030 1234567", "null drei null eins zwei drei vier fünf sechs sieben"),
                (
                    "in der Straße 12, 10115 Berlin",
                    "in der Straße zwölf eins null eins eins fünf Berlin",
                ),
                ("5 €/Monat", "fünf Euro pro Monat"),
                ("12,- Euro zzgl. MwSt.", "zwölf Euro zuzüglich Mehrwertsteuer"),
            ],
        );
    }
}
