//! Which part of the recording belongs to which element of a page or book, for the formats that play one
//! with the other.
//!
//! The parts of an article follow one another without gaps, from the first sample to the last: a reading
//! system that plays part by part then keeps the pauses that were planned. A pause belongs to the word
//! before it.

use std::collections::HashSet;

use super::{Publication, PublishError, TimedSegment};
use crate::model::{Role, samples_to_ms};

/// A sentence and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Id of its segment and of its element.
    pub(super) id: String,
    /// What it is.
    pub(super) role: Role,
    /// Index of its block.
    pub(super) block: usize,
    /// Its parts, in the order of the text and of the sound; never none, never an empty one.
    pub(super) parts: Vec<Part>,
}

/// A part of the recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Id of the element that it belongs to: a word, or the sentence where no word is told apart.
    pub(super) id: String,
    /// Milliseconds from the start of the recording.
    pub(super) start: u64,
    /// Where the next part starts, or the end of the recording.
    pub(super) end: u64,
}

/// The id of the element of word `index` (in [`TimedSegment::words`]) of a segment.
pub(super) fn word_id(segment: &str, index: usize) -> String {
    format!("{segment}-{}", index + 1)
}

/// Whether each word of `timed` can be told apart: it begins in the text where the one before it ends
/// or later, and in time after the one before it.
pub(super) fn telling(timed: &TimedSegment<'_>, rate: u32) -> Vec<bool> {
    let (mut free, mut last) = (0, None);
    let words = timed.words.iter();
    words
        .map(|word| {
            let at = samples_to_ms(word.start, rate);
            let tells = word.written.start >= free
                && !word.written.is_empty()
                && last.is_none_or(|last| at > last)
                && word.text.contains(|c: char| !c.is_whitespace());
            if tells {
                (free, last) = (word.written.end, Some(at));
            }
            tells
        })
        .collect()
}

/// The sentences of an article and those of their words that are among `elements`, by id. A segment that
/// takes less than a millisecond is none.
pub(super) fn sentences(
    publication: &Publication<'_>,
    elements: &HashSet<String>,
) -> Result<Vec<Sentence>, PublishError> {
    let rate = publication.timeline.sample_rate;
    let ms = |samples| samples_to_ms(samples, rate);
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut last = None;
    for timed in publication.segments()? {
        let start = ms(timed.cue.start);
        if timed.cue.is_empty() || last.is_some_and(|last| start <= last) {
            continue;
        }
        let id = &timed.segment.id;
        let mut parts: Vec<Part> = Vec::new();
        for (index, _) in telling(&timed, rate).iter().enumerate().filter(|(_, tells)| **tells) {
            let at = ms(timed.words[index].start).max(start);
            // The first word begins with its sentence.
            let at = if parts.is_empty() { start } else { at };
            let element = word_id(id, index);
            if elements.contains(&element) && parts.last().is_none_or(|part| part.start < at) {
                parts.push(Part { id: element, start: at, end: at });
            }
        }
        if parts.is_empty() {
            parts.push(Part { id: id.clone(), start, end: start });
        }
        last = parts.last().map(|part| part.start);
        let (role, block) = (timed.segment.role, timed.segment.block);
        sentences.push(Sentence { id: id.clone(), role, block, parts });
    }
    // Each part ends where the next one starts; the first starts with the recording.
    let mut next = ms(publication.timeline.samples);
    for part in sentences.iter_mut().rev().flat_map(|s| s.parts.iter_mut().rev()) {
        part.end = next.max(part.start + 1);
        next = part.start;
    }
    if let Some(first) = sentences.first_mut().and_then(|s| s.parts.first_mut()) {
        first.start = 0;
    }
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            document::{Marks, document},
            publication::tests::Sample,
        },
        *,
    };

    fn all(sample: &Sample) -> Vec<Sentence> {
        let publication = sample.publication();
        let document = document(&publication, Marks::Ids).expect("consistent");
        sentences(&publication, &document.words).expect("consistent")
    }

    #[test]
    fn parts_follow_one_another_from_the_first_sample_to_the_last() {
        let sample = Sample::new();
        let sentences = all(&sample);
        let parts: Vec<(&str, u64, u64)> = sentences
            .iter()
            .flat_map(|s| s.parts.iter().map(|p| (p.id.as_str(), p.start, p.end)))
            .collect();
        let expected = [
            ("s1-1", 0, 350),
            ("s1-2", 350, 600),
            ("s1-3", 600, 1850),
            ("s1-4", 1850, 2100),
            ("s1-5", 2100, 2350),
            ("s1-6", 2350, 3094),
            ("s2-1", 3094, 4375),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn words_out_of_order_are_left_to_the_one_before_and_silent_segments_out() {
        let mut sample = Sample::new();
        let words = &mut sample.timeline.cues[0].words;
        // "rose" sounds after "million", "&" with "fell".
        (words[1].start, words[7].start) = (40_000, words[8].start);
        let cue = &mut sample.timeline.cues[1];
        cue.end = cue.start;
        let sentences = all(&sample);
        assert_eq!(sentences.len(), 1);
        let ids: Vec<&str> = sentences[0].parts.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["s1-1", "s1-2"]);
        assert_eq!(sentences[0].parts[1].end, 4375);
    }

    #[test]
    fn a_sentence_without_words_is_one_part() {
        let mut sample = Sample::new();
        sample.script.segments[1].spoken.clear();
        sample.timeline.cues[1].words.clear();
        let sentences = all(&sample);
        assert_eq!(sentences[1].parts, [Part { id: "s2".into(), start: 3094, end: 4375 }]);
    }
}
