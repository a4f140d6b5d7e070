//! The integration suite: one binary, one module for each topic. tests/README.md says how to write a test.

mod architecture;
mod bad_input;
mod build;
mod cli;
mod docs;
mod lexicon;
mod read;
mod speech;
mod support;
mod voices;
