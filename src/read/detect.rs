//! What a file is, by its content as well as by its name.

use std::path::Path;

use crate::model::Format;

/// How much of a text is looked at.
const HEAD: usize = 4096;

/// First bytes of files that are no text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WAV, WebP or AVI)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT or EPUB document)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF document"),
];

/// What the bytes are, if they are no text.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(what);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a video or an image");
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let control = |b: &&u8| **b < 0x20 && !b"\t\n\r\x0c\x1b\x08".contains(b);
    let odd = head.iter().filter(control).count();
    (head.contains(&0) || odd * 20 > head.len()).then_some("a binary file")
}

/// The format of a text.
pub(super) fn format(text: &str, path: Option<&Path>) -> Format {
    let head = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let head = &head[..head.floor_char_boundary(HEAD)];
    let lower = head.to_ascii_lowercase();
    let extension = path
        .and_then(Path::extension)
        .map(|e| e.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    if is_page(&lower) {
        return Format::HtmlPage;
    }
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::HtmlFragment,
        "txt" | "text" => {
            if is_markup(&lower) { Format::HtmlFragment } else { Format::Text }
        }
        _ if is_markup(&lower) => Format::HtmlFragment,
        _ if is_markdown(head) => Format::Markdown,
        _ => Format::Text,
    }
}

/// Whether a text starts as a whole page does.
fn is_page(lower: &str) -> bool {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        // Comments and an XML declaration may stand before the page.
        let (start, end) = if rest.starts_with("<!--") {
            ("<!--", "-->")
        } else if rest.starts_with("<?") {
            ("<?", "?>")
        } else {
            break;
        };
        match rest[start.len()..].find(end) {
            Some(at) => rest = &rest[start.len() + at + end.len()..],
            None => return false,
        }
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|s| rest.starts_with(s))
}

/// Whether a text without a telling name is HTML: WordPress blocks, or block elements.
fn is_markup(lower: &str) -> bool {
    let blocks = ["<p>", "<p ", "</p>", "<h2", "<ul>", "<div", "<blockquote", "<figure", "<br"];
    lower.contains("<!-- wp:") || blocks.iter().filter(|b| lower.contains(**b)).count() >= 2
}

/// Whether a text without a telling name is Markdown: front matter, or a heading or list and a link.
fn is_markdown(head: &str) -> bool {
    let line = |start: &str| head.lines().any(|l| l.starts_with(start));
    head.starts_with("---\n")
        || head.starts_with("+++\n")
        || line("# ")
        || line("## ")
        || (head.contains("](") && (line("- ") || line("* ") || head.contains("**")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_name_and_content() {
        let cases = [
            ("a.md", "Plain words", Format::Markdown),
            ("a.txt", "Plain words", Format::Text),
            ("a.html", "<p>Words</p>", Format::HtmlFragment),
            ("a.html", "<!DOCTYPE html><p>Words</p>", Format::HtmlPage),
            ("a.txt", "<!-- saved --> <html><body>x", Format::HtmlPage),
            ("a.txt", "<!-- wp:paragraph --><p>Words</p>", Format::HtmlFragment),
            ("a.txt", "He wrote <p> once.", Format::Text),
            ("a.md", "<!doctype html><html>", Format::HtmlPage),
            ("-", "# Title\n\nWords", Format::Markdown),
            ("-", "Words only", Format::Text),
            ("-", "<p>A</p>\n<ul><li>b", Format::HtmlFragment),
            ("notes", "---\ntitle: x\n---\nWords", Format::Markdown),
        ];
        for (name, text, wanted) in cases {
            assert_eq!(format(text, Some(Path::new(name))), wanted, "{name}: {text}");
        }
    }
}
