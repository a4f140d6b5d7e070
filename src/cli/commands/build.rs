//! `aloud build`: the main job.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    num::NonZero,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use serde_json::json;

use crate::{
    batch::{self, Event, Observer, Outcome, Plan, Run, Status, Totals},
    cli::{Ended, args::BuildArgs, context::Context, engines, progress::Progress, render},
    engine::end_programs,
    publish::{self, ArticleReport, FileFormat, Press, Report},
    read,
    voice::{Catalogue, PackStore},
};

pub(in crate::cli) fn run(args: &BuildArgs, context: &Context) -> anyhow::Result<Ended> {
    let started = Instant::now();
    let config = context.config()?;
    let options = Context::options(&config, &args.article)?;
    let output: PathBuf = args.output.clone().unwrap_or_else(|| config.output.clone());
    let paths = if args.paths.is_empty() { &config.articles } else { &args.paths };
    let discovery = Context::discovery(&config, &args.article, Some(output.clone()));
    let found = read::discover(paths, &discovery)?;
    let mut formats =
        if args.format.is_empty() { config.formats.clone() } else { args.format.clone() };
    if args.collection {
        formats.push(FileFormat::Epub);
    }
    let press = Press::new(&formats, &config.site, &config.feed)?;
    let workers = workers(args.jobs.map(usize::from).or(config.jobs));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(workers)
        .build()
        .context("cannot start worker threads")?;

    let catalogue = engines::catalogue(context);
    let usable = engines::obtainable(&catalogue)?;
    let plan = pool.install(|| batch::plan(found, &output, &options, &usable, &catalogue))?;
    if args.dry_run {
        return dry_run(&plan, &catalogue, context);
    }
    let stage = publish::Stage::open(&output)?;
    let store = PackStore::of_this_machine()?;
    engines::fetch_missing(&plan.voices(), &catalogue, &store, context)?;
    let registry = engines::registry(&store, &catalogue)?;

    let cancel = Arc::new(AtomicBool::new(false));
    on_interrupt(&cancel);
    let progress = Progress::new(context);
    let run = Run {
        workers,
        press: &press,
        options: &options,
        engines: &registry,
        observer: &progress,
        cancel: &cancel,
    };
    let outcomes = pool.install(|| batch::build(plan, &run, &stage));
    progress.close();
    for warning in press.site().write(&stage, args.collection)? {
        context.warn("site", &warning);
    }
    let totals = Totals::of(&outcomes);
    let report = report(&outcomes, workers, started.elapsed());
    stage.write("report.json", &report.to_json())?;
    if context.json {
        io::stdout().write_all(&report.to_json())?;
    }
    if !press.site().has_feed() {
        context.say(
            "no podcast feed: it needs base_url under [feed] in aloud.toml, the address that the output folder \
             is served from",
        );
    }
    context.say(&render::summary(&totals, started.elapsed().as_secs_f64()));
    if cancel.load(Ordering::Relaxed) {
        anyhow::bail!("interrupted; what is written is whole");
    }
    Ok(if totals.failed > 0 { Ended::WithFailures } else { Ended::Well })
}

/// Worker threads: as asked for, or one for each processor.
fn workers(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get)).clamp(1, 1024)
}

/// The first interrupt ends the run in good order; a second one ends the process.
fn on_interrupt(cancel: &Arc<AtomicBool>) {
    let cancel = Arc::clone(cancel);
    // Without a handler an interrupt ends the process at once, which leaves temporary files at worst.
    let _ = ctrlc::set_handler(move || {
        if cancel.swap(true, Ordering::Relaxed) {
            end_programs();
            std::process::exit(130);
        }
    });
}

/// The report of a run.
fn report(outcomes: &[Outcome], workers: usize, took: Duration) -> Report {
    #[expect(clippy::cast_precision_loss)]
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let articles = outcomes
        .iter()
        .map(|outcome| ArticleReport {
            source: publish::source_path(&outcome.source),
            warnings: outcome.warnings.clone(),
            outcome: match &outcome.status {
                Status::Written(written) => publish::Outcome::Written {
                    slug: outcome.slug.clone().unwrap_or_default(),
                    voice: written.voice.clone(),
                    words: written.words as u64,
                    audio_seconds: seconds(written.duration_ms),
                    speech_seconds: seconds(written.speech_ms),
                    wall_seconds: written.took.as_secs_f64(),
                },
                Status::Skipped(reason) => publish::Outcome::Skipped { reason: reason.clone() },
                Status::Failed(error) => publish::Outcome::Failed { error: error.to_string() },
            },
        })
        .collect();
    Report::new(workers, took, articles)
}

/// What services will be sent: voice, characters as written, and their price where it is known.
fn bills(plan: &Plan, catalogue: &Catalogue) -> Vec<(String, usize, Option<f64>)> {
    let mut characters: BTreeMap<&str, usize> = BTreeMap::new();
    for (voice, count) in plan.articles.iter().flat_map(|a| &a.characters) {
        *characters.entry(voice.id.as_str()).or_default() += count;
    }
    let service = |voice: &str| catalogue.pack_of(voice)?.service.as_ref();
    let of_services = characters.into_iter().filter_map(|(v, n)| Some((v, n, service(v)?)));
    of_services
        .map(|(voice, count, service)| {
            #[expect(clippy::cast_precision_loss)] // a count of characters
            let cost = service.price_per_million.map(|price| price * count as f64 / 1e6);
            (voice.to_owned(), count, cost)
        })
        .collect()
}

/// What would be done, in the order of the sources.
fn dry_run(plan: &Plan, catalogue: &Catalogue, context: &Context) -> anyhow::Result<Ended> {
    let failed = plan.ended.iter().any(|(_, o)| matches!(o.status, Status::Failed(_)));
    if context.json {
        let articles: Vec<_> = plan
            .articles
            .iter()
            .map(|a| {
                let characters: BTreeMap<_, _> =
                    a.characters.iter().map(|(voice, n)| (voice.id.as_str(), n)).collect();
                json!({
                    "source": a.source.name, "title": a.title, "slug": a.slug, "voice": a.cast.main.id,
                    "words": a.words, "characters": characters, "warnings": a.warnings,
                })
            })
            .collect();
        let ended: Vec<_> = plan
            .ended
            .iter()
            .map(|(_, o)| {
                let (outcome, reason) = match &o.status {
                    Status::Failed(error) => ("failed", error.to_string()),
                    Status::Skipped(reason) => ("skipped", reason.clone()),
                    Status::Written(_) => ("written", String::new()),
                };
                json!({ "source": o.source, "outcome": outcome, "reason": reason })
            })
            .collect();
        let services: Vec<_> = bills(plan, catalogue)
            .into_iter()
            .map(|(voice, characters, cost)| {
                json!({ "voice": voice, "characters": characters, "cost": cost })
            })
            .collect();
        let view = json!({
            "schema": "aloud.plan/1", "articles": articles, "others": ended, "services": services,
        });
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&view)?)?;
    } else {
        let observer = Progress::new(context);
        for (_, outcome) in &plan.ended {
            observer.event(Event::Ended(outcome));
        }
        let mut out = io::stdout().lock();
        for article in &plan.articles {
            let voice = &article.cast.main.id;
            writeln!(
                out,
                "{} -> {}/ ({} words, {voice})",
                article.source.name, article.slug, article.words
            )?;
        }
        for (voice, characters, cost) in bills(plan, catalogue) {
            let cost = cost.map_or_else(
                || "its voice.toml has no price".to_owned(),
                |cost| format!("about {cost:.2} by the price in its voice.toml"),
            );
            writeln!(out, "{voice}: {characters} characters to be sent to its service; {cost}")?;
        }
    }
    Ok(if failed { Ended::WithFailures } else { Ended::Well })
}
