//! Every format decoded again: the same sound, the same length, the same tags.

use std::{io::Cursor, sync::Arc};

use symphonia::core::{
    codecs::audio::AudioDecoderOptions,
    formats::{FormatOptions, TrackType, probe::Hint},
    io::{MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
};

use super::*;
use crate::{
    model::Role,
    publish::{Publisher, publication::tests::Sample},
};

/// Samples of a voice-like wave: harmonics of 150 Hz that swell and fade.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn wave(rate: u32, count: usize) -> Vec<i16> {
    (0..count)
        .map(|i| {
            let seconds = i as f64 / f64::from(rate);
            let swell = (seconds * 9.0).sin().powi(2);
            let voice: f64 = (1..12)
                .map(|h| {
                    (std::f64::consts::TAU * 150.0 * f64::from(h) * seconds).sin() / f64::from(h)
                })
                .sum();
            (voice * swell * 8000.0) as i16
        })
        .collect()
}

/// A format without publisher and cover.
fn plain(encoding: Encoding) -> Encoded {
    Encoded { encoding, publisher: None, cover: None }
}

/// `publisher`'s file for a WAV of these samples.
fn encoded(publisher: &dyn Publisher, sample: &Sample, rate: u32, samples: &[i16]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&path, spec).expect("created");
    for sample in samples {
        writer.write_sample(*sample).expect("written");
    }
    writer.finalize().expect("finished");
    let files = [crate::publish::FileEntry {
        path: "a.wav".into(),
        media_type: "audio/wav".into(),
        bytes: 0,
        sha256: String::new(),
    }];
    let publication = sample.publication();
    let publication = crate::publish::Publication { files: &files, paths: &[path], ..publication };
    let mut out = Cursor::new(Vec::new());
    publisher.write(&publication, &mut out).expect("encoded");
    out.into_inner()
}

/// What `symphonia` decodes, and the rate.
fn decoded(bytes: &[u8]) -> (Vec<f32>, u32) {
    let source = Box::new(Cursor::new(bytes.to_vec()));
    let stream = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
    let mut format = symphonia::default::get_probe()
        .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
        .expect("a known format");
    let track = format.default_track(TrackType::Audio).expect("a track");
    let parameters = track.codec_params.as_ref().and_then(|p| p.audio()).expect("audio");
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &AudioDecoderOptions::default())
        .expect("a known codec");
    let (mut samples, mut rate, mut part) = (Vec::new(), 0, Vec::<f32>::new());
    while let Some(packet) = format.next_packet().expect("a whole file") {
        let buffer = decoder.decode(&packet).expect("a whole packet");
        rate = buffer.spec().rate();
        buffer.copy_to_vec_interleaved(&mut part);
        samples.extend_from_slice(&part);
    }
    (samples, rate)
}

/// What `syom` decodes: its edit list is honoured as players do.
fn m4a_decoded(bytes: &[u8]) -> (Vec<f32>, u32) {
    let audio =
        syom::decode_with(bytes, &syom::DecodeOptions::audio().with_max_duration_secs(60.0))
            .expect("a whole M4A file");
    (audio.channels[0].clone(), audio.sample_rate)
}

/// What `opus-pure` decodes at `rate`, trimmed as a player does.
fn opus_decoded(bytes: &[u8], rate: u32) -> (Vec<f32>, opus_pure::OpusTags) {
    let mut reader = opus_pure::OggOpusReader::new(bytes).expect("Ogg Opus");
    let rate = i32::try_from(rate).expect("a rate");
    let mut decoder = reader.head().decoder(rate).expect("a decoder");
    let mut trim = opus_pure::Trim::new(reader.head(), rate, 1).expect("mono");
    let tags = reader.tags().clone();
    let (mut samples, mut block) = (Vec::new(), vec![0.0; opus_pure::MAX_PACKET_SAMPLES]);
    for packet in reader.packets() {
        let packet = packet.expect("a packet");
        let count = decoder
            .decode(&packet.data, opus_pure::MAX_PACKET_SAMPLES, &mut block)
            .expect("decoded");
        samples.extend_from_slice(trim.keep(&packet, &block[..count]));
    }
    (samples, tags)
}

/// Signal to noise in dB.
fn likeness(found: &[f32], meant: &[i16]) -> f64 {
    let (mut signal, mut noise) = (0.0, 0.0);
    for (found, meant) in found.iter().zip(meant) {
        let meant = f64::from(*meant) / 32_768.0;
        signal += meant * meant;
        noise += (f64::from(*found) - meant).powi(2);
    }
    10.0 * (signal / noise).log10()
}

#[test]
fn decoded_again_it_is_the_same_sound_from_the_first_sample_to_the_last() {
    let sample = Sample::new();
    // Lengths on both sides of the frames' borders, and some that are shorter than a frame.
    for count in [1, 500, 576, 4096, 24_000, 60_001] {
        let samples = wave(24_000, count);
        let flac = encoded(&plain(FLAC), &sample, 24_000, &samples);
        let (found, rate) = decoded(&flac);
        let integers: Vec<i16> = found
            .iter()
            .map(|s| {
                #[expect(clippy::cast_possible_truncation)]
                let sample = (s * 32_768.0).round() as i16;
                sample
            })
            .collect();
        assert!(rate == 24_000 && integers == samples, "FLAC of {count} samples");
        let mp3 = encoded(&plain(MP3), &sample, 24_000, &samples);
        let (found, rate) = decoded(&mp3);
        assert_eq!((rate, found.len()), (24_000, count), "MP3 of {count} samples");
        let opus = encoded(&plain(OPUS), &sample, 24_000, &samples);
        let (opus_found, _) = opus_decoded(&opus, 24_000);
        assert_eq!(opus_found.len(), count, "Opus of {count} samples");
        let m4a = encoded(&plain(M4A), &sample, 24_000, &samples);
        let (m4a_found, rate) = m4a_decoded(&m4a);
        assert_eq!((rate, m4a_found.len()), (24_000, count), "M4A of {count} samples");
        if count > 10_000 {
            let likeness = [&found, &opus_found, &m4a_found].map(|found| likeness(found, &samples));
            let least = [15.0, 10.0, 15.0];
            let like = likeness.iter().zip(least).all(|(found, least)| *found > least);
            assert!(like, "{likeness:?} dB: moved or damaged");
        }
    }
}

#[test]
fn rates_that_a_format_does_not_have_are_resampled() {
    let sample = Sample::new();
    let samples = wave(22_050, 22_050);
    let opus = encoded(&plain(OPUS), &sample, 22_050, &samples);
    let (found, _) = opus_decoded(&opus, 24_000);
    assert_eq!(found.len(), 24_000);
    let (likeness, expected) = (likeness(&found, &wave(24_000, 24_000)), 10.0);
    assert!(likeness > expected, "{likeness} dB");
    let mp3 = encoded(&plain(MP3), &sample, 22_050, &samples);
    let (found, rate) = decoded(&mp3);
    assert_eq!((rate, found.len()), (22_050, 22_050), "MP3 has this rate");
    let odd = wave(20_000, 20_000);
    let (found, rate) = m4a_decoded(&encoded(&plain(M4A), &sample, 20_000, &odd));
    assert_eq!((rate, found.len()), (22_050, 22_050), "of AAC's rates the next");
    let likeness = self::likeness(&found, &samples);
    assert!(likeness > expected, "{likeness} dB");
}

#[test]
fn there_is_room_for_the_head_of_an_m4a_of_any_length() {
    let sample = Sample::new();
    // Chunks have 24 frames; a table of chunks is longer when the last one is not full.
    for frames in 40..52 {
        let samples = wave(16_000, frames * 1024 - 5);
        let m4a = encoded(&plain(M4A), &sample, 16_000, &samples);
        assert_eq!(m4a_decoded(&m4a).0.len(), samples.len(), "{frames} frames");
    }
}

#[test]
fn the_same_wav_gives_the_same_bytes() {
    let sample = Sample::new();
    let samples = wave(24_000, 30_000);
    let formats: [&dyn Publisher; 4] = [&plain(MP3), &plain(M4A), &plain(OPUS), &plain(FLAC)];
    for format in formats {
        let [one, two] = [(); 2].map(|()| encoded(format, &sample, 24_000, &samples));
        assert!(one == two, "{}", format.media_type());
    }
}

#[test]
fn tags_say_what_it_is() {
    let mut sample = Sample::new();
    let long = "A title \u{202b}\u{05e9}\u{05dc}\u{05d5}\u{05dd}\u{202c}\nwith\tbreaks ".repeat(70);
    sample.script.meta.title = Some(long.clone());
    sample.script.meta.byline = Some("Ada\nMarsh".into());
    sample.script.meta.date = Some("2026-03-01".into());
    sample.script.meta.url = Some("https://example.org/fees".into());
    sample.script.segments[1].role = Role::Heading;
    let cover = Cover { media_type: "image/png", bytes: vec![0x89, b'P', b'N', b'G', 1, 2] };
    let cover = Some(Arc::new(cover));
    let publisher = Some("The Harbour Post".to_owned());
    let samples = wave(24_000, 120_000);
    let title = long.split_whitespace().collect::<Vec<_>>().join(" ");

    let mp3 = Encoded { encoding: MP3, publisher: publisher.clone(), cover: cover.clone() };
    let bytes = encoded(&mp3, &sample, 24_000, &samples);
    let tag = id3::Tag::read_from2(Cursor::new(&bytes)).expect("a tag");
    let text = |id: &str| {
        let content = id3::TagLike::get(&tag, id).map(|frame| frame.content().clone());
        content.and_then(|c| c.text().map(str::to_owned)).unwrap_or_default()
    };
    assert_eq!(text("TIT2"), title);
    assert_eq!(text("TPE1"), "Ada Marsh");
    assert_eq!(text("TPUB"), "The Harbour Post");
    assert_eq!((text("TDRC").as_str(), text("TLAN").as_str()), ("2026-03-01", "eng"));
    let comment = tag.comments().next().expect("a comment");
    assert!(comment.text.starts_with("This is synthetic speech"), "{}", comment.text);
    assert!(comment.text.ends_with("https://example.org/fees"), "{}", comment.text);
    assert_eq!(tag.pictures().next().expect("a picture").mime_type, "image/png");
    let chapters: Vec<_> = tag.chapters().map(|c| (c.start_time, c.end_time)).collect();
    let contents = tag.tables_of_contents().next().expect("a table of contents");
    assert_eq!(contents.elements.len(), chapters.len());
    assert!(chapters.len() == 2 && chapters[0].0 == 0 && chapters[0].1 == chapters[1].0);

    let opus = Encoded { encoding: OPUS, publisher: publisher.clone(), cover: cover.clone() };
    let (_, tags) = opus_decoded(&encoded(&opus, &sample, 24_000, &samples), 24_000);
    assert_eq!(tags.get("TITLE"), Some(title.as_str()));
    assert_eq!(tags.get("ARTIST"), Some("Ada Marsh"));
    assert_eq!(tags.get("CHAPTER001"), Some("00:00:00.000"));
    assert!(tags.get("CHAPTER002NAME").is_some() && tags.get("METADATA_BLOCK_PICTURE").is_some());

    let m4a = Encoded { encoding: M4A, publisher: publisher.clone(), cover: cover.clone() };
    let m4a = encoded(&m4a, &sample, 24_000, &samples);
    let tag = mp4ameta::Tag::read_from(&mut Cursor::new(&m4a)).expect("a tag");
    assert_eq!((tag.title(), tag.artist()), (Some(title.as_str()), Some("Ada Marsh")));
    assert_eq!((tag.year(), tag.genre()), (Some("2026-03-01"), Some("Speech")));
    assert!(tag.comment().expect("a comment").starts_with("This is synthetic speech"));
    assert_eq!(tag.artwork().expect("a picture").data, cover.as_ref().expect("a cover").bytes);
    let starts = |chapters: &[mp4ameta::Chapter]| {
        let starts = chapters.iter().map(|c| (c.start.as_millis(), c.title.clone()));
        starts.collect::<Vec<_>>()
    };
    let track = starts(tag.chapter_track());
    let titles = [tags.get("CHAPTER001NAME"), tags.get("CHAPTER002NAME")];
    assert_eq!(track.iter().map(|(_, title)| Some(title.as_str())).collect::<Vec<_>>(), titles);
    for ((start, title), (listed_start, listed)) in track.iter().zip(starts(tag.chapter_list())) {
        assert!(*start == listed_start && title.starts_with(&listed), "{listed}");
        assert!(listed.len() > 250 || listed == *title, "a list has room for 255 bytes");
    }
    m4a_decoded(&m4a);

    let flac = encoded(&Encoded { encoding: FLAC, publisher, cover }, &sample, 24_000, &samples);
    let text = String::from_utf8_lossy(&flac);
    assert!(text.contains(&format!("TITLE={title}")) && text.contains("CHAPTER002NAME="));
    assert!(text.contains("image/png"));
    decoded(&flac);
}
