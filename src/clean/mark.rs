//! Marks inside of text: note numbers, citation marks, credits at the end of captions.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

/// `[1]` right behind a word or a stop, `[a]` right behind a stop.
static BRACKETED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[(?:\d{1,3}|[a-z])\]").expect("a constant expression"));

/// `note-reference`.
pub(super) struct NoteReference;

impl CleanRule for NoteReference {
    fn name(&self) -> &'static str {
        "note-reference"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let block = place.block();
        if block.kind == BlockKind::Code {
            return Verdict::Keep;
        }
        let text = place.text();
        let links = Marked::new(block, |kind| matches!(kind, MarkKind::Link(_)));
        let code = Marked::new(block, |kind| *kind == MarkKind::Code);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for mark in block.text.marks() {
            let raised = mark.kind == MarkKind::Superscript && is_note(text, &mark.range, &links);
            let named = matches!(&mark.kind, MarkKind::Context(names) if names.iter().any(|n| is_note_name(n)))
                && text[mark.range.clone()].trim_matches(['[', ']', ' ']).parse::<u16>().is_ok();
            if mark.kind == MarkKind::NoteReference || raised || named {
                ranges.push(mark.range.clone());
            }
        }
        for found in BRACKETED.find_iter(text).filter(|m| !code.touches(&m.range())) {
            let behind = text[..found.start()].chars().next_back();
            let letter = found.as_str().as_bytes()[1].is_ascii_alphabetic();
            // "boat[s]" is an editor's letter, unless it leads to a note.
            let editors = letter && !links.touches(&found.range());
            let fits = |c: char| !(c.is_whitespace() || c == '(' || editors && c.is_alphanumeric());
            if behind.is_some_and(fits) {
                ranges.push(found.range());
            }
        }
        cut(ranges)
    }
}

/// Whether elements of this class hold the number of a note.
fn is_note_name(name: &str) -> bool {
    let names = [
        "citation",
        "footnote",
        "footnote-ref",
        "footnote-number",
        "endnote",
        "msoendnotereference",
        "msofootnotereference",
        "noteref",
        "reference",
    ];
    names.contains(&name)
}

/// Whether what is raised in `range` is the number of a note: "late.<sup>2</sup>" is, "10<sup>2</sup>" and
/// "km<sup>2</sup>" are not.
fn is_note(text: &str, range: &Range<usize>, links: &Marked) -> bool {
    let inside = text[range.clone()].trim_matches(['[', ']', ' ']);
    if inside.is_empty() || inside.len() > 3 || !inside.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let before = &text[..range.start];
    let word = before.chars().rev().take_while(|c| c.is_alphanumeric()).take(4).count();
    let number = before.ends_with(|c: char| c.is_ascii_digit() || c == ')');
    // A power or an index stands on a number, a bracket or a short unit; a link is a note on anything.
    links.touches(range) || !(number || (1..=2).contains(&word))
}

/// The parts of a text under some kind of mark.
struct Marked(Vec<Range<usize>>);

impl Marked {
    fn new(block: &Block, wanted: impl Fn(&MarkKind) -> bool) -> Self {
        let marks = block.text.marks().iter().filter(|m| wanted(&m.kind));
        Self(merged(marks.map(|m| m.range.clone()).collect()))
    }

    fn touches(&self, range: &Range<usize>) -> bool {
        let next = self.0.partition_point(|r| r.end <= range.start);
        self.0.get(next).is_some_and(|r| r.start < range.end)
    }
}

/// `[citation needed]` and its relatives.
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\[(?:citation needed|edit|who\?|when\?|where\?|why\?|clarification needed|better source needed|dead link|note \d+)\]")
        .expect("a constant expression")
});

/// `citation-mark`.
pub(super) struct Citation;

impl CleanRule for Citation {
    fn name(&self) -> &'static str {
        "citation-mark"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        if place.block().kind == BlockKind::Code {
            return Verdict::Keep;
        }
        cut(CITATION.find_iter(place.text()).map(|m| m.range()).collect())
    }
}

/// Words that only names of those who give pictures have.
static GIVER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:Agency|Agence|AFP|AP|Archives?|Associated|Bureau|Collection|Commons|Department|Facebook|Flickr|Foundation|Getty|Gallery|Handout|Images?|Institute|Library|Magazine|Media|Ministry|Museum|News|Newspaper|Office|Photo[a-z]*|Pictures?|Post|Press|Reuters|Service|Shutterstock|Society|Staff|Studios?|Supplied|Twitter|Unit|University|Unsplash|Wikimedia|Xinhua)\b")
        .expect("a constant expression")
});

/// What a credit in brackets begins with.
const CREDIT_WORDS: [&str; 8] =
    ["photo", "image", "picture", "illustration", "credit", "courtesy", "file", "graphic"];

/// "Photo:" and its like, with what stands behind it at the end of a caption.
static CREDIT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?: ^ | \s+ | [|/\u{2013}\u{2014}-]\s* )
          (?: (?:photo(?:graph|\ credit)?s?|images?|picture|credits?|illustration|source|graphic)\s*(?::|\ by\b|\ courtesy\ of\b|\ \u{a9}) | \u{a9} )
          (?: [^.!?] | (?-i:\b\p{Lu})\. ){2,} \.? \s* $",
    )
    .expect("a constant expression")
});

/// The longest credit, in bytes.
const LONGEST_CREDIT: usize = 160;

/// Where a credit in brackets begins that ends `text`, and how sure that is.
fn bracketed_credit(text: &str) -> Option<(usize, Certainty)> {
    let end = text.trim_end();
    let end = end.strip_suffix('.').unwrap_or(end).trim_end();
    let start = end.strip_suffix(')')?.rfind('(')?;
    let inner = &end[start + 1..end.len() - 1];
    let before = &text[..start];
    let stops = |text: &str| text.is_empty() || text.ends_with(['.', '!', '?', '\u{201d}', '"']);
    let apart = stops(before) || before.ends_with(char::is_whitespace);
    if inner.len() > LONGEST_CREDIT || inner.contains(')') || !apart {
        return None;
    }
    let folded = inner.to_lowercase();
    if CREDIT_WORDS.iter().any(|word| folded.starts_with(word)) {
        return Some((start, Certainty::Credit));
    }
    let name = inner.starts_with(char::is_uppercase) && !inner.contains(['.', '!', '?']);
    if !name || inner.chars().count() < 3 {
        return None;
    }
    // "Rosa Hale/Harbour Press": who made it and who gives it.
    let shared = inner.split_once('/').is_some_and(|(_, giver)| {
        giver.trim_start().starts_with(char::is_uppercase) && giver.trim().len() > 1
    });
    if shared || GIVER.is_match(inner) {
        return Some((start, Certainty::Credit));
    }
    stops(before.trim_end()).then_some((start, Certainty::Name))
}

/// What stands in brackets at the end of a caption.
#[derive(Clone, Copy, PartialEq)]
enum Certainty {
    /// A credit, by its words or the giver's name.
    Credit,
    /// Some name behind the last sentence: a credit in a caption, a remark elsewhere.
    Name,
}

/// A credit that stands alone.
static WHOLE_CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\(?(?:(?:photo|image|picture|video)s?\s+(?:credits?\s*:|courtesy\s+of\b|by\s*:|:)|(?:some\ |all\ )?(?:photos|images|pictures)\s+courtesy\s+of\b|(?:image|photo)\ source\s*:|credits?\s*:|source\s*:\s*\S+$
          |(?:image|photo|picture)s?\s+(?:is\ |are\ )?used\s+(?:under|with)\s+(?:licen[cs]e|permission)\b)(?:[^.!?]|(?-i:\b\p{Lu})\.)*(?:\.[a-z]{2,6}\S*[^.!?]*)*\.?\)?$",
    )
    .expect("a constant expression")
});

/// A credit that is a name, where lists are made of pictures and texts.
static CREDIT_OF_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:(?:(?:photo|image|picture) )?credits?|photo|photographs?):\s*(?:\p{Lu}[\p{L}.'\u{2019}/-]*\s?){2,5}$")
        .expect("a constant expression")
});

/// A caption that is two names: who took the picture, and for whom.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}.'\u{2019} -]+/\s?\p{Lu}[\p{L}.'\u{2019} -]+$")
        .expect("a constant expression")
});

/// Paragraphs among the first few that may be captions, in a format that does not mark them.
const TOP: usize = 4;

/// `photo-credit`.
pub(super) struct PhotoCredit;

impl CleanRule for PhotoCredit {
    fn name(&self) -> &'static str {
        "photo-credit"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let text = place.text();
        let credit = place.inside(&[
            "credit",
            "photo-credit",
            "wp-caption-credit",
            "image-credit",
            "caption-credit",
        ]);
        if credit && place.words() <= 20 {
            return Verdict::Remove;
        }
        // Nothing but a credit, as it stands under a picture or at the end.
        let caption = place.block().kind == BlockKind::Caption;
        let paragraph = place.block().kind == BlockKind::Paragraph;
        let item = matches!(place.block().kind, BlockKind::ListItem { .. });
        // Spares most lists the expression.
        let may = || {
            let text = text.to_lowercase();
            text.contains("credit") || text.contains("photo")
        };
        if item && may() && CREDIT_OF_NAME.is_match(text.trim()) {
            return Verdict::Remove;
        }
        if (caption || paragraph)
            && place.words() <= 16
            && (WHOLE_CREDIT.is_match(text.trim()) || caption && NAMES.is_match(text.trim()))
        {
            return Verdict::Remove;
        }
        let top = paragraph && place.near_start(TOP) && (4..=60).contains(&place.words());
        if !caption && !top {
            return Verdict::Keep;
        }
        let bracketed = bracketed_credit(text);
        let start = if caption {
            let line = || CREDIT_LINE.find(text).filter(|m| m.len() <= LONGEST_CREDIT);
            // "Photo: Rosa Hale (Harbour Press)" is one credit.
            bracketed.map(|(start, _)| start).into_iter().chain(line().map(|m| m.start())).min()
        } else {
            // Only what cannot be a remark: a giver's name in brackets behind the last sentence.
            let sure = bracketed.filter(|(_, certainty)| *certainty == Certainty::Credit);
            sure.map(|(start, _)| start)
                .filter(|start| text[..*start].trim_end().ends_with(['.', '!', '?', '\u{201d}']))
        };
        let range = start.map(|start| text[..start].trim_end().len()..text.len());
        cut(range.into_iter().collect())
    }
}

/// `caption`: captions are spoken unless it is switched on.
pub(super) struct Caption;

impl CleanRule for Caption {
    fn name(&self) -> &'static str {
        "caption"
    }

    fn by_default(&self) -> bool {
        false
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(place.block().kind == BlockKind::Caption)
    }
}

/// A cut of `ranges`, if there are any.
pub(super) fn cut(ranges: Vec<Range<usize>>) -> Verdict {
    let ranges = merged(ranges);
    if ranges.is_empty() { Verdict::Keep } else { Verdict::Cut(ranges) }
}

/// Ranges in order, apart, none of them empty.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|r| !r.is_empty()) {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}
