//! Arbitrary text as SSML: an error or an article, no panic, no word lost; what is written of it as SSML
//! reads again.
#![no_main]

use aloud::{
    batch::{Options, coverage, script},
    model::{Format, Source, SourceText},
    publish,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::file("a.ssml", "a.ssml", true);
    let read = |text: &str| {
        script(&source, SourceText::new(text, Format::Ssml, String::new()), &Options::default())
    };
    let Ok(script) = read(text) else { return };
    assert_eq!(coverage::measure(&script).unaccounted_words, 0);
    read(&publish::ssml(&script)).expect("our own SSML is valid");
});
