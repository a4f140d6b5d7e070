//! From a name to a voice: by language, then gender, then quality, the same way every time.
//!
//! In full: the language; natural voices before robotic ones; the accent; the gender; the quality; the id.
//! One exception: a robotic voice of the gender that is asked for comes before natural ones that all have
//! another. A listener who does not understand is not served at all, and a man for a woman is somebody
//! else; but between a natural voice of another accent and a robotic one of the right accent, everybody
//! would rather listen to the former for ten minutes, and a warning says what was taken.
//!
//! A name is an exact id (`hibari:heart`), a ResponsiveVoice name, or a query
//! (`lang=en-GB gender=female`). Every step of the choice is put in words, so that it can be explained.
//! Where the voice is not quite what was asked for there is a warning: never a silent switch.

use std::cmp::Reverse;

use super::{
    Catalogue, VoiceError,
    language::{Distance, Tag},
    responsivevoice::{KnownName, Status, known_names},
};
use crate::model::{Gender, Voice, Warning};

/// The voice of articles that ask for none.
pub const DEFAULT_NAME: &str = "US English Female";

/// Names at least this much like an unknown one (Jaro-Winkler, 0 to 1) are suggested.
const LIKENESS: f64 = 0.8;

/// Names suggested at most.
const SUGGESTIONS: usize = 3;

/// Voices of this quality and above are pleasant for a whole article; those below are understood, and robotic.
const NATURAL: u8 = 50;

/// Characters of somebody's text that a message repeats.
const MOST_SHOWN: usize = 60;

/// A chosen voice and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// The voice.
    pub voice: Voice,
    /// How it was chosen, step by step, for people.
    pub steps: Vec<String>,
    /// Where the voice is not quite what was asked for.
    pub warnings: Vec<Warning>,
}

/// Finds the voice among `usable` for `request`, or without one for `language`, or the default.
///
/// # Errors
/// [`VoiceError::Unknown`] and [`VoiceError::Query`] when nobody knows the name, with near ones;
/// [`VoiceError::Unserved`] and [`VoiceError::Language`] when no usable voice speaks its language, with
/// what would; [`VoiceError::NotInstalled`] for the id of a voice that is only in the catalogue.
pub fn resolve(
    request: Option<&str>,
    language: Option<&str>,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Resolution, VoiceError> {
    let choice = Choice { usable, catalogue };
    let Some(name) = request.map(str::trim).filter(|r| !r.is_empty()) else {
        return choice.without_name(language);
    };
    if let Some(voice) = usable.iter().find(|v| v.id == name) {
        let steps = vec![format!("\"{name}\" is the id of a voice")];
        return Ok(Resolution { voice: voice.clone(), steps, warnings: Vec::new() });
    }
    if let Some(pack) = catalogue.pack_of(name) {
        return Err(VoiceError::NotInstalled { id: name.to_owned(), pack: pack.id.clone() });
    }
    if let Some(known) = KnownName::find(name) {
        return choice.known_name(known);
    }
    if name.contains('=') {
        return choice.query(name, language);
    }
    Err(VoiceError::Unknown { name: shown(name), near: choice.near(name) })
}

/// What a name asks for.
#[derive(Debug, Clone)]
struct Wanted {
    /// The name, fit to be shown; `None` when only a language is known.
    name: Option<String>,
    /// The language, fit to be shown.
    language: String,
    tag: Tag,
    gender: Option<Gender>,
}

impl Wanted {
    fn new(name: Option<&str>, language: &str, gender: Option<Gender>) -> Self {
        Self { name: name.map(shown), language: shown(language), tag: Tag::new(language), gender }
    }

    /// How far `voice` is from this; `None` when it does not speak the language.
    fn fit(&self, voice: &Voice) -> Option<Fit> {
        let distance = Tag::new(&voice.language).distance(&self.tag)?;
        Some(Fit {
            language: distance.language,
            robotic: voice.quality < NATURAL,
            distance,
            other_gender: self.gender.is_some_and(|g| g != voice.gender),
        })
    }

    /// The voices that speak the language, best first: as they fit, by quality, by id for certainty.
    fn ranked<'v>(&self, voices: impl Iterator<Item = &'v Voice>) -> Vec<(Fit, &'v Voice)> {
        let mut ranked: Vec<_> = voices.filter_map(|v| Some((self.fit(v)?, v))).collect();
        ranked.sort_by_key(|(fit, v)| (*fit, Reverse(v.quality), &v.id));
        if let Some((first, _)) = ranked.first() {
            let natural = |(fit, _): &(Fit, &Voice)| fit.language == first.language && !fit.robotic;
            let end = ranked.iter().take_while(|r| natural(r)).count();
            let gendered = |(fit, _): &(Fit, &Voice)| !fit.other_gender;
            if end > 0 && !ranked[..end].iter().any(gendered) {
                let language = first.language;
                let better = ranked.iter().position(|r| r.0.language == language && gendered(r));
                if let Some(at) = better {
                    ranked[..=at].rotate_right(1);
                }
            }
        }
        ranked
    }
}

/// How far a voice is from what is wanted: the smaller one, field by field, is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    language: u8,
    robotic: bool,
    distance: Distance,
    other_gender: bool,
}

/// Whether `voice` can speak a text in `language`. A voice without a language of its own speaks any.
#[must_use]
pub fn speaks(voice: &Voice, language: &str) -> bool {
    let own = Tag::new(&voice.language);
    !own.is_known() || own.distance(&Tag::new(language)).is_some()
}

/// Whether two tags name one language, whatever its region.
#[must_use]
pub fn same_language(a: &str, b: &str) -> bool {
    Tag::new(a).same_language(&Tag::new(b))
}

/// Finds the best voice among `usable` for a part of a text that is in `language`, of `gender` if possible.
///
/// # Errors
/// [`VoiceError::Language`] when no usable voice speaks it, with what would.
pub fn of_language(
    language: &str,
    gender: Gender,
    usable: &[Voice],
    catalogue: &Catalogue,
) -> Result<Resolution, VoiceError> {
    let step = format!("a part of the text is in {}", shown(language));
    Choice { usable, catalogue }.best(&Wanted::new(None, language, Some(gender)), step)
}

/// What there is to choose from.
struct Choice<'a> {
    usable: &'a [Voice],
    catalogue: &'a Catalogue,
}

impl Choice<'_> {
    /// The default voice when it speaks the article's language, or the best voice that does.
    fn without_name(&self, language: Option<&str>) -> Result<Resolution, VoiceError> {
        let default = KnownName::find(DEFAULT_NAME).expect("the default is in the table");
        let (wanted, step) = match language.map(str::trim).filter(|l| Tag::new(l).is_known()) {
            None => (
                Wanted::new(None, default.language, Some(default.gender)),
                format!("nothing names a voice, and the default is \"{DEFAULT_NAME}\""),
            ),
            Some(language) => {
                let tag = Tag::new(language);
                let vague = !tag.has_region() && tag.same_language(&Tag::new(default.language));
                let closer = if vague { default.language } else { language };
                let step =
                    format!("the language is {}, and nothing names a voice", shown(language));
                (Wanted::new(None, closer, Some(default.gender)), step)
            }
        };
        let mut resolution = self.best(&wanted, step)?;
        // Nobody asked for a gender or an accent, so nothing is amiss about another one.
        resolution.warnings.clear();
        Ok(resolution)
    }

    fn known_name(&self, known: &KnownName) -> Result<Resolution, VoiceError> {
        let wanted = Wanted::new(Some(known.name), known.language, Some(known.gender));
        let step = format!(
            "\"{}\" is a ResponsiveVoice name and means {}",
            known.name,
            described(known.language, Some(known.gender))
        );
        let mut resolution = self.best(&wanted, step)?;
        if known.status != Status::Current {
            let instead = known.successor().map_or_else(String::new, |s| {
                format!("; \"{}\" is its current name for this language", s.name)
            });
            let message = format!("ResponsiveVoice no longer offers \"{}\"{instead}", known.name);
            resolution.warnings.push(Warning::new("deprecated-voice-name", message));
        }
        Ok(resolution)
    }

    /// `lang=en-GB gender=female`, in any order, either alone.
    fn query(&self, text: &str, language: Option<&str>) -> Result<Resolution, VoiceError> {
        let refuse = |part: &str| VoiceError::Query {
            query: shown(text),
            reason: format!(
                "\"{}\" is not understood; write it like `lang=en-GB gender=female`",
                shown(part)
            ),
        };
        let (mut lang, mut gender) = (None, None);
        for part in text.split([' ', ',']).filter(|p| !p.is_empty()) {
            match part.split_once('=') {
                Some(("lang" | "language", tag)) if Tag::is_tag(tag) => lang = Some(tag),
                Some(("gender", "female")) => gender = Some(Gender::Female),
                Some(("gender", "male")) => gender = Some(Gender::Male),
                Some(("gender", "neutral")) => gender = Some(Gender::Neutral),
                _ => return Err(refuse(part)),
            }
        }
        let language = lang.or(language).unwrap_or("en-US");
        let step =
            format!("\"{}\" is a query and means {}", shown(text), described(language, gender));
        self.best(&Wanted::new(Some(text), language, gender), step)
    }

    /// The best usable voice for what is wanted.
    fn best(&self, wanted: &Wanted, why: String) -> Result<Resolution, VoiceError> {
        let ranked = wanted.ranked(self.usable.iter());
        let Some(&(fit, voice)) = ranked.first() else {
            return Err(self.unserved(wanted));
        };
        let candidates: Vec<String> = ranked.iter().take(5).map(|(_, v)| introduced(v)).collect();
        let more = ranked.len() - candidates.len();
        let mut steps = vec![
            why,
            format!(
                "{} of {} usable voices can speak {}; best first: {}{}",
                ranked.len(),
                self.usable.len(),
                wanted.language,
                candidates.join(", "),
                if more > 0 { format!(" and {more} more") } else { String::new() }
            ),
        ];
        let mut warnings = Vec::new();
        let Fit { distance, other_gender, .. } = fit;
        let asked = described(&wanted.language, wanted.gender);
        if distance.is_audible() || other_gender {
            let better = self.better(wanted, voice);
            steps.push(format!("none of them is {asked}: {} is the nearest", voice.id));
            let message = format!(
                "\"{}\" asks for {asked}; the nearest voice here is {} ({}); {better}",
                wanted.name.as_deref().unwrap_or(&wanted.language),
                voice.id,
                described(&voice.language, Some(voice.gender)),
            );
            warnings.push(Warning::new("nearest-voice", message));
        } else {
            steps.push(format!("{} is the best by language, gender and quality", voice.id));
        }
        Ok(Resolution { voice: voice.clone(), steps, warnings })
    }

    /// What of the catalogue would fit better than the voice that was taken, for a message.
    fn better(&self, wanted: &Wanted, taken: &Voice) -> String {
        let known: Vec<Voice> =
            self.catalogue.packs().iter().flat_map(super::Pack::described).collect();
        let ranked = wanted.ranked(known.iter().chain([taken]));
        match ranked.first().filter(|(_, voice)| voice.id != taken.id) {
            Some((_, voice)) => format!(
                "`aloud voices install {}` gets {}, which fits better",
                self.catalogue.pack_of(&voice.id).map_or("", |p| p.id.as_str()),
                introduced(voice)
            ),
            None => "the catalogue has no voice that fits better".to_owned(),
        }
    }

    /// No usable voice speaks the language; what would.
    fn unserved(&self, wanted: &Wanted) -> VoiceError {
        let known: Vec<Voice> =
            self.catalogue.packs().iter().flat_map(super::Pack::described).collect();
        let best = wanted.ranked(known.iter()).first().map(|(_, v)| *v);
        let language = match wanted.tag.name() {
            Some(name) => format!("{name} ({})", wanted.language),
            None => wanted.language.clone(),
        };
        let advice = match best.and_then(|v| Some((v, self.catalogue.pack_of(&v.id)?))) {
            Some((voice, pack)) => {
                format!("`aloud voices install {}` gets {}", pack.id, introduced(voice))
            }
            None => elsewhere(&wanted.tag),
        };
        match wanted.name.clone() {
            Some(name) => VoiceError::Unserved { name, language, advice },
            None => VoiceError::Language { language, advice },
        }
    }

    /// Known names and ids that look like `name`, best first.
    fn near(&self, name: &str) -> Vec<String> {
        let name = shown(name).to_lowercase();
        let likeness = |other: &str| strsim::jaro_winkler(&name, &other.to_lowercase());
        let known = known_names().iter().map(|k| (likeness(k.name), k.name.to_owned()));
        let packs = self.catalogue.packs().iter().flat_map(super::Pack::described);
        let ids = self.usable.iter().cloned().chain(packs).map(|v| {
            // People also write the part after the colon.
            (likeness(&v.id).max(likeness(&v.name)), v.id)
        });
        let mut all: Vec<_> = known.chain(ids).filter(|(like, _)| *like >= LIKENESS).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        all.dedup_by(|a, b| a.1 == b.1);
        all.into_iter().map(|(_, n)| n).take(SUGGESTIONS).collect()
    }
}

/// What would speak a language that no pack of the catalogue does.
fn elsewhere(tag: &Tag) -> String {
    const NO_ESPEAK: &[&str] = &["fil"];
    if NO_ESPEAK.iter().any(|language| tag.same_language(&Tag::new(language))) {
        return "espeak-ng does not speak it either; a speech service would, by a voice.toml of the engine \
                http, or a program of your own, by one of the engine command (docs/voices.md)"
            .to_owned();
    }
    "espeak-ng speaks more than a hundred languages: install it (`apt-get install espeak-ng`, `brew install \
     espeak-ng`), or add a voice of your own (docs/voices.md)"
        .to_owned()
}

/// `text` fit for a message: short, on one line, and harmless to a terminal.
fn shown(text: &str) -> String {
    let mut short: String =
        text.chars().take(MOST_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST_SHOWN).is_some() {
        short.push('\u{2026}');
    }
    short
}

/// `hibari:heart (en-US, female, quality 80)`.
fn introduced(voice: &Voice) -> String {
    let what = described(&voice.language, Some(voice.gender));
    format!("{} ({what}, quality {})", voice.id, voice.quality)
}

/// `en-GB, female`.
fn described(language: &str, gender: Option<Gender>) -> String {
    match gender {
        Some(Gender::Female) => format!("{language}, female"),
        Some(Gender::Male) => format!("{language}, male"),
        Some(Gender::Neutral) => format!("{language}, neutral"),
        None => language.to_owned(),
    }
}

#[cfg(test)]
mod tests;
