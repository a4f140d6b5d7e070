//! `lexicon.toml`: the word is the key, and how it is said the value.
//!
//! ```toml
//! "Phnom Penh" = "p'nom pen"
//! "Nguyen" = { ipa = "ŋwiən" }
//! "lead" = [
//!   { say = "led", when = { part = "noun" } },
//! ]
//! ```

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Finding, Page, Placed};
use crate::model::{Case, Entry, Part, When};

const FORMS: &str = "an entry is \"word\" = \"how it is said\", or { say = \"...\", ipa = \"...\", when = { case, language, part } }, or a list of such";

/// The entries of a file, in its order.
pub(super) fn read(page: &Page<'_>) -> (Vec<Placed>, Vec<Finding>) {
    let table = match DeTable::parse(page.text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            return (
                Vec::new(),
                vec![page.error(at, "syntax", error.message().replace('\n', ", "))],
            );
        }
    };
    let mut rows: Vec<_> = table.into_iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    let mut reader = Reader { page, entries: Vec::new(), findings: Vec::new() };
    for (key, value) in rows {
        let (line, column) = page.place(key.span().start);
        reader.value(&Key { written: key.get_ref(), line, column }, &value, true);
    }
    (reader.entries, reader.findings)
}

struct Key<'a> {
    written: &'a str,
    line: u32,
    column: u32,
}

struct Reader<'a> {
    page: &'a Page<'a>,
    entries: Vec<Placed>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn value(&mut self, key: &Key<'_>, value: &Spanned<DeValue<'_>>, list: bool) {
        match value.get_ref() {
            DeValue::String(say) => {
                self.add(key, Some(say.to_string()), None, When::default(), value.span());
            }
            DeValue::Table(table) => self.table(key, table, value.span()),
            DeValue::Array(array) if list && !array.is_empty() => {
                for item in array {
                    self.value(key, item, false);
                }
            }
            other => self.wrong(key, value.span(), &format!("this is {}; {FORMS}", kind(other))),
        }
    }

    fn table(&mut self, key: &Key<'_>, table: &DeTable<'_>, span: Range<usize>) {
        let (mut say, mut ipa, mut when) = (None, None, When::default());
        for (name, value) in table {
            let text = || value.get_ref().as_str().map(str::to_owned);
            match (&**name.get_ref(), value.get_ref()) {
                ("say", DeValue::String(_)) => say = text(),
                ("ipa", DeValue::String(_)) => ipa = text(),
                ("when", DeValue::Table(conditions)) => {
                    let Some(found) = self.when(key, conditions) else { return };
                    when = found;
                }
                ("say" | "ipa" | "when", other) => {
                    let message = format!("{} is {}; {FORMS}", name.get_ref(), kind(other));
                    return self.wrong(key, value.span(), &message);
                }
                (other, _) => {
                    let dots = format!("\"{}.{other}\"", key.written);
                    let message = format!(
                        "\"{other}\" is not known; {FORMS}; words with dots in them are quoted: {dots}"
                    );
                    return self.wrong(key, name.span(), &message);
                }
            }
        }
        self.add(key, say, ipa, when, span);
    }

    fn when(&mut self, key: &Key<'_>, conditions: &DeTable<'_>) -> Option<When> {
        let mut when = When::default();
        for (name, value) in conditions {
            let text = value.get_ref().as_str().unwrap_or_default();
            match (&**name.get_ref(), text) {
                ("case", "exact") => when.case = Some(Case::Exact),
                ("case", "any") => when.case = Some(Case::Any),
                ("part", "noun") => when.part = Some(Part::Noun),
                ("part", "verb") => when.part = Some(Part::Verb),
                ("part", "adjective") => when.part = Some(Part::Adjective),
                ("part", "adverb") => when.part = Some(Part::Adverb),
                ("language", tag) if is_tag(tag) => when.language = Some(tag.to_owned()),
                ("case", _) => {
                    self.wrong(key, value.span(), "case is \"exact\" or \"any\"");
                    return None;
                }
                ("part", _) => {
                    let message = "part is \"noun\", \"verb\", \"adjective\" or \"adverb\"";
                    self.wrong(key, value.span(), message);
                    return None;
                }
                ("language", _) => {
                    let message = "language is a tag such as \"en\" or \"en-GB\"";
                    self.wrong(key, value.span(), message);
                    return None;
                }
                (other, _) => {
                    let message =
                        format!("\"{other}\" is no condition; there are case, language and part");
                    self.wrong(key, name.span(), &message);
                    return None;
                }
            }
        }
        Some(when)
    }

    fn add(
        &mut self,
        key: &Key<'_>,
        say: Option<String>,
        ipa: Option<String>,
        when: When,
        span: Range<usize>,
    ) {
        let filled = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
        let (say, ipa) = (filled(say), filled(ipa));
        if say.is_none() && ipa.is_none() {
            return self.wrong(key, span, &format!("nothing to say; {FORMS}"));
        }
        let entry = Entry { written: key.written.to_owned(), say, ipa, when };
        self.entries.push(Placed { entry, line: key.line, column: key.column });
    }

    fn wrong(&mut self, key: &Key<'_>, span: Range<usize>, message: &str) {
        let mut finding =
            self.page.error(span.start, "entry", format!("\"{}\": {message}", key.written));
        finding.entry = Some(key.written.to_owned());
        self.findings.push(finding);
    }
}

/// Whether this looks like a BCP 47 tag.
pub(super) fn is_tag(tag: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    tag.split('-').all(part) && tag.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(array) if array.is_empty() => "an empty list",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
