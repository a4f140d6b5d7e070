//! Arbitrary bytes as an export, a feed, a book or a document: no panic, names that are apart, spans inside
//! the item's text, every word accounted for.
#![no_main]

use std::{collections::BTreeSet, fs};

use aloud::{
    batch::{self, Options, coverage},
    read::{self, DiscoverOptions},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let names = ["a.xml", "a.atom", "a.json", "a.epub", "a.docx"];
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(names[usize::from(input.0) % names.len()]);
    fs::write(&path, input.1).expect("a file");
    let given = path.to_string_lossy().into_owned();
    let options = DiscoverOptions { drafts: true, ..DiscoverOptions::default() };
    let Ok(found) = read::discover(&[given], &options) else { return };
    let mut seen = BTreeSet::new();
    for source in &found.sources {
        assert!(seen.insert(source.name.clone()), "{} is there twice", source.name);
        let Ok(text) = read::load(source) else { continue };
        let Ok(script) = batch::script(source, text, &Options::default()) else { continue };
        let length = script.source.text.len();
        assert!(script.segments.iter().all(|s| s.span.end <= length));
        let coverage = coverage::measure(&script);
        assert_eq!(coverage.unaccounted_words, 0, "{:?}", coverage.unaccounted);
    }
});
