//! The open elements: what a start tag opens and closes, what an end tag does.

use std::borrow::Cow;

use super::{Chosen, Walker};
use crate::model::{MarkKind, Span};
use crate::read::html::element::{Facts, Hint};
use crate::read::html::table::Row;
use crate::read::html::tree;

#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: Cow<'static, str>,
    pub(super) is_block: bool,
    /// Length of the context before it.
    pub(super) context: usize,
    pub(super) hint: Option<Hint>,
    pub(super) language: Option<String>,
    pub(super) marks: Vec<MarkKind>,
    /// Offset in the current block at which its marks begin.
    pub(super) from: usize,
    /// Number of the next item of an ordered list, or of this item.
    pub(super) number: Option<u64>,
    /// Whether a list item has had its first block.
    pub(super) used: bool,
    pub(super) author: bool,
    /// Its number in the tree; of an inline element, that of the block element around it.
    pub(super) node: u32,
    pub(super) chosen: Chosen,
}

impl Element {
    /// Where a link leads.
    pub(super) fn target(&self) -> Option<&str> {
        self.marks.iter().find_map(|mark| match mark {
            MarkKind::Link(target) => Some(target.as_str()),
            _ => None,
        })
    }
}

impl Walker<'_> {
    /// What a start tag means for the elements around it, beside being one.
    pub(super) fn enter(&mut self, name: &str, facts: &Facts, at: Span) {
        match name {
            "a" => {
                // Two links side by side are two things, though nothing stands between them; but editors cut a link
                // in two in the middle of a word, and then both lead to the same place.
                if let Some(current) = &mut self.current
                    && let Some((end, target)) = &self.after_link
                    && *end == current.fold.len()
                    && (target.is_none() || *target != facts.href)
                {
                    current.fold.space(Span::new(at.start, at.start));
                }
            }
            "table" => {
                if let Some(row) = self.rows.last_mut() {
                    row.nested = true;
                }
            }
            "tr" => self.rows.push(Row::new(self.stack.len())),
            "td" | "th" => {
                let from = self.found.len();
                let header = name == "th" || self.inside("thead");
                if let Some(row) = self.rows.last_mut() {
                    row.open_cell(from, header);
                }
            }
            _ => {}
        }
    }

    pub(super) fn push(&mut self, name: String, facts: Facts, is_block: bool, chosen: Chosen) {
        let hint = facts.hint(&name);
        let mut marks: Vec<MarkKind> = facts.mark(&name).into_iter().collect();
        let from = self.current.as_ref().map_or(0, |c| c.fold.len());
        // The number of a note is a word of its own.
        if marks == [MarkKind::NoteReference]
            && let Some(current) = &mut self.current
        {
            let at = current.fold.end();
            current.fold.space(Span::new(at, at));
        }
        let verbatim = self.current.as_ref().is_some_and(|c| c.fold.is_verbatim());
        if !is_block && !verbatim {
            marks.extend(facts.language.clone().map(MarkKind::Language));
            if !facts.names.is_empty() {
                marks.push(MarkKind::Context(facts.names.clone()));
            }
        }
        let mut node = self.node_here();
        if is_block {
            node = self.tree.add(node, tree::part(&name, &facts), &name);
        }
        let context = self.context.len();
        self.context.push(name.clone());
        self.context.extend(facts.names);
        let number = match name.as_str() {
            "ol" => Some(facts.number.unwrap_or(1)),
            "li" => self.next_number(facts.number),
            _ => None,
        };
        self.stack.push(Element {
            name: Cow::Owned(name),
            is_block,
            context,
            hint,
            language: facts.language,
            marks,
            from,
            number,
            used: false,
            author: facts.author,
            node,
            chosen,
        });
    }

    /// The number of the list item that begins here; `given` is its own `value`.
    pub(super) fn next_number(&mut self, given: Option<u64>) -> Option<u64> {
        let list = self.stack.iter_mut().rev().find(|e| is_list(&e.name))?;
        let number = given.or(list.number)?;
        list.number = list.number.map(|_| number.saturating_add(1));
        list.number.map(|_| number)
    }

    /// Closes what a start tag of this name closes without an end tag.
    pub(super) fn close_implied(&mut self, name: &str) {
        let find = |ends: &[&str], walls: &[&str]| {
            let mut found = None;
            for (index, element) in self.stack.iter().enumerate().rev() {
                if ends.contains(&element.name.as_ref()) {
                    found = Some(index);
                    break;
                }
                if walls.contains(&element.name.as_ref()) {
                    break;
                }
            }
            found
        };
        let cell = ["td", "th", "caption", "table", "button", "template"];
        let index = match name {
            "li" => find(&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"]),
            "dt" | "dd" => find(&["dt", "dd"], &["dl", "td", "th", "table"]),
            "option" | "optgroup" => find(&["option"], &["select", "datalist"]),
            "td" | "th" => find(&["td", "th"], &["tr", "table"]),
            "tr" => find(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => find(&["tbody", "thead", "tfoot"], &["table"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let is_heading = |e: &Element| matches!(e.hint, Some(Hint::Heading(_)));
                let top = self.stack.last().is_some_and(is_heading);
                if top { Some(self.stack.len() - 1) } else { find(&["p"], &cell) }
            }
            "body" | "html" | "head" | "col" | "colgroup" | "title" | "textarea" | "select"
            | "button" | "iframe" | "noscript" | "caption" => None,
            _ => find(&["p"], &cell),
        };
        if let Some(index) = index {
            self.pop_to(index);
        }
        if matches!(name, "li" | "dt" | "dd")
            && let Some(index) = self.stack.iter().rposition(|e| e.name == "p" || is_list(&e.name))
            && self.stack[index].name == "p"
        {
            self.pop_to(index);
        }
    }

    /// `</b>` across a block: the block stays open, the markup ends.
    pub(super) fn end_marks_of(&mut self, name: &str, below: usize) {
        let open = self.stack[..below].iter_mut().rev().find(|e| !e.is_block && e.name == name);
        if let Some(element) = open {
            let marks = std::mem::take(&mut element.marks);
            let from = element.from;
            if let Some(current) = &mut self.current {
                let end = current.fold.len();
                for mark in marks {
                    current.fold.mark(from..end, mark);
                }
            }
        }
    }

    /// Closes all elements from `index` of the stack on.
    pub(super) fn pop_to(&mut self, index: usize) {
        while self.stack.len() > index {
            let skipped = self.skipping.as_ref().is_some_and(|s| s.depth + 1 < self.stack.len());
            let is_block = self.stack.last().is_some_and(|e| e.is_block);
            if is_block && !skipped && self.skipping.is_none() {
                self.flush();
            }
            let Some(element) = self.stack.pop() else { break };
            self.context.truncate(element.context);
            if skipped {
                continue;
            }
            if self.skipping.as_ref().is_some_and(|s| s.depth == self.stack.len()) {
                self.end_skipping();
                continue;
            }
            if let Some(current) = &mut self.current {
                let end = current.fold.len();
                for mark in element.marks {
                    current.fold.mark(element.from..end, mark);
                }
            }
            match element.name.as_ref() {
                "td" | "th" => {
                    let to = self.found.len();
                    if let Some(row) = self.rows.last_mut() {
                        row.close_cell(to);
                    }
                }
                "tr" => {
                    if self.rows.last().is_some_and(|r| r.depth == self.stack.len())
                        && let Some(row) = self.rows.pop()
                    {
                        row.combine(&mut self.found, self.habits.tables_are_data);
                    }
                }
                _ => {}
            }
        }
    }
}

pub(super) fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "menu" | "dir")
}

/// Elements out of which an end tag does not reach.
pub(super) fn is_wall(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "table" | "template" | "html")
}

pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html")
}
