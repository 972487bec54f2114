//! A test once more, as a process of its own to be killed at a moment.
//!
//! It says each moment on a pipe, by its number, and goes at most a few
//! moments beyond the one at which it is to be killed: so a kill lands within
//! a step, and still where the test wants it.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::bin::Running;

/// Moments that a process may go on beyond the one at which it is killed.
pub const BEYOND: usize = 2;
/// The last moment of every process.
pub const CLOSED: &str = "closed";
const STORE: &str = "FRISTDAG_TEST_STORE";
const LAST: &str = "FRISTDAG_TEST_LAST";

/// What the process to be killed was told.
pub struct Told {
    store: PathBuf,
    last: usize,
    next: AtomicUsize,
}

impl Told {
    /// None in a process that no test started to be killed.
    pub fn by_parent() -> Option<Self> {
        let store = std::env::var_os(STORE)?.into();
        let last = std::env::var(LAST).ok()?.parse().unwrap();
        let next = AtomicUsize::new(0);
        Some(Self { store, last, next })
    }

    /// The store that it works on.
    pub fn store(&self) -> &Path {
        &self.store
    }

    /// Says a moment; does not come back from the last one.
    pub fn moment(&self, what: &str) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut out = std::io::stdout().lock();
        writeln!(out, "@ {number} {what}").unwrap();
        drop(out);
        if number == self.last {
            wait_for_the_end();
        }
    }
}

/// Nobody ever writes to it: only a kill ends this.
pub fn wait_for_the_end() {
    let _none = std::io::stdin().read(&mut [0]);
}

/// Starts the test `name` once more, told what to do on a store; it goes no
/// further than moment `last`.
pub fn start(name: &str, store: &Path, last: usize) -> Running {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", name, "--nocapture"])
        .env(STORE, store)
        .env(LAST, last.to_string());
    Running::start(command)
}

/// Number and name of a moment; other lines are the test harness's.
pub fn moment(line: &str) -> Option<(usize, String)> {
    let mut words = line.split("@ ").nth(1)?.split(' ');
    let number = words.next()?.parse().ok()?;
    Some((number, words.next()?.to_owned()))
}

/// Starts `name` and kills it once it has said moment `kill`, after some
/// looks at its store, more or fewer: so the kill lands anywhere between this
/// moment and the next ones.
pub fn kill_at(name: &str, store: &Path, kill: usize, looks: usize) {
    let mut running = start(name, store, kill + BEYOND);
    loop {
        let line = running.line().expect("it ends only when it is killed");
        let there = moment(&line);
        if there.is_some_and(|(number, name)| number == kill || name == CLOSED) {
            break;
        }
    }
    for _ in 0..looks {
        assert!(store.exists());
    }
    running.kill();
}
