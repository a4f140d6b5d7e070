//! Books: EPUB 3.3 with Media Overlays, one for each article ([`Epub`]) and one for all of them
//! ([`write_collection`]). A reading system shows the text and plays the recording, and marks each word as
//! it is spoken.
//!
//! An article's part of a book is a folder that holds its text, its overlay and its recording and points
//! nowhere else but to the style sheet, so that the collection takes it from the article's book as it is.

mod collection;
mod package;

use std::{
    fs::File,
    io::{self, Write},
    sync::Arc,
};

use uuid::Uuid;
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

pub(super) use self::collection::write_collection;
use self::package::{Book, Part};
use super::{
    FileEntry, Output, Publication, PublishError, Publisher,
    captions::one_line,
    date::Date,
    disclosure,
    document::{Document, Marks, article_direction, document},
    html::{self, escape},
    overlay::{self, Sentence},
    site::Site,
};
use crate::model::samples_to_ms;

/// Media type of the format.
pub(super) const MEDIA_TYPE: &str = "application/epub+zip";
/// How books look.
const STYLE: &str = include_str!("../assets/book.css");
/// Recordings that every reading system has to play (EPUB 3.3, core media types).
const CORE: [&str; 3] = ["audio/mpeg", "audio/mp4", "audio/ogg"];

/// The book of one article.
pub(super) struct Epub(pub(super) Arc<Site>);

impl Publisher for Epub {
    fn media_type(&self) -> &'static str {
        MEDIA_TYPE
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.epub")
    }

    fn applies(&self, publication: &Publication<'_>) -> bool {
        recording(publication.files).is_some()
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        let Some(index) = recording(publication.files) else { return Ok(()) };
        let (entry, path) = (&publication.files[index], &publication.paths[index]);
        let document = document(publication, Marks::Ids)?;
        let sentences = overlay::sentences(publication, &document.words)?;
        let meta = &publication.script.meta;
        let date = meta.date.as_deref().and_then(Date::read);
        let part = Part {
            slug: publication.slug,
            title: publication.title(),
            byline: meta.byline.as_deref().map(one_line),
            language: language(publication),
            duration_ms: samples_to_ms(
                publication.timeline.samples,
                publication.timeline.sample_rate,
            ),
            audio: &entry.path,
            audio_type: &entry.media_type,
            overlay: !sentences.is_empty(),
            sections: document
                .sections
                .iter()
                .map(|s| (s.level, s.id.as_str(), s.text.as_str()))
                .collect(),
        };
        let source = meta.url.as_deref().and_then(|url| html::address(url, None));
        let book = Book {
            identifier: self.0.identifier(publication.slug),
            title: part.title.clone(),
            creators: part.byline.iter().cloned().collect(),
            publisher: self.0.publisher(),
            modified: date.unwrap_or(self.0.undated()),
            published: date,
            source,
            narrators: vec![publication.voice.id.clone()],
            languages: vec![part.language.to_owned()],
            cover: self.0.cover_file(),
            contents_shown: false,
            parts: vec![part],
        };
        let mut zip = Archive::begin(out, &book)?;
        let slug = publication.slug;
        zip.text(&format!("EPUB/{slug}/text.xhtml"), &text(publication, &book, &document))?;
        if !sentences.is_empty() {
            zip.text(&format!("EPUB/{slug}/text.smil"), &smil(&sentences, &entry.path))?;
        }
        zip.stored(&format!("EPUB/{slug}/{}", entry.path), &mut File::open(path)?)?;
        zip.end()
    }
}

/// The first of `files` that is a recording which books may hold.
fn recording(files: &[FileEntry]) -> Option<usize> {
    CORE.iter().find_map(|kind| files.iter().position(|file| file.media_type == *kind))
}

fn language<'a>(publication: &Publication<'a>) -> &'a str {
    html::language(publication.language()).unwrap_or("en")
}

impl Site {
    /// An identifier that stays the same over rebuilds; the empty `slug` is that of the collection.
    fn identifier(&self, slug: &str) -> Uuid {
        Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{}{slug}", self.root()).as_bytes())
    }
}

/// An article's text.
fn text(publication: &Publication<'_>, book: &Book<'_>, document: &Document) -> String {
    let language = language(publication);
    let direction = article_direction(language);
    let disclosure = disclosure(publication.script, publication.voice);
    let original = book.source.as_deref().map_or_else(String::new, |url| {
        format!(
            "<p lang=\"en\" xml:lang=\"en\" dir=\"ltr\"><a href=\"{}\">Read the original</a></p>\n",
            escape(url)
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <title>{}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"../book.css\"/>\n</head>\n\
         <body>\n<main>\n{}{}</main>\n<footer>\n\
         <p lang=\"en\" xml:lang=\"en\" dir=\"ltr\">{}</p>\n{original}</footer>\n</body>\n</html>\n",
        escape(&book.title),
        document.head,
        document.body,
        escape(&disclosure)
    )
}

/// An article's overlay: a sequence for each sentence, a pair of text and sound for each word.
fn smil(sentences: &[Sentence], audio: &str) -> String {
    let mut smil = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<smil xmlns=\"http://www.w3.org/ns/SMIL\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" version=\"3.0\">\n<body>\n",
    );
    let clock = |ms: u64| format!("{}.{:03}s", ms / 1000, ms % 1000);
    for sentence in sentences {
        let id = &sentence.id;
        smil.push_str(&format!("<seq id=\"q-{id}\" epub:textref=\"text.xhtml#{id}\">\n"));
        for part in &sentence.parts {
            let (part, from, to) = (&part.id, clock(part.start), clock(part.end));
            smil.push_str(&format!(
                "<par id=\"p-{part}\"><text src=\"text.xhtml#{part}\"/>\
                 <audio src=\"{audio}\" clipBegin=\"{from}\" clipEnd=\"{to}\"/></par>\n"
            ));
        }
        smil.push_str("</seq>\n");
    }
    smil.push_str("</body>\n</smil>\n");
    smil
}

/// A book that is being written: the media type first, all times the same, no time of day.
struct Archive<'a>(ZipWriter<&'a mut dyn Output>);

impl<'a> Archive<'a> {
    /// Begins `book` with everything but its parts.
    fn begin(out: &'a mut dyn Output, book: &Book<'_>) -> Result<Self, PublishError> {
        let mut zip = Self(ZipWriter::new(out));
        zip.stored("mimetype", &mut MEDIA_TYPE.as_bytes())?;
        zip.text("META-INF/container.xml", package::CONTAINER)?;
        zip.text("EPUB/package.opf", &book.package())?;
        zip.text("EPUB/nav.xhtml", &book.navigation())?;
        zip.text("EPUB/book.css", STYLE)?;
        if let Some((name, bytes)) = book.cover {
            zip.stored(&format!("EPUB/{name}"), &mut &*bytes)?;
        }
        Ok(zip)
    }

    /// A file that is made smaller.
    fn text(&mut self, name: &str, text: &str) -> Result<(), PublishError> {
        self.0.start_file(name, options(CompressionMethod::Deflated)).map_err(archive_error)?;
        Ok(self.0.write_all(text.as_bytes())?)
    }

    /// A file as it is.
    fn stored(&mut self, name: &str, from: &mut dyn io::Read) -> Result<(), PublishError> {
        self.0.start_file(name, options(CompressionMethod::Stored)).map_err(archive_error)?;
        io::copy(from, &mut self.0)?;
        Ok(())
    }

    fn end(self) -> Result<(), PublishError> {
        self.0.finish().map_err(archive_error)?;
        Ok(())
    }
}

fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}

fn archive_error(error: ZipError) -> PublishError {
    PublishError::Io(error.into())
}

#[cfg(test)]
mod tests;
