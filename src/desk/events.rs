//! Events on their way into the journal: known ones are skipped, others are
//! sealed so that no line names a patient.

use serde_json::value::RawValue;

use super::{error::DeskError, state::State};
use crate::{
    journal::{self, IdentityRecord, Reader},
    model::{
        event::{self, Body, Event, Kind},
        ids::{EpisodeId, EventId},
        patient::{Patient, PatientRef},
        time,
    },
    views::{
        ViewsError,
        row::{MOST_EVENTS, MOST_IDENTITIES, StayRow},
        state::{RecordedEvent, read_events},
    },
};

/// An event as it goes into the journal.
pub(super) struct Sealed {
    /// The stay.
    pub episode: EpisodeId,
    /// Its own id.
    pub id: EventId,
    /// Whether it is a void.
    pub void: bool,
    /// The journal's body.
    pub json: Box<RawValue>,
    /// The same in compact form.
    pub compact: Vec<u8>,
    /// What goes into the identity file.
    pub record: Option<IdentityRecord>,
}

/// The part of a patient that is kept apart.
#[derive(serde::Serialize, serde::Deserialize)]
struct KeptApart {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pnr: Option<crate::model::personal_id::PersonalId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    name: Option<String>,
}

/// Puts the identity apart: a random key and a commitment stay in the event.
pub(super) fn seal(event: Event<Patient>) -> Result<Sealed, DeskError> {
    let at = event.at;
    let mut record = None;
    let event = event.try_map(|patient| {
        let (sealed, kept) = seal_patient(patient, time::local_date(at))?;
        record = kept;
        Ok::<_, DeskError>(sealed)
    })?;
    Ok(Sealed {
        json: event::to_raw_json(&event),
        compact: event::compact::encode(&event),
        void: event.kind() == Kind::Void,
        episode: event.episode,
        id: event.id,
        record,
    })
}

fn seal_patient(
    patient: Patient,
    on: chrono::NaiveDate,
) -> Result<(PatientRef, Option<IdentityRecord>), DeskError> {
    let turns_18 = patient.turns_18_if_young(on);
    let numbered = patient.pnr.is_some();
    let protected = patient.protected;
    if patient.pnr.is_none() && patient.name.is_none() {
        return Ok((
            PatientRef {
                protected,
                ..PatientRef::default()
            },
            None,
        ));
    }
    let apart = super::body::raw(&KeptApart {
        pnr: patient.pnr,
        name: patient.name,
    })?;
    let sealed = journal::seal(&apart).map_err(super::store::journal_error)?;
    let (key, commitment) = (Some(sealed.key), Some(sealed.commitment));
    Ok((
        PatientRef {
            key,
            commitment,
            protected,
            numbered,
            turns_18,
        },
        Some(sealed.record),
    ))
}

/// The identity that a recorded event names, put back into it. An identity
/// that was erased leaves nothing to compare with: `None`.
pub(super) fn unseal(
    reader: &Reader,
    row: &StayRow,
    recorded: RecordedEvent,
) -> Result<Option<Event<Patient>>, ViewsError> {
    let seq = recorded.seq;
    let mut erased = false;
    let event = recorded.event.try_map(|patient| {
        let mut open = Patient {
            protected: patient.protected,
            ..Patient::default()
        };
        if patient.key.is_some() {
            match kept_apart(reader, row, seq)? {
                Some(apart) => (open.pnr, open.name) = apart,
                None => erased = true,
            }
        }
        Ok::<_, ViewsError>(open)
    })?;
    Ok((!erased).then_some(event))
}

/// Number and name, where they are known.
pub(super) type Apart = (
    Option<crate::model::personal_id::PersonalId>,
    Option<String>,
);

/// Number and name in the data of an identity record.
pub(super) fn apart(data: &RawValue) -> Option<Apart> {
    let apart: KeptApart = serde_json::from_str(data.get()).ok()?;
    Some((apart.pnr, apart.name))
}

/// Number and name of the identity that entry `seq` of a stay names; none
/// where it was erased.
pub(super) fn kept_apart(
    reader: &Reader,
    row: &StayRow,
    seq: u64,
) -> Result<Option<Apart>, ViewsError> {
    let Some(place) = row.identities.iter().find(|place| place.seq == seq) else {
        return Err(ViewsError::Entry(seq));
    };
    Ok(match reader.identity(place.loc)? {
        journal::Identity::Known { data, .. } => Some(apart(&data).ok_or(ViewsError::Entry(seq))?),
        journal::Identity::Erased { .. } => None,
    })
}

/// What an event is beside those already known of its stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Novelty {
    New,
    Known,
}

/// The remedy for an id that comes with other content.
const CHANGED: &str = "this id was recorded with other content; to correct it, void \
                       the recorded event and send the right one under a new id";
/// A void that names a void.
const VOID_OF_VOID: &str = "a void cannot be voided; send the voided event again under a new id";
/// More events than a stay can have.
const TOO_MANY: &str = "the stay would have more than 2000 events; check the source";
/// More corrections of who somebody is than a stay can have.
const TOO_MANY_NAMES: &str =
    "the stay would name its patient more than 300 times; check the source";

/// What is known of one stay: recorded events, and earlier ones of the same
/// request.
pub(super) struct Known {
    recorded: Vec<Event<Patient>>,
    /// Ids whose identity was erased: whatever comes again is skipped.
    erased: Vec<EventId>,
    /// Events that name the patient.
    named: usize,
}

impl Known {
    /// Reads a stay's recorded events.
    pub fn of(state: &State, reader: &Reader, episode: &EpisodeId) -> Result<Self, ViewsError> {
        let mut known = Self {
            recorded: Vec::new(),
            erased: Vec::new(),
            named: 0,
        };
        let Some(row) = state.views.row(episode)? else {
            return Ok(known);
        };
        known.named = row.identities.len();
        for recorded in read_events(reader, &row, None)? {
            let id = recorded.event.id.clone();
            match unseal(reader, &row, recorded)? {
                Some(event) => known.recorded.push(event),
                None => known.erased.push(id),
            }
        }
        Ok(known)
    }

    /// Takes the next event, or says why it is refused: field and problem.
    pub fn take(
        &mut self,
        event: &Event<Patient>,
    ) -> Result<Novelty, (&'static str, &'static str)> {
        if self.erased.contains(&event.id) {
            return Ok(Novelty::Known);
        }
        if let Some(same) = self.recorded.iter().find(|known| known.id == event.id) {
            return if same == event {
                Ok(Novelty::Known)
            } else {
                Err(("id", CHANGED))
            };
        }
        if self.voids_a_void(event) {
            return Err(("event", VOID_OF_VOID));
        }
        if self.recorded.len() + self.erased.len() >= MOST_EVENTS {
            return Err(("episode", TOO_MANY));
        }
        if names(event) {
            if self.named >= MOST_IDENTITIES {
                return Err(("patient", TOO_MANY_NAMES));
            }
            self.named += 1;
        }
        self.recorded.push(event.clone());
        Ok(Novelty::New)
    }

    fn voids_a_void(&self, event: &Event<Patient>) -> bool {
        let is_void = |event: &Event<Patient>| matches!(event.body, Body::Void { .. });
        match &event.body {
            Body::Void { event: target, .. } => *target == event.id
                || self
                    .recorded
                    .iter()
                    .any(|known| known.id == *target && is_void(known))
                || self.recorded.iter().any(
                    |known| matches!(&known.body, Body::Void { event: t, .. } if *t == event.id),
                ),
            _ => false,
        }
    }
}

/// Whether an event's name or number goes into the identity file.
fn names(event: &Event<Patient>) -> bool {
    let patient = event.patient();
    patient.is_some_and(|patient| patient.pnr.is_some() || patient.name.is_some())
}

/// Leaves out events that are recorded already.
///
/// # Errors
/// `event_refused` names the first event that cannot be recorded.
pub(super) fn sift(
    state: &State,
    reader: &Reader,
    events: Vec<Event<Patient>>,
) -> Result<(Vec<Event<Patient>>, u64), DeskError> {
    let mut known: std::collections::HashMap<EpisodeId, Known> = std::collections::HashMap::new();
    let (mut fresh, mut skipped) = (Vec::new(), 0);
    for event in events {
        let stay = match known.get_mut(&event.episode) {
            Some(stay) => stay,
            None => {
                let stay = Known::of(state, reader, &event.episode).map_err(super::views_error)?;
                known.entry(event.episode.clone()).or_insert(stay)
            }
        };
        match stay.take(&event) {
            Ok(Novelty::New) => fresh.push(event),
            Ok(Novelty::Known) => skipped += 1,
            Err((field, problem)) => {
                let detail = format!("event {}: field \"{field}\": {problem}", event.id);
                return Err(DeskError::bad_input("event_refused", detail));
            }
        }
    }
    Ok((fresh, skipped))
}
