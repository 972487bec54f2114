//! Calls into sled that may panic: a damaged file makes sled panic instead of
//! answering an error.
//!
//! The panic hook is the whole process's: swapping it around each call would
//! silence, or race with, other threads' panics. So one hook is laid over the
//! one found at the first call; it keeps silent only for a thread that is
//! inside [`run`] and for sled's own threads, and hands all else through. A
//! hook installed later stands in front of it and should ask [`catching`]
//! before it, say, restores a terminal.

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
    thread,
};

/// A panic was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked {
    /// File and line of the panic; its message is left out, since it may quote
    /// stored bytes.
    pub place: Option<String>,
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether a panic on this thread, now, would be caught and dealt with by
/// [`run`], or is one of sled's own threads', whose fate the next call reports.
#[must_use]
pub fn catching() -> bool {
    DEPTH.with(Cell::get) > 0
        || thread::current()
            .name()
            .is_some_and(|name| name.starts_with("sled-io-") || name == "log flusher")
}

/// Runs `f`, which may panic.
///
/// # Errors
/// The place of the panic, when it did.
pub fn run<T>(f: impl FnOnce() -> T) -> Result<T, Panicked> {
    lay_hook();
    DEPTH.with(|depth| depth.set(depth.get() + 1));
    // What f touched is given up by every caller after a panic (the folder is
    // rebuilt, the handle poisoned), so that no broken invariant is seen.
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    DEPTH.with(|depth| depth.set(depth.get() - 1));
    result.map_err(|_| Panicked {
        place: PLACE.with(RefCell::take),
    })
}

/// Lays the hook, where it does not lie yet. Taking a hook and setting another
/// are two steps: whoever sets one of their own while a thread opens a folder
/// calls this before that thread begins.
pub fn lay_hook() {
    static LAID: Once = Once::new();
    // Taking the hook while panicking would abort; the panic under way has been
    // reported by then.
    if thread::panicking() {
        return;
    }
    LAID.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if catching() {
                let place = info
                    .location()
                    .map(|at| format!("{}:{}", last_part(at.file()), at.line()));
                PLACE.with(|kept| kept.replace(place));
            } else {
                before(info);
            }
        }));
    });
}

/// The path from `src/` on: where a crate's sources are kept is nobody's business.
fn last_part(file: &str) -> &str {
    file.rfind("src/").map_or(file, |at| &file[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_with_its_place_and_without_its_message() {
        let caught = run::<()>(|| panic!("19121212-1212"));
        let place = caught
            .expect_err("it panicked")
            .place
            .expect("it has a place");
        assert!(place.starts_with("src/views/tables/guard.rs:"), "{place}");
        assert!(!catching());
        assert_eq!(run(catching), Ok(true));
    }
}
