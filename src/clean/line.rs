//! Lines that stand around an article and are not of it: told by their form, and where that could be a
//! sentence too, by their place.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::link::linked_share;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind, MarkKind};

/// Lines beside an article are no longer than this, in bytes; longer blocks need not be looked at.
const LONGEST: usize = 1500;

/// Declares a rule that is a pattern over whole blocks.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!("(?ix)^(?:", $pattern, r")\.?$")).expect("a constant expression")
        });
    };
}

/// Whether a block may be a line beside the article at all. Code and titles are not.
pub(super) fn is_line(place: &Place<'_>) -> bool {
    !matches!(place.block().kind, BlockKind::Code | BlockKind::Title)
}

/// The block's text as one line, without the bullets and bars that such lines have at their ends; nothing
/// of a block that is too long for one.
pub(super) fn line(place: &Place<'_>) -> String {
    if place.text().len() > LONGEST {
        return String::new();
    }
    let folded = place.text().split_whitespace().collect::<Vec<_>>().join(" ");
    folded.trim_matches(|c: char| "|·•–—-*<>»«→←↓ ".contains(c)).to_owned()
}

pattern!(
    READING_TIME,
    r"(?:(?:estimated|approx\.?|approximate|average)\s+)?
      (?:reading\ time|read\ time|time\ to\ read)\s*[:\-–]?\s*
        (?:about\s+|~)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*(?:min(?:ute)?s?)\.?(?:\s+read)?
    | (?:about\s+|~)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?[\s-]*(?:min(?:ute)?s?)\.?[\s-]+(?:read(?:ing)?(?:\s+time)?|to\ read|de\ lecture)"
);

static READING_TIME_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*[|\u{b7}\u{2022}\u{25cf}\u{2013}\u{2014}-]\s*\d{1,3}[\s-]*min(?:ute)?s?\.?[\s-]+read$")
        .expect("a constant expression")
});

/// `reading-time`.
pub(super) struct ReadingTime;

impl CleanRule for ReadingTime {
    fn name(&self) -> &'static str {
        "reading-time"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        if is_line(place) && READING_TIME.is_match(&line(place)) {
            return Verdict::Remove;
        }
        // At the end of a byline, behind a bar or a bullet.
        let head = place.near_start(8) && place.words() <= 20;
        let behind = READING_TIME_BEHIND.find(place.text()).filter(|_| head && is_line(place));
        super::mark::cut(behind.into_iter().map(|m| m.range()).collect())
    }
}

pattern!(
    LISTEN,
    r"(?:click\ (?:here\ )?to\ )?listen(?:\ (?:to|now|here))?(?:\ (?:to\ )?(?:this|the)\ (?:article|post|story|page|audio))?(?:\ (?:now|here))?
    | (?:play|hear)\ (?:this\ )?(?:audio|article|story)(?:\ version)? | audio\ version"
);

/// `listen-line`.
pub(super) struct Listen;

impl CleanRule for Listen {
    fn name(&self) -> &'static str {
        "listen-line"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(is_line(place) && LISTEN.is_match(&line(place)))
    }
}

/// Words that share bars are made of.
const SHARE_WORDS: &[&str] = &[
    "share",
    "this",
    "tweet",
    "pin",
    "it",
    "email",
    "e-mail",
    "mail",
    "print",
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "reddit",
    "telegram",
    "pinterest",
    "bluesky",
    "threads",
    "mastodon",
    "tumblr",
    "copy",
    "link",
    "on",
    "via",
    "to",
    "the",
    "article",
    "story",
    "post",
    "page",
    "save",
    "click",
    "send",
    "a",
    "friend",
    "with",
    "friends",
    "instagram",
    "messenger",
    "sms",
    "flipboard",
    "pocket",
    "bookmark",
];
/// Words of which a share bar has at least one.
const SHARE_KEYS: &[&str] = &["share", "tweet", "pin", "print", "facebook", "whatsapp", "linkedin"];

/// `share`.
pub(super) struct Share;

impl CleanRule for Share {
    fn name(&self) -> &'static str {
        "share"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let bar = [
            "sharedaddy",
            "addtoany",
            "share-bar",
            "social-share",
            "share-buttons",
            "sharethis",
            "sd-sharing",
            "social-links",
            "share-links",
            "post-share",
            "article-share",
        ];
        if place.inside(&bar) {
            return Verdict::Remove;
        }
        if !is_line(place) {
            return Verdict::Keep;
        }
        let text = line(place).to_lowercase();
        let keyed = share_words(&text).any(|w| SHARE_KEYS.contains(&w));
        let sentence = text.ends_with(['.', '!', '?']) && share_words(&text).count() > 3;
        Verdict::remove_if(
            keyed && !sentence && is_of_share_words(&text) && list_of_share_words(place),
        )
    }
}

fn share_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty())
}

fn is_of_share_words(text: &str) -> bool {
    share_words(text).count() <= 14 && share_words(text).all(|w| SHARE_WORDS.contains(&w))
}

/// Whether all items around a list item could be of a share bar: "Print" is also a kind of medium.
fn list_of_share_words(place: &Place<'_>) -> bool {
    let is_item = |b: &&Block| matches!(b.kind, BlockKind::ListItem { .. });
    if !is_item(&place.block()) {
        return true;
    }
    let before = place.before().iter().rev().take_while(is_item).take(12);
    let after = place.after().iter().take_while(is_item).take(12);
    before
        .chain(after)
        .all(|b| b.text.len() < 80 && is_of_share_words(&b.text.as_str().to_lowercase()))
}

pattern!(
    SUBSCRIBE,
    r"(?:[^.!?]+\?\s+|for\ [^.!?,]+,\s+)?(?:please\ )?(?:subscribe|sign\ up|sign\ me\ up|join|register)\b[^.!?]*\b(?:newsletters?|mailing\ list|inbox|e-?mail\ (?:list|alerts)|(?:e-?mail|news|our|free|latest|regular|weekly|daily|monthly)\ updates|podcast|rss\ feed)\b[^.!?]*[.!]?
    | (?:get|receive)\b[^.!?]*\b(?:in|to|straight\ to|delivered\ to)\ your\ (?:inbox|e-?mail)\b[^.!?]*[.!]?
    | (?:subscribe|sign\ (?:in|up)|log\ in|register)\b[^.!?]*\bto\ (?:continue|keep)\ reading\b[^.!?]*[.!]?
    | to\ (?:continue|keep)\ reading\b[^.!?]*\b(?:subscribe|sign|log|register)\b[^.!?]*[.!]?
    | become\ a\ (?:paid\ |paying\ )?(?:subscriber|member)\b[^.!?]*\b(?:to|and)\ (?:unlock|read|continue|access|get)\b[^.!?]*[.!:]?
    | (?:[^.!?]+\?\s+)?(?:follow|find|join|like)\ (?:me|us|her|him|them)\ on\ (?:facebook|instagram|twitter|x|tiktok|pinterest|linkedin|youtube|threads|bluesky|mastodon)\b[^.!?]*[.!]?
    | (?:join|subscribe\ to|sign\ up\ for)\ (?:our|my|the)\ (?:(?:free|weekly|monthly|daily)\ )*(?:mailing\ list|newsletter|e-?mail\ list)\b.*
    | (?:join|like|follow)\ (?:the|our|my)\ (?:\w+\ )?(?:facebook|discord|telegram|whatsapp|slack)\ (?:group|page|channel|server|community)\b.*
    | subscribe(?:\ (?:now|today|here|to\ (?:our|the|my)\ \w+))?[.!]?
    | you(?:\ are|['\u{2019}]re)\ receiving\ this\ (?:e-?mail|newsletter)\b.* | (?:you\ received\ this|this\ e-?mail\ was\ sent\ to)\b.*
    | unsubscribe(?:\ (?:here|now|from\ (?:this|these|our|all)\b[^.!?]*))?(?:\ [|\u{b7}/]\ [^.!?]*)?[.!]?
    | enter\ your\ e-?mail(?:\ address)?[^.!?]*"
);

/// `subscribe`.
pub(super) struct Subscribe;

impl CleanRule for Subscribe {
    fn name(&self) -> &'static str {
        "subscribe"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let boxes = [
            "newsletter",
            "newsletter-signup",
            "newsletter-form",
            "subscribe",
            "subscription-box",
            "mc4wp-form",
            "jetpack_subscription_widget",
            "signup-form",
            "email-signup",
        ];
        let form = place.words() <= 32 && SUBSCRIBE.is_match(&line(place));
        Verdict::remove_if(is_line(place) && (place.inside(&boxes) || form))
    }
}

pattern!(
    ADVERTISEMENT,
    r"advertisements? | advertising | sponsored(?:\ (?:content|post|links?))? | promoted(?:\ content)? | ad
    | (?:story|article)\ continues\ (?:below|after)(?:\ (?:this\ )?(?:ad|advertisement))?
    | skip\ advertisements? | scroll\ (?:down\ )?to\ continue(?:\ (?:reading|with\ content))? | continue\ reading(?:\ below)?"
);

/// `advertisement`.
pub(super) struct Advertisement;

impl CleanRule for Advertisement {
    fn name(&self) -> &'static str {
        "advertisement"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // A section may be called "Advertising".
        let heading = matches!(place.block().kind, BlockKind::Heading(_));
        Verdict::remove_if(is_line(place) && !heading && ADVERTISEMENT.is_match(&line(place)))
    }
}

/// What feeds of WordPress end their items with, in the languages that most sites have.
static FEED_FOOTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:the\ (?:post|article|entry)\b.+\b(?:appeared\ first|first\ appeared)\ on
        | der\ beitrag\b.+\berschien\ zuerst\ auf
        | (?:l['\u{2019}]article|cet\ article)\b.+\best\ apparu\ en\ premier\ sur
        | la\ entrada\b.+\b(?:se\ public\u{f3}\ primero|aparece\ primero|apareci\u{f3}\ primero)\ en
        | l['\u{2019}]articolo\b.+\bproviene\ da
        | o\ post\b.+\bapareceu\ primeiro\ em
        | het\ bericht\b.+\bverscheen\ eerst\ op)\b.+$",
    )
    .expect("a constant expression")
});

/// `feed-footer`.
pub(super) struct FeedFooter;

impl CleanRule for FeedFooter {
    fn name(&self) -> &'static str {
        "feed-footer"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let form = place.near_end(3) && FEED_FOOTER.is_match(&line(place));
        Verdict::remove_if(is_line(place) && form)
    }
}

pattern!(
    COMMENTS,
    r"(?:no|\d[\d,]*)\ (?:comments?|replies|responses|shares|likes|views)(?:\ yet)? | comments?\ ?(?:\(\d+\)|:\ ?\d+|closed|off|are\ closed)
    | (?:leave|post|add|write)\ (?:a|your)\ (?:comment|reply)(?:\ (?:below|here))? | join\ the\ (?:conversation|discussion)
    | (?:view|show|read|see)\ (?:all\ )?(?:\d+\ )?comments?"
);

/// A paragraph that asks for comments. Only a verb that asks: "she shared it in the comments" is told.
static ASKS_TO_COMMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?:^|[.!?,;:\u{2013}\u{2014}-]\ ?|\b(?:please|and|or|also|so|then|you\ can|free\ to|sure\ to|forget\ to|welcome\ to|want\ to|love\ to|like\ to)\ )(?:let\ (?:me|us)\ know|tell\ (?:me|us)|leave|drop|share|post|ask|sound\ off|join\ the\ (?:conversation|discussion))\b
          [^.!?]*\b(?:in|into)\ (?:the|our)\ comments?\b(?:\ (?:section|box|below))* [^.!?]*[.!?]?(?:\ [^.!?]{1,80}[.!])?$
        | \bby\ commenting\ below\b",
    )
    .expect("a constant expression")
});

/// `comments`.
pub(super) struct Comments;

impl CleanRule for Comments {
    fn name(&self) -> &'static str {
        "comments"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let asks = place.near_end(4)
            && place.words() <= 45
            && place.text().contains("comment")
            && ASKS_TO_COMMENT.is_match(place.text());
        Verdict::remove_if(is_line(place) && (asks || COMMENTS.is_match(&line(place))))
    }
}

pattern!(
    NAVIGATION,
    r"skip\ to\ (?:main\ )?(?:content|navigation) | (?:back\ to\ |to\ the\ |return\ to\ )(?:the\ )?top | (?:previous|next|older|newer)\ (?:post|article|story|page|entry)s?
    | (?:sign|log)\ in\ to\ (?:save|track|access|comment|follow|vote|bookmark|view)\b[^.!?]*
    | toggle\ (?:navigation|menu) | (?:expand|collapse)\ all | copy\ (?:link|code|to\ clipboard) | (?:join|register|sign\ up)\ or\ (?:sign|log)\ in
    | (?:view|read|open)\ (?:this\ |it\ )?(?:e-?mail\ |newsletter\ |letter\ |post\ )?(?:in|on)\ (?:your\ |the\ |a\ )?(?:web\ )?(?:browser|web|app)
    | please\ (?:enable|turn\ on|activate)\ java\ ?script\b[^.!?]* | (?:enable|turn\ on)\ java\ ?script\ to\ [^.!?]* | java\ ?script\ (?:is|must\ be)\ (?:disabled|required|enabled|turned\ o(?:n|ff))(?:\ (?:in\ your|to|for\ this|on\ this)\b[^.!?]*)?"
);

pattern!(
    NAVIGATION_WORD,
    r"0?0:\d\d(?:\ ?/\ ?\d{1,2}:\d\d)? | menu | home | breadcrumbs? | read\ more | more | close | search | log\ ?in | sign\ in | previous | next | hide | show | expand | collapse | loading(?:\.{2,3}|\u{2026})?
    | (?:please\ )?(?:scroll|swipe)\ (?:to\ the\ )?(?:right|left|sideways)(?:\ (?:to|for)\ (?:see|view|read|more)\b[^.!?]*)?
    | (?:play|watch)\ (?:the\ )?video | (?:show|see|load|view)\ (?:more|less|all|full\ (?:profile|bio|list))
    | (?:click|tap)\ (?:here\ )?to\ (?:expand|enlarge|zoom(?:\ in)?|copy|play|view)(?:\ (?:the\ )?(?:image|photo|picture|map|chart|code|video))?"
);

/// `navigation`.
pub(super) struct Navigation;

impl CleanRule for Navigation {
    fn name(&self) -> &'static str {
        "navigation"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = [
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "post-navigation",
            "skip-link",
            "nav",
            "hatnote",
            "sitesub",
        ];
        // What a form holds is for those who fill it in; one around most of a page is none.
        if place.inside(&names) || place.inside(&["form"]) {
            return Verdict::remove_if(is_line(place));
        }
        let heading = matches!(place.block().kind, BlockKind::Heading(_));
        if heading {
            return super::mark::cut(anchors(place.block()));
        }
        let text = line(place);
        // One word may be an item of any list.
        let edge = place.near_start(3) || place.near_end(3);
        let alone = place.block().kind == BlockKind::Paragraph || edge;
        let form = NAVIGATION.is_match(&text) || (alone && NAVIGATION_WORD.is_match(&text));
        Verdict::remove_if(is_line(place) && (form || is_bar(place)))
    }
}

/// Whether a line near the end is two links and more with bars between them.
fn is_bar(place: &Place<'_>) -> bool {
    let links = || {
        let marks = place.block().text.marks().iter();
        marks.filter(|m| matches!(m.kind, MarkKind::Link(_))).count()
    };
    place.near_end(5)
        && place.words() <= 14
        && place.text().contains(" | ")
        && links() >= 2
        && linked_share(place.block()) >= 0.7
}

/// Links of a heading to itself: `#`, a pilcrow, its own mark.
fn anchors(heading: &Block) -> Vec<Range<usize>> {
    let text = heading.text.as_str();
    let anchor = |target: &str, words: &str| {
        let mark =
            matches!(words, "#" | "\u{b6}" | "\u{a7}" | "\u{1f517}" | "Permalink" | "Anchor");
        target.starts_with('#') && (mark || words == target)
    };
    let marks = heading.text.marks().iter();
    let links = marks.filter(|m| match &m.kind {
        MarkKind::Link(target) => anchor(target, text[m.range.clone()].trim()),
        _ => false,
    });
    links.map(|m| m.range.clone()).collect()
}

static TOPICS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:filed\ under|posted\ in|categor(?:y|ies)|tags?|topics?|tagged(?:\ (?:with|as|in))?|labels?|keywords?)\s*:\s*\S
        | filed\ under\ \S | tagged\ (?:with|as|in)\ \S | (?:no\ categor(?:y|ies)|uncategori[sz]ed)$)",
    )
    .expect("a constant expression")
});

/// `topics`.
pub(super) struct Topics;

impl CleanRule for Topics {
    fn name(&self) -> &'static str {
        "topics"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names =
            ["post-tags", "entry-tags", "tag-links", "cat-links", "tags-links", "post-categories"];
        let plain = matches!(
            place.block().kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Byline
        );
        let edge = place.near_start(4) || place.near_end(4);
        let text = line(place);
        let sentence = text.ends_with(['.', '!', '?']);
        let form = plain && edge && !sentence && place.words() <= 30 && TOPICS.is_match(&text);
        Verdict::remove_if(is_line(place) && (place.inside(&names) || form))
    }
}

static COOKIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:we|our\ (?:site|website|partners)|this\ (?:web)?site|by\ (?:using|continuing))\b[^.]*\bcookies\b
        | (?:accept|reject|allow|manage)\ (?:all\ )?cookies\b | cookie\ (?:settings|preferences|policy|notice)$)",
    )
    .expect("a constant expression")
});

/// `cookies`.
pub(super) struct Cookies;

impl CleanRule for Cookies {
    fn name(&self) -> &'static str {
        "cookies"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let banner =
            ["cookie-banner", "cookie-notice", "cookie-consent", "cookies", "gdpr", "consent"];
        let edge = place.near_start(2) || place.near_end(3);
        let form = edge && place.words() <= 70 && COOKIES.is_match(&line(place));
        Verdict::remove_if(is_line(place) && (place.inside(&banner) || form))
    }
}

static RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:\u{a9}|\(c\)\s*\d{4}|copyright\s*(?:\u{a9}|\(c\)|\d{4}|by\b|notice\b)|all\ rights\ reserved|all\ content\ \u{a9})
        | \ball\ rights\ reserved\b
        | \bno\ part\ of\ this\ (?:article|post|story|publication|site|website|page|material|work)\ may\ be\b
        | \bmay\ not\ be\ (?:published|reproduced|copied|reprinted)\b.*\b(?:broadcast|rewritten|redistributed|permission|distributed)\b
        | \breproduction\b.*\b(?:prohibited|forbidden|without\ (?:written\ )?permission)\b",
    )
    .expect("a constant expression")
});

/// `rights`.
pub(super) struct Rights;

impl CleanRule for Rights {
    fn name(&self) -> &'static str {
        "rights"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = ["copyright", "rights", "legal-notice", "copyright-notice"];
        let text = line(place);
        // A quotation about rights is the article's.
        let quoted = text.contains(['\u{201c}', '"']);
        let form = place.near_end(5) && place.words() <= 120 && !quoted && RIGHTS.is_match(&text);
        Verdict::remove_if(is_line(place) && (place.inside(&names) || form))
    }
}
