//! What the next lines of a plain text are: a heading, items, a quotation, a paragraph.

use super::Reading;
use super::lines::Line;
use super::signs::{byline, is_numbered_part, is_shouted, is_subhead, is_title, lettered, marker};
use crate::model::BlockKind;
use crate::read::gutenberg::{self, Bracketed};

impl Reading<'_> {
    /// A picture's caption or a note, in brackets.
    pub(super) fn bracketed(&mut self, lines: &[Line]) -> bool {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        let whole = first.range.start..last.range.end;
        let Some(found) = gutenberg::bracketed(&self.source[whole.clone()]) else { return false };
        let (kind, inner, rule) = match found {
            Bracketed::Illustration(inner) => (BlockKind::Caption, inner, "illustration-mark"),
            Bracketed::Note(inner) => (BlockKind::Note, inner, "note-label"),
        };
        let inner = whole.start + inner.start..whole.start + inner.end;
        self.record(rule, whole.start..inner.start);
        let mut lines: Vec<Line> = lines.to_vec();
        lines.retain(|l| l.range.end > inner.start && l.range.start < inner.end);
        for line in &mut lines {
            line.range = line.range.start.max(inner.start)..line.range.end.min(inner.end);
        }
        if !lines.is_empty() {
            self.block(&kind, &lines);
        }
        true
    }

    /// A table of contents, and the heading above it.
    pub(super) fn contents(&mut self, lines: &[Line]) -> bool {
        const RULE: &str = "table-of-contents";
        let all = lines.iter().all(|l| gutenberg::is_contents(&self.source[l.range.clone()]));
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
        if !all {
            return false;
        }
        let heading = self.found.last().is_some_and(|f| {
            let text = f.block.text.as_str().trim_end_matches(['.', ':']).to_lowercase();
            matches!(text.as_str(), "contents" | "table of contents")
        });
        if heading && let Some(heading) = self.found.pop() {
            self.record(RULE, heading.block.span.range());
        }
        self.record(RULE, first.range.start..last.range.end);
        true
    }

    /// A title, byline or heading at the start of `lines`.
    pub(super) fn heading(
        &mut self,
        lines: &[Line],
        position: usize,
        next: Option<&[Line]>,
        of: usize,
    ) -> Option<usize> {
        let line = lines.first()?;
        let text = self.plain(line);
        let text = text.trim();
        // An underlined heading.
        if let Some(under) = lines.get(1) {
            let marks = self.source[under.range.clone()].trim();
            let one = marks.chars().next().filter(|c| matches!(c, '=' | '-' | '~'));
            let rule = one.is_some_and(|c| marks.len() >= 3 && marks.chars().all(|m| m == c));
            if rule && !text.is_empty() && line.width <= 100 && marks.len() + 8 >= text.len() {
                let first = self.found.is_empty();
                let kind = match marks.as_bytes()[0] {
                    b'=' if first => BlockKind::Title,
                    b'=' => BlockKind::Heading(1),
                    _ => BlockKind::Heading(2),
                };
                self.block(&kind, &lines[..1]);
                return Some(2);
            }
        }
        if lines.len() == 1 && of == 1 || position == 0 && self.wrap.is_none() && lines.len() == 1 {
            if self.found.is_empty() && next.is_some() && !self.titled && is_title(text) {
                self.block(&BlockKind::Title, &lines[..1]);
                return Some(1);
            }
            if is_shouted(text) || is_numbered_part(text) {
                self.block(&BlockKind::Heading(2), &lines[..1]);
                return Some(1);
            }
            let after = next.map(|n| n.iter().map(|l| l.width).sum::<usize>());
            let before = self.found.last().map(|f| (&f.block.kind, f.block.text.len()));
            let between =
                matches!(before, Some((BlockKind::Paragraph | BlockKind::Quote, n)) if n > 100);
            if between && after.is_some_and(|n| n > 100) && is_subhead(text) {
                self.block(&BlockKind::Heading(2), &lines[..1]);
                return Some(1);
            }
        }
        if self.found.len() <= 4
            && !self.found.iter().any(|f| f.block.kind == BlockKind::Byline)
            && let Some(name) = byline(text)
        {
            self.meta.byline.get_or_insert_with(|| name.to_owned());
            self.block(&BlockKind::Byline, &lines[..1]);
            return Some(1);
        }
        None
    }

    /// An item that begins with "a)" or "(a)", if the item after or before it goes on. The letter is said, since text may
    /// refer to it.
    fn lettered_item(&mut self, lines: &[Line]) -> Option<usize> {
        let letter = lettered(&self.source[lines[0].range.clone()])?;
        let ends = |l: &Line| lettered(&self.source[l.range.clone()]).is_some();
        let used = match self.wrap {
            Some(_) => 1 + lines[1..].iter().take_while(|l| !ends(l)).count(),
            None => 1,
        };
        let next = |a: u8, b: u8| a + 1 == b;
        let after = lines.get(used).and_then(|l| lettered(&self.source[l.range.clone()]));
        let before =
            self.found.last().filter(|f| matches!(f.block.kind, BlockKind::ListItem { .. }));
        let before = before.and_then(|f| lettered(f.block.text.as_str()));
        if !after.is_some_and(|n| next(letter, n)) && !before.is_some_and(|b| next(b, letter)) {
            return None;
        }
        self.block(&BlockKind::ListItem { number: None, depth: 0 }, &lines[..used]);
        Some(used)
    }

    /// A list item at the start of `lines`, with the lines that go on with it.
    pub(super) fn item(&mut self, lines: &[Line]) -> Option<usize> {
        if let Some(used) = self.lettered_item(lines) {
            return Some(used);
        }
        let marker = marker(&self.source[lines[0].range.clone()])?;
        let next_number = marker.number.map(|n| n + 1);
        let mut used = 1;
        let mut goes_on = false;
        while let Some(line) = lines.get(used) {
            let text = &self.source[line.range.clone()];
            if let Some(other) = self::marker(text) {
                goes_on = other.number.is_some() && other.number == next_number;
                break;
            }
            let indented = text.starts_with([' ', '\t']);
            if self.wrap.is_none() && !indented {
                break;
            }
            used += 1;
        }
        // A number alone may begin a sentence ("12. Mai ..."); two in a row begin items.
        if let Some(number) = marker.number {
            let before = self.found.last().is_some_and(|f| {
                matches!(f.block.kind, BlockKind::ListItem { number: Some(n), .. } if n + 1 == number)
            });
            if !goes_on && !before {
                return None;
            }
        }
        let start = lines[0].range.start;
        self.record("list-marker", start..start + marker.length);
        let mut first = lines[0].clone();
        first.range.start = start + marker.length;
        let kind = BlockKind::ListItem { number: marker.number, depth: 0 };
        let mut item = vec![first];
        item.extend_from_slice(&lines[1..used]);
        self.block(&kind, &item);
        Some(used)
    }

    /// Lines that begin with `>`.
    pub(super) fn quoted(&mut self, lines: &[Line]) -> Option<usize> {
        let quoted = |l: &Line| self.source[l.range.clone()].trim_start().starts_with('>');
        let used = lines.iter().take_while(|l| quoted(l)).count();
        if used == 0 {
            return None;
        }
        let mut parts = Vec::new();
        let mut paragraphs = Vec::new();
        for line in &lines[..used] {
            let text = &self.source[line.range.clone()];
            let inner = text.trim_start_matches(['>', ' ', '\t']);
            let mut line = line.clone();
            line.range.start += text.len() - inner.len();
            if inner.is_empty() {
                paragraphs.push(std::mem::take(&mut parts));
            } else {
                parts.push(line);
            }
        }
        paragraphs.push(parts);
        for part in paragraphs.iter().filter(|p| !p.is_empty()) {
            self.block(&BlockKind::Quote, part);
        }
        Some(used)
    }

    /// A chunk set in from the margin of a wrapped text is a quotation.
    pub(super) fn quotation(&mut self, lines: &[Line]) -> bool {
        let set_in = lines.len() > 1
            && lines.iter().all(|l| {
                let text = &self.source[l.range.clone()];
                text.starts_with("    ") || text.starts_with('\t')
            });
        if set_in && marker(&self.source[lines[0].range.clone()]).is_none() {
            self.block(&BlockKind::Quote, lines);
            return true;
        }
        false
    }

    /// A paragraph: one line, or in a wrapped text all lines up to something else.
    pub(super) fn paragraph(&mut self, lines: &[Line], chunk: usize) -> usize {
        let mut used = 1;
        if self.wrap.is_some() {
            while let Some(line) = lines.get(used) {
                let text = &self.source[line.range.clone()];
                let bullet = marker(text).is_some_and(|m| m.number.is_none());
                let top = chunk < 4 && byline(self.plain(line).trim()).is_some();
                if bullet || top || text.trim_start().starts_with('>') {
                    break;
                }
                used += 1;
            }
        }
        self.block(&BlockKind::Paragraph, &lines[..used]);
        used
    }
}
