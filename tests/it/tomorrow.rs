//! What one more day costs, said beforehand for every region, against the
//! figures of all months.
//!
//! The statement: `tomorrow` is the payer's amounts over all months if the
//! stay is discharged at the same clock time on the next date, less those if
//! it is discharged now; every other stay is taken as it stands.

use chrono::{NaiveDate, TimeDelta};
use fristdag::{
    ledger::payer_month,
    model::{
        month::Month,
        time::{self, Instant, local_date, plus_days, start_of},
    },
    rules::{Rulebook, outlook},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::{
    ahead::{line, rates, stay, tomorrow},
    support::{later::HOME_READY, month::Stays},
};

/// Region, municipality, care form, first date of the month that runs.
const PLACES: [(&str, &str, &str, &str); 17] = [
    ("17", "1780", "somatic", "2019-03-01"),
    ("17", "1780", "somatic", "2018-12-01"),
    ("17", "1780", "psychiatric", "2018-12-01"),
    ("17", "0643", "somatic", "2019-10-01"),
    ("06", "0643", "somatic", "2018-05-01"),
    ("06", "0643", "somatic", "2018-10-01"),
    ("06", "0643", "psychiatric", "2018-12-01"),
    ("01", "0114", "somatic", "2020-03-01"),
    ("01", "0114", "somatic", "2020-10-01"),
    ("01", "0180", "somatic", "2021-01-01"),
    ("01", "0114", "somatic", "2021-10-01"),
    ("01", "0114", "psychiatric", "2021-06-01"),
    ("13", "1380", "somatic", "2018-10-01"),
    ("23", "2380", "somatic", "2018-06-01"),
    ("23", "2380", "somatic", "2019-01-01"),
    ("23", "2380", "somatic", "2019-01-01"),
    ("23", "2380", "psychiatric", "2018-12-01"),
];

/// What the stay may lack, or get late, among what preconditions ask.
const FACTS: [&str; 4] = [
    "admission_notice",
    "care_contact_assigned",
    "sip_called",
    "checklist",
];

/// Kinds that may happen to it besides, with the hours after its notice.
const KINDS: [(&str, i64, i64); 8] = [
    ("open_care_unavailable", -20, 200),
    ("open_care_available", -10, 300),
    ("ready_retracted", 1, 200),
    ("ready_notice", 2, 300),
    ("ready_notice", 2, 300),
    ("sip_call_withdrawn", -20, 300),
    ("sip_called", -20, 300),
    ("sip_waived", 0, 300),
];

#[derive(Debug, Clone)]
struct History {
    place: usize,
    /// Days of one stay in each month before, the latest last.
    months: Vec<i64>,
    /// Others: hours from the month's start to the notice, and to discharge.
    others: Vec<(i64, i64)>,
    notice: i64,
    stayed: i64,
    /// Hours from the notice at which each fact is met; none for never.
    facts: Vec<Option<i64>>,
    events: Vec<(usize, i64)>,
    compulsory: Option<i64>,
}

fn history() -> impl Strategy<Value = History> {
    let hours = 24 * 31i64;
    // The second row above three days waits for its third month.
    let again = Just(vec![1, 1, 9, 9, 9, 1, 1, 1, 8, 8]);
    let any = prop::collection::vec(prop::sample::select(vec![0, 1, 4, 8, 40]), 10);
    let months = prop_oneof![2 => again, 3 => any];
    let others = prop::collection::vec((0..hours, 0..24 * 10i64), 0..6);
    let fact =
        prop_oneof![8 => Just(Some(-24i64)), 2 => (-24..200i64).prop_map(Some), 1 => Just(None)];
    let event = (0..KINDS.len()).prop_flat_map(|kind| {
        let (_, from, to) = KINDS[kind];
        (Just(kind), from..to)
    });
    let stayed = prop_oneof![3 => 0..24 * 14i64, 1 => 0..24 * 45i64];
    (
        0..PLACES.len(),
        months,
        others,
        -24 * 6..hours,
        stayed,
        prop::collection::vec(fact, FACTS.len()),
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(event, 1..5)],
        prop::option::weighted(0.05, -30..100i64),
    )
        .prop_map(
            |(place, months, others, notice, stayed, facts, events, compulsory)| History {
                place,
                months,
                others,
                notice,
                stayed,
                facts,
                events,
                compulsory,
            },
        )
}

impl History {
    fn first(&self) -> NaiveDate {
        PLACES[self.place].3.parse().unwrap()
    }

    fn at(&self, hours: i64) -> Instant {
        start_of(self.first()) + TimeDelta::hours(hours)
    }

    /// Within the month, half an hour off every event.
    fn now(&self) -> Instant {
        let hours = (self.notice + self.stayed).clamp(0, 24 * 31 - 1);
        self.at(hours.max(self.notice)) + TimeDelta::minutes(30)
    }

    fn admitted(&self, episode: &str, notice: Instant, municipality: &str) -> Value {
        let mut fields = json!({
            "patient": {"pnr": "19500307-2260", "name": "Exempel"},
            "hospital": "Exempelsjukhuset", "ward": "Avd 1",
            "care_form": PLACES[self.place].2, "municipality": municipality,
            "district": "Bromma",
        });
        if episode == "E" && self.compulsory.is_some() {
            fields["compulsory_care"] = "LRV".into();
        }
        line(episode, notice - TimeDelta::hours(48), "admitted", fields)
    }

    fn fact(episode: &str, kind: &str, at: Instant) -> Vec<Value> {
        let fields = match kind {
            "admission_notice" => json!({"expected_discharge": "2018-05-01"}),
            "care_contact_assigned" => json!({"name": "N", "unit": "U"}),
            _ => json!({}),
        };
        if kind != "checklist" {
            return vec![line(episode, at, kind, fields)];
        }
        let tick = |item: &str| {
            let mut line = line(episode, at, kind, json!({"item": item, "done": true}));
            line["id"] = format!("{item}-{}", at.timestamp()).into();
            line
        };
        HOME_READY.map(tick).into()
    }

    /// A stay for which everything is met.
    fn plain(
        &self,
        episode: &str,
        notice: Instant,
        left: Instant,
        municipality: &str,
    ) -> Vec<Value> {
        let mut lines = vec![self.admitted(episode, notice, municipality)];
        for kind in FACTS {
            lines.extend(Self::fact(episode, kind, notice - TimeDelta::hours(24)));
        }
        lines.push(line(episode, notice, "ready_notice", json!({})));
        lines.push(line(episode, left, "discharged", json!({})));
        lines
    }

    fn own(&self) -> Vec<Value> {
        let notice = self.at(self.notice);
        let mut lines = vec![
            self.admitted("E", notice, PLACES[self.place].1),
            line("E", notice, "ready_notice", json!({})),
        ];
        for (kind, hours) in FACTS.iter().zip(&self.facts) {
            if let Some(hours) = hours {
                lines.extend(Self::fact("E", kind, notice + TimeDelta::hours(*hours)));
            }
        }
        if let Some(hours) = self.compulsory {
            let at = notice + TimeDelta::hours(hours);
            lines.push(line("E", at, "compulsory_care_ended", json!({})));
        }
        for (index, (kind, hours)) in self.events.iter().enumerate() {
            let kind = KINDS[*kind].0;
            let fields = match kind {
                "open_care_unavailable" | "ready_retracted" | "sip_waived" => {
                    json!({"reason": "so"})
                }
                _ => json!({}),
            };
            let mut line = line("E", notice + TimeDelta::hours(*hours), kind, fields);
            line["id"] = format!("more-{index}").into();
            lines.push(line);
        }
        lines
    }

    /// Everything that has happened by now.
    fn lines(&self) -> Vec<Value> {
        let municipality = PLACES[self.place].1;
        let mut lines = self.own();
        let month = Month::of(self.first());
        for (index, days) in self.months.iter().rev().enumerate() {
            let back = i32::try_from(index).unwrap() + 1;
            let notice =
                start_of(plus_days(month.plus(-back).last(), -1 - days)) + TimeDelta::hours(10);
            let left = notice + TimeDelta::days(*days) + TimeDelta::hours(2);
            lines.extend(self.plain(&format!("M-{back}"), notice, left, municipality));
        }
        for (index, (notice, stayed)) in self.others.iter().enumerate() {
            let (notice, left) = (self.at(*notice), self.at(notice + stayed));
            // Every third belongs to another payer: a county has many.
            let payer = if index % 3 == 2 { "0115" } else { municipality };
            lines.extend(self.plain(&format!("O-{index}"), notice, left, payer));
        }
        let now = self.now();
        lines.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
        lines
    }

    /// The payer's amounts of every month, once the stay left at `end` (if it
    /// is there at all), as one sees them on `today`.
    fn cost(
        &self,
        lines: &[Value],
        rulebook: &Rulebook,
        end: Option<Instant>,
        today: NaiveDate,
    ) -> Decimal {
        let mut lines = lines.to_vec();
        match end {
            Some(end) => lines.push(line("E", end, "discharged", json!({}))),
            None => lines.retain(|line| line["episode"] != "E"),
        }
        let payer = payer(PLACES[self.place].1);
        let stays = Stays::under(rulebook.clone(), &lines, today);
        let month = Month::of(self.first());
        let months = month.plus(-12).through(month.plus(2));
        let of_month = |month: Month| {
            let figures = stays.figures_at(&month.to_string(), &rates());
            let own = figures
                .payers
                .into_iter()
                .filter(|entry| entry.payer == payer);
            own.map(|entry| entry.amount.decimal()).sum::<Decimal>()
        };
        months.map(of_month).sum()
    }
}

fn payer(municipality: &str) -> fristdag::model::place::PayerCode {
    match municipality {
        "0180" => "0180/Bromma".parse().unwrap(),
        other => other.parse().unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_day_costs_what_was_said_in_every_region(history in history()) {
        let (region, municipality, ..) = PLACES[history.place];
        let rulebook = Rulebook::shipped(region.parse().unwrap());
        let (now, rates, lines) = (history.now(), rates(), history.lines());
        let stays = Stays::under(rulebook.clone(), &lines, local_date(now));
        let month = payer_month(payer(municipality), Month::at(now), &rulebook, &stays);
        let stay = stay(&lines, "E");
        let seen = outlook(&stay, now, &rulebook, &rates, &month);
        let later = tomorrow(now);
        let today = plus_days(local_date(later), 1);
        let leaves = |end| history.cost(&lines, &rulebook, Some(end), today);
        let (leaving, staying) = (leaves(now), leaves(later));
        let (Some(tomorrow), Some(accrued)) = (seen.tomorrow, seen.accrued.amount) else {
            // Only where the county had nobody in October 2020.
            prop_assert!(region == "01" && local_date(now) > NaiveDate::from_ymd_opt(2020, 10, 30).unwrap());
            return Ok(());
        };
        prop_assert_eq!(tomorrow.decimal(), staying - leaving);
        // What it has cost so far is what the months rise by, if they do.
        let without = history.cost(&lines, &rulebook, None, today);
        prop_assert_eq!(accrued.decimal(), (leaving - without).max(Decimal::ZERO));
    }
}
