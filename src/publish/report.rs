//! The report of a build, `report.json`, schema `aloud.report/1`: what became of every article, and
//! the only file with timings.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::json;
use crate::model::{Timeline, Warning};

/// Name of the schema, with its version.
const SCHEMA: &str = "aloud.report/1";

/// A build.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// `aloud.report/1`.
    pub schema: String,
    /// Version of aloud.
    pub version: String,
    /// Articles and segments that were worked on at once.
    pub jobs: usize,
    /// Sums.
    pub totals: Totals,
    /// One row per input, in the order of the inputs.
    pub articles: Vec<ArticleReport>,
}

/// Sums over a build.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// All inputs.
    pub articles: usize,
    /// Those that were written.
    pub written: usize,
    /// Those that were skipped.
    pub skipped: usize,
    /// Those that failed.
    pub failed: usize,
    /// Written words that are spoken in what was written.
    pub words: u64,
    /// Length of the recordings.
    pub audio_seconds: f64,
    /// Length of the speech in them, without pauses.
    pub speech_seconds: f64,
    /// From the start of the build to its end.
    pub wall_seconds: f64,
    /// Seconds of speech per second of the build.
    pub times_real_time: f64,
    /// Warnings about articles.
    pub warnings: usize,
}

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleReport {
    /// As [`super::source_path`] names it.
    pub source: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Problems that did not stop it.
    pub warnings: Vec<Warning>,
}

/// How an article ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// All its files are in their places.
    Written {
        /// Its folder.
        slug: String,
        /// The voice that spoke.
        voice: String,
        /// Written words that are spoken.
        words: u64,
        /// Length of the recording.
        audio_seconds: f64,
        /// Length of the speech in it, without pauses.
        speech_seconds: f64,
        /// From its start to its end; articles overlap.
        wall_seconds: f64,
    },
    /// Left out on purpose.
    Skipped {
        /// Why: `draft`, `empty`, `unknown-type` and the like.
        reason: String,
    },
    /// Not written.
    Failed {
        /// What went wrong, with its causes, and the way out.
        error: String,
    },
}

impl Report {
    /// The report of a build that took `wall`.
    #[must_use]
    pub fn new(jobs: usize, wall: Duration, mut articles: Vec<ArticleReport>) -> Self {
        let mut totals = Totals { articles: articles.len(), ..Totals::default() };
        for article in &mut articles {
            totals.warnings += article.warnings.len();
            match &mut article.outcome {
                Outcome::Written { words, audio_seconds, speech_seconds, wall_seconds, .. } => {
                    totals.written += 1;
                    totals.words += *words;
                    totals.audio_seconds += *audio_seconds;
                    totals.speech_seconds += *speech_seconds;
                    for seconds in [audio_seconds, speech_seconds, wall_seconds] {
                        *seconds = thousandths(*seconds);
                    }
                }
                Outcome::Skipped { .. } => totals.skipped += 1,
                Outcome::Failed { .. } => totals.failed += 1,
            }
        }
        let wall = wall.as_secs_f64();
        let speed = if wall > 0.0 { totals.speech_seconds / wall } else { 0.0 };
        totals.audio_seconds = thousandths(totals.audio_seconds);
        totals.speech_seconds = thousandths(totals.speech_seconds);
        totals.wall_seconds = thousandths(wall);
        totals.times_real_time = thousandths(speed);
        let (schema, version) = (SCHEMA.into(), env!("CARGO_PKG_VERSION").into());
        Self { schema, version, jobs, totals, articles }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::to_bytes(self)
    }
}

/// Samples of speech in a recording: its cues, without the pauses between them.
#[must_use]
pub fn speech_samples(timeline: &Timeline) -> u64 {
    timeline.cues.iter().map(|cue| cue.end - cue.start).sum()
}

/// Rounded to 0.001.
fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::publication::tests::Sample, *};

    fn sample() -> Report {
        let row = |source: &str, outcome, warnings| ArticleReport {
            source: source.into(),
            outcome,
            warnings,
        };
        let written = Outcome::Written {
            slug: "a".into(),
            voice: "tone:beep".into(),
            words: 120,
            audio_seconds: 60.000_4,
            speech_seconds: 50.0,
            wall_seconds: 0.7,
        };
        let rows = vec![
            row("a.md", written, vec![Warning::new("test", "a warning")]),
            row("b.md", Outcome::Skipped { reason: "draft".into() }, vec![]),
            row("c.md", Outcome::Failed { error: "nothing to speak".into() }, vec![]),
        ];
        Report::new(2, Duration::from_millis(625), rows)
    }

    #[test]
    fn totals_add_up() {
        let expected = Totals {
            articles: 3,
            written: 1,
            skipped: 1,
            failed: 1,
            words: 120,
            audio_seconds: 60.0,
            speech_seconds: 50.0,
            wall_seconds: 0.625,
            times_real_time: 80.0,
            warnings: 1,
        };
        assert_eq!(sample().totals, expected);
        assert_eq!(Report::new(1, Duration::ZERO, vec![]).totals, Totals::default());
        assert_eq!(speech_samples(&Sample::new().timeline), 39_900 + 3900);
    }

    #[test]
    fn the_report_fits_its_schema_and_is_read_again() {
        let schema = include_str!("../../docs/schema/report.json");
        let schema: Value = serde_json::from_str(schema).expect("JSON");
        let report = sample();
        let value: Value = serde_json::from_slice(&report.to_json()).expect("JSON");
        json::schema::check(&schema, &value).expect("it fits");
        assert_eq!(serde_json::from_value::<Report>(value.clone()).expect("a report"), report);
        for (path, wrong) in [
            ("/articles/1/reason", Value::Null),
            ("/articles/1/outcome", json!("written")),
            ("/articles/0/outcome", json!("lost")),
            ("/totals/words", json!(1.5)),
            ("/jobs", json!(0)),
        ] {
            let mut changed = value.clone();
            *changed.pointer_mut(path).expect(path) = wrong;
            assert!(json::schema::check(&schema, &changed).is_err(), "{path} is wrong and passes");
        }
    }
}
