//! One stay: facts, events, checklist, deadlines.

use std::sync::Arc;

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    in_scope,
    known::Known,
    reply::{ChecklistRow, EventView, Reply, ShownIdentity, StayView, Voided},
    views_error,
};
use crate::{
    ledger::decision::Decision,
    model::{
        event::{self, Body, Event},
        ids::EpisodeId,
        patient::PatientRef,
        stay::{Folded, Stay, Timeline},
        time::Instant,
    },
    rules::{Rulebook, outlook::Outlook, payer_of},
    views::{
        row::StayRow,
        state::{RecordedEvent, read_events},
    },
};

impl Desk {
    pub(super) fn stay(
        &self,
        actor: &Actor,
        episode: &EpisodeId,
        reveal: bool,
        as_at: Option<Instant>,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let (row, events) = self.found(actor, episode, angle.known)?;
        // As the board has it, also without a fixed moment: what is recorded
        // ahead of its time has not happened, and stands among the events.
        let now = as_at.unwrap_or_else(|| self.clock.now());
        let stay = fold(&events, Some(now));
        if reveal && stay.as_ref().is_some_and(|stay| stay.details.protected) {
            // Logged before it is shown.
            let shown = Decision::IdentityShown {
                episode: episode.clone(),
            };
            self.decide(actor, Box::new(move |_| Ok(vec![shown.clone()])))?;
        }
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let payers = self.payers(&reckoning);
        let outlook = stay.as_ref().map(|stay| payers.outlook(stay));
        let costs = stay.as_ref().map(|stay| payers.costs(stay));
        payers.finish().map_err(views_error)?;
        let patient = match &stay {
            Some(stay) => self
                .identities
                .shown(self.reader(), &row, stay, actor, reveal)
                .map_err(views_error)?,
            None => ShownIdentity::default(),
        };
        let checklist = match (&stay, &outlook) {
            (Some(stay), Some(outlook)) => checklist(reckoning.look.rulebook, stay, outlook),
            _ => Vec::new(),
        };
        let events = timeline(&events, as_at);
        let episode = episode.clone();
        Ok(Reply::Stay(Box::new(StayView {
            episode,
            patient,
            stay,
            outlook,
            events,
            checklist,
            costs: costs.unwrap_or_default(),
        })))
    }

    /// The row and the events, as known, of a stay that the actor may see.
    pub(super) fn found(
        &self,
        actor: &Actor,
        episode: &EpisodeId,
        known: Option<&Known>,
    ) -> Result<(Arc<StayRow>, Vec<RecordedEvent>), DeskError> {
        let state = self.read();
        let unknown = || DeskError::bad_input("stay_unknown", episode);
        let row = state
            .views
            .row(episode)
            .map_err(views_error)?
            .ok_or_else(unknown)?;
        let row = match known.map(|known| known.stood.seq) {
            None => row,
            Some(upto) if row.begun_by(upto) => Arc::new(row.recorded_by(upto)),
            Some(_) => return Err(unknown()),
        };
        let events = read_events(self.reader(), &row, None).map_err(views_error)?;
        let payer = || fold(&events, None).and_then(|stay| payer_of(&stay).ok());
        // Who pays is folded only for those whom it keeps out.
        if actor.scope == Scope::Region || in_scope(actor, payer()) {
            Ok((row, events))
        } else {
            Err(unknown())
        }
    }
}

/// The stay as at a moment.
pub(super) fn fold(events: &[RecordedEvent], as_at: Option<Instant>) -> Option<Stay> {
    match Folded::from_events(events.iter().map(|one| &one.event), as_at) {
        Folded::Stay(stay) => Some(*stay),
        Folded::Held { .. } | Folded::Nothing => None,
    }
}

fn timeline(recorded: &[RecordedEvent], as_at: Option<Instant>) -> Vec<EventView> {
    let line = Timeline::new(recorded.iter().map(|one| &one.event), as_at);
    line.all
        .iter()
        .filter_map(|event| {
            let one = recorded.iter().find(|one| one.event.id == event.id)?;
            Some(EventView {
                id: event.id.clone(),
                at: event.at,
                kind: event.kind(),
                source: event.source.clone(),
                json: masked_json(event),
                seq: one.seq,
                recorded_at: one.recorded_at,
                by: one.by.as_ref().to_owned(),
                voided: line.voided_by(&event.id).and_then(voided),
            })
        })
        .collect()
}

fn voided(by: &Event) -> Option<Voided> {
    match &by.body {
        Body::Void { reason, .. } => Some(Voided {
            event: by.id.clone(),
            reason: reason.clone(),
        }),
        _ => None,
    }
}

/// The event's JSON without what the journal says of the patient: keys and
/// commitments mean nothing to a reader.
fn masked_json(event: &Event<PatientRef>) -> serde_json::Value {
    let mut json: serde_json::Value =
        serde_json::from_str(&event::to_json(event)).unwrap_or_default();
    if let Some(object) = json.as_object_mut() {
        object.remove("patient");
    }
    json
}

fn checklist(rulebook: &Rulebook, stay: &Stay, outlook: &Outlook) -> Vec<ChecklistRow> {
    let id = outlook.agreement.as_ref();
    let Some(agreement) = id.and_then(|id| rulebook.get(id.as_str())) else {
        return Vec::new();
    };
    let rows = agreement.checklist.iter().flat_map(|point| {
        point.ticks.iter().map(move |tick| ChecklistRow {
            item: tick.clone(),
            sv: point.sv.clone(),
            en: point.en.clone(),
            done: stay.done(tick).map(|stamp| stamp.at),
        })
    });
    rows.collect()
}
