//! Stop writing while there is still room to stop in.

use super::error::{Context, JournalError, Result};
use super::shared::Shared;

/// Bytes that stay free: what is served from the journal needs room to close.
pub const KEPT_FREE: u64 = 64 << 20;

/// Refuses a write that would leave less than [`KEPT_FREE`]. A `statvfs`
/// costs about a microsecond and the fdatasync that follows a hundred times
/// that, so it is asked before every group.
pub(super) fn check(shared: &Shared, bytes: u64) -> Result<()> {
    let free = shared
        .disk
        .free_bytes(&shared.folder)
        .context("ask the free space of", &shared.folder)?;
    let needed = KEPT_FREE.saturating_add(bytes);
    if free < needed {
        Err(JournalError::LowSpace { free, needed })
    } else {
        Ok(())
    }
}
