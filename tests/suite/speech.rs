//! The default voice, for real. The first test that needs it fetches it.

use crate::support::{Case, contents, voice::installed};

/// A case that speaks with the default voice.
fn voiced() -> Option<Case> {
    Some(Case::new().environment("ALOUD_DATA_DIR", installed()?.to_string_lossy()))
}

const POST: &str = "\
The ferry is back\n\n\
2 min read\n\
[responsivevoice_button voice=\"US English Female\"]\n\n\
After 14 months in dry dock, the ferry \u{201c}Marigold\u{201d} sailed again on Monday. No. \
The repairs cost $3.5 million, about 12% more than planned.\n\n\
\u{201c}We are glad,\u{201d} said Capt. Ines R. Okafor.\n";

#[test]
fn a_post_is_spoken_with_marks_for_every_word() {
    let Some(case) = voiced() else { return };
    let case = case.file("post.txt", POST);
    case.run(&["build", "post.txt"]).ok();
    let files = case.files("output");
    let name = files.iter().find(|f| f.ends_with(".json") && f.contains('/')).expect("a manifest");
    let manifest = case.json(&format!("output/{name}"));
    assert_eq!(manifest["voice"]["id"], "hibari:heart");
    assert_eq!(manifest["voice"]["requested"], "US English Female");
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
    let mut words = 0;
    for segment in manifest["segments"].as_array().unwrap() {
        let mut last = segment["start_ms"].as_u64().unwrap();
        for word in segment["words"].as_array().unwrap() {
            let (start, end) =
                (word["start_ms"].as_u64().unwrap(), word["end_ms"].as_u64().unwrap());
            assert!(last <= start && start < end, "{word} in {segment}");
            last = end;
            words += 1;
        }
        assert!(last <= segment["end_ms"].as_u64().unwrap());
    }
    assert!(words >= 35, "{words}");
    // Speech, not silence or noise: a newsreader says 130 to 200 words a minute.
    let minutes = manifest["duration_ms"].as_f64().unwrap() / 60_000.0;
    let pace = f64::from(words) / minutes;
    assert!((90.0..240.0).contains(&pace), "{pace} words a minute");
    let loudness = manifest["loudness_lufs"].as_f64().unwrap();
    assert!((-40.0..-10.0).contains(&loudness), "{loudness} LUFS");
}

#[test]
fn the_voice_gives_the_same_bytes_at_any_number_of_jobs() {
    let Some(case) = voiced() else { return };
    let case = case.file("in/a.txt", POST).file("in/b.md", "# Two\n\nOne more article. Yes.\n");
    case.run(&["build", "in", "-o", "one", "--jobs", "1"]).ok();
    case.run(&["build", "in", "-o", "three", "--jobs", "3"]).ok();
    let same = |folder: &str| {
        let mut files = contents(&case.path(folder));
        files.retain(|(name, _)| name != "report.json");
        files
    };
    // Audio, captions, manifest and page of each; the index and the button of all.
    assert_eq!(same("one").len(), 10);
    assert!(same("one") == same("three"), "--jobs changes bytes");
}

#[test]
fn a_sentence_sounds_the_same_whatever_was_spoken_before() {
    let Some(case) = voiced() else { return };
    let sentence = "The harbour master waved from the old stone pier.";
    // Quiet enough for no levelling and no limiting: the two differ by one gain alone, their article's.
    let case = case.file("aloud.toml", "[finish]\nlevelling = false\nloudness_lufs = -32\n");
    let case = case.file("a.txt", format!("{sentence}\n\nSecond.\n")).file(
        "b.txt",
        format!(
            "An opening that is quite different from the other one.\n\n{sentence}\n\nSecond.\n"
        ),
    );
    case.run(&["build", "a.txt", "b.txt"]).ok();
    let cut = |which: &str| {
        let files = case.files("output");
        let mut manifests = files.iter().filter(|f| f.ends_with(".json") && f.contains('/'));
        let name = manifests
            .rfind(|f| case.json(&format!("output/{f}"))["source"] == which)
            .expect("a manifest");
        let manifest = case.json(&format!("output/{name}"));
        let segments = manifest["segments"].as_array().unwrap();
        let segment = segments.iter().find(|s| s["text"] == sentence).expect("the sentence");
        let at = |key: &str| usize::try_from(segment[key].as_u64().unwrap()).unwrap() * 24;
        let wav = name.replace(".json", ".wav");
        let samples: Vec<i16> = hound::WavReader::open(case.path(&format!("output/{wav}")))
            .unwrap()
            .into_samples()
            .map(Result::unwrap)
            .collect();
        samples[at("start_ms")..at("end_ms")].to_vec()
    };
    let (a, b) = (cut("a.txt"), cut("b.txt"));
    // Cut at whole milliseconds, so the two may start up to one millisecond apart.
    let same = (0..=24)
        .any(|s| alike(&a[s..][..24_000], &b[..24_000]) || alike(&b[s..][..24_000], &a[..24_000]));
    assert!(same, "the sentence differs");
}

#[test]
fn khmer_is_not_read_as_english() {
    let Some(case) = voiced() else { return };
    let khmer = "\u{1797}\u{17d2}\u{1793}\u{17c6}\u{1796}\u{17c1}\u{1789}\u{17d4}\n";
    let case = case.file("in/khmer.txt", khmer).file("in/good.txt", "Good words.");
    case.run(&["build", "in"]).code(1).says(&["khmer.txt", "Khmer"]);
    assert_eq!(case.json("output/report.json")["totals"]["written"], 1);
}

/// Whether two sounds are one at two gains, but for the rounding to 16 bits.
fn alike(a: &[i16], b: &[i16]) -> bool {
    let power = |x: &[i16]| x.iter().map(|&v| f64::from(v).powi(2)).sum::<f64>();
    let gain = (power(a) / power(b)).sqrt();
    a.iter().zip(b).all(|(&x, &y)| (f64::from(x) - gain * f64::from(y)).abs() < 2.0)
}
