//! Suspensions, and dates that finance sets, as users decide them.

use serde_json::json;

use crate::support::{
    bin::{Bench, Said},
    later::{stay, stockholm},
};

fn suspend(bench: &Bench, more: &[&str]) -> Said {
    let words = [
        "agreements",
        "suspend",
        "stockholm-2020",
        "--reason",
        "osäkra data",
    ];
    let all: Vec<&str> = words
        .iter()
        .chain(["--source", "RS 17"].iter())
        .chain(more)
        .copied()
        .collect();
    bench.run(&all)
}

#[test]
fn a_suspended_agreement_charges_nothing_and_says_so() {
    let bench = stockholm();
    bench.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-03-02",
        "2021-03-20",
    ));
    bench.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert_eq!(
        suspend(&bench, &["--from", "2021-03-03", "--until", "2021-04-02"]).code,
        0
    );
    // The start decides: the first began the day before, the second on the last day.
    assert_eq!(bench.figures("2021-03")["amount"], "117000.00");
    let april = bench.figures("2021-04");
    let entry = &april["payers"][0];
    assert_eq!(
        entry["agreement"], "stockholm-2020",
        "no other rule takes its place"
    );
    assert_eq!(
        (&entry["amount"], &entry["excluded"]),
        (
            &json!("0.00"),
            &json!([{"episode": "P2", "reason": "suspended"}])
        )
    );
    let board = bench.json(&["--now", "2021-04-10T10:00", "board"]);
    assert_eq!(board[0]["state"], "grace");
    assert_eq!(
        board[0]["flags"][0],
        json!({"flag": "agreement_suspended", "class": "blocks_by_agreement"})
    );
    let words = bench.ok(&["--lang", "sv", "--now", "2021-04-10T10:00", "board"]);
    assert!(words.contains("vilande"), "{words}");
    let explained = bench.json(&["--now", "2021-04-10T10:00", "explain", "P2"]);
    let steps = explained["spans"][0]["steps"].as_array().unwrap();
    let step = steps
        .iter()
        .find(|step| step["code"] == "suspended")
        .unwrap();
    let source = step["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "source");
    assert_eq!(source.unwrap()["value"], "RS 17");
    assert!(
        bench
            .ok(&["agreements"])
            .contains("suspended, nothing is charged: 2021-03-03 to 2021-04-02")
    );
    let again = suspend(&bench, &["--from", "2021-04-02"]);
    assert_eq!(again.code, 2, "overlapping");
}

#[test]
fn a_locked_month_keeps_the_suspension_that_was_known_then() {
    let bench = stockholm();
    bench.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert_eq!(suspend(&bench, &["--from", "2021-04-01"]).code, 0);
    bench.lock("2021-04");
    // Taken back whole: what was locked stays, and is adjusted under its own.
    let resume = [
        "agreements",
        "resume",
        "stockholm-2020",
        "--from",
        "2021-04-01",
        "--source",
        "RS 30",
    ];
    bench.ok(&resume);
    bench.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert_eq!(bench.figures("2021-04")["amount"], "0.00");
    assert_eq!(
        bench.figures("2021-05")["payers"],
        json!([]),
        "no adjustment"
    );
    bench.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-05-02",
        "2021-05-10",
    ));
    assert_eq!(bench.figures("2021-05")["amount"], "27000.00");
    bench.lock("2021-05");
    assert_eq!(suspend(&bench, &["--from", "2021-05-01"]).code, 0);
    assert_eq!(bench.figures("2021-05")["amount"], "27000.00");
    assert_eq!(bench.figures("2021-06")["payers"], json!([]), "no credit");
    bench.verified();
}

#[test]
fn the_date_of_the_it_support_moves_psychiatry_into_the_average() {
    let bench = stockholm();
    bench.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-20",
    ));
    bench.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-12-02",
        "2021-12-20",
    ));
    let model = |month: &str| bench.figures(month)["payers"][0]["model"].clone();
    assert_eq!(model("2021-11"), "average_excess");
    let set = |name: &str, date: &str| {
        bench.run(&[
            "agreements",
            "set",
            "stockholm-2020",
            name,
            date,
            "--source",
            "Driftsatt",
        ])
    };
    assert_eq!(set("psychiatric_it_support", "2021-12-01").code, 0);
    assert_eq!(
        (model("2021-11"), model("2021-12")),
        (json!("individual"), json!("average_excess"))
    );
    bench.lock("2021-11");
    // Set again after the lock: the lock's own date adjusts it.
    assert_eq!(set("psychiatric_it_support", "2021-11-01").code, 0);
    bench.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-10",
    ));
    let december = bench.figures("2021-12");
    let entries = december["payers"].as_array().unwrap();
    let adjusted = entries
        .iter()
        .find(|entry| entry["model"] == "individual")
        .unwrap();
    assert_eq!(
        adjusted["lines"][0]["amount"], "27000.00",
        "three days, five free"
    );
    assert_eq!(set("it_support", "2021-12-01").code, 2);
    let early = set("psychiatric_it_support", "2020-01-01");
    assert!(early.err.contains("stockholm-2020.toml:"), "{early:?}");
    assert!(early.err.contains("date cannot be set"), "{early:?}");
    let shown = bench.json(&["agreements", "show", "stockholm-2020"]);
    assert_eq!(shown["view"]["dates"][0]["date"], "2021-11-01");
    assert_eq!(shown["view"]["dates"][0]["source"], "Driftsatt");
    bench.verified();
}
