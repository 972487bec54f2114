//! Several processes on one store: whoever holds it serves it.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use fristdag::{
    desk::{
        Desk,
        reply::Reply,
        request::Ask,
        service::{Connection, Service},
    },
    model::clock::FixedClock,
    wire::link::{Link, OpenError, Opener},
};

use crate::{
    desk::{AFTER, ask, at, verify},
    support::{
        bin::{Bench, Running, on, run, until},
        day::import_text,
        sample,
    },
};

/// This process's way to a store.
fn link(store: &Path) -> Link {
    let folder = store.to_owned();
    let opener: Opener = Arc::new(move || {
        let clock = Arc::new(FixedClock::at(at(AFTER)));
        match Desk::open(&folder, clock, &mut |_| {}) {
            Ok(desk) => Ok(Arc::new(desk) as Arc<dyn Service>),
            Err(error) if error.code == "store_in_use" => Err(OpenError::InUse {
                pid: error.detail.parse().ok(),
            }),
            Err(error) => Err(OpenError::Failed(error)),
        }
    });
    Link::open(store, opener).unwrap()
}

fn note(episode: &str, id: &str) -> Ask {
    let line = format!(
        "{{\"id\":\"{id}\",\"episode\":\"{episode}\",\"at\":\"2019-03-05T10:00:00+01:00\",\"kind\":\"note\",\"text\":\"ok\"}}"
    );
    Ask::Record { events: vec![line] }
}

fn ids(desk: &dyn Service, episode: &str) -> Vec<String> {
    let wanted = Ask::Stay {
        episode: episode.parse().unwrap(),
        reveal: false,
    };
    match ask(desk, wanted).unwrap() {
        Reply::Stay(view) => view
            .events
            .iter()
            .map(|event| event.id.to_string())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn commands_work_while_another_process_holds_the_store() {
    let bench = Bench::with_march();
    let serving = bench.serve();
    let status = bench.json(&["status"]);
    assert_eq!(status["holder_pid"], serving.pid());
    let may = bench.file("may.jsonl", import_text());
    bench.ok(&["import", &may]);
    let rows = bench.json(&["board", "--all", "--now=2019-05-31T12:00:00+02:00"]);
    assert_eq!(rows.as_array().unwrap().len(), 60 + 1);
    let copy = bench.path("copy.tar").to_str().unwrap().to_owned();
    bench.ok(&["backup", &copy]);
    assert_eq!(bench.json(&["verify"])["ok"], true);
    let restored = bench.path("restored");
    let said = run(on(&restored, &["restore", &copy]));
    assert_eq!(said.code, 0, "{said:?}");
    let figures = [
        "figures",
        "--month",
        "2019-05",
        "--json",
        "--now=2019-06-01T00:00",
    ];
    assert_eq!(run(on(&restored, &figures)).out, bench.ok(&figures));
    assert_eq!(bench.json(&["status"])["holder_pid"], serving.pid());
}

#[test]
fn two_imports_at_once_are_both_whole() {
    for held in [true, false] {
        let bench = Bench::with_march();
        let serving = held.then(|| bench.serve());
        let all = import_text();
        let lines: Vec<_> = all.split_inclusive('\n').collect();
        let files: Vec<_> = (0..2)
            .map(|half| {
                let text = lines[half * 150..(half + 1) * 150].concat();
                bench.file(&format!("half-{half}.jsonl"), text)
            })
            .collect();
        std::thread::scope(|scope| {
            for file in &files {
                scope.spawn(|| bench.ok(&["import", file]));
            }
        });
        let rows = bench.json(&["board", "--all", "--now=2019-05-31T12:00:00+02:00"]);
        assert_eq!(rows.as_array().unwrap().len(), 60 + 1);
        for file in &files {
            assert!(
                bench
                    .ok(&["import", file])
                    .contains("0 new, 150 already there")
            );
        }
        assert_eq!(bench.json(&["verify"])["ok"], true);
        drop(serving);
    }
}

#[test]
fn a_client_takes_over_from_a_killed_holder_and_nothing_is_missing() {
    const EACH: usize = 60;
    let bench = Bench::with_march();
    let serving = bench.serve();
    let link = link(&bench.store);
    assert_eq!(link.connection(), Connection::Client(serving.pid()));
    let (acknowledged, killed) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let (link, acknowledged, killed) = (&link, &acknowledged, &killed);
            scope.spawn(move || {
                for n in 0..EACH {
                    // However late the kill comes, something is left to do.
                    if n == EACH - 1 {
                        until("the holder is killed", || killed.load(Ordering::Acquire));
                    }
                    ask(link, note("VARM-1", &format!("n{writer}-{n}"))).unwrap();
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        until("a third is acknowledged", || {
            acknowledged.load(Ordering::Relaxed) >= EACH
        });
        serving.kill();
        killed.store(true, Ordering::Release);
    });
    assert_eq!(link.connection(), Connection::Holder);
    let found = ids(&link, "VARM-1");
    for writer in 0..3 {
        for n in 0..EACH {
            let id = format!("n{writer}-{n}");
            assert_eq!(found.iter().filter(|one| **one == id).count(), 1, "{id}");
        }
    }
    assert!(verify(&link).ok);
    // And the one that took over serves in its turn.
    let status = bench.json(&["status"]);
    assert_eq!(status["holder_pid"], std::process::id());
}

#[test]
fn a_dead_holders_socket_is_no_obstacle() {
    let bench = Bench::with_march();
    bench.serve().kill();
    let socket = bench.store.join("desk.sock");
    assert!(
        fs::symlink_metadata(&socket).is_ok(),
        "killed, it left its socket"
    );
    bench.ok(&["board"]);
    bench.serve().kill();
    let again = bench.serve();
    assert_eq!(bench.json(&["status"])["holder_pid"], again.pid());
}

#[test]
fn a_second_serve_is_told_who_serves() {
    let bench = Bench::with_march();
    let serving = bench.serve();
    let err = bench.fails(3, &["serve"]);
    assert!(err.contains(&serving.pid().to_string()), "{err}");
}

#[test]
fn a_path_longer_than_socket_addresses_works() {
    let mut bench = Bench::new();
    let deep = bench.path(&"avdelning/".repeat(14)).join("store");
    assert!(deep.as_os_str().len() > 140);
    bench.store = deep;
    bench.ok(&["init", "--region", "17"]);
    let serving = bench.serve();
    bench.ok(&["import", "fixtures/golden/varmland-2019-03.jsonl"]);
    let rows = bench.json(&["board", "--now=2019-03-06T23:00:00+01:00"]);
    assert_eq!(rows[0]["seconds_left"], 3_600);
    assert_eq!(bench.json(&["status"])["holder_pid"], serving.pid());
}

#[test]
fn a_holder_killed_in_an_import_leaves_all_or_nothing() {
    let bench = Bench::with_march();
    let serving = bench.serve();
    let may = bench.file("may.jsonl", import_text());
    let importing = Running::start(bench.command(&["import", &may]));
    let staging = bench.store.join("staging");
    let seq = || {
        bench
            .store
            .join("journal/000001.jsonl")
            .metadata()
            .unwrap()
            .len()
    };
    let before = seq();
    until("something is staged or recorded", || {
        fs::read_dir(&staging).unwrap().next().is_some() || seq() > before
    });
    serving.kill();
    // The import takes over, or says that nothing of it was recorded.
    let code = importing.code();
    let rows = bench.json(&["board", "--all", "--now=2019-05-31T12:00:00+02:00"]);
    let there = rows.as_array().unwrap().len() - 1;
    assert!(there == 0 || there == 60, "{there}");
    assert!(
        code == Some(3) || (code == Some(0) && there == 60),
        "{code:?}, {there} there"
    );
    bench.ok(&["import", &may]);
    assert_eq!(
        bench.json(&["episode", &sample::id(59)])["events"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    assert_eq!(bench.json(&["verify"])["ok"], true);
}
