//! What is no text, hidden from the parser under filler of the same length.

use std::ops::Range;

use crate::read::cut::{Action, Cut};
use crate::read::shortcode;

/// Marks of quotations and list items at the start of a line beyond this are hidden from the parser.
const MAX_MARKERS: usize = 32;

/// Columns of indentation beyond which a line is not taken literally.
const MAX_INDENT: usize = 256;

/// What a cut on a line of its own looks like to the parser: a comment.
const COMMENT: (&[u8], &[u8]) = (b"<!--", b"-->");

/// What stands for the sign of an admonition before its title.
const HEADING: &[u8] = b"####";

/// The source with front matter and cuts filled so that the parser takes them for nothing: a comment
/// where they have a line of their own (a blank line would end an HTML block), a word elsewhere.
pub(super) fn mask(
    source: &str,
    text_start: usize,
    cuts: &[Cut],
    indents: &[Range<usize>],
    titles: &[Range<usize>],
) -> String {
    let mut bytes = source.as_bytes().to_vec();
    fill(&mut bytes[..text_start], b' ');
    // What is indented below an admonition is set apart as a quotation is, and no code.
    for indent in indents {
        bytes[indent.start] = b'>';
    }
    let mut index = 0;
    while index < cuts.len() {
        // Cuts that follow one another on a line count as one.
        let first = index;
        let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r');
        while cuts.get(index + 1).is_some_and(|next| {
            source.as_bytes()[cuts[index].range.end..next.range.start].iter().all(blank)
        }) {
            index += 1;
        }
        let group = &cuts[first..=index];
        let range = group[0].range.start..cuts[index].range.end;
        let lone = group.iter().all(|c| c.action == Action::None)
            && shortcode::is_alone(source.as_bytes(), range.clone());
        // Attribute lists belong to the block above, and must not begin a new one.
        let lists = group.iter().all(|c| c.rule == Some("attribute-list"));
        if lone && (lists || range.len() < COMMENT.0.len() + COMMENT.1.len()) {
            fill(&mut bytes[range], b' ');
        } else if lone {
            fill(&mut bytes[range.clone()], b' ');
            bytes[range.start..range.start + COMMENT.0.len()].copy_from_slice(COMMENT.0);
            bytes[range.end - COMMENT.1.len()..range.end].copy_from_slice(COMMENT.1);
        } else {
            for cut in group {
                bytes[cut.range.clone()].fill(b'x');
            }
        }
        index += 1;
    }
    // The title of an admonition is a heading: as many bytes as a heading's sign and its space need come
    // before it.
    for title in titles.iter().filter(|t| t.len() > HEADING.len()) {
        fill(&mut bytes[title.clone()], b' ');
        bytes[title.start..title.start + HEADING.len()].copy_from_slice(HEADING);
    }
    limit_indents(&mut bytes);
    // Fillers replace whole tags, which begin and end at ASCII characters.
    String::from_utf8(bytes).unwrap_or_else(|_| source.to_owned())
}

/// Overwrites everything but line ends.
fn fill(bytes: &mut [u8], filler: u8) {
    for byte in bytes.iter_mut().filter(|b| !matches!(b, b'\n' | b'\r')) {
        *byte = filler;
    }
}

/// Marks of quotations and lists that nest a line deeper than any author means. What stands behind them is text of
/// the innermost block.
pub(super) fn nesting(source: &str) -> Vec<Cut> {
    let bytes = source.as_bytes();
    let mut cuts = Vec::new();
    let mut line = 0;
    while line < bytes.len() {
        let (mut at, mut markers, mut excess) = (line, 0, None);
        loop {
            at += bytes[at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            let Some(length) = marker_length(&bytes[at..], markers > 0) else { break };
            markers += 1;
            if markers > MAX_MARKERS {
                excess.get_or_insert(at);
            }
            at += length;
        }
        if let Some(start) = excess {
            cuts.push(Cut::new(start..at, "nesting"));
        }
        line = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n + 1);
    }
    cuts
}

/// The length of the mark of a quotation or list item at the start of `line`. A number counts inside of another
/// mark only: many lines begin with one.
fn marker_length(line: &[u8], nested: bool) -> Option<usize> {
    let ends = |at: usize| line.get(at).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    match line.first()? {
        b'>' => Some(1),
        b'-' | b'*' | b'+' if ends(1) => Some(1),
        b'0'..=b'9' if nested => {
            let digits = line.iter().take(9).take_while(|b| b.is_ascii_digit()).count();
            let marked = matches!(line.get(digits), Some(b'.' | b')')) && ends(digits + 1);
            marked.then_some(digits + 1)
        }
        _ => None,
    }
}

/// Makes the tabs of an indentation without reason spaces, each of which the parser would take for four.
fn limit_indents(bytes: &mut [u8]) {
    for line in bytes.split_mut(|b| *b == b'\n') {
        let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
        for byte in line[..blanks].iter_mut().skip(MAX_INDENT).filter(|b| **b == b'\t') {
            *byte = b' ';
        }
    }
}
