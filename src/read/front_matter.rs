//! Front matter: YAML between `---` lines or TOML between `+++` lines, in the dialects of Jekyll, Hugo,
//! Eleventy and their like.

use serde_json::{Map, Value};

use super::{folded, mask::Masked};
use crate::model::{Article, Meta, Prosody, SourceText, Span, Warning};

/// Takes the front matter off the head of a text: into `article.meta`, and out of `masked`. The offset of
/// the body. What cannot be read is a warning, and the body is read all the same.
pub(super) fn take(source: &SourceText, masked: &mut Masked, article: &mut Article) -> usize {
    let Some((fence, inner, end)) = find(&source.text) else { return 0 };
    masked.mask(&[Span::new(0, end)]);
    let parsed = if fence == "---" {
        serde_saphyr::from_str::<Value>(inner).map_err(|e| e.to_string())
    } else {
        toml::from_str::<toml::Value>(inner)
            .map_err(|e| e.to_string())
            .and_then(|v| serde_json::to_value(v).map_err(|e| e.to_string()))
    };
    match parsed {
        Ok(Value::Object(map)) => fill(&mut article.meta, &map),
        Ok(Value::Null) => {}
        Ok(_) => warn(article, "it is not a list of names and values"),
        Err(error) => warn(article, &error),
    }
    end
}

fn warn(article: &mut Article, reason: &str) {
    let reason = folded(reason);
    let message = format!("the front matter cannot be read and is ignored: {reason}");
    article.warnings.push(Warning::new("front-matter", message).at_line(1));
}

/// The fence, what is between, and the offset after the closing fence.
fn find(text: &str) -> Option<(&'static str, &str, usize)> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let fence = ["---", "+++"].into_iter().find(|f| {
        let after = text[start..].strip_prefix(f);
        after.is_some_and(|a| a.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
    })?;
    let first = start + text[start..].find('\n')? + 1;
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return Some((fence, &text[first..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn fill(meta: &mut Meta, map: &Map<String, Value>) {
    // Names are compared without case, `-` and `_`; the first that has a value counts.
    let get = |names: &[&str]| {
        names.iter().find_map(|name| {
            let plain = |s: &str| s.to_ascii_lowercase().replace(['-', '_'], "");
            map.iter().find(|(key, value)| plain(key) == *name && !value.is_null()).map(|(_, v)| v)
        })
    };
    let aloud = get(&["aloud"]).and_then(Value::as_object).cloned().unwrap_or_default();
    let own = |name: &str| aloud.get(name).or_else(|| get(&[name]));
    meta.title = get(&["title"]).and_then(text);
    meta.byline = get(&["author", "authors", "byline"]).and_then(people);
    meta.date = get(&["date", "pubdate", "publishdate", "published"]).and_then(text).filter(|d| {
        d.contains(|c: char| c.is_ascii_digit())
    });
    meta.language = get(&["lang", "language", "locale"]).and_then(text).map(|l| l.replace('_', "-"));
    meta.url = get(&["canonicalurl", "canonical", "url", "permalink"])
        .and_then(text)
        .filter(|u| u.starts_with("http"));
    meta.slug = get(&["slug"]).and_then(text);
    let no = |value: &Value| value == &Value::Bool(false) || text(value).as_deref() == Some("false");
    let yes = |value: &Value| value == &Value::Bool(true) || text(value).as_deref() == Some("true");
    meta.draft = get(&["draft"]).is_some_and(yes) || get(&["published"]).is_some_and(no);
    meta.request.voice = own("voice").and_then(text);
    meta.request.prosody = Prosody {
        rate: own("rate").and_then(number),
        pitch: own("pitch").and_then(number),
        volume: own("volume").and_then(number),
    };
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => folded(s),
        Value::Number(n) => n.to_string(),
        Value::Bool(b) => b.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[expect(clippy::cast_possible_truncation)]
fn number(value: &Value) -> Option<f32> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    number.is_finite().then_some(number as f32)
}

/// A name, a list of names, a map with a name, or a list of such maps.
fn people(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().filter_map(people).collect();
            match names.as_slice() {
                [] => None,
                [one] => Some(one.clone()),
                [all @ .., last] => Some(format!("{} and {last}", all.join(", "))),
            }
        }
        Value::Object(map) => map.get("name").or_else(|| map.get("display_name")).and_then(text),
        other => text(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Format;

    fn meta(front: &str) -> (Meta, Vec<Warning>) {
        let source = SourceText::new(front, Format::Markdown, String::new());
        let mut article = Article {
            source: source.clone(),
            meta: Meta::default(),
            blocks: Vec::new(),
            removed: Vec::new(),
            warnings: Vec::new(),
        };
        take(&source, &mut Masked::new(&source.text), &mut article);
        (article.meta, article.warnings)
    }

    #[test]
    fn dialects() {
        let yaml = "---\ntitle: \"A: b\"\nauthors:\n- Ada Brook\n- name: Ben Cole\ndate: 2026-03-02\nlang: en_GB\npublished: false\naloud:\n  voice: US English Male\n  rate: 1.2\n---\nBody";
        let (found, warnings) = meta(yaml);
        assert_eq!(found.title.as_deref(), Some("A: b"));
        assert_eq!(found.byline.as_deref(), Some("Ada Brook and Ben Cole"));
        assert_eq!(found.date.as_deref(), Some("2026-03-02"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert_eq!(found.request.voice.as_deref(), Some("US English Male"));
        assert_eq!((found.request.prosody.rate, found.draft), (Some(1.2), true));
        assert!(warnings.is_empty());
        let toml = "+++\ntitle = \"T\"\nslug = \"s\"\ndraft = true\n+++\n";
        let (found, _) = meta(toml);
        assert_eq!((found.title.as_deref(), found.slug.as_deref(), found.draft), (Some("T"), Some("s"), true));
    }

    #[test]
    fn what_is_broken_or_missing_does_not_stop_reading() {
        for (text, warnings) in [
            ("---\ntitle: [unclosed\n---\nBody", 1),
            ("---\n- a list\n---\nBody", 1),
            ("---\n---\nBody", 0),
            ("---\nnever closed", 0),
            ("No front matter\n---\n", 0),
        ] {
            let (found, said) = meta(text);
            assert_eq!((found.title, said.len()), (None, warnings), "{text}: {said:?}");
        }
    }
}
