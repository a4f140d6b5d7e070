//! The settings of what is published: `[site]` and `[feed]` in `aloud.toml`.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;

/// How the site that a build writes presents itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteOptions {
    /// Name of the site, of the podcast and of the collection. Default "Listen".
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Language of the site's own words (BCP 47); articles have their own. Default "en".
    pub language: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// A square JPEG or PNG, at best 1400 to 3000 pixels wide.
    pub image: Option<PathBuf>,
    /// Folder with templates that take the place of the built-in ones. Default "templates".
    pub templates: PathBuf,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self {
            title: "Listen".into(),
            description: "Articles, read aloud.".into(),
            language: "en".into(),
            publisher: None,
            image: None,
            templates: PathBuf::from("templates"),
        }
    }
}

/// The podcast feed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FeedOptions {
    /// Address that the output folder is served from; without it there is no feed.
    pub base_url: Option<String>,
    /// The podcast's own identifier (`podcast:guid`), for one that has moved. Default: made from the
    /// feed's address.
    pub guid: Option<String>,
    /// Whom directories name as author. Default: the site's publisher, or its title.
    pub author: Option<String>,
    /// Address of the owner, by which directories verify a podcast. Default: none.
    pub email: Option<String>,
    /// A category of Apple's list. Default "News".
    pub category: String,
    /// Whether the content is explicit.
    pub explicit: bool,
    /// Date of articles that have none, because feeds need one. Default 2000-01-01.
    pub undated: String,
}

impl Default for FeedOptions {
    fn default() -> Self {
        Self {
            base_url: None,
            guid: None,
            author: None,
            email: None,
            category: "News".into(),
            explicit: false,
            undated: "2000-01-01".into(),
        }
    }
}

impl SiteOptions {
    /// Makes paths that are relative to `folder` (that of `aloud.toml`) relative to the current one.
    pub fn resolve(&mut self, folder: &Path) {
        self.templates = folder.join(&self.templates);
        self.image = self.image.as_ref().map(|image| folder.join(image));
    }
}

impl FeedOptions {
    /// The address that the output folder is served from, with a slash at its end.
    ///
    /// # Errors
    /// When it is not a whole address.
    pub fn base(&self) -> Result<Option<Url>, String> {
        let Some(text) = self.base_url.as_deref() else { return Ok(None) };
        let wrong = || {
            format!(
                "[feed] base_url is \"{text}\", but must be the whole address that the output folder \
                 is served from, such as https://example.org/listen/"
            )
        };
        let mut url = Url::parse(text.trim()).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(wrong());
        }
        url.set_query(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Some(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_whole_address() {
        let base = |text: &str| {
            let options = FeedOptions { base_url: Some(text.into()), ..FeedOptions::default() };
            options.base().map(|url| url.expect("one is set").to_string())
        };
        let good = "https://example.org/listen/";
        for text in [good, "https://example.org/listen", " https://example.org/listen?x#y"] {
            assert_eq!(base(text).as_deref(), Ok(good), "{text}");
        }
        for text in ["example.org/listen", "/listen", "ftp://example.org/", "https://", ""] {
            let error = base(text).expect_err(text);
            assert!(
                error.contains(&format!("\"{text}\", but must be the whole address")),
                "{error}"
            );
        }
        assert_eq!(FeedOptions::default().base(), Ok(None));
    }
}
