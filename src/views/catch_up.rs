//! Taking what the journal has gained into the views.

use std::{collections::HashMap, ops::ControlFlow, sync::Arc};

use super::{
    decisions,
    fresh::{Fresh, FreshStays},
    recorded::{NearEvents, Recorded},
    refold::{Refolded, refold},
    row::{self, IdentityPlace, Place, Standing, StayRow},
    sources::Sources,
    state::{EVENT, LATEST, Views, ViewsError},
    stretch,
    tables::{Batch, Table},
};
use crate::{
    journal::{Hashes, Identity, IdentityLoc, Reader},
    model::{ids::EpisodeId, month::Month},
    rules::Rulebook,
};

/// Stays that are folded between two writes to the tables.
const CHUNK: usize = 2_048;

/// Under what stays are folded.
#[derive(Clone, Copy)]
pub struct Folding<'a> {
    /// Where events are read from.
    pub events: Recorded<'a>,
    /// The rules in force.
    pub rulebook: &'a Rulebook,
    /// The journal's position at each lock, and the month that it locked.
    pub locks: &'a [(u64, Month)],
}

impl Views {
    /// Takes in what has come for some stays, up to journal position
    /// `position`. Told how many stays are done. If this is cut short, the
    /// position stays behind and the same is taken in again.
    ///
    /// # Errors
    /// Where the journal cannot be read or the tables cannot be written.
    pub fn absorb(
        &mut self,
        mut stays: impl ExactSizeIterator<Item = (EpisodeId, Fresh)>,
        position: u64,
        folding: Folding<'_>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ViewsError> {
        let mut done = 0;
        // Nothing can be known of any stay before the first one came.
        let known = !self.is_empty()?;
        let mut near = [folding.events.near(), folding.events.near()];
        let mut heard = Sources::default();
        loop {
            let chunk: Vec<_> = stays.by_ref().take(CHUNK).collect();
            let last = stays.len() == 0;
            done += chunk.len() as u64;
            let before = if known {
                self.before(&chunk)?
            } else {
                Before::new()
            };
            let mut batch = Batch::new();
            let refolded = refold_chunk(chunk, &before, (&mut near, folding.rulebook), &mut heard)?;
            for one in refolded {
                let was = before.get(&one.episode);
                self.put(&mut batch, one, was, folding.locks);
            }
            if last {
                self.sources.hear_all(&heard);
                self.put_facts(&mut batch, &heard);
            }
            self.tables
                .apply(batch, if last { position } else { self.position })?;
            progress(done);
            if last {
                self.position = position;
                return Ok(());
            }
        }
    }

    /// The rows of stays that are known already.
    fn before(&self, chunk: &[(EpisodeId, Fresh)]) -> Result<Before, ViewsError> {
        let rows = chunk.iter().filter_map(|(episode, _)| {
            let row = self.row(episode).transpose()?;
            Some(row.map(|row| (episode.clone(), row)))
        });
        rows.collect()
    }

    /// What is told of all stays together, as far as it may have changed.
    fn put_facts(&self, batch: &mut Batch, heard: &Sources) {
        let heard = heard.iter().map(|(name, _)| name);
        for (name, at) in heard.filter_map(|name| Some((name, self.sources.last(name)?))) {
            let micros = at.timestamp_micros();
            batch.put(Table::Source, name.as_bytes(), row::encode(&micros));
        }
        if let Some(latest) = self.latest {
            // Rounded up: nothing lies ahead of it.
            let micros = latest.timestamp_micros() + 1;
            batch.put(Table::Meta, LATEST, row::encode(&micros));
        }
    }

    fn put(
        &mut self,
        batch: &mut Batch,
        refolded: Refolded,
        was: Option<&Arc<StayRow>>,
        locks: &[(u64, Month)],
    ) {
        let Refolded {
            episode,
            row,
            months,
        } = refolded;
        self.latest = self.latest.max(Some(row.latest));
        stretch::put(batch, &episode, &row, was.map(Arc::as_ref));
        let was_done = was.filter(|was| !was.standing.is_live());
        if let Some(was) = was_done.filter(|_| row.standing.is_live()) {
            // A stay that is open or held again is judged from memory.
            for month in was.first.through(was.last) {
                batch.delete(Table::Month, row::month_key(month, &episode));
            }
        }
        for (month, month_row) in &months {
            batch.put(
                Table::Month,
                row::month_key(*month, &episode),
                row::encode(month_row),
            );
        }
        if let Some(last) = last_late(&row, locks) {
            self.note_late(batch, &episode, &row, last);
        }
        self.put_row(batch, &episode, row, was.map(Arc::as_ref));
    }

    fn note_late(&mut self, batch: &mut Batch, episode: &EpisodeId, row: &StayRow, last: Month) {
        let seq = row.last_seq();
        for month in row.first.through(last) {
            batch.put(
                Table::Late,
                row::month_key(month, episode),
                row::encode(&seq),
            );
            let of_month = self.late.entry(month).or_default();
            of_month.insert(episode.clone(), seq);
        }
    }

    /// Judges every closed stay again, after rules changed.
    ///
    /// # Errors
    /// Where the journal cannot be read or the tables cannot be written.
    pub fn judge_again(
        &mut self,
        folding: Folding<'_>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), ViewsError> {
        let mut stays = FreshStays::new();
        self.closed_rows(|episode, _| {
            stays.insert(episode, Fresh::default());
        })?;
        // Nothing came for these stays, so nothing about them is late.
        let folding = Folding {
            locks: &[],
            ..folding
        };
        self.absorb(stays.into_iter(), self.position, folding, progress)
    }
}

/// The last locked month that what came for a stay may change.
fn last_late(row: &StayRow, locks: &[(u64, Month)]) -> Option<Month> {
    let locked = locks.iter().map(|(_, month)| *month).max()?;
    if row.standing != Standing::Closed {
        // It may change any month since its admission.
        return Some(locked);
    }
    // Locked while it was thought to go on: it was charged for there, though
    // it is known now to have ended before.
    let within = locks
        .iter()
        .filter(|(position, _)| row.begun_by(*position) && *position < row.last_seq());
    let charged = within.map(|(_, month)| *month).max();
    Some(row.last.max(charged.unwrap_or(row.last)).min(locked))
}

/// Rows of stays before something came for them.
type Before = HashMap<EpisodeId, Arc<StayRow>>;

/// Folds stays on two threads: reading and parsing is most of the work.
fn refold_chunk(
    mut chunk: Vec<(EpisodeId, Fresh)>,
    before: &Before,
    (near, rulebook): (&mut [NearEvents<'_>; 2], &Rulebook),
    heard: &mut Sources,
) -> Result<Vec<Refolded>, ViewsError> {
    let second = chunk.split_off(chunk.len() / 2);
    let work = |stays: Vec<(EpisodeId, Fresh)>, near: &mut NearEvents<'_>| {
        let mut heard = Sources::default();
        let refolded: Result<Vec<_>, ViewsError> = stays
            .into_iter()
            .map(|(episode, fresh)| {
                let was = before.get(&episode);
                refold_one(&episode, fresh, was, (&mut *near, rulebook), &mut heard)
            })
            .collect();
        Ok::<_, ViewsError>((refolded?, heard))
    };
    let [near, other] = near;
    if chunk.is_empty() {
        let (refolded, sources) = work(second, near)?;
        heard.hear_all(&sources);
        return Ok(refolded);
    }
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| work(second, other));
        let first = work(chunk, near);
        let second = second
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok::<_, ViewsError>((first?, second?))
    })?;
    let (mut refolded, sources) = first;
    heard.hear_all(&sources);
    heard.hear_all(&second.1);
    refolded.extend(second.0);
    Ok(refolded)
}

fn refold_one(
    episode: &EpisodeId,
    mut fresh: Fresh,
    before: Option<&Arc<StayRow>>,
    (near, rulebook): (&mut NearEvents<'_>, &Rulebook),
    heard: &mut Sources,
) -> Result<Refolded, ViewsError> {
    let first_fresh = fresh.places.first().map_or(u64::MAX, |place| place.seq);
    let span = before.map(|row| {
        fresh.join(&row.places, &row.identities);
        (row.first, row.last)
    });
    let mut events = Vec::with_capacity(fresh.places.len());
    for place in &fresh.places {
        let event = near.read(episode, place)?;
        if place.seq >= first_fresh {
            heard.hear(&event);
        }
        events.push(event);
    }
    Ok(refold(episode, fresh, &events, span, rulebook))
}

/// What the journal has gained since a position.
#[derive(Default)]
pub struct Gained {
    /// Events, by stay.
    pub stays: FreshStays,
    /// Decisions, in order.
    pub decisions: Vec<decisions::Kept>,
    /// The last entry seen.
    pub position: u64,
}

/// Reads what the journal has after entry `position`. Told entries done.
///
/// # Errors
/// Where the journal cannot be read, or an entry is not what its kind says.
pub fn gained(
    reader: &Reader,
    position: u64,
    progress: &mut dyn FnMut(u64),
) -> Result<Gained, ViewsError> {
    let mut gained = Gained {
        position,
        ..Gained::default()
    };
    let mut named: HashMap<String, (EpisodeId, u64)> = HashMap::new();
    let failed = reader.scan(position + 1, Hashes::Trust, |entry| {
        gained.position = entry.seq;
        if entry.seq % 4_096 == 0 {
            progress(entry.seq - position);
        }
        let taken = match entry.kind {
            EVENT => take_event(entry, &mut gained.stays, &mut named),
            decisions::DECISION => decisions::Kept::from_entry(entry).map(|kept| {
                gained.decisions.push(kept);
            }),
            _ => Some(()),
        };
        match taken {
            Some(()) => ControlFlow::Continue(()),
            None => ControlFlow::Break(entry.seq),
        }
    })?;
    if let Some(seq) = failed {
        return Err(ViewsError::Entry(seq));
    }
    if !named.is_empty() {
        find_identities(reader, &mut named, &mut gained.stays)?;
    }
    Ok(gained)
}

/// The part of an event's JSON that tells where it belongs.
#[derive(serde::Deserialize)]
struct Envelope<'a> {
    episode: EpisodeId,
    #[serde(borrow)]
    patient: Option<Named<'a>>,
}

#[derive(serde::Deserialize)]
struct Named<'a> {
    key: Option<&'a str>,
}

fn take_event(
    entry: &crate::journal::EntryRef<'_>,
    stays: &mut FreshStays,
    named: &mut HashMap<String, (EpisodeId, u64)>,
) -> Option<()> {
    let envelope: Envelope<'_> = serde_json::from_str(entry.body).ok()?;
    let place = Place {
        seq: entry.seq,
        loc: entry.loc,
    };
    if let Some(key) = envelope.patient.and_then(|patient| patient.key) {
        named.insert(key.to_owned(), (envelope.episode.clone(), entry.seq));
    }
    match stays.get_mut(&envelope.episode) {
        Some(fresh) => fresh.places.push(place),
        None => {
            let fresh = Fresh {
                places: vec![place],
                identities: Vec::new(),
            };
            stays.insert(envelope.episode, fresh);
        }
    }
    Some(())
}

/// Where the identities stand that fresh events name.
fn find_identities(
    reader: &Reader,
    named: &mut HashMap<String, (EpisodeId, u64)>,
    stays: &mut FreshStays,
) -> Result<(), ViewsError> {
    let mut take = |loc: IdentityLoc, key: &str| {
        if let Some((episode, seq)) = named.remove(key)
            && let Some(fresh) = stays.get_mut(&episode)
        {
            fresh.identities.push(IdentityPlace { seq, loc });
        }
    };
    reader.scan_identities(|loc, identity| match identity {
        Identity::Known { key, .. } | Identity::Erased { key } => take(loc, &key),
    })?;
    Ok(())
}
