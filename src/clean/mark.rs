//! Marks inside of text: note numbers, citation marks, credits at the end of captions.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::{BlockKind, MarkKind};

/// `[1]` right behind a word or a stop.
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
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for mark in block.text.marks() {
            let inside = &text[mark.range.clone()];
            let digits = inside.trim_matches(['[', ']', ' ']);
            let number = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
            // "10<sup>2</sup>" is a power, "late.<sup>2</sup>" a note.
            let after_digit = text[..mark.range.start].ends_with(|c: char| c.is_ascii_digit());
            let raised = mark.kind == MarkKind::Superscript && number && !after_digit;
            if mark.kind == MarkKind::NoteReference || raised {
                ranges.push(mark.range.clone());
            }
        }
        for found in BRACKETED.find_iter(text) {
            let behind = text[..found.start()].chars().next_back();
            if behind.is_some_and(|c| !c.is_whitespace() && c != '(') {
                ranges.push(found.range());
            }
        }
        cut(ranges)
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

/// The credit at the end of a caption: in brackets, or after "Photo:" and its like.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \s* \( (?: (?i:photo|image|picture|illustration|credit|courtesy|file|graphic)[^()]{0,120} | \p{Lu}[^().!?]{2,80} ) \) \s*\.?\s* $
        | (?:^|\s+|[|/\u{2013}\u{2014}-]\s*) (?i:(?:photo(?:graph|\ credit)?s?|images?|picture|credits?|illustration|source|graphic)\s*(?::|\ by\b|\ courtesy\ of\b|\ \u{a9})|\u{a9}) [^.!?]{2,100} \.? \s* $",
    )
    .expect("a constant expression")
});

/// `photo-credit`.
pub(super) struct PhotoCredit;

impl CleanRule for PhotoCredit {
    fn name(&self) -> &'static str {
        "photo-credit"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let text = place.text();
        let credit = place.inside(&["credit", "photo-credit", "wp-caption-credit", "image-credit", "caption-credit"]);
        if credit && place.words() <= 20 {
            return Verdict::Remove;
        }
        if place.block().kind != BlockKind::Caption {
            return Verdict::Keep;
        }
        cut(CREDIT.find(text).map(|m| m.range()).into_iter().collect())
    }
}

/// Ranges in order, without those inside others.
fn cut(mut ranges: Vec<Range<usize>>) -> Verdict {
    ranges.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges.into_iter().filter(|r| !r.is_empty()) {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    if apart.is_empty() { Verdict::Keep } else { Verdict::Cut(apart) }
}
