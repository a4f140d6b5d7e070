//! Sums of money of a language that is a table.

use super::super::numeral::Gender;
use super::super::said::{Place, Reading, Said, pattern};
use super::number::{Number, number};
use super::{Magnitude, Money, Name, Tables, joined};

/// "US$ 1,300": where sums are in dollars and pesos, one comma parts thousands.
fn american<'a>(code: &str, money: &Money, text: &'a str) -> Option<Number<'a>> {
    if code != "es" || !money.signs.contains('$') {
        return None;
    }
    let found = pattern!(r"([0-9]{1,3}),([0-9]{3})\b").captures(text)?;
    let next = &text[found[0].len()..];
    if pattern!(r"[.,][0-9]").is_match(next) {
        return None;
    }
    Some(Number::whole(found[0].len(), format!("{}{}", &found[1], &found[2])))
}

impl Tables {
    /// A currency sign or code at the start of `text`.
    fn currency(&self, text: &str) -> Option<(usize, &Money)> {
        self.money.iter().find_map(|money| {
            let sign = money.signs.split('|').find(|sign| {
                text.strip_prefix(*sign).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
            })?;
            Some((sign.len(), money))
        })
    }

    /// A magnitude, short or in full, at the start of `text`.
    pub(super) fn magnitude(&self, text: &str) -> Option<(usize, &Magnitude)> {
        let gap = pattern!(r"[ \u{a0}\u{202f}]?").find(text).map_or(0, |m| m.end());
        self.magnitudes.iter().find_map(|magnitude| {
            let rest = text[gap..].strip_prefix(magnitude.short)?;
            let ends = magnitude.short.ends_with('.') || !rest.starts_with(char::is_alphanumeric);
            ends.then(|| (gap + magnitude.short.len(), magnitude))
        })
    }

    pub(super) fn sum(&self, place: &Place<'_>) -> Reading {
        let (skip, sign) = self.sign(place);
        let rest = &place.rest[skip..];
        let gap = |text: &str| pattern!(r"[ \u{a0}\u{202f}]?").find(text).map_or(0, |m| m.end());
        let (at, number, scale, money, len);
        if let Some((sign_len, found)) = self.currency(rest) {
            at = sign_len + gap(&rest[sign_len..]);
            number =
                american(self.code, found, &rest[at..]).or_else(|| self::number(&rest[at..]))?;
            let end = at + number.len;
            scale = self.magnitude(&rest[end..]);
            len = end + scale.map_or(0, |(len, _)| len);
            money = found;
        } else {
            number = self::number(rest)?;
            scale = self.magnitude(&rest[number.len..]);
            let mut end = number.len + scale.map_or(0, |(len, _)| len);
            end += gap(&rest[end..]);
            let (sign_len, found) = self.currency(&rest[end..])?;
            len = end + sign_len;
            money = found;
        }
        let said = Said::of(sign);
        let said = if let Some((_, scale)) = scale {
            let single = number.whole == "1" && number.part.is_none();
            // "trinta mil reais", but "trinta milhões de reais"
            let thousands = ["mil", "mille", "mila", "tausend"].contains(&scale.several);
            let of = if thousands { "" } else { self.of };
            let (words, name) = if single && !scale.single.is_empty() {
                (scale.single.to_owned(), scale.one)
            } else {
                (self.say(&number, Gender::Masculine), scale.several)
            };
            said.then(&words).then(name).then(&joined(of, money.name.several))
        } else {
            self.amount(said, &number, money)
        };
        Some(match self.per_at(&rest[len..]) {
            Some((more, per)) => (skip + len + more, said.then(per)),
            None => (skip + len, said),
        })
    }

    fn amount(&self, said: Said, number: &Number<'_>, money: &Money) -> Said {
        let name = |digits: &str, name: &Name| if digits == "1" { name.one } else { name.several };
        let cents = number.part.filter(|part| part.len() <= 2).map(|part| format!("{part:0<2}"));
        let Some(cents) = cents else {
            let name = if number.part.is_some() {
                money.name.several
            } else {
                name(&number.whole, &money.name)
            };
            return said.then(&self.say(number, money.name.gender)).then(name);
        };
        let cents = cents.trim_start_matches('0');
        // "0,50 €"
        if number.whole == "0" && !cents.is_empty() {
            return said
                .then(&self.cardinal(cents, money.cent.gender))
                .then(name(cents, &money.cent));
        }
        let said = said
            .then(&self.cardinal(&number.whole, money.name.gender))
            .then(name(&number.whole, &money.name));
        if cents.is_empty() {
            return said;
        }
        let said = said.then(self.and_cents).then(
            &self.cardinal(cents, if self.name_cents { money.cent.gender } else { Gender::None }),
        );
        if self.name_cents { said.then(name(cents, &money.cent)) } else { said }
    }
}
