//! WordPress shortcodes, as WordPress itself parses them.
//!
//! The listen buttons of ResponsiveVoice choose voice and prosody; `[caption]` marks a caption; other
//! shortcodes are for the content system. All are masked and recorded; ordinary brackets (`[should]`,
//! `[to us]`) are text. Only known names are shortcodes, and unknown ones with attributes in quotes
//! (`[name key="value"]`), which no author writes for readers.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{mask::Masked, remove};
use crate::model::{Article, BlockKind, Format, Prosody, Removed, SourceText, Span, Warning};

/// Post buttons of ResponsiveVoice: they speak the whole post wherever they stand.
const BUTTONS: &[&str] = &["responsivevoice_button", "ListenToPostButton", "RVListenButton"];
/// Its enclosing form: speaks what it encloses.
const ENCLOSING: &[&str] = &["responsivevoice", "ResponsiveVoice"];
/// Its text box, removed upstream in 2.0; it encloses text too.
const BOXES: &[&str] = &["responsivevoice_box", "ResponsiveVoiceBox", "RVTextBox"];
/// Shortcodes of WordPress itself and of plugins found on most sites, that need no attribute to be one.
const OTHERS: &[&str] = &[
    "caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist", "contact-form-7", "toc",
    "gravityform", "mc4wp_form", "vc_row", "vc_column", "vc_column_text", "et_pb_section", "et_pb_row",
    "et_pb_column", "et_pb_text", "su_box", "su_quote", "su_button", "sharethis", "addtoany",
    "sociable", "jetpack_subscription_form", "youtube", "vimeo", "tweet", "instagram", "dropcap",
];

/// One bracketed candidate: an optional escape, a slash, a name, attributes. Bounded, so that brackets that
/// never close cost nothing.
static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)\[(\[?)(/?)([A-Za-z][A-Za-z0-9_-]{0,60})((?:[\s\u{a0}/][^\[\]]{0,2000})?)\](\]?)")
        .expect("a constant expression")
});

/// A listen button that is opened and never closed.
static UNCLOSED: LazyLock<Regex> = LazyLock::new(|| {
    let names = [BUTTONS, ENCLOSING].concat().join("|");
    Regex::new(&format!(r"\[(?:{names})\b[^\]\n]*")).expect("a constant expression")
});

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x) ([\w-]+)\s*=\s*"([^"]*)"(?:\s|$)
        | ([\w-]+)\s*=\s*'([^']*)'(?:\s|$)
        | ([\w-]+)\s*=\s*([^\s'"]+)(?:\s|$)
        | \S+(?:\s|$)"#,
    )
    .expect("a constant expression")
});

/// An unknown name is a shortcode when it has a quoted attribute.
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\s[\w-]+=(?:"[^"]*"|'[^']*')"#).expect("a constant expression"));

/// What shortcodes say about ranges of the source.
#[derive(Debug, Default)]
pub(super) struct Marks {
    captions: Vec<Range<usize>>,
    enclosed: Vec<Range<usize>>,
    button: bool,
}

/// Masks the shortcodes of `masked` from byte `body` on; records them and what they ask for.
pub(super) fn mask(
    body: usize,
    source: &SourceText,
    masked: &mut Masked,
    article: &mut Article,
) -> Marks {
    let text = masked.text().to_owned();
    let mut marks = Marks::default();
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    for found in CANDIDATE.captures_iter(&text[body..]) {
        let whole = found.get(0).expect("the whole match");
        let (start, end) = (body + whole.start(), body + whole.end());
        let (name, attributes) = (&found[3], &found[4]);
        let escaped = &found[1] == "[" && &found[5] == "]";
        // In Markdown, `[tweet](address)` and `[tweet][1]` are links.
        let link = text[end..].starts_with(['(', '[']) && source.format == Format::Markdown;
        if link {
            continue;
        }
        if !is_shortcode(name, attributes, &found[2] == "/") {
            continue;
        }
        if escaped {
            // `[[name]]` shows `[name]`: the outer brackets are no words, so nothing is to be done.
            continue;
        }
        let (start, end) = (start + found[1].len(), end - found[5].len());
        let closing = &found[2] == "/";
        let listen = |names: &[&str]| names.contains(&name);
        let is_listen = listen(BUTTONS) || listen(ENCLOSING) || listen(BOXES);
        let rule = if is_listen { "listen-button" } else { "shortcode" };
        remove(&mut article.removed, rule, &source.text, Span::new(start, end));
        spans.push(Span::new(start, end));
        if closing {
            if let Some(at) = open.iter().rposition(|(n, _)| n == name) {
                let (name, from) = open.swap_remove(at);
                open.truncate(at);
                match name.as_str() {
                    "caption" | "wp_caption" => marks.captions.push(from..start),
                    _ if ENCLOSING.contains(&name.as_str()) => marks.enclosed.push(from..start),
                    _ => {}
                }
            }
            continue;
        }
        if !attributes.trim_end().ends_with('/') {
            open.push((name.to_owned(), end));
        }
        if is_listen {
            marks.button |= listen(BUTTONS);
            request(name, attributes, source.lines.line(start), article);
        }
    }
    unclosed(body, &text, &mut spans, source, article);
    spans.sort_unstable();
    masked.mask(&spans);
    marks
}

fn is_shortcode(name: &str, attributes: &str, closing: bool) -> bool {
    let known = [BUTTONS, ENCLOSING, BOXES, OTHERS].iter().any(|names| names.contains(&name));
    // `[video]` alone in prose is a word in brackets only if something follows it that is no attribute.
    let bare = attributes.trim().is_empty() || attributes.contains('=') || closing;
    let ours = [BUTTONS, ENCLOSING, BOXES].iter().any(|names| names.contains(&name));
    ours || (known && bare) || QUOTED.is_match(attributes)
}

/// A button without its closing bracket: WordPress would show it; nobody wants to hear it.
fn unclosed(
    body: usize,
    text: &str,
    spans: &mut Vec<Span>,
    source: &SourceText,
    article: &mut Article,
) {
    let taken = |at: usize, spans: &[Span]| spans.iter().any(|s| s.start <= at && at < s.end);
    for found in UNCLOSED.find_iter(&text[body..]) {
        let span = Span::new(body + found.start(), body + found.end());
        let escaped = text[..span.start].ends_with('[');
        if taken(span.start, spans) || escaped || text[span.end..].starts_with(']') {
            continue;
        }
        let line = source.lines.line(span.start);
        let message = "a listen button is opened and never closed; it is left out, write its `]`";
        article.warnings.push(Warning::new("unclosed-shortcode", message).at_line(line));
        remove(&mut article.removed, "listen-button", &source.text, span);
        spans.push(span);
    }
}

/// Takes the voice and prosody that a listen shortcode asks for; the first one counts.
fn request(name: &str, attributes: &str, line: u32, article: &mut Article) {
    let straight = if attributes.contains(['\u{201c}', '\u{201d}', '\u{2033}', '\u{2018}', '\u{2019}']) {
        let message = format!(
            "[{name}] has curly quotes, which WordPress does not take for quotes; they are read as \
             straight ones here, mend the post"
        );
        article.warnings.push(Warning::new("curly-quotes-in-shortcode", message).at_line(line));
        attributes
            .replace(['\u{201c}', '\u{201d}', '\u{2033}'], "\"")
            .replace(['\u{2018}', '\u{2019}'], "'")
    } else {
        attributes.to_owned()
    };
    // WordPress takes no-break and zero-width spaces for spaces.
    let spaced = straight.replace(['\u{a0}', '\u{200b}'], " ");
    let mut voice = None;
    let mut prosody = Prosody::default();
    for found in ATTRIBUTE.captures_iter(&spaced) {
        let part = |a: usize, b: usize, c: usize| {
            found.get(a).or_else(|| found.get(b)).or_else(|| found.get(c)).map_or("", |m| m.as_str())
        };
        let (key, value) = (part(1, 3, 5).to_ascii_lowercase(), part(2, 4, 6).trim());
        let number = |low: f32, high: f32| {
            value.parse::<f32>().ok().filter(|n| n.is_finite()).map(|n| n.clamp(low, high))
        };
        match key.as_str() {
            "voice" if !value.is_empty() => voice = Some(value.to_owned()),
            // ResponsiveVoice takes rates from 0; below a quarter nothing is intelligible.
            "rate" => prosody.rate = number(0.25, 2.0),
            "pitch" => prosody.pitch = number(0.0, 2.0),
            "volume" => prosody.volume = number(0.0, 1.0),
            _ => {}
        }
    }
    let request = &mut article.meta.request;
    if request.voice.is_none() {
        request.voice = voice;
    }
    request.prosody = request.prosody.or(prosody);
}

impl Marks {
    /// Applies what was marked to the blocks: captions, and what the enclosing form leaves out.
    pub(super) fn apply(self, article: &mut Article) {
        for block in &mut article.blocks {
            let span = block.text.span();
            let inside = |r: &Range<usize>| r.start <= span.start && span.end <= r.end;
            if block.kind == BlockKind::Paragraph && self.captions.iter().any(inside) {
                block.kind = BlockKind::Caption;
            }
        }
        if self.enclosed.is_empty() || self.button {
            return;
        }
        let blocks = std::mem::take(&mut article.blocks);
        for mut block in blocks {
            if block.added.is_some() {
                article.blocks.push(block);
                continue;
            }
            let outside = self.outside(&block.text);
            for range in outside.into_iter().rev() {
                let taken = block.text.cut(range);
                let text = taken.as_str().trim().to_owned();
                if !text.is_empty() {
                    let span = taken.span();
                    article.removed.push(Removed { rule: "outside-responsivevoice", text, span });
                }
            }
            block.text = block.text.trimmed();
            if !block.text.is_empty() {
                article.blocks.push(block);
            }
        }
    }

    /// Byte ranges of a text that stand outside of every enclosure, in order.
    fn outside(&self, text: &crate::model::Text) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.as_str().char_indices() {
            let here = text.span_of(at..at + c.len_utf8());
            if self.enclosed.iter().any(|r| r.start <= here.start && here.end <= r.end) {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == at => last.end = at + c.len_utf8(),
                _ => ranges.push(at..at + c.len_utf8()),
            }
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Source,
        read::{ReadOptions, read},
    };

    fn article(text: &str) -> Article {
        let source = Source { name: "-".into(), path: None, named: true };
        let text = SourceText::new(text, Format::Text, String::new());
        read(&source, text, &ReadOptions::default()).expect("an article")
    }

    fn spoken(article: &Article) -> String {
        article.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn buttons_choose_the_voice_and_are_not_spoken() {
        let cases = [
            ("[responsivevoice_button voice=\"US English Female\"] Words.", Some("US English Female"), None),
            ("[ListenToPostButton voice='UK English Male' rate='0.8'] Words.", Some("UK English Male"), Some(0.8)),
            ("[RVListenButton rate=1.5] Words.", None, Some(1.5)),
            ("[responsivevoice_button\u{a0}voice=\"A B\"] Words.", Some("A B"), None),
            ("[responsivevoice_button rate=99] Words.", None, Some(2.0)),
            ("[responsivevoice_button rate=fast] Words.", None, None),
            ("[responsivevoice_button voice=\"A\"rate=\"2\"] Words.", None, None),
            ("[responsivevoice_button voice=\u{201d}US English Female\u{201d}] Words.", Some("US English Female"), None),
        ];
        for (text, voice, rate) in cases {
            let article = article(text);
            assert_eq!(spoken(&article), "Words.", "{text}");
            assert_eq!(article.meta.request.voice.as_deref(), voice, "{text}");
            assert_eq!(article.meta.request.prosody.rate, rate, "{text}");
            assert_eq!(article.removed[0].rule, "listen-button");
        }
    }

    #[test]
    fn curly_quotes_and_missing_brackets_are_reported() {
        let curly = article("[responsivevoice_button voice=\u{201c}X\u{201d}] Words.");
        assert_eq!(curly.warnings[0].code, "curly-quotes-in-shortcode");
        let open = article("Words.\n\n[responsivevoice_button voice=\"US");
        assert_eq!(open.warnings[0].code, "unclosed-shortcode");
        assert_eq!((spoken(&open).as_str(), open.warnings[0].line), ("Words.", Some(3)));
    }

    #[test]
    fn ordinary_brackets_are_text() {
        let text = "You [should] give it [to us] and [sic] watch the [video of him] [1].";
        assert_eq!(spoken(&article(text)), text);
        assert_eq!(spoken(&article("Write [[responsivevoice_button]] there.")), "Write [[responsivevoice_button]] there.");
    }

    #[test]
    fn other_shortcodes_go_and_captions_stay() {
        let text = "Before.\n\n[caption id=\"a_1\" width=\"300\"]A boat at dawn[/caption]\n\n[gallery ids=\"1,2\"]\n\nAfter [my_thing a=\"b\"]now[/my_thing].";
        let article = article(text);
        let kinds: Vec<_> = article.blocks.iter().map(|b| b.kind.name()).collect();
        assert!(kinds.contains(&"caption"), "{kinds:?} {}", spoken(&article));
        assert!(!spoken(&article).contains("gallery") && !spoken(&article).contains("id="));
    }

    #[test]
    fn the_enclosing_form_alone_speaks_what_it_encloses() {
        let text = "Not this.\n\nNor [responsivevoice voice=\"A\"]but this[/responsivevoice] here.";
        let article = article(text);
        assert_eq!(spoken(&article), "but this");
        assert!(article.removed.iter().any(|r| r.rule == "outside-responsivevoice" && r.text == "Not this."));
        let both = "All [responsivevoice]of[/responsivevoice] it. [responsivevoice_button]";
        assert_eq!(spoken(&super::tests::article(both)).split_whitespace().collect::<Vec<_>>().join(" "), "All of it.");
    }
}
