//! Voices by name: the catalogue of packs, what is installed of it, and which voice a name gets.
//!
//! [`Catalogue`] is what there is, [`PackStore`] what this machine has, [`resolve`] the choice.

mod catalogue;
mod error;
mod install;
mod responsivevoice;
mod select;
mod store;

pub use catalogue::{Catalogue, Pack, PackFile, PackSource, PackVoice};
pub use error::{InstallError, VoiceError};
pub use install::{Installation, Progress, install};
pub use responsivevoice::{KnownName, Status, known_names};
pub use select::{DEFAULT_NAME, Resolution, resolve};
pub use store::PackStore;
