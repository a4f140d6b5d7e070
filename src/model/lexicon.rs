//! Entries of a pronunciation lexicon: what is written, how it is said, and when that holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One entry: words as written and how they are said. At least one of `say` and `ipa` is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The words as they stand in an article.
    pub written: String,
    /// Other words that are said instead, as an author would write them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// How it sounds, in IPA; parts with spaces between them belong to words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipa: Option<String>,
    /// When the entry holds.
    pub when: When,
}

/// Conditions of an entry; unset ones always hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// Whether capitals matter. Unset: they do when the entry has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<Case>,
    /// Language of the sentence (BCP 47): `en` holds for `en-GB` as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the word is in its sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// Whether capitals matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Case {
    /// As in the entry.
    Exact,
    /// Any.
    Any,
}

/// A part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// "a *record*".
    Noun,
    /// "to *record*".
    Verb,
    /// "a *close* friend".
    Adjective,
    /// "it came *close*".
    Adverb,
}

/// How entries are written down in TOML and YAML: the word is the key, and this its value.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum EntryForm {
    /// `"p'nom pen"`.
    Say(String),
    /// `{ ipa = "pəˈnɔm ˈpɛn", when = { language = "en" } }`.
    Full(Box<FullForm>),
    /// Several readings with different conditions.
    Several(Vec<FullForm>),
}

/// A reading with its conditions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullForm {
    say: Option<String>,
    ipa: Option<String>,
    #[serde(default)]
    when: When,
}

impl EntryForm {
    /// The entries of `written`.
    ///
    /// # Errors
    /// What is wrong with them: nothing to say.
    pub fn entries(self, written: &str) -> Result<Vec<Entry>, String> {
        let forms = match self {
            Self::Say(say) => vec![FullForm { say: Some(say), ipa: None, when: When::default() }],
            Self::Full(form) => vec![*form],
            Self::Several(forms) => forms,
        };
        let filled = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
        let entry = |form: FullForm| {
            let (say, ipa) = (filled(form.say), filled(form.ipa));
            if say.is_none() && ipa.is_none() {
                return Err(format!(
                    "\"{written}\" has nothing to say: give it words (say = \"...\") or sounds (ipa = \"...\")"
                ));
            }
            Ok(Entry { written: written.to_owned(), say, ipa, when: form.when })
        };
        forms.into_iter().map(entry).collect()
    }
}

/// The lexicons that an article brings along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleLexicon {
    /// Entries in the article itself.
    pub entries: Vec<Entry>,
    /// Files, relative to the article.
    pub files: Vec<String>,
}

impl ArticleLexicon {
    /// Entries of a map from words to their forms, in order of the words.
    ///
    /// # Errors
    /// The first entry that says nothing.
    pub fn of_map(map: BTreeMap<String, EntryForm>) -> Result<Self, String> {
        let mut entries = Vec::new();
        for (written, form) in map {
            entries.extend(form.entries(&written)?);
        }
        Ok(Self { entries, files: Vec::new() })
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.files.is_empty()
    }
}
