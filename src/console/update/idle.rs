//! Keys while patients' data is hidden.

use crossterm::event::KeyCode;

use crate::{
    console::{
        action::{Action, Command, Context, Layer},
        keymap::Found,
        screen::{Page, stay::StayPage},
        state::State,
    },
    model::time::Instant,
    settings::keymap::Key,
};

impl State {
    /// Hides patients' data if nobody was here for long. What was typed is
    /// kept; a protected identity that was shown is not: showing it again is
    /// to be recorded again.
    pub(super) fn watch_idle(&mut self, now: Instant) {
        if !self.idle.watch(now) {
            return;
        }
        self.pending.clear();
        self.count = None;
        let pages = self.pages.iter_mut().chain(&mut self.shelf);
        for page in pages {
            if let Some(stay) = stay_of(page) {
                stay.revealed = None;
            }
        }
    }

    /// Only what opens, ends or repaints does anything.
    pub(super) fn locked_key(&mut self, key: Key, now: Instant) {
        let here = Context::Over(Layer::Locked);
        match self.keymap.find(here, &[key]) {
            Found::Run(Action::Command(command @ (Command::Quit | Command::Redraw))) => {
                self.run(Action::Command(command));
            }
            Found::Run(Action::Command(Command::Accept)) => self.unlock(now),
            // Even if a user's file took every key away.
            _ if key.code == KeyCode::Enter => self.unlock(now),
            _ => {}
        }
    }

    /// An action while patients' data is hidden.
    pub(super) fn locked_action(&mut self, action: Action, now: Instant) {
        match action {
            Action::Command(Command::Accept) => self.unlock(now),
            Action::Command(Command::Quit) => self.run(action),
            _ => {}
        }
    }

    fn unlock(&mut self, now: Instant) {
        self.idle.locked = false;
        self.idle.touch(now);
        self.notice = None;
        self.tick();
    }
}

fn stay_of(page: &mut Page) -> Option<&mut StayPage> {
    crate::console::screen::InPage::of_mut(page)
}
