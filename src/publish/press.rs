//! What a build writes: the publishers that it was asked for and the site around them, chosen once, before
//! any work.

use std::sync::Arc;

use super::{
    FeedOptions, FileFormat, PublishError, Publisher, Site, SiteOptions, Srt, SyncNarration,
    Transcript, WebVtt,
    audio::{Encoded, FLAC, M4A, MP3, OPUS},
    chapters::JsonChapters,
    epub::Epub,
    page::Page,
};

/// The publishers of a build.
pub struct Press {
    formats: Vec<FileFormat>,
    publishers: Vec<Box<dyn Publisher>>,
    site: Arc<Site>,
}

impl Press {
    /// A press for `asked`, and for what every article has.
    ///
    /// # Errors
    /// When a setting cannot be used or a template is broken.
    pub fn new(
        asked: &[FileFormat],
        site: &SiteOptions,
        feed: &FeedOptions,
    ) -> Result<Self, PublishError> {
        let site = Arc::new(Site::new(site, feed)?);
        let formats = FileFormat::settle(asked);
        let publisher = site.publisher().map(str::to_owned);
        let cover = site.cover().map(Arc::new);
        let mut publishers: Vec<Box<dyn Publisher>> = Vec::new();
        for format in &formats {
            let encoding = match format {
                FileFormat::Mp3 => MP3,
                FileFormat::M4a => M4A,
                FileFormat::Opus => OPUS,
                FileFormat::Flac => FLAC,
                _ => continue,
            };
            let (publisher, cover) = (publisher.clone(), cover.clone());
            publishers.push(Box::new(Encoded { encoding, publisher, cover }));
        }
        publishers.push(Box::new(WebVtt));
        if site.has_feed() {
            publishers.push(Box::new(JsonChapters));
        }
        for format in &formats {
            match format {
                // Recordings stand first, so that the rest can speak of them.
                FileFormat::Wav
                | FileFormat::Mp3
                | FileFormat::M4a
                | FileFormat::Opus
                | FileFormat::Flac => {}
                FileFormat::Srt => publishers.push(Box::new(Srt)),
                FileFormat::Sync => publishers.push(Box::new(SyncNarration)),
                FileFormat::Transcript => publishers.push(Box::new(Transcript)),
                FileFormat::Epub => publishers.push(Box::new(Epub(Arc::clone(&site)))),
            }
        }
        // Last, because it offers the others.
        publishers.push(Box::new(Page(Arc::clone(&site))));
        Ok(Self { formats, publishers, site })
    }

    /// The formats that were asked for, each once; at least one of them is a recording.
    #[must_use]
    pub fn formats(&self) -> &[FileFormat] {
        &self.formats
    }

    /// What writes the files beside the recordings and the manifest, in the order of writing.
    pub fn publishers(&self) -> impl Iterator<Item = &dyn Publisher> {
        self.publishers.iter().map(AsRef::as_ref)
    }

    /// What is written once for all articles.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }
}
