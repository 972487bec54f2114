//! Events made here: recorded, or only tried.

use std::sync::PoisonError;

use super::{
    Desk,
    actor::Actor,
    angle::Angle,
    by,
    error::DeskError,
    events, group_error,
    keeper::{Order, Outcome},
    reply::{PreviewView, Reply},
    views_error,
};
use crate::{
    model::{
        event::{self, Event},
        patient::{Patient, PatientRef},
        stay::Folded,
        time::Instant,
    },
    rules::outlook::{Costs, Outlook},
    views::state::read_events,
};

/// Most events in one request.
const MOST: usize = 512;

impl Desk {
    /// Records events, all or none; those that are there already are skipped.
    pub(super) fn record(&self, actor: &Actor, lines: &[String]) -> Result<Reply, DeskError> {
        let events = parse(lines)?;
        loop {
            let order = Order::Events {
                by: by(actor),
                events: events.clone(),
            };
            match self.writer().call(order).map_err(group_error)?? {
                Outcome::Done(recorded) => return Ok(Reply::Recorded(recorded)),
                Outcome::Again | Outcome::Later(_) | Outcome::Overtaken(_) => {}
            }
        }
    }

    /// Where a stay stands without and with events that are not recorded.
    pub(super) fn preview(
        &self,
        lines: &[String],
        as_at: Option<Instant>,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let tried = parse(lines)?;
        let Some(episode) = tried.first().map(|event| event.episode.clone()) else {
            return Err(DeskError::bad_input("no_events", "nothing to try"));
        };
        if tried.iter().any(|event| event.episode != episode) {
            return Err(DeskError::bad_input(
                "several_stays",
                "try one stay at a time",
            ));
        }
        let state = self.state().read().unwrap_or_else(PoisonError::into_inner);
        let (kept, _) = events::sift(&state, self.reader(), tried)?;
        let row = state.views.row(&episode).map_err(views_error)?;
        let recorded = row.map(|row| read_events(self.reader(), &row, None));
        let mut all: Vec<Event> = recorded
            .transpose()
            .map_err(views_error)?
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.event)
            .collect();
        let payers = self.payers(&self.reckoning(&state, now, angle));
        let look = |events: &[Event]| -> Option<(Outlook, Costs)> {
            match Folded::from_events(events, as_at) {
                Folded::Stay(stay) => Some((payers.outlook(&stay), payers.costs(&stay))),
                Folded::Held { .. } | Folded::Nothing => None,
            }
        };
        let before = look(&all);
        all.extend(kept.into_iter().map(nameless));
        let after = look(&all);
        let week = |look: &Option<(Outlook, Costs)>| look.as_ref().and_then(|it| it.1.in_a_week);
        Ok(Reply::Preview(Box::new(PreviewView {
            in_a_week: [week(&before), week(&after)],
            before: before.map(|it| it.0),
            after: after.map(|it| it.0),
        })))
    }
}

/// Rules never ask who somebody is, only how old.
fn nameless(event: Event<Patient>) -> Event {
    let on = crate::model::time::local_date(event.at);
    let named = event.try_map(|patient| {
        Ok::<_, std::convert::Infallible>(PatientRef {
            protected: patient.protected,
            numbered: patient.pnr.is_some(),
            turns_18: patient.turns_18_if_young(on),
            ..PatientRef::default()
        })
    });
    match named {
        Ok(event) => event,
        Err(never) => match never {},
    }
}

fn parse(lines: &[String]) -> Result<Vec<Event<Patient>>, DeskError> {
    if lines.len() > MOST {
        return Err(DeskError::bad_input(
            "too_many_events",
            "at most 512 at once",
        ));
    }
    lines
        .iter()
        .map(|line| {
            event::parse(line.as_bytes())
                .map_err(|error| DeskError::bad_input("event_refused", error))
        })
        .collect()
}
