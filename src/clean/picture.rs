//! Alternative texts that describe no picture: names of files, icons and logos, and what is said beside the picture
//! anyway.

use std::sync::LazyLock;

use regex::Regex;

use super::place::folded;
use super::{CleanRule, Place, Verdict};
use crate::model::{Block, BlockKind};

/// Names of files, as cameras, editors and slugs write them.
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\.(?:jpe?g|png|gif|webp|svg|avif|heic|tiff?|bmp)$
        | ^(?:img|dscn?|pxl|mvi|image|photo|picture|screen\ ?shot|untitled(?:\ design)?)[\s_-]*\(?\d[\d\s_:.,()-]*(?:at\b[\d\s_:.,()-]*(?:[ap]m)?)?$
        | ^[\p{L}\d.]+(?:_[\p{L}\d.]+)+$ | ^(?-i:[a-z\d]+(?:-[a-z\d]+){2,})$",
    )
    .expect("a constant expression")
});

/// Words for what is a sign of the page and no picture.
#[rustfmt::skip]
const SIGNS: [&str; 46] = [
    "ad", "advertisement", "arrow", "author", "avatar", "background", "badge", "banner", "bullet", "button",
    "calendar", "check", "checkmark", "clock", "close", "cover", "decorative", "divider", "email", "facebook",
    "featured", "header", "headshot", "hero", "icon", "image", "instagram", "linkedin", "logo", "menu", "open",
    "photo", "picture", "placeholder", "play", "profile", "quote", "rating", "search", "share", "spacer", "star",
    "thumbnail", "twitter", "video", "youtube",
];

/// What the alternative text of a sign ends with, whatever it is the sign of.
const KINDS: [&str; 6] = ["avatar", "badge", "emoji", "headshot", "icon", "logo"];

/// Words in the names of elements and pictures that are signs.
const BOXES: [&str; 8] =
    ["avatar", "gravatar", "author", "byline", "emoji", "icon", "logo", "badge"];

/// `alternative-text`.
pub(super) struct AlternativeText;

impl CleanRule for AlternativeText {
    fn name(&self) -> &'static str {
        "alternative-text"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        if place.block().kind != BlockKind::Image {
            return Verdict::Keep;
        }
        let text = place.text().trim();
        let says_nothing = FILE.is_match(text) || is_sign(text) || place.in_box(&BOXES);
        let said = place.is_author(text)
            || place.is_title(text)
            || place.is_heading_elsewhere(text)
            || place.is_later_picture()
            || captions(place).any(|caption| has_words(caption, text));
        Verdict::remove_if(says_nothing || said)
    }
}

/// Whether a text names an icon, a logo, a portrait in a corner or a button. A single small word is one of them.
fn is_sign(text: &str) -> bool {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let small = words.len() == 1 && !text.starts_with(char::is_uppercase) && text.is_ascii();
    small
        || words.iter().all(|word| SIGNS.contains(word))
        || words.last().is_some_and(|word| KINDS.contains(word))
}

/// The captions that stand directly beside a picture.
fn captions<'a>(place: &Place<'a>) -> impl Iterator<Item = &'a str> {
    let beside = place.before().last().into_iter().chain(place.after().first());
    let caption = |block: &&Block| block.kind == BlockKind::Caption;
    beside.filter(caption).map(|block| block.text.as_str())
}

/// Whether `text` has nearly all words of `other`.
fn has_words(text: &str, other: &str) -> bool {
    let (text, other) = (folded(text), folded(other));
    let own: Vec<&str> = text.split(' ').collect();
    let shared = other.split(' ').filter(|word| own.contains(word)).count();
    shared * 5 >= other.split(' ').count() * 4
}
