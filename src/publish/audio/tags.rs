//! What a recording says of itself, for all formats alike.

use crate::{
    model::samples_to_ms,
    publish::{Publication, PublishError, chapters::chapters, disclosure},
};

/// A picture for players.
#[derive(Debug, Clone)]
pub(in crate::publish) struct Cover {
    /// `image/jpeg` or `image/png`.
    pub(in crate::publish) media_type: &'static str,
    pub(in crate::publish) bytes: Vec<u8>,
}

/// The tags of one recording. Texts are on one line and without control characters.
pub(super) struct Tags<'a> {
    pub(super) title: String,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) date: Option<String>,
    /// BCP 47.
    pub(super) language: String,
    /// Address of the article.
    pub(super) url: Option<String>,
    /// Where the text is from, and that the voice is synthetic.
    pub(super) comment: String,
    /// First millisecond, one past the last, and heading of each section; none without headings.
    pub(super) chapters: Vec<(u64, u64, String)>,
    pub(super) cover: Option<&'a Cover>,
}

impl<'a> Tags<'a> {
    /// The tags of `publication`.
    ///
    /// # Errors
    /// As [`chapters`].
    pub(super) fn of(
        publication: &Publication<'_>,
        publisher: Option<&str>,
        cover: Option<&'a Cover>,
    ) -> Result<Self, PublishError> {
        let meta = &publication.script.meta;
        let text =
            |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
        let url = text(&meta.url);
        let said = disclosure(publication.script, publication.voice);
        let timeline = publication.timeline;
        let end = samples_to_ms(timeline.samples, timeline.sample_rate);
        let starts = chapters(publication)?;
        let ends = starts.iter().skip(1).map(|c| c.start_ms).chain([end]);
        let chapters = starts
            .iter()
            .zip(ends)
            .map(|(chapter, end)| (chapter.start_ms, end, one_line(&chapter.title)))
            .collect();
        Ok(Self {
            title: one_line(&publication.title()),
            author: text(&meta.byline),
            publisher: publisher.map(one_line).filter(|p| !p.is_empty()),
            date: text(&meta.date),
            language: publication.language().to_owned(),
            comment: url.as_ref().map_or_else(|| said.clone(), |url| format!("{said} {url}")),
            url,
            chapters,
            cover,
        })
    }

    /// As Vorbis comments (names and values), chapters after the convention of the Chapter extension
    /// (`CHAPTER001=00:00:00.000`, `CHAPTER001NAME=...`).
    pub(super) fn vorbis(&self) -> Vec<(String, String)> {
        let mut comments = vec![("TITLE".to_owned(), self.title.clone())];
        let optional = [
            ("ARTIST", &self.author),
            ("ORGANIZATION", &self.publisher),
            ("PUBLISHER", &self.publisher),
            ("DATE", &self.date),
            ("WEBSITE", &self.url),
        ];
        for (name, value) in optional {
            comments.extend(value.iter().map(|value| (name.to_owned(), value.clone())));
        }
        comments.push(("LANGUAGE".into(), self.language.clone()));
        comments.push(("COMMENT".into(), self.comment.clone()));
        comments.push(("GENRE".into(), "Speech".into()));
        // The convention has three digits.
        for (i, (start, _, title)) in self.chapters.iter().take(999).enumerate() {
            let (seconds, ms) = (start / 1000, start % 1000);
            let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            let name = format!("CHAPTER{:03}", i + 1);
            comments.push((name.clone(), format!("{hours:02}:{minutes:02}:{seconds:02}.{ms:03}")));
            comments.push((format!("{name}NAME"), title.clone()));
        }
        comments
    }

    /// The cover as a FLAC picture block (RFC 9639, section 8.8), which Opus uses too. Width, height
    /// and depth are left for players to find, as the standard allows.
    pub(super) fn picture(&self) -> Option<Vec<u8>> {
        let cover = self.cover?;
        let field = |bytes: &[u8]| {
            let length = u32::try_from(bytes.len()).expect("a cover is small");
            [&length.to_be_bytes()[..], bytes].concat()
        };
        let front = 3_u32.to_be_bytes();
        let unknown = [0; 16];
        Some(
            [
                &front[..],
                &field(cover.media_type.as_bytes()),
                &field(b""),
                &unknown,
                &field(&cover.bytes),
            ]
            .concat(),
        )
    }
}

/// The three letters of ISO 639-2 that players know a language by, for the languages that voices speak most.
pub(super) fn iso_639_2(language: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 30] = [
        ("ar", "ara"),
        ("bg", "bul"),
        ("cs", "ces"),
        ("da", "dan"),
        ("de", "deu"),
        ("el", "ell"),
        ("en", "eng"),
        ("es", "spa"),
        ("et", "est"),
        ("fi", "fin"),
        ("fr", "fra"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hu", "hun"),
        ("id", "ind"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ko", "kor"),
        ("nb", "nob"),
        ("nl", "nld"),
        ("no", "nor"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "ron"),
        ("ru", "rus"),
        ("sv", "swe"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("vi", "vie"),
        ("zh", "zho"),
    ];
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    CODES.iter().find(|(two, _)| *two == primary).map(|(_, three)| *three)
}

/// White space folded, control characters left out.
fn one_line(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().filter(|c| !c.is_control()).collect()
}
