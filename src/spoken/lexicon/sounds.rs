//! What is IPA, and how it is stressed. The symbols are those of the chart of the International Phonetic
//! Association (2020), with the ligatures and reduced vowels that English dictionaries add.

/// Letters of vowels.
const VOWELS: &str = "iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒɚɝᵻᵿᵊ";
/// Letters of consonants: pulmonic, others, clicks, implosives, affricates as one letter.
const CONSONANTS: &str = "pbtdʈɖcɟkɡgqɢʔmɱnɳɲŋɴʙrʀⱱɾɽɸβfvθðszʃʒʂʐçʝxɣχʁħʕhɦɬɮʋɹɻjɰlɭʎʟʍwɥʜʢʡɕʑɺɧɫ\
    ʘǀǃǂǁɓɗʄɠʛʤʧʣʦʥʨ";
/// Raised letters, length, stress, boundaries, tones.
const MARKS: &str = "ʰʷʲˠˤⁿˡʱʼ˞ːˑˈˌ.|‖‿˥˦˧˨˩↗↘ꜛꜜ";
/// ASCII that people type for marks, and brackets around a whole transcription.
const STAND_INS: &str = ":',/[]";

/// Whether `c` is a symbol of IPA, white space included.
fn is_known(c: char) -> bool {
    c.is_whitespace()
        || [VOWELS, CONSONANTS, MARKS, STAND_INS].iter().any(|list| list.contains(c))
        // Diacritics and tie bars.
        || matches!(c, '\u{300}'..='\u{36f}')
}

/// The characters of `ipa` that are no IPA, each once.
pub(in crate::spoken) fn unknown(ipa: &str) -> Vec<char> {
    let mut unknown: Vec<char> = Vec::new();
    for c in unicode_normalization::UnicodeNormalization::nfd(ipa) {
        // ç is a letter of its own, and comes apart as c and a cedilla.
        if !is_known(c) && !unknown.contains(&c) {
            unknown.push(c);
        }
    }
    unknown
}

/// What is odd about the stress of one word.
pub(super) fn stress_fault(word: &str) -> Option<String> {
    let word = word.trim_matches(['/', '[', ']']);
    let mut syllables = 0;
    let mut in_vowel = false;
    let mut primary = 0;
    let mut pending = false;
    for c in word.chars() {
        match c {
            'ˈ' | '\'' => (primary, pending, in_vowel) = (primary + 1, true, false),
            'ˌ' | ',' => (pending, in_vowel) = (true, false),
            '.' => in_vowel = false,
            c if VOWELS.contains(c) => {
                syllables += usize::from(!in_vowel);
                (in_vowel, pending) = (true, false);
            }
            c if CONSONANTS.contains(c) => in_vowel = false,
            // A syllabic consonant is a syllable.
            '\u{329}' | '\u{30d}' => (syllables, pending) = (syllables + 1, false),
            _ => {}
        }
    }
    if pending {
        return Some(format!(
            "/{word}/ has a stress mark with no vowel after it; put ˈ before the stressed syllable"
        ));
    }
    if primary > 1 {
        return Some(format!("/{word}/ has {primary} main stresses; put ˌ before the weaker ones"));
    }
    if primary == 0 && syllables > 1 {
        return Some(format!(
            "/{word}/ has {syllables} syllables and no stress; put ˈ before the stressed one"
        ));
    }
    None
}

/// Whether a word with these sounds takes /ɪz/ for an added s, /s/ or /z/.
pub(in crate::spoken) fn with_s(ipa: &str) -> String {
    let body = ipa.trim_end_matches(['/', ']']);
    let last = body.chars().rev().find(|c| VOWELS.contains(*c) || CONSONANTS.contains(*c));
    let ending = match last {
        Some('s' | 'z' | 'ʃ' | 'ʒ' | 'ʤ' | 'ʧ' | 'ɕ' | 'ʑ' | 'ʂ' | 'ʐ') => "ɪz",
        Some('p' | 't' | 'k' | 'f' | 'θ' | 'q' | 'c' | 'x') => "s",
        _ => "z",
    };
    format!("{body}{ending}{}", &ipa[body.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols() {
        for (ipa, expected) in [
            ("/pəˈnɔm ˈpɛn/", ""),
            ("ˈd͡ʒɜːrni", ""),
            ("bɔ̃ʒuʁ", ""),
            ("içt", ""),
            ("hEl0U", "E0U"),
            ("ʃ$ʃ$", "$"),
            ("мир", "мир"),
        ] {
            assert_eq!(unknown(ipa).into_iter().collect::<String>(), expected, "{ipa}");
        }
    }

    #[test]
    fn stresses() {
        for (word, expected) in [
            ("ˈpɛn", None),
            ("pɛn", None),
            ("pəˈnɔm", None),
            ("ˌnuːˈjɔːrk", None),
            ("həloʊ", Some("2 syllables and no stress")),
            ("ˈhəˈloʊ", Some("2 main stresses")),
            ("həloʊˈ", Some("no vowel after it")),
            ("bʌtn̩", Some("2 syllables")),
            ("", None),
        ] {
            let fault = stress_fault(word);
            assert_eq!(fault.is_some(), expected.is_some(), "{word}: {fault:?}");
            assert!(expected.is_none_or(|e| fault.unwrap_or_default().contains(e)), "{word}");
        }
    }

    #[test]
    fn an_added_s() {
        for (ipa, expected) in [
            ("ŋwiən", "ŋwiənz"),
            ("/ˈpɛn/", "/ˈpɛnz/"),
            ("kæt", "kæts"),
            ("bɒʃ", "bɒʃɪz"),
            ("dʒɔrdʒ", "dʒɔrdʒɪz"),
            ("", "z"),
        ] {
            assert_eq!(with_s(ipa), expected);
        }
    }
}
