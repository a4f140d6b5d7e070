//! Names of a container's items: readable, unique within it, the same in every build.

use std::collections::{HashMap, HashSet};

use crate::read::decode;

/// Longest name, in characters.
const LONGEST: usize = 100;

/// Text as a name: no white space, no `#` or `/`, percent signs decoded, not too long.
pub(super) fn clean(text: &str) -> String {
    let decoded = percent_decoded(text);
    let mut name = String::new();
    for c in decoded.chars() {
        let part = c.is_whitespace() || c.is_control() || matches!(c, '#' | '/' | '\\' | '?' | '"');
        if !part {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let end = name.char_indices().nth(LONGEST).map_or(name.len(), |(at, _)| at);
    name.truncate(end);
    name.trim_matches('-').to_owned()
}

/// The words of a title as a name.
pub(super) fn of_title(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<String> =
        words.filter(|w| !w.is_empty()).take(12).map(str::to_lowercase).collect();
    clean(&words.join("-").replace(['\'', '’'], ""))
}

/// The name that the last part of an address is, if it is one.
pub(super) fn of_address(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = path.split_once('/')?;
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let last = match last.rsplit_once('.') {
        Some((stem, "html" | "htm" | "php" | "aspx" | "md")) => stem,
        _ => last,
    };
    let name = clean(last);
    (name != "index" && name.chars().any(char::is_alphabetic)).then_some(name)
}

/// Text with `%20` and the like decoded, if that gives text.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// A name for each of `wishes` (name, identity), in their order, no two equal. Of several with one wish
/// the oldest has it; the others get a suffix that depends on their identity alone.
pub(super) fn unique(wishes: &[(&str, &str)], oldest_first: bool) -> Vec<String> {
    let mut owner: HashMap<&str, usize> = HashMap::with_capacity(wishes.len());
    for (index, (wish, _)) in wishes.iter().enumerate() {
        if !oldest_first || !owner.contains_key(wish) {
            owner.insert(wish, index);
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    let name = |(index, (wish, identity)): (usize, &(&str, &str))| {
        if owner.get(wish) == Some(&index) {
            return (*wish).to_owned();
        }
        let short = identity.len() <= 12 && identity.chars().all(|c| c.is_ascii_alphanumeric());
        let suffix = if short && !identity.is_empty() {
            (*identity).to_owned()
        } else {
            decode::sha256(identity.as_bytes())[..6].to_owned()
        };
        let base = format!("{wish}-{suffix}");
        let mut name = base.clone();
        let mut n = 2;
        while owner.contains_key(name.as_str()) || !taken.insert(name.clone()) {
            name = format!("{base}-{n}");
            n += 1;
        }
        name
    };
    wishes.iter().enumerate().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_titles_and_addresses() {
        for (url, expected) in [
            ("https://example.org/2024/03/night-ferry/", Some("night-ferry")),
            ("https://example.org/night-ferry.html?x=1#top", Some("night-ferry")),
            ("https://example.org/?p=12", None),
            ("https://example.org/2024/", None),
            ("https://example.org", None),
            ("https://example.org/%E6%97%A5%E6%9C%AC", Some("日本")),
            ("https://example.org/a%2Fb%23c", Some("a-b-c")),
        ] {
            assert_eq!(of_address(url).as_deref(), expected, "{url}");
        }
        assert_eq!(of_title("Don't look: it's  #1!"), "dont-look-its-1");
        assert_eq!(clean("a b\u{0}c"), "a-b-c");
    }

    #[test]
    fn the_oldest_keeps_its_name() {
        let wishes = [("a", "1"), ("b", "2"), ("a", "3")];
        assert_eq!(unique(&wishes, true), ["a", "b", "a-3"]);
        assert_eq!(unique(&wishes, false), ["a-1", "b", "a"]);
        let same = [("a", "urn:x"), ("a", "urn:x"), ("a", "urn:x")];
        let names = unique(&same, true);
        assert_eq!(names[0], "a");
        assert_eq!(names[2], format!("{}-2", names[1]));
        assert_eq!(unique(&[("a", "1"), ("a", "2"), ("a-2", "3")], true), ["a", "a-2-2", "a-2"]);
    }
}
