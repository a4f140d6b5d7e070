//! Short forms, weekdays and Roman numerals of a language that is a table.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::Tables;

/// Rulers and popes whose "I" and "V" are numerals, in all of these languages.
const RULERS: &str = " Carlos Felipe Juan Isabel Fernando Alfonso Pedro Jaime Enrique Luis Francisco Pablo Carlo \
    Vittorio Emanuele Umberto Federico Enrico Pio Paolo Giovanni Manuel Afonso João Henrique Luís Napoleón Napoleone \
    Napoleão François Napoléon Charles Henri Philippe Elizabeth Elisabeth Élisabeth Isabelle Jean Friedrich Wilhelm Karl \
    Ludwig Heinrich Franz Otto Leopold Maximilian Isabella Elisabetta María Maria Catalina Caterina Catarina Victoria Vittoria Vitória Nikolaus Alexander Alejandro Alexandre Nicolás Nicolas Jorge Georg Georges ";

impl Tables {
    /// The names of what a form stands for, where it ends.
    fn listed(
        list: &'static [(&'static str, &'static str)],
        rest: &str,
    ) -> Option<(usize, &'static str)> {
        list.iter()
            .find(|(form, _)| {
                rest.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
            .map(|(form, said)| (form.len(), *said))
    }

    /// A short form of what is numbered, also with a capital: "Vol. III".
    fn numbered_form(&self, rest: &str) -> Option<(usize, &'static str)> {
        if let Some(found) = Self::listed(self.numbered, rest) {
            return Some(found);
        }
        let head = &rest[..rest.floor_char_boundary(9)];
        if !head.starts_with(|c: char| c.is_ascii_uppercase())
            || !head.contains('.')
            || self.code == "de"
        {
            return None;
        }
        let lower = format!("{}{}", head[..1].to_ascii_lowercase(), &head[1..]);
        Self::listed(self.numbered, &lower)
            .filter(|(len, _)| *len > 2 && lower[..*len].ends_with('.'))
    }

    pub(super) fn short(&self, place: &Place<'_>) -> Reading {
        // "p. 23", "cap. IV", "n.º 5": only before what they number.
        // A dot that the form has not is taken with it: "Bd. Voltaire".
        let dotted = |len: usize| len + usize::from(place.rest[len..].starts_with('.'));
        if let Some((len, said)) =
            self.numbered_form(place.rest).map(|(len, said)| (dotted(len), said))
            && pattern!(
                r"[ \u{a0}\u{202f}]?:?[ \u{a0}]?(?:[0-9]|\(?[0-9+]|[LRD]\. ?[0-9]|[IVXLC]+\b)"
            )
            .is_match(&place.rest[len..])
        {
            // "§ 5 Abs. 1 S. 2" is a sentence of the law.
            let sentence = self.code == "de"
                && place.rest.starts_with("S.")
                && pattern!(r"(?s).*\bAbs\. [0-9]{1,2}[a-z]? \z").is_match(place.near(12));
            return Some((len, Said::of(if sentence { "Satz" } else { said })));
        }
        // "D. Pedro", "Fr. Schulz": only before a name.
        if let Some((len, said)) =
            Self::listed(self.titles, place.rest).map(|(len, said)| (dotted(len), said))
            && pattern!(r"[ \u{a0}][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]").is_match(&place.rest[len..])
        {
            let name = place.rest[len..].trim_start();
            let name = &name[..name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len())];
            // "D. Ana" of Portugal is a lady.
            let said = if said == "dom" && name.ends_with('a') { "dona" } else { said };
            return Some((len, Said::of(said)));
        }
        if let Some(read) = self.weekday(place) {
            return Some(read);
        }
        let (len, said) = Self::listed(self.short, place.rest)?;
        // "1% a.m." is for a month, "às 5 a.m." in the morning.
        if said == "ao mês" && !place.near(8).contains('%') {
            return None;
        }
        // At the end of the sentence the dot is its full stop too.
        let last = place.rest[..len].ends_with('.') && place.rest[len..].trim().is_empty();
        Some((len - usize::from(last), Said::of(said)))
    }

    /// "Mo-Fr", "lun.-ven.", "Fr., 3.5."
    fn weekday(&self, place: &Place<'_>) -> Reading {
        let day = |text: &str| {
            let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
            let dot = usize::from(text[end..].starts_with('.'));
            let name = self.days.iter().find(|(form, _)| *form == &text[..end])?.1;
            Some((end + dot, dot == 1, name))
        };
        let (len, dot, name) = day(place.rest)?;
        let rest = &place.rest[len..];
        if let Some(dash) = pattern!(r" ?([-–—/]| a | à | au | al | bis ) ?").captures(rest)
            && let Some((more, dotted, last)) = day(&rest[dash[0].len()..])
            && (dot == dotted || dotted)
            && !rest[dash[0].len() + more..].starts_with(char::is_alphanumeric)
        {
            let ends = dotted && rest[dash[0].len() + more..].trim().is_empty();
            let joint = match &dash[1] {
                "/" => "",
                " au " => "au",
                " al " => "al",
                _ => self.to,
            };
            let len = len + dash[0].len() + more - usize::from(ends);
            return Some((len, Said::of(name).then(joint).then(last)));
        }
        let told = dot && pattern!(r",| [0-9]").is_match(rest)
            // "Fr 8–13 Uhr"
            || self.code == "de"
                && pattern!(r" [0-9]{1,2}(?:[:.][0-9]{2})?(?: ?[-–] ?[0-9]{1,2}(?:[:.][0-9]{2})?)? Uhr\b")
                    .is_match(rest);
        told.then(|| (len, Said::of(name)))
    }

    /// "la II guerra mundial", "der I. Weltkrieg", "via XX Settembre": numerals before what they count.
    fn before_its_name(&self, place: &Place<'_>) -> Reading {
        if !place.rest.starts_with(['I', 'V', 'X']) {
            return None;
        }
        let (len, value) = roman_at(place.rest)?;
        let rest = &place.rest[len..];
        if let Some(found) = pattern!(r"(\.?) (?:[Gg]uerra|[Gg]uerre|Weltkrieg)").captures(rest)
            && value <= 3
        {
            let words = numeral::ordinal(self.code, u64::from(value), Gender::Feminine)?;
            let ending = if self.code == "de" { super::german::ending(place.before) } else { "" };
            let ending = if ending == "r" { "" } else { ending };
            return Some((len + found[1].len(), Said::of(&format!("{words}{ending}"))));
        }
        let month = pattern!(r" (?:de )?(\p{L}+)").captures(rest)?;
        let named = self.months.iter().any(|name| *name == month[1].to_lowercase());
        (matches!(self.code, "it" | "pt" | "es") && named && (1..=31).contains(&value) && len > 1)
            .then(|| (len, Said::of(&self.cardinal(&value.to_string(), Gender::None))))
    }

    /// "capítulo IV", "Teil II": behind what is numbered.
    pub(super) fn part(&self, place: &Place<'_>) -> Reading {
        if let Some(read) = self.before_its_name(place) {
            return Some(read);
        }
        let before = place.before.strip_suffix([' ', '\u{a0}'])?.trim_end_matches('.');
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
        if word.is_empty() || !self.counted_by.split_ascii_whitespace().any(|entry| entry == word) {
            return None;
        }
        let (len, value) = roman_at(place.rest)?;
        // "S. M. el Rey"
        if matches!(&place.rest[..len], "C" | "D" | "L" | "M") {
            return None;
        }
        place
            .ends_at(len)
            .then(|| (len, Said::of(&self.cardinal(&value.to_string(), Gender::None))))
    }
}

/// The numeral of a ruler: behind a name; of one letter only behind those of whom there were several.
pub(super) fn regnal(place: &Place<'_>) -> Option<(usize, u32)> {
    let name = place.before.strip_suffix(' ')?.rsplit([' ', '\'', '’', '(', '-']).next()?;
    let (len, value) = roman_at(place.rest)?;
    let numeral = &place.rest[..len];
    let fits = name.starts_with(char::is_uppercase)
        && name.chars().nth(1).is_some_and(char::is_lowercase)
        && (len > 1
            || RULERS.split(' ').any(|ruler| {
                !ruler.is_empty() && ruler == name.trim_end_matches('s') || ruler == name
            }))
        && !numeral.contains(['L', 'C', 'D', 'M'])
        && place.ends_at(len);
    fits.then_some((len, value))
}

/// Of a queen the numeral is feminine.
pub(super) fn regnal_gender(place: &Place<'_>) -> Gender {
    const QUEENS: &str = " Isabel Isabella Elizabeth Elisabetta María Maria Catalina Caterina Catarina Cristina Victoria \
        Vittoria Vitória Margarita Margherita Margarida Juana Giovanna Joana Beatriz Leonor ";
    let name = place.before.trim_end().rsplit(' ').next().unwrap_or("");
    if QUEENS.split_ascii_whitespace().any(|queen| queen == name) {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

/// The Roman numeral at the start of `text` with its length.
pub(super) fn roman_at(text: &str) -> Option<(usize, u32)> {
    let numeral = pattern!(r"[IVXLCDM]{1,7}").find(text)?.as_str();
    Some((numeral.len(), numeral::roman(numeral)?))
}
