//! The journal's one writer.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::appender::{Appender, Failed};
use super::chain::{BatchInfo, Head};
use super::disk::Disk;
use super::error::{Context, JournalError, Result};
use super::identity::{IdentityChange, IdentityRecord};
use super::layout::{JOURNAL, segment_name};
use super::line;
use super::loc::{FileNo, IdentityLoc, Loc};
use super::reader::Reader;
use super::shared::{Batch, Segment, Shared};
use super::space;
use super::staging::check_kind;

/// Bytes after which a segment is closed and the next one begun.
pub const SEGMENT_BYTES: u64 = 64 << 20;
/// Longest body: a reader holds a line in memory.
const LONGEST_BODY: usize = 128 << 20;

/// An entry to be recorded.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Who records it.
    pub by: Arc<str>,
    /// A word of `a-z`, `0-9` and `_`; not [`super::BATCH_KIND`].
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

    pub(super) fn push(
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
    pub(super) fn append(
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

    pub(super) fn failed(&mut self, failed: Failed) -> JournalError {
        if !failed.undone {
            self.stuck = Some(failed.error.to_string());
        }
        failed.error
    }

    pub(super) fn not_stuck(&self) -> Result<()> {
        self.stuck
            .as_ref()
            .map_or(Ok(()), |why| Err(JournalError::ReadOnly(why.clone())))
    }

    pub(super) fn time(&self, at: DateTime<Utc>, head: &Head) -> Result<DateTime<Utc>> {
        let at = line::to_millis(at);
        let at =
            at.ok_or_else(|| JournalError::Refused("a time outside the years 0 to 9999".into()))?;
        Ok(at.max(head.recorded_at))
    }

    /// Begins the next segment when the present one is full.
    pub(super) fn rotate(&mut self) -> Result<()> {
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
}

/// Makes a numbered file and its name durable.
pub(super) fn begin(disk: &dyn Disk, folder: &Path, number: u32) -> Result<Appender> {
    let path = folder.join(segment_name(number));
    let file = match disk.create(&path) {
        // Left by an attempt that failed halfway. It is made anew: a sync of
        // its old name may have failed, and is not to be tried again.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            let left = disk
                .open_read(&path)
                .and_then(|file| file.stamp())
                .context("open", &path)?;
            if left.len > 0 {
                return Err(e).context("create", &path);
            }
            disk.remove(&path).context("remove", &path)?;
            disk.create(&path).context("create", &path)?
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
