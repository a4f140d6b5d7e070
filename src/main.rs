//! The `aloud` program: see the library for everything.

use std::process::ExitCode;

fn main() -> ExitCode {
    aloud::cli::main()
}
