//! The chapters of an article: its sections, by their headings. As a file they are
//! [JSON chapters](https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md)
//! for the podcast feed.

use serde::Serialize;

use super::{Output, Publication, PublishError, Publisher, captions, json};
use crate::model::{Role, samples_to_ms};

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Its heading, on one line.
    pub title: String,
}

/// The chapters of `publication`: first what comes before the first heading, under the article's title.
/// None when it has no headings.
///
/// # Errors
/// [`PublishError::Inconsistent`] when script and timeline do not belong together.
pub fn chapters(publication: &Publication<'_>) -> Result<Vec<Chapter>, PublishError> {
    let rate = publication.timeline.sample_rate;
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut block = None;
    for timed in publication.segments()? {
        let segment = timed.segment;
        if segment.role != Role::Heading || segment.text.trim().is_empty() {
            continue;
        }
        let title = captions::one_line(&segment.text);
        match chapters.last_mut().filter(|_| block == Some(segment.block)) {
            // A heading of several sentences.
            Some(chapter) => chapter.title.push_str(&format!(" {title}")),
            None => {
                chapters.push(Chapter { start_ms: samples_to_ms(timed.cue.start, rate), title });
            }
        }
        block = Some(segment.block);
    }
    let opens = publication.script.segments.first().is_some_and(|s| s.role == Role::Heading);
    if let Some(first) = chapters.first_mut().filter(|_| opens) {
        first.start_ms = 0;
    } else if !chapters.is_empty() {
        chapters.insert(0, Chapter { start_ms: 0, title: publication.title() });
    }
    Ok(chapters)
}

/// The JSON chapters format.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct JsonChapters;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    start_time: f64,
    title: String,
}

#[derive(Serialize)]
struct Document {
    version: &'static str,
    chapters: Vec<Row>,
}

impl Publisher for JsonChapters {
    fn media_type(&self) -> &'static str {
        "application/json+chapters"
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.chapters.json")
    }

    fn applies(&self, publication: &Publication<'_>) -> bool {
        publication.script.segments.iter().any(|s| s.role == Role::Heading)
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        #[expect(clippy::cast_precision_loss)]
        let row = |c: Chapter| Row { start_time: c.start_ms as f64 / 1000.0, title: c.title };
        let chapters = chapters(publication)?.into_iter().map(row).collect();
        Ok(out.write_all(&json::to_bytes(&Document { version: "1.2.0", chapters }))?)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::publication::tests::Sample, *};

    #[test]
    fn headings_begin_chapters() {
        let mut sample = Sample::new();
        assert_eq!(chapters(&sample.publication()).expect("consistent"), []);
        assert!(!JsonChapters.applies(&sample.publication()));
        sample.script.segments[1].role = Role::Heading;
        let expected = [
            Chapter { start_ms: 0, title: "Fees".into() },
            Chapter { start_ms: 3094, title: "Stop.".into() },
        ];
        assert_eq!(chapters(&sample.publication()).expect("consistent"), expected);
        let text = sample.rendered(&JsonChapters);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["chapters"][1]["startTime"], 3.094);
        sample.script.segments[0].role = Role::Heading;
        assert_eq!(chapters(&sample.publication()).expect("consistent")[0].start_ms, 0);
    }
}
