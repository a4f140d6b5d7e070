//! aloud turns articles into narrated audio.
//!
//! Data flows one way, through stages that know the [`model`] and not one another:
//!
//! ```text
//! Source -read-> Article -clean-> CleanArticle -segment-> Script -spoken-> Script
//!        -speak-> clips, in order, through a bounded buffer
//!        -finish-> WAV + Timeline -publish-> Outcome => Report
//! ```
//!
//! | module | takes | gives |
//! | --- | --- | --- |
//! | [`read`] | files, standard input | [`model::Article`]: typed blocks, each with its place in the source |
//! | [`clean`] | an article | the blocks to speak, and a named reason for everything else |
//! | [`segment`] | a clean article | [`model::Script`]: sentences with roles and pauses |
//! | [`spoken`] | a script | the same script with every written word as spoken words |
//! | [`voice`] | names from posts, flags and configuration | an installed voice, and why it was chosen |
//! | [`engine`] | utterances | [`model::Clip`]s: samples and word marks |
//! | [`finish`] | clips | the assembled audio and its [`model::Timeline`] |
//! | [`publish`] | timeline and script | files, whole or not at all |
//! | [`batch`] | a plan | all of the above for many articles at once, and a report |
//!
//! [`xml`] is what the stages that read or write XML share, [`decode`] and [`resample`] what those that take sound do. The command line lives in [`cli`]; nothing else imports it.

pub mod batch;
pub mod clean;
pub mod cli;
pub mod config;
pub mod decode;
pub mod engine;
pub mod finish;
pub mod model;
pub mod publish;
pub mod read;
pub mod resample;
pub mod segment;
pub mod spoken;
pub mod voice;
pub mod xml;

#[cfg(test)]
mod testing;
