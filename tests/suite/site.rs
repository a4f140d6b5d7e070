//! What is written for all articles of a folder, and for listeners: pages, index, feed.

use std::fs;

use crate::support::{Case, contents};

const FEED: &str = "[feed]\nbase_url = \"https://example.org/listen\"\n";

fn post(title: &str, date: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: {date}\n---\n\nThe harbour wakes up. Boats go out.\n\n## At noon\n\nThey come back.\n"
    )
}

#[test]
fn articles_of_earlier_builds_stay_in_the_index_and_in_the_feed() {
    let case = Case::new()
        .file("aloud.toml", FEED)
        .file("one.md", post("One", "2026-03-01"))
        .file("two.md", post("Two", "2026-03-02"));
    case.build(&["one.md"]).ok();
    case.build(&["two.md"]).ok();
    let (index, feed) = (case.text("output/index.html"), case.text("output/feed.xml"));
    for text in [&index, &feed] {
        let (two, one) = (text.find("Two").expect("Two"), text.find("One").expect("One"));
        assert!(two < one, "newest first");
    }
    let before = contents(&case.path("output"));
    case.build(&["one.md", "two.md"]).ok();
    let mut after = contents(&case.path("output"));
    after.retain(|(name, _)| name != "report.json");
    assert!(before.into_iter().filter(|(n, _)| n != "report.json").eq(after), "one build or two");
    let length = fs::metadata(case.path("output/one/one.wav")).unwrap().len();
    assert!(
        feed.contains(&format!("one/one.wav\" length=\"{length}\" type=\"audio/wav\"")),
        "{feed}"
    );
    assert!(feed.contains("https://example.org/listen/one/one.chapters.json"), "{feed}");
    assert_eq!(case.json("output/one/one.chapters.json")["chapters"][1]["title"], "At noon");
}

#[test]
fn without_an_address_there_is_no_feed_and_that_is_said() {
    let case = Case::new().file("a.txt", "Words.");
    case.build(&["a.txt"]).ok().says(&["no podcast feed", "base_url"]);
    assert!(!case.path("output/feed.xml").exists());
    let case = case.file("aloud.toml", "[feed]\nbase_url = \"example.org/listen\"\n");
    case.build(&["a.txt", "-o", "other"]).code(2).says(&["base_url", "https://"]);
    assert!(!case.path("other").exists(), "before any work");
}

#[test]
fn a_page_shows_the_article_in_its_structure() {
    let case = Case::new().file(
        "a.md",
        "---\nauthor: Ada Brook\n---\n\n# Harbour\n\nA [link](https://example.org/x) and *stress*.\n\n- one\n- two\n\n> Said.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nlet x;\n```\n",
    );
    case.build(&["a.md"]).ok();
    let page = case.text("output/a/index.html");
    for part in [
        "<h1><span class=\"s\" id=\"s1\"",
        "<p class=\"byline\"><bdi>Ada Brook</bdi></p>",
        "<a href=\"https://example.org/x\"><span id=\"s2-2\"",
        "<em><span id=\"s2-4\"",
        "<ul>\n<li><span class=\"s\"",
        "<blockquote>\n<p><span class=\"s\"",
        "<th scope=\"col\"><span id=\"",
        "<p class=\"announcement\"><span class=\"s\"",
        "<code>let x;</code>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // Each sentence and word of the manifest has its element, at its time.
    let manifest = case.json("output/a/a.json");
    for segment in manifest["segments"].as_array().unwrap() {
        let (id, start) = (segment["id"].as_str().unwrap(), &segment["start_ms"]);
        assert!(page.contains(&format!("class=\"s\" id=\"{id}\" data-t=\"{start}\"")), "{id}");
    }
}

#[test]
fn titles_of_every_kind_are_published() {
    let long = "word ".repeat(400);
    let titles = [
        ("markup", "'</title><script>alert(1)</script> \"quoted\" & more'"),
        ("leftward", "שלום עולם"),
        ("lines", "\"First\\nsecond\\tthird\\u0000\""),
        ("long", long.as_str()),
    ];
    let mut case = Case::new().file("aloud.toml", FEED).file("in/none.txt", "just words here");
    for (name, title) in titles {
        case = case.file(&format!("in/{name}.md"), post(title, "2026-03-01"));
    }
    case.build(&["in"]).ok();
    let (index, feed) = (case.text("output/index.html"), case.text("output/feed.xml"));
    assert_eq!(index.matches("<li ").count(), 5);
    assert_eq!(feed.matches("<item>").count(), 5);
    for (name, _) in titles {
        for text in [&index, &feed, &case.text(&format!("output/{name}/index.html"))] {
            assert!(!text.contains("<script>alert") && !text.contains('\0'), "{name}");
        }
    }
    assert!(case.text("output/leftward/index.html").contains(" dir=\"rtl\""));
}

#[test]
fn pages_of_others_are_left_alone() {
    let case = Case::new()
        .file("a.txt", "Words to say.")
        .file("output/index.html", "<title>My site</title>")
        .file("output/a/index.html", "<title>My post</title>");
    case.build(&["a.txt"]).ok().says(&["a/index.html is not written", "index.html is not written"]);
    assert_eq!(case.text("output/index.html"), "<title>My site</title>");
    assert_eq!(case.text("output/a/index.html"), "<title>My post</title>");
    let files = case.json("output/a/a.json")["files"].as_array().unwrap().len();
    assert_eq!(files, 2, "the recording and its captions are there");
    case.build(&["a.txt", "-o", "new"]).ok();
    case.build(&["a.txt", "-o", "new"]).ok();
    assert!(case.text("new/a/index.html").contains("id=\"player\""), "aloud's own are replaced");
}

#[test]
fn templates_of_the_project_take_the_place_of_the_built_in_ones() {
    let case = Case::new().file("a.txt", "Words to say.").file(
        "templates/page.html",
        "<meta name=\"generator\" content=\"aloud\"><h1>{{ title }}</h1>{{ body|safe }}",
    );
    case.build(&["a.txt"]).ok();
    assert!(case.text("output/a/index.html").contains("<h1>A</h1><p><span class=\"s\""));
    let case = Case::new().file("a.txt", "Words.").file("templates/page.html", "{% if %}");
    case.build(&["a.txt"]).code(2).says(&["page.html", "line 1"]);
}

/// Names and bytes of the files in a book.
fn book(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut file, &mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn books_hold_text_overlay_and_recording_and_the_collection_holds_all_of_them() {
    let case = Case::new()
        .file("one.md", post("One", "2026-03-01"))
        .file("two.md", post("Two", "2026-03-02"));
    case.build(&["one.md", "--format", "epub"]).ok();
    assert!(case.path("output/one/one.mp3").exists(), "a book comes with a recording it can hold");
    assert!(!case.path("output/collection.epub").exists());
    case.build(&["two.md", "--collection"]).ok();
    let one = book(&case.path("output/one/one.epub"));
    assert_eq!(one[0].0, "mimetype");
    let recording = fs::read(case.path("output/one/one.mp3")).unwrap();
    assert!(one.contains(&("EPUB/one/one.mp3".to_owned(), recording)));
    let all = book(&case.path("output/collection.epub"));
    for part in one.iter().filter(|(name, _)| name.starts_with("EPUB/one/")) {
        assert!(all.contains(part), "{} is not in the collection as it is", part.0);
    }
    let package = all.iter().find(|(name, _)| name == "EPUB/package.opf").expect("a package");
    let package = String::from_utf8(package.1.clone()).unwrap();
    let at =
        |part: &str| package.find(part).unwrap_or_else(|| panic!("{part} is not in {package}"));
    assert!(at("two/text.xhtml") < at("one/text.xhtml"), "newest first");
    assert!(case.text("output/index.html").contains("href=\"collection.epub\""));
    let before = fs::read(case.path("output/collection.epub")).unwrap();
    case.build(&["one.md", "two.md", "--collection", "--jobs", "1"]).ok();
    assert!(before == fs::read(case.path("output/collection.epub")).unwrap(), "the same bytes");
}
