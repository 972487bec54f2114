//! The seal: a file beside sled's own that says the folder was closed in order.
//!
//! sled's recovery goes on behind a damaged message in its log and so can lose
//! writes from the middle in silence. Once a snapshot was written nothing is
//! left to replay: each page is then found through the snapshot, which has a
//! checksum, and has one itself. So on closing, sled is opened once more (it
//! writes its snapshot only then), all is synced, and the seal is set. A folder
//! whose seal is there and fits needs no check of every row at the next start;
//! one without is checked whole.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{TablesError, row, sled_db, stamp::Stamp};

const NAME: &str = "sealed";
const HALF: &str = "sealed.generating";
/// Stands for a key in the seal's own checksum.
const KEY: &[u8] = b"seal";

/// What a folder that was closed in order held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    stamp: Stamp,
    snapshots: Vec<(String, u64)>,
}

impl Seal {
    /// Takes the seal off, for good: from here on the folder may change.
    /// Nothing when there is none or it does not fit the files.
    pub(super) fn take(folder: &Path) -> Result<Option<Self>, TablesError> {
        let path = folder.join(NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        fs::remove_file(&path)?;
        // Else the seal might be back after a power cut, over other content.
        File::open(folder)?.sync_all()?;
        let seal =
            row::open(KEY, &bytes).and_then(|bytes| postcard::from_bytes::<Self>(bytes).ok());
        let snapshots = snapshots(folder)?;
        Ok(seal.filter(|seal| !snapshots.is_empty() && seal.snapshots == snapshots))
    }

    /// Whether there is one. It may still turn out not to fit.
    pub(super) fn is_set(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Whether the stamp found is the one the folder was sealed with.
    pub(super) fn fits(&self, stamp: &Stamp) -> bool {
        self.stamp == *stamp
    }

    /// Syncs everything in the folder and seals it.
    pub(super) fn set(folder: &Path, stamp: &Stamp) -> Result<(), TablesError> {
        let seal = Self {
            stamp: stamp.clone(),
            snapshots: snapshots(folder)?,
        };
        let bytes = postcard::to_stdvec(&seal);
        let bytes = bytes.map_err(|_| TablesError::broken("the seal cannot be written"))?;
        sync(folder)?;
        let half = folder.join(HALF);
        fs::write(&half, row::seal(KEY, &bytes))?;
        File::open(&half)?.sync_all()?;
        fs::rename(&half, folder.join(NAME))?;
        Ok(File::open(folder)?.sync_all()?)
    }
}

/// sled's snapshots, by name and length.
fn snapshots(folder: &Path) -> Result<Vec<(String, u64)>, TablesError> {
    let mut found = Vec::new();
    for path in sled_db::files(folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("snap.") {
            found.push((name, fs::metadata(&path)?.len()));
        }
    }
    found.sort();
    Ok(found)
}

/// Syncs each file below the folder, and the folders.
fn sync(folder: &Path) -> io::Result<()> {
    for path in sled_db::files(folder)? {
        if path.is_dir() {
            sync(&path)?;
        } else {
            File::open(&path)?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_taken_once_and_only_if_it_fits() {
        let dir = tempfile::tempdir().unwrap();
        let stamp = Stamp {
            position: Some(4),
            ..Stamp::new("store", 1)
        };
        fs::write(dir.path().join("snap.01"), b"snapshot").unwrap();
        Seal::set(dir.path(), &stamp).unwrap();
        let seal = Seal::take(dir.path()).unwrap().expect("sealed");
        assert!(seal.fits(&stamp));
        assert!(!seal.fits(&Stamp {
            position: Some(5),
            ..stamp.clone()
        }));
        assert_eq!(Seal::take(dir.path()).unwrap(), None);

        Seal::set(dir.path(), &stamp).unwrap();
        fs::remove_file(dir.path().join("snap.01")).unwrap();
        assert_eq!(
            Seal::take(dir.path()).unwrap(),
            None,
            "the snapshot is gone"
        );

        fs::write(dir.path().join("snap.01"), b"snapshot").unwrap();
        Seal::set(dir.path(), &stamp).unwrap();
        fs::write(dir.path().join(NAME), b"\x01garbage").unwrap();
        assert_eq!(Seal::take(dir.path()).unwrap(), None, "the seal is damaged");
    }
}
