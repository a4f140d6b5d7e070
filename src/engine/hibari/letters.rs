//! How the names of letters sound, and how a row of them is stressed.

use unicode_normalization::UnicodeNormalization;

/// The names of A to Z in the voice's alphabet.
const NAMES: [&str; 26] = [
    "ˈA",
    "bˈi",
    "sˈi",
    "dˈi",
    "ˈi",
    "ˈɛf",
    "ʤˈi",
    "ˈAʧ",
    "ˈI",
    "ʤˈA",
    "kˈA",
    "ˈɛl",
    "ˈɛm",
    "ˈɛn",
    "ˈO",
    "pˈi",
    "kjˈu",
    "ˈɑɹ",
    "ˈɛs",
    "tˈi",
    "jˈu",
    "vˈi",
    "dˈʌbᵊlju",
    "ˈɛks",
    "wˈI",
    "zˈi",
];

/// The name of the letter `word`, which may carry a plural or possessive `s`; `None` when it is
/// something else. `last` is the letter of its row that takes the main stress, as in misaki's own
/// reading of initialisms ("ˌɛnʤˌiˈO").
pub(super) fn name(word: &str, last: bool) -> Option<String> {
    let mut chars = word.nfd().filter(char::is_ascii_alphabetic);
    let letter = chars.next()?.to_ascii_uppercase();
    let name = NAMES[usize::from(u8::try_from(letter).ok()? - b'A')];
    let mut out = if last { name.to_string() } else { name.replace('ˈ', "ˌ") };
    match (chars.next(), chars.next()) {
        (None, _) => {}
        (Some('s' | 'S'), None) => out.push_str(match letter {
            'H' | 'S' | 'X' => "ᵻz",
            'F' => "s",
            _ => "z",
        }),
        _ => return None,
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_of_letters() {
        for (word, last, expected) in [
            ("N", false, Some("ˌɛn")),
            ("o", true, Some("ˈO")),
            ("Os", true, Some("ˈOz")),
            ("S's", true, Some("ˈɛsᵻz")),
            ("W", false, Some("dˌʌbᵊlju")),
            ("É", true, Some("ˈi")),
            ("no", true, None),
            ("-", true, None),
        ] {
            assert_eq!(name(word, last).as_deref(), expected, "{word}");
        }
    }
}
