//! Keys on the log, and the entries that come in.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        screen::{Screen, log::LogPage, stay::Pane},
        state::State,
    },
    desk::{error::DeskError, reply::Reply, request::Ask},
    text::console::Say,
};

const ENTRIES: Purpose = Purpose::Screen(Screen::Log);

impl Keys for LogPage {
    fn open(_: &State) -> Option<Self> {
        Some(Self::default())
    }

    fn reload(state: &mut State) {
        let serial = state.ask(ENTRIES, Ask::Log(Self::ask_newest()));
        if let Some(page) = state.page_mut::<Self>() {
            page.newest = Some(serial);
        }
    }

    fn command(state: &mut State, command: Command) {
        state.log_command(command);
        state.ask_older();
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.page::<Self>()?;
        let opens = action == Action::Command(Command::Open);
        (opens && page.episode().is_none()).then_some(Say::WhyNoStayOnLine)
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let (lang, height) = (state.lang, state.log_height());
        let Some(page) = state.find_page(|_: &Self| true) else {
            return Ok(());
        };
        let newest = page.newest == Some(serial);
        let older = page.older == Some(serial);
        if newest {
            page.newest = None;
        }
        if older {
            page.older = None;
        }
        match reply {
            Ok(Reply::Log(view)) if newest => page.take_newest(*view, lang, height),
            Ok(Reply::Log(view)) if older => page.take_older(*view, lang, height),
            // An answer to a question that nobody asks any more.
            Ok(Reply::Log(_)) => {}
            Ok(_) => return Err(unexpected()),
            Err(error) if page.read => return Err(error),
            Err(error) => page.error = Some(error),
        }
        state.ask_older();
        Ok(())
    }
}

impl State {
    fn log_height(&self) -> usize {
        self.height(layout::list_rows)
    }

    fn log_command(&mut self, command: Command) {
        let (lang, height, how) = (self.lang, self.log_height(), self.movement(command));
        let Some(page) = self.page_mut::<LogPage>() else {
            return;
        };
        if let Some(how) = how {
            page.be_patient();
            page.place.go(how, page.shown.len(), height);
            return;
        }
        match command {
            Command::Filter => page.typing = true,
            Command::Accept => page.typing = false,
            Command::Back => {
                let had = page.clear_filter(lang, height);
                if !had {
                    self.pop();
                }
            }
            Command::Open => match page.episode().cloned() {
                Some(episode) => self.open_stay(episode, Pane::Events),
                None => self.refuse(Say::WhyNoStayOnLine),
            },
            edit if page.typing => page.edit_filter(edit, lang, height),
            _ => {}
        }
    }

    pub(super) fn write_log_filter(&mut self, text: &str) {
        let (lang, height) = (self.lang, self.log_height());
        if let Some(page) = self.page_mut::<LogPage>() {
            page.write_filter(text, lang, height);
        }
        self.ask_older();
    }

    /// Asks for older entries where the end of those read is in sight.
    fn ask_older(&mut self) {
        let height = self.log_height();
        let Some(ask) = self
            .page::<LogPage>()
            .and_then(|page| page.ask_older(height))
        else {
            return;
        };
        let serial = self.ask(ENTRIES, Ask::Log(ask));
        if let Some(page) = self.page_mut::<LogPage>() {
            page.older = Some(serial);
        }
    }
}
