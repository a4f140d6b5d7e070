//! Several voices in one article, and the names of 50 languages, with the engines of this machine.

use std::{
    env, fs,
    io::{self, Write},
};

use aloud::{
    engine::{Engine, espeak::EspeakEngine, flite::FliteEngine},
    model::Voice,
    voice::{self, Catalogue, known_names},
};

use crate::support::Case;

/// Whether `there` holds of `what`; it must, unless `ALOUD_TEST_WITHOUT_PROGRAMS=1` allows otherwise.
fn present(there: bool, what: &str) -> bool {
    if !there {
        let allowed = env::var("ALOUD_TEST_WITHOUT_PROGRAMS").is_ok_and(|v| v == "1");
        assert!(allowed, "{what} is not installed (ALOUD_TEST_WITHOUT_PROGRAMS=1 skips its tests)");
        let line = format!("SKIPPED: a test of {what} (ALOUD_TEST_WITHOUT_PROGRAMS=1)\n");
        io::stderr().write_all(line.as_bytes()).expect("standard error");
    }
    there
}

fn espeak() -> Option<EspeakEngine> {
    let found = EspeakEngine::find();
    present(found.is_some(), "espeak-ng").then_some(found).flatten()
}

#[test]
fn with_espeak_ng_a_hundred_names_have_a_voice_of_their_language_and_gender() {
    let Some(espeak) = espeak() else { return };
    let catalogue = Catalogue::builtin();
    let natural: Vec<Voice> =
        catalogue.packs().iter().filter(|p| p.default).flat_map(voice::Pack::described).collect();
    let usable = [espeak.voices(), natural].concat();
    let mut unserved = Vec::new();
    for known in known_names() {
        match voice::resolve(Some(known.name), None, &usable, &catalogue) {
            Ok(found) => {
                let language = if known.language == "sh" { "hr" } else { known.language };
                assert!(
                    voice::same_language(&found.voice.language, language),
                    "{} {:?}",
                    known.name,
                    found.voice
                );
                assert_eq!(found.voice.gender, known.gender, "{} {:?}", known.name, found.voice);
            }
            Err(error) => unserved.push((known.name, error.to_string())),
        }
    }
    let [(name, why)] = unserved.as_slice() else { panic!("{unserved:?}") };
    assert_eq!(*name, "Filipino Female");
    assert!(why.contains("Filipino (fil-PH)") && why.contains("engine http"), "{why}");
    // A natural voice comes before a robotic one, but not for a man.
    let id = |name| voice::resolve(Some(name), None, &usable, &catalogue).expect(name).voice.id;
    assert_eq!(id("US English Female"), "hibari:heart");
    assert_eq!(id("US English Male"), "espeak:en-us");
    assert_eq!(id("Serbo-Croatian Male"), "espeak:hr");
    assert_eq!(id("Chinese (Hong Kong) Female"), "espeak:yue+f2");
}

#[test]
fn roles_and_languages_have_their_own_voices() {
    if espeak().is_none() {
        return;
    }
    let case = Case::new()
        .file(
            "aloud.toml",
            "[voice]\nname = \"espeak:en-us\"\n[roles]\nquote = \"espeak:en-gb+f2\"\n",
        )
        .file(
            "a.html",
            "<h1>Ferries</h1><p>The ferry left early on Monday.</p>\
             <blockquote>Nobody waited for us.</blockquote>\
             <p lang=\"fr\">Le bateau est parti.</p>\
             <blockquote lang=\"fr\">Il fait beau.</blockquote>\
             <p lang=\"fil\">Magandang umaga.</p>",
        );
    case.run(&["build", "a.html", "--lang", "en-US"]).ok();
    let manifest = case.json("output/a/a.json");
    let found: Vec<(String, String)> = manifest["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["text"].as_str().unwrap().to_owned(), s["voice"].as_str().unwrap().to_owned()))
        .collect();
    let wanted = [
        ("Ferries", "espeak:en-us"),
        ("The ferry left early on Monday.", "espeak:en-us"),
        ("Nobody waited for us.", "espeak:en-gb+f2"),
        ("Le bateau est parti.", "espeak:fr-fr"),
        ("Il fait beau.", "espeak:fr-fr"),
        ("Magandang umaga.", "espeak:en-us"),
    ];
    let wanted: Vec<_> = wanted.iter().map(|(t, v)| ((*t).to_owned(), (*v).to_owned())).collect();
    assert_eq!(found, wanted);
    let warnings = manifest["warnings"].to_string();
    assert!(warnings.contains("foreign-language") && warnings.contains("in fil"), "{warnings}");
    assert!(manifest["disclosure"].as_str().unwrap().contains("espeak:fr-fr"));
    // What will be said is what is shown beforehand.
    let script = case.run(&["read", "a.html", "--lang", "en-US", "--json"]).ok().stdout();
    let script: serde_json::Value = serde_json::from_str(&script).unwrap();
    let shown: Vec<&str> = script["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["voice"].as_str().unwrap())
        .collect();
    assert_eq!(shown, found.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>());

    let config = case.text("aloud.toml").replace("[roles]", "foreign = \"main\"\n[roles]");
    let case = case.file("aloud.toml", config);
    case.run(&["build", "a.html", "--lang", "en-US"]).ok();
    let manifest = case.json("output/a/a.json");
    assert_eq!(manifest["segments"][3]["voice"], "espeak:en-us");
    assert!(manifest["warnings"].to_string().contains("[voice] foreign is"));
}

#[test]
fn a_voice_of_the_settings_that_does_not_exist_stops_the_build() {
    for (config, wanted) in [
        ("[roles]\nquote = \"Nobody's Voice\"\n", "no voice is called \"Nobody's Voice\""),
        ("[voice]\nfallback = \"x:y\"\n", "no voice is called \"x:y\""),
        ("[roles]\nquotes = \"tone:beep\"\n", "unknown variant `quotes`"),
        ("[voice]\nforeign = \"other\"\n", "unknown variant `other`"),
    ] {
        let case = Case::new().file("a.txt", "Words.").file("aloud.toml", config);
        case.run(&["build", "a.txt"]).code(2).says(&[wanted]);
    }
}

#[test]
fn flite_speaks_a_whole_article() {
    if !present(FliteEngine::find().is_some(), "flite") {
        return;
    }
    let case =
        Case::new().file("a.txt", "The ferry left early. Nobody waited for us, and it rained.");
    case.run(&["build", "a.txt", "--voice", "flite:slt"]).ok();
    let manifest = case.json("output/a/a.json");
    assert_eq!(manifest["voice"]["engine"], "flite");
    assert_eq!(manifest["segments"][1]["words"][0]["timing"], "interpolated");
    assert!(manifest["duration_ms"].as_u64().unwrap() > 2500);
}

/// A `voice.toml` of the engine `command`: a voice `name` that runs `script` in a shell of its own.
#[cfg(unix)]
fn program(id: &str, name: &str, rate: u32, script: &str) -> String {
    format!(
        "id = \"{id}\"\ntitle = \"{id}\"\nengine = \"command\"\nlicence = \"MIT\"\nattribution = \"a test\"\n\
         [program]\ncommand = \"sh\"\narguments = [\"-c\", '''{script}''']\nseconds = 20\n\
         [[voices]]\nname = \"{name}\"\nlanguage = \"en-US\"\ngender = \"male\"\nsample_rate = {rate}\n\
         description = \"a test\"\nsample = \"Hello.\"\nquality = 10\n"
    )
}

#[cfg(unix)]
#[test]
fn a_sentence_that_its_voice_fails_at_is_spoken_by_the_fallback_or_the_article_fails() {
    if espeak().is_none() {
        return;
    }
    // It fails whenever the text has "storm" in it.
    let script = "t=$(cat); case \"$t\" in *storm*) echo cannot say that >&2; exit 1;; esac; \
                  printf %s \"$t\" | espeak-ng -v en-us --stdin --stdout";
    let article = "The ferry left early.\n\nThen the storm came. Nobody minded.\n";
    let case = Case::new()
        .file("voices/mine/voice.toml", program("mine", "mine", 22_050, script))
        .file("a.txt", article);
    let alone = case.run(&["build", "a.txt", "--voice", "command:mine"]).code(1);
    alone.says(&[
        "line 3 (\"Then the storm came.\"): voice command:mine: sh failed (exit status: 1): cannot say that",
    ]);
    assert!(!case.path("output/a").exists());

    let case = case.file("aloud.toml", "[voice]\nfallback = \"espeak:en-us\"\n");
    case.run(&["build", "a.txt", "--voice", "command:mine"]).ok();
    let manifest = case.json("output/a/a.json");
    let said: Vec<(&str, Option<&str>)> = manifest["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["voice"].as_str().unwrap(), s["fallback"].as_str()))
        .collect();
    let wanted =
        [("command:mine", None), ("espeak:en-us", Some("command:mine")), ("command:mine", None)];
    assert_eq!(said, wanted);
    let warning = &manifest["warnings"][0];
    assert_eq!((&warning["code"], &warning["line"]), (&"fallback-voice".into(), &3.into()));
    assert!(warning["message"].as_str().unwrap().contains("cannot say that"), "{warning}");
    assert!(case.text("output/report.json").contains("fallback-voice"));
    // A fallback that does not speak the language does not speak.
    let case = case.file("aloud.toml", "[voice]\nfallback = \"espeak:fr-fr\"\n");
    case.run(&["build", "a.txt", "--voice", "command:mine"]).code(1).says(&["cannot say that"]);
}

/// Half a second of sound, for programs that speak in no other way than with `cat`.
#[cfg(unix)]
fn sound() -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 22_050,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a header");
    for i in 0..11_025 {
        writer.write_sample(if i / 50 % 2 == 0 { 4000_i16 } else { -4000 }).expect("written");
    }
    writer.finalize().expect("finished");
    bytes.into_inner()
}

/// A project with a voice that keeps a list of what it is asked to say, and says it unless a shell pattern
/// with its answer to it stands against that.
#[cfg(unix)]
fn listing(against: &str) -> Case {
    let script = |runs| {
        format!("t=$(cat); echo \"$t\" >> {runs}; case \"$t\" in {against} esac; cat sound.wav")
    };
    Case::new()
        .file("sound.wav", sound())
        .file("voices/mine/voice.toml", program("mine", "mine", 22_050, &script("mine")))
        .file("voices/other/voice.toml", program("other", "other", 22_050, &script("other")))
        .file("a.txt", "The ferry left early.\n\nThen the storm came.\n")
        .file("b.txt", "Nobody minded.\n")
}

#[cfg(unix)]
#[test]
fn a_failure_that_passes_is_tried_once_more_and_leaves_no_trace() {
    let case = listing("*storm*) [ -e calm ] || { touch calm; kill -9 $$; };;")
        .file("aloud.toml", "[voice]\nfallback = \"command:other\"\n");
    case.run(&["build", "a.txt", "--voice", "command:mine"]).ok();
    let manifest = case.json("output/a/a.json");
    for segment in manifest["segments"].as_array().unwrap() {
        assert_eq!((&segment["voice"], &segment["fallback"]), (&"command:mine".into(), &().into()));
    }
    assert!(!manifest["warnings"].to_string().contains("fallback-voice"));
    let storms = case.text("mine").matches("storm").count();
    assert_eq!((storms, case.path("other").exists()), (2, false));
}

#[cfg(unix)]
#[test]
fn a_fallback_that_fails_or_is_the_voice_itself_fails_its_article_alone() {
    // (fallback, what is said, how often the voice and the fallback were asked)
    let cases = [
        (
            "command:other",
            "sh failed (exit status: 1): no wind; and the fallback: voice command:other: sh failed \
             (exit status: 1): no wind",
            (2, 2),
        ),
        (
            "command:mine",
            "line 3 (\"Then the storm came.\"): voice command:mine: sh failed (exit status: 1): no wind",
            (2, 0),
        ),
    ];
    for (fallback, wanted, asked) in cases {
        let case = listing("*storm*) echo no wind >&2; exit 1;;")
            .file("aloud.toml", format!("[voice]\nfallback = \"{fallback}\"\n"));
        let ran = case.run(&["build", "a.txt", "b.txt", "--voice", "command:mine"]).code(1);
        assert_eq!(ran.stderr().contains("and the fallback"), asked.1 > 0, "{}", ran.stderr());
        ran.says(&["line 3 (", wanted]);
        assert_eq!(case.json("output/b/b.json")["voice"]["id"], "command:mine");
        assert!(!case.path("output/a").exists());
        let report = case.text("output/report.json");
        assert!(report.contains("no wind") && !report.contains("fallback-voice"), "{report}");
        let storms = |runs| {
            fs::read_to_string(case.path(runs)).map_or(0, |said| said.matches("storm").count())
        };
        assert_eq!((storms("mine"), storms("other")), asked);
    }
}

#[cfg(unix)]
#[test]
fn a_rate_that_a_program_does_not_take_is_made_of_its_sound() {
    let case = listing("none) ;;");
    // (what is asked for, how long half a second of sound becomes, a warning)
    for (rate, wanted, warning) in [
        ("1", 500, None),
        ("2", 250, None),
        ("0.5", 1000, None),
        ("4", 250, Some("rate 4 is beyond voice command:mine; it speaks at 2")),
    ] {
        let arguments = ["build", "b.txt", "--voice", "command:mine", "--rate", rate];
        case.run(&[&arguments[..], &["--pitch", "1.2"]].concat()).ok();
        let manifest = case.json("output/b/b.json");
        let segment = &manifest["segments"][0];
        let ms = segment["end_ms"].as_u64().unwrap() - segment["start_ms"].as_u64().unwrap();
        assert!(ms.abs_diff(wanted) < 40, "{rate}: {ms} ms");
        let warnings = manifest["warnings"].to_string();
        assert_eq!(warnings.contains("rate"), warning.is_some(), "{rate}: {warnings}");
        assert!(warnings.contains(warning.unwrap_or_default()), "{rate}: {warnings}");
        assert!(warnings.contains("pitch 1.2 is beyond voice command:mine; it speaks at 1"));
    }
}

#[cfg(unix)]
#[test]
fn what_will_not_pass_is_not_tried_again() {
    // A rate that its voice.toml does not promise: no fresh worker would have another one.
    let case = listing("none) ;;");
    let toml = case.text("voices/mine/voice.toml").replace("22050", "16000");
    let case = case.file("voices/mine/voice.toml", toml);
    let ran = case.run(&["build", "b.txt", "--voice", "command:mine"]).code(1);
    ran.says(&["sh gives 22050 samples per second, and its voice.toml says 16000"]);
    assert_eq!(case.text("mine"), "Nobody minded.\n");
}

#[cfg(unix)]
#[test]
fn broken_declarations_are_left_out_by_file_and_field() {
    let good = program("mine", "mine", 22_050, "true");
    let service = good.replace("\"command\"", "\"http\"");
    let cases = [
        (good.replace("[program]", "[programs]"), "unknown field"),
        (good.replace("\"command\"", "\"hibari\""), "knows no program or service"),
        (service.clone(), "engine is \"http\", which wants [service]"),
        (good.replace("seconds = 20", "seconds = 0"), "program.seconds is"),
        (good.replace("seconds = 20", "rate = [0.5, 2.0]"), "program.rate and {rate}"),
        (good.replace("\"sh\"", "\"\""), "program.command is"),
        (
            service
                .replace(
                    "[program]\ncommand = \"sh\"\n",
                    "[service]\nurl = \"http://x.org/\"\nmodel = \"m\"\n",
                )
                .replace("arguments = [\"-c\", '''true''']\n", ""),
            "service.url is",
        ),
    ];
    for (toml, wanted) in cases {
        let case = Case::new().file("voices/mine/voice.toml", &toml).file("a.txt", "Words.");
        case.build(&["a.txt"]).ok().says(&["voices/mine/voice.toml", wanted]);
    }
    let case = Case::new()
        .file("voices/mine/voice.toml", program("mine", "mine", 22_050, "echo '<html>502</html>'"))
        .file("a.txt", "Words.");
    let html = case.run(&["build", "a.txt", "--voice", "command:mine"]).code(1);
    html.says(&["sh: it gave no WAV but text: \"<html>502</html>\""]);
}

#[test]
fn a_dry_run_says_what_a_service_will_be_sent_and_its_price() {
    let toml = "id = \"cloud\"\ntitle = \"c\"\nengine = \"http\"\nlicence = \"x\"\nattribution = \"y\"\n\
                [service]\nurl = \"https://speech.example/v1/audio/speech\"\nmodel = \"m\"\n\
                key = \"NO_SUCH_KEY_HERE\"\nprice_per_million = 1000000.0\n\
                [[voices]]\nname = \"alto\"\nlanguage = \"en-GB\"\ngender = \"female\"\nsample_rate = 24000\n\
                description = \"d\"\nsample = \"s\"\nquality = 70\n";
    let case = Case::new().file("voices/cloud/voice.toml", toml).file("a.txt", "Twelve chars");
    let said = case.run(&["build", "a.txt", "--voice", "http:alto", "--dry-run"]).ok().stdout();
    assert!(said.contains("http:alto: 12 characters") && said.contains("about 12.00"), "{said}");
    let no_key = case.run(&["build", "a.txt", "--voice", "http:alto"]).code(1);
    no_key.says(&["set NO_SUCH_KEY_HERE to the key of its service"]);
}

#[test]
fn a_preview_is_a_wav_of_the_voice() {
    let case = Case::new();
    case.run(&["voices", "preview", "tone:beep", "--text", "Two words"]).ok();
    let wav = hound::WavReader::open(case.path("tone-beep.wav")).expect("a WAV");
    assert_eq!(wav.spec().sample_rate, 16_000);
    assert!(wav.duration() > 3000);
    // A build of the same words gives the same sound, but for the last bit: it is kept in a file meanwhile.
    let case = case.file("said.txt", "Two words");
    case.build(&["said.txt"]).ok();
    let samples = |name: &str| {
        let mut wav = hound::WavReader::open(case.path(name)).expect("a WAV");
        wav.samples::<i16>().collect::<Result<Vec<i16>, _>>().expect("samples")
    };
    let (preview, built) = (samples("tone-beep.wav"), samples("output/said/said.wav"));
    assert_eq!(preview.len(), built.len());
    assert!(preview.iter().zip(&built).all(|(a, b)| a.abs_diff(*b) <= 1));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| fs::metadata(case.path(name)).unwrap().permissions().mode();
        assert_eq!(mode("tone-beep.wav"), mode("said.txt"), "whoever reads others reads it");
    }
    let again = case.run(&["voices", "preview", "tone:beep"]).code(2);
    again.says(&["tone-beep.wav exists"]);
    case.run(&["voices", "preview", "tone:beep", "--text", "...", "--force"])
        .code(2)
        .says(&["nothing to say"]);
    if espeak().is_some() {
        case.run(&["voices", "preview", "Russian Female", "-o", "out/ru.wav"]).ok();
        assert!(
            hound::WavReader::open(case.path("out/ru.wav")).expect("a WAV").duration() > 22_050
        );
        let list =
            case.run(&["voices", "list", "--lang", "ru", "--gender", "female"]).ok().stdout();
        assert!(list.contains("espeak:ru+f2") && list.contains("Russian"), "{list}");
        case.run(&["voices", "show", "Russian Female"]).ok();
        case.run(&["voices", "install", "espeak:ru"]).code(2).says(&["nothing to install"]);
    }
}

#[cfg(unix)]
#[test]
fn a_preview_is_played_by_the_first_program_that_can() {
    use std::{os::unix::fs::PermissionsExt, process::Command};
    let case = Case::new().file("bin/README", "programs");
    let bin = case.path("bin").to_string_lossy().into_owned();
    let case = case.environment("PATH", bin);
    let play = |arguments: &[&str]| {
        case.run(&[&["voices", "preview", "tone:beep", "--play"], arguments].concat())
    };
    let none = play(&[]).code(2);
    none.says(&["no program that plays sound was found", "without --play the sample is written"]);
    let names = if cfg!(target_os = "macos") { ["afplay", "none"] } else { ["pw-play", "paplay"] };
    let scripts = ["echo >&2 'no daemon'; exit 1", "cat \"$1\" > played"];
    let scripts = if cfg!(target_os = "macos") { [scripts[1], scripts[0]] } else { scripts };
    for (name, script) in names.iter().zip(scripts) {
        // Copied by another process, which no other thread can have open while it is started.
        fs::write(case.path("draft"), format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n"))
            .unwrap();
        let to = case.path(&format!("bin/{name}"));
        assert!(Command::new("cp").args([&case.path("draft"), &to]).status().unwrap().success());
        fs::set_permissions(&to, fs::Permissions::from_mode(0o755)).unwrap();
        if *name == "pw-play" {
            play(&[]).code(2).says(&["cannot be played", "pw-play: no daemon"]);
        }
    }
    play(&[]).ok().says(&["tone:beep says: "]);
    assert!(hound::WavReader::open(case.path("played")).expect("a WAV").duration() > 3000);
    assert!(!case.path("tone-beep.wav").exists(), "nothing is written");
    play(&["-o", "kept.wav"]).ok();
    assert!(fs::read(case.path("kept.wav")).unwrap() == fs::read(case.path("played")).unwrap());
}

#[cfg(unix)]
#[test]
fn six_voices_of_five_engines_at_four_rates_make_one_recording() {
    let (Some(data), Some(_)) = (crate::support::voice::installed(), espeak()) else { return };
    if !present(FliteEngine::find().is_some(), "flite") {
        return;
    }
    // flite's voice kal has 8,000 samples per second; flite and tone have 16,000, espeak-ng 22,050, hibari 24,000.
    let script = "t=$(mktemp); flite -voice kal -f /dev/stdin -o $t && cat $t; rm -f $t";
    let case = Case::new()
        .environment("ALOUD_DATA_DIR", data.to_string_lossy())
        .file("voices/mine/voice.toml", program("mine", "mine", 8000, script))
        .file(
            "aloud.toml",
            "[voice]\nname = \"hibari:heart\"\n[roles]\nheading = \"flite:slt\"\nquote = \"espeak:en-gb+f2\"\n\
             list-item = \"tone:beep\"\ncaption = \"command:mine\"\n",
        )
        .file(
            "a.html",
            "<h1>Ferries</h1><figure><img src=\"q.jpg\" alt=\"\"><figcaption>The quay at dawn.</figcaption></figure><p>The ferry left early on Monday.</p>\
             <h2>What they said</h2><blockquote>Nobody waited for us.</blockquote>\
             <ul><li>one rope</li><li>two lamps</li></ul><p lang=\"fr\">Le bateau est parti.</p>\
             <p>The harbour was quiet again.</p>",
        );
    case.run(&["build", "a.html", "--lang", "en-US"]).ok();
    let manifest = case.json("output/a/a.json");
    let segments = manifest["segments"].as_array().unwrap();
    let voices: std::collections::BTreeSet<&str> =
        segments.iter().map(|s| s["voice"].as_str().unwrap()).collect();
    for wanted in ["command:mine", "espeak:en-gb+f2", "flite:slt", "hibari:heart", "tone:beep"] {
        assert!(voices.contains(wanted), "{wanted} is not among {voices:?}");
    }
    // The sixth speaks French, and depends on the packs that are installed.
    let french = |v: &&str| ["espeak:fr-fr+f2", "kokoro:ff_siwis"].contains(v);
    assert!(voices.len() == 6 && voices.iter().any(french), "{voices:?}");
    let mut reader = hound::WavReader::open(case.path("output/a/a.wav")).expect("a WAV");
    assert_eq!(reader.spec().sample_rate, 24_000, "the article's voice's");
    let samples: Vec<f32> =
        reader.samples::<i16>().map(|s| f32::from(s.unwrap()) / 32_768.0).collect();
    let at = |ms: &serde_json::Value| usize::try_from(ms.as_u64().unwrap() * 24).unwrap();
    let mut last = 0;
    for segment in segments {
        let (start, end) = (at(&segment["start_ms"]), at(&segment["end_ms"]));
        assert!(start >= last && end > start && end <= samples.len() + 24, "{segment}");
        let sound = &samples[start..end.min(samples.len())];
        #[expect(clippy::cast_precision_loss)]
        let rms = (sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32).sqrt();
        assert!(rms > 0.01, "{} is silent: {rms}", segment["text"]);
        let quiet = samples[last..start].iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        assert!(quiet < 0.2, "sound between the sentences before {}: {quiet}", segment["text"]);
        last = end;
    }
    assert_eq!(manifest["coverage"]["unaccounted_words"], 0);
}
