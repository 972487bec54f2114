//! Suspensions, and dates that finance sets, as users decide them.

use std::process::Output;

use serde_json::json;

use crate::support::shop::{Shop, stay, stockholm};

fn suspend(shop: &Shop, more: &[&str]) -> Output {
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
    shop.run(&all)
}

#[test]
fn a_suspended_agreement_charges_nothing_and_says_so() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-03-02",
        "2021-03-20",
    ));
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert!(
        suspend(&shop, &["--from", "2021-03-03", "--until", "2021-04-02"])
            .status
            .success()
    );
    // The start decides: the first began the day before, the second on the last day.
    assert_eq!(shop.figures("2021-03")["amount"], "117000.00");
    let april = shop.figures("2021-04");
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
    let board = shop.json(&["--now", "2021-04-10T10:00", "board"]);
    assert_eq!(board[0]["state"], "grace");
    assert_eq!(
        board[0]["flags"][0],
        json!({"flag": "agreement_suspended", "class": "blocks_by_agreement"})
    );
    let words = shop.does(&["--lang", "sv", "--now", "2021-04-10T10:00", "board"]);
    assert!(words.contains("vilande"), "{words}");
    let explained = shop.json(&["--now", "2021-04-10T10:00", "explain", "P2"]);
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
        shop.does(&["agreements"])
            .contains("suspended, nothing is charged: 2021-03-03 to 2021-04-02")
    );
    let again = suspend(&shop, &["--from", "2021-04-02"]);
    assert_eq!(again.status.code(), Some(2), "overlapping");
}

#[test]
fn a_locked_month_keeps_the_suspension_that_was_known_then() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert!(suspend(&shop, &["--from", "2021-04-01"]).status.success());
    shop.lock("2021-04");
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
    shop.does(&resume);
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert_eq!(shop.figures("2021-04")["amount"], "0.00");
    assert_eq!(
        shop.figures("2021-05")["payers"],
        json!([]),
        "no adjustment"
    );
    shop.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-05-02",
        "2021-05-10",
    ));
    assert_eq!(shop.figures("2021-05")["amount"], "27000.00");
    shop.lock("2021-05");
    assert!(suspend(&shop, &["--from", "2021-05-01"]).status.success());
    assert_eq!(shop.figures("2021-05")["amount"], "27000.00");
    assert_eq!(shop.figures("2021-06")["payers"], json!([]), "no credit");
    shop.verified();
}

#[test]
fn the_date_of_the_it_support_moves_psychiatry_into_the_average() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-20",
    ));
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-12-02",
        "2021-12-20",
    ));
    let model = |month: &str| shop.figures(month)["payers"][0]["model"].clone();
    assert_eq!(model("2021-11"), "average_excess");
    let set = |name: &str, date: &str| {
        shop.run(&[
            "agreements",
            "set",
            "stockholm-2020",
            name,
            date,
            "--source",
            "Driftsatt",
        ])
    };
    assert!(set("psychiatric_it_support", "2021-12-01").status.success());
    assert_eq!(
        (model("2021-11"), model("2021-12")),
        (json!("individual"), json!("average_excess"))
    );
    shop.lock("2021-11");
    // Set again after the lock: the lock's own date adjusts it.
    assert!(set("psychiatric_it_support", "2021-11-01").status.success());
    shop.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-10",
    ));
    let december = shop.figures("2021-12");
    let entries = december["payers"].as_array().unwrap();
    let adjusted = entries
        .iter()
        .find(|entry| entry["model"] == "individual")
        .unwrap();
    assert_eq!(
        adjusted["lines"][0]["amount"], "27000.00",
        "three days, five free"
    );
    assert_eq!(set("it_support", "2021-12-01").status.code(), Some(2));
    let early = set("psychiatric_it_support", "2020-01-01");
    let said = String::from_utf8(early.stderr).unwrap();
    assert!(said.contains("stockholm-2020.toml:"), "{said}");
    assert!(said.contains("date cannot be set"), "{said}");
    let shown = shop.json(&["agreements", "show", "stockholm-2020"]);
    assert_eq!(shown["view"]["dates"][0]["date"], "2021-11-01");
    assert_eq!(shown["view"]["dates"][0]["source"], "Driftsatt");
    shop.verified();
}
