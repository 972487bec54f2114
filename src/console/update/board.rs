//! Keys on the board.

use super::movement;
use crate::{
    console::{
        action::Command,
        event::Purpose,
        menu::Menu,
        screen::{
            close::ClosePage,
            stay::{Pane, StayPage},
        },
        state::{Overlay, Page, State},
    },
    desk::request::Ask,
    model::{ids::EpisodeId, month::Month},
    text::console::Say,
};

impl State {
    /// Asks for the rows that fit, and then for all of them.
    pub(super) fn first_board(&mut self) {
        let rows = self.board_height().max(1);
        let few = self.board.ask(Some(rows));
        self.ask(Purpose::Board, Ask::Board(few));
        let all = self.board.ask(None);
        let serial = self.ask(Purpose::Board, Ask::Board(all));
        self.board.awaited = Some(serial);
    }

    /// Asks for the board anew, once at a time: what changes while an answer
    /// is awaited is asked for after it.
    pub(super) fn reload_board(&mut self) {
        if self.board.awaited.is_some() {
            self.board.again = true;
            return;
        }
        let all = self.board.ask(None);
        let serial = self.ask(Purpose::Board, Ask::Board(all));
        self.board.awaited = Some(serial);
    }

    pub(super) fn board_command(&mut self, command: Command) {
        let height = self.board_height();
        if let Some(how) = movement(command) {
            self.board.go(how, height);
            return;
        }
        match command {
            Command::Open => self.open_selected(),
            Command::Accept => self.board.typing = false,
            Command::Back => {
                self.board.clear_filter(self.lang, height);
            }
            Command::Filter => self.board.typing = true,
            Command::Sort => self.overlay = Some(Overlay::Menu(Menu::sorts(self.board.sort))),
            Command::Reverse => {
                self.board.reversed = !self.board.reversed;
                self.board.rearrange(self.lang, height);
            }
            Command::ToggleNotReady => {
                self.board.all = !self.board.all;
                self.reload_board();
            }
            Command::OnePayer => self.toggle_payer(height),
            Command::MonthClose => self.open_close(),
            edit if self.board.typing => self.board.edit_filter(edit, self.lang, height),
            _ => {}
        }
    }

    fn toggle_payer(&mut self, height: usize) {
        if !self.board.toggle_payer(self.lang, height) {
            self.refuse(Say::WhyNoPayer);
        }
    }

    fn open_selected(&mut self) {
        let episode = self.board.selected().map(|row| row.line.episode.clone());
        if let Some(episode) = episode {
            self.open_stay(episode, Pane::Events);
        }
    }

    pub(super) fn open_stay(&mut self, episode: EpisodeId, pane: Pane) {
        let page = StayPage::new(episode.clone(), pane);
        self.pages.push(Page::Stay(Box::new(page)));
        self.ask_stay(episode);
    }

    /// Opens the month close; the month before this one tells which is the
    /// earliest open.
    fn open_close(&mut self) {
        let month = Month::at(self.now).previous();
        self.pages
            .push(Page::Close(Box::new(ClosePage::new(month))));
        self.ask_close(month);
    }
}
