//! The catalogue: what voice packs there are.
//!
//! The packs in `voices/` are compiled in; a `voices/` folder beside a project's `aloud.toml` adds to
//! them. What a single `voice.toml` may say is [`Pack`]'s business; here it is that they fit together.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::Pack;

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

/// A pack of a project's that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPack {
    /// Its `voice.toml`, or the folder of all of them.
    pub file: PathBuf,
    /// The field and what is wrong with it.
    pub reason: String,
}

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

    /// These packs and those in `folder`, one `*/voice.toml` each, sorted; a pack with a known id replaces it.
    /// A folder that does not exist adds nothing, nor does a file of its name, which is no folder of voices.
    ///
    /// One bad pack does not spoil the others: what cannot be used is left out, and told with the file and the
    /// field in it.
    #[must_use]
    pub fn with_folder(mut self, folder: &Path) -> (Self, Vec<RefusedPack>) {
        let (mut own, mut refused) = (Vec::new(), Vec::new());
        let files = voice_files(folder).unwrap_or_else(|error| {
            refused.push(error);
            Vec::new()
        });
        for file in files {
            match read(&file).and_then(|pack| self.fits(&file, &pack, &own).map(|()| pack)) {
                Ok(pack) => {
                    self.packs.retain(|known| known.id != pack.id);
                    own.push((file, pack.id.clone()));
                    self.packs.push(pack);
                }
                Err(error) => refused.push(error),
            }
        }
        (self, refused)
    }

    /// Whether `pack` of `file` can stand beside these packs, of which the project's `own` are not replaced.
    fn fits(&self, file: &Path, pack: &Pack, own: &[(PathBuf, String)]) -> Result<(), RefusedPack> {
        if let Some((other, _)) = own.iter().find(|(_, id)| *id == pack.id) {
            let reason = format!("id is {:?}, as in {}", pack.id, other.display());
            return Err(refused(file, reason));
        }
        let others = |id: &str| self.pack_of(id).filter(|known| known.id != pack.id);
        match pack.described().find_map(|voice| others(&voice.id).map(|p| (voice.id, &p.id))) {
            None => Ok(()),
            Some((voice, other)) => {
                let reason = format!("voices: {voice} is already a voice of pack {other:?}");
                Err(refused(file, reason))
            }
        }
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

/// The `voice.toml` of each folder in `folder`, sorted; whatever else is called so is for [`read`] to refuse.
fn voice_files(folder: &Path) -> Result<Vec<PathBuf>, RefusedPack> {
    let unreadable = |e: io::Error| refused(folder, e.to_string());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if is_absent(&e) => return Ok(Vec::new()),
        Err(e) => return Err(unreadable(e)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(unreadable)?.path().join("voice.toml");
        if fs::symlink_metadata(&file).map_or_else(|e| !is_absent(&e), |_| true) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Whether an error says that there is no such thing, or that what should have it is no folder.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The pack in a file of the project's.
fn read(file: &Path) -> Result<Pack, RefusedPack> {
    let unreadable = |e: io::Error| refused(file, e.to_string());
    let found = fs::metadata(file).map_err(unreadable)?;
    if !found.is_file() {
        return Err(refused(file, "it is no file".to_owned()));
    }
    if found.len() > MOST_BYTES {
        return Err(refused(file, "it is larger than 1 MB, which no voice.toml is".to_owned()));
    }
    parse(file, &fs::read_to_string(file).map_err(unreadable)?)
}

fn parse(file: &Path, text: &str) -> Result<Pack, RefusedPack> {
    Pack::from_toml(text).map_err(|reason| refused(file, reason))
}

fn refused(file: &Path, reason: String) -> RefusedPack {
    RefusedPack { file: file.to_owned(), reason }
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
        let (catalogue, refused) = Catalogue::builtin().with_folder(folder.path());
        assert!(refused.is_empty(), "{refused:?}");
        let titles: Vec<&str> = catalogue.packs().iter().map(|p| p.title.as_str()).collect();
        assert!(titles.ends_with(&["mine", "more"]) && !titles.contains(&"hibari"), "{titles:?}");
        for nothing in ["none", "README.md", "README.md/voices"] {
            let (same, refused) = Catalogue::builtin().with_folder(&folder.path().join(nothing));
            assert!(same == Catalogue::builtin() && refused.is_empty(), "{nothing}: {refused:?}");
        }
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
    fn packs_that_cannot_be_used_are_named_and_the_others_stay() {
        let (one, two, heart) =
            (pack("x", "x", "one"), pack("x", "x", "two"), pack("y", "y", "heart"));
        let big = "#".repeat(1_100_000);
        // (what is wrong, a pack before it if it takes two, the pack, what is said)
        let cases = [
            ("no pack", None, "id = 3", "line 1"),
            ("one id twice", Some(&one), two.as_str(), "id is \"x\""),
            ("one voice twice", None, heart.as_str(), "hibari:heart"),
            ("big", None, big.as_str(), "larger than 1 MB"),
        ];
        let good = pack("good", "good", "bass");
        for (what, before, text, wanted) in cases {
            let mut packs = vec![("b", text), ("c", good.as_str())];
            packs.extend(before.map(|text| ("a", text.as_str())));
            let folder = project(&packs);
            let (catalogue, refused) = Catalogue::builtin().with_folder(folder.path());
            let [error] = refused.as_slice() else { panic!("{what}: {refused:?}") };
            assert_eq!(error.file, folder.path().join("b").join("voice.toml"), "{what}");
            assert!(error.reason.contains(wanted), "{what}: {error:?}");
            for kept in ["hibari:bass", "hibari:heart"] {
                assert!(catalogue.pack_of(kept).is_some(), "{what}: {kept}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = project(&[]);
        let link = |to: &str, at: &str| {
            std::os::unix::fs::symlink(to, folder.path().join(at)).expect("a link");
        };
        link("loop", "loop");
        fs::create_dir(folder.path().join("a")).expect("a folder");
        link("nowhere", "a/voice.toml");
        fs::create_dir_all(folder.path().join("b").join("voice.toml")).expect("a folder");
        let named = |voices: &Path| {
            let (catalogue, refused) = Catalogue::builtin().with_folder(voices);
            assert_eq!(catalogue, Catalogue::builtin());
            refused.into_iter().map(|r| r.file).collect::<Vec<_>>()
        };
        let inside = ["a/voice.toml", "b/voice.toml", "loop/voice.toml"];
        assert_eq!(named(folder.path()), inside.map(|file| folder.path().join(file)));
        let endless = folder.path().join("loop");
        assert_eq!(named(&endless), [endless]);
    }
}
