//! What a reader has found -> the article: title, voice, language, everything in source order.
//!
//! The steps that all formats share, separate so that a format's reader is about its format only.

use std::collections::BTreeMap;

use super::html::{Chosen, Found};
use super::shortcode::{self, Pick};
use super::{kinds, mojibake};
use crate::model::{
    Article, Block, BlockKind, MarkKind, Meta, Removed, SourceText, Span, Text, Warning,
};

/// An article in the making.
pub(crate) struct Draft {
    pub(crate) source: SourceText,
    pub(crate) meta: Meta,
    pub(crate) found: Vec<Found>,
    pub(crate) removed: Vec<Removed>,
    pub(crate) warnings: Vec<Warning>,
    /// Only the text that the post marks for listening is spoken.
    enclosed_only: bool,
}

impl Draft {
    pub(crate) fn new(
        mut source: SourceText,
        meta: Meta,
        found: Vec<Found>,
        removed: Vec<Removed>,
    ) -> Self {
        let warnings = std::mem::take(&mut source.warnings);
        // A container knows better than the text what an item is called and who wrote it.
        let meta = std::mem::take(&mut source.given).meta.or(meta);
        Self { source, meta, found, removed, warnings, enclosed_only: false }
    }

    /// Takes over problems that have a place in the source.
    pub(crate) fn warn(&mut self, warnings: Vec<(usize, Warning)>) {
        let lines = &self.source.lines;
        self.warnings.extend(warnings.into_iter().map(|(at, w)| w.at_line(lines.line(at))));
    }

    /// Takes over what the post's listen buttons ask for, and their problems. A post that marks
    /// nothing but an enclosed text for listening is about that text only.
    pub(crate) fn listen(&mut self, picks: &[Pick], warnings: Vec<(usize, Warning)>) {
        self.warn(warnings);
        self.lead_captions(picks);
        let (request, warning) = shortcode::asked(picks);
        self.warnings.extend(warning);
        self.enclosed_only = !picks.is_empty() && picks.iter().all(|p| p.encloses);
        if self.enclosed_only {
            let (inside, outside) = self.found.drain(..).partition(|f: &Found| f.enclosed);
            self.found = inside;
            for part in &mut self.found {
                let at = part.block.span.start;
                if let Some(manner) = shortcode::own_manner(picks, &request, at) {
                    let all = 0..part.block.text.len();
                    part.block.text.mark(all, MarkKind::Manner(manner));
                }
            }
            let outside: Vec<Found> = outside;
            self.removed
                .extend(outside.iter().filter_map(|f| removal(f, "outside-responsivevoice")));
        }
        let before = std::mem::take(&mut self.meta.request);
        self.meta.request = shortcode::or(request, before);
    }

    /// Marks the caption of the lead picture, where the source has only its words: one of the first
    /// paragraphs, directly above or below a listen button or a picture, that ends in a credit in
    /// brackets.
    fn lead_captions(&mut self, picks: &[Pick]) {
        const TOP: usize = 6;
        let top = self.found.len().min(TOP);
        let beside: Vec<usize> = (0..top)
            .filter(|i| {
                let picture = |at: usize| {
                    self.found.get(at).is_some_and(|f| f.block.kind == BlockKind::Image)
                };
                let next = self.found.get(i + 1).map_or(usize::MAX, |f| f.block.span.start);
                let previous = i.checked_sub(1).map_or(0, |p| self.found[p].block.span.end);
                let around = previous..next;
                picture(i + 1)
                    || i.checked_sub(1).is_some_and(picture)
                    || picks.iter().any(|p| !p.encloses && around.contains(&p.at))
            })
            .collect();
        for index in beside {
            let block = &mut self.found[index].block;
            if block.kind == BlockKind::Paragraph && is_credited(block.text.as_str()) {
                block.kind = BlockKind::Caption;
            }
        }
    }

    /// Tells the language of paragraphs that are evidently in another one than the article and are not
    /// marked so: long ones, of which the detector is certain.
    fn languages_of_parts(&mut self) {
        const ENOUGH: usize = 160;
        const CERTAIN: f64 = 0.95;
        let Some(own) = self.meta.language.as_deref().map(primary) else { return };
        let own = own.to_owned();
        for Found { block, .. } in &mut self.found {
            let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote);
            if !running || block.language.is_some() || block.text.len() < ENOUGH {
                continue;
            }
            let Some(info) = whatlang::detect(block.text.as_str()) else { continue };
            let code = two_letters(info.lang());
            if info.is_reliable() && info.confidence() >= CERTAIN && code != own {
                block.language = Some(code.to_owned());
            }
        }
    }

    /// The article, its removals in source order and its language known.
    pub(crate) fn finish(mut self) -> Article {
        let mended = mojibake::mend(&mut self.found, &mut self.removed);
        self.warn(mended.into_iter().collect());
        kinds::mend(&mut self.found);
        self.removed.sort_by_key(|r| r.span);
        if self.meta.language.is_none() {
            self.meta.language = detected(&self.found);
        }
        self.languages_of_parts();
        Article {
            source: self.source,
            meta: self.meta,
            blocks: self.found.into_iter().map(|f| f.block).collect(),
            removed: self.removed,
            warnings: self.warnings,
        }
    }
}

/// Whether a short text is one or two sentences and a name in brackets behind them.
fn is_credited(text: &str) -> bool {
    const LONGEST: usize = 400;
    let text = text.trim().trim_end_matches('.');
    let Some((before, credit)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) else {
        return false;
    };
    let closed = before.trim_end().ends_with(['.', '!', '?', '\u{201d}', '"']);
    let name = credit.starts_with(char::is_uppercase)
        && (2..=80).contains(&credit.len())
        && !credit.contains(['.', '!', '?', ')']);
    text.len() <= LONGEST && closed && name
}

/// A whole block as a removal; words of two elements that touch are kept apart. `None` when its
/// words are not the source's.
pub(crate) fn removal(found: &Found, rule: &'static str) -> Option<Removed> {
    if found.block.added.is_some() || !found.block.text.as_str().contains(char::is_alphanumeric) {
        return None;
    }
    let string = found.block.text.as_str();
    let mut text = String::with_capacity(string.len() + found.joints.len());
    let mut at = 0;
    for joint in &found.joints {
        text.push_str(&string[at..*joint]);
        text.push(' ');
        at = *joint;
    }
    text.push_str(&string[at..]);
    Some(Removed { rule, text, span: found.block.span })
}

/// Makes the headline a title block: the heading that says it, or one from the metadata. Without
/// metadata, a first heading of the first level is the headline.
pub(crate) fn title_of_metadata(draft: &mut Draft, subtitle: Option<&str>) {
    let first_text = draft.found.iter().position(|f| f.block.kind != BlockKind::Image);
    let Some(title) = draft.meta.title.clone() else {
        if let Some(first) = first_text
            && draft.found[first].block.kind == BlockKind::Heading(1)
        {
            let block = &mut draft.found[first].block;
            block.kind = BlockKind::Title;
            draft.meta.title = Some(block.text.as_str().replace(['\n', '\t'], " "));
        }
        return;
    };
    let wanted = words(&title);
    let heading = draft.found.iter().take(8).position(|f| {
        matches!(f.block.kind, BlockKind::Heading(_)) && words(f.block.text.as_str()) == wanted
    });
    if draft.enclosed_only {
        return;
    }
    let at = if let Some(at) = heading {
        draft.found[at].block.kind = BlockKind::Title;
        at + 1
    } else {
        draft.found.insert(0, added(BlockKind::Title, &title, "title-from-metadata"));
        1
    };
    if let Some(subtitle) = subtitle {
        let next = draft.found.get(at).map(|f| words(f.block.text.as_str()));
        if next.is_none_or(|next| next != words(subtitle)) {
            draft
                .found
                .insert(at, added(BlockKind::Heading(2), subtitle, "subtitle-from-metadata"));
        }
    }
}

/// A block whose words are not the source's text.
pub(crate) fn added(kind: BlockKind, text: &str, rule: &'static str) -> Found {
    let mut block = Block::new(kind, Text::from_source(text, Span::default()), Span::default());
    block.added = Some(rule);
    Found { block, joints: Vec::new(), enclosed: false, node: 0, chosen: Chosen::default() }
}

/// The letters and digits of a text, lower case: what makes two titles the same.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The language of the text, where there is enough of it to be sure: the one that most of it is in, long paragraph by
/// long paragraph and the short ones together, since a few sentences of another language sway a detector that sees all
/// at once.
fn detected(found: &[Found]) -> Option<String> {
    const ENOUGH: usize = 4000;
    const LONG: usize = 100;
    let mut all = String::new();
    let mut short = String::new();
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut vote = |text: &str| {
        if let Some(info) = whatlang::detect(text).filter(whatlang::Info::is_reliable) {
            *votes.entry(two_letters(info.lang())).or_default() += text.len();
        }
    };
    for part in found.iter().filter(|f| f.block.kind != BlockKind::Code) {
        let text = part.block.text.as_str();
        if text.len() >= LONG {
            vote(text);
        } else {
            short.push_str(text);
            short.push('\n');
        }
        all.push_str(text);
        all.push('\n');
        if all.len() > ENOUGH {
            break;
        }
    }
    if short.len() >= LONG {
        vote(&short);
    }
    let most = votes.into_iter().max_by_key(|(_, length)| *length).map(|(language, _)| language);
    let whole = || whatlang::detect(&all).filter(whatlang::Info::is_reliable);
    most.or_else(|| whole().map(|info| two_letters(info.lang()))).map(str::to_owned)
}

/// The BCP 47 tag of a detected language.
fn two_letters(language: whatlang::Lang) -> &'static str {
    let code = CODES.iter().find(|(three, _)| *three == language.code());
    code.map_or(language.code(), |(_, two)| two)
}

/// The language of a tag, without region and script.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// ISO 639-3 codes, as detected, and the shorter ones that BCP 47 asks for.
#[rustfmt::skip]
const CODES: [(&str, &str); 69] = [
    ("epo", "eo"), ("eng", "en"), ("rus", "ru"), ("cmn", "zh"), ("spa", "es"), ("por", "pt"),
    ("ita", "it"), ("ben", "bn"), ("fra", "fr"), ("deu", "de"), ("ukr", "uk"), ("kat", "ka"),
    ("ara", "ar"), ("hin", "hi"), ("jpn", "ja"), ("heb", "he"), ("yid", "yi"), ("pol", "pl"),
    ("amh", "am"), ("jav", "jv"), ("kor", "ko"), ("nob", "nb"), ("dan", "da"), ("swe", "sv"),
    ("fin", "fi"), ("tur", "tr"), ("nld", "nl"), ("hun", "hu"), ("ces", "cs"), ("ell", "el"),
    ("bul", "bg"), ("bel", "be"), ("mar", "mr"), ("kan", "kn"), ("ron", "ro"), ("slv", "sl"),
    ("hrv", "hr"), ("srp", "sr"), ("mkd", "mk"), ("lit", "lt"), ("lav", "lv"), ("est", "et"),
    ("tam", "ta"), ("vie", "vi"), ("urd", "ur"), ("tha", "th"), ("guj", "gu"), ("uzb", "uz"),
    ("pan", "pa"), ("aze", "az"), ("ind", "id"), ("tel", "te"), ("pes", "fa"), ("mal", "ml"),
    ("ori", "or"), ("mya", "my"), ("nep", "ne"), ("sin", "si"), ("khm", "km"), ("tuk", "tk"),
    ("aka", "ak"), ("zul", "zu"), ("sna", "sn"), ("afr", "af"), ("lat", "la"), ("slk", "sk"),
    ("cat", "ca"), ("tgl", "tl"), ("hye", "hy"),
];
