//! Opening sled itself, with all that is known to go wrong there.

use std::{
    fs, io,
    path::Path,
    sync::mpsc,
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

/// sled has a few buffers of 512 KiB to write when it is closed.
const CLOSE_PATIENCE: Duration = Duration::from_secs(10);

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

/// Drops the handle, in a thread of its own: sled flushes in doing so, may
/// panic, and after some failures (a large page that could not be written) waits
/// for ever. What does not end in time is left behind.
pub(super) fn close(db: sled::Db) -> Result<(), TablesError> {
    let (send, receive) = mpsc::sync_channel(1);
    let closing = move || {
        let closed = guard::run(|| drop(db));
        // Nobody waits any more when it took too long.
        drop(send.send(closed));
    };
    thread::Builder::new()
        .name("views closing".to_owned())
        .spawn(closing)?;
    match receive.recv_timeout(CLOSE_PATIENCE) {
        Ok(closed) => Ok(closed?),
        Err(_) => Err(TablesError::broken("sled does not let go of the folder")),
    }
}

/// The handle and what was got from it, or the error once the handle is closed.
pub(super) fn keep<T>(
    db: sled::Db,
    got: Result<T, TablesError>,
) -> Result<(sled::Db, T), TablesError> {
    match got {
        Ok(got) => Ok((db, got)),
        Err(error) => {
            // The first error is the one to tell.
            drop(close(db));
            Err(error)
        }
    }
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
