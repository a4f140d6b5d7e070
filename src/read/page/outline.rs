//! The blocks of a page and those an extractor took -> how much of each element it took.
//!
//! Extractors judge paragraph by paragraph and lose some out of the middle, or take a list of
//! teasers along. What stands around a block tells more: all the words of one element are of one
//! kind.

use std::collections::BTreeSet;

use crate::model::{BlockKind, MarkKind};
use crate::read::html::{Found, Part, Tree};

/// An aside of fewer words may be a teaser.
const NOTE: usize = 40;

/// A block of a page, counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    /// Its words; none of a picture.
    pub(super) words: usize,
    /// How many of them are links.
    pub(super) linked: usize,
}

/// Words of a page's elements.
pub(super) struct Outline<'a> {
    tree: &'a Tree,
    found: &'a [Found],
    /// Of each block.
    pub(super) counts: Vec<Count>,
    /// Of each element: words that are not links.
    prose: Vec<usize>,
    /// Of each element: words that are links.
    linked: Vec<usize>,
    /// Of each element: words of the blocks that were taken.
    taken: Vec<usize>,
    /// Of each element: words of the blocks that were taken and are no headings.
    text: Vec<usize>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(found: &'a [Found], tree: &'a Tree, keep: &BTreeSet<usize>) -> Self {
        let counts: Vec<Count> = found.iter().map(count).collect();
        let none = vec![0; tree.len()];
        let (prose, linked, taken) = (none.clone(), none.clone(), none.clone());
        let mut outline = Self { tree, found, counts, prose, linked, taken, text: none };
        for (index, count) in outline.counts.iter().enumerate() {
            let node = found[index].node as usize;
            outline.prose[node] += count.words - count.linked;
            outline.linked[node] += count.linked;
            if keep.contains(&index) {
                outline.taken[node] += count.words;
                if !matches!(found[index].block.kind, BlockKind::Heading(_)) {
                    outline.text[node] += count.words;
                }
            }
        }
        // Parents have smaller numbers than their children.
        for node in (1..tree.len()).rev() {
            let parent = tree.parent(node);
            outline.prose[parent] += outline.prose[node];
            outline.linked[parent] += outline.linked[node];
            outline.taken[parent] += outline.taken[node];
            outline.text[parent] += outline.text[node];
        }
        outline
    }

    /// The innermost element that holds `percent` of all words taken.
    pub(super) fn holder(&self, percent: usize) -> usize {
        let enough = self.taken[0] * percent;
        // The deepest such element is the last one: any two of them stand in each other.
        (0..self.tree.len()).rev().find(|n| self.taken[*n] * 100 >= enough).unwrap_or(0)
    }

    /// How much of an element's running text was taken, in percent.
    pub(super) fn purity(&self, node: usize) -> usize {
        (self.taken[node] * 100 / self.prose[node].max(1)).min(100)
    }

    /// Whether running text of an element was taken. A heading alone says nothing: extractors keep it and
    /// lose the text below.
    pub(super) fn has_text(&self, node: usize) -> bool {
        self.text[node] > 0
    }

    /// The elements around a block, innermost first, up to `top` and without it; `None` if it does
    /// not stand in `top`.
    pub(super) fn between(&self, block: usize, top: usize) -> Option<Vec<usize>> {
        let mut between = Vec::new();
        for node in self.tree.up(self.found[block].node as usize) {
            if node == top {
                return Some(between);
            }
            between.push(node);
        }
        (top == 0).then_some(between)
    }

    /// Whether an element is named as one beside the article, and is not what holds it. What is only called an
    /// aside, and is mostly running text, is a note of the article.
    pub(super) fn is_beside(&self, node: usize) -> bool {
        let aside = match self.tree.part(node) {
            Part::Beside => return self.is_named_beside(node),
            Part::Aside => self.prose[node] < NOTE || self.linked[node] * 5 > self.prose[node],
            Part::Main | Part::Plain => false,
        };
        aside && self.taken[node] * 3 < self.taken[0]
    }

    /// The same, but for what is only called an aside.
    pub(super) fn is_named_beside(&self, node: usize) -> bool {
        self.tree.part(node) == Part::Beside && self.taken[node] * 3 < self.taken[0]
    }
}

/// Counts the words of a block, and those of its links.
pub(super) fn count(found: &Found) -> Count {
    if found.block.kind == BlockKind::Image {
        return Count::default();
    }
    let text = found.block.text.as_str();
    let words =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    let all = words(text);
    let links = found.block.text.marks().iter().filter(|m| matches!(m.kind, MarkKind::Link(_)));
    let linked: usize = links.map(|m| words(&text[m.range.clone()])).sum();
    Count { words: all, linked: linked.min(all) }
}
