//! Samples between two passes, as 32 bit floats in a temporary file that goes when it is dropped.

use std::{
    fs::File,
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
};

use super::{PublishError, Staged, wav};

/// Samples converted at once.
const PART: usize = 8192;
/// Bytes in a sample.
const SAMPLE: usize = size_of::<f32>();

/// A recording that has not got its level yet.
pub struct Scratch {
    /// Keeps the temporary file, and names the one that the samples are for.
    staged: Staged,
    file: File,
    sample_rate: u32,
    /// Samples that the WAV file holds that they are for, but in the test of the limit.
    limit: u64,
    written: u64,
    bytes: Vec<u8>,
}

impl Scratch {
    /// Samples at `sample_rate` for a WAV file, into `staged`, which will never be that file.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn create(staged: Staged, sample_rate: u32) -> Result<Self, PublishError> {
        let file = staged.handle()?;
        let bytes = Vec::with_capacity(PART * SAMPLE);
        Ok(Self { staged, file, sample_rate, limit: wav::MAX_SAMPLES, written: 0, bytes })
    }

    /// Appends samples.
    ///
    /// # Errors
    /// A [`PublishError`] inside an [`io::Error`]: when there are more than a WAV file holds, or no
    /// room for them.
    pub fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        if samples.len() as u64 > self.limit - self.written {
            let path = self.staged.target();
            return Err(io::Error::other(PublishError::too_long(path, self.sample_rate)));
        }
        for part in samples.chunks(PART) {
            self.bytes.clear();
            self.bytes.extend(part.iter().flat_map(|sample| sample.to_le_bytes()));
            self.file.write_all(&self.bytes).map_err(|e| self.error(&e))?;
        }
        self.written += samples.len() as u64;
        Ok(())
    }

    /// Goes to a sample, counted from 0.
    ///
    /// # Errors
    /// A [`PublishError`] inside an [`io::Error`].
    pub fn seek(&mut self, sample: u64) -> io::Result<()> {
        let place = SeekFrom::Start(sample * SAMPLE as u64);
        self.file.seek(place).map(drop).map_err(|e| self.error(&e))
    }

    /// Fills `into` with the next samples and says how many that are: fewer only at the end.
    ///
    /// # Errors
    /// A [`PublishError`] inside an [`io::Error`].
    pub fn read(&mut self, into: &mut [f32]) -> io::Result<usize> {
        let mut count = 0;
        for part in into.chunks_mut(PART) {
            self.bytes.resize(part.len() * SAMPLE, 0);
            let mut filled = 0;
            while filled < self.bytes.len() {
                match self.file.read(&mut self.bytes[filled..]) {
                    Ok(0) => break,
                    Ok(more) => filled += more,
                    Err(e) if e.kind() == ErrorKind::Interrupted => {}
                    Err(e) => return Err(self.error(&e)),
                }
            }
            let (samples, _) = self.bytes[..filled].as_chunks::<SAMPLE>();
            for (to, bytes) in part.iter_mut().zip(samples) {
                *to = f32::from_le_bytes(*bytes);
            }
            count += samples.len();
            if samples.len() < part.len() {
                break;
            }
        }
        Ok(count)
    }

    fn error(&self, error: &io::Error) -> io::Error {
        io::Error::other(self.staged.error(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Stage;

    #[test]
    fn what_is_read_is_what_was_written_as_often_as_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let mut scratch =
            Scratch::create(stage.create("a/a.wav").expect("created"), 24_000).expect("a file");
        #[expect(clippy::cast_precision_loss)]
        let samples: Vec<f32> = (0..20_001).map(|i| i as f32 * -0.37).collect();
        scratch.write(&samples[..3]).expect("written");
        scratch.write(&samples[3..]).expect("written");
        for (length, start) in [(1000, 0), (30_000, 0), (20_001, 0), (1000, 777)] {
            scratch.seek(start).expect("there");
            let mut read = Vec::new();
            let mut buffer = vec![0.0; length];
            loop {
                let count = scratch.read(&mut buffer).expect("read");
                read.extend_from_slice(&buffer[..count]);
                if count < length {
                    break;
                }
            }
            assert!(
                read == samples[usize::try_from(start).expect("small")..],
                "{length} at a time"
            );
        }
        drop(scratch);
        let left = std::fs::read_dir(folder.path().join(".aloud/tmp")).expect("a folder").count();
        assert_eq!(left, 0, "nothing is left");
    }

    #[test]
    fn what_no_wav_file_holds_is_refused_while_it_grows() {
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let mut scratch =
            Scratch::create(stage.create("a.wav").expect("created"), 24_000).expect("a file");
        scratch.limit = 10;
        scratch.write(&[0.0; 10]).expect("it fits");
        let error = scratch.write(&[0.0]).expect_err("it does not").to_string();
        assert!(error.contains("a.wav: the recording is longer than the 24 hours"), "{error}");
    }
}
