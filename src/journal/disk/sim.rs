//! A disk in memory that can lose power, fill up and fail, the same way
//! every time it is told to.
//!
//! What was written and what was made durable are kept apart, for a file's
//! content and for a folder's names alike. An fsync that fails loses for good
//! what it should have made durable, as Linux does: a later fsync that
//! succeeds says nothing about it.

mod machine;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Disk, DiskFile, Stamp};
use machine::{Content, Machine, Node, Seed};

/// A disk in memory; clones share it.
#[derive(Clone, Default)]
pub(crate) struct SimDisk(Arc<Mutex<Machine>>);

impl SimDisk {
    /// An empty disk without limits or faults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Cuts the power and starts again: every unsynced write is gone, open
    /// files are dead, and faults are cleared.
    pub fn crash(&self) {
        self.machine().restart();
    }

    /// As [`SimDisk::crash`], but a random part of what was not synced has
    /// reached the disk: torn writes, and names made, moved or not.
    pub fn crash_keeping(&self, seed: u64) {
        let mut machine = self.machine();
        let mut seed = Seed(seed);
        for content in &mut machine.files {
            if content.kept < content.synced.len() {
                if seed.next() & 1 == 0 {
                    continue;
                }
                content.synced.truncate(content.kept);
            }
            let kept = content.synced.len();
            let more = seed.below(content.live.len().saturating_sub(kept));
            content
                .synced
                .extend_from_slice(&content.live[kept..kept + more]);
        }
        let changed: Vec<PathBuf> = machine
            .names
            .keys()
            .chain(machine.durable.keys())
            .filter(|path| machine.names.get(*path) != machine.durable.get(*path))
            .cloned()
            .collect();
        for path in changed {
            if seed.next() & 1 == 1 {
                match machine.names.get(&path).copied() {
                    Some(node) => machine.durable.insert(path, node),
                    None => machine.durable.remove(&path),
                };
            }
        }
        machine.restart();
    }

    /// Lets the `n`th change from now (1 is the next) fail; an append writes half.
    pub fn fail_nth(&self, n: u64) {
        let mut machine = self.machine();
        machine.fail_at = Some(machine.operations + n);
    }

    /// Cuts the power at the `n`th sync from now, before it takes effect.
    pub fn cut_power_at_sync(&self, n: u64) {
        let mut machine = self.machine();
        machine.cut_at_sync = Some(machine.syncs + n);
    }

    /// Limits what all files together may hold, in bytes.
    pub fn set_capacity(&self, bytes: Option<u64>) {
        self.machine().capacity = bytes;
    }

    /// Lets the disk claim this much free space, whatever is true.
    pub fn claim_free(&self, bytes: Option<u64>) {
        self.machine().claimed_free = bytes;
    }

    /// Changes so far: creations, writes, syncs, cuts, renames, removals.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.machine().operations
    }

    /// Sync points so far, of files and of folders.
    #[must_use]
    pub fn syncs(&self) -> u64 {
        self.machine().syncs
    }

    /// A copy of a file's content, as a program reads it.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn content(&self, path: &Path) -> io::Result<Vec<u8>> {
        let machine = self.machine();
        machine.file(path).map(|id| machine.files[id].live.clone())
    }

    /// Replaces a file's content on disk, as damage from outside does; the
    /// time stamp moves.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut machine = self.machine();
        let id = machine.file(path)?;
        machine.operations += 1;
        let modified = machine.operations;
        let content = &mut machine.files[id];
        content.synced = bytes.to_vec();
        content.back_to_synced();
        content.modified = modified;
        Ok(())
    }

    /// Every file's path.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        let machine = self.machine();
        let files = machine
            .names
            .iter()
            .filter(|(_, node)| matches!(node, Node::File(_)));
        files.map(|(path, _)| path.clone()).collect()
    }

    fn handle(&self, id: usize, boots: u64) -> Arc<dyn DiskFile> {
        Arc::new(SimFile {
            disk: self.clone(),
            id,
            boots,
        })
    }
}

impl Disk for SimDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut machine = self.machine();
        machine.change()?;
        let missing: Vec<PathBuf> = path
            .ancestors()
            .filter(|up| up.file_name().is_some() && !machine.names.contains_key(*up))
            .map(Path::to_owned)
            .collect();
        for up in missing {
            machine.names.insert(up, Node::Folder);
        }
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>> {
        let mut machine = self.machine();
        machine.change()?;
        if machine.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let id = machine.files.len();
        let modified = machine.operations;
        machine.files.push(Content {
            modified,
            ..Content::default()
        });
        machine.names.insert(path.to_owned(), Node::File(id));
        Ok(self.handle(id, machine.boots))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>> {
        let machine = self.machine();
        machine.file(path).map(|id| self.handle(id, machine.boots))
    }

    fn open_read(&self, path: &Path) -> io::Result<Arc<dyn DiskFile>> {
        self.open(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut machine = self.machine();
        machine.change()?;
        let id = machine.file(from)?;
        machine.names.remove(from);
        machine.names.insert(to.to_owned(), Node::File(id));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut machine = self.machine();
        machine.change()?;
        machine.file(path)?;
        machine.names.remove(path);
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut machine = self.machine();
        machine.sync_point()?;
        let within = |p: &Path| p.parent() == Some(path);
        machine.durable.retain(|p, _| !within(p));
        let now: Vec<_> = machine
            .names
            .iter()
            .filter(|(p, _)| within(p))
            .map(|(p, n)| (p.clone(), *n))
            .collect();
        machine.durable.extend(now);
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let machine = self.machine();
        if machine.off || machine.names.get(path) != Some(&Node::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let inside = machine.names.keys().filter(|p| p.parent() == Some(path));
        Ok(inside
            .filter_map(|p| Some(p.file_name()?.to_string_lossy().into_owned()))
            .collect())
    }

    fn free_bytes(&self, _path: &Path) -> io::Result<u64> {
        let machine = self.machine();
        let capacity = machine.capacity.unwrap_or(u64::MAX);
        Ok(machine
            .claimed_free
            .unwrap_or_else(|| capacity.saturating_sub(machine.used())))
    }
}

struct SimFile {
    disk: SimDisk,
    id: usize,
    boots: u64,
}

impl SimFile {
    fn machine(&self) -> io::Result<MutexGuard<'_, Machine>> {
        let machine = self.disk.machine();
        if machine.off || machine.boots != self.boots {
            return Err(io::Error::other("no power"));
        }
        Ok(machine)
    }
}

impl DiskFile for SimFile {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut machine = self.machine()?;
        let due = machine.change();
        let room = machine
            .capacity
            .map_or(u64::MAX, |c| c.saturating_sub(machine.used()));
        let room = usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len());
        let part = if due.is_err() {
            room.min(bytes.len() / 2)
        } else {
            room
        };
        let modified = machine.operations;
        let content = &mut machine.files[self.id];
        content.live.extend_from_slice(&bytes[..part]);
        content.modified = modified;
        due?;
        if part < bytes.len() {
            Err(io::ErrorKind::StorageFull.into())
        } else {
            Ok(())
        }
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let machine = self.machine()?;
        let live = &machine.files[self.id].live;
        let from = usize::try_from(offset).map_err(io::Error::other)?;
        let end = from
            .checked_add(buffer.len())
            .filter(|end| *end <= live.len());
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(&live[from..end]);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut machine = self.machine()?;
        let due = machine.sync_point();
        let content = &mut machine.files[self.id];
        match due {
            Ok(()) => content.sync(),
            Err(_) => content.lose(),
        }
        due
    }

    fn truncate(&self, len: u64) -> io::Result<()> {
        let mut machine = self.machine()?;
        machine.change()?;
        let modified = machine.operations;
        let content = &mut machine.files[self.id];
        content.truncate(usize::try_from(len).map_err(io::Error::other)?);
        content.modified = modified;
        Ok(())
    }

    fn stamp(&self) -> io::Result<Stamp> {
        let machine = self.machine()?;
        let content = &machine.files[self.id];
        let modified_ns = i64::try_from(content.modified).unwrap_or(i64::MAX);
        Ok(Stamp {
            len: content.live.len() as u64,
            modified_ns,
            inode: self.id as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disk_with(path: &Path) -> (SimDisk, Arc<dyn DiskFile>) {
        let disk = SimDisk::new();
        disk.create_dir(Path::new("/s")).unwrap();
        disk.sync_dir(Path::new("/")).unwrap();
        let file = disk.create(path).unwrap();
        (disk, file)
    }

    #[test]
    fn a_crash_drops_unsynced_bytes_and_names() {
        let path = Path::new("/s/a");
        let (disk, file) = disk_with(path);
        file.append(b"kept").unwrap();
        file.sync_data().unwrap();
        disk.sync_dir(Path::new("/s")).unwrap();
        file.append(b" gone").unwrap();
        let other = disk.create(Path::new("/s/b")).unwrap();
        other.append(b"x").unwrap();
        other.sync_data().unwrap();
        disk.crash();
        assert!(
            file.append(b"!").is_err(),
            "a handle does not outlive the power"
        );
        assert_eq!(disk.content(path).unwrap(), b"kept");
        assert!(
            disk.content(Path::new("/s/b")).is_err(),
            "its folder was not synced"
        );
    }

    #[test]
    fn a_failed_sync_loses_for_good() {
        let path = Path::new("/s/a");
        let (disk, file) = disk_with(path);
        disk.sync_dir(Path::new("/s")).unwrap();
        file.append(b"ab").unwrap();
        disk.fail_nth(1);
        assert!(file.sync_data().is_err());
        file.sync_data().unwrap();
        disk.crash();
        assert_eq!(disk.content(path).unwrap(), b"\0\0");
    }

    #[test]
    fn a_torn_write_is_a_prefix() {
        let path = Path::new("/s/a");
        for seed in 0..50 {
            let (disk, file) = disk_with(path);
            disk.sync_dir(Path::new("/s")).unwrap();
            file.append(b"12").unwrap();
            file.sync_data().unwrap();
            file.append(b"345").unwrap();
            disk.crash_keeping(seed);
            let content = disk.content(path).unwrap();
            assert!(content.len() >= 2 && b"12345".starts_with(&content));
        }
    }
}
