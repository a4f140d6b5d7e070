//! Text for people: one place for labels, durations and lines.

use anstyle::{AnsiColor, Style};

use crate::{
    batch::{Outcome, Status, Totals},
    model::{Removed, Warning},
    spoken::{Finding, Severity},
};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const DIM: Style = Style::new().dimmed();

fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `error:`, in its colour. The stream strips the colour where it is not wanted.
pub(super) fn label_error() -> String {
    styled(ERROR, "error:")
}

/// Quiet text.
pub(super) fn dim(text: &str) -> String {
    styled(DIM, text)
}

/// A warning about an article.
pub(super) fn warning_line(about: &str, warning: &Warning) -> String {
    let place = warning.line.map_or_else(|| about.to_owned(), |line| format!("{about}:{line}"));
    format!("{} {place}: {} [{}]", styled(WARNING, "warning:"), warning.message, warning.code)
}

/// A finding about a lexicon.
pub(super) fn finding_line(file: &str, finding: &Finding) -> String {
    let label = match finding.severity {
        Severity::Error => label_error(),
        Severity::Warning => styled(WARNING, "warning:"),
    };
    let Finding { line, column, message, code, .. } = finding;
    format!("{file}:{line}:{column}: {label} {message} [{code}]")
}

/// A removal, for the verbose.
pub(super) fn removal_line(source: &str, removed: &Removed, line: u32) -> String {
    let text = shortened(&removed.text, 100);
    dim(&format!("removed {source}:{line}: {text} [{}]", removed.rule))
}

/// White space folded, cut at about `most` characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &folded[..end]),
        None => folded,
    }
}

/// The line for an article that has ended.
pub(super) fn outcome_line(outcome: &Outcome) -> String {
    let name = &outcome.source;
    match &outcome.status {
        Status::Written(written) => {
            let wav = written.files.iter().find(|f| f.ends_with(".wav"));
            let file = wav.or(written.files.first()).map_or("", String::as_str);
            format!(
                "{} {name} -> {file} ({}, {} words, {})",
                styled(GOOD, "wrote"),
                clock(written.duration_ms),
                written.words,
                written.voice
            )
        }
        Status::Skipped(reason) => format!("{} {name}: {reason}", styled(DIM, "skipped")),
        Status::Failed(error) => format!("{} {name}: {error}", label_error()),
    }
}

/// The closing summary.
pub(super) fn summary(totals: &Totals, seconds: f64) -> String {
    let counted = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    #[expect(clippy::cast_precision_loss)]
    let speech = totals.duration_ms as f64 / 1000.0;
    let mut parts = vec![format!(
        "{} written, {} of speech ({} words) in {seconds:.1} s",
        counted(totals.written, "article"),
        clock(totals.duration_ms),
        totals.words,
    )];
    if speech > 0.0 && seconds > 0.0 {
        parts.push(format!("{:.0} times real time", speech / seconds));
    }
    if totals.skipped > 0 {
        parts.push(format!("{} skipped", totals.skipped));
    }
    if totals.warnings > 0 {
        parts.push(counted(totals.warnings, "warning"));
    }
    if totals.failed > 0 {
        parts.push(styled(ERROR, &format!("{} failed", totals.failed)));
    }
    parts.join(", ")
}

/// Milliseconds as `m:ss` or `h:mm:ss`.
pub(super) fn clock(ms: u64) -> String {
    let seconds = (ms + 500) / 1000;
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        let cases = [(0, "0:00"), (59_499, "0:59"), (59_500, "1:00"), (3_661_000, "1:01:01")];
        for (ms, wanted) in cases {
            assert_eq!(clock(ms), wanted);
        }
    }

    #[test]
    fn a_summary_names_only_what_happened() {
        let totals = Totals { written: 1, words: 200, duration_ms: 60_000, ..Totals::default() };
        assert_eq!(
            summary(&totals, 1.0),
            "1 article written, 1:00 of speech (200 words) in 1.0 s, 60 times real time"
        );
        let totals = Totals { skipped: 1, warnings: 2, failed: 3, ..Totals::default() };
        let text = anstream::adapter::strip_str(&summary(&totals, 0.5)).to_string();
        assert_eq!(
            text,
            "0 articles written, 0:00 of speech (0 words) in 0.5 s, 1 skipped, 2 warnings, 3 failed"
        );
    }
}
