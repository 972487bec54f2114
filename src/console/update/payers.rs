//! Keys on the payers.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        screen::{
            Screen,
            payer::PayerPage,
            payers::{MONTHS, PayersPage},
        },
        state::State,
    },
    desk::{error::DeskError, reply::Reply, request::Ask},
    model::month::Month,
    text::console::Say,
};

impl Keys for PayersPage {
    fn open(_: &State) -> Option<Self> {
        Some(Self::default())
    }

    fn reload(state: &mut State) {
        let ask = Ask::Forecast {
            month: None,
            payer: None,
            what_if: None,
        };
        state.ask(Purpose::Screen(Screen::Payers), ask);
        // Months that have ended change seldom, and cost more to read.
        let runs = Month::at(state.now);
        let known = state.page::<Self>().is_some_and(|it| it.has_history(runs));
        if !known {
            let months = MONTHS - 1;
            let ask = Ask::PayerHistory { months };
            state.ask(Purpose::Screen(Screen::Payers), ask);
        }
    }

    fn command(state: &mut State, command: Command) {
        let height = state.payers_height();
        let how = state.movement(command);
        let Some(page) = state.page_mut::<Self>() else {
            return;
        };
        if let Some(how) = how {
            page.place.go(how, page.shown.len(), height);
            return;
        }
        match (command, page.payer().map(|payer| payer.payer)) {
            (Command::Back, _) => state.pop(),
            (Command::Open, Some(payer)) => {
                let page = PayerPage::new(payer, state.serial);
                state.open_page(page);
            }
            (Command::Open, None) => state.refuse(Say::WhyPickPayer),
            _ => {}
        }
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.page::<Self>()?;
        let none = page.payer().is_none();
        (none && action == Action::Command(Command::Open)).then_some(Say::WhyPickPayer)
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let (height, own) = (state.payers_height(), state.settings.payers.clone());
        let Some(page) = state.find_page(|_: &Self| true) else {
            return Ok(());
        };
        match reply {
            Ok(Reply::Forecast(view)) if serial > page.applied => {
                page.applied = serial;
                page.take(view, &own, height);
            }
            Ok(Reply::Forecast(_)) => {}
            Ok(Reply::PayerHistory(history)) => page.history = Some(history),
            Ok(_) => return Err(unexpected()),
            Err(error) if page.view.is_none() => page.error = Some(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl State {
    fn payers_height(&self) -> usize {
        self.height(layout::payers_rows)
    }
}
