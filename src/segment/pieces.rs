//! Sentences of a block whose markup says how they are spoken -> pieces that are each spoken in one manner.
//!
//! Separate from the finding of sentences because only markup is looked at here: what is marked as one
//! sentence is one, nothing that is read as a whole is divided, and a sentence falls apart where the
//! manner of speaking changes or a pause is asked for.

use std::{collections::BTreeSet, ops::Range};

use crate::model::{Given, Manner, MarkKind, NamedPlace, Reading, Text};

/// A sentence or a part of one.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    /// Byte range of the text.
    pub(super) range: Range<usize>,
    /// Whether a sentence ends here.
    pub(super) ends: bool,
    /// How it is spoken.
    pub(super) manner: Manner,
    /// The pause that the source asks for after it, in milliseconds.
    pub(super) pause: Option<u32>,
    /// Its given readings, by byte ranges of the text.
    readings: Vec<(Range<usize>, Reading)>,
    /// Its places with a name, by their bytes in the text.
    places: Vec<(usize, String)>,
}

/// What closes a piece although it stands behind the markup: "<prosody>so</prosody>."
const CLOSING: &str = ".,;:!?…)]”’\"'»";

/// The pieces of `text`, whose sentences are `sentences`, in order.
pub(super) fn pieces(text: &Text, sentences: Vec<Range<usize>>) -> Vec<Piece> {
    let marks = Marks::of(text);
    if marks.none() {
        let whole = |range| Piece {
            range,
            ends: true,
            manner: Manner::default(),
            pause: None,
            readings: Vec::new(),
            places: Vec::new(),
        };
        return sentences.into_iter().map(whole).collect();
    }
    let string = text.as_str();
    // Where a sentence ends, and where else a piece does.
    let mut ends: BTreeSet<usize> = sentences.iter().map(|s| s.end).collect();
    ends.retain(|end| !covers(&marks.sentences, *end, |range| range));
    ends.insert(string.len());
    for sentence in &marks.sentences {
        ends.extend([sentence.start, closed(string, sentence.end)]);
    }
    let mut bounds = ends.clone();
    for (range, _) in &marks.manners {
        bounds.extend([range.start, closed(string, range.end)]);
    }
    bounds.extend(marks.pauses.iter().map(|(end, _)| closed(string, *end)));
    bounds.retain(|at| !covers(&marks.readings, *at, |(range, _)| range));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    // Of each kind of mark, those before the piece are done with.
    let (mut manners, mut around) = (marks.manners.iter().peekable(), Vec::new());
    let mut readings = marks.readings.into_iter().peekable();
    let mut pauses = marks.pauses.into_iter().peekable();
    let mut places = marks.places.into_iter().peekable();
    for end in bounds {
        let part = &string[start..end];
        let mut pause = None;
        while let Some((_, ms)) = pauses.next_if(|(at, _)| *at <= end) {
            pause = Some(ms);
        }
        if part.contains(char::is_alphanumeric) {
            let lead = part.len() - part.trim_start().len();
            let range = start + lead..start + part.trim_end().len();
            while let Some(next) = manners.next_if(|(marked, _)| marked.start <= range.start) {
                around.push(next);
            }
            around.retain(|(marked, _)| marked.end > range.start);
            let mut own = Vec::new();
            while let Some(next) = readings.next_if(|(marked, _)| marked.end <= range.end) {
                own.push(next);
            }
            let ends = ends.contains(&end);
            let mut named = Vec::new();
            while let Some(next) =
                places.next_if(|(at, _)| *at < end || *at == string.len() && end == string.len())
            {
                named.push(next);
            }
            let manner = innermost(&around);
            pieces.push(Piece { range, ends, manner, pause, readings: own, places: named });
        } else if let Some(last) = pieces.last_mut() {
            // Marks alone belong to what they follow.
            last.ends |= ends.contains(&end);
            last.pause = pause.or(last.pause);
        }
        start = end;
    }
    pieces
}

/// The marks of a text that say how it is spoken, each kind in order.
struct Marks<'a> {
    /// Apart from one another, as SSML has them.
    sentences: Vec<Range<usize>>,
    /// Apart from one another.
    readings: Vec<(Range<usize>, Reading)>,
    /// Outer ones before inner ones.
    manners: Vec<(Range<usize>, &'a Manner)>,
    /// Where each stands.
    pauses: Vec<(usize, u32)>,
    /// Where each stands.
    places: Vec<(usize, String)>,
}

impl<'a> Marks<'a> {
    fn of(text: &'a Text) -> Self {
        let mut marks = Self {
            sentences: Vec::new(),
            readings: Vec::new(),
            manners: Vec::new(),
            pauses: Vec::new(),
            places: Vec::new(),
        };
        for mark in text.marks() {
            let range = mark.range.clone();
            match &mark.kind {
                MarkKind::Sentence => marks.sentences.push(range),
                MarkKind::Reading(reading) => marks.readings.push((range, reading.clone())),
                MarkKind::Manner(manner) => marks.manners.push((range, manner)),
                MarkKind::Pause(ms) => marks.pauses.push((range.end, *ms)),
                MarkKind::Place { name, after } => {
                    marks.places.push((if *after { range.end } else { range.start }, name.clone()));
                }
                _ => {}
            }
        }
        marks.sentences.sort_by_key(|range| range.start);
        marks.readings.sort_by_key(|(range, _)| range.start);
        // Marks are added when an element closes, so of two equal ones the inner one comes first.
        marks.manners.reverse();
        marks.manners.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        marks.pauses.sort_by_key(|(at, _)| *at);
        marks.places.sort_by_key(|(at, _)| *at);
        marks
    }

    fn none(&self) -> bool {
        self.sentences.is_empty()
            && self.readings.is_empty()
            && self.manners.is_empty()
            && self.pauses.is_empty()
            && self.places.is_empty()
    }
}

/// Whether `at` lies strictly inside of one of `sorted`.
fn covers<T>(sorted: &[T], at: usize, range: impl Fn(&T) -> &Range<usize>) -> bool {
    let before = sorted.partition_point(|item| range(item).start < at);
    before.checked_sub(1).is_some_and(|last| at < range(&sorted[last]).end)
}

/// `end`, moved behind closing punctuation.
fn closed(string: &str, end: usize) -> usize {
    let rest = &string[end..];
    end + rest.find(|c: char| !CLOSING.contains(c)).unwrap_or(rest.len())
}

/// What marks, the outer ones first, come to: the innermost that sets something wins.
fn innermost(around: &[&(Range<usize>, &Manner)]) -> Manner {
    let mut found = Manner::default();
    for (_, manner) in around.iter().rev() {
        let Manner { language, voice, prosody } = found;
        found = Manner {
            language: language.or_else(|| manner.language.clone()),
            voice: voice.or_else(|| manner.voice.clone()),
            prosody: prosody.or(manner.prosody),
        };
    }
    found
}

impl Piece {
    /// Its text with white space folded to single spaces, and its readings and places over that.
    pub(super) fn folded(&self, string: &str) -> (String, Vec<Given>, Vec<NamedPlace>) {
        let part = &string[self.range.clone()];
        let mut text = String::with_capacity(part.len());
        // Where each word of the part begins, in it and in the folded text.
        let mut words: Vec<(usize, usize, usize)> = Vec::new();
        let mut at = 0;
        for word in part.split_whitespace() {
            at += part[at..].find(word).unwrap_or_default();
            if !text.is_empty() {
                text.push(' ');
            }
            words.push((at, text.len(), word.len()));
            text.push_str(word);
            at += word.len();
        }
        let moved = |offset: usize| {
            let offset = offset.saturating_sub(self.range.start);
            let index = words.partition_point(|(from, ..)| *from <= offset).saturating_sub(1);
            words
                .get(index)
                .map_or(0, |(from, to, len)| to + offset.saturating_sub(*from).min(*len))
        };
        let given = self.readings.iter().map(|(range, reading)| Given {
            range: moved(range.start)..moved(range.end),
            reading: reading.clone(),
        });
        let given = given.filter(|given| !given.range.is_empty()).collect();
        let places = self.places.iter();
        let places = places.map(|(at, name)| NamedPlace { at: moved(*at), name: name.clone() });
        let places = places.collect();
        (text, given, places)
    }
}
