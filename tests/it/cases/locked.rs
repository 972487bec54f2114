//! Cases about what comes after a lock: on a store, as finance does it.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use fristdag::{
    desk::{Desk, init, request::Ask},
    model::{clock::FixedClock, month::Month, time},
};
use serde_json::Value;

use super::{
    answer::compare,
    figures::{add_figures, nothing},
    file::Case,
    given,
};
use crate::{
    desk::{ask, close, figures, import, lock, verify},
    support::month::late,
};

fn take(desk: &Desk, lines: &[Value]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let report = import(desk, &text);
    assert!(report.recorded && report.refused.is_empty(), "{report:?}");
}

/// A store on the day after everything in the tables.
fn store(folder: &Path, region: &str) -> Desk {
    let clock = FixedClock::at(time::start_of(late()));
    init(folder, region.parse().unwrap(), &clock).unwrap();
    Desk::open(folder, Arc::new(clock), &mut |_| {}).unwrap()
}

fn set_rates(desk: &Desk, rates: &BTreeMap<String, String>) {
    for (year, amount) in rates {
        let set = Ask::SetRate {
            year: year.parse().unwrap(),
            amount: amount.parse().unwrap(),
            source: "fallet".to_owned(),
        };
        ask(desk, set).unwrap();
    }
}

/// Locks a month, waiving what can be waived.
fn lock_month(desk: &Desk, month: &str) {
    for finding in close(desk, month).figures.findings {
        if finding.waivable {
            let waive = Ask::Waive {
                month: month.parse().unwrap(),
                code: finding.code,
                reason: "fallet prövar annat".to_owned(),
            };
            ask(desk, waive).unwrap();
        }
    }
    lock(desk, month).unwrap_or_else(|error| panic!("{month}: {error:?}"));
}

impl Case {
    pub fn after_the_lock(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let desk = store(folder.path(), &self.region);
        set_rates(&desk, &self.rates);
        take(&desk, &given::lines(self).unwrap());
        let months: Vec<Month> = self.locked.iter().map(|it| it.parse().unwrap()).collect();
        for month in &self.locked {
            lock_month(&desk, month);
        }
        set_rates(&desk, &self.later_rates);
        take(&desk, &given::later(self).unwrap());
        let asked = self.asked();
        let mut found = nothing();
        for month in &asked {
            let prefix = if asked.len() > 1 {
                format!("{month}: ")
            } else {
                String::new()
            };
            let view = figures(&desk, &month.to_string());
            assert_eq!(view.locked_json.is_some(), months.contains(month));
            add_figures(&mut found, &view.figures, &prefix);
        }
        let verified = verify(&desk);
        assert!(verified.ok, "{}: {:?}", self.name, verified.differences);
        // Which dates are charged is not told by a store's figures.
        (found.charged, found.days) = (None, None);
        compare(&self.then, &found)
    }
}
