//! The sound of what `aloud build` writes, with the tone voice: read again, measured again.

use std::io::Cursor;

use ebur128::{EbuR128, Mode};

use crate::support::{Case, contents};

/// A text of several sections.
const TEXT: &str = "---\ntitle: A long day\nauthor: Ada Marsh\n---\n\nThe boats came in early. Nobody \
    counted them twice, and nobody minded.\n\n## Morning\n\nIt rained. The harbour was quiet until \
    ten.\n\n## Evening\n\nThe lamps were lit one by one, as always.\n";

fn samples(case: &Case, path: &str) -> (Vec<i16>, u32) {
    let reader = hound::WavReader::open(case.path(path)).expect("a WAV file");
    let rate = reader.spec().sample_rate;
    (reader.into_samples().map(|s| s.expect("a sample")).collect(), rate)
}

/// Loudness in LUFS and true peak in dBTP of a WAV file.
fn measured(case: &Case, path: &str) -> (f64, f64) {
    let (samples, rate) = samples(case, path);
    let mut meter = EbuR128::new(1, rate, Mode::I | Mode::TRUE_PEAK).expect("a usual rate");
    let floats: Vec<f32> = samples.iter().map(|s| f32::from(*s) / 32_767.0).collect();
    meter.add_frames_f32(&floats).expect("mono");
    let peak = 20.0 * meter.true_peak(0).expect("mono").log10();
    (meter.loudness_global().expect("loud enough"), peak)
}

/// A WAV file of a second of a square wave.
fn jingle(rate: u32, channels: u16) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a header");
    for i in 0..rate * u32::from(channels) {
        let up = i / u32::from(channels) % (rate / 200) < rate / 400;
        writer.write_sample(if up { 900_i16 } else { -900 }).expect("written");
    }
    writer.finalize().expect("finished");
    bytes.into_inner()
}

#[test]
fn recordings_are_as_loud_as_asked_for_and_the_manifest_says_what_is_so() {
    for (settings, target, limit) in [
        ("", -16.0, -1.0),
        ("[finish]\nloudness_lufs = -23.0\ntrue_peak_dbtp = -3.0\n", -23.0, -3.0),
        ("[finish]\nlevelling = false\n", -16.0, -1.0),
    ] {
        let case = Case::new().file("a.md", TEXT).file("aloud.toml", settings);
        case.build(&["a.md"]).ok();
        let (lufs, peak) = measured(&case, "output/a/a.wav");
        assert!((lufs - target).abs() < 0.5, "{lufs} LUFS, not {target}");
        assert!(peak <= limit, "{peak} dBTP, not {limit}");
        let manifest = case.json("output/a/a.json");
        let noted = |name: &str| manifest[name].as_f64().expect("a number");
        assert!((noted("loudness_lufs") - lufs).abs() < 0.02, "{lufs} {manifest}");
        assert!((noted("true_peak_dbtp") - peak).abs() < 0.02, "{peak} {manifest}");
    }
    let case = Case::new().file("a.md", TEXT).file("aloud.toml", "[finish]\nloudness_lufs = 3.0\n");
    case.build(&["a.md"]).code(2).says(&["aloud.toml", "loudness_lufs is 3", "between"]);
}

#[test]
fn every_format_is_written_listed_and_the_same_at_any_number_of_jobs() {
    let case = Case::new().file("in/a.md", TEXT).file("in/b.txt", "A short note. And another one.");
    case.build(&["in", "-o", "one", "--jobs", "1", "--format", "mp3,m4a,opus,flac"]).ok();
    case.build(&["in", "-o", "four", "--jobs", "4", "--format", "flac,mp3,opus,m4a"]).ok();
    let without_report = |folder: &str| {
        let mut files = contents(&case.path(folder));
        files.retain(|(name, _)| name != "report.json");
        files
    };
    assert!(without_report("one") == without_report("four"), "--jobs changes bytes");
    let manifest = case.json("one/a/a.json");
    for (name, media_type, start) in [
        ("a.wav", "audio/wav", &b"RIFF"[..]),
        ("a.mp3", "audio/mpeg", b"ID3"),
        ("a.m4a", "audio/mp4", b"\0\0\0\x1cftypM4A "),
        ("a.opus", "audio/ogg; codecs=opus", b"OggS"),
        ("a.flac", "audio/flac", b"fLaC"),
    ] {
        let files = manifest["files"].as_array().expect("files");
        let file = files.iter().find(|f| f["path"] == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(file["media_type"], media_type);
        let bytes = std::fs::read(case.path(&format!("one/a/{name}"))).expect("a file");
        assert_eq!(file["bytes"], bytes.len());
        assert!(bytes.starts_with(start), "{name}");
    }
}

#[test]
fn sounds_stand_where_they_belong_and_times_stay_right() {
    let settings = "[finish]\nintro = \"sounds/in.wav\"\noutro = \"sounds/in.wav\"\ncue = \"sounds/cue.wav\"\n";
    let case = Case::new()
        .file("a.md", TEXT)
        .file("plain/aloud.toml", "")
        .file("site/aloud.toml", settings)
        .file("site/sounds/in.wav", jingle(48_000, 2))
        .file("site/sounds/cue.wav", jingle(22_050, 1));
    let build = |name: &str| {
        let config = format!("{name}/aloud.toml");
        let output = format!("out-{name}");
        case.build(&["a.md", "--config", &config, "-o", &output]).ok();
        let manifest = case.json(&format!("{output}/a/a.json"));
        let starts = |s: &serde_json::Value| s["start_ms"].as_u64().expect("a time");
        let segments = manifest["segments"].as_array().expect("segments");
        (segments.iter().map(starts).collect::<Vec<_>>(), manifest["duration_ms"].as_u64())
    };
    let ((plain, _), (with, duration)) = (build("plain"), build("site"));
    let moved: Vec<u64> = plain.iter().zip(&with).map(|(a, b)| b - a).collect();
    // A second of intro and half a second of pause; then a cue and its pause before each heading.
    assert_eq!(moved[0], 1500);
    assert!(
        moved.is_sorted()
            && moved.iter().all(|m| [1500, 3000, 4500].iter().any(|e| m.abs_diff(*e) <= 1)),
        "{moved:?}"
    );
    assert!(moved.last().is_some_and(|m| m.abs_diff(4500) <= 1), "{moved:?}");
    let (audio, rate) = samples(&case, "out-site/a/a.wav");
    assert_eq!(audio.len() as u64 * 1000 / u64::from(rate), duration.expect("a number"));
    let level = |from: u64, to: u64| {
        let at = |ms: u64| usize::try_from(ms * u64::from(rate) / 1000).expect("small");
        let part = &audio[at(from)..at(to)];
        part.iter().map(|s| i64::from(*s).pow(2)).sum::<i64>()
            / i64::try_from(part.len()).expect("small")
    };
    for start in &with {
        assert!(level(start - 20, *start) < 1, "silence before {start} ms");
        assert!(level(*start, start + 20) > 10_000, "sound at {start} ms");
    }
    assert!(level(120, 1080) > 1_000_000, "the intro sounds");
    let (lufs, peak) = measured(&case, "out-site/a/a.wav");
    assert!((lufs - -16.0).abs() < 0.5 && peak <= -1.0, "{lufs} LUFS, {peak} dBTP");
}

#[test]
fn sounds_that_are_none_end_the_build_before_anything_is_spoken() {
    for (name, bytes, says) in [
        ("missing.wav", None, "cannot be read"),
        ("empty.wav", Some(Vec::new()), "is empty"),
        ("notes.mp3", Some(b"these are only notes".to_vec()), "is not audio that can be read"),
        ("short.wav", Some(jingle(24_000, 1)[..44].to_vec()), "short.wav"),
    ] {
        let settings = format!("[finish]\nintro = \"{name}\"\n");
        let mut case = Case::new().file("a.md", TEXT).file("aloud.toml", settings);
        if let Some(bytes) = bytes {
            case = case.file(name, bytes);
        }
        case.build(&["a.md"]).code(2).says(&["[finish] intro", name, says]);
        assert!(!case.path("output/a").exists());
    }
}
