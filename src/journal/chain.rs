//! The chain through a file: each line's place, time and hash follow from the
//! line before.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::hash::HexHash;
use super::layout::batch_name;
use super::line::{self, BatchItem, Line, Problem};
use super::loc::{FileNo, Loc};

/// The kind of the one line that publishes a batch; no caller may use it.
pub const BATCH_KIND: &str = "batch";

/// Where the chain stands after a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The number that the next line must have.
    pub next_seq: u64,
    /// The last line's hash.
    pub hash: HexHash,
    /// The last line's time.
    pub recorded_at: DateTime<Utc>,
}

/// What the line of a batch says, with what it says as a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BatchInfo {
    /// The batch line's own number; its entries follow it.
    pub seq: u64,
    pub recorded_at: DateTime<Utc>,
    pub by: Arc<str>,
    pub body: BatchBody,
}

/// The body of a batch line; the caller's `note` stands beside these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BatchBody {
    pub file: String,
    pub id: HexHash,
    pub first: u64,
    pub count: u64,
    pub bytes: u64,
    pub last_hash: HexHash,
    /// Records in the identity file of the same name; 0 when there is none.
    pub identities: u64,
}

impl BatchInfo {
    pub(super) fn next_seq(&self) -> u64 {
        self.body.first + self.body.count
    }
}

/// An entry as it lies in a file. `body` is JSON, exactly as it was given.
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'a> {
    /// The entry's number in the whole store, without gaps from 1.
    pub seq: u64,
    /// When it was recorded; never before the entry before it.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub by: &'a str,
    /// What it is; [`BATCH_KIND`] announces a batch, whose entries follow.
    pub kind: &'a str,
    /// Its body, as JSON text.
    pub body: &'a str,
    /// Where it lies.
    pub loc: Loc,
}

impl<'a> EntryRef<'a> {
    /// The entry of a segment's line, and where it lies.
    pub(super) fn of(line: &'a Line<'_>, loc: Loc) -> Self {
        Self {
            seq: line.seq,
            recorded_at: line.recorded_at,
            by: &line.by,
            kind: line.kind,
            body: line.body,
            loc,
        }
    }
}

/// What a checked line of a segment was.
pub(super) struct Followed<'a> {
    pub line: Line<'a>,
    /// The batch that the line publishes.
    pub batch: Option<BatchInfo>,
}

impl Head {
    /// Before the first line of a store.
    pub(super) fn start(store: &HexHash) -> Self {
        Self {
            next_seq: 1,
            hash: *store,
            recorded_at: DateTime::UNIX_EPOCH,
        }
    }

    /// Checks that a line (without newline) comes next, and moves on. After a
    /// problem the head follows what the line claims, where it can be read,
    /// so that one bad line is one finding.
    pub(super) fn follow<'a>(
        &mut self,
        bytes: &'a [u8],
        hashes: bool,
    ) -> Result<Followed<'a>, Problem> {
        let line = line::parse_line(bytes)?;
        let before = *self;
        let batch = if line.kind == BATCH_KIND {
            Some(batch_of(&line))
        } else {
            None
        };
        let next_seq = match &batch {
            Some(Ok(batch)) => batch.next_seq(),
            _ => line.seq.saturating_add(1),
        };
        *self = Self {
            next_seq,
            hash: line.hash,
            recorded_at: line.recorded_at,
        };
        if hashes && !line::hash_holds(bytes, &before.hash, &line.hash) {
            return Err("its hash does not follow from the line before");
        }
        if line.seq != before.next_seq {
            return Err("its number does not follow the line before");
        }
        if line.recorded_at < before.recorded_at {
            return Err("it was recorded before the line before");
        }
        Ok(Followed {
            batch: batch.transpose()?,
            line,
        })
    }
}

fn batch_of(line: &Line<'_>) -> Result<BatchInfo, Problem> {
    const BAD: Problem = "the batch line cannot be read";
    let body: BatchBody = serde_json::from_str(line.body).map_err(|_| BAD)?;
    let end = body.first.checked_add(body.count);
    if line.seq.checked_add(1) != Some(body.first)
        || body.count == 0
        || end.is_none()
        || body.file != batch_name(body.first, &body.id)
    {
        return Err(BAD);
    }
    let by = Arc::from(line.by.as_ref());
    Ok(BatchInfo {
        seq: line.seq,
        recorded_at: line.recorded_at,
        by,
        body,
    })
}

/// The chain within a batch file; it starts from the batch's random id.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemHead {
    pub next: u64,
    pub hash: HexHash,
}

impl ItemHead {
    pub(super) fn start(id: &HexHash) -> Self {
        Self { next: 0, hash: *id }
    }

    /// As [`Head::follow`], for a batch file's line.
    pub(super) fn follow<'a>(
        &mut self,
        bytes: &'a [u8],
        hashes: bool,
    ) -> Result<BatchItem<'a>, Problem> {
        let item = line::parse_item(bytes)?;
        let before = *self;
        *self = Self {
            next: item.n.saturating_add(1),
            hash: item.hash,
        };
        if hashes && !line::hash_holds(bytes, &before.hash, &item.hash) {
            return Err("its hash does not follow from the line before");
        }
        if item.n != before.next {
            return Err("its number does not follow the line before");
        }
        Ok(item)
    }
}

/// An item of a batch, as an entry of the store.
pub(super) fn item_entry<'a>(
    batch: &'a BatchInfo,
    file: FileNo,
    offset: u64,
    len: usize,
    item: &BatchItem<'a>,
) -> EntryRef<'a> {
    EntryRef {
        seq: batch.body.first.saturating_add(item.n),
        recorded_at: batch.recorded_at,
        by: &batch.by,
        kind: item.kind,
        body: item.body,
        loc: Loc {
            file,
            offset,
            len: u32::try_from(len).unwrap_or(u32::MAX),
        },
    }
}
