//! DOCX: the parts of a document as one text.
//!
//! What people see of a document is spread over parts of an archive: text, notes, styles, numbering. The
//! reader gets all of them, one after the other, as they are; so the proof that no word was dropped is
//! made on the very XML that the word processor wrote.

use std::collections::BTreeMap;

use super::{
    archive::{self, Archive},
    xml,
};
use crate::{
    model::{Format, LineIndex, Source, SourceText},
    read::{ReadError, decode},
};

/// The text of a document: its parts, those that others are read by first.
///
/// # Errors
/// When it is damaged or protected.
pub(super) fn text(source: &Source) -> Result<SourceText, ReadError> {
    let mut archive = Archive::open(source, "a DOCX")?;
    let main = main_part(&mut archive)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let beside = |name: &str| {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    };
    let parts = [
        "docProps/core.xml".to_owned(),
        beside("styles.xml"),
        beside("numbering.xml"),
        beside(&format!("_rels/{file}.rels")),
        main.clone(),
        beside("footnotes.xml"),
        beside("endnotes.xml"),
    ];
    let mut whole = String::new();
    for part in parts {
        match archive.text(&part)? {
            Some(text) => {
                // A part that breaks off would run on into the next.
                xml::parse(&text, &BTreeMap::new())
                    .map_err(|reason| archive.damaged(format!("{part}: {reason}")))?;
                whole.push_str(&text);
                whole.push('\n');
            }
            None if part == main => return Err(archive.damaged(format!("{part} is missing"))),
            None => {}
        }
    }
    let bytes = super::slice_all(source)?;
    let mut text = SourceText::new(whole, Format::Docx, decode::sha256(&bytes));
    text.lines = paragraphs(&text.text);
    Ok(text)
}

/// The name of the part with the text.
fn main_part(archive: &mut Archive) -> Result<String, ReadError> {
    let relations = archive.read("_rels/.rels")?.map(|bytes| archive::text(&bytes));
    let root = relations.and_then(|text| xml::parse(&text, &BTreeMap::new()).ok());
    let target = root.iter().flat_map(|r| &r.children).find_map(|relation| {
        let kind = relation.attribute("Type")?;
        kind.ends_with("/officeDocument").then(|| relation.attribute("Target"))?
    });
    let target = target.map(|t| t.trim_start_matches('/').to_owned());
    Ok(target.filter(|t| archive.has(t)).unwrap_or_else(|| "word/document.xml".to_owned()))
}

/// A document has no lines; its paragraphs are counted instead.
fn paragraphs(text: &str) -> LineIndex {
    let mut lines = vec![(0, 1)];
    let mut number = 0;
    for (at, _) in text.match_indices(":p") {
        let before = &text.as_bytes()[..at];
        let prefix = before.iter().rev().take(16).take_while(|b| b.is_ascii_alphanumeric()).count();
        let open = at - prefix;
        let begins = before[..open].ends_with(b"<");
        if begins && matches!(text.as_bytes().get(at + 2), Some(b'>' | b' ' | b'/')) {
            number += 1;
            lines.push((open - 1, number));
        }
    }
    LineIndex::mapped(&lines)
}
