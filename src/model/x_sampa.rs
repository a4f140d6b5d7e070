//! X-SAMPA, IPA in ASCII, as IPA. In the model because documents and lexicons both have it.
//!
//! After J. C. Wells, "Computer-coding the IPA: a proposed extension of SAMPA" (1995, revised 2000).

/// X-SAMPA and IPA, those of more characters first.
const SYMBOLS: [(&str, &str); 157] = [
    ("|\\|\\", "ǁ"),
    ("G\\_<", "ʛ"),
    ("J\\_<", "ʄ"),
    ("_?\\", "ˤ"),
    ("b_<", "ɓ"),
    ("d_<", "ɗ"),
    ("g_<", "ɠ"),
    ("r\\`", "ɻ"),
    ("d`", "ɖ"),
    ("l`", "ɭ"),
    ("n`", "ɳ"),
    ("r`", "ɽ"),
    ("s`", "ʂ"),
    ("t`", "ʈ"),
    ("z`", "ʐ"),
    ("@`", "ɚ"),
    ("3`", "ɝ"),
    ("h\\", "ɦ"),
    ("j\\", "ʝ"),
    ("l\\", "ɺ"),
    ("p\\", "ɸ"),
    ("r\\", "ɹ"),
    ("s\\", "ɕ"),
    ("v\\", "ʋ"),
    ("x\\", "ɧ"),
    ("z\\", "ʑ"),
    ("B\\", "ʙ"),
    ("G\\", "ɢ"),
    ("H\\", "ʜ"),
    ("I\\", "ᵻ"),
    ("J\\", "ɟ"),
    ("K\\", "ɮ"),
    ("L\\", "ʟ"),
    ("M\\", "ɰ"),
    ("N\\", "ɴ"),
    ("O\\", "ʘ"),
    ("R\\", "ʀ"),
    ("U\\", "ᵿ"),
    ("X\\", "ħ"),
    (":\\", "ˑ"),
    ("@\\", "ɘ"),
    ("3\\", "ɞ"),
    ("?\\", "ʕ"),
    ("<\\", "ʢ"),
    (">\\", "ʡ"),
    ("!\\", "ǃ"),
    ("|\\", "ǀ"),
    ("=\\", "ǂ"),
    ("-\\", "‿"),
    ("||", "‖"),
    ("_\"", "\u{308}"),
    ("_+", "\u{31f}"),
    ("_-", "\u{320}"),
    ("_/", "\u{30c}"),
    ("_0", "\u{325}"),
    ("_=", "\u{329}"),
    ("_>", "ʼ"),
    ("_\\", "\u{302}"),
    ("_^", "\u{32f}"),
    ("_}", "\u{31a}"),
    ("_~", "\u{303}"),
    ("_A", "\u{318}"),
    ("_a", "\u{33a}"),
    ("_B", "\u{30f}"),
    ("_c", "\u{31c}"),
    ("_d", "\u{32a}"),
    ("_e", "\u{334}"),
    ("_F", "\u{302}"),
    ("_G", "ˠ"),
    ("_H", "\u{301}"),
    ("_h", "ʰ"),
    ("_j", "ʲ"),
    ("_k", "\u{330}"),
    ("_L", "\u{300}"),
    ("_l", "ˡ"),
    ("_M", "\u{304}"),
    ("_m", "\u{33b}"),
    ("_N", "\u{33c}"),
    ("_n", "ⁿ"),
    ("_O", "\u{339}"),
    ("_o", "\u{31e}"),
    ("_q", "\u{319}"),
    ("_R", "\u{30c}"),
    ("_r", "\u{31d}"),
    ("_T", "\u{30b}"),
    ("_t", "\u{324}"),
    ("_v", "\u{32c}"),
    ("_w", "ʷ"),
    ("_X", "\u{306}"),
    ("_x", "\u{33d}"),
    ("a", "a"),
    ("b", "b"),
    ("c", "c"),
    ("d", "d"),
    ("e", "e"),
    ("f", "f"),
    ("g", "ɡ"),
    ("h", "h"),
    ("i", "i"),
    ("j", "j"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("o", "o"),
    ("p", "p"),
    ("q", "q"),
    ("r", "r"),
    ("s", "s"),
    ("t", "t"),
    ("u", "u"),
    ("v", "v"),
    ("w", "w"),
    ("x", "x"),
    ("y", "y"),
    ("z", "z"),
    ("A", "ɑ"),
    ("B", "β"),
    ("C", "ç"),
    ("D", "ð"),
    ("E", "ɛ"),
    ("F", "ɱ"),
    ("G", "ɣ"),
    ("H", "ɥ"),
    ("I", "ɪ"),
    ("J", "ɲ"),
    ("K", "ɬ"),
    ("L", "ʎ"),
    ("M", "ɯ"),
    ("N", "ŋ"),
    ("O", "ɔ"),
    ("P", "ʋ"),
    ("Q", "ɒ"),
    ("R", "ʁ"),
    ("S", "ʃ"),
    ("T", "θ"),
    ("U", "ʊ"),
    ("V", "ʌ"),
    ("W", "ʍ"),
    ("X", "χ"),
    ("Y", "ʏ"),
    ("Z", "ʒ"),
    ("@", "ə"),
    ("{", "æ"),
    ("}", "ʉ"),
    ("1", "ɨ"),
    ("2", "ø"),
    ("3", "ɜ"),
    ("4", "ɾ"),
    ("5", "ɫ"),
    ("6", "ɐ"),
    ("7", "ɤ"),
    ("8", "ɵ"),
    ("9", "œ"),
    ("&", "ɶ"),
    ("?", "ʔ"),
    ("\"", "ˈ"),
];
/// Marks: stress, length, syllables, and what stands behind a sound.
const MARKS: [(char, &str); 10] = [
    ('%', "ˌ"),
    (':', "ː"),
    ('.', "."),
    ('\'', "ʲ"),
    ('=', "\u{329}"),
    ('~', "\u{303}"),
    ('`', "˞"),
    ('|', "|"),
    ('-', ""),
    (' ', " "),
];

/// `text` in IPA.
///
/// # Errors
/// The first character that X-SAMPA has not.
pub fn ipa_of_x_sampa(text: &str) -> Result<String, char> {
    let mut ipa = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let symbol = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol));
        let mark = || MARKS.iter().find(|(mark, _)| *mark == c);
        let (len, sound) = match symbol {
            Some((symbol, sound)) => (symbol.len(), sound),
            None => (c.len_utf8(), &mark().ok_or(c)?.1),
        };
        ipa.push_str(sound);
        rest = &rest[len..];
    }
    Ok(ipa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_found_before_one_that_it_begins_with() {
        for (at, (symbol, _)) in SYMBOLS.iter().enumerate() {
            let before = SYMBOLS[..at].iter().find(|(other, _)| symbol.starts_with(other));
            assert!(before.is_none(), "{symbol} is hidden by {before:?}");
        }
    }

    #[test]
    fn words_in_x_sampa() {
        for (text, ipa) in [
            ("\"brEn@k", "ˈbrɛnək"),
            ("p@\"keIn", "pəˈkeɪn"),
            ("pI\"kA:n", "pɪˈkɑːn"),
            ("%InfO\"meIS@n", "ˌɪnfɔˈmeɪʃən"),
            ("\"f3:r\\Di", "ˈfɜːɹði"),
            ("t_hEn_=", "tʰɛn\u{329}"),
            ("bO~ ZuR", "bɔ\u{303} ʒuʁ"),
            ("d_<a`", "ɗa˞"),
        ] {
            assert_eq!(ipa_of_x_sampa(text).as_deref(), Ok(ipa), "{text}");
        }
        assert_eq!(ipa_of_x_sampa("aé"), Err('é'));
        assert_eq!(ipa_of_x_sampa("a#"), Err('#'));
    }
}
