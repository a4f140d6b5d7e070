//! What can go wrong before there is an article: one message per cause, each with the way out.

use thiserror::Error;

/// Why a source could not be found or read. Every variant names the source.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A web address where a path is expected: nothing is ever fetched.
    #[error(
        "{0} is a web address, and aloud reads files only: save the page and give its path, \
         or pipe it in (curl -sL ADDRESS | aloud build -)"
    )]
    Address(String),
    /// A path that is not there.
    #[error("{0} does not exist: check the path, or quote a pattern such as 'posts/*.md'")]
    Missing(String),
    /// A pattern that matches no file.
    #[error("the pattern {0} matches nothing: check it, or give the folder instead")]
    NoMatch(String),
    /// A pattern that is not one.
    #[error("{pattern} is not a valid pattern ({reason}): give the folder or the file itself")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The operating system refuses.
    #[error("{name} cannot be read ({reason}): check its permissions")]
    Unreadable {
        /// The source.
        name: String,
        /// The system's reason.
        reason: String,
    },
    /// It was there when the run was planned and is gone.
    #[error("{0} has vanished since the run began: run again when it is back")]
    Vanished(String),
    /// A folder or device where a file is expected.
    #[error("{0} is not a file: give a file, a folder of articles or - for standard input")]
    NotAFile(String),
    /// No bytes at all.
    #[error("{0} is empty: there is nothing to read")]
    Empty(String),
    /// Not text.
    #[error(
        "{name} is not text, it looks like {looks_like}: give the article as text, Markdown or HTML"
    )]
    Binary {
        /// The source.
        name: String,
        /// What its first bytes say, with an article: `a JPEG image`.
        looks_like: &'static str,
    },
    /// Not valid in its format.
    #[error("{name}:{line}:{column}: {reason}")]
    Invalid {
        /// The source.
        name: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1, in characters.
        column: u32,
        /// What is wrong.
        reason: String,
    },
    /// More bytes than an article can have.
    #[error("{name} has more than {limit_mib} MiB: split it into articles")]
    TooLarge {
        /// The source.
        name: String,
        /// The limit, in MiB.
        limit_mib: u64,
    },
    /// XML, JSON or an archive that holds no articles.
    #[error(
        "{name} holds no articles ({what}): give a feed, a WordPress export, a book or an article"
    )]
    NoArticles {
        /// The source.
        name: String,
        /// What it is instead.
        what: String,
    },
    /// A container that breaks off or is not well formed.
    #[error("{name} is {what}, but it is damaged ({reason}): get it once more")]
    Damaged {
        /// The source.
        name: String,
        /// What it is, with an article.
        what: &'static str,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// XML that declares entities of its own.
    #[error(
        "{name} declares entities of its own (line {line}), which may stand for anything and are never \
         expanded or fetched: remove its <!ENTITY> declarations"
    )]
    Entities {
        /// The source.
        name: String,
        /// Line of the first declaration.
        line: u32,
    },
    /// Locked by a password or by its publisher.
    #[error("{name} is encrypted: give a copy without protection")]
    Protected {
        /// The source.
        name: String,
    },
    /// An entry of an archive that is too large to be text.
    #[error("{name} is refused: {entry} in it expands to more than {limit_mib} MiB")]
    Bomb {
        /// The source.
        name: String,
        /// The entry.
        entry: String,
        /// The limit, in MiB.
        limit_mib: u64,
    },
    /// An item that is no longer where it was.
    #[error("{0} has changed since the run began: run again")]
    Changed(String),
    /// An item that was named and is not there.
    #[error("{name} has no item {item}: aloud read {name} lists its items")]
    NoItem {
        /// The container.
        name: String,
        /// The item, as named.
        item: String,
    },
}
