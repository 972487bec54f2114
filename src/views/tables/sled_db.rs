//! Opening sled itself, with all that is known to go wrong there.

use std::{
    fs, io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{TablesError, guard};

/// sled's page cache in bytes. Measured: 16 MiB is no slower in bulk but far
/// more rows are read again; with 64 MiB a process that folds a million events
/// stays near 150 MiB.
const CACHE: u64 = 64 << 20;

/// How often sled hands its buffers to the disk by itself (its default).
const FLUSH_EVERY_MS: u64 = 500;

/// sled's threads let go of the file a moment after the last handle is dropped.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// What a folder is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To serve from.
    Serve,
    /// Only so that sled writes its snapshot: without its thread that flushes
    /// and moves pages about.
    Snapshot,
}

/// Opens or makes the sled folder.
///
/// # Errors
/// As [`TablesError`] tells them apart; a panic inside sled is
/// [`TablesError::Broken`].
pub(super) fn open(folder: &Path, purpose: Purpose) -> Result<sled::Db, TablesError> {
    remove_half_snapshots(folder)?;
    let config = sled::Config::new()
        .path(folder)
        .cache_capacity(CACHE)
        .flush_every_ms((purpose == Purpose::Serve).then_some(FLUSH_EVERY_MS));
    let begun = Instant::now();
    loop {
        match guard::run(|| config.open())?.map_err(TablesError::from) {
            Err(TablesError::InUse) if begun.elapsed() < LOCK_PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            result => return result,
        }
    }
}

/// Drops the handle; sled flushes, and may panic, in doing so.
pub(super) fn close(db: sled::Db) -> Result<(), TablesError> {
    Ok(guard::run(|| drop(db))?)
}

/// Whether sled ever wrote something here.
pub(super) fn exists(folder: &Path) -> bool {
    folder.join("db").is_file()
}

/// A snapshot that was being written when the process ended: sled would take it
/// for a whole one.
fn remove_half_snapshots(folder: &Path) -> io::Result<()> {
    for path in files(folder)? {
        if path
            .extension()
            .is_some_and(|ending| ending == "generating")
        {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// The paths in a folder; none when the folder is missing.
pub(super) fn files(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
