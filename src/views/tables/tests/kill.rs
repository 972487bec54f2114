//! `kill -9` while batches are applied: each is there whole or not at all, and
//! the position says which.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Command, Stdio},
};

use super::*;
use crate::views::tables::MemoryTables;

const FOLDER: &str = "FRISTDAG_TEST_TABLES_FOLDER";
const KILLS: u64 = 60;

/// Not a test of its own: the process that is killed.
#[test]
fn child() {
    let Some(folder) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let tables = good(&folder);
    let mut out = std::io::stdout().lock();
    let start = tables.position().expect("position").unwrap_or(0);
    for position in start + 1.. {
        tables.apply(scripted(position), position).expect("apply");
        if position.is_multiple_of(11) {
            tables.flush().expect("flush");
        }
        writeln!(out, "\napplied {position}").expect("the parent listens");
    }
}

/// Lets a child apply `batches` batches and kills it; the last position it told.
fn run_and_kill(folder: &Path, batches: u64, spin: u64) -> u64 {
    let mut child = Command::new(env::current_exe().expect("this binary"))
        .args([
            "--exact",
            "views::tables::tests::kill::child",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    // Kept open until the kill: the child must not end by a broken pipe instead.
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut told = 0;
    let mut count = 0;
    for line in lines.by_ref() {
        let line = line.expect("a line");
        let Some(position) = line.strip_prefix("applied ") else {
            continue;
        };
        told = position.parse().expect("a number");
        count += 1;
        if count == batches {
            break;
        }
    }
    assert_eq!(count, batches, "the child ended by itself");
    // Kill points between two batches and inside the next one.
    for _ in 0..spin {
        std::hint::spin_loop();
    }
    child.kill().expect("kill");
    let status = child.wait().expect("it is gone");
    assert_eq!(status.signal(), Some(9), "killed, and not ended by itself");
    told
}

#[test]
fn no_batch_is_partly_there_after_a_kill() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("views");
    drop(SledTables::create(&path, STORE, FORMAT).expect("create"));
    let twin = MemoryTables::new();
    let mut seed = 0x0bad_cafe_0bad_cafe;
    let (mut lost, mut ahead) = (0, 0);
    for kill in 0..KILLS {
        let (batches, spin) = (1 + next(&mut seed) % 40, next(&mut seed) % 60_000);
        let told = run_and_kill(&path, batches, spin);
        // Unsealed, so that opening compares every row with the digest.
        let tables = good(&path);
        let position = tables.position().expect("position").unwrap_or(0);
        let from = twin.position().expect("position").unwrap_or(0);
        assert!(
            position >= from,
            "kill {kill}: {position} is before {from}, which was synced"
        );
        for position in from + 1..=position {
            twin.apply(scripted(position), position).expect("apply");
        }
        assert!(
            content(&tables).expect("content") == content(&twin).expect("content"),
            "kill {kill}: the rows are not those of position {position}"
        );
        lost += u64::from(position < told);
        ahead += u64::from(position > from);
    }
    // Else nothing was shown: batches must have been lost, and others kept.
    assert!(
        lost > 0 && ahead > KILLS / 4,
        "{lost} kills lost batches, {ahead} kept some"
    );
}
