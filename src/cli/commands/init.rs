//! `aloud init`: a commented configuration to start from.

use std::{fs::OpenOptions, io::Write};

use anyhow::Context as _;

use crate::{
    cli::{Ended, args::InitArgs, context::Context},
    config,
};

pub(in crate::cli) fn run(args: &InitArgs, context: &Context) -> anyhow::Result<Ended> {
    let mut options = OpenOptions::new();
    options.write(true);
    if args.force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut file = options.open(config::FILE_NAME).with_context(|| {
        format!("cannot write {} (--force overwrites an old one)", config::FILE_NAME)
    })?;
    file.write_all(config::STARTER.as_bytes())
        .with_context(|| format!("cannot write {}", config::FILE_NAME))?;
    context.say(&format!(
        "wrote {}: every setting is in it, commented out, with its default",
        config::FILE_NAME
    ));
    Ok(Ended::Well)
}
