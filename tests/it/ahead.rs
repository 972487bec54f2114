//! What one more day costs, said beforehand, against the month's figures.

use chrono::{NaiveDate, TimeDelta};
use fristdag::{
    ledger::payer_month,
    model::{
        event::{self, Event},
        month::Month,
        patient::PatientRef,
        stay::{Folded, Stay},
        time::{self, Instant, local_date, plus_days, start_of},
    },
    rules::{PayerMonth, Rates, Rulebook, outlook, outlook::State, rates::Rate},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::month::{Stays, golden_lines};

/// Region, the payer's municipality, the first date of the month.
const PLACES: [(&str, &str, &str); 3] = [
    ("06", "0643", "2018-05-01"),
    ("01", "0114", "2020-03-01"),
    ("01", "0114", "2021-12-01"),
];

#[derive(Debug, Clone)]
struct Ward {
    place: usize,
    /// Others: hours from the month's start to the notice, and to discharge.
    others: Vec<(i64, i64)>,
    /// The stay: hours from the month's start to the notice, and to now.
    notice: i64,
    now: i64,
    /// Hours from the notice at which open care goes missing, and for how long.
    gap: Option<(i64, i64)>,
}

fn ward() -> impl Strategy<Value = Ward> {
    let hours = 24 * 31;
    let others = prop::collection::vec((0..hours, 0..24 * 10i64), 0..12);
    let gap = prop::option::weighted(0.2, (0..100i64, 1..60i64));
    (0..PLACES.len(), others, -24 * 5..hours, 0..24 * 14i64, gap).prop_map(
        move |(place, others, notice, stayed, gap)| Ward {
            place,
            others,
            notice,
            now: (notice + stayed).clamp(0, hours - 1).max(notice),
            gap,
        },
    )
}

pub fn line(episode: &str, at: Instant, kind: &str, fields: Value) -> Value {
    let mut line = json!({
        "id": format!("{kind}-{}", at.timestamp()), "episode": episode,
        "at": time::rfc3339(at), "kind": kind,
    });
    line.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    line
}

impl Ward {
    fn at(&self, hours: i64) -> Instant {
        let first: NaiveDate = PLACES[self.place].2.parse().unwrap();
        // Some minutes past, so that nothing happens at the moment asked about.
        start_of(first) + TimeDelta::hours(hours)
    }

    fn now(&self) -> Instant {
        self.at(self.now) + TimeDelta::minutes(30)
    }

    fn ready(&self, episode: &str, notice: i64) -> Vec<Value> {
        let before = self.at(notice) - TimeDelta::hours(48);
        let admission = json!({
            "patient": {"pnr": "19500307-2260", "name": "Exempel"},
            "hospital": "Exempelsjukhuset", "ward": "Avd 1",
            "care_form": "somatic", "municipality": PLACES[self.place].1,
        });
        vec![
            line(episode, before, "admitted", admission),
            line(
                episode,
                before,
                "admission_notice",
                json!({"expected_discharge": "2018-05-01"}),
            ),
            line(
                episode,
                before,
                "care_contact_assigned",
                json!({"name": "N", "unit": "U"}),
            ),
            line(episode, before, "sip_called", json!({})),
            line(episode, self.at(notice), "ready_notice", json!({})),
        ]
    }

    /// Everything that has happened by now.
    fn lines(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        for (index, (notice, stayed)) in self.others.iter().enumerate() {
            let episode = format!("O-{index}");
            lines.extend(self.ready(&episode, *notice));
            let left = self.at(notice + stayed);
            lines.push(line(&episode, left, "discharged", json!({})));
        }
        lines.extend(self.ready("E", self.notice));
        if let Some((from, hours)) = self.gap {
            let from = self.at(self.notice + from);
            let until = from + TimeDelta::hours(hours);
            lines.push(line(
                "E",
                from,
                "open_care_unavailable",
                json!({"reason": "so"}),
            ));
            lines.push(line("E", until, "open_care_available", json!({})));
        }
        let now = self.now();
        lines.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
        lines
    }
}

/// What the region's two months from that of the last line on come to if the
/// stay leaves at `end`.
fn cost(
    lines: &[Value],
    episode: &str,
    rulebook: &Rulebook,
    month: Month,
    end: Instant,
) -> Decimal {
    let mut lines = lines.to_vec();
    lines.push(line(episode, end, "discharged", json!({})));
    let stays = Stays::under(rulebook.clone(), &lines, plus_days(local_date(end), 1));
    let months = [month, month.next()];
    let amounts = months.map(|month| stays.figures_at(&month.to_string(), &rates()).amount);
    amounts.iter().map(|amount| amount.decimal()).sum()
}

/// The same clock time on the next date.
pub fn tomorrow(now: Instant) -> Instant {
    let clock = time::local(now);
    time::at_clock(plus_days(clock.date(), 1), clock.time())
}

pub fn stay(lines: &[Value], episode: &str) -> Stay {
    let events: Vec<Event> = lines
        .iter()
        .filter(|line| line["episode"] == episode)
        .map(|line| {
            let event = event::parse(line.to_string().as_bytes()).unwrap();
            let unnamed = |_| Ok::<_, std::convert::Infallible>(PatientRef::default());
            event.try_map(unnamed).unwrap()
        })
        .collect();
    match Folded::from_events(&events, None) {
        Folded::Stay(stay) => *stay,
        other => panic!("not a stay: {other:?}"),
    }
}

pub fn rates() -> Rates {
    let mut rates = Rates::shipped();
    for year in 2020..=2022 {
        let rate = Rate {
            amount: "8200".parse().unwrap(),
            source: "test".to_owned(),
        };
        rates.set(year, rate);
    }
    rates
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_more_day_costs_what_was_said(ward in ward()) {
        let (region, municipality, _) = PLACES[ward.place];
        let rulebook = Rulebook::shipped(region.parse().unwrap());
        let (now, rates) = (ward.now(), rates());
        let lines = ward.lines();
        let stays = Stays::under(rulebook.clone(), &lines, local_date(now));
        let month = payer_month(municipality.parse().unwrap(), Month::at(now), &rulebook, &stays);
        let seen = outlook(&stay(&lines, "E"), now, &rulebook, &rates, &month);
        let leaves = |end| cost(&lines, "E", &rulebook, Month::at(now), end);
        let (leaving, staying) = (leaves(now), leaves(tomorrow(now)));
        prop_assert_eq!(seen.tomorrow.unwrap().decimal(), staying - leaving);
        // What it has cost so far is what the months rise by, if they do.
        let without = {
            let others: Vec<_> = lines.iter().filter(|it| it["episode"] != "E").cloned().collect();
            let stays = Stays::under(rulebook.clone(), &others, local_date(now));
            let month = Month::at(now).to_string();
            stays.figures_at(&month, &rates).amount.decimal()
        };
        let so_far = (leaving - without).max(Decimal::ZERO);
        prop_assert_eq!(seen.accrued.amount.unwrap().decimal(), so_far);
        let liable = seen.state == State::Liable;
        let blocked = seen.state == State::Blocked;
        prop_assert!(liable == (so_far > Decimal::ZERO) || blocked);
    }

    /// The boundary is the first moment at which what it names is true.
    #[test]
    fn a_boundary_comes_true_on_time(ward in ward()) {
        let (region, municipality, _) = PLACES[ward.place];
        let rulebook = Rulebook::shipped(region.parse().unwrap());
        let (now, rates) = (ward.now(), rates());
        let lines = ward.lines();
        let stays = Stays::under(rulebook.clone(), &lines, local_date(now));
        let month = payer_month(municipality.parse().unwrap(), Month::at(now), &rulebook, &stays);
        let seen = outlook(&stay(&lines, "E"), now, &rulebook, &rates, &month);
        let Some(next) = seen.next_boundary else { return Ok(()) };
        prop_assert!(next.at > now);
        prop_assert_ne!(next.what, outlook::Boundary::Liability);
        let average = |end: Instant| {
            let mut lines = lines.clone();
            lines.push(line("E", end, "discharged", json!({})));
            let stays = Stays::under(rulebook.clone(), &lines, plus_days(local_date(end), 1));
            let figures = stays.figures_at(&Month::at(end).to_string(), &rates);
            let entry = figures.payers.into_iter().next().unwrap();
            let long = entry.lines.iter().any(|line| {
                line.episode.as_ref().is_some_and(|episode| episode.as_str() == "E")
            });
            let number = |text: Option<String>| text.map(|it| it.parse::<Decimal>().unwrap());
            (number(entry.average) > number(entry.threshold), long)
        };
        let before = next.at - TimeDelta::seconds(1);
        match next.what {
            outlook::Boundary::AboveThreshold => {
                prop_assert!(average(next.at).0);
                prop_assert!(!average(before).0);
            }
            outlook::Boundary::Individual => {
                prop_assert!(average(next.at).1);
                prop_assert!(!average(before).1);
            }
            _ => {}
        }
    }
}

/// Jämtland Härjedalen's example charges stay by stay in its fifth month.
#[test]
fn a_triggered_month_charges_stay_by_stay() {
    let all = golden_lines("jamtland-2018-07.jsonl");
    let rulebook = Rulebook::shipped("23".parse().unwrap());
    let payer = "2380".parse().unwrap();
    let july: Month = "2018-07".parse().unwrap();
    let mut told = Vec::new();
    for line in all.iter().filter(|line| line["kind"] == "discharged") {
        let episode = line["episode"].as_str().unwrap();
        let left = time::parse(line["at"].as_str().unwrap()).unwrap();
        if Month::at(left) != july {
            continue;
        }
        // Half an hour before the patient left.
        let now = left - TimeDelta::minutes(30);
        let mut lines = all.clone();
        lines.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
        let stays = Stays::under(rulebook.clone(), &lines, local_date(now));
        let month = payer_month(payer, july, &rulebook, &stays);
        let seen = outlook(&stay(&lines, episode), now, &rulebook, &rates(), &month);
        let leaves = |end| cost(&lines, episode, &rulebook, july, end);
        let expected = leaves(tomorrow(now)) - leaves(now);
        assert_eq!(seen.tomorrow.unwrap().decimal(), expected, "{episode}");
        if seen.state == State::Liable {
            told.push((episode.to_owned(), seen.accrued.amount.unwrap().to_string()));
        }
    }
    told.sort();
    // The lines of the worked example.
    let expected = [("M5-03", "7100.00"), ("M5-04", "21300.00")];
    assert_eq!(
        told,
        expected.map(|(episode, amount)| (episode.to_owned(), amount.to_owned()))
    );
}

/// Värmland's endnote i, an hour before the first of the two is charged.
#[test]
fn the_worked_example_counts_down() {
    let now = time::parse("2019-03-06T23:00:00+01:00").unwrap();
    let mut lines = golden_lines("varmland-2019-03.jsonl");
    lines.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
    let rulebook = Rulebook::shipped("17".parse().unwrap());
    let month = PayerMonth::empty(Month::at(now));
    for (episode, hours) in [("VARM-1", 1), ("VARM-2", 25), ("VARM-3", 1)] {
        let seen = outlook(&stay(&lines, episode), now, &rulebook, &rates(), &month);
        let left = seen.liability_start.unwrap() - now;
        assert_eq!(
            (seen.state, left),
            (State::Grace, TimeDelta::hours(hours)),
            "{episode}"
        );
        // Admitted on the 1st, noticed within two hours, called before ready.
        assert_eq!(seen.flags, [], "{episode}");
    }
}
