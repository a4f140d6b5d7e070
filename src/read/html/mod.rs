//! Blocks from tags and text: shared by every format that has markup.
//!
//! There is no tree. [`tokens`] gives tags and text with their offsets, [`Walker`] keeps the stack of open
//! elements and cuts blocks where elements that browsers lay out as blocks begin and end. That keeps each
//! word's place in the source to the byte, is linear, and nesting of any depth costs nothing.

mod elements;
mod tokens;
mod walk;

pub(super) use tokens::{Attributes, Token, flattened, tokens};
pub(super) use walk::{Walker, walk};
