//! One file per command.

pub(super) mod build;
pub(super) mod init;
pub(super) mod lexicon;
mod own_voice;
pub(super) mod preview;
pub(super) mod read;
#[cfg(feature = "system-speech")]
pub(super) mod speak;
pub(super) mod voices;
