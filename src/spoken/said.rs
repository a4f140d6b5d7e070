//! What a classifier hands back: how much text it took and the words it says for it.
//! Separate because every class builds the same thing.

/// One word to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) letter: bool,
    pub(super) after: &'static str,
}

/// Words in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said(pub(super) Vec<Item>);

impl Said {
    /// The words of `text`, split at white space.
    pub(super) fn of(text: &str) -> Self {
        Self::default().then(text)
    }

    /// Adds the words of `text`.
    pub(super) fn then(mut self, text: &str) -> Self {
        self.0.extend(text.split_whitespace().map(|word| Item {
            text: word.to_owned(),
            letter: false,
            after: "",
        }));
        self
    }

    /// Adds every letter of `text` as a word; other characters are left to the caller.
    pub(super) fn letters(mut self, text: &str) -> Self {
        self.0.extend(text.chars().filter(|c| c.is_alphabetic()).map(|c| Item {
            text: c.to_uppercase().filter(|c| c.is_alphabetic()).collect(),
            letter: true,
            after: "",
        }));
        self
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes back the words of `text` that were added last.
    pub(super) fn but_last(mut self, text: &str) -> Self {
        let keep = self.0.len().saturating_sub(text.split_whitespace().count());
        self.0.truncate(keep);
        self
    }

    /// Adds other words.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// A short pause after the last word.
    pub(super) fn comma(mut self) -> Self {
        if let Some(last) = self.0.last_mut() {
            last.after = ",";
        }
        self
    }
}

/// Where a classifier looks.
pub(super) struct Place<'a> {
    /// The text from here on, a bounded window of it so that every look is constant time.
    pub(super) rest: &'a str,
    /// The text before, a bounded window.
    pub(super) before: &'a str,
}

impl Place<'_> {
    /// Whether the character before is a letter or a digit.
    pub(super) fn inside_word(&self) -> bool {
        self.before.chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// The last `bytes` of the text before, or a little less.
    pub(super) fn near(&self, bytes: usize) -> &str {
        &self.before[self.before.ceil_char_boundary(self.before.len().saturating_sub(bytes))..]
    }

    /// How many ASCII digits the text begins with, and what comes after them. Quick, so that most
    /// expressions need not be compiled for most texts.
    pub(super) fn digits(&self) -> (usize, Option<char>) {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        (count, self.rest[count..].chars().next())
    }

    /// Whether a word ends `len` bytes from here.
    pub(super) fn ends_at(&self, len: usize) -> bool {
        !self.rest[len..].chars().next().is_some_and(char::is_alphanumeric)
    }
}

/// Bytes taken and words said for them.
pub(super) type Reading = Option<(usize, Said)>;

/// A regular expression anchored at the place, compiled once.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new(concat!(r"\A(?:", $text, ")")).expect("a fixed pattern compiles")
        });
        &*PATTERN
    }};
}
pub(super) use pattern;
