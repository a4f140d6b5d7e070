//! Speaks what was planned: the stages that need a voice, for every article of a plan.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::Instant,
};

use serde_json::json;

use super::{
    ArticleError, Cast, Event, Observer, Options, Outcome, Plan, Planned, Stage, Status, Written,
    coverage::{self, Coverage},
    error::guarded,
    lexicons, pipeline, record,
    schedule::{self, Narration, Opened},
    sounds::Sounds,
};
use crate::{
    engine::{Capabilities, EngineError, EngineRegistry, Synthesizer, speak_segment},
    finish::{self, Assembler, FinishError, Replay, Sink, Sound},
    model::{Clip, Role, Script, Segment, Timeline, Voice, Warning, samples_to_ms},
    publish::{
        self, CoverageCounts, Group, Manifest, Press, Publication, PublishError, Publisher,
        Scratch, WavWriter,
    },
    read, spoken, voice,
};

/// Segments that may be spoken ahead of an article's writer, for each worker. A segment is about
/// 5 s of speech and half a megabyte; workers differ by one or two segments in practice.
const WINDOW_PER_WORKER: usize = 8;

/// What a run works with.
pub struct Run<'a> {
    /// Worker threads, at least 1.
    pub workers: usize,
    /// How articles are processed; the same as for the plan.
    pub options: &'a Options,
    /// What is written.
    pub press: &'a Press,
    /// The engines that speak.
    pub engines: &'a EngineRegistry,
    /// Watches.
    pub observer: &'a dyn Observer,
    /// Stops the run as soon as it is set; articles under way leave nothing behind.
    pub cancel: &'a AtomicBool,
}

/// Speaks the articles of `plan` through `stage`, and returns what became of every source, in their order.
/// What happens to single articles, a full disk included, is in their outcomes.
pub fn build(plan: Plan, run: &Run<'_>, stage: &publish::Stage) -> Vec<Outcome> {
    run.observer.event(Event::Planned { articles: plan.articles.len(), words: plan.words() });
    let Plan { articles, ended, sounds } = plan;
    for (_, outcome) in &ended {
        run.observer.event(Event::Ended(outcome));
    }
    let narrator =
        Narrator { run, stage, articles: &articles, sounds: &sounds, ended: Mutex::new(ended) };
    // Longest first: what is left at the end is short, and the workers end together.
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&job| (std::cmp::Reverse(articles[job].words), job));
    schedule::run(&narrator, order, run.workers, WINDOW_PER_WORKER * run.workers, run.cancel);
    let mut ended = narrator.ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.sort_by_key(|(order, _)| *order);
    ended.into_iter().map(|(_, outcome)| outcome).collect()
}

struct Narrator<'a> {
    run: &'a Run<'a>,
    stage: &'a publish::Stage,
    articles: &'a [Planned],
    sounds: &'a Sounds,
    ended: Mutex<Vec<(usize, Outcome)>>,
}

/// An open article, shared by its workers.
#[derive(Clone)]
struct Narrated {
    script: Script,
    cast: Cast,
    engine_version: String,
    warnings: Vec<Warning>,
    started: Instant,
}

impl Narrated {
    /// The voice that is to speak a segment.
    fn voice(&self, index: usize) -> &Voice {
        self.cast.voice_of(&self.script.segments[index])
    }

    /// Puts on record who spoke instead of whom: in the segments and as warnings.
    fn record(&mut self, failures: BTreeMap<usize, String>) {
        let Some(fallback) = self.cast.fallback.as_ref().map(|v| v.id.clone()) else { return };
        for (index, failure) in failures {
            let own = self.voice(index).id.clone();
            let segment = &mut self.script.segments[index];
            segment.voice = Some(fallback.clone());
            segment.fallback = Some(own);
            let line = self.script.source.lines.line(segment.span.start);
            let message = format!("{fallback} speaks this sentence: {failure}");
            self.warnings.push(Warning::new("fallback-voice", message).at_line(line));
        }
    }
}

/// A worker's synthesizers, by voice.
#[derive(Default)]
struct Synthesizers {
    /// The one used last at the end.
    open: Vec<(String, Box<dyn Synthesizer>)>,
}

/// Synthesizers that a worker keeps open: each holds buffers, and some a process.
const MOST_OPEN: usize = 8;

impl Synthesizers {
    /// The synthesizer of `voice`.
    fn of(
        &mut self,
        voice: &Voice,
        engines: &EngineRegistry,
    ) -> Result<&mut dyn Synthesizer, EngineError> {
        let known = self.open.iter().position(|(id, _)| *id == voice.id);
        let entry = match known {
            Some(at) => self.open.remove(at),
            None => (voice.id.clone(), engines.open(voice)?),
        };
        if self.open.len() >= MOST_OPEN {
            self.open.remove(0);
        }
        self.open.push(entry);
        Ok(self.open.last_mut().expect("just pushed").1.as_mut())
    }

    /// Forgets the synthesizer of `voice`, so that the next one is fresh.
    fn close(&mut self, voice: &Voice) {
        self.open.retain(|(id, _)| *id != voice.id);
    }
}

/// A spoken segment.
struct Spoken {
    clip: Clip,
    /// Why its own voice did not speak it, when the fallback voice did.
    failure: Option<String>,
}

/// An article's audio on its way to the disk.
struct Audio {
    assembler: Assembler<Rough>,
    /// The segments that the fallback voice spoke, and why.
    failures: BTreeMap<usize, String>,
}

/// Connects the two passes of finishing by a file; neither stage knows the other.
struct Rough(Scratch);

impl Sink for Rough {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self.0.write(samples)
    }
}

impl Replay for Rough {
    fn seek(&mut self, sample: u64) -> io::Result<()> {
        self.0.seek(sample)
    }

    fn read(&mut self, into: &mut [f32]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl Narration for Narrator<'_> {
    type Article = Narrated;
    type Output = Audio;
    type Piece = Spoken;
    type Worker = Synthesizers;
    type Error = ArticleError;

    fn worker(&self) -> Self::Worker {
        Synthesizers::default()
    }

    fn start(&self, job: usize) -> Result<Option<Opened<Self>>, ArticleError> {
        let started = Instant::now();
        let planned = &self.articles[job];
        let cast = planned.cast.clone();
        let voice = &cast.main;
        let mut script = self.script(planned)?;
        cast.apply(&mut script);
        if script.segments.is_empty() {
            let reason =
                "the article has changed since it was planned, and nothing is left to speak";
            return Err(ArticleError::new(Stage::Read, reason));
        }
        if let Some(foreign) = spoken::foreign_script(&script) {
            let reason = format!(
                "most of the text is in the {foreign} script, which voice {} ({}) cannot read; name a voice \
                 of its language, or the language with --lang",
                voice.id, voice.language
            );
            return Err(ArticleError::new(Stage::Voice, reason));
        }
        let engine = self.run.engines.get(&voice.engine).ok_or_else(|| {
            let reason = format!("voice {}: this build has no engine {}", voice.id, voice.engine);
            ArticleError::new(Stage::Voice, reason)
        })?;
        let mut warnings = planned.warnings.clone();
        warnings.extend(self.unheeded(&script, &cast));
        let (shelf, _) = self.run.options.lexicons.of(&planned.source, &script.meta);
        warnings.extend(lexicons::unheard(&script, &cast, self.run.engines, &shelf));
        let published = |e: PublishError| ArticleError::new(Stage::Publish, e);
        let staged = self.stage.create(&wav_name(&planned.slug)).map_err(published)?;
        let scratch = Scratch::create(staged, voice.sample_rate).map_err(published)?;
        let finish = self.run.options.finish.clone();
        let assembler = Assembler::new(voice.sample_rate, finish, Rough(scratch))
            .map_err(|e| ArticleError::new(Stage::Finish, e))?;
        let mut output = Audio { assembler, failures: BTreeMap::new() };
        let intro = self.sounds.at(voice.sample_rate).and_then(|set| set.intro.as_ref());
        self.insert(&mut output, intro, script.segments.first())?;
        let segments = script.segments.len();
        let engine_version = engine.version();
        let article = Narrated { script, cast, engine_version, warnings, started };
        Ok(Some(Opened { article, output, segments }))
    }

    fn speak(
        &self,
        worker: &mut Self::Worker,
        article: &Narrated,
        index: usize,
    ) -> Result<Spoken, ArticleError> {
        let (voice, fallback) = (article.voice(index), article.cast.fallback.as_ref());
        let segment = &article.script.segments[index];
        let failed = |reason: String| {
            let line = article.script.source.lines.line(segment.span.start);
            let sentence = beginning(&segment.text);
            ArticleError::new(Stage::Speak, format!("line {line} (\"{sentence}\"): {reason}"))
        };
        let spoken = match self.say(worker, voice, article, index) {
            Ok(clip) => Spoken { clip, failure: None },
            Err(error) => {
                let other = fallback
                    .filter(|f| f.id != voice.id && voice::speaks(f, &segment.language))
                    .ok_or_else(|| failed(error.to_string()))?;
                let clip = self
                    .say(worker, other, article, index)
                    .map_err(|second| failed(format!("{error}; and the fallback: {second}")))?;
                Spoken { clip, failure: Some(error.to_string()) }
            }
        };
        self.run.observer.event(Event::Spoken {
            words: segment.text.split_whitespace().count(),
            milliseconds: samples_to_ms(spoken.clip.samples.len() as u64, spoken.clip.sample_rate),
        });
        Ok(spoken)
    }

    fn write(
        &self,
        article: &Narrated,
        output: &mut Audio,
        index: usize,
        piece: Spoken,
    ) -> Result<(), ArticleError> {
        let segments = &article.script.segments;
        let segment = &segments[index];
        let section = segment.role == Role::Heading
            && index.checked_sub(1).is_some_and(|last| segments[last].block != segment.block);
        if section {
            let rate = article.cast.main.sample_rate;
            let cue = self.sounds.at(rate).and_then(|set| set.cue.as_ref());
            self.insert(output, cue, Some(segment))?;
        }
        let pushed = match (piece.failure, &article.cast.fallback) {
            (Some(failure), Some(fallback)) => {
                output.failures.insert(index, failure);
                // As loud as the others: who speaks is the fallback voice.
                let speaker = Some(fallback.id.clone());
                let segment = Segment { voice: speaker, ..segment.clone() };
                output.assembler.push(&segment, piece.clip)
            }
            _ => output.assembler.push(segment, piece.clip),
        };
        pushed.map_err(|e| ArticleError::new(Stage::Finish, e))
    }

    fn finish(
        &self,
        job: usize,
        article: Arc<Narrated>,
        mut output: Audio,
    ) -> Result<(), ArticleError> {
        let planned = &self.articles[job];
        let published = |e: PublishError| ArticleError::new(Stage::Publish, e);
        let finished = |e: FinishError| ArticleError::new(Stage::Finish, e);
        let outro =
            self.sounds.at(article.cast.main.sample_rate).and_then(|set| set.outro.as_ref());
        self.insert(&mut output, outro, article.script.segments.last())?;
        let Audio { assembler, failures } = output;
        let (mut recording, mut rough) = assembler.finish().map_err(finished)?;
        let staged = self.stage.create(&wav_name(&planned.slug)).map_err(published)?;
        let sample_rate = recording.timeline.sample_rate;
        let mut wav = WavWriter::create(staged, sample_rate).map_err(published)?;
        let mut sink = |samples: &[f32]| wav.write(samples);
        finish::master(&mut recording, &mut rough, &self.run.options.finish, &mut sink)
            .map_err(finished)?;
        drop(rough);
        // Its workers are done with it, so that nothing is copied.
        let mut article = Arc::unwrap_or_clone(article);
        article.record(failures);
        let (written, warnings) =
            self.publish(planned, &article, &recording.timeline, wav).map_err(published)?;
        for removed in &article.script.removed {
            let line = article.script.source.lines.line(removed.span.start);
            let source = planned.source.name.as_str();
            self.run.observer.event(Event::Removed { source, removed, line });
        }
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
    /// Adds a sound, if there is one, at the volume of the segment that it stands beside.
    fn insert(
        &self,
        output: &mut Audio,
        sound: Option<&Sound>,
        beside: Option<&Segment>,
    ) -> Result<(), ArticleError> {
        let Some(sound) = sound else { return Ok(()) };
        let volume = beside.and_then(|s| s.prosody.volume).unwrap_or(1.0);
        let pause_ms = self.run.options.finish.sound_pause_ms;
        let inserted = output.assembler.insert(sound, pause_ms, volume);
        inserted.map_err(|e| ArticleError::new(Stage::Finish, e))
    }

    /// Speaks a segment with `voice`; a failure that may pass is tried once more on a fresh synthesizer.
    fn say(
        &self,
        worker: &mut Synthesizers,
        voice: &Voice,
        article: &Narrated,
        index: usize,
    ) -> Result<Clip, EngineError> {
        let capabilities = self.run.engines.capabilities(voice)?;
        let segments = &article.script.segments;
        let mut once = || {
            let synthesizer = worker.of(voice, self.run.engines)?;
            let spoken = speak_segment(synthesizer, voice, &capabilities, segments, index);
            if spoken.is_err() {
                worker.close(voice);
            }
            spoken
        };
        match once() {
            Err(EngineError::Retryable { .. } | EngineError::Lost { .. }) => once(),
            other => other,
        }
    }

    /// Warnings about prosody that a voice of the cast does not obey, or not as far as asked for.
    fn unheeded(&self, script: &Script, cast: &Cast) -> Vec<Warning> {
        let mut warnings = Vec::new();
        for voice in cast.voices() {
            if let Ok(capabilities) = self.run.engines.capabilities(voice) {
                warnings.extend(unheeded(script, voice, &capabilities));
            }
        }
        warnings.dedup();
        warnings
    }

    /// The article's script, read once more from its source.
    fn script(&self, planned: &Planned) -> Result<Script, ArticleError> {
        guarded(|| {
            let text = read::load(&planned.source).map_err(ArticleError::read)?;
            pipeline::script(&planned.source, text, self.run.options).map_err(ArticleError::read)
        })
    }

    /// Writes everything that goes with the audio, and puts all of it in its place together.
    fn publish(
        &self,
        planned: &Planned,
        article: &Narrated,
        timeline: &Timeline,
        wav: WavWriter,
    ) -> Result<(Written, Vec<Warning>), PublishError> {
        let script = &article.script;
        let (sealed, summary) = wav.finish()?;
        let coverage = coverage::measure(script);
        let mut warnings = article.warnings.clone();
        warnings.extend(summary.warning());
        let volumes = script.segments.iter().map(|s| s.prosody.volume.unwrap_or(1.0));
        let finish = &self.run.options.finish;
        warnings.extend(record::missed_loudness(volumes, timeline.loudness_lufs, finish));
        warnings.extend(coverage.warning());
        let mut publishers = Vec::new();
        for publisher in self.run.press.publishers() {
            let name = format!("{}/{}", planned.slug, publisher.file_name(&planned.slug));
            match publisher.marker().and_then(|marker| self.stage.foreign(&name, marker)) {
                Some(warning) => warnings.push(warning),
                None => publishers.push((publisher, name)),
            }
        }
        let mut group = Group::new();
        group.add(sealed, "audio/wav");
        let prosody = script.segments.first().map(|s| s.prosody);
        let mut settings = record::settings(self.run.options, prosody);
        let lexicons = self.run.options.lexicons.identities(&planned.source, &script.meta);
        if !lexicons.is_empty() {
            settings.insert("lexicons".into(), json!(lexicons));
        }
        let publication = Publication {
            script,
            timeline,
            slug: &planned.slug,
            source_name: &planned.source.name,
            voice: &article.cast.main,
            requested_voice: article.cast.requested.as_deref(),
            engine_version: &article.engine_version,
            settings: &settings,
            coverage: counts(&coverage),
            files: &[],
            paths: &[],
            warnings: &warnings,
        };
        for (publisher, name) in publishers {
            let so_far =
                Publication { files: group.entries(), paths: group.paths(), ..publication };
            if publisher.applies(&so_far) {
                let file = self.stage.fill(&name, |out| publisher.write(&so_far, out))?;
                group.add(file, publisher.media_type());
            }
        }
        let whole = Publication { files: group.entries(), paths: group.paths(), ..publication };
        let name = format!("{}/{}", planned.slug, Manifest.file_name(&planned.slug));
        let rendered = self.stage.fill(&name, |out| Manifest.write(&whole, out))?;
        let folder = &planned.slug;
        let mut files: Vec<String> =
            group.entries().iter().map(|f| format!("{folder}/{}", f.path)).collect();
        files.push(name);
        group.commit(rendered)?;
        let written = Written {
            voice: article.cast.main.id.clone(),
            files,
            words: script.segments.iter().map(|s| s.spoken.len()).sum(),
            duration_ms: samples_to_ms(timeline.samples, timeline.sample_rate),
            speech_ms: samples_to_ms(publish::speech_samples(timeline), timeline.sample_rate),
            took: article.started.elapsed(),
            removals: script.removed.len(),
            coverage,
        };
        warnings.extend(script.warnings.iter().cloned());
        Ok((written, warnings))
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

/// The first words of a sentence, to know it by.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 6;
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(SHOWN).collect();
    first.join(" ") + if words.next().is_some() { " …" } else { "" }
}

/// Name of an article's recording.
fn wav_name(slug: &str) -> String {
    format!("{slug}/{slug}.wav")
}

/// Warnings about prosody that the engine does not obey, or not as far as asked for.
fn unheeded(script: &Script, voice: &Voice, capabilities: &Capabilities) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for Segment { prosody, .. } in &script.segments {
        let pace = capabilities.pace(prosody.rate);
        let (pitch, pitch_heeded) = capabilities.pitch.apply(prosody.pitch);
        for (name, wanted, used, heeded) in [
            ("rate", prosody.rate, pace.own * pace.stretch, pace.heeded),
            ("pitch", prosody.pitch, pitch, pitch_heeded),
        ] {
            if let Some(wanted) = wanted.filter(|_| !heeded) {
                let message =
                    format!("{name} {wanted} is beyond voice {}; it speaks at {used}", voice.id);
                let warning = Warning::new("prosody-limit", message);
                if !warnings.contains(&warning) {
                    warnings.push(warning);
                }
            }
        }
    }
    warnings
}

fn counts(coverage: &Coverage) -> CoverageCounts {
    CoverageCounts {
        source_words: coverage.source_words as u64,
        spoken_words: coverage.spoken_words as u64,
        removed_words: coverage.removed_words as u64,
        added_words: coverage.added_words as u64,
        unaccounted_words: coverage.unaccounted_words as u64,
    }
}
