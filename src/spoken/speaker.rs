//! The tokeniser: walks a sentence once and turns what stands at each place into words. Separate
//! because it is the same for every language.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fixed::Fixed;
use super::language::Language;
use super::said::{Place, Said};
use crate::model::Word;

/// How far a language may look, in bytes: keeps the whole linear.
const WINDOW: usize = 400;

/// One walk over one sentence.
pub(super) struct Speaker<'a> {
    text: &'a str,
    /// Where the next settled part begins: nothing reads into it, though it may be looked at.
    until: usize,
    language: &'static dyn Language,
    shouted: bool,
    /// Parts in capitals for stress, in order.
    stressed: Vec<Range<usize>>,
    words: Vec<Word>,
    /// Opening punctuation of the next word.
    before: String,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(text: &'a str, language: &'static dyn Language) -> Self {
        let (words, before) = (Vec::new(), String::new());
        let shouted = shouted(text);
        let mut stressed = if shouted { Vec::new() } else { capital_runs(text) };
        stressed.retain(|run| language.stresses(&text[run.clone()]));
        Self { text, until: text.len(), language, shouted, stressed, words, before }
    }

    /// The words of the sentence, those of the settled parts `fixed` among them.
    pub(super) fn run(mut self, fixed: &[Fixed]) -> Vec<Word> {
        let mut at = 0;
        for part in fixed {
            self.walk(at, part.range.start);
            let first = self.words.len();
            self.words.extend(part.words.iter().cloned());
            if let Some(first) = self.words.get_mut(first) {
                first.before.insert_str(0, &std::mem::take(&mut self.before));
            }
            at = part.range.end;
        }
        self.walk(at, self.text.len());
        self.language.sounds(&mut self.words);
        self.words
    }

    /// Says what stands from `at` to `until`.
    fn walk(&mut self, mut at: usize, until: usize) {
        self.until = until;
        while let Some(c) = self.text[at..until].chars().next() {
            at += if c.is_whitespace() { c.len_utf8() } else { self.step(at, c) };
            at = at.min(until);
        }
    }

    /// Says what stands at `at`, and tells how many bytes that was: never none.
    fn step(&mut self, at: usize, c: char) -> usize {
        let text = self.text;
        let inside = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        // A mark without a letter before it, such as the selector behind an emoji, is no word.
        let word_start = c.is_alphabetic() || is_combining_mark(c) && inside;
        if !(word_start && inside)
            && self.language.worth_a_look(&text[at..])
            && let Some(len) = self.read(at)
        {
            return len;
        }
        if word_start {
            return self.word(at);
        }
        if c.is_ascii_digit() {
            let rest = &text[at..self.until];
            let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            self.say(at..at + len, self.language.digits(&text[at..at + len]));
            return len;
        }
        if c.is_alphanumeric() {
            self.say(at..at + c.len_utf8(), self.other_digit(c));
            return c.len_utf8();
        }
        self.mark(at, c)
    }

    /// What the language knows of this place, with the ending that belongs to it.
    fn read(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let start = text.floor_char_boundary(at.saturating_sub(WINDOW));
        let end = text.floor_char_boundary(at + WINDOW);
        let read =
            |end| self.language.read(&Place { rest: &text[at..end], before: &text[start..at] });
        let (len, said) = match read(end)? {
            // A settled part is not for others to read.
            (len, _) if at + len > self.until => read(self.until)?,
            found => found,
        };
        if len == 0 || said.is_empty() && !self.silent(at..at + len) {
            return None;
        }
        if said.is_empty() {
            return Some(len);
        }
        let (owned, added) = self.language.ending(&text[at + len..self.until]).unwrap_or_default();
        let end = at + len + owned;
        self.say(at..end, said);
        if let Some(last) = self.words.last_mut() {
            last.text.push_str(added);
        }
        // At the end of the sentence the dot of a short form is its full stop, too.
        let closing =
            |c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']');
        if text[at..end].ends_with('.') && text[end..].chars().all(closing) {
            self.close('.');
        }
        Some(end - at)
    }

    /// Nothing is said for `written`; letters in it belong to the word before. Whether that can be.
    fn silent(&mut self, written: Range<usize>) -> bool {
        if !self.text[written.clone()].contains(char::is_alphanumeric) {
            return true;
        }
        let Some(last) = self.words.last().map(|word| word.written.clone()) else { return false };
        for word in self.words.iter_mut().rev().take_while(|word| word.written == last) {
            word.written.end = written.end;
        }
        true
    }

    /// A word of letters, with inner apostrophes and hyphens.
    fn word(&mut self, at: usize) -> usize {
        let rest = &self.text[at..self.until];
        let mut len = 0;
        let mut letters = rest.char_indices().peekable();
        while let Some((index, c)) = letters.next() {
            let inner = matches!(c, '\'' | '’' | '‘' | 'ʼ' | '-' | '‐' | '\u{2011}' | '\u{ad}');
            let letter_follows = letters.peek().is_some_and(|(next, c)| {
                c.is_alphabetic() && !(inner && self.language.parts_word(&rest[*next..]))
            });
            if c.is_alphabetic()
                || is_combining_mark(c)
                || (inner && letter_follows && index > 0)
                || (matches!(c, '\u{200c}' | '\u{200d}') && index > 0)
            {
                len = index + c.len_utf8();
            } else {
                break;
            }
        }
        let mut len = len.max(rest.chars().next().map_or(1, char::len_utf8));
        // "l'11": the apostrophe belongs to the word before the number, too.
        if rest[len..].starts_with(['\'', '’']) && self.language.elides(&rest[..len]) {
            let mark = rest[len..].chars().next().map_or(0, char::len_utf8);
            let next = rest[len + mark..].chars().next();
            if next.is_some_and(|c| c.is_ascii_digit() || c.is_whitespace())
                || self.language.parts_word(&rest[len + mark..])
            {
                len += mark;
            }
        }
        let clean: String = rest[..len]
            .chars()
            .filter(|c| !matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'))
            .map(|c| match c {
                '’' | '‘' | 'ʼ' => '\'',
                '‐' | '\u{2011}' => '-',
                c => c,
            })
            .collect();
        let run = self.stressed.partition_point(|run| run.end <= at);
        let stressed = self.stressed.get(run).is_some_and(|run| run.contains(&at));
        self.say(at..at + len, self.language.word(&clean, self.shouted || stressed));
        len
    }

    /// A digit that is not one of 0 to 9: superscripts, other scripts' digits, circled numbers.
    fn other_digit(&self, c: char) -> Said {
        let mut said = Said::default();
        for part in any_ascii::any_ascii_char(c).chars() {
            said = match part {
                '0'..='9' => said.join(self.language.digits(part.encode_utf8(&mut [0; 4]))),
                letter => said.letters(letter.encode_utf8(&mut [0; 4])),
            };
        }
        if said.is_empty() { self.language.digits("0") } else { said }
    }

    /// Punctuation goes to the words around it; a symbol has a name.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let len = c.len_utf8();
        let space_before = self.text[..at]
            .chars()
            .next_back()
            .is_none_or(|p| p.is_whitespace() || matches!(p, '(' | '“' | '[' | '‘' | '—'));
        let next = self.text[at + len..].chars().next();
        let space_after = next.is_none_or(char::is_whitespace);
        let closing = match c {
            ',' | '.' | '?' | '!' | ';' | ':' | '…' => {
                if self.text[at..].starts_with("...") {
                    self.close('…');
                    return 3;
                }
                c
            }
            '、' | '،' => ',',
            '。' | '।' | '។' => '.',
            '？' | '؟' => '?',
            '！' => '!',
            '—' | '–' | '―' => '—',
            '-' if space_before && space_after || next == Some('-') => '—',
            ')' | ']' => ')',
            '”' | '»' => '”',
            '"' if !space_before || space_after => '”',
            '"' | '“' | '„' | '«' => {
                self.before.push('“');
                return len;
            }
            '(' | '[' => {
                self.before.push('(');
                return len;
            }
            _ => {
                if let Some(name) = self.language.symbol(c, self.text, at) {
                    self.say(at..at + len, Said::of(name));
                }
                return len;
            }
        };
        self.close(closing);
        len
    }

    fn close(&mut self, mark: char) {
        if let Some(last) = self.words.last_mut()
            && !last.after.ends_with(mark)
        {
            last.after.push(mark);
        }
    }

    fn say(&mut self, written: Range<usize>, said: Said) {
        let span = &self.text[written.clone()];
        let trimmed = span.trim();
        let start = written.start + (span.len() - span.trim_start().len());
        for item in said.0 {
            self.words.push(Word {
                text: item.text,
                written: start..start + trimmed.len(),
                before: std::mem::take(&mut self.before),
                after: item.after.to_owned(),
                letter: item.letter,
                ipa: None,
            });
        }
    }
}

/// Where two words or more in capitals follow one another; letters by themselves do not count.
fn capital_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut run: Option<(Range<usize>, usize)> = None;
    let in_capitals = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !word.contains(|c: char| c.is_lowercase() || c.is_numeric())
    };
    let counts = |word: &str| usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        match &mut run {
            // A list of short forms is no headline.
            Some((range, words))
                if in_capitals(word) && !text[..at].trim_end().ends_with([',', ';']) =>
            {
                (range.end, *words) = (at + word.len(), *words + counts(word));
            }
            _ => {
                runs.extend(run.take().filter(|(_, words)| *words > 1).map(|(range, _)| range));
                run = in_capitals(word).then(|| (at..at + word.len(), counts(word)));
            }
        }
    }
    runs.extend(run.filter(|(_, words)| *words > 1).map(|(range, _)| range));
    runs
}

/// Whether a sentence is in capitals throughout, so that capitals mean nothing.
fn shouted(text: &str) -> bool {
    let words = text.split_whitespace().count();
    !text.contains(char::is_lowercase)
        // A list of short forms is no headline.
        && text.matches([',', ';']).count() * 2 < words
        && text
            .split_whitespace()
            .filter(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 4)
            .count()
            >= 2
}
