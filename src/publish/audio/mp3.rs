//! MP3, constant bit rate, through `rusty_mp3`, with a LAME tag for the exact length and ID3v2.4 tags.

use std::io::SeekFrom;

use id3::{
    Content, Encoder, Frame, Tag, TagLike, Version,
    frame::{Chapter, Comment, ExtendedLink, ExtendedText, Picture, PictureType, TableOfContents},
};
use rusty_mp3::{Error, Mp3Encoder, Mp3EncoderConfig};

use super::{Encoding, Samples, Tags, failed, tags::iso_639_2};
use crate::publish::{Output, PublishError};

/// Rates that MP3 has, with the bit rates at which speech in one channel has no audible loss
/// (docs/decisions.md).
const RATES: [(u32, u32); 9] = [
    (8_000, 32),
    (11_025, 32),
    (12_000, 32),
    (16_000, 56),
    (22_050, 80),
    (24_000, 80),
    (32_000, 80),
    (44_100, 96),
    (48_000, 96),
];

/// The MP3 format.
pub(in crate::publish) const MP3: Encoding =
    Encoding { media_type: "audio/mpeg", extension: "mp3", encode };

/// Writes the tags and the frames: first the one with the LAME tag, which is completed when the length is known.
fn encode(samples: Samples, tags: &Tags<'_>, out: &mut dyn Output) -> Result<(), PublishError> {
    Encoder::new()
        .version(Version::Id3v24)
        .encode(&id3(tags), &mut *out)
        .map_err(|e| failed("MP3", e))?;
    let wanted = samples.rate();
    let (rate, bitrate_kbps) =
        RATES.into_iter().find(|(rate, _)| *rate >= wanted).unwrap_or(RATES[RATES.len() - 1]);
    let mut encoder = Mp3Encoder::new(Mp3EncoderConfig { bitrate_kbps, vbr_quality: None });
    let first_frame = out.stream_position()?;
    samples.at_rate(rate, |part| {
        encoder.push_pcm_f32(part, 1, rate).map_err(|e| failed("MP3", e))?;
        drain(&mut encoder, out)
    })?;
    encoder.finish();
    drain(&mut encoder, out)?;
    if let Some(frame) = encoder.lame_tag_frame() {
        let end = out.stream_position()?;
        out.seek(SeekFrom::Start(first_frame))?;
        out.write_all(frame)?;
        out.seek(SeekFrom::Start(end))?;
    }
    Ok(())
}

fn drain(encoder: &mut Mp3Encoder, out: &mut dyn Output) -> Result<(), PublishError> {
    loop {
        match encoder.next_packet() {
            Ok(packet) => out.write_all(&packet)?,
            Err(Error::Again | Error::Eof) => return Ok(()),
            Err(e) => return Err(failed("MP3", e)),
        }
    }
}

fn id3(tags: &Tags<'_>) -> Tag {
    let mut tag = Tag::new();
    tag.set_title(&tags.title);
    let texts = [("TPE1", &tags.author), ("TPUB", &tags.publisher), ("TDRC", &tags.date)];
    for (id, text) in texts {
        if let Some(text) = text {
            tag.set_text(id, text);
        }
    }
    tag.set_genre("Speech");
    // `XXX` is ID3's code for a language without one.
    tag.set_text("TLAN", iso_639_2(&tags.language).unwrap_or("XXX"));
    tag.add_frame(ExtendedText { description: "LANGUAGE".into(), value: tags.language.clone() });
    tag.add_frame(Comment {
        lang: "eng".into(),
        description: String::new(),
        text: tags.comment.clone(),
    });
    if let Some(url) = &tags.url {
        tag.add_frame(ExtendedLink { description: "source".into(), link: url.clone() });
    }
    if let Some(cover) = tags.cover {
        tag.add_frame(Picture {
            mime_type: cover.media_type.into(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: cover.bytes.clone(),
        });
    }
    let ms = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX);
    let mut ids = Vec::new();
    // A table of contents counts its entries in one byte.
    for (i, (start, end, title)) in tags.chapters.iter().take(255).enumerate() {
        let element_id = format!("chp{}", i + 1);
        ids.push(element_id.clone());
        tag.add_frame(Chapter {
            element_id,
            start_time: ms(*start),
            end_time: ms(*end),
            // Not by bytes.
            start_offset: u32::MAX,
            end_offset: u32::MAX,
            frames: vec![Frame::with_content("TIT2", Content::Text(title.clone()))],
        });
    }
    if !ids.is_empty() {
        tag.add_frame(TableOfContents {
            element_id: "toc".into(),
            top_level: true,
            ordered: true,
            elements: ids,
            frames: Vec::new(),
        });
    }
    tag
}
