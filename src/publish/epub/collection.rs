//! The book of all articles, made from their own books: texts, overlays and recordings are copied as they
//! are, so it takes no more memory than one of them, and articles of earlier builds are in it too.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use zip::ZipArchive;

use super::{
    super::{
        Output, PublishError,
        captions::one_line,
        html,
        site::{Listed, Site},
    },
    Archive, MEDIA_TYPE, archive_error,
    package::{Book, Part},
    recording,
};

/// Writes the book of those of `articles` in `output` that have a book, in their order.
pub(in crate::publish) fn write_collection(
    site: &Site,
    articles: &[Listed],
    output: &Path,
    out: &mut dyn Output,
) -> Result<(), PublishError> {
    let mut parts = Vec::new();
    let (mut creators, mut languages, mut narrators) = (Vec::new(), Vec::new(), Vec::new());
    let once = |list: &mut Vec<String>, text: String| {
        if !list.contains(&text) {
            list.push(text);
        }
    };
    once(&mut languages, site.language().to_owned());
    let mut paths: Vec<PathBuf> = Vec::new();
    for article in articles {
        let (Some(book), Some(index)) = (article.file(MEDIA_TYPE), recording(&article.files))
        else {
            continue;
        };
        let path = output.join(&article.slug).join(&book.path);
        let book = opened(&path)?;
        let language = html::language(&article.language).unwrap_or("en");
        let byline = article.byline.as_deref().map(one_line);
        if let Some(byline) = &byline {
            once(&mut creators, byline.clone());
        }
        once(&mut languages, language.to_owned());
        once(&mut narrators, article.voice.clone());
        let overlay = format!("EPUB/{}/text.smil", article.slug);
        parts.push(Part {
            slug: &article.slug,
            title: article.title.clone(),
            byline,
            language,
            duration_ms: article.duration_ms,
            audio: &article.files[index].path,
            audio_type: &article.files[index].media_type,
            overlay: book.index_for_name(&overlay).is_some(),
            sections: Vec::new(),
        });
        paths.push(path);
    }
    let newest = articles.iter().filter_map(|article| article.date).max();
    let book = Book {
        identifier: site.identifier(""),
        title: site.title().to_owned(),
        creators,
        publisher: site.publisher(),
        modified: newest.unwrap_or(site.undated()),
        published: newest,
        source: None,
        narrators,
        languages,
        cover: site.cover_file(),
        contents_shown: true,
        parts,
    };
    let mut zip = Archive::begin(out, &book)?;
    for (part, path) in book.parts.iter().zip(paths) {
        // Opened once more: there may be more of them than files that can be open at once.
        let mut own = opened(&path)?;
        let folder = format!("EPUB/{}/", part.slug);
        for index in 0..own.len() {
            let file = own.by_index_raw(index).map_err(archive_error)?;
            if file.name().map_err(archive_error)?.starts_with(&folder) {
                zip.0.raw_copy_file(file).map_err(archive_error)?;
            }
        }
    }
    zip.end()
}

fn opened(path: &Path) -> Result<ZipArchive<BufReader<File>>, PublishError> {
    ZipArchive::new(BufReader::new(File::open(path)?)).map_err(archive_error)
}
