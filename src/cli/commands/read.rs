//! `aloud read`: what would be spoken, by which voice, and what is removed by which rule.

use std::{
    io::{self, Write},
    sync::LazyLock,
};

use anyhow::bail;
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    batch::{
        self, Cast, Options,
        coverage::{self, Coverage},
    },
    cli::{
        Ended,
        args::{CleanChoice, ReadArgs, ReadFormat},
        context::Context,
        engines, render,
    },
    model::{BlockKind, CleanArticle, Prosody, Role, Script, Source, Warning},
    publish, read,
    voice::{PackStore, VoiceError},
};

/// Articles read side by side before their results are printed in order: bounds memory.
const CHUNK: usize = 64;

pub(in crate::cli) fn run(args: &ReadArgs, context: &Context) -> anyhow::Result<Ended> {
    engines::look_for_programs();
    let config = context.config()?;
    let mut options = Context::options(&config, &args.article)?;
    if args.clean == CleanChoice::None {
        options.clean.enabled = false;
    }
    let discovery = Context::discovery(&config, &args.article, None);
    let found = read::discover(&args.paths, &discovery)?;
    for skipped in &found.skipped {
        context.say(&format!("{} {}: {}", render::dim("skipped"), skipped.name, skipped.reason));
    }
    let catalogue = engines::catalogue(context);
    let store = PackStore::of_this_machine()?;
    // Asked for by the first article that has been read, by when the programs have answered.
    let usable = LazyLock::new(|| engines::obtainable_from(&catalogue, &store));
    let format = if context.json { ReadFormat::Json } else { args.format };
    let several = found.sources.len() > 1;
    if several && format == ReadFormat::Ssml {
        bail!("SSML is one document for one article: name one, not {}", found.sources.len());
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let mut ended = if found.failed.is_empty() { Ended::Well } else { Ended::WithFailures };
    for failed in &found.failed {
        let line = format!("{} {}: {}", render::label_error(), failed.name, failed.error);
        writeln!(anstream::stderr(), "{line}")?;
    }
    for (i, chunk) in found.sources.chunks(CHUNK).enumerate() {
        let views: Vec<_> = chunk
            .par_iter()
            .map(|source| {
                view(source, format, several, &options, &|script: &Script| {
                    batch::cast(script, &options, &usable, &catalogue)
                })
            })
            .collect();
        for (j, (source, view)) in chunk.iter().zip(views).enumerate() {
            match view {
                Ok(view) => {
                    if (i, j) != (0, 0) && format != ReadFormat::Json {
                        writeln!(out)?;
                    }
                    out.write_all(view.text.as_bytes())?;
                    for warning in &view.warnings {
                        context.warn(&source.name, warning);
                    }
                }
                Err(error) => {
                    ended = Ended::WithFailures;
                    let line = format!("{} {}: {error}", render::label_error(), source.name);
                    writeln!(anstream::stderr(), "{line}")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(ended)
}

/// An article as text, and its warnings.
struct View {
    text: String,
    warnings: Vec<Warning>,
}

type Choice = Result<(Cast, Vec<Warning>), VoiceError>;

fn view(
    source: &Source,
    format: ReadFormat,
    several: bool,
    options: &Options,
    choose: &(dyn Fn(&Script) -> Choice + Sync),
) -> Result<View, batch::ArticleError> {
    batch::guarded(|| {
        let text = read::load(source).map_err(batch::ArticleError::read)?;
        let article = batch::cleaned(source, text, options).map_err(batch::ArticleError::read)?;
        if format == ReadFormat::Plain {
            return Ok(View { text: plain(&article), warnings: article.warnings });
        }
        let mut script = batch::scripted(article, options);
        batch::worded(&mut script, source, options);
        let choice = choose(&script);
        let mut warnings = script.warnings.clone();
        warnings.extend(batch::silence(&script).map(|why| Warning::new("nothing-to-speak", why)));
        match &choice {
            Ok((cast, said)) => {
                cast.apply(&mut script);
                warnings.extend(said.iter().cloned());
            }
            Err(error) => warnings.push(Warning::new("no-voice", error.to_string())),
        }
        let voice = choice.as_ref().ok().map(|(cast, _)| cast.main.id.as_str());
        let shown = matches!(format, ReadFormat::Text | ReadFormat::Json);
        let coverage = if shown { coverage::measure(&script) } else { Coverage::default() };
        warnings.extend(coverage.warning());
        let text = match format {
            ReadFormat::Spoken => {
                script.segments.iter().fold(String::new(), |out, s| out + &s.spoken_text() + "\n")
            }
            ReadFormat::Ssml => publish::ssml(&script),
            ReadFormat::Json => json(source, &script, voice, &coverage, &warnings, several),
            ReadFormat::Text | ReadFormat::Plain => {
                let asked = choice.as_ref().ok().and_then(|(cast, _)| cast.requested.as_deref());
                listing(source, &script, voice, asked, &coverage)
            }
        };
        Ok(View { text, warnings })
    })
}

/// The article's text as written, before any choice of what to announce or skip.
fn plain(article: &CleanArticle) -> String {
    let mut out = String::new();
    let mut in_table = false;
    let written = article.blocks.iter().filter(|b| b.added.is_none() && b.kind != BlockKind::Image);
    for block in written {
        let row = matches!(block.kind, BlockKind::TableRow { .. });
        if !out.is_empty() {
            out.push_str(if row && in_table { "\n" } else { "\n\n" });
        }
        out.push_str(block.text.as_str().trim());
        in_table = row;
    }
    out.push('\n');
    out
}

/// For people: one line a segment, then what was removed, then the count of all words.
fn listing(
    source: &Source,
    script: &Script,
    voice: Option<&str>,
    asked: Option<&str>,
    coverage: &Coverage,
) -> String {
    let lines = &script.source.lines;
    let mut out = format!("{}\n", source.name);
    let voice = voice.unwrap_or("no voice on this machine");
    let asked = asked.map_or_else(String::new, |a| format!(" (asked for: {a})"));
    let language = script.meta.language.as_deref().unwrap_or("en");
    out += &render::dim(&format!("  language {language}, voice {voice}{asked}\n\n"));
    for segment in &script.segments {
        let place = match segment.added {
            Some(_) => "    +".to_owned(),
            None => format!("{:>5}", lines.line(segment.span.start)),
        };
        let role = format!("{:<12}", role_name(segment.role));
        out += &format!("{} {} {}\n", render::dim(&place), render::dim(&role), segment.text);
        let spoken = segment.spoken_text();
        if !same_words(&segment.text, &spoken) {
            out += &render::dim(&format!("{:>18} {spoken}\n", "->"));
        }
    }
    if !script.removed.is_empty() {
        out += &format!("\n{}\n", render::dim("  not spoken:"));
        for removed in &script.removed {
            let place = format!("{:>5}", lines.line(removed.span.start));
            let text = render::shortened(&removed.text, 160);
            out += &render::dim(&format!("{place} {:<20} {text}\n", removed.rule));
        }
    }
    let Coverage { source_words, spoken_words, removed_words, added_words, .. } = coverage;
    let added = match added_words {
        0 => String::new(),
        n => format!(", and {n} that it does not have"),
    };
    let unaccounted = match coverage.unaccounted_words {
        0 => String::new(),
        n => format!("; {n} unaccounted for"),
    };
    out += &render::dim(&format!(
        "\n  words of the source: {source_words}, spoken {spoken_words}, not spoken {removed_words}{added}{unaccounted}\n"
    ));
    out
}

/// Whether the spoken form needs no line of its own: the same letters in the same order.
fn same_words(written: &str, spoken: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    letters(written) == letters(spoken)
}

fn role_name(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Schema `aloud.script/1`: docs/formats.md.
#[derive(Serialize)]
struct ScriptJson<'a> {
    schema: &'static str,
    source: &'a str,
    title: Option<&'a str>,
    language: Option<&'a str>,
    voice: Option<&'a str>,
    segments: Vec<SegmentJson<'a>>,
    removed: Vec<RemovedJson<'a>>,
    coverage: &'a Coverage,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct SegmentJson<'a> {
    id: &'a str,
    role: Role,
    text: &'a str,
    spoken: String,
    language: &'a str,
    voice: Option<&'a str>,
    prosody: Prosody,
    pause_after_ms: u32,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'static str>,
}

#[derive(Serialize)]
struct RemovedJson<'a> {
    rule: &'static str,
    text: &'a str,
    line: u32,
}

/// One object; of several articles, each on one line.
fn json(
    source: &Source,
    script: &Script,
    voice: Option<&str>,
    coverage: &Coverage,
    warnings: &[Warning],
    several: bool,
) -> String {
    let lines = &script.source.lines;
    let segments = script.segments.iter().map(|s| SegmentJson {
        id: &s.id,
        role: s.role,
        // As written: words that aloud adds are written nowhere.
        text: if s.added.is_some() { "" } else { &s.text },
        spoken: s.spoken_text(),
        language: &s.language,
        voice: s.voice.as_deref().or(voice),
        prosody: s.prosody,
        pause_after_ms: s.pause_after_ms,
        line: lines.line(s.span.start),
        added: s.added,
    });
    let removed = script.removed.iter().map(|r| RemovedJson {
        rule: r.rule,
        text: &r.text,
        line: lines.line(r.span.start),
    });
    let view = ScriptJson {
        schema: "aloud.script/1",
        source: &source.name,
        title: script.meta.title.as_deref(),
        language: script.meta.language.as_deref(),
        voice,
        segments: segments.collect(),
        removed: removed.collect(),
        coverage,
        warnings,
    };
    let text =
        if several { serde_json::to_string(&view) } else { serde_json::to_string_pretty(&view) };
    text.expect("a script has only strings and numbers") + "\n"
}
