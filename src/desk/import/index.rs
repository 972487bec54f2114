//! What an import keeps in memory of what it staged: some fifty bytes an
//! event, so that a million of them fit.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use crate::{
    journal::BatchLoc,
    model::ids::{EpisodeId, EventId},
};

/// A staged event.
#[derive(Debug, Clone, Copy)]
pub(in crate::desk) struct Slot {
    /// Its stay, as an index into [`Index::names`].
    pub stay: u32,
    /// Its place in the batch, from 0.
    pub n: u32,
    /// Its line in the file.
    pub line: u32,
    /// Hash of its id.
    pub id: u64,
    offset: u64,
    len: u32,
    identity_len: u32,
    identity_offset: u64,
    /// Whether it is a void.
    pub void: bool,
}

impl Slot {
    /// Where it is staged.
    pub fn loc(&self) -> BatchLoc {
        BatchLoc {
            offset: self.offset,
            len: self.len,
        }
    }

    /// The same event staged elsewhere.
    pub fn moved(&self, n: usize, loc: BatchLoc, identity: Option<BatchLoc>) -> Self {
        let identity = identity.unwrap_or(BatchLoc { offset: 0, len: 0 });
        Self {
            n: u32::try_from(n).unwrap_or(u32::MAX),
            offset: loc.offset,
            len: loc.len,
            identity_offset: identity.offset,
            identity_len: identity.len,
            ..*self
        }
    }

    /// Where the identity is staged that it names.
    pub fn identity(&self) -> Option<BatchLoc> {
        let loc = BatchLoc {
            offset: self.identity_offset,
            len: self.identity_len,
        };
        (self.identity_len > 0).then_some(loc)
    }
}

/// Everything staged.
#[derive(Debug, Default)]
pub(in crate::desk) struct Index {
    /// The stays.
    pub names: Vec<EpisodeId>,
    numbers: HashMap<EpisodeId, u32>,
    /// The events, in order of staging until they are sorted.
    pub slots: Vec<Slot>,
    hasher: RandomState,
}

/// What is noted of an event as it is staged.
pub(in crate::desk) struct Staged<'a> {
    pub episode: &'a EpisodeId,
    pub id: &'a EventId,
    pub void: bool,
    pub line: u64,
    pub loc: BatchLoc,
    pub identity: Option<BatchLoc>,
}

impl Index {
    /// Notes a staged event.
    pub fn push(&mut self, staged: Staged<'_>) {
        let stay = self.number(staged.episode);
        let identity = staged.identity.unwrap_or(BatchLoc { offset: 0, len: 0 });
        self.slots.push(Slot {
            stay,
            n: u32::try_from(self.slots.len()).unwrap_or(u32::MAX),
            line: u32::try_from(staged.line).unwrap_or(u32::MAX),
            id: self.hasher.hash_one(staged.id),
            offset: staged.loc.offset,
            len: staged.loc.len,
            identity_offset: identity.offset,
            identity_len: identity.len,
            void: staged.void,
        });
    }

    fn number(&mut self, episode: &EpisodeId) -> u32 {
        if let Some(number) = self.numbers.get(episode) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(episode.clone());
        self.numbers.insert(episode.clone(), number);
        number
    }

    /// The same stays with other events.
    pub fn with_slots(&self, slots: Vec<Slot>) -> Self {
        Self {
            names: self.names.clone(),
            slots,
            ..Self::default()
        }
    }

    /// Whether one more event would be more than an import can hold.
    pub fn is_full(&self) -> bool {
        self.slots.len() >= u32::MAX as usize
    }

    /// Orders by stay, then as in the file; stays are then runs of slots.
    pub fn sort(&mut self) {
        self.numbers = HashMap::new();
        self.slots.sort_unstable_by_key(|slot| (slot.stay, slot.n));
    }

    /// Calls `f` with the events of each stay, in the order of their names,
    /// as the stays are asked for.
    pub fn by_stay<T>(
        mut self,
        mut f: impl FnMut(&[Slot]) -> T,
    ) -> impl ExactSizeIterator<Item = (EpisodeId, T)> {
        self.sort();
        let Self { names, slots, .. } = self;
        let mut runs = vec![0..0; names.len()];
        let mut start = 0;
        for run in slots.chunk_by(|a, b| a.stay == b.stay) {
            runs[run[0].stay as usize] = start..start + run.len();
            start += run.len();
        }
        let mut order: Vec<usize> = (0..names.len())
            .filter(|stay| !runs[*stay].is_empty())
            .collect();
        order.sort_unstable_by(|a, b| names[*a].cmp(&names[*b]));
        order
            .into_iter()
            .map(move |stay| (names[stay].clone(), f(&slots[runs[stay].clone()])))
    }

    /// Orders as staged.
    pub fn unsort(&mut self) {
        self.slots.sort_unstable_by_key(|slot| slot.n);
    }
}
