//! From screen to screen, and what is asked of whichever is in front.

use super::reply::unexpected;
use crate::{
    console::{
        action::{Action, Command},
        screen::{
            self, InPage, Level, Page, Screen, board::BoardPage, close::ClosePage, each_screen,
        },
        state::State,
    },
    desk::{error::DeskError, reply::Reply},
    text::console::Say,
};

/// What keys and answers do on a screen: implemented in `update/<screen>.rs`
/// for the screen's state. Where a screen is needed, it is in front.
pub(super) trait Keys: Sized {
    /// The screen as it is first opened; none where a line of another screen
    /// must say of what ([`Level::Inner`]).
    fn open(state: &State) -> Option<Self>;

    /// Asks for what the screen shows.
    fn reload(state: &mut State);

    /// Does what a key says; moving in lists included.
    fn command(state: &mut State, command: Command);

    /// Why an action cannot be done now; the palette and the key say it.
    fn why_not(state: &State, action: Action) -> Option<Say>;

    /// Takes the answer to a question asked for `Purpose::Screen`; the
    /// screen may be behind another one, or gone.
    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let _ = (state, serial);
        Err(reply.err().unwrap_or_else(unexpected))
    }
}

macro_rules! dispatch {
    ($($name:ident($file:ident::$state:ident) = $text:literal, $level:ident;)*) => {
        impl State {
            pub(super) fn screen_command(&mut self, command: Command) {
                match self.screen() {
                    Screen::Board => BoardPage::command(self, command),
                    $(Screen::$name => screen::$file::$state::command(self, command),)*
                }
            }

            /// Reads the screen in front anew.
            pub(super) fn reload_front(&mut self) {
                match self.screen() {
                    Screen::Board => BoardPage::reload(self),
                    $(Screen::$name => screen::$file::$state::reload(self),)*
                }
            }

            /// Why an action cannot be done now, on the screen in front.
            #[must_use]
            pub fn why_not(&self, action: Action) -> Option<Say> {
                if let Some(why) = self.never(action) {
                    return Some(why);
                }
                if let Action::Record(kind) = action && self.screen() != Screen::Stay {
                    return self.why_not_record_selected(kind);
                }
                match self.screen() {
                    Screen::Board => BoardPage::why_not(self, action),
                    $(Screen::$name => screen::$file::$state::why_not(self, action),)*
                }
            }

            pub(super) fn screen_answered(
                &mut self,
                screen: Screen,
                serial: u64,
                reply: Result<Reply, DeskError>,
            ) -> Result<(), DeskError> {
                match screen {
                    Screen::Board => BoardPage::answered(self, serial, reply),
                    $(Screen::$name => screen::$file::$state::answered(self, serial, reply),)*
                }
            }

            fn new_page(&self, screen: Screen) -> Option<Page> {
                match screen {
                    Screen::Board => None,
                    $(Screen::$name => {
                        screen::$file::$state::open(self).map(|page| page.into_page())
                    })*
                }
            }
        }
    };
}
each_screen!(dispatch);

impl State {
    /// Goes to a screen from anywhere. What is in front is left as it is, to
    /// be found again; stays that were opened on the way are closed.
    pub(super) fn go(&mut self, screen: Screen) {
        if self.screen() == screen {
            return;
        }
        self.board.typing = false;
        let leaves = self.pages.drain(..);
        let top = leaves.filter(|page| page.screen().level() == Level::Top);
        self.shelf.extend(top);
        // A month that is left is looked at anew when it is come back to.
        for page in self.shelf.iter_mut().filter_map(ClosePage::of_mut) {
            page.looking = false;
        }
        let kept = self.shelf.iter().position(|page| page.screen() == screen);
        let page = match kept {
            Some(at) => Some(self.shelf.swap_remove(at)),
            None => self.new_page(screen),
        };
        self.pages.extend(page);
        self.reload_page();
    }

    /// Opens a screen from a line of the one in front.
    pub(super) fn open_page(&mut self, page: impl InPage) {
        self.pages.push(page.into_page());
        self.reload_page();
    }

    /// Leaves the screen in front.
    pub(super) fn pop(&mut self) {
        self.pages.pop();
        self.reload_page();
    }

    pub(super) fn reload(&mut self) {
        self.reload_board();
        self.reload_page();
    }

    pub(super) fn reload_page(&mut self) {
        // The board is kept up to date behind every screen.
        if !self.pages.is_empty() {
            self.reload_front();
        }
    }

    /// Why an action can be done on no screen just now.
    fn never(&self, action: Action) -> Option<Say> {
        match action {
            Action::Record(_) if self.is_read_only() => Some(Say::ReadOnly),
            Action::Command(Command::Copy) if !self.settings.copy_osc52 => Some(Say::WhyNoCopy),
            _ => None,
        }
    }
}
