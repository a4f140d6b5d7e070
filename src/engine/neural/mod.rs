//! What the engines that are neural networks share: how a network is run, and how it is changed before.
//!
//! A network is loaded once and shared; what a worker needs of its own is a pool of one thread, so that
//! utterances, not matrices, are what runs in parallel.

#[cfg(feature = "piper")]
pub(super) mod graph;
pub(super) mod noise;

use std::{ops::Range, sync::Arc};

use rten::{ThreadPool, Value};
use rten_tensor::prelude::*;

use super::{EngineError, phonemes::Phonemes};
use crate::model::{Mark, Timing, Voice, Word};

/// The words that a worker read last: they are measured first and spoken next.
#[derive(Default)]
pub(super) struct LastRead(Option<(Vec<Word>, Phonemes)>);

impl LastRead {
    /// The phonemes of `words`, by `read` unless they were read last.
    ///
    /// # Errors
    /// What `read` says.
    pub(super) fn phonemes(
        &mut self,
        words: &[Word],
        read: impl FnOnce(&[Word]) -> Result<Phonemes, EngineError>,
    ) -> Result<&Phonemes, EngineError> {
        if self.0.as_ref().is_none_or(|(known, _)| known != words) {
            self.0 = Some((words.to_vec(), read(words)?));
        }
        Ok(&self.0.as_ref().expect("just read").1)
    }
}

/// Refuses an utterance of which a word got no time.
///
/// # Errors
/// Names the first such word.
pub(super) fn all_heard(voice: &Voice, words: &[Word], marks: &[Mark]) -> Result<(), EngineError> {
    match marks.iter().position(|mark| mark.range.is_empty()) {
        Some(i) => Err(EngineError::utterance(voice, &words[i..=i], "the voice gives it no time")),
        None => Ok(()),
    }
}

/// A pool of one thread for a network's runs.
pub(super) fn single_thread() -> Arc<ThreadPool> {
    Arc::new(ThreadPool::with_num_threads(1))
}

/// The numbers of `value`, row after row.
///
/// # Errors
/// When they are no floating point numbers, or not in order.
pub(super) fn contiguous<'a>(value: &'a Value, name: &str) -> Result<&'a [f32], String> {
    let Value::FloatTensor(tensor) = value else {
        return Err(format!("{name}: not floating point"));
    };
    tensor.data().ok_or_else(|| format!("{name}: not contiguous"))
}

/// Runs `work` so that the calling thread truly waits for it.
///
/// A thread of one rayon pool that waits for another pool takes up other jobs meanwhile. For a worker
/// that would mean to start the next utterance in the middle of this one, on the same stack and with
/// the same buffers, or to wait without end for a network that it is itself about to load (loading runs
/// parts of it, too); a plain thread in between (20 µs) just blocks.
pub(super) fn without_stealing<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    if rayon::current_thread_index().is_none() {
        return work();
    }
    std::thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// When each word sounds: `words` are ranges of ids, `durations` the frames of each id, a frame is `hop`
/// samples.
pub(super) fn marks(words: &[Range<usize>], durations: &[usize], hop: usize) -> Vec<Mark> {
    let (mut id, mut frame) = (0, 0);
    let mut frame_at = |target: usize| {
        while id < target {
            frame += durations[id];
            id += 1;
        }
        frame
    };
    words
        .iter()
        .map(|ids| {
            let (start, end) = (frame_at(ids.start), frame_at(ids.end));
            Mark { range: start * hop..end * hop, timing: Timing::Exact }
        })
        .collect()
}
