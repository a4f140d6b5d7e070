//! Names of the articles' folders: safe on every file system and in every address, unique, and the
//! same when other articles come and go.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::stage::hex;

/// Longest slug. Short enough for four of them in the 260 characters of a Windows path.
const LONGEST: usize = 80;
/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin", "conout"];
/// What stands in for a text without letters.
const NAMELESS: &str = "article";

/// A slug that an article asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlugRequest<'a> {
    /// The slug, title or file name to make it from.
    pub wanted: &'a str,
    /// The source, as [`super::source_path`] names it.
    pub source: &'a str,
}

/// `wanted` as a slug: transliterated, lower case, only `a-z`, `0-9` and single inner hyphens, at
/// most 80 characters, cut at a word, never a device of Windows; `article` when there is no letter or
/// digit to make one from.
#[must_use]
pub fn safe_slug(wanted: &str) -> String {
    let mut slug = String::new();
    // One more than fits tells whether a word is cut; no need to read a whole book.
    'text: for c in wanted.chars() {
        if matches!(c, '\'' | '’' | '‘' | 'ʼ') {
            continue;
        }
        // Combining and invisible characters transliterate to nothing.
        for c in any_ascii::any_ascii_char(c).chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            if slug.len() > LONGEST {
                break 'text;
            }
        }
    }
    if slug.len() > LONGEST {
        let cut = slug.rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        return NAMELESS.into();
    }
    if is_device(&slug) {
        slug.push('-');
        slug.push_str(NAMELESS);
    }
    slug
}

/// Whether Windows takes `slug` for a device.
fn is_device(slug: &str) -> bool {
    let port = slug.strip_prefix("com").or_else(|| slug.strip_prefix("lpt"));
    DEVICES.contains(&slug)
        || port.is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
}

/// A slug for each of `requests`, in their order, no two equal.
///
/// Of several that come to the same slug, one has it and the others get a suffix made from their
/// source alone. The one is whose source `owner` names, given the slug: the one that an earlier build
/// wrote under it, if that source still exists, so that published addresses stay; otherwise the
/// first by name of source.
#[must_use]
pub fn unique_slugs(
    requests: &[SlugRequest<'_>],
    owner: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, request) in requests.iter().enumerate() {
        groups.entry(safe_slug(request.wanted)).or_default().push(index);
    }
    let mut slugs = vec![String::new(); requests.len()];
    let mut taken: BTreeSet<String> = groups.keys().cloned().collect();
    let mut others = Vec::new();
    for (slug, mut group) in groups {
        group.sort_by_key(|index| (requests[*index].source, *index));
        let first = match owner(&slug) {
            Some(source) => group.iter().position(|index| requests[*index].source == source),
            None => Some(0),
        };
        if let Some(first) = first {
            slugs[group.remove(first)].clone_from(&slug);
        }
        others.extend(group.into_iter().map(|index| (slug.clone(), index)));
    }
    for (slug, index) in others {
        let unique = suffixed(&slug, requests[index].source, &taken);
        taken.insert(unique.clone());
        slugs[index] = unique;
    }
    slugs
}

/// `slug` with six characters that depend on `source` only, unless that is taken.
fn suffixed(slug: &str, source: &str, taken: &BTreeSet<String>) -> String {
    let mut hash = Sha256::digest(source);
    loop {
        let suffix = &hex(&hash)[..6];
        let room = LONGEST - suffix.len() - 1;
        let base = slug[..slug.len().min(room)].trim_end_matches('-');
        let unique = format!("{base}-{suffix}");
        if !taken.contains(&unique) {
            return unique;
        }
        hash = Sha256::digest(hash);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs() {
        let long = "word ".repeat(60);
        let one_word = "x".repeat(300);
        for (wanted, expected, why) in [
            ("Hello, World!", "hello-world", "punctuation separates"),
            ("Don't “quote” me", "dont-quote-me", "an apostrophe does not"),
            ("../../x", "x", "no way out of the folder"),
            ("..\\..\\C:\\x", "c-x", "not on Windows either"),
            ("CON", "con-article", "a device of Windows"),
            ("nul", "nul-article", "a device of Windows"),
            ("COM1", "com1-article", "a device of Windows"),
            ("lpt9", "lpt9-article", "a device of Windows"),
            ("com10", "com10", "not a device"),
            ("comet", "comet", "not a device"),
            ("index.html", "index-html", "not the index"),
            ("feed.xml", "feed-xml", "not the feed"),
            ("report.json", "report-json", "not the report"),
            ("aloud-button.js", "aloud-button-js", "not the button"),
            (".aloud", "aloud", "not aloud's own folder"),
            ("Café Übergrößen", "cafe-ubergrossen", "transliterated"),
            ("ភ្នំពេញ", "phnampenh", "transliterated"),
            ("日本", "riben", "transliterated"),
            ("", "article", "never empty"),
            ("!!! ---", "article", "never empty"),
            ("\u{0}\u{202e}a\u{7f}", "a", "no control characters"),
            ("3.5 million", "3-5-million", "digits stay"),
            (&one_word, &one_word[..80], "cut hard without a word boundary"),
            (&long, &"word-".repeat(16)[..79], "cut at a word"),
        ] {
            assert_eq!(safe_slug(wanted), expected, "{why}");
        }
    }

    fn unique(requests: &[(&str, &str)], owners: &[(&str, &str)]) -> Vec<String> {
        let requests: Vec<_> =
            requests.iter().map(|(wanted, source)| SlugRequest { wanted, source }).collect();
        unique_slugs(&requests, |slug| {
            owners.iter().find(|(s, _)| *s == slug).map(|(_, source)| (*source).to_owned())
        })
    }

    #[test]
    fn the_first_by_source_has_it_and_suffixes_depend_on_the_source_alone() {
        let two = unique(&[("News", "b/news.md"), ("news", "a/news.md")], &[]);
        assert_eq!(two, ["news-ce9c5d", "news"]);
        let three =
            unique(&[("NEWS", "c/news.md"), ("news", "a/news.md"), ("News!", "b/news.md")], &[]);
        assert_eq!(three[1..], ["news", "news-ce9c5d"], "a third changes nothing");
    }

    #[test]
    fn an_article_keeps_the_slug_that_it_was_published_under() {
        let owners = [("news", "b/news.md")];
        let slugs = unique(&[("news", "a/news.md"), ("news", "b/news.md")], &owners);
        assert_eq!(slugs[1], "news");
        assert!(slugs[0].starts_with("news-"));
        let alone = unique(&[("news", "a/news.md")], &owners);
        assert_eq!(alone, slugs[..1], "and it is not overwritten by another that comes alone");
    }

    #[test]
    fn a_suffix_that_is_taken_is_not_given() {
        let slugs = unique(
            &[("news", "a/news.md"), ("news", "b/news.md"), ("news-ce9c5d", "c/news.md")],
            &[],
        );
        assert_eq!(slugs[2], "news-ce9c5d");
        assert_ne!(slugs[1], slugs[2]);
        let long = "x".repeat(90);
        let slugs = unique(&[(&long, "a"), (&long, "b")], &[]);
        assert!(slugs.iter().all(|s| s.len() <= LONGEST));
    }

    proptest! {
        #[test]
        fn always_safe_unique_and_the_same(
            requests in prop::collection::vec((".{0,100}|con|[a-b]{1}", "[a-c]{1}"), 0..12),
        ) {
            let requests: Vec<_> =
                requests.iter().map(|(w, s)| (w.as_str(), s.as_str())).collect();
            let slugs = unique(&requests, &[]);
            prop_assert_eq!(slugs.len(), requests.len());
            for slug in &slugs {
                prop_assert!((1..=LONGEST).contains(&slug.len()));
                let safe = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
                prop_assert!(slug.bytes().all(safe), "{}", slug);
                prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
                prop_assert!(!slug.contains("--") && !is_device(slug));
                prop_assert_eq!(&safe_slug(slug), slug, "a slug of a slug is the same");
            }
            let distinct: BTreeSet<_> = slugs.iter().collect();
            prop_assert_eq!(distinct.len(), slugs.len());
            prop_assert_eq!(unique(&requests, &[]), slugs);
        }
    }
}
