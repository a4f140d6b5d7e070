//! What can be set about segments.

use serde::Deserialize;

use crate::model::BlockKind;

/// Pauses and choices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SegmentOptions {
    /// Silences.
    pub pauses: Pauses,
    /// Captions of pictures.
    pub captions: SpeakChoice,
    /// Code samples.
    pub code: CodeChoice,
    /// Tables.
    pub tables: TableChoice,
    /// Alternative texts of pictures.
    pub images: SpeakChoice,
    /// The line that names the authors.
    pub byline: SpeakChoice,
    /// Footnotes.
    pub notes: SpeakChoice,
}

/// Silences, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pauses {
    /// After the title.
    pub title_ms: u32,
    /// After the byline.
    pub byline_ms: u32,
    /// After a heading.
    pub heading_ms: u32,
    /// After a paragraph, quotation, code sample or note.
    pub paragraph_ms: u32,
    /// After a list item.
    pub list_item_ms: u32,
    /// After a caption or a picture's description.
    pub caption_ms: u32,
    /// After a row of a table.
    pub row_ms: u32,
    /// After a sentence inside any of them.
    pub sentence_ms: u32,
}

impl Default for Pauses {
    fn default() -> Self {
        Self {
            title_ms: 1000,
            byline_ms: 700,
            heading_ms: 700,
            paragraph_ms: 550,
            list_item_ms: 350,
            caption_ms: 450,
            row_ms: 350,
            sentence_ms: 280,
        }
    }
}

impl Pauses {
    /// The pause after a whole block.
    #[must_use]
    pub fn after(&self, kind: &BlockKind) -> u32 {
        match kind {
            BlockKind::Title => self.title_ms,
            BlockKind::Byline => self.byline_ms,
            BlockKind::Heading(_) => self.heading_ms,
            BlockKind::ListItem { .. } => self.list_item_ms,
            BlockKind::Caption | BlockKind::Image => self.caption_ms,
            BlockKind::TableRow { .. } => self.row_ms,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Code | BlockKind::Note => {
                self.paragraph_ms
            }
        }
    }
}

/// Spoken or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakChoice {
    /// Spoken in its place.
    #[default]
    Speak,
    /// Left out, and on record.
    Skip,
}

/// What to do with code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeChoice {
    /// Say that a sample is skipped.
    #[default]
    Announce,
    /// Read it.
    Read,
    /// Leave it out.
    Skip,
}

/// What to do with tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TableChoice {
    /// Row by row.
    #[default]
    Read,
    /// Say that a table is skipped.
    Announce,
    /// Leave it out.
    Skip,
}
