//! Stockholm's threshold from November 2020: October's average over the
//! county, as October's lock froze it.

use std::fs;

use serde_json::Value;

use crate::support::{
    bin::Bench,
    later::{stay, stockholm},
};

/// The program's own file, in which a patient without liability counts with
/// no days.
fn unmet_count() -> String {
    let own = include_str!("../../src/rules/agreements/stockholm-2020.toml");
    let changed = own
        .replace(
            r#"unmet = [{ value = "leaves""#,
            r#"unmet = [{ value = "counted_as_zero""#,
        )
        .replace(
            r#"["counted_as_zero: the patient counts, without days"]"#,
            r#"["leaves"]"#,
        );
    assert_ne!(own, changed);
    changed
}

fn threshold(bench: &Bench) -> Value {
    bench.figures("2020-11")["payers"][0]["threshold"].clone()
}

/// Two left in October: one after four days, and one for whom no SIP was
/// called; one in November after six.
fn october() -> Bench {
    let bench = stockholm();
    bench.ok(&["rates", "set", "2020", "8200", "--source", "beslut"]);
    bench.import(&stay("O1", "0126", "somatic", "2020-10-05", "2020-10-09"));
    let mut unmet = stay("O2", "0114", "somatic", "2020-10-05", "2020-10-12");
    unmet.retain(|event| event["kind"] != "sip_called");
    bench.import(&unmet);
    bench.import(&stay("N1", "0126", "somatic", "2020-11-05", "2020-11-11"));
    bench
}

#[test]
fn the_lock_freezes_it_whatever_is_adopted_or_suspended_later() {
    let bench = october();
    assert_eq!(threshold(&bench), "4.0");
    bench.lock("2020-10");
    let file = bench.path("stockholm.toml");
    fs::write(&file, unmet_count()).unwrap();
    bench.ok(&["agreements", "adopt", file.to_str().unwrap()]);
    assert_eq!(threshold(&bench), "4.0");
    let suspend = ["agreements", "suspend", "stockholm-2020"];
    let when = ["--from", "2020-10-01", "--until", "2020-10-31"];
    let why = ["--reason", "osäkra data", "--source", "RS 17"];
    bench.ok(&[&suspend[..], &when, &why].concat());
    assert_eq!(threshold(&bench), "4.0");
    let said = bench.ok(&["--lang", "sv", "figures", "--month", "2020-11"]);
    assert!(said.contains("6,0    4,0  16\u{a0}400\u{a0}kr"), "{said}");
    bench.lock("2020-11");
    bench.verified();
}

#[test]
fn until_the_lock_it_is_what_the_rules_in_force_give() {
    let bench = october();
    let file = bench.path("stockholm.toml");
    fs::write(&file, unmet_count()).unwrap();
    bench.ok(&["agreements", "adopt", file.to_str().unwrap()]);
    assert_eq!(threshold(&bench), "2.0", "four days for two patients");
}

/// A parked payer holds up only itself, also when it is locked at last.
#[test]
fn the_first_lock_freezes_it_for_payers_that_were_parked_too() {
    let bench = october();
    let park = ["close", "--month", "2020-10", "--park", "0114"];
    bench.ok(&[&park[..], &["--reason", "tvist om kallelsen"]].concat());
    bench.lock("2020-10");
    assert_eq!(threshold(&bench), "4.0");
    // The patient had a SIP after all, and stayed seven days.
    let call = serde_json::json!({"id": "late", "episode": "O2", "at": "2020-10-06T09:00:00",
        "kind": "sip_called"});
    bench.import(&[call]);
    bench.lock("2020-10");
    assert_eq!(threshold(&bench), "4.0");
    bench.lock("2020-11");
    bench.verified();
}
