//! The journal's one writer.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::appender::{Appender, Failed};
use super::chain::{BATCH_KIND, BatchBody, BatchInfo, Head};
use super::disk::Disk;
use super::error::{Context, JournalError, Result};
use super::identity::{IdentityChange, IdentityRecord};
use super::layout::{JOURNAL, batch_name, segment_name};
use super::line;
use super::loc::{FileNo, IdentityLoc, Loc};
use super::reader::Reader;
use super::rewrite;
use super::shared::{Batch, Room, Segment, Shared};
use super::space;
use super::staging::{BatchLoc, FinishedBatch, check_kind};

/// Bytes after which a segment is closed and the next one begun.
pub const SEGMENT_BYTES: u64 = 64 << 20;
/// Longest body: a reader holds a line in memory.
const LONGEST_BODY: usize = 128 << 20;

/// An entry to be recorded.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Who records it.
    pub by: Arc<str>,
    /// A word of `a-z`, `0-9` and `_`; not [`BATCH_KIND`].
    pub kind: String,
    /// Its body, kept as it is given.
    pub body: Box<RawValue>,
}

/// What one request changes, all of it or nothing. Identities are durable
/// before the entries that name them.
#[derive(Clone, Default)]
pub struct Change {
    /// Entries, in order.
    pub entries: Vec<NewEntry>,
    /// New identities.
    pub identities: Vec<IdentityRecord>,
    /// Corrections and erasures. They stand even when recording the entries
    /// then fails: doing them again changes nothing.
    pub rewrites: Vec<IdentityChange>,
}

/// A recorded entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located {
    /// Its number.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Where it lies.
    pub loc: Loc,
}

/// A recorded [`Change`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Its entries, in order.
    pub entries: Vec<Located>,
    /// Its new identities, in order.
    pub identities: Vec<IdentityLoc>,
}

/// A published batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The batch line itself.
    pub line: Located,
    /// The number of the batch's first entry; entry `n` has `first_seq + n`.
    pub first_seq: u64,
    /// How many entries it has.
    pub count: u64,
    file: FileNo,
}

impl Published {
    /// Where a staged entry lies now.
    #[must_use]
    pub fn loc(&self, staged: BatchLoc) -> Loc {
        Loc {
            file: self.file,
            offset: staged.offset,
            len: staged.len,
        }
    }

    /// Where a staged identity lies now.
    #[must_use]
    pub fn identity_loc(&self, staged: BatchLoc) -> IdentityLoc {
        IdentityLoc {
            file: self.file,
            offset: staged.offset,
            len: staged.len,
        }
    }
}

/// Writes the journal. There is one for a store; [`Reader`]s are many.
pub struct Journal {
    pub(super) shared: Arc<Shared>,
    pub(super) lines: Appender,
    pub(super) identities: Option<Appender>,
    pub(super) segment_bytes: u64,
    pub(super) stuck: Option<String>,
}

impl Change {
    /// Whether it may be recorded.
    ///
    /// # Errors
    /// [`JournalError::Refused`] for a kind that is not a word, or a body of
    /// more than 128 MiB.
    pub fn check(&self) -> Result<()> {
        for entry in &self.entries {
            check_kind(&entry.kind)?;
            if entry.body.get().len() > LONGEST_BODY {
                return Err(JournalError::Refused("a body of more than 128 MiB".into()));
            }
        }
        Ok(())
    }
}

impl Journal {
    /// A handle for reading, staging, verifying and backing up.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader::new(Arc::clone(&self.shared))
    }

    /// The number that the next entry gets.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.shared.state().head.next_seq
    }

    /// Closes segments after this many bytes instead of [`SEGMENT_BYTES`].
    pub fn set_segment_bytes(&mut self, bytes: u64) {
        self.segment_bytes = bytes.max(1);
    }

    /// Records changes with one write and one fdatasync. `at` is the present
    /// time; an entry is never recorded before the one before it.
    ///
    /// # Errors
    /// Nothing is recorded (but see [`Change::rewrites`]). After an error that
    /// could not be undone the journal is read-only until opened again, and
    /// what this call would have recorded may be there then.
    pub fn write(&mut self, at: DateTime<Utc>, changes: &[Change]) -> Result<Vec<Written>> {
        self.not_stuck()?;
        changes.iter().try_for_each(Change::check)?;
        let size: usize = changes.iter().map(size_of_change).sum();
        space::check(&self.shared, size as u64)?;
        let people_before = self.identities.as_ref().map(|i| i.len);
        let people = self.append_identities(changes)?;
        for change in changes.iter().flat_map(|c| &c.rewrites) {
            self.rewrite(change)?;
        }
        match self.append_entries(at, changes) {
            Ok(entries) => Ok(entries
                .into_iter()
                .zip(people)
                .map(|(entries, identities)| Written {
                    entries,
                    identities,
                })
                .collect()),
            Err(error) => {
                let added = people.iter().any(|p| !p.is_empty());
                let rewritten = changes.iter().any(|c| !c.rewrites.is_empty());
                if added && !rewritten {
                    self.drop_identities(people_before.unwrap_or(0));
                }
                Err(error)
            }
        }
    }

    fn append_entries(
        &mut self,
        at: DateTime<Utc>,
        changes: &[Change],
    ) -> Result<Vec<Vec<Located>>> {
        if changes.iter().all(|c| c.entries.is_empty()) {
            return Ok(vec![Vec::new(); changes.len()]);
        }
        self.rotate()?;
        let mut head = self.shared.state().head;
        let recorded_at = self.time(at, &head)?;
        let (mut buffer, mut located) = (Vec::new(), Vec::with_capacity(changes.len()));
        for change in changes {
            let each = change.entries.iter().map(|entry| {
                let what = (&*entry.by, entry.kind.as_str(), entry.body.get());
                self.push(&mut buffer, &mut head, recorded_at, what)
            });
            located.push(each.collect::<Vec<_>>());
        }
        let lines = located.iter().map(Vec::len).sum::<usize>() as u64;
        self.append(&buffer, head, lines, None)?;
        Ok(located)
    }

    /// Publishes a batch: renames its files into place and appends its line.
    /// `note` is kept in the line, for the caller.
    ///
    /// # Errors
    /// As [`Journal::write`]; the batch's files are removed.
    pub fn publish(
        &mut self,
        at: DateTime<Utc>,
        by: &str,
        note: &RawValue,
        mut batch: FinishedBatch,
    ) -> Result<Published> {
        self.not_stuck()?;
        space::check(&self.shared, note.get().len() as u64)?;
        self.rotate()?;
        let before = self.shared.state().head;
        let recorded_at = self.time(at, &before)?;
        let body = BatchBody {
            file: batch_name(before.next_seq + 1, &batch.id),
            id: batch.id,
            first: before.next_seq + 1,
            count: batch.count,
            bytes: batch.bytes,
            last_hash: batch.last_hash,
            identities: batch.people,
        };
        let done = self.place(&mut batch, &body.file).and_then(|()| {
            let mut text = serde_json::to_string(&body)
                .map_err(|e| JournalError::Refused(format!("the batch line: {e}")))?;
            text.truncate(text.len() - 1);
            text.push_str(",\"note\":");
            text.push_str(note.get());
            text.push('}');
            let (mut head, mut buffer) = (before, Vec::new());
            let line = self.push(&mut buffer, &mut head, recorded_at, (by, BATCH_KIND, &text));
            let info = BatchInfo {
                seq: line.seq,
                recorded_at,
                by: by.into(),
                body: body.clone(),
            };
            head.next_seq = info.next_seq();
            let ordinal = u32::try_from(self.shared.state().batches.len());
            let ordinal = ordinal.map_err(|_| JournalError::Refused("too many batches".into()))?;
            self.append(&buffer, head, 1, Some(info))?;
            Ok(Published {
                line,
                first_seq: body.first,
                count: body.count,
                file: FileNo::batch(ordinal),
            })
        });
        if done.is_ok() || self.stuck.is_some() {
            // Stuck, the line may be on disk, and then its files must be.
            batch.entries.moved = true;
            batch.identities.iter_mut().for_each(|i| i.moved = true);
        }
        done
    }

    /// Gives a batch's files their names, identities first.
    fn place(&mut self, batch: &mut FinishedBatch, name: &str) -> Result<()> {
        let disk = &*self.shared.disk;
        let rooms = [
            (Room::Identities, batch.identities.as_mut()),
            (Room::Journal, Some(&mut batch.entries)),
        ];
        for (room, spill) in rooms {
            let Some(spill) = spill else { continue };
            let folder = self.shared.room(room);
            let path = folder.join(name);
            disk.rename(&spill.path, &path)
                .context("rename", &spill.path)?;
            spill.path = path;
            disk.sync_dir(&folder).context("make durable", &folder)?;
        }
        Ok(())
    }

    fn push(
        &self,
        buffer: &mut Vec<u8>,
        head: &mut Head,
        recorded_at: DateTime<Utc>,
        (by, kind, body): (&str, &str, &str),
    ) -> Located {
        let (start, seq) = (buffer.len(), head.next_seq);
        let hash = line::push_line(buffer, &head.hash, (seq, recorded_at, by), kind, body);
        *head = Head {
            next_seq: seq + 1,
            hash,
            recorded_at,
        };
        let file = FileNo::segment(self.shared.state().active());
        // A body is at most 128 MiB.
        let len = u32::try_from(buffer.len() - start - 1).unwrap_or(u32::MAX);
        Located {
            seq,
            recorded_at,
            loc: Loc {
                file,
                offset: self.lines.len + start as u64,
                len,
            },
        }
    }

    /// The one place where lines become part of the journal.
    fn append(
        &mut self,
        bytes: &[u8],
        head: Head,
        lines: u64,
        batch: Option<BatchInfo>,
    ) -> Result<()> {
        if let Err(failed) = self.lines.append(bytes) {
            return Err(self.failed(failed));
        }
        let mut state = self.shared.state_mut();
        let segment = state.active();
        state.head = head;
        state.batches.extend(batch.map(|info| Batch {
            info: Arc::new(info),
            segment,
        }));
        if let Some(active) = state.segments.last_mut() {
            *active = Segment {
                len: self.lines.len,
                lines: active.lines + lines,
                head,
                ..*active
            };
        }
        Ok(())
    }

    fn failed(&mut self, failed: Failed) -> JournalError {
        if !failed.undone {
            self.stuck = Some(failed.error.to_string());
        }
        failed.error
    }

    fn not_stuck(&self) -> Result<()> {
        self.stuck
            .as_ref()
            .map_or(Ok(()), |why| Err(JournalError::ReadOnly(why.clone())))
    }

    fn time(&self, at: DateTime<Utc>, head: &Head) -> Result<DateTime<Utc>> {
        let at = line::to_millis(at);
        let at =
            at.ok_or_else(|| JournalError::Refused("a time outside the years 0 to 9999".into()))?;
        Ok(at.max(head.recorded_at))
    }

    /// Begins the next segment when the present one is full.
    fn rotate(&mut self) -> Result<()> {
        if self.lines.len < self.segment_bytes {
            return Ok(());
        }
        let number = self.shared.state().active() + 1;
        self.lines = begin(
            &*self.shared.disk,
            &self.shared.folder.join(JOURNAL),
            number,
        )?;
        let mut state = self.shared.state_mut();
        let head = state.head;
        state.segments.push(Segment {
            len: 0,
            lines: 0,
            first_seq: head.next_seq,
            head,
        });
        Ok(())
    }

    fn append_identities(&mut self, changes: &[Change]) -> Result<Vec<Vec<IdentityLoc>>> {
        if changes.iter().all(|c| c.identities.is_empty()) {
            return Ok(vec![Vec::new(); changes.len()]);
        }
        if self
            .identities
            .as_ref()
            .is_none_or(|i| i.len >= self.segment_bytes)
        {
            let number =
                u32::try_from(self.shared.state().identities.len() + 1).unwrap_or(u32::MAX);
            self.identities = Some(begin(
                &*self.shared.disk,
                &self.shared.room(Room::Identities),
                number,
            )?);
            self.shared.state_mut().identities.push(0);
        }
        let file = FileNo::segment(
            u32::try_from(self.shared.state().identities.len()).unwrap_or(u32::MAX),
        );
        let Some(appender) = &mut self.identities else {
            return Ok(Vec::new());
        };
        let (mut buffer, mut located) = (Vec::new(), Vec::new());
        for change in changes {
            let each = change.identities.iter().map(|record| {
                let offset = appender.len + buffer.len() as u64;
                buffer.extend_from_slice(&record.line);
                let len = u32::try_from(record.line.len() - 1).unwrap_or(u32::MAX);
                IdentityLoc { file, offset, len }
            });
            located.push(each.collect());
        }
        if let Err(failed) = appender.append(&buffer) {
            return Err(self.failed(failed));
        }
        self.note_identities();
        Ok(located)
    }

    /// Takes identities back whose entries could not be recorded.
    fn drop_identities(&mut self, len: u64) {
        let Some(appender) = &mut self.identities else {
            return;
        };
        // A segment begun for them is emptied.
        let len = if len <= appender.len { len } else { 0 };
        if !appender.cut_to(len) {
            self.stuck = Some("identities without entries could not be taken back".into());
        }
        self.note_identities();
    }

    fn note_identities(&self) {
        if let (Some(appender), Some(len)) = (
            &self.identities,
            self.shared.state_mut().identities.last_mut(),
        ) {
            *len = appender.len;
        }
    }

    fn rewrite(&mut self, change: &IdentityChange) -> Result<()> {
        let file = change.loc.file;
        let known = file.as_segment().and_then(|n| {
            let at = usize::try_from(n).ok()?.checked_sub(1)?;
            self.shared.state().identities.get(at).copied()
        });
        let len = match known {
            Some(len) => len,
            None => self.shared.stamp(Room::Identities, file)?.len,
        };
        let fresh = rewrite::change(&self.shared, change, len);
        let active = u32::try_from(self.shared.state().identities.len()).ok();
        if file.as_segment().is_none() {
            return fresh.map(|_| ());
        }
        // Also after an error: the name may lead to the new file already.
        if file.as_segment() == active {
            self.reopen_identities()?;
        } else if let (Ok(len), Some(number)) = (&fresh, file.as_segment()) {
            let at = usize::try_from(number).unwrap_or(usize::MAX) - 1;
            if let Some(known) = self.shared.state_mut().identities.get_mut(at) {
                *known = *len;
            }
        }
        fresh.map(|_| ())
    }

    fn reopen_identities(&mut self) -> Result<()> {
        let Some(appender) = &mut self.identities else {
            return Ok(());
        };
        let opened = self.shared.disk.open(&appender.path).and_then(|file| {
            let len = file.stamp()?.len;
            Ok((file, len))
        });
        match opened.context("open", &appender.path) {
            Ok((file, len)) => {
                (appender.file, appender.len) = (file, len);
                self.note_identities();
                Ok(())
            }
            Err(error) => {
                self.stuck = Some(error.to_string());
                Err(error)
            }
        }
    }
}

/// Makes a numbered file and its name durable.
pub(super) fn begin(disk: &dyn Disk, folder: &Path, number: u32) -> Result<Appender> {
    let path = folder.join(segment_name(number));
    let file = match disk.create(&path) {
        // Left by an attempt that failed halfway; nothing was written to it.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let file = disk.open(&path).context("open", &path)?;
            file.truncate(0).context("cut", &path)?;
            file
        }
        other => other.context("create", &path)?,
    };
    disk.sync_dir(folder).context("make durable", folder)?;
    Ok(Appender { file, path, len: 0 })
}

fn size_of_change(change: &Change) -> usize {
    let entries = change
        .entries
        .iter()
        .map(|e| e.body.get().len() + e.by.len() + 256);
    entries.sum::<usize>()
        + change
            .identities
            .iter()
            .map(|i| i.line.len())
            .sum::<usize>()
}
