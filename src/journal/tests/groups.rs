//! The writer's thread.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// Numbers must not be recorded twice: each decision reckons with those
/// before it in the group.
#[derive(Default)]
struct Unique {
    applied: Vec<u32>,
    open: Vec<u32>,
    undone: usize,
    gate: Option<Receiver<()>>,
}

enum Ask {
    Number(u32),
    Wait(Sender<()>),
    Batch(FinishedBatch),
    Bad,
    Panic,
}

impl Decider for Unique {
    type Request = Ask;
    type Answer = Option<u64>;
    type Ticket = u32;

    fn now(&self) -> DateTime<Utc> {
        at(5)
    }

    fn decide(&mut self, request: Ask) -> Decision<Option<u64>, u32> {
        match request {
            Ask::Number(n) if self.applied.contains(&n) || self.open.contains(&n) => {
                Decision::Answer(None)
            }
            Ask::Number(n) => {
                self.open.push(n);
                Decision::Change(n, change(&[&n.to_string()]))
            }
            Ask::Wait(reached) => {
                reached.send(()).unwrap();
                self.gate.as_ref().unwrap().recv().unwrap();
                Decision::Answer(None)
            }
            Ask::Batch(batch) => {
                self.open.push(0);
                let (by, note) = ("import".to_owned(), raw("null"));
                Decision::Publish {
                    ticket: 0,
                    by,
                    note,
                    batch,
                }
            }
            Ask::Bad => {
                self.open.push(1);
                let bad = NewEntry {
                    kind: "B A D".into(),
                    ..entry("")
                };
                Decision::Change(
                    1,
                    Change {
                        entries: vec![bad],
                        ..Change::default()
                    },
                )
            }
            Ask::Panic => panic!("a decision that panics"),
        }
    }

    fn applied(&mut self, ticket: u32, written: Written) -> Option<u64> {
        self.open.retain(|n| *n != ticket);
        self.applied.push(ticket);
        Some(written.entries[0].seq)
    }

    fn published(&mut self, ticket: u32, published: Published) -> Option<u64> {
        assert_eq!(self.open, [ticket], "all before is applied");
        self.open.clear();
        Some(published.first_seq)
    }

    fn undone(&mut self, tickets: Vec<u32>, _error: &JournalError) {
        self.undone += tickets.len();
        self.open.retain(|n| !tickets.contains(n));
    }
}

/// A writer whose thread is held up until the gate is opened, so that what is
/// sent meanwhile waits together.
fn held(disk: &SimDisk) -> (GroupWriter<Unique>, Sender<()>) {
    let (journal, _) = open(disk).unwrap();
    let (open_gate, gate) = channel();
    let decider = Unique {
        gate: Some(gate),
        ..Unique::default()
    };
    let writer = GroupWriter::start(journal, decider).unwrap();
    let (reached, at_gate) = channel();
    writer.handle().submit(Ask::Wait(reached));
    at_gate.recv().unwrap();
    (writer, open_gate)
}

#[test]
fn what_waits_is_made_durable_together_and_sees_what_came_before() {
    let disk = new_disk();
    let (writer, gate) = held(&disk);
    let handle = writer.handle();
    let syncs = disk.syncs();
    let pending: Vec<_> = (0..300)
        .map(|n| handle.submit(Ask::Number(n % 100)))
        .collect();
    gate.send(()).unwrap();
    let answers: Vec<_> = pending.into_iter().map(|p| p.wait().unwrap()).collect();
    let fresh: Vec<_> = answers[..100].iter().map(|a| a.unwrap()).collect();
    assert_eq!(fresh, (1..=100).collect::<Vec<_>>());
    assert!(answers[100..].iter().all(Option::is_none));
    assert_eq!(disk.syncs() - syncs, 1, "one write and one sync for all");
    let (journal, decider) = writer.stop().unwrap();
    assert_eq!(
        (journal.reader().last_seq(), decider.applied.len()),
        (100, 100)
    );
    assert!(matches!(
        handle.call(Ask::Number(1)),
        Err(GroupError::Stopped)
    ));
}

#[test]
fn a_batch_is_published_in_its_turn() {
    let disk = new_disk();
    let (journal, _) = open(&disk).unwrap();
    let reader = journal.reader();
    let (batch, _) = stage(&reader, 4).unwrap();
    let writer = GroupWriter::start(journal, Unique::default()).unwrap();
    let handle = writer.handle();
    let before = handle.submit(Ask::Number(7));
    let middle = handle.submit(Ask::Batch(batch));
    let after = handle.submit(Ask::Number(8));
    assert_eq!(before.wait().unwrap(), Some(1));
    assert_eq!(middle.wait().unwrap(), Some(3));
    assert_eq!(after.wait().unwrap(), Some(7));
    drop(writer);
    assert_eq!(all(&reader).len(), 7);
    assert_eq!(findings(&disk, Some(reader.anchor())), []);
}

#[test]
fn a_failed_group_answers_everyone_with_the_error() {
    let disk = new_disk();
    let (writer, gate) = held(&disk);
    let handle = writer.handle();
    let pending: Vec<_> = [1, 2, 1]
        .map(|n| handle.submit(Ask::Number(n)))
        .into_iter()
        .collect();
    disk.fail_nth(2);
    gate.send(()).unwrap();
    for pending in pending {
        let error = pending.wait().unwrap_err();
        assert!(
            matches!(error, GroupError::Journal(_)),
            "also what rested on the others: {error}"
        );
    }
    assert!(matches!(handle.call(Ask::Bad), Err(GroupError::Journal(_))));
    assert_eq!(
        handle.call(Ask::Number(1)).unwrap(),
        Some(1),
        "the journal was brought back"
    );
    let (journal, decider) = writer.stop().unwrap();
    assert_eq!(
        (decider.undone, decider.applied.len(), decider.open.len()),
        (3, 1, 0)
    );
    drop(journal);
    disk.crash();
    assert_eq!(all(&open(&disk).unwrap().0.reader()).len(), 1);
}

#[test]
fn a_writer_that_dies_leaves_nobody_waiting() {
    let disk = new_disk();
    let (writer, gate) = held(&disk);
    let handle = writer.handle();
    let asks = [Ask::Number(1), Ask::Panic, Ask::Number(2)];
    let pending: Vec<_> = asks.into_iter().map(|ask| handle.submit(ask)).collect();
    gate.send(()).unwrap();
    for pending in pending {
        assert!(matches!(pending.wait(), Err(GroupError::Stopped)));
    }
    assert!(matches!(
        handle.call(Ask::Number(3)),
        Err(GroupError::Stopped)
    ));
    assert!(writer.stop().is_err());
}
