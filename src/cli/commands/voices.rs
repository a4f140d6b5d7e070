//! `aloud voices`: the catalogue, what is installed of it, and which voice a name gets.
//!
//! Results go to standard output, as a table or JSON; what an installation is doing goes to standard error.

use std::{
    fmt::Write as _,
    io::{self, Write},
    path::PathBuf,
    slice,
};

use anyhow::{anyhow, bail};
use clap::{Args, Subcommand};
use indicatif::DecimalBytes;
use serde_json::{Value, json};

use crate::{
    cli::{
        Ended,
        commands::{own_voice, preview},
        context::Context,
        engines, render,
    },
    model::{Gender, Voice, Warning},
    voice::{self, Catalogue, KnownName, Pack, PackStore, PackVoice, Status},
};

/// `aloud voices`.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum VoicesCommand {
    /// List the voices there are, installed or not
    List(ListArgs),
    /// Show a voice or a pack: language, licence, source, measurements
    Show {
        /// A voice id, a pack, or a voice name as in posts
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
    /// Write or play a sample of a voice, as loud as a build makes it
    Preview(PreviewArgs),
    /// Install a voice pack
    Install {
        /// A pack, one of its voices, or a voice name as in posts; without one, --from is a Piper voice
        #[arg(required_unless_present = "from")]
        name: Option<String>,
        /// Take a downloaded file, or what a folder has, instead of the network
        #[arg(long, value_name = "PATH")]
        from: Vec<PathBuf>,
        /// Licence of the Piper voice, as an SPDX expression
        #[arg(long, value_name = "SPDX", conflicts_with = "name")]
        licence: Option<String>,
    },
    /// Remove a voice pack
    Remove {
        /// A pack, or one of its voices
        name: String,
    },
}

/// `aloud voices preview`.
#[derive(Debug, Args)]
pub(in crate::cli) struct PreviewArgs {
    /// A voice name, id or query
    pub(in crate::cli) name: String,
    /// What it is to say [default: its sample sentence]
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) text: Option<String>,
    /// The WAV to write [default: the voice's id, with - for :]
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite a file that exists
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Play it, through a program of the system; nothing is written unless --output says so
    #[arg(long)]
    pub(in crate::cli) play: bool,
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
    let catalogue = engines::catalogue(context);
    let store = PackStore::of_this_machine()?;
    match command {
        VoicesCommand::List(args) => list(args, &catalogue, &store, context)?,
        VoicesCommand::Show { name } => show(name, &catalogue, &store, context)?,
        VoicesCommand::Resolve { name, lang } => {
            resolve(name.as_deref(), lang.as_deref(), &catalogue, &store, context)?;
        }
        VoicesCommand::Preview(args) => preview::run(args, &catalogue, &store, context)?,
        VoicesCommand::Install { name: None, from, licence } => {
            for path in from {
                own_voice::install(path, licence.as_deref(), &catalogue, &store, context)?;
            }
        }
        VoicesCommand::Install { name: Some(name), from, .. } => {
            if engines::programs().iter().any(|e| e.voices().iter().any(|v| v.id == *name)) {
                bail!("nothing to install: {name} is a voice of a program of this system");
            }
            let (pack, nearest) = pack(name, &catalogue)?;
            if let Some(nearest) = nearest {
                bail!("nothing to install: {}", nearest.message);
            }
            if pack.is_declared() {
                bail!("nothing to install: a program or a service speaks {}", pack.id);
            }
            engines::install(pack, from, &store, context)?;
        }
        VoicesCommand::Remove { name } => {
            let exact = catalogue.pack(name).or_else(|| catalogue.pack_of(name));
            let Some(pack) = exact else {
                bail!("no voice pack is called \"{name}\"; `aloud voices list` shows the voices");
            };
            let removed = store
                .remove(pack)
                .map_err(|e| anyhow!("cannot remove {}: {e}", store.folder(pack).display()))?;
            let outcome = if removed { "removed" } else { "is not installed, nothing to remove" };
            context.say(&format!("{} {outcome}", pack.id));
        }
    }
    Ok(Ended::Well)
}

/// The pack called `name`, or of the voice with that id, or of the voice that serves that name best; with a
/// warning when that is not what the name means.
fn pack<'c>(name: &str, catalogue: &'c Catalogue) -> anyhow::Result<(&'c Pack, Option<Warning>)> {
    if let Some(pack) = catalogue.pack(name).or_else(|| catalogue.pack_of(name)) {
        return Ok((pack, None));
    }
    let all: Vec<Voice> = catalogue.packs().iter().flat_map(Pack::described).collect();
    let found = voice::resolve(Some(name), None, &all, catalogue)?;
    let pack = catalogue.pack_of(&found.voice.id);
    let pack = pack.ok_or_else(|| anyhow!("{} is in no pack", found.voice.id))?;
    Ok((pack, found.warnings.into_iter().find(|w| w.code == "nearest-voice")))
}

/// A voice of the catalogue or of a program of this machine, and whether it is installed.
struct Row<'c> {
    pack: Option<&'c Pack>,
    details: Option<&'c PackVoice>,
    voice: Voice,
    names: Vec<&'static str>,
    installed: bool,
}

impl Row<'_> {
    /// For programs.
    fn json(&self) -> Value {
        let mut row = json!(self.voice);
        row["pack"] = json!(self.pack.map(|p| &p.id));
        row["names"] = json!(self.names);
        row["sample"] = json!(self.details.map(|d| &d.sample));
        row["measured"] = json!(self.details.and_then(|d| d.measured));
        row["installed"] = json!(self.installed);
        row
    }
}

/// The voices of `packs`, by id.
fn rows<'c>(packs: &'c [Pack], store: &PackStore) -> Vec<Row<'c>> {
    let mut rows = Vec::new();
    for pack in packs {
        let installed = store.installed(pack).is_some();
        for (details, voice) in pack.voices.iter().zip(pack.described()) {
            let names = voice::names_of(&voice).collect();
            let (pack, details) = (Some(pack), Some(details));
            rows.push(Row { pack, details, voice, names, installed });
        }
    }
    rows.sort_by(|a, b| a.voice.id.cmp(&b.voice.id));
    rows
}

/// The voices of programs that are installed on the system, by id.
fn program_rows<'c>() -> Vec<Row<'c>> {
    let voices = engines::programs().iter().flat_map(|engine| engine.voices());
    let mut rows: Vec<Row<'c>> = voices
        .map(|voice| {
            let names = voice::names_of(&voice).collect();
            Row { pack: None, details: None, voice, names, installed: true }
        })
        .collect();
    rows.sort_by(|a, b| a.voice.id.cmp(&b.voice.id));
    rows
}

fn list(
    args: &ListArgs,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let fits = |row: &Row<'_>| {
        let language = args.lang.as_deref().is_none_or(|tag| speaks(&row.voice.language, tag));
        let gender = match args.gender {
            None => true,
            Some(GenderArg::Female) => row.voice.gender == Gender::Female,
            Some(GenderArg::Male) => row.voice.gender == Gender::Male,
        };
        language && gender && (row.installed || !args.installed)
    };
    let mut rows = rows(catalogue.packs(), store);
    rows.extend(program_rows());
    rows.retain(fits);
    if context.json {
        return print_json(&rows.iter().map(Row::json).collect());
    }
    let heading = ["voice", "language", "gender", "quality", "licence", "installed", "names"];
    let mut table = vec![heading.map(str::to_owned)];
    table.extend(rows.iter().map(|row| {
        [
            row.voice.id.clone(),
            row.voice.language.clone(),
            gender_name(row.voice.gender).to_owned(),
            row.voice.quality.to_string(),
            row.voice.licence.clone(),
            yes_no(row.installed).to_owned(),
            row.names.join(", "),
        ]
    }));
    print_table(&table)
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

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn print_json(value: &Value) -> anyhow::Result<()> {
    writeln!(io::stdout().lock(), "{value:#}")?;
    Ok(())
}

/// Columns as wide as they have to be, the last one unpadded.
fn print_table<const N: usize>(table: &[[String; N]]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let mut widths = [0; N];
    for row in table {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in table {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(line, "{cell:<width$}  ");
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn show(
    name: &str,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let exact = catalogue.pack(name).or_else(|| catalogue.pack_of(name)).is_some();
    if !exact {
        // What is on this machine comes before what could be fetched.
        let usable = engines::obtainable(catalogue)?;
        let found = voice::resolve(Some(name), None, &usable, catalogue);
        if let Ok(found) = found
            && let Some(row) = program_rows().into_iter().find(|r| r.voice.id == found.voice.id)
        {
            return show_program(&row, &found.warnings, context);
        }
    }
    let (pack, nearest) = pack(name, catalogue)?;
    if let Some(warning) = &nearest {
        context.warn(&pack.id, warning);
    }
    let installed = store.installed(pack);
    let rows = rows(slice::from_ref(pack), store);
    if context.json {
        let voices: Vec<Value> = rows.iter().map(Row::json).collect();
        return print_json(&json!({
            "id": pack.id, "title": pack.title, "engine": pack.engine, "licence": pack.licence,
            "attribution": pack.attribution, "version": pack.version, "sources": pack.sources,
            "download_bytes": pack.download_bytes(),
            "installed_bytes": pack.bytes(), "installed": installed, "voices": voices,
        }));
    }
    let mut out = io::stdout().lock();
    if let Some(known) = KnownName::find(name) {
        let gender = gender_name(known.gender);
        let standing = match known.status {
            Status::Current => "",
            Status::Deprecated => ", deprecated there",
            Status::Removed => ", removed there",
        };
        let language = known.language;
        writeln!(out, "{name}: a ResponsiveVoice name for {language}, {gender}{standing}")?;
    }
    writeln!(out, "pack {}: {}", pack.id, pack.title)?;
    writeln!(out, "  licence    {}", pack.licence)?;
    writeln!(out, "  credit     {}", pack.attribution)?;
    if let Some(program) = &pack.program {
        writeln!(out, "  program    {} {}", program.command, program.arguments.join(" "))?;
    }
    if let Some(service) = &pack.service {
        let key = service.key.as_deref().map_or_else(String::new, |k| format!(", key in {k}"));
        writeln!(out, "  service    {}, model {}{key}", service.url, service.model)?;
    }
    let (fetched, kept) = (DecimalBytes(pack.download_bytes()), DecimalBytes(pack.bytes()));
    writeln!(out, "  size       {fetched} to fetch, {kept} installed")?;
    for source in &pack.sources {
        writeln!(out, "  source     {}, SHA-256 {}", source.spec(), source.sha256())?;
    }
    match installed {
        Some(_) if pack.is_declared() => writeln!(out, "  installed  nothing to install")?,
        Some(folder) => writeln!(out, "  installed  {}", folder.display())?,
        None => writeln!(out, "  installed  no; `aloud voices install {}` installs it", pack.id)?,
    }
    for Row { voice, details, names, .. } in &rows {
        writeln!(out, "voice {}: {}", voice.id, voice.description)?;
        writeln!(out, "  language   {}, {}", voice.language, gender_name(voice.gender))?;
        if !names.is_empty() {
            writeln!(out, "  names      {}", names.join(", "))?;
        }
        let measured = details.and_then(|d| d.measured).map_or_else(String::new, |m| {
            format!(" (MOS {:.2}, word errors {:.1}%)", m.mos, m.wer_percent)
        });
        writeln!(out, "  quality    {} of 100{measured}", voice.quality)?;
        writeln!(out, "  rate       {} Hz", voice.sample_rate)?;
        if let Some(details) = details {
            writeln!(out, "  sample     {}", details.sample)?;
        }
    }
    Ok(())
}

/// A voice of a program of this machine.
fn show_program(row: &Row<'_>, warnings: &[Warning], context: &Context) -> anyhow::Result<()> {
    let voice = &row.voice;
    for warning in warnings {
        context.warn(&voice.id, warning);
    }
    if context.json {
        return print_json(&row.json());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "voice {}: {}", voice.id, voice.description)?;
    writeln!(out, "  licence    {} (the program's)", voice.licence)?;
    writeln!(out, "  language   {}, {}", voice.language, gender_name(voice.gender))?;
    if !row.names.is_empty() {
        writeln!(out, "  names      {}", row.names.join(", "))?;
    }
    writeln!(out, "  quality    {} of 100", voice.quality)?;
    writeln!(out, "  rate       {} Hz", voice.sample_rate)?;
    writeln!(out, "  installed  on this system")?;
    Ok(())
}

fn resolve(
    name: Option<&str>,
    language: Option<&str>,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let usable = engines::obtainable(catalogue)?;
    let mut found = voice::resolve(name, language, &usable, catalogue)?;
    let pack = catalogue.pack_of(&found.voice.id);
    let installed = pack.is_none_or(|p| store.installed(p).is_some());
    if !installed {
        found
            .steps
            .push(format!("{} is not installed yet; the first build does it", found.voice.id));
    }
    if context.json {
        return print_json(&json!({
            "requested": name, "voice": found.voice, "installed": installed,
            "steps": found.steps, "warnings": found.warnings,
        }));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}", found.voice.id)?;
    for step in &found.steps {
        writeln!(out, "  {step}")?;
    }
    for warning in &found.warnings {
        context.say(&render::warning_line(&found.voice.id, warning));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_takes_its_regions() {
        let cases = [
            ("en-US", "en", true),
            ("en-US", "EN-us", true),
            ("en-US", "en-GB", false),
            ("eng", "en", false),
            ("en", "en-US", false),
        ];
        for (language, tag, wanted) in cases {
            assert_eq!(speaks(language, tag), wanted, "{language} {tag}");
        }
    }

    #[test]
    fn a_pack_is_found_by_its_id_its_voices_and_the_names_they_serve() {
        let catalogue = Catalogue::builtin();
        for name in ["hibari", "hibari:heart", "US English Female", "lang=en-US gender=female"] {
            let (pack, nearest) = pack(name, &catalogue).expect(name);
            assert_eq!((pack.id.as_str(), nearest), ("hibari", None));
        }
        let (found, nearest) = pack("UK English Male", &catalogue).expect("one");
        assert_eq!((found.engine.as_str(), nearest), ("hibari", None));
        let hibari = catalogue.pack("hibari").expect("the default").clone();
        let catalogue = Catalogue::of(vec![hibari]);
        let (_, nearest) = pack("UK English Male", &catalogue).expect("the nearest");
        assert!(nearest.is_some_and(|w| w.message.contains("asks for en-GB, male")));
        let cases = [("hibarri", "did you mean \"hibari:heart\""), ("French Male", "fr-FR")];
        for (name, wanted) in cases {
            let error = pack(name, &catalogue).expect_err(name).to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
