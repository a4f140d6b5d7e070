//! Arbitrary bytes as an article: no panic, spans inside the source, every word accounted for.
#![no_main]

use aloud::{
    batch::{self, Options, coverage},
    model::{Format, Source, SourceText},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let formats = [
        Format::Markdown,
        Format::HtmlPage,
        Format::HtmlFragment,
        Format::Text,
        Format::Chapter,
        Format::Docx,
    ];
    let format = formats[usize::from(input.0) % formats.len()];
    let text = SourceText::new(input.1, format, String::new());
    let source = Source::standard_input(Vec::new());
    let Ok(script) = batch::script(&source, text, &Options::default()) else { return };
    let length = script.source.text.len();
    for span in script.segments.iter().map(|s| s.span).chain(script.removed.iter().map(|r| r.span)) {
        assert!(span.start <= span.end && span.end <= length);
    }
    let coverage = coverage::measure(&script);
    assert_eq!(coverage.unaccounted_words, 0, "{:?}", coverage.unaccounted);
});
