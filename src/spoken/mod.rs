//! The spoken form: takes a script, gives the same script with every written word as the words a
//! newsreader would say, each knowing the text it stands for.
//!
//! [`speaker`] walks over a sentence and asks its [`language`] at every place; what no class of the
//! language knows is still said: letters as they are, digits one by one, symbols by name.

mod counting;
mod english;
mod fallback;
mod foreign;
mod language;
mod numeral;
mod said;
mod speaker;
mod tables;

use std::collections::BTreeSet;

use serde::Deserialize;

pub use foreign::foreign_script;

use crate::model::{Script, Warning, Word};
use speaker::Speaker;

/// Choices of the spoken form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpokenOptions {}

/// Fills [`crate::model::Segment::spoken`] of every segment; problems become warnings.
pub fn speak_words(script: &mut Script, _options: &SpokenOptions) {
    let transliterate = foreign::transliterates(script);
    let mut told = BTreeSet::new();
    let mut warnings = Vec::new();
    for segment in &mut script.segments {
        segment.spoken = words(&segment.text, &segment.language);
        let line = script.source.lines.line(segment.span.start);
        if let Some(classes) = language::of(&segment.language).uncovered()
            && segment.text.contains(needs_reading)
            && told.insert(segment.language.clone())
        {
            let language = &segment.language;
            let message = format!("{classes} are not read out in {language}: write them as words");
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

/// Whether a character is no word yet: digits and symbols that are said.
fn needs_reading(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic() || "%‰$€£¥&@#+=§°".contains(c)
}

/// The spoken words of one sentence. Pure; every letter and digit of `text` lies in some word's
/// [`Word::written`].
#[must_use]
pub fn words(text: &str, language: &str) -> Vec<Word> {
    Speaker::new(text, language::of(language)).run()
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
