//! Opening sled itself, with all that is known to go wrong there.

use std::{
    fs, io,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::{TablesError, guard};

/// sled's page cache in bytes. With 64 MiB a process that writes half a million
/// rows stays near 130 MiB; 16 MiB was some 10 % slower.
const CACHE: u64 = 64 << 20;

/// The unit of sled's log in bytes. A page larger than a quarter of it goes to a
/// file of its own, which sled never syncs, reaches by the path it was opened
/// with, and whose failed write leaves `flush` waiting for ever with a lock in
/// hand that all of the process's sled folders share. A page holds some 20 rows,
/// so that at 8 MiB (and values below 60 KiB) there are no such pages. sled's
/// own 512 KiB is no faster. The tests of this room use that, so that a small
/// history fills many segments: sled loses writes from the middle in silence
/// only where a segment follows.
const SEGMENT: usize = if cfg!(test) { 512 << 10 } else { 8 << 20 };

/// How often sled hands its buffers to the disk by itself (its default).
const FLUSH_EVERY_MS: u64 = 500;

/// sled's threads let go of the file a moment after the last handle is dropped,
/// and so does a process that was being started then.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// sled has a few buffers of a segment to write when it is closed.
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
        .segment_size(SEGMENT)
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
/// panic, and after some failures waits for ever. What does not end in time is
/// left behind. Only for a handle that has not failed: see [`leave`].
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

/// Leaves a handle that failed as it is, for good: to drop it would flush, and a
/// flush that waits for ever holds a lock that every sled folder of the process
/// needs. The folder's file stays locked until the process ends.
pub(super) fn leave(db: sled::Db) {
    std::mem::forget(db);
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
