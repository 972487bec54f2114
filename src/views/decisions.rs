//! Decisions, kept whole but for a lock's figures, which are read from the
//! journal when they are asked for.

use serde::{Deserialize, Serialize};

use super::{
    row::{self, BadRow},
    state::{Views, ViewsError, each},
    tables::{Batch, Table},
};
use crate::{
    journal::{EntryRef, Loc, Reader},
    ledger::decision::{Decided, Decision},
    model::time::{Instant, serde_instant},
};

/// Kind of the journal's entries that are decisions.
pub const DECISION: &str = "decision";

/// Encoded decisions above this size are read from the journal at start.
const LARGEST: usize = 32 * 1024;

/// A decision and where its entry stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The decision; a lock without its figures.
    pub decided: Decided,
    /// Its entry.
    pub loc: Loc,
}

#[derive(Serialize, Deserialize)]
struct KeptRow {
    loc: [u8; 16],
    #[serde(with = "serde_instant")]
    recorded_at: Instant,
    by: String,
    /// JSON, unless it is large.
    json: Option<String>,
}

impl Kept {
    /// Reads a decision from its entry.
    #[must_use]
    pub fn from_entry(entry: &EntryRef<'_>) -> Option<Self> {
        let decision = serde_json::from_str(entry.body).ok()?;
        Some(Self {
            decided: Decided {
                seq: entry.seq,
                recorded_at: entry.recorded_at,
                by: entry.by.to_owned(),
                decision: without_figures(decision),
            },
            loc: entry.loc,
        })
    }

    fn to_row(&self) -> KeptRow {
        let json = serde_json::to_string(&self.decided.decision).unwrap_or_default();
        KeptRow {
            loc: self.loc.encode(),
            recorded_at: self.decided.recorded_at,
            by: self.decided.by.clone(),
            json: (json.len() <= LARGEST).then_some(json),
        }
    }
}

/// The decision with a lock's figures left out.
#[must_use]
pub fn without_figures(mut decision: Decision) -> Decision {
    if let Decision::MonthLocked(lock) = &mut decision {
        lock.figures = String::new();
    }
    decision
}

/// The figures of a lock, from its entry.
///
/// # Errors
/// Where the journal cannot be read.
pub fn read_whole(reader: &Reader, loc: Loc) -> Result<Decision, ViewsError> {
    let entry = reader.read(loc)?;
    serde_json::from_str(entry.body.get()).map_err(|_| ViewsError::Entry(entry.seq))
}

impl Views {
    /// Stores decisions.
    pub fn put_decisions(batch: &mut Batch, decisions: &[Kept]) {
        for kept in decisions {
            let key = kept.decided.seq.to_be_bytes();
            batch.put(Table::Decision, key, row::encode(&kept.to_row()));
        }
    }

    /// Every decision, in order.
    ///
    /// # Errors
    /// Where the tables or the journal cannot be read.
    pub fn decisions(&self, reader: &Reader) -> Result<Vec<Kept>, ViewsError> {
        let mut rows: Vec<(u64, KeptRow)> = Vec::new();
        each(&*self.tables, Table::Decision, &[], &mut |key, value| {
            let seq = <[u8; 8]>::try_from(key).map_err(|_| BadRow)?;
            rows.push((u64::from_be_bytes(seq), row::decode(value)?));
            Ok(())
        })?;
        let read = |(seq, row): (u64, KeptRow)| {
            let loc = Loc::decode(row.loc);
            let decision = match &row.json {
                Some(json) => serde_json::from_str(json).map_err(|_| BadRow)?,
                None => without_figures(read_whole(reader, loc)?),
            };
            let (recorded_at, by) = (row.recorded_at, row.by);
            Ok(Kept {
                decided: Decided {
                    seq,
                    recorded_at,
                    by,
                    decision,
                },
                loc,
            })
        };
        rows.into_iter().map(read).collect()
    }
}
