//! Places in a source text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range of a decoded source text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`; an inverted one becomes empty at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Line numbers of byte offsets: built once per source, looked up in logarithmic time.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// Byte offset of the first byte of each line.
    starts: Vec<usize>,
    /// Number of each line, where they do not count from 1 without a gap.
    numbers: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`. A line ends at `\n`, so `\r\n` counts once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { starts: std::iter::once(0).chain(ends).collect(), numbers: Vec::new() }
    }

    /// The lines of a text that was taken out of a file: from each of these offsets (in order) on, this
    /// line of the file, until the next.
    #[must_use]
    pub fn mapped(lines: &[(usize, u32)]) -> Self {
        let starts = lines.iter().map(|(start, _)| *start).collect();
        Self { starts, numbers: lines.iter().map(|(_, number)| *number).collect() }
    }

    /// The line of `offset`, from 1, as an editor counts.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let index = self.starts.partition_point(|s| *s <= offset);
        if self.numbers.is_empty() {
            return u32::try_from(index.max(1)).unwrap_or(u32::MAX);
        }
        self.numbers.get(index.saturating_sub(1)).copied().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one() {
        let index = LineIndex::new("a\r\nbc\n\nd");
        let lines: Vec<u32> = [0, 1, 2, 3, 5, 6, 7, 99].iter().map(|o| index.line(*o)).collect();
        assert_eq!(lines, [1, 1, 1, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn lines_of_a_part_are_those_of_the_file() {
        let index = LineIndex::mapped(&[(0, 7), (4, 8), (4, 9)]);
        let lines: Vec<u32> = [0, 3, 4, 99].iter().map(|o| index.line(*o)).collect();
        assert_eq!(lines, [7, 7, 9, 9]);
        assert_eq!(LineIndex::mapped(&[]).line(5), 1);
    }
}
