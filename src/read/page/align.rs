//! The blocks of a page and the blocks that an extractor gave -> which of the page's are meant.
//!
//! The extractor's text has no positions, may lack words and may repeat what stands elsewhere on
//! the page as a teaser. So long blocks are placed first, by the word triples they share with the
//! extraction, and of all placements the heaviest chain in order counts; short blocks are only kept
//! where they stand in a gap of that chain and the extraction has them in the same gap.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::BlockKind;
use crate::read::article::added;
use crate::read::html::Found;

/// Words of a block that is placed by its triples.
const LONG: usize = 6;

/// Words that the extraction may have lost out of one block.
const MAX_MISSING: usize = 16;

/// Of a triple that stands in the extraction more often, only this many places are looked at.
const PLACES: usize = 12;

/// The indices of the blocks in `page` that `extracted` is made of.
pub(super) fn align(page: &[Found], extracted: &[Found]) -> BTreeSet<usize> {
    let mut ids = Ids::default();
    let mut wanted: Vec<u32> = Vec::new();
    let mut starts = BTreeMap::new();
    for part in extracted.iter().filter(|f| f.block.kind != BlockKind::Image) {
        starts.insert(wanted.len(), part.block.kind.name());
        wanted.extend(ids.words(part));
    }
    let mut blocks = Vec::with_capacity(page.len());
    for part in page {
        let picture = part.block.kind == BlockKind::Image;
        blocks.push(if picture { Vec::new() } else { ids.words(part) });
    }
    let kinds = page.iter().map(|f| f.block.kind.name()).collect();
    let words = Words { blocks, kinds, wanted, starts };
    let placed = chain(&placements(&words.blocks, &words.wanted), words.wanted.len(), 3);
    let mut keep: BTreeSet<usize> = placed.iter().map(|p| p.block).collect();
    let length = words.wanted.len();
    let end = Placement { block: words.blocks.len(), start: length, end: length, weight: 0 };
    let (mut next_block, mut next_word) = (0, 0);
    for place in placed.iter().chain([&end]) {
        fill(&words, next_block..place.block, next_word..place.start.max(next_word), &mut keep);
        (next_block, next_word) = (place.block + 1, place.end.max(next_word));
    }
    keep_pictures(page, &mut keep);
    keep
}

/// A text as blocks that have no place, one for each of its lines.
pub(super) fn plain(text: &str) -> Vec<Found> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.map(|line| added(BlockKind::Paragraph, line, "declared")).collect()
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

/// Triples of a block that agree on its place.
#[derive(Debug, Clone, Copy)]
struct Vote {
    count: usize,
    start: usize,
    end: usize,
}

impl Default for Vote {
    fn default() -> Self {
        Self { count: 0, start: usize::MAX, end: 0 }
    }
}

impl Vote {
    fn add(&mut self, place: usize) {
        self.count += 1;
        self.start = self.start.min(place);
        self.end = self.end.max(place + 3);
    }
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
        // Votes for the place at which the block would begin, and where the words stand that voted.
        let mut votes: BTreeMap<usize, Vote> = BTreeMap::new();
        for (at, triple) in words.windows(3).enumerate() {
            for place in index.get(&[triple[0], triple[1], triple[2]]).into_iter().flatten() {
                votes.entry(place + words.len() - at).or_default().add(*place);
            }
        }
        // A word missing in between moves the rest by one, so close places count together; a
        // phrase that comes twice moves a few votes only, and does not say where the block ends.
        let mut found: Vec<Vote> = Vec::new();
        for first in votes.keys() {
            let near = || votes.range(*first..*first + MAX_MISSING).map(|(_, vote)| vote);
            let count = near().map(|v| v.count).sum();
            let strong = near().filter(|v| v.count * 6 >= count);
            let (start, end) = strong
                .fold((usize::MAX, 0), |(start, end), v| (start.min(v.start), end.max(v.end)));
            if start < end {
                found.push(Vote { count, start, end });
            }
        }
        found.sort_by_key(|vote| (std::cmp::Reverse(vote.count), vote.start));
        for vote in found.into_iter().take(3) {
            if (vote.count + 2) * 2 >= words.len() {
                let (start, end) = (vote.start, vote.end);
                placements.push(Placement { block, start, end, weight: vote.count });
            }
        }
    }
    placements
}

/// The heaviest placements that are in the same order in both texts, each block once. Neighbours may
/// overlap by `slack` words.
fn chain(placements: &[Placement], length: usize, slack: usize) -> Vec<Placement> {
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
            let mut at = (place.start + 1 + place.weight.min(slack)).min(length + 1);
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

/// Places the blocks of `range` in the part `gap` of the extraction that no long block takes.
///
/// Only exact matches count, and one that is a whole block there, of the same kind, counts more: the
/// words of a heading stand in a table of contents too.
fn fill(
    page: &Words<'_>,
    range: std::ops::Range<usize>,
    gap: std::ops::Range<usize>,
    keep: &mut BTreeSet<usize>,
) {
    let words = page.wanted.get(gap.clone()).unwrap_or_default();
    if words.is_empty() {
        return;
    }
    let mut index: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, word) in words.iter().enumerate() {
        let places = index.entry(*word).or_default();
        if places.len() < PLACES * 4 {
            places.push(at);
        }
    }
    let mut placements = Vec::new();
    for block in range {
        let own = &page.blocks[block];
        let Some(places) = own.first().and_then(|first| index.get(first)) else { continue };
        for at in places {
            if !words[*at..].starts_with(own) {
                continue;
            }
            let (start, end) = (gap.start + at, gap.start + at + own.len());
            let begins = page.starts.get(&start);
            let ends = page.starts.contains_key(&end) || end == page.wanted.len();
            // A word or two inside a longer text are there by chance.
            if own.len() < 3 && begins.is_none() && !ends {
                continue;
            }
            let same = begins.is_some_and(|kind| *kind == page.kinds[block]);
            let weight = own.len() * 8 + usize::from(begins.is_some()) * 3;
            let weight = weight + usize::from(ends) * 3 + usize::from(same) * 2;
            placements.push(Placement { block, start: *at, end: at + own.len(), weight });
        }
    }
    keep.extend(chain(&placements, words.len(), 0).iter().map(|p| p.block));
}

/// Page and extraction as numbered words.
struct Words<'a> {
    blocks: Vec<Vec<u32>>,
    kinds: Vec<&'a str>,
    wanted: Vec<u32>,
    /// Where a block of the extraction begins, and its kind.
    starts: BTreeMap<usize, &'a str>,
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
        let page = format!(
            "<nav><p>Next</p></nav>{story}<p>Next</p><p>Other words that nobody wants here at all</p>"
        );
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
