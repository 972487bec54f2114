//! Agreement files of a user's own: tried in one run, compared, adopted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::support::{
    bin::Bench,
    later::{stay, stockholm},
};

/// Five free days in psychiatry made three.
fn kinder(bench: &Bench) -> PathBuf {
    let text = include_str!("../../src/rules/agreements/stockholm-2020.toml");
    let folder = bench.path("trial");
    fs::create_dir(&folder).unwrap();
    let text = text.replace("value = 5, unit", "value = 3, unit");
    fs::write(folder.join("stockholm.toml"), text).unwrap();
    folder
}

#[test]
fn files_of_a_folder_are_tried_and_decide_nothing() {
    let bench = stockholm();
    bench.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    let folder = kinder(&bench);
    let folder = folder.to_str().unwrap();
    let tried = |words: &[&str]| {
        let all: Vec<&str> = ["--agreements", folder]
            .iter()
            .chain(words)
            .copied()
            .collect();
        bench.run(&all)
    };
    let amount = || {
        let out = tried(&["figures", "--month", "2021-04", "--json"]).out;
        serde_json::from_str::<Value>(&out).unwrap()["amount"].clone()
    };
    assert_eq!(
        (amount(), &bench.figures("2021-04")["amount"]),
        (json!("135000.00"), &json!("117000.00"))
    );
    let prepared = bench.json(&["close", "--month", "2021-04", "--prepare"]);
    let hash = prepared["hash"].as_str().unwrap();
    let approve = ["close", "--month", "2021-04", "--approve", "--expect", hash];
    let refused = tried(&approve);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("only tried") && refused.err.contains("stockholm.toml"),
        "{refused:?}"
    );
    // The same through another process that holds the store.
    let serving = bench.serve();
    assert_eq!(amount(), "135000.00");
    assert_eq!(tried(&approve).code, 1);
    serving.kill();
    assert_eq!(tried(&["serve"]).code, 2);
    // Once adopted, the same folder stands in nobody's way.
    let file = format!("{folder}/stockholm.toml");
    bench.ok(&["agreements", "adopt", &file]);
    let out = tried(&["close", "--month", "2021-04", "--prepare", "--json"]).out;
    let hash = serde_json::from_str::<Value>(&out).unwrap()["hash"].clone();
    let hash = hash.as_str().unwrap();
    let approve = ["close", "--month", "2021-04", "--approve", "--expect", hash];
    assert_eq!(tried(&approve).code, 0);
    assert_eq!(bench.figures("2021-04")["amount"], "135000.00");
}

#[test]
fn a_folder_that_does_not_hold_is_refused_with_file_and_line() {
    let bench = stockholm();
    let folder = kinder(&bench);
    let file = folder.join("stockholm.toml");
    let broken = fs::read_to_string(&file)
        .unwrap()
        .replace("adults_only", "adults_onli");
    let line = broken
        .lines()
        .position(|line| line.starts_with("[rule.average_excess]"));
    fs::write(folder.join("broken.toml"), &broken).unwrap();
    let said = bench.fails(2, &["--agreements", folder.to_str().unwrap(), "board"]);
    assert!(
        said.contains("broken.toml:") && said.contains("adults_onli"),
        "{said}"
    );
    assert!(line.is_some());
    fs::rename(folder.join("broken.toml"), folder.join("old.txt")).unwrap();
    fs::copy(&file, folder.join("twice.toml")).unwrap();
    let said = bench.fails(2, &["--agreements", folder.to_str().unwrap(), "board"]);
    assert!(
        said.contains("twice.toml:4:") && said.contains("is also in"),
        "{said}"
    );
    let empty = bench.path("empty");
    fs::create_dir(&empty).unwrap();
    bench.fails(2, &["--agreements", empty.to_str().unwrap(), "board"]);
    bench.fails(
        2,
        &[
            "--agreements",
            Path::new("/nowhere").to_str().unwrap(),
            "board",
        ],
    );
}

#[test]
fn agreements_are_compared_value_by_value() {
    let bench = stockholm();
    let folder = kinder(&bench);
    let file = folder.join("stockholm.toml");
    let file = file.to_str().unwrap();
    let diff = bench.json(&["agreements", "diff", file]);
    let change = &diff["changes"][0];
    assert_eq!(diff["changes"].as_array().unwrap().len(), 2, "{diff}");
    assert_eq!(
        (
            &change["from"],
            &change["old"]["value"],
            &change["new"]["value"]
        ),
        (&json!("2020-01-01"), &json!("5 days"), &json!("3 days"))
    );
    assert!(
        change["new"]["clause"]
            .as_str()
            .unwrap()
            .contains("övergångslösning")
    );
    let words = bench.ok(&["--lang", "sv", "agreements", "diff", "stockholm-2020", file]);
    assert!(
        words.contains("grace_days (från 2020-01-01): ändrat"),
        "{words}"
    );
    assert!(
        bench
            .ok(&["agreements", "diff", "stockholm-2020"])
            .contains("The same in every value.")
    );
    bench.ok(&["agreements", "adopt", file]);
    assert!(
        bench
            .ok(&["agreements", "diff", "stockholm-2020"])
            .contains("+ 3 days")
    );
    bench.fails(2, &["agreements", "diff", "nobodys-2019"]);
}
