//! Halland's settlement at the year's end, through the store.

use std::fs;

use serde_json::{Value, json};

use crate::support::{
    bin::Bench,
    later::{self, stay},
};

fn halland_locked_to_october() -> Bench {
    let bench = later::store("13");
    for month in 1..=10 {
        bench.lock(&format!("2018-{month:02}"));
    }
    bench
}

fn settle(bench: &Bench, payer: &str, cost: &str, month: &str) -> Vec<Value> {
    let words = ["settlements", "set", "2018", payer, cost];
    let more = ["--month", month, "--source", "Bokslut 2018", "--json"];
    let all: Vec<&str> = words.iter().chain(&more).copied().collect();
    let list: Value = serde_json::from_str(&bench.ok(&all)).unwrap();
    list.as_array().unwrap().clone()
}

#[test]
fn a_settlement_becomes_a_line_or_credit_notes_and_nothing_is_lost() {
    let bench = halland_locked_to_october();
    let entered = settle(&bench, "1380", "150000", "2018-12");
    assert_eq!(
        (&entered[0]["paid"], &entered[0]["difference"]),
        (&json!("130250.00"), &json!("19750.00"))
    );
    settle(&bench, "1384", "900000.50", "2018-12");
    settle(&bench, "1383", "357140", "2018-12");
    let figures = bench.figures("2018-12");
    let line = &figures["payers"][0]["lines"][0];
    assert_eq!(
        (&line["kind"], &line["amount"]),
        (&json!("settlement"), &json!("19750.00"))
    );
    assert_eq!(figures["payers"][1]["lines"], json!([]), "even: {figures}");
    let notes = bench.lock("2018-12");
    let told: Vec<String> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["payer"], it["credits"], it["amount"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "1380 null 19750.00",
            "1384 13-000040 101071.50",
            "1384 13-000045 125134.00",
            "1384 13-000050 125134.00",
        ]
    );
    explained(&bench.json(&["figures", "--month", "2018-12", "--explain"]));
    let out = bench.path("out");
    let out = out.to_str().unwrap();
    bench.ok(&[
        "export", "--month", "2018-12", "--format", "csv", "--out", out,
    ]);
    let csv = fs::read_to_string(bench.path("out/fristdag-13-2018-12.csv")).unwrap();
    assert!(
        csv.contains("credit_note,,2018-08,1,-101071.50,-101071.50,13-K000001,13-000040"),
        "{csv}"
    );
    bench.verified();
}

/// The steps behind each amount end in it, and say that a settlement makes it.
fn explained(trace: &Value) {
    let list = |value: &Value| value.as_array().unwrap().clone();
    let mut settled = Vec::new();
    for entry in list(&trace["payers"]) {
        for credit in list(&entry["credits"]) {
            let steps = list(&credit["steps"]);
            let minus = format!("-{}", credit["amount"].as_str().unwrap());
            assert_eq!(steps.last().unwrap()["result"], minus, "{credit:#}");
            assert_eq!(
                (&steps[0]["code"], &steps[0]["result"]),
                (&json!("settlement"), &json!("-351339.50"))
            );
            let inputs = list(&steps[0]["inputs"]);
            let source = inputs.iter().find(|it| it["name"] == "source").unwrap();
            assert_eq!(source["value"], "Bokslut 2018");
            settled.push(credit["for_month"].clone());
        }
        for line in list(&entry["lines"]) {
            assert_eq!(
                list(&line["steps"]).last().unwrap()["result"],
                line["amount"]
            );
            assert_eq!(line["would_change"][0]["reason"], "settlement");
        }
    }
    assert_eq!(settled, ["2018-08", "2018-09", "2018-10"]);
}

#[test]
fn what_was_paid_back_is_not_billed_again_when_something_comes_late() {
    let bench = halland_locked_to_october();
    settle(&bench, "1384", "900000.50", "2018-12");
    bench.lock("2018-12");
    // A late stay has the locked months reckoned again.
    bench.import(&stay("L1", "1384", "somatic", "2018-09-03", "2018-10-20"));
    assert_eq!(bench.figures("2019-01")["payers"], json!([]));
    // The right cost came out a little higher.
    settle(&bench, "1384", "900100", "2019-01");
    let figures = bench.figures("2019-01");
    let line = &figures["payers"][0]["lines"][0];
    assert_eq!(
        (&line["kind"], &line["amount"]),
        (&json!("settlement"), &json!("99.50"))
    );
    bench.lock("2019-01");
    assert_eq!(bench.figures("2019-02")["payers"], json!([]));
    bench.verified();
}

/// Each settlement counts what the ones before it billed and credited, and on
/// which invoices.
#[test]
fn a_settlement_that_is_entered_again_settles_the_rest() {
    let bench = halland_locked_to_october();
    let settled = |cost: &str, month: &str| -> Vec<String> {
        settle(&bench, "1380", cost, month);
        let made = bench.lock(month);
        let told = made.as_array().unwrap().iter();
        told.map(|it| format!("{} {}", it["credits"], it["amount"]).replace('"', ""))
            .collect()
    };
    // 130 250 were billed from January to October, the last 13 025 of them
    // as 13-000046.
    assert_eq!(settled("150000", "2018-12"), ["null 19750.00"]);
    assert_eq!(settled("150100", "2019-01"), ["null 100.00"]);
    assert_eq!(
        settled("134100", "2019-02"),
        ["13-000051 15900.00", "13-000052 100.00"]
    );
    // What is left of December's settlement, then of October's share.
    assert_eq!(
        settled("129100", "2019-03"),
        ["13-000046 1150.00", "13-000051 3850.00"]
    );
    bench.verified();
}

#[test]
fn a_settlement_waits_for_the_months_that_it_settles() {
    let bench = later::store("13");
    bench.lock("2018-01");
    settle(&bench, "1380", "150000", "2018-12");
    let check = bench.run(&["close", "--month", "2018-12", "--check", "--json"]);
    assert_eq!(check.code, 1);
    let check: Value = serde_json::from_str(&check.out).unwrap();
    let codes: Vec<&str> = check["blockers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    let open = codes
        .iter()
        .filter(|code| **code == "settlement_open_month");
    assert_eq!((open.count(), codes[0]), (9, "earlier_month_open"));
    let set = |year, payer, cost, month| {
        let words = [
            "settlements",
            "set",
            year,
            payer,
            cost,
            "--month",
            month,
            "--source",
            "B",
        ];
        bench.fails(2, &words)
    };
    assert!(set("2018", "1380", "1", "2018-10").contains("2018-10"));
    assert!(set("2019", "1380", "1", "2020-01").contains("no fixed shares"));
    assert!(set("2018", "1780", "1", "2018-12").contains("no fixed shares"));
    assert!(set("2018", "1380", "-1", "2018-12").contains("below zero"));
}
