//! The simulated machine's state: what is live, what is durable, and faults.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Default)]
pub(super) struct Machine {
    pub(super) names: BTreeMap<PathBuf, Node>,
    pub(super) durable: BTreeMap<PathBuf, Node>,
    pub(super) files: Vec<Content>,
    /// Counts changes: the clock of time stamps, and what faults are told by.
    pub(super) operations: u64,
    pub(super) syncs: u64,
    /// Counts power cuts: handles from before one are dead.
    pub(super) boots: u64,
    pub(super) off: bool,
    pub(super) fail_at: Option<u64>,
    pub(super) cut_at_sync: Option<u64>,
    pub(super) capacity: Option<u64>,
    pub(super) claimed_free: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Folder,
    File(usize),
}

#[derive(Default)]
pub(super) struct Content {
    pub(super) live: Vec<u8>,
    pub(super) synced: Vec<u8>,
    /// Shortest length since the last sync: what lies below is unchanged.
    pub(super) kept: usize,
    /// Bytes that a failed sync lost: they read back, and are not on disk.
    pub(super) lost: Option<(usize, usize)>,
    pub(super) modified: u64,
}

impl Content {
    pub(super) fn truncate(&mut self, len: usize) {
        self.live.resize(len, 0);
        self.kept = self.kept.min(len);
        self.lost = self
            .lost
            .map(|(a, b)| (a.min(len), b.min(len)))
            .filter(|(a, b)| a < b);
    }

    pub(super) fn sync(&mut self) {
        self.synced.truncate(self.kept);
        self.synced.extend_from_slice(&self.live[self.kept..]);
        if let Some((from, to)) = self.lost {
            self.synced[from..to].fill(0);
        }
        self.kept = self.live.len();
    }

    pub(super) fn lose(&mut self) {
        if self.kept < self.live.len() {
            self.lost = Some((self.kept, self.live.len()));
        }
    }

    pub(super) fn back_to_synced(&mut self) {
        self.live.clone_from(&self.synced);
        self.kept = self.live.len();
        self.lost = None;
    }
}

/// A small generator (`SplitMix64`): one seed replays one crash.
pub(super) struct Seed(pub(super) u64);

impl Seed {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n as u64 + 1)).unwrap_or(0)
    }
}

impl Machine {
    /// Counts one change, and fails it when a fault is due.
    pub(super) fn change(&mut self) -> io::Result<()> {
        if self.off {
            return Err(io::Error::other("no power"));
        }
        self.operations += 1;
        if self.fail_at == Some(self.operations) {
            return Err(io::Error::other("injected failure"));
        }
        Ok(())
    }

    pub(super) fn sync_point(&mut self) -> io::Result<()> {
        if !self.off {
            self.syncs += 1;
            self.off = self.cut_at_sync == Some(self.syncs);
        }
        self.change()
    }

    pub(super) fn used(&self) -> u64 {
        let files = self.names.values().filter_map(|node| match node {
            Node::File(id) => self.files.get(*id),
            Node::Folder => None,
        });
        files.map(|content| content.live.len() as u64).sum()
    }

    pub(super) fn restart(&mut self) {
        self.names = self.durable.clone();
        for content in &mut self.files {
            content.back_to_synced();
        }
        self.forget_lost_folders();
        self.boots += 1;
        self.off = false;
        self.fail_at = None;
        self.cut_at_sync = None;
    }

    /// A folder that vanished takes its content along.
    fn forget_lost_folders(&mut self) {
        let root = |path: &Path| path.parent().is_none_or(|p| p.as_os_str().is_empty());
        let whole = |names: &BTreeMap<PathBuf, Node>, path: &Path| {
            path.ancestors().skip(1).all(|up| {
                up.as_os_str().is_empty() || root(up) || names.get(up) == Some(&Node::Folder)
            })
        };
        let known = self.names.clone();
        self.names.retain(|path, _| whole(&known, path));
        self.durable = self.names.clone();
    }

    pub(super) fn file(&self, path: &Path) -> io::Result<usize> {
        if self.off {
            return Err(io::Error::other("no power"));
        }
        match self.names.get(path) {
            Some(Node::File(id)) => Ok(*id),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
