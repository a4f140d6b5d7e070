//! A script's segments with a synthesizer, whatever the engine: exactly one clip per segment.
//!
//! A segment is a sentence, and engines have their limits: a sentence too long for one is spoken in
//! pieces that end where a clause ends, and joined; one so short that a neural voice invents sounds
//! around it is spoken together with its neighbour's words and cut back at the marks. What a segment
//! becomes depends on the script alone, never on which worker speaks what in which order.
//!
//! Separate from the engines because every one of them needs the same. `clause` knows where a sentence
//! may be divided, `cut` changes sound, `stretch` its pace.

mod clause;
mod cut;
mod stretch;

use std::{ops::Range, slice};

use super::{Capabilities, Control, EngineError, Synthesizer, Utterance};
use crate::model::{Clip, Prosody, Segment, Voice, Word};

/// How far speech is stretched, as a factor of its pace. Beyond, it warbles (docs/decisions.md has the measurements).
pub(super) const STRETCH: Control = Control::Range(0.5, 2.0);

/// Silence between two pieces of one sentence, in milliseconds: a breath at a clause.
const JOINT_MS: u32 = 150;

/// Speaks `segments[index]` with `synthesizer`, which has `voice` and `capabilities`. The clip has one
/// mark per word of [`Segment::spoken`], each longer than 0. A segment without words gives an empty
/// clip. What the voice cannot do of the rate by itself is done to its sound, see [`Capabilities::pace`].
///
/// # Errors
/// [`EngineError::Utterance`] when a word cannot be spoken or the engine breaks its promises; whatever else
/// the engine says. After [`EngineError::Lost`] the synthesizer has to be replaced.
///
/// # Panics
/// When `index` is not one of `segments`.
pub fn speak_segment(
    synthesizer: &mut dyn Synthesizer,
    voice: &Voice,
    capabilities: &Capabilities,
    segments: &[Segment],
    index: usize,
) -> Result<Clip, EngineError> {
    let segment = &segments[index];
    let mut clip = at_own_pace(synthesizer, voice, capabilities, segments, index)?;
    let pace = capabilities.pace(segment.prosody.rate);
    if pace.is_stretched() {
        stretch::stretch(&mut clip, pace.stretch)
            .map_err(|reason| EngineError::utterance(voice, &segment.spoken, reason))?;
    }
    Ok(clip)
}

/// The same as fast as the voice speaks.
fn at_own_pace(
    synthesizer: &mut dyn Synthesizer,
    voice: &Voice,
    capabilities: &Capabilities,
    segments: &[Segment],
    index: usize,
) -> Result<Clip, EngineError> {
    let segment = &segments[index];
    let words = &segment.spoken;
    if words.is_empty() {
        return Ok(Clip { sample_rate: voice.sample_rate, ..Clip::default() });
    }
    let mut speaker = Speaker { synthesizer, voice, capabilities, segment };
    let units = speaker.measure(words)?;
    if units > capabilities.max_units {
        return speaker.in_pieces(words);
    }
    if units < capabilities.min_units {
        let next = segments.get(index + 1);
        let previous = index.checked_sub(1).map(|i| &segments[i]);
        for (neighbour, side) in [(next, Side::After), (previous, Side::Before)] {
            if let Some(neighbour) = neighbour
                && let Some(clip) = speaker.beside(words, neighbour, side)
            {
                return Ok(clip);
            }
        }
    }
    speaker.whole(words)
}

/// Where the neighbour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// Speaks words in the manner of one segment.
struct Speaker<'a> {
    synthesizer: &'a mut dyn Synthesizer,
    voice: &'a Voice,
    capabilities: &'a Capabilities,
    segment: &'a Segment,
}

impl Speaker<'_> {
    fn measure(&mut self, words: &[Word]) -> Result<usize, EngineError> {
        let Segment { language, prosody, .. } = self.segment;
        self.synthesizer.measure(&Utterance { words, language, prosody: *prosody, seed: 0 })
    }

    /// `words` at once.
    fn whole(&mut self, words: &[Word]) -> Result<Clip, EngineError> {
        let Segment { language, prosody, .. } = self.segment;
        let seed = seed(words, *prosody, language);
        let utterance = Utterance { words, language, prosody: *prosody, seed };
        let clip = self.synthesizer.synthesize(&utterance)?;
        check(&clip, words).map_err(|(word, reason)| self.refused(word, reason))?;
        Ok(clip)
    }

    /// `words` in pieces that the engine takes, joined.
    fn in_pieces(&mut self, words: &[Word]) -> Result<Clip, EngineError> {
        let pieces = self.pieces(words)?;
        let last = pieces.len() - 1;
        let mut joined = Clip { sample_rate: self.voice.sample_rate, ..Clip::default() };
        for (i, piece) in pieces.into_iter().enumerate() {
            let mut clip = self.whole(&words[piece])?;
            cut::trim(&mut clip, i > 0, i < last);
            cut::append(&mut joined, clip, if i > 0 { JOINT_MS } else { 0 });
        }
        Ok(joined)
    }

    /// Ranges of `words` in order, each within the engine's limit.
    fn pieces(&mut self, words: &[Word]) -> Result<Vec<Range<usize>>, EngineError> {
        let mut pieces = Vec::new();
        // Ranges still to be looked at, the next one last.
        let mut open: Vec<Range<usize>> = std::iter::once(0..words.len()).collect();
        while let Some(range) = open.pop() {
            let part = &words[range.clone()];
            if self.measure(part)? <= self.capabilities.max_units {
                pieces.push(range);
            } else if let Some(at) = clause::division(part) {
                open.push(range.start + at..range.end);
                open.push(range.start..range.start + at);
            } else {
                return Err(self.refused(&part[0], "too long to be spoken as one word"));
            }
        }
        Ok(pieces)
    }

    /// `words` spoken beside a clause of `neighbour` and cut out again; `None` when that is not
    /// possible and they have to be spoken alone.
    fn beside(&mut self, words: &[Word], neighbour: &Segment, side: Side) -> Option<Clip> {
        if neighbour.language != self.segment.language {
            return None;
        }
        let clause = match side {
            Side::After => clause::first(&neighbour.spoken),
            Side::Before => clause::last(&neighbour.spoken),
        };
        let company = match side {
            Side::After => [words, clause].concat(),
            Side::Before => [clause, words].concat(),
        };
        let units = self.measure(&company).ok()?;
        if clause.is_empty() || units > self.capabilities.max_units {
            return None;
        }
        let clip = self.whole(&company).ok()?;
        Some(match side {
            Side::After => cut::keep_first(clip, words.len()),
            Side::Before => cut::keep_last(clip, words.len()),
        })
    }

    fn refused(&self, word: &Word, reason: &str) -> EngineError {
        EngineError::utterance(self.voice, slice::from_ref(word), reason)
    }
}

/// Whether `clip` is what an engine owes for `words`; if not, the word in question.
fn check<'w>(clip: &Clip, words: &'w [Word]) -> Result<(), (&'w Word, &'static str)> {
    let mut end = 0;
    for (i, word) in words.iter().enumerate() {
        let Some(mark) = clip.marks.get(i) else { return Err((word, "it was left out")) };
        if mark.range.is_empty() {
            return Err((word, "the voice gives it no time"));
        }
        if mark.range.start < end || mark.range.end > clip.samples.len() {
            return Err((word, "the voice's timing of it is out of order"));
        }
        end = mark.range.end;
    }
    Ok(())
}

/// Seeds the sound of an utterance from all that shapes it (FNV-1a, 64 bits: the same on every
/// machine and in every version of Rust).
fn seed(words: &[Word], prosody: Prosody, language: &str) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        // A length before each part, so that "ab" + "c" is not "a" + "bc".
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    };
    add(language.as_bytes());
    for factor in [prosody.rate, prosody.pitch] {
        add(&factor.map_or([0xFF; 4], f32::to_le_bytes));
    }
    for word in words {
        for part in [&word.before, &word.text, &word.after] {
            add(part.as_bytes());
        }
        add(word.ipa.as_deref().unwrap_or_default().as_bytes());
        add(&[u8::from(word.letter)]);
    }
    hash
}

#[cfg(test)]
mod tests;
