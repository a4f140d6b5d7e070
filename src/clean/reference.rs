//! Lists of what an article draws on.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::link::linked_share;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind};

/// Headings over a list of what an article draws on.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:article\ |list\ of\ )?(?:sources?|references|citations|bibliography|works\ cited)(?:\ (?:and|&)\ (?:references|sources|citations))?\s*:?$",
    )
    .expect("a constant expression")
});

/// What a reference has and a sentence of an article rarely has: an address, a year in brackets, or the
/// words that go with them.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)https?:// | \bdoi\b | \bet\ al\b | \b(?:accessed|retrieved)\b | \(\d{4}[^)]{0,20}\) | \b(?:19|20)\d\d\s*[;.:,] | \(n\.d\.\)",
    )
    .expect("a constant expression")
});

/// What nothing but a reference is: a name and a year in brackets before a title, or a date of access at the end.
static CERTAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[^()]+\.\s*\((?:n\.d\.|(?:(?i:retrieved|accessed)\s)?(?:19|20)\d\d[a-z]?(?:,\s\p{Lu}[^)]*)?)\)[.,]?\s+[\p{Lu}\p{Ps}\p{Pi}]
        | (?i:accessed|retrieved)\s(?:on\s)?(?:\d{1,2}\s)?\p{Lu}\p{L}+\.?\s(?:\d{1,2},\s)?(?:19|20)\d\d\.?$",
    )
    .expect("a constant expression")
});

/// So many certain references at the very end need no heading.
const LEAST: usize = 2;

/// So many references behind the heading and one paragraph about them are a list all the same.
const LEAST_BELOW_INTRODUCTION: usize = 3;

/// Where the lists of references stand, each with its heading.
pub(super) struct ReferenceLists(Vec<Range<usize>>);

impl ReferenceLists {
    /// Looks for them in the second half of an article, or a little before.
    pub(super) fn find(blocks: &[Block]) -> Self {
        let mut lists = Vec::new();
        let mut at = blocks.len() * 2 / 5;
        while let Some(block) = blocks.get(at) {
            let heads = block.text.len() < 60 && HEADING.is_match(block.text.as_str().trim());
            let length = if heads { length(&blocks[at + 1..]) } else { 0 };
            if length > 0 {
                lists.push(at..at + 1 + length);
            }
            at += 1 + length;
        }
        let certain = |b: &&Block| is_listed(b) && CERTAIN.is_match(b.text.as_str().trim());
        let trailing = blocks.iter().rev().take_while(certain).count();
        if trailing >= LEAST {
            lists.push(blocks.len() - trailing..blocks.len());
        }
        Self(lists)
    }

    /// Whether the block at `index` belongs to one.
    pub(super) fn has(&self, index: usize) -> bool {
        let next = self.0.partition_point(|list| list.end <= index);
        self.0.get(next).is_some_and(|list| list.contains(&index))
    }
}

/// How many of the blocks under a heading are references and what introduces them.
fn length(below: &[Block]) -> usize {
    let references = |blocks: &[Block]| blocks.iter().take_while(|b| is_reference(b)).count();
    match references(below) {
        0 if below.first().is_some_and(is_listed) => {
            let behind = references(&below[1..]);
            if behind >= LEAST_BELOW_INTRODUCTION { 1 + behind } else { 0 }
        }
        length => length,
    }
}

fn is_reference(block: &Block) -> bool {
    is_listed(block) && (linked_share(block) >= 0.5 || REFERENCE.is_match(block.text.as_str()))
}

fn is_listed(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Note)
}

/// `references`.
pub(super) struct References;

impl CleanRule for References {
    fn name(&self) -> &'static str {
        "references"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(place.in_references() && place.block().kind != BlockKind::Title)
    }
}
