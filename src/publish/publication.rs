//! What every output format is made from, and the parts of it that several formats share: written
//! words with their times, and the sentence that says the voice is synthetic.

use std::{
    io::{Seek, Write},
    ops::Range,
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use super::PublishError;
use crate::model::{Script, Segment, Timeline, Timing, Voice, Warning, WordCue};

/// Where a file's bytes go. It can be sought in: an archive's directory comes last.
pub trait Output: Write + Seek {}

impl<T: Write + Seek> Output for T {}

/// Turns a finished article into one file. Pure: the same publication gives the same bytes.
pub trait Publisher: Send + Sync {
    /// Its IANA media type.
    fn media_type(&self) -> &'static str;

    /// The file's name in the article's folder.
    fn file_name(&self, slug: &str) -> String;

    /// What an earlier file of this name has in it if aloud wrote it, for names that others use too; a file
    /// without it is left alone.
    fn marker(&self) -> Option<&'static str> {
        None
    }

    /// Whether the article has what this file is about, such as chapters.
    fn applies(&self, _: &Publication<'_>) -> bool {
        true
    }

    /// Writes the file's bytes.
    ///
    /// # Errors
    /// [`PublishError::Inconsistent`] when script and timeline do not belong together,
    /// [`PublishError::Io`] when `out` takes no more.
    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError>;
}

/// Settings by name.
pub type Settings = serde_json::Map<String, serde_json::Value>;

/// A finished article.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// What was spoken and what was not.
    pub script: &'a Script,
    /// When it sounds: one cue per segment, one word cue per spoken word.
    pub timeline: &'a Timeline,
    /// Name of the article's folder and, with extensions, of its files.
    pub slug: &'a str,
    /// [`crate::model::Source::name`].
    pub source_name: &'a str,
    /// Who spoke.
    pub voice: &'a Voice,
    /// The voice that was asked for, as written; `None` when nobody asked.
    pub requested_voice: Option<&'a str>,
    /// Version of the engine.
    pub engine_version: &'a str,
    /// The settings that shaped text or sound, by name.
    pub settings: &'a Settings,
    /// What became of the source's words.
    pub coverage: CoverageCounts,
    /// The article's files that are whole so far, recordings first; never the manifest.
    pub files: &'a [FileEntry],
    /// Where the bytes of each of `files` are until the article is put in its place.
    pub paths: &'a [PathBuf],
    /// Warnings of the stages after the script's own.
    pub warnings: &'a [Warning],
}

/// How many words of the source went where. Counted from the raw source, apart from all stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageCounts {
    /// Words of the source.
    pub source_words: u64,
    /// Those that stand in a segment.
    pub spoken_words: u64,
    /// Those that stand in a removal.
    pub removed_words: u64,
    /// Spoken words that the source does not have, each put there by a named rule.
    pub added_words: u64,
    /// Words of the source that stand in neither: must be 0.
    pub unaccounted_words: u64,
}

/// One file of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Relative to the manifest.
    pub path: String,
    /// IANA media type.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A written word (or several that are spoken as one thing, as in "$3.5 million") and its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordEntry<'a> {
    /// As written.
    pub text: &'a str,
    /// Its byte range in the segment's text.
    pub written: Range<usize>,
    /// The words that are said for it, single spaces between.
    pub spoken: String,
    /// First sample.
    pub start: u64,
    /// One past the last sample.
    pub end: u64,
    /// [`Timing::Exact`] only when all of its spoken words are.
    pub timing: Timing,
}

/// A segment and when it sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedSegment<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// Its sound, in samples.
    pub cue: Range<u64>,
    /// Its written words.
    pub words: Vec<WordEntry<'a>>,
}

impl<'a> Publication<'a> {
    /// The segments with their cues' ranges in samples and their written words.
    ///
    /// # Errors
    /// [`PublishError::Inconsistent`] unless there is a cue for every segment, a word cue for every
    /// spoken word, and every word stands for a part of its segment's text.
    pub fn segments(&self) -> Result<Vec<TimedSegment<'a>>, PublishError> {
        let (segments, cues) = (&self.script.segments, &self.timeline.cues);
        if segments.len() != cues.len() {
            return Err(PublishError::Inconsistent {
                segment: segments.last().map_or_else(String::new, |s| s.id.clone()),
                reason: format!("{} segments but {} cues", segments.len(), cues.len()),
            });
        }
        let pairs = segments.iter().zip(cues);
        pairs
            .map(|(segment, cue)| {
                let words = words(segment, &cue.words)?;
                Ok(TimedSegment { segment, cue: cue.start..cue.end, words })
            })
            .collect()
    }

    /// What the article is called: its title, or a name made from its slug.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.script.meta.title.as_deref(), self.slug)
    }

    /// The recording that players are given: of those written, the first of the kinds that most
    /// players know.
    #[must_use]
    pub fn recording(&self) -> Option<&'a FileEntry> {
        recording(self.files)
    }

    /// The article's language, or that of the voice where nothing is known.
    #[must_use]
    pub fn language(&self) -> &'a str {
        self.script.meta.language.as_deref().unwrap_or(&self.voice.language)
    }
}

/// What an article is called: its `title` on one line, or a name made from its slug.
pub(super) fn title(title: Option<&str>, slug: &str) -> String {
    let words: Vec<&str> = title.unwrap_or_default().split_whitespace().collect();
    if !words.is_empty() {
        return words.join(" ");
    }
    let mut name = slug.replace('-', " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// Media types of recordings, those that most players know first.
const RECORDINGS: [&str; 5] = ["audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/wav"];

/// The recording among `files` that players are given.
pub(super) fn recording(files: &[FileEntry]) -> Option<&FileEntry> {
    RECORDINGS.iter().find_map(|kind| files.iter().find(|file| file.media_type == *kind))
}

/// The words of `segment`, those that follow one another and share a written range as one.
fn words<'a>(segment: &'a Segment, cues: &[WordCue]) -> Result<Vec<WordEntry<'a>>, PublishError> {
    let inconsistent = |reason: String| {
        let segment = segment.id.clone();
        PublishError::Inconsistent { segment, reason }
    };
    if segment.spoken.len() != cues.len() {
        let (words, marks) = (segment.spoken.len(), cues.len());
        return Err(inconsistent(format!("{words} words but {marks} word cues")));
    }
    let mut entries: Vec<WordEntry<'a>> = Vec::new();
    for (word, cue) in segment.spoken.iter().zip(cues) {
        if let Some(entry) = entries.last_mut().filter(|entry| entry.written == word.written) {
            entry.spoken.push(' ');
            entry.spoken.push_str(&word.text);
            entry.end = entry.end.max(cue.end);
            if cue.timing == Timing::Interpolated {
                entry.timing = Timing::Interpolated;
            }
            continue;
        }
        let text = segment.text.get(word.written.clone()).ok_or_else(|| {
            inconsistent(format!("\"{}\" stands for no part of its text", word.text))
        })?;
        entries.push(WordEntry {
            text,
            written: word.written.clone(),
            spoken: word.text.clone(),
            start: cue.start,
            end: cue.end,
            timing: cue.timing,
        });
    }
    Ok(entries)
}

/// The sentence that tells listeners and programs that no person is speaking, and names the voices: the
/// article's, then others as they come.
#[must_use]
pub fn disclosure(script: &Script, voice: &Voice) -> String {
    let mut voices = vec![voice.id.as_str()];
    for other in script.segments.iter().filter_map(|s| s.voice.as_deref()) {
        if !voices.contains(&other) {
            voices.push(other);
        }
    }
    let said = match voices.as_slice() {
        [only] => format!("voice {only}"),
        [first @ .., last] => format!("voices {} and {last}", first.join(", ")),
        [] => unreachable!("the article's voice is one"),
    };
    format!("This is synthetic speech, generated by aloud with the {said}.")
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::model::{
        Block, BlockKind, Cue, Format, Meta, Prosody, Removed, Role, SourceText, Span, Text, Word,
    };

    /// A finished article of two sentences that shows what is hard: money spoken as four words, out
    /// of order, a shared range, markup in the text, a removal.
    pub(in crate::publish) struct Sample {
        pub(in crate::publish) script: Script,
        pub(in crate::publish) timeline: Timeline,
        pub(in crate::publish) voice: Voice,
        pub(in crate::publish) files: Vec<FileEntry>,
    }

    pub(in crate::publish) static NO_SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::new);

    impl Sample {
        pub(in crate::publish) fn new() -> Self {
            let first = "“Fees” rose $3.5 million & fell --> <again>.";
            let second = "Stop.";
            let source = format!("[button]\n{first}\n\n{second}\n");
            let word = |text: &str, written: &str, in_text: &str| {
                let start = in_text.find(written).expect("it is there");
                Word { text: text.into(), written: start..start + written.len(), ..Word::default() }
            };
            let money = "$3.5 million";
            let spoken = vec![
                word("fees", "Fees", first),
                word("rose", "rose", first),
                word("three", money, first),
                word("point", money, first),
                word("five", money, first),
                word("million", money, first),
                word("dollars", money, first),
                word("and", "&", first),
                word("fell", "fell", first),
                word("again", "again", first),
            ];
            let segment = |id: &str, text: &str, spoken| Segment {
                id: id.into(),
                role: Role::Paragraph,
                text: text.into(),
                spoken,
                given: Vec::new(),
                places: Vec::new(),
                language: "en-US".into(),
                asked: None,
                prosody: Prosody::default(),
                pause_after_ms: 500,
                span: Span::from(source.find(text).map(|s| s..s + text.len()).expect("there")),
                block: 0,
                voice: None,
                fallback: None,
                added: None,
            };
            let segments = vec![
                segment("s1", first, spoken),
                Segment { block: 1, ..segment("s2", second, vec![word("stop", "Stop", second)]) },
            ];
            let script = Script {
                segments,
                removed: vec![Removed {
                    rule: "listen-button",
                    text: "[button]".into(),
                    span: Span::new(0, 8),
                }],
                warnings: vec![Warning::new("test", "a warning").at_line(2)],
                meta: Meta {
                    title: Some("Fees".into()),
                    language: Some("en-US".into()),
                    ..Meta::default()
                },
                blocks: [first, second]
                    .map(|text| {
                        let at = source.find(text).expect("there");
                        let span = Span::new(at, at + text.len());
                        Block::new(BlockKind::Paragraph, Text::from_source(text, span), span)
                    })
                    .into(),
                source: SourceText::new(source, Format::Text, "00".repeat(32)),
            };
            let mut timeline = Timeline {
                sample_rate: 16_000,
                samples: 70_000,
                cues: Vec::new(),
                loudness_lufs: Some(-20.123_456),
                true_peak_dbtp: None,
            };
            let mut at = 1600;
            for segment in &script.segments {
                let words: Vec<WordCue> = (0..segment.spoken.len() as u64)
                    .map(|i| {
                        let start = at + i * 4000;
                        WordCue { start, end: start + 3900, timing: Timing::Exact }
                    })
                    .collect();
                let end = words.last().map_or(at, |w| w.end);
                timeline.cues.push(Cue { start: at, end, words });
                at = end + 8000;
            }
            timeline.cues[0].words[3].timing = Timing::Interpolated;
            let files = vec![FileEntry {
                path: "fees.wav".into(),
                media_type: "audio/wav".into(),
                bytes: 140_044,
                sha256: "ab".repeat(32),
            }];
            Self { script, timeline, voice: crate::testing::voice(), files }
        }

        pub(in crate::publish) fn publication(&self) -> Publication<'_> {
            Publication {
                script: &self.script,
                timeline: &self.timeline,
                slug: "fees",
                source_name: "posts/fees.txt",
                voice: &self.voice,
                requested_voice: Some("US English Female"),
                engine_version: "1",
                settings: &NO_SETTINGS,
                coverage: CoverageCounts::default(),
                files: &self.files,
                paths: &[],
                warnings: &[],
            }
        }

        /// What `publisher` writes, as text.
        pub(in crate::publish) fn rendered(&self, publisher: &dyn Publisher) -> String {
            let mut out = std::io::Cursor::new(Vec::new());
            publisher.write(&self.publication(), &mut out).expect("consistent");
            String::from_utf8(out.into_inner()).expect("UTF-8")
        }
    }

    #[test]
    fn words_that_share_a_written_range_are_one_entry() {
        let sample = Sample::new();
        let segments = sample.publication().segments().expect("consistent");
        let TimedSegment { cue, words, .. } = &segments[0];
        let texts: Vec<_> = words.iter().map(|w| w.text).collect();
        assert_eq!(texts, ["Fees", "rose", "$3.5 million", "&", "fell", "again"]);
        let money = &words[2];
        assert_eq!(money.spoken, "three point five million dollars");
        assert_eq!(money.start..money.end, 9600..29_500);
        assert_eq!(money.timing, Timing::Interpolated, "one of its words is");
        assert_eq!(words[1].timing, Timing::Exact);
        assert_eq!(*cue, 1600..41_500);
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        type Change = fn(&mut Sample);
        let changes: [(&str, Change); 4] = [
            ("segment s2: 2 segments but 1 cues", |s| s.timeline.cues.truncate(1)),
            ("segment s2: 1 words but 0 word cues", |s| s.timeline.cues[1].words.clear()),
            ("segment s1: \"fees\" stands for no part", |s| {
                s.script.segments[0].spoken[0].written = 0..1000;
            }),
            ("segment s1: \"fees\" stands for no part", |s| {
                s.script.segments[0].spoken[0].written = 1..5;
            }),
        ];
        for (message, change) in changes {
            let mut sample = Sample::new();
            change(&mut sample);
            let error = sample.publication().segments().expect_err(message).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
