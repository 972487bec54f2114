//! The forecast through the desk and the binary.

use serde_json::Value;

use crate::{
    desk::at,
    support::bin::{Bench, on, run},
};

const NOW: &str = "2026-06-15T09:30:00+02:00";

/// A store of a region with the demo's patients in it.
fn demo_store(region: &str) -> Bench {
    let bench = Bench::of(region);
    bench.ok(&["rates", "set", "2026", "11000", "--source", "test"]);
    let events = fristdag::exchange::demo::events(region.parse().unwrap(), at(NOW));
    let lines: String = events
        .iter()
        .map(|event| fristdag::model::event::to_json(event) + "\n")
        .collect();
    let file = bench.file("demo.jsonl", lines);
    bench.ok(&["import", &file]);
    bench
}

fn amount(value: &Value) -> rust_decimal::Decimal {
    value.as_str().unwrap().parse().unwrap()
}

/// What the board and the figures say as well, they say alike.
#[test]
fn every_region_s_demo_is_foreseen() {
    for region in ["01", "06", "13", "17", "23"] {
        let bench = demo_store(region);
        let seen = bench.json(&["--now", NOW, "forecast"]);
        assert_eq!(seen["month"], "2026-06", "{region}");
        assert_eq!(seen["standing"], "running");
        let figures = bench.json(&["--now", NOW, "figures", "--month", "2026-06"]);
        assert_eq!(seen["amounts"]["so_far"], figures["amount"], "{region}");
        let board = bench.json(&["--now", NOW, "board"]);
        let board: Vec<&Value> = board.as_array().unwrap().iter().collect();
        let payers = seen["payers"].as_array().unwrap();
        let stays: Vec<&Value> = payers
            .iter()
            .flat_map(|payer| payer["stays"].as_array().unwrap())
            .collect();
        assert!(!stays.is_empty());
        for stay in &stays {
            let row = board
                .iter()
                .find(|row| row["episode"] == stay["episode"])
                .unwrap();
            for field in [
                "accrued",
                "tomorrow",
                "start_if_met_now",
                "lost_per_day",
                "state",
            ] {
                assert_eq!(stay[field], row[field], "{region} {field}");
            }
        }
        // One payer asked for alone is as it is among all.
        for payer in payers {
            let code = payer["payer"].as_str().unwrap();
            let alone = bench.json(&["--now", NOW, "forecast", "--payer", code]);
            assert_eq!(
                alone["payers"],
                Value::from(vec![payer.clone()]),
                "{region}"
            );
        }
        for (lang, word) in [("sv", "Enligt plan"), ("en", "As planned")] {
            let text = bench.ok(&["--now", NOW, "--lang", lang, "forecast"]);
            assert!(text.contains(word), "{text}");
        }
    }
}

/// Leaving today, those whom the set names keep their payer down: recorded,
/// with all others gone as planned, the month's figures say so.
#[test]
fn a_smallest_set_comes_true() {
    let mut proved = 0;
    for (region, threshold) in [("06", "2.0"), ("01", "1.3")] {
        let bench = demo_store(region);
        let seen = bench.json(&["--now", NOW, "forecast"]);
        let mut lines = String::new();
        for payer in seen["payers"].as_array().unwrap() {
            for entry in payer["entries"].as_array().unwrap() {
                let keep = &entry["keep"];
                if keep["possible"] != true {
                    continue;
                }
                proved += 1;
                let named = keep["stays"].as_array().unwrap();
                for stay in payer["stays"].as_array().unwrap() {
                    let planned = stay["expected_discharge"].as_str();
                    let date = match planned {
                        _ if named.contains(&stay["episode"]) => "2026-06-15",
                        Some(date) if date < "2026-06-15" => "2026-06-15",
                        Some(date) if date < "2026-07-01" => date,
                        _ => continue,
                    };
                    let episode = stay["episode"].as_str().unwrap();
                    lines += &format!(
                        "{{\"id\":\"kept\",\"episode\":\"{episode}\",\"at\":\"{date}T09:30:00+02:00\",\"kind\":\"discharged\"}}\n"
                    );
                }
            }
        }
        if !lines.is_empty() {
            let file = bench.file("kept.jsonl", lines);
            bench.ok(&["import", &file]);
        }
        let after = bench.json(&[
            "--now",
            "2026-07-01T08:00:00+02:00",
            "figures",
            "--month",
            "2026-06",
        ]);
        for payer in seen["payers"].as_array().unwrap() {
            for entry in payer["entries"].as_array().unwrap() {
                let keep = &entry["keep"];
                if keep["possible"] == true {
                    let same = |it: &&Value| {
                        it["payer"] == payer["payer"] && it["model"] == entry["model"]
                    };
                    let it = after["payers"].as_array().unwrap().iter().find(same);
                    let average = it.map_or(&Value::Null, |it| &it["average"]);
                    assert_eq!(average, &keep["average"], "{region} {}", payer["payer"]);
                    if !average.is_null() {
                        let limit: rust_decimal::Decimal = threshold.parse().unwrap();
                        assert!(amount(average) <= limit);
                    }
                }
            }
        }
    }
    assert!(proved > 2, "only {proved} sets were proved");
}

#[test]
fn a_scenario_comes_true() {
    let bench = demo_store("17");
    let seen = bench.json(&["--now", NOW, "forecast"]);
    let mut lines = String::new();
    for payer in seen["payers"].as_array().unwrap() {
        for stay in payer["stays"].as_array().unwrap() {
            let episode = stay["episode"].as_str().unwrap();
            lines += &format!(
                "{{\"id\":\"left\",\"episode\":\"{episode}\",\"at\":\"2026-06-16T09:30:00+02:00\",\"kind\":\"discharged\"}}\n"
            );
        }
    }
    let file = bench.file("left.jsonl", lines);
    bench.ok(&["import", &file]);
    let after = bench.json(&[
        "--now",
        "2026-07-01T08:00:00+02:00",
        "figures",
        "--month",
        "2026-06",
    ]);
    assert_eq!(seen["amounts"]["tomorrow"], after["amount"]);
    assert!(amount(&seen["amounts"]["tomorrow"]) > amount(&seen["amounts"]["today"]));
}

#[test]
fn months_that_are_over_say_so() {
    let bench = Bench::with_march();
    let now = ["--now", "2019-04-10T09:00:00+02:00"];
    let seen = bench.json(&[&now[..], &["forecast", "--month", "2019-03"]].concat());
    assert_eq!(
        (&seen["standing"], &seen["noon"]),
        (&"ended".into(), &Value::Null)
    );
    assert_eq!(seen["amounts"]["today"], Value::Null);
    let figures = bench.json(&[&now[..], &["figures", "--month", "2019-03"]].concat());
    assert_eq!(seen["amounts"]["so_far"], figures["amount"]);
    let text = bench.ok(&[&now[..], &["forecast", "--month", "2019-03"]].concat());
    assert!(text.contains("The month has ended"), "{text}");
    // Locked: what was locked; and as at a moment within it too.
    bench.lock("2019-03");
    let text = bench.ok(&["forecast", "--month", "2019-03"]);
    assert!(text.contains("The month is locked"), "{text}");
    let within = bench.json(&["--now", "2019-03-06T23:00:00+01:00", "forecast"]);
    assert_eq!(within["payers"][0]["status"], "locked");
    assert_eq!(within["amounts"]["planned"], figures["amount"]);
    // A month that has not begun is refused.
    let err = bench.fails(2, &[&now[..], &["forecast", "--month", "2019-05"]].concat());
    assert!(err.contains("has not begun"), "{err}");
    let said = run(on(&bench.store, &["forecast", "--payer", "9999"]));
    assert_eq!(said.code, 2, "{said:?}");
}
