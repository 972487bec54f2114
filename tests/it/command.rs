//! The binary, as users and scripts run it.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::support::bin::{self, Bench, Running, Said};

const GOLDEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/fixtures/golden/varmland-2019-03.jsonl"
);

/// The binary on a store with words.
fn fristdag(store: &Path, words: &str) -> Command {
    bin::on(store, &words.split_whitespace().collect::<Vec<_>>())
}

fn run(store: &Path, words: &str) -> Said {
    bin::run(fristdag(store, words))
}

/// Standard output of a command that must end with `code`.
fn ends(store: &Path, words: &str, code: i32) -> String {
    let said = run(store, words);
    assert_eq!(said.code, code, "{words}: {said:?}");
    said.out
}

fn json(store: &Path, words: &str) -> Value {
    serde_json::from_str(&ends(store, words, 0)).unwrap()
}

fn golden_store(folder: &Path) -> std::path::PathBuf {
    let store = folder.join("store");
    ends(&store, "init --region 17", 0);
    ends(&store, &format!("import {GOLDEN}"), 0);
    store
}

/// A service that says where it listens before this returns.
fn serve(store: &Path) -> Running {
    Running::serving(fristdag(store, "serve"))
}

#[test]
fn a_board_counts_down_to_the_hour() {
    let folder = tempfile::tempdir().unwrap();
    let store = golden_store(folder.path());
    let again = ends(&store, &format!("import {GOLDEN}"), 0);
    assert!(
        again.contains("43 lines, 0 new, 43 already there"),
        "{again}"
    );
    let board = json(&store, "board --now 2019-03-06T23:00:00+01:00 --json");
    let left = |episode: &str| {
        let rows = board.as_array().unwrap();
        let row = rows.iter().find(|row| row["episode"] == episode).unwrap();
        row["seconds_left"].as_i64().unwrap()
    };
    assert_eq!((left("VARM-1"), left("VARM-2")), (3_600, 90_000));
}

#[test]
fn a_month_is_prepared_locked_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let store = golden_store(folder.path());
    let out = folder.path().join("out");
    let export = format!(
        "export --month 2019-03 --format json --out {}",
        out.display()
    );
    ends(&store, &export, 1);
    let prepared = json(&store, "close --month 2019-03 --prepare --json");
    let hash = prepared["hash"].as_str().unwrap();
    ends(&store, "close --month 2019-03 --approve --expect 00", 1);
    ends(
        &store,
        &format!("close --month 2019-03 --approve --expect {hash}"),
        0,
    );
    let figures = ends(&store, "figures --month 2019-03 --json", 0);
    ends(&store, &export, 0);
    let exported = fs::read_to_string(out.join("fristdag-17-2019-03.json")).unwrap();
    assert_eq!(exported, figures.trim_end());
    // The same again is done already; another file of that name is kept.
    ends(&store, &export, 0);
    fs::write(out.join("fristdag-17-2019-03.json"), "mine").unwrap();
    ends(&store, &export, 2);
    ends(&store, &format!("{export} --force"), 0);
    let left: Vec<_> = fs::read_dir(&out).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let invoices = json(&store, "invoices --month 2019-03 --json");
    assert_eq!(invoices.as_array().unwrap().len(), 2);
    ends(&store, "verify", 0);
}

#[test]
fn a_backup_is_made_while_another_process_holds_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = golden_store(folder.path());
    let service = serve(&store);
    let (copy, new) = (folder.path().join("copy"), folder.path().join("new"));
    let backup = format!("backup {}", copy.display());
    ends(&store, &backup, 0);
    ends(&store, &backup, 2);
    assert_eq!(json(&store, "status --json")["holder_pid"], service.pid());
    ends(&new, &format!("restore {}", copy.display()), 0);
    ends(&new, "verify", 0);
    // Killed, not asked: the next command opens the store itself.
    service.kill();
    ends(&store, "verify", 0);
}

#[test]
fn a_service_ends_in_order_on_a_signal() {
    let folder = tempfile::tempdir().unwrap();
    let store = golden_store(folder.path());
    let service = serve(&store);
    assert!(store.join("desk.sock").exists());
    let pid = rustix::process::Pid::from_raw(i32::try_from(service.pid()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert_eq!(service.code(), Some(0));
    assert!(!store.join("desk.sock").exists());
}

#[test]
fn commands_at_the_same_time_all_work() {
    let folder = tempfile::tempdir().unwrap();
    let store = golden_store(folder.path());
    let spawn = |_| {
        let mut command = fristdag(&store, "figures --month 2019-03 --json");
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let all: Vec<_> = (0..8).map(spawn).collect();
    for child in all {
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{err}");
    }
}

#[test]
fn output_that_nobody_reads_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("none");
    let mut child = fristdag(&store, "man")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), &*err), (Some(0), ""));
}

#[test]
fn without_a_terminal_the_demo_prints_its_board() {
    let folder = tempfile::tempdir().unwrap();
    let output = fristdag(&folder.path().join("unused"), "demo")
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    for state in ["liable", "grace", "blocked", "not ready"] {
        assert!(
            text.lines().any(|line| line.starts_with(state)),
            "{state}: {text}"
        );
    }
    let remains: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert!(remains.is_empty(), "{remains:?}");
}

#[test]
fn without_a_store_the_error_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder.path().join("none"), "board");
    assert_eq!(output.code, 3);
    assert!(output.err.contains("fristdag init --region"), "{output:?}");
}

#[test]
fn a_variable_that_is_set_to_nothing_is_not_set() {
    let bench = Bench::new();
    let mut command = bench.command(&["status"]);
    for name in ["LANG", "NOW", "AGREEMENTS", "PLAIN"] {
        command.env(format!("FRISTDAG_{name}"), "");
    }
    command.env("LC_ALL", "sv_SE.UTF-8");
    let said = bin::run(command);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("Region Värmland"), "{said:?}");
}
