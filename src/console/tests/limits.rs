//! How many bytes a frame sends: 120×40, 50 000 stays.

use std::{
    io::{self, Write},
    sync::Mutex,
};

use chrono::TimeDelta;

use super::*;
use crate::console::{FrameWriter, Frames, Screen};

const SIZE: (u16, u16) = (120, 40);
const STAYS: usize = 50_000;

#[derive(Clone, Default)]
struct Count(Arc<Mutex<usize>>);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.lock().unwrap() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A console and what it sends, synchronized updates and all.
struct Sent {
    bench: Bench,
    frames: Frames,
    count: Count,
}

impl Sent {
    fn new(stays: usize) -> Self {
        let count = Count::default();
        let writer = FrameWriter::new(Box::new(count.clone()));
        let mut bench = Bench::new(SIZE.0, SIZE.1);
        bench.state.fixed = None;
        bench.state.idle = crate::console::idle::Idle::new(std::time::Duration::ZERO, now());
        let mut all = board();
        let rows = all.rows.clone();
        all.rows = rows.into_iter().cycle().take(stays).collect();
        for (number, row) in all.rows.iter_mut().enumerate() {
            row.line.episode = format!("STAY-{number:06}").parse().unwrap();
        }
        let lens = bench.state.lens();
        bench.state.board.take(Arc::new(all), &lens);
        let frames = Frames::sized(writer, SIZE).unwrap();
        Self {
            bench,
            frames,
            count,
        }
    }

    fn frame(&mut self) -> usize {
        *self.count.0.lock().unwrap() = 0;
        self.frames.draw(&self.bench.state).unwrap();
        *self.count.0.lock().unwrap()
    }

    /// Lets time pass: what that sends, and how many lines it changes.
    fn tick(&mut self, seconds: i64) -> (usize, usize) {
        let before = self.bench.picture();
        self.bench.state.now += TimeDelta::seconds(seconds);
        let after = self.bench.picture();
        let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b);
        (self.frame(), changed.count())
    }
}

#[test]
fn a_full_frame_and_one_that_changes_nothing() {
    let mut sent = Sent::new(STAYS);
    let full = sent.frame();
    assert!(full <= 16_000, "{full}");
    let unchanged = sent.frame();
    assert!(unchanged <= 64, "{unchanged}");
}

#[test]
fn a_tick_of_the_clock_sends_what_changed() {
    let mut sent = Sent::new(STAYS);
    sent.frame();
    for seconds in [60, 60, 600, 1_800, 1, 1, 60] {
        let (bytes, lines) = sent.tick(seconds);
        assert!(lines > 0);
        assert!(
            bytes <= 100 + 24 * lines,
            "{seconds} s: {bytes} B, {lines} lines"
        );
    }
    // With few rows the fixed part counts most.
    for stays in [0, 1, 2] {
        let mut sent = Sent::new(stays);
        sent.frame();
        let (bytes, lines) = sent.tick(60);
        assert!(
            bytes <= 100 + 24 * lines,
            "{stays} stays: {bytes} B, {lines} lines"
        );
    }
}

#[test]
fn moving_the_selection_sends_little() {
    let mut sent = Sent::new(STAYS);
    sent.frame();
    for keys in ["j", "j", "k", "5j"] {
        sent.bench.keys(keys);
        let bytes = sent.frame();
        assert!(bytes <= 1_000, "{keys}: {bytes}");
    }
}

#[test]
fn an_hour_without_a_change_is_waited_for_in_minutes() {
    let mut bench = Bench::new(120, 40);
    bench.state.fixed = None;
    // A countdown that shows its seconds would be due each of them.
    bench.state.board = Default::default();
    let wait = crate::console::run::next_change(&bench.state, now() + TimeDelta::seconds(20));
    assert_eq!(wait.as_secs(), 40);
    bench.state.fixed = Some(now());
    let wait = crate::console::run::next_change(&bench.state, now());
    assert_eq!(wait.as_secs(), 3_600);
}
