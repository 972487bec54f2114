//! Questions to a store with a long history: `cargo bench --bench figures`.
//! Goals: a month's figures after one more event within 50 ms, and as known at
//! a point by chance within 1 s; the board's first rows and the opening of a
//! sealed store in time for a first frame within 500 ms of the process's start.
//!
//! `FRISTDAG_BENCH_EVENTS`, `FRISTDAG_BENCH_OPEN` and `FRISTDAG_BENCH_YEARS`
//! make it another history.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run ends")]

mod support;

use std::{path::Path, time::Duration};

use fristdag::{desk::request::Ask, model::month::Month};
use support::{
    history::{self, History, MONTH},
    median, ms, number,
    sqlite::Sql,
    timed,
};

const EVENTS: u64 = 1_000_000;
const OPEN: u64 = 5_000;
const YEARS: u64 = 10;
const ROUNDS: u64 = 9;
const POINTS: u64 = 25;
/// Rows that a first frame shows.
const ROWS: usize = 10;

fn main() {
    let events = number("FRISTDAG_BENCH_EVENTS", EVENTS);
    let open = number("FRISTDAG_BENCH_OPEN", OPEN).min(events / 100);
    let years = number("FRISTDAG_BENCH_YEARS", YEARS);
    let history = History::of(events, open, years as i64);
    println!(
        "{} events of {} stays in {years} years, {open} open; load {}",
        history.events(),
        history.stays(),
        support::load()
    );
    let root = tempfile::tempdir_in(history::scratch()).unwrap();
    let store = root.path().join("store");
    history::copied(
        &history.kept("store", |folder| make_store(&history, folder)),
        &store,
    );
    let sqlite = root.path().join("sqlite");
    history::copied(
        &history.kept("sqlite", |folder| make_sqlite(&history, folder)),
        &sqlite,
    );
    // A copy is checked whole once; from then on it is known.
    drop(support::open(&store));
    opening(&store);
    board(&store, &sqlite);
    figures(&store, &sqlite, history.stays());
    let weekly = root.path().join("weekly");
    history::copied(
        &history.kept("weekly", |folder| make_weekly(&history, folder)),
        &weekly,
    );
    drop(support::open(&weekly));
    as_of(&weekly, &sqlite, &history);
}

/// An import a week: only between imports can the past be asked for.
fn make_weekly(history: &History, folder: &Path) {
    support::import_weekly(&support::new_store(folder), history);
}

/// The month that ran at a point by chance, as it was known then.
fn as_of(store: &Path, sqlite: &Path, history: &History) {
    let (desk, sql) = (support::open(store), Sql::open(sqlite));
    let weeks = history.events() / history.a_week();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut week = 17;
    for _ in 0..POINTS {
        // By chance, but the same in every run.
        week = 1 + (week * 7_919 + 104_729) % weeks;
        let events = week * history.a_week();
        let month = Month::at(history.moment_after(events));
        // A line for each import stands before its events.
        let (own, took) = timed(|| support::figures_as_of(&desk, month, events + week));
        ours.push(took);
        let (other, took) = timed(|| sql.figures_as_of(month, events));
        theirs.push(took);
        assert_eq!(own.figures.payers, other.payers, "{month} at {events}");
    }
    let longest = ours.iter().max().copied().unwrap_or_default();
    let (ours, theirs) = (ms(median(ours)), ms(median(theirs)));
    println!(
        "the running month as known at {POINTS} points by chance: {ours:.1} ms, at most {:.1} ms \
         (goal at most 1000; SQLite {theirs:.1} ms, ratio {:.2})",
        ms(longest),
        ours / theirs
    );
}

fn make_store(history: &History, folder: &Path) {
    support::import(&support::new_store(folder), history, &mut |_| {});
}

fn make_sqlite(history: &History, folder: &Path) {
    Sql::create(folder).import(history.file());
}

fn opening(store: &Path) {
    let (mut opened, mut closed, mut first) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (desk, took) = timed(|| support::open(store));
        opened.push(took);
        first.push(timed(|| support::board(&desk, ROWS)).1);
        closed.push(timed(|| drop(desk)).1);
    }
    println!(
        "open: {:.1} ms; then the {ROWS} most urgent stays for the first time {:.1} ms; \
         close and seal {:.1} ms",
        ms(median(opened)),
        ms(median(first)),
        ms(median(closed))
    );
}

fn board(store: &Path, sqlite: &Path) {
    let (desk, sql) = (support::open(store), Sql::open(sqlite));
    let every = |limit| median(times(|_| drop(support::board(&desk, limit))));
    let theirs = median(times(|_| drop(sql.board(history::until(), ROWS))));
    println!(
        "board: {ROWS} rows {:.1} ms (SQLite {:.1} ms), all rows {:.1} ms",
        ms(every(ROWS)),
        ms(theirs),
        ms(every(usize::MAX))
    );
}

/// Each round adds an event to a stay that was in care in the month.
fn figures(store: &Path, sqlite: &Path, stays: u64) {
    let (desk, mut sql) = (support::open(store), Sql::open(sqlite));
    let month = MONTH.parse().unwrap();
    let touched: Vec<String> = support::figures(&desk)
        .figures
        .payers
        .iter()
        .flat_map(|entry| &entry.lines)
        .filter_map(|line| Some(line.episode.as_ref()?.to_string()))
        .collect();
    assert!(
        !touched.is_empty(),
        "no stay of {stays} is charged for in {MONTH}"
    );
    let note = |round: u64| {
        let episode = &touched[round as usize % touched.len()];
        format!(
            r#"{{"id":"bench-{round}","episode":"{episode}","at":"2019-05-30T10:00:00+02:00","source":"bench","kind":"note","text":"En rad till"}}"#
        )
    };
    let ours = times(|round| {
        support::ask(
            &desk,
            Ask::Record {
                events: vec![note(round)],
            },
        );
        drop(support::figures(&desk));
    });
    let theirs = times(|round| {
        sql.record(&note(round));
        drop(sql.figures(month));
    });
    let (ours_amount, theirs_amount) = (
        support::figures(&desk).figures.amount,
        sql.figures(month).amount,
    );
    assert_eq!(
        ours_amount, theirs_amount,
        "both sides must have done the same work"
    );
    let (ours, theirs) = (ms(median(ours)), ms(median(theirs)));
    println!(
        "an event more in {MONTH}, then its figures ({} lines, {ours_amount} kr): {ours:.1} ms \
         (goal at most 50; SQLite {theirs:.1} ms, ratio {:.2})",
        touched.len(),
        ours / theirs
    );
}

fn times(mut f: impl FnMut(u64)) -> Vec<Duration> {
    (0..ROUNDS).map(|round| timed(|| f(round)).1).collect()
}
