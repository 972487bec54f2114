//! Keys on the list of agreements and rates, and the forms of decisions.

use ratatui::layout::Rect;

use super::{go::Keys, reply::unexpected};
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        form::Form,
        layout,
        screen::{
            InPage as _, Screen,
            agreement::AgreementPage,
            agreements::{AgreementsPage, Part, can_resume, can_set_date, chosen},
        },
        state::{Overlay, State},
    },
    desk::{
        error::DeskError,
        reply::{AgreementView, Reply},
        request::Ask,
    },
    text::console::Say,
};

impl Keys for AgreementsPage {
    fn open(_: &State) -> Option<Self> {
        Some(Self::default())
    }

    fn reload(state: &mut State) {
        for ask in [Ask::Agreements, Ask::Rates] {
            state.ask(Purpose::Screen(Screen::Agreements), ask);
        }
    }

    fn command(state: &mut State, command: Command) {
        state.agreements_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let Action::Command(command) = action else {
            return None;
        };
        if command == Command::Open {
            return chosen(state.page::<Self>()?.agreement()).err();
        }
        state.why_no_decision(command)
    }

    fn answered(
        state: &mut State,
        serial: u64,
        reply: Result<Reply, DeskError>,
    ) -> Result<(), DeskError> {
        let body = state.frame().map_or(Rect::ZERO, |frame| frame.body);
        let Some(page) = state.find_page(|_: &Self| true) else {
            return Ok(());
        };
        match reply {
            Ok(Reply::Agreements(_)) if serial <= page.applied[0] => {}
            Ok(Reply::Rates(_)) if serial <= page.applied[1] => {}
            Ok(Reply::Agreements(list)) => {
                page.applied[0] = serial;
                page.take_agreements(list);
            }
            Ok(Reply::Rates(rates)) => {
                page.applied[1] = serial;
                page.take_rates(rates, body);
            }
            Ok(_) => return Err(unexpected()),
            Err(error) => page.error = Some(error),
        }
        Ok(())
    }
}

impl State {
    fn agreements_command(&mut self, command: Command) {
        let body = self.frame().map_or(Rect::ZERO, |frame| frame.body);
        let how = self.movement(command);
        let Some(page) = self.page_mut::<AgreementsPage>() else {
            return;
        };
        if let Some(how) = how {
            let areas = layout::agreements(body, page.lines());
            let area = match page.part {
                Part::Agreements => areas.agreements,
                Part::Rates => areas.rates,
            };
            let len = page.len();
            page.places[page.part as usize].go(how, len, area.height as usize);
            return;
        }
        match command {
            Command::Back => self.pop(),
            Command::NextPane | Command::PreviousPane => {
                page.part = match page.part {
                    Part::Agreements => Part::Rates,
                    Part::Rates => Part::Agreements,
                };
            }
            Command::Open => self.open_agreement(),
            decision => self.decide(decision),
        }
    }

    fn open_agreement(&mut self) {
        let page = self.page::<AgreementsPage>();
        match chosen(page.and_then(AgreementsPage::agreement)) {
            Ok(view) => {
                let page = AgreementPage::new(view.id.to_string());
                self.pages.push(page.into_page());
                self.reload_page();
            }
            Err(why) => self.refuse(why),
        }
    }

    /// The agreement that a decision would be about.
    fn agreement_in_front(&self) -> Option<&AgreementView> {
        if let Some(page) = self.page::<AgreementPage>() {
            return page.view.as_ref().map(|text| &text.view);
        }
        self.page::<AgreementsPage>()?.agreement()
    }

    /// Why a decision cannot be made now.
    pub(super) fn why_no_decision(&self, command: Command) -> Option<Say> {
        let agreement = self.agreement_in_front();
        let why = match command {
            Command::Confirm | Command::Suspend => chosen(agreement).err(),
            Command::Resume => can_resume(agreement).err(),
            Command::SetDate => can_set_date(agreement).err(),
            Command::SetRate => None,
            _ => return None,
        };
        if self.is_read_only() {
            return Some(Say::ReadOnly);
        }
        why
    }

    /// Opens the form of a decision, or says why there is none now.
    pub(super) fn decide(&mut self, command: Command) {
        if let Some(why) = self.why_no_decision(command) {
            self.refuse(why);
            return;
        }
        let ids = self.take_ids();
        let agreement = self.agreement_in_front();
        let form = match (command, agreement) {
            (Command::SetRate, _) => {
                let rate = self.page::<AgreementsPage>().and_then(AgreementsPage::rate);
                Some(Form::set_rate(rate, ids))
            }
            (Command::Confirm, Some(view)) => Some(Form::confirm(view, ids)),
            (Command::Suspend, Some(view)) => Some(Form::suspend(view, ids)),
            (Command::Resume, Some(view)) => Some(Form::resume(view, ids)),
            (Command::SetDate, Some(view)) => Some(Form::set_date(view, self.lang, ids)),
            _ => None,
        };
        if let Some(form) = form {
            self.overlay = Some(Overlay::Form(Box::new(form)));
        }
    }
}
