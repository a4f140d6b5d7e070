//! The spoken form: takes a script, gives the same script with every written word as the words a
//! newsreader would say, each knowing the text it stands for.
//!
//! Classifiers are tried in order at every place; what none of them knows is still said: letters
//! as they are, digits one by one, symbols by name.

mod abbreviation;
mod address;
mod date;
mod electronic;
mod fixed;
mod foreign;
mod initialism;
mod lexicon;
mod measure;
mod money;
mod number;
mod plain;
mod roman;
mod said;
mod say_as;
mod symbol;
mod telephone;
mod time;

use std::{ops::Range, path::PathBuf};

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use fixed::Fixed;
pub use foreign::foreign_script;
pub use lexicon::{Finding, Lexicon, LexiconError, Lexicons, Placed, Severity};

use crate::model::{Reading as Given, Script, Segment, Warning, Word};
use said::{Place, Reading, Said};

/// How far a classifier may look, in bytes: keeps the whole linear.
const WINDOW: usize = 400;

/// Choices of the spoken form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpokenOptions {
    /// Lexicon files, the first winning over the next; unset means `lexicon.toml`, when there is one.
    pub lexicons: Option<Vec<PathBuf>>,
}

type Classifier = fn(&Place<'_>) -> Reading;

/// In order: the first that knows the place wins.
const CLASSES: [Classifier; 19] = [
    electronic::electronic,
    address::street,
    address::state,
    telephone::telephone,
    money::money,
    time::time,
    date::date,
    date::decade,
    plain::percent,
    plain::times,
    measure::feet,
    measure::measure,
    plain::fraction,
    plain::ordinal_number,
    plain::range,
    abbreviation::abbreviation,
    roman::roman,
    plain::number,
    symbol::math,
];

/// Fills [`crate::model::Segment::spoken`] of every segment, with the words of `lexicons` where they have an
/// entry; problems become warnings.
pub fn speak_words(script: &mut Script, _options: &SpokenOptions, lexicons: &Lexicons) {
    let transliterate = foreign::transliterates(script);
    let mut uncovered = std::collections::BTreeSet::new();
    let mut warnings = Vec::new();
    for segment in &mut script.segments {
        let line = script.source.lines.line(segment.span.start);
        warnings.extend(given_faults(segment).map(|warning| warning.at_line(line)));
        let fixed = fixed::fixed(&segment.text, &segment.language, &segment.given, lexicons);
        segment.spoken = read_text(&segment.text, &segment.language, &fixed);
        if !english(&segment.language) && uncovered.insert(segment.language.clone()) {
            let message = format!(
                "numbers and abbreviations are not read out in {}: write them as words",
                segment.language
            );
            warnings.push(Warning::new("spoken-not-covered", message).at_line(line));
        }
        if transliterate {
            for word in foreign::transliterate(&mut segment.spoken, &segment.language) {
                let message = format!("\"{word}\" is in another script and was transliterated");
                warnings.push(Warning::new("transliterated", message).at_line(line));
            }
        }
    }
    script.warnings.extend(warnings);
}

fn english(language: &str) -> bool {
    language.is_empty()
        || language.split(['-', '_']).next().is_some_and(|l| l.eq_ignore_ascii_case("en"))
}

/// The spoken words of one sentence. Pure; every letter and digit of `text` lies in some word's
/// [`Word::written`].
#[must_use]
pub fn words(text: &str, language: &str) -> Vec<Word> {
    read_text(text, language, &[])
}

/// The spoken words of one sentence, with those of `lexicons` where they have an entry.
#[must_use]
pub fn words_with(text: &str, language: &str, lexicons: &Lexicons) -> Vec<Word> {
    read_text(text, language, &fixed::fixed(text, language, &[], lexicons))
}

/// The spoken words of one sentence, parts of which are settled.
fn read_text(text: &str, language: &str, fixed: &[Fixed]) -> Vec<Word> {
    Speaker {
        text,
        until: text.len(),
        english: english(language),
        shouted: shouted(text),
        words: Vec::new(),
        before: String::new(),
    }
    .run(fixed)
}

/// What of the readings that the source gives cannot be obeyed. They are taken out, and the text is read as
/// any other.
fn given_faults(segment: &mut Segment) -> impl Iterator<Item = Warning> {
    let mut warnings = Vec::new();
    let Segment { text, given, .. } = segment;
    given.retain(|given| {
        let written = text.get(given.range.clone()).unwrap_or_default();
        let message = match &given.reading {
            Given::Ipa(ipa) => {
                let unknown = lexicon::unknown_ipa(ipa);
                let list: Vec<String> =
                    unknown.iter().map(|c| format!("'{}'", c.escape_debug())).collect();
                format!(
                    "{} in /{ipa}/ is no symbol of IPA; \"{written}\" is read by its spelling",
                    list.join(", ")
                )
            }
            Given::As { kind, .. } => {
                format!("\"{kind}\" is no kind that is known; \"{written}\" is read as text is")
            }
            Given::Alias(_) => String::new(),
        };
        let obeyed = match &given.reading {
            Given::Alias(alias) => alias.contains(char::is_alphanumeric),
            Given::Ipa(ipa) => lexicon::unknown_ipa(ipa).is_empty(),
            Given::As { kind, .. } => say_as::KINDS.contains(&kind.as_str()),
        };
        if !obeyed && !message.is_empty() {
            warnings.push(Warning::new("given-reading", message));
        }
        obeyed
    });
    warnings.into_iter()
}

/// The length of a possessive or plural ending with an apostrophe ("the 29th's", "the 80's").
fn possessive(rest: &str) -> usize {
    let ending = ["'s", "\u{2019}s"].into_iter().find(|e| rest.starts_with(e));
    ending.filter(|e| !rest[e.len()..].starts_with(char::is_alphanumeric)).map_or(0, str::len)
}

/// Words that stand for initials, are said as words, and are in no dictionary: how they sound, in IPA.
const SOUNDS: [(&str, &str); 1] = [("asean", "\u{2c8}\u{251}\u{2d0}si\u{251}\u{2d0}n")];

/// Whether a sentence is in capitals throughout, so that capitals mean nothing.
fn shouted(text: &str) -> bool {
    !text.contains(char::is_lowercase)
        && text
            .split_whitespace()
            .filter(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 4)
            .count()
            >= 2
}

struct Speaker<'a> {
    text: &'a str,
    /// Where the next settled part begins: nothing reads into it, though it may be looked at.
    until: usize,
    english: bool,
    shouted: bool,
    words: Vec<Word>,
    before: String,
}

impl Speaker<'_> {
    fn run(mut self, fixed: &[Fixed]) -> Vec<Word> {
        let mut at = 0;
        for part in fixed {
            self.walk(at, part.range.start);
            let first = self.words.len();
            self.words.extend(part.words.iter().cloned());
            if let Some(first) = self.words.get_mut(first) {
                first.before.insert_str(0, &std::mem::take(&mut self.before));
            }
            at = part.range.end;
        }
        self.walk(at, self.text.len());
        for word in self.words.iter_mut().filter(|word| self.english && word.ipa.is_none()) {
            let sound = SOUNDS.iter().find(|(known, _)| word.text.eq_ignore_ascii_case(known));
            word.ipa = sound.map(|(_, ipa)| (*ipa).to_owned());
        }
        self.words
    }

    /// Says what stands from `at` to `until`.
    fn walk(&mut self, mut at: usize, until: usize) {
        self.until = until;
        while let Some(c) = self.text[at..until].chars().next() {
            at += if c.is_whitespace() { c.len_utf8() } else { self.step(at, c) };
            at = at.min(until);
        }
    }

    /// Says what stands at `at`, and tells how many bytes that was: never none.
    fn step(&mut self, at: usize, c: char) -> usize {
        let text = self.text;
        let word_start = c.is_alphabetic() || is_combining_mark(c);
        let inside = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        if self.english && !(word_start && inside) && self.worth_a_look(at, c) {
            let start = text.floor_char_boundary(at.saturating_sub(WINDOW));
            let end = text.floor_char_boundary(at + WINDOW);
            let place = Place { rest: &text[at..end], before: &text[start..at] };
            for class in CLASSES {
                if let Some((len, said)) = class(&place)
                    && len > 0
                    && !said.0.is_empty()
                {
                    let owned = possessive(&text[at + len..]);
                    if at + len + owned > self.until {
                        continue;
                    }
                    let before = self.words.len();
                    self.say(at..at + len + owned, said);
                    if let Some(last) = self.words[before..].last_mut().filter(|_| owned > 0) {
                        last.text.push_str("'s");
                    }
                    return len + owned;
                }
            }
        }
        if word_start {
            return self.word(at);
        }
        if c.is_ascii_digit() && !self.english {
            let rest = &text[at..self.until];
            let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            self.say(at..at + len, Said::of(&number::each_digit(&text[at..at + len])));
            return len;
        }
        if c.is_ascii_digit() {
            self.say(at..at + 1, Said::of(&number::each_digit(&text[at..=at])));
            return 1;
        }
        if c.is_alphanumeric() {
            self.say(at..at + c.len_utf8(), plain::other_digit(c));
            return c.len_utf8();
        }
        self.mark(at, c)
    }

    /// Plain lower-case words are most of any text: no classifier needs to see them.
    fn worth_a_look(&self, at: usize, c: char) -> bool {
        if !c.is_alphabetic() {
            return !matches!(c, ',' | ';' | '"' | '“' | '”' | '(' | ')' | '’' | '!' | '?');
        }
        let rest = &self.text[at..];
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let tail = &rest[len..];
        let mut next = tail.chars();
        match next.next() {
            Some(' ' | '-') if len <= 9 => {
                next.clone().next().is_some_and(|c| c.is_ascii_digit()) || c.is_uppercase()
            }
            None | Some(' ') => c.is_uppercase(),
            Some(',' | ';' | '!' | '?' | '”' | '’' | '"') => c.is_uppercase() && len <= 8,
            _ => true,
        }
    }

    /// A word of letters, with inner apostrophes and hyphens.
    fn word(&mut self, at: usize) -> usize {
        let rest = &self.text[at..self.until];
        let mut len = 0;
        let mut letters = rest.char_indices().peekable();
        while let Some((index, c)) = letters.next() {
            let inner = matches!(c, '\'' | '’' | '‘' | 'ʼ' | '-' | '‐' | '\u{2011}' | '\u{ad}');
            let letter_follows = letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
            if c.is_alphabetic()
                || is_combining_mark(c)
                || (inner && letter_follows && index > 0)
                || (matches!(c, '\u{200c}' | '\u{200d}') && index > 0)
            {
                len = index + c.len_utf8();
            } else {
                break;
            }
        }
        let len = len.max(rest.chars().next().map_or(1, char::len_utf8));
        let written = &rest[..len];
        let clean: String = written
            .chars()
            .filter(|c| !matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'))
            .map(|c| match c {
                '’' | '‘' | 'ʼ' => '\'',
                '‐' | '\u{2011}' => '-',
                c => c,
            })
            .collect();
        let mut said = Said::default();
        if self.english && clean.chars().any(char::is_uppercase) {
            let mut offset = Vec::new();
            let capitals = |part: &str| {
                let stem = part.split('\'').next().unwrap_or(part);
                let stem =
                    stem.strip_suffix('s').filter(|s| s.chars().count() >= 2).unwrap_or(stem);
                !stem.is_empty() && stem.chars().all(char::is_uppercase)
            };
            for part in clean.split('-') {
                offset
                    .push(capitals(part) && part.chars().filter(|c| c.is_uppercase()).count() > 1);
            }
            if offset.contains(&true) {
                for (part, upper) in clean.split('-').zip(offset) {
                    said = if upper {
                        said.join(initialism::capitals(part, self.shouted))
                    } else {
                        said.then(part)
                    };
                }
            } else if capitals(&clean) {
                said = initialism::capitals(&clean, self.shouted);
            } else {
                said = said.then(&clean);
            }
        } else if self.english && clean == "tv" {
            said = said.letters("TV");
        } else {
            said = said.then(&clean);
        }
        self.say(at..at + len, said);
        len
    }

    /// Punctuation goes to the words around it; a symbol has a name.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let len = c.len_utf8();
        let space_before = self.text[..at]
            .chars()
            .next_back()
            .is_none_or(|p| p.is_whitespace() || matches!(p, '(' | '“' | '[' | '‘' | '—'));
        let next = self.text[at + len..].chars().next();
        let space_after = next.is_none_or(char::is_whitespace);
        let closing = match c {
            ',' | '.' | '?' | '!' | ';' | ':' | '…' => {
                if self.text[at..].starts_with("...") {
                    self.close('…');
                    return 3;
                }
                c
            }
            '、' | '،' => ',',
            '。' | '।' | '។' => '.',
            '？' | '؟' => '?',
            '！' => '!',
            '—' | '–' | '―' => '—',
            '-' if space_before && space_after || next == Some('-') => '—',
            ')' | ']' => ')',
            '”' | '»' => '”',
            '"' if !space_before || space_after => '”',
            '"' | '“' | '„' | '«' => {
                self.before.push('“');
                return len;
            }
            '(' | '[' => {
                self.before.push('(');
                return len;
            }
            _ => {
                if let Some(name) = symbol::name(c, self.text, at).filter(|_| self.english) {
                    self.say(at..at + len, Said::of(name));
                }
                return len;
            }
        };
        self.close(closing);
        len
    }

    fn close(&mut self, mark: char) {
        if let Some(last) = self.words.last_mut()
            && !last.after.ends_with(mark)
        {
            last.after.push(mark);
        }
    }

    fn say(&mut self, written: Range<usize>, said: Said) {
        let span = &self.text[written.clone()];
        let trimmed = span.trim();
        let start = written.start + (span.len() - span.trim_start().len());
        for item in said.0 {
            self.words.push(Word {
                text: item.text,
                written: start..start + trimmed.len(),
                before: std::mem::take(&mut self.before),
                after: item.after.to_owned(),
                letter: item.letter,
                ipa: None,
            });
        }
    }
}

#[cfg(test)]
mod tests;
