//! The recording as RIFF WAVE, PCM, 16 bit, mono, through `hound`. The only place where samples
//! become 16 bit.

use std::{
    fs::File,
    io::{self, BufWriter},
};

use super::{PublishError, Sealed, Staged};
use crate::model::{Warning, samples_to_ms};

/// Samples that one WAV file holds: the sizes in its header are 32 bit and count bytes, 36 of them
/// header; a sample has two.
pub(super) const MAX_SAMPLES: u64 = (u32::MAX as u64 - 36) / 2;
/// Bytes between writes to the file.
const BUFFER: usize = 256 * 1024;
/// Samples converted at once.
const PART: usize = 2048;
/// What 1.0 becomes. Not 32768, so that full scale is representable on both sides.
const FULL_SCALE: f32 = 32_767.0;

/// Length in milliseconds of the longest recording that fits into a WAV file at `sample_rate`: 24
/// hours and 51 minutes at 24,000 samples per second. To be asked before anything is synthesised.
#[must_use]
pub fn longest_wav_ms(sample_rate: u32) -> u64 {
    // One less, because the conversion rounds to nearest.
    samples_to_ms(MAX_SAMPLES, sample_rate).saturating_sub(1)
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WavSummary {
    /// Samples in the file.
    pub samples: u64,
    /// Samples that were beyond full scale and are now at it.
    pub clipped: u64,
}

impl WavSummary {
    /// The warning that samples were clipped, if any were.
    #[must_use]
    pub fn warning(&self) -> Option<Warning> {
        (self.clipped > 0).then(|| {
            let message = format!(
                "{} of {} samples were louder than full scale and were clipped; lower the volume",
                self.clipped, self.samples
            );
            Warning::new("clipped-samples", message)
        })
    }
}

/// Writes one recording, sample by sample, into a staged file.
pub struct WavWriter {
    staged: Staged,
    hound: hound::WavWriter<BufWriter<File>>,
    sample_rate: u32,
    /// [`MAX_SAMPLES`], but in the test of the limit.
    limit: u64,
    summary: WavSummary,
}

impl WavWriter {
    /// A recording at `sample_rate` into `staged`.
    ///
    /// # Errors
    /// When its header cannot be written.
    pub fn create(staged: Staged, sample_rate: u32) -> Result<Self, PublishError> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let buffer = BufWriter::with_capacity(BUFFER, staged.handle()?);
        let hound = hound::WavWriter::new(buffer, spec).map_err(|e| staged.error(&io_error(e)))?;
        let summary = WavSummary { samples: 0, clipped: 0 };
        Ok(Self { staged, hound, sample_rate, limit: MAX_SAMPLES, summary })
    }

    /// Appends samples.
    ///
    /// # Errors
    /// A [`PublishError`] inside an [`io::Error`]: when they do not fit into the file or onto the
    /// disk, or when one is not a number.
    pub fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        if samples.len() as u64 > self.limit - self.summary.samples {
            let path = self.staged.target();
            return Err(io::Error::other(PublishError::too_long(path, self.sample_rate)));
        }
        if !samples.iter().all(|s| s.is_finite()) {
            return Err(io::Error::other(PublishError::Write {
                path: self.staged.target().display().to_string(),
                reason: "a sample is not a number; choose another voice".into(),
            }));
        }
        for part in samples.chunks(PART) {
            self.write_part(part).map_err(|e| io::Error::other(self.staged.error(&io_error(e))))?;
        }
        self.summary.samples += samples.len() as u64;
        Ok(())
    }

    /// Converts and writes at most [`PART`] samples.
    fn write_part(&mut self, part: &[f32]) -> hound::Result<()> {
        let count = u32::try_from(part.len()).expect("a part is small");
        // Converted first and handed over then: the first loop runs several samples at once.
        let mut converted = [0; PART];
        for (to, sample) in converted.iter_mut().zip(part) {
            *to = to_i16(*sample);
        }
        let mut writer = self.hound.get_i16_writer(count);
        for sample in &converted[..part.len()] {
            writer.write_sample(*sample);
        }
        writer.flush()?;
        self.summary.clipped += part.iter().filter(|s| s.abs() > 1.0).count() as u64;
        Ok(())
    }

    /// Completes the header and seals the file.
    ///
    /// # Errors
    /// When it cannot be written out.
    pub fn finish(self) -> Result<(Sealed, WavSummary), PublishError> {
        let Self { staged, hound, summary, .. } = self;
        hound.finalize().map_err(|e| staged.error(&io_error(e)))?;
        Ok((staged.seal()?, summary))
    }
}

/// Rounds to nearest, halves to even; what is beyond full scale stays at it.
///
/// Added to 1.5 * 2^23, a value leaves its integer part in the low bits of the sum's mantissa:
/// rounded as IEEE 754 says on every processor, and ten times as fast as a saturating cast.
fn to_i16(sample: f32) -> i16 {
    const INTEGER_IN_LOW_BITS: f32 = 12_582_912.0;
    let scaled = sample.clamp(-1.0, 1.0) * FULL_SCALE;
    let [low, high, ..] = (scaled + INTEGER_IN_LOW_BITS).to_bits().to_le_bytes();
    i16::from_le_bytes([low, high])
}

/// The cause of a failure; nothing but the file itself can fail with the one format written here.
fn io_error(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::publish::Stage;

    fn written(folder: &Path, parts: &[&[f32]]) -> WavSummary {
        let stage = Stage::open(folder).expect("an output folder");
        let mut wav =
            WavWriter::create(stage.create("a/a.wav").expect("created"), 24_000).expect("a header");
        for part in parts {
            wav.write(part).expect("written");
        }
        let (sealed, summary) = wav.finish().expect("sealed");
        sealed.publish().expect("in its place");
        summary
    }

    #[test]
    fn what_is_read_again_is_what_was_meant() {
        let folder = tempfile::tempdir().expect("a folder");
        #[expect(clippy::cast_precision_loss)]
        let samples: Vec<f32> = (0..10_001).map(|i| (i as f32 * 0.01).sin() * 0.9).collect();
        let summary = written(folder.path(), &[&samples[..1], &samples[1..9000], &samples[9000..]]);
        assert_eq!(summary, WavSummary { samples: 10_001, clipped: 0 });
        let path = folder.path().join("a/a.wav");
        assert_eq!(std::fs::metadata(&path).expect("a file").len(), 44 + 2 * 10_001);
        let mut reader = hound::WavReader::open(&path).expect("a WAV file");
        assert_eq!(reader.spec().sample_rate, 24_000);
        assert_eq!((reader.spec().channels, reader.spec().bits_per_sample), (1, 16));
        let read: Vec<i16> = reader.samples().map(|s| s.expect("a sample")).collect();
        assert_eq!(read.len(), samples.len());
        for (meant, found) in samples.iter().zip(read) {
            // Half a step is the best that rounding can do, and all that it may cost.
            assert!((meant * 32_767.0 - f32::from(found)).abs() <= 0.501, "{meant} {found}");
        }
    }

    #[test]
    fn the_header_is_exact() {
        let folder = tempfile::tempdir().expect("a folder");
        written(folder.path(), &[&[0.0; 3]]);
        let bytes = std::fs::read(folder.path().join("a/a.wav")).expect("a file");
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four"));
        assert_eq!(
            (&bytes[..4], &bytes[8..16], &bytes[36..40]),
            (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..])
        );
        assert_eq!(
            (number(4), number(16), number(24), number(28), number(40)),
            (42, 16, 24_000, 48_000, 6)
        );
    }

    #[test]
    fn rounding_and_clipping() {
        for (sample, expected, why) in [
            (0.0, 0, "silence"),
            (1.0, 32_767, "full scale"),
            (-1.0, -32_767, "full scale"),
            (1.5, 32_767, "clipped"),
            (-7.0, -32_767, "clipped"),
            (0.4 / 32_767.0, 0, "down"),
            (0.6 / 32_767.0, 1, "up"),
            (-0.6 / 32_767.0, -1, "down"),
            (-0.4 / 32_767.0, 0, "up"),
            (-100.4 / 32_767.0, -100, "to nearest"),
            (100.4 / 32_767.0, 100, "to nearest"),
        ] {
            assert_eq!(to_i16(sample), expected, "{why}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let summary = written(folder.path(), &[&[0.5, 1.0, -1.0, 1.01, -2.0]]);
        assert_eq!(summary.clipped, 2);
        let warning = summary.warning().expect("a warning");
        assert!(warning.message.starts_with("2 of 5 samples"), "{}", warning.message);
        assert_eq!(WavSummary { samples: 5, clipped: 0 }.warning(), None);
    }

    #[test]
    fn the_limit_is_known_before_and_kept() {
        assert_eq!(longest_wav_ms(24_000) / 60_000, 24 * 60 + 51);
        assert!(longest_wav_ms(0) > 0, "no division by zero");
        assert_eq!(MAX_SAMPLES * 2 + 36, u64::from(u32::MAX) - 1);
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::open(folder.path()).expect("an output folder");
        let mut wav =
            WavWriter::create(stage.create("a.wav").expect("created"), 24_000).expect("a header");
        wav.limit = 10;
        wav.write(&[0.0; 10]).expect("it fits");
        let error = wav.write(&[0.0]).expect_err("it does not").to_string();
        assert!(error.contains("a.wav: the recording is longer than the 24 hours"), "{error}");
        let error = wav.write(&[]).map(|()| wav.limit = 99).and_then(|()| wav.write(&[f32::NAN]));
        assert!(error.expect_err("not a number").to_string().contains("is not a number"));
    }
}
