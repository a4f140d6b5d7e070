//! Dates, times of day and durations of a language that is a table.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::Tables;

/// A day of a month.
fn day(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

impl Tables {
    /// The month at the start of `text`, in full, with a dot, or in short before its year.
    fn month(&self, text: &str) -> Option<(usize, &'static str)> {
        let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
        let lower = word.to_lowercase();
        let dot = usize::from(text[word.len()..].starts_with('.'));
        let year = pattern!(r" [12][0-9]{3}\b").is_match(&text[word.len()..]);
        self.months.iter().find_map(|month| {
            let full = month.to_lowercase();
            if full == lower {
                return Some((word.len(), *month));
            }
            let short = word.chars().count() >= 3
                && (full.starts_with(&lower) || lower == "sept" && full.starts_with("sep"))
                && (dot == 1 || year);
            short.then_some((word.len() + dot, *month))
        })
    }

    fn month_at(&self, digits: &str) -> Option<&'static str> {
        self.months.get(digits.parse::<usize>().ok()?.checked_sub(1)?).copied()
    }

    pub(super) fn date(&self, place: &Place<'_>) -> Reading {
        let numeric = pattern!(
            r"([0-9]{1,2})[º°]?([./-])([0-9]{1,2})[./-]([0-9]{4})\b|([0-9]{4})-([0-9]{2})-([0-9]{2})\b"
        );
        if let Some(found) = numeric.captures(place.rest) {
            let group =
                |a: usize, b: usize| found.get(a).or(found.get(b)).map_or("", |m| m.as_str());
            let (day, month) = (day(group(1, 7))?, self.month_at(group(3, 6))?);
            let date = (self.date)(self, day, month, place.before);
            let year = (self.year)(self, group(4, 5));
            return Some((found[0].len(), Said::of(&format!("{date} {} {year}", self.year_joint))));
        }
        if let Some(read) = self.roman_month(place).or_else(|| self.short_date(place)) {
            return Some(read);
        }
        // "les 20-22 sept.": days of one month
        if matches!(place.digits(), (1 | 2, Some('-' | '–')))
            && let Some(found) =
                pattern!(r"([0-9]{1,2})[-–]([0-9]{1,2})\.? (?:de )?\p{L}").captures(place.rest)
            && let (Some(_), Some(_)) = (day(&found[1]), day(&found[2]))
            && self.code != "de"
            && let Some((len, said)) =
                self.date(&Place { rest: &place.rest[found.get(2)?.start()..], before: " " })
        {
            let first = Said::of(&self.cardinal(&found[1], Gender::None)).then(self.to);
            return Some((found.get(2)?.start() + len, first.join(said)));
        }
        // "21 de marzo", "1er mai", "3. März", "1º de maio"
        let found = pattern!(r"([0-9]{1,2})(?:er|\.?º|°|\.)? (de )?").captures(place.rest)?;
        let day = day(&found[1])?;
        let (len, month) = self.month(&place.rest[found[0].len()..])?;
        let len = found[0].len() + len;
        let said = Said::of(&(self.date)(self, day, month, place.before));
        let year = pattern!(r" (?:de |del )?([0-9]{4})\b").captures(&place.rest[len..]);
        // "Av. 9 de Julio 1234" is an address.
        let street = pattern!(r"(?s).*\b(?:Av\.?|Avda\.?|Avenida|[Cc]alle|C/|Rua|R\.|Via|via) \z");
        if let Some(year) = year.filter(|_| !street.is_match(place.near(9))) {
            let said = said.then(self.year_joint).then(&(self.year)(self, &year[1]));
            return Some((len + year[0].len(), said));
        }
        Some((len, said))
    }

    /// "5-XI-1975", "12.X.2020"
    fn roman_month(&self, place: &Place<'_>) -> Reading {
        // "12.mar.2024", as some papers have it
        if place.digits().1 == Some('.')
            && let Some(found) =
                pattern!(r"([0-9]{1,2})\.(\p{Ll}{3})\.([0-9]{4})\b").captures(place.rest)
        {
            let (_, month) = self.month(&format!("{}.", &found[2]))?;
            let said = Said::of(&(self.date)(self, day(&found[1])?, month, place.before));
            let said = said.then(self.year_joint).then(&(self.year)(self, &found[3]));
            return Some((found[0].len(), said));
        }
        if !place.rest.bytes().take(4).any(|byte| matches!(byte, b'I' | b'V' | b'X')) {
            return None;
        }
        let found = pattern!(r"([0-9]{1,2})[-./]([IVX]{1,4})[-./]([0-9]{4}|[0-9]{2})\b")
            .captures(place.rest)?;
        let month = self.month_at(&numeral::roman(&found[2])?.to_string())?;
        let said = Said::of(&(self.date)(self, day(&found[1])?, month, place.before));
        let year = match found[3].len() {
            4 => (self.year)(self, &found[3]),
            _ => self.cardinal(&found[3], Gender::None),
        };
        Some((found[0].len(), said.then(self.year_joint).then(&year)))
    }

    /// "12/10/23", "am 3.5.", "le 6/12": two digits of the year, or none behind a word that only a date follows.
    fn short_date(&self, place: &Place<'_>) -> Reading {
        let of_year =
            pattern!(r"([0-9]{1,2})([/.])([0-9]{1,2})([/.])([0-9]{2})\b").captures(place.rest);
        if let Some(found) = of_year.filter(|found| found[2] == found[4])
            && !place.rest[found[0].len()..].starts_with(['/', ':'])
            && !pattern!(r"\.[0-9]").is_match(&place.rest[found[0].len()..])
        {
            let date = (self.date)(self, day(&found[1])?, self.month_at(&found[3])?, place.before);
            let year = self.cardinal(found[5].trim_start_matches('0'), Gender::None);
            return Some((found[0].len(), Said::of(&date).then(self.year_joint).then(&year)));
        }
        let found =
            pattern!(r"([0-9]{1,2})(?:/([0-9]{1,2})\b|\.([0-9]{1,2})\.)").captures(place.rest)?;
        let rest = &place.rest[found[0].len()..];
        // "na seg., 3/6"
        let before = match place.before.strip_suffix(", ") {
            Some(before) => before.trim_end_matches('.'),
            None => place.before.trim_end(),
        };
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let slash = found.get(2).is_some();
        let weekday = || self.days.iter().any(|(short, _)| *short == last);
        let told = if slash {
            weekday() && place.before.ends_with(", ")
                || matches!(
                    last.to_lowercase().as_str(),
                    "el" | "le"
                        | "il"
                        | "dia"
                        | "día"
                        | "em"
                        | "du"
                        | "del"
                        | "al"
                        | "au"
                        | "lunes"
                        | "martes"
                        | "miércoles"
                        | "jueves"
                        | "viernes"
                        | "sábado"
                        | "domingo"
                        | "lundi"
                        | "mardi"
                        | "mercredi"
                        | "jeudi"
                        | "vendredi"
                        | "samedi"
                        | "dimanche"
                        | "lunedì"
                        | "martedì"
                        | "mercoledì"
                        | "giovedì"
                        | "venerdì"
                        | "sabato"
                        | "domenica"
                        | "feira"
                ) && place.before.ends_with(' ')
                    && !pattern!(r"/| d(?:e|i|u|es|el)\b| d['’]").is_match(rest)
        } else {
            self.code == "de" && !rest.starts_with(|c: char| c.is_ascii_digit())
        };
        if !told {
            return None;
        }
        let month = self.month_at(found.get(2).or(found.get(3))?.as_str())?;
        // At the end of the sentence the second dot is its full stop.
        let dot = usize::from(!slash && rest.trim().is_empty());
        let said = Said::of(&(self.date)(self, day(&found[1])?, month, place.before));
        Some((found[0].len() - dot, said))
    }

    /// "2:05:30", "1 h 45 min": how long something took.
    pub(super) fn duration(&self, place: &Place<'_>) -> Reading {
        let counted = |digits: &str, of: usize| {
            let digits = digits.trim_start_matches('0');
            let digits = if digits.is_empty() { "0" } else { digits };
            let [one, several] = self.clock_parts[of];
            let gender =
                if of == 0 || self.code == "fr" { Gender::Feminine } else { Gender::Masculine };
            let gender = if self.code == "de" { Gender::Feminine } else { gender };
            if digits == "1" && of == 0 && self.code == "it" {
                "un'ora".to_owned()
            } else if digits == "1" {
                format!("{} {one}", self.cardinal(digits, gender))
            } else {
                format!(
                    "{} {several}",
                    self.cardinal(digits, if self.code == "de" { Gender::None } else { gender })
                )
            }
        };
        if let Some(found) =
            pattern!(r"([0-9]{1,2}):([0-5][0-9]):([0-5][0-9])\b").captures(place.rest)
        {
            let said = Said::of(&counted(&found[1], 0)).comma().then(&counted(&found[2], 1));
            return Some((found[0].len(), said.then(self.and).then(&counted(&found[3], 2))));
        }
        if let Some(read) = self.race(place, counted) {
            return Some(read);
        }
        let found = pattern!(r"([0-9]{1,2}) ?(?:h|Std\.) ?([0-5]?[0-9])( ?(?:min|Min|m)\b\.?)?")
            .captures(place.rest)?;
        if !place.ends_at(found[0].len()) {
            return None;
        }
        let clock = pattern!(r"(?s).*\b(?i:às|as|das|até|las|alle|dalle|ore|à|um|at) \z")
            .is_match(place.near(10));
        let minutes = found.get(3).is_some();
        // "17h30" is a clock unless the words say otherwise.
        if !minutes && (clock || self.code == "fr" || found[1].len() == 2) {
            return None;
        }
        // The dot may end the sentence.
        let dot =
            usize::from(found[0].ends_with('.') && place.rest[found[0].len()..].trim().is_empty());
        let said = Said::of(&counted(&found[1], 0));
        let said = if minutes {
            said.then(&counted(&found[2], 1))
        } else {
            said.then(self.and).then(&self.cardinal(found[2].trim_start_matches('0'), Gender::None))
        };
        Some((found[0].len() - dot, said))
    }

    /// `10"85`, `1'46"32`, "1min46s32", "1:46,32", "2:45 Std.": how long a race took.
    fn race(&self, place: &Place<'_>, counted: impl Fn(&str, usize) -> String) -> Reading {
        let mark = place.digits().1?;
        if !matches!(mark, '"' | '″' | '”' | '\'' | '′' | '’' | ':' | 's' | 'm') {
            return None;
        }
        if let Some(found) = pattern!(
            r#"(?:([0-9]{1,2})(?:['′’] ?|min))?([0-9]{1,2})(?:(?:["″”]|''|’’) ?([0-9]{1,2})|s([0-9]{2}))\b"#
        )
        .captures(place.rest)
        {
            let said = found.get(1).map_or(Said::default(), |minutes| Said::of(&counted(minutes.as_str(), 1)));
            let part = found.get(3).or(found.get(4))?.as_str();
            let said = said.then(&counted(&found[2], 2)).then(&self.cardinal(part, Gender::None));
            return Some((found[0].len(), said));
        }
        if let Some(found) =
            pattern!(r"([0-9]{1,2}):([0-5][0-9])[,.]([0-9]{1,3})\b(?: min\b)?").captures(place.rest)
        {
            let end = found.get(3)?.end();
            let seconds = super::number::number(&place.rest[found.get(2)?.start()..end])?;
            let said = Said::of(&counted(&found[1], 1)).then(&self.say(&seconds, Gender::None));
            return Some((found[0].len(), said.then(self.clock_parts[2][1])));
        }
        let found = pattern!(r"([0-9]{1,2}):([0-5][0-9]) (?:Std\.|Stunden\b|(h)\b)")
            .captures(place.rest)?;
        // "um 2:15 h" is a clock.
        let lasts = pattern!(r"(?s).*\b(?:dauert|dauerte|in|nach|von|über|etwa|rund|knapp) \z");
        if found.get(3).is_some() && !(self.code == "de" && lasts.is_match(place.near(10))) {
            return None;
        }
        let said = Said::of(&counted(&found[1], 0)).then(&counted(&found[2], 1));
        // The dot may end the sentence.
        let dot =
            usize::from(found[0].ends_with('.') && place.rest[found[0].len()..].trim().is_empty());
        Some((found[0].len() - dot, said))
    }

    pub(super) fn time(&self, place: &Place<'_>) -> Reading {
        let found = pattern!(r"([0-9]{1,2})(?: ?h ?| ?:|\.)([0-5][0-9])\b|([0-9]{1,2}) ?h\b")
            .captures(place.rest)?;
        let mut len = found[0].len();
        let hour = found.get(1).or(found.get(3))?.as_str();
        if hour.parse::<u32>().ok()? > 24 {
            return None;
        }
        let rest = &place.rest[len..];
        let mark = [" Uhr", " horas", " heures", " hrs.", " hrs", " h.", " h", "h"]
            .into_iter()
            .find(|mark| {
                rest.strip_prefix(mark).is_some_and(|r| !r.starts_with(char::is_alphanumeric))
            });
        // "17.30" may be a number: only with a word that says it is a time.
        let before = place.before.to_lowercase();
        let told = ["ore ", "alle ", "dalle ", "delle ", " h ", " las ", "às "]
            .iter()
            .any(|word| before.ends_with(word))
            && !rest.starts_with('0');
        if found[0].contains('.') && mark.is_none() && !told
            || rest.starts_with([':', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let minute = found.get(2).map_or(Ok(0), |m| m.as_str().parse()).ok()?;
        len += mark.map_or(0, str::len);
        let hour = hour.trim_start_matches('0');
        let said = Said::of(&(self.clock)(self, if hour.is_empty() { "0" } else { hour }, minute));
        // "9h-18h"
        if let Some(dash) = pattern!(r" ?[-–—] ?").find(&place.rest[len..])
            && let until = &place.rest[len + dash.end()..]
            && until.starts_with(|c: char| c.is_ascii_digit())
            && let Some((more, until)) = self.time(&Place { rest: until, before: " " })
        {
            return Some((len + dash.end() + more, said.then(self.to).join(until)));
        }
        Some((len, said))
    }
}
