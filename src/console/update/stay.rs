//! Keys on a stay.

use super::go::Keys;
use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        form::{self, Form},
        layout,
        menu::{Item, Menu, OTHER_ACTIONS, Pick},
        screen::stay::{Pane, StayPage},
        state::{Overlay, State},
        view,
    },
    desk::request::Ask,
    model::{event::Kind, ids::EpisodeId},
    text::console::Say,
};

impl Keys for StayPage {
    fn open(_: &State) -> Option<Self> {
        None
    }

    fn reload(state: &mut State) {
        if let Some(page) = state.stay() {
            let episode = page.episode.clone();
            state.ask_stay(episode);
        }
    }

    fn command(state: &mut State, command: Command) {
        state.stay_command(command);
    }

    fn why_not(state: &State, action: Action) -> Option<Say> {
        let page = state.stay()?;
        match action {
            Action::Record(kind) => state.why_not_record(page, kind),
            Action::Command(command @ (Command::Correct | Command::Void | Command::Reveal)) => {
                state.why_not_in(page, command)
            }
            _ => None,
        }
    }
}

impl State {
    /// Asks for a stay and its explanation. Never reveals: a reveal is an
    /// entry in the journal, and stays on the screen without asking again.
    pub(super) fn ask_stay(&mut self, episode: EpisodeId) {
        let stay = Ask::Stay {
            episode: episode.clone(),
            reveal: false,
        };
        self.ask(Purpose::Stay(episode.clone()), stay);
        let explain = Ask::Explain {
            episode: episode.clone(),
        };
        self.ask(Purpose::Explanation(episode), explain);
    }

    fn stay_command(&mut self, command: Command) {
        if let Some(how) = self.movement(command) {
            let (len, height) = self.stay_list();
            if let Some(page) = self.page_mut::<StayPage>() {
                page.places[page.pane as usize].go(how, len, height);
            }
            return;
        }
        match command {
            Command::Back => self.pop(),
            Command::NextPane | Command::PreviousPane => {
                if let Some(page) = self.page_mut::<StayPage>() {
                    page.pane = page.pane.step(command == Command::NextPane);
                }
            }
            Command::Explain => {
                if let Some(page) = self.page_mut::<StayPage>() {
                    page.pane = Pane::Why;
                }
            }
            Command::Act => self.open_actions(),
            Command::Open => self.open_in_stay(),
            Command::Correct => self.open_correction(),
            Command::Void => self.open_void(),
            Command::Reveal => self.reveal(),
            _ => {}
        }
    }

    /// Lines in the part in front, and how many of them are seen.
    pub(in crate::console) fn stay_list(&self) -> (usize, usize) {
        let (Some(page), Some(frame)) = (self.stay(), self.frame()) else {
            return (0, 0);
        };
        let areas = layout::stay(frame.body, page.pane);
        let area = layout::stay_list(&areas, page.pane);
        let view = page.view.as_ref();
        let len = match page.pane {
            Pane::Events => view.map_or(0, |view| view.events.len()),
            Pane::Checklist => view.map_or(0, |view| view.checklist.len()),
            Pane::Duties => view
                .and_then(|view| view.outlook.as_ref())
                .map_or(0, |outlook| outlook.duties.len()),
            Pane::Why => page
                .why
                .as_ref()
                .map_or(0, |why| view::why_lines(why, self.lang, area.width).len()),
        };
        (len, area.height as usize)
    }

    /// Whether nothing can be written at all.
    pub(super) fn is_read_only(&self) -> bool {
        let board = self.board.board.as_ref();
        board.is_some_and(|board| board.head.read_only.is_some())
    }

    fn unwritable(&self) -> Option<Say> {
        self.is_read_only().then_some(Say::ReadOnly)
    }

    fn open_actions(&mut self) {
        let Some(page) = self.stay() else { return };
        let mut items: Vec<_> = form::recordable()
            .iter()
            .map(|kind| Item {
                pick: Pick::Run(Action::Record(*kind)),
                disabled: self.why_not_record(page, *kind),
            })
            .collect();
        items.extend(OTHER_ACTIONS.iter().map(|command| Item {
            pick: Pick::Run(Action::Command(*command)),
            disabled: self.why_not_in(page, *command),
        }));
        self.overlay = Some(Overlay::Menu(Menu::actions(items)));
    }

    fn why_not_record(&self, page: &StayPage, kind: Kind) -> Option<Say> {
        let Some(view) = &page.view else {
            return Some(Say::WhyStillReading);
        };
        self.unwritable().or(form::can_record(kind, view).err())
    }

    fn why_not_in(&self, page: &StayPage, command: Command) -> Option<Say> {
        match command {
            Command::Correct => self.unwritable().or(form::can_correct(page.event()).err()),
            Command::Void => self.unwritable().or(form::can_void(page.event()).err()),
            _ => {
                let protected = page
                    .view
                    .as_ref()
                    .is_some_and(|view| view.patient.protected);
                (!protected).then_some(Say::WhyNotProtected)
            }
        }
    }

    /// Opens the form of an event, or says why it makes no sense now.
    pub(super) fn open_record(&mut self, kind: Kind, item: Option<String>) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_record(page, kind) {
            self.refuse(why);
            return;
        }
        let item = item.or_else(|| page.item().map(str::to_owned));
        let view = page.view.clone();
        let ids = self.take_ids();
        let form = view.and_then(|view| Form::record(kind, &view, item.as_deref(), self.lang, ids));
        self.overlay = form.map(|form| Overlay::Form(Box::new(form)));
    }

    fn open_in_stay(&mut self) {
        match self.stay().map(|page| page.pane) {
            Some(Pane::Events) => self.open_correction(),
            Some(Pane::Checklist) => self.open_record(Kind::Checklist, None),
            _ => {}
        }
    }

    fn open_correction(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Correct) {
            self.refuse(why);
            return;
        }
        let (event, view) = (page.event().cloned(), page.view.clone());
        let ids = self.take_ids();
        let form = event.zip(view);
        let form = form.and_then(|(event, view)| Form::correct(&event, &view, self.lang, ids));
        self.overlay = form.map(|form| Overlay::Form(Box::new(form)));
    }

    fn open_void(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Void) {
            self.refuse(why);
            return;
        }
        let (event, episode) = (page.event().cloned(), page.episode.clone());
        let ids = self.take_ids();
        let form = event.map(|event| Form::void(&event, &episode, ids));
        self.overlay = form.map(|form| Overlay::Form(Box::new(form)));
    }

    fn reveal(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Reveal) {
            self.refuse(why);
            return;
        }
        let episode = page.episode.clone();
        if page.revealed.is_some() {
            if let Some(page) = self.page_mut::<StayPage>() {
                page.revealed = None;
            }
            return;
        }
        let ask = Ask::Stay {
            episode: episode.clone(),
            reveal: true,
        };
        self.ask(Purpose::Reveal(episode), ask);
    }
}
