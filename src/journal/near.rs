//! Reading many entries, one after the other.

use std::sync::Arc;

use super::chain::{BatchInfo, EntryRef};
use super::error::{Context, JournalError, Result};
use super::loc::{FileNo, Loc};
use super::pages::Pages;
use super::reader::{Reader, with_entry};
use super::shared::Room;

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
    pages: Pages,
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
            .pages
            .copy(loc.offset, loc.len, &mut self.line)
            .context("read", self.reader.folder())?;
        with_entry(&self.line, loc, Some(&batch.info), f)
    }
}

impl Batch {
    fn open(reader: &Reader, loc: Loc) -> Result<Option<Self>> {
        let Some(info) = reader.batch_of(loc)? else {
            return Ok(None);
        };
        let file = reader.shared.handle(Room::Journal, loc.file)?;
        Ok(Some(Self {
            number: loc.file,
            pages: Pages::new(file, info.body.bytes),
            info,
        }))
    }
}
