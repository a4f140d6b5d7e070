//! espeak-ng inside this program: its port to Rust, behind the feature `espeak-phonemes`.
//!
//! The port is GPL-3.0-or-later, and so is a program that has it in it; therefore the feature is off unless
//! somebody turns it on. It reads its dictionaries from files, which are unpacked into a temporary folder.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use espeak_ng::EspeakNg;
use tempfile::TempDir;

/// The port with one voice.
#[derive(Clone)]
pub(super) struct Inside {
    engine: Arc<EspeakNg>,
    /// Removed when the last reader is gone.
    _data: Arc<TempDir>,
}

impl Inside {
    /// With `voice`, such as `en-us`.
    ///
    /// # Errors
    /// When its files cannot be unpacked, or there is no such voice.
    pub(super) fn new(voice: &str) -> Result<Self, String> {
        let unpacked = |e: &dyn std::fmt::Display| format!("cannot unpack espeak-ng's data: {e}");
        let data = tempfile::Builder::new().prefix("aloud-espeak-").tempdir();
        let data = data.map_err(|e| unpacked(&e))?;
        espeak_ng::install_bundled_data(data.path()).map_err(|e| unpacked(&e))?;
        let engine = EspeakNg::builder().data_dir(data.path()).voice(voice).build();
        let engine = engine.map_err(|e| format!("espeak-ng: {e}"))?;
        let own = Self { engine: Arc::new(engine), _data: Arc::new(data) };
        own.read("a").map(|_| own)
    }

    /// The sounds of one line.
    ///
    /// # Errors
    /// What the port says; it may also panic, which is caught.
    pub(super) fn read(&self, line: &str) -> Result<String, String> {
        // It keeps nothing from one text to the next.
        catch_unwind(AssertUnwindSafe(|| self.engine.text_to_phonemes(line)))
            .map_err(|_| "espeak-ng failed".to_owned())?
            .map_err(|e| format!("espeak-ng: {e}"))
    }
}
