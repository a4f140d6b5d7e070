//! The places of a sentence where entries hold: the longest at each, those of the first lexicon before those
//! of the next.
//!
//! Entries are kept as a trie over words, not characters: a match then begins and ends with words by its
//! nature, and only as many steps are made at a word as the longest entry that begins with it has. Time is
//! linear in the text, whatever the number of entries.

use std::{collections::HashMap, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

use super::{Lexicon, Lexicons, Placed, part};
use crate::model::{Case, Entry};

/// How far around a match an address may reach, in bytes: keeps the whole linear.
const CHUNK: usize = 256;
/// Most words and marks of an entry.
pub(super) const LONGEST: usize = 64;

/// An entry that holds somewhere.
#[derive(Debug, Clone)]
pub(in crate::spoken) struct Found<'a> {
    /// Byte range of the text, the ending included.
    pub(in crate::spoken) range: Range<usize>,
    /// Byte range of the entry's own words.
    pub(in crate::spoken) words: Range<usize>,
    /// The entry.
    pub(in crate::spoken) entry: &'a Entry,
    /// Its index in its lexicon.
    pub(super) index: usize,
    /// What English adds to it.
    pub(in crate::spoken) ending: Ending,
}

/// What is added to the words of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::spoken) enum Ending {
    /// Nothing.
    None,
    /// A plural or a third person: "Nguyens".
    Plural,
    /// A possessive: "Phnom Penh's".
    Possessive,
    /// A possessive of a plural: "the Nguyens'".
    PluralPossessive,
}

/// A word, one other character, or white space.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    range: Range<usize>,
    /// As compared: lower case, composed, straight apostrophes and hyphens, soft hyphens left out.
    key: String,
    word: bool,
}

/// The tokens of a text.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let in_word = |c: char| {
        c.is_alphanumeric()
            || is_combining_mark(c)
            || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
    };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let word = in_word(c);
        let same = |next: char| {
            if word { in_word(next) } else { c.is_whitespace() && next.is_whitespace() }
        };
        let rest = &text[at..];
        let len = rest.find(|next| !same(next)).unwrap_or(rest.len()).max(c.len_utf8());
        let key = if word {
            compared(&rest[..len])
        } else if c.is_whitespace() {
            " ".into()
        } else {
            plain(c).into()
        };
        tokens.push(Token { range: at..at + len, key, word });
        at += len;
    }
    tokens
}

/// A word as it is compared.
fn compared(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    written(word).to_lowercase()
}

/// A word without what is not seen, composed.
fn written(word: &str) -> String {
    let shown = word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'));
    if is_nfc(word) { shown.collect() } else { shown.nfc().collect() }
}

/// A mark as it is compared.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '‐' | '\u{2011}' => '-',
        c => c,
    }
}

/// How many words, marks and spaces a text has.
pub(super) fn length(text: &str) -> usize {
    tokens(text).len()
}

/// What two entries share that would match the same text.
pub(super) fn key(text: &str, folded: bool) -> String {
    let tokens = tokens(text);
    tokens
        .iter()
        .map(|t| if folded || !t.word { t.key.clone() } else { written(&text[t.range.clone()]) })
        .collect()
}

/// Whether an entry holds whatever the capitals.
pub(super) fn folds_case(entry: &Entry) -> bool {
    match entry.when.case {
        Some(case) => case == Case::Any,
        None => !entry.written.contains(char::is_uppercase),
    }
}

/// Entries by their words.
#[derive(Default)]
pub(super) struct Trie {
    ids: HashMap<String, u32>,
    steps: HashMap<(u32, u32), u32>,
    /// Entries that end at each node, best first: those with conditions before those without.
    ends: Vec<Vec<u32>>,
}

impl Trie {
    pub(super) fn new(entries: &[Placed]) -> Self {
        let mut trie = Self { ends: vec![Vec::new()], ..Self::default() };
        for (index, placed) in entries.iter().enumerate() {
            let mut node = 0;
            for token in tokens(&placed.entry.written) {
                let fresh = u32::try_from(trie.ids.len()).unwrap_or(u32::MAX);
                let id = *trie.ids.entry(token.key).or_insert(fresh);
                let next = u32::try_from(trie.ends.len()).unwrap_or(u32::MAX);
                node = *trie.steps.entry((node, id)).or_insert(next);
                if node == next {
                    trie.ends.push(Vec::new());
                }
            }
            trie.ends[node as usize].push(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let weight = |index: &u32| {
            let when = &entries[*index as usize].entry.when;
            let exact =
                when.case == Some(Case::Exact) || !folds_case(&entries[*index as usize].entry);
            std::cmp::Reverse(usize::from(when.part.is_some()) * 2 + usize::from(exact))
        };
        for ends in &mut trie.ends {
            ends.sort_by_key(weight);
        }
        trie
    }

    fn step(&self, node: u32, key: &str) -> Option<u32> {
        self.steps.get(&(node, *self.ids.get(key)?)).copied()
    }
}

/// A sentence that is looked through.
struct Sentence<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    language: &'a str,
    english: bool,
}

/// Where the entries of `lexicons` hold in `text`, in order and apart.
pub(in crate::spoken) fn find<'a>(
    lexicons: &'a Lexicons,
    text: &str,
    language: &str,
) -> Vec<Found<'a>> {
    if lexicons.is_empty() {
        return Vec::new();
    }
    let english = language.is_empty() || primary(language).eq_ignore_ascii_case("en");
    let sentence = Sentence { text, tokens: tokens(text), language, english };
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let mut best: Option<(usize, Found<'a>)> = None;
        for lexicon in lexicons.iter() {
            if let Some((end, candidate)) = sentence.longest(lexicon, at)
                && best.as_ref().is_none_or(|(other, _)| end > *other)
            {
                best = Some((end, candidate));
            }
        }
        match best {
            Some((end, mut candidate)) => {
                at = end;
                // A hyphen between two matches belongs to the first.
                let last = found.last().map_or(0, |found: &Found<'_>| found.range.end);
                candidate.range.start = candidate.range.start.max(last);
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

/// Indices of the entries of `lexicon` that hold in `text`.
pub(super) fn inside(lexicon: &Lexicon, text: &str, language: &str) -> Vec<usize> {
    let english = language.is_empty() || primary(language).eq_ignore_ascii_case("en");
    let sentence = Sentence { text, tokens: tokens(text), language, english };
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match sentence.longest(lexicon, at) {
            Some((end, candidate)) => {
                found.push(candidate.index);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

impl Sentence<'_> {
    /// The longest entry of `lexicon` that holds at token `start`, and the token after it.
    fn longest<'a>(&self, lexicon: &'a Lexicon, start: usize) -> Option<(usize, Found<'a>)> {
        let trie = &lexicon.trie;
        let mut node = 0;
        let mut best = None;
        for (i, token) in self.tokens.iter().enumerate().skip(start) {
            let plural = self.plural(trie, node, token);
            let next = trie.step(node, &token.key);
            let ends = |node: u32, plural: bool| {
                trie.ends[node as usize].iter().find_map(|index| {
                    let index = *index as usize;
                    let entry = &lexicon.entries[index].entry;
                    self.holds(entry, start, i, plural)
                        .then(|| self.found((index, entry), start, i, plural))
                })
            };
            let here = next.and_then(|node| ends(node, false));
            let here = here.or_else(|| plural.and_then(|node| ends(node, true)));
            if let Some(found) = here {
                best = Some(found);
            }
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        best
    }

    /// The node after `token` without a plural's ending, which only English words of some length have.
    fn plural(&self, trie: &Trie, node: u32, token: &Token) -> Option<u32> {
        if !self.english || !token.word || !token.key.is_ascii() {
            return None;
        }
        let stem = token.key.strip_suffix('s')?;
        let sibilant =
            |stem: &str| ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end));
        let stem = match stem.strip_suffix('e') {
            Some(short) if sibilant(short) => short,
            _ if sibilant(stem) => return None,
            _ => stem,
        };
        let name = self.text[token.range.clone()].starts_with(char::is_uppercase);
        (stem.len() >= if name { 2 } else { 4 }).then(|| trie.step(node, stem))?
    }

    fn found<'a>(
        &self,
        (index, entry): (usize, &'a Entry),
        start: usize,
        last: usize,
        plural: bool,
    ) -> (usize, Found<'a>) {
        let words = self.tokens[start].range.start..self.tokens[last].range.end;
        let mut range = words.clone();
        let mut end = last + 1;
        let mut ending = if plural { Ending::Plural } else { Ending::None };
        let key = |i: usize| self.tokens.get(i).map(|t| t.key.as_str());
        if self.english && key(end) == Some("'") {
            let after = self.tokens.get(end + 1);
            if after.is_some_and(|t| t.key == "s") && !plural {
                (end, ending) = (end + 2, Ending::Possessive);
            } else if plural && after.is_none_or(|t| !t.word) {
                (end, ending) = (end + 1, Ending::PluralPossessive);
            }
        }
        range.end = self.tokens[end - 1].range.end;
        // The hyphens of a compound ("ex-", "-based") part its words, and nothing more.
        let word = |i: Option<usize>| i.and_then(|i| self.tokens.get(i)).is_some_and(|t| t.word);
        if key(end) == Some("-") && word(Some(end + 1)) {
            range.end = self.tokens[end].range.end;
            end += 1;
        }
        if start > 0 && key(start - 1) == Some("-") && word(start.checked_sub(2)) {
            range.start = self.tokens[start - 1].range.start;
        }
        (end, Found { range, words, entry, index, ending })
    }

    /// Whether `entry`, whose words are those from `start` to `last`, holds there.
    fn holds(&self, entry: &Entry, start: usize, last: usize, plural: bool) -> bool {
        let range = self.tokens[start].range.start..self.tokens[last].range.end;
        let when = &entry.when;
        if let Some(language) = &when.language
            && !same_language(language, self.language)
        {
            return false;
        }
        if !folds_case(entry) && !self.same_case(entry, start, last, plural) {
            return false;
        }
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        self.apart(before, after) && when.part.is_none_or(|part| part::may_be(part, before, after))
    }

    fn same_case(&self, entry: &Entry, start: usize, last: usize, plural: bool) -> bool {
        let own = tokens(&entry.written);
        own.len() == last - start + 1
            && own.iter().zip(&self.tokens[start..=last]).enumerate().all(|(i, (own, token))| {
                let wanted = written(&entry.written[own.range.clone()]);
                let found = written(&self.text[token.range.clone()]);
                !own.word
                    || found == wanted
                    || (plural && start + i == last && found.starts_with(&wanted))
            })
    }

    /// Whether a match with these texts around it stands by itself: not in an address, a number, or the
    /// middle of a word with an apostrophe.
    fn apart(&self, before: &str, after: &str) -> bool {
        let (left, right) = (before.chars().next_back(), after.chars().next());
        let left_of = |c: char| before[..before.len() - c.len_utf8()].chars().next_back();
        let right_of = |c: char| after[c.len_utf8()..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if let Some(c) = left {
            let glued = match plain(c) {
                '@' | '_' | '\\' | '$' | '€' | '£' => true,
                '.' | ',' => letter(left_of(c)) && (c == '.' || digit(left_of(c))),
                '\'' => self.english && letter(left_of(c)),
                _ => false,
            };
            if glued {
                return false;
            }
        }
        if let Some(c) = right {
            let glued = match plain(c) {
                '@' | '_' | '\\' => letter(right_of(c)),
                '.' | ',' => letter(right_of(c)) && (c == '.' || digit(right_of(c))),
                '\'' => {
                    let rest = &after[c.len_utf8()..];
                    let possessive = rest.starts_with('s') && !letter(rest.chars().nth(1));
                    self.english && letter(right_of(c)) && !possessive
                }
                _ => false,
            };
            if glued {
                return false;
            }
        }
        // A web address: its words are not words of the text.
        let near = &before[before.floor_char_boundary(before.len().saturating_sub(CHUNK))..];
        let chunk_before = near.rsplit(char::is_whitespace).next().unwrap_or_default();
        let near = &after[..after.floor_char_boundary(CHUNK)];
        let chunk_after = near.split(char::is_whitespace).next().unwrap_or_default();
        let address =
            |chunk: &str| chunk.contains("://") || chunk.contains("www.") || chunk.contains('@');
        let slashed = chunk_before.contains('/') || chunk_after.starts_with('/');
        let path = slashed && dotted(chunk_before);
        let host = chunk_after.starts_with('.') && dotted(chunk_after);
        !(address(chunk_before) || address(chunk_after) || path || host)
    }
}

/// Whether a run of characters has a dot between letters, as names of hosts and files do.
fn dotted(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    bytes
        .windows(3)
        .any(|w| w[0].is_ascii_alphanumeric() && w[1] == b'.' && w[2].is_ascii_alphabetic())
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// Whether an entry for `wanted` holds in `language`: one is the other, or begins with it.
fn same_language(wanted: &str, language: &str) -> bool {
    let subtags = |tag: &str| tag.to_ascii_lowercase().replace('_', "-");
    let (wanted, language) =
        (subtags(wanted), subtags(if language.is_empty() { "en" } else { language }));
    wanted.split('-').zip(language.split('-')).all(|(a, b)| a == b)
}
