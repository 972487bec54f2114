//! An auditor that knows nothing of windows: it walks a stay minute by minute
//! under Värmland's rule and charges each date on which every minute holds.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::{
    share::Standing,
    testing::{Script, date},
};
use serde_json::json;

const MINUTES_A_DAY: i64 = 24 * 60;
const DAYS: i64 = 24;
const KINDS: [&str; 9] = [
    "admission_notice",
    "sip_called",
    "sip_call_withdrawn",
    "sip_waived",
    "ready_notice",
    "ready_retracted",
    "open_care_unavailable",
    "open_care_available",
    "discharged",
];
/// How often each kind is drawn: ends and waivers seldom.
const WEIGHTS: [usize; 9] = [3, 4, 2, 1, 5, 2, 2, 2, 1];

fn clock(minute: i64) -> NaiveDateTime {
    // April 2019: no change of the clock.
    date("2019-04-01").and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute)
}

fn script(events: &[(i64, &str)]) -> Script {
    let script = Script::bare("1780", "somatic", "2019-03-31T08:00", json!({}));
    let told: Vec<_> = events
        .iter()
        .map(|(minute, kind)| (clock(*minute).format("%Y-%m-%dT%H:%M").to_string(), *kind))
        .collect();
    let told: Vec<_> = told.iter().map(|(at, kind)| (at.as_str(), *kind)).collect();
    script.then(&told)
}

/// What the auditor sees of the stay at one minute.
#[derive(Default)]
struct Seen {
    noticed: bool,
    called: bool,
    missing: bool,
    /// First chargeable date of the open span.
    free_until: Option<NaiveDate>,
    ended: bool,
}

impl Seen {
    fn take(&mut self, minute: i64, kind: &str) {
        match kind {
            _ if self.ended => {}
            "admission_notice" => self.noticed = true,
            "sip_called" => self.called = true,
            "sip_call_withdrawn" => self.called = false,
            "open_care_unavailable" => self.missing = true,
            "open_care_available" => self.missing = false,
            "ready_retracted" => self.free_until = None,
            "ready_notice" if self.free_until.is_none() => {
                let days = if minute % MINUTES_A_DAY <= MINUTES_A_DAY / 2 {
                    3
                } else {
                    4
                };
                self.free_until = clock(minute).date().checked_add_days(Days::new(days));
            }
            "discharged" => {
                self.ended = true;
                self.free_until = None;
            }
            _ => {}
        }
    }
}

fn audited(events: &[(i64, &str)]) -> BTreeSet<NaiveDate> {
    let end = events.iter().find(|(_, kind)| *kind == "discharged");
    let end = end.map_or(i64::MAX, |(minute, _)| *minute);
    let waived = events
        .iter()
        .any(|(minute, kind)| *kind == "sip_waived" && *minute < end);
    let mut seen = Seen::default();
    let mut next = 0;
    let mut charged = BTreeSet::new();
    for day in 0..DAYS {
        let today = clock(day * MINUTES_A_DAY).date();
        let mut all_day = true;
        for minute in day * MINUTES_A_DAY..(day + 1) * MINUTES_A_DAY {
            while let Some((at, kind)) = events.get(next).filter(|(at, _)| *at <= minute) {
                seen.take(*at, kind);
                next += 1;
            }
            all_day &= seen.noticed
                && (seen.called || waived)
                && !seen.missing
                && seen.free_until.is_some_and(|first| first <= today);
        }
        if all_day {
            charged.insert(today);
        }
    }
    charged
}

fn drawn() -> impl Strategy<Value = Vec<(i64, &'static str)>> {
    let kinds: Vec<_> = KINDS
        .into_iter()
        .zip(WEIGHTS)
        .flat_map(|(kind, weight)| std::iter::repeat_n(kind, weight))
        .collect();
    // No event at midnight itself: there "met on that date" and "held all
    // that day" part, and the rule goes by the date.
    let minute = (0..DAYS, 1..MINUTES_A_DAY).prop_map(|(day, minute)| day * MINUTES_A_DAY + minute);
    let one = (minute, prop::sample::select(kinds));
    prop::collection::vec(one, 1..16).prop_map(|mut events| {
        events.sort_unstable();
        events.dedup_by_key(|(minute, _)| *minute);
        events
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_charges_what_the_auditor_does(events in drawn()) {
        let given = script(&events).shares("17", "2019-04-25");
        let mut charged = BTreeSet::new();
        for share in &given.shares {
            if let Standing::Individual { dates } = &share.standing {
                let before = charged.len();
                charged.extend(dates.iter().copied());
                prop_assert_eq!(charged.len(), before + dates.len(), "a date is charged once");
            }
        }
        prop_assert_eq!(charged, audited(&events));
    }
}
