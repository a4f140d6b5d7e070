//! Telephone numbers, postcodes, web and mail addresses of a language that is a table.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::Tables;

impl Tables {
    /// "+34 91 123 45 67", "030 1234567", "(11) 91234-5678", "01310-200": digits, a pause between groups.
    pub(super) fn telephone(&self, place: &Place<'_>) -> Reading {
        let international =
            pattern!(r"\+[0-9]{1,3}(?:[ .-]?\(0\))?(?:[ ./-]?\(?[0-9]{1,9}\)?){1,6}");
        let local = pattern!(
            r"\(?0[0-9]{1,5}\)?(?:[ /.-][0-9]{2,9}){1,5}\b|\([0-9]{2}\) ?[0-9]{4,5}-[0-9]{4}\b|[0-9]{3}-[0-9]{4}\b|[0-9]{5}-[0-9]{3}\b|[689][0-9]{1,2}(?: [0-9]{2,3}){3}\b"
        );
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let found = international
            .find(place.rest)
            .filter(|found| digits(found.as_str()) >= 8)
            // "05.12.2023" is a date, and "05/2023" a month.
            .or_else(|| {
                local.find(place.rest).filter(|found| {
                    digits(found.as_str()) >= 7
                        && !pattern!(r"[0-9]{2}[./-][0-9]{2}[./-][0-9]{4}\b")
                            .is_match(found.as_str())
                })
            })?;
        let found = found.as_str();
        if !place.ends_at(found.len())
            || pattern!(r"[-/][0-9]").is_match(&place.rest[found.len()..])
        {
            return None;
        }
        let groups: Vec<&str> =
            found.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        // The French say two digits as one number.
        let pairs = self.code == "fr";
        let mut said = Said::of(if found.starts_with('+') { self.plus } else { "" });
        for group in groups {
            let number = pairs && group.len() == 2 && !group.starts_with('0');
            let words = if number {
                self.cardinal(group, Gender::None)
            } else {
                numeral::each_digit(self.code, group)
            };
            said = said.then(&words).comma();
        }
        if let Some(last) = said.0.last_mut() {
            last.after = "";
        }
        Some((found.len(), said))
    }

    /// "PLZ 10115", ", 10115 Berlin": a postcode, digit by digit.
    pub(super) fn postcode(&self, place: &Place<'_>) -> Reading {
        let found = pattern!(r"[0-9]{5}\b").find(place.rest)?;
        let named = ["PLZ ", "CEP ", "CAP ", "C.P. ", "C. P. ", "CP "]
            .iter()
            .any(|name| place.before.ends_with(name));
        let town = self.code == "de"
            && place.before.ends_with(", ")
            && pattern!(r" [A-ZÄÖÜ][a-zäöüß]").is_match(&place.rest[found.len()..]);
        (named || town)
            .then(|| (found.len(), Said::of(&numeral::each_digit(self.code, found.as_str()))))
    }

    /// "www.ejemplo.es/a-b", "info@exemple.fr": what stands between its marks, and the marks by their names.
    pub(super) fn electronic(&self, place: &Place<'_>) -> Reading {
        let end = place
            .rest
            .find(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '<' | '>' | '"' | '“' | '”' | '«' | '»' | '(' | ')' | ',' | ';' | '!'
                    )
            })
            .unwrap_or(place.rest.len());
        let chunk = place.rest[..end].trim_end_matches(['.', '?', ':', '\'', '’', '*', '…']);
        if !chunk.contains(['.', '@']) || place.before.ends_with(['.', '/', '@', '-', '_']) {
            return None;
        }
        let known = pattern!(
            r"(?:https?://[^\s]|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z]|(?:www\.)?(?:[A-Za-z0-9-]{2,63}\.){1,4}(?:com|org|net|info|edu|gob|gov|eu|es|fr|de|it|pt|br|mx|ar|cl|at|ch|be|uk|tv|cat|io|app|dev|news|example)(?:/[^\s]*|\z))"
        );
        if !known.is_match(chunk) {
            return None;
        }
        let mut said = Said::default();
        let mut rest = chunk;
        while let Some(c) = rest.chars().next() {
            let len = if c.is_ascii_digit() {
                rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
            } else if c.is_alphabetic() {
                rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
            } else {
                c.len_utf8()
            };
            let part = &rest[..len];
            said = if c.is_ascii_digit() {
                said.then(&numeral::each_digit(self.code, part))
            } else if matches!(part, "www" | "http" | "https") {
                said.letters(part)
            } else if c.is_alphabetic() {
                said.then(part)
            } else {
                said.then(self.mark(c))
            };
            rest = &rest[len..];
        }
        Some((chunk.len(), said))
    }

    /// The name of a mark in an address.
    fn mark(&self, c: char) -> &'static str {
        let [dot, dash, underscore, colon] = self.web;
        match c {
            '.' => dot,
            '-' => dash,
            '_' => underscore,
            ':' => colon,
            _ => self.symbols.iter().find(|(symbol, _)| *symbol == c).map_or("", |(_, name)| name),
        }
    }
}
