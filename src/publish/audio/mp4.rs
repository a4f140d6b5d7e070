//! The head of an M4A file: the boxes that say where each frame is, how long it all sounds, and what it is.
//!
//! `shiguredo_mp4` writes the boxes of the standards (ISO/IEC 14496-12 and -14). What players read of tags
//! and chapters is Apple's: the item list of iTunes, and the text track of the `QuickTime` File Format that
//! names the chapters. The list of chapters that Nero began and players outside Apple's read stands beside it.

use std::num::{NonZeroU16, NonZeroU32};

use shiguredo_mp4::{
    BoxSize, BoxType, Either, Encode, Error, FixedPointNumber, LanguageCode, Mp4FileTime, Uint,
    boxes::{
        AudioSampleEntryFields, DinfBox, EdtsBox, ElstBox, ElstEntry, EsdsBox, HdlrBox, MdhdBox,
        MdiaBox, MediaHeader, MinfBox, MoovBox, Mp4aBox, MvhdBox, SampleEntry, SmhdBox, StblBox,
        StcoBox, StscBox, StscEntry, StsdBox, StszBox, SttsBox, SttsEntry, TkhdBox, TrakBox,
        UnknownBox,
    },
    descriptors::{DecoderConfigDescriptor, DecoderSpecificInfo, EsDescriptor, SlConfigDescriptor},
};

use super::{Tags, tags::iso_639_2};

/// Samples in a frame of AAC.
pub(super) const FRAME: u32 = 1024;
/// Frames in a chunk, the least that a player seeks to: about a second.
const CHUNK: u32 = 24;
const SOUND: u32 = 1;
const CHAPTERS: u32 = 2;
/// Units of the chapters' track in a second.
const MILLISECONDS: NonZeroU32 = NonZeroU32::new(1000).unwrap();
/// Chapters that Nero's list can count.
const MOST_LISTED: usize = 255;
/// No file says when it was made: the same article gives the same bytes.
const NO_TIME: Mp4FileTime = Mp4FileTime::from_secs(0);
const ONE: NonZeroU32 = NonZeroU32::MIN;

/// What is in the file.
pub(super) struct Movie<'a> {
    /// Samples per second.
    pub(super) rate: NonZeroU32,
    /// Samples that are heard.
    pub(super) samples: u64,
    /// Samples before them that the decoder gives and nobody hears.
    pub(super) priming: u64,
    /// `AudioSpecificConfig` (ISO/IEC 14496-3).
    pub(super) config: &'a [u8],
    /// Bits per second.
    pub(super) bit_rate: u32,
    /// Bytes of each frame, and where the first begins; the others follow.
    pub(super) frames: &'a [u32],
    pub(super) frames_at: u32,
    /// Where the first of [`chapter_texts`] begins; the others follow.
    pub(super) chapters_at: u32,
    pub(super) tags: &'a Tags<'a>,
}

impl Movie<'_> {
    /// The `moov` box. Its size depends on the number of frames and not on what they are.
    pub(super) fn head(&self) -> Result<Vec<u8>, Error> {
        let mut tracks = vec![self.sound()];
        if !self.tags.chapters.is_empty() {
            tracks[0]
                .unknown_boxes
                .push(other(*b"tref", &boxed(*b"chap", &[&CHAPTERS.to_be_bytes()])));
            tracks.push(self.chapters());
        }
        let movie = MoovBox {
            mvhd_box: MvhdBox {
                creation_time: NO_TIME,
                modification_time: NO_TIME,
                timescale: self.rate,
                duration: self.samples,
                rate: MvhdBox::DEFAULT_RATE,
                volume: MvhdBox::DEFAULT_VOLUME,
                matrix: MvhdBox::DEFAULT_MATRIX,
                next_track_id: CHAPTERS + 1,
            },
            trak_boxes: tracks,
            mvex_box: None,
            unknown_boxes: vec![other(*b"udta", &self.user_data())],
        };
        movie.encode_to_vec()
    }

    fn sound(&self) -> TrakBox {
        let count = length(self.frames.len());
        let config = DecoderConfigDescriptor {
            object_type_indication:
                DecoderConfigDescriptor::OBJECT_TYPE_INDICATION_AUDIO_ISO_IEC_14496_3,
            stream_type: DecoderConfigDescriptor::STREAM_TYPE_AUDIO,
            up_stream: DecoderConfigDescriptor::UP_STREAM_FALSE,
            buffer_size_db: Uint::new(0),
            max_bitrate: self.bit_rate,
            avg_bitrate: self.bit_rate,
            dec_specific_info: Some(DecoderSpecificInfo { payload: self.config.to_vec() }),
        };
        let entry = SampleEntry::Mp4a(Mp4aBox {
            audio: AudioSampleEntryFields {
                data_reference_index: NonZeroU16::MIN,
                channelcount: 1,
                samplesize: 16,
                samplerate: FixedPointNumber::new(u16::try_from(self.rate.get()).unwrap_or(0), 0),
            },
            esds_box: EsdsBox {
                es: EsDescriptor {
                    es_id: EsDescriptor::MIN_ES_ID,
                    stream_priority: EsDescriptor::LOWEST_STREAM_PRIORITY,
                    depends_on_es_id: None,
                    url_string: None,
                    ocr_es_id: None,
                    dec_config_descr: config,
                    sl_config_descr: SlConfigDescriptor,
                },
            },
            unknown_boxes: Vec::new(),
        });
        let mut offset = self.frames_at;
        let chunks = self.frames.chunks(CHUNK as usize).map(|chunk| {
            let at = offset;
            offset += chunk.iter().sum::<u32>();
            at
        });
        let mut track = Track {
            id: SOUND,
            heard: self.samples,
            timescale: self.rate,
            length: u64::from(count) * u64::from(FRAME),
            handler: (HdlrBox::HANDLER_TYPE_SOUN, "Narration"),
            language: &self.tags.language,
            entry,
            durations: vec![SttsEntry { sample_count: count, sample_delta: FRAME }],
            sizes: self.frames.to_vec(),
            per_chunk: CHUNK,
            chunks: chunks.collect(),
        }
        .boxed();
        track.edts_box = Some(EdtsBox {
            elst_box: Some(ElstBox {
                entries: vec![ElstEntry {
                    edit_duration: self.samples,
                    media_time: i64::try_from(self.priming).unwrap_or(0),
                    media_rate: FixedPointNumber::new(1, 0),
                }],
            }),
            unknown_boxes: Vec::new(),
        });
        track.mdia_box.minf_box.media_header = Some(MediaHeader::Smhd(SmhdBox::default()));
        track
    }

    /// The track whose samples are the chapters' titles (`QuickTime` File Format, "Chapter lists").
    fn chapters(&self) -> TrakBox {
        let chapters = &self.tags.chapters;
        let durations = chapters.iter().map(|(start, end, _)| SttsEntry {
            sample_count: 1,
            sample_delta: u32::try_from(end - start).unwrap_or(u32::MAX),
        });
        // Text sample description: of its fields, which are about drawing, only the reference to this file is not 0.
        let mut description = [0; 51];
        description[7] = 1;
        let mut track = Track {
            id: CHAPTERS,
            heard: self.samples,
            timescale: MILLISECONDS,
            length: chapters.last().map_or(0, |(_, end, _)| *end),
            handler: (*b"text", "Chapters"),
            language: &self.tags.language,
            entry: SampleEntry::Unknown(other(*b"text", &description)),
            durations: durations.collect(),
            sizes: chapter_texts(self.tags).map(|text| length(text.len())).collect(),
            per_chunk: length(chapters.len()),
            chunks: vec![self.chapters_at],
        }
        .boxed();
        // The sound names this track; by itself it is not shown.
        track.tkhd_box.flag_track_enabled = false;
        track.mdia_box.minf_box.unknown_boxes.push(other(*b"gmhd", &base_media_header()));
        track
    }

    fn user_data(&self) -> Vec<u8> {
        let tags = self.tags;
        let mut items = Vec::new();
        let texts: [(&[u8; 4], Option<&str>); 7] = [
            (b"\xa9nam", Some(&tags.title)),
            (b"\xa9ART", tags.author.as_deref()),
            (b"\xa9pub", tags.publisher.as_deref()),
            (b"\xa9day", tags.date.as_deref()),
            (b"\xa9cmt", Some(&tags.comment)),
            (b"\xa9gen", Some("Speech")),
            (b"\xa9too", Some("aloud")),
        ];
        for (kind, text) in texts {
            if let Some(text) = text {
                items.extend(boxed(*kind, &[&data(TEXT, text.as_bytes())]));
            }
        }
        let named = [("LANGUAGE", Some(&tags.language)), ("WEBSITE", tags.url.as_ref())];
        for (name, text) in named {
            if let Some(text) = text {
                items.extend(free_form(name, text));
            }
        }
        if let Some(cover) = tags.cover {
            let kind = if cover.media_type == "image/png" { PNG } else { JPEG };
            items.extend(boxed(*b"covr", &[&data(kind, &cover.bytes)]));
        }
        // A full box, a handler "mdir" of Apple's, and the list.
        let handler = boxed(*b"hdlr", &[&[0; 8], b"mdirappl", &[0; 9]]);
        let mut content = boxed(*b"meta", &[&[0; 4], &handler, &boxed(*b"ilst", &[&items])]);
        if !tags.chapters.is_empty() {
            content.extend(nero(tags));
        }
        content
    }
}

/// Types of values in an item list.
const TEXT: u32 = 1;
const JPEG: u32 = 13;
const PNG: u32 = 14;

fn data(kind: u32, value: &[u8]) -> Vec<u8> {
    boxed(*b"data", &[&kind.to_be_bytes(), &[0; 4], value])
}

/// An item that the list of iTunes has no name for.
fn free_form(name: &str, text: &str) -> Vec<u8> {
    let mean = boxed(*b"mean", &[&[0; 4], b"com.apple.iTunes"]);
    let name = boxed(*b"name", &[&[0; 4], name.as_bytes()]);
    boxed(*b"----", &[&mean, &name, &data(TEXT, text.as_bytes())])
}

/// Nero's list of chapters: starts in units of 100 ns, titles of at most 255 bytes.
fn nero(tags: &Tags<'_>) -> Vec<u8> {
    let listed = &tags.chapters[..tags.chapters.len().min(MOST_LISTED)];
    let mut content = vec![1, 0, 0, 0, 0, 0, 0, 0, u8::try_from(listed.len()).unwrap_or(u8::MAX)];
    for (start, _, title) in listed {
        let title = &title[..title.floor_char_boundary(usize::from(u8::MAX))];
        content.extend((start * 10_000).to_be_bytes());
        content.push(u8::try_from(title.len()).unwrap_or(u8::MAX));
        content.extend(title.as_bytes());
    }
    boxed(*b"chpl", &[&content])
}

/// The samples of the chapters' track: a title behind its length, and that it is UTF-8.
pub(super) fn chapter_texts(tags: &Tags<'_>) -> impl Iterator<Item = Vec<u8>> {
    tags.chapters.iter().map(|(_, _, title)| {
        let title = &title[..title.floor_char_boundary(usize::from(u16::MAX))];
        let length = u16::try_from(title.len()).unwrap_or(u16::MAX);
        let utf_8 = boxed(*b"encd", &[&0x100_u32.to_be_bytes()]);
        [&length.to_be_bytes(), title.as_bytes(), &utf_8].concat()
    })
}

/// The header that `QuickTime` wants of text: how it would be drawn (copied, no tint), and its place.
fn base_media_header() -> Vec<u8> {
    let info = boxed(*b"gmin", &[&[0; 4], &[0, 0x40, 0x80, 0, 0x80, 0, 0x80, 0], &[0; 4]]);
    let identity: Vec<u8> =
        MvhdBox::DEFAULT_MATRIX.iter().flat_map(|number| number.to_be_bytes()).collect();
    [info, boxed(*b"text", &[&identity])].concat()
}

/// A track whose samples lie one after the other.
struct Track<'a> {
    id: u32,
    /// In units of the movie.
    heard: u64,
    timescale: NonZeroU32,
    /// In units of the timescale.
    length: u64,
    /// Type and name.
    handler: ([u8; 4], &'a str),
    /// BCP 47.
    language: &'a str,
    entry: SampleEntry,
    durations: Vec<SttsEntry>,
    sizes: Vec<u32>,
    per_chunk: u32,
    chunks: Vec<u32>,
}

impl Track<'_> {
    fn boxed(self) -> TrakBox {
        let whole = length(self.sizes.len()) / self.per_chunk.max(1);
        let rest = length(self.sizes.len()) % self.per_chunk.max(1);
        let run = |first: u32, sample_per_chunk: u32| StscEntry {
            first_chunk: NonZeroU32::new(first).unwrap_or(ONE),
            sample_per_chunk,
            sample_description_index: ONE,
        };
        let full = (whole > 0).then(|| run(1, self.per_chunk));
        let last = (rest > 0).then(|| run(whole + 1, rest));
        let (handler_type, name) = self.handler;
        let language = iso_639_2(self.language).and_then(LanguageCode::from_ascii);
        TrakBox {
            tkhd_box: TkhdBox {
                flag_track_enabled: true,
                flag_track_in_movie: true,
                flag_track_in_preview: false,
                flag_track_size_is_aspect_ratio: false,
                creation_time: NO_TIME,
                modification_time: NO_TIME,
                track_id: self.id,
                duration: self.heard,
                layer: TkhdBox::DEFAULT_LAYER,
                alternate_group: TkhdBox::DEFAULT_ALTERNATE_GROUP,
                volume: TkhdBox::DEFAULT_AUDIO_VOLUME,
                matrix: TkhdBox::DEFAULT_MATRIX,
                width: FixedPointNumber::new(0, 0),
                height: FixedPointNumber::new(0, 0),
            },
            edts_box: None,
            mdia_box: MdiaBox {
                mdhd_box: MdhdBox {
                    creation_time: NO_TIME,
                    modification_time: NO_TIME,
                    timescale: self.timescale,
                    duration: self.length,
                    language: language.unwrap_or(LanguageCode::UNDEFINED),
                },
                hdlr_box: HdlrBox { handler_type, name: [name.as_bytes(), b"\0"].concat() },
                minf_box: MinfBox {
                    media_header: None,
                    dinf_box: DinfBox::LOCAL_FILE,
                    stbl_box: StblBox {
                        stsd_box: StsdBox { entries: vec![self.entry] },
                        stts_box: SttsBox { entries: self.durations },
                        ctts_box: None,
                        cslg_box: None,
                        stsc_box: StscBox { entries: full.into_iter().chain(last).collect() },
                        stsz_box: StszBox::Variable { entry_sizes: self.sizes },
                        stco_or_co64_box: Either::A(StcoBox { chunk_offsets: self.chunks }),
                        stss_box: None,
                        sdtp_box: None,
                        unknown_boxes: Vec::new(),
                    },
                    unknown_boxes: Vec::new(),
                },
                unknown_boxes: Vec::new(),
            },
            unknown_boxes: Vec::new(),
        }
    }
}

/// A box that the library has no type for.
fn other(kind: [u8; 4], content: &[u8]) -> UnknownBox {
    let box_type = BoxType::Normal(kind);
    let box_size = BoxSize::with_payload_size(box_type, content.len() as u64);
    UnknownBox { box_type, box_size, payload: content.to_vec() }
}

/// A box as bytes: its length, its type, its content.
pub(super) fn boxed(kind: [u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let size = 8 + content.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(size);
    bytes.extend(length(size).to_be_bytes());
    bytes.extend(kind);
    for part in content {
        bytes.extend(*part);
    }
    bytes
}

/// A count of 32 bits; a file has been found too long before any is larger.
fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
