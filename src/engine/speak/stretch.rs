//! Speech at another pace with the pitch it has, for what a voice cannot do by itself: WSOLA (waveform similarity
//! overlap-add; Verhelst and Roelands, ICASSP 1993) by the crate `wsola`, whose frames of 30 ms hold two periods of
//! the deepest voices.

use std::num::{NonZeroU16, NonZeroU32};

use wsola::TimeStretch;

use crate::model::Clip;

/// `clip` at `tempo` times its pace, above 1 faster; marks come along. Sound may be up to 12 ms / `tempo` away from
/// where its mark is moved to: the method chooses frames by their shape.
///
/// # Errors
/// Why the sound cannot be stretched; the clip is as it was then.
pub(super) fn stretch(clip: &mut Clip, tempo: f32) -> Result<(), String> {
    let Some(rate) = NonZeroU32::new(clip.sample_rate).filter(|_| !clip.samples.is_empty()) else {
        return Ok(());
    };
    let tempo = f64::from(tempo);
    let length = scaled(clip.samples.len(), tempo);
    clip.samples = stretched(&clip.samples, rate, tempo, length)
        .map_err(|e| format!("its sound cannot be brought to {tempo} times its pace: {e}"))?;
    let mut end = 0;
    for mark in &mut clip.marks {
        let start = scaled(mark.range.start, tempo).max(end);
        end = scaled(mark.range.end, tempo).max(start + 1);
        mark.range = start..end;
    }
    // Marks of single samples may have been pushed beyond it.
    clip.samples.resize(length.max(end), 0.0);
    Ok(())
}

/// `length` samples of `samples` at `tempo`.
fn stretched(
    samples: &[f32],
    rate: NonZeroU32,
    tempo: f64,
    length: usize,
) -> Result<Vec<f32>, wsola::Error> {
    let mut machine = TimeStretch::new(rate, NonZeroU16::MIN)?;
    #[expect(clippy::cast_possible_truncation)]
    machine.set_tempo(tempo as f32);
    let hop = machine.min_output_buff_size();
    // The first hop fades in, and the last frames lack company: silence takes both.
    let before = scaled(hop, 1.0 / tempo);
    machine.push(&vec![0.0; before]);
    machine.push(samples);
    machine.push(&vec![0.0; before + 4 * hop]);
    machine.set_draining();
    let mut out = vec![0.0; (length + 8 * hop).next_multiple_of(hop)];
    // It is long enough for everything.
    let written = machine.pull(&mut out)?;
    out.truncate(written);
    let skip = scaled(before, tempo).min(out.len());
    out.drain(..skip);
    out.resize(length, 0.0);
    Ok(out)
}

/// Where sample `at` comes to stand.
fn scaled(at: usize, tempo: f64) -> usize {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let scaled = (at as f64 / tempo).round() as usize;
    scaled
}
