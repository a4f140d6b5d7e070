//! What the walker knows of elements.

/// Elements that browsers lay out as blocks, and those that stand apart from running text although they are
/// inline (buttons, options): their text never joins the text around them.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption" | "center" | "dd"
            | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
            | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup"
            | "hr" | "html" | "iframe" | "legend" | "li" | "main" | "menu" | "nav" | "noscript"
            | "object" | "ol" | "optgroup" | "option" | "p" | "pre" | "search" | "section" | "select"
            | "summary" | "table" | "tbody" | "td" | "textarea" | "tfoot" | "th" | "thead" | "title"
            | "tr" | "ul" | "video" | "audio" | "canvas"
    )
}

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param"
            | "source" | "track" | "wbr"
    )
}

/// Elements whose text is no text of the page: code and data, what shows only without scripts (the same
/// again, mostly), drawings.
pub(super) fn is_opaque(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "svg" | "head" | "math")
}

/// Whether a start tag `name` ends an open `open` without an end tag, and at which elements looking for
/// one stops.
pub(super) fn implied_end(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr", "td", "th"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        "option" | "optgroup" => (&["option"], &["select"]),
        "body" => (&["head"], &["html"]),
        _ if is_block(name) => (&["p"], &["td", "th", "li", "blockquote", "div", "section", "article"]),
        _ => return None,
    })
}
