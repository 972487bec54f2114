//! What the writer and the readers of one store share.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::chain::{BatchInfo, Head};
use super::disk::{Disk, DiskFile, Stamp};
use super::error::{Context, JournalError, Result};
use super::layout::{self, Format};
use super::loc::FileNo;

/// Files kept open at once; a store grows by a batch file every night.
const OPEN_FILES: usize = 128;

/// The two folders that hold numbered files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Room {
    Journal,
    Identities,
}

impl Room {
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Journal => layout::JOURNAL,
            Self::Identities => layout::IDENTITIES,
        }
    }
}

pub(super) struct Shared {
    pub disk: Arc<dyn Disk>,
    pub folder: PathBuf,
    pub format: Format,
    state: RwLock<State>,
    handles: Mutex<HashMap<(Room, FileNo), Arc<dyn DiskFile>>>,
}

/// What has been acknowledged.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Segment `n` is at `n - 1`; the last one is being written.
    pub segments: Vec<Segment>,
    pub batches: Vec<Batch>,
    pub head: Head,
    /// Durable length of each identity segment; the last is being written.
    pub identities: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub len: u64,
    pub lines: u64,
    pub first_seq: u64,
    /// The chain after its last line.
    pub head: Head,
}

#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub info: Arc<BatchInfo>,
    /// The number of the segment that its line stands in.
    pub segment: u32,
}

impl State {
    pub(super) fn batch(&self, ordinal: u32) -> Option<&Batch> {
        self.batches.get(usize::try_from(ordinal).ok()?)
    }

    /// Number of the segment being written.
    pub(super) fn active(&self) -> u32 {
        u32::try_from(self.segments.len()).unwrap_or(u32::MAX)
    }

    fn name_of(&self, file: FileNo) -> Option<String> {
        match (file.as_batch(), file.as_segment()) {
            (Some(ordinal), _) => Some(self.batch(ordinal)?.info.body.file.clone()),
            (_, Some(number)) => Some(layout::segment_name(number)),
            _ => None,
        }
    }
}

impl Shared {
    pub(super) fn new(disk: Arc<dyn Disk>, folder: &Path, format: Format, state: State) -> Self {
        Self {
            disk,
            folder: folder.to_owned(),
            format,
            state: RwLock::new(state),
            handles: Mutex::default(),
        }
    }

    // A panic elsewhere leaves both locks' content whole: each is changed by
    // single assignments of finished values.
    pub(super) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn room(&self, room: Room) -> PathBuf {
        self.folder.join(room.folder())
    }

    /// A file's path, and its name for messages.
    pub(super) fn path_of(&self, room: Room, file: FileNo) -> Result<(PathBuf, String)> {
        let name = self.state().name_of(file);
        let name = name.ok_or_else(|| JournalError::NoSuchRecord(file.to_string()))?;
        Ok((
            self.room(room).join(&name),
            layout::shown(room.folder(), &name),
        ))
    }

    /// An open file, for reading.
    pub(super) fn handle(&self, room: Room, file: FileNo) -> Result<Arc<dyn DiskFile>> {
        // Opened under the lock: a file that is replaced meanwhile must not
        // come into the map after `forget`.
        let mut handles = self.handles();
        if let Some(open) = handles.get(&(room, file)) {
            return Ok(Arc::clone(open));
        }
        let (path, _) = self.path_of(room, file)?;
        let open = self.disk.open_read(&path).context("open", &path)?;
        if handles.len() >= OPEN_FILES {
            handles.clear();
        }
        handles.insert((room, file), Arc::clone(&open));
        Ok(open)
    }

    /// Forgets an open file whose name has been given to another.
    pub(super) fn forget(&self, room: Room, file: FileNo) {
        self.handles().remove(&(room, file));
    }

    /// Reads a record that was said to lie somewhere.
    pub(super) fn read_at(
        &self,
        room: Room,
        (file, offset, len): (FileNo, u64, u32),
    ) -> Result<Vec<u8>> {
        let handle = self.handle(room, file)?;
        let mut bytes = vec![0; usize::try_from(len).unwrap_or(usize::MAX)];
        match handle.read_exact_at(&mut bytes, offset) {
            Ok(()) => Ok(bytes),
            // The path is put together only to be told.
            failed => {
                let (path, _) = self.path_of(room, file)?;
                failed.context("read", &path).map(|()| bytes)
            }
        }
    }

    pub(super) fn stamp(&self, room: Room, file: FileNo) -> Result<Stamp> {
        let (path, _) = self.path_of(room, file)?;
        self.handle(room, file)?.stamp().context("read", &path)
    }

    fn handles(&self) -> std::sync::MutexGuard<'_, HashMap<(Room, FileNo), Arc<dyn DiskFile>>> {
        self.handles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
