//! `aloud voices`: the catalogue and its packs.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{anyhow, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    cli::{Ended, context::Context, engines, render},
    model::{Gender, Voice},
    voice::{self, Catalogue, Pack, PackStore},
};

/// `aloud voices`.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum VoicesCommand {
    /// List the voices there are, installed or not
    List(ListArgs),
    /// Show a voice or a pack: languages, licence, files
    Show {
        /// A voice id or a pack
        name: String,
    },
    /// Explain which voice a name gets on this machine
    Resolve {
        /// A voice name, id or query; without one, the default
        name: Option<String>,
        /// Language of the article (BCP 47)
        #[arg(long, value_name = "TAG")]
        lang: Option<String>,
    },
    /// Install a voice pack
    Install {
        /// A pack, or one of its voices
        name: String,
        /// Install from a downloaded package instead of the network
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Remove a voice pack
    Remove {
        /// A pack, or one of its voices
        name: String,
    },
}

/// `aloud voices list`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only voices of this language
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Only voices of this gender
    #[arg(long, value_name = "GENDER")]
    gender: Option<GenderArg>,
    /// Only installed voices
    #[arg(long)]
    installed: bool,
}

/// A gender on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum GenderArg {
    /// Female voices
    Female,
    /// Male voices
    Male,
}

pub(in crate::cli) fn run(command: &VoicesCommand, context: &Context) -> anyhow::Result<Ended> {
    let catalogue = engines::catalogue()?;
    let store = PackStore::of_this_machine()?;
    match command {
        VoicesCommand::List(args) => list(args, &catalogue, &store, context)?,
        VoicesCommand::Show { name } => show(pack(name, &catalogue)?, &store, context)?,
        VoicesCommand::Resolve { name, lang } => {
            resolve(name.as_deref(), lang.as_deref(), &catalogue, context)?;
        }
        VoicesCommand::Install { name, from } => {
            engines::install(pack(name, &catalogue)?, from.as_deref(), &store, context)?;
        }
        VoicesCommand::Remove { name } => {
            let pack = pack(name, &catalogue)?;
            let removed = store
                .remove(&pack.id)
                .map_err(|e| anyhow!("cannot remove {}: {e}", store.folder(pack).display()))?;
            let outcome = if removed { "removed" } else { "is not installed, nothing to remove" };
            context.say(&format!("{} {outcome}", pack.id));
        }
    }
    Ok(Ended::Well)
}

/// The pack called `name`, or the pack of the voice called `name`.
fn pack<'c>(name: &str, catalogue: &'c Catalogue) -> anyhow::Result<&'c Pack> {
    let found = catalogue.pack(name).or_else(|| catalogue.pack_of(name));
    found.ok_or_else(|| {
        let known: Vec<&str> = catalogue.packs().iter().map(|p| p.id.as_str()).collect();
        anyhow!("no voice pack is called \"{name}\"; there are: {}", known.join(", "))
    })
}

fn list(
    args: &ListArgs,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let fits = |voice: &Voice, installed: bool| {
        let language = args.lang.as_deref().is_none_or(|tag| speaks(&voice.language, tag));
        let gender = match args.gender {
            None => true,
            Some(GenderArg::Female) => voice.gender == Gender::Female,
            Some(GenderArg::Male) => voice.gender == Gender::Male,
        };
        language && gender && (installed || !args.installed)
    };
    let mut rows: Vec<(Voice, bool)> = Vec::new();
    for pack in catalogue.packs() {
        let installed = store.installed(pack).is_some();
        rows.extend(pack.described().map(|v| (v, installed)).filter(|(v, i)| fits(v, *i)));
    }
    rows.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut out = io::stdout().lock();
    if context.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(voice, installed)| {
                let mut row = json!(voice);
                row["installed"] = json!(installed);
                row
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "{:<16} {:<8} {:<8} {:<11} {:<13} what",
        "voice", "language", "gender", "licence", "installed"
    )?;
    for (voice, installed) in rows {
        writeln!(
            out,
            "{:<16} {:<8} {:<8} {:<11} {:<13} {}",
            voice.id,
            voice.language,
            gender_name(voice.gender),
            voice.licence,
            if installed { "yes" } else { "no" },
            voice.description
        )?;
    }
    Ok(())
}

/// Whether a voice's language is `tag` or within it (`en` takes `en-US`).
fn speaks(language: &str, tag: &str) -> bool {
    let (language, tag) = (language.to_ascii_lowercase(), tag.to_ascii_lowercase());
    language == tag || language.strip_prefix(&tag).is_some_and(|rest| rest.starts_with('-'))
}

fn gender_name(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "female",
        Gender::Male => "male",
        Gender::Neutral => "neutral",
    }
}

fn show(pack: &Pack, store: &PackStore, context: &Context) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let installed = store.installed(pack);
    if context.json {
        let voices: Vec<Voice> = pack.described().collect();
        let view = json!({
            "id": pack.id, "engine": pack.engine, "licence": pack.licence,
            "attribution": pack.attribution, "package": pack.source.requirement(),
            "bytes": pack.source.bytes, "sha256": pack.source.sha256,
            "installed": installed, "voices": voices,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&view)?)?;
        return Ok(());
    }
    writeln!(out, "{}: {}, {}", pack.id, pack.licence, pack.attribution)?;
    writeln!(out, "package    {}, {} bytes", pack.source.requirement(), pack.source.bytes)?;
    writeln!(out, "sha256     {}", pack.source.sha256)?;
    match installed {
        Some(folder) => writeln!(out, "installed  {}", folder.display())?,
        None => writeln!(out, "installed  no; `aloud voices install {}` installs it", pack.id)?,
    }
    for voice in pack.described() {
        writeln!(
            out,
            "voice      {} ({}, {}, {} Hz): {}",
            voice.id,
            voice.language,
            gender_name(voice.gender),
            voice.sample_rate,
            voice.description
        )?;
    }
    Ok(())
}

fn resolve(
    name: Option<&str>,
    language: Option<&str>,
    catalogue: &Catalogue,
    context: &Context,
) -> anyhow::Result<()> {
    let usable = engines::obtainable(catalogue)?;
    let found = match voice::resolve(name, language, &usable, catalogue) {
        Ok(found) => found,
        Err(error) => bail!(error),
    };
    let mut out = io::stdout().lock();
    if context.json {
        let view = json!({
            "requested": name, "voice": found.voice,
            "steps": found.steps, "warnings": found.warnings,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&view)?)?;
        return Ok(());
    }
    writeln!(out, "{}", found.voice.id)?;
    for step in &found.steps {
        writeln!(out, "  {step}")?;
    }
    for warning in &found.warnings {
        context.say(&render::warning_line(name.unwrap_or("default"), warning));
    }
    Ok(())
}
