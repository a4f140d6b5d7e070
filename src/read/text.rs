//! Plain text: paragraphs by blank lines, hard-wrapped lines joined, and what stands around an article
//! (title, byline, caption) recognised by its place and its form.

use std::ops::Range;

use super::{Reader, mask::Masked};
use crate::model::{Article, Block, BlockKind, SourceText, Span, Text};

pub(super) struct TextReader;

/// Longest line that counts as wrapped by hand, in characters.
const WRAPPED: usize = 100;
/// Shortest line that a wrapped paragraph may have before its last.
const FULL: usize = 45;
/// Longest title.
const TITLE: usize = 200;
/// Blocks at the head among which title, byline and caption are looked for.
const HEAD: usize = 6;

impl Reader for TextReader {
    fn read(&self, source: &SourceText, masked: &Masked, article: &mut Article) {
        let text = masked.text();
        let paragraphs = paragraphs(text);
        let wrapped = is_wrapped(text, &paragraphs);
        for lines in &paragraphs {
            for run in runs(text, lines, wrapped) {
                article.blocks.extend(block(text, &run));
            }
        }
        let single = paragraphs.first().is_some_and(|lines| lines.len() == 1);
        mark_title(article, single && paragraphs.len() > 1);
        mark_lines(&mut article.blocks, masked);
        let _ = source;
    }
}

/// Marks what stands around an article by its form: a byline, and the caption of a lead picture.
pub(super) fn mark_lines(blocks: &mut [Block], masked: &Masked) {
    let source = masked.source();
    for at in 0..blocks.len().min(HEAD) {
        let block = &blocks[at];
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = block.text.as_str();
        if is_byline(text) {
            blocks[at].kind = BlockKind::Byline;
        } else if ends_with_credit(text) && before_button(source, masked, block.span.end) {
            blocks[at].kind = BlockKind::Caption;
        }
    }
}

/// "By Ada Brook", "By Ada Brook and Ben Cole, Harbour Times".
fn is_byline(text: &str) -> bool {
    let Some(names) = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY ")) else {
        return false;
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let name = |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "de" | "van" | "for" | "of" | "&" | "|");
    (1..=10).contains(&words.len()) && words.iter().all(name) && !text.ends_with(['!', '?', ':'])
}

/// "A boat at dawn. (Harbour Archive)".
fn ends_with_credit(text: &str) -> bool {
    let Some((_, credit)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) else {
        return false;
    };
    (1..=8).contains(&credit.split_whitespace().count()) && credit.starts_with(char::is_uppercase)
}

/// Whether the next thing in the source after `end` is masked: a listen button stands under a lead picture.
fn before_button(source: &str, masked: &Masked, end: usize) -> bool {
    let next = source[end..].find(|c: char| !c.is_whitespace()).map(|at| end + at);
    next.is_some_and(|at| masked.spans().iter().any(|s| s.start == at))
}

/// Byte ranges of lines, grouped by blank lines.
fn paragraphs(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let Some(current) = all.last_mut() else { break };
        if !line.trim().is_empty() {
            current.push(range);
        } else if !current.is_empty() {
            all.push(Vec::new());
        }
    }
    all.retain(|lines: &Vec<Range<usize>>| !lines.is_empty());
    all
}

/// Whether lines are wrapped by hand: nearly all lines that are not the last of their paragraph are about
/// equally long, and none is very long.
fn is_wrapped(text: &str, paragraphs: &[Vec<Range<usize>>]) -> bool {
    let length = |r: &Range<usize>| text[r.clone()].chars().count();
    let inner: Vec<usize> = paragraphs
        .iter()
        .flat_map(|p| p[..p.len() - 1].iter())
        .filter(|r| item(&text[(*r).clone()]).is_none())
        .map(length)
        .collect();
    let longest = paragraphs.iter().flatten().map(length).max().unwrap_or(0);
    let full = inner.iter().filter(|n| **n >= FULL).count();
    longest <= WRAPPED && !inner.is_empty() && full * 10 >= inner.len() * 7
}

/// Joins the lines of one paragraph that belong together.
fn runs(text: &str, lines: &[Range<usize>], wrapped: bool) -> Vec<Vec<Range<usize>>> {
    let mut runs: Vec<Vec<Range<usize>>> = Vec::new();
    for line in lines {
        let starts = !wrapped || item(&text[line.clone()]).is_some();
        match runs.last_mut() {
            Some(run) if !starts => run.push(line.clone()),
            _ => runs.push(vec![line.clone()]),
        }
    }
    runs
}

/// The marker of a list item and its number.
fn item(line: &str) -> Option<(usize, Option<u64>)> {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    for bullet in ["- ", "* ", "+ ", "\u{2022} ", "\u{2022}\t", "\u{2013} ", "\u{2014} "] {
        // A dash that opens speech or a clause is followed by lower case or by a long line elsewhere; a
        // bullet is one only with text after it.
        if let Some(after) = rest.strip_prefix(bullet)
            && !after.trim().is_empty()
        {
            return Some((indent + bullet.len(), None));
        }
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    if (1..=3).contains(&digits) && (after.starts_with(". ") || after.starts_with(") ")) {
        return Some((indent + digits + 2, rest[..digits].parse().ok()));
    }
    None
}

fn block(text: &str, lines: &[Range<usize>]) -> Option<Block> {
    let first = lines.first()?.clone();
    let span = Span::new(first.start, lines.last()?.end);
    let line = &text[first.clone()];
    let mut out = Text::new();
    let (kind, skip) = if let Some((skip, number)) = item(line) {
        // The number is a word of the source and is heard.
        let from = if number.is_some() { 0 } else { skip };
        (BlockKind::ListItem { number, depth: 0 }, from)
    } else if line.trim_start().starts_with("> ") {
        (BlockKind::Quote, line.find('>').map_or(0, |at| at + 1))
    } else {
        (BlockKind::Paragraph, 0)
    };
    for (i, range) in lines.iter().enumerate() {
        if i > 0 {
            out.push("\n", Span::new(range.start, range.start));
        }
        let start = range.start + if i == 0 { skip } else { 0 };
        push_visible(&mut out, text, start..range.end);
    }
    let out = out.trimmed();
    (!out.is_empty()).then(|| Block::new(kind, out, span))
}

/// Appends what can be seen of a range.
fn push_visible(out: &mut Text, text: &str, range: Range<usize>) {
    let mut from = range.start;
    for (i, c) in text[range.clone()].char_indices() {
        let at = range.start + i;
        if c.is_control() && c != '\t' || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}') {
            out.push(&text[from..at], Span::new(from, at));
            from = at + c.len_utf8();
        }
    }
    out.push(&text[from..range.end], Span::new(from, range.end));
}

/// The first line is the title when it stands alone, is short, and does not end as a sentence does.
fn mark_title(article: &mut Article, alone: bool) {
    let Some(first) = article.blocks.first_mut() else { return };
    let text = first.text.as_str();
    let sentence = text.ends_with(['.', ',', ';', ':']) && !text.ends_with("...");
    let short = text.chars().count() <= TITLE;
    if alone && short && !sentence && first.kind == BlockKind::Paragraph && !text.contains('\n') {
        first.kind = BlockKind::Title;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Format, Source},
        read::{ReadOptions, read},
    };

    fn shown(text: &str) -> Vec<String> {
        let source = Source { name: "-".into(), path: None, named: true };
        let text = SourceText::new(text, Format::Text, String::new());
        let article = read(&source, text, &ReadOptions::default()).expect("an article");
        for block in &article.blocks {
            for (at, c) in block.text.as_str().char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let there = &article.source.text[block.text.span_of(at..at + c.len_utf8()).range()];
                assert_eq!(there, c.to_string());
            }
        }
        article.blocks.iter().map(|b| format!("{}: {}", b.kind.name(), b.text.as_str().replace('\n', "/"))).collect()
    }

    #[test]
    fn lines_of_their_own_and_wrapped_lines() {
        let long = "This line goes on for as long as a paragraph may in a file where each paragraph is one line, and further still.";
        let news = format!("A title\n\nBy Ada Brook\n6 min read\n{long}\n{long}\n");
        assert_eq!(
            shown(&news),
            ["title: A title".to_owned(), "byline: By Ada Brook".into(), "paragraph: 6 min read".into(),
             format!("paragraph: {long}"), format!("paragraph: {long}")]
        );
        let wrapped = "The ferry left the harbour on Monday morning with nobody\non board but the captain, who had forgotten his hat and\nwent back for it.\n\n- one thing\n- another thing\n\n2. second\n";
        assert_eq!(
            shown(wrapped),
            ["paragraph: The ferry left the harbour on Monday morning with nobody/on board but the captain, who had forgotten his hat and/went back for it.",
             "list-item: one thing", "list-item: another thing", "list-item: 2. second"]
        );
    }

    #[test]
    fn the_caption_of_a_lead_picture() {
        let text = "A title\n\n2 min read\nThe captain, left, with his hat. (Harbour Archive)\n[responsivevoice_button]\n\nWords of the article.\n";
        let blocks = shown(text);
        assert_eq!(blocks[2], "caption: The captain, left, with his hat. (Harbour Archive)", "{blocks:?}");
        // The same words in running text are no caption.
        let text = "A title\n\nHe waited (Sunday)\n\nWords of the article.\n";
        assert!(shown(text)[1].starts_with("paragraph"));
    }

    #[test]
    fn one_sentence_is_no_title() {
        assert_eq!(shown("Just words"), ["paragraph: Just words"]);
        assert_eq!(shown("A sentence.\n\nAnother."), ["paragraph: A sentence.", "paragraph: Another."]);
    }
}
