//! Scripts that the language does not use. Separate because it looks at the whole article, not at
//! one sentence.

use std::collections::BTreeMap;

use unicode_script::{Script as Writing, UnicodeScript};

use crate::model::{Script, Word};

/// The script a language is written in; Latin unless known otherwise.
fn expected(language: &str) -> &'static [Writing] {
    match language.split(['-', '_']).next().unwrap_or("") {
        "km" => &[Writing::Khmer],
        "ru" | "uk" | "bg" | "sr" | "mk" | "be" | "kk" | "mn" => &[Writing::Cyrillic],
        "ar" | "fa" | "ur" | "ps" => &[Writing::Arabic],
        "hi" | "mr" | "ne" => &[Writing::Devanagari],
        "zh" => &[Writing::Han, Writing::Bopomofo],
        "ja" => &[Writing::Han, Writing::Hiragana, Writing::Katakana],
        "ko" => &[Writing::Hangul, Writing::Han],
        "th" => &[Writing::Thai],
        "lo" => &[Writing::Lao],
        "my" => &[Writing::Myanmar],
        "el" => &[Writing::Greek],
        "he" => &[Writing::Hebrew],
        "am" | "ti" => &[Writing::Ethiopic],
        "bn" | "as" => &[Writing::Bengali],
        "ta" => &[Writing::Tamil],
        "te" => &[Writing::Telugu],
        "ka" => &[Writing::Georgian],
        "hy" => &[Writing::Armenian],
        _ => &[Writing::Latin],
    }
}

fn writing(word: &str) -> Option<Writing> {
    word.chars()
        .filter(|c| c.is_alphabetic())
        .map(|c| c.script())
        .find(|script| !matches!(script, Writing::Common | Writing::Inherited | Writing::Unknown))
}

fn is_foreign(word: &str, language: &str) -> Option<Writing> {
    writing(word).filter(|script| *script != Writing::Latin && !expected(language).contains(script))
}

/// The name of the script most words of the article are written in, when its language does not use
/// that script ("Khmer" for an article marked as English).
#[must_use]
pub fn foreign_script(script: &Script) -> Option<&'static str> {
    let mut total = 0_usize;
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for segment in script.segments.iter().filter(|segment| segment.added.is_none()) {
        for word in
            segment.text.split(|c: char| !(c.is_alphanumeric() || c.script() != Writing::Common))
        {
            if let Some(found) = writing(word) {
                total += 1;
                if !expected(&segment.language).contains(&found) {
                    *counts.entry(found.full_name()).or_default() += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| count * 2 > total)
        .map(|(name, _)| name)
}

/// Whether foreign words are few enough to be rewritten in Latin letters.
pub(super) fn transliterates(script: &Script) -> bool {
    foreign_script(script).is_none()
}

/// Rewrites foreign words of a sentence in a Latin-script language; gives them as they were.
pub(super) fn transliterate(words: &mut [Word], language: &str) -> Vec<String> {
    let mut changed = Vec::new();
    if expected(language) != [Writing::Latin] {
        return changed;
    }
    for word in words {
        if is_foreign(&word.text, language).is_none() {
            continue;
        }
        let latin: String = any_ascii::any_ascii(&word.text)
            .chars()
            .filter(|c| c.is_ascii_alphabetic() || *c == '\'')
            .collect();
        let latin = latin.trim_matches('\'');
        if !latin.is_empty() {
            changed.push(std::mem::replace(&mut word.text, latin.to_owned()));
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::foreign_script;
    use crate::model::{Format, Meta, Prosody, Role, Script, Segment, SourceText, Span};
    use crate::spoken::{Lexicons, SpokenOptions, speak_words};

    /// One segment per line.
    fn script(text: &str, language: &str) -> Script {
        let mut start = 0;
        let segments = text
            .split('\n')
            .enumerate()
            .map(|(block, line)| {
                let span = Span::new(start, start + line.len());
                start += line.len() + 1;
                Segment {
                    id: format!("s{}", block + 1),
                    role: Role::Paragraph,
                    text: line.to_owned(),
                    spoken: Vec::new(),
                    given: Vec::new(),
                    places: Vec::new(),
                    language: language.to_owned(),
                    asked: None,
                    prosody: Prosody::default(),
                    pause_after_ms: 0,
                    span,
                    block,
                    voice: None,
                    fallback: None,
                    added: None,
                }
            })
            .collect();
        Script {
            source: SourceText::new(text, Format::Text, String::new()),
            meta: Meta::default(),
            blocks: Vec::new(),
            segments,
            removed: Vec::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn the_script_of_most_words_is_named_when_the_language_does_not_use_it() {
        for (text, language, name) in [
            ("Мир дому твоему", "en", Some("Cyrillic")),
            ("Мир дому твоему", "ru", None),
            ("ភាសា ខ្មែរ", "en-GB", Some("Khmer")),
            ("a plain line with Мир in it", "en", None),
            ("12 34", "en", None),
        ] {
            assert_eq!(foreign_script(&script(text, language)), name, "{text} as {language}");
        }
    }

    #[test]
    fn a_few_foreign_words_are_transliterated_and_told() {
        let mut script = script("Nothing here\nThe ship Мир sailed", "en");
        speak_words(&mut script, &SpokenOptions::default(), &Lexicons::default());
        assert_eq!(script.segments[1].spoken_text(), "The ship Mir sailed");
        let told: Vec<_> = script.warnings.iter().map(|w| (w.code.as_ref(), w.line)).collect();
        assert_eq!(told, [("transliterated", Some(2))]);
        assert!(script.warnings[0].message.contains("Мир"), "{}", script.warnings[0].message);
    }

    #[test]
    fn what_a_language_lacks_is_told_once_and_only_where_it_matters() {
        let mut script = script("Siku njema\nsaa 3\nsaa 5", "xx");
        speak_words(&mut script, &SpokenOptions::default(), &Lexicons::default());
        assert_eq!(script.segments[0].spoken_text(), "Siku njema");
        let told: Vec<_> = script.warnings.iter().map(|w| (w.code.as_ref(), w.line)).collect();
        assert_eq!(told, [("spoken-not-covered", Some(2))]);
    }
}
