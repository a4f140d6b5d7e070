//! What a page says about itself: JSON-LD, meta tags, title element.
//!
//! Separate from the choice of blocks because it needs the head of the page, which holds no text.

use serde_json::Value;

use crate::model::Meta;
use crate::read::html::{Token, Tokenizer, entity};

/// Types of JSON-LD that describe an article.
const ARTICLE: [&str; 12] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "BackgroundNewsArticle",
    "LiveBlogPosting",
    "TechArticle",
    "ScholarlyArticle",
];

/// No more JSON-LD values than this are looked at.
const MAX_VALUES: usize = 20_000;

/// What a page says about itself.
#[derive(Debug, Clone, Default)]
pub(super) struct PageMeta {
    /// Byline, date, language and address.
    pub(super) meta: Meta,
    /// What may be the headline, the likeliest first.
    pub(super) titles: Vec<String>,
}

/// Raw findings, by where they stood.
#[derive(Default)]
struct Raw {
    json: Vec<Value>,
    og_title: Option<String>,
    other_title: Option<String>,
    site: Option<String>,
    author: Option<String>,
    date: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    og_url: Option<String>,
    title: Option<String>,
}

/// Reads the metadata of a page.
pub(super) fn read(html: &str) -> PageMeta {
    let mut raw = Raw::default();
    let mut tokenizer = Tokenizer::new(html, &[]);
    let mut expecting = None;
    while let Some((token, range)) = tokenizer.next() {
        match token {
            Token::Start { name, .. } => {
                let value = |wanted: &str| {
                    let attributes = tokenizer.attributes();
                    let found = attributes
                        .iter()
                        .find(|a| html[a.name.clone()].eq_ignore_ascii_case(wanted))?;
                    Some(fold(&entity::decode_all(&html[found.value.clone()])))
                        .filter(|v| !v.is_empty())
                };
                let name = &html[name];
                expecting = None;
                if name.eq_ignore_ascii_case("meta") {
                    let key = value("property").or(value("name")).or(value("itemprop"));
                    let key = key.or(value("http-equiv")).unwrap_or_default().to_lowercase();
                    raw.note(&key, value("content"));
                } else if name.eq_ignore_ascii_case("link") {
                    if value("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) {
                        raw.canonical = raw.canonical.take().or(value("href"));
                    }
                } else if name.eq_ignore_ascii_case("title") {
                    expecting = Some(false);
                } else if name.eq_ignore_ascii_case("script")
                    && value("type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json"))
                {
                    expecting = Some(true);
                } else if name.eq_ignore_ascii_case("time") && raw.date.is_none() {
                    raw.date =
                        value("datetime").filter(|d| d.starts_with(|c: char| c.is_ascii_digit()));
                }
            }
            Token::Text { .. } => match expecting.take() {
                Some(true) => raw.json.extend(json(&html[range])),
                Some(false) if raw.title.is_none() => {
                    let title = fold(&entity::decode_all(&html[range]));
                    raw.title = Some(title).filter(|t| !t.is_empty());
                }
                _ => {}
            },
            _ => {}
        }
    }
    raw.interpret()
}

impl Raw {
    fn note(&mut self, key: &str, content: Option<String>) {
        let place = match key {
            "og:title" => &mut self.og_title,
            "twitter:title" | "headline" | "dc.title" | "sailthru.title" => &mut self.other_title,
            "og:site_name" | "application-name" => &mut self.site,
            "author" | "article:author" | "dc.creator" | "parsely-author" | "sailthru.author" => {
                &mut self.author
            }
            "article:published_time"
            | "datepublished"
            | "date"
            | "pubdate"
            | "dc.date"
            | "sailthru.date"
            | "parsely-pub-date" => &mut self.date,
            "og:locale" | "content-language" | "dc.language" => &mut self.language,
            "og:url" => &mut self.og_url,
            _ => return,
        };
        if place.is_none() {
            *place = content;
        }
    }

    fn interpret(self) -> PageMeta {
        let article = self.json.iter().find_map(find_article);
        let text = |key: &str| {
            let value = article.as_ref()?.get(key)?;
            let value = value.as_str().or_else(|| value.get("@id")?.as_str())?;
            Some(fold(&entity::decode_all(value))).filter(|v| !v.is_empty())
        };
        let site = self.site.unwrap_or_default();
        let mut titles: Vec<String> = Vec::new();
        for title in [text("headline"), self.og_title, self.other_title, self.title] {
            if let Some(title) = title.map(|t| without_site(&t, &site))
                && !title.is_empty()
                && title != site
                && !titles.contains(&title)
            {
                titles.push(title);
            }
        }
        let names = article.as_ref().and_then(|a| a.get("author")).map(names).unwrap_or_default();
        let byline = match names.as_slice() {
            [] => self.author.filter(|a| !a.contains("://") && a.len() < 200),
            [one] => Some(one.clone()),
            [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
        };
        let language = text("inLanguage").or(self.language).map(|l| l.replace('_', "-"));
        let is_tag =
            |l: &String| l.len() < 36 && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_address = |u: &String| u.starts_with("http");
        let meta = Meta {
            title: titles.first().cloned(),
            byline,
            date: text("datePublished").or(self.date),
            language: language.filter(is_tag),
            url: self.canonical.filter(is_address).or(self.og_url.filter(is_address)),
            ..Meta::default()
        };
        PageMeta { meta, titles }
    }
}

/// JSON-LD as it is found in the wild: with line breaks inside strings, or inside a comment.
fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim();
    serde_json::from_str(text).ok().or_else(|| {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// The first object that describes an article, looked for level by level.
fn find_article(root: &Value) -> Option<Value> {
    let mut queue = std::collections::VecDeque::from([root]);
    let mut seen = 0;
    while let Some(value) = queue.pop_front() {
        seen += 1;
        if seen > MAX_VALUES {
            return None;
        }
        match value {
            Value::Array(list) => queue.extend(list),
            Value::Object(map) => {
                let is = |t: &Value| t.as_str().is_some_and(|t| ARTICLE.contains(&t));
                let kind = map.get("@type");
                if kind.is_some_and(|k| is(k) || k.as_array().is_some_and(|k| k.iter().any(is))) {
                    return Some(value.clone());
                }
                queue.extend(map.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
    None
}

/// Names of a JSON-LD `author`.
fn names(author: &Value) -> Vec<String> {
    let name = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name")?.as_str())?;
        let name = fold(&entity::decode_all(name));
        (!name.is_empty() && name.len() < 120 && !name.contains("://")).then_some(name)
    };
    match author {
        Value::Array(list) => list.iter().take(12).filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// A title without the site's name before or after it.
fn without_site(title: &str, site: &str) -> String {
    const MARKS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • "];
    let same = |a: &str| !site.is_empty() && a.trim().eq_ignore_ascii_case(site.trim());
    for mark in MARKS {
        if let Some((before, after)) = title.rsplit_once(mark)
            && (same(after) || after.split_whitespace().count() <= 4 && mark == " | ")
            && before.split_whitespace().count() >= 2
        {
            return before.trim().to_owned();
        }
        if let Some((before, after)) = title.split_once(mark)
            && same(before)
        {
            return after.trim().to_owned();
        }
    }
    title.to_owned()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_comes_first() {
        let page = read(
            "<head><title>A bridge &amp; more | The Post</title><meta property='og:title' content='Bridge'>\
             <link rel=canonical href='https://example.org/a'><meta name=author content='Desk'>\
             <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},\
             {\"@type\":[\"NewsArticle\"],\"headline\":\"A bridge\n&amp; more\",\"inLanguage\":\"en-GB\",\
             \"datePublished\":\"2024-05-06\",\"author\":[{\"name\":\"Ann Lee\"},{\"name\":\"Bo Ek\"}]}]}</script>",
        );
        assert_eq!(page.titles, ["A bridge & more", "Bridge"]);
        assert_eq!(page.meta.byline.as_deref(), Some("Ann Lee and Bo Ek"));
        assert_eq!(page.meta.date.as_deref(), Some("2024-05-06"));
        assert_eq!(page.meta.language.as_deref(), Some("en-GB"));
        assert_eq!(page.meta.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        for (title, site, expected) in [
            ("A long bridge - The Post", "The Post", "A long bridge"),
            ("The Post - A long bridge", "The Post", "A long bridge"),
            ("A long bridge | The Post", "", "A long bridge"),
            ("Bridge - a story", "", "Bridge - a story"),
        ] {
            assert_eq!(without_site(title, site), expected);
        }
    }

    #[test]
    fn a_page_that_says_nothing() {
        let page = read("<p>a</p><script type='application/ld+json'>{broken</script>");
        assert!(page.titles.is_empty());
        assert_eq!(page.meta, Meta::default());
    }
}
