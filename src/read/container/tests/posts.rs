//! WordPress: exports and the JSON of its REST API.

use super::*;

const EXPORT: &str = include_str!("../../../../tests/fixtures/read/wordpress-export/input.xml");

#[test]
fn an_export_gives_its_published_posts() {
    let (_folder, found) = found("export.xml", EXPORT, false);
    assert_eq!(names(&found), ["night-ferry", "bread"]);
    assert_eq!(
        skipped(&found),
        [
            "export.xml#Half-a-thought: a draft; --drafts takes drafts too",
            "export.xml#for-members: protected by a password",
            "export.xml#about: of type page; --types post,page takes it",
            "export.xml: 1 of type attachment, no articles; --types attachment takes them",
        ]
        .map(|s| s.replace("Half-a-thought", "half-a-thought"))
    );
    let ferry = article(&found.sources[0]);
    assert_eq!(ferry.meta.title.as_deref(), Some("The night ferry & its captain"));
    assert_eq!(ferry.meta.byline.as_deref(), Some("Maren Lund"));
    assert_eq!(ferry.meta.date.as_deref(), Some("2024-03-01T08:00:00Z"));
    assert_eq!(ferry.meta.slug.as_deref(), Some("night-ferry"));
    assert_eq!(ferry.meta.language.as_deref(), Some("en-GB"));
    assert_eq!(ferry.meta.url.as_deref(), Some("https://saltmere.example/2024/03/night-ferry/"));
    assert_eq!(ferry.meta.categories, ["Harbour"]);
    assert_eq!(ferry.meta.request.voice.as_deref(), Some("UK English Female"));
    assert_eq!(
        blocks(&ferry),
        [
            "+title: The night ferry & its captain",
            "paragraph: The ferry leaves at midnight, and Captain Iris Holm knows every light on the way.",
            "+image: A white ferry under a full moon",
            "caption: The ferry in January",
            "paragraph: “I have never missed a tide,” she says – not once in 31 years.",
        ]
    );
    assert!(removed(&ferry).iter().any(|r| r.starts_with("listen-button: ")));
    let bread = article(&found.sources[1]);
    assert_eq!(
        bread.meta.byline.as_deref(),
        Some("guest"),
        "an author that the export does not know"
    );
    assert_eq!(
        blocks(&bread)[1..],
        [
            "paragraph: The baker of Mill Street wakes at three. Her dough has waited all night.",
            "paragraph: By five the street smells of crust & butter.",
            "quote: Nobody steals warm bread.",
            "paragraph: She sells out by nine.",
        ]
    );
}

#[test]
fn lines_are_those_of_the_export() {
    let (_folder, found) = found("export.xml", EXPORT, true);
    for source in &found.sources {
        let article = article(source);
        for block in article.blocks.iter().filter(|b| b.added.is_none()) {
            let line = article.source.lines.line(block.span.start);
            let written = EXPORT.lines().nth(line as usize - 1).expect("a line of the file");
            let word = block.text.as_str().split([' ', '&', '\u{201c}']).find(|w| w.len() > 3);
            assert!(written.contains(word.expect("a word")), "{line}: {written}");
        }
    }
}

#[test]
fn drafts_and_types_are_taken_when_asked_for() {
    let options = DiscoverOptions {
        drafts: true,
        types: vec!["page".to_owned(), "post".to_owned()],
        ..DiscoverOptions::default()
    };
    let (_folder, found) = found_with("export.xml", EXPORT, true, &options);
    assert_eq!(names(&found), ["night-ferry", "bread", "half-a-thought", "about"]);
    assert!(article(&found.sources[2]).meta.draft);
    assert!(!article(&found.sources[3]).meta.draft);
}

#[test]
fn one_item_can_be_named() {
    let (folder, _) = found("export.xml", EXPORT, true);
    let path = folder.path().join("export.xml");
    let given = |item: &str| {
        let path = format!("{}#{item}", path.to_string_lossy());
        discover(&[path], &DiscoverOptions::default())
    };
    assert_eq!(names(&given("bread").expect("an item")), ["bread"]);
    assert_eq!(names(&given("about").expect("named, whatever it is")), ["about"]);
    let error = given("butter").expect_err("no such item").to_string();
    assert!(error.contains("no item butter"), "{error}");
}

#[test]
fn two_items_of_one_slug_keep_their_names() {
    let item = |id: u32, text: &str| {
        format!(
            "<item><title>T</title><content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{id}\
             </wp:post_id><wp:post_name>same</wp:post_name><wp:status>publish</wp:status>\
             <wp:post_type>post</wp:post_type></item>"
        )
    };
    let export = |items: &str| {
        format!(
            "<rss xmlns:wp='http://wordpress.org/export/1.2/' \
             xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{items}</channel></rss>"
        )
    };
    let both = export(&(item(1, "One.") + &item(2, "Two.")));
    let (_folder, found) = found("a.xml", both, true);
    assert_eq!(names(&found), ["same", "same-2"]);
    assert_eq!(article(&found.sources[1]).blocks[1].text.as_str(), "Two.");
}

const REST: &str = r#"[
 {"id": 31, "date": "2024-05-01T10:00:00", "date_gmt": "2024-05-01T09:00:00", "slug": "kiln", "status": "publish",
  "type": "post", "link": "https://saltmere.example/kiln/", "title": {"rendered": "The kiln &#038; the clay"},
  "content": {"rendered": "<p>The kiln is lit on Fridays.<\/p>\n<p>Nobody sleeps.<\/p>", "protected": false},
  "excerpt": {"rendered": "<p>The kiln&hellip;<\/p>"}, "author": 4, "categories": [3],
  "_embedded": {"author": [{"id": 4, "name": "Oda Brandt"}], "wp:term": [[{"name": "Craft", "taxonomy": "category"}]]}},
 {"id": 32, "slug": "raw", "status": "publish", "type": "post", "title": {"raw": "Raw", "rendered": "Raw"},
  "content": {"raw": "<!-- wp:paragraph -->\n<p>As the editor has it.</p>\n<!-- /wp:paragraph -->", "rendered": "<p>As it is shown.</p>"}},
 {"id": 33, "slug": "secret", "type": "post", "title": {"rendered": "S"}, "content": {"rendered": "", "protected": true}},
 {"id": 34, "slug": "", "status": "draft", "type": "post", "title": {"rendered": "D"}, "content": {"rendered": "<p>D.</p>"}},
 {"id": 35, "slug": "short", "type": "post", "title": {"rendered": "E"}, "excerpt": {"rendered": "<p>Only the excerpt.</p>"}}
]"#;

#[test]
fn posts_of_the_rest_api() {
    let (_folder, found) = found("posts.json", REST, false);
    assert_eq!(names(&found), ["kiln", "raw", "short"]);
    assert_eq!(skipped(&found)[0], "posts.json#secret: protected by a password");
    assert_eq!(found.skipped.len(), 2);
    let kiln = article(&found.sources[0]);
    assert_eq!(kiln.meta.title.as_deref(), Some("The kiln & the clay"));
    assert_eq!(kiln.meta.byline.as_deref(), Some("Oda Brandt"));
    assert_eq!(kiln.meta.date.as_deref(), Some("2024-05-01T09:00:00Z"));
    assert_eq!(kiln.meta.categories, ["Craft"]);
    assert_eq!(
        blocks(&kiln)[1..],
        ["paragraph: The kiln is lit on Fridays.", "paragraph: Nobody sleeps."]
    );
    assert_eq!(lines(&kiln), [4, 4], "a text stands on one line of the file");
    assert_eq!(blocks(&article(&found.sources[1]))[1], "paragraph: As the editor has it.");
    assert_eq!(codes(&article(&found.sources[2])), ["teaser"]);
}

#[test]
fn one_post_and_other_json() {
    let one = r#"{"id":1,"slug":"one","title":{"rendered":"One"},"content":{"rendered":"<p>Words.</p>"}}"#;
    let (_folder, found) = found("one.json", one, false);
    assert_eq!(names(&found), ["one"]);
    for (content, walk, reason) in [
        (r#"{"name":"package","version":"1.0"}"#, "neither a JSON Feed", "other JSON"),
        ("[1, 2, 3]", "neither a JSON Feed", "a list of no posts"),
        ("no json", "no JSON", "text"),
    ] {
        let (_folder, found) = super::found("a.json", content, false);
        assert!(found.sources.is_empty(), "{reason}");
        assert!(skipped(&found)[0].contains(walk), "{reason}: {:?}", skipped(&found));
        let (_folder, found) = super::found("a.json", content, true);
        assert!(failures(&found)[0].contains(walk), "named: {reason}");
    }
    let (_folder, found) = super::found("a.json", "{\"id\": ", true);
    assert!(failures(&found)[0].contains("damaged"), "{:?}", failures(&found));
    let (_folder, found) = super::found("a.json", "[]", true);
    assert_eq!(skipped(&found), ["a.json: WordPress posts as JSON without items"]);
}
