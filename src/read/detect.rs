//! A source's name and text -> its format.
//!
//! By content as well as by name, because text files hold pasted posts and whole pages, and
//! standard input has no name.

use crate::model::Format;

/// How much of a text is looked at, in bytes.
const LOOK: usize = 256 * 1024;

/// Tags that make a text file an HTML one when there are some of them.
const TELLING: [&str; 14] = [
    "<p>",
    "<p ",
    "</p>",
    "<div",
    "</div>",
    "<br",
    "<h2",
    "<h3",
    "<ul",
    "<li",
    "<a href",
    "<img ",
    "<blockquote",
    "<table",
];

/// The format of the source called `name`.
pub(crate) fn format(name: &str, text: &str) -> Format {
    let mut end = text.len().min(LOOK);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let look = text[..end].to_ascii_lowercase();
    let extension = name.rsplit(['/', '\\']).next().and_then(|n| n.rsplit_once('.'));
    let extension = extension.map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    if begins_page(&look) {
        return Format::HtmlPage;
    }
    if extension == "ssml" || begins(&look, &["<speak>", "<speak "]) {
        return Format::Ssml;
    }
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => {
            let page = ["<html", "<head>", "<head ", "<body", "<!doctype"]
                .iter()
                .any(|t| look.contains(t));
            if page { Format::HtmlPage } else { Format::HtmlFragment }
        }
        "txt" | "text" => of_text(&look),
        _ if has_front_matter(text) => Format::Markdown,
        _ => match of_text(&look) {
            Format::Text if looks_like_markdown(&text[..end]) => Format::Markdown,
            format => format,
        },
    }
}

/// Whether the text begins as an HTML page does.
fn begins_page(look: &str) -> bool {
    begins(look, &["<!doctype html", "<html"])
}

/// Whether the text begins with one of `starts`, after comments, an XML declaration or another document
/// type.
fn begins(look: &str, starts: &[&str]) -> bool {
    let mut rest = look.trim_start();
    for _ in 0..8 {
        if starts.iter().any(|start| rest.starts_with(start)) {
            return true;
        }
        let comment = rest.strip_prefix("<!--").and_then(|r| r.split_once("-->"));
        let declaration = rest.strip_prefix("<?xml").and_then(|r| r.split_once("?>"));
        let doctype = rest.strip_prefix("<!doctype").and_then(|r| r.split_once('>'));
        match comment.or(declaration).or(doctype) {
            Some((_, after)) => rest = after.trim_start(),
            None => break,
        }
    }
    false
}

fn of_text(look: &str) -> Format {
    let tags: usize = TELLING.iter().map(|t| look.matches(t).take(4).count()).sum();
    let blocks = look.contains("<!-- wp:");
    if look.contains("<body") && look.contains("</html>") {
        Format::HtmlPage
    } else if blocks || tags >= 4 {
        Format::HtmlFragment
    } else {
        Format::Text
    }
}

fn has_front_matter(text: &str) -> bool {
    super::front_matter::read(text).end > 0
}

/// Whether a text without a telling name has Markdown in it.
fn looks_like_markdown(text: &str) -> bool {
    let mut signs = 0;
    for line in text.lines() {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        signs += usize::from((1..=6).contains(&hashes) && line[hashes..].starts_with(' ')) * 2;
        signs += usize::from(line.starts_with("```")) * 2;
        signs += usize::from(line.contains("](") && line.contains('['));
        signs += usize::from(line.matches("**").count() >= 2);
        if signs >= 2 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_content() {
        use Format::{HtmlFragment, HtmlPage, Markdown, Ssml, Text};
        for (name, text, expected, reason) in [
            ("a.md", "words", Markdown, "by name"),
            ("a.md", "<!DOCTYPE html><p>a", HtmlPage, "a page called .md"),
            ("a.txt", "words", Text, "by name"),
            ("a.txt", "# words\n\n[a](b) **c**", Text, "a text stays a text"),
            ("a.txt", "\n<!-- saved -->\n<HTML><body>a", HtmlPage, "a page called .txt"),
            ("a.txt", "<p>a</p>\n<p>b</p>", HtmlFragment, "a post pasted from a content system"),
            ("a.txt", "<!-- wp:paragraph -->\na", HtmlFragment, "a post of block comments"),
            ("a.txt", "a < b and <p>", Text, "a tag alone"),
            ("a.txt", "[responsivevoice_button]\na", Text, "shortcodes alone"),
            ("a.html", "<p>a</p>", HtmlFragment, "no page around it"),
            ("A.HTM", "<title>x</title><body>a", HtmlPage, "a page without its first tags"),
            ("a.xhtml", "<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>", HtmlPage, "XHTML"),
            ("a.ssml", "words", Ssml, "by name"),
            ("-", "<?xml version='1.0'?>\n<!-- x --><speak version='1.1'>", Ssml, "its first tag"),
            ("a.xml", "<!DOCTYPE speak PUBLIC 'x'>\n<speak>a</speak>", Ssml, "its first tag"),
            ("a.txt", "<speaker>a</speaker>", Text, "another tag"),
            ("-", "words", Text, "standard input"),
            ("-", "---\ntitle: a\n---\nwords", Markdown, "front matter"),
            ("-", "# Title\n\nwords", Markdown, "headings"),
            ("-", "<p>a</p><p>b</p>", HtmlFragment, "tags"),
            ("-", "<html>", HtmlPage, "a page"),
        ] {
            assert_eq!(format(name, text), expected, "{reason}");
        }
    }
}
