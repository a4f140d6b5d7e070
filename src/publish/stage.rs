//! How files reach the output folder: whole or not at all.
//!
//! A file is written under a temporary name in `<output>/.aloud/tmp`, flushed to the disk, and
//! renamed. The files of an article are renamed together when all of them are whole, its manifest
//! last, so that a manifest that stands describes the files beside it. A killed build leaves only
//! whole files and temporary ones; the next build removes the latter. A lock keeps two builds out
//! of one folder and is released by the system however the process ends.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Component, Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use sha2::{Digest, Sha256};

use super::{FileEntry, Output, PublishError};
use crate::model::Warning;

/// aloud's own folder in the output folder.
const OWN: &str = ".aloud";
/// Bytes between writes to a file.
const BUFFER: usize = 64 * 1024;

/// The output folder of one build.
#[derive(Debug)]
pub struct Stage {
    output: PathBuf,
    temporary: PathBuf,
    next: AtomicU64,
    /// Held until the stage is dropped.
    _lock: File,
}

impl Stage {
    /// Opens `output` for this build: creates it if need be, proves that it can be written, locks
    /// it against other builds and removes what an interrupted one left under temporary names.
    ///
    /// # Errors
    /// When it is a file, cannot be written, or another build is writing to it.
    pub fn open(output: &Path) -> Result<Self, PublishError> {
        let own = output.join(OWN);
        let temporary = own.join("tmp");
        fs::create_dir_all(&temporary).map_err(|e| PublishError::output(output, &e))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(own.join("lock"))
            .map_err(|e| PublishError::output(output, &e))?;
        // A file system without locks gives another error: there the folder is not guarded.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(PublishError::Output {
                path: output.display().to_string(),
                reason: "another build is writing to it; wait for it or choose another output \
                         folder with -o"
                    .into(),
            });
        }
        let leftovers = fs::read_dir(&temporary).map_err(|e| PublishError::output(output, &e))?;
        for leftover in leftovers.flatten() {
            // One that cannot be removed is in nobody's way: names are never used twice.
            let _ = fs::remove_file(leftover.path());
        }
        Ok(Self { output: output.to_owned(), temporary, next: AtomicU64::new(0), _lock: lock })
    }

    /// The output folder.
    #[must_use]
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// Begins the file `name`, a path below the output folder with `/`.
    ///
    /// # Errors
    /// When the name leads out of the folder or no file can be created.
    pub fn create(&self, name: &str) -> Result<Staged, PublishError> {
        let target = self.output.join(name);
        if !Path::new(name).components().all(|c| matches!(c, Component::Normal(_))) {
            let reason = "it is not inside the output folder".into();
            return Err(PublishError::Write { path: target.display().to_string(), reason });
        }
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let path = self.temporary.join(format!("{number}.part"));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => {
                    return Ok(Staged { file, temporary: Temporary(Some(path)), target });
                }
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(PublishError::write(&target, &e)),
            }
        }
    }

    /// Writes the file `name` as a whole and puts it in its place at once.
    ///
    /// # Errors
    /// When it cannot be written; then an earlier file of that name is unchanged.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.fill(name, |out| Ok(out.write_all(bytes)?))?.publish()
    }

    /// The warning that a file `name` stands there which aloud did not write, because it does not have
    /// `marker` in it, so that it is to be left alone.
    #[must_use]
    pub fn foreign(&self, name: &str, marker: &str) -> Option<Warning> {
        // None, or one that cannot be read: then writing tells what is wrong.
        let bytes = fs::read(self.output.join(name)).ok()?;
        let ours = bytes.windows(marker.len()).any(|part| part == marker.as_bytes());
        (!ours).then(|| {
            let message = format!(
                "{name} is not written, because a file of that name stands there which is not aloud's (it \
                 lacks {marker}); move it, or choose another output folder with -o"
            );
            Warning::new("not-ours", message)
        })
    }

    /// Has `fill` write the file `name` as a whole, under a temporary name for now.
    ///
    /// # Errors
    /// When it cannot be written, and those of `fill`.
    pub fn fill(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Output) -> Result<(), PublishError>,
    ) -> Result<Sealed, PublishError> {
        let staged = self.create(name)?;
        let mut buffer = BufWriter::with_capacity(BUFFER, staged.handle()?);
        let filled = fill(&mut buffer).and_then(|()| Ok(buffer.flush()?));
        match filled {
            Ok(()) => staged.seal(),
            Err(PublishError::Io(e)) => Err(staged.error(&e)),
            Err(e) => Err(e),
        }
    }
}

/// A temporary file's path; the file goes when this does.
#[derive(Debug)]
struct Temporary(Option<PathBuf>);

impl Temporary {
    fn path(&self) -> &Path {
        self.0.as_deref().expect("taken only when renamed, which consumes the owner")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nothing can be done about a failure here; the next build tries again.
            let _ = fs::remove_file(path);
        }
    }
}

/// A file being written. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Staged {
    file: File,
    temporary: Temporary,
    target: PathBuf,
}

impl Staged {
    /// Where the file will stand.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A second handle of the file, for a writer that keeps its own.
    pub(super) fn handle(&self) -> Result<File, PublishError> {
        self.file.try_clone().map_err(|e| self.error(&e))
    }

    /// Ends the file: on the disk, measured and hashed.
    ///
    /// # Errors
    /// When it cannot be flushed or read again.
    pub fn seal(mut self) -> Result<Sealed, PublishError> {
        let (bytes, sha256) = self.finish().map_err(|e| self.error(&e))?;
        Ok(Sealed { temporary: self.temporary, target: self.target, bytes, sha256 })
    }

    fn finish(&mut self) -> io::Result<(u64, String)> {
        self.file.sync_all()?;
        // Read again, not hashed on the way: a header is patched at the end of the writing.
        self.file.seek(SeekFrom::Start(0))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut bytes = 0;
        loop {
            let count = match self.file.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            hash.update(&buffer[..count]);
            bytes += count as u64;
        }
        Ok((bytes, hex(&hash.finalize())))
    }

    pub(super) fn error(&self, error: &io::Error) -> PublishError {
        PublishError::write(&self.target, error)
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a string takes any text");
        out
    })
}

/// A file that is whole but not yet in its place. Dropped, it leaves nothing.
#[derive(Debug)]
pub struct Sealed {
    temporary: Temporary,
    target: PathBuf,
    bytes: u64,
    sha256: String,
}

impl Sealed {
    /// Its row in the manifest, its path relative to its folder.
    #[must_use]
    pub fn entry(&self, media_type: &str) -> FileEntry {
        FileEntry {
            path: self.target.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            media_type: media_type.to_owned(),
            bytes: self.bytes,
            sha256: self.sha256.clone(),
        }
    }

    /// Puts the file in its place, over an earlier one.
    ///
    /// # Errors
    /// When the folder cannot be created or something that is no file stands there.
    pub fn publish(self) -> Result<(), PublishError> {
        let folder = self.folder().to_owned();
        fs::create_dir_all(&folder).map_err(|e| PublishError::write(&self.target, &e))?;
        self.rename()?;
        sync_folder(&folder);
        Ok(())
    }

    fn folder(&self) -> &Path {
        self.target.parent().expect("a target is a path below the output folder")
    }

    fn rename(mut self) -> Result<(), PublishError> {
        fs::rename(self.temporary.path(), &self.target)
            .map_err(|e| PublishError::write(&self.target, &e))?;
        self.temporary.0 = None;
        Ok(())
    }
}

/// Makes renames in `folder` last through a power failure, where the system can.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // Windows cannot; the files themselves are on the disk already.
        let _ = folder.sync_all();
    }
}

/// The files of one article, put in their places together. Dropped, it leaves nothing.
#[derive(Debug, Default)]
pub struct Group {
    files: Vec<Sealed>,
    entries: Vec<FileEntry>,
    paths: Vec<PathBuf>,
}

impl Group {
    /// A group without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn add(&mut self, file: Sealed, media_type: &str) {
        self.entries.push(file.entry(media_type));
        self.paths.push(file.temporary.path().to_owned());
        self.files.push(file);
    }

    /// The rows of the files so far, for the manifest.
    #[must_use]
    pub fn entries(&self) -> &[FileEntry] {
        &self.entries
    }

    /// Where the bytes of each of [`Self::entries`] are until the commit.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Puts all files in their places and `manifest` last. An earlier manifest goes first: while
    /// files are being replaced none claims to describe them.
    ///
    /// # Errors
    /// When a file cannot be put in its place; those before it stand, whole, without a manifest.
    pub fn commit(self, manifest: Sealed) -> Result<(), PublishError> {
        let folder = manifest.folder().to_owned();
        let committed = self.rename_all(manifest, &folder);
        if committed.is_err() {
            // Only an empty folder can be removed this way.
            let _ = fs::remove_dir(&folder);
        }
        committed
    }

    fn rename_all(self, manifest: Sealed, folder: &Path) -> Result<(), PublishError> {
        let failed = |e: &io::Error| PublishError::write(&manifest.target, e);
        fs::create_dir_all(folder).map_err(|e| failed(&e))?;
        match fs::remove_file(&manifest.target) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(failed(&e)),
            _ => {}
        }
        for file in self.files {
            file.rename()?;
        }
        manifest.rename()?;
        sync_folder(folder);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every file below `folder` but the lock, with its text.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut found: Vec<_> = walkdir::WalkDir::new(folder)
            .into_iter()
            .map(|e| e.expect("a readable folder"))
            .filter(|e| e.file_type().is_file() && e.file_name() != "lock")
            .map(|e| {
                let name = e.path().strip_prefix(folder).expect("below it").to_string_lossy();
                (name.replace('\\', "/"), fs::read_to_string(e.path()).expect("text"))
            })
            .collect();
        found.sort();
        found
    }

    fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect()
    }

    fn sealed(stage: &Stage, name: &str, text: &str) -> Sealed {
        stage.fill(name, |out| Ok(out.write_all(text.as_bytes())?)).expect("written")
    }

    fn group(stage: &Stage, text: &str) -> (Group, Sealed) {
        let mut group = Group::new();
        group.add(sealed(stage, "a/a.wav", text), "audio/wav");
        group.add(sealed(stage, "a/a.vtt", text), "text/vtt");
        (group, sealed(stage, "a/a.json", text))
    }

    #[test]
    fn a_group_appears_together_and_replaces_only_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let (first, manifest) = group(&stage, "one");
        assert!(!folder.path().join("a").exists(), "nothing before the commit");
        assert_eq!(first.entries()[0].path, "a.wav");
        assert_eq!(first.entries()[0].bytes, 3);
        let sha256 = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";
        assert_eq!(first.entries()[0].sha256, sha256);
        first.commit(manifest).expect("committed");
        fs::write(folder.path().join("a/notes.txt"), "mine").expect("written");
        let (second, manifest) = group(&stage, "two");
        second.commit(manifest).expect("committed");
        let expected =
            [("a/a.json", "two"), ("a/a.vtt", "two"), ("a/a.wav", "two"), ("a/notes.txt", "mine")];
        assert_eq!(files(folder.path()), owned(&expected));
    }

    #[test]
    fn what_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let (group, manifest) = group(&stage, "one");
        let open = stage.create("b/b.wav").expect("created");
        open.handle().expect("a handle").write_all(b"half").expect("written");
        assert_eq!(files(folder.path()).len(), 4, "temporary files");
        drop((group, manifest, open));
        assert_eq!(files(folder.path()), []);
    }

    #[test]
    fn a_failure_between_renames_leaves_whole_files_and_no_manifest() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let (first, manifest) = group(&stage, "one");
        first.commit(manifest).expect("committed");
        // A folder in the place of the second file stops the commit after the first.
        fs::remove_file(folder.path().join("a/a.vtt")).expect("removed");
        fs::create_dir(folder.path().join("a/a.vtt")).expect("created");
        let (second, manifest) = group(&stage, "two");
        let error = second.commit(manifest).expect_err("a folder is in the way").to_string();
        assert!(error.contains("a.vtt: a folder stands where a file is needed"), "{error}");
        assert_eq!(files(folder.path()), owned(&[("a/a.wav", "two")]));
    }

    #[test]
    fn leftovers_of_a_killed_build_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let (group, manifest) = group(&stage, "one");
        std::mem::forget((group, manifest));
        drop(stage);
        assert_eq!(files(folder.path()).len(), 3);
        let stage = Stage::open(folder.path()).expect("an output folder");
        assert_eq!(files(folder.path()), []);
        stage.write("report.json", b"{}").expect("written");
        assert_eq!(files(folder.path()), owned(&[("report.json", "{}")]));
    }

    #[test]
    fn two_builds_do_not_share_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let error = Stage::open(folder.path()).expect_err("it is locked").to_string();
        assert!(error.contains("another build is writing to it"), "{error}");
        drop(stage);
        assert!(Stage::open(folder.path()).is_ok());
    }

    #[test]
    fn bad_places_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("out");
        fs::write(&file, "a file").expect("written");
        let error = Stage::open(&file).expect_err("it is a file").to_string();
        assert!(error.starts_with(&format!("output folder {}: a file", file.display())), "{error}");
        let stage = Stage::open(&folder.path().join("new/deep")).expect("created");
        for name in ["../x", "/etc/x", "a/../../x", "."] {
            let error = stage.create(name).expect_err(name).to_string();
            assert!(error.contains("not inside the output folder"), "{error}");
        }
        fs::write(folder.path().join("new/deep/a"), "mine").expect("written");
        let (group, manifest) = group(&stage, "one");
        let error = group.commit(manifest).expect_err("a file is in the way").to_string();
        assert!(error.contains("a file stands where a folder is needed"), "{error}");
        assert_eq!(files(stage.output()), owned(&[("a", "mine")]), "and it is not touched");
    }
}
