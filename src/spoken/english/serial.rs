//! Letters and digits in one token: "F-16", "H2O", "MP3", "A320", "B2A23C". Separate because the
//! letters are spelled and the digits are read by their place in it.

use super::initialism;
use super::number::{cardinal, each_digit, looks_like_year, plural, year};
use super::range::by_hundreds;
use super::said::{Place, Reading, Said, pattern};

/// Words that join numbers: "2vs1", "1-in-5".
const WORDS: [&str; 9] = ["vs", "in", "to", "by", "of", "on", "or", "and", "for"];

/// Letters or digits that follow one another.
struct Run<'a> {
    text: &'a str,
    /// Whether a hyphen parts it from the run before.
    parted: bool,
}

impl Run<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

pub(super) fn serial(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    // "BA.5": letters, then numbers with dots.
    if let Some(found) =
        pattern!(r"([A-Z]{2,3})\.([0-9]{1,2}(?:\.[0-9]{1,2}){0,3})\b").captures(place.rest)
    {
        let numbers = found[2].split('.').map(cardinal).collect::<Vec<_>>().join(" point ");
        return Some((found[0].len(), Said::default().letters(&found[1]).then(&numbers)));
    }
    // "UTC-5", "GMT+2"
    if (place.rest.starts_with("UTC") || place.rest.starts_with("GMT"))
        // "14:00 GMT - 16:00 GMT" is from one time to another.
        && !pattern!(r"(?s).*[0-9]{2} \z").is_match(place.near(4))
        && let Some(found) = pattern!(r"(UTC|GMT) ?([+−–-]) ?([0-9]{1,2})(?::?(30|45|00))?\b")
            .captures(place.rest)
    {
        let said = Said::default().letters(&found[1]);
        let said = said.then(if &found[2] == "+" { "plus" } else { "minus" });
        let said = said.then(&cardinal(&found[3]));
        let minutes = found.get(4).filter(|minutes| minutes.as_str() != "00");
        let said = minutes.map_or(said.clone(), |m| said.then(&cardinal(m.as_str())));
        return Some((found[0].len(), said));
    }
    if let Some(read) = ion(place).or_else(|| formula(place)).or_else(|| nuclide(place)) {
        return Some(read);
    }
    // "pp. 45ff."
    if matches!(place.digits(), (1..=4, Some('f' | ' ')))
        && let Some(found) = pattern!(r"([0-9]{1,4}) ?ff\b\.?").captures(place.rest)
        && (found[0].ends_with('.')
            || pattern!(r"(?s).*\b(?:pages?|pp?\.|lines?|verses?|sections?) \z")
                .is_match(place.near(10)))
    {
        return Some((found[0].len(), Said::of(&cardinal(&found[1])).then("and following")));
    }
    // "221B Baker Street", "Wi-Fi 802.11ac"
    if let Some(found) = pattern!(r"([1-9][0-9]{2})([A-H])\b").captures(place.rest)
        && pattern!(r" \p{Lu}").is_match(&place.rest[found[0].len()..])
    {
        return Some((found[0].len(), Said::of(&by_hundreds(&found[1])).letters(&found[2])));
    }
    if place.rest.starts_with("802.")
        && let Some(found) = pattern!(r"802\.([0-9]{1,2})([a-zA-Z]{0,2})\b").captures(place.rest)
    {
        let said = Said::of("eight oh two point").then(&cardinal(&found[1])).letters(&found[2]);
        return Some((found[0].len(), said));
    }
    let runs = runs(place.rest);
    let first = runs.first()?;
    let numbers = runs.iter().filter(|run| run.is_number()).count();
    if numbers == 0 || numbers == runs.len() {
        return None;
    }
    // "mid-1990s", "covid-19": a word and a number, each as it is.
    if !first.is_number() && is_word(first.text) && runs.get(1).is_some_and(|run| run.parted) {
        return None;
    }
    let last = runs.last()?;
    let len = last.text.as_ptr() as usize - place.rest.as_ptr() as usize + last.text.len();
    // "5-a-side"
    let article = runs.iter().any(|run| run.parted && run.text == "a");
    if !place.ends_at(len) || article || runs.iter().any(|run| WORDS.contains(&run.text)) {
        return None;
    }
    let mut said = Said::default();
    for (i, run) in runs.iter().enumerate() {
        let behind = i.checked_sub(1).map(|i| &runs[i]).filter(|run| run.is_number());
        // "B-52s", "1080p"
        if let Some(number) = behind.filter(|_| i + 1 == runs.len() && !run.parted) {
            // "F-35As": several of a letter.
            if let Some(letter) = run.text.strip_suffix('s').filter(|l| is_capital(l)) {
                said = said.letters(letter);
                if let Some(last) = said.0.last_mut() {
                    last.text.push_str("'s");
                }
                continue;
            }
            let several = run.text == "s";
            let picture =
                matches!(run.text, "p" | "i") && number.text.len() >= 3 && runs.len() == 2;
            if several || picture {
                said = said.but_last(&digits(number, i > 1 && !number.parted, Some(run)));
                let name = by_hundreds(number.text);
                said = if several {
                    said.then(&plural(&name))
                } else {
                    said.then(&name).letters(run.text)
                };
                continue;
            }
        }
        said = if run.is_number() {
            let next = runs.get(i + 1);
            // "Code2040": a year behind a word.
            let word = i > 0 && is_word(runs[i - 1].text) && looks_like_year(run.text);
            // "US-101", "F-150"
            let road = i == 1
                && run.parted
                && run.text.len() == 3
                && runs.len() == 2
                && (is_capital(first.text) || matches!(first.text, "US" | "SR" | "CR" | "FM"));
            // "MH-370", "KC-135"
            let type_of = i == 1
                && run.parted
                && run.text.len() == 3
                && runs.len() == 2
                && first.text.len() <= 3
                && first.text.bytes().all(|b| b.is_ascii_uppercase());
            let aircraft = type_of
                || road
                || place.before.ends_with("Boeing ")
                || place.before.ends_with("Airbus ");
            said.then(&if aircraft {
                by_hundreds(run.text)
            } else if word {
                year(run.text)
            } else {
                digits(run, i > 0 && !run.parted, next)
            })
        } else {
            let glued = i > 0 && !run.parted || runs.get(i + 1).is_some_and(|next| !next.parted);
            said.join(letters(run.text, glued))
        };
    }
    // "PM2.5"
    if last.is_number()
        && let Some(part) = pattern!(r"\.([0-9]{1,3})\b").captures(&place.rest[len..])
    {
        return Some((len + part[0].len(), said.then("point").then(&each_digit(&part[1]))));
    }
    Some((len, said))
}

fn is_capital(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// "H₂SO₄", "CaCO3": elements, every letter of theirs by its name, and how many of each.
fn formula(place: &Place<'_>) -> Reading {
    let shape = pattern!(
        r"(?:\(?(?:He|Li|Be|Ne|Na|Mg|Al|Si|Cl|Ar|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|As|Se|Br|Kr|Rb|Sr|Ag|Cd|Sn|Sb|Te|Cs|Ba|Pt|Au|Hg|Pb|Bi|Ra|Th|Pu|[HBCNOFPSKVIWU])(?:[0-9]{1,2}|[₀-₉]{1,2})?(?:\)[0-9₀-₉]?)?){2,12}"
    );
    let found = shape.find(place.rest)?.as_str();
    let counted = found.contains(|c: char| c.is_numeric());
    let lowered = found.contains(|c: char| ('₀'..='₉').contains(&c));
    let mixed = found.contains(|c: char| c.is_ascii_lowercase());
    if !counted
        || !(lowered || mixed)
        || !place.ends_at(found.len())
        || place.rest[found.len()..].starts_with('-')
    {
        return None;
    }
    let mut said = Said::default();
    let mut digits = String::new();
    for c in found.chars().chain([' ']) {
        if let Some(digit) =
            c.to_digit(10).or_else(|| u32::from(c).checked_sub(u32::from('₀')).filter(|d| *d < 10))
        {
            digits.push_str(&digit.to_string());
            continue;
        }
        said = said.then(&if digits.is_empty() { String::new() } else { cardinal(&digits) });
        digits.clear();
        if c.is_alphabetic() {
            said = said.letters(c.encode_utf8(&mut [0; 4]));
        }
    }
    Some((found.len(), said))
}

/// "Ca²⁺", "SO₄²⁻", "Na+", "Cl-": with its charge.
fn ion(place: &Place<'_>) -> Reading {
    let plain = place.rest.find(['+', '-']).is_some_and(|at| (1..=3).contains(&at));
    if plain
        && let Some(found) = pattern!(
            r"(?:(Na|Li|Ca|Mg|Fe|Cu|Zn|K|H|NH4)([23]?)(\+)|(Cl|Br|OH|HCO3)()(-))(?:[\s,.;)/]|\z)"
        )
        .captures(place.rest)
    {
        let part = |a: usize, b: usize| found.get(a).or(found.get(b)).map_or("", |m| m.as_str());
        let (symbol, charge) = (part(1, 4), part(2, 5));
        let digits = symbol.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let said = Said::default().letters(symbol);
        let said = if digits.is_empty() { said } else { said.then(&cardinal(digits)) };
        let said = if charge.is_empty() { said } else { said.then(&cardinal(charge)) };
        let sign = if part(3, 6) == "+" { "plus" } else { "minus" };
        return Some((symbol.len() + charge.len() + 1, said.then(sign)));
    }
    if !place.rest[..place.rest.floor_char_boundary(24)].contains(['⁺', '⁻']) {
        return None;
    }
    let found =
        pattern!(r"((?:[A-Z][a-z]?[₀₁₂₃₄₅₆₇₈₉]{0,2}){1,4})([²³⁴⁵]?)([⁺⁻])").captures(place.rest)?;
    let spelled = |said: Said, text: &str| {
        text.chars().fold(said, |said, c| {
            let digit = any_ascii::any_ascii_char(c);
            if digit.starts_with(|c: char| c.is_ascii_digit()) {
                said.then(&cardinal(digit))
            } else {
                said.letters(c.encode_utf8(&mut [0; 4]))
            }
        })
    };
    let said = spelled(spelled(Said::default(), &found[1]), &found[2]);
    let said = said.then(if &found[3] == "⁺" { "plus" } else { "minus" });
    Some((found[0].len(), said))
}

/// "¹⁴C", "Cs-137": kinds of an element.
pub(super) fn nuclide(place: &Place<'_>) -> Reading {
    const ELEMENTS: [(&str, &str); 15] = [
        ("C", "carbon"),
        ("H", "hydrogen"),
        ("He", "helium"),
        ("O", "oxygen"),
        ("N", "nitrogen"),
        ("I", "iodine"),
        ("U", "uranium"),
        ("Pu", "plutonium"),
        ("Cs", "cesium"),
        ("Sr", "strontium"),
        ("Co", "cobalt"),
        ("Tc", "technetium"),
        ("Po", "polonium"),
        ("Am", "americium"),
        ("Ra", "radium"),
    ];
    let first = place.rest.chars().next()?;
    if !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(first) && place.rest.as_bytes().get(2) != Some(&b'-')
    {
        return None;
    }
    let found =
        pattern!(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})([A-Z][a-z]?)\b|(Pu|Cs|Sr|Co|Tc|Po|Am|Ra)-([0-9]{2,3})\b")
            .captures(place.rest)?;
    if place.inside_word() {
        return None;
    }
    let symbol = found.get(2).or(found.get(3))?.as_str();
    let name = ELEMENTS.iter().find(|(element, _)| *element == symbol)?.1;
    let mass = any_ascii::any_ascii(found.get(1).or(found.get(4))?.as_str());
    Some((found[0].len(), Said::of(name).then(&by_hundreds(&mass))))
}

/// The runs of the token at the start of `rest`; a plain word behind a hyphen ("F-16-style") is not
/// part of it.
fn runs(rest: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut at = 0;
    let mut parted = false;
    while runs.len() < 24 {
        let tail = &rest[at..];
        let Some(c) = tail.chars().next().filter(char::is_ascii_alphanumeric) else { break };
        let same = |d: char| d.is_ascii_alphanumeric() && d.is_ascii_digit() == c.is_ascii_digit();
        let text = &tail[..tail.find(|d| !same(d)).unwrap_or(tail.len())];
        if parted && is_word(text) {
            break;
        }
        runs.push(Run { text, parted });
        at += text.len();
        let next = rest[at..].strip_prefix(['-', '‑']);
        parted = next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_alphanumeric()));
        at += usize::from(parted) * (rest.len() - at - next.map_or(0, str::len));
    }
    runs
}

/// Three letters or more, not in capitals, with a vowel.
fn is_word(text: &str) -> bool {
    text.len() >= 3
        && text.bytes().skip(1).any(|b| b.is_ascii_lowercase())
        && text.to_ascii_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `glued`: a number stands right beside.
fn letters(text: &str, glued: bool) -> Said {
    let capitals = text.bytes().all(|b| b.is_ascii_uppercase());
    // "SO2", "NO2": beside a number two letters are never the word that they look like.
    if is_word(text) || capitals && text.len() > if glued { 2 } else { 1 } {
        initialism::word(text, false)
    } else {
        Said::default().letters(text)
    }
}

/// `behind_letters`: right behind letters, without a hyphen.
fn digits(run: &Run<'_>, behind_letters: bool, next: Option<&Run<'_>>) -> String {
    let text = run.text;
    let touches = behind_letters || next.is_some_and(|next| !next.parted);
    if text.len() > 1 && text.starts_with('0') || text.len() > 4 {
        return each_digit(text);
    }
    match text.len() {
        1 | 2 => cardinal(text),
        3 if text.ends_with("00") || !touches => cardinal(text),
        // "A320", but digit by digit when more letters follow.
        3 if next.is_none() => by_hundreds(text),
        4 if text.ends_with("000") => cardinal(text),
        4 if !touches && looks_like_year(text) => year(text),
        // "SN 1987A"
        4 if !behind_letters
            && looks_like_year(text)
            && next.is_some_and(|next| is_capital(next.text)) =>
        {
            year(text)
        }
        _ => each_digit(text),
    }
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn types_and_formulas() {
        check(
            "en",
            &[
                ("an F-16 jet", "an F sixteen jet"),
                ("F-16-style wings", "F sixteen style wings"),
                ("an MP3 player", "an M P three player"),
                ("a 5G mast", "a five G mast"),
                ("in 3D", "in three D"),
                ("3-D films", "three D films"),
                ("H2O and CO2", "H two O and C O two"),
                ("the G20", "the G twenty"),
                ("two B-52s and 747s", "two B fifty twos and seven forty sevens"),
                ("1080p", "ten eighty P"),
                ("1-in-5", "one in five"),
                ("Code2040", "Code twenty forty"),
                ("BA.5", "B A five"),
                (
                    "H₂SO₄, CaCO3 and C₆H₁₂O₆",
                    "H two S O four C A C O three and C six H twelve O six",
                ),
                ("two F-35As", "two F thirty five A's"),
                ("802.11ac, 802.1X", "eight oh two point eleven A C eight oh two point one X"),
                ("221B Baker Street", "two twenty one B Baker Street"),
                ("the US-101", "the U S one oh one"),
                ("a Boeing 777-200ER", "a Boeing seven seventy seven two hundred E R"),
                ("H2SO4 and SO2", "H two S O four and S O two"),
                ("Na+ and Cl- ions", "N A plus and C L minus ions"),
                ("UTC-5, GMT+5:30", "U T C minus five G M T plus five thirty"),
                ("MH-370, AES-256", "M H three seventy A E S two fifty six"),
                ("Ca²⁺ and SO₄²⁻", "C A two plus and S O four two minus"),
                ("a 3-IN-1 tool", "a three in one tool"),
                ("an F-150, ¹⁴C, Cs-137", "an F one fifty carbon fourteen cesium one thirty seven"),
                ("5-a-side, pp. 45ff.", "five a-side pages forty five and following"),
                ("R2-D2", "R two D two"),
                ("the supernova 1987A", "the supernova nineteen eighty seven A"),
                ("an A320", "an A three twenty"),
                ("PM2.5", "P M two point five"),
                ("an H1N1 case", "an H one N one case"),
            ],
        );
    }

    #[test]
    fn serial_numbers() {
        check(
            "en",
            &[
                ("B2A23C", "B two A twenty three C"),
                ("25d08A", "twenty five D zero eight A"),
                ("my pnr is t2000", "my pnr is T two thousand"),
                ("flight BA2490", "flight B A two four nine zero"),
                ("a320b", "A three two zero B"),
                ("plot B-7/440128", "plot B seven four four zero one two eight"),
                // A word and a number stay what they are.
                ("mid-1990s", "mid nineteen nineties"),
                ("a 10-year-old boy", "a ten year-old boy"),
            ],
        );
    }
}
