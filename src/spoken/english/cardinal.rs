//! Bare numbers: counts, years, decimals, negatives, and numbers that their neighbours turn into
//! something else ("room 237", "version 3.11"). The last resort for anything with a digit.

use super::number::{cardinal, decimal, each_digit, looks_like_year, year};
use super::range::by_hundreds;
use super::said::{Place, Reading, Said, pattern};

/// A bare number: four digits without a comma are a year.
pub(super) fn bare(number: &str) -> String {
    if looks_like_year(number) { year(number) } else { decimal(number) }
}

/// Plus or minus before a number, where it cannot be a hyphen.
pub(super) fn sign(place: &Place<'_>) -> (usize, &'static str) {
    match place.rest.chars().next() {
        Some(c @ ('-' | '−' | '–')) if !place.inside_word() && !place.before.ends_with(')') => {
            (c.len_utf8(), "minus ")
        }
        Some('+') if !place.inside_word() => (1, "plus "),
        _ => (0, ""),
    }
}

pub(super) fn number(place: &Place<'_>) -> Reading {
    let (skip, sign) = sign(place);
    let rest = &place.rest[skip..];
    // "20 000", "1 250 000": groups parted by spaces, as standards have it.
    if let Some(found) =
        pattern!(r"[1-9][0-9]{0,2}(?:[ \u{a0}\u{202f}\u{2009}][0-9]{3}){1,6}\b").find(rest)
        && !place.inside_word()
        && (!found.as_str().contains(' ') || found.as_str().ends_with(" 000") || found.len() >= 9)
        && !pattern!(r"-| [0-9]").is_match(&rest[found.len()..])
    {
        let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        return Some((skip + found.len(), Said::of(&format!("{sign}{}", cardinal(&digits)))));
    }
    let found =
        pattern!(r"([0-9]{1,3}(?:,[0-9]{3}){1,60}|[0-9]{1,200})?(\.[0-9]{1,100})?").find(rest)?;
    let mut number = found.as_str();
    if number.is_empty() || (number.starts_with('.') && place.inside_word()) {
        return None;
    }
    // "123,0000" is not grouped.
    if rest[number.len()..].starts_with(|c: char| c.is_ascii_digit()) {
        number = &number[..number.find([',', '.']).unwrap_or(number.len())];
    }
    if number.is_empty() {
        return None;
    }
    let len = skip + number.len();
    let said = in_context(place, number, len, sign.is_empty());
    let said = Said::of(&format!("{sign}{said}"));
    // "151.9/$": what a currency costs.
    let price = [("/$", "dollar"), ("/€", "euro"), ("/£", "pound")]
        .into_iter()
        .find(|(mark, _)| place.rest[len..].starts_with(mark));
    match price {
        Some((mark, name)) if place.ends_at(len + mark.len()) => {
            Some((len + mark.len(), said.then("to the").then(name)))
        }
        _ => Some((len, said)),
    }
}

/// What the neighbours of `number`, which ends `len` bytes on, make of it.
fn in_context(place: &Place<'_>, number: &str, len: usize, unsigned: bool) -> String {
    let before = place.near(30);
    let after = &place.rest[len..];
    let whole = !number.contains([',', '.']);
    // "batting .312"
    if let Some(part) = number.strip_prefix('.')
        && part.len() == 3
        && pattern!(r"(?s).*\b(?i:bat(?:s|ted|ting)?|hit(?:s|ting)?|average(?: of)?|averaged) \z")
            .is_match(before)
    {
        return by_hundreds(part);
    }
    // "Economics 101": a first course.
    if number == "101"
        && pattern!(r"(?s).*\p{Lu}\p{Ll}+ \z").is_match(place.near(30))
        && pattern!(r#"(?:[.,;:!?)”"]|\z)"#).is_match(after)
    {
        return "one oh one".to_owned();
    }
    let joined = place.before.trim_end_matches(['-', '/']).len() < place.before.len()
        && place.before.trim_end_matches(['-', '/']).ends_with(char::is_alphanumeric);
    if whole && is_code(before, number)
        || whole && number.len() == 3 && pattern!(r"(?s).*\b(?i:dial|dialed|dialing|call|called|calling|text|ring|phone) (?:[0-9]{3},? )?(?:[0-9]{3},? )?(?:or )?\z").is_match(before)
        || whole && (5..=6).contains(&number.len()) && pattern!(r"(?s).*\b(?i:text|txt|texting) (?:[\w“”']+ )?(?:to )?\z").is_match(before)
        || number == "911" && !before.ends_with("Porsche ") && !pattern!(r" [a-z]+s\b").is_match(after)
        || whole && number.len() == 3 && pattern!(r" (?:calls?|emergency|operators?|dispatchers?|hotlines?)\b").is_match(after)
        // A long number within a serial number is not a count.
        || whole && joined && number.len() >= 5
    {
        return each_digit(number);
    }
    // "a 404 error"
    let answer = number.len() == 3 && matches!(&number[..2], "40" | "50");
    if answer
        && (pattern!(r" (?:errors?|page)\b").is_match(after)
            || before.ends_with("rror ")
            || before.ends_with("HTTP "))
    {
        return by_hundreds(number);
    }
    if whole
        && (3..=4).contains(&number.len())
        && pattern!(r"(?s).*\b(?i:room|flight|route|RTX|GTX|RX|highway|hwy\.?|interstate|suite|boeing|cessna|porsche|ferrari|peugeot|embraer|bus|US-|flight [A-Z0-9]{2}) ?\z")
            .is_match(before)
    {
        return by_hundreds(number);
    }
    if !whole
        && pattern!(r"(?s).*\b(?:[Vv]ersion|[Rr]elease|Python|iOS|iPadOS|Android|macOS|Windows|Java|PHP|Ubuntu|Kernel|GPT) \z")
            .is_match(before)
        && let Some((whole, part)) = number.split_once('.')
        && !whole.is_empty()
    {
        return format!("{} point {}", cardinal(whole), cardinal(part));
    }
    let counted = pattern!(
        r" (?:more |other |new |old )?(?:people|men|women|children|boys|girls|soldiers|troops|workers|employees|students|homes|houses|jobs|miles|feet|meters|metres|kilometers|kilometres|pounds|dollars|euros|seats|votes|tons|tonnes|words|pages|patients|deaths|cases|hours|minutes|seconds|members|times|degrees|points)\b"
    )
    .is_match(after);
    let tail_of_word = place.inside_word() && !before.ends_with(char::is_alphabetic);
    if unsigned && !counted && !tail_of_word && !place.inside_word() {
        bare(number)
    } else {
        decimal(number)
    }
}

/// "a card ending in 8876", "account no. 12345678", "order #10482": digits that count nothing.
fn is_code(before: &str, number: &str) -> bool {
    if number.len() < 4 && !number.starts_with('0') {
        return false;
    }
    let told = pattern!(
        r"(?s).*\b(?i-u:(?:ending|ends) (?:in|with)|(?:card|account|number) ending|extension|pin(?: (?:is|of|code))?|passcode|otp|zip code|area code|sort code|(?:account|passport|policy|licen[cs]e|reference|tracking|serial|booking|membership|registration|confirmation|invoice|case|ticket|card|phone|part|batch) (?:number|no\.?|num\.?|id)(?: is| was)?|id|sku)[ :#]{1,2}\z"
    );
    let order = pattern!(
        r"(?s).*\b(?i-u:order|ticket|invoice|ref\.?|tracking) (?:#|[Nn]o\. ?|[Nn]umber )\z"
    );
    told.is_match(before) || number.len() >= 5 && order.is_match(before)
}

/// "100s of people", "10s of 1,000s": so many hundreds.
pub(super) fn round_many(place: &Place<'_>) -> Reading {
    if !place.rest.starts_with("10") && !place.rest.starts_with("1,0") {
        return None;
    }
    let found =
        pattern!(r"(10|100|1,?000|10,?000|100,?000)['’]?s(?: of (100|1,?000|10,?000|100,?000)s)?\b( of\b| more\b)?")
            .captures(place.rest)?;
    let name = |digits: &str| match digits.replace(',', "").len() {
        2 => "tens",
        3 => "hundreds",
        4 => "thousands",
        5 => "tens of thousands",
        _ => "hundreds of thousands",
    };
    let comma = found[1].contains(',');
    if place.inside_word() || found.get(2).is_none() && found.get(3).is_none() && !comma {
        return None;
    }
    let mut said = Said::of(name(&found[1]));
    if let Some(of) = found.get(2) {
        said = said.then("of").then(name(of.as_str()));
    }
    Some((found[0].len() - found.get(3).map_or(0, |after| after.len()), said))
}

/// "192.168.0.1", "3.5.2", "v2.1.3": numbers with more than one dot, and versions.
pub(super) fn dotted(place: &Place<'_>) -> Reading {
    // "B.1.1.7" has a letter before its first dot.
    let mut before = place.before.chars().rev();
    let joined = before.next().is_some_and(|c| c == '.' || c == ',');
    if place.inside_word() || joined && before.next().is_none_or(|c| !c.is_uppercase()) {
        return None;
    }
    if let Some(found) =
        pattern!(r"(?:v\.? ?|V(?:er)?\. ?|ver\. ?)([0-9]{1,4}(?:\.[0-9]{1,6}){0,4})\b")
            .captures(place.rest)
    {
        return Some((found[0].len(), Said::of("version").then(&points(&found[1]))));
    }
    // "a .45-caliber gun"
    if let Some(found) =
        pattern!(r"\.([0-9]{2,3})[- ](?:calib\w+|rifle|pistol|revolver|handgun|gun|Magnum|round)")
            .captures(place.rest)
    {
        return Some((1 + found[1].len(), Said::of(&by_hundreds(&found[1]))));
    }
    // "a 401(k) plan"
    if let Some(found) =
        pattern!(r"(4(?:01|03|57))(?:\(([kb])\)|-?([kb]))(s?)\b|(4(?:01|03|57))\(([kb])\)")
            .captures(place.rest)
    {
        let number = found.get(1).or(found.get(5))?.as_str();
        let letter = found.get(2).or(found.get(3)).or(found.get(6))?.as_str();
        let mut said = Said::of(&year(number)).letters(letter);
        if let Some(last) =
            said.0.last_mut().filter(|_| found.get(4).is_some_and(|s| !s.is_empty()))
        {
            last.text.push_str("'s");
        }
        return Some((found[0].len(), said));
    }
    // "1'000'000", as the Swiss write it
    if let Some(found) = pattern!(r"[1-9][0-9]{0,2}(?:['’][0-9]{3})+\b").find(place.rest) {
        return Some((found.len(), Said::of(&cardinal(found.as_str()))));
    }
    let found = pattern!(r"[0-9]{1,9}(?:\.[0-9]{1,9}){2,9}").find(place.rest)?.as_str();
    if !place.ends_at(found.len()) {
        return None;
    }
    let parts: Vec<&str> = found.split('.').collect();
    // "2.0.0-beta.3"
    if let Some(stage) = pattern!(r"-(alpha|beta|rc|pre|dev|preview)[.-]?([0-9]{1,3})?\b")
        .captures(&place.rest[found.len()..])
    {
        let said = Said::of(&points(found));
        let said = if &stage[1] == "rc" { said.letters("rc") } else { said.then(&stage[1]) };
        let number = stage.get(2).map_or(String::new(), |number| cardinal(number.as_str()));
        return Some((found.len() + stage[0].len(), said.then(&number)));
    }
    // "1.234.567": thousands, as the continent writes them.
    if parts.len() == 3
        && parts[1..].iter().all(|p| p.len() == 3)
        && parts[0].len() <= 3
        && !parts[0].starts_with('0')
    {
        return Some((found.len(), Said::of(&cardinal(&parts.concat()))));
    }
    let internet =
        parts.len() == 4 && parts.iter().all(|p| p.parse::<u16>().is_ok_and(|n| n < 256));
    // "10.0.0.1:443"
    let port = pattern!(r":([0-9]{2,5})\b").captures(&place.rest[found.len()..]);
    if let Some(port) = port.filter(|_| internet) {
        let address = parts.iter().map(|part| each_digit(part)).collect::<Vec<_>>().join(" dot ");
        let said = Said::of(&address).then("colon").then(&each_digit(&port[1]));
        return Some((found.len() + port[0].len(), said));
    }
    let said = if internet {
        parts.iter().map(|part| each_digit(part)).collect::<Vec<_>>().join(" dot ")
    } else {
        points(found)
    };
    Some((found.len(), Said::of(&said)))
}

fn points(version: &str) -> String {
    version.split('.').map(cardinal).collect::<Vec<_>>().join(" point ")
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn counts_and_decimals() {
        check(
            "en",
            &[
                ("Some 4,512 people", "Some four thousand five hundred twelve people"),
                ("3.05 and .7", "three point zero five and point seven"),
                ("-3 and +4", "minus three and plus four"),
                ("from 0 to 10", "from zero to ten"),
                ("1,000,000", "one million"),
                (
                    "20 000 and 1 250 000 men",
                    "twenty thousand and one million two hundred fifty thousand men",
                ),
                // Four digits without a comma are a year, unless they count something.
                ("in 1987", "in nineteen eighty seven"),
                ("the 2024 vote", "the twenty twenty four vote"),
                ("1850 people", "one thousand eight hundred fifty people"),
                ("9000 of them", "nine thousand of them"),
                ("covid-19", "covid nineteen"),
                ("in 2024's race", "in twenty twenty four's race"),
                (
                    "1.234.567 or 1'000'000",
                    "one million two hundred thirty four thousand five hundred sixty seven or one million",
                ),
                ("151.9/$", "one hundred fifty one point nine to the dollar"),
            ],
        );
    }

    #[test]
    fn numbers_with_a_name_before_them() {
        check(
            "en",
            &[
                ("room 237", "room two thirty seven"),
                ("flight 1549", "flight fifteen forty nine"),
                ("Route 66", "Route sixty six"),
                ("call 911", "call nine one one"),
                ("Civics 101, with 101 people", "Civics one oh one with one hundred one people"),
                ("call 999 or 112", "call nine nine nine or one one two"),
                ("dial 999, 112 or 911", "dial nine nine nine one one two or nine one one"),
                ("account no. 12345678", "account number one two three four five six seven eight"),
                ("order #10482", "order number one zero four eight two"),
                (
                    "card number 4242, page number 4242",
                    "card number four two four two page number four thousand two hundred forty two",
                ),
                ("100s of people, 10s of 1,000s", "hundreds of people tens of thousands"),
                ("a card ending in 8876", "a card ending in eight eight seven six"),
                ("version 3.11", "version three point eleven"),
                ("flight UA 328", "flight U A three twenty eight"),
                ("text HOME to 741741", "text home to seven four one seven four one"),
                (
                    "batting .312 with a .45-caliber",
                    "batting three twelve with a forty five caliber",
                ),
                ("a 401(k) plan, 911 calls", "a four oh one K plan nine one one calls"),
            ],
        );
    }

    #[test]
    fn dots() {
        check(
            "en",
            &[
                ("192.168.0.1", "one nine two dot one six eight dot zero dot one"),
                ("release 3.5.2", "release three point five point two"),
                ("2.0.0-beta.3", "two point zero point zero beta three"),
                ("10.0.0.1:443", "one zero dot zero dot zero dot one colon four four three"),
                ("a 404 error, 404 men", "a four oh four error four hundred four men"),
                ("v2.1.3", "version two point one point three"),
                ("v2", "version two"),
                ("B.1.1.7", "B one point one point seven"),
            ],
        );
    }
}
