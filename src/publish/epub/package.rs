//! What makes articles a book: the package document, the table of contents, the container file.

use uuid::Uuid;

use super::super::{date::Date, html::escape};

/// Where the package document is.
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
    </rootfiles>\n</container>\n";

/// A book.
pub(super) struct Book<'a> {
    pub(super) identifier: Uuid,
    pub(super) title: String,
    pub(super) creators: Vec<String>,
    pub(super) publisher: Option<&'a str>,
    /// What stands for the time of its last change, because no clock is looked at.
    pub(super) modified: Date,
    pub(super) published: Option<Date>,
    /// Address of the original.
    pub(super) source: Option<String>,
    /// Ids of the voices.
    pub(super) narrators: Vec<String>,
    /// The first is the main one.
    pub(super) languages: Vec<String>,
    /// File name and bytes.
    pub(super) cover: Option<(&'a str, &'a [u8])>,
    /// Whether the table of contents is a page of the book.
    pub(super) contents_shown: bool,
    pub(super) parts: Vec<Part<'a>>,
}

/// An article in a book.
pub(super) struct Part<'a> {
    pub(super) slug: &'a str,
    pub(super) title: String,
    pub(super) byline: Option<String>,
    pub(super) language: &'a str,
    pub(super) duration_ms: u64,
    /// File name of the recording.
    pub(super) audio: &'a str,
    pub(super) audio_type: &'a str,
    /// Whether there is a sentence that sounds.
    pub(super) overlay: bool,
    /// Level (from 2), id and text of its headings.
    pub(super) sections: Vec<(u8, &'a str, &'a str)>,
}

impl Book<'_> {
    /// The package document.
    pub(super) fn package(&self) -> String {
        let main = self.languages.first().map_or("en", String::as_str);
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" \
             version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{main}\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
        );
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!("<dc:identifier id=\"id\">urn:uuid:{}</dc:identifier>", self.identifier));
        line(format!("<dc:title>{}</dc:title>", escape(&self.title)));
        for language in &self.languages {
            line(format!("<dc:language>{language}</dc:language>"));
        }
        for creator in &self.creators {
            line(format!("<dc:creator>{}</dc:creator>", escape(creator)));
        }
        if let Some(publisher) = self.publisher {
            line(format!("<dc:publisher>{}</dc:publisher>", escape(publisher)));
        }
        if let Some(date) = self.published {
            line(format!("<dc:date>{}</dc:date>", date.iso()));
        }
        if let Some(source) = &self.source {
            line(format!("<dc:source>{}</dc:source>", escape(source)));
        }
        let mut meta = |property: &str, value: &str| {
            line(format!("<meta property=\"{property}\">{}</meta>", escape(value)));
        };
        meta("dcterms:modified", &self.modified.instant());
        for narrator in &self.narrators {
            meta("media:narrator", &format!("Synthetic voice {narrator} (aloud)"));
        }
        meta("media:active-class", "-epub-media-overlay-active");
        for (property, value) in ACCESSIBILITY {
            meta(&format!("schema:{property}"), value);
        }
        let heard = || self.parts.iter().enumerate().filter(|(_, part)| part.overlay);
        meta("media:duration", &clock(heard().map(|(_, part)| part.duration_ms).sum()));
        for (i, part) in heard() {
            let clock = clock(part.duration_ms);
            line(format!(
                "<meta property=\"media:duration\" refines=\"#overlay-{i}\">{clock}</meta>"
            ));
        }
        line("</metadata>\n<manifest>".into());
        line(item("nav", "nav.xhtml", "application/xhtml+xml", " properties=\"nav\""));
        line(item("style", "book.css", "text/css", ""));
        if let Some((name, _)) = self.cover {
            let kind = if name.ends_with(".png") { "image/png" } else { "image/jpeg" };
            line(item("cover", name, kind, " properties=\"cover-image\""));
        }
        for (i, part) in self.parts.iter().enumerate() {
            let (slug, audio) = (part.slug, escape(part.audio));
            let overlay = if part.overlay {
                format!(" media-overlay=\"overlay-{i}\"")
            } else {
                String::new()
            };
            line(item(
                &format!("text-{i}"),
                &format!("{slug}/text.xhtml"),
                "application/xhtml+xml",
                &overlay,
            ));
            if part.overlay {
                let smil = format!("{slug}/text.smil");
                line(item(&format!("overlay-{i}"), &smil, "application/smil+xml", ""));
            }
            let kind = if part.audio_type == "audio/ogg" {
                "audio/ogg; codecs=opus"
            } else {
                part.audio_type
            };
            line(item(&format!("audio-{i}"), &format!("{slug}/{audio}"), kind, ""));
        }
        line("</manifest>\n<spine>".into());
        if self.contents_shown {
            line("<itemref idref=\"nav\"/>".into());
        }
        for i in 0..self.parts.len() {
            line(format!("<itemref idref=\"text-{i}\"/>"));
        }
        line("</spine>\n</package>".into());
        out
    }

    /// The table of contents.
    pub(super) fn navigation(&self) -> String {
        let title = escape(&self.title);
        let main = self.languages.first().map_or("en", String::as_str);
        let mut list = String::new();
        for part in &self.parts {
            let (slug, name) = (part.slug, escape(&part.title));
            let language = if part.language == main {
                String::new()
            } else {
                format!(" lang=\"{0}\" xml:lang=\"{0}\"", part.language)
            };
            let byline = part.byline.as_deref().filter(|_| self.contents_shown);
            let byline =
                byline.map_or_else(String::new, |by| format!(" <small>{}</small>", escape(by)));
            list.push_str(&format!(
                "<li{language}><a href=\"{slug}/text.xhtml\">{name}{byline}</a>{}</li>\n",
                sections(slug, &part.sections)
            ));
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
             <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
             lang=\"{main}\" xml:lang=\"{main}\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>\n\
             <link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n<body>\n\
             <nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"title\">\n<h1 id=\"title\">{title}</h1>\n\
             <ol>\n{list}</ol>\n</nav>\n</body>\n</html>\n"
        )
    }
}

/// What readers can rely on, in the terms of schema.org (EPUB Accessibility 1.1, discovery metadata).
const ACCESSIBILITY: [(&str, &str); 13] = [
    ("accessMode", "textual"),
    ("accessMode", "auditory"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "auditory"),
    ("accessModeSufficient", "textual,auditory"),
    ("accessibilityFeature", "synchronizedAudioText"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "The whole text is spoken by a synthetic voice, synchronised word by word. Pictures are left out; \
         their descriptions are in the text.",
    ),
];

fn item(id: &str, href: &str, kind: &str, more: &str) -> String {
    format!("<item id=\"{id}\" href=\"{href}\" media-type=\"{kind}\"{more}/>")
}

/// Milliseconds as a SMIL clock value.
fn clock(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60, ms % 1000)
}

/// Headings as nested lists.
fn sections(slug: &str, sections: &[(u8, &str, &str)]) -> String {
    let mut out = String::new();
    let mut open = 1;
    for (level, id, text) in sections {
        // A heading is at most one level deeper than the one before it.
        if *level > open {
            out.push_str("\n<ol>\n");
            open = *level;
        } else {
            out.push_str("</li>\n");
            while *level < open {
                out.push_str("</ol>\n</li>\n");
                open -= 1;
            }
        }
        let text = if text.is_empty() { "…" } else { text };
        out.push_str(&format!("<li><a href=\"{slug}/text.xhtml#{id}\">{}</a>", escape(text)));
    }
    while open > 1 {
        out.push_str("</li>\n</ol>\n");
        open -= 1;
    }
    out
}

#[test]
fn headings_nest() {
    let list = sections("a", &[(2, "x", "X"), (3, "y", "Y"), (2, "z", "<Z>")]);
    let expected = "
<ol>
<li><a href=\"a/text.xhtml#x\">X</a>
<ol>
<li><a href=\"a/text.xhtml#y\">Y</a></li>
</ol>
</li>
<li><a href=\"a/text.xhtml#z\">&lt;Z&gt;</a></li>
</ol>
";
    assert_eq!(list, expected);
    assert_eq!(sections("a", &[]), "");
}
