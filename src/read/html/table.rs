//! The cells of a table row -> one row block, where the table holds data.
//!
//! Separate because HTML tables are also used to lay out pages: then their cells hold articles, and
//! must stay the blocks they are.

use super::walker::Found;
use crate::model::{BlockKind, Span, Text};

/// A row of more text than this is layout, in bytes.
const MAX_ROW: usize = 1000;

/// A cell of more text than this is layout, in bytes.
const MAX_CELL: usize = 500;

/// A row being read.
#[derive(Debug)]
pub(super) struct Row {
    /// Index of its element in the stack.
    pub(super) depth: usize,
    /// Whether a table stands inside it.
    pub(super) nested: bool,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Cell {
    /// Its blocks, among those found.
    from: usize,
    to: usize,
    header: bool,
}

impl Row {
    pub(super) fn new(depth: usize) -> Self {
        Self { depth, nested: false, cells: Vec::new() }
    }

    pub(super) fn open_cell(&mut self, from: usize, header: bool) {
        self.cells.push(Cell { from, to: from, header });
    }

    pub(super) fn close_cell(&mut self, to: usize) {
        if let Some(cell) = self.cells.last_mut() {
            cell.to = to;
        }
    }

    /// Makes the blocks of the row one, unless the table is layout.
    pub(super) fn combine(self, found: &mut Vec<Found>, is_data: bool) {
        let Some(first) = self.cells.first().map(|c| c.from) else { return };
        if !is_data && !self.looks_like_data(found) || first >= found.len() {
            return;
        }
        let parts = found.split_off(first);
        let mut images = Vec::new();
        let (mut text, mut cells, mut joints) = (Text::new(), Vec::new(), Vec::new());
        let mut place: Option<Span> = None;
        let mut model = None;
        let mut header = true;
        let mut parts = parts.into_iter().enumerate().map(|(i, f)| (first + i, f)).peekable();
        for (index, cell) in self.cells.iter().enumerate() {
            if index > 0 {
                text.push("\t", Span::new(text.span().end, text.span().end));
            }
            let start = text.len();
            while let Some((_, part)) = parts.next_if(|(i, _)| *i < cell.to) {
                if part.block.kind == BlockKind::Image {
                    images.push(part);
                    continue;
                }
                if text.len() > start {
                    text.push(" ", Span::new(text.span().end, text.span().end));
                }
                header &= cell.header;
                joints.extend(part.joints.iter().map(|j| j + text.len()));
                text.append(&part.block.text);
                place = Some(place.map_or(part.block.span, |s| s.join(part.block.span)));
                model.get_or_insert(part);
            }
            cells.push(start..text.len());
        }
        if let (Some(mut row), Some(span)) = (model, place) {
            row.block.kind = BlockKind::TableRow { header, cells };
            row.block.text = text;
            row.block.span = span;
            row.joints = joints;
            found.push(row);
        }
        found.extend(images);
        found.extend(parts.map(|(_, part)| part));
    }

    fn looks_like_data(&self, found: &[Found]) -> bool {
        if self.nested || self.cells.len() < 2 {
            return false;
        }
        let mut length = 0;
        for cell in &self.cells {
            let mut of_cell = 0;
            for part in &found[cell.from.min(found.len())..cell.to.min(found.len())] {
                match part.block.kind {
                    BlockKind::Image => {}
                    BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Code => {
                        of_cell += part.block.text.len();
                    }
                    _ => return false,
                }
            }
            if of_cell > MAX_CELL {
                return false;
            }
            length += of_cell;
        }
        length <= MAX_ROW
    }
}
