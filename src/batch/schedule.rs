//! Spreads articles, and the segments of long ones, over worker threads.
//!
//! Takes an order of jobs and a [`Narration`] that knows how to do them; gives every segment to a
//! worker, every finished piece to its article's single writer in order, and every article to
//! `finish`. It knows nothing of speech, so that its promises can be tested with plain numbers:
//!
//! - a worker stays with its article; when no article is left to start, it helps with the one that
//!   has most left, so the last long article does not keep one core busy and the others idle;
//! - at most as many articles are open as there are workers, and at most `window` segments of one
//!   are ahead of its writer: memory does not grow with the number or the length of articles;
//! - one failing or panicking article ends alone, with the error of its first failing segment at any
//!   number of workers (segments are handed out in order and those under way are waited for).
//!
//! Plain `par_iter` over articles and again over their segments was the alternative: a worker that
//! waits for a segment may then steal a whole other article and hold two open, without a bound.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::error::panic_message;

/// The work behind the jobs.
pub(super) trait Narration: Sync {
    /// What workers share of an open article.
    type Article: Send + Sync;
    /// An article's writer, used by one worker at a time.
    type Output: Send;
    /// What speaking one segment gives.
    type Piece: Send;
    /// What a worker keeps between segments.
    type Worker;
    /// Why an article fails.
    type Error: Send;

    /// State for one worker.
    fn worker(&self) -> Self::Worker;

    /// Opens job `job`; `None` when it has already ended (skipped).
    fn start(&self, job: usize) -> Result<Option<Opened<Self>>, Self::Error>;

    /// Speaks segment `index`.
    fn speak(
        &self,
        worker: &mut Self::Worker,
        article: &Self::Article,
        index: usize,
    ) -> Result<Self::Piece, Self::Error>;

    /// Writes segment `index`; called in order, never twice at once for one article.
    fn write(
        &self,
        article: &Self::Article,
        output: &mut Self::Output,
        index: usize,
        piece: Self::Piece,
    ) -> Result<(), Self::Error>;

    /// Publishes a wholly written article.
    fn finish(
        &self,
        job: usize,
        article: Arc<Self::Article>,
        output: Self::Output,
    ) -> Result<(), Self::Error>;

    /// Records that job `job` failed.
    fn failed(&self, job: usize, error: Self::Error);

    /// The error for a panic with this message.
    fn panicked(&self, message: String) -> Self::Error;
}

/// An article that is ready to be spoken.
pub(super) struct Opened<N: Narration + ?Sized> {
    /// What workers share.
    pub(super) article: N::Article,
    /// Its writer.
    pub(super) output: N::Output,
    /// Number of segments, at least 1.
    pub(super) segments: usize,
}

/// Works through `order` on the current rayon pool's `workers` threads until all is done or `cancel`
/// is set. Articles that are open when it is set are dropped unfinished.
pub(super) fn run<N: Narration>(
    narration: &N,
    order: impl IntoIterator<Item = usize>,
    workers: usize,
    window: usize,
    cancel: &AtomicBool,
) {
    let board = Board {
        narration,
        workers,
        window: window.max(1),
        cancel,
        state: Mutex::new(State {
            pending: order.into_iter().collect(),
            active: Vec::new(),
            starting: 0,
        }),
        changed: Condvar::new(),
    };
    rayon::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|_| board.work());
        }
    });
}

/// The shared picture of who does what.
struct Board<'a, N: Narration> {
    narration: &'a N,
    workers: usize,
    window: usize,
    cancel: &'a AtomicBool,
    state: Mutex<State<N>>,
    changed: Condvar,
}

struct State<N: Narration> {
    /// Jobs not yet opened, in order.
    pending: VecDeque<usize>,
    /// Open articles.
    active: Vec<Active<N>>,
    /// Jobs being opened.
    starting: usize,
}

/// An open article.
struct Active<N: Narration> {
    job: usize,
    article: Arc<N::Article>,
    segments: usize,
    /// Next segment to hand out.
    next: usize,
    /// Segments handed out and not yet back.
    speaking: usize,
    /// Spoken and waiting for their turn.
    waiting: BTreeMap<usize, N::Piece>,
    /// Segments written.
    written: usize,
    /// `None` while a worker writes.
    output: Option<N::Output>,
    /// The failure of the lowest segment so far.
    error: Option<(usize, N::Error)>,
}

impl<N: Narration> Active<N> {
    fn can_speak(&self, window: usize) -> bool {
        self.error.is_none() && self.next < self.segments && self.next < self.written + window
    }

    fn fail(&mut self, index: usize, error: N::Error) {
        if self.error.as_ref().is_none_or(|(lowest, _)| index < *lowest) {
            self.error = Some((index, error));
        }
    }

    fn ended(&self) -> bool {
        self.output.is_some()
            && self.speaking == 0
            && (self.error.is_some() || self.written == self.segments)
    }
}

/// What a worker does next.
enum Task<N: Narration> {
    Start(usize),
    Speak { job: usize, article: Arc<N::Article>, index: usize },
    Stop,
}

impl<N: Narration> Board<'_, N> {
    fn work(&self) {
        let mut worker = self.narration.worker();
        let mut own = None;
        loop {
            match self.next(own) {
                Task::Start(job) => {
                    own = Some(job);
                    self.start(job);
                }
                Task::Speak { job, article, index } => {
                    let piece = self.guarded(|| self.narration.speak(&mut worker, &article, index));
                    if piece.is_err() {
                        // Whatever the failure left behind does not reach the next segment.
                        worker = self.narration.worker();
                    }
                    drop(article);
                    self.spoken(job, index, piece);
                }
                Task::Stop => break,
            }
        }
    }

    /// The state; a poisoned lock is taken over, since every panic of the work itself is caught.
    fn lock(&self) -> MutexGuard<'_, State<N>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a piece of work; a panic becomes an error.
    fn guarded<T>(&self, work: impl FnOnce() -> Result<T, N::Error>) -> Result<T, N::Error> {
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|panic| Err(self.narration.panicked(panic_message(panic.as_ref()))))
    }

    fn next(&self, own: Option<usize>) -> Task<N> {
        let mut state = self.lock();
        loop {
            if self.cancel.load(Ordering::Relaxed) {
                return Task::Stop;
            }
            let window = self.window;
            let speakable = |a: &&mut Active<N>| a.can_speak(window);
            if let Some(active) =
                state.active.iter_mut().filter(speakable).find(|a| Some(a.job) == own)
            {
                return hand_out(active);
            }
            if state.active.len() + state.starting < self.workers
                && let Some(job) = state.pending.pop_front()
            {
                state.starting += 1;
                return Task::Start(job);
            }
            if let Some(active) =
                state.active.iter_mut().filter(speakable).max_by_key(|a| a.segments - a.next)
            {
                return hand_out(active);
            }
            if state.active.is_empty() && state.starting == 0 && state.pending.is_empty() {
                return Task::Stop;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn start(&self, job: usize) {
        let opened = self.guarded(|| self.narration.start(job));
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.narration.failed(job, error);
                None
            }
        };
        let mut state = self.lock();
        state.starting -= 1;
        if let Some(Opened { article, output, segments }) = opened {
            state.active.push(Active {
                job,
                article: Arc::new(article),
                segments,
                next: 0,
                speaking: 0,
                waiting: BTreeMap::new(),
                written: 0,
                output: Some(output),
                error: None,
            });
        }
        self.changed.notify_all();
    }

    /// Takes a piece back, writes all that is in turn, and ends the article when it is complete.
    fn spoken(&self, job: usize, index: usize, piece: Result<N::Piece, N::Error>) {
        let mut state = self.lock();
        let active = find(&mut state, job);
        active.speaking -= 1;
        match piece {
            Ok(piece) => drop(active.waiting.insert(index, piece)),
            Err(error) => active.fail(index, error),
        }
        loop {
            let active = find(&mut state, job);
            if active.error.is_some() || !active.waiting.contains_key(&active.written) {
                break;
            }
            let Some(mut output) = active.output.take() else { break };
            let index = active.written;
            let piece = active.waiting.remove(&index).expect("looked up under the same lock");
            let article = Arc::clone(&active.article);
            drop(state);
            let wrote = self.guarded(|| self.narration.write(&article, &mut output, index, piece));
            drop(article);
            state = self.lock();
            let active = find(&mut state, job);
            active.output = Some(output);
            match wrote {
                Ok(()) => active.written += 1,
                Err(error) => active.fail(index, error),
            }
        }
        if find(&mut state, job).ended() {
            let place = state.active.iter().position(|a| a.job == job).expect("just found");
            let active = state.active.swap_remove(place);
            state.starting += 1; // still counts as open until it is published
            drop(state);
            self.end(active);
            state = self.lock();
            state.starting -= 1;
        }
        drop(state);
        self.changed.notify_all();
    }

    fn end(&self, active: Active<N>) {
        let Active { job, article, output, error, .. } = active;
        let output = output.expect("an ended article has its writer back");
        let ended = match error {
            Some((_, error)) => Err(error),
            None => self.guarded(|| self.narration.finish(job, article, output)),
        };
        if let Err(error) = ended {
            self.narration.failed(job, error);
        }
    }
}

fn hand_out<N: Narration>(active: &mut Active<N>) -> Task<N> {
    let index = active.next;
    active.next += 1;
    active.speaking += 1;
    Task::Speak { job: active.job, article: Arc::clone(&active.article), index }
}

/// The open article `job`; it stays open while any of its segments is under way.
fn find<N: Narration>(state: &mut State<N>, job: usize) -> &mut Active<N> {
    state.active.iter_mut().find(|a| a.job == job).expect("an article with a segment under way")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicIsize, AtomicUsize};

    use super::*;

    /// Jobs are lists of numbers; "speaking" doubles, writing collects.
    #[derive(Default)]
    struct Doubling {
        jobs: Vec<Vec<i64>>,
        done: Mutex<BTreeMap<usize, Result<Vec<i64>, String>>>,
        open: AtomicIsize,
        most_open: AtomicIsize,
        ahead: AtomicUsize,
        most_ahead: AtomicUsize,
    }

    /// Speaking this number fails; the next one panics.
    const FAILS: i64 = -1;
    const PANICS: i64 = -2;

    impl Narration for Doubling {
        type Article = Vec<i64>;
        type Output = Vec<i64>;
        type Piece = i64;
        type Worker = ();
        type Error = String;

        fn worker(&self) {}

        fn start(&self, job: usize) -> Result<Option<Opened<Self>>, String> {
            let article = self.jobs[job].clone();
            if article.is_empty() {
                return Ok(None);
            }
            if article == [PANICS, PANICS] {
                panic!("while opening");
            }
            let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_open.fetch_max(open, Ordering::SeqCst);
            Ok(Some(Opened { segments: article.len(), article, output: Vec::new() }))
        }

        fn speak(&self, (): &mut (), article: &Vec<i64>, index: usize) -> Result<i64, String> {
            let ahead = self.ahead.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_ahead.fetch_max(ahead, Ordering::SeqCst);
            match article[index] {
                FAILS => Err(format!("segment {index}")),
                PANICS => panic!("segment {index} panicked"),
                n => {
                    // Later segments come back first.
                    for _ in 0..(article.len() - index) * 50 {
                        std::hint::spin_loop();
                    }
                    Ok(n * 2)
                }
            }
        }

        fn write(
            &self,
            _: &Vec<i64>,
            output: &mut Vec<i64>,
            _: usize,
            piece: i64,
        ) -> Result<(), String> {
            self.ahead.fetch_sub(1, Ordering::SeqCst);
            output.push(piece);
            Ok(())
        }

        fn finish(&self, job: usize, _: Arc<Vec<i64>>, output: Vec<i64>) -> Result<(), String> {
            self.open.fetch_sub(1, Ordering::SeqCst);
            self.done.lock().unwrap().insert(job, Ok(output));
            Ok(())
        }

        fn failed(&self, job: usize, error: String) {
            self.open.fetch_sub(1, Ordering::SeqCst);
            self.done.lock().unwrap().insert(job, Err(error));
        }

        fn panicked(&self, message: String) -> String {
            message
        }
    }

    fn run_with(jobs: Vec<Vec<i64>>, workers: usize, window: usize) -> Doubling {
        let work = Doubling { jobs, ..Doubling::default() };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap();
        let order: Vec<usize> = (0..work.jobs.len()).collect();
        pool.install(|| run(&work, order, workers, window, &AtomicBool::new(false)));
        work
    }

    #[test]
    fn every_segment_is_written_once_and_in_order_at_any_number_of_workers() {
        let jobs: Vec<Vec<i64>> =
            (0..40_i64).map(|j| (0..(j * 7) % 31).map(|i| j * 100 + i).collect()).collect();
        for workers in [1, 2, 5] {
            let work = run_with(jobs.clone(), workers, 3);
            let done = work.done.lock().unwrap();
            for (job, numbers) in jobs.iter().enumerate().filter(|(_, n)| !n.is_empty()) {
                let doubled: Vec<i64> = numbers.iter().map(|n| n * 2).collect();
                assert_eq!(done[&job], Ok(doubled), "job {job} at {workers} workers");
            }
        }
    }

    #[test]
    fn open_articles_and_pieces_ahead_of_the_writer_are_bounded() {
        let jobs = vec![(0..200).collect::<Vec<i64>>(); 12];
        let work = run_with(jobs, 3, 4);
        assert!(work.most_open.load(Ordering::SeqCst) <= 3);
        assert!(work.most_ahead.load(Ordering::SeqCst) <= 3 * 4);
    }

    #[test]
    fn a_failing_article_ends_alone_with_its_first_error() {
        let mut long: Vec<i64> = (0..50).collect();
        long[20] = FAILS;
        long[21] = PANICS;
        let jobs = vec![long, vec![1], vec![PANICS, 4], vec![PANICS, PANICS], vec![5]];
        for workers in [1, 4] {
            let work = run_with(jobs.clone(), workers, 64);
            let done = work.done.lock().unwrap();
            assert_eq!(done[&0], Err("segment 20".to_owned()), "{workers} workers");
            assert_eq!(done[&1], Ok(vec![2]));
            assert_eq!(
                done[&2],
                Err("internal error, please report it with the article: segment 0 panicked"
                    .to_owned())
            );
            assert_eq!(
                done[&3],
                Err("internal error, please report it with the article: while opening".to_owned())
            );
            assert_eq!(done[&4], Ok(vec![10]));
        }
    }

    #[test]
    fn cancelling_before_the_start_opens_nothing() {
        let work = Doubling { jobs: vec![vec![1, 2, 3]], ..Doubling::default() };
        run(&work, [0], 1, 4, &AtomicBool::new(true));
        assert!(work.done.lock().unwrap().is_empty());
    }
}
