//! `aloud voices preview`: what a voice sounds like in a build, written as a WAV or played.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use super::voices::PreviewArgs;
use crate::{
    cli::{context::Context, engines, render},
    engine::{end_programs, speak_segment},
    finish::{self, Assembler, FinishOptions, Replay, Sink},
    model::{Block, BlockKind, CleanArticle, Format, Meta, SourceText, Span, Text, Voice},
    segment::{self, SegmentOptions},
    spoken::{self, Lexicons, SpokenOptions},
    voice::{self, Catalogue, PackStore},
};

/// What voices without a sample sentence of their own say: "good day, this is my voice", in the languages of
/// many articles; others count to five.
const SAMPLES: &[(&str, &str)] = &[
    ("ar", "مرحبا، هذا صوتي."),
    ("cs", "Dobrý den, toto je můj hlas."),
    ("da", "Goddag, dette er min stemme."),
    ("de", "Guten Tag, das ist meine Stimme."),
    ("el", "Καλημέρα, αυτή είναι η φωνή μου."),
    ("en", "Good day, this is my voice. The morning ferry is back, and the harbour is glad of it."),
    ("es", "Buenos días, esta es mi voz."),
    ("fi", "Hyvää päivää, tämä on ääneni."),
    ("fr", "Bonjour, voici ma voix."),
    ("hi", "नमस्ते, यह मेरी आवाज़ है।"),
    ("hu", "Jó napot, ez az én hangom."),
    ("it", "Buongiorno, questa è la mia voce."),
    ("ja", "こんにちは、 これは わたしの こえ です。"),
    ("ko", "안녕하세요, 이것이 제 목소리입니다."),
    ("nl", "Goedendag, dit is mijn stem."),
    ("pl", "Dzień dobry, to jest mój głos."),
    ("pt", "Bom dia, esta é a minha voz."),
    ("ro", "Bună ziua, aceasta este vocea mea."),
    ("ru", "Добрый день, это мой голос."),
    ("sv", "God dag, det här är min röst."),
    ("tr", "İyi günler, bu benim sesim."),
    ("uk", "Добрий день, це мій голос."),
    ("zh", "你好，这是我的声音。"),
    ("yue", "你好，這是我的聲音。"),
];

pub(in crate::cli) fn run(
    args: &PreviewArgs,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    // A program that speaks does not hear the terminal by itself.
    let _ = ctrlc::set_handler(|| {
        end_programs();
        std::process::exit(130);
    });
    let usable = engines::obtainable(catalogue)?;
    let found = voice::resolve(Some(&args.name), None, &usable, catalogue)?;
    let voice = &found.voice;
    for warning in &found.warnings {
        context.say(&render::warning_line(&voice.id, warning));
    }
    let written = match &args.output {
        None if args.play => None,
        None => Some(PathBuf::from(voice.id.replace(':', "-") + ".wav")),
        named => named.clone(),
    };
    if let Some(output) = written.as_ref().filter(|o| o.exists() && !args.force) {
        bail!("{} exists; --force overwrites it", output.display());
    }
    let options = context.config()?.finish;
    engines::fetch_missing(&[voice], catalogue, store, context)?;
    let registry = engines::registry(store, catalogue)?;
    let text = args.text.clone().unwrap_or_else(|| sample(voice, catalogue));
    let (samples, sample_rate) = speak(voice, &text, &registry, &options)?;
    if let Some(output) = &written {
        write(output, &samples, sample_rate)
            .with_context(|| format!("cannot write {}", output.display()))?;
        context.say(&format!("{} says in {}: {text}", voice.id, output.display()));
    }
    if args.play {
        let folder = tempfile::tempdir().context("no folder for temporary files")?;
        let sound = folder.path().join("preview.wav");
        write(&sound, &samples, sample_rate)
            .with_context(|| format!("cannot write {}", sound.display()))?;
        context.say(&format!("{} says: {text}", voice.id));
        play(&sound)?;
    }
    Ok(())
}

/// The environment variable that has the file, for players that are a script: PowerShell would read an argument as
/// more of the script.
const SOUND: &str = "ALOUD_SOUND";

/// Programs that play a WAV, as most systems have one of them; the file comes last, or is in [`SOUND`].
const PLAYERS: &[&[&str]] = if cfg!(target_os = "macos") {
    &[&["afplay"]]
} else if cfg!(windows) {
    const SCRIPT: &str = "(New-Object Media.SoundPlayer $env:ALOUD_SOUND).PlaySync()";
    &[&["powershell", "-NoProfile", "-Command", SCRIPT]]
} else {
    &[
        &["pw-play"],
        &["paplay"],
        &["aplay", "-q"],
        &["ffplay", "-nodisp", "-autoexit", "-loglevel", "error"],
        &["play", "-q"],
    ]
};

/// Plays a WAV with the first of [`PLAYERS`] that can: a server of sound may be installed and not running.
fn play(sound: &Path) -> anyhow::Result<()> {
    let mut reasons = Vec::new();
    for player in PLAYERS {
        let [program, arguments @ ..] = player else { continue };
        let mut command = Command::new(program);
        command.args(arguments).env(SOUND, sound).stdin(Stdio::null()).stdout(Stdio::null());
        if !cfg!(windows) {
            command.arg(sound);
        }
        match command.stderr(Stdio::piped()).output() {
            Ok(ended) if ended.status.success() => return Ok(()),
            Ok(ended) => {
                let said = String::from_utf8_lossy(&ended.stderr);
                let last =
                    said.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("it said nothing");
                reasons.push(format!("{program}: {}", last.trim()));
            }
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => reasons.push(format!("{program}: {e}")),
        }
    }
    if reasons.is_empty() {
        let names: Vec<&str> = PLAYERS.iter().map(|player| player[0]).collect();
        bail!(
            "no program that plays sound was found (tried {}); without --play the sample is written",
            names.join(", ")
        );
    }
    bail!("the sample cannot be played; without --play it is written ({})", reasons.join("; "))
}

/// The sentence that shows `voice`.
fn sample(voice: &Voice, catalogue: &Catalogue) -> String {
    let own =
        catalogue.pack_of(&voice.id).and_then(|p| p.voices.iter().find(|v| v.name == voice.name));
    let common = || SAMPLES.iter().find(|(tag, _)| voice::same_language(&voice.language, tag));
    own.map(|v| v.sample.clone())
        .or_else(|| common().map(|(_, text)| (*text).to_owned()))
        .unwrap_or_else(|| "1, 2, 3, 4, 5.".to_owned())
}

/// The whole way from text to sound, for one voice: levelled, and as loud as a build makes it.
fn speak(
    voice: &Voice,
    text: &str,
    registry: &crate::engine::EngineRegistry,
    options: &FinishOptions,
) -> anyhow::Result<(Vec<f32>, u32)> {
    let source = SourceText::new(text, Format::Text, String::new());
    let span = Span::new(0, text.len());
    let block = Block {
        kind: BlockKind::Paragraph,
        text: Text::from_source(text, span),
        language: Some(voice.language.clone()),
        span,
        context: Vec::new(),
        added: None,
    };
    let article = CleanArticle {
        source,
        meta: Meta { language: Some(voice.language.clone()), ..Meta::default() },
        blocks: vec![block],
        removed: Vec::new(),
        warnings: Vec::new(),
    };
    let mut script = segment::segment(article, &SegmentOptions::default());
    spoken::speak_words(&mut script, &SpokenOptions::default(), &Lexicons::default());
    let capabilities = registry.capabilities(voice)?;
    let mut synthesizer = registry.open(voice)?;
    let mut assembler = Assembler::new(voice.sample_rate, options.clone(), Held::default())?;
    for index in 0..script.segments.len() {
        let clip =
            speak_segment(synthesizer.as_mut(), voice, &capabilities, &script.segments, index)?;
        assembler.push(&script.segments[index], clip)?;
    }
    let (mut recording, mut rough) = assembler.finish()?;
    if rough.samples.is_empty() {
        bail!("there is nothing to say in \"{text}\"");
    }
    let mut mastered = Held::default();
    finish::master(&mut recording, &mut rough, options, &mut mastered)?;
    Ok((mastered.samples, recording.timeline.sample_rate))
}

/// A recording in memory: a sentence is short.
#[derive(Default)]
struct Held {
    samples: Vec<f32>,
    at: usize,
}

impl Sink for Held {
    fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        self.samples.extend_from_slice(samples);
        Ok(())
    }
}

impl Replay for Held {
    fn seek(&mut self, sample: u64) -> io::Result<()> {
        self.at = usize::try_from(sample).map_or(self.samples.len(), |s| s.min(self.samples.len()));
        Ok(())
    }

    fn read(&mut self, into: &mut [f32]) -> io::Result<usize> {
        let rest = &self.samples[self.at..];
        let count = into.len().min(rest.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

/// The file, whole or not at all.
fn write(output: &Path, samples: &[f32], sample_rate: u32) -> anyhow::Result<()> {
    let folder = output.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // For everybody whom the user's mask lets read it, as any other file: temporary ones are private otherwise.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(std::io::BufWriter::new(file.as_file_mut()), spec)?;
    for sample in samples {
        #[expect(clippy::cast_possible_truncation)] // clamped
        writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16)?;
    }
    writer.finalize()?;
    file.persist(output)?;
    Ok(())
}
