//! An item of an RSS or Atom feed -> a post.
//!
//! Full texts go before summaries. Feeds are written by all kinds of programs, so what an element holds
//! is taken as it comes: HTML as text, HTML as markup, or plain text.

use super::{
    date,
    post::{self, Post},
    xml::{Document, Element},
};
use crate::model::Format;

/// Reads an item.
pub(super) fn post(item: &Element, document: &Document<'_>) -> Post {
    let mut post = if item.name == "item" { rss(item, document) } else { atom(item, document) };
    post.name_it();
    post
}

fn rss(item: &Element, document: &Document<'_>) -> Post {
    let string = |name: &str| {
        item.child_string(name, document.text)
            .map(|s| s.trim().to_owned())
            .filter(|s| !s.is_empty())
    };
    let any = |names: &[&str]| names.iter().find_map(|name| string(name));
    let mut post = Post::default();
    let permalink = item
        .child("guid")
        .filter(|g| g.attribute("isPermaLink") != Some("false"))
        .map(|g| g.string(document.text).trim().to_owned());
    let is_address = |u: &String| u.starts_with("http");
    post.meta.url = string("link").filter(is_address).or(permalink.filter(is_address));
    post.identity = any(&["guid", "dc:identifier"]).or(post.meta.url.clone()).unwrap_or_default();
    post.meta.title = any(&["title", "itunes:title", "media:title"]).and_then(|t| post::plain(&t));
    let authors: Vec<String> = ["dc:creator", "author", "atom:author", "itunes:author"]
        .iter()
        .map(|name| item.all(name).filter_map(|e| person(e, document.text)).collect())
        .find(|names: &Vec<String>| !names.is_empty())
        .unwrap_or_default();
    post.meta.byline = post::byline(&authors);
    post.meta.date = any(&["pubDate", "dc:date", "dcterms:created", "atom:published"])
        .and_then(|d| date::iso(&d));
    post.meta.language = any(&["dc:language", "language"]).map(|l| l.replace('_', "-"));
    post.meta.categories =
        item.all("category").filter_map(|c| post::plain(&c.string(document.text))).collect();
    let written = |e: &&Element| !e.inner.is_empty();
    let full = item.all("content:encoded").chain(item.all("xhtml:body")).find(written);
    let full = full.or_else(|| item.all("atom:content").find(written));
    if let Some(full) = full {
        html(&mut post, full, document);
    }
    if post.content.trim().is_empty()
        && let Some(description) = item.all("description").find(written)
    {
        html(&mut post, description, document);
        if post::is_summary(&post.content) {
            post.teaser();
        }
    }
    post
}

fn atom(entry: &Element, document: &Document<'_>) -> Post {
    // A feed may write all its elements with a prefix.
    let named = |name: &'static str| {
        entry
            .children
            .iter()
            .filter(move |c| c.name.strip_prefix("atom:").unwrap_or(&c.name) == name)
    };
    let string = |name: &'static str| {
        named(name).map(|e| e.string(document.text).trim().to_owned()).find(|s| !s.is_empty())
    };
    let mut post = Post::default();
    let links: Vec<&Element> = named("link").collect();
    let alternate = links
        .iter()
        .find(|l| matches!(l.attribute("rel"), None | Some("alternate")))
        .and_then(|l| l.attribute("href"));
    post.meta.url = alternate.filter(|u| u.starts_with("http")).map(str::to_owned);
    post.identity = string("id").or(post.meta.url.clone()).unwrap_or_default();
    post.meta.title = named("title").next().and_then(|title| {
        let text = title.string(document.text);
        let markup = matches!(title.attribute("type"), Some("html" | "text/html"));
        // Text is text, whatever looks like a tag in it.
        let folded = || Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
        if markup { post::plain(&text) } else { folded().filter(|t| !t.is_empty()) }
    });
    let authors: Vec<String> = named("author").filter_map(|e| person(e, document.text)).collect();
    post.meta.byline = post::byline(&authors);
    post.meta.date = string("published")
        .or_else(|| string("issued"))
        .or_else(|| string("updated"))
        .and_then(|d| date::iso(&d));
    post.meta.language = entry.attribute("xml:lang").map(str::to_owned);
    post.meta.categories = named("category")
        .filter_map(|c| c.attribute("label").or(c.attribute("term")))
        .filter_map(post::plain)
        .collect();
    if let Some(content) = named("content").next() {
        construct(&mut post, content, document);
        if let Some(language) = content.attribute("xml:lang") {
            post.meta.language = Some(language.to_owned());
        }
    }
    if post.content.trim().is_empty()
        && let Some(summary) = named("summary").next()
    {
        construct(&mut post, summary, document);
        if !post.content.trim().is_empty() {
            post.teaser();
        }
    }
    post
}

/// Text of an Atom element, by its type.
fn construct(post: &mut Post, element: &Element, document: &Document<'_>) {
    match element.attribute("type").unwrap_or("text") {
        "xhtml" | "application/xhtml+xml" => {
            (post.content, post.lines) = element.markup(document);
            post.format = Format::Chapter;
        }
        "html" | "text/html" => html(post, element, document),
        kind if kind == "text" || kind.starts_with("text/plain") => {
            (post.content, post.lines) = element.characters(document);
            post.format = Format::Text;
        }
        // A picture, a recording, or an article elsewhere.
        _ => {}
    }
}

/// HTML in an element: as its characters, or, when somebody forgot to escape it, as its markup.
fn html(post: &mut Post, element: &Element, document: &Document<'_>) {
    (post.content, post.lines) = if element.children.is_empty() {
        element.characters(document)
    } else {
        element.markup(document)
    };
    post.format = Format::HtmlFragment;
}

/// A person's name: an Atom person's, or that in `mail@example.org (A Name)`.
pub(super) fn person(element: &Element, text: &str) -> Option<String> {
    let name =
        element.child_string("name", text).or_else(|| element.child_string("atom:name", text));
    let name = name.unwrap_or_else(|| element.string(text));
    let name = post::plain(&name)?;
    let inside = name.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').trim());
    match inside {
        Some(inside) if name.contains('@') && !inside.is_empty() => Some(inside.to_owned()),
        _ => Some(name).filter(|n| !n.contains('@')),
    }
}
