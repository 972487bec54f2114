//! From the start of the process to what a planner can use:
//! `cargo bench --bench start`. The empty first frame, and the frame with the
//! ten most urgent stays and right countdowns, read back from the terminal,
//! on a store of a million events and 5 000 open stays. Goals: the first
//! frame in 30 ms; the ten in 500 ms where the console holds the store, in
//! 60 ms where it connects to a holder. A console connected to a holder, with
//! all open stays on its board, is to take at most 20 MB.
//!
//! Beside it, in the same run: the start of `true` on such a terminal, and the
//! ten most urgent out of SQLite with the same events, parsed, folded and
//! judged by the same code. `FRISTDAG_BENCH_EVENTS` makes it another number of
//! events, `FRISTDAG_BENCH_ROUNDS` more rounds.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run ends")]

mod support;

use std::{
    io::{Read, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use fristdag::{console::screen::sort, model::time, text::format};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use support::{
    history::{self, History},
    median, ms, number,
    sqlite::Sql,
    timed,
};

const EVENTS: u64 = 1_000_000;
const OPEN: u64 = 5_000;
const YEARS: i64 = 10;
/// Rows that a planner looks at first.
const ROWS: usize = 10;
const COLUMNS: u16 = 120;
const LINES: u16 = 40;
/// The program, as built for benches.
const PROGRAM: &str = env!("CARGO_BIN_EXE_fristdag");
/// What is waited for at most.
const LIMIT: Duration = Duration::from_secs(120);

/// When each frame was there, from the start of the process.
struct Seen {
    first: Duration,
    rows: Duration,
}

fn main() {
    let events = number("FRISTDAG_BENCH_EVENTS", EVENTS);
    let history = History::of(events, OPEN.min(events / 100), YEARS);
    let store = history.kept("store", |folder| {
        support::import(&support::new_store(folder), &history, &mut |_| {});
    });
    let wanted = most_urgent(&store);
    println!(
        "{} events of {} stays; load {}",
        history.events(),
        history.stays(),
        support::load()
    );
    let rounds = number("FRISTDAG_BENCH_ROUNDS", 15);
    let holding = rounds_of(rounds, &store, &wanted);
    let mut holder = serve(&store);
    let connecting = rounds_of(rounds, &store, &wanted);
    let memory = memory(&store, OPEN.min(events / 100));
    leave(&mut holder);
    report("holding the store", &holding, 500.0);
    report("connecting to a holder", &connecting, 60.0);
    println!("a connected console with all its stays: {memory} kB resident (goal 20480)");
    others(&history, rounds);
}

/// Stay and countdown of each row, as the board must show them.
fn most_urgent(store: &Path) -> Vec<(String, String)> {
    let desk = support::open(store);
    let board = support::board(&desk, ROWS);
    let left = |row| sort::ends_at(row).map(|end| format::countdown(end - history::until()));
    board
        .rows
        .iter()
        .map(|row| {
            let left = left(row).unwrap_or_else(|| "–".to_owned());
            (row.line.episode.to_string(), left)
        })
        .collect()
}

fn rounds_of(rounds: u64, store: &Path, wanted: &[(String, String)]) -> Vec<Seen> {
    // The first start after an import writes what later ones need not.
    start(store, wanted);
    (0..rounds).map(|_| start(store, wanted)).collect()
}

/// The console on a store, as at the history's end.
fn console(store: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["--store".as_ref(), store.as_os_str()]);
    command.args(["--now", &time::rfc3339(history::until())]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("FRISTDAG_LANG", "sv");
    command
}

/// Starts the console, reads its frames, and leaves it.
fn start(store: &Path, wanted: &[(String, String)]) -> Seen {
    let (mut first, mut rows) = (None, None);
    on_terminal(console(store), |screen, since| {
        let text = screen.contents().replace('\u{a0}', " ");
        if first.is_none() && text.contains("fristdag") {
            first = Some(since);
        }
        if rows.is_none() && shows(&text, wanted) {
            rows = Some(since);
        }
        rows.is_some()
    });
    Seen {
        first: first.unwrap(),
        rows: rows.unwrap_or_else(|| panic!("the ten most urgent never stood on the screen")),
    }
}

/// Resident memory in kB of a connected console once its whole board is there.
fn memory(store: &Path, open: u64) -> u64 {
    let mut resident = None;
    let all = format!("av {open}");
    on_terminal_with(console(store), |screen, _, pid| {
        let whole = screen.contents().replace('\u{a0}', "").contains(&all);
        if whole {
            resident = resident_of(pid);
        }
        whole
    });
    resident.unwrap()
}

fn resident_of(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Whether the first rows are the wanted ones, with their countdowns.
fn shows(text: &str, wanted: &[(String, String)]) -> bool {
    let mut lines = text
        .lines()
        .skip_while(|line| !line.contains("KVAR"))
        .skip(1);
    wanted.iter().all(|(stay, left)| {
        let holds = |line: &str| line.contains(stay.as_str()) && line.contains(left.as_str());
        lines.next().is_some_and(holds)
    })
}

/// Runs a program on a terminal until `done` says so of what its screen shows
/// (told with the time since the start) or its output ends, and ends it.
fn on_terminal(command: CommandBuilder, mut done: impl FnMut(&vt100::Screen, Duration) -> bool) {
    on_terminal_with(command, |screen, since, _| done(screen, since));
}

/// The same, telling the program's process id as well.
fn on_terminal_with(
    command: CommandBuilder,
    mut done: impl FnMut(&vt100::Screen, Duration, u32) -> bool,
) {
    let pty = native_pty_system()
        .openpty(PtySize {
            rows: LINES,
            cols: COLUMNS,
            ..PtySize::default()
        })
        .unwrap();
    let mut output = pty.master.try_clone_reader().unwrap();
    let mut keys = pty.master.take_writer().unwrap();
    let mut parser = vt100::Parser::new(LINES, COLUMNS, 0);
    let mut bytes = [0; 64 * 1024];
    let began = Instant::now();
    let mut child = pty.slave.spawn_command(command).unwrap();
    let pid = child.process_id().unwrap();
    drop(pty.slave);
    loop {
        let count = output.read(&mut bytes).unwrap_or(0);
        let since = began.elapsed();
        parser.process(&bytes[..count]);
        if count == 0 || done(parser.screen(), since, pid) {
            break;
        }
        assert!(since < LIMIT, "{}", parser.screen().contents());
    }
    // Left as a user leaves it, so that the next start finds a closed store.
    drop(keys.write_all(b"q"));
    let drained = thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    child.wait().unwrap();
    drop((keys, pty.master));
    drop(drained.join());
}

fn serve(store: &Path) -> Child {
    let child = Command::new(PROGRAM)
        .args(["--store".as_ref(), store.as_os_str()])
        .arg("serve")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // It answers once somebody else is answered through it.
    let pid = child.id().to_string();
    let began = Instant::now();
    while !served_by(store, &pid) {
        assert!(began.elapsed() < LIMIT, "nobody serves the store");
    }
    child
}

/// Whether that process holds the store: a second one that cannot connect
/// would hold it itself.
fn served_by(store: &Path, pid: &str) -> bool {
    let lock = std::fs::read_to_string(store.join("lock")).unwrap_or_default();
    lock.contains(pid) && store.join("desk.sock").exists()
}

fn leave(holder: &mut Child) {
    let id = i32::try_from(holder.id()).unwrap();
    let id = rustix::process::Pid::from_raw(id).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    holder.wait().unwrap();
}

fn report(what: &str, seen: &[Seen], goal: f64) {
    let first = median(seen.iter().map(|seen| seen.first).collect());
    let rows = median(seen.iter().map(|seen| seen.rows).collect());
    let slowest = seen.iter().map(|seen| seen.rows).max().unwrap();
    println!(
        "{what}: first frame {:.1} ms (goal 30), ten most urgent {:.1} ms (goal {goal:.0}, \
         slowest {:.1}); load {}",
        ms(first),
        ms(rows),
        ms(slowest),
        support::load()
    );
}

/// What the machine and another store take for it.
fn others(history: &History, rounds: u64) {
    let bare = (0..rounds).map(|_| {
        let ((), took) = timed(|| on_terminal(CommandBuilder::new("true"), |_, _| false));
        took
    });
    println!("`true` on a terminal: {:.1} ms", ms(median(bare.collect())));
    let folder = history.kept("sqlite", |folder| {
        Sql::create(folder).import(history.file());
    });
    let asked = (0..rounds.min(5)).map(|_| {
        let (rows, took) = timed(|| Sql::open(&folder).board(history::until(), ROWS).len());
        assert_eq!(rows, ROWS);
        took
    });
    println!(
        "SQLite, opened and asked for the ten most urgent, without a screen: {:.1} ms",
        ms(median(asked.collect()))
    );
}
