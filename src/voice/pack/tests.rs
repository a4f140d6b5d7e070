//! What packs say and which are refused.

use proptest::{prop_assert, proptest};

use super::{check::MOST_BYTES, *};

const GOOD: &str = include_str!("../../../voices/hibari/voice.toml");

#[test]
fn the_sizes_add_up() {
    let pack = Pack::from_toml(GOOD).expect("a pack");
    assert_eq!(pack.bytes(), 7_936_868 + 2_975_020 + 2273 + 1144 + 11358 + 2429);
    assert_eq!(pack.sources[0].spec(), "hibari-tts==0.2.1");
    assert_eq!(pack.download_bytes(), 14_032_178);
    let measured = pack.voices[0].measured.expect("it was measured");
    assert_eq!(measured, Measured { mos: 4.7, wer_percent: 0.4 });
}

proptest! {
    /// Whatever stands in a part of a `voice.toml`: no panic, and what is taken is safe.
    #[test]
    fn what_is_taken_is_safe(part in 0..GOOD.len(), length in 0..40_usize, other in "\\PC{0,12}|[a-z./\"=0-9\n-]{0,12}") {
        let bytes = GOOD.as_bytes();
        let after = &bytes[(part + length).min(bytes.len())..];
        let text = [&bytes[..part], other.as_bytes(), after].concat();
        if let Ok(pack) = Pack::from_toml(&String::from_utf8_lossy(&text)) {
            let names = pack.files.iter().map(|f| &f.name);
            for name in names.chain([&pack.id, &pack.version, &pack.engine]) {
                prop_assert!(!name.contains(['/', '\\', ':']) && !name.starts_with(['.', '-']));
            }
            prop_assert!(pack.bytes() <= MOST_BYTES * pack.files.len() as u64);
            prop_assert!(pack.described().all(|v| !v.description.contains(char::is_control)));
        }
    }
}

#[test]
fn a_broken_or_malicious_pack_is_refused_by_field() {
    let cases = [
        // (what stands there, what stands there instead, what the error names)
        ("id = \"hibari\"", "id = \"/etc\"", "id is \"/etc\""),
        ("id = \"hibari\"", "id = \"..\"", "id is"),
        ("id = \"hibari\"", "id = \"Hibari\"", "id is"),
        ("id = \"hibari\"", "id = \"con\"", "id is"),
        ("id = \"hibari\"", "id = 3", "line 2"),
        ("engine = \"hibari\"", "engin = \"hibari\"", "engin"),
        ("engine = \"hibari\"", "engine = \"a:b\"", "engine is"),
        ("title = \"hibari\"", "title = \"\\u001b[2J\"", "title is \"\\u{1b}[2J\""),
        ("licence = \"Apache-2.0\"", "licence = \" \"", "licence is"),
        ("package = \"hibari-tts\"", "package = \"--index-url=x\"", "sources[0].package is"),
        ("package = \"hibari-tts\"", "package = \"x @ file:///y\"", "sources[0].package is"),
        ("version = \"0.2.1\"", "version = \"../0\"", "version is"),
        ("file = \"hibari_tts", "file = \"../hibari_tts", "sources[0].file is"),
        ("sha256 = \"49f2", "sha256 = \"zzf2", "sources[0].sha256 is"),
        ("bytes = 14032178", "bytes = 0", "sources[0].bytes is"),
        ("bytes = 14032178", "bytes = 9223372036854775807", "sources[0].bytes is"),
        ("bytes = 14032178", "bytes = -1", "integer `-1`"),
        ("name = \"vocab.json\"", "name = \"../vocab.json\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"a/b\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"a\\\\b\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"C:x\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"nul.json\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"OOV.json\"", "files[3].name is"),
        ("name = \"vocab.json\"", "name = \"pack.json\"", "files[3].name is"),
        ("bytes = 1144", "bytes = 99999999999999", "files[3].bytes is"),
        ("sha256 = \"70ab", "sha256 = \"70a", "files[3].sha256 is"),
        ("name = \"heart\"", "name = \"he art\"", "voices[0].name is"),
        ("language = \"en-US\"", "language = \"English\"", "voices[0].language is"),
        ("gender = \"female\"", "gender = \"f\"", "gender"),
        ("sample_rate = 24000", "sample_rate = 0", "voices[0].sample_rate is"),
        ("quality = 80", "quality = 101", "voices[0].quality is"),
        ("mos = 4.70", "mos = nan", "voices[0].measured.mos is"),
        ("wer_percent = 0.4", "wer_percent = -1.0", "voices[0].measured.wer_percent is"),
    ];
    for (from, to, wanted) in cases {
        assert!(GOOD.contains(from), "{from}");
        let error = Pack::from_toml(&GOOD.replacen(from, to, 1)).expect_err(to);
        assert!(error.contains(wanted), "{to}: {error}");
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
}
