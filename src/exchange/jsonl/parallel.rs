//! The same events, parsed by other threads, in the order of the file.
//!
//! The calling thread reads blocks of whole lines and deals them out in turn;
//! it takes the parsed blocks back in the same turn, which keeps the order
//! without numbers or sorting. At most [`IN_FLIGHT`] blocks a worker exist.

use std::{
    collections::VecDeque,
    io::{self, Read},
    ops::{ControlFlow, Range},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use super::judge;
use crate::{
    exchange::{
        item::{Events, Item, Refusal},
        lines::{self, Lines, Raw},
    },
    model::{event::Event, patient::Patient},
};

/// Bytes of text in a block; with its events about three times as much. Small
/// enough for a core's own cache, and for no part of it to reach 64 KiB: each
/// time that so much is freed at once, glibc tidies up all that is free.
const BLOCK: usize = 32 * 1024;
/// Room for the line that reaches beyond a block.
const LAST_LINE: usize = 4 * 1024;

/// Blocks that wait for, or come from, one worker.
const IN_FLIGHT: usize = 3;

struct Block {
    bytes: Vec<u8>,
    lines: Vec<Raw>,
}

struct Parsed<E> {
    bytes: Vec<u8>,
    items: Vec<ParsedLine<E>>,
}

struct ParsedLine<E> {
    line: u64,
    range: Range<usize>,
    result: Result<E, Refusal>,
}

/// A worker's ends of its two channels, as the reading thread holds them.
struct Worker<E> {
    to: SyncSender<Block>,
    from: Receiver<Parsed<E>>,
}

/// Reads events line by line as [`super::Reader`] does, parsing on `workers`
/// threads (at least one) beside the calling one, on which `input` is read
/// and `take` is called for each item in the order of the file. It ends when
/// `take` breaks.
///
/// # Errors
/// Those of the input; items read before it were taken.
pub fn read_parallel<R: Read>(
    input: R,
    workers: usize,
    take: impl FnMut(Item<'_>) -> ControlFlow<()>,
) -> io::Result<()> {
    read_prepared(input, workers, Events::One, take)
}

/// As [`read_parallel`]; the threads also `prepare` the events for `take`.
///
/// # Errors
/// Those of the input; items read before it were taken.
pub fn read_prepared<R: Read, E: Send>(
    input: R,
    workers: usize,
    prepare: impl Fn(Event<Patient>) -> E + Sync,
    mut take: impl FnMut(Item<'_, E>) -> ControlFlow<()>,
) -> io::Result<()> {
    let prepare = &prepare;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers.max(1))
            .map(|_| {
                let (to, blocks) = sync_channel(IN_FLIGHT);
                let (parsed, from) = sync_channel(IN_FLIGHT);
                scope.spawn(move || parse_all(&blocks, &parsed, prepare));
                Worker { to, from }
            })
            .collect();
        // The channels close when `workers` is dropped, and the threads end.
        deal(Lines::new(input), &workers, &mut take)
    })
}

fn parse_all<E>(
    blocks: &Receiver<Block>,
    parsed: &SyncSender<Parsed<E>>,
    prepare: &impl Fn(Event<Patient>) -> E,
) {
    while let Ok(block) = blocks.recv() {
        if parsed.send(parse(block, prepare)).is_err() {
            return;
        }
    }
}

fn parse<E>(block: Block, prepare: &impl Fn(Event<Patient>) -> E) -> Parsed<E> {
    let items = block
        .lines
        .into_iter()
        .map(|raw| ParsedLine {
            result: judge(&raw, &block.bytes[raw.range.clone()]).map(prepare),
            line: raw.line,
            range: raw.range,
        })
        .collect();
    Parsed {
        bytes: block.bytes,
        items,
    }
}

/// Deals blocks out and takes them back; each side goes round in the order of
/// the workers.
fn deal<R: Read, E>(
    mut lines: Lines<R>,
    workers: &[Worker<E>],
    take: &mut impl FnMut(Item<'_, E>) -> ControlFlow<()>,
) -> io::Result<()> {
    let mut waiting: VecDeque<&Worker<E>> = VecDeque::new();
    let mut failure = None;
    let mut turn = workers.iter().cycle();
    loop {
        while failure.is_none() && waiting.len() < workers.len() * IN_FLIGHT {
            let (block, end) = fill(&mut lines);
            failure = end;
            let Some(worker) = turn.next() else { break };
            if worker.to.send(block).is_err() {
                break;
            }
            waiting.push_back(worker);
        }
        let Some(worker) = waiting.pop_front() else {
            break;
        };
        // A worker is gone only if it panicked; the scope passes that on.
        let Ok(parsed) = worker.from.recv() else {
            break;
        };
        if hand_over(parsed, take).is_break() {
            break;
        }
    }
    match failure {
        Some(End::Failed(error)) => Err(error),
        _ => Ok(()),
    }
}

/// Why no more blocks come.
enum End {
    File,
    Failed(io::Error),
}

fn fill<R: Read>(lines: &mut Lines<R>) -> (Block, Option<End>) {
    let mut block = Block {
        bytes: Vec::with_capacity(BLOCK + LAST_LINE),
        lines: Vec::new(),
    };
    while block.bytes.len() < BLOCK {
        match lines.append_next(&mut block.bytes) {
            Ok(None) => return (block, Some(End::File)),
            Err(error) => return (block, Some(End::Failed(error))),
            Ok(Some(raw)) => {
                if raw.too_long || !lines::blank(&block.bytes[raw.range.clone()]) {
                    block.lines.push(raw);
                } else {
                    // A file of blank lines would otherwise fill the block.
                    block.bytes.truncate(raw.range.start);
                }
            }
        }
    }
    (block, None)
}

fn hand_over<E>(
    parsed: Parsed<E>,
    take: &mut impl FnMut(Item<'_, E>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for parsed_line in parsed.items {
        take(Item {
            line: parsed_line.line,
            text: &parsed.bytes[parsed_line.range],
            result: parsed_line.result,
        })?;
    }
    ControlFlow::Continue(())
}
