//! What leads elsewhere: links to other articles, and the paragraph about the author.

use std::sync::LazyLock;

use regex::Regex;

use super::place::REACH;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:related(?:\ (?:articles?|stor(?:y|ies)|posts?|coverage|reading|content|links?)(?:\ (?:on|from)\ [\w.\ ]+)?)?|up\ next|read\ (?:more|next|also)|also\ read|see\ also
        |more\ (?:on\ this|from\ .{1,40}|stories|news|articles|posts|like\ this|coverage)|other\ (?:posts|articles|stories)|related\ reports\ include|recommended(?:\ (?:for\ you|reading|stories))?|you\ (?:may|might)\ also\ (?:like|be\ interested\ in)
        |don['\u{2019}]?t\ miss|further\ reading|most\ (?:read|popular)|trending(?:\ now)?|latest\ (?:news|stories|posts))\s*(?P<end>:|\u{2192}|>|\||$)",
    )
    .expect("a constant expression")
});

/// What a line that leads elsewhere begins with.
const ARROWS: [char; 7] =
    ['\u{bb}', '\u{203a}', '\u{2192}', '\u{27a1}', '\u{25b6}', '\u{25ba}', '\u{1f449}'];

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
            if rest.trim().is_empty() && (links_in(place.after().iter()) > 0 || place.near_end(0)) {
                return Verdict::Remove;
            }
        }
        // "» A guide to boats": an arrow that leads elsewhere.
        let arrow = place.text().starts_with(ARROWS) || place.text().starts_with(">>");
        let plain = block.kind == BlockKind::Paragraph && place.words() <= 30;
        if arrow && plain && linked_share(block) >= 0.5 {
            return Verdict::Remove;
        }
        Verdict::remove_if(under_lead(place))
    }
}

/// How much of a block's text is links, 0 to 1.
#[expect(clippy::cast_precision_loss)]
pub(super) fn linked_share(block: &Block) -> f64 {
    linked(block) as f64 / block.text.len().max(1) as f64
}

/// How many bytes of a block's text are links.
pub(super) fn linked(block: &Block) -> usize {
    let links = block.text.marks().iter().filter(|m| matches!(m.kind, MarkKind::Link(_)));
    links.map(|m| m.range.len()).sum()
}

/// How many blocks at the start of `blocks` are a list of links to other articles: links, with their dates and
/// authors between them.
fn links_in<'a>(blocks: impl Iterator<Item = &'a Block>) -> usize {
    let (mut links, mut length) = (0, 0);
    for block in blocks {
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

/// Whether the block belongs to a list of links under a lead line.
fn under_lead(place: &Place<'_>) -> bool {
    let before = place.before();
    let lead = before.iter().rposition(|block| {
        let text = block.text.as_str();
        LEAD.captures(text).is_some_and(|lead| text[lead[0].len()..].trim().is_empty())
    });
    let Some(lead) = lead else { return false };
    let between = &before[lead + 1..];
    let list = between.iter().chain([place.block()]).chain(place.after());
    links_in(list.take(REACH)) > between.len()
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
        let note = place.near_end(6) && in_author_section(place);
        Verdict::remove_if(named || note || place.near_end(2) && is_about_author(place))
    }
}

/// How a note on an author begins, behind the name.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?P<name>[^\ ,]+(?:\ [^\ ,]+){1,4}?),?
          \ (?:(?:is|was)\ (?:an?|the)|covers|writes|reports|works|lives|edits|joined|speciali[sz]es|can\ be\ reached|has\ (?:been|written|covered|worked|reported))(?:\ |$)",
    )
    .expect("a constant expression")
});

/// Whether a last paragraph is about one of the authors: "Ada Brook covers the coast for the Courier."
fn is_about_author(place: &Place<'_>) -> bool {
    const LONGEST: usize = 90;
    let paragraph = place.block().kind == BlockKind::Paragraph && place.words() <= LONGEST;
    let name = ABOUT.captures(place.text()).filter(|_| paragraph);
    name.is_some_and(|found| place.is_author(&found["name"]))
}

/// What stands before the name over a note on an author.
static WRITTEN_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:about|author:?|(?:article |story )?(?:written |posted )?by:?)\s+")
        .expect("a constant expression")
});

/// What stands over the names of those who made an article.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:article )?(?:written|reviewed|edited|fact[- ]checked)(?: and (?:reviewed|edited|fact[- ]checked))? by$")
        .expect("a constant expression")
});

/// Whether the block is the heading over a note on the author, "About the author", "Written by" or the author's name
/// alone, or stands under it, in a section short enough for one.
fn in_author_section(place: &Place<'_>) -> bool {
    const LONGEST: usize = 160;
    let heads = |block: &Block| {
        let text = block.text.as_str().trim().trim_end_matches(':');
        let name = &text[WRITTEN_BY.find(text).map_or(0, |m| m.end())..];
        let line = !matches!(block.kind, BlockKind::Title | BlockKind::Byline) && text.len() < 60;
        let about = ["about the author", "about the authors"];
        let known = about.contains(&text.to_lowercase().as_str()) || ROLE.is_match(text);
        line && (known || place.is_author(name))
    };
    let words = |block: &Block| block.text.as_str().split_whitespace().count();
    let (before, own) = (place.before(), place.block());
    let head = if heads(own) {
        before.len()
    } else {
        let nearest = before.len().saturating_sub(8);
        let Some(at) = before[nearest..].iter().rposition(heads) else { return false };
        nearest + at
    };
    let (article, above) = before.split_at(head);
    let between = above.get(1..).unwrap_or_default();
    let all: usize = above.iter().chain([own]).chain(place.after()).map(words).sum();
    // A name above a short post is its byline: a note has the article before it.
    let is_running = |b: &&Block| {
        matches!(b.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem { .. })
    };
    let running = article.iter().filter(is_running).map(words).sum::<usize>();
    all <= LONGEST.min(3 * running)
        && !between.iter().any(|b| matches!(b.kind, BlockKind::Heading(_)))
}
