//! What a rule may know of a block: the block, its neighbours, and what holds of the whole article.
//!
//! A rule looks at no more than [`REACH`] blocks on either side, so cleaning takes time in proportion to the length
//! of an article. What needs all of it is found out once.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::boxes::Boxes;
use super::reference::ReferenceLists;
use super::repeat::Repeats;
use crate::model::{Block, BlockKind, Meta};

/// So many blocks before and behind a block are its neighbours.
pub(super) const REACH: usize = 24;

/// An article, and what is known of all of it.
pub(super) struct Whole<'a> {
    blocks: &'a [Block],
    byline: Option<&'a str>,
    url: Option<&'a str>,
    boxes: Boxes<'a>,
    repeats: Repeats<'a>,
    references: ReferenceLists,
    headings: OnceCell<HashSet<String>>,
    /// The words of the article's title.
    title: String,
    /// The words of each alternative text, and which block has them first.
    pictures: OnceCell<HashMap<String, usize>>,
}

impl<'a> Whole<'a> {
    pub(super) fn new(blocks: &'a [Block], meta: &'a Meta) -> Self {
        let byline = blocks.iter().find(|b| b.kind == BlockKind::Byline).map(|b| b.text.as_str());
        Self {
            blocks,
            byline: meta.byline.as_deref().or(byline),
            url: meta.url.as_deref(),
            boxes: Boxes::new(blocks),
            repeats: Repeats::new(blocks),
            references: ReferenceLists::find(blocks),
            headings: OnceCell::new(),
            title: folded(meta.title.as_deref().unwrap_or_default()),
            pictures: OnceCell::new(),
        }
    }
}

/// A block and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    whole: &'a Whole<'a>,
    index: usize,
    /// The block as earlier rules left it.
    current: &'a Block,
}

impl<'a> Place<'a> {
    pub(super) fn new(whole: &'a Whole<'a>, index: usize) -> Self {
        Self { whole, index, current: &whole.blocks[index] }
    }

    /// The same place, at which `block` is left.
    pub(super) fn with<'b>(&self, block: &'b Block) -> Place<'b>
    where
        'a: 'b,
    {
        Place { whole: self.whole, index: self.index, current: block }
    }

    pub(super) fn block(&self) -> &'a Block {
        self.current
    }

    pub(super) fn text(&self) -> &'a str {
        self.current.text.as_str()
    }

    pub(super) fn words(&self) -> usize {
        self.text().split_whitespace().count()
    }

    /// The blocks before it that are its neighbours, in order.
    pub(super) fn before(&self) -> &'a [Block] {
        &self.whole.blocks[self.index.saturating_sub(REACH)..self.index]
    }

    /// The blocks behind it that are its neighbours, in order.
    pub(super) fn after(&self) -> &'a [Block] {
        let rest = &self.whole.blocks[self.index + 1..];
        &rest[..rest.len().min(REACH)]
    }

    /// Whether at most `blocks` blocks come after it.
    pub(super) fn near_end(&self, blocks: usize) -> bool {
        self.index + blocks >= self.whole.blocks.len().saturating_sub(1)
    }

    /// Whether at most `blocks` blocks come before it.
    pub(super) fn near_start(&self, blocks: usize) -> bool {
        self.index <= blocks
    }

    /// Whether an element around it has one of these class names, ids or roles, and is a box beside the
    /// article rather than what holds the article.
    pub(super) fn inside(&self, names: &[&str]) -> bool {
        let mut context = self.block().context.iter();
        context.any(|c| names.contains(&c.as_str()) && !self.whole.boxes.holds_article(c))
    }

    /// Whether an element around it has one of these words in its class names, ids or roles
    /// (`article--cta` is two), and is a small box.
    pub(super) fn in_box(&self, words: &[&str]) -> bool {
        self.block().context.iter().any(|name| {
            name.split(['-', '_', ':']).any(|word| words.contains(&word))
                && self.whole.boxes.is_small(name)
        })
    }

    /// Whether an element around it has one of these marks, whatever it holds.
    pub(super) fn marked(&self, marks: &[&str]) -> bool {
        self.block().context.iter().any(|c| marks.contains(&c.as_str()))
    }

    /// Whether an element around it has one of these words in its class names, ids or roles, whatever it holds.
    pub(super) fn has_words(&self, words: &[&str]) -> bool {
        let mut context = self.block().context.iter();
        context.any(|name| name.split(['-', '_', ':']).any(|word| words.contains(&word)))
    }

    /// Whether it belongs to a list of references.
    pub(super) fn in_references(&self) -> bool {
        self.whole.references.has(self.index)
    }

    /// Whether the running text says what the block says.
    pub(super) fn is_repeated(&self) -> bool {
        self.repeats(self.block())
    }

    /// Whether the running text says what another block says.
    pub(super) fn repeats(&self, block: &Block) -> bool {
        self.whole.repeats.has(block.text.as_str())
    }

    /// Whether a heading of the article has the words of `text`.
    pub(super) fn is_heading_elsewhere(&self, text: &str) -> bool {
        let headings = self.whole.headings.get_or_init(|| {
            let headings =
                self.whole.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
            headings.map(|b| folded(b.text.as_str())).collect()
        });
        headings.contains(&folded(text))
    }

    /// Whether `text` says the article's title or a part of it.
    pub(super) fn is_title(&self, text: &str) -> bool {
        let title = &self.whole.title;
        let own = folded(text);
        let has = |all: &str, part: &str| format!(" {all} ").contains(&format!(" {part} "));
        own.contains(' ') && title.contains(' ') && (has(&own, title) || has(title, &own))
    }

    /// Whether a picture before this one has the same alternative text.
    pub(super) fn is_later_picture(&self) -> bool {
        let pictures = self.whole.pictures.get_or_init(|| {
            let mut first = HashMap::new();
            for (index, block) in self.whole.blocks.iter().enumerate() {
                if block.kind == BlockKind::Image {
                    first.entry(folded(block.text.as_str())).or_insert(index);
                }
            }
            first
        });
        pictures.get(&folded(self.text())).is_some_and(|first| *first < self.index)
    }

    /// Whether a link leads to a place of the article itself.
    pub(super) fn is_of_page(&self, target: &str) -> bool {
        let Some((page, fragment)) = target.split_once('#') else { return false };
        let path = |url: &str| {
            let (_, rest) = url.split_once("://")?;
            rest.find('/').map(|start| rest[start..].to_owned())
        };
        let own = |url: &str| url == page || path(url).is_some_and(|path| path == page);
        !fragment.is_empty() && (page.is_empty() || self.whole.url.is_some_and(own))
    }

    /// Whether a block beside this one names the person: by the whole name, or the last part of it.
    pub(super) fn is_named_elsewhere(&self, name: &str) -> bool {
        let name = folded(name);
        let last = format!(" {} ", name.rsplit(' ').next().unwrap_or_default());
        let mut blocks = self.whole.blocks.iter().enumerate();
        blocks.any(|(index, block)| {
            index != self.index && format!(" {} ", folded(block.text.as_str())).contains(&last)
        })
    }

    /// Whether `name` is one of those that the article gives as its authors.
    pub(super) fn is_author(&self, name: &str) -> bool {
        let Some(byline) = self.whole.byline else { return false };
        let name = folded(name);
        let is_name = name.contains(' ') && name.split(' ').count() <= 5;
        is_name && format!(" {} ", folded(byline)).contains(&format!(" {name} "))
    }
}

/// The words of `text`, lower case, with single spaces between them and without numbers before them.
pub(super) fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words = words.skip_while(|w| w.bytes().all(|b| b.is_ascii_digit()));
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, Text};

    #[test]
    fn neighbours_are_near() {
        let text = Text::from_source("a", Span::new(0, 1));
        let blocks = vec![Block::new(BlockKind::Paragraph, text, Span::new(0, 1)); 100];
        let meta = Meta::default();
        let whole = Whole::new(&blocks, &meta);
        for (index, before, after) in [(0, 0, REACH), (50, REACH, REACH), (99, REACH, 0)] {
            let place = Place::new(&whole, index);
            assert_eq!((place.before().len(), place.after().len()), (before, after));
        }
    }
}
