//! Text in its places in HTML and XML: as text, in an attribute, in a script. What these give is well
//! formed both as HTML and as XML.

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use url::Url;

/// `text` as text or as the value of an attribute in quotes.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'') && is_allowed(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(text, &mut out);
    Cow::Owned(out)
}

/// Appends `text`, escaped.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Whether XML 1.0 and HTML allow `c` to stand in a document at all.
fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        c => u32::from(c) & 0xfffe != 0xfffe && !('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}

/// JSON as the content of a `<script>`: nothing in it ends the element or begins a comment.
pub(super) fn script_json(value: &serde_json::Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// What a Content-Security-Policy allows when it allows this inline script or style and no other.
pub(super) fn csp_hash(content: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))
}

/// `tag` if it is formed like a language tag (BCP 47).
pub(super) fn language(tag: &str) -> Option<&str> {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (letters && parts.all(rest)).then_some(tag)
}

/// The direction of `text` by its first letter that has one: `rtl` or `ltr`; `None` without letters.
pub(super) fn direction(text: &str) -> Option<&'static str> {
    let first = text.chars().find(|c| c.is_alphabetic())?;
    let leftward = matches!(
        u32::from(first),
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff
    );
    Some(if leftward { "rtl" } else { "ltr" })
}

/// The address of a link as it can be followed from anywhere: of the web or of mail, relative ones seen
/// from `base`; `None` for anything else, scripts above all.
pub(super) fn address(target: &str, base: Option<&Url>) -> Option<String> {
    let url = match Url::parse(target) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => base?.join(target).ok()?,
        Err(_) => return None,
    };
    matches!(url.scheme(), "http" | "https" | "mailto" | "tel").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        let hostile = "</p><script>alert('1')</script> \" & \u{0}\u{b}\u{fffe}x";
        let escaped = "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot; &amp; \u{fffd}\u{fffd}\u{fffd}x";
        assert_eq!(escape(hostile), escaped);
        assert!(matches!(escape("plain: é\n"), Cow::Borrowed(_)));
        let json = script_json(&json!({"a": "</script><!--\u{2028}&"}));
        assert_eq!(json, r#"{"a":"\u003c/script\u003e\u003c!--\u2028\u0026"}"#);
        let back: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(back["a"], "</script><!--\u{2028}&");
    }

    #[test]
    fn languages_and_directions() {
        for (tag, good) in [("en", true), ("zh-Hant-TW", true), ("e", false), ("en_GB", false)] {
            assert_eq!(language(tag).is_some(), good, "{tag}");
        }
        assert!(language("en\"><script>").is_none());
        for (text, expected) in
            [("12 a", Some("ltr")), ("«שלום» a", Some("rtl")), ("مرحبا", Some("rtl")), ("1", None)]
        {
            assert_eq!(direction(text), expected, "{text}");
        }
    }

    #[test]
    fn only_harmless_links_are_followed() {
        let base = Url::parse("https://example.org/news/today").expect("an address");
        for (target, expected) in [
            ("https://example.org/a?b=\"c", Some("https://example.org/a?b=%22c")),
            ("../about", Some("https://example.org/about")),
            ("#note", Some("https://example.org/news/today#note")),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            (" java\nscript:alert(1)", None),
            ("data:text/html,x", None),
        ] {
            assert_eq!(address(target, Some(&base)).as_deref(), expected, "{target}");
        }
        assert_eq!(address("/about", None), None);
    }

    #[test]
    fn a_policy_names_the_content() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(csp_hash("alert(1)"), "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    }
}
