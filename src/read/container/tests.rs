//! What holds for every container: its items and no others, in order, under names that stay; damage and
//! hostility are an error of that file alone.

use std::{fs, path::Path};

use proptest::prelude::*;

use crate::{
    model::{Article, Source, Warning},
    read::{
        DiscoverOptions, Discovery, ReadOptions, discover, load, read,
        tests::{blocks, removed},
    },
};

mod books;
mod feeds;
mod hostile;
mod posts;

/// Writes `content` as `name` into a folder of its own and looks for sources in it: in the folder, or by
/// the file's name when `named`.
fn found(name: &str, content: impl AsRef<[u8]>, named: bool) -> (tempfile::TempDir, Discovery) {
    found_with(name, content, named, &DiscoverOptions::default())
}

fn found_with(
    name: &str,
    content: impl AsRef<[u8]>,
    named: bool,
    options: &DiscoverOptions,
) -> (tempfile::TempDir, Discovery) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file");
    let given = if named { path.as_path() } else { folder.path() };
    let found = discover(&[given.to_string_lossy().into_owned()], options).expect("sources");
    (folder, found)
}

/// The names of the sources after `#`.
fn names(found: &Discovery) -> Vec<&str> {
    found.sources.iter().map(|s| s.item_name().unwrap_or_default()).collect()
}

/// The passed over, as `name: reason`, without folders.
fn skipped(found: &Discovery) -> Vec<String> {
    let file = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    found.skipped.iter().map(|s| format!("{}: {}", file(&s.name), s.reason)).collect()
}

fn failures(found: &Discovery) -> Vec<String> {
    found.failed.iter().map(|f| f.error.to_string()).collect()
}

/// One source, read.
fn article(source: &Source) -> Article {
    let text = load(source).expect("a text");
    read(source, text, &ReadOptions::default()).expect("an article")
}

/// The items of a file, each as its blocks.
fn all_blocks(found: &Discovery) -> Vec<Vec<String>> {
    found.sources.iter().map(|s| blocks(&article(s))).collect()
}

/// The codes of an article's warnings.
fn codes(article: &Article) -> Vec<String> {
    article.warnings.iter().map(|w: &Warning| w.code.to_string()).collect()
}

/// The lines on which an article's blocks begin.
fn lines(article: &Article) -> Vec<u32> {
    let blocks = article.blocks.iter().filter(|b| b.added.is_none());
    blocks.map(|b| article.source.lines.line(b.span.start)).collect()
}

/// A ZIP archive of these entries, deflated.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(content.as_bytes()).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}
