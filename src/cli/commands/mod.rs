//! One file per command.

pub(super) mod build;
pub(super) mod init;
mod own_voice;
pub(super) mod preview;
pub(super) mod read;
pub(super) mod voices;
