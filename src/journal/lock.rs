//! One process at a time: the store's lock file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::error::{Context, JournalError, Result};

/// Holds a store for this process until it is dropped. The file itself stays:
/// removing it would let two processes hold two files of one name.
#[derive(Debug)]
pub struct StoreLock {
    file: File,
}

/// Closing the file would not do: a process being started at that moment by
/// another thread has a copy of the descriptor until it runs its own program,
/// and the lock would live on in that copy.
impl Drop for StoreLock {
    fn drop(&mut self) {
        // Nobody is left to tell, and closing follows at once.
        let _ = self.file.unlock();
    }
}

impl StoreLock {
    /// Takes the lock of the store in `folder`, which must exist, and writes
    /// this process's id into it.
    ///
    /// # Errors
    /// [`JournalError::InUse`] names the process that holds it.
    pub fn acquire(folder: &Path) -> Result<Self> {
        let path = folder.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .context("open", &path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // Unreadable text only means that the holder cannot be named.
                let pid = file
                    .read_to_string(&mut text)
                    .ok()
                    .and_then(|_| text.trim().parse().ok());
                return Err(JournalError::InUse { pid });
            }
            Err(TryLockError::Error(source)) => {
                return Err(JournalError::Io {
                    what: "lock",
                    path,
                    source,
                });
            }
        }
        file.set_len(0).context("write", &path)?;
        file.rewind().context("write", &path)?;
        writeln!(file, "{}", std::process::id()).context("write", &path)?;
        Ok(Self { file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = StoreLock::acquire(folder.path()).unwrap();
        let error = StoreLock::acquire(folder.path()).unwrap_err();
        let own = std::process::id();
        assert!(matches!(error, JournalError::InUse { pid: Some(pid) } if pid == own));
        drop(first);
        assert!(folder.path().join("lock").exists());
        StoreLock::acquire(folder.path()).unwrap();
    }

    #[test]
    fn a_copy_of_the_descriptor_holds_nothing_after_the_owner_left() {
        let folder = tempfile::tempdir().unwrap();
        let first = StoreLock::acquire(folder.path()).unwrap();
        let copy = first.file.try_clone().unwrap();
        drop(first);
        StoreLock::acquire(folder.path()).unwrap();
        drop(copy);
    }
}
