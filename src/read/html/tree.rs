//! Which block elements of a document stand in which, and what their names say of them.
//!
//! The walker keeps no tree; this is the little of one that choosing an article needs, two numbers
//! for each element.

use super::Facts;

/// What an element's name and attributes say of the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Nothing.
    Plain,
    /// It is the article, or holds it.
    Main,
    /// It stands beside the article: menus, forms, share bars, teasers, notes on the author.
    Beside,
    /// It stands beside the running text: a note of the article, or something beside the article.
    Aside,
}

/// Words of class names, ids and roles that stand for what is beside an article. A name such as
/// `post-related_links` is made of words.
#[rustfmt::skip]
const BESIDE: [&str; 80] = [
    "ad", "ads", "advert", "advertisement", "advertising", "adslot", "affiliate", "author",
    "authorbox", "banner", "bio", "breadcrumb", "breadcrumbs", "byline", "carousel",
    "categories", "category", "comment", "comments", "complementary", "consent", "contentinfo",
    "cookie", "cookies", "cta", "dialog", "discover", "disqus", "dropdown", "email", "footer",
    "form", "jetpack", "login", "masthead", "menu", "modal", "nav", "navbar", "navigation",
    "newsletter", "outbrain", "overlay", "pager", "pagination", "paywall", "popular", "popup",
    "promo", "promoted", "promotion", "rating", "recirc", "recirculation", "recommend",
    "recommendation", "recommendations", "recommended", "related", "relatedposts", "respond",
    "search", "share", "sharing", "shares", "sharedaddy", "sidebar", "signup", "similar", "skip",
    "social", "sponsor", "sponsored", "subscribe", "subscription", "taboola", "tags", "teaser",
    "toolbar", "trending",
];

/// What "meta" stands with in the names of what says who wrote an article, and when. Elsewhere it may be anything.
const OF_ARTICLE: [&str; 12] = [
    "article",
    "author",
    "blog",
    "byline",
    "card",
    "date",
    "entry",
    "header",
    "post",
    "published",
    "single",
    "story",
];

/// Words of names that say how a page is laid out, such as `has-sidebar`, and nothing of the element itself.
const LAYOUT: [&str; 7] = ["has", "no", "with", "without", "enabled", "disabled", "layout"];

/// Names of the element that is the article, in whole.
const MAIN: [&str; 12] = [
    "article-body",
    "articlebody",
    "article-content",
    "entry-content",
    "post-content",
    "post-body",
    "main-content",
    "story-body",
    "content-body",
    "article__body",
    "article__content",
    "h-entry",
];

/// The block elements of a document in the order in which they begin; 0 is the document itself.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<(u32, Part)>,
    /// Those called `article`, in order.
    articles: Vec<u32>,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self { nodes: vec![(0, Part::Plain)], articles: Vec::new() }
    }

    /// Adds an element and gives its number.
    pub(super) fn add(&mut self, parent: u32, part: Part, name: &str) -> u32 {
        self.nodes.push((parent, part));
        let number = u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX);
        if name == "article" {
            self.articles.push(number);
        }
        number
    }

    /// Whether `node` is an `article` element.
    pub(crate) fn is_article(&self, node: usize) -> bool {
        self.articles.binary_search_by(|a| (*a as usize).cmp(&node)).is_ok()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element that `node` stands in; the document stands in itself.
    pub(crate) fn parent(&self, node: usize) -> usize {
        self.nodes[node].0 as usize
    }

    /// What `node` says of its text.
    pub(crate) fn part(&self, node: usize) -> Part {
        self.nodes[node].1
    }

    /// `node` and what it stands in, innermost first, without the document.
    pub(crate) fn up(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = node;
        std::iter::from_fn(move || {
            let node = next;
            next = self.parent(node);
            (node > 0).then_some(node)
        })
    }
}

/// What an element of this name with these attributes says of its text.
pub(super) fn part(name: &str, facts: &Facts) -> Part {
    let beside = |n: &String| {
        // Of Elementor's pages everything is a widget, of others what has it as its first name.
        let n = n.strip_prefix("elementor-widget").unwrap_or(n);
        // Authors' own marks (`data-aloud-skip`) have a rule of their own.
        let words = || n.split(['-', '_', ':']).filter(|_| !n.starts_with("data-"));
        let meta = n == "meta" || words().any(|word| OF_ARTICLE.contains(&word));
        words().any(|word| BESIDE.contains(&word) || word == "meta" && meta)
            && !words().any(|w| LAYOUT.contains(&w))
            || n.split(['-', '_']).next() == Some("widget")
    };
    let aside = |n: &String| n.split(['-', '_', ':']).any(|word| word == "aside");
    match name {
        "nav" | "footer" | "form" | "button" | "select" | "dialog" | "menu" | "search" => {
            return Part::Beside;
        }
        "article" | "main" => return Part::Main,
        // What a page says of itself as a whole says nothing of its parts, and a heading's id is made of its words.
        "html" | "body" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return Part::Plain,
        _ => {}
    }
    if facts.names.iter().any(|n| MAIN.contains(&n.as_str())) {
        return Part::Main;
    }
    match name {
        _ if facts.names.iter().any(beside) => Part::Beside,
        "aside" => Part::Aside,
        _ if facts.names.iter().any(aside) => Part::Aside,
        _ => Part::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_stands_beside_the_article() {
        for (element, name, expected) in [
            ("div", "post-related_links", Part::Beside),
            ("div", "entry-content", Part::Main),
            ("div", "widget_recent_entries", Part::Beside),
            ("div", "product-widget", Part::Plain),
            ("div", "elementor-widget-heading", Part::Plain),
            ("div", "elementor-widget-share-buttons", Part::Beside),
            ("h2", "related-work", Part::Plain),
            ("div", "has-sidebar", Part::Plain),
            ("div", "entry-meta", Part::Beside),
            ("div", "review__meta", Part::Plain),
            ("div", "sidebar-enabled--false", Part::Plain),
            ("aside", "note", Part::Aside),
            ("aside", "styles_aside__x1", Part::Aside),
            ("div", "page-aside", Part::Aside),
            ("aside", "newsletter", Part::Beside),
        ] {
            let facts = Facts { names: vec![name.to_owned()], ..Facts::default() };
            assert_eq!(part(element, &facts), expected, "{name}");
        }
    }
}
