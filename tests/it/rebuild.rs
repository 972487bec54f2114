//! `kill -9` of a process that opens a store and folds its views anew.

use std::{fs, path::Path, sync::Arc};

use fristdag::{desk::Desk, model::clock::FixedClock};

use crate::{
    desk::{AFTER, at, board, figures, new_store, open, verify},
    support::{
        child::{self, CLOSED, Told, wait_for_the_end},
        day::{self, MONTH},
        record,
    },
};

/// The process that is killed.
const OPENING: &str = "rebuild::an_opening_that_is_killed_is_done_by_the_next_one";
const NOW: &str = "2019-05-31T12:00:00+02:00";

/// What the process does that is killed.
fn an_opening(told: &Told) {
    told.moment("begun");
    let clock = Arc::new(FixedClock::at(at(AFTER)));
    let desk = Desk::open(told.store(), clock, &mut |_| told.moment("opening")).unwrap();
    told.moment("open");
    drop(desk);
    told.moment(CLOSED);
    wait_for_the_end();
}

#[test]
fn an_opening_that_is_killed_is_done_by_the_next_one() {
    if let Some(told) = Told::by_parent() {
        return an_opening(&told);
    }
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("store");
    let desk = new_store(&store, "17");
    for step in day::steps() {
        day::act(&desk, &step, &|_| {});
    }
    let before = (board(&desk, NOW), figures(&desk, MONTH));
    drop(desk);
    let entries = record::entries(&store);
    let moments = moments(&store);
    for round in 0..24_usize {
        match round % 4 {
            // There are none where the last kill fell between two renames.
            0 => fs::remove_dir_all(store.join("views")).unwrap_or_default(),
            1 => fs::remove_file(store.join("checked.json")).unwrap_or_default(),
            // What the last kill left.
            _ => {}
        }
        child::kill_at(OPENING, &store, round % moments, round * 311 % 2_000);
        assert_eq!(record::entries(&store), entries, "round {round}");
        if round % 3 == 2 {
            let desk = open(&store);
            assert_eq!(
                (board(&desk, NOW), figures(&desk, MONTH)),
                before,
                "round {round}"
            );
            let verified = verify(&desk);
            assert!(verified.ok, "round {round}: {:?}", verified.differences);
        }
    }
}

/// How many moments an opening that folds all anew has.
fn moments(store: &Path) -> usize {
    fs::remove_dir_all(store.join("views")).unwrap();
    let mut running = child::start(OPENING, store, usize::MAX);
    loop {
        let line = running.line().expect("it opens the store");
        if let Some((number, name)) = child::moment(&line)
            && name == CLOSED
        {
            running.kill();
            return number;
        }
    }
}
