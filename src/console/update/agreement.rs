//! Keys on one agreement.

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        layout,
        list::Move,
        screen::{Screen, agreement::AgreementPage},
        state::State,
        view,
    },
    desk::{error::DeskError, reply::Reply, request::Ask},
    model::time,
    text::console::Say,
};

impl Keys for AgreementPage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        if let Some(page) = state.page::<Self>() {
            let id = page.id.clone();
            state.ask(Purpose::Screen(Screen::Agreement), Ask::Agreement { id });
        }
    }

    fn command(state: &mut State, command: Command) {
        state.agreement_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        match action {
            Action::Command(command) => state.why_no_decision(command),
            _ => None,
        }
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let today = time::local_date(state.now);
        let Some(page) = state.find_page(|page: &Self| page.applied < serial) else {
            return Ok(());
        };
        page.applied = serial;
        match reply {
            Ok(Reply::Agreement(text)) if text.view.id.as_str() == page.id => {
                page.take(text, today)
            }
            // Of one that was looked at before.
            Ok(Reply::Agreement(_)) => Ok(()),
            Ok(_) => Err(unexpected()),
            Err(error) => {
                page.error = Some(error);
                Ok(())
            }
        }
    }
}

impl State {
    fn agreement_command(&mut self, command: Command) {
        let area = self.frame().map(|frame| layout::agreement(frame.body).1);
        let (Some(area), lang) = (area, self.lang) else {
            return;
        };
        let how = self.movement(command);
        let Some(page) = self.page_mut::<AgreementPage>() else {
            return;
        };
        let lines = || view::rule_lines(page, lang, area.width);
        let height = area.height as usize;
        match command {
            Command::Back => self.pop(),
            Command::NextPane | Command::PreviousPane => {
                let lines = lines();
                let top = page.place.top;
                let heads = view::headings(&lines);
                let to = if command == Command::NextPane {
                    heads.into_iter().find(|line| *line > top)
                } else {
                    heads.into_iter().rev().find(|line| *line < top)
                };
                if let Some(to) = to {
                    page.place.scroll(Move::To(to), lines.len(), height);
                }
            }
            decision => match how {
                Some(how) => {
                    let len = lines().len();
                    page.place.scroll(how, len, height);
                }
                None => self.decide(decision),
            },
        }
    }
}
