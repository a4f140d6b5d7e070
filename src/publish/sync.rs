//! [W3C Synchronized Narration](https://w3c.github.io/sync-media-pub/): which element of the listen page
//! goes with which part of the recording. A draft of a community group; its terms are `narration`, `text`,
//! `audio` and `role`.

use serde::Serialize;

use super::{
    Output, Publication, PublishError, Publisher,
    document::{Marks, document},
    json,
    overlay::{self, Part, Sentence},
};
use crate::model::Role;

/// The synchronized narration format.
#[derive(Debug, Clone, Copy, Default)]
pub struct SyncNarration;

impl Publisher for SyncNarration {
    fn media_type(&self) -> &'static str {
        "application/vnd.syncnarr+json"
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.sync.json")
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        let Some(recording) = publication.recording() else { return Ok(()) };
        let page = document(publication, Marks::Ids)?;
        let sentences = overlay::sentences(publication, &page.words)?;
        let blocks = sentences.chunk_by(|a, b| (a.block, a.role) == (b.block, b.role));
        let narration = blocks
            .map(|block| Narration {
                role: role(block[0].role),
                narration: block.iter().map(|s| sentence(s, &recording.path)).collect(),
            })
            .collect();
        let document = Narration::<Narration<Narration<Pair>>> { role: "document", narration };
        Ok(out.write_all(&json::to_bytes(&document))?)
    }
}

/// Things that sound one after the other.
#[derive(Serialize)]
struct Narration<T> {
    role: &'static str,
    narration: Vec<T>,
}

/// An element and its sound.
#[derive(Serialize)]
struct Pair {
    text: String,
    audio: String,
}

fn sentence(sentence: &Sentence, recording: &str) -> Narration<Pair> {
    let pair = |part: &Part| Pair {
        text: format!("index.html#{}", part.id),
        audio: format!("{recording}#t={},{}", seconds(part.start), seconds(part.end)),
    };
    Narration { role: "sentence", narration: sentence.parts.iter().map(pair).collect() }
}

/// Milliseconds as seconds, as media fragments have them.
fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// The nearest role of the EPUB structural semantics vocabulary, which the draft points to.
fn role(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Heading => "heading",
        Role::ListItem => "list-item",
        Role::Table => "table-row",
        Role::Image => "figure",
        Role::Note => "footnote",
        Role::Byline | Role::Paragraph | Role::Quote | Role::Caption | Role::Code => "paragraph",
        Role::Announcement => "aside",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::publication::tests::Sample, *};

    #[test]
    fn words_of_the_page_and_their_sound() {
        let text = Sample::new().rendered(&SyncNarration);
        let document: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(document["narration"].as_array().expect("blocks").len(), 2);
        let second = json!({
            "role": "paragraph",
            "narration": [{
                "role": "sentence",
                "narration": [{"text": "index.html#s2-1", "audio": "fees.wav#t=3.094,4.375"}],
            }],
        });
        assert_eq!(document["narration"][1], second);
    }
}
