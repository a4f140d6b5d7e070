//! Goes through sentences with a speech that only begins and stops, and with what the listener wishes.

use std::{io, time::Duration};

use anyhow::bail;

use crate::model::{Prosody, Segment};

/// How often the speech and the listener are asked.
pub(super) const TICK: Duration = Duration::from_millis(50);
/// The longest that a sentence may take: this, and so much for each word. Beyond, the speech is gone.
const LIMIT: Duration = Duration::from_secs(30);
const LIMIT_PER_WORD: Duration = Duration::from_secs(3);

/// What is said at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence {
    /// As words.
    pub(super) spoken: String,
    /// As written.
    pub(super) shown: String,
    pub(super) prosody: Prosody,
    words: u32,
    /// Silence after it.
    pause: Duration,
}

impl Sentence {
    /// What is said of `segment`; `None` if that is nothing.
    pub(super) fn new(segment: &Segment) -> Option<Self> {
        if segment.spoken.is_empty() {
            return None;
        }
        let plain = |text: &str| text.split(char::is_control).collect::<Vec<_>>().join(" ");
        let spoken = plain(&segment.spoken_text());
        let shown = plain(&segment.text);
        Some(Self {
            // What aloud adds is not written anywhere.
            shown: if shown.trim().is_empty() { spoken.clone() } else { shown },
            spoken,
            prosody: segment.prosody,
            words: u32::try_from(segment.spoken.len()).unwrap_or(u32::MAX),
            pause: Duration::from_millis(segment.pause_after_ms.into()),
        })
    }
}

/// A voice that is heard at once.
pub(super) trait Speech {
    /// Begins to say a sentence.
    fn begin(&mut self, sentence: &Sentence) -> anyhow::Result<()>;
    /// Says no more.
    fn stop(&mut self) -> anyhow::Result<()>;
    /// Whether what was begun last is over.
    fn is_over(&mut self) -> anyhow::Result<bool>;
}

/// What a listener may want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Silence; and to go on after that.
    Pause,
    Stop,
    Next,
    Previous,
}

/// Asks the listener, for as long as it says.
pub(super) type Wishes<'a> = dyn FnMut(Duration) -> anyhow::Result<Option<Wish>> + 'a;

/// Says `sentences`, telling `begun` of each. A sentence that was paused is said again from its beginning, for no
/// system's speech can be told to go on from the middle. Returns whether it came to the end.
///
/// # Errors
/// What the speech says, or that it does not come to an end.
pub(super) fn play(
    sentences: &[Sentence],
    speech: &mut dyn Speech,
    wishes: &mut Wishes<'_>,
    begun: &mut dyn FnMut(&Sentence) -> io::Result<()>,
) -> anyhow::Result<bool> {
    let mut at = 0;
    while let Some(sentence) = sentences.get(at) {
        begun(sentence)?;
        match hear(sentence, speech, wishes)? {
            Wish::Stop => return Ok(false),
            Wish::Previous => at = at.saturating_sub(1),
            Wish::Next | Wish::Pause => at += 1,
        }
    }
    Ok(true)
}

/// Says one sentence and waits for its end, and the pause after it. Returns where to go.
fn hear(
    sentence: &Sentence,
    speech: &mut dyn Speech,
    wishes: &mut Wishes<'_>,
) -> anyhow::Result<Wish> {
    let limit = LIMIT + LIMIT_PER_WORD * sentence.words;
    let (mut waited, mut pause) = (Duration::ZERO, sentence.pause);
    let (mut over, mut paused) = (false, false);
    speech.begin(sentence)?;
    loop {
        over = over || (!paused && speech.is_over()?);
        if over && pause.is_zero() && !paused {
            return Ok(Wish::Next);
        }
        match wishes(TICK)? {
            None if paused => {}
            None if over => pause = pause.saturating_sub(TICK),
            None => {
                waited += TICK;
                if waited > limit {
                    bail!(
                        "the system's speech did not come to the end of a sentence within {} s",
                        limit.as_secs()
                    );
                }
            }
            Some(Wish::Pause) => {
                paused = !paused;
                waited = Duration::ZERO;
                match paused {
                    _ if over => {}
                    true => speech.stop()?,
                    false => speech.begin(sentence)?,
                }
            }
            Some(wish) => {
                if !over && !paused {
                    speech.stop()?;
                }
                return Ok(wish);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes two ticks for a sentence, and notes what it is told.
    #[derive(Default)]
    struct Noted {
        log: Vec<String>,
        asked: usize,
        deaf: bool,
    }

    impl Speech for Noted {
        fn begin(&mut self, sentence: &Sentence) -> anyhow::Result<()> {
            self.asked = 0;
            self.log.push(sentence.spoken.clone());
            Ok(())
        }

        fn stop(&mut self) -> anyhow::Result<()> {
            self.log.push("stop".into());
            Ok(())
        }

        fn is_over(&mut self) -> anyhow::Result<bool> {
            self.asked += 1;
            Ok(!self.deaf && self.asked > 2)
        }
    }

    fn sentences(pause: Duration) -> Vec<Sentence> {
        let sentence = |name: &&str| Sentence {
            spoken: (*name).into(),
            shown: (*name).into(),
            prosody: Prosody::default(),
            words: 1,
            pause,
        };
        ["a", "b", "c"].iter().map(sentence).collect()
    }

    /// What the speech is told when the listener wishes this, one after each tick.
    fn told(wishes: &[Option<Wish>], pause: Duration) -> (String, bool) {
        let mut left = wishes.iter().copied();
        let mut speech = Noted::default();
        let mut wish = |_| Ok(left.next().flatten());
        let whole = play(&sentences(pause), &mut speech, &mut wish, &mut |_| Ok(())).unwrap();
        (speech.log.join(" "), whole)
    }

    #[test]
    fn sentences_are_said_in_order_and_wishes_are_heeded() {
        use Wish::{Next, Pause, Previous, Stop};
        let none = Duration::ZERO;
        assert_eq!(told(&[], none), ("a b c".into(), true));
        assert_eq!(told(&[Some(Stop)], none), ("a stop".into(), false));
        assert_eq!(told(&[Some(Next)], none), ("a stop b c".into(), true));
        // At the very beginning there is no sentence before.
        assert_eq!(told(&[Some(Previous)], none), ("a stop a b c".into(), true));
        // Two ticks each: the third is within the second sentence.
        let back = [None, None, Some(Previous)];
        assert_eq!(told(&back, none), ("a b stop a b c".into(), true));
        let paused = [Some(Pause), None, None, None, Some(Pause)];
        assert_eq!(told(&paused, none), ("a stop a b c".into(), true));
        assert_eq!(told(&[Some(Pause), Some(Stop)], none), ("a stop".into(), false));
        assert_eq!(told(&[Some(Pause), Some(Next)], none), ("a stop b c".into(), true));
    }

    #[test]
    fn in_the_silence_after_a_sentence_there_is_nothing_to_stop() {
        let pause = TICK * 3;
        let in_silence = [None, None, None, Some(Wish::Pause), None, Some(Wish::Pause)];
        assert_eq!(told(&in_silence, pause), ("a b c".into(), true));
        assert_eq!(told(&[None, None, None, Some(Wish::Stop)], pause), ("a".into(), false));
    }

    #[test]
    fn a_speech_that_never_ends_is_given_up() {
        let mut speech = Noted { deaf: true, ..Noted::default() };
        let error =
            play(&sentences(TICK), &mut speech, &mut |_| Ok(None), &mut |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("within 33 s"), "{error}");
    }
}
