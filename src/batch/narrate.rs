//! Speaks what was planned: the stages that need a voice, for every article of a plan.

use std::{
    collections::{HashMap, HashSet},
    io,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::Instant,
};

use serde_json::json;

use super::{
    ArticleError, Event, Observer, Options, Outcome, Plan, Planned, Stage, Status, Written,
    coverage::{self, Coverage},
    error::guarded,
    pipeline,
    schedule::{self, Narration, Opened},
};
use crate::{
    engine::{Capabilities, Engine, EngineError, EngineRegistry, Synthesizer, speak_segment},
    finish::{Assembler, Sink},
    model::{Clip, Prosody, Script, Timeline, Voice, Warning, samples_to_ms},
    publish::{
        self, CoverageCounts, Group, Manifest, Publication, PublishError, Publisher, Settings,
        WavWriter, WebVtt,
    },
    read,
    spoken::{self, Lexicons},
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
    let Plan { articles, ended } = plan;
    for (_, outcome) in &ended {
        run.observer.event(Event::Ended(outcome));
    }
    let narrator = Narrator { run, stage, articles: &articles, ended: Mutex::new(ended) };
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
    ended: Mutex<Vec<(usize, Outcome)>>,
}

/// An open article, shared by its workers.
struct Narrated {
    script: Script,
    voice: Voice,
    capabilities: Capabilities,
    engine_version: String,
    warnings: Vec<Warning>,
    started: Instant,
}

/// An article's audio on its way to the disk.
type Audio = Assembler<WavSink>;

/// Connects finishing to the WAV file; neither stage knows the other.
struct WavSink(WavWriter);

impl Sink for WavSink {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self.0.write(samples)
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
        let started = Instant::now();
        let planned = &self.articles[job];
        let voice = planned.voice.clone();
        let script = self.script(planned)?;
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
        let capabilities = engine.capabilities(&voice);
        let mut warnings = planned.warnings.clone();
        warnings.extend(unheeded(&script, &voice, &capabilities));
        let (lexicons, _) = self.run.options.lexicons.of(&planned.source, &script.meta);
        warnings.extend(pronounced(&script, &voice, engine.as_ref(), &lexicons));
        let path = format!("{0}/{0}.wav", planned.slug);
        let published = |e: PublishError| ArticleError::new(Stage::Publish, e);
        let staged = self.stage.create(&path).map_err(published)?;
        let wav = WavWriter::create(staged, voice.sample_rate).map_err(published)?;
        let finish = self.run.options.finish.clone();
        let output = Assembler::new(voice.sample_rate, finish, WavSink(wav))
            .map_err(|e| ArticleError::new(Stage::Finish, e))?;
        let segments = script.segments.len();
        let engine_version = engine.version();
        let article = Narrated { script, voice, capabilities, engine_version, warnings, started };
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
        let clip = speak_segment(
            synthesizer.as_mut(),
            &article.voice,
            &article.capabilities,
            segments,
            index,
        )
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
        output.push(segment, piece).map_err(|e| ArticleError::new(Stage::Finish, e))
    }

    fn finish(
        &self,
        job: usize,
        article: Arc<Narrated>,
        output: Audio,
    ) -> Result<(), ArticleError> {
        let planned = &self.articles[job];
        let (timeline, sink) = output.finish().map_err(|e| ArticleError::new(Stage::Finish, e))?;
        let (written, warnings) = self
            .publish(planned, &article, &timeline, sink.0)
            .map_err(|e| ArticleError::new(Stage::Publish, e))?;
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
        warnings.extend(unaccounted(&coverage));
        let mut group = Group::new();
        group.add(sealed, "audio/wav");
        let mut settings = settings(self.run.options, script.segments.first().map(|s| s.prosody));
        let lexicons = self.run.options.lexicons.identities(&planned.source, &script.meta);
        if !lexicons.is_empty() {
            settings.insert("lexicons".into(), json!(lexicons));
        }
        let publication = Publication {
            script,
            timeline,
            slug: &planned.slug,
            source_name: &planned.source.name,
            voice: &article.voice,
            requested_voice: planned.requested.as_deref(),
            engine_version: &article.engine_version,
            settings: &settings,
            coverage: counts(&coverage),
            files: &[],
            warnings: &warnings,
        };
        let captions = WebVtt;
        let name = format!("{0}/{0}.{1}", planned.slug, captions.extension());
        let rendered = self.stage.render(&name, &captions.render(&publication)?)?;
        group.add(rendered, captions.media_type());
        let manifest = Publication { files: group.entries(), ..publication };
        let name = format!("{0}/{0}.{1}", planned.slug, Manifest.extension());
        let rendered = self.stage.render(&name, &Manifest.render(&manifest)?)?;
        let folder = &planned.slug;
        let mut files: Vec<String> =
            group.entries().iter().map(|f| format!("{folder}/{}", f.path)).collect();
        files.push(name);
        group.commit(rendered)?;
        let written = Written {
            voice: article.voice.id.clone(),
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

/// Warnings about prosody that the engine does not obey, or not as far as asked for.
fn unheeded(script: &Script, voice: &Voice, capabilities: &Capabilities) -> Vec<Warning> {
    let prosody = script.segments.first().map_or_else(Prosody::default, |s| s.prosody);
    let controls =
        [("rate", capabilities.rate, prosody.rate), ("pitch", capabilities.pitch, prosody.pitch)];
    let mut warnings = Vec::new();
    for (name, control, wanted) in controls {
        let (used, heeded) = control.apply(wanted);
        if let Some(wanted) = wanted.filter(|_| !heeded) {
            let message =
                format!("{name} {wanted} is beyond voice {}; it speaks at {used}", voice.id);
            warnings.push(Warning::new("prosody-limit", message));
        }
    }
    warnings
}

/// Warnings about sounds that the voice does not have, or does not take at all.
fn pronounced(
    script: &Script,
    voice: &Voice,
    engine: &dyn Engine,
    lexicons: &Lexicons,
) -> Vec<Warning> {
    let takes_phonemes = engine.capabilities(voice).phonemes;
    let mut told = HashSet::new();
    let mut warnings = Vec::new();
    for segment in &script.segments {
        for word in &segment.spoken {
            let Some(ipa) = word.ipa.as_deref().filter(|ipa| !told.contains(*ipa)) else {
                continue;
            };
            told.insert(ipa);
            // Who gave the word its sound: a lexicon, or the source itself. Those of our own fit.
            let origin = match lexicons.origin(ipa) {
                Some((lexicon, placed)) => {
                    let (name, line) = (lexicon.name(), placed.line);
                    format!("lexicon {name}:{line}: \"{}\" /{ipa}/", placed.entry.written)
                }
                None if segment.given.is_empty() => continue,
                None => format!("\"{}\" /{ipa}/", word.text),
            };
            let line = script.source.lines.line(segment.span.start);
            let mut warn = |code, message| warnings.push(Warning::new(code, message).at_line(line));
            let written = segment.text.get(word.written.clone()).unwrap_or_default();
            if takes_phonemes {
                for approximation in engine.approximations(voice, ipa) {
                    let message = format!("{origin}: {}", approximation.explain(&voice.id));
                    warn("ipa-voice", message);
                }
            } else if written.contains(&word.text) {
                let message = format!(
                    "{origin}: voice {} takes no sounds, and reads it by its spelling; give it words as well (say)",
                    voice.id
                );
                warn("ipa-unused", message);
            }
        }
    }
    warnings
}

/// The warning for words that are neither spoken nor on record.
fn unaccounted(coverage: &Coverage) -> Option<Warning> {
    (coverage.unaccounted_words > 0).then(|| {
        let message = format!(
            "{} words are not accounted for: {}; please report the article",
            coverage.unaccounted_words,
            coverage.unaccounted.join(" ")
        );
        Warning::new("unaccounted-words", message)
    })
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

/// What shaped the result, for the manifest.
fn settings(options: &Options, prosody: Option<Prosody>) -> Settings {
    let mut settings = Settings::new();
    settings.insert("clean".into(), json!(if options.clean.enabled { "rules" } else { "none" }));
    settings.insert("prosody".into(), json!(prosody.unwrap_or_default()));
    settings
}
