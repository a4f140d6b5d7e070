//! The articles of an output folder, as their manifests tell of them.

use std::{fs, path::Path};

use serde::Deserialize;

use super::{
    super::{
        FileEntry,
        date::Date,
        manifest::SCHEMA,
        page::{DESCRIPTION, shortened},
        publication::{recording, title},
    },
    newest_first,
};
use crate::model::{Role, Warning};

/// An article with a recording.
pub(in crate::publish) struct Listed {
    pub(in crate::publish) slug: String,
    /// On one line, never empty.
    pub(in crate::publish) title: String,
    pub(in crate::publish) byline: Option<String>,
    pub(in crate::publish) date: Option<Date>,
    /// The original.
    pub(in crate::publish) url: Option<String>,
    pub(in crate::publish) language: String,
    pub(in crate::publish) disclosure: String,
    /// Id of the voice.
    pub(in crate::publish) voice: String,
    /// How it begins; may be empty.
    pub(in crate::publish) description: String,
    pub(in crate::publish) duration_ms: u64,
    /// What is played.
    pub(in crate::publish) recording: FileEntry,
    pub(in crate::publish) files: Vec<FileEntry>,
}

/// What is read of a manifest.
#[derive(Deserialize)]
struct Manifest {
    schema: String,
    title: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    url: Option<String>,
    slug: String,
    language: String,
    disclosure: String,
    voice: Voice,
    duration_ms: u64,
    files: Vec<FileEntry>,
    segments: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Voice {
    id: String,
}

#[derive(Deserialize)]
struct Sentence {
    role: Role,
    text: String,
    block: usize,
}

/// The articles in `output`, newest first. A manifest that cannot be read is a warning.
pub(super) fn listed(output: &Path, warnings: &mut Vec<Warning>) -> Vec<Listed> {
    let folders = fs::read_dir(output).into_iter().flatten().flatten();
    let mut names: Vec<String> = folders
        .filter_map(|f| f.file_name().into_string().ok())
        .filter(|n| !n.starts_with('.'))
        .collect();
    names.sort();
    let mut articles = Vec::new();
    for name in names {
        let Ok(bytes) = fs::read(output.join(&name).join(format!("{name}.json"))) else { continue };
        match serde_json::from_slice::<Manifest>(&bytes) {
            Ok(manifest) if manifest.schema == SCHEMA && manifest.slug == name => {
                articles.extend(Listed::of(manifest));
            }
            Ok(_) => {}
            Err(error) => warnings.push(Warning::new(
                "unreadable-manifest",
                format!("{name}/{name}.json is not listed, because it cannot be read: {error}; build the article again"),
            )),
        }
    }
    newest_first(&mut articles);
    articles
}

impl Listed {
    fn of(manifest: Manifest) -> Option<Self> {
        let Manifest { files, slug, .. } = manifest;
        let first = manifest.segments.iter().find(|s| s.role == Role::Paragraph);
        let sentences =
            manifest.segments.iter().filter(|s| first.is_some_and(|f| f.block == s.block));
        let beginning: Vec<&str> = sentences.map(|s| s.text.as_str()).collect();
        Some(Self {
            title: title(manifest.title.as_deref(), &slug),
            byline: manifest.byline,
            date: manifest.date.as_deref().and_then(Date::read),
            url: manifest.url,
            language: manifest.language,
            disclosure: manifest.disclosure,
            voice: manifest.voice.id,
            description: shortened(&beginning.join(" "), DESCRIPTION),
            duration_ms: manifest.duration_ms,
            recording: recording(&files)?.clone(),
            files,
            slug,
        })
    }

    /// The file of this media type.
    pub(in crate::publish) fn file(&self, media_type: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.media_type == media_type)
    }
}
