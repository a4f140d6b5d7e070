//! The data that flows between the stages: no I/O, no clock, no engine.
//!
//! Every type that carries words also carries where they came from, as byte offsets into the decoded
//! source text, so that a report can point at a line and coverage can be proved.

mod article;
mod audio;
mod declared;
mod lexicon;
mod notice;
mod script;
mod source;
mod span;
mod text;
mod voice;
mod x_sampa;

pub use article::{Article, Block, BlockKind, CleanArticle, Meta};
pub use audio::{Clip, Cue, Mark, Timeline, Timing, WordCue, samples_from_ms, samples_to_ms};
pub use declared::{Answer, Program, Service};
pub use lexicon::{ArticleLexicon, Case, Entry, EntryForm, FullForm, Part, When};
pub use notice::{Removed, Warning};
pub use script::{Given, NamedPlace, Reading, Role, Script, Segment, Word};
pub use source::{Container, ContainerKind, Format, Item, Known, Place, Source, SourceText};
pub use span::{LineIndex, Span};
pub use text::{Manner, MarkKind, Text, TextMark, offsets_after};
pub use voice::{Gender, Prosody, Voice, VoiceRequest};
pub use x_sampa::ipa_of_x_sampa;
