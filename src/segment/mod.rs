//! Splits a cleaned article into segments: one sentence each, with its role and the pause after it.
//!
//! What to announce or skip (code, tables, captions) is chosen here, after cleaning, so that the cleaned
//! text stays the article as written. A choice that leaves words out is on record like any rule.

mod options;
mod other_languages;
mod pieces;
mod sentences;

pub use options::{CodeChoice, Pauses, SegmentOptions, SpeakChoice, TableChoice};
pub use sentences::sentences;

use std::ops::Range;

use crate::model::{
    Block, BlockKind, CleanArticle, Manner, Prosody, Removed, Role, Script, Segment, Span, Text,
};

/// Language of articles that say nothing of theirs, when the words do not tell it either.
const DEFAULT_LANGUAGE: &str = "en";
/// Letters from which on the language of a text can be told from its words.
const TELLING: usize = 150;

/// Splits `article`. The segments come without spoken words, which the spoken stage adds.
#[must_use]
pub fn segment(article: CleanArticle, options: &SegmentOptions) -> Script {
    let CleanArticle { source, mut meta, blocks, removed, warnings } = article;
    let language = meta.language.clone().unwrap_or_else(|| detected(&blocks));
    meta.language = Some(language.clone());
    let mut work = Work { options, language, segments: Vec::new(), removed };
    let mut table = TableState::default();
    for (index, block) in blocks.iter().enumerate() {
        table.follow(block);
        work.block(index, block, &mut table);
    }
    let Work { segments, mut removed, .. } = work;
    removed.sort_by_key(|r| (r.span.start, r.span.end));
    Script { source, meta, blocks, segments, removed, warnings }
}

struct Work<'a> {
    options: &'a SegmentOptions,
    language: String,
    segments: Vec<Segment>,
    removed: Vec<Removed>,
}

/// Where in a table the walk is: a table is announced once.
#[derive(Default)]
struct TableState {
    inside: bool,
    announced: bool,
}

impl TableState {
    fn follow(&mut self, block: &Block) {
        let inside = matches!(block.kind, BlockKind::TableRow { .. });
        if !inside {
            *self = Self::default();
        }
        self.inside = inside;
    }
}

impl Work<'_> {
    fn block(&mut self, index: usize, block: &Block, table: &mut TableState) {
        let o = self.options;
        let skip = |choice: SpeakChoice| choice == SpeakChoice::Skip;
        match &block.kind {
            BlockKind::Code => match o.code {
                CodeChoice::Read => self.sentences(index, block, &block.text),
                CodeChoice::Skip => self.leave_out("code", block),
                CodeChoice::Announce => {
                    self.leave_out("code", block);
                    self.announce(index, block, "announce-code", "Code sample skipped.");
                }
            },
            BlockKind::TableRow { cells, .. } => match o.tables {
                TableChoice::Read => self.row(index, block, cells),
                TableChoice::Skip => self.leave_out("table", block),
                TableChoice::Announce => {
                    self.leave_out("table", block);
                    if !table.announced {
                        self.announce(index, block, "announce-table", "Table skipped.");
                    }
                    table.announced = true;
                }
            },
            BlockKind::Caption if skip(o.captions) => self.leave_out("caption", block),
            BlockKind::Image if skip(o.images) => self.leave_out("image", block),
            BlockKind::Byline if skip(o.byline) => self.leave_out("byline", block),
            BlockKind::Note if skip(o.notes) => self.leave_out("note", block),
            _ => self.sentences(index, block, &block.text),
        }
    }

    /// Records a block that is not spoken. Words that the source does not have need no record.
    fn leave_out(&mut self, rule: &'static str, block: &Block) {
        if block.added.is_none() {
            let text = block.text.as_str().to_owned();
            self.removed.push(Removed { rule, text, span: block.span });
        }
    }

    fn announce(&mut self, index: usize, block: &Block, rule: &'static str, words: &str) {
        let text = if self.language.starts_with("en") { words } else { return };
        let mut segment = self.segment(index, block, text.to_owned(), block.span);
        segment.role = Role::Announcement;
        segment.added = Some(rule);
        segment.pause_after_ms = self.options.pauses.paragraph_ms;
        self.segments.push(segment);
    }

    /// A row is one segment; its cells are parted by commas for the ear.
    fn row(&mut self, index: usize, block: &Block, cells: &[Range<usize>]) {
        let text = block.text.as_str();
        let cells: Vec<String> = cells
            .iter()
            .filter_map(|c| text.get(c.clone()))
            .map(|c| folded(c).trim_end_matches(['.', ',', ';', ':']).to_owned())
            .filter(|c| !c.is_empty())
            .collect();
        if cells.iter().any(|c| c.contains(char::is_alphanumeric)) {
            let mut segment = self.segment(index, block, cells.join(", ") + ".", block.text.span());
            segment.pause_after_ms = self.options.pauses.row_ms;
            self.segments.push(segment);
        }
    }

    fn sentences(&mut self, index: usize, block: &Block, text: &Text) {
        let language = self.language_of(block);
        let string = text.as_str();
        let ranges =
            if block.kind == BlockKind::Title || matches!(block.kind, BlockKind::Heading(_)) {
                // A headline is said in one go, whatever stops are in it, unless it is very long.
                if string.len() < 300 {
                    std::iter::once(0..string.len()).collect()
                } else {
                    sentences(string, &language)
                }
            } else {
                sentences(string, &language)
            };
        let first = self.segments.len();
        let mut asked = None;
        for piece in pieces::pieces(text, ranges) {
            let span = text.span_of(piece.range.clone());
            if !string[piece.range.clone()].contains(char::is_alphanumeric) {
                continue;
            }
            let (text, given, places) = piece.folded(string);
            let mut segment = self.segment(index, block, text, span);
            (segment.given, segment.places) = (given, places);
            // Inside of a sentence there is no pause but one that is asked for.
            asked = piece.pause;
            segment.pause_after_ms =
                asked.unwrap_or(if piece.ends { segment.pause_after_ms } else { 0 });
            let Manner { language, voice, prosody } = piece.manner;
            segment.language = language.unwrap_or(segment.language);
            (segment.asked, segment.prosody) = (voice, prosody);
            self.segments.push(segment);
        }
        if let Some(last) = self.segments[first..].last_mut() {
            last.pause_after_ms = asked.unwrap_or(self.options.pauses.after(&block.kind));
        }
    }

    fn segment(&self, index: usize, block: &Block, text: String, span: Span) -> Segment {
        Segment {
            id: format!("s{}", self.segments.len() + 1),
            role: role(&block.kind),
            text,
            spoken: Vec::new(),
            given: Vec::new(),
            places: Vec::new(),
            asked: None,
            language: self.language_of(block),
            prosody: Prosody::default(),
            pause_after_ms: self.options.pauses.sentence_ms,
            span,
            block: index,
            voice: None,
            fallback: None,
            added: block.added,
        }
    }

    fn language_of(&self, block: &Block) -> String {
        block.language.clone().unwrap_or_else(|| self.language.clone())
    }
}

fn role(kind: &BlockKind) -> Role {
    match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Byline => Role::Byline,
        BlockKind::Heading(_) => Role::Heading,
        BlockKind::Paragraph => Role::Paragraph,
        BlockKind::Quote => Role::Quote,
        BlockKind::ListItem { .. } => Role::ListItem,
        BlockKind::Caption => Role::Caption,
        BlockKind::Image => Role::Image,
        BlockKind::TableRow { .. } => Role::Table,
        BlockKind::Code => Role::Code,
        BlockKind::Note => Role::Note,
    }
}

/// The language of an article by its words, when there are enough of them and they are clear.
fn detected(blocks: &[Block]) -> String {
    let mut sample = String::new();
    for block in blocks.iter().filter(|b| b.added.is_none() && b.kind != BlockKind::Code) {
        sample.push_str(block.text.as_str());
        sample.push('\n');
        if sample.len() > 8000 {
            break;
        }
    }
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let found = whatlang::detect(&sample).filter(|d| letters >= TELLING && d.is_reliable());
    let code = found.and_then(|d| two_letters(d.lang()));
    code.unwrap_or(DEFAULT_LANGUAGE).to_owned()
}

/// The BCP 47 tag of a language of `whatlang`, for those that people write articles in.
fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    Some(match lang.code() {
        "eng" => "en",
        "spa" => "es",
        "fra" => "fr",
        "deu" => "de",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "rus" => "ru",
        "ukr" => "uk",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "ron" => "ro",
        "hun" => "hu",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "nb",
        "fin" => "fi",
        "ell" => "el",
        "tur" => "tr",
        "ara" => "ar",
        "heb" => "he",
        "hin" => "hi",
        "ben" => "bn",
        "tam" => "ta",
        "tha" => "th",
        "vie" => "vi",
        "ind" => "id",
        "jpn" => "ja",
        "kor" => "ko",
        "cmn" => "zh",
        "khm" => "km",
        "cat" => "ca",
        "hrv" => "hr",
        "srp" => "sr",
        "bul" => "bg",
        "est" => "et",
        "lav" => "lv",
        "lit" => "lt",
        "slv" => "sl",
        "pes" => "fa",
        "urd" => "ur",
        "nep" => "ne",
        "sin" => "si",
        "mkd" => "mk",
        "kat" => "ka",
        "hye" => "hy",
        "afr" => "af",
        _ => return None,
    })
}

/// White space folded to single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
