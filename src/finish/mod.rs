//! Takes the clips of a script's segments, in order; gives one continuous recording, streamed to a
//! [`Sink`] as it grows, and its [`Timeline`](crate::model::Timeline).
//!
//! It is separate from the engines, whose clips begin and end as they like, and from the writers,
//! which know nothing of words: this is the only place that decides where a clip is cut, how long
//! a silence is and where in the recording a word sounds. The audio is never held whole.

mod assemble;
mod edges;
mod error;
mod loudness;
mod meter;
mod options;

pub use assemble::{Assembler, Sink};
pub use error::FinishError;
pub use options::FinishOptions;
