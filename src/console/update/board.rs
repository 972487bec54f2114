//! Keys on the board.

use super::go::Keys;
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        list::Place,
        menu::Menu,
        screen::{
            InPage as _, Screen,
            board::BoardPage,
            sort::Sort,
            stay::{Pane, StayPage},
        },
        state::{Overlay, State},
    },
    desk::request::Ask,
    model::ids::EpisodeId,
    text::console::Say,
};

impl Keys for BoardPage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        state.reload_board();
    }

    fn command(state: &mut State, command: Command) {
        state.board_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let row = state.board.selected();
        match action {
            Action::Command(Command::Undo) => state.why_not_undo(),
            Action::Command(Command::Open) => row.is_none().then_some(Say::WhyNoRow),
            Action::Command(Command::OnePayer) => {
                let payer = row.and_then(|row| row.line.payer);
                let possible = state.board.payer.is_some() || payer.is_some();
                (!possible).then_some(Say::WhyNoPayer)
            }
            _ => None,
        }
    }
}

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

    fn board_command(&mut self, command: Command) {
        let height = self.board_height();
        if let Some(how) = self.movement(command) {
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
            Command::Undo => self.open_undo(),
            Command::Reverse => {
                self.board.reversed = !self.board.reversed;
                self.board.rearrange(self.lang, height);
            }
            Command::ToggleNotReady => {
                self.board.all = !self.board.all;
                self.reload_board();
            }
            Command::OnePayer => self.toggle_payer(height),
            edit if self.board.typing => self.board.edit_filter(edit, self.lang, height),
            _ => {}
        }
    }

    /// Shows a view that the user saved.
    pub(super) fn show_view(&mut self, index: usize) {
        let Some(view) = self.settings.views.get(index).cloned() else {
            return;
        };
        self.go(Screen::Board);
        self.board.filter = view.filter.into();
        self.board.sort = view
            .sort
            .as_deref()
            .and_then(Sort::from_name)
            .unwrap_or_default();
        self.board.reversed = false;
        self.board.payer = view.payer;
        self.board.place = Place::default();
        let height = self.board_height();
        self.board.rearrange(self.lang, height);
        if self.board.all != view.all {
            self.board.all = view.all;
            self.reload_board();
        }
        self.say(view.name);
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
        self.pages.push(page.into_page());
        self.ask_stay(episode);
    }
}
