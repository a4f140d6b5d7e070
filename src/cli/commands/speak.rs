//! `aloud speak`: reads articles aloud, now, through the system's own speech.
//!
//! For trying things out and for listening at the desk: Speech Dispatcher on Linux, `AVFoundation` on
//! macOS, `WinRT` on Windows, by the `tts` crate, which can speak but not write files. `Tts` stays on the
//! thread that made it.

use std::{
    io::{self, Write},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use tts::Tts;

use crate::{
    batch,
    cli::{Ended, args::SpeakArgs, context::Context, engines},
    model::{Gender, Prosody, Script, Voice},
    read::{self, DiscoverOptions},
    voice,
};

/// How often to look whether the system still speaks, when it does not report an end.
const POLL: Duration = Duration::from_millis(500);

pub(in crate::cli) fn run(args: &SpeakArgs, context: &Context) -> anyhow::Result<Ended> {
    let mut tts = Tts::default().map_err(|e| {
        anyhow!("the system's speech cannot be reached ({e}); on Linux, install and start speech-dispatcher")
    })?;
    let voices = tts.voices().context("the system does not list its voices")?;
    if args.list {
        let mut out = io::stdout().lock();
        for voice in &voices {
            writeln!(out, "{}\t{}\t{}", voice.id(), voice.language(), voice.name())?;
        }
        return Ok(Ended::Well);
    }
    let config = context.config()?;
    let options = Context::options(&config, &args.article)?;
    let catalogue = engines::catalogue()?;
    let known: Vec<Voice> = voices.iter().map(described).collect();
    let ended = done_signal(&tts)?;
    for source in read::discover(&args.paths, &DiscoverOptions::default())?.sources {
        let script = batch::guarded(|| {
            let text = read::load(&source).map_err(batch::ArticleError::read)?;
            batch::script(&source, text, &options).map_err(batch::ArticleError::read)
        })
        .with_context(|| source.name.clone())?;
        let settled =
            options.layers.settle(&script.meta.request, script.meta.language.as_deref());
        if let Some(name) = settled.voice.as_deref() {
            match voice::resolve(Some(name), settled.language.as_deref(), &known, &catalogue) {
                Ok(found) => {
                    let index = known.iter().position(|v| v.id == found.voice.id);
                    let chosen = index.and_then(|i| voices.get(i)).context("a listed voice")?;
                    tts.set_voice(chosen).with_context(|| format!("voice {}", chosen.name()))?;
                    context.say(&format!("{}: {} speaks", source.name, chosen.name()));
                }
                Err(error) => {
                    context.say(&format!("{}: {error}; the system's own choice speaks", source.name));
                }
            }
        }
        speak(&mut tts, &script, &ended)?;
    }
    Ok(Ended::Well)
}

/// A system voice in the terms of voice selection.
fn described(voice: &tts::Voice) -> Voice {
    Voice {
        id: format!("system:{}", voice.id()),
        engine: "system".into(),
        name: voice.name(),
        language: voice.language().to_string(),
        gender: match voice.gender() {
            Some(tts::Gender::Male) => Gender::Male,
            Some(tts::Gender::Female) => Gender::Female,
            None => Gender::Neutral,
        },
        sample_rate: 0,
        licence: String::new(),
        description: String::new(),
        quality: 1,
    }
}

/// A signal for each utterance that has ended or was stopped.
fn done_signal(tts: &Tts) -> anyhow::Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    if tts.supported_features().utterance_callbacks {
        for stopped in [false, true] {
            let sender = sender.clone();
            // Nobody listens any more once the program ends.
            let signal = Box::new(move |_| drop(sender.send(())));
            if stopped {
                tts.on_utterance_stop(Some(signal))?;
            } else {
                tts.on_utterance_end(Some(signal))?;
            }
        }
    }
    Ok(receiver)
}

/// Speaks sentence by sentence, with the planned pauses.
fn speak(tts: &mut Tts, script: &Script, ended: &Receiver<()>) -> anyhow::Result<()> {
    for segment in script.segments.iter().filter(|s| !s.spoken.is_empty()) {
        set_prosody(tts, segment.prosody)?;
        println!("{}", segment.text);
        if tts.speak(segment.spoken_text(), false)?.is_none() && !tts.supported_features().is_speaking {
            bail!("the system's speech took a sentence and says nothing about it");
        }
        loop {
            match ended.recv_timeout(POLL) {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) if tts.is_speaking().unwrap_or(false) => {}
                Err(_) => break,
            }
        }
        std::thread::sleep(Duration::from_millis(segment.pause_after_ms.into()));
    }
    Ok(())
}

/// Maps factors onto the system's scales, of which only the ends and the middle are known.
fn set_prosody(tts: &mut Tts, prosody: Prosody) -> Result<(), tts::Error> {
    let features = tts.supported_features();
    if let Some(rate) = prosody.rate.filter(|_| features.rate) {
        tts.set_rate(on_scale(rate, 4.0, tts.min_rate(), tts.normal_rate(), tts.max_rate()))?;
    }
    if let Some(pitch) = prosody.pitch.filter(|_| features.pitch) {
        tts.set_pitch(on_scale(pitch, 2.0, tts.min_pitch(), tts.normal_pitch(), tts.max_pitch()))?;
    }
    if let Some(volume) = prosody.volume.filter(|_| features.volume) {
        tts.set_volume(on_scale(volume, 2.0, tts.min_volume(), tts.normal_volume(), tts.max_volume()))?;
    }
    Ok(())
}

/// A factor (1 is normal, `most` the highest) on a scale from `low` over `normal` to `high`.
fn on_scale(factor: f32, most: f32, low: f32, normal: f32, high: f32) -> f32 {
    if factor <= 1.0 {
        low + (normal - low) * factor.max(0.0)
    } else {
        normal + (high - normal) * ((factor - 1.0) / (most - 1.0)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::on_scale;

    #[test]
    fn factors_meet_the_ends_and_the_middle_of_a_scale() {
        let cases = [(0.0, -100.0), (0.5, -50.0), (1.0, 0.0), (2.5, 50.0), (4.0, 100.0), (9.0, 100.0)];
        for (factor, wanted) in cases {
            let found = on_scale(factor, 4.0, -100.0, 0.0, 100.0);
            assert!((found - wanted).abs() < 1e-3, "{factor}: {found}");
        }
    }
}
