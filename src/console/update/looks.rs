//! How it looks and in which language, and what is copied as it looks.

use crate::{
    console::{event::Effect, state::State, view},
    settings::preferences::Theme,
    text::{
        Lang,
        console::{self, Say},
    },
};

impl State {
    pub(super) fn switch_language(&mut self) {
        self.lang = match self.lang {
            Lang::Sv => Lang::En,
            _ => Lang::Sv,
        };
        let lens = self.lens();
        self.board.relabel(&lens);
    }

    /// Says how much of names is shown: on some screens there are none.
    pub(super) fn switch_names(&mut self) {
        self.names = self.names.next();
        let lens = self.lens();
        self.board.relabel(&lens);
        self.say(self.names.say().text(self.lang));
    }

    /// Says which theme it is: without colours two may look the same.
    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.look.theme = theme;
        self.say(console::theme(theme, self.lang));
    }

    /// Copies the selected line as it is shown: masked where it is masked.
    pub(super) fn copy(&mut self) {
        if !self.settings.copy_osc52 {
            self.refuse(Say::WhyNoCopy);
            return;
        }
        match view::selected_line(self) {
            Some(line) => {
                self.effects.push(Effect::Copy(line));
                self.say(Say::Copied.text(self.lang));
            }
            None => self.refuse(Say::WhyNothingSelected),
        }
    }
}
