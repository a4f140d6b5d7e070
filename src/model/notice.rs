//! What is on record besides the audio: removals and warnings.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Span;

/// Text of the source that is not spoken, with the rule that decided so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Id of the rule, as in docs/rules.md.
    pub rule: &'static str,
    /// The text that was taken out, as written.
    pub text: String,
    /// Where it stood.
    pub span: Span,
}

/// A problem that does not stop work. It travels with the result and ends in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable identifier, such as `curly-quotes-in-shortcode`.
    pub code: Cow<'static, str>,
    /// What happened and the way out: lower case, no full stop.
    pub message: String,
    /// Line in the source, from 1, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl Warning {
    /// A warning without a line.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into(), line: None }
    }

    /// The same warning, at `line`.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }
}
