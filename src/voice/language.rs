//! Language tags, as far as choosing a voice goes: which voices can speak a text, and how near they are.
//!
//! Not a BCP 47 library: tags are compared by language, region, and the few equivalences that voices and
//! posts really have.

/// English names of the languages that articles and voice names are in, by language, sorted.
const NAMES: &[(&str, &str)] = &[
    ("af", "Afrikaans"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bangla"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fil", "Filipino"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("gl", "Galician"),
    ("gu", "Gujarati"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("ht", "Haitian Creole"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("jv", "Javanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("km", "Khmer"),
    ("kn", "Kannada"),
    ("ko", "Korean"),
    ("la", "Latin"),
    ("lo", "Lao"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mk", "Macedonian"),
    ("ml", "Malayalam"),
    ("mr", "Marathi"),
    ("ms", "Malay"),
    ("mt", "Maltese"),
    ("my", "Burmese"),
    ("nb", "Norwegian"),
    ("ne", "Nepali"),
    ("nl", "Dutch"),
    ("nn", "Norwegian Nynorsk"),
    ("or", "Odia"),
    ("pa", "Punjabi"),
    ("pl", "Polish"),
    ("ps", "Pashto"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sh", "Serbo-Croatian"),
    ("si", "Sinhala"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sq", "Albanian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("ti", "Tigrinya"),
    ("tk", "Turkmen"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("uz", "Uzbek"),
    ("vi", "Vietnamese"),
    ("yi", "Yiddish"),
    ("yue", "Cantonese"),
    ("zh", "Chinese"),
    ("zu", "Zulu"),
];

/// A language tag, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// Primary language, lower case, by its present name (`iw` is `he`); Cantonese is `yue`.
    language: String,
    /// Region, upper case, where the tag has one.
    region: Option<String>,
}

/// How far a voice's language is from the one wanted. Smaller is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Distance {
    /// 0: the language itself; above: one that its speakers understand.
    pub(super) language: u8,
    /// 0: the region asked for, or none was; 1: one that sounds like it; 2: another.
    region: u8,
    /// 1: the difference can be heard and deserves a warning. Follows from the others.
    audible: u8,
}

impl Distance {
    /// Whether listeners may hear that this is not what was asked for.
    pub(super) fn is_audible(self) -> bool {
        self.audible == 1
    }
}

impl Tag {
    /// Takes a tag apart; `_` does for `-`, and capitals do not matter.
    pub(super) fn new(tag: &str) -> Self {
        let mut subtags = tag.split(['-', '_']);
        let primary = subtags.next().unwrap_or_default().to_ascii_lowercase();
        // What follows a one-letter subtag is an extension.
        let rest: Vec<String> =
            subtags.take_while(|s| s.len() > 1).map(str::to_ascii_uppercase).collect();
        let is_region = |s: &&String| match s.len() {
            2 => s.bytes().all(|b| b.is_ascii_alphabetic()),
            3 => s.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        let mut region = rest.iter().find(is_region).cloned();
        let cantonese =
            matches!(region.as_deref(), Some("HK" | "MO")) || rest.iter().any(|s| s == "YUE");
        let language = match primary.as_str() {
            "cmn" => "zh",
            "zh" if cantonese => "yue",
            "iw" => "he",
            "in" => "id",
            "ji" => "yi",
            "jw" => "jv",
            "no" => "nb",
            "tl" => "fil",
            "mo" | "mol" => {
                region.get_or_insert_with(|| "MD".to_owned());
                "ro"
            }
            "cnr" => {
                region.get_or_insert_with(|| "ME".to_owned());
                "sr"
            }
            other => other,
        };
        Self { language: language.to_owned(), region }
    }

    /// Whether `text` has the shape of a tag: subtags of letters and digits, the first a language.
    pub(super) fn is_tag(text: &str) -> bool {
        let mut subtags = text.split('-');
        let primary = subtags.next().unwrap_or_default();
        let language =
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let subtag =
            |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
        language && subtags.all(subtag)
    }

    /// The language's English name, where it is in the table.
    pub(super) fn name(&self) -> Option<&'static str> {
        let found = NAMES.binary_search_by_key(&self.language.as_str(), |(language, _)| language);
        found.ok().map(|i| NAMES[i].1)
    }

    /// Whether the tag names one language; `und`, `mul` and `zxx` do not, nor does nothing.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self.language.as_str(), "" | "und" | "mul" | "zxx")
    }

    /// Whether the tag says where.
    pub(super) fn has_region(&self) -> bool {
        self.region.is_some()
    }

    /// Whether `self` and `other` are one language, regions aside.
    pub(super) fn same_language(&self, other: &Self) -> bool {
        self.language == other.language
    }

    /// How far a voice of language `self` is from `wanted`; `None` when it cannot speak it.
    pub(super) fn distance(&self, wanted: &Self) -> Option<Distance> {
        let language = match (wanted.language.as_str(), self.language.as_str()) {
            (a, b) if a == b => 0,
            // Serbo-Croatian is spoken by voices of the standards that came of it.
            ("sh", "hr") | ("hr" | "bs" | "sr", "sh") | ("nb", "nn") | ("nn", "nb") => 1,
            ("sh", "bs") => 2,
            ("sh", "sr") => 3,
            _ => return None,
        };
        let (region, heard) = match (wanted.region.as_deref(), self.region.as_deref()) {
            // Who says nothing of a region means the one where most speakers learned the language.
            (None, Some(b)) => (u8::from(home(&wanted.language).is_some_and(|h| h != b)), false),
            (None, None) => (0, false),
            (Some(a), Some(b)) if a == b => (0, false),
            // A voice that does not say where it is from is from where most of its speakers learned it.
            (Some(a), None) => (1, home(&wanted.language).is_some_and(|h| h != a)),
            (Some(a), Some(b)) => {
                let alike = american(&self.language, a) == american(&self.language, b);
                (if alike { 1 } else { 2 }, true)
            }
        };
        let other = language > 0 && wanted.language != "sh";
        Some(Distance { language, region, audible: u8::from(heard || other) })
    }
}

/// The region that a tag without one stands for, where another would surprise.
fn home(language: &str) -> Option<&'static str> {
    Some(match language {
        "en" => "US",
        "es" => "ES",
        "fr" => "FR",
        "pt" => "PT",
        "zh" => "CN",
        "de" => "DE",
        "nl" => "NL",
        "ro" => "RO",
        "sr" => "RS",
        "bn" => "BD",
        _ => return None,
    })
}

/// Whether a region has the American accent of a language, after Unicode CLDR's language matching:
/// English outside America is nearer to British, and Spanish in America is one group.
fn american(language: &str, region: &str) -> bool {
    match language {
        "en" => matches!(region, "US" | "CA" | "PH" | "PR" | "GU" | "VI" | "AS" | "MP" | "UM"),
        "es" => !matches!(region, "ES" | "EA" | "IC" | "GQ"),
        "pt" => region == "BR",
        "fr" => region == "CA",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::known_names;

    #[test]
    fn tags_are_taken_apart() {
        let cases = [
            ("en-US", "en", Some("US")),
            ("EN_us", "en", Some("US")),
            ("eo", "eo", None),
            ("zh-Hant-TW", "zh", Some("TW")),
            ("zh-HK", "yue", Some("HK")),
            ("zh-yue", "yue", None),
            ("cmn-CN", "zh", Some("CN")),
            ("sr-Latn-RS", "sr", Some("RS")),
            ("es-419", "es", Some("419")),
            ("iw", "he", None),
            ("tl-PH", "fil", Some("PH")),
            ("mo", "ro", Some("MD")),
            ("de-x-gb", "de", None),
            ("", "", None),
        ];
        for (tag, language, region) in cases {
            let found = Tag::new(tag);
            assert_eq!(
                (found.language.as_str(), found.region.as_deref()),
                (language, region),
                "{tag}"
            );
        }
    }

    #[test]
    fn languages_have_names() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        for known in known_names() {
            assert!(Tag::new(known.language).name().is_some(), "{}", known.name);
        }
        let cases = [
            ("km", Some("Khmer")),
            ("zh-HK", Some("Cantonese")),
            ("iw", Some("Hebrew")),
            ("qq", None),
        ];
        for (tag, name) in cases {
            assert_eq!(Tag::new(tag).name(), name, "{tag}");
        }
    }

    #[test]
    fn what_is_no_tag_is_none() {
        for good in ["en", "fil-PH", "zh-Hant-TW", "de-1996", "en-x-a"] {
            assert!(Tag::is_tag(good), "{good}");
        }
        for bad in ["", "e", "English", "en_US", "en-", "en--US", "12", "en US", "\u{e9}n"] {
            assert!(!Tag::is_tag(bad), "{bad}");
        }
    }

    #[test]
    fn the_nearest_comes_first() {
        // (wanted, voices that can speak it, nearest first, how many of them inaudibly different)
        let cases: [(&str, &[&str], usize); 11] = [
            ("en-GB", &["en-GB", "en-AU", "en-US"], 1),
            ("en-AU", &["en-AU", "en-GB", "en-US"], 1),
            ("es-MX", &["es-MX", "es-419", "es-ES"], 1),
            ("fr-FR", &["fr-FR", "fr", "fr-CA"], 2),
            ("fr-CA", &["fr-CA", "fr", "fr-FR"], 1),
            ("eo", &["eo"], 1),
            ("sh", &["sh", "hr-HR", "bs", "sr-RS"], 4),
            ("nb-NO", &["nb-NO", "no", "nn-NO"], 2),
            ("fil-PH", &["tl-PH"], 1),
            ("ro-MD", &["mo", "ro"], 1),
            ("zh-TW", &["zh-TW", "cmn"], 1),
        ];
        for (wanted, voices, silent) in cases {
            let wanted_tag = Tag::new(wanted);
            let far: Vec<Distance> = voices
                .iter()
                .map(|v| {
                    Tag::new(v).distance(&wanted_tag).unwrap_or_else(|| panic!("{v} for {wanted}"))
                })
                .collect();
            assert!(far.windows(2).all(|w| w[0] < w[1]), "{wanted}: {far:?}");
            for (i, distance) in far.iter().enumerate() {
                assert_eq!(distance.is_audible(), i >= silent, "{} for {wanted}", voices[i]);
            }
        }
    }

    #[test]
    fn other_languages_do_not_serve() {
        let cases = [
            ("zh-HK", "zh-CN"),
            ("zh-CN", "zh-HK"),
            ("fil-PH", "en-PH"),
            ("km", "en-US"),
            ("e", "en"),
            ("pt-PT", "es-PT"),
            ("hr-HR", "sr-RS"),
        ];
        for (wanted, voice) in cases {
            assert_eq!(Tag::new(voice).distance(&Tag::new(wanted)), None, "{voice} for {wanted}");
        }
    }
}
