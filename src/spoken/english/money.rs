//! Sums of money. Separate because the currency moves behind the number and its magnitude.

use super::currency::{Currency, currency};
use super::number::{cardinal, decimal};
use super::said::{Place, Reading, Said, pattern};

fn named(said: Said, currency: &Currency, name: &str) -> Said {
    let said = if matches!(currency.of, "US" | "CFA") {
        said.letters(currency.of)
    } else {
        said.then(currency.of)
    };
    said.then(name)
}

pub(super) fn magnitude(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "k" | "thousand" => "thousand",
        "m" | "mn" | "mln" | "mil" | "mm" | "million" => "million",
        "b" | "bn" | "bln" | "billion" => "billion",
        "t" | "tn" | "trn" | "trillion" => "trillion",
        "lakh crore" => "lakh crore",
        "lakh" | "lac" => "lakh",
        "cr" | "crore" => "crore",
        _ => return None,
    })
}

fn amount(said: Said, number: &str, scale: Option<&str>, currency: &Currency) -> Said {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let short = part.trim_end_matches('0');
    if let Some(scale) = scale {
        return named(said.then(&decimal(number)).then(scale), currency, currency.several);
    }
    if short.len() > 2 {
        return named(said.then(&decimal(number)), currency, currency.several);
    }
    // Nobody counts hundredths of a yen.
    if !short.is_empty()
        && matches!(currency.several, "yen" | "won" | "rupiah" | "dong" | "riel" | "kip" | "kyats")
    {
        return named(said.then(&decimal(number)), currency, currency.several);
    }
    let cents: u64 = format!("{short:0<2}").parse().unwrap_or(0);
    let plain = whole.replace(',', "");
    let mut said = said;
    let silent = cents > 0 && plain.trim_start_matches('0').is_empty();
    if !silent {
        let name = if plain == "1" { currency.one } else { currency.several };
        said = named(said.then(&cardinal(&plain)), currency, name);
    }
    if cents > 0 {
        let name = if cents == 1 { currency.cent } else { currency.cents };
        said = said.then(&cardinal(&cents.to_string())).then(name);
    }
    said
}

pub(super) fn money(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let first = place.rest.chars().next()?;
    // A code stands right before its number; in "EUR/USD 1.08" it is one of a pair.
    if first.is_alphabetic()
        && (place.before.ends_with('/') || !place.rest.bytes().take(8).any(|b| b.is_ascii_digit()))
    {
        return None;
    }
    // "2 for $5", written "2/$5"
    if first.is_ascii_digit()
        && let Some(found) = pattern!(r"([0-9]{1,2})/[$€£]").captures(place.rest)
    {
        return Some((found[1].len() + 1, Said::of(&cardinal(&found[1])).then("for")));
    }
    if first == 'R'
        && let Some(rand) = rand(place)
    {
        return Some(rand);
    }
    let (skip, minus) = match first {
        '-' | '−' => (first.len_utf8(), "minus"),
        _ => (0, ""),
    };
    let Some((sign, currency)) = currency(&place.rest[skip..]) else {
        return pence(place).or_else(|| behind(place));
    };
    let tail = &place.rest[skip + sign..];
    let found = pattern!(
        r"[ \u{a0}]?(-?)([0-9]{1,3}(?:,[0-9]{2,3}){1,6}(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?:[ \u{a0}-]?((?i-u:thousand|million|billion|trillion|lakh crore|lakh|crore|mil|mln|bln|trn|mn|bn|tn|cr|k|m|b|t))\b)?"
    )
    .captures(tail)?;
    let minus = if found[1].is_empty() { minus } else { "minus" };
    // "€3,50": two digits behind a comma are hundredths; thousands have three.
    let comma = pattern!(r"\A[0-9]{1,3},[0-9]{2}\z").is_match(&found[2]);
    let number = &if comma { found[2].replace(',', ".") } else { found[2].to_owned() };
    let scale = found.get(3).and_then(|m| magnitude(m.as_str()));
    let mut len = skip + sign + found[0].len();
    let mut said = Said::of(minus);
    if let Some(more) = pattern!(
        r" ?[-–—] ?((?:US|A|C)?[$€£₹])?([0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,15}(?:\.[0-9]{1,9})?)(?:[ -]?((?i-u:thousand|million|billion|trillion|lakh|crore|trn|mn|bn|tn|k|m|b))\b)?"
    )
    .captures(&place.rest[len..])
        && !pattern!(r"\w|-(?:[^a-z]|\z)").is_match(&place.rest[len + more[0].len()..])
    {
        len += more[0].len();
        let other = more.get(3).and_then(|m| magnitude(m.as_str()));
        if place.rest[len..].starts_with('-') {
            // "a $5-$10-a-night room"
            said = said.then(&decimal(number)).then(scale.unwrap_or("")).then("to");
            said = said.then(&decimal(&more[2])).then(other.unwrap_or(""));
            return Some((len, named(said, &currency, currency.one)));
        }
        said = if more.get(1).is_some() {
            amount(said, number, scale, &currency)
        } else {
            said.then(&decimal(number)).then(scale.unwrap_or(""))
        };
        said = amount(said.then("to"), &more[2], other, &currency);
    } else if (singular(place.before, &place.rest[len..])
        || scale.is_some() && found[0].contains('-') && !found[0].starts_with('-')) && (!number.contains('.') || scale.is_some())
    {
        said = said.then(&decimal(number)).then(scale.unwrap_or(""));
        said = named(said, &currency, currency.one);
    } else {
        said = amount(said, number, scale, &currency);
    }
    // "$1.3 billion dollars": the author's own name of the currency.
    if let Some(twice) =
        place.rest[len..].strip_prefix(' ').and_then(|rest| rest.strip_prefix(currency.several))
        && !twice.starts_with(char::is_alphanumeric)
    {
        len += 1 + currency.several.len();
    }
    let (more, said) = per(&place.rest[len..], said);
    Some((len + more, said))
}

/// "a $20-million plan", "a $5 bill": singular before its noun.
fn singular(before: &str, rest: &str) -> bool {
    let hyphen = pattern!(r"-(?:a-)?[a-z]{2,}").is_match(rest)
        && !pattern!(r"-(?:plus|odd|or|to|and)\b").is_match(rest);
    let article = pattern!(r"(?s).*\b(?i:an?|every|each|another) \z").is_match(before);
    // "a £30m, five-year deal"
    let noun = pattern!(r",? [a-z0-9]+-[a-z]+ [a-z]| [A-Za-z]").is_match(rest)
        && !pattern!(r" (?:of|to|from|and|or|in|on|at|per|for|is|was|by|with|than|a|an|the|each|more|less|every|as|that|when|if|but)\b")
            .is_match(rest);
    // "the $1.9trn deficit"
    let named = pattern!(r"(?s).*\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) \z").is_match(before)
        && pattern!(r" (?:[a-z-]+ )?(?:deficit|surplus|deal|plan|bill|project|loan|fund|budget|package|contract|fine|lawsuit|settlement|bailout|prize|home|house|mansion|estate|fee|tax|cut|investment|offer|bid|takeover|merger|acquisition|program|programme|scheme|grant|debt|bond|stake|sale|donation|tower|stadium|bridge|reward|bonus|salary|facility|campaign|upgrade|renovation|economy|market|industry|company|hole|gap|shortfall|blockbuster)\b")
            .is_match(rest);
    // "two $20 bills"
    hyphen
        || article && noun
        || named
        || pattern!(r" (?:bills?|notes?|coins?|banknotes?|vouchers?|gift cards?)\b").is_match(rest)
}

/// "/yr", "/barrel": what a sum is paid for, with its length.
fn per(rest: &str, said: Said) -> (usize, Said) {
    // "¥155/$"
    if let Some(found) = pattern!(r"/([$€£])(?:[^0-9]|\z)").captures(rest) {
        let name = match &found[1] {
            "$" => "dollar",
            "€" => "euro",
            _ => "pound",
        };
        return (1 + found[1].len(), said.then("to the").then(name));
    }
    // "£1,150pcm", "£500 pw"
    if let Some(found) = pattern!(r" ?(pcm|pw|p/w|pa|p\.a\.|pp)\b").captures(rest) {
        let unit = match &found[1] {
            "pcm" => "calendar month",
            "pw" | "p/w" => "week",
            "pp" => "person",
            _ => "year",
        };
        return (found[0].len(), said.then("per").then(unit));
    }
    let Some(found) = pattern!(
        r"/(yr|year|y|d|day|mo|month|wk|week|hr|hour|h|kg|lb|oz|g|l|gal|person|barrel|bbl|bu|ton|tonne|t|night|kWh|MWh|sq ft|share|unit|head|litre|liter|gallon|mile|km|minute|min|pint|seat|ticket|case|pound|kilo)\b(\.(?:[,;)]| [a-z]))?"
    )
    .captures(rest) else {
        return (0, said);
    };
    let unit = match &found[1] {
        "yr" | "y" => "year",
        "d" => "day",
        "mo" => "month",
        "wk" => "week",
        "hr" | "h" => "hour",
        "kg" => "kilogram",
        "lb" => "pound",
        "oz" => "ounce",
        "g" => "gram",
        "l" | "litre" => "liter",
        "gal" => "gallon",
        "bbl" => "barrel",
        "bu" => "bushel",
        "t" => "ton",
        "km" => "kilometer",
        "min" => "minute",
        "kWh" => "kilowatt hour",
        "MWh" => "megawatt hour",
        "sq ft" => "square foot",
        other => other,
    };
    // The dot of a short form goes, what comes after it stays.
    let dot = usize::from(found.get(2).is_some());
    (1 + found[1].len() + dot, said.then("per").then(unit))
}

/// "10¢", "50p", "5-10p", "up 7c".
fn pence(place: &Place<'_>) -> Reading {
    let next = place.digits().1;
    if matches!(next, Some('-' | '–' | ' '))
        && let Some(found) =
            pattern!(r"([0-9]{1,3}) ?[-–] ?([0-9]{1,3})(¢|p\b)").captures(place.rest)
        && found[2].parse::<u32>().ok() > found[1].parse().ok()
    {
        let name = if &found[3] == "p" { "pence" } else { "cents" };
        let said = Said::of(&cardinal(&found[1])).then("to").then(&cardinal(&found[2]));
        return Some((found[0].len(), said.then(name)));
    }
    if matches!(next, Some('c' | '.'))
        && let Some(found) = pattern!(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)c\b").captures(place.rest)
        && of_cents(place, &place.rest[found[0].len()..])
    {
        let name = if &found[1] == "1" { "cent" } else { "cents" };
        return Some((found[0].len(), Said::of(&decimal(&found[1])).then(name)));
    }
    let found =
        pattern!(r"([0-9]{1,3}(?:,[0-9]{3})?(?:\.[0-9])?) ?(¢|p\b)").captures(place.rest)?;
    // "720p" is a picture.
    let picture = ["144", "240", "360", "480", "576", "720"].contains(&&found[1]);
    if &found[2] == "p" && (found[0].contains(' ') || picture) {
        return None;
    }
    let rest = &place.rest[found[0].len()..];
    let single = &found[1] == "1"
        || singular(place.before, rest)
        || pattern!(r" (?:stores?|shops?|burgers?|menus?)\b").is_match(rest);
    let name = match (&found[2], single) {
        ("¢", true) => "cent",
        ("¢", false) => "cents",
        (_, true) if &found[1] == "1" => "penny",
        _ => "pence",
    };
    Some((found[0].len(), Said::of(&decimal(&found[1])).then(name)))
}

/// Whether "7c" are cents: a sum can stand there, and the sentence speaks of prices.
fn of_cents(place: &Place<'_>, rest: &str) -> bool {
    let sum = pattern!(
        r"(?s).*\b(?:by|to|from|of|at|down|up|lost|gained|added|shed|rose|fell|costs?|only|just|about|around|for|or|and|than|paid|pays|extra|another|an?) \z"
    );
    let prices = pattern!(
        r"(?s).*(?:[$¢]|\b(?i-u:cents?|shares?|dividends?|lit(?:re|er)s?|gallons?|pounds?|kilo|prices?|costs?|dollars?|stocks?|euros?|rand|levy|tax|surcharge|toll|fares?|stamps?|deposit|cash|pay|paid)\b)"
    );
    sum.is_match(place.near(10))
        && (prices.is_match(place.near(60))
            || prices.is_match(&rest[..rest.floor_char_boundary(40)]))
}

/// "R1,500", "R2.5 million": South Africa's sign is a letter, so the number has to look like a sum ("R500" is
/// a road, too).
fn rand(place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"R([0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]{2})?|[0-9]{1,9}\.[0-9]{1,2}|[0-9]{1,3})(?:[ -]?(million|billion|trillion|bn|mn|m|k))?\b"
    )
    .captures(place.rest)?;
    let scale = found.get(2).and_then(|m| magnitude(m.as_str()));
    let cents = found[1].split_once('.').is_some_and(|(_, part)| part.len() == 2);
    if scale.is_none() && !found[1].contains([',', ' ']) && !cents {
        return None;
    }
    let (_, currency) = currency("ZAR")?;
    Some((found[0].len(), amount(Said::default(), &found[1].replace(' ', ""), scale, &currency)))
}

/// "20€", "50 USD", "5bn yuan", "3,50 €".
fn behind(place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"([0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?|[0-9]{1,6},[0-9]{2}|[0-9]{1,15}(?:\.[0-9]{1,9})?)(?:[ \u{a0}]?(?i-u:(thousand|million|billion|trillion|lakh|crore|trn|mn|bn|tn|m|k|b))\b)?[ \u{a0}]?"
    )
    .captures(place.rest)?;
    let rest = &place.rest[found[0].len()..];
    // "12.5 US$", "12,000$", but "5 $10 bills"
    let (sign, currency) = currency(rest).filter(|(sign, _)| {
        is_code(&rest[..*sign])
            || rest[..*sign].ends_with('$') && !pattern!(r" ?[0-9.]").is_match(&rest[*sign..])
    })?;
    let len = found[0].len() + sign;
    if !place.ends_at(len) {
        return None;
    }
    let scale = found.get(2).and_then(|m| magnitude(m.as_str()));
    let comma = pattern!(r"\A[0-9]+,[0-9]{2}\z").is_match(&found[1]);
    let number = if comma { found[1].replace(',', ".") } else { found[1].to_owned() };
    let said = amount(Said::default(), &number, scale, &currency);
    let (more, said) = per(&place.rest[len..], said);
    Some((len + more, said))
}

/// Signs and codes that are written behind a number, too.
fn is_code(sign: &str) -> bool {
    !sign.contains('$')
        && sign != "Rs"
        && sign != "Rs."
        && (sign.len() == 3 || sign == "kr" || !sign.is_ascii())
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn sums() {
        check(
            "en",
            &[
                ("$48.5 million", "forty eight point five million dollars"),
                ("$1", "one dollar"),
                ("€3.20", "three euros twenty cents"),
                ("€3,50 or 3,50 €", "three euros fifty cents or three euros fifty cents"),
                ("₹5,00,000", "five hundred thousand rupees"),
                ("2/$5", "two for five dollars"),
                (
                    "R1,500 or R2.5bn",
                    "one thousand five hundred rand or two point five billion rand",
                ),
                ("the R500 road", "the R five hundred road"),
                ("kr 50", "fifty kroner"),
                ("EUR/USD 1.08", "E U R U S D one point zero eight"),
                (
                    "at 45.6p or 489p",
                    "at forty five point six pence or four hundred eighty nine pence",
                ),
                ("in 720p", "in seven twenty P"),
                ("$2,500/mo. plus tax", "two thousand five hundred dollars per month plus tax"),
                ("£20.50", "twenty pounds fifty pence"),
                ("$0.01", "one cent"),
                ("¥151.45", "one hundred fifty one point four five yen"),
                (
                    "at 1,204p in the 99¢ store",
                    "at one thousand two hundred four pence in the ninety nine cent store",
                ),
                ("$1,234.5", "one thousand two hundred thirty four dollars fifty cents"),
                ("-$5", "minus five dollars"),
                ("10¢ or 50p", "ten cents or fifty pence"),
                ("20€ and 50 USD", "twenty euros and fifty U S dollars"),
                (
                    "12.5m US$, 5€/kg",
                    "twelve point five million U S dollars five euros per kilogram",
                ),
                ("12,000$ or 5 $10 bills", "twelve thousand dollars or five ten dollar bills"),
                ("12 million yuan", "twelve million yuan"),
                ("shares rose by 7c to 45c", "shares rose by seven cents to forty five cents"),
                ("the 7c bus", "the seven C bus"),
                ("5-10p, ¥155/$", "five to ten pence one hundred fifty five yen to the dollar"),
                ("£1,150pcm", "one thousand one hundred fifty pounds per calendar month"),
                ("$10-plus fees", "ten dollars plus fees"),
            ],
        );
    }

    #[test]
    fn magnitudes() {
        check(
            "en",
            &[
                ("US$1.2bn", "one point two billion U S dollars"),
                ("$5m", "five million dollars"),
                ("₩5bn", "five billion won"),
                ("¥30 b", "thirty billion yen"),
                ("Rs 500 crore", "five hundred crore rupees"),
                ("₹5 lakh", "five lakh rupees"),
                ("€5m", "five million euros"),
                ("A$2m", "two million Australian dollars"),
                (
                    "₹2.5 lakh crore, ¥1.5trn",
                    "two point five lakh crore rupees one point five trillion yen",
                ),
            ],
        );
    }

    #[test]
    fn other_currencies() {
        check(
            "en",
            &[
                ("KHR 4,000", "four thousand riel"),
                ("4,000 KHR", "four thousand riel"),
                ("RM 50", "fifty ringgit"),
                ("CFA 500", "five hundred C F A francs"),
                ("CHF 20", "twenty Swiss francs"),
                ("₦100", "one hundred naira"),
                ("HK$8", "eight Hong Kong dollars"),
                ("Sh1,000, GH¢5, Tk 100", "one thousand shillings five cedis one hundred taka"),
            ],
        );
    }

    #[test]
    fn ranges_and_sums_before_nouns() {
        check(
            "en",
            &[
                ("$5-$10", "five dollars to ten dollars"),
                ("$5-10", "five to ten dollars"),
                ("$2-3 million", "two to three million dollars"),
                ("a $20 million plan", "a twenty million dollar plan"),
                ("a $20-million plan", "a twenty million dollar plan"),
                ("a $5 bill", "a five dollar bill"),
                (
                    "two $20 bills, the ₹2,000 note",
                    "two twenty dollar bills the two thousand rupee note",
                ),
                ("a £30m, five-year deal", "a thirty million pound five-year deal"),
                ("a $500 million IT plan", "a five hundred million dollar I T plan"),
                ("$1.3 billion dollars", "one point three billion dollars"),
                ("$5 of it", "five dollars of it"),
                ("$350/yr", "three hundred fifty dollars per year"),
                ("a $10-a-day habit", "a ten dollar a-day habit"),
                ("a $5-$10-a-night room", "a five to ten dollar a-night room"),
                ("a 99¢ burger", "a ninety nine cent burger"),
            ],
        );
    }
}
