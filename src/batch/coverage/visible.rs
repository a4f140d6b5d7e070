//! The text of a source that its readers see, format by format.
//!
//! Tokenisers of their own, which share nothing with the readers of the formats: the proof would prove little if it
//! took the readers' word for what there is.

use std::{borrow::Cow, sync::LazyLock};

use html5gum::{Token, Tokenizer, emitters::default::DefaultEmitter};
use regex::Regex;

use crate::model::Format;

/// Stands for markup between two pieces of text.
pub(super) const MARKUP: char = '\u{1f}';

/// The text of a source that readers see, with [`MARKUP`] for tags and their like.
pub(super) fn plain(source: &str, format: Format) -> String {
    match format {
        Format::HtmlPage => html(source),
        Format::HtmlFragment => html(&source[front_matter(source)..]),
        Format::Markdown => markdown(source),
        Format::Text => source.to_owned(),
        Format::Ssml => ssml(source),
        Format::Chapter => html(&closed(source)),
        Format::Docx => docx(source),
    }
}

/// XHTML in which the elements whose text HTML reads in its own way do not close themselves.
fn closed(source: &str) -> Cow<'_, str> {
    static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?xi)
            <(script|style|template|head|noscript|svg|math|title|textarea|iframe|xmp|noembed|noframes|plaintext)
            ((?: \s (?: [^<>"'] | "[^"]*" | '[^']*' )*? )?) />"#,
        )
        .expect("a constant expression")
    });
    EMPTY.replace_all(source, "<$1$2></$1>")
}

/// The text of the `t` elements of a word processor's XML, once where a drawing has it twice.
fn docx(source: &str) -> String {
    let mut out = String::new();
    let (mut text, mut fallback) = (false, 0_usize);
    for token in Tokenizer::new(source) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                match tag.name.rsplit(|b| *b == b':').next().unwrap_or_default() {
                    b"fallback" if !tag.self_closing => fallback += 1,
                    b"t" if !tag.self_closing => text = true,
                    b"p" | b"tab" | b"br" | b"cr" | b"tc" => out.push(' '),
                    b"nobreakhyphen" => out.push('-'),
                    _ => out.push(MARKUP),
                }
            }
            Token::EndTag(tag) => {
                match tag.name.rsplit(|b| *b == b':').next().unwrap_or_default() {
                    b"fallback" => fallback = fallback.saturating_sub(1),
                    b"t" => text = false,
                    b"p" | b"tc" => out.push(' '),
                    _ => out.push(MARKUP),
                }
            }
            Token::String(string) if text && fallback == 0 => {
                out.push_str(&String::from_utf8_lossy(&string));
            }
            _ => {}
        }
    }
    out
}

/// Text nodes outside of script, style, template and head, and of noscript and svg, whose text no reader
/// sees.
pub(super) fn html(source: &str) -> String {
    let opaque = |name: &[u8]| {
        matches!(name, b"script" | b"style" | b"template" | b"noscript" | b"svg" | b"math")
    };
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut out = String::with_capacity(source.len() / 2);
    let mut inside: Option<(Vec<u8>, usize)> = None;
    let (mut head, mut begun) = (false, false);
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                // A drawing without an end tag ends where the page goes on.
                let drawing = inside.as_ref().is_some_and(|(name, _)| name == b"svg");
                let body = tag.name.as_slice() == b"body";
                if body || (drawing && is_parting(&tag.name)) {
                    inside = None;
                }
                // So does a head: both its end tag and the start of the body may be left out.
                if body || inside.is_none() && !is_of_head(&tag.name) {
                    head = false;
                }
                head |= tag.name.as_slice() == b"head";
                begun |= body;
                // Above the body a title stands for the head, whose own tags may be left out.
                let title = tag.name.as_slice() == b"title" && (head || !begun);
                let quiet = opaque(&tag.name) || title;
                match &mut inside {
                    Some((name, depth)) if *name == *tag.name && !tag.self_closing => *depth += 1,
                    None if quiet && !tag.self_closing => inside = Some((tag.name.to_vec(), 1)),
                    _ => {}
                }
                out.push(MARKUP);
                if is_parting(&tag.name) {
                    out.push(' ');
                }
            }
            Token::EndTag(tag) => {
                if let Some((name, depth)) = &mut inside
                    && *name == *tag.name
                {
                    *depth -= 1;
                    if *depth == 0 {
                        inside = None;
                    }
                }
                head &= tag.name.as_slice() != b"head";
                out.push(MARKUP);
                if is_parting(&tag.name) {
                    out.push(' ');
                }
            }
            Token::String(text) if inside.is_none() => {
                head &= text.iter().all(u8::is_ascii_whitespace);
                if !head {
                    begun |= !text.iter().all(u8::is_ascii_whitespace);
                    out.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    out
}

/// Elements that may stand in a head.
fn is_of_head(name: &[u8]) -> bool {
    matches!(
        name,
        b"html"
            | b"head"
            | b"base"
            | b"basefont"
            | b"bgsound"
            | b"link"
            | b"meta"
            | b"noframes"
            | b"noscript"
            | b"script"
            | b"style"
            | b"template"
            | b"title"
    )
}

/// Tags that part words for every reader, so that nothing is glued across them.
fn is_parting(name: &[u8]) -> bool {
    matches!(name, b"p" | b"div" | b"br" | b"li" | b"td" | b"th" | b"tr" | b"h1" | b"h2" | b"h3")
}

/// The text of an SSML source: all that is no tag, comment or data about the document.
fn ssml(source: &str) -> String {
    static MARKUP_OF_XML: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?xs)
            <!\[CDATA\[(?P<raw>.*?)\]\]>
            | <!--.*?--> | <\?.*?\?> | <!DOCTYPE[^>]*>
            | <(?:\w+:)?metadata\b[^>]*[^/>]>.*?</(?:\w+:)?metadata\s*> | <metadata>.*?</metadata\s*>
            | </?(?P<parting>p|s|break|audio|desc)\b[^<>]*> | <[^<>]*>",
        )
        .expect("a constant expression")
    });
    let mut out = String::with_capacity(source.len());
    let mut copied = 0;
    for found in MARKUP_OF_XML.captures_iter(source) {
        let whole = found.get(0).expect("the whole match");
        out.push_str(&decoded(&source[copied..whole.start()]));
        match found.name("raw") {
            Some(raw) => out.push_str(raw.as_str()),
            None => out.push(if found.name("parting").is_some() { ' ' } else { MARKUP }),
        }
        copied = whole.end();
    }
    out + &decoded(&source[copied..])
}

/// A Markdown source without front matter, comments, tags, link targets and reference definitions.
fn markdown(source: &str) -> String {
    // Unlike HTML, Markdown takes nothing for a reference that has no semicolon ("h&ampter").
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"&(#?[A-Za-z0-9]+)([^A-Za-z0-9;]|$)").expect("a constant expression")
    });
    let text = markdown_parts(&source[front_matter(source)..]).0;
    if !text.contains('&') {
        return text;
    }
    decoded(&OPEN.replace_all(&text, "&amp;$1$2"))
}

/// The text of Markdown without front matter, entities as they stand, and the pieces that were left out of it.
pub(super) fn markdown_parts(body: &str) -> (String, Vec<&str>) {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        // No tag spans a blank line: what stands behind it is another block.
        let space = r"(?: [\ \t\r]+ (?: \n [\ \t\r]* )? | \n [\ \t\r]* )";
        let inside =
            |but: &str| format!(r"(?: [^{but}\n] | \n [\ \t]* [^{but}\s] )* (?: \n [\ \t]* )?");
        let (plain, double, single) = (inside("<>"), inside("\""), inside("'"));
        Regex::new(&format!(
            r#"(?xms)
            (?P<fence> ^\ {{0,3}}(?P<mark>```+|~~~+)[^\n]*$ )
            | (?P<code> ``[^\n]+?`` | `[^`\n]+` )
            | (?P<comment> <!--.*?--> )
            | (?P<auto> <(?:(?:https?|mailto|ftp):[^<>\s]*|[^<>\s@/]+@[^<>\s]+)> )
            | (?P<element> </?[A-Za-z][A-Za-z0-9-]*
                (?: {space} [A-Za-z_:][A-Za-z0-9_.:-]*
                    (?: {space}? = {space}? (?: "{double}" | '{single}' | [^\s"'=<>`]+ ) )? )* {space}? /?> )
            | (?P<tag> </?[A-Za-z]{plain}> | </[^A-Za-z<>\s]{plain}> | <\?.*?\?> | <!(?:[^>-]|-[^>-])[^>]*> | <!> )
            | (?P<target> \]\((?: \{{\{{ (?: [^\n] | \n [\ \t]* \S )*? \}}\}} | [^()\n] | \([^()\n]*\) )*\) )
            | (?P<reference> \]\[[^\[\]\n]*\] )
            | (?P<definition> ^\ {{0,3}}\[[^\]^\n][^\]\n]*\]:[^\n]*$ )"#,
        ))
        .expect("a constant expression")
    });
    let mut pieces = Vec::new();
    let mut out = String::with_capacity(body.len());
    let mut copied = 0;
    let mut fence: Option<(char, usize)> = None;
    for found in MARKS.captures_iter(body) {
        let whole = found.get(0).expect("the whole match");
        if let Some(mark) = found.name("mark") {
            let (c, n) = (mark.as_str().chars().next().unwrap_or('`'), mark.len());
            fence = match fence {
                None => Some((c, n)),
                Some((open, least)) if open == c && n >= least => None,
                open => open,
            };
            continue;
        }
        if fence.is_some() || found.name("code").is_some() {
            continue;
        }
        if found.name("auto").is_some() {
            // Its signs are markup, its address is text.
            out.push_str(&body[copied..whole.start()]);
            out.push(MARKUP);
            out.push_str(&body[whole.start() + 1..whole.end() - 1]);
            out.push(MARKUP);
            copied = whole.end();
            continue;
        }
        out.push_str(&body[copied..whole.start()]);
        out.push(MARKUP);
        pieces.push(whole.as_str());
        copied = whole.end();
    }
    out.push_str(&body[copied..]);
    (out, pieces)
}

/// Entities decoded; everything that is a tag is gone already, so `<` is text.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    html(&text.replace('<', "&lt;"))
}

/// The length of the front matter.
pub(super) fn front_matter(source: &str) -> usize {
    static FENCED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)\A\s*(?:---[ \t\r]*\n.*?(?:^|\n)(?:---|\.\.\.)[ \t\r]*(?:\n|\z)|\+\+\+[ \t\r]*\n.*?(?:^|\n)\+\+\+[ \t\r]*(?:\n|\z))")
            .expect("a constant expression")
    });
    FENCED.find(source).map_or(0, |m| m.end())
}
