//! What the desk's answers do.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    console::{
        event::{Effect, Purpose, Ticket},
        form::{Deed, Form, Task},
        layout,
        screen::{
            close::ClosePage,
            stay::{Pane, StayPage},
        },
        seen::SeenMonth,
        state::{Overlay, State},
    },
    desk::{
        error::DeskError,
        reply::{Board, CloseView, LockView, Recorded, Reply, StayView},
        request::Ask,
    },
    model::{event::Kind, ids::EpisodeId, month::Month},
    text::{
        console::{self, Say},
        errors, words,
    },
};

/// An answer of another kind than was asked for.
pub(super) fn unexpected() -> DeskError {
    DeskError::store(
        "unexpected_reply",
        "another program version holds the store; restart both",
    )
}

impl State {
    pub(super) fn reply(&mut self, ticket: Ticket, reply: Result<Reply, DeskError>) {
        let serial = ticket.serial;
        if ticket.purpose == Purpose::Board {
            self.board_answered(serial);
        }
        match (ticket.purpose, reply) {
            (Purpose::Board, Ok(Reply::Board(board))) => self.take_board(serial, board),
            (Purpose::Stay(episode), Ok(Reply::Stay(view))) => {
                self.take_stay(serial, &episode, view);
            }
            (Purpose::Reveal(episode), Ok(Reply::Stay(view))) => {
                if let Some(page) = self.stay_page(&episode) {
                    page.revealed = Some(view.patient.clone());
                }
            }
            (Purpose::Explanation(episode), Ok(Reply::Explanation(why))) => {
                if let Some(page) = self.stay_page(&episode)
                    && serial > page.applied[1]
                {
                    page.applied[1] = serial;
                    page.why = Some(why);
                    page.why_error = None;
                }
            }
            (Purpose::Close(month), Ok(Reply::Close(view))) => self.take_close(serial, month, view),
            (Purpose::ChangeClose(month), Ok(Reply::Close(view))) => {
                self.change_made(serial, month, view);
            }
            (Purpose::Invoices(month), Ok(Reply::Invoices(invoices))) => {
                if let Some(page) = self.close_page(month) {
                    page.invoices = invoices;
                }
            }
            (Purpose::Lock(month), Ok(Reply::Locked(lock))) => self.locked(month, &lock),
            (Purpose::Record, Ok(Reply::Recorded(recorded))) => self.recorded(serial, recorded),
            (Purpose::Decision, Ok(Reply::Agreement(_) | Reply::Rates(_))) => self.decided(),
            (Purpose::Preview, reply) => self.previewed(serial, reply),
            (Purpose::EachPreview, reply) => self.one_previewed(serial, reply),
            (Purpose::BulkStay(episode), reply) => self.bulk_stay(episode, reply),
            (Purpose::BulkRecord(episode), reply) => self.bulk_recorded(serial, episode, reply),
            (Purpose::Screen(screen), reply) => {
                if let Err(error) = self.screen_answered(screen, serial, reply) {
                    self.overlay = Some(Overlay::Message(error));
                }
            }
            (purpose, Err(error)) => self.failed(serial, &purpose, error),
            (_, Ok(_)) => {
                self.overlay = Some(Overlay::Message(unexpected()));
            }
        }
    }

    fn board_answered(&mut self, serial: u64) {
        if self.board.awaited == Some(serial) {
            self.board.awaited = None;
            if std::mem::take(&mut self.board.again) {
                self.reload_board();
            }
        }
    }

    fn take_board(&mut self, serial: u64, board: Arc<Board>) {
        if serial <= self.board.applied {
            return;
        }
        self.board.applied = serial;
        self.seq = self.seq.max(board.head.seq);
        self.take_rows(board);
        self.board.partial = serial == self.board.few;
        self.catch_up();
    }

    fn stay_page(&mut self, episode: &EpisodeId) -> Option<&mut StayPage> {
        self.find_page(|page: &StayPage| &page.episode == episode)
    }

    fn close_page(&mut self, month: Month) -> Option<&mut ClosePage> {
        self.find_page(|page: &ClosePage| page.month == month)
    }

    fn take_stay(&mut self, serial: u64, episode: &EpisodeId, view: Box<StayView>) {
        let height = self.height(|body| {
            let areas = layout::stay(body, Pane::Events);
            layout::stay_list(&areas, Pane::Events)
        });
        if let Some(page) = self.stay_page(episode)
            && serial > page.applied[0]
        {
            page.applied[0] = serial;
            page.take(view, height);
            self.record_wanted();
        }
    }

    fn take_close(&mut self, serial: u64, month: Month, view: Box<CloseView>) {
        let earliest = view.earliest_open;
        let Some(page) = self.close_page(month) else {
            return;
        };
        if serial <= page.applied {
            return;
        }
        page.applied = serial;
        if !page.chosen {
            page.chosen = true;
            if let Some(earliest) = earliest.filter(|earliest| *earliest != month) {
                page.turn_to(earliest);
                self.ask_close(earliest);
                return;
            }
        }
        page.take(view);
        let locked = page.is_locked();
        self.look_at_close(month);
        if locked {
            self.ask(
                Purpose::Invoices(month),
                Ask::Invoices { month: Some(month) },
            );
        }
    }

    /// Remembers what is seen of a month; what was seen before stays beside
    /// it for as long as this look lasts. Seen for the first time, it is
    /// compared with how this look began, so that a change by somebody else
    /// is told as well.
    fn look_at_close(&mut self, month: Month) {
        let (now, before) = (self.now, self.seen.month(month).cloned());
        let Some(page) = self.close_page(month) else {
            return;
        };
        let first = !std::mem::replace(&mut page.looking, true);
        if first {
            page.since.clone_from(&before);
        }
        let figures = page.view.as_ref().map(|view| view.figures.clone());
        if page.since.is_none() && !first {
            let view = page.view.as_ref();
            let changes = |seen: &SeenMonth| {
                view.map_or(0, |it| seen.changes(&it.figures, &it.locked).count())
            };
            let changed = |seen: &SeenMonth| changes(seen) > 0;
            page.since = before.filter(changed);
        }
        if figures.is_some_and(|figures| self.seen.keep(&figures, now)) {
            let seen = Box::new(self.seen.clone());
            self.effects.push(Effect::Remember(seen));
        }
    }

    fn change_made(&mut self, serial: u64, month: Month, view: Box<CloseView>) {
        let prepared = match &self.overlay {
            Some(Overlay::Form(form)) => {
                !matches!(form.task, Task::Waive { .. } | Task::Park { .. })
            }
            _ => true,
        };
        if !prepared {
            self.overlay = None;
        }
        let by = view.prepared_by.clone().filter(|_| prepared);
        self.take_close(serial, month, view);
        let said = match by {
            Some(by) => format!("{} {by}", Say::Prepared.text(self.lang)),
            None => Say::Recorded.text(self.lang).to_owned(),
        };
        self.say(said);
    }

    fn locked(&mut self, month: Month, lock: &LockView) {
        self.overlay = None;
        self.seq = self.seq.max(lock.seq);
        let (invoices, without) = (lock.invoices.len(), &lock.not_locked);
        self.say(console::locked(month, invoices, without, self.lang));
        self.reload();
    }

    fn recorded(&mut self, serial: u64, recorded: Recorded) {
        let undone = self.done.answered(serial, Some(recorded.added));
        let mut admitted = None;
        let what = match &self.overlay {
            Some(Overlay::Form(form)) => {
                admitted = form.admits();
                self.what_was_done(form)
            }
            _ => String::new(),
        };
        let said = if recorded.added == 0 {
            Say::AlreadyRecorded
        } else {
            Say::Recorded
        };
        match undone {
            Some(deeds) => self.say(console::undone(&self.told(&deeds), self.lang)),
            None => self.say(format!("{}: {what}", said.text(self.lang))),
        }
        self.overlay = None;
        self.seq = self.seq.max(recorded.seq);
        self.reload();
        if let Some(episode) = admitted {
            self.open_stay(episode, Pane::Events);
        }
    }

    fn what_was_done(&self, form: &Form) -> String {
        let lang = self.lang;
        match &form.task {
            Task::Record { kind, .. } => words::kind(*kind, lang).to_owned(),
            Task::Correct { kind, .. } => {
                let kind = words::kind(*kind, lang);
                format!("{}, {kind}", Say::Correction.text(lang))
            }
            Task::Void { .. } => words::kind(Kind::Void, lang).to_owned(),
            Task::Admit => Say::AdmitTitle.text(lang).to_owned(),
            Task::Settle { kind, .. } => {
                let kind = words::kind(*kind, lang);
                format!("{}, {kind}", Say::Settling.text(lang))
            }
            _ => String::new(),
        }
    }

    /// What was done, by kind and stay where it is one thing.
    pub(super) fn told(&self, deeds: &[Deed]) -> String {
        match deeds {
            [one] => format!("{} ({})", words::kind(one.kind, self.lang), one.episode),
            many => {
                let stays: BTreeSet<_> = many.iter().map(|deed| &deed.episode).collect();
                console::events_in_stays(many.len(), stays.len(), self.lang)
            }
        }
    }

    fn decided(&mut self) {
        self.overlay = None;
        self.say(Say::Recorded.text(self.lang));
        self.reload();
    }

    /// What the open form would do; an answer to an earlier one is not its.
    fn previewed(&mut self, serial: u64, reply: Result<Reply, DeskError>) {
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        if form.preview.asked != serial {
            return;
        }
        form.preview.busy = false;
        form.preview.view = match reply {
            Ok(Reply::Preview(view)) => Some(Ok(view)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        };
        // A tick that moves no date needs no second key.
        if std::mem::take(&mut form.at_once) && form.preview.changes_nothing() {
            self.submit();
        }
    }

    fn one_previewed(&mut self, serial: u64, reply: Result<Reply, DeskError>) {
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        let Some(episode) = form.preview.awaited.remove(&serial) else {
            return;
        };
        let tried = match reply {
            Ok(Reply::Preview(view)) => Ok(view),
            Ok(_) => Err(unexpected()),
            Err(error) => Err(error),
        };
        form.preview.each.insert(episode, tried);
    }

    /// An error is shown where it belongs: in the form that was sent, on the
    /// screen that has nothing else to show, or in a dialog.
    fn failed(&mut self, serial: u64, purpose: &Purpose, error: DeskError) {
        if matches!(purpose, Purpose::Record) {
            self.done.answered(serial, None);
        }
        if let Some(Overlay::Form(form)) = &mut self.overlay
            && form.sending
            && matches!(
                purpose,
                Purpose::Record | Purpose::Decision | Purpose::ChangeClose(_) | Purpose::Lock(_)
            )
        {
            form.sending = false;
            form.refused = Some(error);
            return;
        }
        match purpose {
            Purpose::Stay(episode) => {
                if let Some(page) = self.stay_page(&episode.clone()) {
                    page.error = Some(error);
                }
            }
            Purpose::Close(month) => {
                if let Some(page) = self.close_page(*month) {
                    page.error = Some(error);
                }
            }
            // An explanation that cannot be read leaves its stay readable.
            Purpose::Explanation(episode) => {
                if let Some(page) = self.stay_page(&episode.clone()) {
                    page.why_error = Some(error);
                }
            }
            Purpose::Board | Purpose::Invoices(_) => {
                self.warn(errors::in_brief(&error, self.lang));
            }
            _ => self.overlay = Some(Overlay::Message(error)),
        }
    }
}
