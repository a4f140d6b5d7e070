//! FLAC (RFC 9639) through `flacenc`: the WAV's samples, exactly, in two thirds of the bytes.

use std::io::SeekFrom;

use flacenc::{
    bitsink::ByteSink,
    component::{BitRepr, StreamInfo},
    config,
    error::Verify,
    source::{Context, Fill, FrameBuf},
};

use super::{Encoding, Samples, Tags, failed};
use crate::publish::{Output, PublishError};

/// Samples in a frame.
const BLOCK: usize = 4096;
const BITS: usize = 16;
/// Types of metadata blocks.
const STREAM_INFO: u8 = 0;
const VORBIS_COMMENT: u8 = 4;
const PICTURE: u8 = 6;
const LAST: u8 = 0x80;

/// The FLAC format.
pub(in crate::publish) const FLAC: Encoding =
    Encoding { media_type: "audio/flac", extension: "flac", encode };

fn encode(mut samples: Samples, tags: &Tags<'_>, out: &mut dyn Output) -> Result<(), PublishError> {
    let mut settings = config::Encoder::default();
    settings.block_size = BLOCK;
    settings.multithread = false;
    // Of speech 2% smaller, and three times the work (docs/decisions.md).
    settings.subframe_coding.use_lpc = false;
    let settings = settings.into_verified().map_err(|(_, e)| failed("FLAC", e))?;
    let mut info =
        StreamInfo::new(samples.rate() as usize, 1, BITS).map_err(|e| failed("FLAC", e))?;
    out.write_all(b"fLaC")?;
    let at = out.stream_position()?;
    block(out, STREAM_INFO, &stream_info(&info)?)?;
    let picture = tags.picture();
    let last = if picture.is_none() { LAST } else { 0 };
    block(out, VORBIS_COMMENT | last, &vorbis_comment(tags))?;
    if let Some(picture) = picture {
        block(out, PICTURE | LAST, &picture)?;
    }

    let mut frames = FrameBuf::with_size(1, BLOCK).map_err(|e| failed("FLAC", e))?;
    let mut digest = Context::new(BITS, 1);
    let (mut integers, mut wide) = ([0_i16; BLOCK], Vec::with_capacity(BLOCK));
    for number in 0.. {
        let count = samples.read(&mut integers)?;
        if count == 0 {
            break;
        }
        wide.clear();
        wide.extend(integers[..count].iter().map(|s| i32::from(*s)));
        frames.resize(count);
        frames.fill_interleaved(&wide).map_err(|e| failed("FLAC", e))?;
        digest.fill_interleaved(&wide).map_err(|e| failed("FLAC", e))?;
        let frame = flacenc::encode_fixed_size_frame(&settings, &frames, number, &info)
            .map_err(|e| failed("FLAC", e))?;
        info.update_frame_info(&frame);
        let mut sink = ByteSink::new();
        frame.write(&mut sink).map_err(|e| failed("FLAC", e))?;
        out.write_all(sink.as_slice())?;
    }
    // All blocks but the last have the same size.
    info.set_block_sizes(BLOCK, BLOCK).map_err(|e| failed("FLAC", e))?;
    info.set_md5_digest(&digest.md5_digest());
    let end = out.stream_position()?;
    out.seek(SeekFrom::Start(at))?;
    block(out, STREAM_INFO, &stream_info(&info)?)?;
    out.seek(SeekFrom::Start(end))?;
    Ok(())
}

fn stream_info(info: &StreamInfo) -> Result<Vec<u8>, PublishError> {
    let mut sink = ByteSink::new();
    info.write(&mut sink).map_err(|e| failed("FLAC", e))?;
    Ok(sink.as_slice().to_vec())
}

/// Writes a metadata block: type, length in three bytes, content.
fn block(out: &mut dyn Output, kind: u8, content: &[u8]) -> Result<(), PublishError> {
    let length = u32::try_from(content.len()).ok().filter(|length| *length < 1 << 24);
    let length = length.ok_or_else(|| failed("FLAC", "the tags are larger than 16 MB"))?;
    out.write_all(&[kind])?;
    out.write_all(&length.to_be_bytes()[1..])?;
    Ok(out.write_all(content)?)
}

/// The tags as the Vorbis comment block has them: lengths are little-endian, unlike all else.
fn vorbis_comment(tags: &Tags<'_>) -> Vec<u8> {
    let field = |text: &str| {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        [&length.to_le_bytes()[..], text.as_bytes()].concat()
    };
    let comments = tags.vorbis();
    let count = u32::try_from(comments.len()).unwrap_or(u32::MAX);
    let mut bytes = field("aloud");
    bytes.extend(count.to_le_bytes());
    for (name, value) in comments {
        bytes.extend(field(&format!("{name}={value}")));
    }
    bytes
}
