//! What the desk's answers do.

use std::sync::Arc;

use crate::{
    console::{
        event::{Purpose, Ticket},
        form::Task,
        screen::{
            close::ClosePage,
            stay::{Pane, StayPage},
        },
        state::{Overlay, State},
    },
    desk::{
        error::DeskError,
        reply::{Board, CloseView, LockView, Recorded, Reply, StayView},
        request::Ask,
    },
    model::{ids::EpisodeId, month::Month},
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
            (Purpose::Record, Ok(Reply::Recorded(recorded))) => self.recorded(recorded),
            (Purpose::Preview, reply) => self.previewed(reply),
            (Purpose::BulkStay(episode), reply) => self.bulk_stay(episode, reply),
            (Purpose::BulkRecord(episode), reply) => self.bulk_recorded(episode, reply),
            (Purpose::Screen(screen), reply) => {
                if let Err(error) = self.screen_answered(screen, serial, reply) {
                    self.overlay = Some(Overlay::Message(error));
                }
            }
            (purpose, Err(error)) => self.failed(&purpose, error),
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
        self.catch_up();
    }

    fn stay_page(&mut self, episode: &EpisodeId) -> Option<&mut StayPage> {
        self.find_page(|page: &StayPage| &page.episode == episode)
    }

    fn close_page(&mut self, month: Month) -> Option<&mut ClosePage> {
        self.find_page(|page: &ClosePage| page.month == month)
    }

    fn take_stay(&mut self, serial: u64, episode: &EpisodeId, view: Box<StayView>) {
        let height = self.frame().map_or(0, |frame| {
            let areas = crate::console::layout::stay(frame.body, Pane::Events);
            crate::console::layout::stay_list(&areas, Pane::Events).height as usize
        });
        if let Some(page) = self.stay_page(episode)
            && serial > page.applied[0]
        {
            page.applied[0] = serial;
            page.take(view, height);
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
        if page.is_locked() {
            self.ask(
                Purpose::Invoices(month),
                Ask::Invoices { month: Some(month) },
            );
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
        self.say(console::locked(month, lock.invoices.len(), self.lang));
        self.reload();
    }

    fn recorded(&mut self, recorded: Recorded) {
        let what = match &self.overlay {
            Some(Overlay::Form(form)) => match &form.task {
                Task::Record { kind, .. } => words::kind(*kind, self.lang),
                Task::Correct { .. } => Say::CorrectTitle.text(self.lang),
                Task::Void { .. } => Say::VoidTitle.text(self.lang),
                _ => "",
            },
            _ => "",
        };
        let said = if recorded.added == 0 {
            Say::AlreadyRecorded
        } else {
            Say::Recorded
        };
        self.say(format!("{}: {what}", said.text(self.lang)));
        self.overlay = None;
        self.seq = self.seq.max(recorded.seq);
        self.reload();
    }

    fn previewed(&mut self, reply: Result<Reply, DeskError>) {
        let Some(Overlay::Form(form)) = &mut self.overlay else {
            return;
        };
        form.preview.busy = false;
        form.preview.view = match reply {
            Ok(Reply::Preview(view)) => Some(Ok(view)),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        };
    }

    /// An error is shown where it belongs: in the form that was sent, on the
    /// screen that has nothing else to show, or in a dialog.
    fn failed(&mut self, purpose: &Purpose, error: DeskError) {
        if let Some(Overlay::Form(form)) = &mut self.overlay
            && form.sending
            && matches!(
                purpose,
                Purpose::Record | Purpose::ChangeClose(_) | Purpose::Lock(_)
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
                let headline = errors::headline(&error, self.lang);
                self.warn(format!("{headline}: {}", error.detail));
            }
            _ => self.overlay = Some(Overlay::Message(error)),
        }
    }
}
