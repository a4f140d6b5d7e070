//! Blocks that a source does not mark as what they are: lines that name the authors, headings that are only bold,
//! samples of code that stand in a paragraph.
//!
//! Told by their form alone, and the same in every format.

use std::sync::LazyLock;

use regex::Regex;

use super::html::Found;
use crate::model::{Block, BlockKind, MarkKind};

/// Says of each block what it is, where only its form tells.
pub(super) fn mend(found: &mut [Found]) {
    bylines(found);
    headings(found);
    for part in found.iter_mut().filter(|f| f.block.kind == BlockKind::Paragraph) {
        if is_code(&part.block) {
            part.block.kind = BlockKind::Code;
        }
    }
}

/// Makes the lines at the head that name the authors, and are marked as nothing, bylines.
fn bylines(found: &mut [Found]) {
    const TOP: usize = 8;
    /// So near the top it may look like a heading.
    const DIRECTLY: usize = 3;
    static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?i:(?:(?:article |story |words )?(?:written |reviewed |posted |published )?by):?)\s+\p{Lu}")
            .expect("a constant expression")
    });
    for (index, part) in found.iter_mut().enumerate().take(TOP) {
        let text = part.block.text.as_str();
        let plain = match part.block.kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } => true,
            BlockKind::Heading(2..) => index < DIRECTLY,
            _ => false,
        };
        let short = text.len() <= 140 && text.split_whitespace().count() <= 16;
        if plain && short && !text.ends_with(['.', '!', '?', ':']) && BYLINE.is_match(text) {
            part.block.kind = BlockKind::Byline;
        }
    }
}

/// Makes short paragraphs that are bold from end to end, with text below them, headings: one level below the last real
/// one.
fn headings(found: &mut [Found]) {
    let mut level = 1;
    for index in 0..found.len() {
        if let BlockKind::Heading(own) = found[index].block.kind {
            level = own;
        }
        let is_picture = |f: &&Found| f.block.kind == BlockKind::Image;
        let below = found[index + 1..].iter().take(4).find(|f| !is_picture(f));
        let below = below.is_some_and(|next| {
            let plain = matches!(
                next.block.kind,
                BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::TableRow { .. }
            );
            plain && !is_bold(&next.block)
        });
        if index > 0 && below && is_bold(&found[index].block) {
            found[index].block.kind = BlockKind::Heading(level.saturating_add(1).min(6));
        }
    }
}

/// Whether a block is a short paragraph, all of it bold, and no sentence.
fn is_bold(block: &Block) -> bool {
    const LONGEST: usize = 12;
    let text = block.text.as_str();
    let inside = ["td", "th", "blockquote", "figure", "li", "dd"];
    let short = text.split_whitespace().count() <= LONGEST && !text.contains('\n');
    let sentence = text.trim_end().ends_with(['.', ',', ';', '!']);
    block.kind == BlockKind::Paragraph
        && short
        && !sentence
        && !block.context.iter().any(|name| inside.contains(&name.as_str()))
        && covers(block, |kind| *kind == MarkKind::Strong)
}

/// Whether a paragraph is a line of code: all of it marked as code, and more than a name.
fn is_code(block: &Block) -> bool {
    let text = block.text.as_str();
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    (words.count() >= 3 || text.len() > 40) && covers(block, |kind| *kind == MarkKind::Code)
}

/// Whether one mark of a kind covers a whole block.
fn covers(block: &Block, wanted: impl Fn(&MarkKind) -> bool) -> bool {
    let text = block.text.as_str();
    let marks = block.text.marks().iter().filter(|m| wanted(&m.kind));
    marks
        .map(|m| m.range.clone())
        .any(|range| text[..range.start].trim().is_empty() && text[range.end..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use crate::model::Format;
    use crate::read::tests::{article, blocks};

    #[test]
    fn blocks_are_what_their_form_says() {
        for (markdown, expected, reason) in [
            (
                "# Pier\n\n## By Mara Quill\n\nA text.",
                vec!["title: Pier", "byline: By Mara Quill", "paragraph: A text."],
                "a byline that is marked as a heading",
            ),
            (
                "A text.\n\n**What comes next?**\n\nWork begins.\n\n**Nobody knows.**\n\nA text.",
                vec![
                    "paragraph: A text.",
                    "h2: What comes next?",
                    "paragraph: Work begins.",
                    "paragraph: Nobody knows.",
                    "paragraph: A text.",
                ],
                "a bold line, and a bold sentence",
            ),
            (
                "## Sea\n\n**Tide**\n\nA text.\n\n**Wind**\n\n**Rain**\n\nOn.",
                vec![
                    "h2: Sea",
                    "h3: Tide",
                    "paragraph: A text.",
                    "paragraph: Wind",
                    "h3: Rain",
                    "paragraph: On.",
                ],
                "levels, and two in a row",
            ),
            (
                "Run:\n\n`tide --from saltmere --now`\n\n`tide`\n\nRun `a b c` now.",
                vec![
                    "paragraph: Run:",
                    "code: tide --from saltmere --now",
                    "paragraph: tide",
                    "paragraph: Run a b c now.",
                ],
                "a line of code",
            ),
        ] {
            assert_eq!(blocks(&article(Format::Markdown, markdown)), expected, "{reason}");
        }
    }
}
