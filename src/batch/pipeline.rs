//! One article through the stages that need no voice.

use std::collections::BTreeMap;

use crate::{
    clean::{self, CleanOptions, CssSelector},
    config::{Config, Foreign, Layers},
    finish::FinishOptions,
    model::{CleanArticle, Role, Script, Source, SourceText},
    read::{self, ReadError, ReadOptions, Selectors},
    segment::{self, SegmentOptions},
    spoken::{self, SpokenOptions},
};

/// How articles are processed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Cleaning rules.
    pub clean: CleanOptions,
    /// Sentences, pauses, choices.
    pub segment: SegmentOptions,
    /// The spoken form.
    pub spoken: SpokenOptions,
    /// Finishing of the audio.
    pub finish: FinishOptions,
    /// Voices of single roles, as the configuration names them.
    pub roles: BTreeMap<Role, String>,
    /// Who speaks parts in another language.
    pub foreign: Foreign,
    /// The voice that speaks what its own voice fails at.
    pub fallback: Option<String>,
    /// Voice settings around each article.
    pub layers: Layers,
    /// Whether drafts are spoken.
    pub drafts: bool,
}

impl Options {
    /// The options of a configuration; its voice settings become the lowest layer.
    #[must_use]
    pub fn from_config(config: &Config) -> Self {
        Self {
            clean: config.clean.clone(),
            segment: config.segment.clone(),
            spoken: config.spoken.clone(),
            finish: config.finish.clone(),
            roles: config.roles.clone(),
            foreign: config.voice.foreign,
            fallback: config.voice.fallback.clone(),
            layers: Layers { config: config.voice.clone(), ..Layers::default() },
            drafts: config.drafts,
        }
    }
}

/// Reads and cleans.
///
/// # Errors
/// When the source cannot be read.
pub fn cleaned(
    source: &Source,
    text: SourceText,
    options: &Options,
) -> Result<CleanArticle, ReadError> {
    let article = read::read(source, text, &read_options(&options.clean))?;
    let clean = options.clean.of_site(article.meta.url.as_deref());
    Ok(clean::clean(article, &clean))
}

/// What cleaning asks of reading: the elements to take and to leave.
fn read_options(clean: &CleanOptions) -> ReadOptions {
    if !clean.enabled {
        return ReadOptions::default();
    }
    let texts = |list: &[CssSelector]| list.iter().map(|s| s.as_str().to_owned()).collect();
    let general = (None, &clean.include, &clean.exclude);
    let sites = clean.sites.iter().map(|s| (Some(s.host.clone()), &s.include, &s.exclude));
    let selectors = std::iter::once(general).chain(sites).filter_map(|(host, include, exclude)| {
        let any = !include.is_empty() || !exclude.is_empty();
        any.then(|| Selectors { host, include: texts(include), exclude: texts(exclude) })
    });
    ReadOptions { selectors: selectors.collect(), ..ReadOptions::default() }
}

/// Splits a cleaned article into segments with its settings, but not yet into words.
#[must_use]
pub fn scripted(mut article: CleanArticle, options: &Options) -> Script {
    let settled = options.layers.settle(&article.meta.request, article.meta.language.as_deref());
    article.meta.language = settled.language;
    let mut script = segment::segment(article, &options.segment);
    for segment in &mut script.segments {
        segment.prosody = segment.prosody.or(settled.prosody);
    }
    script
}

/// The whole way from a source text to words.
///
/// # Errors
/// When the source cannot be read.
pub fn script(source: &Source, text: SourceText, options: &Options) -> Result<Script, ReadError> {
    let mut script = scripted(cleaned(source, text, options)?, options);
    spoken::speak_words(&mut script, &options.spoken);
    Ok(script)
}
