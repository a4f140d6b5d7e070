//! HTML fragments, as a content system stores a post -> article.
//!
//! All of a fragment is the article: nothing is selected here. Separate from whole pages, whose
//! reader is about finding the article in them.

use super::article::{Draft, title_of_metadata};
use super::cut;
use super::html::{Habits, Walker, walk};
use super::{front_matter, shortcode, template};
use crate::model::{Article, SourceText};

/// Reads a fragment. Front matter before it, as site generators have it, is understood.
pub(crate) fn read(source: SourceText) -> Article {
    let text = source.text.clone();
    let matter = front_matter::read(&text);
    let codes = shortcode::find(&text, false);
    let mut cuts = codes.cuts;
    if matter.end > 0 {
        cuts.extend(template::tags(&text));
        cuts.retain(|c| c.range.start >= matter.end);
        cuts.push(cut::Cut { range: 0..matter.end, rule: None, action: cut::Action::None });
    }
    let cuts = cut::in_order(cuts);
    let habits = Habits { blank_lines: true, ..Habits::default() };
    let mut walker = Walker::new(&text, habits);
    walk(&mut walker, &text, &cuts);
    walker.finish();
    let mut meta = matter.meta;
    meta.language = meta.language.or(walker.language);
    let mut draft = Draft::new(source, meta, walker.found, walker.removed);
    draft.warnings.extend(matter.warning);
    draft.listen(&codes.picks, codes.warnings);
    title_of_metadata(&mut draft, matter.subtitle.as_deref());
    draft.finish()
}
