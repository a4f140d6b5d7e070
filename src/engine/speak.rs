//! A script's segments with a synthesizer, whatever the engine: exactly one clip per segment.
//!
//! A segment is a sentence, and engines have their limits: a sentence too long for one is spoken in
//! pieces that end where a clause ends, and joined; one so short that a neural voice invents sounds
//! around it is spoken together with its neighbour's words and cut back at the marks. What a segment
//! becomes depends on the script alone, never on which worker speaks what in which order.
//!
//! Separate from the engines because every one of them needs the same.

use std::ops::Range;

use super::{Capabilities, EngineError, Synthesizer, Utterance, split};
use crate::model::{Clip, Mark, Prosody, Segment, Word};

/// Silence between two pieces of one sentence, in milliseconds: a breath at a clause.
const JOINT_MS: usize = 120;
/// Fade at a cut, in milliseconds.
const FADE_MS: usize = 5;
/// Loudness is compared over this long when a cut looks for the quietest point, in milliseconds.
const QUIET_MS: usize = 5;

/// Speaks `segments[index]`: its clip has one mark per word of [`Segment::spoken`], each longer than
/// 0. A segment without words gives an empty clip.
///
/// # Errors
/// [`EngineError::Utterance`] when a word cannot be spoken, or the engine's clip is not what the
/// contract promises; [`EngineError::Retryable`] when that happened twice; whatever else the engine
/// says. After [`EngineError::Lost`] the synthesizer has to be replaced.
///
/// # Panics
/// When `index` is not one of `segments`.
pub fn speak_segment(
    synthesizer: &mut dyn Synthesizer,
    capabilities: &Capabilities,
    segments: &[Segment],
    index: usize,
) -> Result<Clip, EngineError> {
    let segment = &segments[index];
    if segment.spoken.is_empty() {
        return Ok(Clip::default());
    }
    let mut speaker = Speaker { synthesizer, capabilities, segment };
    let units = speaker.measure(&segment.spoken)?;
    if units > capabilities.max_units {
        return speaker.in_pieces();
    }
    if units < capabilities.min_units
        && let Some(clip) = speaker.beside_neighbour(segments, index)?
    {
        return Ok(clip);
    }
    speaker.whole(&segment.spoken)
}

/// Speaks words in the manner of one segment.
struct Speaker<'a> {
    synthesizer: &'a mut dyn Synthesizer,
    capabilities: &'a Capabilities,
    segment: &'a Segment,
}

impl<'a> Speaker<'a> {
    fn utterance<'w>(&self, words: &'w [Word]) -> Utterance<'w>
    where
        'a: 'w,
    {
        let Segment { language, prosody, .. } = self.segment;
        Utterance { words, language, prosody: *prosody, seed: seed(words, *prosody, language) }
    }

    fn measure(&mut self, words: &[Word]) -> Result<usize, EngineError> {
        let Segment { language, prosody, .. } = self.segment;
        self.synthesizer.measure(&Utterance { words, language, prosody: *prosody, seed: 0 })
    }

    /// `words` at once, with one more try where that may help.
    fn whole(&mut self, words: &[Word]) -> Result<Clip, EngineError> {
        let Segment { language, prosody, .. } = self.segment;
        let seed = seed(words, *prosody, language);
        let utterance = Utterance { words, language, prosody: *prosody, seed };
        let clip = match self.synthesizer.synthesize(&utterance) {
            Err(EngineError::Retryable { .. }) => self.synthesizer.synthesize(&utterance)?,
            other => other?,
        };
        check(&clip, words)?;
        Ok(clip)
    }

    /// The segment in pieces that the engine takes, joined.
    fn in_pieces(&mut self) -> Result<Clip, EngineError> {
        let words = &self.segment.spoken;
        let mut joined = Clip::default();
        for piece in self.pieces(words)? {
            let mut clip = self.whole(&words[piece])?;
            let rate = clip.sample_rate;
            fade_ends(&mut clip.samples, milliseconds(FADE_MS, rate));
            if joined.samples.is_empty() {
                joined = clip;
                continue;
            }
            let start = joined.samples.len() + milliseconds(JOINT_MS, rate);
            joined.samples.resize(start, 0.0);
            joined.samples.append(&mut clip.samples);
            joined.marks.extend(clip.marks.into_iter().map(|mark| Mark {
                range: mark.range.start + start..mark.range.end + start,
                ..mark
            }));
        }
        Ok(joined)
    }

    /// Ranges of `words`, each within the engine's limit.
    fn pieces(&mut self, words: &[Word]) -> Result<Vec<Range<usize>>, EngineError> {
        let mut pieces = Vec::new();
        // Ranges still to be looked at, the next one last.
        let mut open = vec![0..words.len()];
        while let Some(range) = open.pop() {
            if self.measure(&words[range.clone()])? <= self.capabilities.max_units {
                pieces.push(range);
                continue;
            }
            let Some(at) = split::best(&words[range.clone()]) else {
                return Err(self.refused(&words[range], "too long to be spoken at once"));
            };
            open.push(range.start + at..range.end);
            open.push(range.start..range.start + at);
        }
        Ok(pieces)
    }

    fn refused(&self, words: &[Word], reason: &str) -> EngineError {
        refusal(words, reason)
    }
}
