//! Pronunciation lexicons: files of words and how they are said -> the places of a sentence where they
//! apply.
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | `toml_file`, `pls` | the text of a file | entries, each with its place, and findings |
//! | `check` | entries | what is doubtful about them |
//! | `sounds` | IPA | what is not IPA, or oddly stressed |
//! | `find` | a sentence | the longest entries that hold in it |
//! | `part` | a word's neighbours | what part of speech it may be |
//!
//! Separate from the languages because an entry holds in any language and comes before every class.

mod check;
mod find;
mod part;
mod pls;
mod sounds;
mod toml_file;

use std::{fmt, path::Path, sync::Arc};

use serde::Serialize;

use crate::{
    model::{ArticleLexicon, Entry, LineIndex},
    xml,
};
use find::Trie;
pub(super) use find::{Ending, Found, find};
pub(super) use sounds::{unknown as unknown_ipa, with_s};

/// An entry and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The entry.
    pub entry: Entry,
    /// Line in its file, from 1; 0 when it is in no file.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The lexicon cannot be used like this.
    Error,
    /// It can, and does not do what was meant.
    Warning,
}

/// Something wrong in a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
    /// How bad it is.
    pub severity: Severity,
    /// A stable identifier, such as `ipa-symbol`.
    pub code: &'static str,
    /// What is wrong and the way out: lower case, no full stop.
    pub message: String,
    /// The words of the entry, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// Why a lexicon cannot be used: its first error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("lexicon {name}:{}:{}: {}{more}", finding.line, finding.column, finding.message)]
pub struct LexiconError {
    /// Name of the lexicon.
    pub name: String,
    /// The error.
    pub finding: Finding,
    /// How many more there are, and how to see them.
    more: String,
}

/// One lexicon.
pub struct Lexicon {
    name: String,
    entries: Vec<Placed>,
    trie: Trie,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// Reads the text of a file called `name`: PLS when it is called `.pls` or `.xml` or begins like XML,
    /// TOML otherwise. What is wrong is in the findings; entries with errors are left out.
    #[must_use]
    pub fn read(name: &str, text: &str) -> (Self, Vec<Finding>) {
        let text = text.trim_start_matches('\u{feff}');
        let lines = LineIndex::new(text);
        let page = Page { text, lines: &lines };
        let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default();
        let is_xml = matches!(extension.to_ascii_lowercase().as_str(), "pls" | "xml")
            || text.trim_start().starts_with('<');
        let (entries, mut findings) =
            if is_xml { pls::read(&page) } else { toml_file::read(&page) };
        let (entries, more) = check::entries(entries);
        findings.extend(more);
        let lexicon = Self::of(name.to_owned(), entries);
        findings.extend(check::cycles(&lexicon));
        findings.sort_by_key(|f| (f.line, f.column, f.severity));
        (lexicon, findings)
    }

    /// Reads the text of a file called `name` for use: any error refuses it.
    ///
    /// # Errors
    /// The first finding that is an error.
    pub fn parse(name: &str, text: &str) -> Result<Self, LexiconError> {
        let (lexicon, findings) = Self::read(name, text);
        lexicon.unless_wrong(findings)
    }

    /// The entries that an article has in its own metadata.
    ///
    /// # Errors
    /// The first entry that cannot be used.
    pub fn of_article(name: &str, lexicon: &ArticleLexicon) -> Result<Self, LexiconError> {
        let placed = |entry: &Entry| Placed { entry: entry.clone(), line: 1, column: 1 };
        let (entries, mut findings) = check::entries(lexicon.entries.iter().map(placed).collect());
        let lexicon = Self::of(name.to_owned(), entries);
        findings.extend(check::cycles(&lexicon));
        lexicon.unless_wrong(findings)
    }

    fn of(name: String, entries: Vec<Placed>) -> Self {
        let trie = Trie::new(&entries);
        Self { name, entries, trie }
    }

    fn unless_wrong(self, findings: Vec<Finding>) -> Result<Self, LexiconError> {
        let mut errors = findings.into_iter().filter(|f| f.severity == Severity::Error);
        let Some(finding) = errors.next() else { return Ok(self) };
        let more = match errors.count() {
            0 => String::new(),
            n => format!(" (and {n} more: `aloud lexicon check` shows them)"),
        };
        Err(LexiconError { name: self.name, finding, more })
    }

    /// Its name, as given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Placed] {
        &self.entries
    }
}

/// The lexicons that hold for an article, those that win over others first.
#[derive(Debug, Clone, Default)]
pub struct Lexicons(Vec<Arc<Lexicon>>);

impl Lexicons {
    /// `lexicons`, the first winning over the others.
    #[must_use]
    pub fn new(lexicons: Vec<Arc<Lexicon>>) -> Self {
        Self(lexicons)
    }

    /// These before those.
    #[must_use]
    pub fn before(&self, others: &Self) -> Self {
        Self(self.0.iter().chain(&others.0).cloned().collect())
    }

    /// Each of them, the one that wins first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Lexicon>> {
        self.0.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry that gives a word these sounds, with its lexicon: for messages.
    #[must_use]
    pub fn origin(&self, ipa: &str) -> Option<(&Lexicon, &Placed)> {
        let sounds = |placed: &&Placed| {
            placed.entry.ipa.as_deref().is_some_and(|own| {
                own == ipa || own.split_whitespace().any(|part| ipa.starts_with(part))
            })
        };
        self.0.iter().find_map(|lexicon| Some((&**lexicon, lexicon.entries.iter().find(sounds)?)))
    }
}

/// A lexicon's text, with its lines.
struct Page<'a> {
    text: &'a str,
    lines: &'a LineIndex,
}

impl Page<'_> {
    fn place(&self, at: usize) -> (u32, u32) {
        xml::place(self.text, self.lines, at)
    }

    fn finding(
        &self,
        at: usize,
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
    ) -> Finding {
        let (line, column) = self.place(at);
        Finding { line, column, severity, code, message: message.into(), entry: None }
    }

    fn error(&self, at: usize, code: &'static str, message: impl Into<String>) -> Finding {
        self.finding(at, Severity::Error, code, message)
    }

    fn warning(&self, at: usize, code: &'static str, message: impl Into<String>) -> Finding {
        self.finding(at, Severity::Warning, code, message)
    }
}

/// White space folded to single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
