//! AAC-LC in MP4 through `syom`: an edit list says the exact length, and the head stands before the sound, so
//! that a player on the net can begin at once.

use std::{io::SeekFrom, num::NonZeroU32};

use syom::{AacError, EncodeOptions, EncodedFrame, Encoder};

use super::{
    Encoding, Samples, Tags, failed,
    mp4::{FRAME, Movie, boxed, chapter_texts},
};
use crate::publish::{Output, PublishError};

/// Rates that AAC has, with the bit rates at which speech in one channel has no audible loss
/// (docs/decisions.md).
const RATES: [(u32, u32); 9] = [
    (8_000, 32_000),
    (11_025, 40_000),
    (12_000, 40_000),
    (16_000, 56_000),
    (22_050, 72_000),
    (24_000, 80_000),
    (32_000, 96_000),
    (44_100, 112_000),
    (48_000, 112_000),
];
/// Frames that there is room for over those of the sound: priming, look-ahead, the end of a resampler, which
/// are three at most, and what the table of chunks takes when the last one is not full.
const MORE_FRAMES: u64 = 8;
/// Length and type of a box.
const HEADER: u64 = 8;

/// The M4A format.
pub(in crate::publish) const M4A: Encoding =
    Encoding { media_type: "audio/mp4", extension: "m4a", encode };

/// Writes the sound behind room for a head, and then the head, which knows where every frame is.
fn encode(samples: Samples, tags: &Tags<'_>, out: &mut dyn Output) -> Result<(), PublishError> {
    let error = |e: shiguredo_mp4::Error| failed("M4A", e);
    let wanted = samples.rate();
    let (rate, bit_rate) =
        RATES.into_iter().find(|(rate, _)| *rate >= wanted).unwrap_or(RATES[RATES.len() - 1]);
    let options = EncodeOptions::raw().with_bitrate_bps(bit_rate).with_lookahead(true);
    let mut encoder = Encoder::new(rate, 1, &options).map_err(|e| failed("M4A", e))?;
    let config = encoder.asc().to_vec();
    let mut movie = Movie {
        rate: NonZeroU32::new(rate).expect("a rate of the table"),
        samples: 0,
        priming: 0,
        config: &config,
        bit_rate,
        frames: &[],
        frames_at: 0,
        chapters_at: 0,
        tags,
    };

    let kind = boxed(*b"ftyp", &[b"M4A \0\0\0\0M4A mp42isom"]);
    let most =
        samples.count() * u64::from(rate) / u64::from(wanted) / u64::from(FRAME) + MORE_FRAMES;
    let most = vec![0; usize::try_from(most).map_err(|_| too_long())?];
    let head = Movie { frames: &most, ..movie }.head().map_err(error)?.len() as u64;
    // What is left of the room becomes a box that is skipped, so there is room for its header.
    let sound_at = kind.len() as u64 + head + HEADER;
    out.write_all(&vec![0; usize::try_from(sound_at + HEADER).map_err(|_| too_long())?])?;

    let mut frames = Frames { sizes: Vec::new(), bytes: Vec::new() };
    samples.at_rate(rate, |part| {
        // A resampler may go a little over full scale, which the encoder refuses.
        let part: Vec<f32> = part.iter().map(|sample| sample.clamp(-1.0, 1.0)).collect();
        encoder.feed(&[&part], |frame| frames.add(&frame)).map_err(|e| failed("M4A", e))?;
        frames.write(out)
    })?;
    let info = encoder.finish(|frame| frames.add(&frame)).map_err(|e| failed("M4A", e))?;
    frames.write(out)?;
    let chapters_at = out.stream_position()?;
    for text in chapter_texts(tags) {
        out.write_all(&text)?;
    }
    let end = out.stream_position()?;

    let place = |place: u64| u32::try_from(place).map_err(|_| too_long());
    movie.samples = info.samples;
    movie.priming = info.priming;
    movie.frames = &frames.sizes;
    movie.frames_at = place(sound_at + HEADER)?;
    movie.chapters_at = place(chapters_at)?;
    let mut head = kind;
    head.extend(movie.head().map_err(error)?);
    let room = (sound_at - HEADER)
        .checked_sub(head.len() as u64)
        .ok_or_else(|| failed("M4A", "there are more frames than the samples make"))?;
    let room = usize::try_from(room).map_err(|_| too_long())?;
    head.extend(boxed(*b"free", &[&vec![0; room]]));
    head.extend(place(end - sound_at)?.to_be_bytes());
    head.extend(b"mdat");
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&head)?;
    out.seek(SeekFrom::Start(end))?;
    Ok(())
}

/// Frames on their way out.
struct Frames {
    sizes: Vec<u32>,
    bytes: Vec<u8>,
}

impl Frames {
    #[expect(clippy::unnecessary_wraps, reason = "what the encoder calls")]
    fn add(&mut self, frame: &EncodedFrame<'_>) -> Result<(), AacError> {
        self.sizes.push(u32::try_from(frame.payload.len()).unwrap_or(u32::MAX));
        self.bytes.extend_from_slice(frame.payload);
        Ok(())
    }

    fn write(&mut self, out: &mut dyn Output) -> Result<(), PublishError> {
        out.write_all(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

fn too_long() -> PublishError {
    failed("M4A", "the recording is longer than one file can hold")
}
