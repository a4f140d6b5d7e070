//! Tables of contents: lists of links to places of the same text, and the line above them.

use std::sync::LazyLock;

use regex::Regex;

use super::link::linked;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

/// What stands above a table of contents.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:(?:table|list)\ of\ |page\ |article\ |post\ |quick\ )?contents?(?:\ (?:hide|show|toggle))?
        | (?:in|on)\ this\ (?:article|guide|page|post|story) | jump\ to(?:\ (?:a\ )?section)? | key\ (?:events|moments) | quick\ (?:links|navigation)
        | what(?:['\u{2019}]s|\ is)\ (?:inside|in\ this\ (?:article|guide|post)))\s*:?$",
    )
    .expect("a constant expression")
});

/// What does so even where nothing follows: "What's inside" is also the heading of a section.
static CERTAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)contents?\b|^(?:in|on) this|^jump to").expect("a constant expression")
});

/// A time of day.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*\d{1,2}[:.]\d\d(?:\s?(?:[ap]\.?m\.?|gmt|[a-z]{1,3}t))?\s*[:\u{2013}\u{2014}-]?\s*").expect("a constant expression")
});

/// So many entries are a table of contents if most of them are headings of the article.
const LEAST: usize = 3;

/// So many are one if it says so above them.
const LEAST_BELOW_LEAD: usize = 2;

/// `contents`.
pub(super) struct Contents;

impl CleanRule for Contents {
    fn name(&self) -> &'static str {
        "contents"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let block = place.block();
        if matches!(block.kind, BlockKind::Title | BlockKind::Code) {
            return Verdict::Keep;
        }
        if is_entry(place, block) {
            return Verdict::remove_if(in_table(place));
        }
        Verdict::remove_if(LEAD.is_match(place.text().trim()) && heads_table(place))
    }
}

/// Whether a block is nothing but a link to a place of the same text.
fn is_entry(place: &Place<'_>, block: &Block) -> bool {
    const LONGEST: usize = 240;
    let mut links = block.text.marks().iter().filter_map(|m| match &m.kind {
        MarkKind::Link(target) => Some(target),
        _ => None,
    });
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
        && block.text.len() <= LONGEST
        && is_linked(block)
        && links.all(|target| place.is_of_page(target))
}

/// Whether most of an entry is a link; what happened at a time has the time before it.
fn is_linked(block: &Block) -> bool {
    let text = block.text.as_str();
    let linked = linked(block);
    let time = || TIME.find(text).map_or(0, |time| time.len());
    linked > 0 && linked * 10 >= (text.len() - time()) * 7
}

/// Whether the entries around an entry are a table of contents.
fn in_table(place: &Place<'_>) -> bool {
    let before: Vec<&Block> =
        place.before().iter().rev().take_while(|b| is_entry(place, b)).collect();
    let after: Vec<&Block> = place.after().iter().take_while(|b| is_entry(place, b)).collect();
    let entries = before.len() + 1 + after.len();
    let lead = place.before().iter().rev().nth(before.len());
    if lead.is_some_and(|b| LEAD.is_match(b.text.as_str().trim())) {
        return entries >= LEAST_BELOW_LEAD || place.is_heading_elsewhere(place.text());
    }
    let all = before.into_iter().chain([place.block()]).chain(after);
    let known = all.filter(|b| place.is_heading_elsewhere(b.text.as_str())).count();
    entries >= LEAST && known * 2 >= entries
}

/// Whether entries follow, or nothing that could be meant: pages fill in their table of contents late.
fn heads_table(place: &Place<'_>) -> bool {
    let next = place.after().first();
    let entries = place.after().iter().take_while(|b| is_entry(place, b)).count();
    // A section may be called "Contents".
    let section = matches!(place.block().kind, BlockKind::Heading(_))
        && !place.text().to_lowercase().starts_with("table of");
    let meant = next.is_some_and(|b| match b.kind {
        BlockKind::ListItem { .. } => true,
        BlockKind::Heading(_) => false,
        _ => section,
    });
    entries >= LEAST_BELOW_LEAD || !meant && CERTAIN.is_match(place.text())
}
