//! The stay that the console is shown.

use super::*;
use crate::model::stay::{Folded, Stay};

fn stay_events() -> Vec<Value> {
    let patient = json!({"key": "k1", "numbered": true});
    vec![
        json!({"id": "a", "episode": "VARM-1", "at": "2019-02-27T08:00:00+01:00", "kind": "admitted",
            "source": "cosmic", "patient": patient, "hospital": "CSK", "ward": "Avd 5",
            "care_form": "somatic", "municipality": "1780"}),
        json!({"id": "b", "episode": "VARM-1", "at": "2019-02-27T15:30:00+01:00",
            "kind": "admission_notice", "to": ["municipality", "open_care"]}),
        json!({"id": "c", "episode": "VARM-1", "at": "2019-03-01T10:00:00+01:00",
            "kind": "expected_discharge", "date": "2019-03-05"}),
        json!({"id": "d", "episode": "VARM-1", "at": "2019-03-04T10:00:00+01:00", "kind": "ready_notice"}),
        json!({"id": "e", "episode": "VARM-1", "at": "2019-03-04T11:00:00+01:00", "kind": "ready_notice"}),
        json!({"id": "f", "episode": "VARM-1", "at": "2019-03-04T11:05:00+01:00", "kind": "void",
            "event": "d", "reason": "fel klockslag"}),
    ]
}

fn folded(events: &[Value]) -> Stay {
    let events: Vec<_> = events
        .iter()
        .map(|event| event::parse_recorded(event.to_string().as_bytes()).unwrap())
        .collect();
    match Folded::from_events(&events, None) {
        Folded::Stay(stay) => *stay,
        other => panic!("{other:?}"),
    }
}

pub fn stay() -> StayView {
    stay_with(stay_events())
}

/// The same with a call from a source system as it was typed, and a ready
/// notice that both tell otherwise.
pub fn doubled() -> StayView {
    let mut events = stay_events();
    events.push(
        json!({"id": "g", "episode": "VARM-1", "at": "2019-03-04T12:30:00+01:00",
        "kind": "ready_notice", "source": "cosmic"}),
    );
    for (id, source, at) in [("h", None, "13:40"), ("i", Some("cosmic"), "13:45")] {
        let mut event = json!({"id": id, "episode": "VARM-1",
            "at": format!("2019-03-05T{at}:00+01:00"), "kind": "sip_called"});
        if let Some(source) = source {
            event["source"] = json!(source);
        }
        events.push(event);
    }
    stay_with(events)
}

fn stay_with(events: Vec<Value>) -> StayView {
    let shown: Vec<Value> = events
        .iter()
        .enumerate()
        .map(|(seq, event)| {
            let voided =
                (event["id"] == "d").then(|| json!({"event": "f", "reason": "fel klockslag"}));
            json!({"id": event["id"], "at": event["at"], "kind": event["kind"],
                "source": event.get("source"), "json": event, "seq": seq,
                "recorded_at": event["at"], "by": "anna", "voided": voided})
        })
        .collect();
    serde_json::from_value(json!({
        "episode": "VARM-1",
        "patient": {"name": "Anna Andersson", "pnr": "19121212-1212", "protected": false},
        "stay": folded(&events),
        "outlook": outlook("2019-03-07T00:00:00+01:00"),
        "events": shown,
        "checklist": [
            {"item": "aids", "sv": "Hjälpmedel på plats", "en": "Aids in place", "done": "2019-03-05T09:00:00+01:00"},
            {"item": "medication", "sv": "Läkemedel medskickade", "en": "Medication supplied", "done": null}],
        "costs": costs()
    }))
    .unwrap()
}

/// Nothing so far, and four days of the next seven.
pub fn costs() -> Value {
    let day = |date: u32| {
        let amount = if date < 7 { "0.00" } else { "9400.00" };
        json!({"date": format!("2019-03-{date:02}"), "amount": amount})
    };
    let ahead: Vec<_> = (6..13).map(day).collect();
    json!({"so_far": [], "ahead": ahead, "in_a_week": "56400.00"})
}

pub fn outlook(start: &str) -> Value {
    json!({
        "payer": "1780", "agreement": "varmland-2019", "state": "grace",
        "ready_since": "2019-03-04T11:00:00+01:00", "liability_start": start,
        "next_boundary": {"at": start, "what": "liability"},
        "flags": [{"flag": "acknowledgement_overdue", "class": "quality"}],
        "start_if_met_now": null, "lost_per_day": null,
        "accrued": {"days": 0, "amount": "0.00"}, "tomorrow": "9400.00",
        "duties": [
            {"code": "admission_notice", "party": "ward", "due": "2019-02-28T08:00:00+01:00",
             "done": {"at": "2019-02-27T15:30:00+01:00", "event": "b"}, "late": false, "state": "done", "lasts_until": null, "clause": "6"},
            {"code": "sip_called", "party": "open_care", "due": "2019-03-07T23:59:59+01:00",
             "done": null, "late": false, "state": "open", "lasts_until": null, "clause": "6"},
            {"code": "acknowledgement", "party": "municipality", "due": "2019-03-05T23:59:59+01:00",
             "done": null, "late": true, "state": "open", "lasts_until": null, "clause": "4"}],
        "unconfirmed": ["b"]
    })
}
