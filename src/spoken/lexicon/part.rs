//! What part of speech a word may be, by the words beside it. English only, and no more than the small
//! words say: enough to tell "to record" from "a record".

use crate::model::Part;

const DETERMINERS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our",
    "their", "no", "some", "any", "every", "each", "another", "whose", "both", "many", "several",
];
const PREPOSITIONS: &[&str] = &[
    "of", "in", "on", "with", "for", "by", "from", "at", "into", "about", "without", "under",
    "over", "between", "through", "against", "per",
];
const BEFORE_VERBS: &[&str] = &[
    "to",
    "will",
    "would",
    "can",
    "could",
    "shall",
    "should",
    "may",
    "might",
    "must",
    "do",
    "does",
    "did",
    "not",
    "don't",
    "doesn't",
    "didn't",
    "won't",
    "can't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "i",
    "you",
    "we",
    "they",
    "he",
    "she",
    "it",
    "who",
    "let's",
    "please",
    "cannot",
];
const BEFORE_ADJECTIVES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "very", "too", "so", "more", "most", "how",
    "seem", "seems", "seemed", "become", "became", "feel", "felt", "quite", "rather",
];
/// Words that begin something new, so that what stands before them is complete.
const BREAKS: &[&str] = &[
    "and", "or", "but", "of", "in", "on", "to", "for", "with", "by", "from", "at", "is", "are",
    "was", "were", "has", "have", "had", "that", "which", "who", "when", "as", "than", "will",
    "would", "can", "could", "should", "may",
];

/// Whether the word between `before` and `after` may be a `part`. Where its neighbours say nothing, it may
/// be a noun and nothing else.
pub(super) fn may_be(part: Part, before: &str, after: &str) -> bool {
    let last = |text: &str| {
        let end = text.trim_end();
        let ends = end.ends_with(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
        let word = end.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if ends { String::new() } else { word.to_lowercase().replace('’', "'") }
    };
    let first = |text: &str| {
        let start = text.trim_start();
        let end = start
            .find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .unwrap_or(start.len());
        start[..end].to_lowercase()
    };
    let (previous, next) = (last(before), first(after));
    let among = |list: &[&str], word: &str| list.contains(&word);
    let complete = next.is_empty() || among(BREAKS, &next);
    let guess = if among(DETERMINERS, &previous) || previous.ends_with("'s") {
        if complete { Part::Noun } else { Part::Adjective }
    } else if among(BEFORE_VERBS, &previous) {
        Part::Verb
    } else if among(BEFORE_ADJECTIVES, &previous) {
        Part::Adjective
    } else if among(PREPOSITIONS, &previous) {
        Part::Noun
    } else if among(DETERMINERS, &next) && !previous.is_empty() {
        // "they record the song", "come close the door": an object follows.
        Part::Verb
    } else {
        Part::Noun
    };
    // A noun before a noun ("a record label") stands where an adjective does.
    guess == part
        || (guess == Part::Adjective && part == Part::Noun && among(DETERMINERS, &previous))
        || (guess == Part::Noun && part == Part::Adverb && previous.ends_with("ed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_tell() {
        for (before, after, expected) in [
            ("she broke the ", ".", Part::Noun),
            ("they want to ", " it", Part::Verb),
            ("it was very ", ".", Part::Adjective),
            ("a ", " friend", Part::Adjective),
            ("a ", " label", Part::Noun),
            ("made of ", " and tin", Part::Noun),
            ("the band will ", " a song", Part::Verb),
            ("", " pipes", Part::Noun),
        ] {
            assert!(may_be(expected, before, after), "{before}_{after}");
        }
        assert!(!may_be(Part::Verb, "the ", " of the year"));
        assert!(!may_be(Part::Noun, "we ", " it"));
    }
}
