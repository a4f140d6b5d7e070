//! The listen page of an article, `index.html` in its folder: its text in its structure, and a player that
//! follows it. It is whole in itself: style and script are inside, allowed by their hashes and nothing else,
//! and only the recording is loaded. Without scripts the browser's own player and the text remain.

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use url::Url;

use super::{
    FileEntry, Output, Publication, PublishError, Publisher,
    date::Date,
    disclosure,
    document::{Marks, article_direction, document},
    html,
    site::{GENERATOR, Site, SiteValues},
};
use crate::model::{BlockKind, samples_to_ms};

/// Longest title, in characters, where a page is named and not read.
const NAME: usize = 150;
/// Longest description of an article.
pub(super) const DESCRIPTION: usize = 200;

/// The page format.
pub(super) struct Page(pub(super) Arc<Site>);

impl Publisher for Page {
    fn media_type(&self) -> &'static str {
        "text/html"
    }

    fn file_name(&self, _: &str) -> String {
        "index.html".into()
    }

    fn marker(&self) -> Option<&'static str> {
        Some(GENERATOR)
    }

    fn applies(&self, publication: &Publication<'_>) -> bool {
        publication.recording().is_some()
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        let page = self.0.templates.render("page.html", &self.values(publication)?)?;
        Ok(out.write_all(page.as_bytes())?)
    }
}

/// What the template can print.
#[derive(Serialize)]
struct Values<'a> {
    site: SiteValues<'a>,
    csp: String,
    style: &'a str,
    script: &'a str,
    json_ld: String,
    language: &'a str,
    direction: &'static str,
    title: String,
    short_title: String,
    byline: Option<&'a str>,
    /// The byline, when it is not among the article's words.
    credit: Option<&'a str>,
    date: Option<DateValues>,
    description: String,
    original: Option<String>,
    address: Option<String>,
    head: String,
    body: String,
    audio: AudioValues<'a>,
    duration: String,
    seconds: String,
    downloads: Vec<Download<'a>>,
    sync: Option<&'a str>,
    voice: &'a str,
    disclosure: String,
}

/// A date for machines and for people.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateValues {
    iso: String,
    text: String,
}

impl From<Date> for DateValues {
    fn from(date: Date) -> Self {
        Self { iso: date.iso(), text: date.text() }
    }
}

#[derive(Serialize)]
struct AudioValues<'a> {
    path: &'a str,
    media_type: &'a str,
    address: Option<String>,
}

#[derive(Serialize)]
struct Download<'a> {
    path: &'a str,
    label: &'static str,
    size: String,
}

impl Page {
    fn values<'a>(&'a self, publication: &Publication<'a>) -> Result<Values<'a>, PublishError> {
        let site = &*self.0;
        let recording = publication.recording().ok_or_else(|| PublishError::Inconsistent {
            segment: publication.slug.to_owned(),
            reason: "there is no recording".into(),
        })?;
        let document = document(publication, Marks::Times)?;
        let meta = &publication.script.meta;
        let title = publication.title();
        let blocks = &publication.script.blocks;
        let credited = blocks.iter().any(|block| block.kind == BlockKind::Byline);
        let ms = samples_to_ms(publication.timeline.samples, publication.timeline.sample_rate);
        let language = html::language(publication.language()).unwrap_or("en");
        let (style, script) = (site.templates.style(), site.templates.script());
        let original = meta.url.as_deref().and_then(|url| html::address(url, None));
        let audio = AudioValues {
            path: &recording.path,
            media_type: &recording.media_type,
            address: site.address(publication.slug, &recording.path),
        };
        let sync = publication.files.iter().find(|f| f.path.ends_with(".sync.json"));
        let mut values = Values {
            site: site.values(),
            csp: String::new(),
            style,
            script,
            json_ld: String::new(),
            language,
            direction: article_direction(language),
            short_title: shortened(&title, NAME),
            title,
            byline: meta.byline.as_deref(),
            credit: meta.byline.as_deref().filter(|_| !credited),
            date: meta.date.as_deref().and_then(Date::read).map(DateValues::from),
            description: description(publication),
            original,
            address: site.address(publication.slug, ""),
            head: document.head,
            body: document.body,
            audio,
            duration: clock(ms),
            seconds: format!("{}.{:03}", ms / 1000, ms % 1000),
            downloads: downloads(publication.files),
            sync: sync.map(|f| f.path.as_str()),
            voice: &publication.voice.id,
            disclosure: disclosure(publication.script, publication.voice),
        };
        values.json_ld = html::script_json(&linked_data(&values, recording, ms));
        // Linked data does not run, but it is in a script element, and there are checkers that want it allowed.
        values.csp = format!(
            "default-src 'none'; style-src {}; script-src {} {}; media-src 'self' file:; base-uri 'none'; \
             form-action 'none'",
            html::csp_hash(style),
            html::csp_hash(script),
            html::csp_hash(&values.json_ld)
        );
        Ok(values)
    }
}

/// The article and its recording in the terms of schema.org.
fn linked_data(values: &Values<'_>, recording: &FileEntry, ms: u64) -> serde_json::Value {
    let mut audio = json!({
        "@context": "https://schema.org",
        "@type": "AudioObject",
        "name": values.title,
        "description": values.disclosure,
        "contentUrl": values.audio.address.as_deref().unwrap_or(&recording.path),
        "encodingFormat": recording.media_type,
        "contentSize": recording.bytes.to_string(),
        "duration": iso_duration(ms),
        "inLanguage": values.language,
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
        "creditText": values.disclosure,
        "contributor": { "@type": "SoftwareApplication", "name": format!("aloud, voice {}", values.voice) },
        "encodesCreativeWork": { "@type": "Article", "headline": values.short_title, "inLanguage": values.language },
    });
    let article = &mut audio["encodesCreativeWork"];
    if let Some(byline) = values.byline {
        article["author"] = json!({ "@type": "Person", "name": byline });
    }
    if let Some(date) = &values.date {
        article["datePublished"] = json!(date.iso);
    }
    if let Some(original) = &values.original {
        article["url"] = json!(original);
    }
    audio
}

/// The files that a reader may want to keep.
fn downloads(files: &[FileEntry]) -> Vec<Download<'_>> {
    files.iter().filter_map(download).collect()
}

fn download(file: &FileEntry) -> Option<Download<'_>> {
    let label = match file.media_type.as_str() {
        "audio/wav" => "WAV",
        "audio/mpeg" => "MP3",
        "audio/mp4" => "M4A",
        "audio/ogg" => "Opus",
        "audio/flac" => "FLAC",
        "application/epub+zip" => "EPUB",
        "text/plain" => "Text",
        "text/vtt" => "Captions (WebVTT)",
        "application/x-subrip" => "Captions (SRT)",
        _ => return None,
    };
    Some(Download { path: &file.path, label, size: size(file.bytes) })
}

/// A file's length for people.
fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        if tenths < 100 {
            format!("{}.{}", tenths / 10, tenths % 10)
        } else {
            (tenths / 10).to_string()
        }
    };
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

/// Milliseconds as `m:ss` or `h:mm:ss`.
pub(super) fn clock(ms: u64) -> String {
    let seconds = (ms + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Milliseconds as an ISO 8601 duration.
fn iso_duration(ms: u64) -> String {
    let seconds = (ms + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let hours = if hours > 0 { format!("{hours}H") } else { String::new() };
    format!("PT{hours}{minutes}M{seconds}S")
}

/// What the article begins with, or that it is spoken when it begins with nothing.
fn description(publication: &Publication<'_>) -> String {
    let blocks = &publication.script.blocks;
    let first = blocks.iter().find(|b| b.kind == BlockKind::Paragraph && b.added.is_none());
    match first {
        Some(block) => shortened(block.text.as_str(), DESCRIPTION),
        None => disclosure(publication.script, publication.voice),
    }
}

/// At most `most` characters of `text` on one line, cut between words where it can be.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    let kept = &text[..cut];
    let kept = kept.rfind(' ').map_or(kept, |space| &kept[..space]);
    format!("{}…", kept.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The address of `file` in the folder of `slug`, seen from `base`; without a file, of the folder.
pub(super) fn address(base: Option<&Url>, slug: &str, file: &str) -> Option<String> {
    base?.join(&format!("{slug}/{file}")).ok().map(|url| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::{super::publication::tests::Sample, *};
    use crate::publish::{FeedOptions, SiteOptions};

    fn page(sample: &Sample, feed: &FeedOptions) -> String {
        let site = Site::new(&SiteOptions::default(), feed).expect("good settings");
        sample.rendered(&Page(Arc::new(site)))
    }

    /// An article that tries to break out of every place it is put in.
    fn hostile() -> Sample {
        let evil = "</title></script></style><script>alert(1)</script>\" onload='x' <!-- \u{0} ]]>";
        let mut sample = Sample::new();
        sample.script.meta.title = Some(format!("{evil}\n{evil}"));
        sample.script.meta.byline = Some(evil.into());
        sample.script.meta.date = Some(evil.into());
        sample.script.meta.url = Some(format!("javascript:{evil}"));
        sample.script.meta.language = Some(evil.into());
        sample.voice.id = evil.into();
        sample.script.segments[1].text = evil.into();
        sample.script.segments[1].spoken.clear();
        sample.timeline.cues[1].words.clear();
        sample.files[0].path = "a\"b.wav".into();
        sample
    }

    #[test]
    fn an_article_full_of_scripts_changes_nothing() {
        let feed =
            FeedOptions { base_url: Some("https://example.org/".into()), ..FeedOptions::default() };
        let (calm, page) = (page(&Sample::new(), &feed), page(&hostile(), &feed));
        for tag in ["<script", "</script", "<style", "</style", "<!--", "<title"] {
            assert_eq!(page.matches(tag).count(), calm.matches(tag).count(), "{tag}");
        }
        assert!(!page.contains('\0') && !page.contains("href=\"javascript"));
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(page.contains("src=\"a&quot;b.wav\""));
    }

    #[test]
    fn it_says_what_it_is() {
        let page = page(&Sample::new(), &FeedOptions::default());
        for part in [
            "<html lang=\"en\">",
            "<title>Fees – Listen</title>",
            "<article lang=\"en-US\" dir=\"ltr\">",
            "<meta name=\"synthetic-voice\" content=\"tone:beep\">",
            "src=\"fees.wav\"",
            "\"@type\":\"AudioObject\"",
            "TrainedAlgorithmicMediaDigitalSource",
            "\"duration\":\"PT0M4S\"",
            "<a href=\"fees.wav\" download>WAV</a> <span class=\"size\">140 kB</span>",
            "<p class=\"synthetic\">This is synthetic speech, generated by aloud with the voice tone:beep.</p>",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        for absent in ["og:audio", "og:url", "feed.xml", "https://fonts", "style=\""] {
            assert!(!page.contains(absent), "{absent}");
        }
    }

    #[test]
    fn only_what_is_in_the_policy_runs() {
        let page = page(&Sample::new(), &FeedOptions::default());
        let policy = page.split_once("Content-Security-Policy\" content=\"").expect("a policy").1;
        let policy = policy.split_once('"').expect("its end").0;
        assert!(policy.starts_with("default-src &#39;none&#39;; "), "{policy}");
        for (open, close) in [
            ("<script>", "</script>"),
            ("<script type=\"application/ld+json\">", "</script>"),
            ("<style>", "</style>"),
        ] {
            let inside = page.split_once(open).expect(open).1.split_once(close).expect(close).0;
            let hash = html::escape(&html::csp_hash(inside)).into_owned();
            assert!(policy.contains(&hash), "{open} is not allowed by {policy}");
            assert_eq!(inside.trim(), inside);
        }
    }

    #[test]
    fn lengths_for_people() {
        for (bytes, expected) in
            [(999, "999 bytes"), (1_500, "1.5 kB"), (140_044, "140 kB"), (5_250_000, "5.3 MB")]
        {
            assert_eq!(size(bytes), expected);
        }
        assert_eq!((clock(59_600).as_str(), clock(3_723_000).as_str()), ("1:00", "1:02:03"));
        assert_eq!(iso_duration(3_723_000), "PT1H2M3S");
        assert_eq!(shortened("one two  three", 9), "one two…");
        assert_eq!(shortened("one two", 7), "one two");
        assert_eq!(shortened(&"x".repeat(300), 5), "xxxxx…");
    }
}
