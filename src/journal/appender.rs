//! Appends that are either durable or undone.

use std::path::PathBuf;
use std::sync::Arc;

use super::disk::DiskFile;
use super::error::{Context, JournalError};

/// A file that only grows, and of which everything below `len` is durable.
pub(super) struct Appender {
    pub file: Arc<dyn DiskFile>,
    pub path: PathBuf,
    /// Acknowledged bytes.
    pub len: u64,
}

/// An append that did not happen.
pub(super) struct Failed {
    pub error: JournalError,
    /// The file was brought back to what was acknowledged. If not, what it
    /// holds on disk is unknown until it is read again.
    pub undone: bool,
}

impl Appender {
    /// Writes and syncs; answers where the bytes begin. A failed sync is not
    /// tried again: the system may have dropped what it could not write, and
    /// would report success. The unacknowledged bytes are cut off instead.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<u64, Failed> {
        let at = self.len;
        let written = self.file.append(bytes).context("write", &self.path);
        let synced =
            written.and_then(|()| self.file.sync_data().context("make durable", &self.path));
        match synced {
            Ok(()) => {
                self.len += bytes.len() as u64;
                Ok(at)
            }
            Err(error) => Err(Failed {
                error,
                undone: self.cut_to(at),
            }),
        }
    }

    /// Cuts the file to a length, durably; `false` when that is unsure.
    pub(super) fn cut_to(&mut self, len: u64) -> bool {
        let done = self
            .file
            .truncate(len)
            .and_then(|()| self.file.sync_data())
            .is_ok();
        if done {
            self.len = len;
        }
        done
    }
}
