//! The steps behind the lines of a locked month, through the store.

use serde_json::Value;

use crate::support::{bin::Bench, month::golden_lines};

/// Värmland's worked example, locked, and looked at in May.
fn march_locked() -> Bench {
    let bench = Bench::at("17", Some("2019-05-02T09:00:00+02:00"));
    bench.ok(&["import", "fixtures/golden/varmland-2019-03.jsonl"]);
    bench.lock("2019-03");
    bench
}

/// Each line's last result, with the lines themselves.
fn results(trace: &Value) -> Vec<(String, String)> {
    let payers = trace["payers"].as_array().unwrap();
    let lines = payers.iter().flat_map(|it| it["lines"].as_array().unwrap());
    lines
        .map(|line| {
            let steps = line["steps"].as_array().unwrap();
            let last = steps.last().unwrap();
            assert_ne!(last["code"], "computed_otherwise", "{line:#}");
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&line["amount"]), text(&last["result"]))
        })
        .collect()
}

/// A locked month is explained by what held when it was locked, and what came
/// later by what it changed.
#[test]
fn a_locked_month_keeps_its_reasons() {
    let bench = march_locked();
    let explain = |month: &str| bench.json(&["figures", "--month", month, "--explain"]);
    let before = explain("2019-03");
    assert_eq!(before["status"], "locked");
    let told = results(&before);
    assert!(!told.is_empty());
    for (amount, result) in &told {
        assert_eq!(amount, result);
    }
    bench.ok(&["rates", "set", "2019", "9000", "--source", "nytt beslut"]);
    let void = r#"{"id":"late-void","episode":"VARM-1","at":"2019-04-20T09:00:00+02:00","kind":"void","event":"EVENT","reason":"fel patient"}"#;
    let notice = golden_lines("varmland-2019-03.jsonl")
        .into_iter()
        .find(|line| line["episode"] == "VARM-1" && line["kind"] == "ready_notice")
        .unwrap();
    let void = void.replace("EVENT", notice["id"].as_str().unwrap());
    let file = bench.file("late.jsonl", void + "\n");
    bench.ok(&["import", &file]);
    assert_eq!(
        explain("2019-03"),
        before,
        "what was locked is told as it was"
    );
    let april = explain("2019-04");
    let credits: Vec<_> = april["payers"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["credits"].as_array().unwrap())
        .collect();
    assert_eq!(credits.len(), 1, "{april:#}");
    let steps = credits[0]["steps"].as_array().unwrap();
    let last = steps.last().unwrap();
    let credit = credits[0]["amount"].as_str().unwrap();
    assert_eq!(last["result"], format!("-{credit}"));
    let later: Vec<_> = steps
        .iter()
        .flat_map(|step| step["inputs"].as_array().unwrap())
        .filter(|input| input["name"] == "recorded_later")
        .map(|input| input["event"].as_str().unwrap())
        .collect();
    assert_eq!(later, ["late-void"]);
}

/// Without codes, and with money as Swedes write it.
#[test]
fn a_locked_month_is_explained_to_people() {
    let bench = march_locked();
    let words = ["figures", "--month", "2019-03", "--explain"];
    let said = bench.ok(&[&["--lang", "sv"], &words[..]].concat());
    assert!(said.contains("7\u{a0}800\u{a0}kr"), "{said}");
    assert!(said.contains("Karlstad (1780)"), "{said}");
}

#[test]
fn a_locked_month_is_explained_to_one_payer() {
    let words = ["figures", "--month", "2019-03", "--explain"];
    let one = march_locked().json(&[&words[..], &["--payer", "1780"]].concat());
    let payers = one["payers"].as_array().unwrap();
    assert!(!payers.is_empty());
    assert!(payers.iter().all(|it| it["payer"] == "1780"), "{one:#}");
}
