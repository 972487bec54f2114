//! Stores long after the months that are asked about, and stays for them.

use serde_json::{Value, json};

use super::bin::Bench;

/// The points of the checklist of a patient who is home-ready.
pub const HOME_READY: [&str; 5] = [
    "self_care",
    "written_information",
    "information_transfer",
    "aids",
    "medication",
];

/// An empty store of a region.
pub fn store(region: &str) -> Bench {
    Bench::at(region, Some("2022-03-01T10:00:00+01:00"))
}

/// A stay with every precondition met, ready on one date and home on another.
pub fn stay(id: &str, payer: &str, form: &str, ready: &str, home: &str) -> Vec<Value> {
    let event = |n: u8, at: &str, kind: &str| json!({"id": n.to_string(), "episode": id, "at": at, "kind": kind});
    let admitted = format!("{}-01T08:00:00", &ready[..7]);
    let mut first = event(1, &admitted, "admitted");
    let more = json!({"patient": {"pnr": "19300202-7047", "name": "Test"}, "hospital": "H", "ward": "W",
        "care_form": form, "municipality": payer});
    first
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let mut contact = event(3, &admitted, "care_contact_assigned");
    contact["name"] = "K".into();
    contact["unit"] = "V".into();
    vec![
        first,
        event(2, &admitted, "admission_notice"),
        contact,
        event(4, &admitted, "sip_called"),
        event(5, &format!("{ready}T10:00:00"), "ready_notice"),
        event(6, &format!("{home}T10:00:00"), "discharged"),
    ]
}

/// Stockholm's, with a rate and a confirmation.
pub fn stockholm() -> Bench {
    let bench = store("01");
    bench.ok(&["rates", "set", "2021", "9000", "--source", "beslut"]);
    let confirm = ["agreements", "confirm", "stockholm-2020"];
    let until = ["--until", "2022-12-31", "--source", "beslut"];
    let words: Vec<&str> = confirm.iter().chain(&until).copied().collect();
    bench.ok(&words);
    bench
}
