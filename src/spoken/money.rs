//! Sums of money. Separate because the currency moves behind the number and its magnitude.

use super::number::{cardinal, decimal};
use super::said::{Place, Reading, Said, pattern};

/// Sign or code, before the name (as letters or a word), one, several, hundredths (one, several).
const CURRENCIES: [(&str, &str, &str, &str, &str, &str); 34] = [
    ("US$", "US", "dollar", "dollars", "cent", "cents"),
    ("A$", "Australian", "dollar", "dollars", "cent", "cents"),
    ("C$", "Canadian", "dollar", "dollars", "cent", "cents"),
    ("S$", "Singapore", "dollar", "dollars", "cent", "cents"),
    ("HK$", "Hong Kong", "dollar", "dollars", "cent", "cents"),
    ("NZ$", "New Zealand", "dollar", "dollars", "cent", "cents"),
    ("R$", "", "real", "reais", "centavo", "centavos"),
    ("USD", "US", "dollar", "dollars", "cent", "cents"),
    ("$", "", "dollar", "dollars", "cent", "cents"),
    ("€", "", "euro", "euros", "cent", "cents"),
    ("EUR", "", "euro", "euros", "cent", "cents"),
    ("£", "", "pound", "pounds", "penny", "pence"),
    ("GBP", "", "pound", "pounds", "penny", "pence"),
    ("¥", "", "yen", "yen", "sen", "sen"),
    ("JPY", "", "yen", "yen", "sen", "sen"),
    ("₩", "", "won", "won", "jeon", "jeon"),
    ("₹", "", "rupee", "rupees", "paisa", "paise"),
    ("Rs.", "", "rupee", "rupees", "paisa", "paise"),
    ("Rs", "", "rupee", "rupees", "paisa", "paise"),
    ("INR", "", "rupee", "rupees", "paisa", "paise"),
    ("₦", "", "naira", "naira", "kobo", "kobo"),
    ("NGN", "", "naira", "naira", "kobo", "kobo"),
    ("₱", "", "peso", "pesos", "centavo", "centavos"),
    ("₫", "", "dong", "dong", "xu", "xu"),
    ("฿", "", "baht", "baht", "satang", "satang"),
    ("₽", "", "ruble", "rubles", "kopek", "kopeks"),
    ("₺", "", "lira", "lira", "kurus", "kurus"),
    ("₵", "", "cedi", "cedis", "pesewa", "pesewas"),
    ("៛", "", "riel", "riel", "sen", "sen"),
    ("KSh", "Kenyan", "shilling", "shillings", "cent", "cents"),
    ("Ksh", "Kenyan", "shilling", "shillings", "cent", "cents"),
    ("KES", "Kenyan", "shilling", "shillings", "cent", "cents"),
    ("UGX", "Ugandan", "shilling", "shillings", "cent", "cents"),
    ("CHF", "Swiss", "franc", "francs", "centime", "centimes"),
];

type Currency =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

fn named(mut said: Said, currency: &Currency, name: &str) -> Said {
    said = if currency.1 == "US" { said.letters("US") } else { said.then(currency.1) };
    said.then(name)
}

pub(super) fn magnitude(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "k" | "thousand" => "thousand",
        "m" | "mn" | "mln" | "mm" | "million" => "million",
        "b" | "bn" | "bln" | "billion" => "billion",
        "t" | "tn" | "trn" | "trillion" => "trillion",
        _ => return None,
    })
}

fn amount(said: Said, number: &str, scale: Option<&str>, currency: &Currency) -> Said {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let short = part.trim_end_matches('0');
    if let Some(scale) = scale {
        return named(said.then(&decimal(number)).then(scale), currency, currency.3);
    }
    if short.len() > 2 {
        return named(said.then(&decimal(number)), currency, currency.3);
    }
    let cents: u64 = format!("{short:0<2}").parse().unwrap_or(0);
    let plain = whole.replace(',', "");
    let mut said = said;
    let silent = cents > 0 && plain.trim_start_matches('0').is_empty();
    if !silent {
        let name = if plain == "1" { currency.2 } else { currency.3 };
        said = named(said.then(&cardinal(&plain)), currency, name);
    }
    if cents > 0 {
        let name = if cents == 1 { currency.4 } else { currency.5 };
        said = said.then(&cardinal(&cents.to_string())).then(name);
    }
    said
}

pub(super) fn money(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    let first = place.rest.chars().next()?;
    let (skip, minus) = match first {
        '-' | '−' => (first.len_utf8(), "minus"),
        _ => (0, ""),
    };
    let rest = &place.rest[skip..];
    let Some(currency) = CURRENCIES.iter().find(|currency| rest.starts_with(currency.0)) else {
        return behind(place);
    };
    let tail = &rest[currency.0.len()..];
    let shape = pattern!(
        r" ?([0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?:[ -]?((?i:thousand|million|billion|trillion|mn|bn|tn|k|m|b|t))\b)?"
    );
    let found = shape.captures(tail)?;
    let scale = found.get(2).and_then(|m| magnitude(m.as_str()));
    let mut len = skip + currency.0.len() + found[0].len();
    let mut said = Said::of(minus);
    if let Some(more) = pattern!(concat!(
        r" ?[-–—] ?[$€£]?([0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,15}(?:\.[0-9]{1,9})?)(?:[ -]?((?i:thousand|million|billion|trillion|mn|bn|k|m|b))\b)?"
    ))
    .captures(&place.rest[len..])
        && !place.rest[len + more[0].len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    {
        len += more[0].len();
        let other = more.get(2).and_then(|m| magnitude(m.as_str()));
        let own_sign = more[0].contains(['$', '€', '£']);
        said = if own_sign {
            amount(said, &found[1], scale, currency)
        } else {
            said.then(&decimal(&found[1])).then(scale.unwrap_or(""))
        };
        said = amount(said.then("to"), &more[1], other, currency);
    } else if pattern!(r"-(?:a|per)-|-[a-z]{2,}").is_match(&place.rest[len..]) && !found[1].contains('.') {
        // "a $20-million plan" and "a $5-a-day wage" are singular before their noun.
        said = said.then(&decimal(&found[1])).then(scale.unwrap_or(""));
        said = named(said, currency, if place.rest[len..].starts_with("-a") { currency.3 } else { currency.2 });
    } else {
        said = amount(said, &found[1], scale, currency);
    }
    if let Some(per) =
        pattern!(r"/(yr|year|d|day|mo|month|wk|week|hr|hour|h|kg|lb|person|barrel|ton|tonne)\b")
            .captures(&place.rest[len..])
    {
        let unit = match &per[1] {
            "yr" => "year",
            "d" => "day",
            "mo" => "month",
            "wk" => "week",
            "hr" | "h" => "hour",
            "kg" => "kilogram",
            "lb" => "pound",
            other => other,
        };
        said = said.then("per").then(unit);
        len += per[0].len();
    }
    Some((len, said))
}

/// "20€", "50 USD", "16c".
fn behind(place: &Place<'_>) -> Reading {
    let found = pattern!(
        r"([0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?|[0-9]{1,15}(?:\.[0-9]{1,9})?)(?: ?(?i:(thousand|million|billion|trillion|bn|m|k)))? ?(€|£|¥|₩|₹|₫|฿|₽|៛|USD|EUR|GBP|JPY|INR|NGN|KES|UGX|CHF|¢)"
    )
    .captures(place.rest)?;
    if found[3].is_ascii() && !place.ends_at(found[0].len())
        || place.rest[found[0].len()..].starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    if &found[3] == "¢" {
        let name = if &found[1] == "1" { "cent" } else { "cents" };
        return Some((found[0].len(), Said::of(&decimal(&found[1])).then(name)));
    }
    let currency = CURRENCIES.iter().find(|currency| currency.0 == &found[3])?;
    let scale = found.get(2).and_then(|m| magnitude(m.as_str()));
    Some((found[0].len(), amount(Said::default(), &found[1], scale, currency)))
}
