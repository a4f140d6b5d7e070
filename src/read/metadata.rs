//! What a page says about itself: JSON-LD, Open Graph and meta tags, `<title>`, `<html lang>`.

use serde_json::Value;

use super::{
    folded,
    html::{Attributes, Token, tokens},
};
use crate::model::Meta;

/// Types of JSON-LD that are articles.
const ARTICLES: &[&str] = &[
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "OpinionNewsArticle",
    "AnalysisNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "TechArticle", "ScholarlyArticle",
    "SocialMediaPosting", "Report",
];

/// Reads the metadata of the page `html`.
pub(super) fn metadata(html: &str) -> Meta {
    let mut found = Found::default();
    let mut inside: Option<&'static str> = None;
    for token in tokens(html) {
        match token {
            Token::Start { name, attributes, .. } => inside = found.start(&name, &attributes),
            Token::End { .. } => inside = None,
            Token::Text { span } => match inside {
                Some("title") if found.page_title.is_none() => {
                    found.page_title = Some(folded(&decode(&html[span])));
                }
                Some("json") => {
                    if let Ok(value) = serde_json::from_str::<Value>(html[span].trim()) {
                        found.json(&value, 0);
                    }
                }
                _ => {}
            },
            Token::Comment { .. } => {}
        }
    }
    found.meta()
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    for token in html5gum::Tokenizer::new(text) {
        let Ok(token) = token;
        if let html5gum::Token::String(text) = token {
            out.push_str(&String::from_utf8_lossy(&text));
        }
    }
    out
}

#[derive(Default)]
struct Found {
    page_title: Option<String>,
    site: Option<String>,
    open_graph_title: Option<String>,
    headline: Option<String>,
    author: Option<String>,
    meta_author: Option<String>,
    date: Option<String>,
    meta_date: Option<String>,
    language: Option<String>,
    page_language: Option<String>,
    url: Option<String>,
}

/// Keeps the first value there is.
fn keep(slot: &mut Option<String>, value: Option<&str>) {
    if slot.is_none() {
        *slot = value.map(folded).filter(|v| !v.is_empty());
    }
}

impl Found {
    /// What the text after this tag is, if it is looked at.
    fn start(&mut self, name: &str, attributes: &Attributes) -> Option<&'static str> {
        let get = |key: &str| {
            attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
        };
        match name {
            "html" => keep(&mut self.page_language, get("lang").or_else(|| get("xml:lang"))),
            "title" => return Some("title"),
            "script" if get("type").is_some_and(|t| t.contains("ld+json")) => return Some("json"),
            "link" if get("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                keep(&mut self.url, get("href").filter(|h| h.starts_with("http")));
            }
            "meta" => {
                let key = get("property").or_else(|| get("name")).or_else(|| get("itemprop"));
                let content = get("content");
                match key.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "og:title" | "twitter:title" => keep(&mut self.open_graph_title, content),
                    "og:site_name" => keep(&mut self.site, content),
                    "author" | "article:author" | "parsely-author" | "dc.creator" => {
                        let name = content.filter(|c| !c.starts_with("http"));
                        keep(&mut self.meta_author, name);
                    }
                    "article:published_time" | "datepublished" | "date" | "pubdate" | "dc.date" => {
                        keep(&mut self.meta_date, content);
                    }
                    "og:url" => keep(&mut self.url, content.filter(|c| c.starts_with("http"))),
                    _ => {}
                }
            }
            _ => {}
        }
        None
    }

    fn json(&mut self, value: &Value, depth: usize) {
        if depth > 6 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.json(item, depth + 1)),
            Value::Object(map) => {
                if let Some(graph) = map.get("@graph") {
                    self.json(graph, depth + 1);
                }
                let kinds = map.get("@type").map(strings).unwrap_or_default();
                if !kinds.iter().any(|k| ARTICLES.contains(&k.as_str())) {
                    return;
                }
                let text = |key: &str| map.get(key).and_then(Value::as_str);
                keep(&mut self.headline, text("headline").or_else(|| text("name")).map(decode).as_deref());
                keep(&mut self.author, map.get("author").and_then(people).as_deref());
                keep(&mut self.date, text("datePublished"));
                keep(&mut self.language, text("inLanguage"));
            }
            _ => {}
        }
    }

    fn meta(self) -> Meta {
        let page_title = self.page_title.map(|t| without_site(&t, self.site.as_deref()));
        let open_graph = self.open_graph_title.map(|t| without_site(&t, self.site.as_deref()));
        Meta {
            title: self.headline.or(open_graph).or(page_title).filter(|t| !t.is_empty()),
            byline: self.author.or(self.meta_author),
            date: self.date.or(self.meta_date),
            language: self
                .page_language
                .or(self.language)
                .map(|l| l.replace('_', "-"))
                .filter(|l| l.len() >= 2 && l.len() <= 35),
            url: self.url,
            ..Meta::default()
        }
    }
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => vec![s.clone()],
        Value::Array(items) => items.iter().filter_map(|i| i.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// A name, an object with a name, or a list of either.
fn people(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(people).collect(),
        Value::Object(map) => map.get("name").and_then(people).into_iter().collect(),
        Value::String(s) if !s.starts_with("http") => vec![folded(s)],
        _ => Vec::new(),
    };
    let (last, rest) = names.split_last()?;
    Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
}

/// "A headline | The Site" without the site: what stands after the last separator, when it is the site's
/// name or short and the headline is not.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " \u{2013} ", " \u{2014} ", " - ", " \u{b7} ", " :: ", " \u{ab} "] {
        let Some((head, tail)) = title.rsplit_once(separator) else { continue };
        let is_site = site.is_some_and(|s| s.eq_ignore_ascii_case(tail.trim()));
        let words = |s: &str| s.split_whitespace().count();
        if is_site || (words(tail) <= 3 && words(head) >= 3) {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_source_wins() {
        let page = r#"<html lang="en_GB"><head><title>Boats &amp; hats | The Harbour</title>
            <meta property="og:title" content="Boats and hats"><link rel=canonical href="https://h.example/b">
            <meta name=author content="Desk"><script type="application/ld+json">
            {"@graph":[{"@type":"WebSite","name":"No"},{"@type":["NewsArticle"],"headline":"Boats &amp; hats today",
            "author":[{"name":"Ada Brook"},{"name":"Ben Cole"}],"datePublished":"2026-03-02"}]}</script></head></html>"#;
        let meta = metadata(page);
        assert_eq!(meta.title.as_deref(), Some("Boats & hats today"));
        assert_eq!(meta.byline.as_deref(), Some("Ada Brook and Ben Cole"));
        assert_eq!(meta.date.as_deref(), Some("2026-03-02"));
        assert_eq!(meta.language.as_deref(), Some("en-GB"));
        assert_eq!(meta.url.as_deref(), Some("https://h.example/b"));
    }

    #[test]
    fn a_title_loses_its_site_and_nothing_else() {
        let cases = [
            ("A fine day at sea | The Harbour", None, "A fine day at sea"),
            ("Fine day - Long Site Name Of Ours", Some("Long Site Name of ours"), "Fine day"),
            ("Win - lose", None, "Win - lose"),
            ("A day in well-known places", None, "A day in well-known places"),
        ];
        for (title, site, wanted) in cases {
            assert_eq!(without_site(title, site), wanted);
        }
    }
}
