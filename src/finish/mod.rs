//! Takes the clips of a script's segments, in order; gives one continuous recording, streamed to a
//! [`Sink`], and its [`Timeline`](crate::model::Timeline).
//!
//! Two passes: an [`Assembler`] joins the clips as they come and measures how loud the speech is;
//! [`master`] goes through the result again, levels it, brings it to the loudness that was asked for
//! and keeps its peaks under the limit. Between them the audio lies wherever the caller puts it (a
//! [`Replay`]); it is never held whole.
//!
//! It is separate from the engines, whose clips begin and end as they like, and from the writers,
//! which know nothing of words: this is the only place that decides where a clip is cut, how long
//! a silence is and where in the recording a word sounds.

mod assemble;
mod edges;
mod error;
mod excerpts;
mod level;
mod limit;
mod loudness;
mod master;
mod meter;
mod options;
mod peak;
mod recording;
mod sound;

pub use assemble::{Assembler, Sink};
pub use error::FinishError;
pub use master::{Replay, master};
pub use options::FinishOptions;
pub use recording::{Passage, Recording};
pub use sound::Sound;
