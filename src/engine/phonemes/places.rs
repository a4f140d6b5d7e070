//! Names of places that the dictionaries lack and letters do not tell: before the network guesses.

use std::{collections::HashMap, sync::LazyLock};

use misaki_rs::{Fallback, fallback::FallbackError};

use super::{UNREADABLE, english::Accent, ipa};

/// Sounds of names without accents, as `places.tsv` has them.
static PLACES: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let lines = include_str!("places.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(name, ipa)| (bare(name), ipa)).collect()
});

/// Reads places, and leaves every other word to `next`.
pub(super) struct Places {
    accent: Accent,
    next: Option<Box<dyn Fallback>>,
}

impl Places {
    /// In `accent`; without `next`, other words are [`UNREADABLE`].
    pub(super) fn new(accent: Accent, next: Option<Box<dyn Fallback>>) -> Self {
        Self { accent, next }
    }
}

impl Fallback for Places {
    fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
        match (sounds(word), &self.next) {
            (Some(sounds), _) => Ok(ipa::to_voice(&sounds, self.accent)),
            (None, Some(next)) => next.phonemize(word),
            (None, None) => Ok(UNREADABLE.to_string()),
        }
    }
}

/// A place or its possessive in IPA.
fn sounds(word: &str) -> Option<String> {
    let word = bare(word);
    if let Some(ipa) = PLACES.get(&word) {
        return Some((*ipa).to_owned());
    }
    let place = PLACES.get(word.strip_suffix("'s")?)?;
    let ending = match place.chars().next_back()? {
        's' | 'z' | 'ʃ' | 'ʒ' => "ɪz",
        'p' | 't' | 'k' | 'f' | 'θ' => "s",
        _ => "z",
    };
    Some(format!("{place}{ending}"))
}

/// A name without its accents, with a straight apostrophe, and in capitals at its beginning alone.
fn bare(name: &str) -> String {
    let plain = any_ascii::any_ascii(name);
    if plain.chars().filter(|c| c.is_alphabetic()).any(char::is_lowercase) {
        return plain;
    }
    let mut letters = plain.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says what it was asked.
    struct Said;

    impl Fallback for Said {
        fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
            Ok(word.to_uppercase())
        }
    }

    #[test]
    fn the_table_is_sorted_and_in_sounds_that_the_voice_has() {
        let lines = include_str!("places.tsv").lines().filter(|line| !line.starts_with('#'));
        assert!(lines.clone().is_sorted());
        assert_eq!(lines.clone().count(), PLACES.len(), "a name is there twice");
        for line in lines {
            let (name, sounds) = line.split_once('\t').expect("a name and its sounds");
            assert!(ipa::approximations(sounds, Accent::American).is_empty(), "{name}: {sounds}");
            assert!(!sounds.contains(char::is_whitespace), "{name}");
        }
    }

    #[test]
    fn accents_capitals_and_possessives_are_seen_through() {
        let gdansk = sounds("Gdańsk").expect("known");
        assert_eq!(sounds("Gdansk").as_ref(), Some(&gdansk));
        assert_eq!(sounds("GDAŃSK").as_ref(), Some(&gdansk));
        assert_eq!(sounds("Gdańsk’s"), Some(format!("{gdansk}s")));
        assert_eq!(sounds("N’Djamena's"), Some("əndʒəˈmeɪnəz".to_owned()));
        assert_eq!(sounds("Natchitoches'"), None);
        assert!(sounds("Natchitoches's").is_some_and(|s| s.ends_with("ʃɪz")));
        assert_eq!(sounds("gila"), None, "a name begins with a capital");
    }

    #[test]
    fn other_words_are_left_to_the_next() {
        let alone = Places::new(Accent::American, None);
        let phonemes = |word| alone.phonemize(word).expect("never fails");
        assert_eq!(phonemes("Fallujah"), ipa::to_voice("fəˈluːdʒə", Accent::American));
        assert_eq!(phonemes("Zxqv"), UNREADABLE.to_string());
        let first = Places::new(Accent::British, Some(Box::new(Said)));
        assert_eq!(first.phonemize("Zxqv").expect("never fails"), "ZXQV");
        assert_ne!(first.phonemize("Yosemite").expect("never fails"), "YOSEMITE");
    }
}
