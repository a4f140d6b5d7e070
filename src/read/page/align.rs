//! The blocks of a page and the blocks that an extractor gave -> which of the page's are meant.
//!
//! The extractor's text has no positions, may lack words and may repeat what stands elsewhere on
//! the page as a teaser. So long blocks are placed first, by the word triples they share with the
//! extraction, and of all placements the heaviest chain in order counts; short blocks are only kept
//! where they stand in a gap of that chain and the extraction has them in the same gap.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::BlockKind;
use crate::read::html::Found;

/// Words of a block that is placed by its triples.
const LONG: usize = 6;

/// Of a triple that stands in the extraction more often, only this many places are looked at.
const PLACES: usize = 12;

/// The indices of the blocks in `page` that `extracted` is made of.
pub(super) fn align(page: &[Found], extracted: &[Found]) -> BTreeSet<usize> {
    let mut ids = Ids::default();
    let wanted: Vec<u32> = extracted
        .iter()
        .filter(|f| f.block.kind != BlockKind::Image)
        .flat_map(|f| ids.words(f))
        .collect();
    let blocks: Vec<Vec<u32>> = page
        .iter()
        .map(|f| if f.block.kind == BlockKind::Image { Vec::new() } else { ids.words(f) })
        .collect();
    let placed = chain(&placements(&blocks, &wanted), wanted.len());
    let mut keep: BTreeSet<usize> = placed.iter().map(|p| p.block).collect();
    let (mut next_block, mut next_word) = (0, 0);
    let end = Placement { block: blocks.len(), start: wanted.len(), end: wanted.len(), weight: 0 };
    for place in placed.iter().chain([&end]) {
        let gap = wanted.get(next_word..place.start.max(next_word)).unwrap_or_default();
        fill(&blocks, next_block..place.block, gap, &mut keep);
        (next_block, next_word) = (place.block + 1, place.end.max(next_word));
    }
    keep_pictures(page, &mut keep);
    keep
}

/// Numbers for words. The map is only looked up, never walked, so its order does not matter.
#[derive(Default)]
struct Ids(HashMap<String, u32>);

impl Ids {
    fn words(&mut self, found: &Found) -> Vec<u32> {
        let text = found.block.text.as_str();
        let mut joints = found.joints.iter().copied().peekable();
        let mut words = Vec::new();
        let mut word = String::new();
        for (at, c) in text.char_indices() {
            let joint = joints.next_if(|j| *j <= at).is_some();
            if (joint || !c.is_alphanumeric()) && !word.is_empty() {
                words.push(self.id(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
        }
        if !word.is_empty() {
            words.push(self.id(&mut word));
        }
        words
    }

    fn id(&mut self, word: &mut String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(std::mem::take(word)).or_insert(next)
    }
}

/// A block of the page at a place of the extraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placement {
    block: usize,
    start: usize,
    end: usize,
    weight: usize,
}

/// Where the long blocks can stand.
fn placements(blocks: &[Vec<u32>], wanted: &[u32]) -> Vec<Placement> {
    let mut index: HashMap<[u32; 3], Vec<usize>> = HashMap::new();
    for (at, triple) in wanted.windows(3).enumerate() {
        let places = index.entry([triple[0], triple[1], triple[2]]).or_default();
        if places.len() < PLACES {
            places.push(at);
        }
    }
    let mut placements = Vec::new();
    for (block, words) in blocks.iter().enumerate() {
        if words.len() < LONG {
            continue;
        }
        // Votes for the place at which the block begins; close ones count together, because a
        // word may be missing in between.
        let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (at, triple) in words.windows(3).enumerate() {
            for place in index.get(&[triple[0], triple[1], triple[2]]).into_iter().flatten() {
                let start = (place + 8).saturating_sub(at) / 8;
                let vote = votes.entry(start).or_insert((0, usize::MAX));
                vote.0 += 1;
                vote.1 = vote.1.min(place.saturating_sub(at));
            }
        }
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (bucket, (count, start)) in &votes {
            let near = votes.get(&(bucket + 1)).map_or(0, |v| v.0);
            found.push((count + near, *start));
        }
        found.sort_by_key(|(count, start)| (std::cmp::Reverse(*count), *start));
        for (count, start) in found.into_iter().take(3) {
            if (count + 2) * 2 >= words.len() {
                let end = (start + words.len()).min(wanted.len());
                placements.push(Placement { block, start, end, weight: count });
            }
        }
    }
    placements
}

/// The heaviest placements that are in the same order in both texts, each block once.
fn chain(placements: &[Placement], length: usize) -> Vec<Placement> {
    // Best weight of a chain that ends at or before a word, as a tree of prefix maxima.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); length + 2];
    let mut before: Vec<usize> = vec![usize::MAX; placements.len()];
    let mut best = (0, usize::MAX);
    let mut first = 0;
    while first < placements.len() {
        let mut last = first;
        while placements.get(last).is_some_and(|p| p.block == placements[first].block) {
            last += 1;
        }
        let mut updates = Vec::new();
        for index in first..last {
            let place = placements[index];
            // A few words may be counted to both of two neighbours.
            let mut at = (place.start + 1 + place.weight.min(3)).min(length + 1);
            let mut found = (0, usize::MAX);
            while at > 0 {
                if tree[at].0 > found.0 {
                    found = tree[at];
                }
                at &= at - 1;
            }
            before[index] = found.1;
            updates.push((place.end + 1, (found.0 + place.weight, index)));
        }
        for (end, value) in updates {
            let mut at = end;
            while at < tree.len() {
                if value.0 > tree[at].0 {
                    tree[at] = value;
                }
                at += at & at.wrapping_neg();
            }
            if value.0 > best.0 {
                best = value;
            }
        }
        first = last;
    }
    let mut chain = Vec::new();
    let mut index = best.1;
    while let Some(place) = placements.get(index) {
        chain.push(*place);
        index = before[index];
    }
    chain.reverse();
    chain
}

/// Keeps the blocks between two placed ones whose words stand in `gap`, in order.
fn fill(blocks: &[Vec<u32>], range: std::ops::Range<usize>, gap: &[u32], keep: &mut BTreeSet<usize>) {
    let mut at = 0;
    for block in range {
        let words = &blocks[block];
        if words.is_empty() || words.len() > gap.len() - at {
            continue;
        }
        let found = gap[at..].windows(words.len()).position(|w| w == words);
        // Words that come much later in the gap are those of another block.
        if let Some(n) = found.filter(|n| *n <= 40) {
            keep.insert(block);
            at += n + words.len();
        }
    }
}

/// Pictures have no text to compare: those among the article's blocks are its own.
fn keep_pictures(page: &[Found], keep: &mut BTreeSet<usize>) {
    let (Some(first), Some(last)) = (keep.first().copied(), keep.last().copied()) else { return };
    let outside = ["nav", "aside", "footer", "form"];
    for (index, part) in page.iter().enumerate().take(last).skip(first) {
        let around = part.block.context.iter().any(|c| outside.contains(&c.as_str()));
        if part.block.kind == BlockKind::Image && !around {
            keep.insert(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::{Habits, Walker, walk};

    fn blocks(html: &str) -> Vec<Found> {
        let mut walker = Walker::new(html, Habits::default());
        walk(&mut walker, html, &[]);
        walker.finish();
        walker.found
    }

    fn kept(page: &str, extracted: &str) -> Vec<String> {
        let page = blocks(page);
        let keep = align(&page, &blocks(extracted));
        keep.into_iter().map(|i| page[i].block.text.as_str().to_owned()).collect()
    }

    #[test]
    fn blocks_are_kept_where_the_extraction_has_them() {
        let story = "<p>One two three four five six seven.</p><h2>Next</h2><p>Seven six five four three two one.</p>";
        let page = format!("<nav><p>Next</p></nav>{story}<p>Next</p><p>Other words that nobody wants here at all</p>");
        assert_eq!(kept(&page, story).len(), 3);
        assert_eq!(kept(&page, story)[1], "Next");
        assert!(kept(&page, "").is_empty());
    }

    #[test]
    fn a_teaser_before_the_text_is_not_taken_for_it() {
        let first = "<p>The council met on Monday to talk about the new bridge.</p>";
        let rest = "<p>It did not come to a decision before midnight, to nobody's surprise.</p>\
                    <p>The bridge will have to wait until the spring of next year.</p>";
        let page = format!("<div class=teaser>{first}</div><h1>Bridge</h1>{first}{rest}");
        let found = blocks(&page);
        let keep = align(&found, &blocks(&format!("{first}{rest}")));
        assert_eq!(keep.len(), 3, "each extracted paragraph is one block of the page");
    }

    #[test]
    fn words_that_the_extraction_lost_do_not_lose_the_block() {
        let page = "<p>The minister, who had <b>not</b> been asked, said that it was late.</p>";
        let extracted = "<p>The minister, who had been asked, said that it was late.</p>";
        assert_eq!(kept(page, extracted).len(), 1);
    }
}
