//! The catalogue, the packs and the engines of this machine, put together.

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use anyhow::Context as _;
use indicatif::ProgressBar;

use super::{context::Context, progress};
use crate::{
    engine::{
        Approximation, Engine, EngineRegistry, espeak::EspeakEngine, flite::FliteEngine,
        tone::ToneEngine,
    },
    model::Voice,
    voice::{self, Catalogue, Installation, Pack, PackStore, Progress, VoiceError},
};

/// The built-in packs and those of the project in the current folder.
pub(super) fn catalogue() -> Result<Catalogue, VoiceError> {
    Catalogue::builtin().with_folder(Path::new("voices"))
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
    if let Some(folder) = catalogue.pack("hibari").and_then(|pack| store.installed(pack)) {
        engines.register(Arc::new(crate::engine::hibari::HibariEngine::open(&folder)?));
    }
    #[cfg(not(feature = "hibari"))]
    let _ = (store, catalogue);
    Ok(engines)
}

/// The sounds of `ipa` that `voice` does not have, whether it is installed or not.
pub(super) fn approximations(voice: &Voice, ipa: &str) -> Vec<Approximation> {
    match voice.engine.as_str() {
        #[cfg(feature = "hibari")]
        "hibari" => crate::engine::hibari::approximations(ipa),
        _ => Vec::new(),
    }
}

/// The engines that are programs of this machine. Found once, since asking them takes some hundredths of a
/// second.
pub(super) fn programs() -> &'static [Arc<dyn Engine>] {
    static FOUND: OnceLock<Vec<Arc<dyn Engine>>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let espeak = EspeakEngine::find().map(|e| Arc::new(e) as Arc<dyn Engine>);
        let flite = FliteEngine::find().map(|e| Arc::new(e) as Arc<dyn Engine>);
        espeak.into_iter().chain(flite).collect()
    })
}

/// Voices that are installed, or that a build may fetch unasked.
pub(super) fn obtainable(catalogue: &Catalogue) -> anyhow::Result<Vec<Voice>> {
    let store = PackStore::of_this_machine()?;
    let mut voices = vec![ToneEngine::voice()];
    voices.extend(programs().iter().flat_map(|engine| engine.voices()));
    let packs = catalogue.packs().iter();
    for pack in packs.filter(|p| p.default || store.installed(p).is_some()) {
        voices.extend(pack.described());
    }
    Ok(voices)
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
        install(pack, None, store, context)?;
    }
    Ok(())
}

/// Installs one pack, with a bar, its licence and the outcome shown.
pub(super) fn install(
    pack: &Pack,
    from: Option<&Path>,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<Installation> {
    #[expect(clippy::cast_precision_loss)]
    let size = pack.source.bytes as f64 / 1e6;
    if store.installed(pack).is_none() {
        context.say(&format!(
            "installing voice pack {} ({size:.0} MB, {}: {})",
            pack.id, pack.licence, pack.attribution
        ));
    }
    let bar = Bar(progress::download_bar(context, pack.source.bytes));
    let done = voice::install(store, pack, from, &bar);
    bar.0.finish_and_clear();
    let done = done.context("cannot install a voice")?;
    let folder = store.folder(pack);
    context.say(&match done {
        Installation::Installed => format!("installed {} in {}", pack.id, folder.display()),
        Installation::Present => format!("{} is installed in {}", pack.id, folder.display()),
    });
    Ok(done)
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
