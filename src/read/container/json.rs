//! Posts as JSON: what the WordPress REST API gives (one post or a list), and JSON Feed.
//!
//! A JSON file is held while it is listed, since an API gives a hundred posts at a time and a feed not
//! many more; an item is then read from its own bytes.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, value::RawValue};

use super::{
    Listed, Opened, Place, Selection, Verdict, backing, date, opened,
    post::{self, Post},
    xml,
};
use crate::{
    model::{Container, ContainerKind, Format, Meta, Source},
    read::{ReadError, decode},
};

/// A file with more is no list of posts.
const LIMIT_MIB: u64 = 256;

type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Lists the posts of a JSON file.
///
/// # Errors
/// When it is no JSON, or holds no posts.
pub(super) fn list(source: &Source, selection: &Selection<'_>) -> Result<Opened, ReadError> {
    let bytes = decode::bounded(backing(source)?, &source.name, LIMIT_MIB)?;
    let damaged =
        |reason: String| ReadError::Damaged { name: source.name.clone(), what: "JSON", reason };
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = std::str::from_utf8(&bytes[mark..]).map_err(|e| {
        let line = 1 + xml::newlines(&bytes[..mark + e.valid_up_to()]);
        damaged(format!("line {line} is not UTF-8, as JSON has to be"))
    })?;
    let whole: &RawValue = serde_json::from_str(text).map_err(|e| damaged(e.to_string()))?;
    let none = || ReadError::NoArticles {
        name: source.name.clone(),
        what: "JSON, but neither a JSON Feed nor posts of the WordPress REST API".to_owned(),
    };
    let (kind, meta, items) = items(whole).ok_or_else(none)?;
    let container = Container {
        kind,
        encoding: None,
        prefixes: BTreeMap::new(),
        meta,
        authors: BTreeMap::new(),
        alternatives: Arc::default(),
    };
    let mut listed = Vec::with_capacity(items.len());
    let (mut counted, mut line) = (0, 1);
    for item in items {
        let item = item.get();
        let start = offset(text, item);
        line += newlines(&text[counted..start]);
        counted = start;
        let start = (mark + start) as u64;
        let place = Place::Bytes { range: start..start + item.len() as u64, line };
        listed.push(match read(item, line, kind) {
            Ok(post) => Listed::new(&post, place, post.verdict(selection)),
            Err(reason) => {
                let verdict = Verdict::Skip(format!("no post ({reason})"));
                Listed::new(&Post { key: "item".to_owned(), ..Post::default() }, place, verdict)
            }
        });
    }
    // Both begin with what is new.
    Ok(opened(source, container, listed, false, selection))
}

/// What the file is, what it says of all items, and the items.
fn items(whole: &RawValue) -> Option<(ContainerKind, Meta, Vec<&RawValue>)> {
    let is_post = |value: &RawValue| {
        let fields: Option<Fields<'_>> = serde_json::from_str(value.get()).ok();
        fields.is_some_and(|f| {
            let text = f.contains_key("content") || f.contains_key("excerpt");
            let named = ["title", "slug", "id"].iter().filter(|k| f.contains_key(**k)).count();
            text && named >= 2
        })
    };
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(whole.get()) {
        let all = list.iter().all(|v| is_post(v));
        return all.then_some((ContainerKind::WordPressJson, Meta::default(), list));
    }
    let fields: Fields<'_> = serde_json::from_str(whole.get()).ok()?;
    let string =
        |key: &str| fields.get(key).and_then(|v| serde_json::from_str::<String>(v.get()).ok());
    if string("version").is_some_and(|v| v.contains("jsonfeed.org")) {
        let items: Vec<&RawValue> = match fields.get("items") {
            Some(items) => serde_json::from_str(items.get()).ok()?,
            None => Vec::new(),
        };
        let all: Value = serde_json::from_str(whole.get()).ok()?;
        let meta = Meta {
            language: string("language"),
            byline: post::byline(&authors(&all)),
            ..Meta::default()
        };
        return Some((ContainerKind::JsonFeed, meta, items));
    }
    is_post(whole).then(|| (ContainerKind::WordPressJson, Meta::default(), vec![whole]))
}

/// Reads one item's bytes.
///
/// # Errors
/// What is wrong with it as JSON.
pub(super) fn item(bytes: &[u8], line: u32, container: &Container) -> Result<Post, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    read(text, line, container.kind)
}

fn read(text: &str, line: u32, kind: ContainerKind) -> Result<Post, String> {
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut post = match kind {
        ContainerKind::JsonFeed => of_feed(&value),
        _ => of_wordpress(&value),
    };
    // A text stands on one line of the file, whatever line breaks it has itself.
    let keys = ["content", "content_html", "content_text", "summary", "excerpt"];
    let place = keys.iter().find_map(|k| fields.get(*k)).map(|raw| raw.get());
    let inner = place.map_or(text, |place| {
        let parts: Option<Fields<'_>> = serde_json::from_str(place).ok();
        let parts = parts.unwrap_or_default();
        ["raw", "rendered"].iter().find_map(|k| parts.get(*k)).map_or(place, |raw| raw.get())
    });
    post.lines = vec![(0, line + newlines(&text[..offset(text, inner)]))];
    post.name_it();
    Ok(post)
}

fn of_wordpress(value: &Value) -> Post {
    // `{ "rendered": ..., "raw": ... }`; what is raw is what the author wrote.
    let written = |key: &str| {
        let field = value.get(key)?;
        let either =
            |k: &str| field.get(k).and_then(Value::as_str).filter(|s| !s.trim().is_empty());
        either("raw").or_else(|| either("rendered")).or(field.as_str()).map(str::to_owned)
    };
    let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::trim);
    let some = |key: &str| string(key).filter(|s| !s.is_empty()).map(str::to_owned);
    let mut post = Post::default();
    post.identity = value.get("id").map(ToString::to_string).unwrap_or_default();
    post.kind = some("type").unwrap_or(post.kind);
    post.status = some("status").unwrap_or(post.status);
    post.protected = value.pointer("/content/protected") == Some(&Value::Bool(true))
        || some("password").is_some();
    post.meta.draft = post.status != "publish";
    post.meta.title = written("title").and_then(|t| post::plain(&t));
    post.meta.slug = some("slug");
    post.meta.url = some("link").filter(|u| u.starts_with("http"));
    post.meta.date = some("date_gmt")
        .and_then(|d| date::wordpress(&d, true))
        .or_else(|| some("date").and_then(|d| date::wordpress(&d, false)));
    post.meta.language = some("lang").map(|l| l.replace('_', "-"));
    let names = |list: Option<&Value>| -> Vec<String> {
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|v| v.get("name")?.as_str()).filter_map(post::plain).collect()
    };
    post.meta.byline = post::byline(&names(value.pointer("/_embedded/author")));
    let terms = value.pointer("/_embedded/wp:term").and_then(Value::as_array);
    post.meta.categories = terms.into_iter().flatten().flat_map(|list| names(Some(list))).collect();
    match written("content") {
        Some(content) => post.content = content,
        None => {
            if let Some(excerpt) = written("excerpt") {
                post.content = excerpt;
                post.teaser();
            }
        }
    }
    post
}

fn of_feed(value: &Value) -> Post {
    let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::trim);
    let some = |key: &str| string(key).filter(|s| !s.is_empty()).map(str::to_owned);
    let mut post = Post::default();
    post.meta.url = some("url").or_else(|| some("external_url")).filter(|u| u.starts_with("http"));
    // Ids are strings by the standard and numbers in old feeds.
    let number = value.get("id").filter(|v| v.is_number()).map(ToString::to_string);
    post.identity = some("id").or(number).or(post.meta.url.clone()).unwrap_or_default();
    post.meta.title = some("title").and_then(|t| post::plain(&t));
    post.meta.date = some("date_published").or_else(|| some("date_modified"));
    post.meta.language = some("language");
    post.meta.byline = post::byline(&authors(value));
    let tags = value.get("tags").and_then(Value::as_array).into_iter().flatten();
    post.meta.categories = tags.filter_map(Value::as_str).filter_map(post::plain).collect();
    if let Some(html) = some("content_html") {
        post.content = html;
    } else if let Some(text) = some("content_text") {
        post.content = text;
        post.format = Format::Text;
    } else if let Some(summary) = some("summary") {
        post.content = summary;
        post.format = Format::Text;
        post.teaser();
    }
    post
}

/// The names of a JSON Feed's authors, in its first version or its second.
fn authors(value: &Value) -> Vec<String> {
    let many = value.get("authors").and_then(Value::as_array).into_iter().flatten();
    let one = value.get("author");
    many.chain(one).filter_map(|a| a.get("name")?.as_str()).filter_map(post::plain).collect()
}

/// Where `part`, a part of `whole`, begins in it.
fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

fn newlines(text: &str) -> u32 {
    xml::newlines(text.as_bytes())
}
