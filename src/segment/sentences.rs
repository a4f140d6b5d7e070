//! Where sentences end: `sentencex`, with what it misses mended.
//!
//! Ranges cover all of a text but the white space between them, so no word can be lost here.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::other_languages;

/// Texts longer than this are divided at white space before they are looked at: the library takes a
/// paragraph as one piece, and no sentence is longer.
const PIECE: usize = 8 * 1024;

/// A sentence longer than this many bytes is divided inside its quotations too: a person takes breath there.
const LONG: usize = 240;

/// An end that is no end when both sides of it are so: what follows belongs to the same sentence.
struct Join {
    before: LazyLock<Regex>,
    after: LazyLock<Regex>,
    /// The shorter expression is asked first, so that most texts need no long one, which takes time to compile.
    after_first: bool,
}

impl Join {
    fn holds(&self, before: &str, after: &str) -> bool {
        let mut sides = [(&self.before, before), (&self.after, after)];
        if self.after_first {
            sides.reverse();
        }
        sides.iter().all(|(expression, side)| expression.is_match(side))
    }
}

macro_rules! join {
    ($before:expr, $after:expr $(,)?) => {
        Join {
            before: LazyLock::new(|| Regex::new($before).expect("a constant expression")),
            after: LazyLock::new(|| Regex::new($after).expect("a constant expression")),
            after_first: $after.len() < $before.len(),
        }
    };
}

static JOINS: [Join; 23] = [
    // "at 5 p.m. Friday", "until 9 a.m. ET"
    join!(
        r"(?i)\b[ap]\. ?m\.$",
        r"^(?:on |in |at )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|January|February|March|April|May\b|June|July|August|September|October|November|December|[ECMP][SD]?T\b|GMT\b|UTC\b|Eastern|Central|Mountain|Pacific|local)",
    ),
    // "Gov. Smith", "Lt. Col. Hale", "Rep. (D)"
    join!(
        r"\b(?:Gov|Amb|Bro|Pfc|Det|Insp|Lt|Col|Gen|Capt|Cmdr|Sgt|Maj|Cpl|Pvt|Adm|Rep|Sen|Rev|Hon|Pres|Supt|Msgr|Fr|Sr|Br|Prof|Dr|Mr|Mrs|Ms|Mx|Mt|Ft|St|Ste|Sta|Asst|Atty|Dir|Ens|Cllr|Rt|[Vv]it|Wm|Geo|Chas|Thos|No|Nos|Fig|Figs|Appx|Vol|Ch|Sec|Art|pp|vs|approx|est|ca|al)\.$",
        r"^(?:\p{Lu}|\p{Nd}|\(|[$€£])",
    ),
    // "Jan. 5", "Section 5.1. says"
    join!(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.$", r"^\p{Nd}"),
    join!(r"\p{Nd}\.$", r"^\p{Ll}"),
    // An ellipsis inside of a sentence: "well . . . see", "one ... two"
    join!(r"(?:\. \. \.|\.\.\.|\u{2026})$", r"^\p{Ll}"),
    // An initial before a name: "W. Patrick Murphy", "J. K. Hale"; but "you and I. She"
    join!(r"(?:^|[\s\u{201c}(])[A-HJ-Z]\.$|\p{Lu}\S* I\.$", r"^\p{Lu}[\p{Ll}.]"),
    // "the U.S. protests", "a Ph.D. student": letters with dots before a small one
    join!(r"(?:^|[\s\u{201c}(-])(?:\p{L}{1,2}\.){2,}$", r"^\p{Ll}"),
    join!(r"-\p{Lu}\.$", r"^\p{Lu}\."),
    // "Mon. - Thu."
    join!(
        r"\b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$",
        r"^[-–—/&]",
    ),
    // "2 tbsp. of oil", "Foo Corp. and": short forms before a small letter
    join!(
        r"\b(?:[Tt]bsp|[Tt]sp|lg|med|sm|pkg|eds?|gen|fl|rds|hwy|wks?|[Tt]emps?|oz|lbs?|ft|in|mi|hrs?|mins?|secs?|sq|cu|km|kg|cm|Corp|Inc|Ltd|Cos?|Bros|Assn|[Dd]epts?|[Gg]ovt|[Vv]ols?|Cir|Dist|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Ave|Blvd|Rd|St|Dr|Hwy|Jr|Sr|Esq|[Ii]ncl|[Ee]xcl|[Aa]pprox|avg|max|min|est|misc|nos?|cf|ca|orig|pop|temp|ext|tel|esp|al|Acad|Univ|fig|eq)\.$",
        r"^\p{Ll}",
    ),
    // "Rte. 66", "vols. 1, 2", "Sat. 10-4": short forms before a number
    join!(
        r"\b(?:[Nn]os?|[Vv]ols?|pgs?|pp?|[Cc]h(?:ap)?|[Ff]igs?|[Ss]ecs?|[Aa]rts?|[Pp]aras?|[Pp]t|[Aa]pt|Ste|[Ee]xt|[Tt]el|Rte|Hwy|[Ll]at|[Ll]ong|Rs|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Eqs?|[Aa]pprox|ca?|[Ee]st|[Rr]ef|Rm|Fl|[Mm]ax|[Mm]in|[Aa]vg|[Tt]emp|hrs?|mins?|lbs?|ft|yrs?|mos|Matt|Ps|Rom|Isa|Exod|Deut|Prov|Gal|Eph|Heb|Rev|Cor|Thess|Tim|Gen|Ex|Cat|Sc|[Rr]es|[Aa]pp|[Oo]p|nn?|[Ii]ncl|[Ee]xcl|[Aa]cc|EST|Prop|App|Reg|Nr|Mk)\.$",
        r"^(?:[\p{Nd}(]|[IVXLC]{2,}\b)",
    ),
    // "10 rebs. and 5 assists": any short form, before a word that begins no sentence
    join!(r"(?:^|[\s(\[])[^\s.]{2,5}\.$", r"^(?:and|or|of|per|to|with|from|by)\b"),
    // "Lk. 15:11": names of books that are also words, before chapter and verse
    join!(
        r"\b(?:Lev|Num|Josh|Judg|Sam|Kgs|Chr|Chron|Neh|Esth|Eccles|Eccl|Jer|Lam|Ezek|Dan|Hos|Mic|Hab|Zech|Mal|Mk|Mt|Lk|Jn|Phil|Col|Tit|Philem|Jas|Pet)\.$",
        r"^[0-9]{1,3}:[0-9]",
    ),
    // "incl. VAT"
    join!(r"\b(?:[Ii]ncl|[Ee]xcl)\.$", r"^(?:\p{Lu}{2,}|[$€£])"),
    // "3 mi. E of Ashby", "Fed. R. Civ. P. 12"
    join!(r"\b(?:mi|km|ft|yds?)\.$", r"^[NSEW]{1,3} of\b"),
    join!(r"\b(?:Fed|Civ|Crim)\.$", r"^[RP]\."),
    // "Col. (Ret.) Hale", "app. C"
    join!(r"\((?:Ret|ret)\.\)$", r"^\p{Lu}"),
    join!(r"\b[Aa]pp\.$", r"^[B-HJ-Z](?:[.,;)]|$|\s\p{Ll})"),
    // Dots of a spaced ellipsis
    join!(r"(?:^|\s)\.$", r"^\.(?:\s|$)"),
    // "e.g. boats", "i.e. now"
    join!(r"(?i)\b(?:e\.g|i\.e|cf|viz)\.,?$", r"^."),
    // "U.S. Embassy", "U.K. Parliament"
    // "What goes first? and other questions", as titles in running text have it; "www. example.com"
    // "Jeopardy! fans"
    join!(r"[?!]$", r"^\p{Ll}"),
    join!(r"(?i)\bwww\.$", r"^\p{Ll}"),
    join!(
        r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C)\.$",
        r"^(?:\p{Ll}|Department|Government|Embassy|Congress|Senate|House|Supreme|Army|Navy|Air|Marine|Coast|Digital|Web|General|Secretary|President|Ambassador|Treasury|Forest|Census|State|Constitution|Code|Capitol|Patent|Postal|Open|citizen|dollar)",
    ),
];

/// What follows a dot without a space in the name of a file or of a section: "photo.JPG", "III.B."
static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:JPE?G|PNG|PDF|GIF|DOCX?|XLSX?|PPTX?|CSV|TXT|ZIP|MP[34]|HTML?|XML|JSON|MOV|WAV|TIFF?|SVG|EPUB)\b|[A-Z]\.)")
        .expect("a constant expression")
});

/// Ends that the library does not see: the pattern ends where the next sentence begins.
static SPLITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        (?: [.!?][\u{201d}"']?\)          # (at home.) She
          | \.\ \.\ \.\ \.                # four dots, the last a stop
          | \u{2026}                      # an ellipsis
          | \betc\.\)?                   # and so on, etc. Then
          | \.(?:com|edu|gov|io|net|org)\. # at example.org. Then
        )
        \s+ (?P<next> [\u{201c}"(]? \p{Lu}\p{Ll} )
        | (?: \p{Lu}{3} | \b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ave|Rd|Blvd|Inc|Co|Corp|Ltd|Bros|co|\p{Lu}\p{Ll}+\ (?:St|Jr|Sr)) ) \. \s+
          (?P<starter> (?:But|He|How|If|In|It|She|That|The|There|These|They|This|We|What|When|You)\b )
        | [.!?] \s+ (?P<quoted> ['\u{2018}] \p{Lu} )"#,
    )
    .expect("a constant expression")
});

/// Byte ranges of the sentences of `text`, in order, without white space at either end. `language` is a
/// BCP 47 tag.
#[must_use]
pub fn sentences(text: &str, language: &str) -> Vec<Range<usize>> {
    let code = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
    let mut all = Vec::new();
    for item in items(text) {
        let marker = marker(&text[item.clone()]).map_or(0, |m| m.length);
        let found =
            split(text, join(text, ends(text, item.start + marker..item.end, &code), &code));
        let mut found = split_quotations(text, found, &code);
        // A marker belongs to what it numbers.
        match found.first_mut() {
            Some(first) => first.start = item.start,
            None => push(&mut found, text, item),
        }
        all.append(&mut found);
    }
    all.retain_mut(|range| {
        range.start += text[range.clone()].len() - text[range.clone()].trim_start().len();
        range.start < range.end
    });
    all
}

/// What a list written in running text is marked by: "1.", "2)", "3.)", "a.", with or without a bullet.
struct Marker {
    /// Bytes up to the text of the item.
    length: usize,
    /// Its number; of a letter, its place in the alphabet.
    number: u32,
    /// Whether it is a letter.
    letter: bool,
}

fn marker(text: &str) -> Option<Marker> {
    static MARKER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^\s*[\u{2022}\u{2043}\u{25e6}\u{2023}]?\s?(?:([0-9]{1,3})|([a-z]))(?:\.\)?|\))\s+",
        )
        .expect("a constant expression")
    });
    let found = MARKER.captures(text)?;
    let letter = found.get(2).and_then(|m| m.as_str().bytes().next());
    let number = match letter {
        Some(letter) => u32::from(letter - b'a') + 1,
        None => found[1].parse().ok()?,
    };
    Some(Marker { length: found[0].len(), number, letter: letter.is_some() })
}

/// The items of a list written in running text: each next marker has the next number. A text that does not
/// begin with a marker is one item.
fn items(text: &str) -> Vec<Range<usize>> {
    let Some(first) = marker(text) else { return std::iter::once(0..text.len()).collect() };
    let mut items = Vec::new();
    let (mut start, mut number) = (0, first.number);
    let mut before = 'x';
    for (at, c) in text.char_indices() {
        // The first of a run of white space is enough, and keeps the time linear.
        let begins = c.is_whitespace() && !before.is_whitespace();
        before = c;
        if !begins {
            continue;
        }
        let after = &text[at..];
        // Most words are told apart by their length alone.
        let word = after.split_whitespace().next().unwrap_or_default();
        if word.len() > 8 || !word.ends_with(['.', ')']) {
            continue;
        }
        let Some(next) = marker(after) else { continue };
        let capital = after[next.length..].starts_with(char::is_uppercase);
        if next.number == number + 1 && next.letter == first.letter && capital {
            items.push(start..at);
            (start, number) = (at, next.number);
        }
    }
    items.push(start..text.len());
    items
}

/// Ranges as the library gives them.
fn ends(text: &str, whole: Range<usize>, code: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for piece in pieces(text, whole) {
        let inside = &text[piece.clone()];
        let mut covered = piece.start;
        for boundary in sentencex::get_sentence_boundaries(code, inside) {
            let end = piece.start + boundary.end_byte;
            // Whatever a boundary leaves out before it belongs to it.
            if end > covered && text.is_char_boundary(end) && end <= piece.end {
                push(&mut ranges, text, covered..end);
                covered = end;
            }
        }
        push(&mut ranges, text, covered..piece.end);
    }
    ranges
}

/// Ranges to look at one by one. Lines of a poem or an address stay together; long texts are divided at a
/// stop if there is one, at white space otherwise.
fn pieces(text: &str, whole: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = whole.start;
    while whole.end - start > PIECE {
        let most = text.floor_char_boundary(start + PIECE);
        let window = &text[start..most];
        let stop = window.rfind(". ").map(|at| at + 2);
        let space = || window.rfind(char::is_whitespace).map(|at| at + 1);
        let cut = stop.filter(|at| *at > PIECE / 2).or_else(space).unwrap_or(window.len());
        let end = text.ceil_char_boundary(start + cut.max(1));
        pieces.push(start..end);
        start = end;
    }
    pieces.push(start..whole.end);
    pieces
}

/// Adds a range without the white space around it, if anything is left.
fn push(ranges: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    if start < end {
        ranges.push(start..end);
    }
}

fn join(text: &str, ranges: Vec<Range<usize>>, code: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        if let Some(last) = joined.last_mut() {
            // The end of what stands before is all that the patterns look at.
            let tail = text.ceil_char_boundary(last.end.saturating_sub(24).max(last.start));
            let (before, after) = (&text[tail..last.end], &text[range.clone()]);
            let closing = after.chars().all(|c| !c.is_alphanumeric());
            // "Mon.-Sat.", "3 yrs.; 6 mos.", "photo.JPG", "written in .NET"
            let begins = before.ends_with(" .") && after.starts_with(char::is_alphanumeric);
            let goes_on = after.starts_with([',', ';'])
                || last.end == range.start
                    && (begins || after.starts_with(['-', '–', '/']) || PARTS.is_match(after));
            if closing
                || goes_on
                || JOINS.iter().any(|join| join.holds(before, after))
                || other_languages::goes_on(before, after, code)
            {
                last.end = range.end;
                continue;
            }
        }
        joined.push(range);
    }
    joined
}

/// Divides what is long because the library keeps a quotation together, between the sentences that are
/// quoted.
fn split_quotations(text: &str, ranges: Vec<Range<usize>>, code: &str) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(ranges.len());
    for range in ranges {
        if range.len() <= LONG {
            out.push(range);
            continue;
        }
        let mut start = range.start;
        for quoted in quotations(text, range.clone()) {
            let found = join(text, ends(text, quoted, code), code);
            for next in found.iter().skip(1) {
                push(&mut out, text, start..next.start);
                start = next.start;
            }
        }
        push(&mut out, text, start..range.end);
    }
    out
}

/// What stands between the outermost quotation marks of `range`. A mark that nothing closes opens nothing.
fn quotations(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        match (open, c) {
            (None, '\u{201c}') => open = Some((at + c.len_utf8(), '\u{201d}')),
            (None, '"') => open = Some((at + 1, '"')),
            (Some((start, closing)), _) if c == closing => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn split(text: &str, ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(ranges.len());
    for range in ranges {
        let mut start = range.start;
        for found in SPLITS.captures_iter(&text[range.clone()]) {
            let names = ["next", "starter", "quoted"];
            let Some(next) = names.into_iter().find_map(|name| found.name(name)) else { continue };

            let at = range.start + next.start();
            // "Col. (Ret.) Hale"
            let before = text[start..at].trim_end();
            if before.ends_with("(Ret.)") || before.ends_with("(ret.)") {
                continue;
            }
            push(&mut out, text, start..at);
            start = at;
        }
        push(&mut out, text, start..range.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split_up(text: &str) -> Vec<&str> {
        sentences(text, "en").into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        // Each text with `|` where a sentence ends.
        let cases = [
            "The boat left. |Nobody waved.",
            "Dr. Ada Brook met Gov. Lee at 5 p.m. Friday. |They talked.",
            "He left at 6 p.m. |She stayed.",
            "\u{201c}We are late,\u{201d} he said. |\u{201c}Very late.\u{201d}",
            "The U.S. Embassy said no. |It moved to the U.S. in May.",
            "Ambassador W. Patrick Murphy spoke. |J. K. Hale did not.",
            "She waited (at home.) |She read.",
            "Read Rom. 8:28, Lk. 15:11 and Isa. 40. |Amen.",
            "Ask Dan. |12 people did.",
            "Col. (Ret.) Mike Hart spoke. |He was (very) old.",
            "See n. 14 and app. C on a Cat. 4 storm.",
            "Get the app. |A new one is out.",
            "It costs $5, incl. VAT. |Bills are incl. |She paid.",
            "Whisk 3 lg. eggs and 2 Tbsp. butter. |Bake.",
            "It lies 3 mi. E of Ashby. |He cited Fed. R. Civ. P. 12.",
            "He thought about it\u{2026} |Nobody else did.",
            "It cost $3.50 at No. 4 Main St. in town. |Cheap!",
            "Look at e.g. boats, i.e. ships. |Then go.",
            "\u{201c}Really?\u{201d} she asked. |Yes!",
            "A headline without a stop",
            "He had 25 pts., 10 rebs. and 5 blks. |See photo.JPG by Section III.B. of it.",
            "She saved the file. |PDF readers open it. |It is Part II. |B. Lee wrote it.",
            "She asked what goes first? and why. |Then she left.",
            "Bring ropes, sails, etc. |Be early.",
            "It is at harbour.example.org. |We built it at the FEC. |It works.",
            "It ended in Jan. |The year began. |On Jan. 5 it ended.",
            "They live on Elm St. |The house is old. |Ask Ada and co. |They know.",
            "Harbour Day! fans came. |Section 5.1. says so.",
            "She said no. |\u{2018}Really?\u{2019} he asked.",
            "I was ... well, not there . . . I meant to be. |He nodded.",
            "1. The first boat |2. The second boat. |It sank. |3.) The third",
            "We make a good team, you and I. |Did you see Albert I. Hale?",
            "Add 2 tbsp. of oil, an anti-U.S. march and a Ph.D. student. |Then go.",
            "See vols. 1, 2 and Rte. 66, open Mon.-Sat. |Foo Corp. and Bar Ltd. met Amb. Lee.",
            "It is written in .NET and runs on .NET 10. |Nobody minds.",
            "The report covers St. Louis, Mt. Hood and Ft. Worth. |All of them.",
        ];
        for case in cases {
            let wanted: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = case.replace('|', "");
            assert_eq!(split_up(&text), wanted, "{text}");
        }
    }

    #[test]
    fn long_quotations_end_where_their_sentences_end() {
        let filler =
            "and so the boat went on and on over the water to the far side of the bay ".repeat(4);
        let text = format!(
            "\u{201c}It left {filler}today. Mr. Hale was late. Nobody waved,\u{201d} she said. He nodded."
        );
        let found = split_up(&text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].ends_with("today."));
        assert_eq!(
            found[1..],
            ["Mr. Hale was late.", "Nobody waved,\u{201d} she said.", "He nodded."]
        );
        // A short one stays whole.
        assert_eq!(split_up("\u{201c}No. Not now,\u{201d} she said.").len(), 1);
    }

    #[test]
    fn time_is_linear() {
        // Each took minutes when it was looked at again from every position.
        for text in [
            "1. a".to_owned() + &" ".repeat(300_000),
            "\u{201c}".repeat(100_000),
            "a. ".repeat(100_000),
            "(\" ".repeat(100_000),
        ] {
            let kept: usize = sentences(&text, "en")
                .iter()
                .map(|r| text[r.clone()].chars().filter(|c| !c.is_whitespace()).count())
                .sum();
            assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }

    #[test]
    fn a_megabyte_without_a_stop_is_no_trouble() {
        let text = "word ".repeat(200_000);
        let total: usize =
            sentences(&text, "en").iter().map(|r| text[r.clone()].split_whitespace().count()).sum();
        assert_eq!(total, 200_000);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_out_of_order(text in "\\PC{0,200}|[A-Za-z .!?\u{2026}\u{201c}\u{201d}()]{0,200}") {
            let mut last = 0;
            let mut kept = String::new();
            for range in sentences(&text, "en") {
                prop_assert!(range.start >= last && range.start < range.end);
                kept.extend(text[range.clone()].chars().filter(|c| !c.is_whitespace()));
                last = range.end;
            }
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, all);
        }
    }
}
