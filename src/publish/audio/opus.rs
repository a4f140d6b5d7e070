//! Opus in Ogg (RFC 7845) through `opus-pure`: pre-skip and the last granule say the exact length.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use opus_pure::{
    Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead, OpusTags, Signal,
};

use super::{Encoding, Samples, Tags, failed};
use crate::publish::{Output, PublishError};

/// Rates that an Opus encoder takes.
const RATES: [u32; 5] = [8_000, 12_000, 16_000, 24_000, 48_000];
/// Bits per second: speech in one channel, with nothing audible lost.
const BITRATE: i32 = 48_000;
/// How hard the encoder searches, of 10. More is not heard and takes several times as long
/// (docs/decisions.md).
const COMPLEXITY: i32 = 0;
/// Granules are counted at this rate, whatever the encoder takes.
const GRANULE_RATE: u32 = 48_000;
/// What the tags name as encoder; not its version, which changes no byte of sound.
const VENDOR: &str = "aloud";

/// The Opus format.
pub(in crate::publish) const OPUS: Encoding =
    Encoding { media_type: "audio/ogg; codecs=opus", extension: "opus", encode };

fn comments(tags: &Tags<'_>) -> Result<OpusTags, opus_pure::Error> {
    let mut comments = OpusTags::new();
    comments.vendor = VENDOR.into();
    for (name, value) in tags.vorbis() {
        comments.push(&name, &value)?;
    }
    if let Some(picture) = tags.picture() {
        comments.push("METADATA_BLOCK_PICTURE", &STANDARD.encode(picture))?;
    }
    Ok(comments)
}

fn encode(samples: Samples, tags: &Tags<'_>, out: &mut dyn Output) -> Result<(), PublishError> {
    let error = |e: opus_pure::Error| failed("Opus", e);
    let wanted = samples.rate();
    let rate = RATES.into_iter().find(|rate| *rate >= wanted).unwrap_or(GRANULE_RATE);
    let signed = i32::try_from(rate).expect("a rate of the table");
    let mut encoder = OpusEncoder::new(signed, 1, Application::Audio).map_err(error)?;
    encoder.bitrate_bps = BITRATE;
    encoder.complexity = COMPLEXITY;
    // One way of coding throughout: at a change between them ffmpeg's decoder was heard to burst (docs/decisions.md).
    encoder.signal_type = Some(Signal::Voice);
    let head = OpusHead::for_encoder(&encoder, wanted);
    let ticks = u64::from(GRANULE_RATE / rate);
    let pre_skip = u64::from(head.pre_skip);
    let mut writer =
        OggOpusWriter::with_tags(&mut *out, head, comments(tags).map_err(error)?).map_err(error)?;
    let frame = (rate / 50) as usize; // 20 ms
    let mut packet = vec![0; MAX_PACKET_BYTES];
    let mut pending: Vec<f32> = Vec::with_capacity(2 * frame);
    let total = samples.at_rate(rate, |part| {
        pending.extend_from_slice(part);
        let whole = pending.len() / frame * frame;
        for block in pending[..whole].chunks_exact(frame) {
            let length = encoder.encode(block, frame, &mut packet).map_err(error)?;
            writer.write_packet(&packet[..length]).map_err(error)?;
        }
        pending.drain(..whole);
        Ok(())
    })?;
    // The encoder is behind by the pre-skip: as much silence brings its last samples out. The last
    // granule says where the sound ends (RFC 7845, section 4.4).
    let end = pre_skip + total * ticks;
    let mut block = std::mem::take(&mut pending);
    loop {
        block.resize(frame, 0.0);
        let length = encoder.encode(&block, frame, &mut packet).map_err(error)?;
        let left = end.saturating_sub(u64::try_from(writer.granule()).unwrap_or(0));
        if left <= frame as u64 * ticks {
            let left = u32::try_from(left).expect("less than a frame");
            writer.write_packet_with_duration(&packet[..length], left).map_err(error)?;
            break;
        }
        writer.write_packet(&packet[..length]).map_err(error)?;
        block.clear();
    }
    writer.finish().map_err(error)?;
    Ok(())
}
