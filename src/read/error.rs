//! Why a source cannot be read.

use std::{io, path::PathBuf};

/// A source that cannot be read, or a path that leads to none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A web address instead of a path.
    #[error(
        "{url} is a web address, and aloud opens no connection; save the page and name the file, or pipe \
         it: curl -L '{url}' | aloud build -"
    )]
    Url {
        /// The address.
        url: String,
    },
    /// Nothing is there.
    #[error("{path}: there is no such file or folder")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// A pattern that matches nothing, or is none.
    #[error("{pattern}: {reason}")]
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong.
        reason: String,
    },
    /// The file cannot be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file; `-` is standard input.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is no text.
    #[error("this is {what}, not text; save the article as HTML, Markdown or plain text")]
    Binary {
        /// What it looks like.
        what: &'static str,
    },
    /// It is larger than any article.
    #[error("{} MB is more than one article can have ({} MB); split it", bytes >> 20, limit >> 20)]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}
