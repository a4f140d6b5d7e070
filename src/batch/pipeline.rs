//! One article through the stages that need no voice.

use std::collections::BTreeMap;

use super::Shelf;

use crate::{
    clean::{self, CleanOptions, CssSelector},
    config::{Config, Foreign, Layers},
    finish::FinishOptions,
    model::{CleanArticle, Format, Role, Script, Source, SourceText},
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
    /// Lexicons of the run.
    pub lexicons: Shelf,
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
    /// The options of a configuration, but for its lexicons, which are files; its voice settings become the
    /// lowest layer.
    #[must_use]
    pub fn from_config(config: &Config) -> Self {
        Self {
            clean: config.clean.clone(),
            segment: config.segment.clone(),
            spoken: config.spoken.clone(),
            lexicons: Shelf::default(),
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
    // A flag goes before what a post asks for its parts; the voices of SSML are those of its own scenes.
    let flags = &options.layers.flags;
    let overruled = script.source.format != Format::Ssml;
    for segment in &mut script.segments {
        if overruled {
            segment.prosody = segment.prosody.without(flags.prosody());
            segment.asked = segment.asked.take().filter(|_| flags.name.is_none());
        }
        segment.prosody = segment.prosody.times(settled.prosody);
    }
    script
}

/// The whole way from a source text to words.
///
/// # Errors
/// When the source cannot be read.
pub fn script(source: &Source, text: SourceText, options: &Options) -> Result<Script, ReadError> {
    let mut script = scripted(cleaned(source, text, options)?, options);
    worded(&mut script, source, options);
    Ok(script)
}

/// Adds the words of a script.
pub fn worded(script: &mut Script, source: &Source, options: &Options) {
    let (lexicons, warnings) = options.lexicons.of(source, &script.meta);
    script.warnings.extend(warnings);
    spoken::speak_words(script, &options.spoken, &lexicons);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publish;

    fn made(name: &str, text: &str, format: Format) -> Script {
        let source = Source::file(name, name, true);
        let text = SourceText::new(text, format, String::new());
        script(&source, text, &Options::default()).expect("it can be read")
    }

    fn said(script: &Script) -> Vec<String> {
        let words = script.segments.iter().flat_map(|s| &s.spoken);
        words.map(|word| word.text.clone()).collect()
    }

    #[test]
    fn each_enclosed_text_has_its_own_voice_and_a_flag_has_the_last_word() {
        let post = "[responsivevoice voice=\"UK English Male\" rate=\"0.8\"]One tide.[/responsivevoice]\n\n\
                    [responsivevoice voice=\"US English Male\"]Two tides.[/responsivevoice]\n";
        let manners = |options: &Options| {
            let text = SourceText::new(post, Format::Markdown, String::new());
            let source = Source::file("a.md", "a.md", true);
            let script = script(&source, text, options).expect("it can be read");
            let manner = |s: &crate::model::Segment| (s.asked.clone(), s.prosody.rate);
            script.segments.iter().map(manner).collect::<Vec<_>>()
        };
        let mut options = Options::default();
        let second = Some("US English Male".to_owned());
        assert_eq!(manners(&options), [(None, Some(0.8)), (second, None)]);
        options.layers.flags.name = Some("hibari:heart".into());
        options.layers.flags.rate = Some(1.5);
        assert_eq!(manners(&options), [(None, Some(1.5)), (None, Some(1.5))]);
    }

    proptest! {
        #[test]
        fn ssml_of_any_text_reads_as_the_same_words(text in "[A-Za-z0-9 .,'’\"&<>%$€/:()!?\n-]{0,120}") {
            let before = made("a.txt", &text, Format::Text);
            let ssml = publish::ssml(&before);
            let after = made("a.ssml", &ssml, Format::Ssml);
            prop_assert_eq!(said(&after), said(&before), "{}", ssml);
        }
    }
}
