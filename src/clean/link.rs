//! What leads elsewhere: links to other articles, and the paragraph about the author.

use std::sync::LazyLock;

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:related(?:\ (?:articles?|stor(?:y|ies)|posts?|coverage|reading|content|links?))?|read\ (?:more|next|also)|also\ read|see\ also
        |more\ (?:on\ this|from\ .{1,40}|stories|news|articles|posts|like\ this|coverage)|other\ (?:posts|articles|stories)|related\ reports\ include|recommended(?:\ (?:for\ you|reading|stories))?|you\ (?:may|might)\ also\ (?:like|be\ interested\ in)
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
        let block = place.block();
        if block.kind == BlockKind::Title || block.kind == BlockKind::Code {
            return Verdict::Keep;
        }
        let words = ["related", "recommended", "recommendations", "recirc", "readnext"];
        if place.inside(&names) || place.in_box(&words) {
            return Verdict::Remove;
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
        Verdict::remove_if(under_lead(place))
    }
}

/// How much of a block's text is links, 0 to 1.
#[expect(clippy::cast_precision_loss)]
pub(super) fn linked_share(block: &Block) -> f64 {
    let links = block.text.marks().iter().filter(|m| matches!(m.kind, MarkKind::Link(_)));
    let linked: usize = links.map(|m| m.range.len()).sum();
    linked as f64 / block.text.len().max(1) as f64
}

/// How many blocks after `at` are a list of links to other articles: links, with their dates and
/// authors between them.
fn links_after(place: &Place<'_>, at: usize) -> usize {
    const LONGEST_LIST: usize = 24;
    let (mut links, mut length) = (0, 0);
    for block in place.blocks[at + 1..].iter().take(LONGEST_LIST) {
        if linked_share(block) >= 0.8 {
            links += 1;
        } else {
            let text = block.text.as_str().trim();
            let heading = matches!(block.kind, BlockKind::Heading(_));
            let small =
                text.split_whitespace().count() <= 6 && !text.ends_with(['.', '!', '?', ':']);
            if block.added.is_none() && (heading || !small || links == 0) {
                break;
            }
        }
        length += 1;
    }
    if links > 0 { length } else { 0 }
}

/// Whether a list of links to other articles follows the block at `at`.
fn heads_links(place: &Place<'_>, at: usize) -> bool {
    links_after(place, at) > 0
}

/// Whether the block belongs to a list of links under a lead line.
fn under_lead(place: &Place<'_>) -> bool {
    let from = place.index.saturating_sub(24);
    let lead = (from..place.index).rev().find(|at| {
        let text = place.blocks[*at].text.as_str();
        LEAD.captures(text).is_some_and(|lead| text[lead[0].len()..].trim().is_empty())
    });
    lead.is_some_and(|at| at + links_after(place, at) >= place.index)
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
        let named = place.inside(&names) || place.in_box(&["bio", "authorbox", "authorinfo"]);
        Verdict::remove_if(named || (place.near_end(6) && in_author_section(place)))
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

/// Headings over a list of what an article draws on.
static REFERENCES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:article\ |list\ of\ )?(?:sources?|references|citations|bibliography|works\ cited)(?:\ (?:and|&)\ (?:references|sources|citations))?\s*:?$",
    )
    .expect("a constant expression")
});

/// What a reference has and a sentence of an article rarely has: an address, a year in brackets, or the
/// words that go with them.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)https?:// | \bdoi\b | \bet\ al\b | \b(?:accessed|retrieved)\b | \(\d{4}[^)]{0,20}\) | \b(?:19|20)\d\d\s*[;.:,] | \(n\.d\.\)",
    )
    .expect("a constant expression")
});

/// `references`.
pub(super) struct References;

impl CleanRule for References {
    fn name(&self) -> &'static str {
        "references"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // They stand in the second half of an article, or a little before.
        let from = place.blocks.len() * 2 / 5;
        if place.index < from || place.block().kind == BlockKind::Title {
            return Verdict::Keep;
        }
        let heads = |b: &Block| b.text.len() < 60 && REFERENCES.is_match(b.text.as_str().trim());
        let Some(at) = place.blocks[from..=place.index].iter().rposition(heads) else {
            return Verdict::Keep;
        };
        let at = from + at;
        let length = references_after(place.blocks, at);
        Verdict::remove_if(length > 0 && place.index <= at + length)
    }
}

/// How many blocks after `at` are references, up to the first that is not.
fn references_after(blocks: &[Block], at: usize) -> usize {
    let is_reference = |b: &&Block| {
        let listed =
            matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Note);
        listed && (linked_share(b) >= 0.5 || REFERENCE.is_match(b.text.as_str()))
    };
    blocks[at + 1..].iter().take_while(is_reference).count()
}
