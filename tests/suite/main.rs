//! The integration suite: one binary, one module for each topic. tests/README.md says how to write a test.

mod architecture;
mod audio;
mod bad_input;
mod build;
mod cast;
mod cli;
mod docs;
mod read;
mod site;
mod speech;
mod support;
mod voices;
