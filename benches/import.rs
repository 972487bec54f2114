//! Import of a million events, until the board and a month's figures answer,
//! against SQLite doing the same: `cargo bench --bench import`. Goals: faster
//! than SQLite; at most 300 MB resident.
//!
//! `FRISTDAG_BENCH_EVENTS` makes it another number of events,
//! `FRISTDAG_BENCH_ROUNDS` more rounds. Each side runs in a process of its own,
//! so that its peak of memory is its own.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run ends")]

mod support;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use fristdag::desk::service::Step;
use support::{
    history::{self, History, MONTH},
    mb, median, number,
    sqlite::Sql,
    timed,
};

const EVENTS: u64 = 1_000_000;
const OPEN: u64 = 5_000;
const YEARS: i64 = 10;
/// Set for the processes that this one starts: which side they are.
const SIDE: &str = "FRISTDAG_BENCH_SIDE";
/// Whether the steps of our import are told.
const STEPS: &str = "FRISTDAG_BENCH_STEPS";
/// Rows of the board that are asked for.
const ROWS: usize = 10;

/// What one side says of itself, as a line of text.
struct Told {
    took: Duration,
    peak: u64,
    /// What the month's figures add up to, and who is most urgent: both sides
    /// must have done the same work.
    answer: String,
}

fn main() {
    let events = number("FRISTDAG_BENCH_EVENTS", EVENTS);
    let history = History::of(events, OPEN.min(events / 100), YEARS);
    match std::env::var(SIDE).as_deref() {
        Ok("ours") => tell(&ours(&history)),
        Ok("sqlite") => tell(&sqlite(&history)),
        _ => compare(&history),
    }
}

fn compare(history: &History) {
    let bytes = history.file().metadata().unwrap().len();
    println!(
        "{} events of {} stays, {:.0} MB of JSON Lines; load {}",
        history.events(),
        history.stays(),
        mb(bytes),
        support::load()
    );
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..number("FRISTDAG_BENCH_ROUNDS", 3) {
        let (our, their) = (run("ours"), run("sqlite"));
        assert_eq!(
            our.answer, their.answer,
            "both sides must have done the same work"
        );
        println!(
            "fristdag {:.2} s, peak {:.0} MB; SQLite {:.2} s, peak {:.0} MB; load {}",
            our.took.as_secs_f64(),
            mb(our.peak),
            their.took.as_secs_f64(),
            mb(their.peak),
            support::load()
        );
        ours.push((our.took, our.peak));
        theirs.push(their.took);
    }
    let peak = ours.iter().map(|(_, peak)| *peak).max().unwrap_or(0);
    let ours = median(ours.into_iter().map(|(took, _)| took).collect()).as_secs_f64();
    let theirs = median(theirs).as_secs_f64();
    println!(
        "import: {ours:.2} s against SQLite's {theirs:.2} s: {:.2} times (goal below 1); \
         peak {:.0} MB (goal at most 300)",
        ours / theirs,
        mb(peak)
    );
}

/// Runs one side in a process of its own.
fn run(side: &str) -> Told {
    let output = Command::new(std::env::current_exe().unwrap())
        .env(SIDE, side)
        .stderr(std::process::Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{side} failed");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words = text.trim().splitn(3, ' ');
    let mut word = || words.next().unwrap().to_owned();
    Told {
        took: Duration::from_micros(word().parse().unwrap()),
        peak: word().parse().unwrap(),
        answer: word(),
    }
}

fn tell(told: &Told) {
    println!("{} {} {}", told.took.as_micros(), told.peak, told.answer);
}

fn ours(history: &History) -> Told {
    let folder = tempfile::tempdir_in(history::scratch()).unwrap();
    let desk = support::new_store(folder.path());
    let mut steps = Steps::start();
    let (answer, took) = timed(|| {
        support::import(&desk, history, &mut |progress| steps.step(progress.step));
        let first = support::board(&desk, ROWS);
        let figures = support::figures(&desk).figures;
        let urgent = first.rows.iter().map(|row| row.line.episode.to_string());
        format!(
            "{} {MONTH} {:?}",
            figures.amount,
            urgent.collect::<Vec<_>>()
        )
    });
    steps.end(folder.path());
    Told {
        took,
        peak: support::peak_memory(),
        answer,
    }
}

fn sqlite(history: &History) -> Told {
    let folder = tempfile::tempdir_in(history::scratch()).unwrap();
    let mut sql = Sql::create(folder.path());
    let (answer, took) = timed(|| {
        assert_eq!(sql.import(history.file()), history.events());
        let first = sql.board(history::until(), ROWS);
        let figures = sql.figures(MONTH.parse().unwrap());
        let urgent = first.iter().map(|(stay, _)| stay.episode.to_string());
        format!(
            "{} {MONTH} {:?}",
            figures.amount,
            urgent.collect::<Vec<_>>()
        )
    });
    Told {
        took,
        peak: support::peak_memory(),
        answer,
    }
}

/// How long each step of our import took, and the peak of memory by its end.
struct Steps {
    told: bool,
    now: Option<Step>,
    since: Instant,
}

impl Steps {
    fn start() -> Self {
        Self {
            told: std::env::var_os(STEPS).is_some(),
            now: None,
            since: Instant::now(),
        }
    }

    #[allow(clippy::print_stderr, reason = "standard output is for the parent")]
    fn step(&mut self, step: Step) {
        if self.told && self.now != Some(step) {
            let (took, peak) = (self.since.elapsed(), mb(support::peak_memory()));
            eprintln!(
                "until {step:?}: {:.2} s, peak {peak:.0} MB",
                took.as_secs_f64()
            );
            self.now = Some(step);
        }
    }

    #[allow(clippy::print_stderr, reason = "standard output is for the parent")]
    fn end(&self, folder: &Path) {
        if self.told {
            eprintln!("answered: {:.2} s", self.since.elapsed().as_secs_f64());
            drop(
                Command::new("du")
                    .arg("-ah")
                    .arg("--max-depth=2")
                    .arg(folder)
                    .status(),
            );
        }
    }
}
