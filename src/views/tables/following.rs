//! Tables that follow: a large amount of work is answered from memory at once
//! and written by a thread of their own, batch after batch in the same order.
//!
//! Nothing is weakened by that: the tables underneath are true up to their own
//! position, and what a killed process had not yet handed to them is folded
//! again from the journal. Small batches are applied at once while nothing
//! waits, so that a failing disk shows where something was recorded.

use std::{
    collections::{BTreeMap, VecDeque},
    ops::ControlFlow,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use super::{Batch, Table, Tables, TablesError, Visit, batch::stored_range};

/// Batches of fewer rows are applied at once, if nothing waits.
const SMALL: usize = 256;

/// Bytes of memory that may wait, about; who brings more waits as well.
const MOST_WAITING: usize = 64 << 20;

/// Bytes of memory that a row takes beside its key and value, about.
const ROW: usize = 100;

/// How far the thread that writes stands behind others (of one thread alone,
/// on Linux).
const BEHIND: i32 = 10;

/// See the module.
pub struct Following {
    shared: Arc<Shared>,
    small: usize,
    /// Taken out only by `drop`.
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    tables: Box<dyn Tables>,
    queue: Mutex<Queue>,
    /// Something came, or went.
    moved: Condvar,
}

#[derive(Default)]
struct Queue {
    /// Oldest first. The first stays until it is applied, so that a reader
    /// finds each row here or underneath.
    waiting: VecDeque<Arc<Waiting>>,
    bytes: usize,
    /// The tables underneath failed.
    failed: bool,
    /// No more will come.
    ending: bool,
}

struct Waiting {
    batch: Batch,
    position: u64,
    bytes: usize,
}

impl Following {
    /// Serves from `tables` and what is on its way to them.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn over(tables: impl Tables + 'static) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            tables: Box::new(tables),
            queue: Mutex::default(),
            moved: Condvar::new(),
        });
        let follower = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("views".to_owned())
            .spawn(move || {
                // Whoever waits for an answer goes first. Where that cannot be
                // had, the work is done all the same.
                let _ = rustix::process::nice(BEHIND);
                follower.follow();
            })?;
        Ok(Self {
            shared,
            small: SMALL,
            thread: Some(thread),
        })
    }

    /// Lets batches of as many rows wait, too.
    #[cfg(test)]
    pub(super) fn with_small(mut self, small: usize) -> Self {
        self.small = small;
        self
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        // Nothing that can panic runs under this lock.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&self, queue: MutexGuard<'q, Queue>) -> MutexGuard<'q, Queue> {
        self.moved
            .wait(queue)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Applies what waits, until no more will come or the tables fail.
    fn follow(&self) {
        let mut queue = self.queue();
        loop {
            let Some(next) = queue.waiting.front().map(Arc::clone) else {
                if queue.ending {
                    return;
                }
                queue = self.wait(queue);
                continue;
            };
            drop(queue);
            let applied = self.tables.apply(next.batch.clone(), next.position);
            queue = self.queue();
            if applied.is_err() {
                queue.failed = true;
                self.moved.notify_all();
                return;
            }
            queue.waiting.pop_front();
            queue.bytes -= next.bytes;
            self.moved.notify_all();
        }
    }

    /// What waits, oldest first. To be asked before the tables underneath,
    /// which then hold whatever is no longer here.
    fn waiting(&self) -> Result<Vec<Arc<Waiting>>, TablesError> {
        let queue = self.queue();
        if queue.failed {
            return Err(TablesError::Poisoned);
        }
        Ok(queue.waiting.iter().map(Arc::clone).collect())
    }

    /// Waits until nothing waits.
    fn caught_up(&self) -> Result<MutexGuard<'_, Queue>, TablesError> {
        let mut queue = self.queue();
        while !queue.failed && !queue.waiting.is_empty() {
            queue = self.wait(queue);
        }
        if queue.failed {
            return Err(TablesError::Poisoned);
        }
        Ok(queue)
    }
}

impl Tables for Following {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, TablesError> {
        let waiting = self.shared.waiting()?;
        let newest = waiting.iter().rev();
        match newest.filter_map(|one| one.batch.get(table, key)).next() {
            Some(row) => Ok(row.map(<[u8]>::to_vec)),
            None => self.shared.tables.get(table, key),
        }
    }

    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        from: Option<&[u8]>,
        f: &mut Visit<'_>,
    ) -> Result<(), TablesError> {
        let waiting = self.shared.waiting()?;
        let mut over: BTreeMap<&[u8], Option<&[u8]>> = BTreeMap::new();
        let range = stored_range(table, prefix, from);
        for one in &waiting {
            let rows = one.batch.range(range.clone());
            over.extend(rows.map(|(key, value)| (&key[1..], value)));
        }
        if over.is_empty() {
            return self.shared.tables.scan(table, prefix, from, f);
        }
        self.shared.merged(over, (table, prefix, from), f)
    }

    fn apply(&self, batch: Batch, position: u64) -> Result<(), TablesError> {
        batch.check()?;
        let mut queue = self.shared.queue();
        while !queue.failed && queue.bytes > MOST_WAITING {
            queue = self.shared.wait(queue);
        }
        if queue.failed {
            return Err(TablesError::Poisoned);
        }
        if queue.waiting.is_empty() && batch.len() < self.small {
            return self.shared.tables.apply(batch, position);
        }
        let at = match queue.waiting.back() {
            Some(last) => Some(last.position),
            None => self.shared.tables.position()?,
        };
        if let Some(at) = at.filter(|at| *at > position) {
            return Err(TablesError::Backwards { at, to: position });
        }
        let bytes = batch.bytes() + batch.len() * ROW;
        queue.bytes += bytes;
        queue.waiting.push_back(Arc::new(Waiting {
            batch,
            position,
            bytes,
        }));
        self.shared.moved.notify_all();
        Ok(())
    }

    fn position(&self) -> Result<Option<u64>, TablesError> {
        match self.shared.waiting()?.last() {
            Some(last) => Ok(Some(last.position)),
            None => self.shared.tables.position(),
        }
    }

    fn rows(&self) -> Result<u64, TablesError> {
        let _still = self.shared.caught_up()?;
        self.shared.tables.rows()
    }

    fn flush(&self) -> Result<(), TablesError> {
        drop(self.shared.caught_up()?);
        self.shared.tables.flush()
    }

    fn check(&self) -> Result<(), TablesError> {
        let _still = self.shared.caught_up()?;
        self.shared.tables.check()
    }
}

impl Shared {
    /// Scans the tables with what waits laid over them.
    fn merged(
        &self,
        over: BTreeMap<&[u8], Option<&[u8]>>,
        (table, prefix, from): (Table, &[u8], Option<&[u8]>),
        f: &mut Visit<'_>,
    ) -> Result<(), TablesError> {
        let mut over = over.into_iter().peekable();
        let mut broke = false;
        self.tables.scan(table, prefix, from, &mut |key, value| {
            while let Some((before, row)) = over.next_if(|(waits, _)| *waits < key) {
                if row.is_some_and(|row| f(before, row).is_break()) {
                    broke = true;
                    return ControlFlow::Break(());
                }
            }
            let told = match over.next_if(|(waits, _)| *waits == key) {
                Some((_, None)) => ControlFlow::Continue(()),
                Some((_, Some(row))) => f(key, row),
                None => f(key, value),
            };
            broke = told.is_break();
            told
        })?;
        if broke {
            return Ok(());
        }
        for (key, row) in over {
            if row.is_some_and(|row| f(key, row).is_break()) {
                break;
            }
        }
        Ok(())
    }
}

impl Drop for Following {
    /// Ends once everything is applied.
    fn drop(&mut self) {
        self.shared.queue().ending = true;
        self.shared.moved.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic in there leaves the tables behind, to be caught up.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::tables::MemoryTables;

    fn batch(key: &[u8], value: Option<&[u8]>) -> Batch {
        let mut batch = Batch::new();
        match value {
            Some(value) => batch.put(Table::Open, key, value),
            None => batch.delete(Table::Open, key),
        }
        batch
    }

    /// Nothing is taken from the queue here, so all is answered from over it.
    #[test]
    fn what_waits_is_answered_as_if_it_were_written() {
        let tables = MemoryTables::new();
        tables.apply(batch(b"b", Some(b"old")), 1).unwrap();
        tables.apply(batch(b"c", Some(b"gone")), 1).unwrap();
        let mut following = Following::over(tables).unwrap();
        following.shared.queue().ending = true;
        following.shared.moved.notify_all();
        following.thread.take().unwrap().join().unwrap();
        following.small = 0;
        for (key, value) in [(b"a", Some(&b"1"[..])), (b"b", Some(b"new")), (b"c", None)] {
            following.apply(batch(key, value), 2).unwrap();
        }
        assert_eq!(following.shared.queue().waiting.len(), 3);
        assert_eq!(following.position().unwrap(), Some(2));
        assert_eq!(following.get(Table::Open, b"b").unwrap().unwrap(), b"new");
        assert_eq!(following.get(Table::Open, b"c").unwrap(), None);
        let mut seen = Vec::new();
        let mut take = |key: &[u8], value: &[u8]| {
            seen.push((key.to_vec(), value.to_vec()));
            ControlFlow::Continue(())
        };
        following.scan(Table::Open, &[], None, &mut take).unwrap();
        let (a, b) = (
            (b"a".to_vec(), b"1".to_vec()),
            (b"b".to_vec(), b"new".to_vec()),
        );
        assert_eq!(seen, [a, b]);
        let back = following.apply(batch(b"d", None), 1);
        assert!(matches!(back, Err(TablesError::Backwards { at: 2, to: 1 })));
    }
}
