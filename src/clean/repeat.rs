//! What an article says twice: quotations that are pulled out of its text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind};

/// A quotation shorter than this, in words, may be found in a text by chance.
const LEAST: usize = 5;

/// Of words that an article says more often, only this many places are looked at.
const PLACES: usize = 16;

/// The words of an article, to look quotations up in; made when the first one is.
pub(super) struct Repeats<'a> {
    blocks: &'a [Block],
    running: OnceCell<Running>,
}

/// The running text, and where the first few words of a quotation stand in it.
struct Running {
    text: String,
    places: HashMap<u64, Vec<usize>>,
}

impl<'a> Repeats<'a> {
    pub(super) fn new(blocks: &'a [Block]) -> Self {
        Self { blocks, running: OnceCell::new() }
    }

    /// Whether the running text says `text`.
    pub(super) fn has(&self, text: &str) -> bool {
        let mut words = String::new();
        push_words(&mut words, text);
        let Some((_, start)) = starts(&words).next() else { return false };
        let running = self.running.get_or_init(|| Running::new(self.blocks));
        let places = running.places.get(&start).map_or(&[][..], Vec::as_slice);
        places.iter().any(|at| running.text[*at..].starts_with(&words))
    }
}

impl Running {
    fn new(blocks: &[Block]) -> Self {
        let mut text = String::new();
        for block in blocks.iter().filter(|b| is_running(b)) {
            push_words(&mut text, block.text.as_str());
            text.push('\n');
        }
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, start) in starts(&text) {
            let known = places.entry(start).or_default();
            if known.len() < PLACES {
                known.push(at);
            }
        }
        Self { text, places }
    }
}

/// For each word that [`LEAST`] words begin with: where the space before it stands, and a number for them.
fn starts(words: &str) -> impl Iterator<Item = (usize, u64)> {
    let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let number = |words: &str| {
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        hasher.finish()
    };
    (LEAST..spaces.len())
        .map(move |end| (spaces[end - LEAST], number(&words[spaces[end - LEAST]..spaces[end]])))
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
        let repeats = quote && place.is_repeated();
        Verdict::remove_if(repeats || is_speaker_of_pulled(place))
    }
}

/// Whether a block names who said the pulled quotation above it, and that goes.
fn is_speaker_of_pulled(place: &Place<'_>) -> bool {
    let short = place.words() < LEAST * 2 && !place.text().ends_with(['.', '!', '?']);
    let above = place.before().last();
    short && is_pulled(place.block()) && above.is_some_and(|b| is_pulled(b) && place.repeats(b))
}
