//! Text that was decoded wrongly before it came here: UTF-8 taken for Windows-1252 and written down so, "letâ€™s".
//!
//! The text stays as it is written; what is said is what was meant. Separate because it concerns every format.

use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;
use regex::Regex;

use super::html::Found;
use crate::model::{BlockKind, MarkKind, Reading, Removed, Warning};

/// Characters that could be the bytes of one in UTF-8: what Windows-1252 makes of them, or Latin-1.
static MANGLED: LazyLock<Regex> = LazyLock::new(|| {
    let next = r"[\u{80}-\u{bf}\u{20ac}\u{201a}\u{192}\u{201e}\u{2026}\u{2020}\u{2021}\u{2c6}\u{2030}\u{160}\u{2039}\u{152}\u{17d}\u{2018}\u{2019}\u{201c}\u{201d}\u{2022}\u{2013}\u{2014}\u{2dc}\u{2122}\u{161}\u{203a}\u{153}\u{17e}\u{178}]";
    Regex::new(&format!(r"[\u{{c2}}\u{{c3}}]{next}|\u{{e2}}{next}{{2}}"))
        .expect("a constant expression")
});

/// Says what was meant in `found`, if it is certain that some text was decoded wrongly, and takes out what stood for
/// white space. The problem comes with its offset in the source.
pub(super) fn mend(found: &mut [Found], removed: &mut Vec<Removed>) -> Option<(usize, Warning)> {
    let texts = || found.iter().filter(|f| f.block.kind != BlockKind::Code);
    let certain =
        |f: &Found| all(f.block.text.as_str()).any(|(_, c)| !c.is_alphabetic() && c > '\u{ff}');
    let first = texts().find(|f| certain(f))?;
    let place = first.block.span.start;
    let mut example = None;
    for part in found.iter_mut().filter(|f| f.block.kind != BlockKind::Code) {
        let text = part.block.text.as_str();
        let spaces = all(text).filter(|(_, c)| *c == '\u{a0}');
        let mut spaces: Vec<_> =
            spaces.map(|(at, _)| at.start..at.start + '\u{c2}'.len_utf8()).collect();
        // The cells of a row are ranges of its text; words that are added are none of the source.
        if part.block.added.is_some() || matches!(part.block.kind, BlockKind::TableRow { .. }) {
            spaces.clear();
        }
        for taken in part.block.text.cut_all(&spaces) {
            removed.push(Removed {
                rule: "mojibake",
                text: taken.as_str().to_owned(),
                span: taken.span(),
            });
        }
        for (range, meant) in words(part.block.text.as_str()) {
            example.get_or_insert_with(|| {
                (part.block.text.as_str()[range.clone()].to_owned(), meant.clone())
            });
            part.block.text.mark(range, MarkKind::Reading(Reading::Alias(meant)));
        }
    }
    let (written, meant) = example?;
    let message = format!(
        "text was decoded wrongly before it was saved, and is said as it was meant: \"{written}\" as \"{meant}\"; mend \
         it in the source"
    );
    Some((place, Warning::new("mojibake", message)))
}

/// The mangled characters of a text, and what each was.
fn all(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let some = text.contains(['\u{c2}', '\u{c3}', '\u{e2}']);
    let found = some.then(|| MANGLED.find_iter(text)).into_iter().flatten();
    found.filter_map(|m| Some((m.range(), meant(m.as_str())?)))
}

/// The character whose bytes in UTF-8 these characters stand for, if it is one that texts have.
fn meant(mangled: &str) -> Option<char> {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(byte),
        Err(_) => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0.as_ref() {
            [byte] => Some(*byte),
            _ => None,
        },
    };
    let bytes: Vec<u8> = mangled.chars().map(byte).collect::<Option<_>>()?;
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let usual =
        matches!(meant, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}');
    usual.then_some(meant)
}

/// The words of a text with mangled characters in them, and what each was.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mangled: Vec<Range<usize>> = all(text).map(|(range, _)| range).collect();
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    let mut done = 0;
    for at in &mangled {
        if at.start < done {
            continue;
        }
        let start = text[done..at.start].rfind(char::is_whitespace);
        let start = start
            .map_or(done, |n| done + n + text[done + n..].chars().next().map_or(1, char::len_utf8));
        let mut end = at.end;
        loop {
            end = text[end..].find(char::is_whitespace).map_or(text.len(), |n| end + n);
            // What looks like white space may be half of a character: the end of "dÃ©jÃ\u{a0}".
            let next = mangled.partition_point(|range| range.end <= end);
            match mangled.get(next).filter(|range| range.start < end) {
                Some(range) => end = range.end,
                None => break,
            }
        }
        let mut word = String::new();
        let mut copied = start;
        for (range, meant) in all(&text[start..end]) {
            word.push_str(&text[copied..start + range.start]);
            word.push(meant);
            copied = start + range.end;
        }
        word.push_str(&text[copied..end]);
        done = end;
        words.push((start..end, word));
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::model::{Format, MarkKind, Reading};
    use crate::read::tests::{article, removed, warnings};

    /// What is said for written words.
    fn said(text: &str) -> Vec<(String, String)> {
        let article = article(Format::Text, text);
        let mut said = Vec::new();
        for block in &article.blocks {
            for mark in block.text.marks() {
                if let MarkKind::Reading(Reading::Alias(alias)) = &mark.kind {
                    said.push((block.text.as_str()[mark.range.clone()].to_owned(), alias.clone()));
                }
            }
        }
        said
    }

    #[test]
    fn what_was_meant_is_said_and_the_text_stays() {
        let text = "Letâ€™s go to the â€œpierâ€\u{9d} of MontrÃ©alâ\u{80}\u{94}now.";
        assert_eq!(
            said(text),
            [
                ("Letâ€™s".to_owned(), "Let\u{2019}s".to_owned()),
                ("â€œpierâ€\u{9d}".to_owned(), "\u{201c}pier\u{201d}".to_owned()),
                ("MontrÃ©alâ\u{80}\u{94}now.".to_owned(), "Montréal\u{2014}now.".to_owned()),
            ]
        );
        let article = article(Format::Text, text);
        assert_eq!(article.blocks[0].text.as_str(), text);
        assert_eq!(warnings(&article), ["mojibake"]);
    }

    #[test]
    fn half_a_character_that_looks_like_a_space_ends_no_word() {
        let alias = |text: &str| said(text).into_iter().map(|(_, alias)| alias).collect::<Vec<_>>();
        assert_eq!(alias("Itâ€™s dÃ©jÃ\u{a0} vu, Ã\u{a0} lui."), ["It\u{2019}s", "déjà", "à"]);
        assert_eq!(alias("Câ€™est vraiâ€¯! Oui."), ["C\u{2019}est", "vrai\u{202f}!"]);
    }

    #[test]
    fn what_stood_for_a_space_goes() {
        let article = article(Format::Text, "The tide.Â\u{a0} It isnâ€™t late.");
        assert_eq!(article.blocks[0].text.as_str(), "The tide.\u{a0} It isnâ€™t late.");
        assert_eq!(removed(&article), ["mojibake: Â"]);
    }

    #[test]
    fn letters_of_other_languages_stay() {
        for text in [
            "ELE DISSE: \u{201c}AMANHÃ\u{201d}\u{2026}",
            "CAFÉ\u{bb} et ÎLE\u{2026}",
            "Â\u{bb} un â\u{2019}",
            "Le château.",
        ] {
            assert!(said(text).is_empty(), "{text}");
            assert!(warnings(&article(Format::Text, text)).is_empty());
        }
    }
}
