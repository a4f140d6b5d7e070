//! The spoken form: takes a script, gives the same script with every written word as the words a
//! newsreader would say, each knowing the text it stands for.
//!
//! Classifiers are tried in order at every place; what none of them knows is still said: letters
//! as they are, digits one by one, symbols by name.

mod abbreviation;
mod address;
mod date;
mod electronic;
mod foreign;
mod initialism;
mod measure;
mod money;
mod number;
mod plain;
mod roman;
mod said;
mod symbol;
mod telephone;
mod time;

use std::ops::Range;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

pub use foreign::foreign_script;

use crate::model::{Script, Warning, Word};
use said::{Place, Reading, Said};

/// How far a classifier may look, in bytes: keeps the whole linear.
const WINDOW: usize = 400;

/// Choices of the spoken form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpokenOptions {}

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

/// Fills [`crate::model::Segment::spoken`] of every segment; problems become warnings.
pub fn speak_words(script: &mut Script, _options: &SpokenOptions) {
    let transliterate = foreign::transliterates(script);
    let mut uncovered = std::collections::BTreeSet::new();
    let mut warnings = Vec::new();
    for segment in &mut script.segments {
        segment.spoken = words(&segment.text, &segment.language);
        let line = script.source.lines.line(segment.span.start);
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
    Speaker {
        text,
        english: english(language),
        shouted: shouted(text),
        words: Vec::new(),
        before: String::new(),
    }
    .run()
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
    english: bool,
    shouted: bool,
    words: Vec<Word>,
    before: String,
}

impl Speaker<'_> {
    fn run(mut self) -> Vec<Word> {
        let mut at = 0;
        while let Some(c) = self.text[at..].chars().next() {
            at += if c.is_whitespace() { c.len_utf8() } else { self.step(at, c) };
        }
        for word in self.words.iter_mut().filter(|_| self.english) {
            let sound = SOUNDS.iter().find(|(known, _)| word.text.eq_ignore_ascii_case(known));
            word.ipa = sound.map(|(_, ipa)| (*ipa).to_owned());
        }
        self.words
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
            let len = text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
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
        let rest = &self.text[at..];
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
