//! Waiting for the journal to grow.

use std::{
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// The position that what is served has reached, and who waits for more.
#[derive(Debug, Default)]
pub struct Watch {
    position: Mutex<u64>,
    left: AtomicBool,
    grown: Condvar,
}

impl Watch {
    /// A watch at a position.
    #[must_use]
    pub fn at(position: u64) -> Self {
        Self {
            position: Mutex::new(position),
            left: AtomicBool::new(false),
            grown: Condvar::new(),
        }
    }

    /// The position has been reached.
    pub fn reached(&self, position: u64) {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = position;
        self.grown.notify_all();
    }

    /// Ends every wait, now and to come.
    pub fn leave(&self) {
        // Under the lock, so that no wait begins between.
        let position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        self.left.store(true, Ordering::Release);
        drop(position);
        self.grown.notify_all();
    }

    /// Waits until the position is beyond `since`, for so long at most.
    #[must_use]
    pub fn wait_beyond(&self, since: u64, longest: Duration) -> u64 {
        let position = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let (position, _) = self
            .grown
            .wait_timeout_while(position, longest, |position| {
                *position <= since && !self.left.load(Ordering::Acquire)
            })
            .unwrap_or_else(PoisonError::into_inner);
        *position
    }
}
