//! A source text with the markup for content systems blanked out, byte for byte.

use std::sync::Arc;

use crate::model::Span;

/// Stands for a masked byte inside a line. No text has it, and no parser gives it a meaning; spaces could
/// become an indented code block, or end a word of emphasis.
pub(super) const FILLER: char = '\u{1f}';

/// A text of the same length as the source, with fillers where markup was.
#[derive(Debug, Clone)]
pub(super) struct Masked {
    source: Arc<str>,
    text: String,
    masked: Vec<Span>,
}

impl Masked {
    pub(super) fn new(source: &Arc<str>) -> Self {
        Self { source: Arc::clone(source), text: source.to_string(), masked: Vec::new() }
    }

    /// The masked text: as long as the source, offset for offset.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What is masked, in the order of masking.
    pub(super) fn spans(&self) -> &[Span] {
        &self.masked
    }

    /// Masks `span` inside an address or a tag, where only what could stand there may stand.
    pub(super) fn mask_target(&mut self, span: Span) {
        // Zero-width spaces of three bytes and soft hyphens of two: any address may have them, and should
        // the parser not take it for one, they say nothing.
        let hyphens = match span.len() % 3 {
            0 => 0,
            1 if span.len() > 1 => 2,
            rest => rest - 1,
        };
        let spaces = (span.len() - 2 * hyphens) / 3;
        let mut unseen = "\u{ad}".repeat(hyphens) + &"\u{200b}".repeat(spaces);
        unseen.extend(std::iter::repeat_n(FILLER, span.len() - unseen.len()));
        self.text.replace_range(span.range(), &unseen);
        self.masked.push(span);
    }

    /// Masks `spans`, which must be in order, on character boundaries, and apart. Line ends stay; a line
    /// with nothing else left becomes blank, unless it goes on with a line of HTML.
    pub(super) fn mask(&mut self, spans: &[Span]) {
        if spans.is_empty() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        for span in spans {
            for byte in &mut bytes[span.range()] {
                if !matches!(*byte, b'\n' | b'\r') {
                    *byte = FILLER as u8;
                }
            }
        }
        for span in spans {
            blank_lines(&mut bytes, *span);
        }
        self.text = String::from_utf8(bytes).expect("whole characters became ASCII");
        self.masked.extend_from_slice(spans);
    }

    /// The source itself.
    pub(super) fn source(&self) -> &Arc<str> {
        &self.source
    }
}

/// Turns the lines of `span` that hold nothing but fillers and white space into spaces.
fn blank_lines(bytes: &mut [u8], span: Span) {
    let before = bytes[..span.start].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let after = bytes[span.end..].iter().position(|b| *b == b'\n');
    let end = after.map_or(bytes.len(), |at| span.end + at);
    // A blank line would end a block of HTML in Markdown.
    let above = &bytes[..before.saturating_sub(1)];
    let line = above.iter().rposition(|b| *b == b'\n').map_or(above, |at| &above[at + 1..]);
    let after_html = line.trim_ascii_start().starts_with(b"<");
    let mut start = before;
    while start < end {
        let length = bytes[start..end].iter().position(|b| *b == b'\n').unwrap_or(end - start);
        let line = &mut bytes[start..start + length];
        let bare = line.iter().all(|b| *b == FILLER as u8 || b.is_ascii_whitespace());
        if bare && !after_html {
            for byte in line.iter_mut().filter(|b| **b == FILLER as u8) {
                *byte = b' ';
            }
        }
        start += length + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stay_and_lone_lines_become_blank() {
        let mut masked = Masked::new(&Arc::from("a [x] b\n[y]\n  [z]  \nc"));
        masked.mask(&[Span::new(2, 5), Span::new(8, 11), Span::new(14, 17)]);
        assert_eq!(masked.text(), "a \u{1f}\u{1f}\u{1f} b\n   \n       \nc");
        assert_eq!(masked.text().len(), masked.source().len());
        let mut masked = Masked::new(&Arc::from("<figure>\n[x]\n\t<p>y"));
        masked.mask(&[Span::new(9, 12)]);
        assert_eq!(masked.text(), "<figure>\n\u{1f}\u{1f}\u{1f}\n\t<p>y");
    }
}
