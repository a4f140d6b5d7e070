//! From what was typed to sources: files, folders, patterns, standard input.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::ReadError;
use crate::model::Source;

/// Extensions of articles, lower case.
const EXTENSIONS: &[&str] = &["md", "markdown", "html", "htm", "xhtml", "txt", "text"];

/// How sources are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoverOptions {
    /// A folder that is not walked into: where aloud writes.
    pub output: Option<PathBuf>,
}

impl DiscoverOptions {
    /// Leaves out what lies below `output`.
    #[must_use]
    pub fn writing_to(output: &Path) -> Self {
        Self { output: std::path::absolute(output).ok() }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovery {
    /// In the order of the arguments; within a folder by name. Each file once.
    pub sources: Vec<Source>,
    /// Files in walked folders that are no articles.
    pub skipped: Vec<Skipped>,
}

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its path, with `/`.
    pub name: String,
    /// The reason.
    pub reason: String,
}

/// Finds the sources that `paths` name.
///
/// # Errors
/// When a path leads nowhere, is a web address, or a pattern matches nothing.
pub fn discover(paths: &[String], options: &DiscoverOptions) -> Result<Discovery, ReadError> {
    let mut search = Search { options, found: Discovery::default(), seen: BTreeSet::new() };
    for path in paths {
        search.argument(path)?;
    }
    Ok(search.found)
}

struct Search<'a> {
    options: &'a DiscoverOptions,
    found: Discovery,
    /// Files found so far, to name each once.
    seen: BTreeSet<PathBuf>,
}

impl Search<'_> {
    fn argument(&mut self, argument: &str) -> Result<(), ReadError> {
        if argument == "-" {
            if self.seen.insert(PathBuf::from("-")) {
                let source = Source { name: "-".to_owned(), path: None, named: true };
                self.found.sources.push(source);
            }
            return Ok(());
        }
        let path = Path::new(argument);
        if path.is_dir() {
            self.folder(path);
            return Ok(());
        }
        // A link that leads nowhere is there, and named: its reading fails and says so.
        if path.symlink_metadata().is_ok() {
            self.file(path, true);
            return Ok(());
        }
        let lower = argument.to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Err(ReadError::Url { url: argument.to_owned() });
        }
        if argument.contains(['*', '?', '[']) {
            return self.pattern(argument);
        }
        Err(ReadError::Missing { path: argument.to_owned() })
    }

    /// A pattern that no shell has expanded.
    fn pattern(&mut self, pattern: &str) -> Result<(), ReadError> {
        let refuse =
            |reason: String| ReadError::Pattern { pattern: pattern.to_owned(), reason };
        let paths = glob::glob(pattern).map_err(|e| refuse(e.to_string()))?;
        let mut any = false;
        for path in paths.flatten() {
            any = true;
            if path.is_dir() { self.folder(&path) } else { self.file(&path, true) }
        }
        if any { Ok(()) } else { Err(refuse("no file matches".to_owned())) }
    }

    fn folder(&mut self, folder: &Path) {
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let output = self.options.output.clone();
        let is_output = |path: &Path| {
            output.is_some() && std::path::absolute(path).ok().as_ref() == output.as_ref()
        };
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        let entries = walk.filter_entry(|e| {
            e.depth() == 0 || !(hidden(e.file_name()) || is_output(e.path()))
        });
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.walked(entry.path()),
                Ok(_) => {}
                Err(error) => {
                    // A link in a circle, a link to nowhere, a folder that may not be entered.
                    let path = error.path().unwrap_or(folder).to_owned();
                    if error.loop_ancestor().is_none() && is_article(&path) {
                        self.file(&path, false);
                    } else {
                        self.skip(&path, "cannot be entered or leads back to itself");
                    }
                }
            }
        }
    }

    fn walked(&mut self, path: &Path) {
        if is_article(path) {
            self.file(path, false);
        } else {
            let reason = format!("not an article: it ends in none of {}", EXTENSIONS.join(" "));
            self.skip(path, &reason);
        }
    }

    fn skip(&mut self, path: &Path, reason: &str) {
        self.found.skipped.push(Skipped { name: shown(path), reason: reason.to_owned() });
    }

    fn file(&mut self, path: &Path, named: bool) {
        let same = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(same) {
            let source = Source { name: shown(path), path: Some(path.to_owned()), named };
            self.found.sources.push(source);
        }
    }
}

fn is_article(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}

/// A path as people see it: with `/`, without a leading `./`.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["b.md", "a.txt", "sub/c.HTML", ".hidden.md", ".git/d.md", "photo.jpg"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, "text").expect("a file");
        }
        folder
    }

    fn names(found: &Discovery, below: &Path) -> Vec<String> {
        let prefix = shown(below) + "/";
        found.sources.iter().map(|s| s.name.replace(&prefix, "")).collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_say_what_they_skip() {
        let folder = folder();
        let argument = folder.path().to_string_lossy().into_owned();
        let found = discover(&[argument.clone(), argument], &DiscoverOptions::default())
            .expect("a folder");
        assert_eq!(names(&found, folder.path()), ["a.txt", "b.md", "sub/c.HTML"]);
        assert_eq!(found.skipped.len(), 2, "{:?}", found.skipped);
        assert!(found.skipped[0].name.ends_with("photo.jpg"));
    }

    #[test]
    fn named_files_and_patterns_are_taken_whatever_they_are_called() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let found = discover(&[at("photo.jpg"), at("*.md"), "-".into()], &DiscoverOptions::default());
        let found = found.expect("they are there");
        assert_eq!(found.sources.len(), 4, "{:?}", found.sources); // photo, .hidden.md, b.md, -
        assert!(found.sources[0].named && found.skipped.is_empty());
    }

    #[test]
    fn what_leads_nowhere_is_an_error_with_a_way_out() {
        for (path, wanted) in [
            ("https://example.org/post", "aloud build -"),
            ("no/such/file.md", "no such file"),
            ("no/such/*.md", "no file matches"),
        ] {
            let error = discover(&[path.to_owned()], &DiscoverOptions::default()).expect_err(path);
            assert!(error.to_string().contains(wanted), "{error}");
        }
    }

    #[test]
    fn the_output_folder_is_not_read() {
        let folder = folder();
        let options = DiscoverOptions::writing_to(&folder.path().join("sub"));
        let argument = folder.path().to_string_lossy().into_owned();
        let found = discover(&[argument], &options).expect("a folder");
        assert_eq!(names(&found, folder.path()), ["a.txt", "b.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end() {
        let folder = folder();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/again")).expect("a link");
        let argument = folder.path().to_string_lossy().into_owned();
        let found = discover(&[argument], &DiscoverOptions::default()).expect("a folder");
        assert_eq!(found.sources.len(), 3);
    }
}
