//! The command line: what was typed becomes calls of the library, and results become text.
//!
//! `args` only parses; `context` gives meaning to what was typed; `commands` does it; `progress`
//! and `render` talk to people. Nothing outside imports this module.

mod args;
mod commands;
mod context;
mod engines;
mod progress;
mod render;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anstream::ColorChoice;
use clap::{CommandFactory, Parser};

use args::{Arguments, Command};
use context::Context;

/// How a command ended, when it ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// All done.
    Well,
    /// Some article failed.
    WithFailures,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output and are success; a closed pipe is none of our
            // business either way.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match arguments.global.color {
        args::ColorChoice::Auto => {}
        args::ColorChoice::Always => ColorChoice::AlwaysAnsi.write_global(),
        args::ColorChoice::Never => ColorChoice::Never.write_global(),
    }
    match run(&arguments) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFailures) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain on one line; each error shows its cause or exposes it, never both.
            let _ = writeln!(anstream::stderr(), "{} {error:#}", render::label_error());
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let context = Context::new(&arguments.global);
    match &arguments.command {
        Command::Build(args) => commands::build::run(args, &context),
        Command::Read(args) => commands::read::run(args, &context),
        #[cfg(feature = "system-speech")]
        Command::Speak(args) => commands::speak::run(args, &context),
        #[cfg(not(feature = "system-speech"))]
        Command::Speak(_) => anyhow::bail!(
            "this aloud was built without the system's speech; \
             `cargo install --path . --features system-speech` builds one that has it"
        ),
        Command::Lexicon(command) => commands::lexicon::run(command, &context),
        Command::Voices(command) => commands::voices::run(command, &context),
        Command::Init(args) => commands::init::run(args, &context),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "aloud", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Ended::Well)
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout())?;
            Ok(Ended::Well)
        }
    }
}

/// Whether standard output was closed by its reader, which is no error (`aloud read x | head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|io| io.kind() == io::ErrorKind::BrokenPipe)
}
