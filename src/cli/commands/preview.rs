//! `aloud voices preview`: what a voice sounds like, as a WAV.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, bail};

use super::voices::PreviewArgs;
use crate::{
    cli::{context::Context, engines, render},
    engine::speak_segment,
    finish::{Assembler, FinishOptions},
    model::{Block, BlockKind, CleanArticle, Format, Meta, SourceText, Span, Text, Voice},
    segment::{self, SegmentOptions},
    spoken::{self, SpokenOptions},
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
    let usable = engines::obtainable(catalogue)?;
    let found = voice::resolve(Some(&args.name), None, &usable, catalogue)?;
    let voice = &found.voice;
    for warning in &found.warnings {
        context.say(&render::warning_line(&voice.id, warning));
    }
    let output =
        args.output.clone().unwrap_or_else(|| PathBuf::from(voice.id.replace(':', "-") + ".wav"));
    if output.exists() && !args.force {
        bail!("{} exists; --force overwrites it", output.display());
    }
    engines::fetch_missing(&[voice], catalogue, store, context)?;
    let registry = engines::registry(store, catalogue)?;
    let text = args.text.clone().unwrap_or_else(|| sample(voice, catalogue));
    let (samples, sample_rate) = speak(voice, &text, &registry)?;
    write(&output, &samples, sample_rate)
        .with_context(|| format!("cannot write {}", output.display()))?;
    context.say(&format!("{} says in {}: {text}", voice.id, output.display()));
    Ok(())
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

/// The whole way from text to sound, for one voice.
fn speak(
    voice: &Voice,
    text: &str,
    registry: &crate::engine::EngineRegistry,
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
    spoken::speak_words(&mut script, &SpokenOptions::default());
    let capabilities = registry.capabilities(voice)?;
    let mut synthesizer = registry.open(voice)?;
    let mut samples = Vec::new();
    let sink = |part: &[f32]| {
        samples.extend_from_slice(part);
        Ok(())
    };
    let mut assembler = Assembler::new(voice.sample_rate, FinishOptions::default(), sink)?;
    for index in 0..script.segments.len() {
        let clip =
            speak_segment(synthesizer.as_mut(), voice, &capabilities, &script.segments, index)?;
        assembler.push(&script.segments[index], clip)?;
    }
    let (recording, _) = assembler.finish()?;
    if samples.is_empty() {
        bail!("there is nothing to say in \"{text}\"");
    }
    Ok((samples, recording.timeline.sample_rate))
}

/// The file, whole or not at all.
fn write(output: &std::path::Path, samples: &[f32], sample_rate: u32) -> anyhow::Result<()> {
    let folder = output.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| std::path::Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
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
