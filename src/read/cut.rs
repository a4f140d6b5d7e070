//! Places in a source that are not text although they stand among it: shortcodes, template tags,
//! attribute lists.
//!
//! They are found in the source before anything is parsed, because a Markdown or HTML parser would
//! take them apart. A reader skips them and puts them on record under their rule.

use std::ops::Range;

/// A byte range of the source that a reader skips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// The rule under which it is on record; `None` for bytes that hold no word.
    pub(crate) rule: Option<&'static str>,
    /// What it means for the text around it.
    pub(crate) action: Action,
}

/// What a cut does beside vanishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Nothing.
    None,
    /// A caption begins (`[caption]`).
    OpenCaption,
    /// A caption ends.
    CloseCaption,
    /// A quotation that repeats the text begins (`[pullquote]`).
    OpenPullQuote,
    /// It ends.
    ClosePullQuote,
    /// Text that a post marks for listening begins (`[responsivevoice]`).
    OpenEnclosed,
    /// Text marked for listening ends.
    CloseEnclosed,
    /// A sample of code between template tags: a block of its own, its text this byte range.
    Code(usize, usize),
}

impl Cut {
    /// A cut without further meaning.
    pub(crate) fn new(range: Range<usize>, rule: &'static str) -> Self {
        Self { range, rule: Some(rule), action: Action::None }
    }

    /// The same cut with a meaning.
    pub(crate) fn with(mut self, action: Action) -> Self {
        self.action = action;
        self
    }
}

/// Brings cuts from several finders into order; where two overlap, the one that starts first stays
/// (the longer one, if they start together).
pub(crate) fn in_order(mut cuts: Vec<Cut>) -> Vec<Cut> {
    cuts.sort_by_key(|c| (c.range.start, std::cmp::Reverse(c.range.end)));
    let mut end = 0;
    cuts.retain(|cut| {
        let free = cut.range.start >= end;
        if free {
            end = cut.range.end;
        }
        free
    });
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_cuts_are_dropped() {
        let cuts = vec![
            Cut::new(5..9, "b"),
            Cut::new(0..6, "a"),
            Cut::new(0..2, "c"),
            Cut::new(6..8, "d"),
        ];
        let ranges: Vec<_> = in_order(cuts).into_iter().map(|c| c.range).collect();
        assert_eq!(ranges, [0..6, 6..8]);
    }
}
