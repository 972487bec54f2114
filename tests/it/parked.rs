//! Month-ends with payers that are left out: what is locked can be exported,
//! who is not in it is named, and every krona is invoiced once.

use std::fs;

use serde_json::{Value, json};

use crate::support::{
    bin::Bench,
    later::{HOME_READY, stay, store},
    month::golden,
};

const MARCH: [&str; 2] = ["--month", "2019-03"];

fn march(bench: &Bench, words: &[&str]) -> String {
    bench.ok(&[words, &MARCH[..]].concat())
}

fn park(bench: &Bench, month: &str, payer: &str) {
    let words = ["close", "--month", month, "--park", payer];
    bench.ok(&[&words[..], &["--reason", "tvist"]].concat());
}

/// The worked example, with its three stays of March.
fn worked() -> Bench {
    let bench = store("17");
    let events = golden("varmland-2019-03.jsonl");
    bench.ok(&["import", events.to_str().unwrap()]);
    bench
}

/// Writes a file of a month; answers what was said and what is in the file.
fn export(bench: &Bench, month: &str, format: &str) -> (String, String) {
    let out = bench.path("out");
    let words = ["export", "--month", month, "--format", format];
    let said = bench.ok(&[&words[..], &["--out", out.to_str().unwrap()]].concat());
    let file = fs::read_to_string(said.lines().next().unwrap()).unwrap();
    (said, file)
}

fn payers(figures: &Value) -> Vec<&str> {
    let entries = figures["payers"].as_array().unwrap().iter();
    entries.map(|it| it["payer"].as_str().unwrap()).collect()
}

#[test]
fn what_is_locked_is_exported_and_names_who_is_not_in_it() {
    let bench = worked();
    park(&bench, "2019-03", "1780");
    let prepared = bench.json(&[&["close", "--prepare"], &MARCH[..]].concat());
    let hash = prepared["hash"].as_str().unwrap();
    let locked = march(&bench, &["close", "--approve", "--expect", hash]);
    assert!(
        locked.contains("Not locked: 1780 Karlstad (tvist)"),
        "{locked}"
    );
    let figures = march(&bench, &["figures"]);
    assert!(figures.contains("March 2019  partly locked"), "{figures}");
    let close = march(&bench, &["close"]);
    assert!(close.contains("Locked already: 1715 Kil"), "{close}");

    let (said, csv) = export(&bench, "2019-03", "csv");
    let missing = "Not included: 1780 Karlstad is not locked (tvist). Export again";
    assert!(said.contains(missing), "{said}");
    assert!(
        said.contains("fristdag-17-2019-03-partly-locked-1.csv"),
        "{said}"
    );
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("1715,Kil,") && csv.contains(",17-000001,") && !csv.contains("1780"));
    let (said, file) = export(&bench, "2019-03", "json");
    assert!(said.contains(missing), "{said}");
    let part: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(payers(&part), ["1715"]);
    assert_eq!(
        (&part["status"], &part["amount"]),
        (&json!("open"), &json!("15600.00"))
    );
    assert_eq!(part["payers"][0]["status"], "locked");
    assert_eq!(
        part["not_locked"],
        json!([{"payer": "1780", "name": "Karlstad", "reason": "tvist"}])
    );

    let before = bench.json(&["invoices"]);
    bench.lock("2019-03");
    let (said, csv) = export(&bench, "2019-03", "csv");
    assert!(said.contains("fristdag-17-2019-03.csv") && !said.contains("Not included"));
    assert_eq!(csv.lines().count(), 4, "{csv}");
    let (_, file) = export(&bench, "2019-03", "json");
    let whole: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(payers(&whole), ["1715", "1780"]);
    assert_eq!(
        (&whole["status"], &whole["amount"], &whole["not_locked"]),
        (&json!("locked"), &json!("39000.00"), &Value::Null)
    );
    let after = bench.json(&["invoices"]);
    assert_eq!(after.as_array().unwrap().len(), 2);
    assert_eq!(after[0], before[0], "what was invoiced stays");
    assert_eq!(after[1]["number"], "17-000002");
    bench.verified();
}

#[test]
fn nobody_is_locked_and_nothing_is_exported() {
    let bench = worked();
    let out = bench.path("out");
    let words = ["export", "--month", "2019-03", "--format", "csv", "--out"];
    let error = bench.fails(1, &[&words[..], &[out.to_str().unwrap()]].concat());
    assert!(error.contains("2019-03") && !out.exists(), "{error}");
}

#[test]
fn a_parked_payer_with_nothing_left_holds_up_no_later_month() {
    let bench = worked();
    park(&bench, "2019-03", "1715");
    bench.lock("2019-03");
    // Kil's only stay of March was another patient's.
    bench.import(&[
        json!({"id": "v", "episode": "VARM-3", "at": "2019-04-02T08:00:00",
        "kind": "void", "event": "VARM-3/9", "reason": "fel patient"}),
    ]);
    let march = bench.figures("2019-03");
    assert_eq!(
        (&march["status"], payers(&march)),
        (&json!("locked"), vec!["1780"])
    );
    let (said, _) = export(&bench, "2019-03", "json");
    assert!(said.contains("fristdag-17-2019-03.json"), "{said}");
    // Kil's other stay is charged in April: 30 days.
    let invoices = bench.lock("2019-04");
    assert_eq!(invoices[0]["payer"], "1715");
    assert_eq!(invoices[0]["amount"], "234000.00");
    bench.verified();
}

#[test]
fn one_of_two_parked_payers_is_locked_while_the_other_stays_out() {
    let bench = worked();
    bench.import(&stay("S", "1785", "somatic", "2019-03-04", "2019-03-08"));
    park(&bench, "2019-03", "1780");
    park(&bench, "2019-03", "1785");
    bench.lock("2019-03");
    // Parked anew, one stays out of the month's second lock.
    park(&bench, "2019-03", "1785");
    let close = march(&bench, &["close"]);
    assert!(close.contains("Parked: 1785 Säffle (tvist)"), "{close}");
    let invoices = bench.lock("2019-03");
    assert_eq!(invoices.as_array().unwrap().len(), 2);
    let (said, csv) = export(&bench, "2019-03", "csv");
    assert!(
        said.contains("partly-locked-2.csv") && said.contains("1785 Säffle"),
        "{said}"
    );
    assert!(!csv.contains("1785"), "{csv}");
    let invoices = bench.lock("2019-03");
    assert_eq!(invoices[2]["amount"], "7800.00");
    assert_eq!(bench.figures("2019-03")["status"], "locked");
    bench.verified();
}

#[test]
fn the_last_parked_payer_can_be_locked_though_it_was_parked_anew() {
    let bench = worked();
    park(&bench, "2019-03", "1780");
    bench.lock("2019-03");
    park(&bench, "2019-03", "1780");
    let invoices = bench.lock("2019-03");
    assert_eq!(invoices[1]["amount"], "23400.00");
    assert_eq!(bench.figures("2019-03")["status"], "locked");
    bench.verified();
}

/// Säffle has nothing in March when it is parked, nor when April is locked.
#[test]
fn a_payer_that_a_later_month_locked_is_parked_no_longer() {
    let bench = worked();
    bench.import(&stay("S", "1785", "somatic", "2019-04-04", "2019-04-09"));
    park(&bench, "2019-03", "1785");
    bench.lock("2019-03");
    bench.lock("2019-04");
    bench.import(&stay("L", "1785", "somatic", "2019-03-04", "2019-03-08"));
    assert_eq!(bench.figures("2019-03")["status"], "locked");
    let invoices = bench.lock("2019-05");
    let own = invoices.as_array().unwrap().iter();
    let own: Vec<_> = own.filter(|it| it["payer"] == "1785").collect();
    assert_eq!((own.len(), &own[0]["amount"]), (1, &json!("7800.00")));
    bench.verified();
}

#[test]
fn the_two_tracks_of_a_payer_are_told_apart() {
    let bench = store("23");
    for (id, form, home) in [
        ("S", "somatic", "2018-06-08"),
        ("P", "psychiatric", "2018-06-20"),
    ] {
        let mut events = stay(id, "2380", form, "2018-06-04", home);
        for item in HOME_READY {
            events.push(
                json!({"id": item, "episode": id, "at": "2018-06-01T09:00:00",
                "kind": "checklist", "item": item, "done": true}),
            );
        }
        bench.import(&events);
    }
    let told = |figures: &Value| {
        let entries = figures["payers"].as_array().unwrap().iter();
        let told =
            entries.map(|it| format!("{} {} {}", it["rule"], it["care_forms"], it["threshold"]));
        told.collect::<Vec<_>>()
    };
    let wanted = [
        r#""main" ["somatic"] "3.0""#,
        r#""psychiatric-2018" ["psychiatric"] "30.0""#,
    ];
    assert_eq!(told(&bench.figures("2018-06")), wanted);
    let text = bench.ok(&["figures", "--month", "2018-06"]);
    assert!(
        text.contains("average trigger, somatic") && text.contains("average trigger, psychiatric")
    );
    bench.lock("2018-06");
    assert_eq!(told(&bench.figures("2018-06")), wanted);
    let trace = bench.json(&["figures", "--month", "2018-06", "--explain"]);
    assert_eq!(trace["payers"][1]["rule"], "psychiatric-2018");
    assert_eq!(trace["payers"][1]["stays"][0]["episode"], "P");
    let text = bench.ok(&["figures", "--month", "2018-06", "--explain"]);
    assert!(text.contains("average trigger (psychiatric)"), "{text}");
    bench.verified();
}
