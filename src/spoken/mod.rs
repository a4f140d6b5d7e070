//! The spoken form: takes a script, gives the same script with every written word as the words a
//! newsreader would say, each knowing the text it stands for.
//!
//! `speaker` walks over a sentence and asks its `language` at every place; what no class of the
//! language knows is still said: letters as they are, digits one by one, symbols by name.

mod counting;
mod english;
mod fallback;
mod fixed;
mod foreign;
mod language;
mod lexicon;
mod numeral;
mod said;
mod say_as;
mod speaker;
mod tables;

use std::{collections::BTreeSet, path::PathBuf};

use serde::Deserialize;

use fixed::Fixed;
pub use foreign::foreign_script;
pub use lexicon::{Finding, Lexicon, LexiconError, Lexicons, Placed, Severity};

use crate::model::{Reading as Given, Script, Segment, Warning, Word};
use speaker::Speaker;

/// Choices of the spoken form.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpokenOptions {
    /// Lexicon files, the first winning over the next; unset means `lexicon.toml`, when there is one.
    pub lexicons: Option<Vec<PathBuf>>,
}

/// Fills [`crate::model::Segment::spoken`] of every segment, with the words of `lexicons` where they have an
/// entry; problems become warnings.
pub fn speak_words(script: &mut Script, _options: &SpokenOptions, lexicons: &Lexicons) {
    let transliterate = foreign::transliterates(script);
    let mut told = BTreeSet::new();
    let mut warnings = Vec::new();
    for segment in &mut script.segments {
        let line = script.source.lines.line(segment.span.start);
        warnings.extend(given_faults(segment).map(|warning| warning.at_line(line)));
        let fixed = fixed::fixed(&segment.text, &segment.language, &segment.given, lexicons);
        segment.spoken = read_text(&segment.text, &segment.language, &fixed);
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
    read_text(text, language, &[])
}

/// The spoken words of one sentence, with those of `lexicons` where they have an entry.
#[must_use]
pub fn words_with(text: &str, language: &str, lexicons: &Lexicons) -> Vec<Word> {
    read_text(text, language, &fixed::fixed(text, language, &[], lexicons))
}

/// The spoken words of one sentence, parts of which are settled.
fn read_text(text: &str, language: &str, fixed: &[Fixed]) -> Vec<Word> {
    Speaker::new(text, language::of(language)).run(fixed)
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

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
