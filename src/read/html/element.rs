//! What the names and attributes of HTML elements mean for reading.
//!
//! Tables and small decisions only, separate from the walker so that the walker reads as its
//! procedure.

use super::entity;
use crate::model::{MarkKind, Span};

/// Elements that begin and end a block of text.
const BLOCK: [&str; 75] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "datalist",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "xmp",
    "center",
    "iframe",
    "noscript",
    // Of AMP.
    "amp-ad",
    "amp-consent",
    "amp-embed",
    "amp-iframe",
    "amp-sidebar",
    "amp-social-share",
    "amp-sticky-ad",
    "amp-user-notification",
    "amp-video",
];

/// Elements without content or end tag.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that may stand in the head of a page; any other begins its body.
const HEAD: [&str; 13] = [
    "base", "basefont", "bgsound", "head", "html", "link", "meta", "noframes", "noscript",
    "script", "style", "template", "title",
];

/// Whether `name` begins a block.
pub(super) fn is_block(name: &str) -> bool {
    BLOCK.contains(&name)
}

/// Whether `name` has no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether `name` may stand in the head.
pub(super) fn in_head(name: &str) -> bool {
    HEAD.contains(&name)
}

/// A picture of at most so many pixels in one direction shows nothing.
const TINY: u32 = 40;

/// What the text below an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Heading(u8),
    Code,
    Caption,
    Item,
    Quote,
    Note,
    Cell,
}

/// Why the text below an element is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// It is no text at all: scripts, styles, the head.
    Silent,
    /// It is text that no one sees: on record under this rule.
    Rule(&'static str),
}

/// The attributes that matter, decoded.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// Class names, id and role, lower case; marks such as `aria-hidden`.
    pub(crate) names: Vec<String>,
    /// The rule by which the author hides the element, if one does.
    pub(crate) hidden: Option<&'static str>,
    /// Language (BCP 47).
    pub(crate) language: Option<String>,
    /// Target of a link.
    pub(crate) href: Option<String>,
    /// Alternative text, and where it stands.
    pub(crate) alt: Option<(String, Span)>,
    /// Number of a list's first item, or of an item.
    pub(crate) number: Option<u64>,
    /// An `itemprop` or `rel` that names the author.
    pub(crate) author: bool,
    /// A picture as small as an icon, or as a pixel that counts readers.
    pub(crate) tiny: bool,
}

impl Facts {
    /// Takes note of one attribute; `value` is as written, at `span`.
    pub(crate) fn note(&mut self, name: &str, value: &str, span: Span) {
        // An attribute as long as an article is data.
        if value.len() > 4096 && !name.eq_ignore_ascii_case("alt") {
            return;
        }
        match name.to_ascii_lowercase().as_str() {
            "class" | "id" | "role" | "epub:type" | "itemprop" => {
                let value = entity::decode_all(value).to_lowercase();
                let room = 16_usize.saturating_sub(self.names.len());
                self.names.extend(value.split_ascii_whitespace().take(room).map(str::to_owned));
                if name.eq_ignore_ascii_case("itemprop") && value.trim() == "author" {
                    self.author = true;
                }
                // The number of a page of the printed book.
                let kind = ["role", "epub:type"].iter().any(|n| name.eq_ignore_ascii_case(n));
                if kind && matches!(value.trim(), "pagebreak" | "doc-pagebreak") {
                    self.hide("page-number");
                }
            }
            "rel" => self.author |= value.eq_ignore_ascii_case("author"),
            "hidden" if !value.eq_ignore_ascii_case("until-found") => self.hide("hidden"),
            "aria-hidden" if value.trim().eq_ignore_ascii_case("true") => self.hide("aria-hidden"),
            "data-rv-skip" if !value.eq_ignore_ascii_case("false") => self.hide("data-rv-skip"),
            "data-aloud" if value.trim().eq_ignore_ascii_case("skip") => {
                self.hide("data-aloud-skip");
            }
            "style" => {
                let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                let plain = plain.to_ascii_lowercase();
                if plain.contains("display:none") || plain.contains("visibility:hidden") {
                    self.hide("hidden");
                }
            }
            "lang" | "xml:lang" => {
                let value = value.trim();
                if !value.is_empty() && value.len() < 36 && value.is_ascii() {
                    self.language = Some(value.replace('_', "-"));
                }
            }
            "href" => self.href = Some(entity::decode_all(value.trim())),
            "alt" => self.alt = Some((entity::decode_all(value), span)),
            "width" | "height" => self.tiny |= value.trim().parse().is_ok_and(|n: u32| n <= TINY),
            "start" | "value" => self.number = value.trim().parse().ok(),
            _ => {}
        }
    }

    fn hide(&mut self, rule: &'static str) {
        self.hidden = self.hidden.or(Some(rule));
        self.names.push(rule.to_owned());
    }

    fn has(&self, test: impl Fn(&str) -> bool) -> bool {
        self.names.iter().any(|n| test(n))
    }

    /// What the text below an element of this name and with these attributes is.
    pub(super) fn hint(&self, name: &str) -> Option<Hint> {
        let notes = |n: &str| {
            matches!(n, "footnotes" | "footnote" | "endnotes" | "doc-endnotes" | "doc-endnote")
                || matches!(n, "doc-footnote" | "rearnotes" | "rearnote")
        };
        // `wp-caption-text`, `thumbcaption`, `figure__caption`; `MsoCaption` and its like are a word processor's.
        let caption = |n: &str| n.ends_with("caption") || n.ends_with("caption-text");
        let is = |style: &'static str| move |n: &str| n == style;
        match name {
            "h1" => Some(Hint::Heading(1)),
            "h2" => Some(Hint::Heading(2)),
            "h3" => Some(Hint::Heading(3)),
            "h4" => Some(Hint::Heading(4)),
            "h5" => Some(Hint::Heading(5)),
            "h6" => Some(Hint::Heading(6)),
            "pre" | "listing" | "xmp" | "plaintext" => Some(Hint::Code),
            "figcaption" | "caption" => Some(Hint::Caption),
            "td" | "th" => Some(Hint::Cell),
            _ if self.has(notes) && is_block(name) => Some(Hint::Note),
            "li" | "dt" | "dd" => Some(Hint::Item),
            "blockquote" => Some(Hint::Quote),
            "p" | "div" | "small" if self.has(caption) => Some(Hint::Caption),
            "p" if self.has(is("msotitle")) => Some(Hint::Heading(1)),
            "p" if self.has(is("msosubtitle")) => Some(Hint::Heading(2)),
            "p" if self.has(is("msofootnotetext")) => Some(Hint::Note),
            "p" if self.has(|n| n.starts_with("msolistparagraph")) => Some(Hint::Item),
            "p" if self.has(|n| matches!(n, "msoquote" | "msointensequote")) => Some(Hint::Quote),
            _ => None,
        }
    }

    /// The inline markup that the element stands for.
    pub(super) fn mark(&self, name: &str) -> Option<MarkKind> {
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => Some(MarkKind::Emphasis),
            "strong" | "b" => Some(MarkKind::Strong),
            "code" | "kbd" | "samp" | "tt" => Some(MarkKind::Code),
            "del" | "s" | "strike" => Some(MarkKind::Deleted),
            "sup" | "a" if self.is_note_reference() => Some(MarkKind::NoteReference),
            "sup" => Some(MarkKind::Superscript),
            "sub" => Some(MarkKind::Subscript),
            "a" => self.href.clone().map(MarkKind::Link),
            _ => None,
        }
    }

    /// Whether a `<sup>` or `<a>` refers to a note, by its class or by where it leads.
    fn is_note_reference(&self) -> bool {
        let back = |s: &str| ["back", "reverse", "return", "fnref"].iter().any(|b| s.contains(b));
        let named =
            |n: &str| matches!(n, "doc-noteref" | "noteref") || n.contains("footnote") && !back(n);
        let fragment = self.href.as_deref().and_then(|href| href.strip_prefix('#'));
        let leads = fragment.is_some_and(|to| {
            let mut parts = to.split(['-', ':', '_', '.']);
            let digits = |p: &str| p.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let note = |p: &str| {
                let p = digits(p);
                matches!(p.as_str(), "fn" | "ftn" | "footnote" | "endnote" | "edn")
            };
            !back(to) && (parts.any(note) || to.starts_with("cite_note"))
        });
        leads || self.has(named)
    }
}

/// Why the text below an element of this name is never read.
pub(super) fn skip(name: &str) -> Option<Skip> {
    match name {
        // What shows only without scripts, and what drawings hold, no reader of the page sees either.
        "script" | "style" | "template" | "head" | "title" | "noscript" | "svg" => {
            Some(Skip::Silent)
        }
        "audio" | "canvas" | "iframe" | "noembed" | "noframes" | "object" | "video"
        | "amp-audio" | "amp-brightcove" | "amp-iframe" | "amp-video" | "amp-youtube" => {
            Some(Skip::Rule("media-fallback"))
        }
        "amp-ad"
        | "amp-embed"
        | "amp-sticky-ad"
        | "amp-consent"
        | "amp-user-notification"
        | "amp-social-share"
        | "amp-sidebar" => Some(Skip::Rule("amp-component")),
        "rp" | "rt" | "rtc" => Some(Skip::Rule("ruby")),
        "annotation" | "annotation-xml" => Some(Skip::Rule("math-annotation")),
        _ => None,
    }
}
