//! What `ARCHITECTURE.md` promises of the tree, read from the tree: arrows
//! between rooms, purity, and file sizes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Most lines of a file.
const LONGEST: usize = 500;

/// Files that may be longer, each with the reason.
const LONGER: &[(&str, &str)] = &[];

/// Rooms without clock, disk, threads or floats.
const PURE: [&str; 3] = ["model", "rules", "ledger"];

/// The one file that reads the machine's clock.
const CLOCK: &str = "src/model/clock.rs";

/// One or two segments of a path below `crate`: room, and what is taken of it.
type Use = (String, Option<String>);

/// A source file, its path told from the project's root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The room that it belongs to, unless it is the library's or the binary's root.
    fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        inside.split_once('/').map(|(room, _)| room)
    }

    /// Its code, numbered: no comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Its code up to its unit tests; nothing of a file that is tests alone.
    fn code_without_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests_alone = self.path.contains("tests");
        self.code()
            .take_while(move |(_, line)| !tests_alone && line.trim() != "#[cfg(test)]")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every Rust file below `folder`, in the order of their paths.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(root()).unwrap();
                found.push(Source {
                    path: inside.to_str().unwrap().to_owned(),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "{folder} holds no Rust file");
    found
}

/// The paths of a use tree, `ledger::{lock, month::Month}`, cut to two
/// segments each; reads up to the end of the tree.
fn paths(tree: &str) -> Vec<Use> {
    let mut found = Vec::new();
    let mut stack: Vec<Vec<String>> = vec![Vec::new()];
    let mut path: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut letters = tree.chars().peekable();
    let take = |path: &[String], found: &mut Vec<Use>| {
        if let Some(first) = path.first() {
            found.push((first.clone(), path.get(1).cloned()));
        }
    };
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            path.push(std::mem::take(&mut word));
        }
        match letter {
            ':' if letters.peek() == Some(&':') => {
                letters.next();
            }
            '{' => stack.push(path.clone()),
            ',' if stack.len() > 1 => {
                take(&path, &mut found);
                path = stack.last().unwrap().clone();
            }
            '}' if stack.len() > 1 => {
                let outer = stack.pop().unwrap();
                if path.len() > outer.len() {
                    take(&path, &mut found);
                }
                // What follows the brace is at most a comma or another one.
                path = Vec::new();
                if stack.len() == 1 {
                    return found;
                }
            }
            ' ' | '\n' if stack.len() > 1 => {}
            _ => break,
        }
    }
    if !word.is_empty() {
        path.push(word);
    }
    take(&path, &mut found);
    found
}

/// What a file takes from rooms, its own included.
fn uses(source: &Source) -> Vec<Use> {
    let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for (at, name) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_') {
            found.extend(paths(&code[at + name.len()..]));
        }
    }
    found
}

/// The table of rooms: each room in order, with what it may use.
fn table() -> Vec<(String, Vec<Use>)> {
    let text = read("ARCHITECTURE.md");
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", room, _, allowed, ""] = cells[..] else {
            return None;
        };
        let room = room.strip_prefix('`')?.strip_suffix("/`")?.to_owned();
        let allowed = allowed.split('`').skip(1).step_by(2).flat_map(paths);
        Some((room, allowed.collect()))
    });
    rows.collect()
}

/// `problems`, or nothing at all.
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn use_trees_are_read_whole() {
    let read = |tree: &str| -> Vec<String> {
        let told = |(room, item): Use| item.map_or(room.clone(), |item| format!("{room}/{item}"));
        paths(tree).into_iter().map(told).collect()
    };
    assert_eq!(
        read("model::time::{self, Instant};"),
        ["model/time", "model/time"]
    );
    assert_eq!(
        read(
            "{\n    desk::{error::{A, B}, reply::Reply},\n    model::month::Month,\n    text,\n};"
        ),
        [
            "desk/error",
            "desk/error",
            "desk/reply",
            "model/month",
            "text"
        ]
    );
    assert_eq!(read("desk::Desk) { crate::x }"), ["desk/Desk"]);
    assert_eq!(read("rules"), ["rules"]);
}

#[test]
fn the_table_names_every_room_and_points_one_way() {
    let table = table();
    let named: Vec<&str> = table.iter().map(|(room, _)| room.as_str()).collect();
    let folders: BTreeSet<String> = sources("src")
        .iter()
        .filter_map(|source| source.room().map(str::to_owned))
        .collect();
    let sorted: BTreeSet<String> = named.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(sorted, folders, "ARCHITECTURE.md names the folders of src");
    for (index, (room, allowed)) in table.iter().enumerate() {
        for (other, _) in allowed {
            assert!(
                named[..index].contains(&other.as_str()),
                "{room} may use {other}, which stands below it in the table"
            );
        }
    }
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let table: BTreeMap<String, Vec<Use>> = table().into_iter().collect();
    let mut problems = Vec::new();
    let mut seen = 0;
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        let allowed = table.get(room).map_or(&[][..], Vec::as_slice);
        for (other, item) in uses(&source) {
            seen += 1;
            let may = |(to, of): &Use| *to == other && (of.is_none() || *of == item);
            if other != room && !allowed.iter().any(may) {
                let item = item.unwrap_or_default();
                problems.push(format!(
                    "{}: {room} must not use {other}::{item}",
                    source.path
                ));
            }
        }
    }
    assert!(
        seen > 100,
        "only {seen} uses were found: are they read at all?"
    );
    none(&problems);
}

#[test]
fn time_comes_in_through_the_clock_alone() {
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|source| source.path != CLOCK) {
        for (line, code) in source.code() {
            for name in ["Utc::now", "Local::now", "SystemTime::now"] {
                if code.contains(name) {
                    problems.push(format!("{}:{line}: {name}", source.path));
                }
            }
        }
    }
    none(&problems);
    assert!(
        read(CLOCK).contains("Utc::now"),
        "{CLOCK} is where the clock is read"
    );
}

#[test]
fn pure_rooms_do_no_io() {
    let impure = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::thread",
        "time::Instant::now",
    ];
    let mut problems = Vec::new();
    for source in sources("src") {
        if !source.room().is_some_and(|room| PURE.contains(&room)) {
            continue;
        }
        for (line, code) in source.code_without_tests() {
            for name in impure.iter().filter(|name| code.contains(**name)) {
                problems.push(format!("{}:{line}: {name}", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn money_and_days_are_never_floats() {
    let mut problems = Vec::new();
    for source in sources("src") {
        if !source.room().is_some_and(|room| PURE.contains(&room)) {
            continue;
        }
        for (line, code) in source.code() {
            let mut words = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if words.any(|word| matches!(word, "f32" | "f64")) {
                problems.push(format!("{}:{line}: a float", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn no_file_is_too_long() {
    let mut problems = Vec::new();
    let mut long = BTreeSet::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            if !LONGER.iter().any(|(path, _)| *path == source.path) {
                problems.push(format!("{}: {lines} lines", source.path));
            }
            long.insert(source.path);
        }
    }
    for (path, _) in LONGER.iter().filter(|(path, _)| !long.contains(*path)) {
        problems.push(format!(
            "{path} is no longer too long: take it off the list"
        ));
    }
    none(&problems);
}
