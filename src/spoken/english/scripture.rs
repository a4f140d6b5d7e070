//! Books of the Bible and of the Quran: "1 Cor. 13:4", "Ps. 23", "2 Kings 4". Separate because their short forms
//! are words and titles elsewhere, and the number before them is an ordinal.

use super::number::ordinal;
use super::said::{Place, Reading, Said, pattern};

/// How sure a short form is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// A chapter tells: "Ps. 23".
    Chapter,
    /// A word or a title elsewhere: only with a verse, or with its own number.
    Verse,
}
use Needs::{Chapter, Verse};

/// The name of a book, its short forms without their dot (parted by `|`), and what those need. Books that
/// are counted stand in [`COUNTED`].
const BOOKS: &[(&str, &str, Needs)] = &[
    ("Genesis", "Gen|Gn", Verse),
    ("Exodus", "Exod", Chapter),
    ("Exodus", "Ex", Verse),
    ("Leviticus", "Lev|Lv", Chapter),
    ("Numbers", "Num|Nm", Verse),
    ("Deuteronomy", "Deut|Dt", Chapter),
    ("Joshua", "Josh", Chapter),
    ("Judges", "Judg|Jdg", Chapter),
    ("Ruth", "", Verse),
    ("Ezra", "", Verse),
    ("Nehemiah", "Neh", Chapter),
    ("Esther", "Esth", Chapter),
    ("Job", "", Verse),
    ("Psalm", "Ps|Psa", Chapter),
    ("Psalms", "Pss", Chapter),
    ("Proverbs", "Prov|Prv", Chapter),
    ("Ecclesiastes", "Eccl|Eccles", Chapter),
    ("Song", "", Verse),
    ("Isaiah", "Isa", Chapter),
    ("Isaiah", "Is", Verse),
    ("Jeremiah", "Jer", Chapter),
    ("Lamentations", "Lam", Chapter),
    ("Ezekiel", "Ezek", Chapter),
    ("Daniel", "Dan|Dn", Verse),
    ("Hosea", "Hos", Chapter),
    ("Joel", "", Verse),
    ("Amos", "Am", Verse),
    ("Obadiah", "Obad", Chapter),
    ("Jonah", "Jon", Verse),
    ("Micah", "Mic", Chapter),
    ("Habakkuk", "Hab", Chapter),
    ("Zephaniah", "Zeph", Chapter),
    ("Haggai", "Hag", Chapter),
    ("Zechariah", "Zech", Chapter),
    ("Malachi", "Mal", Chapter),
    ("Matthew", "Matt", Chapter),
    ("Matthew", "Mt", Verse),
    ("Mark", "Mk", Verse),
    ("Luke", "Lk", Verse),
    ("John", "Jn", Verse),
    ("Acts", "", Verse),
    ("Romans", "Rom", Chapter),
    ("Galatians", "Gal", Chapter),
    ("Ephesians", "Eph", Chapter),
    ("Philippians", "Phil|Php", Verse),
    ("Colossians", "Col", Verse),
    ("Titus", "Tit", Verse),
    ("Philemon", "Philem|Phlm", Chapter),
    ("Hebrews", "Heb", Chapter),
    ("James", "Jas", Chapter),
    ("Jude", "", Verse),
    ("Revelation", "Rev|Rv", Verse),
    ("Surah", "", Verse),
    ("Sura", "", Verse),
    ("Quran", "", Verse),
    ("Qur'an", "", Verse),
];

/// Books of which there are two or three, their short forms, and what the name itself needs.
const COUNTED: &[(&str, &str, Needs)] = &[
    ("Samuel", "Sam|Sm", Verse),
    ("Kings", "Kgs|Kg", Verse),
    ("Chronicles", "Chron|Chr", Chapter),
    ("Corinthians", "Cor", Chapter),
    ("Thessalonians", "Thess|Thes", Chapter),
    ("Timothy", "Tim|Tm", Verse),
    ("Peter", "Pet|Pt", Verse),
    ("John", "Jn", Verse),
    ("Maccabees", "Macc", Chapter),
];

/// The book whose name or short form `word` is: its name, whether `word` is short, and what it needs.
fn find(
    list: &'static [(&'static str, &'static str, Needs)],
    word: &str,
) -> Option<(&'static str, bool, Needs)> {
    list.iter().find_map(|&(name, shorts, needs)| {
        let short = !word.is_empty() && shorts.split('|').any(|short| short == word);
        (short || name == word).then_some((name, short, needs))
    })
}

/// The book at the place, by its name; chapter and verse are read as any other (see [`stands_before`]).
pub(super) fn book(place: &Place<'_>) -> Reading {
    if place.inside_word() {
        return None;
    }
    if let Some(read) = counted(place) {
        return Some(read);
    }
    let word = word(place.rest);
    if word.len() > 6 || !place.rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let (name, short, needs) = find(BOOKS, word)?;
    let dot = usize::from(place.rest[word.len()..].starts_with('.'));
    let rest = &place.rest[word.len() + dot..];
    let fits = pattern!(r" ?[0-9]{1,3}:[0-9]").is_match(rest)
        || needs == Chapter && dot == 1 && pattern!(r" [0-9]{1,3}\b").is_match(rest);
    (short && fits && (dot == 1 || !is_verb(word))).then(|| (word.len() + dot, Said::of(name)))
}

/// "Is 10:30 too early?": a book only with its dot.
fn is_verb(word: &str) -> bool {
    matches!(word, "Is" | "Am")
}

/// "1 Cor. 13", "2 Kings 4", "II Sam. 7:1", "in 1 Corinthians".
fn counted(place: &Place<'_>) -> Reading {
    if !place.rest.starts_with(['1', '2', '3', 'I']) {
        return None;
    }
    let found = pattern!(r"([123]|I{1,3}) ?([A-Z][a-z]{1,12})(\.?)( [0-9]{1,3}\b(?::[0-9])?)?")
        .captures(place.rest)?;
    let (name, short, needs) = find(COUNTED, &found[2])?;
    let chapter = found.get(4);
    let roman = found[1].starts_with('I');
    let fits = match needs {
        Chapter if !short => true,
        _ => chapter.is_some() && (!short || !found[3].is_empty() || found[0].contains(':')),
    };
    // "I Kings 4" may be a sentence of somebody's, "I, Peter" is.
    if !fits || roman && chapter.is_none() || !short && !found[3].is_empty() {
        return None;
    }
    let value = if roman { found[1].len() } else { found[1].parse().ok()? };
    let len = found.get(3)?.end();
    Some((len, Said::of(&ordinal(&value.to_string())).then(name)))
}

/// Whether a book's name or short form ends the text before a chapter and a verse.
pub(super) fn stands_before(before: &str) -> bool {
    let Some(before) = before.strip_suffix([' ', '\u{a0}']) else { return false };
    let word = before.trim_end_matches('.');
    let dotted = word.len() < before.len();
    let last = word.rsplit([' ', '\u{a0}', '(', '“', '"']).next();
    last.filter(|word| dotted || !is_verb(word))
        .is_some_and(|word| find(BOOKS, word).or_else(|| find(COUNTED, word)).is_some())
}

/// The letters that `text` begins with.
fn word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use crate::spoken::cases::check;

    #[test]
    fn books_chapters_and_verses() {
        check(
            "en",
            &[
                ("from 1 Cor. 13:4-7", "from first Corinthians thirteen four to seven"),
                ("Gen. 1:1 and Ps. 23", "Genesis one one and Psalm twenty three"),
                ("2 Kings 4 and II Sam. 7:1", "second Kings four and second Samuel seven one"),
                ("Gen. 1:1–2:3", "Genesis one one to two three"),
                ("Jn 3:16, 1 John 4:8", "John three sixteen first John four eight"),
                ("in 1 Corinthians, Paul", "in first Corinthians Paul"),
                ("Rev. 21:4, said Rev. Orr", "Revelation twenty one four said reverend Orr"),
                ("Deuteronomy 6:4", "Deuteronomy six four"),
                ("to  9:30am", "to nine thirty A M"),
                // Words, titles, counts of people.
                ("Gen. Hale and Col. Roe", "general Hale and colonel Roe"),
                ("2 Kings and 3 Queens", "two Kings and three Queens"),
                ("I Peter", "I Peter"),
                ("Is 10:30 fine?", "Is ten thirty fine"),
                ("Is. 40:31", "Isaiah forty thirty one"),
                ("Sam 7, Job 3", "Sam seven Job three"),
            ],
        );
    }
}
