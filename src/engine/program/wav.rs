//! Sound out of the WAV that a program wrote, perhaps to a pipe, where it could not fill in the lengths.

use std::io::Cursor;

use hound::{SampleFormat, WavReader};

/// A length from here on means "until the end": the header was written before the length was known.
const UNKNOWN: u32 = 0x7FFF_0000;
/// Length of a chunk's head: four letters and a length.
const HEAD: usize = 8;

/// The samples of a WAV, mixed down to one channel, and their rate.
///
/// # Errors
/// What is wrong with it, for people: that it is no WAV at all (with its beginning if it is text), that it
/// is cut short, or that it is of a kind that nobody reads.
pub(in crate::engine) fn decode(mut bytes: Vec<u8>) -> Result<(Vec<f32>, u32), String> {
    if bytes.is_empty() {
        return Err("it gave nothing".to_owned());
    }
    if bytes.len() < 12 || &bytes[..4] != b"RIFF" || &bytes[8..12] != b"WAVE" {
        return Err(format!("it gave no WAV but {}", beginning(&bytes)));
    }
    complete(&mut bytes)?;
    let mut reader =
        WavReader::new(Cursor::new(bytes)).map_err(|e| format!("its WAV is broken: {e}"))?;
    let spec = reader.spec();
    if !(4000..=384_000).contains(&spec.sample_rate) {
        return Err(format!("its WAV has {} samples per second", spec.sample_rate));
    }
    let broken = |e: hound::Error| format!("its WAV is broken: {e}");
    let samples: Vec<f32> = match spec.sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>().map_err(broken)?,
        SampleFormat::Int => {
            #[expect(clippy::cast_precision_loss)] // 24 bits are what an f32 holds
            let scale = (1_i64 << (spec.bits_per_sample - 1)) as f32;
            #[expect(clippy::cast_precision_loss)]
            let scaled = |s: i32| s as f32 / scale;
            reader
                .samples::<i32>()
                .map(|s| s.map(scaled))
                .collect::<Result<_, _>>()
                .map_err(broken)?
        }
    };
    if samples.iter().any(|s| !s.is_finite()) {
        return Err("its WAV has samples that are not numbers".to_owned());
    }
    Ok((mixed(samples, spec.channels), spec.sample_rate))
}

/// Fills in the lengths of a WAV that was written to a pipe.
fn complete(bytes: &mut Vec<u8>) -> Result<(), String> {
    let number = |bytes: &[u8], at: usize| {
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
    };
    let (mut at, mut block) = (12, 2);
    while at + HEAD <= bytes.len() {
        let length = number(bytes, at + 4);
        let there = bytes.len() - at - HEAD;
        if &bytes[at..at + 4] == b"fmt " && there >= 16 {
            let field = |offset: usize| {
                u16::from_le_bytes([bytes[at + HEAD + offset], bytes[at + HEAD + offset + 1]])
            };
            block = usize::from(field(12)).max(1);
            // Some programs (flite's voice kal) leave another rate's bytes per second here.
            let per_second = number(bytes, at + HEAD + 4).saturating_mul(u32::from(field(12)));
            bytes[at + HEAD + 8..at + HEAD + 12].copy_from_slice(&per_second.to_le_bytes());
        }
        if &bytes[at..at + 4] == b"data" {
            if length < UNKNOWN && length as usize > there {
                return Err(format!(
                    "its WAV is cut short: {length} bytes are announced, {there} came"
                ));
            }
            if length >= UNKNOWN || (length == 0 && there > 0) {
                let whole = there / block * block;
                bytes.truncate(at + HEAD + whole);
                let fits =
                    |n: usize| u32::try_from(n).map_err(|_| "its WAV is too long".to_owned());
                let (data, riff) = (fits(whole)?, fits(at + whole)?);
                bytes[at + 4..at + HEAD].copy_from_slice(&data.to_le_bytes());
                bytes[4..8].copy_from_slice(&riff.to_le_bytes());
            }
            return Ok(());
        }
        // Chunks begin at even places.
        at += HEAD + length as usize + (length as usize & 1);
    }
    Err("its WAV is cut short: it has no sound in it".to_owned())
}

fn mixed(samples: Vec<f32>, channels: u16) -> Vec<f32> {
    if channels <= 1 {
        return samples;
    }
    let share = 1.0 / f32::from(channels);
    samples.chunks_exact(usize::from(channels)).map(|c| c.iter().sum::<f32>() * share).collect()
}

/// What `bytes` are instead, for a message.
pub(in crate::engine) fn beginning(bytes: &[u8]) -> String {
    const SHOWN: usize = 60;
    let start = &bytes[..bytes.len().min(4 * SHOWN)];
    let Ok(text) =
        std::str::from_utf8(start).or_else(|e| std::str::from_utf8(&start[..e.valid_up_to()]))
    else {
        return format!("{} other bytes", bytes.len());
    };
    if text.is_empty() || text.contains('\0') {
        return format!("{} other bytes", bytes.len());
    }
    let line: Vec<&str> = text.split_whitespace().collect();
    let clean: String = line.join(" ").chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    format!("text: \"{clean}\"")
}

#[cfg(test)]
mod tests {
    use hound::{WavSpec, WavWriter};

    use super::*;

    fn wav(
        channels: u16,
        bits_per_sample: u16,
        sample_format: SampleFormat,
        samples: &[f32],
    ) -> Vec<u8> {
        let spec = WavSpec { channels, sample_rate: 16_000, bits_per_sample, sample_format };
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = WavWriter::new(&mut bytes, spec).unwrap();
        for sample in samples {
            match sample_format {
                SampleFormat::Float => writer.write_sample(*sample).unwrap(),
                #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
                SampleFormat::Int => {
                    let scale = (1_i64 << (bits_per_sample - 1)) as f32;
                    writer.write_sample((sample * scale) as i32).unwrap();
                }
            }
        }
        writer.finalize().unwrap();
        bytes.into_inner()
    }

    const SOUND: [f32; 4] = [0.0, 0.5, -0.25, 0.125];

    #[test]
    fn every_common_kind_is_read() {
        let kinds = [(8, SampleFormat::Int), (16, SampleFormat::Int), (24, SampleFormat::Int)];
        for (bits, format) in
            kinds.into_iter().chain([(32, SampleFormat::Int), (32, SampleFormat::Float)])
        {
            let (samples, rate) = decode(wav(1, bits, format, &SOUND)).unwrap();
            assert_eq!((samples.as_slice(), rate), (&SOUND[..], 16_000), "{bits} {format:?}");
        }
        let (samples, _) = decode(wav(2, 16, SampleFormat::Int, &SOUND)).unwrap();
        assert_eq!(samples, [0.25, -0.0625]);
        assert_eq!(decode(wav(1, 16, SampleFormat::Int, &[])).unwrap().0, [0.0; 0]);
    }

    #[test]
    fn wrong_bytes_per_second_do_no_harm() {
        let mut bytes = wav(1, 16, SampleFormat::Int, &SOUND);
        bytes[28..32].copy_from_slice(&16_000_u32.to_le_bytes());
        assert_eq!(decode(bytes).unwrap(), (SOUND.to_vec(), 16_000));
    }

    #[test]
    fn a_wav_from_a_pipe_is_read_to_its_end() {
        for length in [0x7FFF_F000_u32, 0xFFFF_FFFF, 0] {
            let mut bytes = wav(1, 16, SampleFormat::Int, &SOUND);
            bytes[4..8].copy_from_slice(&length.to_le_bytes());
            bytes[40..44].copy_from_slice(&length.to_le_bytes());
            bytes.push(7); // half a sample
            assert_eq!(decode(bytes).unwrap().0, SOUND, "{length:x}");
        }
    }

    #[test]
    fn what_is_no_whole_wav_is_refused_with_a_reason() {
        let whole = wav(1, 16, SampleFormat::Int, &SOUND);
        let mut fast = whole.clone();
        fast[24..28].copy_from_slice(&9_000_000_u32.to_le_bytes());
        let cases = [
            (Vec::new(), "it gave nothing"),
            (
                b"<!doctype html><title>502 Bad\nGateway".to_vec(),
                "no WAV but text: \"<!doctype html><title>502 Bad Gateway\"",
            ),
            (vec![0xFF, 0xFB, 0x90, 0], "no WAV but 4 other bytes"),
            (whole[..48].to_vec(), "cut short: 8 bytes are announced, 4 came"),
            (whole[..30].to_vec(), "cut short"),
            (fast, "9000000 samples per second"),
        ];
        for (bytes, wanted) in cases {
            let error = decode(bytes).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
        // No byte that is lost or changed makes it panic.
        for i in 0..whole.len() {
            let mut changed = whole.clone();
            changed[i] ^= 0xFF;
            let _ = (decode(whole[..i].to_vec()), decode(changed));
        }
    }
}
