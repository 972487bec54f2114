//! The log, through the binary: who recorded what, the latest first.

use std::process::Command;

use serde_json::Value;

use crate::support::bin::{self, Bench};

fn seqs(view: &Value) -> Vec<u64> {
    let lines = view["lines"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["seq"].as_u64().unwrap())
        .collect()
}

#[test]
fn the_log_tells_what_was_recorded_the_latest_first() {
    let bench = Bench::with_march();
    bench.ok(&[
        "rates",
        "set",
        "2026",
        "9900",
        "--source",
        "regionstyrelsen § 7",
    ]);
    let void = r#"{"id":"v1","episode":"VARM-2","at":"2019-03-05T08:00:00+01:00","kind":"void","event":"9","reason":"fel patient"}"#;
    bench.ok(&["import", &bench.file("void.jsonl", void)]);
    let view = bench.json(&["log"]);
    let whats: Vec<_> = view["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["what"].clone())
        .collect();
    assert_eq!(whats[..3], ["import", "rate_set", "import"], "{view}");
    assert_eq!(view["lines"][1]["reason"], "regionstyrelsen § 7");
    assert_eq!(view["lines"][2]["count"], 43);
    assert_eq!(view["before"], Value::Null);

    let words = bench.ok(&["log", "--limit", "2"]);
    assert!(
        words.contains("2026: SEK\u{a0}9,900") && words.contains("void.jsonl (1 events)"),
        "{words}"
    );
    let rest = bench.json(&["log", "--before", &seqs(&view)[1].to_string()]);
    assert_eq!(seqs(&rest), seqs(&view)[2..]);
    let page = bench.json(&["log", "--limit", "1"]);
    assert_eq!(
        (seqs(&page), page["before"].as_u64()),
        (vec![seqs(&view)[0]], Some(seqs(&view)[0]))
    );
    bench.fails(2, &["log", "--limit", "0"]);
}

#[test]
fn the_log_names_no_patient() {
    let bench = Bench::with_march();
    let words = bench.ok(&["log"]);
    let json = bench.json(&["log"]).to_string();
    for text in [words, json] {
        assert!(!text.contains("Exempel"), "{text}");
    }
}

/// Services and containers often set no name for the session.
#[test]
fn without_a_name_in_the_session_the_systems_own_stands_there() {
    let bench = Bench::new();
    let mut command = bench.command(&["rates", "set", "2026", "9900", "--source", "beslut"]);
    command.env_remove("USER");
    assert_eq!(bin::run(command).code, 0);
    let known = Command::new("id").arg("-un").output().unwrap();
    let name = String::from_utf8(known.stdout).unwrap();
    assert_eq!(bench.json(&["log"])["lines"][0]["by"], name.trim());
}
