//! WordPress shortcodes in a source -> what to skip, and the voice that a listen button asks for.
//!
//! They are found in the source text, before Markdown or HTML is parsed, by WordPress's own grammar:
//! only known names count (`[should]` is speech), names are case-sensitive, attributes end at the
//! first `]`. What publishers get wrong, curly quotes above all, is recovered and reported.

mod attributes;
mod listen;

use std::collections::BTreeMap;
use std::ops::Range;

use super::cut::{Action, Cut};
use crate::model::{VoiceRequest, Warning};
use attributes::{attributes, has_quoted_attribute};
use listen::request;
pub(crate) use listen::{asked, or, own_manner};

/// ResponsiveVoice's listen button and text box, by all their names.
const BUTTONS: [&str; 6] = [
    "responsivevoice_button",
    "ListenToPostButton",
    "RVListenButton",
    "responsivevoice_box",
    "ResponsiveVoiceBox",
    "RVTextBox",
];

/// ResponsiveVoice's enclosing form.
const ENCLOSING: [&str; 2] = ["responsivevoice", "ResponsiveVoice"];

/// Shortcodes that WordPress brings along, whose content is an address and no text.
const MEDIA: [&str; 5] = ["embed", "audio", "video", "playlist", "gallery"];

/// Shortcodes that stand for a picture with the words under it.
const CAPTIONS: [&str; 2] = ["caption", "wp_caption"];

/// Names that themes give to the shortcode around a pull quote.
const PULL_QUOTES: [&str; 4] = ["pullquote", "pull_quote", "pull-quote", "su_pullquote"];

/// The words on a button are no longer than this, in bytes.
const LONGEST_LABEL: usize = 60;

/// No shortcode's attributes are longer than this, in bytes.
const LONGEST: usize = 2000;

/// What the shortcodes of a source mean.
#[derive(Debug, Default)]
pub(crate) struct Shortcodes {
    /// What to skip, in order.
    pub(crate) cuts: Vec<Cut>,
    /// What each ResponsiveVoice shortcode asks for.
    pub(crate) picks: Vec<Pick>,
    /// Problems and the byte offset of each.
    pub(crate) warnings: Vec<(usize, Warning)>,
}

/// A ResponsiveVoice shortcode.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pick {
    /// Byte offset.
    pub(crate) at: usize,
    /// Voice and prosody.
    pub(crate) request: VoiceRequest,
    /// Whether it encloses the text it is about; a button is about the whole post.
    pub(crate) encloses: bool,
}

/// A shortcode's opening or closing tag.
struct Tag<'a> {
    range: Range<usize>,
    name: &'a str,
    attributes: &'a str,
    closing: bool,
    /// Ended by `]`, and not by the end of what its attributes can be.
    complete: bool,
    alone: bool,
}

/// Finds the shortcodes of `source`. In Markdown a bracket may also begin a link.
pub(crate) fn find(source: &str, markdown: bool) -> Shortcodes {
    let mut found = Shortcodes::default();
    let tags = tags(source, markdown, &mut found.cuts);
    // Where each name is closed, for openings that count only when they are.
    let mut closings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate() {
        if tag.closing {
            closings.entry(tag.name).or_default().push(index);
        }
    }
    let closing_after = |index: usize, name: &str| {
        let of_name = closings.get(name)?;
        of_name.get(of_name.partition_point(|c| *c <= index)).copied()
    };
    // Names of which an opening tag was taken: their closing tags go too.
    let mut open: BTreeMap<&str, Action> = BTreeMap::new();
    let mut past = 0;
    for (index, tag) in tags.iter().enumerate() {
        if tag.range.start < past {
            continue;
        }
        let cut = |rule| Cut::new(tag.range.clone(), rule);
        if tag.closing {
            if let Some(action) = open.get(tag.name) {
                let listen = is_button(tag.name) || ENCLOSING.contains(&tag.name);
                let rule = if listen { "listen-button" } else { "shortcode" };
                found.cuts.push(cut(rule).with(*action));
                if *action != Action::None {
                    open.remove(tag.name);
                }
            }
            continue;
        }
        let closing = closing_after(index, tag.name);
        if is_button(tag.name) || ENCLOSING.contains(&tag.name) {
            let encloses = ENCLOSING.contains(&tag.name);
            if !tag.complete {
                found.warn(tag, "unclosed-shortcode", "has no ] at its end; add it");
            } else if encloses && closing.is_none() {
                let message = "is never closed, so it is taken as a button for the whole post; \
                     put the closing tag after the text it is about";
                found.warn(tag, "unclosed-shortcode", message);
            }
            let request = request(tag, &mut found);
            let encloses = encloses && closing.is_some();
            found.picks.push(Pick { at: tag.range.start, request, encloses });
            let action = if encloses { Action::OpenEnclosed } else { Action::None };
            found.cuts.push(cut("listen-button").with(action));
            let end = if encloses { Action::CloseEnclosed } else { Action::None };
            open.insert(tag.name, end);
        } else if !tag.complete {
            // An unknown name without its bracket is text.
        } else if CAPTIONS.contains(&tag.name) && closing.is_some() {
            found.cuts.push(cut("shortcode").with(Action::OpenCaption));
            open.insert(tag.name, Action::CloseCaption);
        } else if PULL_QUOTES.contains(&tag.name) && closing.is_some() {
            found.cuts.push(cut("shortcode").with(Action::OpenPullQuote));
            open.insert(tag.name, Action::ClosePullQuote);
        } else if let Some(close) = closing.filter(|_| draws_button(tag.name))
            && source[tag.range.end..tags[close].range.start].len() <= LONGEST_LABEL
        {
            let end = tags[close].range.end;
            found.cuts.push(Cut::new(tag.range.start..end, "shortcode"));
            past = end;
        } else if MEDIA.contains(&tag.name) && closing.is_some() {
            let end = closing.map_or(tag.range.end, |c| tags[c].range.end);
            let content = &source[tag.range.end..end];
            // An address goes with its tags; anything longer is text that somebody wrote.
            if content.len() < LONGEST && !content.trim().contains(char::is_whitespace) {
                found.cuts.push(Cut::new(tag.range.start..end, "shortcode"));
                past = end;
            } else {
                found.cuts.push(cut("shortcode"));
                open.insert(tag.name, Action::None);
            }
        } else if closing.is_some()
            || has_quoted_attribute(tag.attributes)
            || tag.alone && MEDIA.contains(&tag.name)
        {
            found.cuts.push(cut("shortcode"));
            open.insert(tag.name, Action::None);
        } else if let Some(name) =
            BUTTONS.iter().chain(&ENCLOSING).find(|n| n.eq_ignore_ascii_case(tag.name))
        {
            let message = format!("is not a shortcode, it is written [{name}]");
            found.warn(tag, "shortcode-name", &message);
            found.cuts.push(cut("listen-button"));
        }
    }
    found.cuts = super::cut::in_order(std::mem::take(&mut found.cuts));
    found
}

fn is_button(name: &str) -> bool {
    BUTTONS.contains(&name)
}

/// Whether a shortcode draws a button to click on, by the name its theme gives it: `[su_button]`, `[btn]`.
fn draws_button(name: &str) -> bool {
    name.split(['-', '_']).any(|word| matches!(word, "button" | "btn" | "cta"))
}

impl Shortcodes {
    fn warn(&mut self, tag: &Tag<'_>, code: &'static str, message: &str) {
        let message = format!("the shortcode [{}] {message}", tag.name);
        self.warnings.push((tag.range.start, Warning::new(code, message)));
    }
}

/// All bracketed names that could be shortcodes. Brackets that escape one are cut at once.
fn tags<'a>(source: &'a str, markdown: bool, cuts: &mut Vec<Cut>) -> Vec<Tag<'a>> {
    let bytes = source.as_bytes();
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|b| *b == b'[') {
        let start = at + n;
        at = start + 1;
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        let name_end = name_start + name_length(&bytes[name_start..]);
        let name = &source[name_start..name_end];
        let follows = bytes.get(name_end);
        let ends_name = |b: &u8| matches!(b, b']' | b'/' | b'<' | b'&') || b.is_ascii_whitespace();
        if name.is_empty() || !follows.is_none_or(|b| ends_name(b) || !b.is_ascii()) {
            continue;
        }
        let (end, complete) = extent(source, name_end);
        // `[[name]]` is how a post shows a shortcode: the outer brackets go, the inner stay.
        if start > 0 && bytes[start - 1] == b'[' && bytes.get(end) == Some(&b']') && complete {
            if is_button(name) || ENCLOSING.contains(&name) || MEDIA.contains(&name) {
                cuts.push(Cut { range: start - 1..start, rule: None, action: Action::None });
                cuts.push(Cut { range: end..end + 1, rule: None, action: Action::None });
                at = end + 1;
            }
            continue;
        }
        if closing && !complete {
            continue;
        }
        if markdown && complete && matches!(bytes.get(end), Some(b'(' | b':')) {
            continue;
        }
        let attributes = if complete {
            source[name_end..end - 1].trim_end_matches('/')
        } else {
            &source[name_end..end]
        };
        let alone = is_alone(bytes, start..end);
        tags.push(Tag { range: start..end, name, attributes, closing, complete, alone });
        at = end;
    }
    tags
}

/// Whether nothing else stands on the line of `range`.
pub(crate) fn is_alone(bytes: &[u8], range: Range<usize>) -> bool {
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r');
    let before = bytes[..range.start].iter().rev().find(|b| !blank(b));
    let after = bytes[range.end..].iter().find(|b| !blank(b));
    before.is_none_or(|b| *b == b'\n') && after.is_none_or(|b| *b == b'\n')
}

fn name_length(bytes: &[u8]) -> usize {
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return 0;
    }
    bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count()
}

/// Where the tag whose name ends at `from` ends, and whether a bracket ends it. Without one, it
/// ends with its last attribute.
fn extent(source: &str, from: usize) -> (usize, bool) {
    let bytes = source.as_bytes();
    let mut quote = None;
    let mut line_has_text = true;
    let mut stop = bytes.len().min(from + LONGEST);
    for (offset, byte) in bytes[from..].iter().take(LONGEST).enumerate() {
        match (byte, quote) {
            (b']', _) => return (from + offset + 1, true),
            (b'[' | b'<', None) => {
                stop = from + offset;
                break;
            }
            (b'"' | b'\'', None) if bytes[from + offset - 1] == b'=' => quote = Some(*byte),
            (b, Some(q)) if *b == q => quote = None,
            (b'\n', _) if !line_has_text => {
                stop = from + offset;
                break;
            }
            _ => {}
        }
        line_has_text = *byte != b'\n' && (line_has_text || !byte.is_ascii_whitespace());
    }
    while !source.is_char_boundary(stop) {
        stop -= 1;
    }
    (from + attributes(&source[from..stop]).1, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Prosody;

    /// The source without its cuts, and the codes of the warnings.
    fn rest(source: &str) -> (String, Vec<String>) {
        let found = find(source, false);
        let mut out = String::new();
        let mut at = 0;
        for cut in &found.cuts {
            out.push_str(&source[at..cut.range.start]);
            at = cut.range.end;
        }
        out.push_str(&source[at..]);
        (out, found.warnings.iter().map(|(_, w)| w.code.to_string()).collect())
    }

    #[test]
    fn only_shortcodes_are_taken() {
        for (source, expected, reason) in [
            ("you [should] hand it [to us]", "you [should] hand it [to us]", "speech"),
            ("[responsivevoice_button voice=\"US English Female\"] Hi", " Hi", "the button"),
            ("[ListenToPostButton]a[RVListenButton rate=1]", "a", "its other names"),
            ("[responsivevoice]a[/responsivevoice]", "a", "the enclosing form"),
            ("[[responsivevoice_button]]", "[responsivevoice_button]", "an escaped one"),
            ("[gallery ids=\"1,2\"]a", "a", "WordPress's own"),
            ("a\n[gallery]\nb", "a\n\nb", "alone on its line"),
            ("We saw [video] of it", "We saw [video] of it", "not alone"),
            ("[embed]https://example.org/v[/embed] b", " b", "an address goes with its tags"),
            ("[video src=\"a.mp4\"]see it here[/video]", "see it here", "words stay"),
            ("[su_box title=\"x\"]a[/su_box]", "a", "any name with a quoted attribute"),
            ("[su_button url=\"/a\"]Donate now[/su_button] b", " b", "a button that a theme draws"),
            ("[pullquote]a[/pullquote]", "a", "any name that is closed"),
            ("[/notopened] a", "[/notopened] a", "a stray end"),
            ("[x] [1] [a=b] [sic]", "[x] [1] [a=b] [sic]", "ordinary brackets"),
            ("[note that x=5]", "[note that x=5]", "no quotes, no shortcode"),
            ("[box &quot;a&quot; t=&quot;b&quot;] c", " c", "quotes as references"),
        ] {
            assert_eq!(rest(source).0, expected, "{reason}");
        }
    }

    #[test]
    fn a_link_in_markdown_is_no_shortcode() {
        let source = "[box title=\"a\"](https://example.org) [b c=\"d\"]: https://example.org";
        assert!(find(source, true).cuts.is_empty());
        assert_eq!(find(source, false).cuts.len(), 2);
    }

    #[test]
    fn buttons_say_how_to_speak() {
        let voice = |v: &str| VoiceRequest { voice: Some(v.into()), prosody: Prosody::default() };
        let with = |v: &str, rate, pitch, volume| VoiceRequest {
            voice: Some(v.to_owned()),
            prosody: Prosody { rate, pitch, volume },
        };
        let us = "US English Female";
        let curly = vec!["curly-quotes-in-shortcode".to_owned()];
        for (source, expected, warnings, reason) in [
            ("[responsivevoice_button voice=\"US English Female\"]", voice(us), vec![], "plain"),
            ("[RVListenButton VOICE='US English Female']", voice(us), vec![], "single quotes"),
            ("[RVListenButton voice = \"US English Female\" /]", voice(us), vec![], "spaces"),
            (
                "[RVListenButton voice=\"X Y\" rate=\"0.9\" pitch=1.2 volume='0.5' buttontext=\"Go\"]",
                with("X Y", Some(0.9), Some(1.2), Some(0.5)),
                vec![],
                "all of it",
            ),
            ("[RVListenButton voice=”US English Female”]", voice(us), curly.clone(), "curly"),
            ("[RVListenButton voice=“US English Female″]", voice(us), curly.clone(), "mixed"),
            (
                "[RVListenButton voice=&#8221;US English Female&#8243;]",
                voice(us),
                curly,
                "texturised",
            ),
            (
                "[RVListenButton voice=US English Female]",
                voice(us),
                vec!["unquoted-voice-in-shortcode".to_owned()],
                "no quotes",
            ),
            (
                "[RVListenButton voice=\"US English Female\"\n\nText",
                voice(us),
                vec!["unclosed-shortcode".to_owned()],
                "unclosed",
            ),
            (
                "[responsivevoice voice=\"US English Female\"] Text",
                voice(us),
                vec!["unclosed-shortcode".to_owned()],
                "enclosing, never closed",
            ),
            (
                "[RVListenButton voice=\"A\"rate=\"0.9\"]",
                with("A", Some(0.9), None, None),
                vec!["joined-attributes-in-shortcode".to_owned()],
                "no space between attributes",
            ),
            (
                "[responsivevoice voice=\"A\" buttonposition=\"below\"]Text[/responsivevoice]",
                voice("A"),
                vec!["shortcode-attribute".to_owned()],
                "a position that is none",
            ),
            ("[RVListenButton voice=\"US\\ English Female\"]", voice(us), vec![], "a backslash"),
            (
                "[RVListenButton voice=\"A\" rate=9 pitch=-1 volume=0]",
                with("A", Some(4.0), Some(0.0), Some(0.0)),
                vec!["shortcode-number".to_owned(), "shortcode-number".to_owned()],
                "beyond the ranges",
            ),
            (
                "[responsivevoice_button voice=\"A\" class=\"big\" ignore=\"p\" lang=\"de\" Play]",
                voice("A"),
                vec![],
                "attributes that say nothing about the voice",
            ),
            (
                "[RVTextBox voice=\"A\u{a0}B\"\u{200b}rate=1.5]",
                with("A B", Some(1.5), None, None),
                vec![],
                "other spaces",
            ),
            (
                "[RVListenButton voice=\"A\" rate=\"fast\"]",
                voice("A"),
                vec!["shortcode-number".to_owned()],
                "no number",
            ),
        ] {
            let found = find(source, false);
            assert_eq!(found.picks[0].request, expected, "{reason}");
            let codes: Vec<_> = found.warnings.iter().map(|(_, w)| w.code.to_string()).collect();
            assert_eq!(codes, warnings, "{reason}");
        }
    }

    #[test]
    fn what_follows_an_unclosed_shortcode_is_text() {
        let (text, codes) =
            rest("[responsivevoice_button voice=\"A B\" rate=1\n\nThe text goes on.");
        assert_eq!(text, "\n\nThe text goes on.");
        assert_eq!(codes, ["unclosed-shortcode"]);
        let (text, _) = rest("<p>[responsivevoice_button voice=\"A B\"</p><p>On.</p>");
        assert_eq!(text, "<p></p><p>On.</p>");
    }

    #[test]
    fn names_are_case_sensitive() {
        let (text, codes) = rest("[responsivevoice_BUTTON] a");
        assert_eq!((text.as_str(), codes), (" a", vec!["shortcode-name".to_owned()]));
    }

    #[test]
    fn the_first_button_counts() {
        let found = find(
            "[responsivevoice voice=\"A\"]x[/responsivevoice] [RVListenButton voice=\"B\"]",
            false,
        );
        let (request, warning) = asked(&found.picks);
        assert_eq!(request.voice.as_deref(), Some("B"));
        assert_eq!(warning.map(|w| w.code.to_string()).as_deref(), Some("several-voices"));
    }

    #[test]
    fn captions_enclose_their_words() {
        let found = find("[caption id=\"a\"]<img> Words[/caption]", false);
        let actions: Vec<_> = found.cuts.iter().map(|c| c.action).collect();
        assert_eq!(actions, [Action::OpenCaption, Action::CloseCaption]);
    }

    #[test]
    fn many_open_brackets_take_linear_time() {
        let source = "[responsivevoice ".repeat(100_000);
        assert!(find(&source, false).cuts.len() >= 100_000);
    }
}
