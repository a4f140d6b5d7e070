//! The catalogue, the packs and the engines of this machine, put together.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
    thread,
};

use anyhow::Context as _;
use indicatif::ProgressBar;

use super::{context::Context, progress};
use crate::{
    engine::{
        Approximation, Engine, EngineRegistry, command::CommandEngine, espeak::EspeakEngine,
        flite::FliteEngine, http::HttpEngine, system::SystemEngine, tone::ToneEngine,
    },
    model::{Voice, Warning},
    voice::{self, Catalogue, Installation, Pack, PackStore, Progress, RefusedPack},
};

/// The built-in packs, those of the project, and those installed from files. What the
/// project has and nobody can use is a warning: the other voices are as good as ever.
pub(super) fn catalogue(context: &Context) -> Catalogue {
    let (catalogue, refused) = Catalogue::builtin().with_folder(&context.project().join("voices"));
    for RefusedPack { file, reason } in refused {
        let warning = Warning::new("voice-pack", format!("{reason}; its voices are left out"));
        context.warn(&file.display().to_string(), &warning);
    }
    // Without a data folder nothing can be installed, and who needs that says so.
    let own = PackStore::of_this_machine().map(|store| store.own_packs()).unwrap_or_default();
    catalogue.with_own(own)
}

/// Engines whose voices are usable now.
#[cfg_attr(
    not(feature = "hibari"),
    expect(clippy::unnecessary_wraps, reason = "opening a pack can fail, and there is none")
)]
pub(super) fn registry(store: &PackStore, catalogue: &Catalogue) -> anyhow::Result<EngineRegistry> {
    let mut engines = EngineRegistry::new();
    engines.register(Arc::new(ToneEngine));
    for engine in programs() {
        engines.register(Arc::clone(engine));
    }
    #[cfg(feature = "hibari")]
    {
        use crate::engine::hibari::HibariEngine;
        let voices = installed("hibari", store, catalogue);
        if !voices.is_empty() {
            engines.register(Arc::new(HibariEngine::new(voices)?));
        }
    }
    #[cfg(feature = "piper")]
    {
        use crate::engine::piper::PiperEngine;
        let voices = installed("piper", store, catalogue);
        if !voices.is_empty() {
            engines.register(Arc::new(PiperEngine::new(voices)));
        }
    }
    #[cfg(feature = "kokoro")]
    {
        use crate::engine::kokoro::KokoroEngine;
        if let Some(engine) = KokoroEngine::new(installed("kokoro", store, catalogue)) {
            engines.register(Arc::new(engine));
        }
    }
    #[cfg(not(any(feature = "hibari", feature = "piper")))]
    let _ = store;
    let declared = |pack: &Pack| pack.described().collect::<Vec<_>>();
    let packs = catalogue.packs();
    let programs = packs.iter().filter_map(|p| Some((declared(p), p.program.as_ref()?)));
    let programs = programs.flat_map(|(v, p)| v.into_iter().map(move |v| (v, p.clone())));
    engines.register(Arc::new(CommandEngine::new(programs.collect())));
    let services = packs.iter().filter_map(|p| Some((declared(p), p.service.as_ref()?)));
    let services = services.flat_map(|(v, s)| v.into_iter().map(move |v| (v, s.clone())));
    engines.register(Arc::new(HttpEngine::new(services.collect())));
    Ok(engines)
}

/// The sounds of `ipa` that `voice` does not have, whether it is installed or not.
#[cfg_attr(
    not(feature = "hibari"),
    expect(unused_variables, reason = "no engine of this build has approximations")
)]
pub(super) fn approximations(voice: &Voice, ipa: &str) -> Vec<Approximation> {
    match voice.engine.as_str() {
        #[cfg(feature = "hibari")]
        "hibari" => crate::engine::hibari::approximations(voice, ipa),
        _ => Vec::new(),
    }
}

/// The engines that are programs of this machine. Found once and side by side, since each answers after some
/// hundredths of a second.
pub(super) fn programs() -> &'static [Arc<dyn Engine>] {
    static FOUND: OnceLock<Vec<Arc<dyn Engine>>> = OnceLock::new();
    FOUND.get_or_init(|| {
        thread::scope(|scope| {
            let espeak = scope.spawn(|| EspeakEngine::find().map(shared));
            let flite = scope.spawn(|| FliteEngine::find().map(shared));
            let system = SystemEngine::find().map(shared);
            // Looking for a program does not panic; one that did would be a program that is not there.
            let found = [system, flite.join().ok().flatten(), espeak.join().ok().flatten()];
            found.into_iter().flatten().collect()
        })
    })
}

fn shared(engine: impl Engine + 'static) -> Arc<dyn Engine> {
    Arc::new(engine)
}

/// Begins to look for them while the caller does something else.
pub(super) fn look_for_programs() {
    thread::spawn(programs);
}

/// The voices of `engine` whose packs are here.
#[cfg(any(feature = "hibari", feature = "piper"))]
fn installed(
    engine: &str,
    store: &PackStore,
    catalogue: &Catalogue,
) -> Vec<crate::engine::Installed> {
    let packs = catalogue.packs().iter().filter(|pack| pack.engine == engine);
    let here = packs.filter_map(|pack| Some((pack, store.installed(pack)?)));
    here.flat_map(|(pack, folder)| {
        pack.described()
            .map(move |voice| crate::engine::Installed { voice, folder: folder.clone() })
    })
    .collect()
}

/// Voices that are installed, or that a build may fetch unasked.
pub(super) fn obtainable(catalogue: &Catalogue) -> anyhow::Result<Vec<Voice>> {
    Ok(obtainable_from(catalogue, &PackStore::of_this_machine()?))
}

/// The same with the packs of `store`.
pub(super) fn obtainable_from(catalogue: &Catalogue, store: &PackStore) -> Vec<Voice> {
    let mut voices = vec![ToneEngine::voice()];
    voices.extend(programs().iter().flat_map(|engine| engine.voices()));
    let packs = catalogue.packs().iter();
    for pack in packs.filter(|p| p.default || store.installed(p).is_some()) {
        voices.extend(pack.described());
    }
    voices
}

/// Installs the packs of `voices` that are not here yet.
pub(super) fn fetch_missing(
    voices: &[&Voice],
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let mut packs: Vec<&Pack> = voices.iter().filter_map(|v| catalogue.pack_of(&v.id)).collect();
    packs.dedup_by_key(|p| &p.id);
    for pack in packs.into_iter().filter(|p| store.installed(p).is_none()) {
        install(pack, &[], store, context)?;
    }
    Ok(())
}

/// Installs one pack, with a bar, its licence and the outcome shown.
pub(super) fn install(
    pack: &Pack,
    from: &[PathBuf],
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<Installation> {
    if store.installed(pack).is_none() {
        announce(pack, pack.download_bytes(), context);
    }
    let bar = Bar(progress::download_bar(context, pack.download_bytes()));
    let done = voice::install(store, pack, from, &bar);
    bar.0.finish_and_clear();
    let done = done.context("cannot install a voice")?;
    report(pack, done, store, context);
    Ok(done)
}

/// Installs a pack of the user's own files, with its licence and the outcome shown.
#[cfg(feature = "piper")]
pub(super) fn install_own(
    pack: Pack,
    files: &[(PathBuf, String)],
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    let bytes = files.iter().filter_map(|(file, _)| std::fs::metadata(file).ok()).map(|m| m.len());
    announce(&pack, bytes.sum(), context);
    let bar = Bar(progress::download_bar(context, 0));
    let done = voice::install_own(store, pack, files, &bar);
    bar.0.finish_and_clear();
    let (pack, done) = done?;
    report(&pack, done, store, context);
    for voice in pack.described() {
        context.say(&format!("{} ({})", voice.id, voice.language));
    }
    Ok(())
}

/// Says what is going to be installed, under which licence.
fn announce(pack: &Pack, bytes: u64, context: &Context) {
    #[expect(clippy::cast_precision_loss)]
    let size = bytes as f64 / 1e6;
    context.say(&format!(
        "installing voice pack {} ({size:.0} MB, {}: {})",
        pack.id, pack.licence, pack.attribution
    ));
}

/// Says what became of an installation.
fn report(pack: &Pack, done: Installation, store: &PackStore, context: &Context) {
    let folder = store.folder(pack);
    context.say(&match done {
        Installation::Installed => format!("installed {} in {}", pack.id, folder.display()),
        Installation::Present => format!("{} is installed in {}", pack.id, folder.display()),
    });
}

/// An installation as a bar.
struct Bar(ProgressBar);

impl Progress for Bar {
    fn phase(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }

    fn bytes(&self, done: u64, of: u64) {
        self.0.set_length(of);
        self.0.set_position(done);
    }
}
