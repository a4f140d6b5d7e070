//! Paths, patterns and `-` as people type them -> the list of sources of a run.
//!
//! Separate from reading because a run is planned before the first article is read: what is missing
//! or mistyped is said at once. Nothing here looks into a file, but for those that may hold several
//! articles: their items are sources of their own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use walkdir::WalkDir;

use super::{
    ReadError,
    container::{self, Selection},
    decode,
};
use crate::model::Source;

/// Extensions of files that a folder walk picks up.
const KNOWN: [&str; 8] = ["md", "markdown", "html", "htm", "xhtml", "txt", "text", "ssml"];

/// Extensions of files that a folder walk picks up when their content is what the name says.
const MAYBE: [&str; 6] = ["xml", "rss", "atom", "json", "epub", "docx"];

/// What is looked for, and what is left alone.
#[derive(Debug, Clone)]
pub struct DiscoverOptions {
    /// The folder that the run writes to: never read from, even inside a given folder.
    pub output: Option<PathBuf>,
    /// Whether items that are not published are taken too.
    pub drafts: bool,
    /// Types of posts that are taken from WordPress: `post`, `page` and whatever else a site has.
    pub types: Vec<String>,
}

impl Default for DiscoverOptions {
    fn default() -> Self {
        Self { output: None, drafts: false, types: vec!["post".to_owned()] }
    }
}

/// The sources of a run, and what was passed over.
#[derive(Debug, Default)]
pub struct Discovery {
    /// In the order of the arguments; by name within a folder; in the order of the file within a
    /// file; no file twice.
    pub sources: Vec<Source>,
    /// Files and items met and not taken, with the reason.
    pub skipped: Vec<Skipped>,
    /// Files whose items cannot be told apart, or not all of them.
    pub failed: Vec<Failed>,
}

/// A file or an item that was met and not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// As in [`Source::name`].
    pub name: String,
    /// Why, for people.
    pub reason: String,
}

/// A file that cannot be read, or not to its end.
#[derive(Debug)]
pub struct Failed {
    /// As in [`Source::name`].
    pub name: String,
    /// What is wrong with it.
    pub error: ReadError,
    /// Number of sources that come before it.
    pub at: usize,
}

/// Finds the sources that `paths` mean: files, folders (walked), patterns and `-`.
///
/// # Errors
/// A web address, a path that does not exist, a pattern that is invalid or matches nothing: these
/// are mistakes in the command, and say so before any work starts.
pub fn discover(paths: &[String], options: &DiscoverOptions) -> Result<Discovery, ReadError> {
    let mut search = Search {
        options,
        found: Discovery::default(),
        seen: BTreeSet::new(),
        output: options.output.as_deref().and_then(|p| p.canonicalize().ok()),
    };
    for given in paths {
        if given == "-" {
            search.standard_input()?;
        } else if is_address(given) {
            return Err(ReadError::Address(given.clone()));
        } else {
            search.path_or_pattern(given)?;
        }
    }
    Ok(search.found)
}

struct Search<'a> {
    options: &'a DiscoverOptions,
    found: Discovery,
    /// Canonical paths taken so far; the empty path is standard input.
    seen: BTreeSet<PathBuf>,
    output: Option<PathBuf>,
}

impl Search<'_> {
    /// Standard input is read here and now: it can be read only once.
    fn standard_input(&mut self) -> Result<(), ReadError> {
        if self.seen.insert(PathBuf::new()) {
            let source = Source::standard_input(decode::standard_input()?);
            self.take(source, None);
        }
        Ok(())
    }

    fn path_or_pattern(&mut self, given: &str) -> Result<(), ReadError> {
        let path = Path::new(given);
        if path.is_dir() {
            self.folder(path);
            return Ok(());
        }
        // A link to nowhere exists as a link: it is reported when it is read, as vanished.
        if path.symlink_metadata().is_ok() {
            self.file(path, with_slashes(given), true);
            return Ok(());
        }
        // One item, by the name that reports give it.
        if let Some((file, item)) = given.rsplit_once('#')
            && Path::new(file).is_file()
        {
            let source = Source::file(with_slashes(file), file, true);
            let before = self.found.sources.len();
            self.take(source, Some(item));
            if self.found.sources.len() == before && self.found.failed.is_empty() {
                return Err(ReadError::NoItem { name: with_slashes(file), item: item.to_owned() });
            }
            return Ok(());
        }
        if !given.contains(['*', '?', '[']) {
            return Err(ReadError::Missing(given.to_owned()));
        }
        let matches = glob::glob(given).map_err(|e| ReadError::Pattern {
            pattern: given.to_owned(),
            reason: e.msg.to_lowercase(),
        })?;
        let mut any = false;
        for path in matches.flatten() {
            any = true;
            if path.is_dir() {
                self.folder(&path);
            } else if has(&path, &KNOWN) || has(&path, &MAYBE) {
                self.file(&path, with_slashes(&path.to_string_lossy()), true);
            } else {
                self.skip(with_slashes(&path.to_string_lossy()), unknown_reason(&path));
            }
        }
        if any { Ok(()) } else { Err(ReadError::NoMatch(given.to_owned())) }
    }

    fn folder(&mut self, root: &Path) {
        let output = self.output.clone();
        // Links are followed; walkdir reports a loop as an error of that one entry.
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let mut own_output = Vec::new();
        let entries: Vec<_> = walk
            .filter_entry(|entry| {
                if entry.depth() == 0 {
                    return true;
                }
                if entry.file_name().to_string_lossy().starts_with('.') {
                    return false;
                }
                if entry.file_type().is_dir() && is_output(entry.path(), output.as_deref()) {
                    own_output.push(entry.path().to_path_buf());
                    return false;
                }
                true
            })
            .collect();
        for path in own_output {
            self.skip(below(root, &path), "aloud's own output folder".to_owned());
        }
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if has(entry.path(), &KNOWN) || has(entry.path(), &MAYBE) => {
                    self.file(entry.path(), below(root, entry.path()), false);
                }
                Ok(entry) => self.skip(below(root, entry.path()), unknown_reason(entry.path())),
                Err(error) => {
                    let name = error.path().map_or_else(String::new, |p| below(root, p));
                    let reason = if error.loop_ancestor().is_some() {
                        "a link that leads back to a folder around it".to_owned()
                    } else {
                        let cause = error.io_error().map(ToString::to_string);
                        cause.unwrap_or_else(|| "cannot be read".to_owned()).to_lowercase()
                    };
                    self.skip(name, reason);
                }
            }
        }
    }

    fn file(&mut self, path: &Path, name: String, named: bool) {
        let identity = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if self.seen.insert(identity) {
            self.take(Source::file(name, path, named), None);
        }
    }

    /// Takes a file, or the items of it; or only the one called `item`.
    fn take(&mut self, source: Source, item: Option<&str>) {
        let path = source.path.as_deref();
        // A folder may hold any number of pages; only those files are opened that may be containers.
        let text = path.is_some_and(|p| has(p, &KNOWN));
        if text && !source.named {
            self.found.sources.push(source);
            return;
        }
        let selection = Selection { drafts: self.options.drafts, types: &self.options.types, item };
        match container::open(&source, text, &selection) {
            Ok(Some(opened)) => {
                self.found.sources.extend(opened.sources);
                self.found.skipped.extend(opened.skipped);
                if let Some(error) = opened.error {
                    let at = self.found.sources.len();
                    self.found.failed.push(Failed { name: source.name, error, at });
                }
            }
            Ok(None) if item.is_some() => {}
            Ok(None) => self.found.sources.push(source),
            // A walk meets all kinds of files: what is none of ours is passed over.
            Err(ReadError::NoArticles { what, .. }) if !source.named => {
                self.skip(source.name, what);
            }
            Err(error) => {
                let at = self.found.sources.len();
                self.found.failed.push(Failed { name: source.name, error, at });
            }
        }
    }

    fn skip(&mut self, name: String, reason: String) {
        self.found.skipped.push(Skipped { name, reason });
    }
}

/// Whether `given` is a web address and not a path; one letter before the colon is a drive.
fn is_address(given: &str) -> bool {
    given.split_once("://").is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Whether the file's extension is one of `extensions`.
fn has(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    extension.is_some_and(|e| extensions.contains(&e.as_str()))
}

fn unknown_reason(path: &Path) -> String {
    match path.extension() {
        Some(e) => format!("unknown type .{}", e.to_string_lossy()),
        None => "unknown type (no extension)".to_owned(),
    }
}

/// Whether `folder` is where this or another run of aloud writes.
fn is_output(folder: &Path, output: Option<&Path>) -> bool {
    folder.join(".aloud").is_dir()
        || output.is_some_and(|o| folder.canonicalize().is_ok_and(|f| f == o))
}

/// The path of a file below the folder that was given, as people see it.
fn below(root: &Path, path: &Path) -> String {
    with_slashes(&path.strip_prefix(root).unwrap_or(path).to_string_lossy())
}

fn with_slashes(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            fs::write(path, "words").expect("a file");
        }
        folder
    }

    fn find(folder: &Path, given: &[&str]) -> Result<Discovery, ReadError> {
        let paths: Vec<String> = given
            .iter()
            .map(|g| match *g {
                "-" => "-".to_owned(),
                g if g.contains("://") => g.to_owned(),
                g => folder.join(g).to_string_lossy().into_owned(),
            })
            .collect();
        discover(&paths, &DiscoverOptions::default())
    }

    fn names(found: &Discovery) -> Vec<&str> {
        found.sources.iter().map(|s| s.name.as_str()).collect()
    }

    #[test]
    fn a_folder_gives_its_known_files_by_name_and_says_what_it_left() {
        let folder =
            tree(&["b.md", "a.HTML", "deep/c.txt", "x.jpg", ".hidden.md", ".git/d.md", "README"]);
        let found = find(folder.path(), &[""]).expect("a folder");
        assert_eq!(names(&found), ["a.HTML", "b.md", "deep/c.txt"]);
        let skipped: Vec<_> =
            found.skipped.iter().map(|s| (s.name.as_str(), s.reason.as_str())).collect();
        assert_eq!(
            skipped,
            [("README", "unknown type (no extension)"), ("x.jpg", "unknown type .jpg")]
        );
        assert!(found.sources.iter().all(|s| !s.named));
    }

    #[test]
    fn named_files_are_taken_whatever_they_are_called() {
        let folder = tree(&["notes.xyz", ".hidden.md"]);
        let found = find(folder.path(), &["notes.xyz", ".hidden.md", "-"]).expect("files");
        assert_eq!(found.sources.len(), 3);
        assert!(found.sources.iter().all(|s| s.named));
        assert_eq!(found.sources[2].name, "-");
        assert_eq!(found.sources[2].path, None);
    }

    #[test]
    fn order_of_arguments_is_kept_and_duplicates_are_dropped() {
        let folder = tree(&["a.md", "b.md"]);
        let found = find(folder.path(), &["b.md", "", "a.md", "-", "-"]).expect("files");
        assert_eq!(found.sources.len(), 3);
        assert!(found.sources[0].name.ends_with("b.md"));
        assert_eq!(names(&found)[1..], ["a.md", "-"]);
    }

    #[test]
    fn patterns_are_expanded_when_the_shell_did_not() {
        let folder = tree(&["a.md", "b.md", "c.jpg"]);
        let found = find(folder.path(), &["*.md"]).expect("a pattern");
        assert_eq!(found.sources.len(), 2);
        let found = find(folder.path(), &["*"]).expect("a pattern");
        assert_eq!((found.sources.len(), found.skipped.len()), (2, 1));
    }

    #[test]
    fn mistakes_name_the_argument_and_the_way_out() {
        let folder = tree(&["a.md"]);
        for (given, part) in [
            ("https://example.org/post", "save the page"),
            ("gone.md", "does not exist"),
            ("*.docx", "matches nothing"),
            ("[", "not a valid pattern"),
        ] {
            let message = find(folder.path(), &[given]).expect_err("a mistake").to_string();
            assert!(message.contains(part), "{given}: {message}");
            assert!(message.contains(given), "{given}: {message}");
        }
    }

    #[test]
    fn the_output_folder_is_left_alone() {
        let folder = tree(&["a.md", "out/x/index.html", "old/.aloud/state", "old/x/index.html"]);
        let options = DiscoverOptions {
            output: Some(folder.path().join("out")),
            ..DiscoverOptions::default()
        };
        let root = folder.path().to_string_lossy().into_owned();
        let found = discover(&[root], &options).expect("a folder");
        assert_eq!(names(&found), ["a.md"]);
        assert_eq!(found.skipped.len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_a_loop_ends() {
        let folder = tree(&["in/a.md"]);
        std::os::unix::fs::symlink(folder.path().join("in"), folder.path().join("in/loop"))
            .expect("a link");
        std::os::unix::fs::symlink(folder.path().join("in/a.md"), folder.path().join("in/b.md"))
            .expect("a link");
        let found = find(folder.path(), &["in"]).expect("a folder");
        assert_eq!(names(&found), ["a.md"], "the same file by another name is dropped");
        assert_eq!(found.skipped.len(), 1);
        assert!(found.skipped[0].reason.contains("leads back"));
    }
}
