//! What the page does not show, or marks as not to be read.

use super::{CleanRule, Place, Verdict};
use crate::model::BlockKind;

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
/// What names that themes have made for the same end with.
const OWN: &[&str] =
    &["-screen-reader-text", "-screen-reader-only", "-sr-only", "-visually-hidden"];
/// The longest label for those who do not see a page, in words.
const LABEL: usize = 8;
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
        // A theme's own name for the same. What is as long as a table of data is meant for those who listen.
        let short = place.words() <= LABEL && place.block().kind == BlockKind::Paragraph;
        let own = || {
            let context = &place.block().context;
            context.iter().any(|name| OWN.iter().any(|end| name.ends_with(end)))
        };
        let not_shown = || place.inside(NOT_SHOWN) && !place.has_words(FOLDED);
        let never_shown = place.inside(NEVER_SHOWN) || short && own();
        Verdict::remove_if(place.marked(SKIPS) || never_shown || not_shown())
    }
}
