//! Audio files of other people's, decoded through `symphonia`: WAV, FLAC and MP3, mixed down to one channel.
//! For sounds that go into a recording, and for what speech services answer.

use std::io::Cursor;

use symphonia::core::{
    codecs::audio::AudioDecoderOptions,
    errors::Error,
    formats::{FormatOptions, TrackType, probe::Hint},
    io::{MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
};

/// Samples per second that are believed.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// Why bytes are no sound, as a predicate: the message names what they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// There are none.
    #[error("is empty")]
    Empty,
    /// They are of no kind that is known here.
    #[error("is not audio that can be read ({0})")]
    Kind(String),
    /// A file that has no sound in it.
    #[error("holds no audio")]
    Silent,
    /// It begins well, and does not go on.
    #[error("is damaged ({0})")]
    Damaged(String),
    /// The sample rate is another one in the middle.
    #[error("changes its sample rate")]
    Changes,
    /// A sample rate that is none.
    #[error("has {0} samples per second, not {low} to {high}", low = RATES.start(), high = RATES.end())]
    Rate(u32),
    /// It is longer than was asked for.
    #[error("is longer than {} minutes", .0 / 60)]
    Long(u64),
}

/// All samples of a file in one channel, the mean of its own, and their rate. `extension` is that of its name and
/// a hint, no more. What is longer than `most_seconds` is not read to its end.
///
/// # Errors
/// What is wrong with it.
pub fn decode(
    bytes: Vec<u8>,
    extension: &str,
    most_seconds: u64,
) -> Result<(Vec<f32>, u32), DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    let unknown = |e: Error| DecodeError::Kind(e.to_string());
    let stream =
        MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let mut hint = Hint::new();
    hint.with_extension(extension);
    let mut format = symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(unknown)?;
    let track = format.default_track(TrackType::Audio).ok_or(DecodeError::Silent)?;
    let id = track.id;
    let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
    let parameters = parameters.ok_or(DecodeError::Silent)?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .map_err(unknown)?;
    let (mut samples, mut rate) = (Vec::new(), None);
    let mut interleaved: Vec<f32> = Vec::new();
    let damaged = |e: Error| DecodeError::Damaged(e.to_string());
    while let Some(packet) = format.next_packet().map_err(damaged)? {
        if packet.track_id != id {
            continue;
        }
        let buffer = decoder.decode(&packet).map_err(damaged)?;
        let (found, channels) = (buffer.spec().rate(), buffer.num_planes().max(1));
        if rate.is_some_and(|rate| rate != found) {
            return Err(DecodeError::Changes);
        }
        if !RATES.contains(&found) {
            return Err(DecodeError::Rate(found));
        }
        rate = Some(found);
        buffer.copy_to_vec_interleaved(&mut interleaved);
        #[expect(clippy::cast_precision_loss, reason = "a handful of channels")]
        let mean = |frame: &[f32]| frame.iter().sum::<f32>() / channels as f32;
        samples.extend(interleaved.chunks_exact(channels).map(mean));
        if samples.len() as u64 > most_seconds * u64::from(found) {
            return Err(DecodeError::Long(most_seconds));
        }
    }
    Ok((samples, rate.ok_or(DecodeError::Silent)?))
}
