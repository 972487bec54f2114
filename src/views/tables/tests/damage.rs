//! Damaged, cut and missing files: right rows for the position told, or found
//! out. Each case runs in a process of its own, so that a hang, an abort or an
//! escaped panic fails the test instead of taking it along.

use std::{
    env, fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::*;
use crate::views::tables::MemoryTables;

const FOLDER: &str = "FRISTDAG_TEST_DAMAGED_FOLDERS";
const LAST: u64 = 90;
const LIMIT: Duration = Duration::from_secs(240);

/// How the folder was left before it was damaged.
#[derive(Debug, Clone, Copy)]
enum Left {
    /// Closed in order.
    Sealed,
    /// As after a kill: with a log to replay behind an older snapshot.
    Unsealed,
}

fn left(folder: &Path, how: Left) {
    let tables = SledTables::create(folder, STORE, FORMAT).expect("create");
    let apply = |tables: &SledTables, positions: std::ops::RangeInclusive<u64>| {
        for position in positions {
            tables.apply(scripted(position), position).expect("apply");
        }
    };
    apply(&tables, 1..=LAST / 3);
    drop(tables);
    let tables = good(folder);
    apply(&tables, LAST / 3 + 1..=LAST);
    match how {
        Left::Sealed => drop(tables),
        Left::Unsealed => tables.discard(),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("mkdir");
    for entry in fs::read_dir(from).expect("folder") {
        let path = entry.expect("entry").path();
        let to = to.join(path.file_name().expect("name"));
        if path.is_dir() {
            copy(&path, &to)
        } else {
            fs::copy(&path, &to).map(drop).expect("copy")
        }
    }
}

/// The files sled keeps, with paths relative to its folder.
fn files(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder.join(below)).expect("folder") {
        let name = below.join(entry.expect("entry").file_name());
        if folder.join(&name).is_dir() {
            files(folder, &name, found)
        } else {
            found.push(name)
        }
    }
    found.sort();
}

/// Damages one file in one of several ways; the case's name tells which.
fn damage(path: &Path, case: u64, seed: &mut u64) {
    let mut bytes = fs::read(path).expect("read");
    let at = (next(seed) % bytes.len().max(1) as u64) as usize;
    match case % 6 {
        0 => return fs::remove_file(path).expect("remove"),
        1 => bytes.truncate(at),
        2 => bytes.clear(),
        3 => bytes
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|byte| *byte ^= 1 << (at % 8)),
        4 => bytes
            .iter_mut()
            .skip(at)
            .take(700)
            .for_each(|byte| *byte = next(seed) as u8),
        _ => bytes
            .iter_mut()
            .skip(at)
            .take(70_000)
            .for_each(|byte| *byte = 0),
    }
    fs::write(path, bytes).expect("write");
}

/// Right rows for the position told, or found out.
fn judge(folder: &Path) -> &'static str {
    let tables = match open(folder) {
        Opened::Good(tables) => tables,
        Opened::Rebuild { .. } => return "rebuild",
    };
    let position = tables.position().expect("position").expect("a position");
    assert!(position <= LAST, "{position}");
    let found = match content(&tables) {
        Ok(found) => found,
        Err(error) => {
            assert!(
                error.is_damage() || matches!(error, TablesError::Poisoned),
                "{error:?}"
            );
            return "found when read";
        }
    };
    let twin = MemoryTables::new();
    for position in 1..=position {
        twin.apply(scripted(position), position).expect("apply");
    }
    assert!(
        found == content(&twin).expect("content"),
        "not the rows of position {position}"
    );
    if position == LAST { "whole" } else { "older" }
}

/// Not a test of its own: judges each folder in the one named.
#[test]
fn child() {
    let Some(root) = env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let mut cases: Vec<_> = fs::read_dir(root)
        .expect("cases")
        .map(|entry| entry.expect("entry").path())
        .collect();
    cases.sort();
    let mut out = std::io::stdout().lock();
    for case in cases {
        let name = case
            .file_name()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        writeln!(out, "\ncase {name}").expect("the parent listens");
        writeln!(out, "verdict {}", judge(&case)).expect("the parent listens");
    }
}

/// Runs the child over the cases; its output, or a failure when it hangs.
fn judge_all(root: &Path) -> String {
    let child = Command::new(env::current_exe().expect("this binary"))
        .args([
            "--exact",
            "views::tables::tests::damage::child",
            "--nocapture",
        ])
        .env(FOLDER, root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child");
    let id = child.id();
    let (send, receive) = mpsc::channel();
    let waiting = thread::spawn(move || send.send(child.wait_with_output()));
    let Ok(output) = receive.recv_timeout(LIMIT) else {
        let pid = rustix::process::Pid::from_raw(i32::try_from(id).expect("a pid")).expect("a pid");
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("kill");
        panic!("opening a damaged folder hangs");
    };
    waiting
        .join()
        .expect("the waiter")
        .expect("it was received");
    let output = output.expect("output");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    assert!(
        !errors.contains("panicked at"),
        "a panic was shown: {errors}"
    );
    text
}

fn cases_of(how: Left, rounds: u64) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let (whole, root) = (dir.path().join("whole"), dir.path().join("cases"));
    left(&whole, how);
    fs::create_dir(&root).expect("mkdir");
    let mut names = Vec::new();
    files(&whole, Path::new(""), &mut names);
    // sled's log is where damage can be silent: it gets most of the cases.
    let log = PathBuf::from("db");
    let mut targets: Vec<_> = names
        .iter()
        .flat_map(|name| (0..6).map(move |case| (name, case)))
        .collect();
    targets.extend((0..rounds).map(|round| (&log, 1 + round % 5)));
    let mut seed = 0x1234_5678_9abc_def1;
    for (number, (name, case)) in targets.into_iter().enumerate() {
        let to = root.join(format!(
            "{number:03}-{case}-{}",
            name.display().to_string().replace('/', "-")
        ));
        copy(&whole, &to);
        damage(&to.join(name), case, &mut seed);
    }
    judge_all(&root)
}

fn verdicts(text: &str, verdict: &str) -> usize {
    text.lines()
        .filter(|line| *line == format!("verdict {verdict}"))
        .count()
}

#[test]
fn damage_to_a_sealed_folder_is_found_or_does_no_harm() {
    let text = cases_of(Left::Sealed, 40);
    assert!(
        verdicts(&text, "rebuild") > 0 && verdicts(&text, "whole") > 0,
        "{text}"
    );
}

#[test]
fn damage_to_an_unsealed_folder_is_found_or_does_no_harm() {
    let text = cases_of(Left::Unsealed, 40);
    assert!(
        verdicts(&text, "rebuild") > 0 && verdicts(&text, "whole") > 0,
        "{text}"
    );
}
