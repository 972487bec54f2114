//! Opening the forms of a stay, and saying why one cannot be.

use crate::{
    console::{
        action::{Action, Command},
        event::Purpose,
        form::{self, Form},
        menu::{Item, Menu, OTHER_ACTIONS, Pick},
        screen::{
            Page, Screen,
            stay::{Pane, StayPage},
        },
        state::{Overlay, State},
        timeline,
    },
    desk::request::Ask,
    model::{event::Kind, ids::EpisodeId},
    text::console::Say,
};

impl State {
    /// Whether nothing can be written at all.
    pub(super) fn is_read_only(&self) -> bool {
        let board = self.board.board.as_ref();
        board.is_some_and(|board| board.head.read_only.is_some())
    }

    fn unwritable(&self) -> Option<Say> {
        self.is_read_only().then_some(Say::ReadOnly)
    }

    pub(super) fn open_actions(&mut self) {
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

    pub(super) fn why_not_record(&self, page: &StayPage, kind: Kind) -> Option<Say> {
        match (kind, &page.view) {
            (Kind::Admitted, _) => Some(Say::WhyFromBoard),
            (_, None) => Some(Say::WhyStillReading),
            (_, Some(view)) => self.unwritable().or(form::can_record(kind, view).err()),
        }
    }

    pub(super) fn why_not_in(&self, page: &StayPage, command: Command) -> Option<Say> {
        match command {
            Command::Correct => self.unwritable().or(form::can_correct(page.event()).err()),
            Command::Void => self.unwritable().or(form::can_void(page.event()).err()),
            Command::Undo => self.why_not_undo(),
            Command::Settle => {
                let view = page.view.as_ref();
                let conflict = view.and_then(|view| timeline::conflict(view, None));
                let none = conflict.is_none().then_some(Say::WhyNoConflict);
                self.unwritable().or(none)
            }
            _ => {
                let view = page.view.as_ref();
                let protected = view.is_some_and(|view| view.patient.protected);
                (!protected).then_some(Say::WhyNotProtected)
            }
        }
    }

    pub(super) fn why_not_undo(&self) -> Option<Say> {
        self.unwritable().or(form::can_undo(self.done.last()).err())
    }

    fn show_form(&mut self, form: Option<Form>) {
        self.overlay = form.map(|form| Overlay::Form(Box::new(form)));
    }

    /// Opens the form of an event, or says why it makes no sense now. A point
    /// of the checklist that is selected is ticked without a second key where
    /// that moves nothing.
    pub(super) fn open_record(&mut self, kind: Kind, item: Option<String>) {
        if self.screen() == Screen::Board && kind == Kind::Admitted {
            self.open_admission();
            return;
        }
        let Some(page) = self.stay() else {
            self.record_selected(kind);
            return;
        };
        if let Some(why) = self.why_not_record(page, kind) {
            self.refuse(why);
            return;
        }
        let item = item.or_else(|| page.item().map(str::to_owned));
        let ticks = kind == Kind::Checklist && item.is_some();
        let view = page.view.clone();
        let ids = self.take_ids();
        let form = view.and_then(|view| Form::record(kind, &view, item.as_deref(), self.lang, ids));
        self.show_form(form.map(|form| Form {
            at_once: ticks,
            ..form
        }));
    }

    /// Opens the selected stay, and there the form of an event once the stay
    /// is read: what it will do can only be told then.
    fn record_selected(&mut self, kind: Kind) {
        if let Some(why) = self.why_not_record_selected(kind) {
            self.refuse(why);
            return;
        }
        let Some(episode) = self.selected_stay().cloned() else {
            return;
        };
        self.open_stay(episode, Pane::Events);
        if let Some(page) = self.page_mut::<StayPage>() {
            page.records = Some(kind);
        }
    }

    /// Opens the form that a stay was opened for.
    pub(super) fn record_wanted(&mut self) {
        if self.overlay.is_some() {
            return;
        }
        let page = self.page_mut::<StayPage>();
        if let Some(kind) = page.and_then(|page| page.records.take()) {
            self.open_record(kind, None);
        }
    }

    /// Why an event cannot be recorded for what is selected on the screen in
    /// front, which shows no stay.
    pub(super) fn why_not_record_selected(&self, kind: Kind) -> Option<Say> {
        if let Some(why) = self.unwritable() {
            return Some(why);
        }
        match (kind, self.screen()) {
            (Kind::Admitted, Screen::Board) => None,
            (Kind::Admitted, _) => Some(Say::WhyFromBoard),
            _ => self.selected_stay().is_none().then_some(Say::WhyNoRow),
        }
    }

    /// The stay that the selected line of the screen in front is about.
    pub(super) fn selected_stay(&self) -> Option<&EpisodeId> {
        match self.pages.last() {
            None => self.board.selected().map(|row| &row.line.episode),
            Some(Page::Stay(page)) => Some(&page.episode),
            Some(Page::Payer(page)) => page.stay().map(|stay| &stay.episode),
            Some(Page::Line(page)) => page.episode(),
            Some(Page::Close(page)) => page.finding()?.episode.as_ref(),
            Some(Page::Log(page)) => page.episode(),
            Some(Page::Duties(page)) => page.episode(),
            Some(Page::Payers(_) | Page::Agreements(_) | Page::Agreement(_)) => None,
        }
    }

    /// Opens the form of a new stay. Where the selected one lies, and the
    /// user's own ward, are the likeliest places.
    fn open_admission(&mut self) {
        if let Some(why) = self.unwritable() {
            self.refuse(why);
            return;
        }
        let near = self.board.selected().map(|row| row.hospital.clone());
        let hospital = near.unwrap_or_else(|| self.actor.unit.clone());
        let ward = self.settings.wards.first().cloned().unwrap_or_default();
        let ids = self.take_ids();
        let form = Form::admit(&hospital, &ward, self.lang, ids);
        self.show_form(Some(form));
    }

    pub(super) fn open_correction(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Correct) {
            self.refuse(why);
            return;
        }
        let (event, view) = (page.event().cloned(), page.view.clone());
        let ids = self.take_ids();
        let form = event.zip(view);
        let form = form.and_then(|(event, view)| Form::correct(&event, &view, self.lang, ids));
        self.show_form(form);
    }

    pub(super) fn open_void(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Void) {
            self.refuse(why);
            return;
        }
        let (event, episode) = (page.event().cloned(), page.episode.clone());
        let ids = self.take_ids();
        self.show_form(event.map(|event| Form::void(&event, &episode, ids)));
    }

    /// Opens the form that settles the selected conflict, else the first one.
    pub(super) fn open_settling(&mut self) {
        let Some(page) = self.stay() else { return };
        if let Some(why) = self.why_not_in(page, Command::Settle) {
            self.refuse(why);
            return;
        }
        let selected = page.event().map(|event| event.id.clone());
        let Some(view) = page.view.clone() else {
            return;
        };
        let ids = self.take_ids();
        let pair = timeline::conflict(&view, selected.as_ref());
        self.show_form(pair.and_then(|pair| Form::settle(pair, &view, self.lang, ids)));
    }

    /// Opens the form that voids what was recorded here last.
    pub(super) fn open_undo(&mut self) {
        if let Some(why) = self.why_not_undo() {
            self.refuse(why);
            return;
        }
        let deeds = self.done.last().unwrap_or_default().to_vec();
        let view = self.stay().and_then(|page| page.view.as_ref());
        let later = view.map_or(0, |view| {
            let own = |id| deeds.iter().any(|deed| deed.event == id);
            let seq = view.events.iter().filter(|event| own(event.id.clone()));
            let seq = seq.map(|event| event.seq).max();
            let after = view.events.iter().filter(|event| {
                seq.is_some_and(|seq| event.seq > seq) && event.by != self.actor.user
            });
            after.count()
        });
        let ids = self.take_ids();
        self.show_form(Some(Form::undo(&deeds, later, self.lang, ids)));
    }

    pub(super) fn reveal(&mut self) {
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
