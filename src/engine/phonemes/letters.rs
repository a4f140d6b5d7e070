//! How the names of letters sound, and how a row of them is stressed.

use unicode_normalization::UnicodeNormalization;

use super::english::Accent;

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

/// Those that sound otherwise in Britain; the names above with a long "i" do so too, see [`name`].
const BRITISH: [(char, &str); 5] =
    [('O', "ˈQ"), ('Q', "kjˈuː"), ('R', "ˈɑː"), ('W', "dˈʌbᵊljuː"), ('Z', "zˈɛd")];

/// The name of the letter `word`, which may carry a plural or possessive `s`; `None` when it is
/// something else. `last` is the letter of its row that takes the main stress, as in misaki's own
/// reading of initialisms ("ˌɛnʤˌiˈO").
pub(super) fn name(word: &str, last: bool, accent: Accent) -> Option<String> {
    let mut chars = word.nfd().filter(char::is_ascii_alphabetic);
    let letter = chars.next()?.to_ascii_uppercase();
    let american = NAMES[usize::from(u8::try_from(letter).ok()? - b'A')];
    let mut out = match accent {
        Accent::American => american.to_owned(),
        Accent::British => BRITISH.iter().find(|(l, _)| *l == letter).map_or_else(
            || american.replace('i', "iː").replace('u', "uː"),
            |(_, name)| (*name).to_owned(),
        ),
    };
    if !last {
        out = out.replace('ˈ', "ˌ");
    }
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
    use super::{Accent, name};

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
            assert_eq!(name(word, last, Accent::American).as_deref(), expected, "{word}");
        }
        for (word, expected) in
            [("B", "bˈiː"), ("Z", "zˈɛd"), ("U", "jˈuː"), ("Rs", "ˈɑːz"), ("F", "ˈɛf")]
        {
            assert_eq!(name(word, true, Accent::British).as_deref(), Some(expected), "{word}");
        }
    }
}
