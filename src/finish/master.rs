//! The second pass: an assembled recording at the loudness and under the true peak that were asked
//! for, measured as it goes out.
//!
//! Levelling and limiting change the loudness by as much as the voice is uneven, so the gain between
//! them cannot be computed: it is found by going through the recording, or excerpts of a long one,
//! without writing it, once as a rule. Nothing is held but some milliseconds.

use std::{io, ops::Range};

use super::{
    FinishError, FinishOptions, Passage, Recording, Sink, excerpts::excerpts, level::Leveller,
    limit::Limiter, loudness::Loudness, meter::Meter, peak::TruePeak,
};

/// The assembled recording, to be read as often as it takes.
pub trait Replay {
    /// Goes to a sample, counted from 0, at most to the end.
    ///
    /// # Errors
    /// When it cannot.
    fn seek(&mut self, sample: u64) -> io::Result<()>;

    /// Fills `into` with the next samples, and says how many that are: fewer than it holds only at
    /// the end.
    ///
    /// # Errors
    /// When they cannot be read.
    fn read(&mut self, into: &mut [f32]) -> io::Result<usize>;
}

/// Blocks read at once.
const BLOCKS: usize = 256;
/// What levelling takes of a voice's loudness, as a rule, in LU: the first guess.
const USUAL_LOSS_LU: f64 = 1.7;
/// The most that speech is made louder, in dB. What would need more is noise.
const MOST_GAIN_DB: f64 = 36.0;
/// A guess that is off by less is set right in one step.
const CLOSE_LU: f64 = 0.4;
/// Of each dB that the gain changes, the loudness of a voice changes by this much; the rest is limited.
const USUAL_SLOPE: f64 = 0.9;
/// The least that is believed of it: a target that needs more cannot be reached.
const LEAST_SLOPE: f64 = 0.2;
/// Times that the gain is guessed; only a target that can hardly be reached needs them all.
const GUESSES: usize = 6;
/// The limiter's ceiling is this much under the true peak asked for, in dB: what encoders add, Opus the
/// most (docs/decisions.md).
const HEADROOM_DB: f64 = 2.0;

/// Writes `recording`, read from `source`, at the loudness and true peak of `options` into `sink`, and
/// notes what was measured in its timeline.
///
/// # Errors
/// What source and sink say.
pub fn master(
    recording: &mut Recording,
    source: &mut impl Replay,
    options: &FinishOptions,
    sink: &mut impl Sink,
) -> Result<(), FinishError> {
    let pass = Pass::of(recording, options);
    let gain_db = pass.find_gain(source, options.loudness_lufs)?;
    let mut meter = Meter::new(recording.timeline.sample_rate);
    pass.run(source, 0..pass.samples, gain_db, Take::Final, |samples| {
        meter.add(samples);
        sink.write(samples)
    })?;
    recording.timeline.loudness_lufs = meter.loudness_lufs();
    recording.timeline.true_peak_dbtp = meter.true_peak_dbtp();
    Ok(())
}

/// Whether a pass is for measuring or for listening.
#[derive(Clone, Copy, PartialEq)]
enum Take {
    /// At full volume.
    Rehearsal,
    Final,
}

/// What every pass over a recording needs.
struct Pass<'a> {
    passages: &'a [Passage],
    samples: u64,
    sample_rate: u32,
    /// Samples in a block: a millisecond.
    block: usize,
    speech_lufs: Option<f64>,
    levelling: bool,
    ceiling: f32,
}

impl<'a> Pass<'a> {
    fn of(recording: &'a Recording, options: &FinishOptions) -> Self {
        let sample_rate = recording.timeline.sample_rate;
        Self {
            passages: &recording.passages,
            samples: recording.timeline.samples,
            sample_rate,
            block: (sample_rate / 1000).max(1) as usize,
            speech_lufs: recording.speech_lufs,
            levelling: options.levelling,
            ceiling: factor(options.true_peak_dbtp - HEADROOM_DB),
        }
    }

    /// The gain for speech, in dB, with which the recording has the loudness `wanted`.
    fn find_gain(&self, source: &mut impl Replay, wanted: f64) -> Result<f64, FinishError> {
        let Some(speech) = self.speech_lufs else { return Ok(0.0) };
        let (excerpts, louder) = self.excerpts(source, speech)?;
        let loss = if self.levelling { USUAL_LOSS_LU } else { 0.0 };
        let mut gain = (wanted - speech + loss).min(MOST_GAIN_DB);
        let wanted = wanted + louder;
        let mut last: Option<(f64, f64)> = None;
        for _ in 0..GUESSES {
            let mut loudness = Loudness::new(self.sample_rate);
            for excerpt in &excerpts {
                self.run(source, excerpt.clone(), gain, Take::Rehearsal, |samples| {
                    loudness.add(samples);
                    Ok(())
                })?;
            }
            let Some(found) = loudness.lufs() else { break };
            // The secant through the last two guesses.
            let slope = last
                .map(|(gain_before, found_before)| (found - found_before) / (gain - gain_before))
                .filter(|slope| slope.is_finite())
                .map_or(USUAL_SLOPE, |slope| slope.clamp(LEAST_SLOPE, 1.0));
            last = Some((gain, found));
            let off = wanted - found;
            gain = (gain + off / slope).min(MOST_GAIN_DB);
            if off.abs() < CLOSE_LU {
                break;
            }
        }
        Ok(gain)
    }

    /// The parts that stand for the recording, and by how much they are louder than all of it, in LU.
    fn excerpts(
        &self,
        source: &mut impl Replay,
        speech_lufs: f64,
    ) -> io::Result<(Vec<Range<u64>>, f64)> {
        let excerpts = excerpts(self.passages, self.samples, self.sample_rate);
        let whole = 0..self.samples;
        if excerpts == [whole.clone()] {
            return Ok((excerpts, 0.0));
        }
        let mut loudness = Loudness::new(self.sample_rate);
        let mut buffer = vec![0.0; BLOCKS * self.block];
        for excerpt in &excerpts {
            let mut place = Place::at(self.passages, excerpt.start);
            source.seek(excerpt.start)?;
            while place.sample < excerpt.end {
                let count = fill(source, &mut buffer, excerpt.end - place.sample)?;
                if count == 0 {
                    break;
                }
                place.scale(self.passages, &mut buffer[..count], |passage| passage.level());
                loudness.add(&buffer[..count]);
            }
        }
        // Excerpts in which nothing sounds stand for nothing.
        Ok(match loudness.lufs() {
            Some(lufs) => (excerpts, lufs - speech_lufs),
            None => (Vec::from([whole]), 0.0),
        })
    }

    /// Goes through a part of the recording; `each` gets it piece by piece, as many samples as it has.
    fn run(
        &self,
        source: &mut impl Replay,
        part: Range<u64>,
        gain_db: f64,
        take: Take,
        mut each: impl FnMut(&[f32]) -> io::Result<()>,
    ) -> Result<(), FinishError> {
        let mut leveller = self
            .speech_lufs
            .filter(|_| self.levelling)
            .map(|speech_lufs| Leveller::new(self.block, speech_lufs));
        let mut limiter = Limiter::new(self.block, self.ceiling, TruePeak::new(self.sample_rate));
        let [mut matched, mut taken, mut gained, mut given] =
            [Place::at(self.passages, part.start); 4];
        let (mut levelled, mut out) = (Vec::new(), Vec::new());
        let mut left = part.end - part.start;
        let mut buffer = vec![0.0; BLOCKS * self.block];
        let speech_gain = factor(gain_db);
        source.seek(part.start)?;
        loop {
            let count = fill(source, &mut buffer, part.end - matched.sample)?;
            let ended = count < buffer.len();
            let whole = count.next_multiple_of(self.block);
            buffer[count..whole].fill(0.0);
            matched.scale(self.passages, &mut buffer[..count], |passage| passage.level());
            levelled.clear();
            for block in buffer[..whole].chunks_exact(self.block) {
                let speech = taken.passage(self.passages).is_speech();
                taken.step(self.passages, self.block as u64);
                match &mut leveller {
                    Some(leveller) => leveller.push(block, speech, &mut levelled),
                    None => levelled.extend_from_slice(block),
                }
            }
            if let Some(leveller) = leveller.as_mut().filter(|_| ended) {
                leveller.finish(&mut levelled);
            }
            gained.scale(self.passages, &mut levelled, |passage| match passage {
                Passage::Speech { .. } => speech_gain,
                Passage::Sound { gain, .. } => gain,
            });
            out.clear();
            for block in levelled.chunks_exact(self.block) {
                limiter.push(block, &mut out);
            }
            if ended {
                limiter.finish(&mut out);
            }
            let due = usize::try_from(left).map_or(out.len(), |left| left.min(out.len()));
            left -= due as u64;
            if take == Take::Final {
                // Volume comes last, so that half of it is half of what was asked for.
                given.scale(self.passages, &mut out[..due], |passage| passage.volume());
            }
            each(&out[..due])?;
            if ended {
                return Ok(());
            }
        }
    }
}

/// Fills `into` with the next samples, at most `most` of them, and says how many that are.
fn fill(source: &mut impl Replay, into: &mut [f32], most: u64) -> io::Result<usize> {
    let most = usize::try_from(most).map_or(into.len(), |most| most.min(into.len()));
    source.read(&mut into[..most])
}

/// A place in the recording and the passage it is in.
#[derive(Clone, Copy)]
struct Place {
    sample: u64,
    passage: usize,
}

impl Place {
    fn at(passages: &[Passage], sample: u64) -> Self {
        let passage = passages.partition_point(|p| p.start() <= sample).saturating_sub(1);
        Self { sample, passage }
    }

    fn passage(&self, passages: &[Passage]) -> Passage {
        passages.get(self.passage).copied().unwrap_or(Passage::Speech {
            start: 0,
            volume: 1.0,
            level: 1.0,
        })
    }

    /// Scales the next samples by their passages' factors.
    fn scale(
        &mut self,
        passages: &[Passage],
        samples: &mut [f32],
        factor: impl Fn(Passage) -> f32,
    ) {
        let mut rest = samples;
        while !rest.is_empty() {
            let factor = factor(self.passage(passages));
            let (now, later) = rest.split_at_mut(self.until(passages, rest.len()));
            if factor.to_bits() != 1.0_f32.to_bits() {
                for sample in now.iter_mut() {
                    *sample *= factor;
                }
            }
            self.step(passages, now.len() as u64);
            rest = later;
        }
    }

    /// Samples of `most` that are of the same passage.
    fn until(&self, passages: &[Passage], most: usize) -> usize {
        let next = passages.get(self.passage + 1);
        let left = next.and_then(|next| usize::try_from(next.start() - self.sample).ok());
        left.map_or(most, |left| left.min(most))
    }

    fn step(&mut self, passages: &[Passage], samples: u64) {
        self.sample += samples;
        while passages.get(self.passage + 1).is_some_and(|next| next.start() <= self.sample) {
            self.passage += 1;
        }
    }
}

/// Decibels as a factor.
#[expect(clippy::cast_possible_truncation, reason = "samples are f32")]
pub(super) fn factor(db: f64) -> f32 {
    10_f64.powf(db / 20.0) as f32
}

#[cfg(test)]
mod tests;
