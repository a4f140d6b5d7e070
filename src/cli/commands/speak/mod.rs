//! `aloud speak`: reads an article aloud through the system's own speech, sentence by sentence.
//!
//! The article is read, cleaned and put into words as for a build; what is different is that nothing is written.
//! `speech` is the system's speech, `player` goes through the sentences, `keys` is the keyboard.

mod keys;
mod player;
mod speech;

use std::{
    io::{self, IsTerminal, Write},
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use anyhow::{Context as _, bail};
use serde_json::json;

use crate::{
    batch,
    cli::{Ended, args::SpeakArgs, context::Context, engines, render},
    model::{Script, Voice},
    read, voice,
};
use keys::Keys;
use player::{Sentence, Speech as _, Wish, play};
use speech::SystemSpeech;

pub(in crate::cli) fn run(args: &SpeakArgs, context: &Context) -> anyhow::Result<Ended> {
    if args.list {
        list(&SystemSpeech::open()?.voices(), context)?;
        return Ok(Ended::Well);
    }
    // Required by the arguments when nothing is listed.
    let path = args.path.clone().unwrap_or_default();
    let config = context.config()?;
    let options = Context::options(&config, &args.article)?;
    let discovery = Context::discovery(&config, &args.article, None);
    let found = read::discover(&[path], &discovery)?;
    if let Some(failed) = found.failed.first() {
        bail!("{}: {}", failed.name, failed.error);
    }
    let [source] = &found.sources[..] else {
        bail!("one article can be read aloud at a time, not {}", found.sources.len());
    };
    let text = read::load(source)?;
    let script = batch::script(source, text, &options)?;
    for warning in &script.warnings {
        context.warn(&source.name, warning);
    }
    let sentences: Vec<Sentence> = script.segments.iter().filter_map(Sentence::new).collect();
    if sentences.is_empty() {
        bail!("{}: there is nothing to say in it", source.name);
    }

    let mut speech = SystemSpeech::open()?;
    let asked = options.layers.settle(&script.meta.request, script.meta.language.as_deref()).voice;
    if let Some(chosen) = choose(asked.as_deref(), args, &script, &speech.voices(), context)? {
        speech.use_voice(&chosen)?;
    }
    let stopped = Arc::new(AtomicBool::new(false));
    let signal = Arc::clone(&stopped);
    // It is set once for each process; nobody else set it here.
    ctrlc::set_handler(move || signal.store(true, Ordering::SeqCst))?;
    let keys = Keys::open();
    if keys.is_some() {
        context.say("space: pause and go on, arrows: a sentence back or on, q: stop\r");
    }
    let end_of_line = if keys.is_some() { "\r\n" } else { "\n" };
    let mut wishes = |wait: Duration| -> anyhow::Result<Option<Wish>> {
        let wish = if let Some(keys) = &keys {
            keys.wish(wait)?
        } else {
            std::thread::sleep(wait);
            None
        };
        Ok(if stopped.load(Ordering::SeqCst) { Some(Wish::Stop) } else { wish })
    };
    let mut out = io::stdout().lock();
    let mut begun = |sentence: &Sentence| {
        write!(out, "{}{end_of_line}", sentence.shown)?;
        out.flush()
    };
    let whole = play(&sentences, &mut speech, &mut wishes, &mut begun);
    // An error leaves nobody speaking.
    if !matches!(whole, Ok(true)) {
        let _ = speech.stop();
    }
    whole?;
    Ok(Ended::Well)
}

/// The voice to speak with; `None` leaves it to the system. What the article or the configuration asks for is
/// for builds, whose voices are others: it counts where the system has such a voice. `--voice` must be had.
fn choose(
    asked: Option<&str>,
    args: &SpeakArgs,
    script: &Script,
    voices: &[Voice],
    context: &Context,
) -> anyhow::Result<Option<Voice>> {
    let catalogue = engines::catalogue(context);
    let language = script.meta.language.as_deref();
    if let Some(name) = asked {
        let by_name = voices.iter().find(|v| v.name.eq_ignore_ascii_case(name)).cloned();
        let found = by_name.or_else(|| {
            let resolved = voice::resolve(Some(name), language, voices, &catalogue).ok()?;
            for warning in &resolved.warnings {
                context.say(&render::warning_line(&resolved.voice.name, warning));
            }
            Some(resolved.voice)
        });
        if found.is_some() {
            return Ok(found);
        }
        if args.article.voice.is_some() {
            bail!("the system has no voice for \"{name}\"; `aloud speak --list` shows its voices");
        }
    }
    let Some(language) = language.filter(|tag| !speech::speaks_by_default(tag)) else {
        return Ok(None);
    };
    let found = voice::resolve(None, Some(language), voices, &catalogue).ok();
    if found.is_none() {
        context.say(&format!("the system lists no voice for {language}: it speaks with its own"));
    }
    Ok(found.map(|resolved| resolved.voice))
}

/// Prints the system's voices.
fn list(voices: &[Voice], context: &Context) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if context.json {
        let rows: Vec<_> = voices
            .iter()
            .map(|v| json!({ "name": v.name, "language": v.language, "gender": v.gender }))
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows).context("cannot print the voices")?;
        writeln!(out)?;
        return Ok(());
    }
    for Voice { name, language, .. } in voices {
        writeln!(out, "{language:<12} {name}")?;
    }
    if voices.is_empty() && io::stderr().is_terminal() {
        context.say("the system lists no voices; it may speak all the same");
    }
    Ok(())
}
