//! What the journal asks of a disk: a real one, or one that loses power.

mod real;
#[cfg(test)]
mod sim;

use std::io;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use real::RealDisk;
#[cfg(test)]
pub(crate) use sim::SimDisk;

/// A file as it was when last looked at; a different stamp means that the
/// file must be checked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Length in bytes.
    pub len: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// The file's inode number.
    pub inode: u64,
}

/// Folders and names. Every path is absolute or relative to the process.
pub trait Disk: Send + Sync {
    /// Makes a folder that only its owner may enter (0700); an existing one is fine.
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes a new file that only its owner may read (0600); fails if it exists.
    fn create(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>>;
    /// Opens an existing file for reading and appending.
    fn open(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>>;
    /// Opens an existing file for reading.
    fn open_read(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>>;
    /// Renames a file, replacing what bore the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder's names durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Names in a folder, sorted.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    /// Bytes that an ordinary user may still write on the folder's file system.
    fn free_bytes(&self, path: &Path) -> io::Result<u64>;
}

/// One open file.
pub trait DiskFile: Send + Sync {
    /// Writes all bytes at the end; after an error any part of them may be there.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Fills the buffer from an offset; a file that ends before is an error.
    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
    /// Makes content and length durable (fdatasync).
    fn sync_data(&self) -> io::Result<()>;
    /// Cuts the file to a length.
    fn truncate(&self, len: u64) -> io::Result<()>;
    /// Length, time of change and inode.
    fn stamp(&self) -> io::Result<Stamp>;
}

/// The whole of a small file.
pub(super) fn read_all(file: &dyn DiskFile) -> io::Result<Vec<u8>> {
    let len = usize::try_from(file.stamp()?.len).map_err(io::Error::other)?;
    let mut bytes = vec![0; len];
    file.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}
