//! A script as SSML 1.1, for other systems: what is spoken, the way it is spoken.
//!
//! Written words stay in the text; where they are said differently, `sub`, `phoneme` or `say-as` says how.
//! aloud's own reader gives the same words for it.

use crate::{
    model::{NamedPlace, Prosody, Script, Segment, Word},
    xml::escaped,
};

/// The document.
#[must_use]
pub fn ssml(script: &Script) -> String {
    let language = script.meta.language.as_deref().unwrap_or("en");
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out += &format!(
        "<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"{}\">\n",
        escaped(language)
    );
    let mut open = None;
    for (i, segment) in script.segments.iter().enumerate() {
        let paragraph = (segment.block, segment.added);
        if open == Some(paragraph) {
            out.push('\n');
        } else {
            if open.is_some() {
                out += "</p>\n";
            }
            out += "<p>";
            open = Some(paragraph);
        }
        out += &sentence(segment, language);
        if segment.pause_after_ms > 0 && i + 1 < script.segments.len() {
            out += &format!("<break time=\"{}ms\"/>", segment.pause_after_ms);
        }
    }
    if open.is_some() {
        out += "</p>\n";
    }
    out + "</speak>\n"
}

fn sentence(segment: &Segment, language: &str) -> String {
    let mut words = words(segment);
    if let Some(attributes) = prosody(segment.prosody) {
        words = format!("<prosody{attributes}>{words}</prosody>");
    }
    if segment.language != language {
        // An element of its own: not every system takes the attribute on a sentence.
        words =
            format!("<lang xml:lang=\"{}\">{words}</lang>", escaped(&regional(&segment.language)));
    }
    format!("<s>{words}</s>")
}

/// A language with a region, which some systems ask for: the one with most speakers on the web.
fn regional(language: &str) -> String {
    let region = match language {
        "en" => "US",
        "es" => "ES",
        "fr" => "FR",
        "de" => "DE",
        "it" => "IT",
        "pt" => "BR",
        "ja" => "JP",
        "hi" => "IN",
        _ => return language.to_owned(),
    };
    format!("{language}-{region}")
}

/// The text of a segment with its readings marked up.
fn words(segment: &Segment) -> String {
    let text = &segment.text;
    let mut out = String::new();
    let mut at = 0;
    let mut places = segment.places.iter().peekable();
    for group in segment.spoken.chunk_by(|a, b| a.written == b.written) {
        let range = &group[0].written;
        let Some(written) = text.get(range.clone()).filter(|_| range.start >= at) else { continue };
        out += &escaped(&text[at..range.start]);
        while let Some(place) = places.next_if(|place| place.at < range.end) {
            out += &named(place);
        }
        out += &reading(written, group);
        at = range.end;
    }
    out += &escaped(&text[at..]);
    places.for_each(|place| out += &named(place));
    out
}

fn named(place: &NamedPlace) -> String {
    format!("<mark name=\"{}\"/>", escaped(&place.name))
}

fn reading(written: &str, group: &[Word]) -> String {
    let shown = escaped(written);
    if let [Word { ipa: Some(ipa), .. }] = group {
        return format!("<phoneme alphabet=\"ipa\" ph=\"{}\">{shown}</phoneme>", escaped(ipa));
    }
    if let [Word { text, letter: false, .. }] = group
        && *text == written.replace(['’', '‘'], "'")
    {
        return shown;
    }
    let letters: String = group.iter().map(|word| word.text.as_str()).collect();
    let single = |word: &Word| word.letter && word.text.chars().count() == 1;
    if group.iter().all(single) && letters == written {
        return format!("<say-as interpret-as=\"characters\">{shown}</say-as>");
    }
    format!("<sub alias=\"{}\">{shown}</sub>", escaped(&said(group)))
}

/// Words with the punctuation between them.
fn said(group: &[Word]) -> String {
    let last = group.len() - 1;
    let mut out = String::new();
    for (i, word) in group.iter().enumerate() {
        if i > 0 {
            out.push(' ');
            out += &word.before;
        }
        out += &word.text;
        if i < last {
            out += &word.after;
        }
    }
    out
}

/// The attributes of a prosody that is not the voice's own.
fn prosody(prosody: Prosody) -> Option<String> {
    let changed = |factor: Option<f32>| factor.filter(|f| (f - 1.0).abs() > 1e-3);
    let mut attributes = String::new();
    if let Some(rate) = changed(prosody.rate) {
        attributes += &format!(" rate=\"{:.0}%\"", rate * 100.0);
    }
    if let Some(pitch) = changed(prosody.pitch) {
        attributes += &format!(" pitch=\"{:+.0}%\"", (pitch - 1.0) * 100.0);
    }
    if let Some(volume) = changed(prosody.volume) {
        attributes += &if volume > 0.0 {
            format!(" volume=\"{:+.1}dB\"", 20.0 * volume.log10())
        } else {
            " volume=\"silent\"".to_owned()
        };
    }
    (!attributes.is_empty()).then_some(attributes)
}
