//! Sounds that are no speech: an intro, an outro, a cue before each section. From WAV, FLAC or
//! MP3, in one channel, as loud as speech.

use super::{
    edges::{self, Levels},
    loudness::Loudness,
    master::factor,
};
use crate::{
    decode::{self, DecodeError},
    resample,
};

/// The longest sound: it is held in memory, and nobody waits longer for an article.
const LONGEST_SECONDS: u64 = 300;
/// How far under the loudest part a sound's edges are cut, in dB: music fades further than speech.
const AUDIBLE_DB: f32 = 70.0;
/// Fade at each end, in milliseconds: inaudible, and no click where a file begins in the middle of a wave.
const FADE_MS: u32 = 4;

/// A decoded sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    samples: Vec<f32>,
    sample_rate: u32,
    /// Integrated loudness; of a short one, of what there is.
    lufs: f64,
}

impl Sound {
    /// Decodes a file's bytes; silence at its ends is cut. `extension` is that of its name.
    ///
    /// # Errors
    /// What is wrong with the file, for a message that names it: not audio, damaged, of another kind,
    /// no samples, silent, or longer than five minutes.
    pub fn decode(bytes: Vec<u8>, extension: &str) -> Result<Self, String> {
        let (samples, sample_rate) =
            decode::decode(bytes, extension, LONGEST_SECONDS).map_err(|e| explain(&e))?;
        if samples.is_empty() {
            return Err("has no samples; choose another file".into());
        }
        let damaged = samples.iter().any(|s| !s.is_finite());
        let levels = Levels::of(&samples, sample_rate);
        let heard = levels.within(AUDIBLE_DB).filter(|_| !damaged);
        let heard = heard.ok_or("is silent; choose another file")?;
        let mut sound = Self { samples: samples[heard].to_vec(), sample_rate, lufs: 0.0 };
        let fade = (sample_rate / 1000 * FADE_MS) as usize;
        let fade = fade.min(sound.samples.len() / 2);
        edges::fade_in(&mut sound.samples, fade);
        edges::fade_out(&mut sound.samples, fade);
        let mut loudness = Loudness::new(sample_rate);
        loudness.add(&sound.samples);
        sound.lufs = loudness.lufs().ok_or("is too soft to be heard; choose another file")?;
        Ok(sound)
    }

    /// The same at another rate.
    ///
    /// # Errors
    /// What the resampler says.
    pub fn at_rate(&self, sample_rate: u32) -> Result<Self, String> {
        let samples = resample::resample(&self.samples, self.sample_rate, sample_rate)?;
        Ok(Self { samples, sample_rate, lufs: self.lufs })
    }

    pub(super) fn samples(&self) -> &[f32] {
        &self.samples
    }

    pub(super) fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// The factor with which it is as loud as `loudness_lufs`.
    pub(super) fn gain(&self, loudness_lufs: f64) -> f32 {
        factor(loudness_lufs - self.lufs)
    }
}

/// What is wrong with a file, and the way out.
fn explain(error: &DecodeError) -> String {
    let way_out = match error {
        DecodeError::Kind(_) | DecodeError::Silent => "use WAV, FLAC or MP3",
        DecodeError::Long(_) => "shorten it",
        _ => "choose another file",
    };
    format!("{error}; {way_out}")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A WAV file of 16 bit samples.
    fn wav(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let spec = hound::WavSpec {
            channels,
            sample_rate: rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a header");
        for sample in samples {
            writer.write_sample(*sample).expect("written");
        }
        writer.finalize().expect("finished");
        bytes.into_inner()
    }

    /// A second of a 500 Hz square wave, with silence around it.
    fn beep(rate: u32, channels: usize) -> Vec<i16> {
        let second = rate as usize;
        let period = second / 500;
        let wave = |i: usize| if i % period < period / 2 { 3277 } else { -3277 };
        let mono = (0..3 * second).map(|i| if i / second == 1 { wave(i) } else { 0 });
        mono.flat_map(|s| std::iter::repeat_n(s, channels)).collect()
    }

    #[test]
    fn any_rate_and_channels_become_one_channel_without_silence_around() {
        for (rate, channels) in [(48_000, 2), (44_100, 1), (22_050, 2), (8_000, 1)] {
            let samples = beep(rate, usize::from(channels));
            let sound = Sound::decode(wav(rate, channels, &samples), "wav").expect("a sound");
            assert_eq!(sound.sample_rate(), rate);
            let ms = sound.samples().len() * 1000 / rate as usize;
            assert!(ms.abs_diff(1000) < 20, "{ms} ms at {rate}");
            assert!((sound.gain(-20.0) - 1.0).abs() < 0.2, "{}", sound.lufs);
            let other = sound.at_rate(24_000).expect("resampled");
            let ms = other.samples().len() / 24;
            assert!(ms.abs_diff(1000) < 20, "{ms} ms from {rate}");
        }
    }

    #[test]
    fn what_is_no_sound_is_refused_with_the_reason() {
        let long = vec![1000; 8_000 * 301];
        for (bytes, reason) in [
            (Vec::new(), "is empty"),
            (b"not audio at all, whatever its name says".to_vec(), "is not audio that can be read"),
            (wav(48_000, 2, &[]), "holds no audio"),
            (wav(48_000, 2, &[0; 4000]), "is silent"),
            (wav(8_000, 1, &long), "is longer than 5 minutes"),
        ] {
            let error = Sound::decode(bytes, "wav").expect_err(reason);
            assert!(error.contains(reason), "{error}");
        }
    }
}
