//! RSS, Atom and JSON Feed.

use super::*;

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel><title>Site</title><language>en</language>\n\
         {items}\n</channel></rss>"
    )
}

const LONG: &str = "The tide came in at four and took the old jetty with it, plank by plank. ";

#[test]
fn full_texts_go_before_summaries() {
    let full =
        format!("&lt;p&gt;{}&lt;/p&gt;\n&lt;p&gt;And &amp;amp; so on.&lt;/p&gt;", LONG.repeat(8));
    let feed = rss(&format!(
        "<item><title>A</title><link>https://x.example/a/</link><description>Short…</description>\
         <content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>\
         <dc:creator>Ann Lee</dc:creator><dc:creator>Bo Vik</dc:creator>\
         <pubDate>Tue, 03 Jun 2025 09:39:21 GMT</pubDate></item>\n\
         <item><title>B</title><guid>https://x.example/b</guid>\n<description>\n{full}</description></item>\n\
         <item><title>C</title><guid isPermaLink=\"false\">77</guid><description>Short [&amp;hellip;]</description></item>\
         <item><title>D</title></item>"
    ));
    let (_folder, found) = found("feed.rss", feed, false);
    assert_eq!(names(&found), ["a", "b", "c"]);
    assert!(skipped(&found)[0].ends_with("#d: without text"));
    let all = all_blocks(&found);
    assert_eq!(all[0], ["+title: A", "paragraph: The whole text."]);
    assert_eq!(all[1][2], "paragraph: And & so on.");
    let a = article(&found.sources[0]);
    assert_eq!(a.meta.byline.as_deref(), Some("Ann Lee and Bo Vik"));
    assert_eq!(a.meta.date.as_deref(), Some("2025-06-03T09:39:21Z"));
    assert_eq!(a.meta.language.as_deref(), Some("en"));
    assert!(codes(&a).is_empty());
    let b = article(&found.sources[1]);
    assert_eq!(lines(&b), [7, 8], "escaped text keeps its line breaks");
    assert!(codes(&b).is_empty());
    assert_eq!(codes(&article(&found.sources[2])), ["teaser"]);
}

#[test]
fn atom_in_all_its_types() {
    let feed = "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'>\
        <title>T</title><author><name>The Desk</name></author>\n\
        <entry><id>urn:1</id><title type='html'>One &amp;amp; &lt;b&gt;more&lt;/b&gt;</title>\
        <link rel='alternate' href='https://x.example/one.html'/><updated>2025-01-01T00:00:00Z</updated>\
        <content type='html'>&lt;p&gt;Ein Wort.&lt;/p&gt;</content></entry>\n\
        <entry><id>urn:2</id><title>Two</title><author><name>Ann</name></author>\
        <content type='xhtml' xml:lang='en'>\n<div xmlns='http://www.w3.org/1999/xhtml'><p>A <b>word</b><a/>.</p>\n\
        <p>On.</p></div></content></entry>\n\
        <entry><id>urn:3</id><title>Three &lt;3</title><content>Plain text, a &lt; b.</content></entry>\n\
        <entry><id>urn:4</id><title>Four</title><summary>Only a summary.</summary></entry>\n\
        <entry><id>urn:5</id><title>Five</title><content type='image/png' src='x.png'/></entry></feed>";
    let (_folder, found) = found("feed.atom", feed, false);
    assert_eq!(names(&found), ["one", "two", "three-3", "four"]);
    let all: Vec<_> = found.sources.iter().map(article).collect();
    assert_eq!(all[0].meta.title.as_deref(), Some("One & more"));
    assert_eq!(all[0].meta.byline.as_deref(), Some("The Desk"));
    assert_eq!(all[0].meta.language.as_deref(), Some("de"));
    assert_eq!(all[1].meta.byline.as_deref(), Some("Ann"));
    assert_eq!(all[1].meta.language.as_deref(), Some("en"));
    assert_eq!(blocks(&all[1]), ["+title: Two", "paragraph: A word.", "paragraph: On."]);
    assert_eq!(lines(&all[1]), [5, 6]);
    assert_eq!(blocks(&all[2]), ["+title: Three <3", "paragraph: Plain text, a < b."]);
    assert_eq!(codes(&all[3]), ["teaser"]);
}

#[test]
fn older_feeds_and_prefixes() {
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
        xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel rdf:about='x'><title>T</title>\
        <items><rdf:Seq/></items></channel><item rdf:about='y'><title>One</title><link>https://x.example/one</link>\
        <c:encoded>&lt;p&gt;Words.&lt;/p&gt;</c:encoded></item></rdf:RDF>";
    let (_folder, found) = found("feed.xml", rdf, false);
    assert_eq!(all_blocks(&found), [["+title: One", "paragraph: Words."]]);
    let prefixed = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:id>1</a:id><a:title>One</a:title>\
        <a:content>Words.</a:content></a:entry></a:feed>";
    let (_folder, found) = super::found("feed.xml", prefixed, true);
    assert_eq!(all_blocks(&found), [["+title: One", "paragraph: Words."]]);
}

#[test]
fn json_feed() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "en", "authors": [{"name": "Desk"}],
 "items": [
  {"id": "https://x.example/2025/one", "url": "https://x.example/2025/one", "title": "One",
   "content_html": "<p>Words.</p>", "date_published": "2025-01-01T00:00:00Z", "tags": ["a"]},
  {"id": 2, "content_text": "Plain words.\n\nMore of them.", "authors": [{"name": "Ann"}, {"name": "Bo"}]},
  {"id": "3", "title": "Three", "summary": "A summary."}]}"#;
    let (_folder, found) = found("feed.json", feed, false);
    assert_eq!(names(&found), ["one", "2", "three"]);
    let all: Vec<_> = found.sources.iter().map(article).collect();
    assert_eq!(all[0].meta.byline.as_deref(), Some("Desk"));
    assert_eq!(blocks(&all[1]), ["paragraph: Plain words.", "paragraph: More of them."]);
    assert_eq!(all[1].meta.byline.as_deref(), Some("Ann and Bo"));
    assert_eq!(codes(&all[2]), ["teaser"]);
    assert_eq!(lines(&all[0]), [4]);
}

#[test]
fn encodings_declared_wrong_or_not_at_all() {
    let item = "<item><title>Caf\u{e9}</title><link>https://x.example/a</link><content:encoded>Le caf\u{e9} est \
        ferm\u{e9}, dit Zo\u{eb}.</content:encoded></item>";
    let feed = |declared: &str| {
        rss(item).replace(
            "<?xml version=\"1.0\"?>",
            &format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>"),
        )
    };
    let latin = |text: String| -> Vec<u8> { text.chars().map(|c| c as u8).collect() };
    let utf16 = |text: String| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let mark = |text: String| [b"\xef\xbb\xbf".to_vec(), text.into_bytes()].concat();
    for (bytes, warning, reason) in [
        (feed("UTF-8").into_bytes(), None, "UTF-8"),
        (mark(feed("utf-8")), None, "with a mark"),
        (latin(feed("ISO-8859-1")), None, "Latin 1"),
        (
            feed("ISO-8859-1").into_bytes(),
            Some("wrong-encoding"),
            "UTF-8 that calls itself Latin 1",
        ),
        (latin(feed("UTF-8")), Some("mixed-encoding"), "Latin 1 that calls itself UTF-8"),
        (latin(rss(item)), Some("encoding-guessed"), "Latin 1 that says nothing"),
        (utf16(feed("UTF-16")), None, "UTF-16"),
        (feed("UTF-16").into_bytes(), None, "UTF-8 that calls itself UTF-16"),
    ] {
        let (_folder, found) = found("feed.xml", bytes, true);
        let article = article(&found.sources[0]);
        assert_eq!(article.meta.title.as_deref(), Some("Café"), "{reason}");
        assert_eq!(article.blocks[1].text.as_str(), "Le café est fermé, dit Zoë.", "{reason}");
        assert_eq!(codes(&article), Vec::from_iter(warning), "{reason}");
    }
}

#[test]
fn the_same_item_twice_and_two_of_one_guid() {
    let item = |text: &str| {
        format!(
            "<item><title>T</title><guid>g</guid><content:encoded>{text}</content:encoded></item>"
        )
    };
    let (_folder, found) = found("feed.xml", rss(&(item("One.") + &item("Two."))), true);
    assert_eq!(found.sources.len(), 2, "a guid that is used twice loses no article");
    assert_eq!(names(&found)[1], "t", "what is older keeps its name");
    assert!(names(&found)[0].starts_with("t-"));
    let (_folder, found) = super::found("feed.xml", rss(&(item("One.") + &item("One."))), true);
    assert_eq!(found.sources.len(), 1);
    assert!(skipped(&found)[0].ends_with("the same item once more"), "{:?}", skipped(&found));
}
