//! Where a sentence may be divided.

use crate::model::Word;

/// Words before which a clause often begins.
const CONJUNCTIONS: &[&str] = &[
    "and", "or", "but", "nor", "yet", "so", "because", "although", "though", "while", "when",
    "where", "which", "who", "that", "if", "unless", "until", "since", "after", "before",
    "whether", "than", "as",
];
/// A clause lent to a short neighbour is at most this many words.
const LENT: usize = 12;

/// The best place to divide `words`: an index from 1 to the last. `None` for a single word.
///
/// A place counts for what ends there (a clause, a comma, a conjunction's left side, a word) and
/// against its distance from the middle, so that a very long sentence falls into even parts. Inside
/// what was written as one ("$3.5 million", "NGO") it is divided only when there is nothing else.
pub(super) fn division(words: &[Word]) -> Option<usize> {
    #[expect(clippy::cast_precision_loss)] // counts of words
    let value = |at: usize| {
        let place = at as f64 / words.len() as f64;
        worth(&words[at - 1], &words[at]) - (place - 0.5).abs()
    };
    // The first of equals, whatever the order of iteration.
    (1..words.len()).max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)))
}

fn worth(before: &Word, after: &Word) -> f64 {
    if before.written == after.written {
        return -1.0;
    }
    let ends = |marks: &str| before.after.contains(|c| marks.contains(c));
    if ends(".?!;:—…") {
        0.40
    } else if ends(",)”") || !after.before.is_empty() {
        0.30
    } else if CONJUNCTIONS.contains(&after.text.to_lowercase().as_str()) {
        0.15
    } else {
        0.0
    }
}

/// The first clause of `words`, at most [`LENT`] words.
pub(super) fn first(words: &[Word]) -> &[Word] {
    let end = words.iter().position(|w| !w.after.is_empty()).map_or(words.len(), |i| i + 1);
    &words[..end.min(LENT)]
}

/// The last clause of `words`, at most [`LENT`] words.
pub(super) fn last(words: &[Word]) -> &[Word] {
    let body = words.len().saturating_sub(1);
    let start = words[..body].iter().rposition(|w| !w.after.is_empty()).map_or(0, |i| i + 1);
    &words[start.max(words.len().saturating_sub(LENT))..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::contract::words;

    #[test]
    fn divisions() {
        for (text, left, why) in [
            ("we came early; they left late", "we came early;", "the end of a clause"),
            ("one two three, four five six", "one two three,", "a comma"),
            ("the cat sat and the dog ran", "the cat sat", "a conjunction"),
            ("a, b c d e f g h i j k l", "a, b c d e f", "a comma too near the edge"),
            ("alpha beta gamma delta", "alpha beta", "the middle"),
        ] {
            let words = words(text);
            let at = division(&words).expect("more than one word");
            let got: Vec<String> =
                words[..at].iter().map(|w| format!("{}{}", w.text, w.after)).collect();
            assert_eq!(got.join(" "), left, "{text}: {why}");
        }
        assert_eq!(division(&words("one")), None);
    }

    #[test]
    fn what_was_written_as_one_stays_together() {
        let mut number = words("it cost three point five million dollars");
        for word in &mut number[2..] {
            word.written = 8..20;
        }
        assert_eq!(division(&number), Some(2));
        // Nothing else to divide: better than to leave it out.
        assert_eq!(division(&number[2..]), Some(2));
    }

    #[test]
    fn clauses_lent_to_a_neighbour() {
        let text =
            |words: &[Word]| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        let sentence = words("yes, we came. they left");
        assert_eq!(text(first(&sentence)), "yes");
        assert_eq!(text(last(&sentence)), "they left");
        assert_eq!(text(last(&words("yes, we came."))), "we came");
        let long = words(&"word ".repeat(40));
        assert_eq!((first(&long).len(), last(&long).len()), (LENT, LENT));
        assert!(first(&[]).is_empty() && last(&[]).is_empty());
    }
}
