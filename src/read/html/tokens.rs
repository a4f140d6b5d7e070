//! Tags and text of an HTML source, each with its byte range.

use std::ops::Range;

use html5gum::{Token as Gum, Tokenizer, emitters::default::DefaultEmitter};

/// Names and values of a tag, in the order of names; names lower case.
pub(in crate::read) type Attributes = Vec<(String, String)>;

/// A piece of a source. Comments, doctypes and errors are left out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::read) enum Token {
    /// A start tag.
    Start {
        /// Lower case.
        name: String,
        /// Decoded.
        attributes: Attributes,
        /// Ends in `/>`.
        closed: bool,
        /// With the brackets.
        span: Range<usize>,
    },
    /// An end tag.
    End {
        /// Lower case.
        name: String,
        /// With the brackets.
        span: Range<usize>,
    },
    /// Text, entities not yet decoded.
    Text {
        /// As it stands in the source.
        span: Range<usize>,
    },
    /// A comment; its content.
    Comment {
        /// Without `<!--` and `-->`.
        text: String,
        /// With them.
        span: Range<usize>,
    },
}

/// The tokens of `html`, in order.
pub(in crate::read) fn tokens(html: &str) -> impl Iterator<Item = Token> + '_ {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // Offsets of a tokenizer are trusted only as far as they are valid for the source.
    let within = |range: Range<usize>| {
        let end = html.floor_char_boundary(range.end.min(html.len()));
        html.floor_char_boundary(range.start.min(end))..end
    };
    Tokenizer::new_with_emitter(html, emitter).filter_map(move |token| {
        let Ok(token) = token;
        Some(match token {
            Gum::StartTag(tag) => Token::Start {
                name: lossy(&tag.name).to_ascii_lowercase(),
                attributes: tag
                    .attributes
                    .iter()
                    .map(|(name, value)| (lossy(name).to_ascii_lowercase(), lossy(value)))
                    .collect(),
                closed: tag.self_closing,
                span: within(tag.span.start..tag.span.end),
            },
            Gum::EndTag(tag) => Token::End {
                name: lossy(&tag.name).to_ascii_lowercase(),
                span: within(tag.span.start..tag.span.end),
            },
            Gum::String(text) => Token::Text { span: within(text.span.start..text.span.end) },
            Gum::Comment(text) => Token::Comment {
                text: lossy(&text.value),
                span: within(text.span.start..text.span.end),
            },
            Gum::Doctype(_) | Gum::Error(_) => return None,
        })
    })
}

/// Decodes the entities of a piece of text.
pub(super) fn decoded(raw: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(raw) {
        if let Ok(Gum::String(text)) = token {
            out.push_str(&String::from_utf8_lossy(&text));
        }
    }
    out
}

/// `html` without the tags that are nested deeper than `most`: tree builders take minutes on a hundred
/// thousand levels, or overflow the stack. The text is all there.
pub(in crate::read) fn flattened(html: &str, most: usize) -> String {
    let mut out = String::with_capacity(html.len());
    let mut depth = 0_usize;
    let mut copied = 0;
    for token in tokens(html) {
        let (span, deep) = match &token {
            Token::Start { name, closed, span, .. } => {
                let nests = !(*closed || super::elements::is_void(name));
                depth += usize::from(nests);
                (span, nests && depth > most)
            }
            Token::End { span, .. } => {
                let deep = depth > most;
                depth = depth.saturating_sub(1);
                (span, deep)
            }
            Token::Text { .. } | Token::Comment { .. } => continue,
        };
        if deep && span.start >= copied {
            out.push_str(&html[copied..span.start]);
            out.push(' ');
            copied = span.end;
        }
    }
    out.push_str(&html[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_where_they_say() {
        let html = "a &amp; b<p class=X>c &lt;d</p><!-- x --><script>if (a<b) {}</script>e";
        let shown: Vec<String> = tokens(html)
            .map(|t| match t {
                Token::Start { name, span, .. } => format!("<{name}:{}", &html[span]),
                Token::End { name, span } => format!("/{name}:{}", &html[span]),
                Token::Text { span } => html[span].to_owned(),
                Token::Comment { text, span } => format!("!{text}:{}", &html[span]),
            })
            .collect();
        assert_eq!(
            shown.join("|"),
            "a &amp; b|<p:<p class=X>|c &lt;d|/p:</p>|! x :<!-- x -->|<script:<script>|if (a<b) {}|/script:</script>|e"
        );
    }

    #[test]
    fn deep_nesting_is_flattened_and_the_text_stays() {
        let deep = format!("{}words{}", "<b>".repeat(100_000), "</b>".repeat(100_000));
        let flat = flattened(&deep, 512);
        assert!(flat.matches("<b>").count() == 512 && flat.contains("words"));
        let shallow = "<p>a<br>b</p>";
        assert_eq!(flattened(shallow, 512), shallow);
    }
}
