//! What the page does not show, or marks as not to be read.

use super::{CleanRule, Place, Verdict};

/// What an author marks for listeners: it goes, however much it is.
const SKIPS: &[&str] = &["data-rv-skip", "data-aloud-skip"];
/// Marks by attribute or by the class names that content systems use for them.
const MARKS: &[&str] = &[
    "hidden",
    "aria-hidden",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "print-only",
    "only-print",
    "noprint",
    "no-audio",
    "d-none",
    "skip-audio",
    "a11y-hidden",
];

/// Words in the names of elements that show their text when a reader asks for it.
const FOLDED: &[&str] = &[
    "accordion",
    "accordions",
    "collapse",
    "collapsible",
    "faq",
    "faqs",
    "tabpanel",
    "acceptedanswer",
];

/// Of [`MARKS`], those of what is not shown then either.
const NEVER_SHOWN: &[&str] = &[
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "print-only",
    "only-print",
    "noprint",
    "no-audio",
    "skip-audio",
    "a11y-hidden",
];

/// `hidden`.
pub(super) struct Hidden;

impl CleanRule for Hidden {
    fn name(&self) -> &'static str {
        "hidden"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let folded_up = place.has_words(FOLDED) && !place.inside(NEVER_SHOWN);
        Verdict::remove_if(place.marked(SKIPS) || place.inside(MARKS) && !folded_up)
    }
}
