use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::model::{
    event::{Body, CareForm, Kind},
    ids::EpisodeId,
    month::Month,
};

/// Moments at which relative times go wrong: both nights of the clock, New
/// Year, first and last of months, a leap day.
const MOMENTS: [&str; 16] = [
    "2019-03-31T01:59:59+01:00",
    "2019-03-31T03:00:00+02:00",
    "2019-03-31T08:00",
    "2019-04-01T00:00",
    "2026-10-25T02:30:00+02:00",
    "2026-10-25T02:30:00+01:00",
    "2026-10-25T03:00:00+01:00",
    "2026-10-26T12:00",
    "2018-12-31T23:59:59",
    "2019-01-01T00:00",
    "2019-01-01T00:05",
    "2020-02-29T12:00",
    "2020-03-01T00:01",
    "2025-07-31T23:30",
    "2026-06-15T09:30",
    "2030-11-05T18:45",
];

fn moments() -> impl Iterator<Item = Instant> + Clone {
    MOMENTS.iter().map(|text| time::parse(text).unwrap())
}

fn stays(events: &[Event<Patient>]) -> BTreeMap<&EpisodeId, Vec<&Event<Patient>>> {
    let mut stays: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for event in events {
        stays.entry(&event.episode).or_default().push(event);
    }
    stays
}

fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

fn assert_past(events: &[Event<Patient>], now: Instant) {
    assert_eq!(stays(events).len(), 56);
    for event in events {
        let late = time::rfc3339(event.at);
        assert!(event.at <= now, "{} {} {late}", event.episode, event.id);
    }
    assert!(events.is_sorted_by_key(|event| event.at));
}

#[test]
fn every_region_has_a_demo_of_the_past() {
    for (region, now) in RegionCode::all().zip(moments().cycle()) {
        assert_past(&events(region, now), now);
    }
}

#[test]
fn every_moment_has_a_demo_of_the_past() {
    for now in moments() {
        assert_past(&events(region("01"), now), now);
    }
}

#[test]
fn ids_are_unique_within_a_stay_and_stays_begin_with_their_admission() {
    for now in moments() {
        let events = events(region("17"), now);
        for (episode, events) in stays(&events) {
            let ids: BTreeSet<_> = events.iter().map(|event| &event.id).collect();
            assert_eq!(ids.len(), events.len(), "{episode}");
            let held = episode.as_str() == "D-217";
            assert_eq!(events[0].kind() == Kind::Admitted, !held, "{episode}");
        }
    }
}

#[test]
fn the_same_moment_gives_the_same_events() {
    let now = time::parse("2026-06-15T09:30").unwrap();
    assert_eq!(events(region("23"), now), events(region("23"), now));
    assert_ne!(events(region("23"), now), events(region("06"), now));
}

#[test]
fn every_kind_of_event_and_both_care_forms_occur() {
    let events = events(region("17"), time::parse("2026-06-15T09:30").unwrap());
    let kinds: BTreeSet<_> = events.iter().map(Event::kind).collect();
    let missing: Vec<_> = Kind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let forms: BTreeSet<_> = events
        .iter()
        .filter_map(|event| match &event.body {
            Body::Admitted(admission) => Some(admission.care_form),
            _ => None,
        })
        .collect();
    assert_eq!(
        forms,
        BTreeSet::from([CareForm::Somatic, CareForm::Psychiatric])
    );
}

/// A fact told twice alike, and one told otherwise, are to be seen.
#[test]
fn one_stay_has_a_double_and_a_conflict() {
    for now in moments() {
        let events = events(region("17"), now);
        let stays = stays(&events);
        let told = stays.values().flat_map(|events| {
            let bare = |event: &Event<Patient>| {
                event.clone().try_map(|_| {
                    Ok::<_, std::convert::Infallible>(crate::model::patient::PatientRef::default())
                })
            };
            let bare: Vec<_> = events.iter().map(|event| bare(event).unwrap()).collect();
            let timeline = crate::model::stay::Timeline::new(&bare, None);
            crate::model::stay::doubles(&timeline)
        });
        let told: Vec<_> = told.map(|double| (double.kind, double.agree)).collect();
        assert_eq!(told, [(Kind::SipCalled, true), (Kind::ReadyNotice, false)]);
    }
}

/// A stale source is to be seen beside a fresh one.
#[test]
fn one_source_is_fresh_and_one_is_hours_old() {
    for now in moments() {
        let events = events(region("17"), now);
        let age = |source: &str| {
            let last = events
                .iter()
                .filter(|event| event.source.as_deref() == Some(source))
                .map(|event| event.at)
                .max();
            now - last.unwrap()
        };
        assert!(age("journal") <= chrono::TimeDelta::minutes(10));
        assert!(age("samordning") >= chrono::TimeDelta::hours(7));
    }
}

#[test]
fn last_month_has_discharges_of_several_payers() {
    for now in moments() {
        let events = events(region("06"), now);
        let month = Month::at(now).previous();
        let mut payers = BTreeSet::new();
        for events in stays(&events).values() {
            let gone = events
                .iter()
                .any(|event| event.kind() == Kind::Discharged && Month::at(event.at) == month);
            if let (true, Body::Admitted(admission)) = (gone, &events[0].body) {
                payers.insert(admission.municipality);
            }
        }
        assert!(payers.len() >= 6, "{payers:?}");
    }
}

#[test]
fn boards_pay_in_stockholm_alone() {
    let now = time::parse("2026-06-15T09:30").unwrap();
    for code in ["01", "17"] {
        for event in events(region(code), now) {
            if let Body::Admitted(admission) = event.body {
                let payer = admission.placing_municipality.or(admission.municipality);
                let stockholm = payer.unwrap().to_string() == "0180";
                assert_eq!(admission.district.is_some(), stockholm);
            }
        }
    }
}

#[test]
fn every_number_is_another_patient() {
    let events = events(region("17"), time::parse("2026-06-15T09:30").unwrap());
    let patients: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.body {
            Body::Admitted(admission) => Some(&admission.patient),
            _ => None,
        })
        .collect();
    let numbers: BTreeSet<_> = patients.iter().map(|patient| patient.pnr).collect();
    let names: BTreeSet<_> = patients.iter().map(|patient| &patient.name).collect();
    assert_eq!(
        (numbers.len(), names.len()),
        (patients.len(), patients.len())
    );
}

#[test]
fn rates_are_there_for_both_years_that_stays_touch() {
    let rates = rates(time::parse("2026-01-01T00:30").unwrap());
    assert_eq!(
        rates.iter().map(|rate| rate.year).collect::<Vec<_>>(),
        [2025, 2026]
    );
}
