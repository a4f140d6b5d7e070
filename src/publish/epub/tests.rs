//! Books, opened again.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{super::publication::tests::Sample, *};
use crate::publish::{FeedOptions, SiteOptions};

/// The book of `sample` with a recording of a few bytes.
fn book(sample: &Sample) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audio");
    std::fs::write(&path, b"not really sound").expect("written");
    let files = [FileEntry {
        path: "fees.mp3".into(),
        media_type: "audio/mpeg".into(),
        ..sample.files[0].clone()
    }];
    let publication = Publication { files: &files, paths: &[path], ..sample.publication() };
    let site = Site::new(&SiteOptions::default(), &FeedOptions::default()).expect("good settings");
    let epub = Epub(Arc::new(site));
    assert!(epub.applies(&publication));
    let mut out = Cursor::new(Vec::new());
    epub.write(&publication, &mut out).expect("consistent");
    out.into_inner()
}

fn file(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_book_is_in_order_and_the_same_every_time() {
    let made = book(&Sample::new());
    assert_eq!(&made[30..58], b"mimetypeapplication/epub+zip", "first, and as it is");
    assert_eq!(made, book(&Sample::new()));
    let archive = ZipArchive::new(Cursor::new(&made[..])).expect("a zip");
    let names: Vec<_> = archive.file_names().map(|name| name.expect("UTF-8")).collect();
    for name in ["META-INF/container.xml", "EPUB/package.opf", "EPUB/fees/fees.mp3"] {
        assert!(names.iter().any(|found| found == name), "{name} is not in {names:?}");
    }
}

#[test]
fn every_word_of_the_overlay_is_in_the_text() {
    let made = book(&Sample::new());
    let (smil, text) = (file(&made, "EPUB/fees/text.smil"), file(&made, "EPUB/fees/text.xhtml"));
    let expected = "<par id=\"p-s2-1\"><text src=\"text.xhtml#s2-1\"/>\
                    <audio src=\"fees.mp3\" clipBegin=\"3.094s\" clipEnd=\"4.375s\"/></par>";
    assert!(smil.contains(expected), "{smil}");
    let mut count = 0;
    for reference in smil.split("text.xhtml#").skip(1) {
        let id = reference.split('"').next().expect("its end");
        assert!(text.contains(&format!(" id=\"{id}\"")), "{id}");
        count += 1;
    }
    assert_eq!(count, 9, "two sentences, seven words");
    let package = file(&made, "EPUB/package.opf");
    for part in [
        "<meta property=\"media:duration\">0:00:04.375</meta>",
        "<meta property=\"media:narrator\">Synthetic voice tone:beep (aloud)</meta>",
        "<meta property=\"dcterms:modified\">2000-01-01T12:00:00Z</meta>",
        "<meta property=\"schema:accessibilityFeature\">synchronizedAudioText</meta>",
        "media-overlay=\"overlay-0\"",
    ] {
        assert!(package.contains(part), "{part} is not in {package}");
    }
}

#[test]
fn a_wav_is_no_recording_of_a_book() {
    let sample = Sample::new();
    let site = Site::new(&SiteOptions::default(), &FeedOptions::default()).expect("good settings");
    assert!(!Epub(Arc::new(site)).applies(&sample.publication()));
}
