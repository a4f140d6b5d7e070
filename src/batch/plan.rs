//! Looks at everything before any synthesis: what is there, what is skipped, which voice speaks it,
//! under which name it is written.
//!
//! A plan holds no article texts: articles are read again when they are spoken, which costs thousandths
//! of the speaking and keeps memory flat. (What can be read only once, a source holds itself.)

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    ArticleError, Cast, Options, Outcome, Stage, Status, cast::cast, error::guarded, pipeline,
    sounds::Sounds,
};
use crate::{
    config::Origin,
    model::{Meta, Script, Segment, Source, Voice, Warning},
    publish::{self, SlugRequest},
    read::{self, Discovery},
    voice::{self, Catalogue, Resolution, VoiceError},
};

/// Milliseconds of speech per word and of pause per segment that an article takes at the very least:
/// half of what the default voice takes on news prose (about 390 ms a word). Below this estimate a
/// WAV may still turn out too long, which its writer notices; above it, it is refused at once.
const LEAST_MS_PER_WORD: u64 = 190;

/// Articles read side by side before what a plan keeps of them is kept: bounds memory.
const CHUNK: usize = 512;

/// What will be done.
#[derive(Debug)]
pub struct Plan {
    /// Articles to speak, in the order of their sources.
    pub articles: Vec<Planned>,
    /// What has ended already, with its place in the order of sources.
    pub ended: Vec<(usize, Outcome)>,
    /// What is heard around speech.
    pub(super) sounds: Sounds,
}

/// One article to speak.
#[derive(Debug)]
pub struct Planned {
    /// Place in the order of sources.
    pub order: usize,
    /// Where it comes from.
    pub source: Source,
    /// Title, when it has one.
    pub title: Option<String>,
    /// Name of its folder.
    pub slug: String,
    /// Who speaks it.
    pub cast: Cast,
    /// Words as written, about.
    pub words: usize,
    /// Characters to speak, about, of each voice: what services are paid by.
    pub characters: Vec<(Arc<Voice>, usize)>,
    /// From choosing the voice.
    pub warnings: Vec<Warning>,
}

/// Why nothing can be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A voice that a flag, the environment or the configuration names cannot be had.
    #[error(transparent)]
    Voice(#[from] VoiceError),
    /// A sound of `[finish]` cannot be used.
    #[error("[finish] {setting}: {} {reason}", path.display())]
    Sound {
        /// Which.
        setting: &'static str,
        /// Its file.
        path: PathBuf,
        /// What is wrong and the way out.
        reason: String,
    },
}

/// Reads all of `found` and decides what becomes of each article below `output`, where articles of earlier
/// builds keep their names. `usable` are the voices that can be had on this machine.
///
/// # Errors
/// When the settings (not an article) ask for a voice that cannot be had or a sound that is none.
pub fn plan(
    found: Discovery,
    output: &Path,
    options: &Options,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Plan, PlanError> {
    let layers = &options.layers;
    for settings in [&layers.flags, &layers.environment, &layers.config] {
        if settings.name.is_some() {
            let language = settings.language.as_deref();
            voice::resolve(settings.name.as_deref(), language, usable, catalogue)?;
        }
    }
    for name in options.roles.values().chain(&options.fallback) {
        voice::resolve(Some(name), None, usable, catalogue)?;
    }
    let mut plan = Plan { articles: Vec::new(), ended: Vec::new(), sounds: Sounds::default() };
    plan.ended.extend(found.failed.into_iter().map(|failed| {
        let error = ArticleError::read(failed.error);
        (failed.at, outcome(failed.name, None, Status::Failed(error), Vec::new()))
    }));
    let failed = plan.ended.len();
    let mut wishes: Vec<(String, String)> = Vec::new();
    let mut voices = BTreeMap::new();
    let mut sources = found.sources.into_iter().enumerate();
    loop {
        let chunk: Vec<(usize, Source)> = sources.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        let drafts: Vec<Result<Draft, ArticleError>> =
            chunk.par_iter().map(|(_, s)| draft(s, options, usable, catalogue)).collect();
        for ((order, source), draft) in chunk.into_iter().zip(drafts) {
            match decide(order, source, draft, options, &mut voices) {
                Ok((planned, wish)) => {
                    let title = planned.title.clone();
                    let wanted = wish.or(title).unwrap_or_default();
                    wishes.push((wanted, publish::source_path(&planned.source.name)));
                    plan.articles.push(*planned);
                }
                Err(outcome) => plan.ended.push((order, *outcome)),
            }
        }
    }
    let rates: BTreeSet<u32> = plan.articles.iter().map(|a| a.cast.main.sample_rate).collect();
    plan.sounds = Sounds::load(&options.finish, rates)?;
    let requests: Vec<SlugRequest<'_>> =
        wishes.iter().map(|(wanted, source)| SlugRequest { wanted, source }).collect();
    let slugs = publish::unique_slugs(&requests, |slug| publish::source_of(output, slug));
    for (planned, slug) in plan.articles.iter_mut().zip(slugs) {
        planned.slug = slug;
    }
    let after = plan.articles.len() + plan.ended.len() - failed;
    plan.ended.extend(found.skipped.into_iter().enumerate().map(|(i, skipped)| {
        let status = Status::Skipped(skipped.reason);
        (after + i, outcome(skipped.name, None, status, Vec::new()))
    }));
    Ok(plan)
}

impl Plan {
    /// The voices that speak, each once, by id.
    #[must_use]
    pub fn voices(&self) -> Vec<&Voice> {
        let all = self.articles.iter().flat_map(|a| a.cast.voices());
        let by_id: BTreeMap<&str, &Voice> = all.map(|v| (v.id.as_str(), v)).collect();
        by_id.into_values().collect()
    }

    /// Words to speak, about.
    #[must_use]
    pub fn words(&self) -> usize {
        self.articles.iter().map(|a| a.words).sum()
    }
}

/// What planning needs to know of an article.
struct Draft {
    characters: BTreeMap<String, usize>,
    meta: Meta,
    words: usize,
    silent: Option<String>,
    rate: f32,
    warnings: Vec<Warning>,
    cast: Result<(Cast, Vec<Warning>), VoiceError>,
}

/// Reads one article; a panic of any library is this article's failure.
fn draft(
    source: &Source,
    options: &Options,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Draft, ArticleError> {
    guarded(|| {
        let text = read::load(source).map_err(ArticleError::read)?;
        let article = pipeline::cleaned(source, text, options).map_err(ArticleError::read)?;
        let script = pipeline::scripted(article, options);
        let cast = cast(&script, options, usable, catalogue);
        Ok(Draft::of(script, cast))
    })
}

/// Why there is nothing to speak in an article, if so.
#[must_use]
pub fn silence(script: &Script) -> Option<String> {
    let speakable = |s: &Segment| s.added.is_none() && s.text.contains(char::is_alphanumeric);
    if script.segments.iter().any(speakable) {
        return None;
    }
    let rules: BTreeSet<&str> = script.removed.iter().map(|r| r.rule).collect();
    if rules.is_empty() {
        return Some("nothing to speak: there are no words in it".to_owned());
    }
    let rules: Vec<&str> = rules.into_iter().collect();
    Some(format!("nothing to speak: all of its words are removed, by {}", rules.join(", ")))
}

impl Draft {
    fn of(script: Script, cast: Result<(Cast, Vec<Warning>), VoiceError>) -> Self {
        let mut characters = BTreeMap::new();
        if let Ok((cast, _)) = &cast {
            for segment in &script.segments {
                let voice = cast.voice_of(segment).id.clone();
                *characters.entry(voice).or_default() += segment.text.chars().count();
            }
        }
        let words = |s: &str| s.split_whitespace().count();
        Self {
            characters,
            words: script.segments.iter().map(|s| words(&s.text)).sum(),
            silent: silence(&script),
            rate: script.segments.first().and_then(|s| s.prosody.rate).unwrap_or(1.0),
            meta: script.meta,
            warnings: script.warnings,
            cast,
        }
    }
}

/// A planned article and the name it would like, or how it ended.
fn decide(
    order: usize,
    source: Source,
    draft: Result<Draft, ArticleError>,
    options: &Options,
    voices: &mut BTreeMap<String, Arc<Voice>>,
) -> Result<(Box<Planned>, Option<String>), Box<Outcome>> {
    let draft = match draft {
        Ok(draft) => draft,
        Err(error) => {
            return Err(Box::new(outcome(source.name, None, Status::Failed(error), Vec::new())));
        }
    };
    let title = draft.meta.title.clone();
    let end = |source: Source, status, warnings| {
        Err(Box::new(outcome(source.name, title.clone(), status, warnings)))
    };
    if draft.meta.draft && !options.drafts {
        let reason = "a draft; --drafts speaks drafts too".to_owned();
        return end(source, Status::Skipped(reason), draft.warnings);
    }
    if let Some(reason) = draft.silent {
        return end(source, Status::Skipped(reason), draft.warnings);
    }
    let (mut cast, warnings) = match draft.cast {
        Ok(cast) => cast,
        Err(error) => {
            let error = ArticleError::new(Stage::Voice, error);
            return end(source, Status::Failed(error), draft.warnings);
        }
    };
    let longest = publish::longest_wav_ms(cast.main.sample_rate);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let least = (draft.words as f64 * LEAST_MS_PER_WORD as f64 / f64::from(draft.rate)) as u64;
    if least > longest {
        let reason = format!(
            "{} words are at least {} hours of speech, and a WAV holds {}; split the article",
            draft.words,
            least / 3_600_000,
            longest / 3_600_000
        );
        return end(source, Status::Failed(ArticleError::new(Stage::Plan, reason)), draft.warnings);
    }
    cast.share(voices);
    let characters = draft.characters.into_iter();
    let characters = characters.filter_map(|(id, n)| Some((Arc::clone(voices.get(&id)?), n)));
    let wish = draft.meta.slug.clone().or_else(|| file_name(&source));
    let planned = Planned {
        order,
        source,
        title,
        slug: String::new(),
        cast,
        words: draft.words,
        characters: characters.collect(),
        warnings,
    };
    Ok((Box::new(planned), wish))
}

/// The name of an item, or of a file without its extension: stable whatever becomes of the title.
fn file_name(source: &Source) -> Option<String> {
    if let Some(item) = source.item_name() {
        return Some(item.to_owned());
    }
    let path = source.path.as_ref()?;
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    // Sites keep posts as `my-post/index.md`: the folder has the name.
    let folder = path.parent().and_then(Path::file_name).filter(|_| stem == "index");
    Some(folder.map_or(stem, |f| f.to_string_lossy().into_owned()))
}

/// The voice for an article, and what was asked for. A name that an article gets wrong is a warning,
/// and the default of its language speaks.
///
/// # Errors
/// When no usable voice can speak the article.
pub fn choose(
    meta: &Meta,
    options: &Options,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<(Resolution, Option<String>), VoiceError> {
    let settled = options.layers.settle(&meta.request, meta.language.as_deref());
    let language = settled.language.as_deref();
    let resolved = voice::resolve(settled.voice.as_deref(), language, usable, catalogue);
    let resolution = match resolved {
        Err(error) if settled.origin == Origin::Article && error.is_unknown_name() => {
            let mut resolution = voice::resolve(None, language, usable, catalogue)?;
            let message = format!("{error}; {} speaks instead", resolution.voice.id);
            resolution.warnings.insert(0, Warning::new("unknown-voice", message));
            resolution
        }
        other => other?,
    };
    Ok((resolution, settled.voice))
}

fn outcome(
    source: String,
    title: Option<String>,
    status: Status,
    warnings: Vec<Warning>,
) -> Outcome {
    Outcome { source, slug: None, title, status, warnings }
}
