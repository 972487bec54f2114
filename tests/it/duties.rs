//! What is due next, out of a store: over all open stays and the region.

use fristdag::desk::{
    actor::{Actor, Scope},
    reply::{DutiesView, Reply},
    request::{Ask, DutiesAsk, Request},
    service::Service,
};
use serde_json::json;

use crate::{
    desk::{actor, at, import, new_store},
    support::sample::pnr,
};

/// A stay in Östersund or Åre, admitted on Monday 4 June 2018.
fn stay(id: &str, municipality: &str, more: &[serde_json::Value]) -> String {
    let admitted = json!({
        "id": "a", "episode": id, "at": "2018-06-04T08:00", "kind": "admitted",
        "patient": {"pnr": pnr(1), "name": "Uppgift Uppgiftsson"}, "hospital": "Sjukhuset",
        "ward": "Avd 3", "care_form": "somatic", "municipality": municipality,
    });
    let mut text = format!("{admitted}\n");
    for event in more {
        let mut event = event.clone();
        event["episode"] = json!(id);
        text.push_str(&format!("{event}\n"));
    }
    text
}

fn due(desk: &dyn Service, actor: &Actor, now: &str, payer: Option<&str>, days: u16) -> DutiesView {
    let ask = DutiesAsk {
        payer: payer.map(|code| code.parse().unwrap()),
        days,
    };
    let request = Request {
        actor: actor.clone(),
        now: Some(at(now)),
        ask: Ask::Duties(ask),
    };
    match desk.ask(request).unwrap() {
        Reply::Duties(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn told(view: &DutiesView) -> Vec<String> {
    let row = |row: &fristdag::desk::reply::DueRow| {
        let about = row.episode.as_ref().map(ToString::to_string);
        let about = about.or_else(|| row.about.clone()).unwrap();
        let late = if row.late { " late" } else { "" };
        let due = row
            .due
            .map_or("-".to_owned(), fristdag::model::time::rfc3339);
        format!("{} {about} {due}{late}", row.code)
    };
    view.rows.iter().map(row).collect()
}

fn jamtland() -> String {
    let late = stay("J-LATE", "2380", &[]);
    let notice = json!({"id": "b", "at": "2018-06-04T18:00", "kind": "admission_notice", "expected_discharge": "2018-06-08"});
    let contact = json!({"id": "c", "at": "2018-06-04T19:00", "kind": "care_contact_assigned", "name": "S", "unit": "V"});
    let ready = json!({"id": "d", "at": "2018-06-05T09:00", "kind": "ready_notice"});
    late + &stay("J-READY", "2321", &[notice, contact, ready])
}

#[test]
fn overdue_first_then_by_time_then_what_has_no_time() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "23");
    import(&desk, &jamtland());
    let view = due(&desk, &actor(), "2018-06-05T10:00", None, 14);
    assert_eq!(
        told(&view),
        [
            // The admission's 24 hours were over at 08:00.
            "admission_notice J-LATE 2018-06-05T08:00:00+02:00 late",
            "expected_discharge J-LATE 2018-06-05T08:00:00+02:00 late",
            // Sent on Monday at 18:00: taken in by Tuesday 17:00.
            "reception J-READY 2018-06-05T17:00:00+02:00",
            // Ready on the 5th: by the end of the 8th.
            "sip_called J-READY 2018-06-09T00:00:00+02:00",
            "sip_offered J-LATE -",
            "sip_offered J-READY -",
        ]
    );
    // A shorter look leaves out what comes later; a payer's sees its own.
    let soon = due(&desk, &actor(), "2018-06-05T10:00", Some("2321"), 1);
    assert_eq!(
        told(&soon),
        [
            "reception J-READY 2018-06-05T17:00:00+02:00",
            "sip_offered J-READY -"
        ]
    );
    let payer = Actor {
        scope: Scope::Payer("2321".parse().unwrap()),
        ..actor()
    };
    assert_eq!(
        due(&desk, &payer, "2018-06-05T10:00", None, 1).rows,
        soon.rows
    );
}

#[test]
fn the_regions_own_stand_among_them_and_carry_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "23");
    import(&desk, &jamtland());
    let view = due(&desk, &actor(), "2018-12-20T10:00", None, 14);
    let rate = view
        .rows
        .iter()
        .find(|row| row.code == "rate_told")
        .unwrap();
    assert_eq!(rate.about.as_deref(), Some("2019"));
    assert_eq!((rate.late, rate.payer), (false, None));
    let json = serde_json::to_string(&view).unwrap();
    assert!(!json.contains("Uppgift") && !json.contains(pnr(1)));
    // One payer alone has nothing to do with it.
    let own = due(&desk, &actor(), "2018-12-20T10:00", Some("2380"), 14);
    assert!(own.rows.iter().all(|row| row.episode.is_some()), "{own:?}");
}

/// Jönköping's follow-up falls due when the patient is long home.
#[test]
fn what_is_due_after_the_end_is_told_too() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "06");
    let event = |id: &str, at: &str, kind: &str| json!({"id": id, "at": at, "kind": kind});
    let home = stay(
        "H",
        "0643",
        &[
            event("b", "2018-06-05T08:00", "admission_notice"),
            event("c", "2018-06-05T09:00", "sip_called"),
            event("d", "2018-06-06T09:00", "sip_held"),
            event("e", "2018-06-06T10:00", "ready_notice"),
            event("f", "2018-06-07T09:00", "discharged"),
        ],
    );
    import(&desk, &home);
    let follow_up = |now: &str| {
        let view = due(&desk, &actor(), now, Some("0643"), 14);
        told(&view)
    };
    // The meeting on 6 June: by the end of 6 July.
    assert_eq!(follow_up("2018-06-20T09:00"), [""; 0]);
    let open = "follow_up H 2018-07-07T00:00:00+02:00";
    assert_eq!(follow_up("2018-07-01T09:00"), [open]);
    assert_eq!(follow_up("2018-07-07T00:00"), [format!("{open} late")]);
    import(
        &desk,
        &stay(
            "H",
            "0643",
            &[event("g", "2018-07-02T09:00", "followed_up")],
        ),
    );
    assert_eq!(follow_up("2018-07-03T09:00"), [""; 0]);
}
