//! What the benches on a whole store share.

#![allow(dead_code, reason = "each bench uses a part of it")]

pub mod history;
pub mod sqlite;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use fristdag::{
    desk::{
        Desk,
        actor::{Actor, Role, Scope},
        init,
        reply::{Board, FiguresView, Reply},
        request::{AsOf, Ask, BoardAsk, Request},
        service::{Format, ImportJob, Service},
    },
    model::{clock::FixedClock, month::Month},
};
use history::{History, MONTH};

/// Megabytes of `bytes`, for people.
pub fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Milliseconds, for people.
pub fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}

/// What `f` answers, and how long it took.
pub fn timed<T>(f: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let answer = f();
    (answer, start.elapsed())
}

/// The middle one of several times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A number from the environment.
pub fn number(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is no number: {text}")),
        Err(_) => default,
    }
}

/// Processes that run or wait to, a minute's average: what a time was measured
/// beside.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("?").to_owned()
}

/// Peak of this process's resident memory in bytes, where the system tells.
pub fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

pub fn new_store(folder: &Path) -> Desk {
    init(folder, history::region(), &FixedClock::at(history::until())).unwrap();
    open(folder)
}

pub fn open(folder: &Path) -> Desk {
    let clock = Arc::new(FixedClock::at(history::until()));
    Desk::open(folder, clock, &mut |_| {}).unwrap()
}

pub fn actor() -> Actor {
    Actor {
        user: "bench".to_owned(),
        unit: String::new(),
        role: Role::Planner,
        scope: Scope::Region,
    }
}

pub fn ask(desk: &Desk, ask: Ask) -> Reply {
    desk.ask(Request {
        actor: actor(),
        now: None,
        ask,
    })
    .unwrap()
}

/// The most urgent stays of the board.
pub fn board(desk: &Desk, limit: usize) -> Arc<Board> {
    let wanted = BoardAsk {
        limit: Some(limit),
        ..BoardAsk::default()
    };
    match ask(desk, Ask::Board(wanted)) {
        Reply::Board(board) => board,
        other => panic!("{other:?}"),
    }
}

pub fn figures(desk: &Desk) -> FiguresView {
    match ask(
        desk,
        Ask::Figures {
            month: MONTH.parse().unwrap(),
        },
    ) {
        Reply::Figures(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// What of a month's figures was known at an entry.
pub fn figures_as_of(desk: &Desk, month: Month, seq: u64) -> FiguresView {
    let ask = Ask::AsOf {
        as_of: AsOf::Seq(seq),
        ask: Box::new(Ask::Figures { month }),
    };
    match self::ask(desk, ask) {
        Reply::AsOf(answer) => match answer.reply {
            Reply::Figures(view) => *view,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// Imports a history; all of its events are new.
pub fn import(
    desk: &Desk,
    history: &History,
    told: &mut dyn FnMut(fristdag::desk::service::Progress),
) {
    let mut file = history.file();
    let bytes = file.metadata().unwrap().len();
    let added = import_from(desk, &mut file, bytes, told);
    assert_eq!(added, history.events());
}

/// Imports a history week by week.
pub fn import_weekly(desk: &Desk, history: &History) {
    history.weekly(|week| {
        let bytes = week.len() as u64;
        import_from(desk, &mut week.as_bytes(), bytes, &mut |_| {});
    });
}

fn import_from(
    desk: &Desk,
    input: &mut dyn std::io::Read,
    bytes: u64,
    told: &mut dyn FnMut(fristdag::desk::service::Progress),
) -> u64 {
    let job = ImportJob {
        file: "history.jsonl".to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good: false,
        bytes: Some(bytes),
    };
    let report = desk.import(&actor(), &job, input, told).unwrap();
    assert!(report.recorded && report.refused_lines == 0, "{report:?}");
    report.added
}
