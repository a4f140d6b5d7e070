//! `aloud voices install --from PATH`: a Piper voice of the user's own becomes a pack.
//!
//! The two files of a voice say what it is; nothing of it is in a catalogue. Both are read and the network is
//! loaded before anything is installed.

use std::path::Path;

use crate::{
    cli::context::Context,
    voice::{Catalogue, PackStore},
};

/// Without the engine there is nothing to install for.
#[cfg(not(feature = "piper"))]
pub(super) fn install(
    _: &Path,
    _: Option<&str>,
    _: &Catalogue,
    _: &PackStore,
    _: &Context,
) -> anyhow::Result<()> {
    anyhow::bail!("this build of aloud speaks no Piper voices; build it with the feature piper")
}

/// Installs the Piper voice at `path`: a folder with one, its `.onnx`, or the `.onnx.json` beside that.
#[cfg(feature = "piper")]
pub(super) fn install(
    path: &Path,
    licence: Option<&str>,
    catalogue: &Catalogue,
    store: &PackStore,
    context: &Context,
) -> anyhow::Result<()> {
    use anyhow::{Context as _, anyhow, bail};

    use crate::{
        cli::engines,
        engine::piper,
        voice::{Pack, PackVoice},
    };

    let (network, description) = files(path)?;
    let found = piper::describe(&network, &description).map_err(|reason| anyhow!(reason))?;
    let stem = network.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let id: String = format!("piper-{stem}")
        .to_ascii_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    if let Some(known) = found.iter().find_map(|v| catalogue.pack_of(&v.id)).filter(|p| p.id != id)
    {
        bail!(
            "{} is a voice of the pack {} already; `aloud voices install {}` installs it",
            found[0].id,
            known.id,
            known.id
        );
    }
    let voices = found.into_iter().map(|voice| PackVoice {
        name: voice.name,
        language: voice.language,
        gender: voice.gender,
        sample_rate: voice.sample_rate,
        description: voice.description,
        sample: "One, two, three.".to_owned(),
        quality: voice.quality,
        measured: None,
    });
    let pack = Pack {
        id,
        title: format!("Piper {stem}"),
        version: "1".to_owned(),
        engine: "piper".to_owned(),
        licence: licence.unwrap_or("LicenseRef-unknown").to_owned(),
        attribution: format!(
            "installed from {}",
            network.file_name().unwrap_or_default().to_string_lossy()
        ),
        default: false,
        sources: Vec::new(),
        files: Vec::new(),
        program: None,
        service: None,
        voices: voices.collect(),
    };
    let files =
        [(network, piper::NETWORK.to_owned()), (description, piper::DESCRIPTION.to_owned())];
    engines::install_own(pack, &files, store, context).context("cannot install a voice")
}

/// The two files of the Piper voice at `path`.
#[cfg(feature = "piper")]
fn files(path: &Path) -> anyhow::Result<(std::path::PathBuf, std::path::PathBuf)> {
    use anyhow::{Context as _, bail};

    let shown = path.display();
    let is_network = |file: &Path| file.extension().is_some_and(|e| e == "onnx");
    let network = if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| shown.to_string())?;
        let mut networks: Vec<_> =
            entries.filter_map(|e| Some(e.ok()?.path())).filter(|file| is_network(file)).collect();
        networks.sort();
        match &networks[..] {
            [one] => one.clone(),
            [] => bail!("{shown}: there is no .onnx file in it, as a Piper voice has"),
            _ => bail!("{shown}: there are {} .onnx files in it; name one", networks.len()),
        }
    } else if path.to_string_lossy().ends_with(".onnx.json") {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    let mut description = network.clone().into_os_string();
    description.push(".json");
    let description = std::path::PathBuf::from(description);
    for file in [&network, &description] {
        if !file.is_file() {
            bail!(
                "{}: there is no such file; a Piper voice is an .onnx and the .onnx.json beside it",
                file.display()
            );
        }
    }
    Ok((network, description))
}
