//! Speaks what was planned: the stages that need a voice, for every article of a plan.

use std::{
    collections::HashMap,
    io,
    path::Path,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
};

use super::{
    ArticleError, Event, Observer, Options, Outcome, Plan, Planned, Stage, Status, Written,
    coverage, error::guarded, pipeline,
    schedule::{self, Narration, Opened},
};
use crate::{
    engine::{Capabilities, EngineError, EngineRegistry, Synthesizer, speak},
    finish::{Assembler, Sink},
    model::{Clip, Script, Timeline, Voice, Warning, samples_to_ms},
    publish::{self, Publication, Staging, WavWriter},
    read, spoken,
};

/// Segments that may be spoken ahead of an article's writer, for each worker. A segment is about
/// 5 s of speech and half a megabyte; workers differ by one or two segments in practice.
const WINDOW_PER_WORKER: usize = 8;

/// What a run works with.
pub struct Run<'a> {
    /// Folder to write.
    pub output: &'a Path,
    /// Worker threads, at least 1.
    pub workers: usize,
    /// How articles are processed; the same as for the plan.
    pub options: &'a Options,
    /// The engines that speak.
    pub engines: &'a EngineRegistry,
    /// Watches.
    pub observer: &'a dyn Observer,
    /// Stops the run as soon as it is set; articles under way leave nothing behind.
    pub cancel: &'a AtomicBool,
}

/// Speaks the articles of `plan`, and returns what became of every source, in their order.
///
/// # Errors
/// When the output folder cannot be written. What happens to single articles is in the outcomes.
pub fn build(plan: Plan, run: &Run<'_>) -> Result<Vec<Outcome>, publish::PublishError> {
    let staging = Staging::open(run.output)?;
    run.observer.event(Event::Planned { articles: plan.articles.len(), words: plan.words() });
    let Plan { articles, ended } = plan;
    for (_, outcome) in &ended {
        run.observer.event(Event::Ended(outcome));
    }
    let narrator = Narrator { run, staging: &staging, articles: &articles, ended: Mutex::new(ended) };
    // Longest first: what is left at the end is short, and the workers end together.
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&job| (std::cmp::Reverse(articles[job].words), job));
    schedule::run(
        &narrator,
        order,
        run.workers,
        WINDOW_PER_WORKER * run.workers,
        run.cancel,
    );
    let mut ended = narrator.ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.sort_by_key(|(order, _)| *order);
    Ok(ended.into_iter().map(|(_, outcome)| outcome).collect())
}

struct Narrator<'a> {
    run: &'a Run<'a>,
    staging: &'a Staging,
    articles: &'a [Planned],
    ended: Mutex<Vec<(usize, Outcome)>>,
}

/// An open article, shared by its workers.
struct Narrated {
    script: Script,
    voice: Voice,
    capabilities: Capabilities,
}

/// An article's audio on its way to the disk.
type Audio = Assembler<WavSink>;

/// Connects finishing to the WAV file; neither stage knows the other.
struct WavSink(WavWriter);

impl Sink for WavSink {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self.0.write(samples).map_err(io::Error::other)
    }
}

impl Narration for Narrator<'_> {
    type Article = Narrated;
    type Output = Audio;
    type Piece = Clip;
    type Worker = HashMap<String, Box<dyn Synthesizer>>;
    type Error = ArticleError;

    fn worker(&self) -> Self::Worker {
        HashMap::new()
    }

    fn start(&self, job: usize) -> Result<Option<Opened<Self>>, ArticleError> {
        let planned = &self.articles[job];
        let script = self.script(planned)?;
        let voice = planned.voice.clone();
        refuse_foreign(&script, &voice)?;
        let engine = self.run.engines.get(&voice.engine).ok_or_else(|| {
            let reason = format!("voice {}: this build has no engine {}", voice.id, voice.engine);
            ArticleError::new(Stage::Voice, reason)
        })?;
        let capabilities = engine.capabilities();
        let path = format!("{0}/{0}.wav", planned.slug);
        let wav = WavWriter::create(self.staging, &path, voice.sample_rate)
            .map_err(|e| ArticleError::new(Stage::Publish, e))?;
        let output = Assembler::new(WavSink(wav), voice.sample_rate, &self.run.options.finish)
            .map_err(|e| ArticleError::new(Stage::Finish, e))?;
        let segments = script.segments.len();
        let article = Narrated { script, voice, capabilities };
        Ok(Some(Opened { article, output, segments }))
    }

    fn speak(
        &self,
        worker: &mut Self::Worker,
        article: &Narrated,
        index: usize,
    ) -> Result<Clip, ArticleError> {
        let spoken = |e: EngineError| {
            let segment = &article.script.segments[index];
            let line = article.script.source.lines.line(segment.span.start);
            ArticleError::new(Stage::Speak, format!("line {line}: {e}"))
        };
        if !worker.contains_key(&article.voice.id) {
            let synthesizer = self.run.engines.open(&article.voice).map_err(spoken)?;
            worker.insert(article.voice.id.clone(), synthesizer);
        }
        let synthesizer = worker.get_mut(&article.voice.id).expect("just inserted");
        let segments = &article.script.segments;
        let clip = speak::segment(synthesizer.as_mut(), &article.capabilities, segments, index)
            .map_err(spoken)?;
        self.run.observer.event(Event::Spoken {
            words: segments[index].text.split_whitespace().count(),
            milliseconds: samples_to_ms(clip.samples.len() as u64, clip.sample_rate),
        });
        Ok(clip)
    }

    fn write(
        &self,
        article: &Narrated,
        output: &mut Audio,
        index: usize,
        piece: Clip,
    ) -> Result<(), ArticleError> {
        let segment = &article.script.segments[index];
        output.push(piece, segment).map_err(|e| ArticleError::new(Stage::Finish, e))
    }

    fn finish(
        &self,
        job: usize,
        article: Arc<Narrated>,
        output: Audio,
    ) -> Result<(), ArticleError> {
        let planned = &self.articles[job];
        let (timeline, sink, noticed) =
            output.finish().map_err(|e| ArticleError::new(Stage::Finish, e))?;
        let (written, warnings) = self
            .publish(planned, &article, &timeline, sink.0, noticed)
            .map_err(|e| ArticleError::new(Stage::Publish, e))?;
        self.end(planned, Status::Written(written), warnings);
        Ok(())
    }

    fn failed(&self, job: usize, error: ArticleError) {
        self.end(&self.articles[job], Status::Failed(error), Vec::new());
    }

    fn panicked(&self, message: String) -> ArticleError {
        ArticleError::new(Stage::Internal, message)
    }
}

impl Narrator<'_> {
    /// The article's script, read once more from its source.
    fn script(&self, planned: &Planned) -> Result<Script, ArticleError> {
        guarded(|| {
            let text = match &planned.text {
                Some(text) => text.clone(),
                None => read::load(&planned.source).map_err(ArticleError::read)?,
            };
            pipeline::script(&planned.source, text, self.run.options).map_err(ArticleError::read)
        })
    }

    fn end(&self, planned: &Planned, status: Status, warnings: Vec<Warning>) {
        let outcome = Outcome {
            source: planned.source.name.clone(),
            slug: Some(planned.slug.clone()),
            title: planned.title.clone(),
            status,
            warnings,
        };
        self.run.observer.event(Event::Ended(&outcome));
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.push((planned.order, outcome));
    }
}
