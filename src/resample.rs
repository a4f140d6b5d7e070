//! Another sample rate, through `rubato`'s synchronous FFT resampler: ratios are fixed. For clips of
//! another voice's rate, sounds of any, and encoders that know only some.

use rubato::{Fft, FixedSync, Resampler, audioadapter_buffers::direct::SequentialSlice};

/// Samples that the resampler takes at once.
const CHUNK: usize = 1024;

/// `samples` at another rate; sample `i` comes to stand at [`place`]`(i)`, and what is before the first
/// or after the last is cut.
///
/// # Errors
/// What the resampler says, of rates that it cannot relate.
pub fn resample(samples: &[f32], from: u32, to: u32) -> Result<Vec<f32>, String> {
    let mut stream = Stream::new(from, to)?;
    let mut out = Vec::new();
    stream.push(samples, &mut out)?;
    stream.finish(&mut out)?;
    Ok(out)
}

/// Where a sample comes to stand, rounded to nearest.
#[must_use]
pub fn place(at: usize, from: u32, to: u32) -> usize {
    let (at, from, to) = (at as u128, u128::from(from), u128::from(to));
    usize::try_from((at * to + from / 2) / from).unwrap_or(usize::MAX)
}

/// Resamples a recording as it streams by.
pub struct Stream {
    from: u32,
    to: u32,
    /// `None` when the rates are equal.
    resampler: Option<Fft<f32>>,
    /// Taken and not yet resampled.
    pending: Vec<f32>,
    /// Of the resampler's delay, what has still to be cut.
    trim: usize,
    taken: u64,
    given: u64,
}

impl Stream {
    /// From one rate to another.
    ///
    /// # Errors
    /// What the resampler says, of rates that it cannot relate.
    pub fn new(from: u32, to: u32) -> Result<Self, String> {
        let resampler = if from == to {
            None
        } else {
            let resampler = Fft::new(from as usize, to as usize, CHUNK, 1, FixedSync::Input);
            Some(resampler.map_err(|e| e.to_string())?)
        };
        let trim = resampler.as_ref().map_or(0, Resampler::output_delay);
        Ok(Self { from, to, resampler, pending: Vec::new(), trim, taken: 0, given: 0 })
    }

    /// Takes samples and appends those that are ready to `out`.
    ///
    /// # Errors
    /// What the resampler says.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) -> Result<(), String> {
        self.taken += samples.len() as u64;
        let Some(resampler) = &mut self.resampler else {
            out.extend_from_slice(samples);
            return Ok(());
        };
        self.pending.extend_from_slice(samples);
        let mut start = 0;
        while self.pending.len() - start >= resampler.input_frames_next() {
            let count = resampler.input_frames_next();
            let part = &self.pending[start..start + count];
            let input = SequentialSlice::new(part, 1, count).map_err(|e| e.to_string())?;
            let resampled = resampler.process(&input, None).map_err(|e| e.to_string())?.take_data();
            let cut = self.trim.min(resampled.len());
            self.trim -= cut;
            out.extend_from_slice(&resampled[cut..]);
            self.given += (resampled.len() - cut) as u64;
            start += count;
        }
        self.pending.drain(..start);
        Ok(())
    }

    /// Appends what is left, to the last sample: as many in all as the time of those taken needs,
    /// rounded up.
    ///
    /// # Errors
    /// What the resampler says.
    pub fn finish(&mut self, out: &mut Vec<f32>) -> Result<(), String> {
        if self.resampler.is_none() {
            return Ok(());
        }
        let due = (u128::from(self.taken) * u128::from(self.to)).div_ceil(u128::from(self.from));
        let due = u64::try_from(due).unwrap_or(u64::MAX);
        let taken = self.taken;
        while self.given < due {
            self.push(&[0.0; CHUNK], out)?;
        }
        self.taken = taken;
        let over = usize::try_from(self.given - due).unwrap_or(usize::MAX).min(out.len());
        out.truncate(out.len() - over);
        self.given = due;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 440 Hz sine of a second.
    #[expect(clippy::cast_precision_loss)]
    fn sine(rate: u32) -> Vec<f32> {
        let step = std::f32::consts::TAU * 440.0 / rate as f32;
        (0..rate).map(|i| 0.5 * (step * i as f32).sin()).collect()
    }

    #[test]
    fn a_sine_stays_the_same_sine_in_its_place() {
        for (from, to) in [
            (22_050, 24_000),
            (16_000, 24_000),
            (24_000, 16_000),
            (44_100, 24_000),
            (24_000, 48_000),
        ] {
            let out = resample(&sine(from), from, to).expect("usual rates");
            let expected = sine(to);
            assert_eq!(out.len(), expected.len(), "{from} to {to}");
            let inner = 2000..expected.len() - 2000;
            let pairs = out[inner.clone()].iter().zip(&expected[inner]);
            let worst = pairs.map(|(o, e)| (o - e).abs()).fold(0.0, f32::max);
            assert!(worst < 0.002, "{from} to {to}: off by {worst}");
        }
    }

    #[test]
    fn in_parts_it_is_the_same() {
        let samples = sine(22_050);
        let whole = resample(&samples, 22_050, 24_000).expect("usual rates");
        for part in [1, 777, 5000] {
            let mut stream = Stream::new(22_050, 24_000).expect("usual rates");
            let mut out = Vec::new();
            for part in samples.chunks(part) {
                stream.push(part, &mut out).expect("resampled");
            }
            stream.finish(&mut out).expect("resampled");
            assert!(out == whole, "{part} at a time");
        }
    }

    #[test]
    fn places_are_exact_and_the_odd_is_harmless() {
        assert_eq!(place(22_050, 22_050, 24_000), 24_000);
        assert_eq!(place(1, 3, 2), 1);
        assert_eq!(place(usize::MAX, 1, 2), usize::MAX);
        assert_eq!(resample(&[], 16_000, 24_000), Ok(Vec::new()));
        assert_eq!(resample(&[0.5; 3], 22_050, 24_000).expect("short").len(), 4);
    }
}
