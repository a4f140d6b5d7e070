//! HTML text -> tags, text and comments, each with its byte range.
//!
//! The standard's tokenizer without its tree: own work because no HTML crate tells where in the
//! source a text node stood, and an article's spans have to be right to the byte. It also lets
//! nesting be flattened before a tree builder sees a hostile page. Linear in time.

use std::ops::Range;

use crate::read::cut::Cut;

/// A tag with more attributes than this is hostile; the rest are ignored.
const MAX_ATTRIBUTES: usize = 128;

/// One piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// `<name ...>`; its attributes are in [`Tokenizer::attributes`] until the next token.
    Start {
        /// Byte range of the name.
        name: Range<usize>,
        /// Whether it ends in `/>`.
        closed: bool,
    },
    /// `</name>`.
    End {
        /// Byte range of the name.
        name: Range<usize>,
    },
    /// Text, references not decoded; `raw` where there are none (scripts).
    Text {
        /// Whether `&` stands for itself.
        raw: bool,
    },
    /// A comment, declaration or processing instruction.
    Comment,
    /// One of the cuts, by index.
    Cut(usize),
}

/// Byte ranges of an attribute's name and value; without a value, the value is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// What the text after a start tag is, until its end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Raw,
    /// References are decoded, tags are not.
    Escapable,
    Plain,
}

/// Walks over HTML once.
#[derive(Debug)]
pub(crate) struct Tokenizer<'a> {
    text: &'a str,
    at: usize,
    cuts: &'a [Cut],
    next_cut: usize,
    attributes: Vec<Attribute>,
    /// Name of the element whose text comes next, unless tags are to be looked for.
    content: Option<(Content, Range<usize>)>,
    /// Inside `<svg>` or `<math>`, where `<title/>` and `<style/>` are ordinary, and may be empty.
    foreign: usize,
}

impl<'a> Tokenizer<'a> {
    /// Tokenizes `text`, stepping over `cuts` (sorted, apart) where they stand in text.
    pub(crate) fn new(text: &'a str, cuts: &'a [Cut]) -> Self {
        Self { text, at: 0, cuts, next_cut: 0, attributes: Vec::new(), content: None, foreign: 0 }
    }

    /// The attributes of the start tag that came last.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The next token and its byte range.
    pub(crate) fn next(&mut self) -> Option<(Token, Range<usize>)> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let token = match self.content.take() {
            Some((content, name)) => match self.raw_text(content, &name) {
                Some(token) => token,
                None => return self.next(),
            },
            None => self.data(),
        };
        Some((token, start..self.at))
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Text up to the next tag or cut, or that tag or cut.
    fn data(&mut self) -> Token {
        while self.cuts.get(self.next_cut).is_some_and(|c| c.range.start < self.at) {
            self.next_cut += 1;
        }
        let cut = self.cuts.get(self.next_cut).map_or(self.text.len(), |c| c.range.start);
        if cut == self.at && self.next_cut < self.cuts.len() {
            let index = self.next_cut;
            self.next_cut += 1;
            self.at = self.cuts[index].range.end.max(self.at);
            return Token::Cut(index);
        }
        let start = self.at;
        if self.bytes()[start] == b'<'
            && let Some(token) = self.markup()
        {
            return token;
        }
        // Not markup: at least this character is text, up to the next `<`, or to the cut.
        let limit = cut.max(start + 1);
        let next = self.bytes()[start + 1..limit.max(start + 1)].iter().position(|b| *b == b'<');
        self.at = next.map_or(limit, |n| start + 1 + n);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        Token::Text { raw: false }
    }

    /// The tag or comment at `<`, or `None` where that character is text.
    fn markup(&mut self) -> Option<Token> {
        let (bytes, start) = (self.bytes(), self.at);
        match bytes.get(start + 1)? {
            b'a'..=b'z' | b'A'..=b'Z' => Some(self.tag(start + 1, true)),
            b'/' => match bytes.get(start + 2)? {
                b'a'..=b'z' | b'A'..=b'Z' => Some(self.tag(start + 2, false)),
                _ => Some(self.bogus_comment(start + 2)),
            },
            b'!' => {
                let rest = &bytes[start..];
                if rest.starts_with(b"<!--") {
                    Some(self.comment(start + 4))
                } else if self.foreign > 0 && rest.starts_with(b"<![CDATA[") {
                    // The brackets are no text, and what is inside is rarely words: a comment.
                    self.at = find(bytes, start + 9, b"]]>").map_or(bytes.len(), |e| e + 3);
                    Some(Token::Comment)
                } else {
                    Some(self.bogus_comment(start + 2))
                }
            }
            b'?' => Some(self.bogus_comment(start + 2)),
            _ => None,
        }
    }

    fn bogus_comment(&mut self, from: usize) -> Token {
        let bytes = self.bytes();
        let end = bytes.get(from..).and_then(|b| b.iter().position(|b| *b == b'>'));
        self.at = end.map_or(bytes.len(), |e| from + e + 1);
        Token::Comment
    }

    fn comment(&mut self, from: usize) -> Token {
        let bytes = self.bytes();
        let rest = &bytes[from..];
        self.at = if rest.starts_with(b">") {
            from + 1
        } else if rest.starts_with(b"->") {
            from + 2
        } else {
            let mut at = from;
            loop {
                match find(bytes, at, b"--") {
                    None => break bytes.len(),
                    Some(e) if bytes[e + 2..].starts_with(b">") => break e + 3,
                    Some(e) if bytes[e + 2..].starts_with(b"!>") => break e + 4,
                    Some(e) => at = e + 1,
                }
            }
        };
        Token::Comment
    }

    /// The tag whose name begins at `from`. One that the text ends in is a comment, as in browsers.
    fn tag(&mut self, from: usize, start: bool) -> Token {
        let bytes = self.bytes();
        let is_end = |b: u8| matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>');
        let scan = |at: usize, stop: &dyn Fn(u8) -> bool| {
            bytes[at..].iter().position(|b| stop(*b)).map_or(bytes.len(), |n| at + n)
        };
        let name_end = scan(from, &is_end);
        self.attributes.clear();
        let mut at = name_end;
        let mut closed = false;
        loop {
            match bytes.get(at) {
                None => {
                    self.at = bytes.len();
                    return Token::Comment;
                }
                Some(b'>') => break,
                Some(b'/') => {
                    closed = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                Some(b) if b.is_ascii_whitespace() => at += 1,
                Some(_) => {
                    // A name may begin with `=`; it ends before the next one.
                    let name_start = at;
                    let name_end = scan(at + 1, &|b| is_end(b) || b == b'=');
                    at = scan(name_end, &|b| !b.is_ascii_whitespace());
                    let mut value = name_end..name_end;
                    if bytes.get(at) == Some(&b'=') {
                        at = scan(at + 1, &|b| !b.is_ascii_whitespace());
                        (value, at) = match bytes.get(at) {
                            Some(quote @ (b'"' | b'\'')) => {
                                let end = scan(at + 1, &|b| b == *quote);
                                (at + 1..end, (end + 1).min(bytes.len()))
                            }
                            Some(b'>') | None => (at..at, at),
                            Some(_) => {
                                let end = scan(at, &|b| b.is_ascii_whitespace() || b == b'>');
                                (at..end, end)
                            }
                        };
                    } else {
                        at = name_end;
                    }
                    if self.attributes.len() < MAX_ATTRIBUTES {
                        self.attributes.push(Attribute { name: name_start..name_end, value });
                    }
                }
            }
        }
        self.at = at + 1;
        let name = from..name_end;
        if !start {
            self.leave(&name);
            return Token::End { name };
        }
        self.enter(&name, closed);
        Token::Start { name, closed }
    }

    /// Notes what kind of text follows a start tag.
    fn enter(&mut self, name: &Range<usize>, closed: bool) {
        let name_text = &self.text[name.clone()];
        let is = |names: &[&str]| names.iter().any(|n| name_text.eq_ignore_ascii_case(n));
        if is(&["svg", "math"]) {
            self.foreign += usize::from(!closed);
            return;
        }
        let content = if is(&["script", "style"]) {
            Content::Raw
        } else if self.foreign > 0 {
            return;
        } else if is(&["textarea", "title"]) {
            Content::Escapable
        } else if is(&["iframe", "noembed", "noframes", "xmp"]) {
            Content::Raw
        } else if is(&["plaintext"]) {
            Content::Plain
        } else {
            return;
        };
        if !(closed && self.foreign > 0) {
            self.content = Some((content, name.clone()));
        }
    }

    fn leave(&mut self, name: &Range<usize>) {
        let name = &self.text[name.clone()];
        if name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math") {
            self.foreign = self.foreign.saturating_sub(1);
        }
    }

    /// The text of a script or the like; `None` when it is empty.
    fn raw_text(&mut self, content: Content, name: &Range<usize>) -> Option<Token> {
        let (bytes, start) = (self.bytes(), self.at);
        let name = &bytes[name.clone()];
        let mut at = start;
        let mut inner = false;
        let script = name.eq_ignore_ascii_case(b"script");
        let names = |at: usize, name: &[u8]| {
            bytes.get(at..at + name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name))
                && bytes.get(at + name.len()).is_none_or(|b| {
                    matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>')
                })
        };
        // `<!-- <script> ... </script> -->` inside a script belongs to that script.
        let mut commented = false;
        self.at = loop {
            if content == Content::Plain {
                break bytes.len();
            }
            let Some(n) = bytes[at..].iter().position(|b| *b == b'<' || (script && *b == b'-'))
            else {
                break bytes.len();
            };
            at += n;
            if bytes[at] == b'-' {
                if commented && bytes[at..].starts_with(b"-->") {
                    (commented, inner) = (false, false);
                }
            } else if bytes.get(at + 1) == Some(&b'/') && names(at + 2, name) {
                if !inner {
                    break at;
                }
                inner = false;
            } else if script && bytes[at..].starts_with(b"<!--") {
                commented = true;
                at += 3;
            } else if script && commented && names(at + 1, name) {
                inner = true;
            }
            at += 1;
        };
        // Such an inner script that is never closed again would swallow the page: the first end
        // tag counts then.
        if script && self.at == bytes.len() {
            let mut at = start;
            while let Some(e) = find(bytes, at, b"</") {
                if names(e + 2, name) {
                    self.at = e;
                    break;
                }
                at = e + 2;
            }
        }
        (self.at > start).then_some(Token::Text { raw: content != Content::Escapable })
    }
}

/// Where `needle` begins, at or after `from`.
fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let first = needle[0];
    let mut at = from;
    while let Some(n) = bytes.get(at..)?.iter().position(|b| *b == first) {
        at += n;
        if bytes[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tokens in a short notation.
    fn tokens(html: &str) -> String {
        let mut tokenizer = Tokenizer::new(html, &[]);
        let mut out = Vec::new();
        while let Some((token, range)) = tokenizer.next() {
            out.push(match token {
                Token::Start { name, closed } => {
                    let mut attributes = String::new();
                    for a in tokenizer.attributes() {
                        let (name, value) = (&html[a.name.clone()], &html[a.value.clone()]);
                        attributes.extend([" ", name, "=", value]);
                    }
                    format!("+{}{attributes}{}", &html[name], if closed { "/" } else { "" })
                }
                Token::End { name } => format!("-{}", &html[name]),
                Token::Text { .. } => format!("{:?}", &html[range]),
                Token::Comment => "#".to_owned(),
                Token::Cut(index) => format!("cut {index}"),
            });
        }
        out.join(" ")
    }

    #[test]
    fn markup_is_told_from_text() {
        for (html, expected, reason) in [
            ("<p>a</p>", "+p \"a\" -p", "tags"),
            ("a < b <3 <", "\"a \" \"< b \" \"<3 \" \"<\"", "less-than signs"),
            ("<a href=\"x>y\" b='>' c=d e>f</a>", "+a href=x>y b=> c=d e= \"f\" -a", "attributes"),
            ("<a title=it's>x</a>", "+a title=it's \"x\" -a", "a quote inside a bare value"),
            ("<br/><img src=a/>", "+br/ +img src=a/", "a slash belongs to a bare value"),
            ("a<!-- <b> -- -->c", "\"a\" # \"c\"", "comments"),
            ("<!-->a<!--->b<!--x--!>c", "# \"a\" # \"b\" # \"c\"", "odd comments"),
            ("<!doctype html><?x y?>a", "# # \"a\"", "declarations"),
            ("</><//>a", "# # \"a\"", "empty end tags"),
            ("<script>a<b</p></script>c", "+script \"a<b</p>\" -script \"c\"", "scripts"),
            ("<script></script>c", "+script -script \"c\"", "an empty script"),
            ("<SCRIPT>x</Script >c", "+SCRIPT \"x\" -Script \"c\"", "in any case"),
            (
                "<script><!--<script>a</script>--></script>b",
                "+script \"<!--<script>a</script>-->\" -script \"b\"",
                "a script in a comment in a script",
            ),
            ("<script><!--</script>b", "+script \"<!--\" -script \"b\"", "an open comment in one"),
            ("<title>a<b></title>c", "+title \"a<b>\" -title \"c\"", "escapable text"),
            ("<svg><title/><style/>a</svg>", "+svg +title/ +style/ \"a\" -svg", "foreign elements"),
            ("a<b", "\"a\" #", "an open tag at the end"),
            ("a<!-- b", "\"a\" #", "an open comment at the end"),
        ] {
            assert_eq!(tokens(html), expected, "{reason}");
        }
    }

    #[test]
    fn cuts_are_stepped_over_in_text_only() {
        let html = "a [x <b>] c <i title='[x]'>";
        let cuts = [Cut::new(2..9, "shortcode"), Cut::new(22..25, "shortcode")];
        let mut tokenizer = Tokenizer::new(html, &cuts);
        let mut seen = Vec::new();
        while let Some((token, range)) = tokenizer.next() {
            seen.push((matches!(token, Token::Cut(_)), &html[range]));
        }
        assert_eq!(
            seen,
            [(false, "a "), (true, "[x <b>]"), (false, " c "), (false, "<i title='[x]'>")]
        );
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_token(html in "(<|>|/|!|-|p|script|title|svg|[ \"'=&é])*") {
            let mut tokenizer = Tokenizer::new(&html, &[]);
            let mut end = 0;
            while let Some((_, range)) = tokenizer.next() {
                prop_assert_eq!(range.start, end);
                prop_assert!(range.end > range.start && html.is_char_boundary(range.end));
                end = range.end;
            }
            prop_assert_eq!(end, html.len());
        }
    }
}
