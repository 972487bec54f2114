//! Which of the staged events are new.

use std::collections::HashSet;

use super::{
    super::{
        error::DeskError,
        events::{self, Known, Novelty},
        service::Refused,
        state::State,
        store::journal_error,
        views_error,
    },
    index::{Index, Slot},
};
use crate::{
    journal::{Reader, Staging},
    model::{
        event::{self, Event},
        patient::Patient,
    },
    views::{
        recorded::Parsed,
        row::{MOST_EVENTS, MOST_IDENTITIES},
    },
};

/// What became of staged events: by their place in the batch.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    /// Known already.
    pub skipped: HashSet<u32>,
    /// Refused, with field and problem.
    pub refused: Vec<(Slot, Refused)>,
    /// Distinct stays among the new events.
    pub stays: u64,
    /// Position of the journal that this was decided at.
    pub checked_at: u64,
}

/// Compares staged events with each other and with what is recorded.
/// `index` is sorted by stay. Told events done.
pub(super) fn sift(
    state: &State,
    reader: &Reader,
    staging: &mut Staging,
    index: &Index,
    progress: &mut dyn FnMut(u64),
) -> Result<Sifted, DeskError> {
    let mut sifted = Sifted {
        checked_at: state.views.position(),
        ..Sifted::default()
    };
    // Before the first stay came nothing is recorded of any.
    let known = !state.views.is_empty().map_err(views_error)?;
    let mut ids = HashSet::new();
    let mut done = 0;
    for run in index.slots.chunk_by(|a, b| a.stay == b.stay) {
        done += run.len() as u64;
        progress(done);
        let episode = &index.names[run[0].stay as usize];
        let recorded = known && state.views.row(episode).map_err(views_error)?.is_some();
        ids.clear();
        let plain = !recorded
            && run.len() <= MOST_EVENTS
            && names(run) <= MOST_IDENTITIES
            && run.iter().all(|slot| !slot.void && ids.insert(slot.id));
        // Nearly every stay of a first import: nothing to compare with.
        if plain {
            sifted.stays += 1;
            continue;
        }
        let mut known = Known::of(state, reader, episode).map_err(views_error)?;
        let mut any = false;
        for slot in run {
            let event = read_back(staging, slot)?;
            match known.take(&event) {
                Ok(Novelty::New) => any = true,
                Ok(Novelty::Known) => {
                    sifted.skipped.insert(slot.n);
                }
                Err((field, problem)) => {
                    let (field, problem) = (Some(field.to_owned()), problem.to_owned());
                    let line = u64::from(slot.line);
                    sifted.refused.push((
                        *slot,
                        Refused {
                            line,
                            field,
                            problem,
                            text: None,
                        },
                    ));
                }
            }
        }
        sifted.stays += u64::from(any);
    }
    sifted.refused.sort_by_key(|(slot, _)| slot.n);
    Ok(sifted)
}

/// How many of a stay's events name the patient.
fn names(run: &[Slot]) -> usize {
    run.iter().filter(|slot| slot.identity().is_some()).count()
}

/// The event as it came, from its staged parts.
fn read_back(staging: &mut Staging, slot: &Slot) -> Result<Event<Patient>, DeskError> {
    let entry = staging.read(slot.loc()).map_err(journal_error)?;
    let damaged = || DeskError::store("cannot_read", "a staged event cannot be read back");
    let event = event::parse_recorded(entry.body.get().as_bytes()).map_err(|_| damaged())?;
    let apart = match slot.identity() {
        Some(loc) => {
            let record = staging.read_identity(loc).map_err(journal_error)?;
            Some(events::apart(&record.data().map_err(journal_error)?).ok_or_else(damaged)?)
        }
        None => None,
    };
    event.try_map(|patient| {
        let (pnr, name) = apart.unwrap_or_default();
        Ok(Patient {
            pnr,
            name,
            protected: patient.protected,
        })
    })
}

/// The event as it came, as JSON, for the file of refused lines.
pub(super) fn text(staging: &mut Staging, slot: &Slot) -> Result<String, DeskError> {
    Ok(event::to_json(&read_back(staging, slot)?))
}

/// Stages anew what is new: everything but `sifted`'s skipped and refused
/// events. `index` is in order of staging.
pub(super) fn restage(
    reader: &Reader,
    staging: &mut Staging,
    (index, parsed): (&Index, &mut Parsed),
    sifted: &Sifted,
) -> Result<(Staging, Index, Parsed), DeskError> {
    let refused: HashSet<u32> = sifted.refused.iter().map(|(slot, _)| slot.n).collect();
    let mut fresh = reader.stage().map_err(journal_error)?;
    let mut fresh_parsed = Parsed::new(reader).map_err(journal_error)?;
    let mut kept = Vec::new();
    for slot in &index.slots {
        if sifted.skipped.contains(&slot.n) || refused.contains(&slot.n) {
            continue;
        }
        let entry = staging.read(slot.loc()).map_err(journal_error)?;
        let identity = match slot.identity() {
            Some(loc) => {
                let record = staging.read_identity(loc).map_err(journal_error)?;
                Some(fresh.push_identity(&record).map_err(journal_error)?)
            }
            None => None,
        };
        let loc = fresh
            .push(&entry.kind, &entry.body)
            .map_err(journal_error)?;
        fresh_parsed
            .push_from(parsed, slot.n)
            .map_err(journal_error)?;
        kept.push(slot.moved(kept.len(), loc, identity));
    }
    Ok((fresh, index.with_slots(kept), fresh_parsed))
}
