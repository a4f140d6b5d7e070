//! Everything but synthesis, and whole runs with the tone engine. `cargo bench --bench pipeline`.
//!
//! Throughput is in bytes of source text. The text is generated here: prose of the kind that posts are
//! made of, with numbers, quotations, links and lists.

use std::{
    hint::black_box,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use aloud::{
    batch::{self, Options, Run, Silent, coverage},
    engine::{EngineRegistry, tone::ToneEngine},
    model::{Format, Source, SourceText, Voice},
    publish::{FeedOptions, Press, SiteOptions, Stage},
    read::{self, DiscoverOptions},
    spoken::{Lexicon, Lexicons},
    voice::Catalogue,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// About `words` words of Markdown.
fn post(words: usize) -> String {
    const PARAGRAPH: &str = "The council met on March 3, 2026, and approved $4.2 million for the \
harbour, 12% more than last year. \u{201c}It\u{2019}s a start,\u{201d} said Dr. A. Lindqvist, who chairs the \
[works committee](https://example.org/works). Nobody from the port\u{2019}s 1,450 workers spoke; e.g. the \
pilots\u{2019} union had sent a letter at 5 p.m. on Friday.\n\n";
    const LIST: &str =
        "## What changes\n\n- Ferries run every 20 minutes\n- Tickets stay at $2.50\n\n";
    let mut text = String::from("---\ntitle: The harbour in figures\nauthor: R. Hale\n---\n\n");
    let mut count = 0;
    while count < words {
        text.push_str(PARAGRAPH);
        count += PARAGRAPH.split_whitespace().count();
        if count % 5 == 0 {
            text.push_str(LIST);
            count += LIST.split_whitespace().count();
        }
    }
    text
}

fn source() -> Source {
    Source::file("post.md", "post.md", true)
}

fn stages(c: &mut Criterion) {
    let text = post(20_000);
    let options = Options::default();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    let decoded = || SourceText::new(text.as_str(), Format::Markdown, String::new());
    group.bench_function("read and clean", |b| {
        b.iter(|| black_box(batch::cleaned(&source(), decoded(), &options).unwrap()));
    });
    group.bench_function("read to words", |b| {
        b.iter(|| black_box(batch::script(&source(), decoded(), &options).unwrap()));
    });
    let script = batch::script(&source(), decoded(), &options).unwrap();
    group.bench_function("coverage", |b| b.iter(|| black_box(coverage::measure(&script))));
    group.finish();
}

/// A web page around that post: menus, teasers, a footer.
fn page(words: usize) -> String {
    let mut body = String::new();
    for part in post(words).split("\n\n").skip(1) {
        body += &format!("<p>{}</p>\n", part.trim_start_matches("## "));
    }
    let menu: String =
        (0..60).map(|i| format!("<li><a href=/{i}>Section number {i}</a></li>")).collect();
    let teasers: String = (0..20)
        .map(|i| {
            format!("<div class=teaser><a href=/t{i}><h3>Another story, the {i}th</h3></a></div>")
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>The harbour in figures</title></head><body>\
         <nav><ul>{menu}</ul></nav><main><article><h1>The harbour in figures</h1>{body}</article>\
         </main><aside>{teasers}</aside><footer><p>All rights reserved.</p></footer></body></html>"
    )
}

/// Reading pages, beside the extractor that it is built on.
fn pages(c: &mut Criterion) {
    let pages: Vec<String> = (1..=20).map(|i| page(200 * i)).collect();
    let options = Options::default();
    let mut group = c.benchmark_group("20 web pages");
    group.sample_size(10);
    group.bench_function("trafilatura alone", |b| {
        let options = trafilatura::Options::default().with_fallback(true);
        b.iter(|| {
            for page in &pages {
                black_box(trafilatura::extract(page, &options).is_ok());
            }
        });
    });
    group.bench_function("read and clean", |b| {
        b.iter(|| {
            for page in &pages {
                let text = SourceText::new(page.as_str(), Format::HtmlPage, String::new());
                black_box(batch::cleaned(&source(), text, &options).unwrap());
            }
        });
    });
    group.finish();
}

/// Sentences and their spoken form, on one thread: linear, so that twice the text takes twice the time.
/// A lexicon of `count` names, a few of which are in the text.
fn lexicons(count: usize) -> Lexicons {
    let mut file =
        String::from("\"Lindqvist\" = \"lind quist\"\n\"works committee\" = \"works board\"\n");
    for i in 0..count {
        file += &format!("\"Harbour {}\" = \"harbor house\"\n", slug(i));
    }
    let lexicon = Lexicon::parse("lexicon.toml", &file).expect("a valid lexicon");
    Lexicons::new(vec![Arc::new(lexicon)])
}

/// A name for a number.
fn slug(mut number: usize) -> String {
    let mut name = String::from("B");
    while number > 0 {
        name.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    name
}

fn words(c: &mut Criterion) {
    let mut group = c.benchmark_group("sentences and words");
    group.sample_size(10);
    let lexicons = [("no lexicon", Lexicons::default()), ("500 entries", lexicons(500))];
    for (name, lexicons) in &lexicons {
        for length in [20_000, 40_000, 80_000, 160_000] {
            let text = post(length);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(format!("{name}, {length} words"), |b| {
                b.iter(|| {
                    for paragraph in text.split("\n\n") {
                        for range in aloud::segment::sentences(paragraph, "en") {
                            black_box(aloud::spoken::words_with(&paragraph[range], "en", lexicons));
                        }
                    }
                });
            });
        }
    }
    group.finish();
}

fn runs(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("in");
    std::fs::create_dir(&input).unwrap();
    for i in 0..24 {
        std::fs::write(input.join(format!("{i}.md")), post(300 + 100 * (i % 5))).unwrap();
    }
    let usable: Vec<Voice> = vec![ToneEngine::voice()];
    let mut engines = EngineRegistry::new();
    engines.register(Arc::new(ToneEngine));
    let mut options = Options::default();
    options.layers.flags.name = Some(usable[0].id.clone());
    let mut group = c.benchmark_group("build of 24 articles with tones");
    group.sample_size(10);
    for workers in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
        group.bench_function(format!("{workers} jobs"), |b| {
            b.iter(|| {
                pool.install(|| {
                    build(&input, &folder.path().join("out"), workers, &options, &engines, &usable);
                });
            });
        });
    }
    group.finish();
}

fn build(
    input: &Path,
    output: &Path,
    workers: usize,
    options: &Options,
    engines: &EngineRegistry,
    usable: &[Voice],
) {
    let paths = [input.to_string_lossy().into_owned()];
    let found = read::discover(&paths, &DiscoverOptions::default()).unwrap();
    let plan = batch::plan(found, output, options, usable, &Catalogue::builtin()).unwrap();
    let cancel = AtomicBool::new(false);
    let press = Press::new(&[], &SiteOptions::default(), &FeedOptions::default()).unwrap();
    let run = Run { workers, press: &press, options, engines, observer: &Silent, cancel: &cancel };
    let stage = Stage::open(output).unwrap();
    let outcomes = batch::build(plan, &run, &stage);
    assert!(outcomes.iter().all(|o| matches!(o.status, batch::Status::Written(_))));
}

criterion_group!(benches, stages, pages, words, runs);
criterion_main!(benches);
