//! The journal against the least that a durable append can cost, in the same
//! run on the same disk: `cargo bench --bench journal`. Goals: one writer at
//! most 1.5 times a raw append with fdatasync; 16 writers at least 0.6 times
//! the rate of a hand-written group commit.
//!
//! Own timing instead of a harness: what counts is the ratio of interleaved
//! rounds, since a disk's speed drifts.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run ends")]

use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use fristdag::journal::{
    Change, Decider, Decision, GroupHandle, GroupWriter, Hashes, Journal, JournalError, NewEntry,
    Published, RealDisk, Written,
};
use serde_json::value::RawValue;

const ROUNDS: usize = 7;
const SINGLES: usize = 300;
const WRITERS: usize = 16;
const EACH: usize = 250;
const BATCH: usize = 1_000_000;

struct Plain;

impl Decider for Plain {
    type Request = Change;
    type Answer = u64;
    type Ticket = ();

    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn decide(&mut self, change: Change) -> Decision<u64, ()> {
        Decision::Change((), change)
    }

    fn applied(&mut self, (): (), written: Written) -> u64 {
        written.entries.last().map_or(0, |e| e.seq)
    }

    fn published(&mut self, (): (), published: Published) -> u64 {
        published.first_seq
    }

    fn undone(&mut self, _tickets: Vec<()>, error: &JournalError) {
        panic!("{error}");
    }
}

fn body() -> Box<RawValue> {
    let text = "x".repeat(110);
    RawValue::from_string(format!(
        "{{\"id\":\"e-1\",\"episode\":\"s-1\",\"text\":\"{text}\"}}"
    ))
    .unwrap()
}

fn change() -> Change {
    let entry = NewEntry {
        by: "bench".into(),
        kind: "note".into(),
        body: body(),
    };
    Change {
        entries: vec![entry],
        ..Change::default()
    }
}

fn open(folder: &Path) -> Journal {
    Journal::open(Arc::new(RealDisk), folder, None, &mut |_, _| {})
        .unwrap()
        .0
}

fn raw_file(folder: &Path, name: &str) -> File {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join(name))
        .unwrap()
}

fn line() -> Vec<u8> {
    let mut line = vec![b'x'; 299];
    line.push(b'\n');
    line
}

fn time(f: impl FnOnce()) -> Duration {
    let start = Instant::now();
    f();
    start.elapsed()
}

fn raw_singles(file: &mut File) -> Duration {
    let line = line();
    time(|| {
        for _ in 0..SINGLES {
            file.write_all(&line).unwrap();
            file.sync_data().unwrap();
        }
    })
}

fn singles(handle: &GroupHandle<Plain>) -> Duration {
    let change = change();
    time(|| {
        for _ in 0..SINGLES {
            handle.call(change.clone()).unwrap();
        }
    })
}

/// What group commit costs at least: a channel, one write and one sync for
/// all that waits, and an answer to each.
fn raw_group(mut file: File) -> Duration {
    let (sender, receiver) = channel::<(Vec<u8>, std::sync::mpsc::SyncSender<()>)>();
    let writer = std::thread::spawn(move || {
        while let Ok(first) = receiver.recv() {
            let (mut bytes, mut replies) = (first.0, vec![first.1]);
            while let Some((more, reply)) = (replies.len() < 512)
                .then(|| receiver.try_recv().ok())
                .flatten()
            {
                bytes.extend_from_slice(&more);
                replies.push(reply);
            }
            file.write_all(&bytes).unwrap();
            file.sync_data().unwrap();
            replies.iter().for_each(|reply| reply.send(()).unwrap());
        }
    });
    let took = time(|| {
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                let sender: Sender<_> = sender.clone();
                scope.spawn(move || {
                    for _ in 0..EACH {
                        let (reply, answer) = sync_channel(1);
                        sender.send((line(), reply)).unwrap();
                        answer.recv().unwrap();
                    }
                });
            }
        });
    });
    drop(sender);
    writer.join().unwrap();
    took
}

fn group(handle: &GroupHandle<Plain>) -> Duration {
    let change = change();
    time(|| {
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    for _ in 0..EACH {
                        handle.call(change.clone()).unwrap();
                    }
                });
            }
        });
    })
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn rate(what: &str, bytes: u64, took: Duration) {
    let mb = bytes as f64 / 1e6;
    let seconds = took.as_secs_f64();
    println!(
        "{what}: {mb:.0} MB in {seconds:.2} s, {:.0} MB/s",
        mb / seconds
    );
}

fn batch_and_scan(folder: &Path) {
    let mut journal = open(folder);
    let reader = journal.reader();
    let (body, note) = (body(), RawValue::from_string("null".to_owned()).unwrap());
    let mut bytes = 0;
    let took = time(|| {
        let mut staging = reader.stage().unwrap();
        for _ in 0..BATCH {
            bytes += u64::from(staging.push("note", &body).unwrap().len) + 1;
        }
        let batch = staging.finish().unwrap();
        journal
            .publish(DateTime::UNIX_EPOCH, "bench", &note, batch)
            .unwrap();
    });
    rate(&format!("stage and publish {BATCH} entries"), bytes, took);
    for (what, hashes) in [("scan", Hashes::Trust), ("scan with hashes", Hashes::Check)] {
        let took = time(|| {
            let end = reader.scan(0, hashes, |entry| {
                black_box(entry.body.len());
                ControlFlow::<()>::Continue(())
            });
            end.unwrap();
        });
        rate(what, bytes, took);
    }
    let known = reader.checked().unwrap();
    drop(journal);
    rate("open, all checked anew", bytes, time(|| drop(open(folder))));
    let took = time(|| {
        Journal::open(Arc::new(RealDisk), folder, Some(&known), &mut |_, _| {}).unwrap();
    });
    println!(
        "open, all checked before: {:.2} ms",
        took.as_secs_f64() * 1e3
    );
}

fn main() {
    let root = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let folder = root.path().join("store");
    Journal::create(&RealDisk, &folder, "17", DateTime::UNIX_EPOCH).unwrap();
    let writer = GroupWriter::start(open(&folder), Plain).unwrap();
    let handle = writer.handle();
    let mut file = raw_file(root.path(), "raw");
    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        raw.push(raw_singles(&mut file));
        ours.push(singles(&handle));
    }
    let (raw, ours) = (median(raw) / SINGLES as f64, median(ours) / SINGLES as f64);
    let (raw_ms, ours_ms, ratio) = (raw * 1e3, ours * 1e3, ours / raw);
    println!(
        "one durable append: raw {raw_ms:.3} ms, journal {ours_ms:.3} ms: {ratio:.2} times (goal at most 1.5)"
    );
    let (mut raw, mut ours) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        raw.push(raw_group(raw_file(root.path(), &format!("group-{round}"))));
        ours.push(group(&handle));
    }
    let count = (WRITERS * EACH) as f64;
    let (raw, ours) = (count / median(raw), count / median(ours));
    let ratio = ours / raw;
    println!(
        "{WRITERS} writers: raw {raw:.0}/s, journal {ours:.0}/s: {ratio:.2} times (goal at least 0.6)"
    );
    writer.stop().unwrap();
    batch_and_scan(&folder);
}
