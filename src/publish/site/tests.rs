//! Sites of folders with manifests of several builds.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::publish::{Manifest, Publication, publication::tests::Sample};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// Adds an article.
    fn article(self, slug: &str, title: Option<&str>, date: Option<&str>) -> Self {
        let mut sample = Sample::new();
        sample.script.meta.title = title.map(str::to_owned);
        sample.script.meta.date = date.map(str::to_owned);
        let mut files = sample.files.clone();
        files[0].path = format!("{slug}.wav");
        for kind in ["text/vtt", "application/json+chapters"] {
            let extension = kind.rsplit(['/', '+']).next().expect("a part");
            files.push(crate::publish::FileEntry {
                path: format!("{slug}.{extension}"),
                media_type: kind.into(),
                ..files[0].clone()
            });
        }
        let publication = Publication { slug, files: &files, ..sample.publication() };
        let mut out = std::io::Cursor::new(Vec::new());
        crate::publish::Publisher::write(&Manifest, &publication, &mut out).expect("consistent");
        let folder = self.0.path().join(slug);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{slug}.json")), out.into_inner()).expect("written");
        self
    }

    fn write(&self, feed: &FeedOptions) -> Vec<Warning> {
        let stage = Stage::open(self.0.path()).expect("an output folder");
        let site = Site::new(&SiteOptions::default(), feed).expect("good settings");
        site.write(&stage, false).expect("written")
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

fn feed() -> FeedOptions {
    FeedOptions { base_url: Some("https://example.org/listen".into()), ..FeedOptions::default() }
}

/// Where each of `parts` stands in `text`: they must be there, in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..]
            .find(part)
            .unwrap_or_else(|| panic!("{part} is not after the others:\n{text}"));
        from += at + part.len();
    }
}

#[test]
fn the_index_has_every_article_newest_first() {
    let folder = Folder::new()
        .article("old", Some("Old"), Some("2025-12-31"))
        .article("new", Some("New <b>"), Some("March 2, 2026"))
        .article("no-date", None, Some("someday"));
    assert_eq!(folder.write(&FeedOptions::default()), []);
    let index = folder.text("index.html");
    in_order(
        &index,
        &[
            "3 articles</span> · 0 minutes",
            "<a href=\"new/index.html\">New &lt;b&gt;</a>",
            "<time datetime=\"2026-03-02\">2 March 2026</time>",
            "<a href=\"old/index.html\">Old</a>",
            "<a href=\"no-date/index.html\">No date</a>",
        ],
    );
    assert!(!folder.0.path().join("feed.xml").exists() && !index.contains("feed.xml"));
    assert!(folder.text("aloud-button.js").contains(BUTTON_MARKER));
}

#[test]
fn the_feed_has_what_players_need() {
    let folder = Folder::new()
        .article("a", Some("Fish & chips"), Some("2026-03-02T08:00:00Z"))
        .article("b", Some("Undated"), None);
    let warnings = folder.write(&feed());
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.starts_with("1 of 2 articles have no date"), "{warnings:?}");
    let feed = folder.text("feed.xml");
    in_order(
        &feed,
        &[
            "<link>https://example.org/listen/</link>",
            "<itunes:image href=\"https://example.org/listen/cover.png\"/>",
            "<itunes:explicit>false</itunes:explicit>",
            "<title>Fish &amp; chips</title>",
            "/a</guid>",
            "<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>",
            "<enclosure url=\"https://example.org/listen/a/a.wav\" length=\"140044\" type=\"audio/wav\"/>",
            "<itunes:duration>4</itunes:duration>",
            "<podcast:transcript url=\"https://example.org/listen/a/a.vtt\" type=\"text/vtt\" language=\"en-US\"",
            "<podcast:chapters url=\"https://example.org/listen/a/a.chapters\"",
            "<title>Undated</title>",
            "<pubDate>Sat, 01 Jan 2000 12:00:00 GMT</pubDate>",
        ],
    );
    assert!(folder.0.path().join("cover.png").exists());
    folder.write(&self::feed());
    assert_eq!(folder.text("feed.xml"), feed, "the same every time");
}

#[test]
fn files_of_others_are_left_alone() {
    let folder = Folder::new().article("a", Some("A"), Some("2026-03-02"));
    fs::write(folder.0.path().join("index.html"), "<title>Mine</title>").expect("written");
    let warnings = folder.write(&feed());
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].code, "not-ours");
    assert_eq!(folder.text("index.html"), "<title>Mine</title>");
    assert!(folder.text("feed.xml").contains(FEED_GENERATOR), "the others are written");
    fs::write(folder.0.path().join("index.html"), folder.text("feed.xml")).expect("written");
    assert_eq!(folder.write(&feed()).len(), 1, "a feed is no index of aloud's");
}

#[test]
fn a_manifest_that_cannot_be_read_is_told() {
    let folder = Folder::new().article("a", Some("A"), Some("2026-03-02"));
    fs::create_dir(folder.0.path().join("b")).expect("a folder");
    fs::write(folder.0.path().join("b/b.json"), "{\"schema\": \"aloud.art").expect("written");
    fs::create_dir(folder.0.path().join("c")).expect("a folder");
    fs::write(folder.0.path().join("c/c.txt"), "not an article").expect("written");
    let warnings = folder.write(&feed());
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].message.starts_with("b/b.json is not listed"), "{warnings:?}");
    assert!(folder.text("index.html").contains("1 article<"));
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let refused = |options: &SiteOptions, feed: &FeedOptions| match Site::new(options, feed) {
        Ok(_) => panic!("{options:?} {feed:?} is good"),
        Err(error) => error.to_string(),
    };
    let good = SiteOptions::default();
    let no_scheme = FeedOptions { base_url: Some("example.org".into()), ..FeedOptions::default() };
    assert!(refused(&good, &no_scheme).contains("[feed] base_url is \"example.org\""));
    let undated = FeedOptions { undated: "soon".into(), ..FeedOptions::default() };
    assert!(refused(&good, &undated).contains("[feed] undated is \"soon\""));
    let image =
        |path: &Path| SiteOptions { image: Some(path.to_owned()), ..SiteOptions::default() };
    let missing = refused(&image(Path::new("no/such.jpg")), &FeedOptions::default());
    assert!(missing.contains("[site] image no/such.jpg"), "{missing}");
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("cover.jpg");
    fs::write(&text, "text").expect("written");
    assert!(refused(&image(&text), &FeedOptions::default()).contains("neither a JPEG nor a PNG"));
}
