//! Promises held against what figures later charge, on generated stays.

use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::{month::Month, time},
    rules::{
        Subject, explain,
        testing::{Script, charged},
        trace::Effect,
    },
};

/// Region, municipality, care form, date of the first notice: every
/// individual rule that is shipped, around its edges; one whose free days are
/// weekdays, around Christmas and Easter; and some with other readings chosen.
const PLACES: [(&str, &str, &str, &str); 10] = [
    ("17", "1780", "somatic", "2019-03-04"),
    ("17", "1780", "somatic", "2018-12-28"),
    ("17", "0180", "somatic", "2019-10-25"),
    ("17", "1780", "psychiatric", "2018-12-20"),
    ("06", "0643", "psychiatric", "2018-03-20"),
    ("01", "0114", "psychiatric", "2020-02-25"),
    ("04", "0480", "somatic", "2019-12-20"),
    ("04", "0480", "somatic", "2019-04-17"),
    (SWITCHED[0], "1780", "somatic", "2019-03-04"),
    (SWITCHED[1], "0114", "psychiatric", "2020-02-25"),
];

/// Regions whose agreement has other readings: see [`switched`].
const SWITCHED: [&str; 2] = ["17 switched", "01 switched"];

/// Kinds that may happen, with the hours after the notice in which they do.
const KINDS: [(&str, i64, i64); 11] = [
    ("admission_notice", -60, 200),
    ("expected_discharge", -60, 200),
    ("care_contact_assigned", -60, 200),
    ("sip_called", -60, 60),
    ("sip_called", 0, 300),
    ("sip_call_withdrawn", -20, 300),
    ("open_care_unavailable", -20, 300),
    ("open_care_available", -20, 300),
    ("ready_retracted", 1, 200),
    ("ready_notice", 1, 250),
    ("sip_waived", 0, 300),
];

#[derive(Debug, Clone)]
struct History {
    place: usize,
    /// Hour of the first notice, and whether a second past it.
    hour: i64,
    past: bool,
    compulsory: Option<i64>,
    events: Vec<(usize, i64)>,
    now: i64,
}

fn history() -> impl Strategy<Value = History> {
    let event = (0..KINDS.len()).prop_flat_map(|kind| {
        let (_, from, to) = KINDS[kind];
        (Just(kind), from..to)
    });
    let events = prop::collection::vec(event, 0..9);
    let compulsory = prop::option::weighted(0.1, -30..200i64);
    (
        0..PLACES.len(),
        prop::sample::select(vec![0, 8, 11, 12, 13, 23]),
        any::<bool>(),
        compulsory,
        events,
        1..900i64,
    )
        .prop_map(|(place, hour, past, compulsory, events, now)| History {
            place,
            hour,
            past,
            compulsory,
            events,
            now,
        })
}

impl History {
    fn region(&self) -> &'static str {
        PLACES[self.place].0
    }

    fn notice(&self) -> Instant {
        let date: NaiveDate = PLACES[self.place].3.parse().unwrap();
        let past = TimeDelta::seconds(self.past.into());
        start_of(date) + TimeDelta::hours(self.hour) + past
    }

    /// Half an hour off every event.
    fn now(&self) -> Instant {
        self.notice() + TimeDelta::hours(self.now) + TimeDelta::minutes(30)
    }

    fn script(&self) -> Script {
        let (_, municipality, care_form, _) = PLACES[self.place];
        let admitted = time::rfc3339(self.notice() - TimeDelta::hours(72));
        let mut more = json!({"district": "Bromma"});
        if self.compulsory.is_some() {
            more["compulsory_care"] = "LRV".into();
        }
        let mut script = Script::bare(municipality, care_form, &admitted, more);
        script = script.happens(self.notice(), "ready_notice");
        if let Some(hours) = self.compulsory {
            let at = self.notice() + TimeDelta::hours(hours);
            script = script.happens(at, "compulsory_care_ended");
        }
        for (kind, hours) in &self.events {
            let at = self.notice() + TimeDelta::hours(*hours);
            script = script.happens(at, KINDS[*kind].0);
        }
        script
    }
}

/// Reading the files takes longer than all that is done with them.
fn rulebook(region: &str) -> &'static Rulebook {
    static LOADED: LazyLock<Vec<(&str, Rulebook)>> = LazyLock::new(|| {
        let regions = ["17", "06", "01", "04"].into_iter().chain(SWITCHED);
        regions.map(|region| (region, loaded(region))).collect()
    });
    let (_, rulebook) = LOADED.iter().find(|(code, _)| *code == region).unwrap();
    rulebook
}

/// The shipped agreements, the example of weekdays, and other readings.
fn loaded(region: &str) -> Rulebook {
    let text = match region {
        "17 switched" => switched(include_str!("../agreements/varmland-2019.toml")),
        "01 switched" => switched(include_str!("../agreements/stockholm-2020.toml")),
        _ => include_str!("../../../fixtures/agreements/example-weekdays.toml").to_owned(),
    };
    Rulebook::with_files(region[..2].parse().unwrap(), &[("own.toml", text.as_str())]).unwrap()
}

/// A file in which the last date is charged, what is met counts at once, and
/// a late call from when it was made.
fn switched(text: &str) -> String {
    let charged = "discharge_day_charged = [{ value = ";
    text.replace(&format!("{charged}false"), &format!("{charged}true"))
        .replace("value = \"day_after\"", "value = \"same_day\"")
        .replace("value = \"does_not_count\"", "value = \"counts_from_call\"")
}

/// The first date charged from the day of `now` on, if the stay goes on.
fn next(stay: &Stay, rulebook: &Rulebook, now: Instant) -> Option<Instant> {
    let today = local_date(now);
    let charged = charged(stay, rulebook, plus_days(today, 90));
    charged
        .into_iter()
        .find(|date| *date >= today)
        .map(start_of)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_countdown_ends_when_figures_begin(history in history()) {
        let (now, rulebook) = (history.now(), rulebook(history.region()));
        let stay = history.script().stay_at(now);
        let month = PayerMonth::empty(Month::at(now));
        let seen = outlook(&stay, now, rulebook, &Rates::shipped(), &month);
        let today = local_date(now);
        let so_far = charged(&stay, rulebook, today);
        prop_assert_eq!(seen.accrued.days as usize, so_far.len());
        let first = next(&stay, rulebook, now);
        match seen.state {
            State::Liable => {
                prop_assert_eq!(first, Some(start_of(today)));
                let started = seen.liability_start.unwrap();
                let span = stay.open_span().unwrap().counted_from().unwrap().at;
                let charged = charged(&stay, rulebook, plus_days(today, 1));
                let since = charged.into_iter().map(start_of).find(|date| *date > span);
                prop_assert_eq!(Some(started), since);
            }
            _ => prop_assert_eq!(seen.liability_start, first),
        }
        prop_assert_eq!(seen.state == State::Grace, seen.next_boundary.is_some() && first > Some(now));
    }

    #[test]
    fn the_board_and_the_explanation_say_the_same(history in history()) {
        let (now, rulebook) = (history.now(), rulebook(history.region()));
        let script = history.script();
        let stay = script.stay_at(now);
        let (month, rates) = (PayerMonth::empty(Month::at(now)), Rates::shipped());
        let origins = script.origins_at(now);
        let subject = Subject { stay: &stay, origins: &origins, now, rulebook, rates: &rates };
        let told_now = explain(subject, &month);
        let seen = outlook(&stay, now, rulebook, &rates, &month);
        let Some(span) = told_now.spans.last() else { return Ok(()) };
        if seen.state == State::Blocked {
            let last = span.would_change.iter().rfind(|it| it.effect != Effect::Ends).unwrap();
            prop_assert_eq!(seen.start_if_met_now, last.liability_start);
        }
        prop_assert_eq!(span.liability_start.filter(|_| stay.open_span().is_some()), seen.liability_start);
    }

    #[test]
    fn tomorrow_costs_what_was_said(history in history()) {
        let (now, rulebook) = (history.now(), rulebook(history.region()));
        let stay = history.script().stay_at(now);
        prop_assume!(stay.open_span().is_some());
        let month = PayerMonth::empty(Month::at(now));
        let rates = Rates::shipped();
        let seen = outlook(&stay, now, rulebook, &rates, &month);
        let leaving = |at: Instant| {
            let left = history.script().until(now).happens(at, "discharged").stay();
            charged(&left, rulebook, plus_days(local_date(at), 1))
        };
        let (today, later) = (leaving(now), leaving(cost::next_day(now)));
        let cost = |dates: &[NaiveDate]| dates.iter().map(|date| cost::day_rate(&rates, *date)).sum::<Option<Kronor>>();
        let expected = cost(&later).zip(cost(&today)).map(|(later, today)| later - today);
        if let Some(expected) = expected {
            prop_assert_eq!(seen.tomorrow, Some(expected));
        }
    }
}
