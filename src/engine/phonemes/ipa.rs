//! IPA as people and dictionaries write it, in the voice's own alphabet (misaki's).
//!
//! That alphabet has one letter for each diphthong and affricate and writes the vowels as Kokoro's training
//! data did, the American ones without length marks; stress stands right before the vowel.

use super::english::Accent;

/// What a British voice has otherwise.
const BRITISH: &[(&str, &str)] = &[
    ("əʊ", "Q"),
    ("oʊ", "Q"),
    ("ou", "Q"),
    ("o", "Q"),
    ("oː", "ɔː"),
    ("ɔː", "ɔː"),
    ("ɑː", "ɑː"),
    ("ɜː", "ɜː"),
    ("iː", "iː"),
    ("uː", "uː"),
    ("ɝ", "ɜː"),
    ("ɝː", "ɜː"),
    ("ɚ", "ə"),
    ("ɒ", "ɒ"),
    ("æ", "a"),
    ("a", "a"),
    ("ɾ", "t"),
];

/// Longest first, so that "aɪə" is not "a" and "ɪə".
const RULES: &[(&str, &str)] = &[
    ("ɝː", "ɜɹ"),
    ("ɜːr", "ɜɹ"),
    ("ɜːɹ", "ɜɹ"),
    ("ɔːr", "ɔɹ"),
    ("ɑːr", "ɑɹ"),
    ("əʊ", "O"),
    ("oʊ", "O"),
    ("ou", "O"),
    ("aɪ", "I"),
    ("ai", "I"),
    ("eɪ", "A"),
    ("ei", "A"),
    ("aʊ", "W"),
    ("au", "W"),
    ("ɔɪ", "Y"),
    ("ɔi", "Y"),
    ("oː", "ɔ"),
    ("eː", "A"),
    ("dʒ", "ʤ"),
    ("tʃ", "ʧ"),
    ("d͡ʒ", "ʤ"),
    ("t͡ʃ", "ʧ"),
    ("l̩", "ᵊl"),
    ("n̩", "ᵊn"),
    ("m̩", "ᵊm"),
    ("ɝ", "ɜɹ"),
    ("ɚ", "əɹ"),
    ("ɜː", "ɜɹ"),
    ("ɒ", "ɑ"),
    ("e", "ɛ"),
    ("o", "O"),
    ("a", "ɑ"),
    ("r", "ɹ"),
    ("ʁ", "ɹ"),
    ("ɫ", "l"),
    ("g", "ɡ"),
    ("y", "u"),
    ("ʔ", "t"),
    ("ɾ", "T"),
    ("x", "k"),
    ("ɬ", "l"),
    ("ɲ", "nj"),
    ("'", "ˈ"),
    (",", "ˌ"),
    // No sound of their own: length, syllable boundaries, tie bars, brackets, spaces.
    ("ː", ""),
    (":", ""),
    ("ˑ", ""),
    (".", ""),
    ("͡", ""),
    ("/", ""),
    ("[", ""),
    ("]", ""),
];

/// The voice's vowels; a stress mark stands right before one, not before its syllable.
const VOWELS: &str = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊᵻ";

/// `ipa` in the voice's alphabet. What no rule knows stays; the voice's vocabulary decides about it.
pub(super) fn to_voice(ipa: &str, accent: Accent) -> String {
    let mut out = String::with_capacity(ipa.len());
    let mut rest = ipa.trim();
    while let Some(first) = rest.chars().next() {
        let special: &[_] = if accent == Accent::British { BRITISH } else { &[] };
        // Of two that match the same, the last wins.
        let rules = RULES.iter().chain(special).filter(|(from, _)| rest.starts_with(from));
        let mut buffer = [0; 4];
        let (from, to) = match rules.max_by_key(|(from, _)| from.len()) {
            Some((from, to)) => (from.len(), *to),
            None => (first.len_utf8(), &*first.encode_utf8(&mut buffer)),
        };
        out.push_str(to);
        rest = &rest[from..];
    }
    stress_at_vowels(&out)
}

/// Moves each stress mark to the next vowel.
fn stress_at_vowels(phonemes: &str) -> String {
    let mut out = String::with_capacity(phonemes.len());
    let mut pending = None;
    for c in phonemes.chars() {
        match c {
            'ˈ' | 'ˌ' => pending = Some(c),
            c => {
                if VOWELS.contains(c) {
                    out.extend(pending.take());
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Accent, to_voice};

    #[test]
    fn notation_of_dictionaries() {
        for (ipa, expected, why) in [
            ("/həˈləʊ/", "həlˈO", "slashes, diphthong, stress before the syllable"),
            ("həlˈO", "həlˈO", "already the voice's"),
            ("ˈdʒɜːrni", "ʤˈɜɹni", "affricate, length, r"),
            ("ˈtʃaɪ.nə", "ʧˈInə", "syllable dot"),
            ("ˈbʌtn̩", "bˈʌtᵊn", "syllabic consonant"),
            ("ˌnuːˈjɔːrk", "nˌujˈɔɹk", "two stresses"),
            ("", "", "nothing"),
        ] {
            assert_eq!(to_voice(ipa, Accent::American), expected, "{ipa}: {why}");
        }
        for (ipa, expected) in [
            ("/həˈləʊ/", "həlˈQ"),
            ("ˈɡɑː.dən", "ɡˈɑːdən"),
            ("ˈbɜːdi", "bˈɜːdi"),
            ("trɒt", "tɹɒt"),
            ("kæt", "kat"),
        ] {
            assert_eq!(to_voice(ipa, Accent::British), expected, "{ipa}");
        }
    }
}
