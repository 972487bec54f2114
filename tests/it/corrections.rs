//! What comes after a lock, over several closes: each minus names the invoice
//! that bears it.

use serde_json::{Value, json};

use crate::support::{
    bin::Bench,
    later::{self, stay},
};

fn event(id: &str, at: &str, kind: &str, more: &Value) -> Value {
    let mut event = json!({"id": id, "episode": "A", "at": at, "kind": kind});
    let fields = more.as_object().unwrap().clone();
    event.as_object_mut().unwrap().extend(fields);
    event
}

fn void(id: &str, at: &str, target: &str) -> Value {
    event(id, at, "void", &json!({"event": target, "reason": "fel"}))
}

/// Karlstad, March 2019: five days, 39 000, discharged on the twelfth.
fn march_locked(home: &str) -> Bench {
    let bench = later::store("17");
    bench.import(&stay("A", "1780", "somatic", "2019-03-04", home));
    bench.lock("2019-03");
    bench
}

/// Invoices and credit notes as `number payer credits amount`.
fn told(invoices: &Value) -> Vec<String> {
    let told = invoices.as_array().unwrap().iter().map(|it| {
        let text = |field: &str| it[field].as_str().unwrap_or("-").to_owned();
        let (number, payer, amount) = (text("number"), text("payer"), text("amount"));
        format!("{number} {payer} {} {amount}", text("credits"))
    });
    told.collect()
}

#[test]
fn a_correction_taken_back_credits_the_invoice_that_posted_it() {
    let bench = march_locked("2019-03-12");
    let moved = json!({"municipality": "1715"});
    bench.import(&[event(
        "moved",
        "2019-04-02T10:00:00",
        "details_changed",
        &moved,
    )]);
    assert_eq!(
        told(&bench.lock("2019-04")),
        [
            "17-000002 1715 - 39000.00",
            "17-K000001 1780 17-000001 39000.00"
        ]
    );
    // Kil had no invoice for March: April's bears it.
    bench.import(&[void("back", "2019-05-02T10:00:00", "moved")]);
    assert_eq!(
        told(&bench.lock("2019-05")),
        [
            "17-K000002 1715 17-000002 39000.00",
            "17-000003 1780 - 39000.00"
        ]
    );
    // And once more: what was credited bears nothing, what was billed again does.
    bench.import(&[event(
        "again",
        "2019-06-02T10:00:00",
        "details_changed",
        &moved,
    )]);
    assert_eq!(
        told(&bench.lock("2019-06")),
        [
            "17-000004 1715 - 39000.00",
            "17-K000003 1780 17-000003 39000.00"
        ]
    );
    bench.verified();
}

#[test]
fn a_minus_that_no_invoice_bears_alone_is_credited_on_several() {
    // Two days billed in March, three more in April.
    let bench = march_locked("2019-03-09");
    let home = event("home", "2019-03-12T10:00:00", "discharged", &json!({}));
    bench.import(&[void("wrong", "2019-04-02T10:00:00", "6"), home]);
    assert_eq!(told(&bench.lock("2019-04")), ["17-000002 1780 - 23400.00"]);
    let needs = json!({"municipal_needs": false});
    let at = "2019-05-02T10:00:00";
    bench.import(&[event("none", at, "details_changed", &needs)]);
    let traced = bench.json(&["figures", "--month", "2019-05", "--explain"]);
    let credits = traced["payers"][0]["credits"].as_array().unwrap();
    let ends: Vec<_> = credits
        .iter()
        .map(|it| it["steps"].as_array().unwrap().last().unwrap())
        .map(|step| format!("{} {}", step["code"], step["result"]).replace('"', ""))
        .collect();
    assert_eq!(ends, ["credit_part -15600.00", "credit_part -23400.00"]);
    let said = bench.ok(&["figures", "--month", "2019-05", "--explain"]);
    let said = said.replace('\u{a0}', " ");
    assert!(said.contains("(invoice 17-000001 and 17-000002)"), "{said}");
    assert_eq!(
        told(&bench.lock("2019-05")),
        [
            "17-K000001 1780 17-000001 15600.00",
            "17-K000002 1780 17-000002 23400.00"
        ]
    );
    bench.verified();
}
