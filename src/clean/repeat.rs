//! What an article says twice: quotations that are pulled out of its text.

use std::cell::OnceCell;

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind};

/// A quotation shorter than this, in words, may be found in a text by chance.
const LEAST: usize = 5;

/// The words of an article, to look quotations up in; made when the first one is.
pub(super) struct Repeats<'a> {
    blocks: &'a [Block],
    running: OnceCell<String>,
}

impl<'a> Repeats<'a> {
    pub(super) fn new(blocks: &'a [Block]) -> Self {
        Self { blocks, running: OnceCell::new() }
    }

    /// Whether the running text says `text`.
    fn has(&self, text: &str) -> bool {
        let running = self.running.get_or_init(|| {
            let mut running = String::new();
            for block in self.blocks.iter().filter(|b| is_running(b)) {
                push_words(&mut running, block.text.as_str());
                running.push('\n');
            }
            running
        });
        let mut words = String::new();
        push_words(&mut words, text);
        words.split(' ').filter(|w| !w.is_empty()).count() >= LEAST && running.contains(&words)
    }
}

/// Appends the words of `text`, lower case, a space before and after each.
fn push_words(out: &mut String, text: &str) {
    out.push(' ');
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        out.extend(word.chars().flat_map(char::to_lowercase));
        out.push(' ');
    }
}

fn is_running(block: &Block) -> bool {
    !is_pulled(block)
        && matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. })
        && block.added.is_none()
}

/// Whether a content system marks the block as a quotation pulled out of the text.
fn is_pulled(block: &Block) -> bool {
    block.context.iter().any(|c| c.contains("pullquote") || c.contains("pull-quote"))
}

/// `pull-quote`.
pub(super) struct PullQuote;

impl CleanRule for PullQuote {
    fn name(&self) -> &'static str {
        "pull-quote"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let block = place.block();
        let quote = is_pulled(block) || block.kind == BlockKind::Quote;
        Verdict::remove_if(quote && place.repeats.has(place.text()))
    }
}
