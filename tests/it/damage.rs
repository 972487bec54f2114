//! What the store does when its files are not as they were written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::support::bin::Bench;

/// What people look at: the board and two months.
fn looks(bench: &Bench) -> [Value; 3] {
    let now = "--now=2019-03-06T23:00:00+01:00";
    [
        bench.json(&["board", "--all", now]),
        bench.json(&["figures", "--month", "2019-03"]),
        bench.json(&["figures", "--month", "2019-04", "--now=2019-06-01T00:00"]),
    ]
}

fn segment(bench: &Bench) -> PathBuf {
    bench.store.join("journal/000001.jsonl")
}

fn batch(bench: &Bench) -> PathBuf {
    let all = fs::read_dir(bench.store.join("journal")).unwrap();
    all.map(|entry| entry.unwrap().path())
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("batch-")
        })
        .unwrap()
}

fn name(path: &Path) -> String {
    format!("journal/{}", path.file_name().unwrap().to_string_lossy())
}

/// Ten entries in the segment, after the worked example.
fn with_rates() -> Bench {
    let bench = Bench::with_march();
    for year in 2030..2034 {
        bench.ok(&["rates", "set", &year.to_string(), "9000", "--source", "SKR"]);
    }
    bench
}

/// Flips a byte in the middle of a line, which counts from 1.
fn flip(path: &Path, line: usize) {
    let mut bytes = fs::read(path).unwrap();
    let start: usize = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(line - 1)
        .map(<[u8]>::len)
        .sum();
    bytes[start + 40] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn views_that_are_gone_or_garbage_are_made_again() {
    type Harm = fn(&Path, &Path);
    let harms: [(&str, Harm); 4] = [
        ("deleted", |views, _| fs::remove_dir_all(views).unwrap()),
        ("garbage", |views, _| {
            each_file(views, |path| fs::write(path, [0xA5; 5000]).unwrap())
        }),
        ("truncated", |views, _| {
            each_file(views, |path| {
                let bytes = fs::read(path).unwrap();
                fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
            });
        }),
        ("another store's", |views, other| {
            fs::remove_dir_all(views).unwrap();
            fs::rename(other.join("views"), views).unwrap();
        }),
    ];
    for (what, harm) in harms {
        let (bench, other) = (Bench::with_march(), Bench::new());
        other.ok(&["import", "fixtures/golden/varmland-2019-03.jsonl"]);
        let before = looks(&bench);
        harm(&bench.store.join("views"), &other.store);
        let status = bench.json(&["status"]);
        let notices = status["notices"].to_string();
        assert!(notices.contains("views_rebuilt"), "{what}: {notices}");
        assert_eq!(status["views"], "sled", "{what}");
        assert_eq!(looks(&bench), before, "{what}");
        bench.verified();
        assert_eq!(
            bench.json(&["status"])["notices"],
            serde_json::json!([]),
            "{what}"
        );
    }
}

fn each_file(folder: &Path, act: impl Fn(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            act(&path);
        }
    }
}

#[test]
fn notes_of_what_was_checked_may_be_garbage() {
    let bench = Bench::with_march();
    let before = looks(&bench);
    for text in [
        "",
        "{",
        "[]",
        "{\"store\":\"0\",\"segments\":[],\"batches\":[]}",
        "\0\0",
    ] {
        fs::write(bench.store.join("checked.json"), text).unwrap();
        assert_eq!(looks(&bench), before);
        bench.verified();
    }
}

#[test]
fn a_changed_byte_is_named_by_file_and_line() {
    for (pick, line) in [(segment as fn(&Bench) -> PathBuf, 3), (batch, 17)] {
        let bench = with_rates();
        let path = pick(&bench);
        flip(&path, line);
        let (file, place) = (name(&path), format!("{}, line {line}", name(&path)));
        for words in [
            &["board"][..],
            &["figures", "--month", "2019-03"],
            &["status"],
        ] {
            let err = bench.fails(3, words);
            assert!(err.contains(&place) && err.contains("restore"), "{err}");
        }
        let said = bench.run(&["verify"]);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.out.contains(&format!("{file}:{line}")), "{said:?}");
    }
}

#[test]
fn verify_names_everything_that_is_wrong() {
    let bench = with_rates();
    flip(&segment(&bench), 2);
    flip(&segment(&bench), 4);
    flip(&batch(&bench), 5);
    let said = bench.run(&["verify", "--json"]);
    assert_eq!(said.code, 1);
    let verified: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(verified["ok"], false);
    let places = verified["differences"].to_string();
    for place in [
        format!("{}:2", name(&segment(&bench))),
        format!("{}:4", name(&segment(&bench))),
        format!("{}:5", name(&batch(&bench))),
    ] {
        assert!(places.contains(&place), "{place} in {places}");
    }
}

#[test]
fn lines_cut_off_the_end_are_found_against_the_anchor() {
    let bench = with_rates();
    let anchor = bench.file("anchor.json", bench.ok(&["verify", "--json"]));
    bench.ok(&["verify", "--anchor", &anchor]);
    bench.ok(&["rates", "set", "2040", "9000", "--source", "SKR"]);
    bench.ok(&["verify", "--anchor", &anchor]);
    let text = fs::read_to_string(segment(&bench)).unwrap();
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    fs::write(segment(&bench), lines[..lines.len() - 3].concat()).unwrap();
    // Who cuts the journal may cut all that was derived from it.
    for derived in ["checked.json", "views"] {
        let path = bench.store.join(derived);
        fs::remove_file(&path)
            .or_else(|_| fs::remove_dir_all(&path))
            .unwrap();
    }
    bench.ok(&["verify"]);
    let said = bench.run(&["verify", "--anchor", &anchor]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("2 entries are missing"), "{said:?}");
}

#[test]
fn lines_cut_off_the_end_are_found_by_what_was_served() {
    let bench = with_rates();
    let text = fs::read_to_string(segment(&bench)).unwrap();
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    fs::write(segment(&bench), lines[..lines.len() - 1].concat()).unwrap();
    let err = bench.fails(3, &["board"]);
    assert!(err.contains("1 entries are missing"), "{err}");
    assert_eq!(bench.run(&["verify"]).code, 1);
}

#[test]
fn a_torn_last_line_is_dropped_and_said_so() {
    let bench = with_rates();
    let before = looks(&bench);
    let mut text = fs::read(segment(&bench)).unwrap();
    let whole = text.len();
    text.extend_from_slice(b"{\"seq\":49,\"recorded_at\":\"2026-");
    fs::write(segment(&bench), &text).unwrap();
    let notices = bench.json(&["status"])["notices"].to_string();
    assert!(
        notices.contains("tail_dropped: journal/000001.jsonl (30 bytes)"),
        "{notices}"
    );
    assert_eq!(fs::read(segment(&bench)).unwrap(), text[..whole]);
    assert_eq!(looks(&bench), before);
    bench.verified();
}

#[test]
fn a_damaged_store_comes_back_from_its_backup() {
    let bench = with_rates();
    let before = looks(&bench);
    let copy = bench.path("copy.tar").to_str().unwrap().to_owned();
    bench.ok(&["backup", &copy]);
    flip(&segment(&bench), 2);
    bench.fails(3, &["board"]);
    bench.fails(2, &["restore", &copy]);
    let fresh = Bench {
        store: bench.path("fresh"),
        ..bench
    };
    fresh.ok(&["restore", &copy]);
    assert_eq!(looks(&fresh), before);
    fresh.verified();
    fresh.ok(&["rates", "set", "2041", "9000", "--source", "SKR"]);
}

#[test]
fn a_backup_cut_short_or_altered_makes_no_store() {
    let bench = Bench::with_march();
    let copy = bench.path("copy.tar").to_str().unwrap().to_owned();
    bench.ok(&["backup", &copy]);
    let whole = fs::read(&copy).unwrap();
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    let bad = [
        whole[..whole.len() - 1].to_vec(),
        whole[..whole.len() / 2].to_vec(),
        whole[..100].to_vec(),
        Vec::new(),
        altered,
    ];
    for (number, bytes) in bad.iter().enumerate() {
        let cut = bench.file("cut.tar", bytes);
        let store = bench.path(&format!("half-{number}"));
        let words = ["--store", store.to_str().unwrap(), "restore", &cut];
        let err = bench.fails(2, &words);
        assert!(err.contains("cut.tar"), "{err}");
        assert!(!store.exists(), "copy {number} left something");
    }
}
