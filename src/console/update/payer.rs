//! Keys on one payer: marks, and what they would change.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        list::Move,
        screen::{Screen, payer::PayerPage, stay::Pane},
        state::State,
    },
    desk::{error::DeskError, reply::Reply, request::Ask},
    ledger::forecast::Others,
    text::console::Say,
};

impl Keys for PayerPage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        let Some(page) = state.page::<Self>() else {
            return;
        };
        let ask = Ask::Forecast {
            month: None,
            payer: Some(page.payer),
            what_if: Some(page.what_if()),
        };
        state.ask(Purpose::Screen(Screen::Payer), ask);
    }

    fn command(state: &mut State, command: Command) {
        let height = state.payer_height();
        let how = state.movement(command);
        let Some(page) = state.page_mut::<Self>() else {
            return;
        };
        if let Some(how) = how {
            page.place.go(how, page.stays().len(), height);
            return;
        }
        match command {
            Command::Back => state.pop(),
            Command::Open => match page.stay().map(|stay| stay.episode.clone()) {
                Some(episode) => state.open_stay(episode, Pane::Events),
                None => state.refuse(Say::WhyNoRow),
            },
            Command::Mark | Command::MarkAll | Command::MarkSet | Command::Others => {
                match page.mark(command, height) {
                    Ok(()) => Self::reload(state),
                    Err(why) => state.refuse(why),
                }
            }
            _ => {}
        }
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.page::<Self>()?;
        match action {
            Action::Command(Command::Mark | Command::MarkAll | Command::Open)
                if page.stays().is_empty() =>
            {
                Some(Say::WhyNoRow)
            }
            Action::Command(Command::MarkSet) => page.smallest().err(),
            _ => None,
        }
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let height = state.payer_height();
        // An answer from before this payer was opened is another one's.
        let Some(page) = state.find_page(|page: &Self| page.applied < serial) else {
            return Ok(());
        };
        match reply {
            Ok(Reply::Forecast(view)) => {
                page.applied = serial;
                page.take(view, height);
            }
            Ok(_) => return Err(unexpected()),
            Err(error) if page.view.is_none() => page.error = Some(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl PayerPage {
    /// Changes who is supposed to go home today.
    fn mark(&mut self, command: Command, height: usize) -> Result<(), Say> {
        match command {
            Command::Others => {
                self.others = match self.others {
                    Others::Planned => Others::Stay,
                    Others::Stay => Others::Planned,
                };
            }
            Command::MarkSet => self.marks = self.smallest()?,
            Command::MarkAll => {
                let all: Vec<_> = self.stays().iter().map(|it| it.episode.clone()).collect();
                if all.is_empty() {
                    return Err(Say::WhyNoRow);
                }
                let whole = self.marks.len() == all.len();
                self.marks.clear();
                self.marks.extend(all.into_iter().filter(|_| !whole));
            }
            _ => {
                let stay = self.stay().ok_or(Say::WhyNoRow)?.episode.clone();
                if !self.marks.remove(&stay) {
                    self.marks.insert(stay);
                }
                self.place.go(Move::Down(1), self.stays().len(), height);
            }
        }
        Ok(())
    }
}

impl State {
    fn payer_height(&self) -> usize {
        let averages = self
            .page::<PayerPage>()
            .map_or(0, |page| page.averages().count());
        self.height(|body| layout::payer_rows(body, averages))
    }
}
