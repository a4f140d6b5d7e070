//! Rules that remove what nobody wants to hear. Each has a name, and each removal is on record under it.
//!
//! Rules work on the article's own text, block by block, and know a block's place and surroundings. They
//! are made to miss rather than to take a sentence of the article: a paragraph that mentions copyright is
//! text, a last line that begins with it is not. docs/rules.md describes every rule.

mod address;
mod boxes;
mod contents;
mod date;
mod hidden;
mod line;
mod link;
mod maker;
mod mark;
mod offer;
mod options;
mod picture;
mod place;
mod reference;
mod repeat;

pub use options::{CleanOptions, CssSelector, RuleChoice, RuleName, SiteRules};

use std::ops::Range;

use crate::model::{Article, Block, BlockKind, CleanArticle, Removed, Text, offsets_after};
use place::{Place, Whole};

/// A rule that removes.
trait CleanRule: Sync {
    /// Its id, as in docs/rules.md and in every record.
    fn name(&self) -> &'static str;

    /// Whether it removes when nothing is set about it.
    fn by_default(&self) -> bool {
        true
    }

    /// What becomes of the block at `place`.
    fn apply(&self, place: &Place<'_>) -> Verdict;
}

/// What a rule says of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    /// It stays.
    Keep,
    /// All of it goes.
    Remove,
    /// These byte ranges of its text go; in order, apart.
    Cut(Vec<Range<usize>>),
}

impl Verdict {
    /// Everything goes if `condition` holds.
    fn remove_if(condition: bool) -> Self {
        if condition { Self::Remove } else { Self::Keep }
    }
}

/// Every rule, in the order of application.
static RULES: &[&dyn CleanRule] = &[
    &hidden::Hidden,
    &line::ReadingTime,
    &line::Listen,
    &line::Share,
    &line::Subscribe,
    &line::Advertisement,
    &line::Comments,
    &line::FeedFooter,
    &date::Timestamp,
    &line::Navigation,
    &line::Topics,
    &line::Cookies,
    &line::Rights,
    &link::Related,
    &maker::AuthorBio,
    &maker::Contributors,
    &contents::Contents,
    &reference::References,
    &offer::Promotion,
    &offer::Disclosure,
    &mark::NoteReference,
    &mark::Citation,
    &mark::PhotoCredit,
    &mark::Caption,
    &picture::AlternativeText,
    &repeat::PullQuote,
    &address::Embed,
    &address::Address,
    &address::Emoji,
];

/// The ids of all rules.
#[must_use]
pub fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|r| r.name()).collect()
}

/// Applies the rules.
#[must_use]
pub fn clean(article: Article, options: &CleanOptions) -> CleanArticle {
    let Article { source, meta, blocks, mut removed, warnings } = article;
    let mut kept = Vec::with_capacity(blocks.len());
    let rules: Vec<&&dyn CleanRule> =
        RULES.iter().filter(|r| options.applies(r.name(), r.by_default())).collect();
    let whole = Whole::new(&blocks, &meta);
    for index in 0..blocks.len() {
        if let Some(block) = apply(&rules, &Place::new(&whole, index), &mut removed) {
            kept.push(block);
        }
    }
    removed.sort_by_key(|r| (r.span.start, r.span.end));
    CleanArticle { source, meta, blocks: kept, removed, warnings }
}

/// The block at `place` as the rules leave it.
fn apply(
    rules: &[&&dyn CleanRule],
    place: &Place<'_>,
    removed: &mut Vec<Removed>,
) -> Option<Block> {
    let mut block = place.block().clone();
    let added = block.added.is_some();
    let mut record = |rule: &'static str, text: &Text| {
        if !added && !text.as_str().trim().is_empty() {
            let string = text.as_str().trim().to_owned();
            removed.push(Removed { rule, text: string, span: text.span() });
        }
    };
    for rule in rules {
        match rule.apply(&place.with(&block)) {
            Verdict::Keep => {}
            Verdict::Remove => {
                record(rule.name(), &block.text);
                return None;
            }
            Verdict::Cut(ranges) => {
                for taken in cut(&mut block, &ranges) {
                    record(rule.name(), &taken);
                }
            }
        }
    }
    (!block.text.is_empty()).then_some(block)
}

/// Takes `ranges` out of the text of `block`, and the white space that is then at its ends. The cells of a
/// table row move along.
fn cut(block: &mut Block, ranges: &[Range<usize>]) -> Vec<Text> {
    let moved = offsets_after(block.text.as_str(), ranges);
    let taken = block.text.cut_all(ranges);
    let string = block.text.as_str();
    let leading = string.len() - string.trim_start().len();
    block.text = block.text.trimmed();
    if let BlockKind::TableRow { cells, .. } = &mut block.kind {
        let place = |at| moved(at).saturating_sub(leading).min(block.text.len());
        for cell in cells {
            *cell = place(cell.start)..place(cell.end);
        }
    }
    taken
}

#[cfg(test)]
mod tests;
