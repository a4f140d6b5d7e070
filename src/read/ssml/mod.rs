//! SSML 1.1, the W3C's Speech Synthesis Markup Language -> article.
//!
//! The one format that says how it is to be spoken, and the one that can be wrong: what the standard does
//! not allow is an error with its place. What it allows and aloud cannot do (a recording inside the text, a
//! pitch contour) is a warning, and the words are spoken all the same.

mod values;

use std::ops::Range;

use super::article::Draft;
use super::fold::Fold;
use super::html::{Chosen, Found};
use crate::{
    model::{
        Article, ArticleLexicon, Block, BlockKind, Manner, MarkKind, Meta, Prosody, Reading,
        Removed, SourceText, Span, Text, Warning, ipa_of_x_sampa,
    },
    xml::{self, Document, Element, Fault, Node},
};
use values::{Change, LONGEST_PAUSE_MS};

const NAMESPACE: &str = "http://www.w3.org/2001/10/synthesis";
/// Limits of the model's factors.
const LIMITS: [(f32, f32); 3] = [(0.25, 4.0), (0.0, 2.0), (0.0, 1.0)];

/// Reads a document.
///
/// # Errors
/// What is wrong with it first: line, column, reason.
pub(crate) fn read(source: SourceText) -> Result<Article, (u32, u32, String)> {
    let text = source.text.clone();
    let mut walker = Walker::new();
    if let Err(fault) = walker.document(&text) {
        let (line, column) = xml::place(&text, &source.lines, fault.at);
        return Err((line, column, fault.reason));
    }
    let Walker { meta, found, removed, warnings, .. } = walker;
    let mut draft = Draft::new(source, meta, found, removed);
    let lines = draft.source.lines.clone();
    draft
        .warnings
        .extend(warnings.into_iter().map(|(at, warning)| warning.at_line(lines.line(at))));
    Ok(draft.finish())
}

/// Reads the value of an attribute of `prosody`.
type Reader = fn(&str) -> Option<Change>;

/// An element that is open.
struct Open {
    name: String,
    /// Where its text begins in the block.
    start: usize,
    /// How many blocks there were when it began.
    blocks: usize,
    /// What its text is marked as when it closes.
    marks: Vec<MarkKind>,
    /// The prosody in force inside.
    prosody: Prosody,
}

struct Walker {
    meta: Meta,
    found: Vec<Found>,
    removed: Vec<Removed>,
    warnings: Vec<(usize, Warning)>,
    open: Vec<Open>,
    text: Fold,
    /// Where the block's source begins.
    block_start: Option<usize>,
    /// Language of the block.
    language: Option<String>,
    /// Where the words that describe a recording ended, in each recording that is open.
    described: Vec<Option<Range<usize>>>,
    /// Byte ranges of the block that other words stand for.
    replaced: Vec<Range<usize>>,
    /// Places in the block that have a name.
    places: Vec<(usize, String)>,
}

impl Walker {
    fn new() -> Self {
        Self {
            meta: Meta::default(),
            found: Vec::new(),
            removed: Vec::new(),
            warnings: Vec::new(),
            open: Vec::new(),
            text: Fold::new(false),
            block_start: None,
            language: None,
            described: Vec::new(),
            replaced: Vec::new(),
            places: Vec::new(),
        }
    }

    fn document(&mut self, text: &str) -> Result<(), Fault> {
        let mut document = Document::new(text);
        while let Some((node, range)) = document.next()? {
            match node {
                Node::Start(element) => {
                    if self.is_data(&element) {
                        self.skip(&mut document, &element)?;
                        continue;
                    }
                    self.start(&element, range.start, range.end)?;
                }
                Node::End => self.end(range.start, range.end),
                Node::Text(characters) => {
                    let written = document.source(range.clone());
                    self.characters(&characters, written, range)?;
                }
            }
        }
        self.close_block(text.len());
        // Nothing comes next: they are at the end of the last word.
        let left = std::mem::take(&mut self.places);
        if let Some(last) = self.found.last_mut() {
            let text = &mut last.block.text;
            let start = text.as_str().char_indices().next_back().map_or(0, |(at, _)| at);
            for (_, name) in left {
                text.mark(start..text.len(), MarkKind::Place { name, after: true });
            }
        }
        Ok(())
    }

    /// Elements whose content is data about the document.
    fn is_data(&self, element: &Element) -> bool {
        !self.open.is_empty() && matches!(element.name.as_str(), "meta" | "metadata" | "lexicon")
    }

    fn skip(&mut self, document: &mut Document<'_>, element: &Element) -> Result<(), Fault> {
        let outside = document.depth() - 1;
        match element.name.as_str() {
            "meta" => {
                let content = element.attribute("content").map(str::to_owned);
                match element.attribute("name") {
                    Some("title" | "dc.title" | "dcterms.title") => self.meta.title = content,
                    Some("author" | "dc.creator" | "dcterms.creator") => self.meta.byline = content,
                    Some("date" | "dc.date" | "dcterms.date") => self.meta.date = content,
                    _ => {}
                }
            }
            "lexicon" => {
                if let Some(uri) = element.attribute("uri") {
                    let ArticleLexicon { files, .. } = &mut self.meta.lexicon;
                    files.push(uri.to_owned());
                }
            }
            _ => {}
        }
        while document.depth() > outside && document.next()?.is_some() {}
        Ok(())
    }

    fn start(&mut self, element: &Element, at: usize, end: usize) -> Result<(), Fault> {
        let name = element.name.as_str();
        let foreign = element.namespace.as_deref().is_some_and(|n| n != NAMESPACE);
        if self.open.is_empty() {
            self.root(element, at)?;
        } else if !foreign {
            self.may_stand_here(name, at)?;
        }
        let mut open = Open {
            name: name.to_owned(),
            start: 0,
            blocks: self.found.len(),
            marks: Vec::new(),
            prosody: self.open.last().map_or_else(Prosody::default, |o| o.prosody),
        };
        let language = element.attribute("xml:lang").map(str::to_owned);
        if foreign {
            self.warn(
                at,
                "ssml-unknown",
                format!("<{name}> is not of SSML 1.1 and is not obeyed; its words are spoken"),
            );
            open.name.clear();
        } else {
            match name {
                "p" => {
                    self.close_block(at);
                    self.language.clone_from(&language);
                }
                "s" => open.marks.push(MarkKind::Sentence),
                "break" => self.pause(element, at)?,
                "sub" => open
                    .marks
                    .push(MarkKind::Reading(Reading::Alias(needed(element, "alias", at)?))),
                "phoneme" => open.marks.extend(self.phoneme(element, at)?),
                "say-as" => {
                    let kind = needed(element, "interpret-as", at)?;
                    let format = element.attribute("format").map(str::to_owned);
                    open.marks.push(MarkKind::Reading(Reading::As { kind, format }));
                }
                "prosody" => {
                    open.prosody = self.prosody(element, open.prosody, at)?;
                    open.marks.push(MarkKind::Manner(Manner {
                        prosody: open.prosody,
                        ..Manner::default()
                    }));
                }
                "voice" => {
                    let voice = voice(element);
                    let language = language.clone().or_else(|| languages(element));
                    if voice.is_none() && language.is_none() {
                        let reason =
                            "<voice> names no voice; give it a name, a gender or languages";
                        return Err(Fault::new(at, reason));
                    }
                    open.marks.push(MarkKind::Manner(Manner {
                        language,
                        voice,
                        ..Manner::default()
                    }));
                }
                "lang" => {
                    let language = Some(needed(element, "xml:lang", at)?);
                    open.marks.push(MarkKind::Manner(Manner { language, ..Manner::default() }));
                }
                "emphasis" => match element.attribute("level").unwrap_or("moderate") {
                    "strong" => open.marks.push(MarkKind::Strong),
                    "moderate" => open.marks.push(MarkKind::Emphasis),
                    "none" | "reduced" => {}
                    level => {
                        let list = "strong, moderate, reduced and none";
                        return Err(Fault::new(at, format!("level=\"{level}\" is none of {list}")));
                    }
                },
                "mark" => {
                    let name = needed(element, "name", at)?;
                    self.places.push((self.text.len(), name));
                }
                "audio" => {
                    let source = element.attribute("src").unwrap_or("a recording");
                    self.warn(
                        at,
                        "ssml-audio",
                        format!("{source} is not played; what stands for it is spoken"),
                    );
                    self.described.push(None);
                }
                "desc" => self.text.space(Span::new(at, end)),
                "speak" | "w" | "token" | "lookup" => {}
                _ => return Err(Fault::new(at, format!("<{name}> is no element of SSML 1.1"))),
            }
            if let Some(language) =
                language.filter(|_| matches!(name, "s" | "w" | "token" | "desc"))
            {
                let language = Some(language);
                open.marks.push(MarkKind::Manner(Manner { language, ..Manner::default() }));
            }
        }
        if self.text.len() == 0 && self.block_start.is_none() {
            self.block_start = Some(end);
        }
        open.start = self.text.len();
        self.open.push(open);
        Ok(())
    }

    fn root(&mut self, element: &Element, at: usize) -> Result<(), Fault> {
        if element.name != "speak" {
            return Err(Fault::new(
                at,
                format!("<{}> is not SSML, which begins with <speak>", element.name),
            ));
        }
        if let Some(namespace) = element.namespace.as_deref().filter(|n| *n != NAMESPACE) {
            return Err(Fault::new(
                at,
                format!("the namespace \"{namespace}\" is not that of SSML, {NAMESPACE}"),
            ));
        }
        if let Some(version) = element.attribute("version").filter(|v| !matches!(*v, "1.0" | "1.1"))
        {
            return Err(Fault::new(
                at,
                format!("version=\"{version}\" is not known; there are 1.0 and 1.1"),
            ));
        }
        self.meta.language =
            element.attribute("xml:lang").filter(|l| !l.is_empty()).map(str::to_owned);
        Ok(())
    }

    fn may_stand_here(&self, name: &str, at: usize) -> Result<(), Fault> {
        let inside =
            |names: &[&str]| self.open.iter().rev().find(|o| names.contains(&o.name.as_str()));
        let wrong = match name {
            "speak" => Some("speak"),
            "p" => {
                inside(&["p", "s", "sub", "phoneme", "say-as", "emphasis"]).map(|o| o.name.as_str())
            }
            "s" => inside(&["s", "sub", "phoneme", "say-as", "emphasis"]).map(|o| o.name.as_str()),
            _ => inside(&["sub", "phoneme", "say-as", "break", "desc"])
                .filter(|o| !(o.name == "say-as" && name == "mark"))
                .map(|o| o.name.as_str()),
        };
        if name == "desc" && self.open.last().is_none_or(|o| o.name != "audio") {
            return Err(Fault::new(at, "<desc> stands only in <audio>"));
        }
        match wrong {
            Some(outer) => {
                Err(Fault::new(at, format!("<{name}> may not stand inside of <{outer}>")))
            }
            None => Ok(()),
        }
    }

    fn end(&mut self, at: usize, end: usize) {
        let Some(open) = self.open.pop() else { return };
        self.mark(&open);
        match open.name.as_str() {
            "p" => self.close_block(end),
            "desc" => {
                let range = open.start..self.text.len();
                if let Some(audio) = self.described.last_mut() {
                    *audio = Some(range);
                }
                self.text.space(Span::new(at, end));
            }
            "audio" => {
                // What describes a recording is spoken when nothing else stands for it.
                let described = self.described.pop().flatten();
                if let Some(range) = described
                    && self.found.len() == open.blocks
                    && self.text.len() > range.end
                {
                    self.replaced.push(range);
                }
            }
            _ => {}
        }
    }

    /// Marks what stands in an element so far.
    fn mark(&mut self, open: &Open) {
        for kind in &open.marks {
            self.text.mark(open.start..self.text.len(), kind.clone());
        }
    }

    /// Ends the block, if there is anything in it. What is still open goes on in the next one.
    fn close_block(&mut self, end: usize) {
        let open = std::mem::take(&mut self.open);
        open.iter().rev().for_each(|open| self.mark(open));
        self.open = open;
        for open in &mut self.open {
            open.start = 0;
        }
        let mut text = std::mem::replace(&mut self.text, Fold::new(false)).finish();
        self.name_places(&mut text);
        let mut replaced = std::mem::take(&mut self.replaced);
        replaced.sort_by_key(|range| range.start);
        let mut until = 0;
        replaced.retain(|range| {
            // A recording inside of another one's description goes with it.
            let fits = range.start >= until && range.end <= text.len() && !range.is_empty();
            until = until.max(range.end);
            fits
        });
        for description in text.cut_all(&replaced) {
            let span = description.span();
            let text = description.as_str().trim().to_owned();
            self.removed.push(Removed { rule: "audio-description", text, span });
        }
        let start = self.block_start.take();
        let language = self.language.take();
        if text.as_str().trim().is_empty() {
            return;
        }
        let own = text.span();
        let span = Span::new(start.unwrap_or(own.start).min(own.start), end.max(own.end));
        let mut block = Block::new(BlockKind::Paragraph, text, span);
        block.language = language;
        self.found.push(Found {
            block,
            joints: Vec::new(),
            enclosed: false,
            node: 0,
            chosen: Chosen::default(),
        });
    }

    /// Marks the places of `text` that have a name; those behind its last word belong to what comes next.
    fn name_places(&mut self, text: &mut Text) {
        for (at, name) in std::mem::take(&mut self.places) {
            let next = text.as_str().get(at..).and_then(|rest| {
                let space = rest.len() - rest.trim_start().len();
                rest.trim_start().chars().next().map(|c| at + space..at + space + c.len_utf8())
            });
            match next {
                Some(range) => text.mark(range, MarkKind::Place { name, after: false }),
                None => self.places.push((0, name)),
            }
        }
    }

    fn characters(
        &mut self,
        characters: &str,
        written: &str,
        range: Range<usize>,
    ) -> Result<(), Fault> {
        let empty = |open: &&Open| matches!(open.name.as_str(), "break" | "mark");
        if let Some(open) = self.open.last().filter(empty)
            && !characters.trim().is_empty()
        {
            return Err(Fault::new(range.start, format!("<{}> has no text", open.name)));
        }
        if characters == written {
            self.text.push(characters, range.start, false);
        } else if let Some(inner) =
            written.strip_prefix("<![CDATA[").and_then(|w| w.strip_suffix("]]>"))
        {
            self.text.push(inner, range.start + "<![CDATA[".len(), false);
        } else {
            self.text.exactly(characters, Span::from(range));
        }
        Ok(())
    }

    fn pause(&mut self, element: &Element, at: usize) -> Result<(), Fault> {
        let ms = match (element.attribute("time"), element.attribute("strength")) {
            (Some(time), _) => values::time(time).ok_or_else(|| {
                Fault::new(at, format!("time=\"{time}\" is no time such as 250ms or 1.5s"))
            })?,
            (None, Some(strength)) => values::strength(strength).ok_or_else(|| {
                let list = "none, x-weak, weak, medium, strong and x-strong";
                Fault::new(at, format!("strength=\"{strength}\" is none of {list}"))
            })?,
            (None, None) => values::strength("medium").unwrap_or_default(),
        };
        if ms > LONGEST_PAUSE_MS {
            self.warn(
                at,
                "ssml-limit",
                format!("a pause of {ms} ms is cut to {LONGEST_PAUSE_MS} ms"),
            );
        }
        let kind = MarkKind::Pause(ms.min(LONGEST_PAUSE_MS));
        let len = self.text.len();
        if len > 0 {
            // The last character: a pause is after something.
            self.text.mark_last(kind);
        } else if let Some(last) = self.found.last_mut() {
            let text = &mut last.block.text;
            let start = text.as_str().char_indices().next_back().map_or(0, |(at, _)| at);
            text.mark(start..text.len(), kind);
        } else {
            self.warn(at, "ssml-break", "a pause before the first word is left out".to_owned());
        }
        Ok(())
    }

    fn phoneme(&mut self, element: &Element, at: usize) -> Result<Option<MarkKind>, Fault> {
        let sounds = needed(element, "ph", at)?;
        match element.attribute("alphabet").unwrap_or("ipa") {
            "ipa" => Ok(Some(MarkKind::Reading(Reading::Ipa(sounds)))),
            "x-sampa" | "x-SAMPA" => match ipa_of_x_sampa(&sounds) {
                Ok(ipa) => Ok(Some(MarkKind::Reading(Reading::Ipa(ipa)))),
                Err(c) => {
                    Err(Fault::new(at, format!("'{c}' in ph=\"{sounds}\" is no symbol of X-SAMPA")))
                }
            },
            other => {
                let message = format!(
                    "phonemes are read in ipa and x-sampa, not in {other}; the word is spoken by its spelling"
                );
                self.warn(at, "ssml-phoneme", message);
                Ok(None)
            }
        }
    }

    fn prosody(&mut self, element: &Element, around: Prosody, at: usize) -> Result<Prosody, Fault> {
        let mut prosody = around;
        let mut set = false;
        let readers: [(&str, Reader, &mut Option<f32>); 3] = [
            ("rate", values::rate, &mut prosody.rate),
            ("pitch", values::pitch, &mut prosody.pitch),
            ("volume", values::volume, &mut prosody.volume),
        ];
        for ((name, reader, factor), (low, high)) in readers.into_iter().zip(LIMITS) {
            let Some(value) = element.attribute(name) else { continue };
            set = true;
            let wanted = match reader(value) {
                Some(Change::To(to)) => to,
                Some(Change::By(by)) => factor.unwrap_or(1.0) * by,
                None if name == "pitch" && value.ends_with("Hz") => {
                    let message = format!(
                        "pitch=\"{value}\" is not obeyed: say by how much it changes, in % or st"
                    );
                    self.warnings.push((at, Warning::new("ssml-prosody", message)));
                    continue;
                }
                None => {
                    return Err(Fault::new(
                        at,
                        format!("{name}=\"{value}\" is no value of {name}"),
                    ));
                }
            };
            let used = wanted.clamp(low, high);
            if (used - wanted).abs() > 1e-3 {
                let message = format!("{name}=\"{value}\" is cut to {used}, its limit");
                self.warnings.push((at, Warning::new("ssml-limit", message)));
            }
            *factor = Some(used);
        }
        for name in ["contour", "range", "duration"] {
            if element.attribute(name).is_some() {
                set = true;
                self.warn(at, "ssml-prosody", format!("{name} of <prosody> is not obeyed"));
            }
        }
        if set {
            Ok(prosody)
        } else {
            Err(Fault::new(at, "<prosody> changes nothing; give it rate, pitch or volume"))
        }
    }

    fn warn(&mut self, at: usize, code: &'static str, message: String) {
        self.warnings.push((at, Warning::new(code, message)));
    }
}

/// The value of an attribute that must be there.
fn needed(element: &Element, name: &str, at: usize) -> Result<String, Fault> {
    match element.attribute(name) {
        Some(value) if !value.is_empty() => Ok(value.to_owned()),
        _ => Err(Fault::new(at, format!("<{}> needs {name}=\"...\"", element.name))),
    }
}

/// The voice that an element asks for: the first of its names, or a query by gender and language.
fn voice(element: &Element) -> Option<String> {
    if let Some(name) = element.attribute("name").filter(|n| !n.is_empty()) {
        return Some(name.to_owned());
    }
    let gender =
        element.attribute("gender").filter(|g| matches!(*g, "male" | "female" | "neutral"))?;
    let language = element.attribute("xml:lang").map(str::to_owned).or_else(|| languages(element));
    let language = language.map_or_else(String::new, |l| format!("lang={l} "));
    Some(format!("{language}gender={gender}"))
}

/// The first of the languages that a voice is asked to speak.
fn languages(element: &Element) -> Option<String> {
    let list = element.attribute("languages")?;
    let first = list.split_whitespace().next()?;
    Some(first.split(':').next().unwrap_or(first).to_owned())
}

#[cfg(test)]
mod tests;
