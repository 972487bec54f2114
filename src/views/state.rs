//! The views of one store: open stays in memory, the rest in tables.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
    sync::Arc,
};

use chrono::DateTime;

use super::{
    row::{self, BadRow, MonthRow, StayRow},
    sources::Sources,
    tables::{Batch, Table, Tables, TablesError},
};
use crate::{
    journal::{JournalError, Reader},
    model::{
        event::{self, Event},
        ids::EpisodeId,
        month::Month,
        stay::{Folded, Stay},
        time::Instant,
    },
};

/// Why the views cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// The tables fail; where damaged, they are rebuilt at the next start.
    #[error(transparent)]
    Tables(#[from] TablesError),
    /// A row cannot be read.
    #[error(transparent)]
    Row(#[from] BadRow),
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An entry of the journal is no event of this program.
    #[error("entry {0} of the journal is not what its kind says")]
    Entry(u64),
}

/// An event with its place in the journal.
#[derive(Debug, Clone)]
pub struct RecordedEvent {
    /// Sequence number.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub by: Arc<str>,
    /// The event.
    pub event: Event,
}

/// Key, in the tables' own facts, of the latest event's time.
pub(super) const LATEST: &[u8] = b"latest";

/// Kind of the journal's entries that are events.
pub const EVENT: &str = "event";

/// Everything that is served of stays.
pub struct Views {
    pub(super) tables: Arc<dyn Tables>,
    /// Held and open stays.
    pub(super) live: HashMap<EpisodeId, Arc<StayRow>>,
    pub(super) sources: Sources,
    /// Stays that changed after a month of theirs was locked, with the
    /// sequence number of the last such change.
    pub(super) late: BTreeMap<Month, BTreeMap<EpisodeId, u64>>,
    /// When the latest event of any stay happened.
    pub(super) latest: Option<Instant>,
    pub(super) position: u64,
}

impl Views {
    /// Reads what lives in memory from the tables.
    ///
    /// # Errors
    /// Where the tables or their rows cannot be read: rebuild them.
    pub fn load(tables: Arc<dyn Tables>) -> Result<Self, ViewsError> {
        let mut views = Self {
            position: tables.position()?.unwrap_or(0),
            tables,
            live: HashMap::new(),
            sources: Sources::default(),
            late: BTreeMap::new(),
            latest: None,
        };
        let tables = Arc::clone(&views.tables);
        each(&*tables, Table::Open, &[], &mut |key, value| {
            let episode = episode_of(key)?;
            views.live.insert(episode, Arc::new(row::decode(value)?));
            Ok(())
        })?;
        each(&*tables, Table::Source, &[], &mut |key, value| {
            let name = String::from_utf8(key.to_vec()).map_err(|_| BadRow)?;
            let micros: i64 = row::decode(value)?;
            views
                .sources
                .put(name, DateTime::from_timestamp_micros(micros).ok_or(BadRow)?);
            Ok(())
        })?;
        if let Some(bytes) = tables.get(Table::Meta, LATEST)? {
            views.latest = DateTime::from_timestamp_micros(row::decode(&bytes)?);
        }
        each(&*tables, Table::Late, &[], &mut |key, value| {
            let (month, episode) = (month_of(key)?, row::month_key_episode(key)?);
            views
                .late
                .entry(month)
                .or_default()
                .insert(episode, row::decode(value)?);
            Ok(())
        })?;
        Ok(views)
    }

    /// Journal position up to which this is true.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// When the latest event of any stay happened: nothing lies ahead of a
    /// moment at or after it.
    #[must_use]
    pub fn latest(&self) -> Option<Instant> {
        self.latest
    }

    /// The tables underneath.
    #[must_use]
    pub fn tables(&self) -> &Arc<dyn Tables> {
        &self.tables
    }

    /// When each source was last heard.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Stays that are held or open.
    pub fn live(&self) -> impl Iterator<Item = (&EpisodeId, &Arc<StayRow>)> {
        self.live.iter()
    }

    /// Whether no stay is known.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn is_empty(&self) -> Result<bool, ViewsError> {
        let mut none = self.live.is_empty();
        if none {
            self.tables.scan(Table::Closed, &[], None, &mut |_, _| {
                none = false;
                ControlFlow::Break(())
            })?;
        }
        Ok(none)
    }

    /// The row of a stay, wherever it is.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn row(&self, episode: &EpisodeId) -> Result<Option<Arc<StayRow>>, ViewsError> {
        if let Some(row) = self.live.get(episode) {
            return Ok(Some(Arc::clone(row)));
        }
        let found = self.tables.get(Table::Closed, &row::stay_key(episode))?;
        Ok(found
            .map(|bytes| row::decode(&bytes).map(Arc::new))
            .transpose()?)
    }

    /// The stays that ever touched a month and are closed now.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn month_rows(
        &self,
        month: Month,
        mut f: impl FnMut(EpisodeId, MonthRow),
    ) -> Result<(), ViewsError> {
        each(
            &*self.tables,
            Table::Month,
            &row::month_prefix(month),
            &mut |key, value| {
                f(row::month_key_episode(key)?, row::decode(value)?);
                Ok(())
            },
        )
    }

    /// The first month that any closed stay ever touched.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn first_month(&self) -> Result<Option<Month>, ViewsError> {
        let mut first = None;
        self.tables.scan(Table::Month, &[], None, &mut |key, _| {
            first = Some(month_of(key));
            ControlFlow::Break(())
        })?;
        Ok(first.transpose()?)
    }

    /// Every closed stay's row.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn closed_rows(&self, mut f: impl FnMut(EpisodeId, StayRow)) -> Result<(), ViewsError> {
        each(&*self.tables, Table::Closed, &[], &mut |key, value| {
            f(episode_of(key)?, row::decode(value)?);
            Ok(())
        })
    }

    /// Months of which something came after they were locked.
    pub fn late_months(&self) -> impl Iterator<Item = Month> {
        self.late.keys().copied()
    }

    /// Whether stays changed, after entry `since` and up to entry `upto`, in a
    /// month that was locked.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn late_between(&self, month: Month, since: u64, upto: u64) -> Result<bool, ViewsError> {
        let Some(stays) = self.late.get(&month) else {
            return Ok(false);
        };
        let late = || stays.iter().filter(|(_, last)| **last > since);
        if late().any(|(_, last)| *last <= upto) {
            return Ok(true);
        }
        for (episode, _) in late() {
            let row = self.row(episode)?;
            let mut places = row.iter().flat_map(|row| &row.places);
            if places.any(|place| since < place.seq && place.seq <= upto) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes the tables' own state to disk, as well as can be.
    pub fn flush(&self) {
        // The journal is the truth: what is lost here is folded again.
        let _ = self.tables.flush();
    }

    /// Puts a stay's row where it belongs; `was` is the row before.
    pub(super) fn put_row(
        &mut self,
        batch: &mut Batch,
        episode: &EpisodeId,
        row: StayRow,
        was: Option<&StayRow>,
    ) {
        let key = row::stay_key(episode);
        let live = row.standing.is_live();
        let table = |live| if live { Table::Open } else { Table::Closed };
        batch.put(table(live), &key, row::encode(&row));
        if was.is_some_and(|was| was.standing.is_live() != live) {
            batch.delete(table(!live), &key);
        }
        if live {
            self.live.insert(episode.clone(), Arc::new(row));
        } else {
            self.live.remove(episode);
        }
    }
}

/// Reads the events of a stay from the journal, by sequence number, up to
/// `upto` where given.
///
/// # Errors
/// Where the journal cannot be read.
pub fn read_events(
    reader: &Reader,
    row: &StayRow,
    upto: Option<u64>,
) -> Result<Vec<RecordedEvent>, ViewsError> {
    let places = row
        .places
        .iter()
        .filter(|place| upto.is_none_or(|upto| place.seq <= upto));
    places
        .map(|place| {
            let entry = reader.read(place.loc)?;
            let event = event::parse_recorded(entry.body.get().as_bytes())
                .map_err(|_| ViewsError::Entry(place.seq))?;
            let (seq, recorded_at) = (entry.seq, entry.recorded_at);
            Ok(RecordedEvent {
                seq,
                recorded_at,
                by: entry.by,
                event,
            })
        })
        .collect()
}

/// The stay as at `now` and as known at entry `upto`, folded from the journal.
///
/// # Errors
/// Where the journal cannot be read.
pub fn read_stay(
    reader: &Reader,
    row: &StayRow,
    now: Option<Instant>,
    upto: Option<u64>,
) -> Result<Option<Stay>, ViewsError> {
    let events = read_events(reader, row, upto)?;
    match Folded::from_events(events.iter().map(|recorded| &recorded.event), now) {
        Folded::Stay(stay) => Ok(Some(*stay)),
        Folded::Held { .. } | Folded::Nothing => Ok(None),
    }
}

fn episode_of(key: &[u8]) -> Result<EpisodeId, BadRow> {
    let text = std::str::from_utf8(key).map_err(|_| BadRow)?;
    EpisodeId::new(text).map_err(|_| BadRow)
}

fn month_of(key: &[u8]) -> Result<Month, BadRow> {
    let [high, low, month, ..] = key else {
        return Err(BadRow);
    };
    let year = i32::from(u16::from_be_bytes([*high, *low]));
    Month::new(year, u32::from(*month)).ok_or(BadRow)
}

/// Told key and value of a row.
pub(super) type EachRow<'a> = &'a mut dyn FnMut(&[u8], &[u8]) -> Result<(), BadRow>;

/// Scans with a function that can fail.
pub(super) fn each(
    tables: &dyn Tables,
    table: Table,
    prefix: &[u8],
    f: EachRow<'_>,
) -> Result<(), ViewsError> {
    let mut failed = None;
    tables.scan(table, prefix, None, &mut |key, value| match f(key, value) {
        Ok(()) => ControlFlow::Continue(()),
        Err(bad) => {
            failed = Some(bad);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), |bad| Err(bad.into()))
}
