//! HTML without a page around it: a post as a content system stores it. All of it is the article.

use super::{Reader, html::walk, mask::Masked};
use crate::model::{Article, BlockKind, SourceText};

pub(super) struct FragmentReader;

impl Reader for FragmentReader {
    fn read(&self, source: &SourceText, masked: &Masked, article: &mut Article) {
        let text = masked.text();
        // WordPress's classic editor stores paragraphs as blank lines; its block editor stores `<p>`.
        let paragraphs = text.matches("<p>").count() + text.matches("<p ").count();
        let blank_lines = text.matches("\n\n").count() + text.matches("\n\r\n").count();
        let walked = walk(text, &source.text, blank_lines > paragraphs);
        article.blocks = walked.blocks;
        article.removed.extend(walked.removed);
        let first = article.blocks.first_mut();
        if let Some(first) = first.filter(|b| b.kind == BlockKind::Heading(1)) {
            first.kind = BlockKind::Title;
        }
        super::text::mark_lines(&mut article.blocks, masked);
    }
}
