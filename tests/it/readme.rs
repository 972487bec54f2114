//! The README is true: its commands, its first steps, its kinds of event.

use std::{collections::BTreeSet, fs, os::unix::fs::symlink, path::Path};

use assert_cmd::Command;
use fristdag::model::event::Kind;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The part below a heading, up to the next one.
fn section(heading: &str) -> String {
    let text = readme();
    let found = text.split("\n## ").find(|part| part.starts_with(heading));
    found
        .unwrap_or_else(|| panic!("the README lacks `{heading}`"))
        .to_owned()
}

/// The first cells of a section's table rows.
fn first_cells(heading: &str) -> Vec<String> {
    let section = section(heading);
    let cells = section.lines().filter_map(|line| {
        // A bar within a cell is escaped.
        let cell = line.strip_prefix("| ")?.split(" |").next()?;
        Some(cell.replace("\\|", "|"))
    });
    cells.collect()
}

/// The words in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The program, with nothing of the caller's environment that it heeds.
fn fristdag() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fristdag"));
    for name in ["STORE", "NOW", "UNIT", "LOG"] {
        command.env_remove(format!("FRISTDAG_{name}"));
    }
    command.env("FRISTDAG_LANG", "en");
    command
}

#[test]
fn it_begins_with_the_two_commands() {
    let text = readme();
    let at = |command: &str| {
        let found = text.lines().position(|line| line == command);
        found.unwrap_or_else(|| panic!("the README lacks the line `{command}`"))
    };
    let (demo, test) = (at("cargo run --release -- demo"), at("cargo test"));
    assert!(demo < 40 && test < 40, "they stand near its top");
}

#[test]
fn it_lists_the_commands_that_there_are() {
    let cells = first_cells("Commands");
    let rows = cells.iter().flat_map(|cell| quoted(cell));
    let told: BTreeSet<&str> = rows
        .filter_map(|row| row.split_whitespace().next())
        .filter(|word| word.chars().all(char::is_alphabetic))
        .collect();
    let help = fristdag().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let there: BTreeSet<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| *word != "help")
        .collect();
    assert!(there.len() > 15, "the help is read wrongly:\n{help}");
    assert_eq!(told, there);
}

#[test]
fn it_names_every_kind_of_event() {
    let cells = first_cells("Events");
    let told: BTreeSet<&str> = cells.iter().flat_map(|cell| quoted(cell)).collect();
    let there: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let missing: Vec<_> = there.difference(&told).collect();
    assert!(missing.is_empty(), "not told: {missing:?}");
    let unknown: Vec<_> = told
        .difference(&there)
        .filter(|word| **word != "?")
        .collect();
    assert!(unknown.is_empty(), "no kinds of event: {unknown:?}");
}

#[test]
fn its_first_steps_run() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    symlink(fixtures, folder.path().join("fixtures")).unwrap();
    let section = section("First steps");
    let lines = section
        .lines()
        .filter_map(|line| line.strip_prefix("fristdag "));
    let (mut hash, mut ran) = (String::new(), 0);
    for line in lines {
        let line = line.split(" #").next().unwrap().replace("HASH", &hash);
        let done = fristdag()
            .args(line.split_whitespace())
            .env("FRISTDAG_STORE", folder.path().join("store"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        let wrong = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "fristdag {line}\n{said}{wrong}");
        if let Some(found) = said.lines().find_map(|line| line.strip_prefix("hash ")) {
            hash = found.to_owned();
        }
        ran += 1;
    }
    assert!(ran >= 10, "only {ran} lines were found");
    let exported = folder.path().join("fristdag-17-2019-03.csv");
    assert!(exported.exists(), "the month is locked and exported");
}
