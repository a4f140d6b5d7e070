//! What leads elsewhere: links to other articles, and the paragraph about the author.

use std::sync::LazyLock;

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:related(?:\ (?:articles?|stor(?:y|ies)|posts?|coverage|reading|content|links?))?|read\ (?:more|next|also)|also\ read|see\ also
        |more\ (?:on\ this|from\ .{1,40}|stories|like\ this|coverage)|recommended(?:\ (?:for\ you|reading|stories))?|you\ (?:may|might)\ also\ (?:like|be\ interested\ in)
        |don['\u{2019}]?t\ miss|further\ reading|most\ (?:read|popular)|trending(?:\ now)?|latest\ (?:news|stories|posts))\s*(?P<end>:|\u{2192}|>|\||$)",
    )
    .expect("a constant expression")
});

/// `related`.
pub(super) struct Related;

impl CleanRule for Related {
    fn name(&self) -> &'static str {
        "related"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = [
            "related",
            "related-posts",
            "related-articles",
            "jp-relatedposts",
            "yarpp-related",
            "recommended",
            "read-more",
            "more-stories",
            "related-content",
            "outbrain",
            "taboola",
        ];
        if place.inside(&names) {
            return Verdict::Remove;
        }
        let block = place.block();
        if block.kind == BlockKind::Title || block.kind == BlockKind::Code {
            return Verdict::Keep;
        }
        // "Read more: A headline", all or nearly all of it a link.
        if let Some(lead) = LEAD.captures(place.text()) {
            let rest = &place.text()[lead[0].len()..];
            let linked = linked_share(block) >= 0.6;
            if !rest.trim().is_empty() && linked && place.words() <= 40 {
                return Verdict::Remove;
            }
            // A heading or lone line over nothing but links.
            if rest.trim().is_empty() && (heads_links(place, place.index)) {
                return Verdict::Remove;
            }
        }
        Verdict::remove_if(linked_share(block) >= 0.8 && under_lead(place))
    }
}

/// How much of a block's text is links, 0 to 1.
#[expect(clippy::cast_precision_loss)]
fn linked_share(block: &Block) -> f64 {
    let links = block.text.marks().iter().filter(|m| matches!(m.kind, MarkKind::Link(_)));
    let linked: usize = links.map(|m| m.range.len()).sum();
    linked as f64 / block.text.len().max(1) as f64
}

/// Whether the blocks after `at`, up to the next heading or the end, are links and there is one.
fn heads_links(place: &Place<'_>, at: usize) -> bool {
    let after = place.blocks[at + 1..].iter();
    let section: Vec<&Block> =
        after.take_while(|b| !matches!(b.kind, BlockKind::Heading(_))).take(24).collect();
    !section.is_empty() && section.iter().all(|b| linked_share(b) >= 0.8 || b.added.is_some())
}

/// Whether the block belongs to a list of links under a lead line.
fn under_lead(place: &Place<'_>) -> bool {
    let before = place.blocks[..place.index].iter().enumerate().rev().take(24);
    for (at, block) in before {
        if let Some(lead) = LEAD.captures(block.text.as_str()) {
            let bare = block.text.as_str()[lead[0].len()..].trim().is_empty();
            return bare && heads_links(place, at);
        }
        if linked_share(block) < 0.8 && block.added.is_none() {
            return false;
        }
    }
    false
}

/// `author-bio`.
pub(super) struct AuthorBio;

impl CleanRule for AuthorBio {
    fn name(&self) -> &'static str {
        "author-bio"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = [
            "author-bio",
            "about-author",
            "author-box",
            "author-info",
            "bio",
            "author-description",
            "post-author-bio",
            "entry-author",
            "abh_box",
            "saboxplugin-wrap",
        ];
        Verdict::remove_if(place.inside(&names) || (place.near_end(6) && in_author_section(place)))
    }
}

/// Whether the block is the heading "About the author" or stands under it, in a section short enough for a
/// note on a person.
fn in_author_section(place: &Place<'_>) -> bool {
    let from = place.index.saturating_sub(8);
    let heads = |b: &Block| {
        let text = b.text.as_str();
        text.len() < 40
            && matches!(
                text.trim().trim_end_matches(':').to_lowercase().as_str(),
                "about the author" | "about the authors"
            )
    };
    let Some(at) = place.blocks[from..=place.index].iter().rposition(heads).map(|at| from + at)
    else {
        return false;
    };
    let between = &place.blocks[at + 1..place.index.max(at + 1)];
    let words: usize =
        place.blocks[at..].iter().map(|b| b.text.as_str().split_whitespace().count()).sum();
    words <= 160 && !between.iter().any(|b| matches!(b.kind, BlockKind::Heading(_)))
}
