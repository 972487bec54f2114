//! Keys on the month close.

use ratatui::layout::Rect;

use super::go::Keys;
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        form::Form,
        screen::{
            close::{ClosePage, ClosePane},
            line::LinePage,
            stay::Pane,
        },
        state::{Overlay, State},
    },
    desk::request::Ask,
    model::month::Month,
    text::console::Say,
};

impl Keys for ClosePage {
    /// The month before this one: its answer tells which is the earliest
    /// open one.
    fn open(state: &State) -> Option<Self> {
        Some(Self::new(Month::at(state.now).previous()))
    }

    fn reload(state: &mut State) {
        if let Some(month) = state.page().map(|page: &Self| page.month) {
            state.ask_close(month);
        }
    }

    fn command(state: &mut State, command: Command) {
        state.close_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let (page, Action::Command(command)) = (state.page::<Self>()?, action) else {
            return None;
        };
        match command {
            Command::Waive => page.can_waive().err(),
            Command::Park => page.can_park().err(),
            Command::Prepare | Command::Lock => page.can_lock().err(),
            Command::Export => can_export_month(page, state.can_export).err(),
            Command::Open => page.can_open().err(),
            _ => None,
        }
    }
}

impl State {
    pub(super) fn ask_close(&mut self, month: Month) {
        self.ask(Purpose::Close(month), Ask::CloseCheck { month });
    }

    fn close_command(&mut self, command: Command) {
        let body = self.frame().map_or(Rect::ZERO, |frame| frame.body);
        let how = self.movement(command);
        let Some(page) = self.page_mut::<ClosePage>() else {
            return;
        };
        if let Some(how) = how {
            let (len, height) = (page.len(), page.height(body));
            page.place().go(how, len, height);
            return;
        }
        match command {
            Command::Back if page.lines.is_some() => page.lines = None,
            Command::Back => self.pop(),
            Command::Left | Command::Right => self.turn_month(command == Command::Right),
            Command::NextPane | Command::PreviousPane => {
                page.lines = None;
                page.pane = match page.pane {
                    ClosePane::Findings => ClosePane::Payers,
                    ClosePane::Payers => ClosePane::Findings,
                };
            }
            Command::Open => self.drill_down(),
            Command::Waive | Command::Park | Command::Lock | Command::Export => {
                self.close_form(command);
            }
            Command::Prepare => self.prepare(),
            _ => {}
        }
    }

    fn turn_month(&mut self, forward: bool) {
        let Some(page) = self.page_mut::<ClosePage>() else {
            return;
        };
        let month = page.month.plus(if forward { 1 } else { -1 });
        page.chosen = true;
        page.turn_to(month);
        self.ask_close(month);
    }

    /// Payer → lines → the steps behind one; finding → its stay.
    fn drill_down(&mut self) {
        let Some(page) = self.page_mut::<ClosePage>() else {
            return;
        };
        let from_finding = page.finding().and_then(|finding| finding.episode.clone());
        if let Some(episode) = from_finding {
            self.open_stay(episode, Pane::Events);
            return;
        }
        if page.lines.is_none() {
            match page.can_open() {
                Ok(()) => page.lines = Some(Default::default()),
                Err(why) => self.refuse(why),
            }
            return;
        }
        let (at, payer) = (page.lines, page.places[ClosePane::Payers as usize].at);
        let serial = self.serial;
        let Some(page) = self.page::<ClosePage>() else {
            return;
        };
        let line = page.view.as_ref().zip(at);
        let line = line.and_then(|(view, at)| LinePage::new(&view.figures, payer, at.at, serial));
        match line {
            Some(line) => self.open_page(line),
            None => self.refuse(Say::WhyPickLine),
        }
    }

    /// Opens the form of a command, or says why it cannot be done now.
    fn close_form(&mut self, command: Command) {
        let ids = self.take_ids();
        let can_export = self.can_export;
        let Some(page) = self.page::<ClosePage>() else {
            return;
        };
        let form = match command {
            Command::Waive => page
                .can_waive()
                .map(|finding| Form::waive(page.month, &finding.code, ids)),
            Command::Park => page
                .can_park()
                .map(|payer| Form::park(page.month, payer, ids)),
            Command::Lock => page.can_lock().map(|view| Form::lock(view, ids)),
            _ => can_export_month(page, can_export).map(|()| Form::export(page.month, ids)),
        };
        match form {
            Ok(form) => self.overlay = Some(Overlay::Form(Box::new(form))),
            Err(why) => self.refuse(why),
        }
    }

    fn prepare(&mut self) {
        let Some(page) = self.page_mut::<ClosePage>() else {
            return;
        };
        let month = page.month;
        match page.can_lock() {
            Ok(_) => {
                self.ask(Purpose::ChangeClose(month), Ask::Prepare { month });
            }
            Err(why) => self.refuse(why),
        }
    }
}

fn can_export_month(page: &ClosePage, possible: bool) -> Result<(), Say> {
    if !possible {
        return Err(Say::WhyNoExport);
    }
    let view = page.view.as_ref();
    // What is locked can be had while other payers are left out.
    let some = view.is_some_and(|view| !view.locked.is_empty());
    match page.is_locked() || some {
        true => Ok(()),
        false => Err(Say::WhyNotLocked),
    }
}
