//! What listen buttons ask for: voice, rate, pitch and volume, of a post or of a part of it.

use super::attributes::{attributes, is_curly, is_quote};
use super::{Pick, Shortcodes, Tag};
use crate::model::{Manner, Prosody, VoiceRequest, Warning};
use crate::read::html::entity;

/// What a ResponsiveVoice shortcode asks for.
pub(super) fn request(tag: &Tag<'_>, found: &mut Shortcodes) -> VoiceRequest {
    let decoded = entity::decode_all(tag.attributes);
    let (values, _) = attributes(&decoded);
    let mut request = VoiceRequest::default();
    let mut curly = false;
    for (name, value) in &values.named {
        curly |= decoded.contains(is_curly) && !decoded.contains(&format!("\"{value}\""));
        let mut number = |(low, high): (f32, f32)| -> Option<f32> {
            let Some(number) = value.trim().parse().ok().filter(|n: &f32| n.is_finite()) else {
                let message =
                    format!("has {name}=\"{value}\", which is no number, and it is ignored");
                found.warn(tag, "shortcode-number", &message);
                return None;
            };
            let near = number.clamp(low, high);
            if near.to_bits() != number.to_bits() {
                let message = format!(
                    "has {name}=\"{value}\"; it goes from {low} to {high}, and {near} is taken"
                );
                found.warn(tag, "shortcode-number", &message);
            }
            Some(near)
        };
        match name.as_str() {
            "voice" => {
                let voice = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let voice = voice.trim_matches(is_quote).trim().to_owned();
                request.voice = Some(voice).filter(|v| !v.is_empty());
            }
            "rate" => request.prosody.rate = number((0.25, 4.0)),
            "pitch" => request.prosody.pitch = number((0.0, 2.0)),
            "volume" => request.prosody.volume = number((0.0, 1.0)),
            // It says where the button stands, of the enclosing form only.
            "buttonposition" if !matches!(value.as_str(), "before" | "after") => {
                let message = format!(
                    "has buttonposition=\"{value}\", which WordPress takes for \"before\"; there are \
                     \"before\" and \"after\""
                );
                found.warn(tag, "shortcode-attribute", &message);
            }
            _ => {}
        }
    }
    if curly {
        let voice = request.voice.as_deref().unwrap_or_default();
        let message = format!(
            "has curly quotes, so WordPress finds no voice in it; aloud reads it as voice=\"{voice}\", \
             replace them by straight ones"
        );
        found.warn(tag, "curly-quotes-in-shortcode", &message);
    } else if values.bare_voice && request.voice.as_deref().is_some_and(|v| v.contains(' ')) {
        let message = "has a voice without quotes, of which WordPress sees only the first word; \
             put it in straight quotes";
        found.warn(tag, "unquoted-voice-in-shortcode", message);
    }
    if values.joined {
        let message = "has attributes without a space between them, of which WordPress sees none; \
             put spaces between them";
        found.warn(tag, "joined-attributes-in-shortcode", message);
    }
    request
}

/// What a post asks for in all: the first button counts. Without one, it is what all enclosing forms ask for, and the
/// voice of the first one, unless some leave the voice open; what each asks for besides is said by [`own_manner`].
pub(crate) fn asked(picks: &[Pick]) -> (VoiceRequest, Option<Warning>) {
    if !picks.is_empty() && picks.iter().all(|p| p.encloses) {
        let mut request = picks[0].request.clone();
        if picks.iter().any(|p| p.request.prosody != request.prosody) {
            request.prosody = Prosody::default();
        }
        if picks.iter().any(|p| p.request.voice.is_none()) {
            request.voice = None;
        }
        return (request, None);
    }
    let first = picks.iter().find(|p| !p.encloses).or(picks.first());
    let request = first.map(|p| p.request.clone()).unwrap_or_default();
    let other = picks.iter().any(|p| p.request.voice.is_some() && p.request.voice != request.voice);
    let warning = other.then(|| {
        Warning::new(
            "several-voices",
            format!(
                "the post asks for several voices; {} speaks all of it",
                request.voice.as_deref().unwrap_or("the default voice")
            ),
        )
    });
    (request, warning)
}

/// How the text at byte `at`, in the last enclosing form that begins before it, is to be spoken in a post that asks
/// for `whole`; `None` if there is no difference.
pub(crate) fn own_manner(picks: &[Pick], whole: &VoiceRequest, at: usize) -> Option<Manner> {
    let pick = picks.iter().rev().find(|p| p.at <= at)?;
    let voice = pick.request.voice.clone().filter(|voice| whole.voice.as_ref() != Some(voice));
    let same = pick.request.prosody == whole.prosody;
    let prosody = if same { Prosody::default() } else { pick.request.prosody };
    let manner = Manner { language: None, voice, prosody };
    (manner != Manner::default()).then_some(manner)
}

/// Adds what is unset in `request` from `fallback`.
pub(crate) fn or(request: VoiceRequest, fallback: VoiceRequest) -> VoiceRequest {
    let prosody: Prosody = request.prosody.or(fallback.prosody);
    VoiceRequest { voice: request.voice.or(fallback.voice), prosody }
}
