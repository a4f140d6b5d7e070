//! The catalogue: what voice packs there are.
//!
//! The packs in `voices/` are compiled in; a `voices/` folder beside a project's `aloud.toml` adds to
//! them. What a single `voice.toml` may say is [`Pack`]'s business; here it is that they fit together.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Pack, VoiceError};

/// The packs that come with aloud: file name for messages, text.
const BUILTIN: &[(&str, &str)] = &[
    ("voices/hibari/voice.toml", include_str!("../../voices/hibari/voice.toml")),
    ("voices/hibari-kore/voice.toml", include_str!("../../voices/hibari-kore/voice.toml")),
    ("voices/hibari-fenrir/voice.toml", include_str!("../../voices/hibari-fenrir/voice.toml")),
    ("voices/hibari-emma/voice.toml", include_str!("../../voices/hibari-emma/voice.toml")),
    ("voices/hibari-fable/voice.toml", include_str!("../../voices/hibari-fable/voice.toml")),
    ("voices/kokoro/voice.toml", include_str!("../../voices/kokoro/voice.toml")),
    ("voices/piper-joe/voice.toml", include_str!("../../voices/piper-joe/voice.toml")),
];

/// A larger `voice.toml` than this is none.
const MOST_BYTES: u64 = 1 << 20;

/// All known packs.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    packs: Vec<Pack>,
}

impl Catalogue {
    /// The packs that come with aloud.
    ///
    /// # Panics
    /// Never: a test reads them all.
    #[must_use]
    pub fn builtin() -> Self {
        let read = |(file, text): &(&str, &str)| parse(Path::new(file), text);
        let packs = BUILTIN.iter().map(read).collect::<Result<_, _>>();
        Self { packs: packs.expect("the built-in catalogue is read by a test") }
    }

    /// These packs and those in `folder`, one `*/voice.toml` each; a pack with a known id replaces it.
    ///
    /// # Errors
    /// Names the first file that cannot be used, and the field in it. A folder that does not exist adds
    /// nothing.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, VoiceError> {
        let mut own: Vec<(PathBuf, Pack)> = Vec::new();
        for file in voice_files(folder)? {
            let pack = parse(&file, &text_of(&file)?)?;
            if let Some((other, _)) = own.iter().find(|(_, p)| p.id == pack.id) {
                let reason = format!("id is {:?}, as in {}", pack.id, other.display());
                return Err(refused(&file, reason));
            }
            own.push((file, pack));
        }
        self.packs.retain(|known| own.iter().all(|(_, p)| p.id != known.id));
        for (file, pack) in own {
            if let Some((voice, other)) =
                pack.described().find_map(|v| self.pack_of(&v.id).map(|p| (v.id, &p.id)))
            {
                let reason = format!("voices: {voice} is already a voice of pack {other:?}");
                return Err(refused(&file, reason));
            }
            self.packs.push(pack);
        }
        Ok(self)
    }

    /// These packs and those of the user's own files, see [`super::PackStore::own_packs`]. One whose id or
    /// voices are known already stays out: what the catalogue says of a name holds.
    #[must_use]
    pub fn with_own(mut self, packs: Vec<Pack>) -> Self {
        for pack in packs {
            let known = self.pack(&pack.id).is_some()
                || pack.described().any(|voice| self.pack_of(&voice.id).is_some());
            if !known {
                self.packs.push(pack);
            }
        }
        self
    }

    /// A catalogue of these packs.
    #[must_use]
    pub fn of(packs: Vec<Pack>) -> Self {
        Self { packs }
    }

    /// All packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The pack called `id`.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|p| p.id == id)
    }

    /// The pack of the voice `engine:name`.
    #[must_use]
    pub fn pack_of(&self, voice: &str) -> Option<&Pack> {
        let (engine, name) = voice.split_once(':')?;
        self.packs.iter().find(|p| p.engine == engine && p.voices.iter().any(|v| v.name == name))
    }
}

/// The `voice.toml` of each folder in `folder`, sorted.
fn voice_files(folder: &Path) -> Result<Vec<PathBuf>, VoiceError> {
    let unreadable = |e: io::Error| refused(folder, e.to_string());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(unreadable(e)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(unreadable)?.path().join("voice.toml");
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn text_of(file: &Path) -> Result<String, VoiceError> {
    let unreadable = |e: io::Error| refused(file, e.to_string());
    if fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(refused(file, "it is larger than 1 MB, which no voice.toml is".to_owned()));
    }
    fs::read_to_string(file).map_err(unreadable)
}

fn parse(file: &Path, text: &str) -> Result<Pack, VoiceError> {
    Pack::from_toml(text).map_err(|reason| refused(file, reason))
}

fn refused(file: &Path, reason: String) -> VoiceError {
    VoiceError::Catalogue { file: file.display().to_string(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project's `voices` folder with these packs.
    fn project(packs: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in packs {
            fs::create_dir(folder.path().join(name)).expect("a folder");
            fs::write(folder.path().join(name).join("voice.toml"), text).expect("a file");
        }
        folder
    }

    /// The built-in pack under another id and title, with another voice.
    fn pack(id: &str, title: &str, voice: &str) -> String {
        BUILTIN[0]
            .1
            .replacen("id = \"hibari\"", &format!("id = \"{id}\""), 1)
            .replacen("title = \"hibari\"", &format!("title = \"{title}\""), 1)
            .replacen("name = \"heart\"", &format!("name = \"{voice}\""), 1)
    }

    #[test]
    fn the_builtin_packs_are_right() {
        let catalogue = Catalogue::builtin();
        let pack = catalogue.pack("hibari").expect("the default voice");
        assert!(pack.default);
        assert_eq!(catalogue.pack_of("hibari:heart"), Some(pack));
        for other in ["heart", "hibari:", "hibari:hear", "other:heart", ""] {
            assert_eq!(catalogue.pack_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_project_adds_packs_and_replaces_them() {
        let folder = project(&[
            ("a", &pack("hibari", "mine", "heart")),
            ("b", &pack("more", "more", "bass")),
        ]);
        fs::write(folder.path().join("README.md"), "not a pack").expect("a file");
        fs::create_dir(folder.path().join("empty")).expect("a folder");
        let catalogue = Catalogue::builtin().with_folder(folder.path()).expect("a catalogue");
        let titles: Vec<&str> = catalogue.packs().iter().map(|p| p.title.as_str()).collect();
        assert!(titles.ends_with(&["mine", "more"]) && !titles.contains(&"hibari"), "{titles:?}");
        let none = Catalogue::builtin().with_folder(&folder.path().join("none"));
        assert_eq!(none.expect("nothing to add"), Catalogue::builtin());
    }

    #[test]
    fn own_packs_add_and_never_replace() {
        let read =
            |id: &str, voice: &str| Pack::from_toml(&pack(id, "mine", voice)).expect("a pack");
        let own = vec![read("hibari", "bass"), read("new", "heart"), read("more", "bass")];
        let catalogue = Catalogue::builtin().with_own(own);
        let last = catalogue.packs().last().expect("packs");
        assert_eq!((catalogue.packs().len(), last.id.as_str()), (BUILTIN.len() + 1, "more"));
    }

    #[test]
    fn packs_that_do_not_fit_together_are_refused_by_file() {
        let broken = "id = 3";
        let (one, two, heart) =
            (pack("x", "x", "one"), pack("x", "x", "two"), pack("x", "x", "heart"));
        let cases = [
            ("no pack", vec![("a", broken)], "line 1"),
            ("one id twice", vec![("a", one.as_str()), ("b", two.as_str())], "id is \"x\""),
            ("one voice twice", vec![("a", heart.as_str())], "hibari:heart"),
        ];
        for (what, packs, wanted) in cases {
            let folder = project(&packs);
            let error =
                Catalogue::builtin().with_folder(folder.path()).expect_err(what).to_string();
            let file = folder.path().join(packs[packs.len() - 1].0).join("voice.toml");
            assert!(error.starts_with(&file.display().to_string()), "{what}: {error}");
            assert!(error.contains(wanted), "{what}: {error}");
        }
        let folder = project(&[]);
        let file = folder.path().join("voices");
        fs::write(&file, "a file").expect("a file");
        let error = Catalogue::builtin().with_folder(&file).expect_err("no folder").to_string();
        assert!(error.starts_with(&file.display().to_string()), "{error}");
        let folder = project(&[("big", &"#".repeat(1_100_000))]);
        let error = Catalogue::builtin().with_folder(folder.path()).expect_err("big").to_string();
        assert!(error.contains("larger than 1 MB"), "{error}");
    }
}
