//! Reading the journal while it is written.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::chain::{BatchInfo, EntryRef, ItemHead, item_entry};
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::identity::Identity;
use super::layout::Format;
use super::line;
use super::load::{Checked, CheckedBatch, CheckedSegment};
use super::loc::{FileNo, IdentityLoc, Loc};
use super::near::NearReader;
use super::reading::Lines;
use super::rewrite;
use super::shared::{Room, Segment, Shared};
use super::staging::Staging;

/// An entry, read by its position.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it.
    pub by: Arc<str>,
    /// What it is.
    pub kind: String,
    /// Its body, as it was given.
    pub body: Box<RawValue>,
}

/// How far the journal goes: kept elsewhere, it tells whether lines were cut
/// off the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Entries, batches' entries and batch lines included.
    pub count: u64,
    /// The hash of the last line; the store's id when there is none.
    pub hash: HexHash,
}

/// Whether hashes are computed while scanning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hashes {
    /// Every line's.
    Check,
    /// None: the files were checked at opening.
    Trust,
}

/// Reads one store; clones are cheap, and every thread may have one.
#[derive(Clone)]
pub struct Reader {
    pub(super) shared: Arc<Shared>,
}

impl Reader {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Whose store it is.
    #[must_use]
    pub fn format(&self) -> &Format {
        &self.shared.format
    }

    /// The store's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// The last recorded entry's number; 0 when there is none.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.shared.state().head.next_seq - 1
    }

    /// Bytes of entries, batches included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let state = self.shared.state();
        let segments: u64 = state.segments.iter().map(|segment| segment.len).sum();
        let batches: u64 = state
            .batches
            .iter()
            .map(|batch| batch.info.body.bytes)
            .sum();
        segments + batches
    }

    /// The present anchor.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        let head = self.shared.state().head;
        Anchor {
            count: head.next_seq - 1,
            hash: head.hash,
        }
    }

    /// Begins a batch.
    ///
    /// # Errors
    /// When its file cannot be made.
    pub fn stage(&self) -> Result<Staging> {
        Staging::new(&self.shared)
    }

    /// Reads one entry.
    ///
    /// # Errors
    /// When no entry lies there, or it cannot be read.
    pub fn read(&self, loc: Loc) -> Result<Entry> {
        let at = (loc.file, loc.offset, loc.len);
        let bytes = self.shared.read_at(Room::Journal, at)?;
        let batch = self.batch_of(loc)?;
        let body = |text: &str| RawValue::from_string(text.to_owned());
        let entry = with_entry(&bytes, loc, batch.as_deref(), |entry| {
            Ok::<_, serde_json::Error>(Entry {
                seq: entry.seq,
                recorded_at: entry.recorded_at,
                by: match &batch {
                    Some(batch) => Arc::clone(&batch.by),
                    None => entry.by.into(),
                },
                kind: entry.kind.to_owned(),
                body: body(entry.body)?,
            })
        })?;
        entry.map_err(|_| JournalError::NoSuchRecord(loc.to_string()))
    }

    /// The batch that a position lies in, if it lies in one.
    pub(super) fn batch_of(&self, loc: Loc) -> Result<Option<Arc<BatchInfo>>> {
        let Some(ordinal) = loc.file.as_batch() else {
            return Ok(None);
        };
        let state = self.shared.state();
        let batch = state.batch(ordinal).map(|batch| Arc::clone(&batch.info));
        let known = batch.ok_or_else(|| JournalError::NoSuchRecord(loc.to_string()));
        known.map(Some)
    }

    /// For many reads, one after the other.
    #[must_use]
    pub fn near(&self) -> NearReader {
        NearReader::new(self.clone())
    }

    /// Reads what is known of an identity.
    ///
    /// # Errors
    /// When no identity lies there, or it cannot be read.
    pub fn identity(&self, loc: IdentityLoc) -> Result<Identity> {
        rewrite::get(&self.shared, loc)
    }

    /// Calls `f` with the position and content of every identity.
    ///
    /// # Errors
    /// At the first record that cannot be read.
    pub fn scan_identities(&self, mut f: impl FnMut(IdentityLoc, Identity)) -> Result<()> {
        rewrite::scan(
            &self.shared,
            |loc, record| f(loc, record.into_identity()),
            Err,
        )
    }

    /// What has been checked, for the next opening.
    ///
    /// # Errors
    /// When a file's stamp cannot be read.
    pub fn checked(&self) -> Result<Checked> {
        let state = self.shared.state().clone();
        let mut segments = Vec::with_capacity(state.segments.len());
        for (number, segment) in (1..).zip(&state.segments) {
            let mut stamp = self.shared.stamp(Room::Journal, FileNo::segment(number))?;
            // What is being written is not yet acknowledged.
            stamp.len = segment.len;
            segments.push(CheckedSegment {
                stamp,
                lines: segment.lines,
                head: segment.head,
            });
        }
        let mut batches = Vec::with_capacity(state.batches.len());
        for (ordinal, batch) in (0..).zip(&state.batches) {
            let stamp = self.shared.stamp(Room::Journal, FileNo::batch(ordinal))?;
            let info = (*batch.info).clone();
            batches.push(CheckedBatch {
                stamp,
                segment: batch.segment,
                info,
            });
        }
        Ok(Checked {
            store: self.shared.format.store,
            segments,
            batches,
        })
    }

    /// Calls `f` with every entry from `from_seq` on, in order, up to what is
    /// recorded when the scan begins; a batch line comes before its entries.
    /// `f` may break off with an answer.
    ///
    /// # Errors
    /// At the first line that cannot be read, or whose hash does not hold.
    pub fn scan<B>(
        &self,
        from_seq: u64,
        hashes: Hashes,
        mut f: impl FnMut(&EntryRef<'_>) -> ControlFlow<B>,
    ) -> Result<Option<B>> {
        let (segments, batches) = {
            let state = self.shared.state();
            (state.segments.clone(), state.batches.clone())
        };
        // The segment is passed by if the next one still begins at or before.
        let skip = segments
            .iter()
            .skip(1)
            .take_while(|s| s.first_seq <= from_seq)
            .count();
        let mut batches = (0..)
            .zip(batches)
            .map(|(n, b)| (FileNo::batch(n), b))
            .peekable();
        for (number, segment) in (1..).zip(&segments).skip(skip) {
            while batches.next_if(|(_, b)| b.segment < number).is_some() {}
            let mut next = || batches.next().map(|(file, b)| (file, b.info));
            let found =
                self.scan_segment((number, segment), (from_seq, hashes), &mut next, &mut f)?;
            if let ControlFlow::Break(answer) = found {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    fn scan_segment<B>(
        &self,
        (number, segment): (u32, &Segment),
        (from_seq, hashes): (u64, Hashes),
        next_batch: &mut dyn FnMut() -> Option<(FileNo, Arc<BatchInfo>)>,
        f: &mut dyn FnMut(&EntryRef<'_>) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B>> {
        let file = FileNo::segment(number);
        let handle = self.shared.handle(Room::Journal, file)?;
        let (path, name) = self.shared.path_of(Room::Journal, file)?;
        let mut lines = Lines::new(&*handle, 0, segment.len);
        let (mut head, mut number) = (None, 0);
        while let Some(raw) = lines.next().context("read", &path)? {
            number += 1;
            let bad = |problem| JournalError::damaged(&name, number, problem);
            let line = line::parse_line(raw.bytes).map_err(bad)?;
            // The chain into this segment was checked when it was opened.
            let holds = |prev: &HexHash| line::hash_holds(raw.bytes, prev, &line.hash);
            if hashes == Hashes::Check && head.is_some_and(|prev| !holds(&prev)) {
                return Err(bad("its hash does not follow from the line before"));
            }
            head = Some(line.hash);
            if line.seq >= from_seq {
                let len = u32::try_from(raw.bytes.len()).unwrap_or(u32::MAX);
                let loc = Loc {
                    file,
                    offset: raw.offset,
                    len,
                };
                if let ControlFlow::Break(answer) = f(&EntryRef::of(&line, loc)) {
                    return Ok(ControlFlow::Break(answer));
                }
            }
            if line.kind == super::BATCH_KIND {
                let batch = next_batch().filter(|(_, batch)| batch.seq == line.seq);
                let (file, batch) = batch.ok_or_else(|| bad("the batch is not known"))?;
                if batch.next_seq() > from_seq {
                    let found = self.scan_batch(file, &batch, (from_seq, hashes), f)?;
                    if found.is_break() {
                        return Ok(found);
                    }
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn scan_batch<B>(
        &self,
        file: FileNo,
        batch: &BatchInfo,
        (from_seq, hashes): (u64, Hashes),
        f: &mut dyn FnMut(&EntryRef<'_>) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B>> {
        let handle = self.shared.handle(Room::Journal, file)?;
        let (path, name) = self.shared.path_of(Room::Journal, file)?;
        let mut lines = Lines::new(&*handle, 0, batch.body.bytes);
        let mut head = ItemHead::start(&batch.body.id);
        while let Some(raw) = lines.next().context("read", &path)? {
            let number = head.next + 1;
            let item = head.follow(raw.bytes, hashes == Hashes::Check);
            let item = item.map_err(|problem| JournalError::damaged(&name, number, problem))?;
            let entry = item_entry(batch, file, raw.offset, raw.bytes.len(), &item);
            if entry.seq >= from_seq
                && let ControlFlow::Break(answer) = f(&entry)
            {
                return Ok(ControlFlow::Break(answer));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Calls `f` with the entry whose line `bytes` are; of a batch, where it lies
/// in one.
pub(super) fn with_entry<T>(
    bytes: &[u8],
    loc: Loc,
    batch: Option<&BatchInfo>,
    f: impl FnOnce(&EntryRef<'_>) -> T,
) -> Result<T> {
    let bad = |_| JournalError::NoSuchRecord(loc.to_string());
    if let Some(batch) = batch {
        let item = line::parse_item(bytes).map_err(bad)?;
        return Ok(f(&item_entry(
            batch,
            loc.file,
            loc.offset,
            bytes.len(),
            &item,
        )));
    }
    let line = line::parse_line(bytes).map_err(bad)?;
    Ok(f(&EntryRef::of(&line, loc)))
}
