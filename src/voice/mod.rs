//! Voices by name: the catalogue of packs, what is installed of it, and which voice a name gets.
//!
//! [`Catalogue`] is what there is, [`PackStore`] what this machine has, [`install()`] brings a pack from one
//! to the other, and [`resolve`] chooses. Nothing here speaks, and nothing knows an engine.

mod catalogue;
mod error;
mod install;
mod language;
mod pack;
mod responsivevoice;
mod select;
mod store;

pub use catalogue::{Catalogue, RefusedPack};
pub use error::{InstallError, VoiceError};
pub use install::{Installation, Progress, install, install_own};
pub use pack::{Address, Measured, Origin, Pack, PackFile, PackSource, PackVoice, Package, Part};
pub use responsivevoice::{KnownName, Status, known_names, names_of};
pub use select::{DEFAULT_NAME, Resolution, of_language, resolve, same_language, speaks};
pub use store::PackStore;
