//! One item of a feed or an export, whatever its format: what it says, and whether it is taken.

use super::{Selection, Verdict};
use crate::{
    model::{Container, Format, Known, LineIndex, Meta, Source, SourceText, Warning},
    read::{ReadError, decode, html::entity},
};

/// Types of WordPress posts that are no articles.
const INTERNAL: [&str; 14] = [
    "attachment",
    "custom_css",
    "customize_changeset",
    "nav_menu_item",
    "oembed_cache",
    "revision",
    "user_request",
    "wp_block",
    "wp_font_face",
    "wp_font_family",
    "wp_global_styles",
    "wp_navigation",
    "wp_template",
    "wp_template_part",
];

/// Words under which the text of a feed's item is taken for a summary, when other signs agree.
const SHORT: usize = 100;

/// An item as its container gives it.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) meta: Meta,
    /// The name that it would like within its container.
    pub(super) key: String,
    /// What tells it from all others: an id, or an address.
    pub(super) identity: String,
    /// Its text.
    pub(super) content: String,
    /// From which offsets of the text on, which line of the container's file.
    pub(super) lines: Vec<(usize, u32)>,
    /// What the text is.
    pub(super) format: Format,
    pub(super) warnings: Vec<Warning>,
    /// WordPress: what kind of post it is; `post` elsewhere.
    pub(super) kind: String,
    /// WordPress: whether it is published; `publish` elsewhere.
    pub(super) status: String,
    /// WordPress: shown only to those who know a password.
    pub(super) protected: bool,
    /// WordPress: of a picture, its id and alternative text.
    pub(super) alternative: Option<(u64, String)>,
}

impl Default for Post {
    fn default() -> Self {
        Self {
            meta: Meta::default(),
            key: String::new(),
            identity: String::new(),
            content: String::new(),
            lines: Vec::new(),
            format: Format::HtmlFragment,
            warnings: Vec::new(),
            kind: "post".to_owned(),
            status: "publish".to_owned(),
            protected: false,
            alternative: None,
        }
    }
}

impl Post {
    /// Whether it is taken, and why not.
    pub(super) fn verdict(&self, selection: &Selection<'_>) -> Verdict {
        let kind = self.kind.as_str();
        if !selection.types.iter().any(|t| t == kind) {
            if INTERNAL.contains(&kind) {
                return Verdict::Count(kind.to_owned());
            }
            let types = [selection.types, &[kind.to_owned()]].concat().join(",");
            return Verdict::Skip(format!("of type {kind}; --types {types} takes it"));
        }
        if self.protected {
            return Verdict::Skip("protected by a password".to_owned());
        }
        match self.status.as_str() {
            "publish" | "inherit" => {}
            "trash" | "auto-draft" => return Verdict::Skip("in the trash".to_owned()),
            _ if selection.drafts => {}
            "draft" => return Verdict::Skip("a draft; --drafts takes drafts too".to_owned()),
            status => {
                let reason = format!("not published (status {status}); --drafts takes it");
                return Verdict::Skip(reason);
            }
        }
        if self.content.trim().is_empty() {
            return Verdict::Skip("without text".to_owned());
        }
        Verdict::Take
    }

    /// Chooses the item's name: its own slug, the last part of its address, its title, its id.
    pub(super) fn name_it(&mut self) {
        let own = self.meta.slug.as_deref().map(super::name::clean);
        let address = || self.meta.url.as_deref().and_then(super::name::of_address);
        let title = || self.meta.title.as_deref().map(super::name::of_title);
        let some = |name: &String| !name.is_empty();
        self.key = own
            .filter(some)
            .or_else(|| address().filter(some))
            .or_else(|| title().filter(some))
            .unwrap_or_else(|| {
                let identity = super::name::clean(&self.identity);
                let short = identity.len() <= 40 && !identity.is_empty();
                if short { identity } else { hash(&self.identity, &self.content) }
            });
    }

    /// Marks an item whose text is only the beginning of an article, or a summary of it.
    pub(super) fn teaser(&mut self) {
        let message = "only a summary is in the feed; give the article's own page, or a feed with \
                       full texts, to have all of it";
        self.warnings.push(Warning::new("teaser", message));
    }

    /// Its text, ready for the reader of its format; `bytes` are the item as it stands in its file.
    pub(super) fn into_text(
        self,
        source: &Source,
        bytes: &[u8],
        container: &Container,
    ) -> Result<SourceText, ReadError> {
        if self.content.trim().is_empty() {
            return Err(ReadError::Empty(source.name.clone()));
        }
        let mut text = SourceText::new(self.content, self.format, decode::sha256(bytes));
        text.lines = LineIndex::mapped(&self.lines);
        text.warnings = self.warnings;
        let slug = source.item_name().map(str::to_owned);
        let own = Meta { slug: self.meta.slug.clone().or(slug), ..self.meta };
        text.given = Known {
            meta: own.or(container.meta.clone()),
            alternatives: container.alternatives.clone(),
        };
        Ok(text)
    }
}

fn hash(identity: &str, content: &str) -> String {
    let from = if identity.is_empty() { content } else { identity };
    decode::sha256(from.as_bytes())[..12].to_owned()
}

/// A title as plain text: tags taken out, references decoded, white space folded.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let after = if let Some(end) = rest[at..].find('>').filter(|_| tag) {
            at + end + 1
        } else {
            out.push('<');
            at + 1
        };
        rest = &rest[after..];
    }
    out.push_str(rest);
    let decoded = entity::decode_all(&out);
    let folded = decoded.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then_some(folded)
}

/// Names as a byline: `A`, `A and B`, `A, B and C`.
pub(super) fn byline(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

/// Whether a feed's description, for want of a full text, is a summary: it breaks off, or sends readers on,
/// or is short.
pub(super) fn is_summary(html: &str) -> bool {
    let text = plain(html).unwrap_or_default();
    let tail: String = text.chars().rev().take(160).collect();
    let tail: String = tail.chars().rev().collect::<String>().to_lowercase();
    let end = tail.trim_end_matches(|c: char| !c.is_alphanumeric() && !"….]".contains(c));
    let breaks_off = ["…", "...", "[…]", "[...]"].iter().any(|mark| end.ends_with(mark));
    let sends_on = ["read more", "continue reading", "read the full", "appeared first on"]
        .iter()
        .any(|phrase| tail.contains(phrase));
    breaks_off
        || sends_on
        || text.split_whitespace().count() < SHORT && html.matches("<p").count() < 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain_text() {
        for (title, expected) in [
            ("Fish &amp; <em>chips</em>", "Fish & chips"),
            ("It&#8217;s 3 < 5\n now", "It’s 3 < 5 now"),
            ("<b>", ""),
        ] {
            assert_eq!(plain(title).unwrap_or_default(), expected);
        }
    }

    #[test]
    fn summaries_are_told_from_texts() {
        let long = "<p>The ferry left the harbour at noon with all on board.</p>".repeat(20);
        for (html, expected) in [
            ("The ferry left …", true),
            ("The ferry left [&hellip;]", true),
            (&*format!("{long}<p><a href=x>Read more</a></p>"), true),
            ("A short note.", true),
            (&long, false),
        ] {
            assert_eq!(is_summary(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_taken_and_why_not() {
        let types = ["post".to_owned()];
        let usual = Selection { drafts: false, types: &types, item: None };
        let drafts = Selection { drafts: true, ..usual };
        let post = |kind: &str, status: &str| Post {
            kind: kind.to_owned(),
            status: status.to_owned(),
            content: "Words.".to_owned(),
            ..Post::default()
        };
        let skip = |reason: &str| Verdict::Skip(reason.to_owned());
        assert_eq!(post("post", "publish").verdict(&usual), Verdict::Take);
        assert_eq!(post("post", "private").verdict(&drafts), Verdict::Take);
        assert_eq!(
            post("post", "private").verdict(&usual),
            skip("not published (status private); --drafts takes it")
        );
        assert_eq!(post("post", "trash").verdict(&drafts), skip("in the trash"));
        assert_eq!(
            post("page", "publish").verdict(&usual),
            skip("of type page; --types post,page takes it")
        );
        assert_eq!(
            post("attachment", "inherit").verdict(&usual),
            Verdict::Count("attachment".to_owned())
        );
        let secret = Post { protected: true, ..post("post", "publish") };
        assert_eq!(secret.verdict(&drafts), skip("protected by a password"));
        assert_eq!(Post::default().verdict(&usual), skip("without text"));
    }
}
