//! What the page does not show, or marks as not to be read.

use super::{CleanRule, Place, Verdict};

/// What an author marks for listeners: it goes, however much it is.
const SKIPS: &[&str] = &["data-rv-skip", "data-aloud-skip"];
/// Marks, by attribute or by the class names that content systems use for them, of what is never shown.
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
/// Marks of what is not shown now.
const NOT_SHOWN: &[&str] = &["hidden", "aria-hidden", "d-none"];
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

/// `hidden`.
pub(super) struct Hidden;

impl CleanRule for Hidden {
    fn name(&self) -> &'static str {
        "hidden"
    }

    fn apply(&self, place: &Place<'_>) -> Verdict {
        let not_shown = || place.inside(NOT_SHOWN) && !place.has_words(FOLDED);
        Verdict::remove_if(place.marked(SKIPS) || place.inside(NEVER_SHOWN) || not_shown())
    }
}
