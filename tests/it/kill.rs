//! `kill -9` of a process that imports, acts and locks: everything
//! acknowledged is there, and no import is ever partly visible.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use fristdag::desk::{Desk, init, reply::Reply, request::Ask};
use fristdag::model::clock::FixedClock;

use crate::{
    desk::{AFTER, ask, at, close, figures, open, verify},
    support::{
        child::{self, BEYOND, CLOSED, Told, wait_for_the_end},
        day::{self, IMPORTED, MONTH, Step},
        record, sample,
    },
};

/// How often the process is killed.
const KILLS: usize = 100;
/// The process that is killed.
const DAY: &str = "kill::nothing_acknowledged_is_lost_by_a_hundred_kills";
/// A store's folder, and the log of acknowledgements beside it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        let clock = FixedClock::at(at(AFTER));
        init(&place.store(), "17".parse().unwrap(), &clock).unwrap();
        place
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// Whole lines of the log.
    fn log(&self) -> Vec<String> {
        let text = fs::read_to_string(log_of(&self.store())).unwrap_or_default();
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        text[..whole].lines().map(str::to_owned).collect()
    }
}

fn log_of(store: &Path) -> PathBuf {
    store.with_file_name("acknowledged")
}

/// What the process does that is killed.
fn a_day(told: &Told) {
    let store = told.store().to_owned();
    let tell = |what: &str| told.moment(what);
    tell("begun");
    let desk = open(&store);
    let mut log = OpenOptions::new()
        .create(true)
        .append(true)
        .open(log_of(&store))
        .unwrap();
    for (number, step) in day::steps().iter().enumerate() {
        tell("acting");
        let told = day::act(&desk, step, &tell);
        let entries = count(&desk);
        log_line(&mut log, &format!("{number}: {told}; {entries} entries"));
        tell(if matches!(step, Step::Import) {
            "imported"
        } else {
            "acted"
        });
    }
    tell("closing");
    drop(desk);
    tell(CLOSED);
    wait_for_the_end();
}

fn log_line(log: &mut File, text: &str) {
    log.write_all(format!("{text}\n").as_bytes()).unwrap();
    log.sync_data().unwrap();
}

/// Entries in the store.
fn count(desk: &Desk) -> u64 {
    match ask(desk, Ask::Status).unwrap() {
        Reply::Status(status) => status.anchor.count,
        other => panic!("{other:?}"),
    }
}

/// The number of entries that a line of the log ends with.
fn counted(line: &str) -> usize {
    let (_, end) = line.rsplit_once("; ").unwrap();
    end.split(' ').next().unwrap().parse().unwrap()
}

/// The day as it goes when nobody is killed.
struct Whole {
    moments: Vec<String>,
    log: Vec<String>,
    entries: Vec<String>,
    /// Entries recorded after so many steps.
    after: Vec<usize>,
    locked: String,
}

impl Whole {
    fn new() -> Self {
        let place = Place::new();
        let mut running = child::start(DAY, &place.store(), usize::MAX);
        let mut moments = Vec::new();
        while moments.last().is_none_or(|last| last != CLOSED) {
            let line = running.line().expect("the day goes to its end");
            if let Some(moment) = child::moment(&line) {
                moments.push(moment.1);
            }
        }
        running.kill();
        let entries = record::entries(&place.store());
        let log = place.log();
        let after: Vec<usize> = std::iter::once(0)
            .chain(log.iter().map(|line| counted(line)))
            .collect();
        assert_eq!(after.len(), day::steps().len() + 1);
        assert_eq!(after.last(), Some(&entries.len()));
        let desk = open(&place.store());
        assert!(verify(&desk).ok);
        let locked = figures(&desk, MONTH).locked_json.unwrap();
        Self {
            moments,
            log,
            entries,
            after,
            locked,
        }
    }

    fn first(&self, what: &str) -> usize {
        self.moments
            .iter()
            .position(|moment| moment == what)
            .unwrap()
    }

    /// The moments at which to kill: the first part before the import is
    /// published, the last after it, some between, all spread evenly.
    fn kills(&self) -> Vec<usize> {
        let (publishing, imported) = (self.first("publishing"), self.first("imported"));
        let spread = |from: usize, to: usize, count: usize| {
            (0..count).map(move |n| from + (to - from) * n / count)
        };
        let mut kills: Vec<_> = spread(0, publishing - BEYOND, 40).collect();
        kills.extend(spread(publishing - BEYOND, imported + 1, KILLS - 80));
        kills.extend(spread(imported, self.moments.len(), 40));
        kills
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_a_hundred_kills() {
    if let Some(told) = Told::by_parent() {
        return a_day(&told);
    }
    let whole = Whole::new();
    let kills = whole.kills();
    assert_eq!(kills.len(), KILLS);
    let before = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(kill) = kills.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let place = Place::new();
                    child::kill_at(DAY, &place.store(), *kill, *kill * 37 % 400);
                    if !check(&whole, &place, *kill) {
                        before.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let before = before.into_inner();
    assert!(
        before >= 30 && KILLS - before >= 30,
        "{before} before the batch line"
    );
}

/// Compares a killed store with its log; answers whether its import is there.
fn check(whole: &Whole, place: &Place, kill: usize) -> bool {
    let log = place.log();
    let acknowledged = log.len();
    assert_eq!(log, whole.log[..acknowledged], "killed at {kill}");
    let desk = open(&place.store());
    let entries = record::entries(&place.store());
    assert_eq!(entries, whole.entries[..entries.len()], "killed at {kill}");
    let done = whole.after.iter().position(|count| *count == entries.len());
    let done = done.unwrap_or_else(|| panic!("killed at {kill}: half a step is there"));
    assert!(
        done == acknowledged || done == acknowledged + 1,
        "killed at {kill}: {acknowledged} acknowledged, {done} there"
    );
    let imported = served(&desk, whole, done);
    let verified = verify(&desk);
    assert!(verified.ok, "killed at {kill}: {:?}", verified.differences);
    if kill.is_multiple_of(5) {
        go_on(desk, whole, place, done);
    }
    imported
}

/// Looks for what the first `done` steps recorded, and for nothing else, in
/// what the desk answers; whether the import is there.
fn served(desk: &Desk, whole: &Whole, done: usize) -> bool {
    let mut import = false;
    let mut locked = None;
    let mut refused = 0;
    let mut there = HashMap::new();
    for (number, step) in day::steps().iter().enumerate() {
        match step {
            Step::Record(line) => {
                let event: serde_json::Value = serde_json::from_str(line).unwrap();
                let [episode, id] = ["episode", "id"].map(|field| event[field].as_str().unwrap());
                let found = there
                    .entry(episode.to_owned())
                    .or_insert_with(|| events_of(desk, episode));
                assert_eq!(found.contains(&id.to_owned()), number < done, "{line}");
            }
            Step::Import => import = number < done,
            Step::Lock => locked = (number < done).then_some(&whole.locked),
            Step::Refuse => refused = usize::from(number < done),
            Step::Rate(_) | Step::Waive => {}
        }
    }
    for n in 0..IMPORTED {
        let wanted = if import { 5 } else { 0 };
        assert_eq!(events_of(desk, &sample::id(n)).len(), wanted, "stay {n}");
    }
    assert_eq!(figures(desk, MONTH).locked_json.as_ref(), locked);
    // A decision that was taken in twice would be found twice.
    let found = close(desk, MONTH).figures.findings;
    let found = found.iter().filter(|one| one.code == "refused_lines");
    assert_eq!(found.count(), refused);
    import
}

fn events_of(desk: &Desk, episode: &str) -> Vec<String> {
    let episode = episode.parse().unwrap();
    match ask(
        desk,
        Ask::Stay {
            episode,
            reveal: false,
        },
    ) {
        Ok(Reply::Stay(view)) => view
            .events
            .iter()
            .map(|event| event.id.to_string())
            .collect(),
        Ok(other) => panic!("{other:?}"),
        Err(error) => {
            assert_eq!(error.code, "stay_unknown");
            Vec::new()
        }
    }
}

/// The rest of the day, which ends as if nothing had happened.
fn go_on(desk: Desk, whole: &Whole, place: &Place, done: usize) {
    for step in &day::steps()[done..] {
        day::act(&desk, step, &|_| {});
    }
    let verified = verify(&desk);
    assert!(verified.ok, "after {done}: {:?}", verified.differences);
    drop(desk);
    assert_eq!(record::entries(&place.store()), whole.entries);
}
