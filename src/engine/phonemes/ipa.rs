//! IPA as people and dictionaries write it, in the voice's own alphabet (misaki's), and back.
//!
//! That alphabet has one letter for each diphthong and affricate and writes the vowels as Kokoro's training
//! data did, the American ones without length marks; stress stands right before the vowel. The voices learnt
//! English, so a sound that this does not have is said as its nearest neighbour, and told.

use unicode_normalization::UnicodeNormalization;

use super::english::Accent;
use crate::engine::Approximation;

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

/// Other ways to write a sound that the voice has. Longest first, so that "aɪə" is not "a" and "ɪə".
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
    ("d͜ʒ", "ʤ"),
    ("t͜ʃ", "ʧ"),
    ("l̩", "ᵊl"),
    ("n̩", "ᵊn"),
    ("m̩", "ᵊm"),
    ("ɹ̩", "əɹ"),
    ("ɝ", "ɜɹ"),
    ("ɚ", "əɹ"),
    ("ɜ˞", "ɜɹ"),
    ("ə˞", "əɹ"),
    ("˞", "ɹ"),
    ("ɜː", "ɜɹ"),
    ("ɒ", "ɑ"),
    ("e", "ɛ"),
    ("o", "O"),
    ("a", "ɑ"),
    ("r", "ɹ"),
    ("ɫ", "l"),
    ("g", "ɡ"),
    ("ɾ", "T"),
    ("ʦ", "ts"),
    ("ʣ", "dz"),
    ("ɦ", "h"),
    ("ʍ", "w"),
    ("ᵿ", "ʊ"),
    ("'", "ˈ"),
    (",", "ˌ"),
    // No sound of their own: length, boundaries, tie bars, brackets, fine detail.
    ("ː", ""),
    (":", ""),
    ("ˑ", ""),
    (".", ""),
    ("|", ""),
    ("‖", ""),
    ("‿", ""),
    ("͡", ""),
    ("͜", ""),
    ("/", ""),
    ("[", ""),
    ("]", ""),
    ("ʰ", ""),
    ("ʱ", ""),
    ("ʼ", ""),
    ("ˠ", ""),
    ("ˤ", ""),
    ("ⁿ", ""),
    ("ˡ", ""),
];

/// Sounds that American English does not have, and what the voice says for them.
const NEAR: &[(&str, &str)] = &[
    ("y", "u"),
    ("ʏ", "ʊ"),
    ("ø", "ʊ"),
    ("œ", "ʌ"),
    ("ɶ", "ɑ"),
    ("ɨ", "ᵻ"),
    ("ʉ", "u"),
    ("ɯ", "u"),
    ("ɘ", "ə"),
    ("ɵ", "ʊ"),
    ("ɤ", "ʌ"),
    ("ɐ", "ʌ"),
    ("ɞ", "ʌ"),
    ("x", "k"),
    ("χ", "k"),
    ("ħ", "h"),
    ("ʜ", "h"),
    ("ɣ", "ɡ"),
    ("ç", "ʃ"),
    ("ʝ", "j"),
    ("ɕ", "ʃ"),
    ("ʑ", "ʒ"),
    ("ʂ", "ʃ"),
    ("ʐ", "ʒ"),
    ("ʨ", "ʧ"),
    ("ʥ", "ʤ"),
    ("ɧ", "ʃ"),
    ("ɸ", "f"),
    ("β", "v"),
    ("ʋ", "v"),
    ("ⱱ", "v"),
    ("ʁ", "ɹ"),
    ("ʀ", "ɹ"),
    ("ɻ", "ɹ"),
    ("ɽ", "T"),
    ("ɺ", "l"),
    ("ɬ", "l"),
    ("ɮ", "l"),
    ("ɭ", "l"),
    ("ʟ", "l"),
    ("ʎ", "lj"),
    ("ɲ", "nj"),
    ("ɳ", "n"),
    ("ɴ", "ŋ"),
    ("ɱ", "m"),
    ("ʈ", "t"),
    ("ɖ", "d"),
    ("c", "k"),
    ("ɟ", "ɡ"),
    ("q", "k"),
    ("ɢ", "ɡ"),
    ("ʙ", "b"),
    ("ɓ", "b"),
    ("ɗ", "d"),
    ("ʄ", "ʤ"),
    ("ɠ", "ɡ"),
    ("ʛ", "ɡ"),
    ("ʔ", "t"),
    ("ʡ", "t"),
    ("ʕ", ""),
    ("ʢ", ""),
    ("ɥ", "w"),
    ("ɰ", "w"),
    ("ʘ", "p"),
    ("ǀ", "t"),
    ("ǃ", "t"),
    ("ǂ", "t"),
    ("ǁ", "k"),
    ("ʷ", "w"),
    ("ʲ", "j"),
    // Nasal vowels.
    ("\u{303}", "n"),
    ("˥", ""),
    ("˦", ""),
    ("˧", ""),
    ("˨", ""),
    ("˩", ""),
    ("↗", ""),
    ("↘", ""),
    ("ꜛ", ""),
    ("ꜜ", ""),
];

/// The voice's vowels; a stress mark stands right before one, not before its syllable.
const VOWELS: &str = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊᵻ";
/// Everything that the voice was taught. Its vocabulary has more, which it never heard.
const TAUGHT: &str = "AIOWYQTabdfhijklmnpstuvwzæðŋɑɒɔəɛɜɡɪɹʃʊʌʒʤʧθᵊᵻːˈˌ ";

/// The voice's letters that IPA writes otherwise.
const LETTERS: &[(char, &str)] = &[
    ('A', "eɪ"),
    ('I', "aɪ"),
    ('O', "oʊ"),
    ('Q', "əʊ"),
    ('W', "aʊ"),
    ('Y', "ɔɪ"),
    ('T', "ɾ"),
    ('ʤ', "dʒ"),
    ('ʧ', "tʃ"),
    ('ᵊ', "ə"),
    ('ᵻ', "ɪ"),
];

/// `ipa` in the voice's alphabet. What no rule knows stays; the voice's vocabulary decides about it.
pub(super) fn to_voice(ipa: &str, accent: Accent) -> String {
    told(ipa, accent).0
}

/// The sounds of `ipa` that the voice does not have, each once.
pub(in crate::engine) fn approximations(ipa: &str, accent: Accent) -> Vec<Approximation> {
    told(ipa, accent).1
}

fn told(ipa: &str, accent: Accent) -> (String, Vec<Approximation>) {
    // Letters and their diacritics apart, but ç, which is a letter.
    let ipa: String = ipa.trim().nfd().collect::<String>().replace("c\u{327}", "ç");
    let mut out = String::with_capacity(ipa.len());
    let mut approximations: Vec<Approximation> = Vec::new();
    let mut rest = ipa.as_str();
    while let Some(first) = rest.chars().next() {
        let special: &[_] = if accent == Accent::British { BRITISH } else { &[] };
        let longest = |rules: &[&'static [(&'static str, &'static str)]]| {
            let rules = rules.iter().flat_map(|rules| *rules);
            // Of two that match the same, the last wins.
            rules.filter(|(from, _)| rest.starts_with(from)).max_by_key(|(from, _)| from.len())
        };
        let known = longest(&[RULES, special]);
        let near = known.is_none().then(|| longest(&[NEAR])).flatten();
        let mut buffer = [0; 4];
        let (from, to) = match known.or(near) {
            Some((from, to)) => (from.len(), *to),
            None if matches!(first, '\u{300}'..='\u{36f}') => (first.len_utf8(), ""),
            None => (first.len_utf8(), &*first.encode_utf8(&mut buffer)),
        };
        let unknown = to.chars().any(|c| !TAUGHT.contains(c));
        if near.is_some() || unknown {
            let sound = rest[..from].to_owned();
            if approximations.iter().all(|known| known.sound != sound) {
                let instead = (!unknown).then(|| from_voice(to));
                approximations.push(Approximation { sound, instead });
            }
        }
        out.push_str(to);
        rest = &rest[from..];
    }
    (stress_at_vowels(&out), approximations)
}

/// Phonemes of the voice as IPA, stress before the syllable.
pub(super) fn from_voice(phonemes: &str) -> String {
    let mut sounds: Vec<char> = Vec::new();
    for c in phonemes.trim().chars() {
        if matches!(c, 'ˈ' | 'ˌ') {
            // Back over one consonant, or all of a word's first ones.
            let vowel = sounds.iter().rposition(|s| VOWELS.contains(*s) || s.is_whitespace());
            let at = match vowel {
                None => 0,
                Some(at) if sounds[at].is_whitespace() => at + 1,
                Some(at) => (at + 1).max(sounds.len().saturating_sub(1)),
            };
            sounds.insert(at, c);
        } else {
            sounds.push(c);
        }
    }
    sounds
        .into_iter()
        .map(|c| {
            LETTERS
                .iter()
                .find(|(own, _)| *own == c)
                .map_or(c.to_string(), |(_, ipa)| (*ipa).to_owned())
        })
        .collect()
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
    use super::*;

    #[test]
    fn notation_of_dictionaries() {
        for (ipa, expected, why) in [
            ("/həˈləʊ/", "həlˈO", "slashes, diphthong, stress before the syllable"),
            ("həlˈO", "həlˈO", "already the voice's"),
            ("ˈdʒɜːrni", "ʤˈɜɹni", "affricate, length, r"),
            ("ˈtʃaɪ.nə", "ʧˈInə", "syllable dot"),
            ("ˈbʌtn̩", "bˈʌtᵊn", "syllabic consonant"),
            ("ˌnuːˈjɔːrk", "nˌujˈɔɹk", "two stresses"),
            ("t̪ʰiː", "ti", "fine detail"),
            ("", "", "nothing"),
        ] {
            assert_eq!(to_voice(ipa, Accent::American), expected, "{ipa}: {why}");
            assert!(
                approximations(ipa, Accent::American).is_empty(),
                "{ipa}: {:?}",
                approximations(ipa, Accent::American)
            );
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

    #[test]
    fn sounds_that_english_does_not_have() {
        for (ipa, voice, told) in [
            ("ɔ̃", "ɔn", "\u{303} n"),
            ("içt͡sy", "iʃtsu", "ç ʃ, y u"),
            ("bax˥", "bɑk", "x k, ˥ "),
            ("ʃЖ", "ʃЖ", "Ж -"),
            ("xax", "kɑk", "x k"),
        ] {
            assert_eq!(to_voice(ipa, Accent::American), voice, "{ipa}");
            let shown: Vec<String> = approximations(ipa, Accent::American)
                .into_iter()
                .map(|a| format!("{} {}", a.sound, a.instead.as_deref().unwrap_or("-")))
                .collect();
            assert_eq!(shown.join(", "), told, "{ipa}");
        }
    }

    #[test]
    fn back_to_ipa() {
        for (voice, ipa) in [
            ("həlˈO", "həˈloʊ"),
            ("ʤˈɜɹni", "ˈdʒɜɹni"),
            ("nˌujˈɔɹk", "ˌnuˈjɔɹk"),
            ("stɹˈIk", "ˈstɹaɪk"),
            ("ˈA", "ˈeɪ"),
        ] {
            assert_eq!(from_voice(voice), ipa);
            assert_eq!(to_voice(ipa, Accent::American), voice, "and back");
        }
    }
}
