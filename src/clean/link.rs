//! What leads elsewhere: links to other articles.

use std::sync::LazyLock;

use regex::Regex;

use super::place::REACH;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:related(?:\ (?:articles?|stor(?:y|ies)|posts?|coverage|reading|content|links?)(?:\ (?:on|from)\ [\w.\ ]+)?)?|up\ next|(?:what\ to\ )?read(?:\ (?:more|next|also|this(?:\ next)?))?|also\ read|see\ also|keep\ reading
        |more\ (?:on\ this|from\ .{1,40}|stories|news|articles|posts|like\ this|coverage|to\ read)|(?:learn|find\ out|discover)\ more|other\ (?:posts|articles|stories)|recommended(?:\ (?:for\ you|reading|stories))?|you\ (?:may|might)(?:\ also)?\ (?:like|be\ interested\ in)
        |don['\u{2019}]?t\ miss|in\ case\ you\ missed\ it|further\ reading|most\ (?:read|popular)|popular\ (?:posts|articles|stories)|trending(?:\ now)?|latest\ (?:news|stories|posts))\s*(?P<end>:|\u{2192}|>|\||$)",
    )
    .expect("a constant expression")
});

/// A sentence that is nothing but a lead: what it leads to stands at its end. "The articles of the treaty that bind both
/// towns in what they do:" introduces a part of the article.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:check\ out|read|see|explore|more|other|following|these|helpful|useful|interesting|recommended)\b [^.!?:]*
          \b(?:articles?|posts?|guides?|reviews?|(?:web)?\ ?pages|blogs?|stories|coverage)\b (?:\ [^\s.!?:]+){0,4} :$",
    )
    .expect("a constant expression")
});

/// "Related reports include One | Two".
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^related (?:articles|stories|reports|posts|coverage|pages|topics) (?:include|are)\b",
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
        // "Read more: A headline", all or nearly all of it a link, or more links.
        let linked = linked_share(block);
        let length = if linked >= 0.75 { 90 } else { 40 };
        let short = linked >= 0.6 && place.words() <= length;
        if let Some(lead) = LEAD.captures(place.text()) {
            let rest = &place.text()[lead[0].len()..];
            // "Read: ... Watch: ..." may be a list of what to do.
            let step = matches!(block.kind, BlockKind::ListItem { .. })
                && lead[0].trim_end_matches(':').eq_ignore_ascii_case("read");
            if !rest.trim().is_empty() && short && !step {
                return Verdict::Remove;
            }
        }
        if short && INCLUDE.is_match(place.text()) {
            return Verdict::Remove;
        }
        // A heading or lone line over nothing but links.
        if is_lead(block) && (links_in(place.after().iter()) > 0 || place.near_end(0)) {
            return Verdict::Remove;
        }
        if is_sentence(block) && titles_in(place.after().iter()) {
            return Verdict::Remove;
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

/// Whether a block is "Read more:" and no more.
fn is_lead(block: &Block) -> bool {
    let text = block.text.as_str();
    LEAD.captures(text).is_some_and(|lead| text[lead[0].len()..].trim().is_empty())
}

/// Whether a block is a sentence that introduces other articles: "Others found these guides helpful:".
fn is_sentence(block: &Block) -> bool {
    let text = block.text.as_str().trim();
    let one = text.ends_with(':') && text.len() <= 240 && !text.contains(['.', '!', '?']);
    block.kind == BlockKind::Paragraph && one && SENTENCE.is_match(text)
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
/// authors between them, and their pictures.
fn links_in<'a>(blocks: impl Iterator<Item = &'a Block>) -> usize {
    let (mut links, mut length) = (0, 0);
    for block in blocks {
        if linked_share(block) >= 0.8 {
            links += 1;
        } else if !matches!(block.kind, BlockKind::Image | BlockKind::Caption) {
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

/// Whether `blocks` begin with at least two links that are titles of articles: a sentence also introduces names.
fn titles_in<'a>(blocks: impl Iterator<Item = &'a Block>) -> bool {
    /// Words of a title, on average.
    const WORDS: usize = 4;
    let links: Vec<usize> = blocks
        .take_while(|b| linked_share(b) >= 0.8)
        .map(|b| b.text.as_str().split_whitespace().count())
        .collect();
    links.len() >= 2 && links.iter().sum::<usize>() >= links.len() * WORDS
}

/// Whether the block belongs to a list of links under a lead line.
fn under_lead(place: &Place<'_>) -> bool {
    let before = place.before();
    let Some(lead) = before.iter().rposition(|b| is_lead(b) || is_sentence(b)) else {
        return false;
    };
    let between = &before[lead + 1..];
    let list = || between.iter().chain([place.block()]).chain(place.after()).take(REACH);
    let meant = is_lead(&before[lead]) || titles_in(list());
    meant && links_in(list()) > between.len()
}
