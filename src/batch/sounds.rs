//! The sounds around speech, read once for a run, before anything is spoken.

use std::{collections::BTreeMap, ffi::OsStr, fs, path::Path};

use super::PlanError;
use crate::finish::{FinishOptions, Sound};

/// The sounds of a run at each sample rate that it needs.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    rates: BTreeMap<u32, Set>,
}

/// The sounds at one rate.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// Before an article.
    pub(super) intro: Option<Sound>,
    /// After it.
    pub(super) outro: Option<Sound>,
    /// Before its headings.
    pub(super) cue: Option<Sound>,
}

impl Sounds {
    /// Reads the sounds of `options` for recordings at `rates`.
    ///
    /// # Errors
    /// Names the setting and the file that cannot be used, and why.
    pub(super) fn load(
        options: &FinishOptions,
        rates: impl IntoIterator<Item = u32>,
    ) -> Result<Self, PlanError> {
        let intro = read("intro", options.intro.as_deref())?;
        let outro = read("outro", options.outro.as_deref())?;
        let cue = read("cue", options.cue.as_deref())?;
        let mut sounds = Self::default();
        for rate in rates {
            let at_rate = |file: &Option<File<'_>>| file.as_ref().map(|f| f.at(rate)).transpose();
            let set = Set { intro: at_rate(&intro)?, outro: at_rate(&outro)?, cue: at_rate(&cue)? };
            sounds.rates.insert(rate, set);
        }
        Ok(sounds)
    }

    /// Those at `rate`.
    pub(super) fn at(&self, rate: u32) -> Option<&Set> {
        self.rates.get(&rate)
    }
}

/// A sound as its file has it.
struct File<'a> {
    setting: &'static str,
    path: &'a Path,
    sound: Sound,
}

impl File<'_> {
    fn at(&self, rate: u32) -> Result<Sound, PlanError> {
        self.sound.at_rate(rate).map_err(|reason| error(self.setting, self.path, reason))
    }
}

fn read<'a>(setting: &'static str, path: Option<&'a Path>) -> Result<Option<File<'a>>, PlanError> {
    let Some(path) = path else { return Ok(None) };
    let bytes = fs::read(path).map_err(|e| error(setting, path, format!("cannot be read: {e}")))?;
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let sound = Sound::decode(bytes, extension).map_err(|reason| error(setting, path, reason))?;
    Ok(Some(File { setting, path, sound }))
}

fn error(setting: &'static str, path: &Path, reason: String) -> PlanError {
    PlanError::Sound { setting, path: path.to_owned(), reason }
}
