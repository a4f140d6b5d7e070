//! Words that are written alike and said differently, where the phonemiser guesses wrong.
//!
//! The phonemiser tags parts of speech, and is right about "they live" and "a live show". What it
//! cannot tell is meaning: lead the metal, minute as tiny, a tear in a shirt, the bow of a ship. These
//! rules speak only where a neighbour makes it certain; everywhere else the phonemiser decides.

use crate::model::Word;

/// When a reading holds: any of the conditions.
struct Reading {
    word: &'static str,
    /// In IPA.
    sound: &'static str,
    /// One of these stands right before.
    before: &'static [&'static str],
    /// One of these stands right after.
    after: &'static [&'static str],
    /// One of these stands within [`NEAR`] words, and none of [`Reading::unless`] right before.
    near: &'static [&'static str],
    unless: &'static [&'static str],
    /// None of these stands right after, where only [`Reading::near`] tells.
    unless_after: &'static [&'static str],
}

/// Words to either side that count as near.
const NEAR: usize = 5;

const READINGS: &[Reading] = &[
    Reading {
        word: "lead",
        sound: "ˈlɛd",
        before: &[
            "contain",
            "contains",
            "containing",
            "contained",
            "molten",
            "white",
            "red",
            "tetraethyl",
        ],
        after: &[
            "pipe",
            "pipes",
            "paint",
            "paints",
            "poisoning",
            "acid",
            "exposure",
            "levels",
            "bullet",
            "bullets",
            "weights",
            "shot",
            "smelter",
            "smelting",
            "contamination",
            "batteries",
            "crystal",
            "dust",
            "ore",
            "concentrations",
            "service",
        ],
        near: &[
            "zinc", "mercury", "arsenic", "cadmium", "asbestos", "copper", "toxic", "pipes",
            "levels", "traces", "tin", "metal", "metals", "poisoned",
        ],
        unless: &[
            "the", "to", "a", "will", "would", "could", "can", "may", "might", "they", "we", "you",
            "i", "who", "his", "her", "their", "its", "our", "your", "take", "took", "early",
            "that", "which", "should", "must",
        ],
        unless_after: &["to", "the", "by", "singer"],
    },
    Reading {
        word: "minute",
        sound: "maɪˈnuːt",
        before: &["microscopically"],
        after: &[
            "detail",
            "details",
            "amount",
            "amounts",
            "quantity",
            "quantities",
            "particles",
            "particle",
            "traces",
            "trace",
            "fraction",
            "fractions",
            "differences",
            "difference",
            "changes",
            "doses",
            "fragments",
            "organisms",
            "variations",
            "proportion",
            "crystals",
        ],
        near: &[],
        unless: &[],
        unless_after: &[],
    },
    Reading {
        word: "tear",
        sound: "ˈtɛr",
        before: &[
            "ligament",
            "muscle",
            "meniscus",
            "tendon",
            "cartilage",
            "hamstring",
            "calf",
            "cuff",
            "partial",
            "labral",
        ],
        after: &["down", "apart", "off", "up", "into", "open", "through", "away", "along"],
        near: &["wear", "shirt", "fabric", "sail", "jeans", "trousers", "hull", "cloth"],
        unless: &[],
        unless_after: &[],
    },
    Reading {
        word: "tears",
        sound: "ˈtɛrz",
        before: &["ligament", "muscle", "tendon", "it", "he", "she"],
        after: &["down", "apart", "off", "up", "through", "open"],
        near: &[],
        unless: &[],
        unless_after: &[],
    },
    Reading {
        word: "bow",
        sound: "ˈbaʊ",
        before: &["ship's", "boat's", "vessel's", "ferry's", "starboard", "port"],
        after: &["out", "down", "before", "to", "thruster"],
        near: &[
            "ship", "boat", "vessel", "ferry", "stern", "hull", "deck", "took", "takes", "taking",
        ],
        unless: &["violin", "cello", "red", "ribbon"],
        unless_after: &["and", "tie", "string", "hunter"],
    },
    Reading {
        word: "bows",
        sound: "ˈbaʊz",
        before: &["ship's", "boat's", "vessel's"],
        after: &["out", "down", "before", "to"],
        near: &["ship", "boat", "vessel", "stern"],
        unless: &["violin", "cello"],
        unless_after: &["and"],
    },
    Reading {
        word: "read",
        sound: "ˈriːd",
        before: &[],
        after: &[],
        near: &["every", "usually", "often", "nowadays"],
        unless: &[
            "have", "has", "had", "having", "be", "been", "is", "was", "were", "are", "he", "she",
            "it", "well", "widely", "the", "a",
        ],
        unless_after: &[],
    },
];

/// Gives words that [`READINGS`] is sure about their IPA.
pub(super) fn mark(words: &mut [Word]) {
    for at in 0..words.len() {
        if words[at].ipa.is_none()
            && let Some(reading) = READINGS.iter().find(|reading| holds(reading, words, at))
        {
            words[at].ipa = Some(reading.sound.to_owned());
        }
    }
}

fn holds(reading: &Reading, words: &[Word], at: usize) -> bool {
    if !words[at].text.eq_ignore_ascii_case(reading.word) {
        return false;
    }
    let any = |list: &[&str], word: Option<&Word>| {
        word.is_some_and(|word| list.iter().any(|entry| word.text.eq_ignore_ascii_case(entry)))
    };
    let previous = at.checked_sub(1).map(|i| &words[i]);
    let next = words.get(at + 1).filter(|_| words[at].after.is_empty());
    let near = &words[at.saturating_sub(NEAR)..(at + NEAR + 1).min(words.len())];
    any(reading.before, previous)
        || any(reading.after, next)
        || !any(reading.unless, previous)
            && !any(reading.unless_after, next)
            && near.iter().any(|word| any(reading.near, Some(word)))
}

#[cfg(test)]
mod tests {
    use crate::spoken::words;

    /// Sentences with the word, and whether the rules give it the sound they know.
    fn check(word: &str, cases: &[(&str, bool)]) {
        assert!(cases.len() >= 10, "{word}: too few cases");
        for (text, given) in cases {
            let words = words(text, "en");
            let found: Vec<_> = words
                .iter()
                .filter(|w| w.text.eq_ignore_ascii_case(word))
                .map(|w| w.ipa.is_some())
                .collect();
            assert_eq!(found, [*given], "{text}");
        }
    }

    #[test]
    fn lead() {
        check(
            "lead",
            &[
                ("The pipes contain lead.", true),
                ("A lead pipe burst.", true),
                ("Lead poisoning killed them.", true),
                ("Levels of lead in the water rose.", true),
                ("The mine gave zinc and lead.", true),
                ("She will lead the team.", false),
                ("He took the lead.", false),
                ("The lead singer left.", false),
                ("This may lead to war.", false),
                ("They lead by two goals.", false),
                ("Copper took the lead over zinc.", false),
                ("High levels of zinc lead to illness.", false),
            ],
        );
    }

    #[test]
    fn minute() {
        check(
            "minute",
            &[
                ("The minute particles float.", true),
                ("In minute detail he spoke.", true),
                ("A minute amount was found.", true),
                ("They saw minute differences.", true),
                ("Minute traces were left.", true),
                ("Wait a minute.", false),
                ("It took one minute.", false),
                ("Every minute counts.", false),
                ("The last minute goal won.", false),
                ("By the minute it grew.", false),
            ],
        );
    }

    #[test]
    fn tear() {
        check(
            "tear",
            &[
                ("He had a tear in his shirt.", true),
                ("Wear and tear took its toll.", true),
                ("The ligament tear ended it.", true),
                ("They tear down the wall.", true),
                ("A muscle tear kept her out.", true),
                ("A tear fell from her eye.", false),
                ("Police used tear gas.", false),
                ("She wiped away a tear.", false),
                ("He shed a tear.", false),
                ("Not a tear was seen.", false),
            ],
        );
    }

    #[test]
    fn bow() {
        check(
            "bow",
            &[
                ("He took a bow.", true),
                ("The bow of the ship sank.", true),
                ("The ship's bow was hit.", true),
                ("They will bow out.", true),
                ("They bow to pressure.", true),
                ("She tied a bow.", false),
                ("The bow and arrow were old.", false),
                ("A violin bow broke.", false),
                ("A red bow hung there.", false),
                ("His bow was made of yew.", false),
                ("He took his bow and arrows.", false),
            ],
        );
    }

    #[test]
    fn read() {
        check(
            "read",
            &[
                ("They read books every day.", true),
                ("We often read aloud.", true),
                ("I usually read the paper.", true),
                ("He read it yesterday.", false),
                ("I have read every page.", false),
                ("The letter was read aloud.", false),
                ("She will read the letter.", false),
                ("Who can read that?", false),
                ("He read every page.", false),
                ("Officials read out the names.", false),
            ],
        );
    }
}
