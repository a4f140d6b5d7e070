//! Who speaks which part of an article: decided when it is planned, applied when it is spoken.
//!
//! A part is what has one role and one language. Its voice is, in this order: the one that the source asks for
//! there (SSML's `voice`); the role's voice if it speaks
//! the language; the article's voice if the part is in the article's language or in one that the voice
//! speaks; the best voice of the part's language, of the same gender if possible; the article's voice, with a
//! warning. Languages come before roles because a voice of another language is not understood.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Options, plan::choose};
use crate::{
    config::Foreign,
    model::{Role, Script, Segment, Voice, Warning},
    voice::{self, Catalogue, VoiceError},
};

/// The voices of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    /// The article's voice.
    pub main: Arc<Voice>,
    /// The voice that was asked for, as written.
    pub requested: Option<String>,
    /// The voice that speaks what another one fails at.
    pub fallback: Option<Arc<Voice>>,
    /// The parts that somebody else speaks.
    parts: BTreeMap<Part, Arc<Voice>>,
}

/// Role, language, and the voice that the source asks for.
type Part = (Role, String, Option<String>);

fn part(segment: &Segment) -> Part {
    (segment.role, segment.language.clone(), segment.asked.clone())
}

impl Cast {
    /// Sets [`Segment::voice`] of every segment.
    pub fn apply(&self, script: &mut Script) {
        for segment in &mut script.segments {
            segment.voice = self.part(segment).map(|voice| voice.id.clone());
        }
    }

    /// The voice that is to speak `segment`.
    #[must_use]
    pub fn voice_of(&self, segment: &Segment) -> &Voice {
        self.part(segment).unwrap_or(&self.main)
    }

    fn part(&self, segment: &Segment) -> Option<&Voice> {
        self.parts.get(&part(segment)).map(Arc::as_ref)
    }

    /// Replaces voices by the same ones of `known`, which learns those that it lacks: a plan has many articles and
    /// few voices.
    pub(super) fn share(&mut self, known: &mut BTreeMap<String, Arc<Voice>>) {
        for voice in
            std::iter::once(&mut self.main).chain(self.parts.values_mut()).chain(&mut self.fallback)
        {
            match known.get(&voice.id) {
                Some(same) => *voice = Arc::clone(same),
                None => drop(known.insert(voice.id.clone(), Arc::clone(voice))),
            }
        }
    }

    /// All of them, the article's first; some perhaps more than once.
    pub fn voices(&self) -> impl Iterator<Item = &Voice> {
        std::iter::once(&self.main)
            .chain(self.parts.values())
            .chain(&self.fallback)
            .map(Arc::as_ref)
    }
}

/// Finds the voices for `script`, with what there is to say about the choice.
///
/// # Errors
/// When no usable voice can speak the article, or a voice of the settings cannot be had.
pub fn cast(
    script: &Script,
    options: &Options,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<(Cast, Vec<Warning>), VoiceError> {
    let (chosen, requested) = choose(&script.meta, options, usable, catalogue)?;
    let mut warnings = chosen.warnings;
    let main = Arc::new(chosen.voice);
    // A query without a language means the article's voice's.
    let named = |name: &str| voice::resolve(Some(name), Some(&main.language), usable, catalogue);
    let fallback = options.fallback.as_deref().map(named).transpose()?.map(|r| Arc::new(r.voice));
    let article = script.meta.language.as_deref().unwrap_or(&main.language);
    let mut parts = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for segment in &script.segments {
        let part = part(segment);
        if !seen.insert(part.clone()) {
            continue;
        }
        let line = script.source.lines.line(segment.span.start);
        let language = segment.language.as_str();
        if let Some(asked) = &segment.asked {
            match voice::resolve(Some(asked), Some(language), usable, catalogue) {
                Ok(found) => {
                    warnings.extend(found.warnings.into_iter().map(|w| w.at_line(line)));
                    parts.insert(part, Arc::new(found.voice));
                    continue;
                }
                Err(error) => {
                    warnings.push(Warning::new("unknown-voice", error.to_string()).at_line(line));
                }
            }
        }
        let role = options.roles.get(&segment.role).map(|name| named(name)).transpose()?;
        if let Some(role) = role.filter(|r| voice::speaks(&r.voice, language)) {
            warnings.extend(role.warnings.into_iter().map(|w| w.at_line(line)));
            parts.insert(part, Arc::new(role.voice));
            continue;
        }
        let at_home = voice::same_language(language, article);
        if at_home || voice::speaks(&main, language) {
            continue;
        }
        let other = (options.foreign == Foreign::Switch)
            .then(|| voice::of_language(language, main.gender, usable, catalogue));
        let reason = match other {
            Some(Ok(other)) => {
                parts.insert(part, Arc::new(other.voice));
                continue;
            }
            Some(Err(error)) => error.to_string(),
            None => "[voice] foreign is \"main\"".to_owned(),
        };
        let message = format!(
            "a part is in {language}, and voice {} ({}) speaks it: {reason}",
            main.id, main.language
        );
        warnings.push(Warning::new("foreign-language", message).at_line(line));
    }
    parts.retain(|_, voice: &mut Arc<Voice>| voice.id != main.id);
    warnings.dedup();
    Ok((Cast { main, requested, fallback, parts }, warnings))
}
