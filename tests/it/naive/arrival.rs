//! Histories through a store: whatever the order and the pieces in which
//! events arrive, its figures are the naive model's.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use fristdag::{
    desk::{Desk, init, request::Ask},
    model::{
        clock::FixedClock,
        event::{self, Event, Kind},
        ids::EpisodeId,
        patient::{Patient, PatientRef},
        time::{local_date, start_of},
    },
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{
    figures::{named, rate},
    generate::{Ground, histories},
    grounds,
    hold::{by_stay, in_words, months},
    region,
    same::told,
    stay::{Stay, ymd},
};
use crate::desk::{ask, figures, import};

/// Histories of a region, each of its own stays, in one store.
const TOGETHER: usize = 12;

#[test]
fn a_store_of_varmland() {
    arrive(&grounds::VARMLAND);
}

#[test]
fn a_store_of_jonkoping() {
    arrive(&grounds::JONKOPING);
}

#[test]
fn a_store_of_stockholm() {
    arrive(&grounds::STOCKHOLM);
}

#[test]
fn a_store_of_jamtland() {
    arrive(&grounds::JAMTLAND);
}

#[test]
fn a_store_of_halland() {
    arrive(&grounds::HALLAND);
}

fn arrive(ground: &'static Ground) {
    let today = ymd(2022, 6, 1);
    let events = events(ground);
    let place = tempfile::tempdir().unwrap();
    let desk = store(&place.path().join("store"), ground.region, today);
    for piece in events.chunks(events.len() / 5 + 1) {
        let lines: Vec<String> = piece.iter().map(|event| line(event) + "\n").collect();
        let report = import(&desk, &lines.concat());
        assert!(report.recorded, "{:?}", report.refused);
    }
    let stays = by_stay(&events);
    let stays: Vec<Stay> = stays
        .values()
        .filter_map(|events| Stay::of(events))
        .collect();
    let last = events.iter().map(|event| local_date(event.at)).max();
    for month in months(&events, last.unwrap()) {
        let view = figures(&desk, &named(month));
        assert_eq!(
            told(in_words(&view.figures)),
            told(region::figures(ground.region, &stays, month, today)),
            "{month:?}"
        );
    }
}

fn store(folder: &std::path::Path, region: &str, today: NaiveDate) -> Desk {
    let clock = FixedClock::at(start_of(today));
    init(folder, region.parse().unwrap(), &clock).unwrap();
    let desk = Desk::open(folder, Arc::new(clock), &mut |_| {}).unwrap();
    for year in 2018..=today.year() {
        let (amount, source) = (rate(year).to_string(), "of our own".to_owned());
        let amount = amount.parse().unwrap();
        ask(
            &desk,
            Ask::SetRate {
                year,
                amount,
                source,
            },
        )
        .unwrap();
    }
    desk
}

/// The events of some histories, the same in every run, in no order.
fn events(ground: &'static Ground) -> Vec<Event> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = histories(ground);
    let mut found = Vec::new();
    for number in 0..TOGETHER {
        let history = strategy.new_tree(&mut runner).unwrap().current();
        for mut event in history.events(ground, history.shuffle) {
            event.episode = EpisodeId::new(&format!("{}-{number}", event.episode)).unwrap();
            found.push(event.try_map(of_age).unwrap());
        }
    }
    // Pieces mix the histories: every eleventh event of all, and so on.
    let places = 0..found.len();
    let mut order: Vec<usize> = places.collect();
    order.sort_by_key(|place| (place % 11, *place));
    order
        .into_iter()
        .map(|place| found[place].clone())
        .collect()
}

/// The same person as an adult: numbers of the young are not made up.
fn of_age(patient: PatientRef) -> Result<PatientRef, std::convert::Infallible> {
    Ok(PatientRef {
        turns_18: None,
        ..patient
    })
}

/// An event as a source system writes it.
fn line(event: &Event) -> String {
    let admitted = event.kind() == Kind::Admitted;
    let named = event.clone().try_map(|patient| {
        let numbered = admitted || patient.numbered;
        let pnr = numbered.then(|| "189001019802".parse());
        pnr.transpose().map(|pnr| Patient {
            pnr,
            name: Some("Påhittad Patient".to_owned()),
            protected: None,
        })
    });
    event::to_json(&named.unwrap())
}
