//! Words of any language to IPA, by espeak-ng.
//!
//! The system's program is started once per utterance (14 ms beside the second that a network takes): its
//! library is not safe to use from several threads, and a process that ends cannot hang on to anything. It
//! gets every clause on a line, and every word alone on a line of its own, without punctuation, and answers
//! each with a line; [`align`](super::align) puts the two together. With the feature `espeak-phonemes` a port of
//! it inside this program answers instead.

use std::{process::Command, time::Duration};

use unicode_normalization::char::is_combining_mark;

use super::{SILENT, Unspeakable, align, punctuation};
use crate::{
    engine::{
        EngineError,
        program::run::{Limits, RunError, run},
    },
    model::Word,
};

/// The program.
const PROGRAM: &str = "espeak-ng";
/// What it may take for one utterance, and say. It reads thousands of words a second.
const LIMITS: Limits = Limits { time: Duration::from_secs(30), bytes: 1 << 24 };
/// Characters on a line. It reads lines of up to 1000 bytes and ends a clause after 800.
const LONGEST_LINE: usize = 180;

/// Reads words in one of espeak-ng's voices. Shared by all workers.
#[derive(Clone)]
pub(in crate::engine) struct Espeak {
    program: &'static str,
    voice: String,
    #[cfg(feature = "espeak-phonemes")]
    inside: Option<super::inside::Inside>,
}

/// Why words could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) enum Fault {
    /// This word cannot.
    Word(Unspeakable),
    /// Nothing can: what is wrong and the way out.
    Program(String),
    /// It may work another time.
    Passing(String),
}

impl Fault {
    /// As an error of `voice`.
    pub(in crate::engine) fn of(self, voice: &str) -> EngineError {
        let voice = voice.to_owned();
        match self {
            Self::Word(Unspeakable { word, reason }) => {
                EngineError::Utterance { voice, text: word, reason }
            }
            Self::Program(reason) => EngineError::Voice { voice, reason },
            Self::Passing(reason) => EngineError::Retryable { voice, reason },
        }
    }
}

impl From<Unspeakable> for Fault {
    fn from(fault: Unspeakable) -> Self {
        Self::Word(fault)
    }
}

impl Espeak {
    /// Reads in espeak-ng's `voice`, such as `en-us`.
    ///
    /// # Errors
    /// When that can be no voice.
    pub(in crate::engine) fn new(voice: &str) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_+".contains(c);
        if voice.is_empty() || voice.starts_with('-') || !voice.chars().all(plain) {
            return Err(format!("{voice:?} is no voice of espeak-ng"));
        }
        Ok(Self {
            program: PROGRAM,
            voice: voice.to_owned(),
            #[cfg(feature = "espeak-phonemes")]
            inside: Some(super::inside::Inside::new(voice)?),
        })
    }

    /// How each of `words` sounds, in IPA with stress marks, as spoken together.
    ///
    /// # Errors
    /// See [`Fault`].
    pub(in crate::engine) fn read(&self, words: &[Word]) -> Result<Vec<String>, Fault> {
        words.iter().try_for_each(check)?;
        let clauses = clauses(words);
        let mut lines: Vec<String> = clauses
            .iter()
            .map(|clause| clause.iter().map(|i| text(&words[*i])).collect::<Vec<_>>().join(" "))
            .collect();
        lines.extend(words.iter().map(text));
        let mut answers = self.ask(&lines)?.into_iter();
        let together: Vec<String> = answers.by_ref().take(clauses.len()).collect();
        let mut alone: Vec<String> = answers.collect();
        for (word, sounds) in words.iter().zip(&mut alone) {
            if let Some(ipa) = &word.ipa {
                sounds.clone_from(ipa);
            } else if word.letter {
                // The plural of a letter: its name and the ending.
                let ending = word.text.chars().filter(|c| c.is_alphabetic()).nth(1);
                sounds.extend(ending.filter(|c| c.eq_ignore_ascii_case(&'s')).map(|_| 'z'));
            }
            if !sounds.chars().any(char::is_alphabetic) {
                return Err(Unspeakable::new(word, SILENT).into());
            }
        }
        for (clause, sounds) in clauses.iter().zip(together) {
            let own: Vec<String> = clause.iter().map(|i| alone[*i].clone()).collect();
            // Where they do not fit, the words are as they are alone.
            let cut = align::cut(&sounds, &own).unwrap_or(own);
            for (i, sounds) in clause.iter().zip(cut) {
                if words[*i].ipa.is_none() && !words[*i].letter {
                    alone[*i] = sounds;
                }
            }
        }
        Ok(alone)
    }

    /// The answer to each of `lines`.
    fn ask(&self, lines: &[String]) -> Result<Vec<String>, Fault> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        #[cfg(feature = "espeak-phonemes")]
        if let Some(inside) = &self.inside {
            let read = |line: &String| {
                inside.read(line).map(|said| without_flags(&said.replace('\n', " ")))
            };
            return lines.iter().map(read).collect::<Result<_, _>>().map_err(Fault::Passing);
        }
        let answers = self.run(lines)?;
        if answers.len() == lines.len() {
            return Ok(answers);
        }
        // Some line had no answer, or more than one: ask for each by itself.
        let one = |line: &String| Ok(self.run(std::slice::from_ref(line))?.join(" "));
        lines.iter().map(one).collect()
    }

    /// The lines that the program says to `lines`.
    fn run(&self, lines: &[String]) -> Result<Vec<String>, Fault> {
        let mut command = Command::new(self.program);
        command.args(["-q", "--ipa", "-b", "1", "-v", &self.voice]);
        let input = lines.join("\n") + "\n";
        let said = run(&mut command, input.into_bytes(), LIMITS).map_err(|e| match e {
            RunError::Start { .. } => Fault::Program(format!(
                "{e}, and this voice's phonemes come from it; install espeak-ng"
            )),
            RunError::Failed { .. } => Fault::Program(e.to_string()),
            RunError::Time { .. } | RunError::Bytes { .. } | RunError::Read { .. } => {
                Fault::Passing(e.to_string())
            }
        })?;
        Ok(String::from_utf8_lossy(&said).lines().map(without_flags).collect())
    }
}

/// `line` without the marks of a change of language, `(en)`, and without hyphens, which stand where it joined
/// words.
fn without_flags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut inside = false;
    for c in line.trim().chars() {
        match c {
            '(' => inside = true,
            ')' => inside = false,
            '-' => {}
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The indices of the words between punctuation that ends a clause, no clause longer than a line may be.
fn clauses(words: &[Word]) -> Vec<Vec<usize>> {
    let mut clauses: Vec<Vec<usize>> = Vec::new();
    let mut length = 0;
    let mut open = false;
    for (i, word) in words.iter().enumerate() {
        let own = text(word).chars().count() + 1;
        if !open || length + own > LONGEST_LINE || punctuation(&word.before).next().is_some() {
            clauses.push(Vec::new());
            length = 0;
        }
        length += own;
        clauses.last_mut().expect("one was just opened").push(i);
        open = punctuation(&word.after).next().is_none();
    }
    clauses
}

/// What the program gets for `word`: of a letter, the letter alone.
fn text(word: &Word) -> String {
    if word.letter {
        return word.text.chars().find(|c| c.is_alphabetic()).into_iter().collect();
    }
    word.text
        .chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            '\u{2010}' | '\u{2011}' => '-',
            other => other,
        })
        .collect()
}

/// Refuses what is no word, so that nothing in a line is read as anything else.
fn check(word: &Word) -> Result<(), Unspeakable> {
    let part = |c: char| {
        c.is_alphabetic()
            || is_combining_mark(c)
            || matches!(
                c,
                '\'' | '’' | '‘' | '-' | '\u{2010}' | '\u{2011}' | '\u{200c}' | '\u{200d}'
            )
    };
    if let Some(c) = word.text.chars().find(|c| !part(*c)) {
        return Err(Unspeakable::new(
            word,
            format!("'{}' is not part of a word", c.escape_debug()),
        ));
    }
    if !word.text.chars().any(char::is_alphabetic) {
        return Err(Unspeakable::new(word, "no letters"));
    }
    if word.text.chars().count() > LONGEST_LINE {
        return Err(Unspeakable::new(word, "too long to be a word"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::contract::words;

    fn read(voice: &str, words: &[Word]) -> Result<Vec<String>, Fault> {
        Espeak::new(voice).expect("a voice").read(words)
    }

    #[test]
    fn words_are_read_in_context_and_told_apart() {
        if !crate::testing::has_espeak() {
            return;
        }
        let cases: [(&str, &str, &[&str]); 4] = [
            ("en-us", "the end of the world", &["ðɪ", "ˈɛnd", "ʌv", "ðə", "wˈɜːld"]),
            (
                "en-us",
                "I’m off, to a well-known place.",
                &["aɪm", "ˈɔf", "tʊ", "ɐ", "wˈɛlnˈoʊn", "plˈeɪs"],
            ),
            ("fr-fr", "les amis", &["lez", "amˈi"]),
            ("de", "Email von Anna", &["ˈiːmeɪl", "fɔn", "ˈanɑː"]),
        ];
        for (voice, text, expected) in cases {
            let got = read(voice, &words(text)).expect(text);
            assert_eq!(got.len(), expected.len(), "{text}: {got:?}");
            println!("{text}: {got:?}");
            if voice != "en-us" {
                continue;
            }
            assert_eq!(got, expected, "{text}");
        }
        let mut all = words("the N Os");
        all[1].letter = true;
        all[2].letter = true;
        assert_eq!(read("en-us", &all).expect("letters")[1..], ["ˈɛn", "ˈoʊz"]);
        all[2].ipa = Some("ˈɔː".into());
        assert_eq!(read("en-us", &all).expect("given")[2], "ˈɔː");
        assert_eq!(read("en-us", &[]), Ok(Vec::new()));
    }

    #[test]
    fn long_utterances_are_read_whole() {
        if !crate::testing::has_espeak() {
            return;
        }
        let text = "antidisestablishmentarianism ".repeat(300);
        let got = read("en-us", &words(&text)).expect("it reads");
        assert_eq!(got.len(), 300);
        assert!(got.iter().all(|sounds| sounds.chars().count() > 20), "{got:?}");
    }

    #[test]
    fn what_is_no_word_is_refused_before_it_is_read() {
        let long = "a".repeat(200);
        for (text, reason) in
            [("2", "'2'"), ("''", "no letters"), ("<b>", "'<'"), (long.as_str(), "too long")]
        {
            let Err(Fault::Word(fault)) = read("en-us", &words(text)) else { panic!("{text}") };
            assert!(fault.reason.contains(reason), "{}", fault.reason);
        }
        for voice in ["", "-w", "../x", "en us"] {
            assert!(Espeak::new(voice).is_err(), "{voice}");
        }
    }

    #[test]
    fn a_program_that_is_absent_or_fails_says_so() {
        let absent = Espeak {
            program: "no-such-espeak",
            voice: "en-us".into(),
            #[cfg(feature = "espeak-phonemes")]
            inside: None,
        };
        let fault = absent.read(&words("word")).expect_err("absent");
        assert!(
            matches!(&fault, Fault::Program(r) if r.contains("install espeak-ng")),
            "{fault:?}"
        );
        if crate::testing::has_espeak() && cfg!(not(feature = "espeak-phonemes")) {
            let fault = read("xx-nowhere", &words("word")).expect_err("no such voice");
            assert!(matches!(&fault, Fault::Program(r) if r.contains("failed")), "{fault:?}");
        }
    }

    #[test]
    fn marks_of_a_change_of_language_are_no_sounds() {
        assert_eq!(without_flags("vˈeː (en)ˈiːmeɪl(de) le-z "), "vˈeː ˈiːmeɪl lez");
    }
}
