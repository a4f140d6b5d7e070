//! One file per command.

pub(super) mod build;
pub(super) mod init;
pub(super) mod lexicon;
pub(super) mod read;
pub(super) mod voices;
