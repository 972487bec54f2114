//! Fictional stays around now, for `demo`: every state and every flag.
//!
//! The stays are data (`fixtures/demo/*.toml`), told relative to now; here
//! they become events, through the same reader that imports go through.

mod stay;
#[cfg(test)]
mod tests;
mod when;

use chrono::Datelike;
use serde::Deserialize;

use crate::model::{
    event::Event,
    money::DayRate,
    patient::Patient,
    place::RegionCode,
    time::{self, Instant},
};
use stay::Stay;

const FILES: [&str; 4] = [
    include_str!("../../../fixtures/demo/board.toml"),
    include_str!("../../../fixtures/demo/special.toml"),
    include_str!("../../../fixtures/demo/months.toml"),
    include_str!("../../../fixtures/demo/endings.toml"),
];

const RATES: &str = include_str!("../../../fixtures/demo/rates.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    stay: Vec<Stay>,
}

/// The demo's events for a region, in the order in which events count; none
/// is later than `now`. The same moment gives the same events.
///
/// # Panics
/// Never: the files are part of the program, and the tests read them all.
#[must_use]
pub fn events(region: RegionCode, now: Instant) -> Vec<Event<Patient>> {
    let mut events: Vec<_> = FILES
        .iter()
        .flat_map(|text| {
            let file: File = toml::from_str(text).expect("the tests read every file of the demo");
            file.stay
        })
        .flat_map(|stay| stay.events(region, now))
        .collect();
    events.sort_by(|a, b| (a.order(), &a.episode).cmp(&(b.order(), &b.episode)));
    events
}

/// A day rate that the demo brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRate {
    /// Calendar year.
    pub year: i32,
    /// Kronor per care day.
    pub amount: DayRate,
    /// Where it is from: nowhere, it says.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateFile {
    amount: DayRate,
    source: String,
}

/// The fictional day rates of the years that the demo's stays touch.
///
/// # Panics
/// Never: see [`events`].
#[must_use]
pub fn rates(now: Instant) -> Vec<DemoRate> {
    let file: RateFile = toml::from_str(RATES).expect("the tests read every file of the demo");
    let year = time::local_date(now).year();
    [year - 1, year]
        .map(|year| DemoRate {
            year,
            amount: file.amount,
            source: file.source.clone(),
        })
        .to_vec()
}
