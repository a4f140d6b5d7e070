//! What an article offers or sells beside what it says: calls to act, buttons, notes on what the links earn.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::line::{is_line, line};
use super::link::linked_share;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

static PROMOTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:want\ to\ (?:know|learn)\ more\?\s+)?
          (?:(?:learn|read|see|find\ out|discover|explore|know)\ more|read\ about|read\ (?:our|the|my)\ (?:full|complete|whole|in-?depth|original)|click\ here|check\ out|get\ started|up\ next|sign\ up|download|shop|order|buy|book|try|start)\b",
    )
    .expect("a constant expression")
});

/// What a line that is a link asks for.
static PROMOTION_LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:see|find|learn|read|explore|discover|watch|view|browse|compare|request|schedule|contact|talk\ to|visit|get|download|take|check|try|shop|buy|start|join)\b",
    )
    .expect("a constant expression")
});

/// What stands on buttons that sell.
static BUTTON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:get|buy|shop|order|book|see|view|check|claim|grab)\ (?:it|now|deals?|prices?|offers?|plans|pricing|(?:a|your)\ (?:free\ )?quote)|add\ to\ (?:cart|bag|basket)|learn\ more|get\ started|try\ (?:it\ )?(?:for\ )?free|visit\ (?:web)?site|start\ (?:free\ )?trial)
        (?:\ now)?(?:\ (?:at|on|from)(?:\ \S+){1,3})?$",
    )
    .expect("a constant expression")
});

/// `promotion`.
pub(super) struct Promotion;

impl CleanRule for Promotion {
    fn name(&self) -> &'static str {
        "promotion"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let boxes = ["cta", "promo", "promotion", "upsell", "signup", "advert", "sponsored"];
        let named = place.in_box(&boxes) || place.inside(&["call-to-action"]);
        if named {
            return Verdict::remove_if(is_line(place));
        }
        let linked = linked_share(place.block());
        if linked >= 0.9 && place.words() <= 8 && place.in_box(&BUTTONS) {
            return Verdict::remove_if(is_line(place));
        }
        let behind = buttons_behind(place.block());
        if !behind.is_empty() {
            return super::mark::cut(behind);
        }
        if let Some(sold) = sale_behind(place.block()) {
            return Verdict::Cut(vec![sold]);
        }
        // One sentence that leads somewhere else, most of it a link.
        let plain = matches!(place.block().kind, BlockKind::Paragraph | BlockKind::Quote);
        if !plain || place.words() > 25 {
            return Verdict::Keep;
        }
        let text = line(place);
        let pointed = place.text().starts_with(POINTERS);
        let text = text.trim_start_matches(POINTERS).trim_start();
        let one = text.trim_end_matches(['.', '!', '?']).matches(['.', '!', '?']).count() == 0;
        let leads = (linked >= 0.4 || pointed && linked > 0.0) && PROMOTION.is_match(text)
            || linked >= 0.9 && PROMOTION_LINK.is_match(text)
            || BUTTON.is_match(text);
        Verdict::remove_if(one && leads)
    }
}

/// Signs that point at what a reader should do.
const POINTERS: [char; 5] = ['\u{1f449}', '\u{27a1}', '\u{2192}', '\u{25b6}', '\u{25ba}'];

/// Words in the names of what is drawn as a button.
const BUTTONS: [&str; 3] = ["button", "buttons", "btn"];

/// Links at the end of a text that are drawn as buttons: "Download" behind the name of a file.
fn buttons_behind(block: &Block) -> Vec<Range<usize>> {
    let is_button = |name: &String| name.split(['-', '_']).any(|word| BUTTONS.contains(&word));
    let text = block.text.as_str();
    let marks = block.text.marks().iter().filter(|m| match &m.kind {
        MarkKind::Context(names) => names.iter().any(is_button),
        _ => false,
    });
    let small = |range: &Range<usize>| {
        let behind = range.start > 0 && text[range.end..].trim().is_empty();
        behind && text[range.clone()].split_whitespace().count() <= 3
    };
    marks.map(|m| m.range.clone()).filter(small).collect()
}

/// What a line that sells begins with.
static SALE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:shop|buy|order|book|try|sign up|start (?:shopping|your)|get (?:yours|started|a quote))\b")
        .expect("a constant expression")
});

/// The last line of a paragraph, if all of it is a link that sells: "Shop boats at Saltmere".
fn sale_behind(block: &Block) -> Option<Range<usize>> {
    let text = block.text.as_str();
    let start = text.rfind('\n').filter(|_| block.kind == BlockKind::Paragraph)?;
    let line = start + 1..text.len();
    let linked = block.text.marks().iter().any(|m| {
        matches!(m.kind, MarkKind::Link(_))
            && m.range.start <= line.start
            && m.range.end >= line.end
    });
    let short = text[line.clone()].split_whitespace().count() <= 8;
    (linked && short && SALE.is_match(&text[line])).then_some(start..text.len())
}

static DISCLOSURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:contains?|include|using|through|via|these|our)\ (?:the\ |some\ |any\ )?affiliate\ links?\b
        | \b(?:we|i|us|site|publisher)\ (?:may|might|can|could|will|sometimes)\ (?:also\ )?(?:earn|receive|get|collect)\ (?:an?\ )?(?:small\ |affiliate\ )*(?:commission|compensation|share\ of)
        | \bpurchases?\ (?:you\ make\ |made\ )?(?:through|via|from|using)\ (?:(?:our|the|these|my|included|affiliate)\ )*links?\b
        | \blinks?\b.*\bat\ no\ (?:extra|additional)\ (?:cost|charge)\ to\ you\b
        | \btranscripts?\b[^.]*\bmay\ (?:vary|contain\ errors|be\ (?:updated|revised|edited))\b | \btranscripts\ are\ created\ on\ a\ rush\ deadline\b
        | \b(?:selected|chosen|reviewed)\ independently\ by\ our\ editors\b | \bindependently\ (?:selected|chosen)\ by\ our\ editors\b",
    )
    .expect("a constant expression")
});

/// `disclosure`.
pub(super) struct Disclosure;

impl CleanRule for Disclosure {
    fn name(&self) -> &'static str {
        "disclosure"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // An article about such links speaks of them in the middle of its text, and at length.
        let edge = place.near_start(8) || place.near_end(8);
        let named = place.in_box(&["disclosure"]);
        let form = edge && place.words() <= 70 && DISCLOSURE.is_match(&line(place));
        Verdict::remove_if(is_line(place) && (named || form))
    }
}
