//! The YAML or TOML block at the head of a post -> what it says about the article.
//!
//! Separate from Markdown because HTML posts of the same site generators have it too. It is data
//! about the article and never text of it: broken front matter is a warning, and what can be read
//! of it line by line is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{ArticleLexicon, EntryForm, Meta, Prosody, VoiceRequest, Warning};

/// What front matter says, and where the text after it begins.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    /// Title, byline, date and the like.
    pub(crate) meta: Meta,
    /// A second title.
    pub(crate) subtitle: Option<String>,
    /// Byte offset of the first line after it; 0 without front matter.
    pub(crate) end: usize,
    /// What is wrong with it.
    pub(crate) warning: Option<Warning>,
}

/// Reads the front matter at the start of `source`, if there is one.
pub(crate) fn read(source: &str) -> FrontMatter {
    let Some((yaml, content, end)) = split(source) else { return FrontMatter::default() };
    let parsed: Result<BTreeMap<String, Value>, String> = if content.trim().is_empty() {
        Ok(BTreeMap::new())
    } else if yaml {
        serde_saphyr::from_str(content).map_err(|e| e.to_string())
    } else {
        toml::from_str::<toml::Table>(content)
            .map_err(|e| e.message().to_owned())
            .map(|table| table.into_iter().map(|(k, v)| (k, from_toml(v))).collect())
    };
    let (values, warning) = match parsed {
        Ok(values) => (values, None),
        Err(reason) => {
            let reason = reason.lines().next().unwrap_or_default().trim().to_lowercase();
            let message = format!(
                "the front matter is not valid {} ({reason}); what its lines say plainly is used, \
                 check its quotes and colons",
                if yaml { "YAML" } else { "TOML" },
            );
            (by_line(content), Some(Warning::new("front-matter", message).at_line(1)))
        }
    };
    let values = values.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect();
    let mut matter = interpret(&values);
    matter.end = end;
    matter.warning = warning.or(matter.warning);
    matter
}

/// Whether it is YAML, its content, and the offset of the text after it.
fn split(source: &str) -> Option<(bool, &str, usize)> {
    let yaml = source.starts_with("---");
    if !yaml && !source.starts_with("+++") {
        return None;
    }
    let first = source.find('\n')? + 1;
    if !source[3..first].trim().is_empty() {
        return None;
    }
    let mut at = first;
    for line in source[first..].split_inclusive('\n') {
        let mark = line.trim_end();
        if mark == if yaml { "---" } else { "+++" } || yaml && mark == "..." {
            let content = &source[first..at];
            // A rule at the top of a text, and another further down, are no front matter.
            let plausible = content.trim().is_empty()
                || content.lines().any(|l| l.contains(if yaml { ':' } else { '=' }));
            let starts_blank = content.lines().next().is_some_and(|l| l.trim().is_empty());
            let has_key = content.lines().find(|l| !l.trim().is_empty()).is_none_or(looks_like_key);
            return (plausible && (!starts_blank || has_key)).then_some((
                yaml,
                content,
                at + line.len(),
            ));
        }
        at += line.len();
    }
    None
}

fn looks_like_key(line: &str) -> bool {
    let line = line.trim_start();
    let end = line.find([':', '=']).unwrap_or(0);
    line.starts_with('#') || end > 0 && !line[..end].trim().contains(char::is_whitespace)
}

/// The lines of broken front matter that are plainly `key: value`.
fn by_line(content: &str) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for line in content.lines() {
        if let Some((key, value)) = line.split_once([':', '='])
            && !key.is_empty()
            && !key.starts_with([' ', '\t', '-', '#'])
        {
            let value = value.trim();
            let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
            let value = value.strip_suffix(['"', '\'']).unwrap_or(value);
            if !value.is_empty() {
                values.insert(key.trim().to_owned(), Value::String(value.to_owned()));
            }
        }
    }
    values
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(s) => Value::String(s),
        toml::Value::Integer(i) => Value::from(i),
        toml::Value::Float(f) => Value::from(f),
        toml::Value::Boolean(b) => Value::Bool(b),
        toml::Value::Datetime(d) => Value::String(d.to_string()),
        toml::Value::Array(a) => Value::Array(a.into_iter().map(from_toml).collect()),
        toml::Value::Table(t) => {
            Value::Object(t.into_iter().map(|(k, v)| (k, from_toml(v))).collect())
        }
    }
}

fn interpret(values: &BTreeMap<String, Value>) -> FrontMatter {
    let first = |keys: &[&str]| keys.iter().find_map(|k| values.get(*k).and_then(text));
    let flag = |key: &str| match values.get(key) {
        Some(Value::Bool(b)) => Some(*b),
        Some(Value::String(s)) => match s.to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    };
    let status = first(&["status"]).unwrap_or_default().to_lowercase();
    let own = values.get("aloud").map(|v| match v {
        Value::Object(map) => requested(|key| map.get(key)),
        _ => VoiceRequest { voice: text(v), prosody: Prosody::default() },
    });
    let general = match values.get("voice") {
        Some(Value::Object(map)) => requested(|key| map.get(key)),
        _ => requested(|key| values.get(key)),
    };
    let permalink = first(&["permalink"]);
    let (lexicon, warning) = match values.get("lexicon").map(lexicon).transpose() {
        Ok(lexicon) => (lexicon.unwrap_or_default(), None),
        Err(reason) => {
            let message = format!("the lexicon in the front matter is not used: {reason}");
            (ArticleLexicon::default(), Some(Warning::new("lexicon", message).at_line(1)))
        }
    };
    let meta = Meta {
        title: first(&["title", "headline"]),
        byline: byline(values),
        date: first(&["date", "published_at", "publishdate", "pubdate", "published_date"]),
        language: first(&["lang", "language", "locale"])
            .map(|l| l.replace('_', "-"))
            .filter(|l| l.len() < 36 && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')),
        url: first(&["canonical_url", "canonical", "url", "original_url"])
            .filter(|u| u.starts_with("http"))
            .or_else(|| permalink.clone().filter(|p| p.starts_with("http"))),
        slug: first(&["slug"]).or_else(|| {
            let last = permalink?.trim_matches('/').rsplit('/').next()?.to_owned();
            let name = last.split_once('.').map_or(last.as_str(), |(name, _)| name);
            (!name.is_empty() && !name.contains(':')).then(|| name.to_owned())
        }),
        categories: ["categories", "category", "tags", "tag"]
            .iter()
            .filter_map(|k| values.get(*k))
            .flat_map(names)
            .collect(),
        draft: flag("draft") == Some(true)
            || flag("published") == Some(false)
            || matches!(status.as_str(), "draft" | "private" | "pending"),
        request: match own {
            Some(own) => super::shortcode::or(own, general),
            None => general,
        },
        lexicon,
    };
    let subtitle = first(&["subtitle", "subheadline"]);
    FrontMatter { meta, subtitle, warning, ..FrontMatter::default() }
}

/// A file, a list of files, or a map from words to how they are said.
fn lexicon(value: &Value) -> Result<ArticleLexicon, String> {
    let file = |value: &Value| value.as_str().map(str::to_owned);
    let files = match value {
        Value::String(name) => Some(vec![name.clone()]),
        Value::Array(list) => list.iter().map(file).collect(),
        Value::Object(_) => {
            let map: BTreeMap<String, EntryForm> = serde_json::from_value(value.clone()).map_err(
                |_| "an entry is \"word\": \"how it is said\", or a map of say, ipa and when",
            )?;
            return ArticleLexicon::of_map(map);
        }
        _ => None,
    };
    let files = files.ok_or(
        "give the name of a file, a list of such, or a map from words to how they are said",
    )?;
    Ok(ArticleLexicon { files, ..ArticleLexicon::default() })
}

/// Voice and prosody from a map.
fn requested<'a>(get: impl Fn(&str) -> Option<&'a Value>) -> VoiceRequest {
    let number = |key: &str| {
        let value = match get(key)? {
            Value::Number(n) => n.as_f64()?,
            Value::String(s) => s.trim().parse().ok()?,
            _ => return None,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a factor near 1 loses nothing that is heard"
        )]
        let value = value as f32;
        Some(value).filter(|v| v.is_finite() && *v >= 0.0)
    };
    VoiceRequest {
        voice: get("voice").or_else(|| get("name")).and_then(text),
        prosody: Prosody { rate: number("rate"), pitch: number("pitch"), volume: number("volume") },
    }
}

/// Names as a list, or as a string with commas.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(text).collect(),
        value => text(value)
            .map(|all| all.split(',').map(str::trim).map(str::to_owned).collect::<Vec<_>>())
            .unwrap_or_default(),
    }
}

/// Authors as a string, a list or a list of maps with names.
fn byline(values: &BTreeMap<String, Value>) -> Option<String> {
    let value = ["byline", "author", "authors", "by"].iter().find_map(|k| values.get(*k))?;
    let mut names = Vec::new();
    match value {
        Value::Array(list) => names.extend(list.iter().filter_map(person)),
        other => names.extend(person(other)),
    }
    match names.len() {
        0 => None,
        1 => names.pop(),
        _ => {
            let last = names.pop()?;
            Some(format!("{} and {last}", names.join(", ")))
        }
    }
}

fn person(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => {
            ["name", "display_name", "title"].iter().find_map(|k| map.get(*k).and_then(text))
        }
        other => text(other),
    }
}

/// A scalar as text, white space folded; `None` when there is nothing in it.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(n) => n.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_of_front_matter() {
        let yaml = "---\ntitle: \"A: B\"\nsubtitle: C\ndate: 2024-05-06\nauthors:\n- name: Ann Lee\n- Bo\n\
            lang: en_GB\npermalink: /blog/a-b/\nvoice: US English Female\nrate: 0.9\n---\nText";
        let toml = "+++\ntitle = \"A: B\"\nsubtitle = \"C\"\ndate = 2024-05-06\nauthors = [\"Ann Lee\", \"Bo\"]\n\
            lang = \"en-GB\"\nslug = \"a-b\"\n[aloud]\nvoice = \"US English Female\"\nrate = \"0.9\"\n+++\nText";
        for source in [yaml, toml, &yaml.replace('\n', "\r\n")] {
            let matter = read(source);
            assert!(matter.warning.is_none(), "{:?}", matter.warning);
            assert_eq!(&source[matter.end..], "Text");
            assert_eq!(matter.subtitle.as_deref(), Some("C"));
            let meta = matter.meta;
            assert_eq!(meta.title.as_deref(), Some("A: B"));
            assert_eq!(meta.byline.as_deref(), Some("Ann Lee and Bo"));
            assert_eq!(meta.date.as_deref(), Some("2024-05-06"));
            assert_eq!(meta.language.as_deref(), Some("en-GB"));
            assert_eq!(meta.slug.as_deref(), Some("a-b"));
            assert_eq!(meta.request.voice.as_deref(), Some("US English Female"));
            assert_eq!(meta.request.prosody.rate, Some(0.9));
            assert!(!meta.draft);
        }
    }

    #[test]
    fn an_article_brings_its_lexicon() {
        let map = read(
            "---\nlexicon:\n  Phnom Penh: p'nom pen\n  Bo: { ipa: boʊ, when: { case: any } }\n---\n",
        );
        assert!(map.warning.is_none(), "{:?}", map.warning);
        let entries = map.meta.lexicon.entries;
        let shown: Vec<_> = entries
            .iter()
            .map(|e| (e.written.as_str(), e.say.as_deref(), e.ipa.as_deref()))
            .collect();
        assert_eq!(shown, [("Bo", None, Some("boʊ")), ("Phnom Penh", Some("p'nom pen"), None)]);
        for list in ["lexicon: a.pls", "lexicon: [a.pls]"] {
            assert_eq!(
                read(&format!("---\n{list}\n---\n")).meta.lexicon.files,
                ["a.pls"],
                "{list}"
            );
        }
        for wrong in [
            "lexicon: { Bo: { when: { case: any } } }",
            "lexicon: 3",
            "lexicon: { Bo: { sya: b } }",
        ] {
            let matter = read(&format!("---\n{wrong}\n---\n"));
            assert_eq!(
                matter.warning.map(|w| w.code.to_string()).as_deref(),
                Some("lexicon"),
                "{wrong}"
            );
            assert!(matter.meta.lexicon.is_empty());
        }
    }

    #[test]
    fn drafts() {
        for (line, expected) in [
            ("draft: true", true),
            ("published: false", true),
            ("status: draft", true),
            ("draft: false", false),
            ("published: true", false),
        ] {
            assert_eq!(read(&format!("---\n{line}\n---\n")).meta.draft, expected, "{line}");
        }
    }

    #[test]
    fn broken_front_matter_is_read_line_by_line() {
        let matter =
            read("---\ntitle: Cats: a \"love\" story\nauthor: 'Ann'\ntags: [a, b\n---\nText");
        assert_eq!(matter.warning.map(|w| w.code.to_string()).as_deref(), Some("front-matter"));
        assert_eq!(matter.meta.title.as_deref(), Some("Cats: a \"love\" story"));
        assert_eq!(matter.meta.byline.as_deref(), Some("Ann"));
    }

    #[test]
    fn what_is_no_front_matter() {
        for source in [
            "",
            "---",
            "---\nno end",
            "Text\n---\n",
            "----\na: b\n---\n",
            "---\n\nA text.\n\n---\n",
        ] {
            assert_eq!(read(source).end, 0, "{source:?}");
        }
        assert_eq!(read("---\n---\nText").end, 8, "an empty one");
    }
}
