//! Parts of a sentence whose words are settled before any class of its language looks at it: what a lexicon
//! has an entry for, and what the source itself says about its reading.

use std::ops::Range;

use super::{
    lexicon::{Ending, Found, Lexicons, find, with_s},
    read_text, say_as,
};
use crate::model::{Entry, Given, Reading, Word};

/// A part of a sentence and its words.
#[derive(Debug)]
pub(super) struct Fixed {
    /// Byte range of the sentence.
    pub(super) range: Range<usize>,
    /// Its words; each is written somewhere in the range.
    pub(super) words: Vec<Word>,
}

/// The settled parts of `text`, in order and apart.
pub(super) fn fixed(
    text: &str,
    language: &str,
    given: &[Given],
    lexicons: &Lexicons,
) -> Vec<Fixed> {
    let mut fixed: Vec<Fixed> = given
        .iter()
        .filter_map(|given| {
            let words = given_words(text, language, given, lexicons);
            (!words.is_empty()).then(|| Fixed { range: given.range.clone(), words })
        })
        .collect();
    let own = fixed.len();
    for found in find(lexicons, text, language) {
        let free = |fixed: &Fixed| {
            fixed.range.end <= found.range.start || fixed.range.start >= found.range.end
        };
        if fixed[..own].iter().all(free) {
            let words = entry_words(text, language, &found, lexicons);
            fixed.push(Fixed { range: found.range, words });
        }
    }
    fixed.sort_by_key(|fixed| fixed.range.start);
    fixed
}

fn given_words(text: &str, language: &str, given: &Given, lexicons: &Lexicons) -> Vec<Word> {
    let range = &given.range;
    let Some(written) = text.get(range.clone()) else { return Vec::new() };
    match &given.reading {
        Reading::Alias(alias) => {
            let fixed = fixed(alias, language, &[], lexicons);
            all_of(read_text(alias, language, &fixed), range)
        }
        Reading::Ipa(ipa) => sounded(words_at(text, range, language), written, range, ipa),
        Reading::As { kind, format } => {
            all_of(say_as::words(written, kind, format.as_deref(), language), range)
        }
    }
}

fn entry_words(text: &str, language: &str, found: &Found<'_>, lexicons: &Lexicons) -> Vec<Word> {
    let Found { range, words: own, entry, ending, .. } = found;
    let mut words = match (&entry.say, &entry.ipa) {
        (Some(say), Some(ipa)) => {
            sounded(all_of(read_text(say, language, &[]), range), say, range, ipa)
        }
        (Some(say), None) => all_of(alias(say, language, entry, lexicons), range),
        (None, Some(ipa)) => sounded(words_at(text, own, language), &text[own.clone()], range, ipa),
        (None, None) => Vec::new(),
    };
    // What belongs to the match but to none of the entry's words: hyphens and endings.
    if let Some(first) = words.first_mut() {
        first.written.start = range.start;
    }
    if let Some(last) = words.last_mut() {
        last.written.end = range.end;
        add(last, *ending, entry.say.is_none());
    }
    words
}

/// The words that stand in `range`, by the classes of the language alone.
fn words_at(text: &str, range: &Range<usize>, language: &str) -> Vec<Word> {
    let mut words = read_text(&text[range.clone()], language, &[]);
    for word in &mut words {
        word.written = word.written.start + range.start..word.written.end + range.start;
    }
    words
}

/// The words of an alias, to which the lexicons apply once more: PLS lets an alias use other entries, one
/// level deep. The entry itself does not apply to its own words.
fn alias(say: &str, language: &str, entry: &Entry, lexicons: &Lexicons) -> Vec<Word> {
    let nested: Vec<Fixed> = find(lexicons, say, language)
        .into_iter()
        .filter(|found| !std::ptr::eq(found.entry, entry))
        .map(|found| {
            let words = entry_words(say, language, &found, &Lexicons::default());
            Fixed { range: found.range, words }
        })
        .collect();
    read_text(say, language, &nested)
}

/// `words`, all standing for `range`, without punctuation around them.
fn all_of(mut words: Vec<Word>, range: &Range<usize>) -> Vec<Word> {
    for word in &mut words {
        word.written = range.clone();
    }
    bare(&mut words);
    words
}

fn bare(words: &mut [Word]) {
    if let Some(first) = words.first_mut() {
        first.before.clear();
    }
    if let Some(last) = words.last_mut() {
        last.after.clear();
    }
}

/// `words` with the sounds of `ipa`: each its own, when there are as many; otherwise one word has all.
fn sounded(mut words: Vec<Word>, written: &str, range: &Range<usize>, ipa: &str) -> Vec<Word> {
    bare(&mut words);
    let parts: Vec<&str> = ipa.split_whitespace().collect();
    if words.len() == parts.len() {
        for (word, part) in words.iter_mut().zip(parts) {
            (word.ipa, word.letter) = (Some(part.to_owned()), false);
        }
        return words;
    }
    let all_letters = !written.is_empty() && written.chars().all(char::is_alphabetic);
    let text = if all_letters {
        written.to_owned()
    } else {
        words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join("-")
    };
    vec![Word { text, written: range.clone(), ipa: Some(parts.concat()), ..Word::default() }]
}

/// Adds an English ending to a word, whose text has its plural already where it is `as_written`.
fn add(word: &mut Word, ending: Ending, as_written: bool) {
    let plural = matches!(ending, Ending::Plural | Ending::PluralPossessive);
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.text.ends_with(end));
    word.text.push_str(match ending {
        Ending::None => return,
        _ if plural && as_written => "",
        _ if !plural || word.letter => "'s",
        _ if sibilant => "es",
        _ => "s",
    });
    word.ipa = word.ipa.take().map(|ipa| with_s(&ipa));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::spoken::Lexicon;

    fn lexicons(text: &str) -> Lexicons {
        let lexicon = Lexicon::parse("lexicon.toml", text).expect("a valid lexicon");
        Lexicons::new(vec![Arc::new(lexicon)])
    }

    fn read(text: &str, given: &[Given], lexicons: &Lexicons) -> Vec<Word> {
        read_text(text, "en", &fixed(text, "en", given, lexicons))
    }

    /// Words as `(text as written: word)`, with IPA in slashes.
    fn shown(text: &str, words: &[Word]) -> String {
        let show = |word: &Word| {
            let ipa = word.ipa.as_deref().map_or_else(String::new, |ipa| format!(" /{ipa}/"));
            let letter = if word.letter { "*" } else { "" };
            format!(
                "{}{}{}{letter}{ipa} <{}>",
                word.before,
                word.text,
                word.after,
                &text[word.written.clone()]
            )
        };
        words.iter().map(show).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn entries_become_words() {
        let lexicons = lexicons(
            "\"Phnom Penh\" = \"p'nom pen\"\n\"Nguyen\" = { ipa = \"ŋwiən\" }\n\"Siem Reap\" = { ipa = \"siˌɛm ˈriəp\" }\n\
             \"Tørv\" = { ipa = \"tɜːv\", say = \"turv\" }\n\"3M\" = { ipa = \"ˌθriˈɛm\" }\n\"W3C\" = \"the Web group\"\n\
             \"Web\" = \"wide web\"\n\"SQL\" = \"sequel\"\n\"NATO\" = \"the NATO alliance\"\n\"mph\" = \"miles an hour\"\n\
             \"FAO\" = \"F A O\"\n\"Vik\" = { ipa = \"viːk\" }\n",
        );
        for (text, expected) in [
            ("in Phnom Penh, by", "in <in>, p'nom <Phnom Penh>, pen, <Phnom Penh>, by <by>"),
            ("(Nguyen)", "(Nguyen) /ŋwiən/ <Nguyen>"),
            ("Siem Reap.", "Siem /siˌɛm/ <Siem>, Reap. /ˈriəp/ <Reap>"),
            ("Tørv", "turv /tɜːv/ <Tørv>"),
            ("3M pays $3", "three-M /ˌθriˈɛm/ <3M>, pays <pays>, three <$3>, dollars <$3>"),
            ("W3C", "the <W3C>, wide <W3C>, web <W3C>, group <W3C>"),
            ("SQL", "sequel <SQL>"),
            ("NATO", "the <NATO>, NATO <NATO>, alliance <NATO>"),
            (
                "the Nguyens' 60 mph",
                "the <the>, Nguyens /ŋwiənz/ <Nguyens'>, sixty <60>, miles <mph>, an <mph>, hour <mph>",
            ),
            (
                "Phnom Penh’s old-town",
                "p'nom <Phnom Penh’s>, pen's <Phnom Penh’s>, old-town <old-town>",
            ),
            (
                "a Vik-based ex-Vik",
                "a <a>, Vik /viːk/ <Vik->, based <based>, ex <ex>, Vik /viːk/ <-Vik>",
            ),
            ("FAO", "F* <FAO>, A <FAO>, O* <FAO>"),
        ] {
            let words = read(text, &[], &lexicons);
            assert_eq!(shown(text, &words), expected, "{text}");
        }
    }

    #[test]
    fn what_the_source_gives_wins_over_lexicons() {
        let lexicons = lexicons("\"Bo\" = \"wrong\"\n\"doctor\" = \"physician\"\n");
        let given = |range, reading| Given { range, reading };
        for (text, given, expected) in [
            ("Dr Bo", given(0..2, Reading::Alias("doctor".into())), "physician <Dr>, wrong <Bo>"),
            ("Dr Bo!", given(3..5, Reading::Ipa("boʊ".into())), "Doctor <Dr>, Bo! /boʊ/ <Bo>"),
        ] {
            let words = read(text, &[given], &lexicons);
            assert_eq!(shown(text, &words).to_lowercase(), expected.to_lowercase(), "{text}");
        }
    }

    #[test]
    fn things_of_a_kind() {
        for (text, kind, format, expected) in [
            ("NGO4", "characters", None, "N G O four"),
            ("4711", "digits", None, "four seven one one"),
            ("2024", "cardinal", None, "two thousand twenty four"),
            ("IV", "cardinal", None, "four"),
            ("3", "ordinal", None, "third"),
            ("112", "ordinal", None, "one hundred twelfth"),
            ("1+1/2", "fraction", None, "one and a half"),
            ("04/03/2026", "date", Some("dmy"), "March fourth twenty twenty six"),
            ("04/03/2026", "date", Some("mdy"), "April third twenty twenty six"),
            ("20260304", "date", Some("yyyymmdd"), "March fourth twenty twenty six"),
            ("3/26", "date", Some("my"), "March twenty twenty six"),
            ("12-25", "date", Some("md"), "December twenty fifth"),
            ("99/99", "date", Some("md"), ""),
            ("2:30pm", "time", None, "two thirty P M"),
            ("+1 555-0123", "telephone", None, "plus one five five five zero one two three"),
            ("damn", "expletive", None, "bleep"),
            ("words", "address", None, "words"),
        ] {
            let reading = Reading::As { kind: kind.into(), format: format.map(str::to_owned) };
            let given = [Given { range: 0..text.len(), reading }];
            let words = read(text, &given, &Lexicons::default());
            let said: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
            assert!(
                !said.is_empty() && words.iter().all(|w| w.written == (0..text.len())),
                "{text}"
            );
            if !expected.is_empty() {
                assert_eq!(said.join(" "), expected, "{text} as {kind}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_letter_is_said_once_whatever_the_lexicon(
            text in "[a-cA-C0-9 .,'’$%-]{0,50}",
            entries in proptest::collection::btree_map("[a-cA-C][a-cA-C0-9 '-]{0,5}", "[a-z][a-z ]{0,8}", 0..5),
        ) {
            let file: String = entries.iter().map(|(k, v)| format!("{k:?} = {v:?}\n")).collect();
            let (lexicon, _) = Lexicon::read("x.toml", &file);
            let words = read(&text, &[], &Lexicons::new(vec![Arc::new(lexicon)]));
            let mut covered = vec![false; text.len()];
            let mut last = 0..0;
            for word in &words {
                prop_assert!(!word.text.is_empty() && !word.written.is_empty());
                prop_assert!(word.written == last || word.written.start >= last.end, "{words:?}");
                covered[word.written.clone()].fill(true);
                last = word.written.clone();
            }
            for (at, c) in text.char_indices() {
                prop_assert!(!c.is_alphanumeric() || covered[at], "{text:?}: {c:?} at {at}: {words:?}");
            }
        }
    }
}
