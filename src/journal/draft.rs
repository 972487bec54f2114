//! Bytes that are set aside for a moment, in a file that nothing waits for.

use std::sync::Arc;

use super::error::{Context, Result};
use super::pages::Pages;
use super::reader::Reader;
use super::shared::Shared;
use super::staging::{BatchLoc, Spill, fresh_id};

/// Raw bytes set aside in `staging/`, never made durable: they are read back
/// in the same run, or are gone.
pub struct Draft(Box<Spill>);

impl Draft {
    pub(super) fn new(shared: &Arc<Shared>) -> Result<Self> {
        let name = format!("draft-{}", fresh_id(shared)?);
        Ok(Self(Box::new(Spill::new(shared, &name, false)?)))
    }

    /// Sets bytes aside.
    ///
    /// # Errors
    /// When they cannot be written, or space runs low.
    pub fn push(&mut self, bytes: &[u8]) -> Result<BatchLoc> {
        let loc = self.0.push(bytes)?;
        let whole = u32::try_from(bytes.len()).unwrap_or(loc.len);
        Ok(BatchLoc { len: whole, ..loc })
    }

    /// Reads bytes back.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read(&mut self, loc: BatchLoc) -> Result<Vec<u8>> {
        self.0.read(loc)
    }

    /// Writes out what is buffered, so that [`Draft::near`] can read it.
    ///
    /// # Errors
    /// When it cannot be written, or space runs low.
    pub fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }

    /// For many reads of what was flushed; for one thread.
    #[must_use]
    pub fn near(&self) -> DraftReader {
        DraftReader {
            pages: Pages::new(Arc::clone(&self.0.file), self.0.written),
            path: self.0.path.clone(),
            bytes: Vec::new(),
        }
    }
}

/// Reads a [`Draft`]. Made by [`Draft::near`].
pub struct DraftReader {
    pages: Pages,
    path: std::path::PathBuf,
    bytes: Vec<u8>,
}

impl DraftReader {
    /// The bytes at a place.
    ///
    /// # Errors
    /// When they were not flushed, or cannot be read.
    pub fn read(&mut self, loc: BatchLoc) -> Result<&[u8]> {
        self.pages
            .copy(loc.offset, loc.len, &mut self.bytes)
            .context("read", &self.path)?;
        Ok(&self.bytes)
    }
}

impl Reader {
    /// Begins a file for bytes that are needed for a moment.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn draft(&self) -> Result<Draft> {
        Draft::new(&self.shared)
    }
}
