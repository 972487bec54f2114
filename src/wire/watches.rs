//! Watches that wait at the holder: whoever leaves ends its own.

use std::{
    io,
    net::Shutdown,
    os::unix::net::UnixStream,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The streams on which a client's watches wait for their answer.
#[derive(Debug, Default)]
pub(super) struct Watches(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    left: bool,
    next: u64,
    waiting: Vec<(u64, UnixStream)>,
}

/// One watch that waits.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    watches: &'a Watches,
    number: u64,
}

impl Watches {
    /// Begins a watch on a stream; none once its process is leaving.
    ///
    /// # Errors
    /// Where the system gives no second handle of the stream.
    pub fn begin(&self, stream: &UnixStream) -> io::Result<Option<Turn<'_>>> {
        let mut state = self.state();
        if state.left {
            return Ok(None);
        }
        let number = state.next;
        state.next += 1;
        state.waiting.push((number, stream.try_clone()?));
        Ok(Some(Turn {
            watches: self,
            number,
        }))
    }

    /// Ends every watch, now and to come.
    pub fn leave(&self) {
        let mut state = self.state();
        state.left = true;
        for (_, stream) in state.waiting.drain(..) {
            // One that is shut already has nobody who waits.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Ends this watch; true where it was ended by [`Watches::leave`].
    pub fn end(self) -> bool {
        let mut state = self.watches.state();
        state.waiting.retain(|(number, _)| *number != self.number);
        state.left
    }
}
