//! Keys on the board.

use std::sync::Arc;

use super::go::Keys;
use crate::{
    console::{
        action::{Action, Command},
        event::{Effect, Purpose},
        list::Move,
        menu::Menu,
        screen::{
            InPage as _,
            arrange::{Group, Lens},
            board::BoardPage,
            stay::{Pane, StayPage},
            views::View,
        },
        state::{Overlay, State},
    },
    desk::{reply::Board, request::Ask},
    model::ids::EpisodeId,
    text::console::{self, Say},
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
            Action::Command(Command::Mark) => row.is_none().then_some(Say::WhyNoRow),
            Action::Command(Command::Follow) => {
                let possible = row.is_some() || state.board.followed.is_some();
                (!possible).then_some(Say::WhyNoRow)
            }
            Action::Command(Command::Bulk) => state.why_no_bulk(),
            _ => None,
        }
    }
}

impl State {
    /// Asks for the rows that fit, and then for all of them.
    pub(super) fn first_board(&mut self) {
        let rows = self.board_height().max(1);
        let few = self.board.ask(Some(rows));
        self.board.few = self.ask(Purpose::Board, Ask::Board(few));
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
        if let Some(how) = self.movement(command) {
            let height = self.board_height();
            self.board.go(how, height);
            return;
        }
        let lens = self.lens();
        match command {
            Command::Open => self.open_selected(),
            Command::Accept => self.board.typing = false,
            Command::Back => self.board.clear(&lens),
            Command::Filter => self.board.typing = true,
            Command::Sort => self.overlay = Some(Overlay::Menu(Menu::sorts(self.board.sort))),
            Command::Undo => self.open_undo(),
            Command::Reverse => {
                self.board.reversed = !self.board.reversed;
                self.board.rearrange(&lens);
            }
            Command::ToggleNotReady => {
                self.board.all = !self.board.all;
                self.ask_other_rows();
            }
            Command::OnePayer if !self.board.toggle_payer(&lens) => self.refuse(Say::WhyNoPayer),
            edit if self.board.typing => self.board.edit_filter(edit, &lens),
            other => self.arrange_command(other, &lens),
        }
    }

    /// What changes how rows are shown, and marks.
    fn arrange_command(&mut self, command: Command, lens: &Lens) {
        match command {
            Command::Views => self.open_views(),
            Command::Group => {
                self.board.group = Group::after(self.board.group);
                self.board.rearrange(lens);
                self.say(Group::say(self.board.group).text(self.lang));
            }
            Command::Freeze => {
                let stays = self.board.toggle_frozen(lens);
                let say = if stays { Say::Frozen } else { Say::Thawed };
                self.say(say.text(self.lang));
            }
            Command::Follow => self.follow(),
            Command::Mark => {
                if self.board.toggle_mark() {
                    self.board.go(Move::Down(1), lens.height);
                } else {
                    self.refuse(Say::WhyNoRow);
                }
            }
            Command::MarkAll => self.board.toggle_all_marks(),
            Command::Bulk => self.begin_bulk(),
            _ => {}
        }
    }

    /// Follows the selected stay, or nobody any more.
    fn follow(&mut self) {
        let selected = self.board.selected().map(|row| row.line.episode.clone());
        if selected.is_none() && self.board.followed.is_none() {
            self.refuse(Say::WhyNoRow);
            return;
        }
        let same = selected == self.board.followed;
        self.board.followed = selected.filter(|_| !same);
        if self.board.followed.is_none() {
            self.say(Say::FollowsNobody.text(self.lang));
        }
    }

    /// Takes an answer: what is new in it sounds and is told.
    pub(super) fn take_rows(&mut self, board: Arc<Board>) {
        let lens = self.lens();
        let news = self.board.take(board, &lens);
        self.settle_board();
        if !news.ready.is_empty() {
            if self.settings.bell {
                self.effects.push(Effect::Bell);
            }
            if self.notice.is_none() {
                self.say(console::new_notices(&news.ready, self.lang));
            }
        }
        if let Some((episode, before, after)) = news.followed {
            self.say(console::followed_moved(&episode, before, after, self.lang));
        }
        self.recall();
    }

    /// Asks once where this user's console was left on this store.
    fn recall(&mut self) {
        let store = self.board.head().map(|head| head.store.clone());
        if let Some(store) = store.filter(|store| !store.is_empty() && self.store.is_empty()) {
            self.store.clone_from(&store);
            self.effects.push(Effect::Recall(store));
        }
    }

    pub(super) fn recalled(&mut self, since: Option<u64>) {
        self.since = since;
    }

    /// Keeps the selection in sight where the board's height changed, and a
    /// view that goes by the clock true.
    pub(super) fn settle_board(&mut self) {
        let height = self.board_height();
        if self.board.view() == Some(View::WithinDay) && self.board.frozen.is_none() {
            let lens = self.lens();
            self.board.rearrange(&lens);
        }
        let len = self.board.shown.len();
        self.board.place.keep(len, height);
    }

    fn open_selected(&mut self) {
        let episode = self.board.selected().map(|row| row.line.episode.clone());
        match episode {
            Some(episode) => {
                self.board.look();
                self.open_stay(episode, Pane::Events);
            }
            None => self.refuse(Say::WhyNoRow),
        }
    }

    pub(super) fn open_stay(&mut self, episode: EpisodeId, pane: Pane) {
        let page = StayPage::new(episode.clone(), pane);
        self.pages.push(page.into_page());
        self.ask_stay(episode);
    }
}
