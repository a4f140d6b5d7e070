//! What a page says about itself: JSON-LD, meta tags, title element.
//!
//! Separate from the choice of blocks because it needs the head of the page, which holds no text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::model::{BlockKind, Meta, Warning};
use crate::read::html::{Found, Token, Tokenizer, Tree, entity};

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
    /// Whether all that there is of them is the title element, which often names the site or its section.
    pub(super) titles_are_weak: bool,
    /// The text of the article, where JSON-LD has it.
    pub(super) body: Option<String>,
    /// Questions and their answers, a line each, where JSON-LD has them.
    pub(super) questions: String,
    /// Whether the article is declared to be for subscribers.
    paid: bool,
    /// Whether it is declared to be a live blog.
    live: bool,
}

impl PageMeta {
    /// What makes it doubtful that the blocks `keep` are one whole article.
    pub(super) fn doubts(
        &self,
        found: &[Found],
        tree: &Tree,
        keep: &BTreeSet<usize>,
    ) -> Vec<Warning> {
        let words = |text: &str| text.split_whitespace().count();
        let kept: usize = keep.iter().map(|i| words(found[*i].block.text.as_str())).sum();
        let declared = self.body.as_deref().map_or(0, words);
        let mut doubts = Vec::new();
        let wall = keep.iter().rev().take(WALL_LINES).any(|i| {
            let text = found[*i].block.text.as_str();
            text.len() < 400 && WALL.is_match(text)
        });
        // Many pages hold the whole of what they only show to subscribers.
        let short = kept < STUB_WORDS || declared * 3 > kept * 4;
        if (self.paid || wall) && short && kept > 0 {
            doubts.push(Warning::new(
                "paywall-stub",
                "the page is for subscribers and seems to hold only the beginning of its article, \
                 which is what is spoken; save the page while signed in",
            ));
        }
        if self.live {
            doubts.push(Warning::new(
                "live-blog",
                "the page is a live blog; its entries are spoken in the order of the page, which is \
                 mostly from the latest to the first",
            ));
        }
        let articles = several(found, tree, keep);
        if articles > 1 && !self.live {
            doubts.push(Warning::new(
                "several-articles",
                format!(
                    "the page lists {articles} articles, which are spoken one after the other; give each article's own \
                     page to have them apart and whole"
                ),
            ));
        }
        doubts
    }
}

/// How many articles of about equal rights there are among the blocks `keep`: elements that are one, each with a
/// heading and some text, none of which holds most of the words.
fn several(found: &[Found], tree: &Tree, keep: &BTreeSet<usize>) -> usize {
    const LEAST: usize = 12;
    let mut words = BTreeMap::new();
    let mut headed = BTreeSet::new();
    let mut all = 0;
    for part in keep.iter().map(|i| &found[*i]) {
        let count = part.block.text.as_str().split_whitespace().count();
        all += count;
        if let Some(article) = tree.up(part.node as usize).find(|n| tree.is_article(*n)) {
            *words.entry(article).or_insert(0) += count;
            if matches!(part.block.kind, BlockKind::Heading(_)) {
                headed.insert(article);
            }
        }
    }
    words.retain(|article, count| headed.contains(article) && *count >= LEAST);
    let inside: usize = words.values().sum();
    let most = words.values().copied().max().unwrap_or(0);
    if most * 10 > all * 6 || inside * 2 < all { 1 } else { words.len() }
}

/// An article of fewer words may be the beginning of one that is for subscribers.
const STUB_WORDS: usize = 400;

/// A notice that the rest is for subscribers is among this many last blocks.
const WALL_LINES: usize = 6;

/// Notices that the rest is for subscribers.
static WALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b(?:subscribe|sign\ (?:in|up)|log\ in|register|upgrade|become\ a\ (?:paid\ )?(?:member|subscriber))\b
            [^.!?]{0,60} \b(?:to|and)\ (?:continue|keep|read|unlock|finish|access)\b
        | \b(?:article|story|content|post|piece)\ is\ (?:only\ )?(?:for|available\ to|reserved\ for|exclusive\ to)\ (?:our\ )?(?:paid\ |paying\ )?(?:subscribers|members)
        | \bto\ (?:continue|keep)\ reading\b [^.!?]{0,60} \b(?:subscribe|sign|log|register)",
    )
    .expect("a constant expression")
});

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
    paid: bool,
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
            "article:content_tier" => {
                self.paid |=
                    content.is_some_and(|tier| matches!(tier.as_str(), "locked" | "metered"));
                return;
            }
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
        let titles_are_weak =
            text("headline").is_none() && self.og_title.is_none() && self.other_title.is_none();
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
        let free = article.as_ref().and_then(|a| a.get("isAccessibleForFree"));
        let paid = free.is_some_and(|free| match free {
            Value::Bool(free) => !free,
            other => other.as_str().is_some_and(|f| f.eq_ignore_ascii_case("false")),
        });
        let kind = article.as_ref().and_then(|a| a.get("@type"));
        let live = kind.is_some_and(|k| has_type(k, &|t| t == "LiveBlogPosting"));
        let body = article.as_ref().and_then(|a| a.get("articleBody")?.as_str()).map(plain_text);
        let questions = questions(&self.json);
        let paid = paid || self.paid;
        PageMeta { meta, titles, titles_are_weak, body, questions, paid, live }
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
    let is_article = |t: &str| ARTICLE.contains(&t);
    objects(root).find(|o| o.get("@type").is_some_and(|kind| has_type(kind, &is_article))).cloned()
}

/// Questions and their answers, a line each.
fn questions(roots: &[Value]) -> String {
    let mut out = String::new();
    for question in roots.iter().flat_map(objects) {
        let is_question = |kind| has_type(kind, &|t| t == "Question");
        if !question.get("@type").is_some_and(is_question) {
            continue;
        }
        let answer = question.get("acceptedAnswer").or(question.get("suggestedAnswer"));
        let answer = answer.and_then(|a| a.get(0).unwrap_or(a).get("text")?.as_str());
        let name = question.get("name").and_then(Value::as_str);
        for line in [name, answer].into_iter().flatten() {
            out.push_str(&plain_text(line));
            out.push('\n');
        }
    }
    out
}

/// The objects in a JSON-LD value, level by level.
fn objects(root: &Value) -> impl Iterator<Item = &Value> {
    let mut queue = std::collections::VecDeque::from([root]);
    let mut seen = 0;
    std::iter::from_fn(move || {
        while let Some(value) = queue.pop_front() {
            seen += 1;
            if seen > MAX_VALUES {
                return None;
            }
            match value {
                Value::Array(list) => queue.extend(list),
                Value::Object(map) => {
                    queue.extend(map.values().filter(|v| v.is_object() || v.is_array()));
                    return Some(value);
                }
                _ => {}
            }
        }
        None
    })
}

/// Whether a JSON-LD `@type`, one or several, is a wanted one.
fn has_type(kind: &Value, wanted: &dyn Fn(&str) -> bool) -> bool {
    let is = |t: &Value| t.as_str().is_some_and(wanted);
    is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is))
}

/// A text that may hold references or tags, as JSON-LD should not, without them.
fn plain_text(text: &str) -> String {
    let decoded = entity::decode_all(text);
    let mut tokenizer = Tokenizer::new(&decoded, &[]);
    let mut out = String::with_capacity(decoded.len());
    while let Some((token, range)) = tokenizer.next() {
        match token {
            Token::Text { .. } => out.push_str(&decoded[range]),
            Token::Start { .. } | Token::End { .. } => out.push('\n'),
            Token::Comment | Token::Cut(_) => {}
        }
    }
    out
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
