//! Keys on the duties.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        screen::{
            Screen,
            duties::{DAYS, DutiesPage},
            stay::Pane,
        },
        state::State,
    },
    desk::{
        error::DeskError,
        reply::Reply,
        request::{Ask, DutiesAsk},
    },
    text::console::Say,
};

impl Keys for DutiesPage {
    /// Those who said what is theirs see that first.
    fn open(state: &State) -> Option<Self> {
        Some(Self {
            own: has_own(state),
            ..Self::default()
        })
    }

    fn reload(state: &mut State) {
        let ask = DutiesAsk {
            payer: None,
            days: DAYS,
        };
        state.ask(Purpose::Screen(Screen::Duties), Ask::Duties(ask));
    }

    fn command(state: &mut State, command: Command) {
        state.duties_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.page::<Self>()?;
        match action {
            Action::Command(Command::Open) => {
                page.episode().is_none().then_some(Say::WhyNoStayOnLine)
            }
            Action::Command(Command::Own) => (!has_own(state)).then_some(Say::WhyNoOwn),
            _ => None,
        }
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let (settings, height) = (state.settings.clone(), state.duties_height());
        let Some(page) = state.find_page(|page: &Self| page.applied < serial) else {
            return Ok(());
        };
        page.applied = serial;
        match reply {
            Ok(Reply::Duties(view)) => page.take(view, &settings, height),
            Ok(_) => return Err(unexpected()),
            Err(error) if page.view.is_some() => return Err(error),
            Err(error) => page.error = Some(error),
        }
        Ok(())
    }
}

/// Whether the user said which payers or wards are theirs.
fn has_own(state: &State) -> bool {
    !state.settings.payers.is_empty() || !state.settings.wards.is_empty()
}

impl State {
    fn duties_height(&self) -> usize {
        self.height(layout::list_rows)
    }

    fn duties_command(&mut self, command: Command) {
        let (height, how) = (self.duties_height(), self.movement(command));
        let own = has_own(self);
        let settings = self.settings.clone();
        let Some(page) = self.page_mut::<DutiesPage>() else {
            return;
        };
        if let Some(how) = how {
            page.go(how, height);
            return;
        }
        match command {
            Command::Back => self.pop(),
            Command::Own if own => page.toggle_own(&settings, height),
            Command::Own => self.refuse(Say::WhyNoOwn),
            Command::Open => match page.episode().cloned() {
                Some(episode) => self.open_stay(episode, Pane::Duties),
                None => self.refuse(Say::WhyNoStayOnLine),
            },
            _ => {}
        }
    }
}
