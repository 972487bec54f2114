//! What would have changed a line.

use chrono::TimeDelta;
use fristdag::{
    model::time::{self, Instant},
    rules::{Rates, trace::Change},
};
use serde_json::{Value, json};

use super::Told;
use crate::support::{
    later::HOME_READY,
    month::{Stays, events, late},
};

/// One home-ready patient a month from March 2018 on, after so many days.
fn jamtland(days: &[i64]) -> Told {
    let mut lines = Vec::new();
    for (at, days) in days.iter().enumerate() {
        let episode = format!("M{}", at + 3);
        let left = time::parse(&format!("2018-{:02}-20T14:00", at + 3)).unwrap();
        let ready = left - TimeDelta::days(*days) - TimeDelta::hours(4);
        let mut happens = |at: Instant, kind: &str, more: Value| {
            let id = lines.len().to_string();
            let mut line =
                json!({"id": id, "episode": episode, "at": time::rfc3339(at), "kind": kind});
            line.as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            lines.push(line);
        };
        let before = ready - TimeDelta::days(2);
        let admitted = json!({"patient": {"pnr": "19300202-7047", "name": "Test"}, "hospital": "H",
            "ward": "W", "care_form": "somatic", "municipality": "2380"});
        happens(before, "admitted", admitted);
        happens(
            before,
            "care_contact_assigned",
            json!({"name": "K", "unit": "V"}),
        );
        for item in HOME_READY {
            happens(before, "checklist", json!({"item": item, "done": true}));
        }
        happens(ready, "ready_notice", json!({}));
        happens(left, "discharged", json!({}));
    }
    Told {
        stays: Stays::of("23", &lines, late()),
        events: events(&lines, late()),
        rates: Rates::shipped(),
        now: time::start_of(late()),
    }
}

/// What would have kept a line from being there: for each month that started
/// charging the days too many, for a stay those above its free ones.
#[test]
fn what_would_have_changed_a_line() {
    let told = jamtland(&[4, 4, 4, 0, 0, 0, 4, 5, 6, 4]);
    let changes = |month: &str| -> Vec<String> {
        let trace = told.checked(month);
        let lines = trace.payers.iter().flat_map(|it| &it.lines);
        let one = |it: &Change| {
            let days = it.days.map_or(String::new(), |days| format!(" {days}"));
            let month = it.month.map_or(String::new(), |month| format!(" {month}"));
            let why = it.reason.as_deref().unwrap_or_default();
            format!("{}{days}{month}{why}", it.action)
        };
        lines
            .map(|it| {
                it.would_change
                    .iter()
                    .map(one)
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect()
    };
    let row = "fewer_days 3 2018-11, fewer_days 2 2018-10, fewer_days 1 2018-09";
    assert_eq!(
        changes("2018-11"),
        [
            format!("{row}, shorter_stay 3, nothingstay_ended"),
            format!("{row}, shorter_stay 1, nothingstay_ended"),
            format!("{row}, shorter_stay 2, nothingstay_ended"),
        ]
    );
    assert_eq!(
        changes("2018-12"),
        ["nothingcharging, shorter_stay 1, nothingstay_ended"]
    );
}
