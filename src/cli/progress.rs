//! Progress of a build: a bar on a terminal, plain lines in a log, nothing when quiet.

use std::{
    io::Write,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{context::Context, render};
use crate::batch::{Event, Observer, Status};

/// Draws a run.
pub(super) struct Progress {
    context: Context,
    bar: ProgressBar,
    started: Instant,
    /// Milliseconds of speech so far.
    spoken: AtomicU64,
    /// Keeps an article's lines together.
    lines: Mutex<()>,
}

impl Progress {
    pub(super) fn new(context: &Context) -> Self {
        let bar = if context.bar { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template(
            "{bar:24} {percent:>3}%  {pos}/{len} words  {msg}  {eta} left",
        )
        .expect("the template is valid");
        bar.set_style(style);
        Self {
            context: context.clone(),
            bar,
            started: Instant::now(),
            spoken: AtomicU64::new(0),
            lines: Mutex::new(()),
        }
    }

    /// Takes the bar away.
    pub(super) fn close(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| self.context.say(line));
    }
}

impl Observer for Progress {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Planned { words, .. } => {
                self.bar.set_length(words as u64);
                self.bar.set_message("starting");
                self.bar.enable_steady_tick(Duration::from_millis(200));
            }
            Event::Spoken { words, milliseconds } => {
                let spoken = self.spoken.fetch_add(milliseconds, Ordering::Relaxed) + milliseconds;
                let elapsed = self.started.elapsed().as_secs_f64().max(0.001);
                #[expect(clippy::cast_precision_loss)]
                let speed = spoken as f64 / 1000.0 / elapsed;
                self.bar.set_message(format!("{speed:.0}x real time"));
                self.bar.inc(words as u64);
            }
            Event::Removed { source, removed, line } if self.context.verbose => {
                self.say(&render::removal_line(source, removed, line));
            }
            Event::Removed { .. } => {}
            Event::Ended(outcome) => {
                let _together = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
                let line = render::outcome_line(outcome);
                if matches!(outcome.status, Status::Failed(_)) {
                    // A failure is said even when quiet.
                    let mut error = anstream::stderr();
                    let _ = self.bar.suspend(|| writeln!(error, "{line}"));
                } else {
                    self.say(&line);
                }
                for warning in &outcome.warnings {
                    self.say(&render::warning_line(&outcome.source, warning));
                }
            }
        }
    }
}

/// A bar for fetching a voice.
pub(super) fn download_bar(context: &Context, bytes: u64) -> ProgressBar {
    if !context.bar {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{bar:24} {bytes}/{total_bytes}  {msg}").expect("valid");
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
