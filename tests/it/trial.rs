//! Agreement files of a user's own: tried in one run, compared, adopted.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use serde_json::{Value, json};

use crate::support::shop::{Shop, stay, stockholm};

/// Five free days in psychiatry made three.
fn kinder(shop: &Shop) -> PathBuf {
    let text = include_str!("../../src/rules/agreements/stockholm-2020.toml");
    let folder = shop.path("trial");
    fs::create_dir(&folder).unwrap();
    let text = text.replace("value = 5, unit", "value = 3, unit");
    fs::write(folder.join("stockholm.toml"), text).unwrap();
    folder
}

/// A service that ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

#[test]
fn files_of_a_folder_are_tried_and_decide_nothing() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    let folder = kinder(&shop);
    let folder = folder.to_str().unwrap();
    let tried = |words: &[&str]| {
        let all: Vec<&str> = ["--agreements", folder]
            .iter()
            .chain(words)
            .copied()
            .collect();
        shop.run(&all)
    };
    let amount = || {
        let out = tried(&["figures", "--month", "2021-04", "--json"]).stdout;
        serde_json::from_slice::<Value>(&out).unwrap()["amount"].clone()
    };
    assert_eq!(
        (amount(), &shop.figures("2021-04")["amount"]),
        (json!("135000.00"), &json!("117000.00"))
    );
    let prepared = shop.json(&["close", "--month", "2021-04", "--prepare"]);
    let hash = prepared["hash"].as_str().unwrap();
    let approve = ["close", "--month", "2021-04", "--approve", "--expect", hash];
    let refused = tried(&approve);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("only tried") && said.contains("stockholm.toml"),
        "{said}"
    );
    // The same through another process that holds the store.
    let mut serving = Serving(
        shop.command(&["serve"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(amount(), "135000.00");
    assert_eq!(tried(&approve).status.code(), Some(1));
    drop(serving);
    assert_eq!(tried(&["serve"]).status.code(), Some(2));
    // Once adopted, the same folder stands in nobody's way.
    let file = format!("{folder}/stockholm.toml");
    shop.does(&["agreements", "adopt", &file]);
    let out = tried(&["close", "--month", "2021-04", "--prepare", "--json"]).stdout;
    let hash = serde_json::from_slice::<Value>(&out).unwrap()["hash"].clone();
    let hash = hash.as_str().unwrap();
    assert!(
        tried(&["close", "--month", "2021-04", "--approve", "--expect", hash])
            .status
            .success()
    );
    assert_eq!(shop.figures("2021-04")["amount"], "135000.00");
}

#[test]
fn a_folder_that_does_not_hold_is_refused_with_file_and_line() {
    let shop = stockholm();
    let folder = kinder(&shop);
    let file = folder.join("stockholm.toml");
    let broken = fs::read_to_string(&file)
        .unwrap()
        .replace("adults_only", "adults_onli");
    let line = broken
        .lines()
        .position(|line| line.starts_with("[rule.average_excess]"));
    fs::write(folder.join("broken.toml"), &broken).unwrap();
    let said = shop.refuses(&["--agreements", folder.to_str().unwrap(), "board"], 2);
    assert!(
        said.contains("broken.toml:") && said.contains("adults_onli"),
        "{said}"
    );
    assert!(line.is_some());
    fs::rename(folder.join("broken.toml"), folder.join("old.txt")).unwrap();
    fs::copy(&file, folder.join("twice.toml")).unwrap();
    let said = shop.refuses(&["--agreements", folder.to_str().unwrap(), "board"], 2);
    assert!(
        said.contains("twice.toml:4:") && said.contains("is also in"),
        "{said}"
    );
    let empty = shop.path("empty");
    fs::create_dir(&empty).unwrap();
    shop.refuses(&["--agreements", empty.to_str().unwrap(), "board"], 2);
    shop.refuses(
        &[
            "--agreements",
            Path::new("/nowhere").to_str().unwrap(),
            "board",
        ],
        2,
    );
}

#[test]
fn agreements_are_compared_value_by_value() {
    let shop = stockholm();
    let folder = kinder(&shop);
    let file = folder.join("stockholm.toml");
    let file = file.to_str().unwrap();
    let diff = shop.json(&["agreements", "diff", file]);
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
    let words = shop.does(&["--lang", "sv", "agreements", "diff", "stockholm-2020", file]);
    assert!(
        words.contains("grace_days (från 2020-01-01): ändrat"),
        "{words}"
    );
    assert!(
        shop.does(&["agreements", "diff", "stockholm-2020"])
            .contains("The same in every value.")
    );
    shop.does(&["agreements", "adopt", file]);
    assert!(
        shop.does(&["agreements", "diff", "stockholm-2020"])
            .contains("+ 3 days")
    );
    shop.refuses(&["agreements", "diff", "nobodys-2019"], 2);
}
