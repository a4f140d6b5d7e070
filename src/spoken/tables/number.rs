//! Numbers of a language that is a table: counts, decimals, fractions, ranges, percentages, units, sizes, scores.

use super::super::numeral::{self, Gender};
use super::super::said::{Place, Reading, Said, pattern};
use super::Tables;

/// A number as written: whole digits and decimals.
pub(super) struct Number<'a> {
    pub(super) len: usize,
    pub(super) whole: String,
    pub(super) part: Option<&'a str>,
    /// Whether a dot stands before its decimals, and not a comma.
    point: bool,
}

impl Number<'_> {
    /// A number without decimals, written in `len` bytes.
    pub(super) fn whole(len: usize, whole: String) -> Self {
        Self { len, whole, part: None, point: false }
    }
}

/// The number at the start of `text`: commas before decimals, unless dots can only be that ("1,500.50").
pub(super) fn number(text: &str) -> Option<Number<'_>> {
    let found = pattern!(r"([0-9]{1,3}(?:,[0-9]{3}){1,5})(\.)([0-9]{1,2})\b|([0-9]{1,3}(?:,[0-9]{3}){2,5})\b")
        .captures(text)
        .or_else(|| {
            pattern!(
                r"([0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,3}(?:[ \u{a0}\u{202f}'’][0-9]{3}){1,5}|[0-9]{1,18})(?:([,.])([0-9]{1,12}))?"
            )
            .captures(text)
        })?;
    let whole = found.get(1).or(found.get(4))?.as_str();
    // "12,- Euro": no hundredths.
    let rest = &text[found[0].len()..];
    let even = [",--", ",-", ",–", ",—"].into_iter().find(|mark| rest.starts_with(mark));
    let even = even.filter(|mark| !rest[mark.len()..].starts_with(char::is_alphanumeric));
    Some(Number {
        len: found[0].len() + even.map_or(0, str::len),
        whole: whole.chars().filter(char::is_ascii_digit).collect(),
        part: found.get(3).map(|m| m.as_str()),
        point: found.get(2).is_some_and(|mark| mark.as_str() == "."),
    })
}

impl Tables {
    pub(super) fn cardinal(&self, digits: &str, gender: Gender) -> String {
        let mut words = numeral::cardinal(self.code, digits, gender);
        for (from, to) in self.respell {
            words = words.replace(from, to);
        }
        words
    }

    /// The words of a number; `gender` of what is counted.
    pub(super) fn say(&self, number: &Number<'_>, gender: Gender) -> String {
        // "1.250,00 euros"
        let Some(part) = number.part.filter(|part| *part != "00") else {
            return self.cardinal(&number.whole, gender);
        };
        let whole = self.cardinal(&number.whole, Gender::None);
        let zeros = part.len() - part.trim_start_matches('0').len();
        let decimals = if self.decimals_as_number && part.len() <= 2 && zeros == 0 {
            self.cardinal(part, Gender::None)
        } else {
            numeral::each_digit(self.code, part)
        };
        let mark = if number.point { self.point } else { self.comma };
        format!("{whole} {mark} {decimals}")
    }

    pub(super) fn sign(&self, place: &Place<'_>) -> (usize, &'static str) {
        match place.rest.chars().next() {
            Some(c @ ('-' | '−')) if !place.inside_word() => (c.len_utf8(), self.minus),
            Some('+') if !place.inside_word() => (1, self.plus),
            _ => (0, ""),
        }
    }

    /// "3.2.1": a version, and no thousands.
    pub(super) fn version(&self, place: &Place<'_>) -> Reading {
        if place.digits().1 != Some('.') {
            return None;
        }
        let found = pattern!(r"[0-9]{1,4}(?:\.[0-9]{1,5}){2,4}\b").find(place.rest)?.as_str();
        if !place.ends_at(found.len()) || found.split('.').skip(1).all(|part| part.len() == 3) {
            return None;
        }
        let parts = found.split('.').map(|part| self.cardinal(part, Gender::None));
        let words: Vec<String> = parts.collect();
        Some((found.len(), Said::of(&words.join(&format!(" {} ", self.point)))))
    }

    /// "Ley 39/2015", "n. 123/2023", "Lei nº 8.112/90": a number and its year.
    pub(super) fn law(&self, place: &Place<'_>) -> Reading {
        if self.law_of.is_empty() || !has_slash(place) {
            return None;
        }
        let found = pattern!(
            r"([0-9]{1,3}(?:\.[0-9]{3}){1,2}|[0-9]{1,6})/((?:1[89]|20)[0-9]{2}|[0-9]{2})\b"
        )
        .captures(place.rest)?;
        let named = pattern!(
            r"(?s).*(?:\b(?i:ley|orgánica|decreto|decreto-ley|orden|directiva|legge|d\.? ?lgs\.?|l\.|d\.l\.|lei|complementar|decreto-lei|sentencia|sentenza|rdl?)|[Nn]\.?[ºo°]?) \z"
        )
        .is_match(place.near(16));
        // "05/2023" is a month.
        let large = found[1].contains('.') || found[1].parse::<u32>().is_ok_and(|n| n > 12);
        if place.rest[found[0].len()..].starts_with(['/', '%'])
            || !named && (found[2].len() == 2 || !large)
        {
            return None;
        }
        let year = match found[2].len() {
            4 => (self.year)(self, &found[2]),
            _ => self.cardinal(&found[2], Gender::None),
        };
        let said = Said::of(&self.cardinal(&found[1], Gender::None)).then(self.law_of);
        Some((found[0].len(), said.then(&year)))
    }

    /// "15/20", "7,5/10": a mark; "6/4, 3/6": sets of tennis.
    fn mark_or_set(&self, place: &Place<'_>) -> Reading {
        if !has_slash(place) {
            return None;
        }
        let found =
            pattern!(r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?/([0-9]{1,3})\b").captures(place.rest)?;
        let rest = &place.rest[found[0].len()..];
        if rest.starts_with(['/', '%']) || place.before.ends_with(['/', '-', '.', ',']) {
            return None;
        }
        let best = matches!(&found[3], "10" | "20" | "100");
        // "6/10" may be a day in October.
        let told = found.get(2).is_some()
            || matches!(self.code, "fr" | "it" | "de") && &found[1] != "1"
            || pattern!(r"(?s).*\b(?:[Nn]ota|una?|uma?|calificación|puntuación)(?: de)? \z")
                .is_match(place.near(18));
        if best && told {
            let first = number(&place.rest[..found[0].len() - found[3].len() - 1])?;
            let said = Said::of(&self.say(&first, Gender::None)).then(self.out_of);
            return Some((found[0].len(), said.then(&self.cardinal(&found[3], Gender::None))));
        }
        let beside = pattern!(r"(?s).*[0-7]/[0-7](?:,| e| et| y) \z").is_match(place.near(8))
            || pattern!(r"(?:,| e| et| y) [0-7]/[0-7]\b").is_match(rest);
        if !beside
            || !pattern!(r"[0-7]/[0-7]\b").is_match(place.rest)
            || place.rest.as_bytes()[0] == place.rest.as_bytes()[2]
        {
            return None;
        }
        let said = Said::of(&self.cardinal(&found[1], Gender::None)).then(self.score);
        Some((found[0].len(), said.then(&self.cardinal(&found[3], Gender::None))))
    }

    /// "3:1", "4x4", "3 × 5 m", "5 × 4 = 20": two numbers with a sign between.
    pub(super) fn pair(&self, place: &Place<'_>) -> Reading {
        if let Some(read) = self.mark_or_set(place) {
            return Some(read);
        }
        if let Some(found) = pattern!(r"([0-9]{1,3}):([0-9])(?:[^0-9:]|\z)").captures(place.rest) {
            let said = Said::of(&self.cardinal(&found[1], Gender::None)).then(self.score);
            let len = found[1].len() + 1 + found[2].len();
            return Some((len, said.then(&self.cardinal(&found[2], Gender::None))));
        }
        let first = number(place.rest)?;
        let sign = pattern!(r" ?([x×]) ?").captures(&place.rest[first.len..])?;
        let second = first.len + sign[0].len();
        let rest = place
            .rest
            .get(second..)
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
        // Brazil writes scores like that.
        let score = self.code == "pt"
            && &sign[1] == "x"
            && pattern!(r"[0-9]\b").is_match(rest)
            && first.len == 1
            && !place.rest.starts_with("4x4")
            && !pattern!(r"[0-9] ?(?:k|c|m)?m\b").is_match(rest);
        let product = pattern!(r"[0-9.,]+ ?=").is_match(rest);
        // "4x100 m": a relay
        let relay = &sign[0] == "x" && pattern!(r"(?:50|[124]00) ?m\b").is_match(rest);
        let between = if product || relay {
            self.times
        } else if score {
            self.score
        } else {
            self.by
        };
        let said = Said::of(&self.say(&first, Gender::None)).then(between);
        let (len, other) = self.quantity(&Place { rest, before: " " })?;
        Some((second + len, said.join(other)))
    }

    /// "1/2 l", "2 ½", "¾", "2/3": parts of one, and of a unit.
    pub(super) fn fraction(&self, place: &Place<'_>) -> Reading {
        let found =
            pattern!(r"(?:([0-9]{1,3}) ?)?([½⅓⅔¼¾])|(?:([0-9]{1,3}) )?([0-9]{1,2})/([0-9]{1,2})\b")
                .captures(place.rest)?;
        let len = found[0].len();
        let rest = &place.rest[len..];
        if rest.starts_with('/') || place.before.ends_with(['/', '-', '.', ',', ':']) {
            return None;
        }
        let (top, bottom) = match found.get(2).map(|part| part.as_str()) {
            Some("½") => (1, 2),
            Some("⅓") => (1, 3),
            Some("⅔") => (2, 3),
            Some("¼") => (1, 4),
            Some("¾") => (3, 4),
            _ => (found[4].parse::<usize>().ok()?, found[5].parse::<usize>().ok()?),
        };
        let (one, several) = *self.parts.get(bottom.checked_sub(2)?)?;
        if top == 0 || top >= bottom {
            return None;
        }
        let half = (top, bottom) == (1, 2);
        let part = if top == 1 {
            one.to_owned()
        } else {
            format!("{} {several}", self.cardinal(&top.to_string(), Gender::Masculine))
        };
        let whole = found.get(1).or(found.get(3)).map(|whole| whole.as_str());
        let said = match whole {
            // "zweieinhalb"
            Some(whole) if half && self.code == "de" => {
                Said::of(&format!("{}{}", self.cardinal(whole, Gender::None), self.and_half))
            }
            Some(whole) if half => {
                Said::of(&self.cardinal(whole, Gender::None)).then(self.and_half)
            }
            Some(whole) => Said::of(&self.cardinal(whole, Gender::None)).then(self.and).then(&part),
            None => Said::of(&part),
        };
        let Some((space, unit)) = self.unit_at(rest) else { return Some((len, said)) };
        let several = whole.is_some_and(|whole| whole != "1");
        let name = if several { unit.several } else { unit.one };
        let name =
            if half || whole.is_some() { name.to_owned() } else { super::joined(self.of, name) };
        Some((len + space + unit.short.len(), said.then(&name)))
    }

    /// The unit behind a number, and the space before it.
    fn unit_at(&self, rest: &str) -> Option<(usize, &super::Name)> {
        let tail = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let space = rest.len() - tail.len();
        let units = self.units.iter().filter(|unit| {
            let after = tail.strip_prefix(unit.short);
            after.is_some_and(|after| {
                // "1 s'est": a word that lost its end.
                !after.starts_with(|c: char| c.is_alphanumeric() || "²³'’".contains(c))
                    && (!after.starts_with('/') || self.per_at(after).is_some())
            })                && (unit.short.len() > 1 || space <= 1)
                // "nel 2000 ha corso" has a verb.
                && (unit.short != "ha" || !pattern!(r"ha [a-zà-ÿ]").is_match(tail) || pattern!(r"ha d[ei'’]").is_match(tail))
        });
        units.max_by_key(|unit| unit.short.len()).map(|unit| (space, unit))
    }

    /// "/mes", "/an": what a quantity is for, with its length.
    pub(super) fn per_at(&self, rest: &str) -> Option<(usize, &'static str)> {
        self.per.iter().find_map(|(form, said)| {
            let after = rest.strip_prefix('/')?.strip_prefix(form)?;
            (!after.starts_with(char::is_alphanumeric)).then(|| (1 + form.len(), *said))
        })
    }

    /// Percentages, ranges, units, counts: whatever begins with a number.
    pub(super) fn quantity(&self, place: &Place<'_>) -> Reading {
        let (skip, sign) = self.sign(place);
        let number = self::number(&place.rest[skip..])?;
        let mut len = skip + number.len;
        let mut said = Said::of(sign);
        let mut last = number;
        // "5-10 años", and "3-1", which counts nothing.
        let mut score = false;
        if let Some(dash) = pattern!(r" ?[-–—] ?").find(&place.rest[len..])
            && !place.before.ends_with(['-', '–'])
            && let Some(other) = self::number(&place.rest[len + dash.end()..])
            && !place.rest[len + dash.end() + other.len..].starts_with(['-', '–'])
        {
            let from = if last.part.is_none() && last.len == last.whole.len() {
                self.bare(&last.whole)
            } else {
                self.say(&last, Gender::None)
            };
            // "n° 2018-493" is one name.
            let name = pattern!(r"(?s).*(?:\b(?:[Nn]os?|[Nn]úm\.|[Nn]r\.|[Nn]\.|número|numéro|numero|Nummer)|[Nn]\.?[°º]) \z")
                .is_match(place.near(12))
                // "l'art. 14-2", "L. 121-1"
                || place.before.ends_with([' ', '\u{a0}'])
                    && pattern!(r"(?s).*\b(?:DIN|EN|ISO|IEC) \z").is_match(place.near(6))
                || self.code == "fr" && pattern!(r"(?s).*\b(?:[Aa]rt\.|[Aa]rticle|[LRD]\.) ?\z").is_match(place.near(12));
            said = said.then(&from).then(if name { "" } else { self.to });
            let value = |number: &Number<'_>| number.whole.parse::<u32>().unwrap_or(u32::MAX);
            score = value(&last) >= value(&other);
            len += dash.end() + other.len;
            last = other;
        }
        let rest = &place.rest[len..];
        let tail = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let space = rest.len() - tail.len();
        for (mark, name) in [('%', self.percent), ('‰', self.per_mille)] {
            if tail.starts_with(mark) {
                let said = said.then(&self.say(&last, Gender::None)).then(name);
                return Some((len + space + mark.len_utf8(), said));
            }
        }
        if let Some((space, unit)) = self.unit_at(rest) {
            let single = last.whole == "1" && last.part.is_none();
            let name = if single { unit.one } else { unit.several };
            let said = said.then(&self.say(&last, unit.gender)).then(name);
            let end = len + space + unit.short.len();
            return Some(match self.per_at(&place.rest[end..]) {
                Some((more, per)) => (end + more, said.then(per)),
                None => (end, said),
            });
        }
        if !place.ends_at(len) {
            let digits = place.rest[skip..]
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(number_end(place.rest));
            let said =
                Said::of(sign).then(&self.cardinal(&place.rest[skip..skip + digits], Gender::None));
            return Some((skip + digits, said));
        }
        if let Some((more, scale)) = self.magnitude(rest) {
            let single = last.whole == "1" && last.part.is_none() && !scale.single.is_empty();
            let (said, name) = if single {
                (said.then(scale.single), scale.one)
            } else {
                (said.then(&self.say(&last, Gender::Masculine)), scale.several)
            };
            return Some((len + more, said.then(name)));
        }
        let noun = &tail[..tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len())];
        // German inflects the number one alone, and Italian keeps "centouno" whole.
        // "der 1-Liter-Krug"
        let joined =
            self.code == "de" && last.whole == "1" && pattern!(r"-[A-ZÄÖÜ]").is_match(rest);
        if joined {
            return Some((len, said.then(&self.cardinal("1", Gender::Masculine))));
        }
        let inflected = match self.code {
            "de" => last.whole == "1",
            "it" => last.whole.len() <= 2,
            _ => true,
        };
        // "nº 781 parte" counts nothing.
        let numbered = pattern!(r"(?s).*(?:[Nn]\.?[º°]|\b[Nn]o\.?|\b(?:Abs|Art|Nr|Kap|Ziff)\.|\b(?:Platz|Kanal|Gruppe)|§) ?\z").is_match(place.near(8));
        let gender = if space == 1 && !noun.is_empty() && inflected && !score && !numbered {
            (self.gender)(noun)
        } else {
            Gender::None
        };
        let year = last.part.is_none() && last.len == 4 && gender == Gender::None;
        let words = if year { self.bare(&last.whole) } else { self.say(&last, gender) };
        Some((len, said.then(&words)))
    }

    /// A number without context: four digits are a year.
    fn bare(&self, digits: &str) -> String {
        let year =
            digits.len() == 4 && digits.parse::<u32>().is_ok_and(|n| (1001..2100).contains(&n));
        if year { (self.year)(self, digits) } else { self.cardinal(digits, Gender::None) }
    }
}

/// Whether a slash stands near, without which most expressions need not be compiled.
fn has_slash(place: &Place<'_>) -> bool {
    place.rest.bytes().take(12).any(|byte| byte == b'/')
}

/// Where the digits at the start of `text` end.
fn number_end(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}
