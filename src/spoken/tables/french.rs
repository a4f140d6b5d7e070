//! French.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::{Tables, money, names, regnal, roman_at, scale};

pub(in crate::spoken) static FRENCH: Tables = Tables {
    code: "fr",
    // The older spelling, which every voice knows.
    respell: &[("-et-", " et ")],
    minus: "moins",
    plus: "plus",
    comma: "virgule",
    point: "point",
    and: "et",
    and_half: "et demi",
    parts: &[
        ("un demi", "demis"),
        ("un tiers", "tiers"),
        ("un quart", "quarts"),
        ("un cinquième", "cinquièmes"),
        ("un sixième", "sixièmes"),
        ("un septième", "septièmes"),
        ("un huitième", "huitièmes"),
        ("un neuvième", "neuvièmes"),
        ("un dixième", "dixièmes"),
    ],
    score: "à",
    by: "sur",
    times: "fois",
    decimals_as_number: true,
    to: "à",
    out_of: "sur",
    law_of: "",
    parts_of_year: &[('T', "trimestre"), ('Q', "trimestre"), ('S', "semestre"), ('H', "semestre")],
    percent: "pour cent",
    per_mille: "pour mille",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    date: |tables, day, month, _| match day {
        1 => format!("premier {month}"),
        _ => format!("{} {month}", tables.cardinal(&day.to_string(), Gender::None)),
    },
    year_joint: "",
    year: |tables, digits| tables.cardinal(digits, Gender::None),
    clock: |tables, hour, minute| {
        let hours = tables.cardinal(hour, Gender::Feminine);
        let name = if matches!(hour, "0" | "1") { "heure" } else { "heures" };
        match minute {
            0 => format!("{hours} {name}"),
            _ => format!("{hours} {name} {}", tables.cardinal(&minute.to_string(), Gender::None)),
        }
    },
    clock_parts: [["heure", "heures"], ["minute", "minutes"], ["seconde", "secondes"]],
    days: &[
        ("lun", "lundi"),
        ("mar", "mardi"),
        ("mer", "mercredi"),
        ("jeu", "jeudi"),
        ("ven", "vendredi"),
        ("sam", "samedi"),
        ("dim", "dimanche"),
        ("Lun", "lundi"),
        ("Mar", "mardi"),
        ("Mer", "mercredi"),
        ("Jeu", "jeudi"),
        ("Ven", "vendredi"),
        ("Sam", "samedi"),
        ("Dim", "dimanche"),
    ],
    and_cents: "",
    name_cents: false,
    of: "d'|de",
    money: &[
        money("€|EUR", ["euro", "euros"], Gender::Masculine, ["centime", "centimes"]),
        money("US$|USD|$", ["dollar", "dollars"], Gender::Masculine, ["cent", "cents"]),
        money("DH|MAD", ["dirham", "dirhams"], Gender::Masculine, ["centime", "centimes"]),
        money(
            "CAD",
            ["dollar canadien", "dollars canadiens"],
            Gender::Masculine,
            ["cent", "cents"],
        ),
        money("£|GBP", ["livre", "livres"], Gender::Feminine, ["penny", "pence"]),
        money("¥|JPY", ["yen", "yens"], Gender::Masculine, ["sen", "sen"]),
        money(
            "CHF",
            ["franc suisse", "francs suisses"],
            Gender::Masculine,
            ["centime", "centimes"],
        ),
        money(
            "FCFA|F CFA|XOF|XAF",
            ["franc CFA", "francs CFA"],
            Gender::Masculine,
            ["centime", "centimes"],
        ),
    ],
    magnitudes: &[
        scale("millions", "millions", ["", ""]),
        scale("million", "million", ["", ""]),
        scale("milliards", "milliards", ["", ""]),
        scale("milliard", "milliard", ["", ""]),
        scale("Mds", "milliards", ["", ""]),
        scale("Md", "milliards", ["un", "milliard"]),
        scale("mds", "milliards", ["", ""]),
        scale("md", "milliards", ["un", "milliard"]),
        scale("M", "millions", ["un", "million"]),
        scale("k", "mille", ["", ""]),
    ],
    units: names![
        "h" "heure" "heures" Feminine,
        "t" "tonne" "tonnes" Feminine,
        "s" "seconde" "secondes" Feminine,
        "cl" "centilitre" "centilitres" Masculine,
        "L" "litre" "litres" Masculine,
        "kW" "kilowatt" "kilowatts" Masculine,
        "W" "watt" "watts" Masculine,
        "V" "volt" "volts" Masculine,
        "GW" "gigawatt" "gigawatts" Masculine,
        "MWh" "mégawattheure" "mégawattheures" Masculine,
        "To" "téraoctet" "téraoctets" Masculine,
        "Ko" "kilooctet" "kilooctets" Masculine,
        "GHz" "gigahertz" "gigahertz" Masculine,
        "MHz" "mégahertz" "mégahertz" Masculine,
        "Mbit/s" "mégabit par seconde" "mégabits par seconde" Masculine,
        "m/s" "mètre par seconde" "mètres par seconde" Masculine,
        "° C" "degré Celsius" "degrés Celsius" Masculine,
        "km/h" "kilomètre-heure" "kilomètres-heure" Masculine,
        "km²" "kilomètre carré" "kilomètres carrés" Masculine,
        "m²" "mètre carré" "mètres carrés" Masculine,
        "m³" "mètre cube" "mètres cubes" Masculine,
        "km" "kilomètre" "kilomètres" Masculine,
        "cm" "centimètre" "centimètres" Masculine,
        "mm" "millimètre" "millimètres" Masculine,
        "m" "mètre" "mètres" Masculine,
        "kg" "kilogramme" "kilogrammes" Masculine,
        "mg" "milligramme" "milligrammes" Masculine,
        "g" "gramme" "grammes" Masculine,
        "ml" "millilitre" "millilitres" Masculine,
        "l" "litre" "litres" Masculine,
        "ha" "hectare" "hectares" Masculine,
        "°C" "degré Celsius" "degrés Celsius" Masculine,
        "°" "degré" "degrés" Masculine,
        "Go" "gigaoctet" "gigaoctets" Masculine,
        "Mo" "mégaoctet" "mégaoctets" Masculine,
        "MW" "mégawatt" "mégawatts" Masculine,
        "kWh" "kilowattheure" "kilowattheures" Masculine,
        "min" "minute" "minutes" Feminine,
        "km2" "kilomètre carré" "kilomètres carrés" Masculine,
        "m2" "mètre carré" "mètres carrés" Masculine,
        "m3" "mètre cube" "mètres cubes" Masculine,
        "cm²" "centimètre carré" "centimètres carrés" Masculine,
        "cm2" "centimètre carré" "centimètres carrés" Masculine,
        "cm³" "centimètre cube" "centimètres cubes" Masculine,
        "cm3" "centimètre cube" "centimètres cubes" Masculine,
        "pt" "point" "points" Masculine,
        "pts" "point" "points" Masculine,
        "c. à s." "cuillère à soupe" "cuillères à soupe" Feminine,
        "c. à c." "cuillère à café" "cuillères à café" Feminine,
        "pb" "point de base" "points de base" Masculine,
        "Mbps" "mégabit par seconde" "mégabits par seconde" Masculine,
    ],
    per: &[
        ("mois", "par mois"),
        ("an", "par an"),
        ("jour", "par jour"),
        ("j", "par jour"),
        ("semaine", "par semaine"),
        ("heure", "de l'heure"),
        ("h", "de l'heure"),
        ("personne", "par personne"),
        ("nuit", "la nuit"),
        ("kg", "le kilo"),
        ("m²", "le mètre carré"),
        ("m2", "le mètre carré"),
        ("l", "le litre"),
        ("ha", "par hectare"),
        ("kWh", "le kilowattheure"),
        ("once", "l'once"),
        ("baril", "le baril"),
        ("t", "la tonne"),
        ("MWh", "le mégawattheure"),
    ],
    numbered: &[
        ("km", "kilomètre"),
        ("pp.", "pages"),
        ("p.", "page"),
        ("n°", "numéro"),
        ("N°", "numéro"),
        ("no", "numéro"),
        ("nº", "numéro"),
        ("Nº", "numéro"),
        ("art.", "article"),
        ("Art.", "article"),
        ("chap.", "chapitre"),
        ("vol.", "volume"),
        ("fig.", "figure"),
        ("t.", "tome"),
        ("al.", "alinéa"),
        ("tél.", "téléphone"),
        ("Tél.", "téléphone"),
        ("max.", "maximum"),
        ("min.", "minimum"),
        ("éd.", "édition"),
        ("v.", "vers"),
    ],
    counted_by: "chapitre chap livre tome t partie acte scène phase type vol volume article art annexe titre niveau classe section division guerre mondiale république",
    titles: &[
        ("Mgr", "monseigneur"),
        ("Av.", "avenue"),
        ("av.", "avenue"),
        ("Bd", "boulevard"),
        ("bd", "boulevard"),
        ("Pl.", "place"),
        ("pl.", "place"),
        ("Cie", "compagnie"),
        ("Gal", "général"),
    ],
    web: ["point", "tiret", "tiret bas", "deux points"],
    short: &[
        ("Cf.", "confer"),
        ("cf.", "confer"),
        ("par ex.", "par exemple"),
        ("p.ex.", "par exemple"),
        ("c'est-à-d.", "c'est-à-dire"),
        ("vs.", "contre"),
        ("Sté", "société"),
        ("av. J.-C.", "avant Jésus-Christ"),
        ("apr. J.-C.", "après Jésus-Christ"),
        ("c.-à-d.", "c'est-à-dire"),
        ("p. ex.", "par exemple"),
        ("S. M.", "Sa Majesté"),
        ("S.M.", "Sa Majesté"),
        ("appart.", "appartement"),
        ("bât.", "bâtiment"),
        ("ét.", "étage"),
        ("Mmes", "mesdames"),
        ("Mme", "madame"),
        ("Mlle", "mademoiselle"),
        ("MM.", "messieurs"),
        ("M.", "monsieur"),
        ("Dr.", "docteur"),
        ("Pr.", "professeur"),
        ("Dr", "docteur"),
        ("Pr", "professeur"),
        ("Me", "maître"),
        ("St", "saint"),
        ("Ste", "sainte"),
        ("etc.", "et cetera"),
        ("env.", "environ"),
        ("Env.", "environ"),
        ("arr.", "arrondissement"),
        ("kg", "kilo"),
        ("min.", "minute"),
    ],
    symbols: &[
        ('×', "fois"),
        ('÷', "divisé par"),
        ('±', "plus ou moins"),
        ('≈', "environ"),
        ('<', "inférieur à"),
        ('>', "supérieur à"),
        ('&', "et"),
        ('+', "plus"),
        ('=', "égale"),
        ('@', "arobase"),
        ('%', "pour cent"),
        ('#', "dièse"),
        ('€', "euros"),
        ('$', "dollars"),
        ('§', "paragraphe"),
        ('/', "barre oblique"),
        ('°', "degrés"),
    ],
    ordinal,
    gender,
    century,
};

/// "1er", "1re", "2e", "21ème".
fn ordinal(tables: &Tables, place: &Place<'_>) -> Reading {
    let found = pattern!(r"([0-9]{1,4})(er|ère|re|ème|e|nd|nde|ᵉ)s?\b").captures(place.rest)?;
    let gender = if matches!(&found[2], "ère" | "re" | "nde") {
        Gender::Feminine
    } else {
        Gender::Masculine
    };
    let words = numeral::ordinal(tables.code, found[1].parse().ok()?, gender)?;
    let words =
        if found[2].starts_with("nd") { words.replace("deuxième", "second") } else { words };
    Some((found[0].len(), Said::of(&words.replace("-et-", " et "))))
}

/// Gender does not show in French nouns; those that are counted most are listed.
fn gender(noun: &str) -> Gender {
    const FEMININE: &str = " heure heures minute minutes seconde secondes personne personnes femme femmes fille filles \
        année années semaine semaines page pages tonne tonnes voix voiture voitures ville villes école écoles famille \
        familles victime victimes entreprise entreprises maison maisons fois place places ";
    const MASCULINE: &str = " homme hommes garçon garçons jour jours mois an ans euro euros kilomètre kilomètres mètre \
        mètres enfant enfants soldat soldats mort morts pays point points degré degrés siècle siècles livre livres ";
    // Endings that are feminine but for the few nouns listed.
    const ENDINGS: [&str; 24] = [
        "tion", "sion", "ité", "été", "ette", "ance", "ence", "ée", "ie", "euse", "trice", "esse",
        "aine", "eine", "ine", "tude", "aison", "ille", "elle", "enne", "onne", "ure", "ade",
        "euille",
    ];
    const EXCEPTIONS: &str =
        " été musée lycée trophée incendie domaine capitaine magazine silence stade grade comité ";
    let lower = noun.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    if FEMININE.split(' ').any(|word| word == lower) {
        Gender::Feminine
    } else if MASCULINE.split(' ').any(|word| word == lower) {
        Gender::Masculine
    } else if lower.len() > 4
        && ENDINGS.iter().any(|end| one.ends_with(end))
        && !EXCEPTIONS.split(' ').any(|word| word == one)
    {
        Gender::Feminine
    } else {
        Gender::None
    }
}

/// `XXe siècle`, `Ier siècle`, "Louis XIV".
fn century(tables: &Tables, place: &Place<'_>) -> Reading {
    let (len, value) = roman_at(place.rest)?;
    let Some(mark) = pattern!(r"(?:ème|er|e|ᵉ)\b").find(&place.rest[len..]) else {
        let (len, value) = regnal(place)?;
        let said = if value == 1 {
            "premier".to_owned()
        } else {
            tables.cardinal(&value.to_string(), Gender::None)
        };
        return Some((len, Said::of(&said)));
    };
    // "Le", "Me" and "De" are words.
    let counted = pattern!(r" (?:siècle|République|arrondissement|dynastie)")
        .is_match(&place.rest[len + mark.end()..]);
    if !counted
        && (len < 2 || place.rest[..len].contains(['L', 'C', 'D', 'M']))
        && mark.as_str() != "er"
    {
        return None;
    }
    let words = numeral::ordinal(tables.code, u64::from(value), Gender::Masculine)?;
    let (len, said) = (len + mark.end(), Said::of(&words.replace("-et-", " et ")));
    // "au XXIe s."
    if place.rest[len..].starts_with(" s.") {
        return Some((len + 3, said.then("siècle")));
    }
    Some((len, said))
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn numbers() {
        check(
            "fr",
            &[
                ("1 234 votes", "mille deux cent trente-quatre votes"),
                ("21 et 71", "vingt et un et soixante et onze"),
                ("21 heures, 1 personne", "vingt et une heures une personne"),
                ("3,25 et -2", "trois virgule vingt-cinq et moins deux"),
                ("le 1er, la 1re et le 2e", "le premier la première et le deuxième"),
                ("le XXe siècle", "le vingtième siècle"),
                ("Le Ve siècle, Louis XIV", "Le cinquième siècle Louis quatorze"),
                ("12,5 %", "douze virgule cinq pour cent"),
                ("5-10 ans", "cinq à dix ans"),
                ("1 c. à s. et 65 m2", "une cuillère à soupe et soixante-cinq mètres carrés"),
                ("100 km/h, 4x100 m", "cent kilomètres-heure quatre fois cent mètres"),
                ("S. M. Elizabeth II, Dr. Roy", "Sa Majesté Elizabeth deux docteur Roy"),
                ("la IIe Guerre, Tél. : 04", "la deuxième Guerre téléphone zéro quatre"),
                ("1 baleine, 21 usines", "une baleine vingt et une usines"),
                ("1/2 l, 2/3 et 2 ½", "un demi litre deux tiers et deux et demi"),
                (
                    "l'article 49.3, l'A380",
                    "l'article quarante-neuf point trois l'A trois cent quatre-vingts",
                ),
                ("5 × 4 = 20", "cinq fois quatre égale vingt"),
                ("le chap. IV, p. 23", "le chapitre quatre page vingt-trois"),
                ("l'art. 14-2 s'applique", "l' article quatorze deux s'applique"),
                ("au 121-1 s'il", "au cent vingt et un à un s'il"),
                (
                    "un 15/20, la version 3.2.1",
                    "un quinze sur vingt la version trois point deux point un",
                ),
                ("au XXIe s. et le CO₂", "au vingt et unième siècle et le C O deux"),
                ("Ils ont gagné 3-1.", "Ils ont gagné trois à un"),
            ],
        );
    }

    #[test]
    fn dates_and_times() {
        check(
            "fr",
            &[
                ("le 1er mai 2024", "le premier mai deux mille vingt-quatre"),
                ("le 21 mars", "le vingt et un mars"),
                ("le 03/04/1999", "le trois avril mille neuf cent quatre-vingt-dix-neuf"),
                ("à 17h30", "à dix-sept heures trente"),
                ("à 21 h", "à vingt et une heures"),
                ("à 17:05", "à dix-sept heures cinq"),
                ("le 6/12, le 06/12/23", "le six décembre le six décembre vingt-trois"),
                ("en 2:05:13", "en deux heures cinq minutes et treize secondes"),
                ("lun.-ven.", "lundi à vendredi"),
                ("les 20-22 sept.", "les vingt à vingt-deux septembre"),
                ("9h-18h, lun. au ven.", "neuf heures à dix-huit heures lundi au vendredi"),
                ("en 1'56\"32", "en une minute cinquante-six secondes trente-deux"),
                (
                    "au T4 2023, au 3T23, un T3",
                    "au quatrième trimestre deux mille vingt-trois au troisième trimestre vingt-trois un T trois",
                ),
            ],
        );
    }

    #[test]
    fn money_and_short_forms() {
        check(
            "fr",
            &[
                ("5 €", "cinq euros"),
                (
                    "1.250,00 euros, 35 h/semaine",
                    "mille deux cent cinquante euros trente-cinq heures par semaine",
                ),
                ("3,50 €", "trois euros cinquante"),
                ("5 millions €", "cinq millions d'euros"),
                ("2 Md€", "deux milliards d'euros"),
                ("Mme Roy et M. Gil", "madame Roy et monsieur Gil"),
                ("le n° 5, Bd. Voltaire", "le numéro cinq boulevard Voltaire"),
                (
                    "la loi n° 2018-493",
                    "la loi numéro deux mille dix-huit quatre cent quatre-vingt-treize",
                ),
                (
                    "1 500 €/mois, 0,50 €, 1 M€",
                    "mille cinq cents euros par mois cinquante centimes un million d'euros",
                ),
                (
                    "au 01 23 45 67 89",
                    "au zéro un vingt-trois quarante-cinq soixante-sept quatre-vingt-neuf",
                ),
                (
                    "www.exemple.fr ou info@exemple.fr",
                    "W W W point exemple point fr ou info arobase exemple point fr",
                ),
            ],
        );
    }
}
