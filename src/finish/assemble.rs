//! The first pass: joins clips. Takes one [`Clip`] per [`Segment`], in order; writes their audible
//! parts with exactly the planned silences between them, and notes in samples where each word sounds.
//! How loud they are is the second pass's business.
//!
//! A planned pause is what a listener hears: the samples from the end of one segment's sound to the
//! start of the next. What is kept of a clip around its audible part (a breath, the release of a
//! "t") lies inside the pause and shortens with it.

use std::{io, ops::Range};

use super::{
    FinishError, FinishOptions, Passage, Recording, Sound,
    edges::{self, Levels},
    loudness::Loudness,
    master::factor,
};
use crate::{
    model::{Clip, Cue, Mark, Segment, Timeline, WordCue, samples_from_ms},
    resample,
};

/// How much softer than elsewhere a sound may be inside a word's mark and still be kept, in dB.
const WORD_DB: f32 = 20.0;
/// A voice is made louder or softer by so much at most, to be as loud as the article's, in dB.
const MOST_MATCHED_DB: f64 = 12.0;
/// Samples per second that the standard's filters cover.
const RATES: std::ops::RangeInclusive<u32> = 16..=2_822_400;
/// Silence is written from here.
static ZEROS: [f32; 4096] = [0.0; 4096];

/// Where the samples of a recording go. Any closure that takes samples is one.
pub trait Sink {
    /// Takes the next samples, all finite.
    ///
    /// # Errors
    /// When they cannot be written; the error says where. Nothing more is written after that.
    fn write(&mut self, samples: &[f32]) -> io::Result<()>;
}

impl<F: FnMut(&[f32]) -> io::Result<()>> Sink for F {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self(samples)
    }
}

/// Assembles one article's recording.
///
/// After an error the recording is not whole; drop the assembler and what it wrote.
pub struct Assembler<S: Sink> {
    options: FinishOptions,
    sample_rate: u32,
    sink: S,
    /// How loud each voice is at full volume, in the order of their coming; `None` is the article's.
    voices: Vec<(Option<String>, Loudness)>,
    passages: Vec<Passage>,
    /// Whose each passage is: an index of `voices`; 0 for what is no speech.
    speakers: Vec<usize>,
    /// Samples written.
    written: u64,
    cues: Vec<Cue>,
    /// What follows the last sound is not known until the next segment comes.
    pending: Pending,
}

/// The silence that is owed since the last sound.
struct Pending {
    /// From the last sound to the next, in samples.
    pause: u64,
    /// Up to [`FinishOptions::keep_after_ms`] of the last clip after its last sound.
    kept: Vec<f32>,
}

impl<S: Sink> Assembler<S> {
    /// An assembler of a recording at `sample_rate`, into `sink`.
    ///
    /// # Errors
    /// [`FinishError::Rate`] under 16 or over 2,822,400 samples per second.
    pub fn new(sample_rate: u32, options: FinishOptions, sink: S) -> Result<Self, FinishError> {
        if !RATES.contains(&sample_rate) {
            return Err(FinishError::Rate { sample_rate });
        }
        let pause = samples_from_ms(options.lead_ms, sample_rate);
        Ok(Self {
            options,
            sample_rate,
            sink,
            voices: Vec::new(),
            passages: Vec::new(),
            speakers: Vec::new(),
            written: 0,
            cues: Vec::new(),
            pending: Pending { pause, kept: Vec::new() },
        })
    }

    /// Adds the clip of the next segment, resampled when its rate is another, and plans its pause. The
    /// segment's volume is noted for the second pass.
    ///
    /// A segment without words and without sound adds an empty cue and no sound; of its pause and the
    /// one before it, the longer stays.
    ///
    /// # Errors
    /// Whatever is wrong with the clip, before any of it is written; then whatever the sink says.
    pub fn push(&mut self, segment: &Segment, clip: Clip) -> Result<(), FinishError> {
        check(segment, &clip)?;
        let clip = self.at_rate(segment, clip)?;
        let pause_after = samples_from_ms(segment.pause_after_ms, self.sample_rate);
        let Some(sound) = self.sound(segment, &clip)? else {
            self.pending.pause = self.pending.pause.max(pause_after);
            let at = self.written + self.pending.pause;
            self.cues.push(Cue { start: at, end: at, words: Vec::new() });
            return Ok(());
        };

        let Clip { mut samples, marks, .. } = clip;
        let before = self.samples(self.options.keep_before_ms).min(sound.start);
        let lead = self.write_pause(before)?;
        let after = self.samples(self.options.keep_after_ms).min(samples.len() - sound.end);
        let after = after.min(usize::try_from(pause_after).unwrap_or(usize::MAX));

        samples.truncate(sound.end + after);
        let kept = &mut samples[sound.start - lead..];
        let fade = self.samples(self.options.fade_ms).min(kept.len() / 2);
        edges::fade_in(kept, fade);
        edges::fade_out(kept, fade);
        let volume = segment.prosody.volume.filter(|v| v.is_finite()).unwrap_or(1.0);
        let volume = volume.clamp(0.0, 1.0);
        let speaker = self.speaker(segment);
        self.begin(Passage::Speech { start: self.written, volume, level: 1.0 }, speaker);
        self.voices[speaker].1.add(kept);

        let start = self.written + lead as u64;
        let place = |at: usize| start + (at - sound.start) as u64;
        let words = marks
            .iter()
            .map(|mark| WordCue {
                start: place(mark.range.start.max(sound.start)),
                end: place(mark.range.end.min(sound.end)),
                timing: mark.timing,
            })
            .collect();
        self.cues.push(Cue { start, end: place(sound.end), words });
        let (heard, rest) = kept.split_at(lead + sound.len());
        self.write(heard)?;
        self.pending = Pending { pause: pause_after, kept: rest.to_vec() };
        Ok(())
    }

    /// Ends the recording with [`FinishOptions::tail_ms`] of silence after the last sound, and gives the
    /// sink back. The loudness of what comes out is for the second pass to measure.
    ///
    /// # Errors
    /// Whatever the sink says.
    pub fn finish(mut self) -> Result<(Recording, S), FinishError> {
        let sounded = self.cues.iter().any(|cue| cue.start < cue.end);
        let tail = samples_from_ms(self.options.tail_ms, self.sample_rate);
        self.pending.pause = if sounded { tail } else { 0 };
        self.write_pause(0)?;
        // Empty cues after the last sound stand where a pause was planned that is the tail now.
        for cue in self.cues.iter_mut().rev().take_while(|cue| cue.start == cue.end) {
            cue.start = cue.start.min(self.written);
            cue.end = cue.start;
        }
        let timeline = Timeline {
            sample_rate: self.sample_rate,
            samples: self.written,
            cues: self.cues,
            loudness_lufs: None,
            true_peak_dbtp: None,
        };
        let lufs: Vec<Option<f64>> = self.voices.iter().map(|(_, l)| l.lufs()).collect();
        // The voice that is heard first sets the measure: it is the article's but in odd scripts.
        let speech_lufs = lufs.iter().copied().flatten().next();
        for (passage, speaker) in self.passages.iter_mut().zip(&self.speakers) {
            if let Passage::Speech { level, .. } = passage
                && let Some((measure, own)) = speech_lufs.zip(lufs.get(*speaker).copied().flatten())
            {
                *level = factor((measure - own).clamp(-MOST_MATCHED_DB, MOST_MATCHED_DB));
            }
        }
        let recording = Recording { timeline, speech_lufs, passages: self.passages };
        Ok((recording, self.sink))
    }

    /// Adds a sound that is no speech after the pause that is planned, or after `pause_ms` when that is
    /// longer, and plans `pause_ms` after it. It is as loud as speech at `volume`.
    ///
    /// # Errors
    /// [`FinishError::Rate`] when it is not at the recording's rate; whatever the sink says.
    pub fn insert(&mut self, sound: &Sound, pause_ms: u32, volume: f32) -> Result<(), FinishError> {
        let sample_rate = sound.sample_rate();
        if sample_rate != self.sample_rate {
            return Err(FinishError::Rate { sample_rate });
        }
        let pause = samples_from_ms(pause_ms, sample_rate);
        if !self.passages.is_empty() {
            self.pending.pause = self.pending.pause.max(pause);
        }
        self.write_pause(0)?;
        let (start, gain) = (self.written, sound.gain(self.options.loudness_lufs));
        self.begin(Passage::Sound { start, gain, volume: volume.clamp(0.0, 1.0) }, 0);
        self.write(sound.samples())?;
        self.pending = Pending { pause, kept: Vec::new() };
        Ok(())
    }

    /// The index of the segment's voice.
    fn speaker(&mut self, segment: &Segment) -> usize {
        let known = self.voices.iter().position(|(voice, _)| *voice == segment.voice);
        known.unwrap_or_else(|| {
            self.voices.push((segment.voice.clone(), Loudness::new(self.sample_rate)));
            self.voices.len() - 1
        })
    }

    /// The clip at the recording's rate, its marks with it.
    fn at_rate(&self, segment: &Segment, clip: Clip) -> Result<Clip, FinishError> {
        let (from, to) = (clip.sample_rate, self.sample_rate);
        // An engine may leave an empty clip's rate unset.
        if from == to || clip.samples.is_empty() {
            return Ok(Clip { sample_rate: to, ..clip });
        }
        if !RATES.contains(&from) {
            return Err(FinishError::Rate { sample_rate: from });
        }
        let samples = resample::resample(&clip.samples, from, to).map_err(|reason| {
            FinishError::Resample { segment: segment.id.clone(), from, to, reason }
        })?;
        let length = samples.len();
        let place = |at: usize| resample::place(at.min(clip.samples.len()), from, to).min(length);
        let marks = clip.marks.iter().map(|mark| {
            let end = place(mark.range.end).max(1);
            // No mark becomes empty, however low the new rate.
            Mark { range: place(mark.range.start).min(end - 1)..end, timing: mark.timing }
        });
        Ok(Clip { marks: marks.collect(), samples, sample_rate: to })
    }

    /// Notes that another passage begins, unless it is more of the same.
    fn begin(&mut self, passage: Passage, speaker: usize) {
        let same_speaker = self.speakers.last() == Some(&speaker);
        match self.passages.last() {
            None => self.passages.push(passage.at_zero()),
            Some(last) if same_speaker && last.continues(&passage) => return,
            Some(_) => self.passages.push(passage),
        }
        self.speakers.push(speaker);
    }

    /// The part of the clip that is heard: what is audible, and every word. `None` when there is
    /// neither.
    ///
    /// A neural voice often gives its last sound a duration that runs on into silence; of a word,
    /// what lies [`WORD_DB`] under the audible is such silence and not kept. A word that is as soft
    /// as that from end to end is kept whole.
    fn sound(&self, segment: &Segment, clip: &Clip) -> Result<Option<Range<usize>>, FinishError> {
        let levels = Levels::of(&clip.samples, self.sample_rate);
        let audible = levels.within(self.options.audible_db);
        let within_words = levels.within(self.options.audible_db + WORD_DB);
        let (Some(mut sound), Some(faint)) = (audible, within_words) else {
            if clip.marks.is_empty() {
                return Ok(None);
            }
            let (segment, text) = (segment.id.clone(), segment.spoken_text());
            return Err(FinishError::Silent { segment, text });
        };
        for mark in &clip.marks {
            let whole = mark.range.start..mark.range.end.min(clip.samples.len());
            let loud = whole.start.max(faint.start)..whole.end.min(faint.end);
            let kept = if loud.is_empty() { whole } else { loud };
            sound = sound.start.min(kept.start)..sound.end.max(kept.end);
        }
        Ok(Some(sound))
    }

    /// Writes what is owed since the last sound, but the end of it that the next clip fills with up
    /// to `before` samples of its own. Returns how many that are.
    fn write_pause(&mut self, before: usize) -> Result<usize, FinishError> {
        let mut kept = std::mem::take(&mut self.pending.kept);
        let pause = self.pending.pause;
        if let Ok(room) = usize::try_from(pause)
            && room < kept.len()
        {
            // Only the tail of a recording is shorter than was planned when the clip was cut.
            kept.truncate(room);
            edges::fade_out(&mut kept, self.samples(self.options.fade_ms));
        }
        let room = pause - kept.len() as u64;
        let lead = before.min(usize::try_from(room).unwrap_or(usize::MAX));
        self.write(&kept)?;
        let mut silence = room - lead as u64;
        while silence > 0 {
            let count = usize::try_from(silence).map_or(ZEROS.len(), |s| s.min(ZEROS.len()));
            self.write(&ZEROS[..count])?;
            silence -= count as u64;
        }
        Ok(lead)
    }

    fn write(&mut self, samples: &[f32]) -> Result<(), FinishError> {
        if !samples.is_empty() {
            self.sink.write(samples)?;
            self.written += samples.len() as u64;
        }
        Ok(())
    }

    /// Milliseconds as a count of samples that can be held.
    fn samples(&self, ms: u32) -> usize {
        usize::try_from(samples_from_ms(ms, self.sample_rate)).unwrap_or(usize::MAX)
    }
}

/// Refuses a clip that cannot be what its segment asks for.
fn check(segment: &Segment, clip: &Clip) -> Result<(), FinishError> {
    let id = || segment.id.clone();
    if let Some(sample) = clip.samples.iter().position(|s| !s.is_finite()) {
        return Err(FinishError::NotFinite { segment: id(), sample });
    }
    let (words, marks) = (segment.spoken.len(), clip.marks.len());
    if words != marks {
        return Err(FinishError::MarkCount { segment: id(), words, marks });
    }
    let mut marked = segment.spoken.iter().zip(&clip.marks);
    if let Some((word, _)) =
        marked.find(|(_, mark)| mark.range.start >= mark.range.end.min(clip.samples.len()))
    {
        return Err(FinishError::EmptyMark { segment: id(), word: word.text.clone() });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
