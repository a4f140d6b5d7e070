//! The samples of a publication's WAV, in order, at the rate that an encoder takes.

use std::{
    fs::File,
    io::{self, BufReader},
    path::Path,
};

use crate::{
    publish::{Publication, PublishError},
    resample::Stream,
};

/// Samples read at once.
const PART: usize = 4096;

/// A WAV file being read.
pub(super) struct Samples {
    reader: hound::WavReader<BufReader<File>>,
    rate: u32,
}

impl Samples {
    /// The WAV of `publication`.
    ///
    /// # Errors
    /// When there is none or it cannot be read.
    pub(super) fn of(publication: &Publication<'_>) -> Result<Self, PublishError> {
        let mut entries = publication.files.iter().zip(publication.paths);
        let (_, path) = entries
            .find(|(entry, _)| entry.media_type == "audio/wav")
            .ok_or_else(|| io::Error::other("there is no WAV file to encode"))?;
        Self::open(path)
    }

    fn open(path: &Path) -> Result<Self, PublishError> {
        let reader = hound::WavReader::open(path).map_err(wav_error)?;
        let rate = reader.spec().sample_rate;
        Ok(Self { reader, rate })
    }

    /// Samples per second.
    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        u64::from(self.reader.duration())
    }

    /// Fills `into` and says how far: less than whole only at the end.
    pub(super) fn read(&mut self, into: &mut [i16]) -> Result<usize, PublishError> {
        let mut count = 0;
        for (to, sample) in into.iter_mut().zip(self.reader.samples::<i16>()) {
            *to = sample.map_err(wav_error)?;
            count += 1;
        }
        Ok(count)
    }

    /// Gives all samples to `each` in parts, at `rate`, nominally within -1 to 1. Returns how many
    /// that were.
    pub(super) fn at_rate(
        mut self,
        rate: u32,
        mut each: impl FnMut(&[f32]) -> Result<(), PublishError>,
    ) -> Result<u64, PublishError> {
        let mut resampler = Stream::new(self.rate, rate).map_err(io::Error::other)?;
        let (mut integers, mut floats) = ([0_i16; PART], Vec::with_capacity(PART));
        let mut out = Vec::new();
        let mut given = 0;
        loop {
            let count = self.read(&mut integers)?;
            floats.clear();
            floats.extend(integers[..count].iter().map(|s| f32::from(*s) / 32_768.0));
            out.clear();
            resampler.push(&floats, &mut out).map_err(io::Error::other)?;
            if count < PART {
                resampler.finish(&mut out).map_err(io::Error::other)?;
            }
            given += out.len() as u64;
            each(&out)?;
            if count < PART {
                return Ok(given);
            }
        }
    }
}

fn wav_error(error: hound::Error) -> PublishError {
    PublishError::Io(match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    })
}
