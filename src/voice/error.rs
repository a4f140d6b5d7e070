//! Why a voice cannot be had, in words that name the way out.

use std::{
    io::{self, ErrorKind},
    path::PathBuf,
};

/// Why a name gets no voice.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VoiceError {
    /// Nobody knows the name.
    #[error("no voice is called \"{name}\"{}", suggestion(near))]
    Unknown {
        /// The name as asked for, made fit to be shown.
        name: String,
        /// Names that look like it, best first.
        near: Vec<String>,
    },
    /// The name is known, and no usable voice can serve it.
    #[error("\"{name}\" asks for {language}, which no voice here speaks: {advice}")]
    Unserved {
        /// The name as asked for.
        name: String,
        /// Its language, for people: `Khmer (km)`.
        language: String,
        /// What would serve it.
        advice: String,
    },
    /// No name is given, and no usable voice speaks the language.
    #[error("no voice here speaks {language}: {advice}")]
    Language {
        /// The language, for people: `Khmer (km)`.
        language: String,
        /// What would serve it.
        advice: String,
    },
    /// The voice is in the catalogue and not on this machine.
    #[error("voice {id} is not installed; `aloud voices install {pack}` installs it")]
    NotInstalled {
        /// Its id.
        id: String,
        /// The pack that has it.
        pack: String,
    },
    /// A query that cannot be read.
    #[error("voice query \"{query}\": {reason}")]
    Query {
        /// The query, made fit to be shown.
        query: String,
        /// What is wrong.
        reason: String,
    },
}

impl VoiceError {
    /// Whether nobody knows the name (as opposed to: nobody here can speak it). In an article that is a
    /// warning; in a flag or the configuration it is an error.
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
    /// No client of a package index could be started.
    #[error(
        "voice pack {pack}: {client} was not found (tried {tried}); install {needs}, or {}",
        elsewhere(pack, by_hand)
    )]
    NoClient {
        /// Id of the pack.
        pack: String,
        /// The client: pip or npm.
        client: &'static str,
        /// What has to be installed to have it.
        needs: &'static str,
        /// The commands that were tried.
        tried: String,
        /// The command that fetches what is missing.
        by_hand: String,
    },
    /// The client ran and failed.
    #[error(
        "voice pack {pack}: {client} could not fetch {what}: {reason}; try again, or {}",
        elsewhere(pack, by_hand)
    )]
    Fetch {
        /// Id of the pack.
        pack: String,
        /// Who fetched: pip, npm or aloud.
        client: &'static str,
        /// What was to be fetched, as the client takes it.
        what: String,
        /// What went wrong, with the last lines of what the client said.
        reason: String,
        /// The command that fetches it.
        by_hand: String,
    },
    /// What was fetched is not what the catalogue describes.
    #[error(
        "voice pack {pack}: {file} has SHA-256 {found}, not {wanted}; it is damaged or another version: \
         `{by_hand}` fetches the right one"
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
        /// The command that fetches it.
        by_hand: String,
    },
    /// The package cannot be opened, or lacks a file.
    #[error("voice pack {pack}: {file}: {reason}; `{by_hand}` fetches what is meant")]
    Package {
        /// Id of the pack.
        pack: String,
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
        /// The command that fetches it.
        by_hand: String,
    },
    /// A file of the user's own cannot be installed.
    #[error("{file}: {reason}")]
    Own {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// The data folder cannot be written.
    #[error("voice pack {pack}: cannot write {}: {cause}; {}", path.display(), way_out(cause.kind()))]
    Write {
        /// Id of the pack.
        pack: String,
        /// Where.
        path: PathBuf,
        /// Why; shown by the message, and therefore not its source.
        cause: io::Error,
    },
    /// There is no data folder.
    #[error("no folder for voices: this account has no home; set ALOUD_DATA_DIR")]
    NoDataFolder,
}

/// How to install without a network or a client here.
fn elsewhere(pack: &str, by_hand: &str) -> String {
    format!("run `{by_hand}` on another machine and `aloud voices install {pack} --from FILE` here")
}

fn way_out(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space there, or set ALOUD_DATA_DIR to a folder on another disk"
        }
        _ => "set ALOUD_DATA_DIR to a folder that can be written",
    }
}
