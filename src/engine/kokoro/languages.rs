//! The languages that Kokoro speaks, and how each is read.

use std::sync::Arc;

use crate::{
    engine::phonemes::{
        Phonemes, Vocabulary,
        english::{Accent, English, Phonemiser},
        espeak::{Espeak, Fault},
    },
    model::Word,
};

/// espeak-ng's voices for the languages that Kokoro was trained on by espeak-ng's phonemes.
const ESPEAK: &[(&str, &str)] =
    &[("es", "es"), ("fr", "fr-fr"), ("hi", "hi"), ("it", "it"), ("pt", "pt-br")];

/// Sounds that Kokoro has a letter of its own for (misaki's rules for espeak-ng's phonemes).
const LETTERS: &[(&str, &str)] = &[
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("dz", "ʣ"),
    ("dʒ", "ʤ"),
    ("eɪ", "A"),
    ("oʊ", "O"),
    ("əʊ", "Q"),
    ("ss", "S"),
    ("ts", "ʦ"),
    ("tʃ", "ʧ"),
    ("ɔɪ", "Y"),
];

/// Reads the words of one language.
pub(super) enum Reader {
    English(Arc<Phonemiser>),
    Other(Espeak, Vocabulary),
}

impl Reader {
    /// For the voices of `language`.
    ///
    /// # Errors
    /// When Kokoro does not speak it, or what is wrong with the files.
    pub(super) fn new(
        language: &str,
        english: &English,
        vocabulary: impl FnOnce() -> Result<Vocabulary, String>,
    ) -> Result<Self, String> {
        if let Some(accent) = Accent::of(language) {
            return Ok(Self::English(english.phonemiser(accent)?));
        }
        let main = language.split('-').next().unwrap_or_default();
        let known = ESPEAK.iter().find(|(own, _)| own.eq_ignore_ascii_case(main));
        let (_, voice) = known.ok_or_else(|| format!("aloud cannot read {language} for Kokoro"))?;
        Ok(Self::Other(Espeak::new(voice)?, vocabulary()?))
    }

    /// The ids of `words`.
    ///
    /// # Errors
    /// The first word that cannot be spoken, or why none can.
    pub(super) fn read(&self, words: &[Word]) -> Result<Phonemes, Fault> {
        match self {
            Self::English(phonemiser) => phonemiser.read(words).map_err(Fault::Word),
            Self::Other(espeak, vocabulary) => {
                let read = espeak.read(words)?;
                let readings: Vec<String> = read.iter().map(|ipa| letters(ipa)).collect();
                vocabulary.ids(words, &readings, |_| false).map_err(Fault::Word)
            }
        }
    }
}

/// IPA with Kokoro's own letters in it.
fn letters(ipa: &str) -> String {
    let mut out = String::with_capacity(ipa.len());
    let mut rest = ipa;
    while let Some(first) = rest.chars().next() {
        if let Some((from, to)) = LETTERS.iter().find(|(from, _)| rest.starts_with(from)) {
            out.push_str(to);
            rest = &rest[from.len()..];
        } else {
            // Ties and joiners are no sounds.
            if !matches!(first, '\u{361}' | '\u{200c}' | '\u{200d}' | '-') {
                out.push(first);
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn sounds_get_kokoros_letters() {
        for (ipa, expected) in
            [("dʒˈɛnte", "ʤˈɛnte"), ("pˈittsa", "pˈitʦa"), ("eɪ", "A"), ("t͡ʃ", "tʃ"), ("", "")]
        {
            assert_eq!(letters(ipa), expected, "{ipa}");
        }
    }
}
