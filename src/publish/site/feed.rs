//! `feed.xml`: the podcast of all articles, RSS 2.0 with the tags of Apple and of the Podcast Namespace.

use serde::Serialize;
use url::Url;
use uuid::Uuid;

use super::{
    super::{PublishError, html},
    Listed, Site, SiteValues,
};

/// The namespace of `podcast:guid`, as the Podcast Namespace sets it.
const PODCASTS: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

#[derive(Serialize)]
struct Values<'a> {
    site: SiteValues<'a>,
    base: &'a str,
    image: String,
    author: &'a str,
    email: Option<&'a str>,
    category: &'a str,
    explicit: &'static str,
    guid: String,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    title: &'a str,
    link: String,
    guid: String,
    date: String,
    description: String,
    byline: Option<&'a str>,
    language: &'a str,
    url: String,
    bytes: u64,
    media_type: &'a str,
    seconds: u64,
    captions: String,
    chapters: Option<String>,
}

impl Site {
    /// The feed; `None` when the site's address is not known.
    pub(super) fn rendered_feed(
        &self,
        articles: &[Listed],
    ) -> Result<Option<String>, PublishError> {
        let (Some(base), Some(image)) = (&self.base, self.image_address()) else { return Ok(None) };
        let guid = self.feed.guid.clone().unwrap_or_else(|| podcast_guid(base));
        let items = articles.iter().filter_map(|article| {
            let address = |file: &str| self.address(&article.slug, file);
            let described = if article.description.is_empty() {
                article.disclosure.clone()
            } else {
                format!("{}\n\n{}", article.description, article.disclosure)
            };
            Some(Item {
                title: &article.title,
                link: article
                    .url
                    .as_deref()
                    .and_then(|url| html::address(url, None))
                    .or_else(|| address(""))?,
                // The podcast's own, so that it stays when the address of the site changes.
                guid: format!("{guid}/{}", article.slug),
                date: article.date.unwrap_or(self.undated).rfc822(),
                description: described,
                byline: article.byline.as_deref(),
                language: html::language(&article.language).unwrap_or("en"),
                url: address(&article.recording.path)?,
                bytes: article.recording.bytes,
                media_type: &article.recording.media_type,
                seconds: (article.duration_ms + 500) / 1000,
                captions: address(&article.file("text/vtt")?.path)?,
                chapters: article.file("application/json+chapters").and_then(|f| address(&f.path)),
            })
        });
        let author = self.feed.author.as_deref().or(self.options.publisher.as_deref());
        let values = Values {
            site: self.values(),
            base: base.as_str(),
            image,
            author: author.unwrap_or(&self.options.title),
            email: self.feed.email.as_deref(),
            category: &self.feed.category,
            explicit: if self.feed.explicit { "true" } else { "false" },
            guid: guid.clone(),
            items: items.collect(),
        };
        self.templates.render("feed.xml", &values).map(Some)
    }
}

/// The identifier of the podcast whose feed is below `base`: made from the feed's address without scheme and
/// closing slashes, as the Podcast Namespace says.
fn podcast_guid(base: &Url) -> String {
    let feed = format!("{base}feed.xml");
    let name = feed.split_once("://").map_or(feed.as_str(), |(_, rest)| rest);
    Uuid::new_v5(&PODCASTS, name.trim_end_matches('/').as_bytes()).to_string()
}

#[test]
fn the_guid_is_that_of_the_namespace() {
    // The example of the specification, for a feed at mp3s.nashownotes.com/pc20rss.xml.
    let name = b"mp3s.nashownotes.com/pc20rss.xml";
    assert_eq!(Uuid::new_v5(&PODCASTS, name).to_string(), "917393e3-1b1e-5cef-ace4-edaa54e1f810");
    let base = |text| podcast_guid(&Url::parse(text).expect("an address"));
    assert_eq!(base("https://example.org/a/"), base("http://example.org/a/"));
}
