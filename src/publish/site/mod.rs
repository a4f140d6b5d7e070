//! The files of a whole site: `index.html`, `feed.xml` with its image, and `aloud-button.js`. They are made
//! from all manifests in the output folder, whichever build wrote them, and from nothing else, so the same
//! folder gives the same bytes.

mod articles;
mod feed;
mod index;

use std::{fs, path::Path};

use serde::Serialize;
use url::Url;

use self::articles::Listed;
use super::{
    FeedOptions, PublishError, SiteOptions, Stage, audio::Cover, date::Date, html, page,
    template::Templates,
};
use crate::model::Warning;

/// What aloud's own pages have in them, by which a later build knows them.
pub(super) const GENERATOR: &str = r#"<meta name="generator" content="aloud">"#;
/// The same of feeds.
const FEED_GENERATOR: &str = "<generator>aloud</generator>";
/// The listen button.
const BUTTON: &str = include_str!("../assets/aloud-button.js");
/// The same of scripts: the first words of the button.
const BUTTON_MARKER: &str = "aloud-button.js, the listen button of aloud";
/// The image of feeds that have none of their own.
const COVER: &[u8] = include_bytes!("../assets/cover.png");

/// Bytes of the largest picture.
const LARGEST_IMAGE: usize = 5_000_000;

/// How a build's site presents itself: settings that have been checked, and templates.
pub struct Site {
    options: SiteOptions,
    feed: FeedOptions,
    base: Option<Url>,
    undated: Date,
    image: Option<Image>,
    pub(super) templates: Templates,
}

/// The site's picture.
struct Image {
    name: &'static str,
    bytes: Vec<u8>,
}

/// What templates can print of the site.
#[derive(Serialize)]
pub(super) struct SiteValues<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    publisher: Option<&'a str>,
    image: Option<String>,
}

impl Site {
    /// A site with these settings.
    ///
    /// # Errors
    /// [`PublishError::Setting`] when one cannot be used, [`PublishError::Template`] when a template is
    /// broken.
    pub fn new(options: &SiteOptions, feed: &FeedOptions) -> Result<Self, PublishError> {
        let setting = |reason: String| PublishError::Setting { reason };
        let base = feed.base().map_err(setting)?;
        let undated = Date::read(&feed.undated).ok_or_else(|| {
            let wrong = &feed.undated;
            setting(format!("[feed] undated is \"{wrong}\", but must be a date such as 2026-03-02"))
        })?;
        if html::language(&options.language).is_none() {
            return Err(setting(format!(
                "[site] language is \"{}\", but must be a language tag such as en or pt-BR",
                options.language
            )));
        }
        let image = match &options.image {
            Some(path) => Some(image(path).map_err(setting)?),
            None => base.is_some().then(|| Image { name: "cover.png", bytes: COVER.to_vec() }),
        };
        let templates = Templates::load(&options.templates)?;
        Ok(Self { options: options.clone(), feed: feed.clone(), base, undated, image, templates })
    }

    /// Who publishes it.
    pub(super) fn publisher(&self) -> Option<&str> {
        self.options.publisher.as_deref()
    }

    /// The picture for recordings: the site's own, when it has one.
    pub(super) fn cover(&self) -> Option<Cover> {
        let image = self.image.as_ref().filter(|_| self.options.image.is_some())?;
        let media_type = if image.name.ends_with(".png") { "image/png" } else { "image/jpeg" };
        Some(Cover { media_type, bytes: image.bytes.clone() })
    }

    /// Whether there is a feed: whether the site's address is known.
    #[must_use]
    pub fn has_feed(&self) -> bool {
        self.base.is_some()
    }

    /// The address of `file` of the article `slug`, or of its folder when `file` is empty; `None` when
    /// the site's address is not known.
    pub(super) fn address(&self, slug: &str, file: &str) -> Option<String> {
        page::address(self.base.as_ref(), slug, file)
    }

    /// What templates can print.
    pub(super) fn values(&self) -> SiteValues<'_> {
        SiteValues {
            title: &self.options.title,
            description: &self.options.description,
            language: &self.options.language,
            publisher: self.options.publisher.as_deref(),
            image: self.image_address(),
        }
    }

    fn image_address(&self) -> Option<String> {
        let image = self.image.as_ref()?;
        Some(self.base.as_ref()?.join(image.name).ok()?.to_string())
    }

    /// Writes the site's files into the output folder of `stage`.
    ///
    /// # Errors
    /// When one cannot be written, or a template fails.
    pub fn write(&self, stage: &Stage) -> Result<Vec<Warning>, PublishError> {
        let mut warnings = Vec::new();
        let articles = articles::listed(stage.output(), &mut warnings);
        let mut write = |name: &str, bytes: &[u8], marker: &str| {
            match stage.foreign(name, marker) {
                Some(warning) => warnings.push(warning),
                None => stage.write(name, bytes)?,
            }
            Ok::<(), PublishError>(())
        };
        write("index.html", self.index(&articles)?.as_bytes(), GENERATOR)?;
        write("aloud-button.js", BUTTON.as_bytes(), BUTTON_MARKER)?;
        if let Some(image) = &self.image {
            stage.write(image.name, &image.bytes)?;
        }
        if let Some(feed) = self.rendered_feed(&articles)? {
            write("feed.xml", feed.as_bytes(), FEED_GENERATOR)?;
            let undated = articles.iter().filter(|a| a.date.is_none()).count();
            if undated > 0 {
                warnings.push(Warning::new(
                    "undated-articles",
                    format!(
                        "{undated} of {} articles have no date; the feed gives them {}, which [feed] undated \
                         changes",
                        articles.len(),
                        self.feed.undated
                    ),
                ));
            }
        }
        Ok(warnings)
    }
}

/// Reads a picture.
fn image(path: &Path) -> Result<Image, String> {
    let shown = path.display();
    let bytes = fs::read(path)
        .map_err(|e| format!("[site] image {shown}: {e}; name a JPEG or PNG file that exists"))?;
    let name = match bytes.get(..4) {
        Some([0xff, 0xd8, 0xff, _]) => "cover.jpg",
        Some([0x89, b'P', b'N', b'G']) => "cover.png",
        _ => return Err(format!("[site] image {shown} is neither a JPEG nor a PNG")),
    };
    if bytes.len() > LARGEST_IMAGE {
        return Err(format!(
            "[site] image {shown} has {} MB; it goes into every recording, so it may have {}",
            bytes.len().div_ceil(1_000_000),
            LARGEST_IMAGE / 1_000_000
        ));
    }
    Ok(Image { name, bytes })
}

/// The listed articles, newest first; those without a date last, by name.
fn newest_first(articles: &mut [Listed]) {
    articles.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug)));
}

#[cfg(test)]
mod tests;
