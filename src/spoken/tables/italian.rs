//! Italian.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, regnal_gender, roman_at, scale};

pub(in crate::spoken) static ITALIAN: Tables = Tables {
    code: "it",
    respell: &[],
    minus: "meno",
    plus: "più",
    comma: "virgola",
    point: "punto",
    and: "e",
    and_half: "e mezzo",
    parts: &[
        ("mezzo", "mezzi"),
        ("un terzo", "terzi"),
        ("un quarto", "quarti"),
        ("un quinto", "quinti"),
        ("un sesto", "sesti"),
        ("un settimo", "settimi"),
        ("un ottavo", "ottavi"),
        ("un nono", "noni"),
        ("un decimo", "decimi"),
    ],
    score: "a",
    by: "per",
    times: "per",
    decimals_as_number: true,
    to: "a",
    out_of: "su",
    law_of: "del",
    parts_of_year: &[('T', "trimestre"), ('Q', "trimestre"), ('S', "semestre"), ('H', "semestre")],
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
    clock_parts: [["ora", "ore"], ["minuto", "minuti"], ["secondo", "secondi"]],
    days: &[
        ("lun", "lunedì"),
        ("mar", "martedì"),
        ("mer", "mercoledì"),
        ("gio", "giovedì"),
        ("ven", "venerdì"),
        ("sab", "sabato"),
        ("dom", "domenica"),
        ("Lun", "lunedì"),
        ("Mar", "martedì"),
        ("Mer", "mercoledì"),
        ("Gio", "giovedì"),
        ("Ven", "venerdì"),
        ("Sab", "sabato"),
        ("Dom", "domenica"),
    ],
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
        scale("milioni", "milioni", ["", ""]),
        scale("milione", "milione", ["un", "milione"]),
        scale("miliardi", "miliardi", ["", ""]),
        scale("miliardo", "miliardo", ["un", "miliardo"]),
        scale("mln", "milioni", ["un", "milione"]),
        scale("mld", "miliardi", ["un", "miliardo"]),
        scale("mila", "mila", ["", ""]),
    ],
    units: names![
        "h" "ora" "ore" Feminine,
        "t" "tonnellata" "tonnellate" Feminine,
        "s" "secondo" "secondi" Masculine,
        "mq" "metro quadro" "metri quadri" Masculine,
        "cl" "centilitro" "centilitri" Masculine,
        "kW" "chilowatt" "chilowatt" Masculine,
        "W" "watt" "watt" Masculine,
        "V" "volt" "volt" Masculine,
        "GW" "gigawatt" "gigawatt" Masculine,
        "MWh" "megawattora" "megawattora" Masculine,
        "TB" "terabyte" "terabyte" Masculine,
        "GHz" "gigahertz" "gigahertz" Masculine,
        "MHz" "megahertz" "megahertz" Masculine,
        "m/s" "metro al secondo" "metri al secondo" Masculine,
        "° C" "grado Celsius" "gradi Celsius" Masculine,
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
        "km2" "chilometro quadrato" "chilometri quadrati" Masculine,
        "m2" "metro quadrato" "metri quadrati" Masculine,
        "m3" "metro cubo" "metri cubi" Masculine,
        "cm²" "centimetro quadrato" "centimetri quadrati" Masculine,
        "cm2" "centimetro quadrato" "centimetri quadrati" Masculine,
        "cm³" "centimetro cubo" "centimetri cubi" Masculine,
        "cm3" "centimetro cubo" "centimetri cubi" Masculine,
        "pb" "punto base" "punti base" Masculine,
        "Mbps" "megabit al secondo" "megabit al secondo" Masculine,
    ],
    per: &[
        ("mese", "al mese"),
        ("anno", "all'anno"),
        ("giorno", "al giorno"),
        ("settimana", "a settimana"),
        ("ora", "all'ora"),
        ("h", "all'ora"),
        ("persona", "a persona"),
        ("notte", "a notte"),
        ("kg", "al chilo"),
        ("mq", "al metro quadro"),
        ("m²", "al metro quadrato"),
        ("l", "al litro"),
        ("ha", "per ettaro"),
        ("kWh", "al chilowattora"),
        ("MWh", "al megawattora"),
    ],
    numbered: &[
        ("km", "chilometro"),
        ("pagg.", "pagine"),
        ("pag.", "pagina"),
        ("pp.", "pagine"),
        ("p.", "pagina"),
        ("nn.", "numeri"),
        ("n.", "numero"),
        ("n°", "numero"),
        ("nº", "numero"),
        ("N.", "numero"),
        ("artt.", "articoli"),
        ("art.", "articolo"),
        ("Art.", "articolo"),
        ("capp.", "capitoli"),
        ("cap.", "capitolo"),
        ("vol.", "volume"),
        ("fig.", "figura"),
        ("figg.", "figure"),
        ("tel.", "telefono"),
        ("Tel.", "telefono"),
        ("c.", "comma"),
        ("co.", "comma"),
        ("int.", "interno"),
        ("sez.", "sezione"),
        ("sent.", "sentenza"),
        ("L.", "legge"),
        ("l.", "legge"),
        ("max.", "massimo"),
        ("min.", "minimo"),
    ],
    counted_by: "capitolo cap sez titolo libro tomo parte atto scena fase tipo vol volume articolo art allegato livello classe sezione divisione serie guerra mondiale",
    titles: &[
        ("S.", "San"),
        ("Mons.", "monsignor"),
        ("On.", "onorevole"),
        ("on.", "onorevole"),
        ("P.za", "piazza"),
        ("P.zza", "piazza"),
        ("V.le", "viale"),
        ("C.so", "corso"),
        ("F.lli", "fratelli"),
        ("Geom.", "geometra"),
        ("Arch.", "architetto"),
    ],
    web: ["punto", "trattino", "trattino basso", "due punti"],
    short: &[
        ("Cfr.", "confronta"),
        ("cfr.", "confronta"),
        ("p. es.", "per esempio"),
        ("p.es.", "per esempio"),
        ("ad es.", "ad esempio"),
        ("d.lgs.", "decreto legislativo"),
        ("D.Lgs.", "decreto legislativo"),
        ("d.l.", "decreto legge"),
        ("D.L.", "decreto legge"),
        ("D.P.R.", "decreto del Presidente della Repubblica"),
        ("sec.", "secolo"),
        ("ca.", "circa"),
        ("vs.", "contro"),
        ("c.d.", "cosiddetto"),
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
        ("c.p.c.", "codice di procedura civile"),
        ("c.p.p.", "codice di procedura penale"),
        ("c.p.", "codice penale"),
        ("c.c.", "codice civile"),
        ("Cost.", "Costituzione"),
        ("avv.", "avvocato"),
        ("ing.", "ingegner"),
        ("kg", "chilo"),
    ],
    symbols: &[
        ('×', "per"),
        ('÷', "diviso"),
        ('±', "più o meno"),
        ('≈', "circa"),
        ('<', "minore di"),
        ('>', "maggiore di"),
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
    // "il 60enne": one word
    let letter = place.digits().1;
    if letter == Some('e')
        && let Some(found) = pattern!(r"([0-9]{1,3})(enni|enne)\b").captures(place.rest)
    {
        let words = tables.cardinal(&found[1], Gender::None).replace('é', "e");
        let keeps =
            words.ends_with(['i', 'e']) && (words.ends_with("tre") || words.ends_with("sei"));
        let stem = if keeps { &*words } else { words.trim_end_matches(['a', 'e', 'o']) };
        return Some((found[0].len(), Said::of(&format!("{stem}{}", &found[2]))));
    }
    // "la 5a B", "il 2o posto"
    if matches!(letter, Some('a' | 'o'))
        && let Some(found) = pattern!(r"([0-9]{1,2})[ao]\b").captures(place.rest)
        && pattern!(r"(?s).*\b(?i:la|una|alla|della|nella|dalla|sulla|il|un|al|del|nel|dal|sul) \z")
            .is_match(place.near(7))
    {
        let gender = if letter == Some('a') { Gender::Feminine } else { Gender::Masculine };
        let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
        return Some((found[0].len(), Said::of(&words)));
    }
    let found = pattern!(r"([0-9]{1,4})(º|ª|°)").captures(place.rest)?;
    // "3° piano", "il 9°", but "40° di latitudine"
    let rest = &place.rest[found[0].len()..];
    let noun = pattern!(r" [a-z]").is_match(rest)
        && !pattern!(
            r" (?:di|e|ed|a|o|con|in|sotto|sopra|nord|sud|est|ovest|al|alle|per|nel|gradi)\b"
        )
        .is_match(rest);
    let article = pattern!(
        r"(?s).*(?:\b(?:[Ii]l|[Ll]o|[Ll]a|al|del|nel|dal|sul|ogni|è|classificat[oa]) |[Ll]['’])\z"
    )
    .is_match(place.near(14));
    if &found[2] == "°" && !noun && !article {
        return None;
    }
    let gender = if &found[2] == "ª" { Gender::Feminine } else { Gender::Masculine };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    Some((found[1].len() + 2, Said::of(&words)))
}

/// Only "un" and "una" differ.
fn gender(noun: &str) -> Gender {
    const OTHERS: &str = " a e o di in su la il lo le gli dopo contro come anche che per con del della al alla nel nella dei degli delle dello dai dalle sui sulle fino \
        prima quando se ma non poi oltre circa verso sono era ha hanno ogni sotto sopra senza durante ore ";
    let lower = noun.to_lowercase();
    if noun.starts_with(char::is_uppercase) || OTHERS.split(' ').any(|word| word == lower) {
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
        || place.before.to_lowercase().ends_with("secolo ")
        || place.before.ends_with("sec. ")
        || pattern!(r"(?s).*\b(?i:secoli)(?: [IVX]+,?| e)* \z").is_match(place.near(40));
    // "nel V sec. a.C."
    let fits = fits
        || pattern!(
            r" (?:sec\.|trimestre|semestre|edizione|legislatura|dinastia|congresso|giornata)"
        )
        .is_match(&place.rest[len..]);
    let ruler = regnal(place).is_some();
    let words = numeral::ordinal(tables.code, u64::from(value), regnal_gender(place))
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
                ("nel IV trimestre, Elisabetta II", "nel quarto trimestre Elisabetta seconda"),
                ("Umberto II, 5 ha di bosco", "Umberto secondo cinque ettari di bosco"),
                ("nel 2000 ha corso", "nel duemila ha corso"),
                ("12,5 %", "dodici virgola cinque per cento"),
                ("5-10 anni", "cinque a dieci anni"),
                ("100 km/h", "cento chilometri orari"),
                ("l'11 settembre, l'8%", "l' undici settembre l' otto per cento"),
                (
                    "il 9°, il 21° e 40° di latitudine",
                    "il nono il ventunesimo e quaranta gradi di latitudine",
                ),
                ("3-1 dopo lo 0-2; 101 voti", "tre a uno dopo lo zero a due centouno voti"),
                ("1/2 l, 2/3 e 2 ½", "mezzo litro due terzi e due e mezzo"),
                ("nel V sec. a.C., Carlo V", "nel quinto secolo avanti Cristo Carlo quinto"),
                ("5 × 4 = 20", "cinque per quattro uguale venti"),
                ("il 60enne, un 25enne", "il sessantenne un venticinquenne"),
                ("il 2o posto, Vol. III", "il secondo posto volume tre"),
                ("nei secoli XV e XVI", "nei secoli quindicesimo e sedicesimo"),
                (
                    "la II guerra mondiale, via XX Settembre",
                    "la seconda guerra mondiale via venti Settembre",
                ),
                ("la 5a B, il sec. XXI", "la quinta B il secolo ventunesimo"),
                ("L'art. 18, l'on. Neri", "L' articolo diciotto l' onorevole Neri"),
                (
                    "la L. 241/1990, art. 5 c.p.",
                    "la legge duecentoquarantuno del millenovecentonovanta articolo cinque codice penale",
                ),
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
                ("ore 9.05, alle 15.15", "ore nove e cinque alle quindici e quindici"),
                ("dura 1h45", "dura un'ora e quarantacinque"),
                ("lun-ven", "lunedì a venerdì"),
                ("nel T4 2023", "nel quarto trimestre duemilaventitré"),
                ("in 10\"85", "in dieci secondi ottantacinque"),
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
                ("la n. 5, a pag. 23", "la numero cinque a pagina ventitré"),
                ("1.500 €/mese, 1 mln di euro", "millecinquecento euro al mese un milione di euro"),
                ("0,50 €", "cinquanta centesimi"),
                ("lo 06 1234567", "lo zero sei uno due tre quattro cinque sei sette"),
            ],
        );
    }
}
