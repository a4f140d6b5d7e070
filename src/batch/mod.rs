//! Many articles at once: composes the stages into one run.
//!
//! [`plan()`] reads everything and resolves voices, names and sizes before any synthesis; [`build`]
//! speaks what was planned, in parallel, and reports what became of each article.

mod cast;
pub mod coverage;
mod error;
mod lexicons;
mod narrate;
mod outcome;
mod pipeline;
mod plan;
mod record;
mod schedule;
mod sounds;

pub use cast::{Cast, cast};
pub use error::{ArticleError, Stage, guarded};
pub use lexicons::{LexiconFileError, Shelf, lexicon_text};
pub use narrate::{Run, build};
pub use outcome::{Event, Observer, Outcome, Silent, Status, Totals, Written};
pub use pipeline::{Options, cleaned, script, scripted, worded};
pub use plan::{Plan, PlanError, Planned, choose, plan, silence};
