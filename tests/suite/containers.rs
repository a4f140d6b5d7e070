//! Files that hold several articles: exports, feeds, books.

use std::fs;

use crate::support::{Case, contents};

fn export() -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    fs::read(format!("{root}/tests/fixtures/read/wordpress-export/input.xml")).expect("the fixture")
}

#[test]
fn every_post_of_an_export_is_an_article_and_the_rest_is_named() {
    let case = Case::new().file("in/export.xml", export()).file("in/good.txt", "A good article.");
    case.build(&["in"]).ok().says(&["export.xml#for-members: protected by a password"]);
    let report = case.json("output/report.json");
    assert_eq!(report["totals"]["written"], 3);
    assert_eq!(report["totals"]["skipped"], 4);
    let manifest = case.json("output/night-ferry/night-ferry.json");
    assert_eq!(manifest["source"], "export.xml#night-ferry");
    assert_eq!(manifest["byline"], "Maren Lund");
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
    assert_eq!(manifest["segments"][1]["line"], 25);
    assert!(case.path("output/bread/bread.wav").is_file());
}

#[test]
fn drafts_and_pages_when_asked_for_by_flag_or_configuration() {
    let case = Case::new().file("export.xml", export());
    case.build(&["export.xml", "--drafts", "--types", "post,page"]).ok();
    assert_eq!(case.json("output/report.json")["totals"]["written"], 4);
    let case = Case::new()
        .file("export.xml", export())
        .file("aloud.toml", "drafts = true\ntypes = [\"page\"]\n");
    case.build(&["export.xml"]).ok();
    assert_eq!(case.json("output/report.json")["totals"]["written"], 1);
    assert!(case.path("output/about/about.wav").is_file());
}

#[test]
fn one_item_by_its_name_and_a_container_on_standard_input() {
    let case = Case::new().file("export.xml", export());
    let text = case.run(&["read", "export.xml#bread", "--format", "plain"]).ok().stdout();
    assert!(text.starts_with("The baker of Mill Street"), "{text}");
    case.run(&["read", "export.xml#butter"]).code(2).says(&["no item butter"]);
    let case = Case::new().input(export());
    case.build(&["-"]).ok();
    assert_eq!(case.json("output/bread/bread.json")["source"], "-#bread");
}

#[test]
fn the_same_bytes_at_any_number_of_jobs_and_on_every_build() {
    let case = Case::new().file("export.xml", export());
    case.build(&["export.xml", "--jobs", "1", "-o", "one"]).ok();
    case.build(&["export.xml", "--jobs", "4", "-o", "four"]).ok();
    let but_times = |folder: &str| -> Vec<_> {
        contents(&case.path(folder)).into_iter().filter(|(n, _)| n != "report.json").collect()
    };
    let one = but_times("one");
    assert!(one.len() >= 6);
    assert_eq!(one, but_times("four"));
    case.build(&["export.xml", "-o", "one"]).ok();
    assert_eq!(one, but_times("one"));
}

#[test]
fn a_bad_container_fails_alone() {
    let bomb = "<!DOCTYPE r [<!ENTITY a \"b\">]><rss><channel/></rss>";
    for (name, content, says) in [
        ("bomb.xml", bomb.as_bytes(), "declares entities"),
        ("book.epub", b"PK\x03\x04 and no more", "damaged"),
        ("letter.docx", b"PK\x03\x04 and no more", "damaged"),
        ("feed.rss", b"<rss><channel><item><title>T</title>", "breaks off"),
        ("posts.json", b"[{\"id\": 1,", "damaged"),
    ] {
        let case = Case::new()
            .file("in/good.txt", "A good article. It is spoken.")
            .file(&format!("in/{name}"), content);
        case.build(&["in"]).code(1).says(&[name, says]);
        let report = case.json("output/report.json");
        assert_eq!(report["totals"]["written"], 1, "{name}");
        assert_eq!(report["totals"]["failed"], 1, "{name}");
    }
    let case = Case::new().file("in/sitemap.xml", "<urlset/>").file("in/package.json", "{}");
    case.build(&["in"]).ok().says(&["begins with <urlset>", "neither a JSON Feed"]);
    case.build(&["in/package.json"]).code(1).says(&["neither a JSON Feed"]);
}
