//! Stays as they were when the journal ended at an earlier entry: folded from
//! the events recorded up to it, so that they stand as they stood then.

use std::sync::Arc;

use super::{
    fresh::Fresh,
    recorded::{NearEvents, Recorded},
    refold::{Refolded, refold},
    row::{Place, StayRow},
    state::{Views, ViewsError},
};
use crate::{
    journal::Reader,
    model::{event::Event, ids::EpisodeId},
    rules::Rulebook,
};

/// A stay and its row.
pub type Row = (EpisodeId, Arc<StayRow>);

/// The stays that stood otherwise at an entry than they stand now.
pub struct Then {
    /// Each as it stood then.
    pub changed: Vec<Refolded>,
}

impl Views {
    /// The stays that have entries up to `upto` and after it, as they stood
    /// at `upto`, judged under `rulebook`. Every other stay stands now as it
    /// stood then, or was not known at all.
    ///
    /// # Errors
    /// Where tables or journal cannot be read.
    pub fn then(
        &self,
        reader: &Reader,
        rulebook: &Rulebook,
        upto: u64,
    ) -> Result<Then, ViewsError> {
        let mut rows = self.straddling(upto)?;
        let live = self
            .live()
            .filter(|(_, row)| row.begun_by(upto) && upto < row.last_seq());
        rows.extend(live.map(|(episode, row)| (episode.clone(), Arc::clone(row))));
        let changed = fold_again(reader, rulebook, &rows, upto)?;
        Ok(Then { changed })
    }
}

/// Folds stays again from their entries up to `upto`.
///
/// # Errors
/// Where the journal cannot be read.
pub fn fold_again(
    reader: &Reader,
    rulebook: &Rulebook,
    rows: &[Row],
    upto: u64,
) -> Result<Vec<Refolded>, ViewsError> {
    let mut events = read_all(reader, rows, upto)?.into_iter().peekable();
    let folded = rows.iter().enumerate().map(|(stay, (episode, row))| {
        let mut own = Vec::new();
        while let Some(one) = events.next_if(|one| one.stay == stay) {
            own.push(one.event);
        }
        let known = |seq: u64| seq <= upto;
        let fresh = Fresh {
            places: row
                .places
                .iter()
                .filter(|p| known(p.seq))
                .copied()
                .collect(),
            identities: (row.identities.iter().filter(|p| known(p.seq)))
                .copied()
                .collect(),
        };
        refold(episode, fresh, &own, None, rulebook)
    });
    Ok(folded.collect())
}

/// An event of one of several stays.
struct OfStay {
    stay: usize,
    seq: u64,
    event: Event,
}

/// The events of stays up to `upto`, by stay and entry. They are read in the
/// order in which they lie, on two threads: reading and parsing is the work.
fn read_all(reader: &Reader, rows: &[Row], upto: u64) -> Result<Vec<OfStay>, ViewsError> {
    let mut places: Vec<(usize, Place)> = rows
        .iter()
        .enumerate()
        .flat_map(|(stay, (_, row))| row.places.iter().map(move |place| (stay, *place)))
        .filter(|(_, place)| place.seq <= upto)
        .collect();
    places.sort_unstable_by_key(|(_, place)| place.loc);
    let read = |places: &[(usize, Place)]| -> Result<Vec<OfStay>, ViewsError> {
        let mut near: NearEvents<'_> = Recorded::from(reader).near();
        let events = places.iter().map(|(stay, place)| {
            let (stay, seq) = (*stay, place.seq);
            let event = near.read(&rows[stay].0, place)?;
            Ok(OfStay { stay, seq, event })
        });
        events.collect()
    };
    let (first, second) = places.split_at(places.len() / 2);
    let mut events = std::thread::scope(|scope| {
        let second = scope.spawn(|| read(second));
        let mut events = read(first)?;
        let second = second
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        events.extend(second?);
        Ok::<_, ViewsError>(events)
    })?;
    events.sort_unstable_by_key(|one| (one.stay, one.seq));
    Ok(events)
}
