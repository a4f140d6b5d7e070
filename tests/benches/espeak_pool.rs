//! Sentences by the pool of espeak-ng workers against starting the program once for each, in one run.
//! `cargo bench --bench espeak_pool`; needs espeak-ng.
//!
//! The program speaks one sentence after the other, the pool has a thread for each core. Rounds alternate;
//! the medians count.

use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use aloud::{
    engine::{Engine, Utterance, espeak::EspeakEngine},
    model::{Prosody, Voice, Word},
};
use anyhow::{Context as _, Result, ensure};

const SENTENCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/voice_sentences/en.txt");
const ROUNDS: usize = 9;
/// How often each thread speaks all sentences in a round.
const TIMES: usize = 4;

fn main() -> Result<()> {
    let Some(engine) = EspeakEngine::find() else {
        eprintln!("espeak_pool: espeak-ng is not installed");
        return Ok(());
    };
    let voice = engine.voices().into_iter().find(|v| v.id == "espeak:en-us").context("en-us")?;
    let text = fs::read_to_string(SENTENCES)?;
    let sentences: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let threads = thread::available_parallelism()?.get();
    pool(&engine, &voice, &sentences, threads)?;
    let (mut programs, mut pools) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        programs.push(program(&sentences)?);
        pools.push(pool(&engine, &voice, &sentences, threads)?);
    }
    let (program, pool) = (median(programs), median(pools));
    println!(
        "the program once for each sentence {:.2} ms, the pool on {threads} threads {:.2} ms: {:.1} times as fast",
        1e3 * program,
        1e3 * pool,
        program / pool
    );
    Ok(())
}

/// Seconds for a sentence, by the program.
fn program(sentences: &[&str]) -> Result<f64> {
    let start = Instant::now();
    for sentence in sentences {
        let sound =
            Command::new("espeak-ng").args(["-v", "en-us", "--stdout", sentence]).output()?.stdout;
        ensure!(sound.len() > 44, "no sound for {sentence}");
    }
    Ok(each(start.elapsed(), sentences.len()))
}

/// Seconds for a sentence, by the pool.
fn pool(engine: &EspeakEngine, voice: &Voice, sentences: &[&str], threads: usize) -> Result<f64> {
    let start = Instant::now();
    let speak = || -> Result<()> {
        let mut synthesizer = engine.open(voice)?;
        for sentence in sentences.iter().cycle().take(TIMES * sentences.len()) {
            let words: Vec<Word> = sentence
                .split_whitespace()
                .map(|text| Word { text: text.into(), ..Word::default() })
                .collect();
            let prosody = Prosody::default();
            let utterance = Utterance { words: &words, language: "en-US", prosody, seed: 0 };
            ensure!(
                !synthesizer.synthesize(&utterance)?.samples.is_empty(),
                "no sound for {sentence}"
            );
        }
        Ok(())
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(speak)).collect();
        running.into_iter().try_for_each(|t| t.join().expect("it does not panic"))
    })?;
    Ok(each(start.elapsed(), threads * TIMES * sentences.len()))
}

#[expect(clippy::cast_precision_loss, reason = "some hundred sentences")]
fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() / count as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
