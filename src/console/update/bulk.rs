//! One deed for all marked stays: each is read, those for which it makes no
//! sense are left out by name, and each of the others gets its own answer.

use crate::{
    console::{
        bulk::{Bulk, KINDS, MOST, Outcome},
        event::Purpose,
        form::{self, Form, Task},
        list::Place,
        menu::{Item, Menu, Pick},
        state::{Overlay, State},
    },
    desk::{
        error::DeskError,
        reply::{Reply, StayView},
        request::Ask,
    },
    model::{event::Kind, ids::EpisodeId},
    text::console::{self, Say},
};

use super::reply::unexpected;

impl State {
    /// Why nothing can be done for the marked stays.
    pub(super) fn why_no_bulk(&self) -> Option<Say> {
        let marked = self.board.marked.len();
        if self.is_read_only() {
            Some(Say::ReadOnly)
        } else if marked == 0 {
            Some(Say::WhyNoMarks)
        } else if marked > MOST {
            Some(Say::WhyTooMany)
        } else if self
            .bulk
            .as_ref()
            .is_some_and(|bulk| !bulk.outcomes.is_empty() && !bulk.is_done())
        {
            Some(Say::Sending)
        } else {
            None
        }
    }

    /// Reads the marked stays; the menu opens when all are known.
    pub(super) fn begin_bulk(&mut self) {
        if let Some(why) = self.why_no_bulk() {
            self.refuse(why);
            return;
        }
        let episodes: Vec<_> = self.board.marked.iter().cloned().collect();
        for episode in &episodes {
            let ask = Ask::Stay {
                episode: episode.clone(),
                reveal: false,
            };
            self.ask(Purpose::BulkStay(episode.clone()), ask);
        }
        self.bulk = Some(Bulk::of(episodes));
        self.say(Say::Reading.text(self.lang));
    }

    pub(super) fn bulk_stay(&mut self, episode: EpisodeId, reply: Result<Reply, DeskError>) {
        let view: Result<Box<StayView>, DeskError> = match reply {
            Ok(Reply::Stay(view)) => Ok(view),
            Ok(_) => Err(unexpected()),
            Err(error) => Err(error),
        };
        let Some(bulk) = &mut self.bulk else { return };
        if !bulk.episodes.contains(&episode) || !bulk.outcomes.is_empty() {
            return;
        }
        bulk.views.insert(episode, view);
        // Who has gone on to something else is not interrupted.
        let waits = self.overlay.is_none() && self.pages.is_empty();
        if bulk.is_read() && waits {
            self.notice = None;
            self.open_bulk_menu();
        }
    }

    fn open_bulk_menu(&mut self) {
        let Some(bulk) = &self.bulk else { return };
        let items = KINDS.iter().map(|kind| {
            let (fit, out) = form::split(bulk, *kind);
            let why = out.first().map(|(_, why)| *why);
            Item {
                pick: Pick::Bulk(*kind),
                disabled: why.filter(|_| fit.is_empty()),
            }
        });
        let menu = Menu::actions(items.collect());
        self.overlay = Some(Overlay::Menu(Menu {
            title: Say::BulkTitle,
            ..menu
        }));
    }

    pub(super) fn open_bulk_form(&mut self, kind: Kind) {
        let ids = self.take_ids();
        let Some(bulk) = &self.bulk else { return };
        if let Some(form) = Form::bulk(kind, bulk, self.lang, ids) {
            self.overlay = Some(Overlay::Form(Box::new(form)));
        }
    }

    /// Sends a filled form for many: one request a stay, so that one that is
    /// refused keeps no other from being recorded.
    pub(super) fn send_bulk(&mut self) {
        let context = self.form_context();
        let Some(Overlay::Form(form)) = &self.overlay else {
            return;
        };
        let (Task::Bulk { kind, left_out, .. }, Some(each)) =
            (&form.task, form.bulk_events(context))
        else {
            return;
        };
        let (kind, left_out) = (*kind, left_out.clone());
        let Some(bulk) = &mut self.bulk else { return };
        bulk.kind = Some(kind);
        let waiting = each
            .iter()
            .map(|(episode, _)| (episode.clone(), Outcome::Waiting));
        bulk.outcomes = waiting.collect();
        let left = left_out.into_iter();
        bulk.outcomes
            .extend(left.map(|(episode, why)| (episode, Outcome::LeftOut(why))));
        self.overlay = Some(Overlay::Outcome(Place::default()));
        for (episode, events) in each {
            self.ask(Purpose::BulkRecord(episode), Ask::Record { events });
        }
    }

    pub(super) fn bulk_recorded(
        &mut self,
        serial: u64,
        episode: EpisodeId,
        reply: Result<Reply, DeskError>,
    ) {
        let added = match &reply {
            Ok(Reply::Recorded(recorded)) => Some(recorded.added),
            _ => None,
        };
        self.done.one_answered(serial, added);
        let Some(bulk) = &mut self.bulk else { return };
        let outcome = match reply {
            Ok(Reply::Recorded(recorded)) => {
                self.seq = self.seq.max(recorded.seq);
                // What is done needs its mark no more; the rest keeps it.
                self.board.marked.remove(&episode);
                Outcome::Recorded(recorded)
            }
            Ok(_) => Outcome::Refused(unexpected()),
            Err(error) => Outcome::Refused(error),
        };
        bulk.outcomes.insert(episode, outcome);
        if !bulk.is_done() {
            return;
        }
        self.done.all_answered();
        let counts = bulk.counts();
        let said = console::bulk_done(counts, self.lang);
        if counts[1] > 0 {
            self.warn(said);
            // A refusal is shown stay by stay even if the list was left.
            if self.overlay.is_none() {
                self.overlay = Some(Overlay::Outcome(Place::default()));
            }
        } else {
            self.say(said);
        }
        self.reload();
    }
}
