//! Lines that stand around an article and are not of it: told by their form, and where that could be a
//! sentence too, by their place.

use std::sync::LazyLock;

use regex::Regex;

use super::{CleanRule, Place, Verdict};
use crate::model::BlockKind;

/// Declares a rule that is a pattern over whole blocks.
macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!("(?ix)^(?:", $pattern, r")\.?$")).expect("a constant expression")
        });
    };
}

/// Whether a block may be a line beside the article at all. Code and titles are not.
fn is_line(place: &Place<'_>) -> bool {
    !matches!(place.block().kind, BlockKind::Code | BlockKind::Title)
}

/// The block's text as one line, without the bullets and bars that such lines have at their ends.
fn line(place: &Place<'_>) -> String {
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

/// `reading-time`.
pub(super) struct ReadingTime;

impl CleanRule for ReadingTime {
    fn name(&self) -> &'static str {
        "reading-time"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(is_line(place) && READING_TIME.is_match(&line(place)))
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
    "share", "this", "tweet", "pin", "it", "email", "e-mail", "mail", "print", "facebook", "twitter", "x",
    "linkedin", "whatsapp", "reddit", "telegram", "pinterest", "bluesky", "threads", "mastodon", "tumblr",
    "copy", "link", "on", "via", "to", "the", "article", "story", "post", "page", "save", "click", "send",
    "a", "friend", "with", "friends", "instagram", "messenger", "sms", "flipboard", "pocket", "bookmark",
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
        let bar = ["sharedaddy", "addtoany", "share-bar", "social-share", "share-buttons", "sharethis",
            "sd-sharing", "social-links", "share-links", "post-share", "article-share"];
        if place.inside(&bar) {
            return Verdict::Remove;
        }
        let text = line(place).to_lowercase();
        let words: Vec<&str> =
            text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).collect();
        let all = words.iter().all(|w| SHARE_WORDS.contains(w));
        let key = words.iter().any(|w| SHARE_KEYS.contains(w));
        let sentence = text.ends_with(['.', '!', '?']) && words.len() > 3;
        Verdict::remove_if(is_line(place) && !words.is_empty() && words.len() <= 14 && all && key && !sentence)
    }
}

pattern!(
    SUBSCRIBE,
    r"(?:subscribe|sign\ up|sign\ me\ up|join|register)\b[^.!?]{0,160}\b(?:newsletter|mailing\ list|inbox|e-?mail\ (?:list|updates|alerts)|updates|podcast|rss\ feed)\b[^.!?]{0,120}[.!]?
    | (?:get|receive)\b[^.!?]{0,120}\b(?:in|to|straight\ to|delivered\ to)\ your\ (?:inbox|e-?mail)\b[^.!?]{0,60}[.!]?
    | subscribe(?:\ (?:now|today|here|to\ (?:our|the|my)\ \w+))?[.!]?
    | enter\ your\ e-?mail(?:\ address)?[^.!?]{0,80}"
);

/// `subscribe`.
pub(super) struct Subscribe;

impl CleanRule for Subscribe {
    fn name(&self) -> &'static str {
        "subscribe"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let boxes = ["newsletter", "newsletter-signup", "newsletter-form", "subscribe", "subscription-box",
            "mc4wp-form", "jetpack_subscription_widget", "signup-form", "email-signup"];
        let form = SUBSCRIBE.is_match(&line(place)) && place.words() <= 32;
        Verdict::remove_if(is_line(place) && (place.inside(&boxes) || form))
    }
}

pattern!(
    ADVERTISEMENT,
    r"advertisements? | advertising | sponsored(?:\ (?:content|post|links?))? | promoted(?:\ content)? | ad
    | (?:story|article)\ continues\ (?:below|after)(?:\ (?:this\ )?(?:ad|advertisement))?
    | scroll\ (?:down\ )?to\ continue(?:\ (?:reading|with\ content))? | continue\ reading(?:\ below)?"
);

/// `advertisement`.
pub(super) struct Advertisement;

impl CleanRule for Advertisement {
    fn name(&self) -> &'static str {
        "advertisement"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(is_line(place) && ADVERTISEMENT.is_match(&line(place)))
    }
}

pattern!(
    COMMENTS,
    r"(?:no|\d[\d,]*)\ (?:comments?|replies|responses|shares|likes|views)(?:\ yet)? | comments?\ ?(?:\(\d+\)|:\ ?\d+|closed|off|are\ closed)
    | (?:leave|post|add|write)\ (?:a|your)\ (?:comment|reply)(?:\ (?:below|here))? | join\ the\ (?:conversation|discussion)
    | (?:view|show|read|see)\ (?:all\ )?(?:\d+\ )?comments?"
);

/// `comments`.
pub(super) struct Comments;

impl CleanRule for Comments {
    fn name(&self) -> &'static str {
        "comments"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        Verdict::remove_if(is_line(place) && COMMENTS.is_match(&line(place)))
    }
}

pattern!(
    TIMESTAMP,
    r"(?:first\ )?(?:published|updated|posted|last\ (?:updated|modified|edited)|created|modified|date)\s*(?:on|at|:|-|–)?\s*
      [^.!?]{0,60}\d[^!?]{0,60}
    | \d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?
    | (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\ )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\ \d{1,2},?\ \d{4}(?:,?\ (?:at\ )?\d{1,2}:\d\d\ ?(?:[ap]\.?m\.?)?(?:\ [a-z]{2,4})?)?
    | \d+\ (?:minutes?|hours?|days?|weeks?|months?|years?)\ ago"
);

/// `timestamp`.
pub(super) struct Timestamp;

impl CleanRule for Timestamp {
    fn name(&self) -> &'static str {
        "timestamp"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        // A date of its own in the middle of an article is one of its lines (a diary, a timeline).
        let around = place.near_start(6) || place.near_end(4);
        let plain = matches!(place.block().kind, BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Byline);
        Verdict::remove_if(plain && around && place.words() <= 14 && TIMESTAMP.is_match(&line(place)))
    }
}

pattern!(
    NAVIGATION,
    r"skip\ to\ (?:main\ )?(?:content|navigation) | (?:back\ to\ |to\ the\ |return\ to\ )(?:the\ )?top | (?:previous|next|older|newer)(?:\ (?:post|article|story|page|entry))s?
    | table\ of\ contents | menu | home | toggle\ (?:navigation|menu) | breadcrumbs? | read\ more | more | close | search | log\ ?in | sign\ in"
);

/// `navigation`.
pub(super) struct Navigation;

impl CleanRule for Navigation {
    fn name(&self) -> &'static str {
        "navigation"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let names = ["breadcrumb", "breadcrumbs", "pagination", "post-navigation", "skip-link", "nav"];
        let heading = matches!(place.block().kind, BlockKind::Heading(_));
        let form = !heading && NAVIGATION.is_match(&line(place));
        Verdict::remove_if(is_line(place) && (place.inside(&names) || form))
    }
}

static COOKIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?:(?:we|our\ (?:site|website|partners)|this\ (?:web)?site|by\ (?:using|continuing))\b[^.]{0,160}\bcookies\b
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
        let banner = ["cookie-banner", "cookie-notice", "cookie-consent", "cookies", "gdpr", "consent"];
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
        | \bmay\ not\ be\ (?:published|reproduced|copied|reprinted)\b.{0,80}\b(?:broadcast|rewritten|redistributed|permission|distributed)\b
        | \breproduction\b.{0,60}\b(?:prohibited|forbidden|without\ (?:written\ )?permission)\b",
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
