//! How much of an article stands in elements of each class name, id, role or mark.
//!
//! Names are not proof: a newsletter has a body of class `newsletter`, and pages that are put together in
//! the browser arrive with their article in a `hidden` element. A box beside an article is smaller than the
//! article.

use std::collections::{HashMap, HashSet};

use crate::model::Block;

/// Elements with fewer words than this are boxes, however short the article is.
const LEAST: usize = 100;

/// Words of an article, and of those in each kind of element.
pub(super) struct Boxes<'a> {
    words: usize,
    inside: HashMap<&'a str, usize>,
}

impl<'a> Boxes<'a> {
    pub(super) fn new(blocks: &'a [Block]) -> Self {
        let mut boxes = Self { words: 0, inside: HashMap::new() };
        for block in blocks {
            let words = block.text.as_str().split_whitespace().count();
            boxes.words += words;
            let names: HashSet<&str> = block.context.iter().map(String::as_str).collect();
            for name in names {
                *boxes.inside.entry(name).or_default() += words;
            }
        }
        boxes
    }

    /// Whether elements called `name` hold so little that they may be boxes beside or in the article.
    pub(super) fn is_small(&self, name: &str) -> bool {
        let inside = self.inside.get(name).copied().unwrap_or_default();
        inside < LEAST || inside * 4 < self.words
    }

    /// Whether more than half of the article stands in elements called `name`.
    pub(super) fn holds_article(&self, name: &str) -> bool {
        let inside = self.inside.get(name).copied().unwrap_or_default();
        inside >= LEAST && inside * 2 > self.words
    }
}
