//! Speaks a text with the default voice and says where the time went, as one line of JSON.
//!
//! `speech PACK TEXT [--repeat N] [--rate R] [--pitch P] [--wav FILE]`: TEXT has one utterance a line, spoken form. The best
//! of N rounds counts, with the processor time of this process, not the clock on the wall. Beside
//! `--wav FILE` goes FILE.json with the sentences and their times.
//!
//! `speech PACK --read TEXT` prints the phoneme ids of every line.
//!
//! `speech PACK --ids FILE OUT`: FILE has one utterance a line, as phoneme ids; for each of them OUT
//! gets the frame count, f0 and spectra, little-endian, as the comparison in tests/parity reads them.

use std::{
    fs,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use aloud::{
    engine::hibari::{HibariEngine, inspect::Inspector},
    model::Word,
};
use anyhow::{Context as _, Result, bail};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            eprintln!(
                "speech: give a voice pack and a text; tests/benches/speech_vs_python.py does"
            );
            Ok(())
        }
        [pack, "--read", text] => read(Path::new(pack), Path::new(text)),
        [pack, "--ids", ids, out] => dump(Path::new(pack), Path::new(ids), Path::new(out)),
        [pack, text, ref rest @ ..] => {
            let value = |name| rest.iter().position(|a| *a == name).and_then(|i| rest.get(i + 1));
            let repeat = value("--repeat").map_or(Ok(1), |n| n.parse())?;
            let factor = |name| value(name).map_or(Ok(1.0), |n| n.parse::<f32>());
            let prosody = (factor("--rate")?, factor("--pitch")?);
            speak(Path::new(pack), Path::new(text), repeat, prosody, value("--wav").copied())
        }
        _ => bail!("usage: speech PACK TEXT [--repeat N] [--wav FILE]"),
    }
}

fn speak(
    pack: &Path,
    text: &Path,
    repeat: usize,
    prosody: (f32, f32),
    wav: Option<&str>,
) -> Result<()> {
    let engine = HibariEngine::open(pack)?;
    let mut inspector = Inspector::new(&engine)?;
    let text = fs::read_to_string(text).with_context(|| text.display().to_string())?;
    let lines: Vec<Vec<Word>> = text.lines().map(words).filter(|w| !w.is_empty()).collect();
    let (mut best, mut audio) = (f64::INFINITY, Vec::new());
    let mut split = [Duration::ZERO; 3];
    for _ in 0..repeat.max(1) {
        let before = processor_seconds();
        let (mut round, mut clips) = ([Duration::ZERO; 3], Vec::new());
        for (line, seed) in lines.iter().zip(1..) {
            let start = Instant::now();
            let ids = inspector.ids(line)?;
            round[0] += start.elapsed();
            let steps = inspector.speak(&ids, prosody, seed, false)?;
            round[1] += steps.network;
            round[2] += steps.signal;
            clips.push(steps.samples);
        }
        let spent = processor_seconds() - before;
        if spent < best {
            (best, split, audio) = (spent, round, clips);
        }
    }
    let seconds = |samples: usize| samples as f64 / 24_000.0;
    let total = seconds(audio.iter().map(Vec::len).sum());
    let [phonemes, network, signal] = split.map(|d| d.as_secs_f64());
    println!(
        "{{\"speech\": {total:.2}, \"cpu\": {best:.3}, \"phonemes\": {phonemes:.3}, \
         \"network\": {network:.3}, \"signal\": {signal:.3}}}"
    );
    if let Some(path) = wav {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 24_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(path, spec)?;
        let (mut segments, mut at) = (Vec::new(), 0);
        for (line, clip) in text.lines().filter(|l| !words(l).is_empty()).zip(&audio) {
            for sample in clip.iter().copied().chain(std::iter::repeat_n(0.0, 6000)) {
                writer.write_sample((sample.clamp(-1.0, 1.0) * 32_767.0) as i16)?;
            }
            let (start, end) = (at / 24, (at + clip.len()) / 24);
            at += clip.len() + 6000;
            segments.push(serde_json::json!(
                {"text": line, "spoken": line, "start_ms": start, "end_ms": end}
            ));
        }
        writer.finalize()?;
        let json = serde_json::json!(
            {"segments": segments, "coverage": {"unaccounted_words": 0}}
        );
        fs::write(format!("{path}.json"), json.to_string())?;
    }
    Ok(())
}

/// User and system time of this process; where the platform does not tell, the time since the start.
fn processor_seconds() -> f64 {
    let ticks = fs::read_to_string("/proc/self/stat").ok().and_then(|stat| {
        let fields: Vec<f64> =
            stat.rsplit(')').next()?.split_whitespace().filter_map(|f| f.parse().ok()).collect();
        // After the state letter: utime and stime are the 11th and 12th number, in 1/100 s.
        Some(fields.get(10)? + fields.get(11)?)
    });
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    ticks.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |t| t / 100.0)
}

/// The words of a line that is in spoken form already. Capitals in a row are an initialism.
fn words(line: &str) -> Vec<Word> {
    let mut words = tokens(line);
    let capital = |w: &Word| {
        if matches!(&*w.text, "A" | "I" | "As" | "Is") {
            return false;
        }
        let mut chars = w.text.chars();
        chars.next().is_some_and(char::is_uppercase) && matches!(chars.as_str(), "" | "s")
    };
    let capitals: Vec<bool> = words.iter().map(capital).collect();
    for (i, word) in words.iter_mut().enumerate() {
        let beside = i > 0 && capitals[i - 1] || capitals.get(i + 1) == Some(&true);
        word.letter = capitals[i] && beside;
    }
    words
}

fn tokens(line: &str) -> Vec<Word> {
    let inner = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    let mut words: Vec<Word> = Vec::new();
    for token in line.replace('—', "— ").replace('…', "… ").split_whitespace() {
        let Some(start) = token.find(inner) else {
            // A dash between spaces belongs to the word before it.
            if let Some(last) = words.last_mut() {
                last.after.push_str(token);
            }
            continue;
        };
        let end = token.rfind(char::is_alphabetic).unwrap_or(start);
        let end = end + token[end..].chars().next().map_or(0, char::len_utf8);
        words.push(Word {
            text: token[start..end].into(),
            before: token[..start].into(),
            after: token[end..].into(),
            ..Word::default()
        });
    }
    words
}

/// Prints the phoneme ids of every line.
fn read(pack: &Path, text: &Path) -> Result<()> {
    let inspector = Inspector::new(&HibariEngine::open(pack)?)?;
    for line in fs::read_to_string(text)?.lines().map(words).filter(|w| !w.is_empty()) {
        let ids: Vec<String> = inspector.ids(&line)?.iter().map(i32::to_string).collect();
        println!("{}", ids.join(" "));
    }
    Ok(())
}

/// Speaks ids and keeps what the network said.
fn dump(pack: &Path, ids: &Path, out: &Path) -> Result<()> {
    let engine = HibariEngine::open(pack)?;
    let mut inspector = Inspector::new(&engine)?;
    let mut file = std::io::BufWriter::new(fs::File::create(out)?);
    for line in fs::read_to_string(ids)?.lines() {
        let ids: Vec<i32> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let steps = inspector.speak(&ids, (1.0, 1.0), 1, true)?;
        file.write_all(&u32::try_from(steps.f0.len())?.to_le_bytes())?;
        for numbers in [&steps.f0, &steps.spectra, &steps.samples] {
            for number in numbers {
                file.write_all(&number.to_le_bytes())?;
            }
        }
    }
    Ok(file.flush()?)
}
