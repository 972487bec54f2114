//! Opening: every line is checked, or was checked before and has not changed.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::chain::{BatchInfo, Head, ItemHead};
use super::disk::{Disk, DiskFile, Stamp};
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::layout::{self, JOURNAL, shown};
use super::line;
use super::reading::{Lines, RawLine};
use super::shared::{Batch, Segment};

/// What has been checked, to be kept by the caller and given back at the next
/// opening, so that only files that changed are checked again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub(super) store: HexHash,
    pub(super) segments: Vec<CheckedSegment>,
    pub(super) batches: Vec<CheckedBatch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CheckedSegment {
    pub stamp: Stamp,
    pub lines: u64,
    pub head: Head,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CheckedBatch {
    pub stamp: Stamp,
    pub segment: u32,
    pub info: BatchInfo,
}

/// An unacknowledged line that a crash cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedTail {
    /// The file, relative to the store's folder.
    pub segment: String,
    /// How many bytes were cut off.
    pub bytes: u64,
}

pub(super) struct Loaded {
    pub segments: Vec<Segment>,
    pub batches: Vec<Batch>,
    pub head: Head,
    pub dropped_tail: Option<DroppedTail>,
    /// Bytes whose hashes were computed.
    pub bytes_checked: u64,
}

/// Told (bytes done, bytes in all), about every MiB.
pub type Progress<'p> = &'p mut dyn FnMut(u64, u64);

pub(super) struct Loader<'a> {
    pub disk: &'a dyn Disk,
    pub folder: &'a Path,
    pub known: Option<&'a Checked>,
    pub progress: Progress<'a>,
    total: u64,
    done: u64,
    told: u64,
    out: Loaded,
}

impl<'a> Loader<'a> {
    pub(super) fn new(
        disk: &'a dyn Disk,
        folder: &'a Path,
        store: &HexHash,
        known: Option<&'a Checked>,
        progress: Progress<'a>,
    ) -> Self {
        let known = known.filter(|known| known.store == *store);
        let out = Loaded {
            segments: Vec::new(),
            batches: Vec::new(),
            head: Head::start(store),
            dropped_tail: None,
            bytes_checked: 0,
        };
        Self {
            disk,
            folder,
            known,
            progress,
            total: 0,
            done: 0,
            told: 0,
            out,
        }
    }

    pub(super) fn load(mut self) -> Result<Loaded> {
        let folder = self.folder.join(JOURNAL);
        let names = self.disk.list(&folder).context("list", &folder)?;
        let last = names
            .iter()
            .filter_map(|n| layout::segment_number(n))
            .max()
            .unwrap_or(1);
        for name in &names {
            let path = folder.join(name);
            let file = self.disk.open_read(&path).context("open", &path)?;
            self.total += file.stamp().context("read", &path)?.len;
        }
        for number in 1..=last {
            self.segment(number, number == last)?;
        }
        self.not_shorter_than_known()?;
        for ordinal in 0..self.out.batches.len() {
            self.batch(ordinal)?;
        }
        Ok(self.out)
    }

    fn open(&self, name: &str, append: bool) -> Result<(Arc<dyn DiskFile>, Stamp)> {
        let path = self.folder.join(JOURNAL).join(name);
        let opened = if append {
            self.disk.open(&path)
        } else {
            self.disk.open_read(&path)
        };
        let file = match opened {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(JournalError::damaged(
                    &shown(JOURNAL, name),
                    0,
                    "the file is missing",
                ));
            }
            other => other.context("open", &path)?,
        };
        let stamp = file.stamp().context("read", &path)?;
        Ok((file, stamp))
    }

    fn segment(&mut self, number: u32, last: bool) -> Result<()> {
        let name = layout::segment_name(number);
        let (file, stamp) = self.open(&name, last)?;
        let mut segment = self.resume(number, &*file, &stamp);
        let known_len = segment.len;
        let path = self.folder.join(JOURNAL).join(&name);
        let mut lines = Lines::new(&*file, segment.len, stamp.len);
        while let Some(raw) = lines.next().context("read", &path)? {
            let before = segment.head;
            let followed = segment.head.follow(raw.bytes, true);
            let problem = match followed {
                Ok(checked) if raw.ended => {
                    let info = checked.batch;
                    self.out.batches.extend(info.map(|i| Batch {
                        info: Arc::new(i),
                        segment: number,
                    }));
                    segment.lines += 1;
                    segment.len = raw.offset + raw.bytes.len() as u64 + 1;
                    self.out.bytes_checked += raw.bytes.len() as u64;
                    self.advance(raw.bytes.len() as u64 + 1);
                    continue;
                }
                Ok(_) => "the line is cut short",
                Err(problem) => problem,
            };
            if !(last && raw.offset >= known_len && is_torn(&raw, stamp.len, &before.hash)) {
                let shown = shown(JOURNAL, &name);
                return Err(JournalError::damaged(&shown, segment.lines + 1, problem));
            }
            segment.head = before;
            file.truncate(raw.offset)
                .and_then(|()| file.sync_data())
                .context("cut", &path)?;
            let bytes = stamp.len - raw.offset;
            self.out.dropped_tail = Some(DroppedTail {
                segment: shown(JOURNAL, &name),
                bytes,
            });
            break;
        }
        self.out.head = segment.head;
        self.out.segments.push(segment);
        Ok(())
    }

    /// A segment and its batches as far as they are known and still hold.
    fn resume(&mut self, number: u32, file: &dyn DiskFile, stamp: &Stamp) -> Segment {
        let start = Segment {
            len: 0,
            lines: 0,
            first_seq: self.out.head.next_seq,
            head: self.out.head,
        };
        let Some(known) = self.trusted(number, file, stamp) else {
            return start;
        };
        let batches = self.known.iter().flat_map(|k| &k.batches);
        let of_it = batches.filter(|b| b.segment == number).map(|b| Batch {
            info: Arc::new(b.info.clone()),
            segment: number,
        });
        self.out.batches.extend(of_it);
        self.advance(known.stamp.len);
        Segment {
            len: known.stamp.len,
            lines: known.lines,
            head: known.head,
            ..start
        }
    }

    /// What is known of a segment, if it still holds: the chain comes to it
    /// as it did, and the file is as it was, or is the one then written to
    /// and has only grown.
    fn trusted(
        &self,
        number: u32,
        file: &dyn DiskFile,
        stamp: &Stamp,
    ) -> Option<&'a CheckedSegment> {
        let known = self.known?;
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        let found = known.segments.get(at)?;
        let comes = match at.checked_sub(1) {
            Some(before) => known.segments.get(before)?.head == self.out.head,
            None => true,
        };
        let grown = at + 1 == known.segments.len()
            && stamp.inode == found.stamp.inode
            && stamp.len > found.stamp.len;
        let holds = comes && (*stamp == found.stamp || grown);
        (holds && ends_with(file, found)).then_some(found)
    }

    fn not_shorter_than_known(&self) -> Result<()> {
        let known = self
            .known
            .and_then(|k| k.segments.last())
            .map_or(1, |s| s.head.next_seq);
        if self.out.head.next_seq < known {
            let found = self.out.head.next_seq - 1;
            return Err(JournalError::CutOff {
                known: known - 1,
                found,
            });
        }
        Ok(())
    }

    fn batch(&mut self, ordinal: usize) -> Result<()> {
        let info = Arc::clone(&self.out.batches[ordinal].info);
        let name = shown(JOURNAL, &info.body.file);
        let (file, stamp) = self.open(&info.body.file, false)?;
        let known = self.known.and_then(|k| k.batches.get(ordinal));
        if known.is_some_and(|known| known.stamp == stamp && known.info == *info) {
            self.advance(stamp.len);
            return Ok(());
        }
        let path = self.folder.join(JOURNAL).join(&info.body.file);
        let (mut head, mut line, mut end) = (ItemHead::start(&info.body.id), 0, 0);
        let mut lines = Lines::new(&*file, 0, stamp.len);
        while let Some(raw) = lines.next().context("read", &path)? {
            line += 1;
            let found = head.follow(raw.bytes, true).map(|_| ());
            let found = if raw.ended {
                found
            } else {
                Err("the line is cut short")
            };
            found.map_err(|problem| JournalError::damaged(&name, line, problem))?;
            end = raw.offset + raw.bytes.len() as u64 + 1;
            self.out.bytes_checked += raw.bytes.len() as u64;
            self.advance(raw.bytes.len() as u64 + 1);
        }
        let body = &info.body;
        if (head.next, head.hash, end) != (body.count, body.last_hash, body.bytes) {
            return Err(JournalError::damaged(
                &name,
                line,
                "the file does not end as its batch line says",
            ));
        }
        Ok(())
    }

    fn advance(&mut self, bytes: u64) {
        self.done += bytes;
        if self.done - self.told >= 1 << 20 || self.done >= self.total {
            self.told = self.done;
            (self.progress)(self.done.min(self.total), self.total);
        }
    }
}

/// Whether the last of the checked bytes are the checked hash.
fn ends_with(file: &dyn DiskFile, known: &CheckedSegment) -> bool {
    if known.lines == 0 {
        return known.stamp.len == 0;
    }
    let mut expected = Vec::new();
    line::push_hash(&mut expected, &known.head.hash);
    let mut found = vec![0; expected.len()];
    let at = known.stamp.len.checked_sub(expected.len() as u64);
    at.is_some_and(|at| file.read_exact_at(&mut found, at).is_ok() && found == expected)
}

/// Whether the bytes after the last sound line are a write that a crash cut
/// short, and so were never acknowledged. They reach to the end of the file
/// and hold no newline (nothing that was acknowledged lacks one), or hold one
/// at the very end but are no line in any part. Bytes that begin with a whole
/// line and go on, or that a newline ends and that look like a line, were
/// written whole and changed later: that is damage.
fn is_torn(raw: &RawLine<'_>, file_len: u64, prev: &HexHash) -> bool {
    let end = raw.offset + raw.bytes.len() as u64 + u64::from(raw.ended);
    end == file_len
        && !line::begins_with_whole_line(raw.bytes, prev)
        && !(raw.ended && line::looks_whole(raw.bytes))
}
