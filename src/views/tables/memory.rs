//! The tables in memory: the twin that tests compare with, and what is served
//! from when the disk will not do. They take rows of any size, so that one that
//! sled cannot keep does not keep a store from being opened.

use std::{
    collections::BTreeMap,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use super::{
    Batch, Table, Tables, TablesError, Visit,
    batch::{stored_key, stored_range},
};

/// Rows copied out at a time by a scan, so that the writer never waits for a
/// reader's work, and a reader may itself ask or write.
const SCAN_CHUNK: usize = 256;

/// Tables in memory.
#[derive(Debug, Default)]
pub struct MemoryTables {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    rows: BTreeMap<Vec<u8>, Vec<u8>>,
    position: Option<u64>,
}

impl MemoryTables {
    /// Empty tables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        // No code that can panic runs under the write lock.
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables for MemoryTables {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, TablesError> {
        Ok(self.read().rows.get(&stored_key(table, key)).cloned())
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        from: Option<&[u8]>,
        f: &mut Visit<'_>,
    ) -> Result<(), TablesError> {
        let mut range = stored_range(table, prefix, from);
        loop {
            let chunk: Vec<(Vec<u8>, Vec<u8>)> = {
                let state = self.read();
                let rows = state.rows.range(range.clone()).take(SCAN_CHUNK);
                rows.map(|(key, value)| (key.clone(), value.clone()))
                    .collect()
            };
            for (key, value) in &chunk {
                if f(&key[1..], value).is_break() {
                    return Ok(());
                }
            }
            match chunk.last() {
                Some((last, _)) if chunk.len() == SCAN_CHUNK => {
                    range.start = super::key::after(last);
                }
                _ => return Ok(()),
            }
        }
    }

    fn apply(&self, batch: Batch, position: u64) -> Result<(), TablesError> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = state.position.filter(|at| *at > position) {
            return Err(TablesError::Backwards { at, to: position });
        }
        for (key, value) in batch.into_rows() {
            match value {
                Some(value) => state.rows.insert(key, value),
                None => state.rows.remove(&key),
            };
        }
        state.position = Some(position);
        Ok(())
    }

    fn position(&self) -> Result<Option<u64>, TablesError> {
        Ok(self.read().position)
    }

    fn rows(&self) -> Result<u64, TablesError> {
        Ok(self.read().rows.len() as u64)
    }

    fn flush(&self) -> Result<(), TablesError> {
        Ok(())
    }

    fn check(&self) -> Result<(), TablesError> {
        Ok(())
    }
}
