//! The manifest of an article, `<slug>.json`, schema `aloud.article/1`: what was spoken, when, by
//! which voice, what was removed by which rule, and the files beside it. Nothing in it depends on
//! the clock. Its fields are described in docs/formats.md and docs/schema/article.json.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    CoverageCounts, FileEntry, Output, Publication, PublishError, Publisher, Settings,
    TimedSegment, disclosure, json,
};
use crate::model::{Segment, Timing, Warning, samples_to_ms};

/// Name of the schema, with its version.
pub(super) const SCHEMA: &str = "aloud.article/1";

/// The manifest format.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manifest;

impl Publisher for Manifest {
    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn file_name(&self, slug: &str) -> String {
        format!("{slug}.json")
    }

    fn write(
        &self,
        publication: &Publication<'_>,
        out: &mut dyn Output,
    ) -> Result<(), PublishError> {
        Ok(out.write_all(&json::to_bytes(&article(publication)?))?)
    }
}

/// The fields in the order in which they are written.
#[derive(Serialize)]
struct Article<'a> {
    schema: &'static str,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    slug: &'a str,
    language: &'a str,
    source: String,
    source_sha256: &'a str,
    disclosure: String,
    voice: ArticleVoice<'a>,
    settings: &'a Settings,
    duration_ms: u64,
    words: usize,
    loudness_lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    files: &'a [FileEntry],
    segments: Vec<ArticleSegment<'a>>,
    removed: Vec<ArticleRemoval<'a>>,
    coverage: CoverageCounts,
    warnings: Vec<&'a Warning>,
}

#[derive(Serialize)]
struct ArticleVoice<'a> {
    requested: Option<&'a str>,
    id: &'a str,
    engine: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct ArticleSegment<'a> {
    id: &'a str,
    role: crate::model::Role,
    text: &'a str,
    spoken: String,
    language: &'a str,
    voice: &'a str,
    line: u32,
    block: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback: Option<&'a str>,
    start_ms: u64,
    end_ms: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<ArticleMark<'a>>,
    words: Vec<ArticleWord<'a>>,
}

#[derive(Serialize)]
struct ArticleMark<'a> {
    name: &'a str,
    at_ms: u64,
}

#[derive(Serialize)]
struct ArticleWord<'a> {
    text: &'a str,
    spoken: String,
    start_ms: u64,
    end_ms: u64,
    timing: Timing,
}

#[derive(Serialize)]
struct ArticleRemoval<'a> {
    rule: &'static str,
    text: &'a str,
    line: u32,
}

fn article<'a>(publication: &Publication<'a>) -> Result<Article<'a>, PublishError> {
    let Publication { script, timeline, voice, .. } = *publication;
    let (meta, lines) = (&script.meta, &script.source.lines);
    let ms = |samples| samples_to_ms(samples, timeline.sample_rate);
    let segments: Vec<ArticleSegment<'_>> = publication
        .segments()?
        .into_iter()
        .map(|TimedSegment { segment, cue, words }| ArticleSegment {
            id: &segment.id,
            role: segment.role,
            // As written: words that aloud added are written nowhere.
            text: written(segment, &segment.text),
            spoken: segment.spoken_text(),
            language: &segment.language,
            voice: segment.voice.as_deref().unwrap_or(&voice.id),
            line: lines.line(segment.span.start),
            block: segment.block,
            added: segment.added,
            fallback: segment.fallback.as_deref(),
            start_ms: ms(cue.start),
            end_ms: ms(cue.end),
            marks: segment
                .places
                .iter()
                .map(|place| ArticleMark {
                    name: &place.name,
                    // Where the next word begins; behind the last one, where the sound ends.
                    at_ms: words
                        .iter()
                        .find(|word| word.written.end > place.at)
                        .map_or(ms(cue.end), |word| ms(word.start)),
                })
                .collect(),
            words: words
                .into_iter()
                .map(|word| ArticleWord {
                    text: written(segment, word.text),
                    spoken: word.spoken,
                    start_ms: ms(word.start),
                    // A mark of less than a millisecond is still longer than none.
                    end_ms: ms(word.end).max(ms(word.start) + 1),
                    timing: word.timing,
                })
                .collect(),
        })
        .collect();
    let removed = script.removed.iter().map(|removal| ArticleRemoval {
        rule: removal.rule,
        text: &removal.text,
        line: lines.line(removal.span.start),
    });
    Ok(Article {
        schema: SCHEMA,
        title: meta.title.as_deref(),
        byline: meta.byline.as_deref(),
        date: meta.date.as_deref(),
        url: meta.url.as_deref(),
        slug: publication.slug,
        language: publication.language(),
        source: source_path(publication.source_name),
        source_sha256: &script.source.sha256,
        disclosure: disclosure(script, voice),
        voice: ArticleVoice {
            requested: publication.requested_voice,
            id: &voice.id,
            engine: &voice.engine,
            version: publication.engine_version,
        },
        settings: publication.settings,
        duration_ms: ms(timeline.samples),
        words: segments.iter().map(|s| s.words.len()).sum(),
        loudness_lufs: timeline.loudness_lufs.map(hundredths),
        true_peak_dbtp: timeline.true_peak_dbtp.map(hundredths),
        files: publication.files,
        segments,
        removed: removed.collect(),
        coverage: publication.coverage,
        warnings: script.warnings.iter().chain(publication.warnings).collect(),
    })
}

/// Rounded to 0.01: what a meter is good for, and equal on processors that round otherwise.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A part of a segment's text, or nothing if the segment is not of the source.
fn written<'a>(segment: &Segment, text: &'a str) -> &'a str {
    if segment.added.is_some() { "" } else { text }
}

/// How a source is named in published files: relative, with `/`. Of an absolute path only the file's
/// name is left, because the folders of the machine are nobody's business; steps upwards are left
/// out.
#[must_use]
pub fn source_path(name: &str) -> String {
    let slashed = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let parts: Vec<&str> = slashed.split('/').filter(|p| !matches!(*p, "" | "." | "..")).collect();
    if slashed.starts_with('/') || Path::new(name).is_absolute() {
        parts.last().copied().unwrap_or_default().to_owned()
    } else {
        parts.join("/")
    }
}

/// The source of the article that an earlier build wrote as `slug`, as [`source_path`] gives it;
/// `None` when there is none or its manifest cannot be read.
#[must_use]
pub fn source_of(output: &Path, slug: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Head {
        schema: String,
        source: String,
    }
    let bytes = fs::read(output.join(slug).join(format!("{slug}.json"))).ok()?;
    let head: Head = serde_json::from_slice(&bytes).ok()?;
    (head.schema == SCHEMA).then_some(head.source)
}

#[cfg(test)]
mod tests;
