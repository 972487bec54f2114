//! What `explain` tells of a stay's locked months: what was locked, what is
//! counted now, and where the difference went.

use serde_json::{Value, json};

use crate::support::{
    bin::Bench,
    later::{stay, store},
};

fn void(id: &str, target: &str) -> Value {
    json!({"id": id, "episode": "A", "at": "2019-04-02T08:00:00", "kind": "void",
        "event": target, "reason": "fel"})
}

/// Karlstad's stay that cost five days of March, locked so; home a day later
/// or earlier than was told then.
fn corrected(home: &str) -> Bench {
    let bench = store("17");
    bench.import(&stay("A", "1780", "somatic", "2019-03-04", "2019-03-12"));
    bench.lock("2019-03");
    let home = format!("{home}T10:00:00");
    let again = json!({"id": "6b", "episode": "A", "at": home, "kind": "discharged"});
    bench.import(&[void("7", "6"), again]);
    bench
}

/// Each month's step as code, result and the inputs named.
fn told(bench: &Bench, names: &[&str]) -> Vec<String> {
    let explained = bench.json(&["explain", "A"]);
    let steps = explained["months"].as_array().unwrap().iter();
    let told = steps.map(|step| {
        let mut told = format!("{} {}", step["code"], step["result"]).replace('"', "");
        for input in step["inputs"].as_array().unwrap() {
            if names.contains(&input["name"].as_str().unwrap()) {
                told.push_str(&format!(" {}", input["value"].as_str().unwrap()));
            }
        }
        told
    });
    told.collect()
}

/// What is said, with plain spaces in its sums.
fn said(bench: &Bench, lang: &str) -> String {
    let said = bench.ok(&["--lang", lang, "explain", "A"]);
    said.replace('\u{a0}', " ")
}

#[test]
fn a_locked_month_is_told_as_locked() {
    let bench = store("17");
    bench.import(&stay("A", "1780", "somatic", "2019-03-04", "2019-03-12"));
    let open = told(&bench, &["days"]);
    assert_eq!(open, ["month_share individual 5"]);
    bench.lock("2019-03");
    assert_eq!(
        told(&bench, &["days", "amount", "invoice"]),
        ["month_locked individual 5 39000.00 17-000001"]
    );
    let sv = said(&bench, "sv");
    assert!(
        sv.contains("+ Mars 2019, låst: en rad på 5 dygn för Karlstad (1780) (2019-03-07 till 2019-03-11), 39 000 kr (betalarens faktura 17-000001)."),
        "{sv}"
    );
}

#[test]
fn a_higher_cost_goes_to_the_next_close_as_an_adjustment() {
    let bench = corrected("2019-03-14");
    let names = ["days", "amount", "month", "for_month", "invoice"];
    let locked = "month_locked individual 2019-03 5 39000.00 17-000001";
    let now = "month_now individual 2019-03 7 54600.00";
    assert_eq!(
        told(&bench, &names),
        [locked, now, "to_post 15600.00 2019-03 2019-04"]
    );
    let en = said(&bench, "en");
    assert!(
        en.contains("> ") && en.contains("March 2019, with what is known now: a line of 7 days")
    );
    assert!(
        en.contains("To be posted in the next close of Karlstad (1780), April 2019, for all of March 2019: an adjustment of SEK 15,600."),
        "{en}"
    );
    bench.lock("2019-04");
    assert_eq!(
        told(&bench, &names),
        [locked, now, "posted 15600.00 2019-03 2019-04 17-000002"]
    );
    // As it was known before the correction, there is no difference.
    let log = bench.json(&["log"]);
    let mut lines = log["lines"].as_array().unwrap().iter().rev();
    let lock = lines.find(|line| line["what"] == "month_locked").unwrap();
    let then = bench.json(&["explain", "A", "--as-of", &lock["seq"].to_string()]);
    let then = then["months"].as_array().unwrap();
    assert_eq!((then.len(), &then[0]["code"]), (1, &json!("month_locked")));
    bench.verified();
}

#[test]
fn a_lower_cost_is_credited_on_the_invoice_that_bears_it() {
    let bench = corrected("2019-03-09");
    let names = ["month", "invoice", "credits"];
    assert_eq!(
        told(&bench, &names)[2],
        "to_post -23400.00 2019-04 17-000001"
    );
    let sv = said(&bench, "sv");
    assert!(
        sv.contains("Ska bokföras i nästa avslut för Karlstad (1780), april 2019, för hela mars 2019: kreditfaktura på 23 400 kr, som krediterar faktura 17-000001."),
        "{sv}"
    );
    bench.lock("2019-04");
    assert_eq!(
        told(&bench, &names)[2],
        "posted -23400.00 2019-04 17-K000001 17-000001"
    );
}

#[test]
fn what_moved_to_another_payer_is_told_for_both() {
    let bench = corrected("2019-03-12");
    assert_eq!(told(&bench, &[]), ["month_locked individual"]);
    bench.import(&[
        json!({"id": "m", "episode": "A", "at": "2019-03-02T08:00:00",
        "kind": "details_changed", "municipality": "1715"}),
    ]);
    assert_eq!(
        told(&bench, &["payer"]),
        [
            "month_locked nothing 1715",
            "month_now individual 1715",
            "to_post 39000.00 1715",
            "month_locked individual 1780",
            "month_now nothing 1780",
            "to_post -39000.00 1780",
        ]
    );
}

#[test]
fn a_difference_without_kronor_says_so() {
    // The call to SIP is voided, and another one was made as early.
    let bench = store("06");
    bench.import(&stay("A", "0680", "somatic", "2018-05-04", "2018-05-05"));
    let expected = |id: &str| {
        json!({"id": id, "episode": "A", "at": "2018-05-01T09:00:00",
            "kind": "expected_discharge", "date": "2018-05-04"})
    };
    bench.import(&[expected("e")]);
    bench.lock("2018-05");
    let again =
        json!({"id": "6b", "episode": "A", "at": "2018-05-06T10:00:00", "kind": "discharged"});
    bench.import(&[void("7", "6"), again]);
    assert_eq!(
        told(&bench, &["days"]),
        [
            "month_locked in_average 1",
            "month_now in_average 2",
            "to_post none"
        ]
    );
    let sv = said(&bench, "sv");
    assert!(
        sv.contains("Det ändrar inte vad Jönköping (0680) ska betala för maj 2018."),
        "{sv}"
    );
}

/// The month's first lock names Karlstad alone, its second one Säffle; Kil's
/// stay became known between the two.
#[test]
fn a_payer_that_no_lock_names_has_nothing_locked() {
    let bench = store("17");
    bench.import(&stay("A", "1780", "somatic", "2019-03-04", "2019-03-12"));
    bench.import(&stay("S", "1785", "somatic", "2019-03-04", "2019-03-08"));
    let words = ["close", "--month", "2019-03", "--park", "1785"];
    bench.ok(&[&words[..], &["--reason", "tvist"]].concat());
    bench.lock("2019-03");
    bench.import(&stay("X", "1715", "somatic", "2019-03-04", "2019-03-10"));
    bench.lock("2019-03");
    let steps = bench.json(&["explain", "X"])["months"].clone();
    let steps = steps.as_array().unwrap().iter();
    let told: Vec<_> = steps
        .map(|step| format!("{} {}", step["code"], step["result"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "month_locked nothing",
            "month_now individual",
            "to_post 23400.00"
        ]
    );
    bench.lock("2019-04");
    bench.verified();
}
