//! The demo under the rules: what it promises to show, it shows.

use std::collections::{BTreeMap, BTreeSet};

use fristdag::{
    exchange::demo,
    ledger::figures::MonthFigures,
    model::{
        event::{self, Event},
        ids::EpisodeId,
        month::Month,
        patient::{Patient, PatientRef},
        stay::Folded,
        time::{self, Instant},
    },
    rules::{
        PayerMonth, Rates, Rulebook, outlook,
        outlook::{FlagCode, Outlook, State},
        payer_of,
        rates::Rate,
        shares,
    },
};
use serde_json::Value;

use crate::support::month::Stays;

/// When the usual demo is looked at.
fn now() -> Instant {
    time::parse("2026-06-15T09:30").unwrap()
}

fn rates(now: Instant) -> Rates {
    let mut rates = Rates::none();
    for rate in demo::rates(now) {
        let known = Rate {
            amount: rate.amount,
            source: rate.source,
        };
        rates.set(rate.year, known);
    }
    rates
}

fn folded(region: &str, now: Instant) -> BTreeMap<EpisodeId, Folded> {
    let mut stays: BTreeMap<EpisodeId, Vec<Event>> = BTreeMap::new();
    for event in demo::events(region.parse().unwrap(), now) {
        let event = event
            .try_map(|patient: Patient| {
                Ok::<_, std::convert::Infallible>(PatientRef {
                    key: Some("key".to_owned()),
                    commitment: None,
                    protected: patient.protected,
                    numbered: patient.pnr.is_some(),
                    turns_18: patient.turns_18_if_young(time::local_date(now)),
                })
            })
            .unwrap();
        stays.entry(event.episode.clone()).or_default().push(event);
    }
    stays
        .into_iter()
        .map(|(episode, events)| (episode, Folded::from_events(&events, Some(now))))
        .collect()
}

/// Each stay with where it stands, those that have ended included.
fn board(region: &str, now: Instant) -> BTreeMap<EpisodeId, Outlook> {
    let rulebook = Rulebook::shipped(region.parse().unwrap());
    let today = time::local_date(now);
    let stays = folded(region, now);
    let mut months = BTreeMap::new();
    for stay in stays.values() {
        let Folded::Stay(stay) = stay else { continue };
        let Ok(payer) = payer_of(stay) else { continue };
        let month: &mut PayerMonth = months
            .entry(payer)
            .or_insert_with(|| PayerMonth::empty(Month::at(now)));
        for share in shares(stay, &rulebook, today).shares {
            month.add(&share);
        }
    }
    let empty = PayerMonth::empty(Month::at(now));
    stays
        .into_iter()
        .filter_map(|(episode, stay)| {
            let Folded::Stay(stay) = stay else {
                return None;
            };
            let payer = payer_of(&stay).expect("every payer of the demo is settled");
            let month = months.get(&payer).unwrap_or(&empty);
            Some((episode, outlook(&stay, now, &rulebook, &rates(now), month)))
        })
        .collect()
}

#[test]
fn each_region_shows_every_state() {
    for region in ["01", "06", "13", "17", "23"] {
        let states: BTreeSet<_> = board(region, now())
            .values()
            .map(|outlook| outlook.state)
            .collect();
        let all = [State::Liable, State::Grace, State::Blocked, State::NotReady];
        assert_eq!(states, all.into(), "{region}");
    }
}

fn flags(region: &str, now: Instant) -> BTreeSet<FlagCode> {
    let board = board(region, now);
    let flags = board.values().flat_map(|outlook| &outlook.flags);
    flags.map(|flag| flag.code).collect()
}

/// Which duties are watched is for the agreement to say: confirmations and
/// the discharge itself are only where it sets a time for them.
#[test]
fn every_flag_shows_where_its_duty_is() {
    let missing: Vec<_> = FLAGS[..9]
        .iter()
        .copied()
        .filter(|code| !flags("17", now()).contains(code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let mut all = BTreeSet::new();
    for region in ["06", "17", "23"] {
        all.extend(flags(region, now()));
    }
    // Halland's agreement, with its time for confirmations, ended in 2018.
    all.extend(flags("13", time::parse("2018-06-15T09:30").unwrap()));
    assert_eq!(all, FLAGS.into());
}

const FLAGS: [FlagCode; 12] = [
    FlagCode::AdmissionNoticeMissing,
    FlagCode::AdmissionNoticeLate,
    FlagCode::ExpectedDischargeMissing,
    FlagCode::CareContactMissing,
    FlagCode::SipCallMissing,
    FlagCode::SipCallLate,
    FlagCode::HomeReadyIncomplete,
    FlagCode::OpenCareUnavailable,
    FlagCode::CompulsoryCare,
    FlagCode::AcknowledgementOverdue,
    FlagCode::DischargeOverdue,
    FlagCode::DischargeOutsideHours,
];

#[test]
fn the_comments_of_the_files_hold() {
    let board = board("17", now());
    let at = |id: &str| &board[&EpisodeId::new(id).unwrap()];
    for (id, state) in [
        ("D-101", State::NotReady),
        ("D-105", State::Grace),
        ("D-106", State::Grace),
        ("D-107", State::Grace),
        ("D-108", State::Liable),
        ("D-109", State::Liable),
        ("D-110", State::Blocked),
        ("D-111", State::Blocked),
        ("D-201", State::Blocked),
        ("D-203", State::NotReady),
        ("D-206", State::Grace),
        ("D-208", State::Liable),
    ] {
        assert_eq!(at(id).state, state, "{id}");
    }
    let start = |id: &str| time::rfc3339(at(id).liability_start.unwrap());
    assert_eq!(start("D-105"), "2026-06-17T00:00:00+02:00");
    assert_eq!(start("D-106"), "2026-06-18T00:00:00+02:00");
    assert_eq!(start("D-107"), "2026-06-16T00:00:00+02:00");
    assert_eq!(start("D-109"), "2026-06-14T00:00:00+02:00");
    let held = folded("17", now())
        .remove(&EpisodeId::new("D-217").unwrap())
        .unwrap();
    assert!(matches!(held, Folded::Held { .. }));
}

/// The close of the month before has something to lock for several payers.
#[test]
fn last_month_costs_several_payers() {
    for region in ["01", "06", "17"] {
        let lines: Vec<Value> = demo::events(region.parse().unwrap(), now())
            .iter()
            .map(|event| serde_json::from_str(&event::to_json(event)).unwrap())
            .collect();
        let stays = Stays::of(region, &lines, time::local_date(now()));
        let figures: MonthFigures = stays.figures_at("2026-05", &rates(now()));
        let paying: BTreeSet<_> = figures
            .payers
            .iter()
            .filter(|payer| !payer.lines.is_empty())
            .map(|payer| payer.payer)
            .collect();
        assert!(paying.len() >= 3, "{region}: {figures:#?}");
    }
}
