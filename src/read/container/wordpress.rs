//! An item of a WordPress export (WXR) -> a post.
//!
//! WXR is RSS with WordPress's own columns as elements; the text is the post as the editor stores it,
//! block comments, shortcodes and all, which the reader of posts understands.

use std::collections::BTreeMap;

use super::{
    date,
    post::{self, Post},
    xml::{Document, Element},
};

/// Reads an item; `authors` are the names by which authors want to be shown, by login.
pub(super) fn post(
    item: &Element,
    document: &Document<'_>,
    authors: &BTreeMap<String, String>,
) -> Post {
    let string = |name: &str| {
        item.child_string(name, document.text)
            .map(|s| s.trim().to_owned())
            .filter(|s| !s.is_empty())
    };
    let mut post = Post { identity: string("wp:post_id").unwrap_or_default(), ..Post::default() };
    if let Some(body) = item.child("content:encoded") {
        (post.content, post.lines) = body.characters(document);
    }
    post.kind = string("wp:post_type").unwrap_or(post.kind);
    post.status = string("wp:status").unwrap_or(post.status);
    post.protected = string("wp:post_password").is_some();
    post.meta.draft = !matches!(post.status.as_str(), "publish" | "inherit");
    post.meta.title = string("title").and_then(|t| post::plain(&t));
    post.meta.byline = string("dc:creator")
        .map(|login| authors.get(&login).cloned().unwrap_or(login))
        .filter(|name| !name.is_empty());
    post.meta.date = string("wp:post_date_gmt")
        .and_then(|d| date::wordpress(&d, true))
        .or_else(|| string("wp:post_date").and_then(|d| date::wordpress(&d, false)))
        .or_else(|| string("pubDate").and_then(|d| date::iso(&d)));
    post.meta.url = string("link").filter(|u| u.starts_with("http"));
    post.meta.slug = string("wp:post_name");
    post.meta.categories = item
        .all("category")
        .filter(|c| matches!(c.attribute("domain"), None | Some("category" | "post_tag")))
        .filter_map(|c| post::plain(&c.string(document.text)))
        .collect();
    if post.kind == "attachment" {
        post.alternative = alternative(item, document, &post.identity);
    }
    post.name_it();
    post
}

/// The alternative text of a picture.
fn alternative(item: &Element, document: &Document<'_>, id: &str) -> Option<(u64, String)> {
    let text = item.all("wp:postmeta").find_map(|meta| {
        let key = meta.child_string("wp:meta_key", document.text)?;
        let value = || meta.child_string("wp:meta_value", document.text);
        (key.trim() == "_wp_attachment_image_alt").then(value)?
    })?;
    Some((id.parse().ok()?, post::plain(&text)?))
}
