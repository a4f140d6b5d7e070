//! The listener's keyboard.

use std::{io, time::Duration};

use crossterm::{
    event::{self, Event, KeyCode, KeyEventKind, KeyModifiers},
    terminal,
};

use super::player::Wish;

/// A terminal that gives its keys one by one; it is as before when this is dropped.
pub(super) struct Keys(());

impl Keys {
    /// The keys of this process's terminal; `None` when it has none.
    pub(super) fn open() -> Option<Self> {
        if !io::IsTerminal::is_terminal(&io::stderr()) {
            return None;
        }
        terminal::enable_raw_mode().ok().map(|()| Self(()))
    }

    /// What the listener wishes within `wait`.
    pub(super) fn wish(&self, wait: Duration) -> io::Result<Option<Wish>> {
        let Self(()) = self;
        if !event::poll(wait)? {
            return Ok(None);
        }
        let Event::Key(key) = event::read()? else { return Ok(None) };
        if key.kind == KeyEventKind::Release {
            return Ok(None);
        }
        Ok(meaning(key.code, key.modifiers))
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        // There is nobody to tell.
        let _ = terminal::disable_raw_mode();
    }
}

fn meaning(code: KeyCode, modifiers: KeyModifiers) -> Option<Wish> {
    match code {
        // A raw terminal makes no signals of them.
        KeyCode::Char('c' | 'd') if modifiers.contains(KeyModifiers::CONTROL) => Some(Wish::Stop),
        KeyCode::Char('q') | KeyCode::Esc => Some(Wish::Stop),
        KeyCode::Char(' ' | 'p') => Some(Wish::Pause),
        KeyCode::Right | KeyCode::Down | KeyCode::Char('n') => Some(Wish::Next),
        KeyCode::Left | KeyCode::Up | KeyCode::Char('b') => Some(Wish::Previous),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_guide_says() {
        let plain = |code| meaning(code, KeyModifiers::NONE);
        assert_eq!(plain(KeyCode::Char(' ')), Some(Wish::Pause));
        assert_eq!(plain(KeyCode::Char('q')), Some(Wish::Stop));
        assert_eq!(plain(KeyCode::Right), Some(Wish::Next));
        assert_eq!(plain(KeyCode::Left), Some(Wish::Previous));
        assert_eq!(plain(KeyCode::Char('c')), None);
        assert_eq!(meaning(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Wish::Stop));
    }
}
