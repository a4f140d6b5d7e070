//! Damage and hostility.

use super::*;

#[test]
fn a_file_that_breaks_off_gives_what_is_whole() {
    let item = |n: u32| {
        format!(
            "<item><title>T{n}</title><link>https://x.example/t{n}</link><description><![CDATA[<p>Words.</p><p>More words.</p>]]></description></item>\n"
        )
    };
    let whole = format!("<rss><channel>\n{}{}{}</channel></rss>", item(1), item(2), item(3));
    for (end, items, says) in [
        (whole.len() - 1, 3, "line 5"),
        (whole.len() - 8, 3, "it breaks off"),
        (whole.rfind("]]>").unwrap(), 2, "line 4, after its 2 items before: it breaks off"),
        (whole.find("]]>").unwrap() + 3, 0, "it breaks off"),
        (whole.find("</link>").unwrap() + 3, 0, "it breaks off"),
        (14, 0, "it breaks off"),
    ] {
        let (_folder, found) = found("feed.xml", &whole[..end], true);
        assert_eq!(found.sources.len(), items, "{end}");
        let failures = failures(&found);
        assert_eq!(failures.len(), 1, "{end}");
        assert!(
            failures[0].contains(says) && failures[0].contains("damaged"),
            "{end}: {failures:?}"
        );
        for source in &found.sources {
            article(source);
        }
    }
}

#[test]
fn entities_are_refused_and_nothing_is_fetched() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY a \"lol\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n]>\n\
        <rss><channel><item><title>T</title><description>&b; and more of it</description></item></channel></rss>";
    let external =
        bomb.replace("<!ENTITY a \"lol\">", "<!ENTITY a SYSTEM \"file:///etc/hostname\">");
    let other = bomb.replace("rss", "lolz");
    for (content, named) in [(bomb, true), (bomb, false), (&external, true), (&other, true)] {
        let (_folder, found) = found("feed.xml", content, named);
        assert!(found.sources.is_empty());
        assert!(
            failures(&found)[0].contains("declares entities of its own (line 3)"),
            "{:?}",
            failures(&found)
        );
    }
    // One that is not declared is text, and never more than it is.
    let undeclared = "<rss><channel><item><title>T</title><link>https://x.example/t</link><description>a &nope; &nbsp;b &amp; c</description></item></channel></rss>";
    let (_folder, found) = found("feed.xml", undeclared, true);
    assert_eq!(article(&found.sources[0]).blocks[1].text.as_str(), "a &nope; \u{a0}b & c");
    // A document type without entities is an old feed's.
    let old = "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://my.netscape.com/rss-0.91.dtd\"><rss><channel><item><title>T</title><description>a</description></item></channel></rss>";
    let (_folder, found) = super::found("feed.xml", old, true);
    assert_eq!(found.sources.len(), 1);
}

#[test]
fn nesting_without_reason_is_an_error() {
    let deep = format!("<rss><channel><item>{}", "<a>".repeat(100_000));
    let (_folder, found) = found("feed.xml", deep, true);
    assert!(failures(&found)[0].contains("nested without reason"));
    let json = format!("[{}", "[".repeat(100_000));
    let (_folder, found) = super::found("a.json", json, true);
    assert_eq!(failures(&found).len(), 1);
}

#[test]
fn files_that_are_something_else() {
    let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01";
    for (name, content, walked) in [
        (
            "sitemap.xml",
            &b"<?xml version='1.0'?><urlset><url/></urlset>"[..],
            "it begins with <urlset>",
        ),
        ("photo.xml", jpeg, "no XML"),
        ("photo.epub", jpeg, "no ZIP archive"),
        ("a.docx", b"PK\x03\x04\x14\0", "damaged"),
        ("a.json", b"# Notes", "no JSON"),
        ("a.rss", b"", "no XML"),
    ] {
        let (_folder, found) = found(name, content, false);
        assert!(found.sources.is_empty(), "{name}");
        let all = [skipped(&found), failures(&found)].concat();
        assert!(all[0].contains(walked) && all[0].contains(name), "{all:?}");
        let (_folder, found) = super::found(name, content, true);
        assert!(failures(&found)[0].contains(walked), "{name}: {:?}", failures(&found));
    }
    let (_folder, found) =
        found("feed.xml", "<rss><channel><title>T</title></channel></rss>", true);
    assert_eq!(skipped(&found), ["feed.xml: an RSS feed without items"]);
    // A page is a page, whatever it is called.
    let (_folder, found) =
        super::found("a.xml", "<!DOCTYPE html><html><body><p>Words.</p></body></html>", false);
    assert_eq!(found.sources.len(), 1);
    assert!(found.sources[0].item.is_none());
    // And a feed is one.
    let feed = "<rss><channel><item><title>T</title><description>Words.</description></item></channel></rss>";
    let (_folder, found) = super::found("a.txt", feed, true);
    assert_eq!(names(&found), ["t"]);
}

#[test]
fn an_item_that_has_moved_is_not_another() {
    let feed = "<rss><channel><item><title>One</title><description>Words.</description></item></channel></rss>";
    let (folder, found) = found("feed.xml", feed, true);
    fs::write(folder.path().join("feed.xml"), format!("<!-- new -->{feed}")).expect("a file");
    assert!(load(&found.sources[0]).expect_err("moved").to_string().contains("has changed"));
    fs::write(folder.path().join("feed.xml"), "<rss/>").expect("a file");
    assert!(load(&found.sources[0]).expect_err("gone").to_string().contains("has changed"));
}

/// Everything that can be done with a file is done, and nothing panics; spans and lines stand in it.
pub(super) fn exercise(path: &Path) {
    let given = path.to_string_lossy().into_owned();
    let options = DiscoverOptions { drafts: true, ..DiscoverOptions::default() };
    let Ok(found) = discover(&[given], &options) else { return };
    let mut seen = std::collections::BTreeSet::new();
    for source in found.sources.iter().take(64) {
        assert!(seen.insert(source.name.clone()), "{} is there twice", source.name);
        let Ok(text) = load(source) else { continue };
        let article = read(source, text, &ReadOptions::default()).expect("an article");
        crate::read::tests::check_spans(&article);
    }
}

/// How many mutilated files are tried; `ALOUD_FUZZ_ROUNDS` tries more.
fn rounds() -> u32 {
    std::env::var("ALOUD_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(rounds()))]
    #[test]
    fn mutilated_containers_never_panic(
        which in 0..5_usize,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..24_usize, "[<>&;/!\\[\\]CDAT\"{}a-z: \u{0}é-]{0,12}"), 1..6),
    ) {
        let (name, mut bytes) = books::samples().swap_remove(which);
        for (at, length, with) in cuts {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, with.bytes());
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        exercise(&path);
    }
}
