//! The lines of a plain text, and the width at which they are wrapped.

use std::ops::Range;

use crate::read::cut::Cut;

/// A line: its range without its end, and whether anything but white space and cuts is on it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    pub(super) blank: bool,
    /// Characters, tabs and all.
    pub(super) width: usize,
}

/// The lines of `range`. `\n`, `\r\n`, `\r` and form feeds end one.
pub(super) fn lines(source: &str, range: Range<usize>, cuts: &[Cut]) -> Vec<Line> {
    let bytes = source.as_bytes();
    let mut lines = Vec::new();
    let mut at = range.start;
    let mut next_cut = 0;
    while at < range.end {
        let line_end = |from: usize| {
            let stop = |b: &u8| matches!(b, b'\n' | b'\r' | b'\x0c');
            bytes[from..range.end].iter().position(stop).map_or(range.end, |n| from + n)
        };
        // A cut may go over several lines: they are one.
        let mut end = line_end(at);
        while let Some(cut) = cuts.get(next_cut).filter(|c| c.range.start < end) {
            if cut.range.end > end {
                end = line_end(cut.range.end.min(range.end));
            }
            next_cut += 1;
        }
        let first = cuts.partition_point(|c| c.range.end <= at);
        let mut blank = true;
        let mut from = at;
        for cut in cuts[first..].iter().take_while(|c| c.range.start < end) {
            blank &= source[from..cut.range.start.max(from)].trim().is_empty();
            from = cut.range.end.min(end).max(from);
        }
        blank &= source[from..end].trim().is_empty();
        // A line with nothing but a cut is as if it were not there.
        let only_cut = blank && cuts.get(first).is_some_and(|c| c.range.start < end);
        if !only_cut {
            lines.push(Line {
                range: at..end,
                blank,
                width: source[at..end].trim_end().chars().count(),
            });
        }
        at = end + usize::from(end < range.end);
        if end < range.end && bytes[end] == b'\r' && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
    }
    lines
}

/// The width at which a text is wrapped, if it is: most lines that another one follows without a
/// blank line are about as long as the longest, and none is much longer.
pub(super) fn wrap_width(lines: &[Line], source: &str) -> Option<usize> {
    let mut followed: Vec<usize> = Vec::new();
    let mut longest = 0;
    let mut prose = 0_usize;
    for pair in lines.windows(2) {
        longest = longest.max(pair[0].width);
        // Verses and tables are set in from the margin, and end where they like.
        let set_in = source[pair[0].range.clone()].starts_with("    ");
        if !pair[0].blank && !pair[1].blank && !set_in {
            followed.push(pair[0].width);
            let goes_on = source[pair[1].range.clone()].trim_start().trim_start_matches(['_', '"']);
            let goes_on = goes_on.chars().next();
            prose += usize::from(goes_on.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()));
        }
    }
    if followed.is_empty() {
        return None;
    }
    followed.sort_unstable();
    let wide = followed[followed.len() * 9 / 10];
    let full = followed.iter().filter(|w| **w * 10 >= wide * 7).count();
    // Sentences that go on in lower case on the next line are what tells wrapping from a list.
    let wrapped = (30..=120).contains(&wide)
        && full * 10 >= followed.len() * 6
        && prose * 4 >= followed.len()
        && longest <= wide * 2;
    wrapped.then_some(wide)
}
