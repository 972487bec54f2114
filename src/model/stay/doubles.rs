//! The same fact told twice: typed here, and by a source system. Such a pair
//! is one fact where both say the same, else a conflict that somebody settles
//! by voiding one of them. Which event counts is decided by the order of
//! events alone; this only tells.

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Stamp, Timeline, fold::stamp};
use crate::model::{
    event::{Body, Event, Kind},
    patient::PatientRef,
    time,
};

/// Two events further apart than this are two facts.
const APART: TimeDelta = TimeDelta::hours(24);
/// Clock times of one fact may differ so much, as people type late.
const NEAR: TimeDelta = TimeDelta::minutes(15);

/// A fact that was typed and that a source system told as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Double {
    /// What both tell.
    pub kind: Kind,
    /// The typed event.
    pub typed: Stamp,
    /// The source system's.
    pub fed: Stamp,
    /// Whether they say the same: content alike, at most fifteen minutes
    /// apart, on the same date and the same side of noon.
    pub agree: bool,
}

/// The doubles among the events that count, in the order of the typed ones.
#[must_use]
pub fn doubles(timeline: &Timeline<'_, PatientRef>) -> Vec<Double> {
    let counted: Vec<_> = timeline.effective().collect();
    let fed = counted
        .iter()
        .filter(|event| event.source.is_some())
        .count();
    // Most stays are all of one kind: nothing to compare.
    if fed == 0 || fed == counted.len() {
        return Vec::new();
    }
    let mut taken = vec![false; counted.len()];
    let mut found = Vec::new();
    for (place, typed) in counted.iter().enumerate() {
        if typed.source.is_some() {
            continue;
        }
        let others = counted.iter().enumerate().filter(|(other, event)| {
            !taken[*other] && event.source.is_some() && is_double(&counted, place, *other)
        });
        let nearest = others.min_by_key(|(_, fed)| (fed.at - typed.at).abs());
        if let Some((other, fed)) = nearest {
            taken[other] = true;
            found.push(Double {
                kind: typed.kind(),
                typed: stamp(typed),
                fed: stamp(fed),
                agree: agree(typed, fed),
            });
        }
    }
    found
}

/// Whether two events tell the same fact, with nothing between them that
/// took it back.
fn is_double(counted: &[&Event], one: usize, other: usize) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    let (a, b) = (counted[first], counted[last]);
    told_once(a) && same_fact(a, b) && b.at - a.at <= APART && {
        let mut between = counted[first + 1..last].iter();
        !between.any(|event| takes_back(event, a))
    }
}

/// Whether an event of this kind tells a fact that stands until it is taken
/// back.
fn told_once(event: &Event) -> bool {
    matches!(
        event.kind(),
        Kind::AdmissionNotice
            | Kind::CareContactAssigned
            | Kind::SipCalled
            | Kind::SipCallWithdrawn
            | Kind::SipHeld
            | Kind::Checklist
            | Kind::ReadyNotice
            | Kind::ReadyRetracted
            | Kind::CompulsoryCareEnded
            | Kind::OpenCareUnavailable
            | Kind::OpenCareAvailable
            | Kind::DischargeNotice
            | Kind::Discharged
            | Kind::PlanningAborted
    )
}

fn same_fact(a: &Event, b: &Event) -> bool {
    match (&a.body, &b.body) {
        (Body::Checklist { item, done }, Body::Checklist { item: i, done: d }) => {
            (item, done) == (i, d)
        }
        _ => a.kind() == b.kind(),
    }
}

/// Whether `event` takes back what `fact` tells, so that the next telling is
/// another fact.
fn takes_back(event: &Event, fact: &Event) -> bool {
    match (&fact.body, &event.body) {
        (Body::ReadyNotice { .. }, Body::ReadyRetracted { .. })
        | (Body::ReadyRetracted { .. }, Body::ReadyNotice { .. })
        | (Body::SipCalled { .. }, Body::SipCallWithdrawn { .. })
        | (Body::SipCallWithdrawn { .. }, Body::SipCalled { .. })
        | (Body::OpenCareUnavailable { .. }, Body::OpenCareAvailable)
        | (Body::OpenCareAvailable, Body::OpenCareUnavailable { .. }) => true,
        (Body::Checklist { item, done }, Body::Checklist { item: i, done: d }) => {
            item == i && done != d
        }
        _ => false,
    }
}

fn agree(a: &Event, b: &Event) -> bool {
    let noon = NaiveTime::MIN + TimeDelta::hours(12);
    let (first, second) = (time::local(a.at), time::local(b.at));
    let alike = match (&a.body, &b.body) {
        (
            Body::AdmissionNotice {
                to,
                expected_discharge,
                ..
            },
            Body::AdmissionNotice {
                to: other,
                expected_discharge: date,
                ..
            },
        ) => (to, expected_discharge) == (other, date),
        (Body::CareContactAssigned { name, .. }, Body::CareContactAssigned { name: other, .. }) => {
            name.trim().to_lowercase() == other.trim().to_lowercase()
        }
        _ => true,
    };
    alike
        && (a.at - b.at).abs() <= NEAR
        && first.date() == second.date()
        && (first.time() <= noon) == (second.time() <= noon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event;

    /// Events as `id time kind source? more-json?`, on 2019-03-04.
    fn found(lines: &[(&str, &str, &str, &str, &str)]) -> Vec<(String, String, bool)> {
        let events: Vec<_> = lines
            .iter()
            .map(|(id, clock, kind, source, more)| {
                let source = match *source {
                    "" => String::new(),
                    name => format!(",\"source\":\"{name}\""),
                };
                let json = format!(
                    "{{\"id\":\"{id}\",\"episode\":\"E\",\"at\":\"2019-03-{clock}:00+01:00\",\
                     \"kind\":\"{kind}\"{source}{more}}}"
                );
                event::parse_recorded(json.as_bytes()).unwrap()
            })
            .collect();
        let timeline = Timeline::new(&events, None);
        let name = |stamp: &Stamp| stamp.event.to_string();
        let pair = |it: &Double| (name(&it.typed), name(&it.fed), it.agree);
        doubles(&timeline).iter().map(pair).collect()
    }

    fn pairs(wanted: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
        let own = |it: &(&str, &str, bool)| (it.0.to_owned(), it.1.to_owned(), it.2);
        wanted.iter().map(own).collect()
    }

    #[test]
    fn a_typed_notice_and_the_feeds_are_one() {
        let ready = |fed| {
            found(&[
                ("t", "04T11:40", "ready_notice", "", ""),
                ("f", fed, "ready_notice", "cosmic", ""),
            ])
        };
        assert_eq!(ready("04T11:50"), pairs(&[("t", "f", true)]));
        assert_eq!(ready("04T11:30"), pairs(&[("t", "f", true)]));
        // Another side of noon, another quarter of an hour, another day.
        assert_eq!(ready("04T12:01"), pairs(&[("t", "f", false)]));
        assert_eq!(ready("04T11:20"), pairs(&[("t", "f", false)]));
        assert_eq!(ready("05T11:40"), pairs(&[("t", "f", false)]));
        assert_eq!(ready("05T11:41"), []);
    }

    #[test]
    fn what_was_taken_back_between_is_another_fact() {
        let again = found(&[
            ("t", "04T09:00", "ready_notice", "", ""),
            (
                "r",
                "04T10:00",
                "ready_retracted",
                "cosmic",
                ",\"reason\":\"x\"",
            ),
            ("f", "04T11:00", "ready_notice", "cosmic", ""),
        ]);
        assert_eq!(again, []);
        let ticked = found(&[
            (
                "t",
                "04T09:00",
                "checklist",
                "",
                ",\"item\":\"aids\",\"done\":true",
            ),
            (
                "f",
                "04T09:10",
                "checklist",
                "cosmic",
                ",\"item\":\"aids\",\"done\":true",
            ),
            (
                "g",
                "04T09:10",
                "checklist",
                "cosmic",
                ",\"item\":\"medication\",\"done\":true",
            ),
        ]);
        assert_eq!(ticked, pairs(&[("t", "f", true)]));
    }

    #[test]
    fn other_content_is_a_conflict_and_each_event_has_one_partner() {
        let contact = |name: &str| format!(",\"name\":\"{name}\",\"unit\":\"VC\"");
        let (kim, kim_too, lo) = (contact("Kim"), contact(" kim"), contact("Lo"));
        let kind = "care_contact_assigned";
        let both = found(&[
            ("t", "04T09:00", kind, "", &kim),
            ("u", "04T09:03", kind, "", &lo),
            ("f", "04T09:01", kind, "cosmic", &kim_too),
            ("g", "04T09:04", kind, "cosmic", &kim),
        ]);
        assert_eq!(both, pairs(&[("t", "f", true), ("u", "g", false)]));
        // Two typed ones are their writer's own affair; so are two fed ones.
        let typed = found(&[
            ("t", "04T09:00", kind, "", &kim),
            ("u", "04T09:01", kind, "", &kim),
        ]);
        assert_eq!(typed, []);
    }

    #[test]
    fn a_voided_event_is_no_double() {
        let settled = found(&[
            ("t", "04T11:40", "ready_notice", "", ""),
            ("f", "04T12:30", "ready_notice", "cosmic", ""),
            (
                "v",
                "04T13:00",
                "void",
                "",
                ",\"event\":\"t\",\"reason\":\"x\"",
            ),
        ]);
        assert_eq!(settled, []);
    }
}
