//! Reading many entries, one after the other.
//!
//! Events of a stay lie near each other in a batch, and between those of the
//! stays beside it, so that pages of the file are kept for the next reads. No
//! more than [`PAGES`] are: a batch in an order by chance costs one page a
//! read, and never much memory.

use std::sync::Arc;

use super::chain::{BatchInfo, EntryRef};
use super::disk::DiskFile;
use super::error::{Context, JournalError, Result};
use super::loc::{FileNo, Loc};
use super::reader::{Reader, with_entry};
use super::shared::Room;

/// Bytes of a page: small, so that reads far apart waste little.
const PAGE: usize = 8 << 10;
/// Pages that are kept: 8 MiB.
const PAGES: u64 = 1024;

/// Reads entries as [`Reader::read`] does; for one thread. Made by
/// [`Reader::near`].
pub struct NearReader {
    reader: Reader,
    batch: Option<Batch>,
    line: Vec<u8>,
}

/// The batch file that was read last. It never changes.
struct Batch {
    number: FileNo,
    info: Arc<BatchInfo>,
    file: Arc<dyn DiskFile>,
    /// A page is kept at its number modulo [`PAGES`].
    pages: Vec<Option<(u64, Box<[u8]>)>>,
}

impl NearReader {
    pub(super) fn new(reader: Reader) -> Self {
        Self {
            reader,
            batch: None,
            line: Vec::new(),
        }
    }

    /// Calls `f` with one entry.
    ///
    /// # Errors
    /// When no entry lies there, or it cannot be read.
    pub fn read<T>(&mut self, loc: Loc, f: impl FnOnce(&EntryRef<'_>) -> T) -> Result<T> {
        if loc.file.as_batch().is_none() {
            let at = (loc.file, loc.offset, loc.len);
            let bytes = self.reader.shared.read_at(Room::Journal, at)?;
            return with_entry(&bytes, loc, None, f);
        }
        if self
            .batch
            .as_ref()
            .is_none_or(|batch| batch.number != loc.file)
        {
            self.batch = Batch::open(&self.reader, loc)?;
        }
        let missing = || JournalError::NoSuchRecord(loc.to_string());
        let batch = self.batch.as_mut().ok_or_else(missing)?;
        let end = loc.offset.checked_add(u64::from(loc.len));
        if end.is_none_or(|end| end > batch.info.body.bytes) {
            return Err(missing());
        }
        batch
            .copy(loc, &mut self.line)
            .context("read", self.reader.folder())?;
        with_entry(&self.line, loc, Some(&batch.info), f)
    }
}

impl Batch {
    fn open(reader: &Reader, loc: Loc) -> Result<Option<Self>> {
        let Some(info) = reader.batch_of(loc)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            number: loc.file,
            info,
            file: reader.shared.handle(Room::Journal, loc.file)?,
            pages: (0..PAGES).map(|_| None).collect(),
        }))
    }

    /// Puts a line together from the pages that it lies on.
    fn copy(&mut self, loc: Loc, line: &mut Vec<u8>) -> std::io::Result<()> {
        line.clear();
        let mut offset = loc.offset;
        let end = loc.offset + u64::from(loc.len);
        while offset < end {
            let number = offset / PAGE as u64;
            let page = self.page(number)?;
            let first = number * PAGE as u64;
            // Both within a page.
            let from = (offset - first) as usize;
            let to = (end - first).min(page.len() as u64) as usize;
            line.extend_from_slice(&page[from..to]);
            offset = first + to as u64;
        }
        Ok(())
    }

    fn page(&mut self, number: u64) -> std::io::Result<&[u8]> {
        // Below PAGES.
        let kept = &mut self.pages[(number % PAGES) as usize];
        if kept.as_ref().is_none_or(|(known, _)| *known != number) {
            let first = number * PAGE as u64;
            let len = (self.info.body.bytes - first).min(PAGE as u64) as usize;
            let mut bytes = match kept.take() {
                Some((_, bytes)) if bytes.len() == len => bytes,
                _ => vec![0; len].into_boxed_slice(),
            };
            self.file.read_exact_at(&mut bytes, first)?;
            *kept = Some((number, bytes));
        }
        Ok(kept.as_ref().map_or(&[], |(_, bytes)| bytes))
    }
}
