//! A case's question about one stay at a moment.

use fristdag::{
    ledger::{history::totals, payer_month},
    model::{
        ids::EpisodeId,
        month::Month,
        time::{self, Instant, local_date},
    },
    rules::{
        PayerMonth, Rates, Rulebook,
        outlook::{
            Duty, DutyState, Outlook, RegionDuty, RegionFacts, SoFar, outlook, region_duties,
        },
        payer_of,
    },
};
use serde_json::Value;

use super::{
    file::{Case, Then},
    given,
};
use crate::support::month::Stays;

impl Case {
    /// What differs from the expectation, a line each.
    pub fn run(&self) -> Vec<String> {
        if let Some(word) = &self.then.refused {
            return self.refused(word);
        }
        if self.when.len() == 7 || self.when.contains("..") {
            return if self.locked.is_empty() {
                self.months()
            } else {
                self.after_the_lock()
            };
        }
        let now = moment(&self.when);
        let found = if self.then.region_duties.is_some() {
            Then {
                region_duties: Some(self.of_region(now)),
                ..Then::default()
            }
        } else {
            told(&self.seen(now))
        };
        compare(&self.then, &found)
    }

    fn refused(&self, word: &str) -> Vec<String> {
        match given::lines(self) {
            Ok(_) => vec![format!("refused: expected {word}, found nothing refused")],
            Err(error) if error.contains(word) => Vec::new(),
            Err(error) => vec![format!("refused: expected {word}, found {error}")],
        }
    }

    /// Day rates: those of the sources, and those that the case sets.
    pub fn day_rates(&self) -> Rates {
        let mut rates = Rates::shipped();
        for (year, amount) in &self.rates {
            let mut rate = rates.get(2018).unwrap().clone();
            rate.amount = amount.parse().unwrap();
            rates.set(year.parse().unwrap(), rate);
        }
        rates
    }

    /// What has happened by `now`.
    fn known_at(&self, now: Instant) -> Vec<Value> {
        let mut lines = given::lines(self).unwrap();
        lines.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
        lines
    }

    fn of_region(&self, now: Instant) -> Vec<String> {
        let rulebook = Rulebook::shipped(self.region.parse().unwrap());
        let known = Stays::under(rulebook, &self.known_at(now), local_date(now));
        let month = Month::at(now);
        let shares = known.given.values().flat_map(|given| &given.shares);
        let mut so_far: Vec<SoFar> = Vec::new();
        for share in shares.filter(|share| share.month == month) {
            let key = |it: &&mut SoFar| it.payer == share.payer && it.rule == share.rule;
            let more = totals(std::iter::once(share));
            match so_far.iter_mut().find(key) {
                Some(it) => it.totals.add(more.days.try_into().unwrap()),
                None => so_far.push(SoFar {
                    agreement: share.agreement.clone(),
                    rule: share.rule.clone(),
                    payer: share.payer,
                    totals: more,
                }),
            }
        }
        let heard = self.heard.iter();
        let sources: Vec<_> = heard.map(|(name, at)| (name.clone(), moment(at))).collect();
        let rates = self.day_rates();
        let facts = RegionFacts {
            now,
            so_far: &so_far,
            locked: &|_| false,
            rate_entered: &|year| rates.get(year).is_some(),
            sources: &sources,
        };
        let duties = region_duties(&known.rulebook, &facts);
        duties.iter().map(region_duty).collect()
    }

    fn seen(&self, now: Instant) -> Outlook {
        let rulebook = Rulebook::shipped(self.region.parse().unwrap());
        let known = Stays::under(rulebook, &self.known_at(now), local_date(now));
        let stay = &known.folded[&EpisodeId::new("A").unwrap()];
        let month = Month::at(now);
        let so_far = match payer_of(stay) {
            Ok(payer) => payer_month(payer, month, &known.rulebook, &known),
            Err(_) => PayerMonth::empty(month),
        };
        outlook(stay, now, &known.rulebook, &self.day_rates(), &so_far)
    }
}

/// A moment: with an offset, else in local time.
fn moment(text: &str) -> Instant {
    time::parse(text).unwrap()
}

fn clock(at: Option<Instant>) -> String {
    at.map_or("none".to_owned(), |at| {
        time::local(at).format("%Y-%m-%d %H:%M").to_string()
    })
}

fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap();
    value.as_str().unwrap_or("none").to_owned()
}

fn or_none(value: Option<impl ToString>) -> String {
    value.map_or("none".to_owned(), |value| value.to_string())
}

fn standing(state: DutyState, late: bool) -> &'static str {
    match (state, late) {
        (DutyState::Done, true) => "done late",
        (DutyState::Done, false) => "done",
        (DutyState::Open, true) => "overdue",
        (DutyState::Open, false) => "open",
        (DutyState::Reminder, _) => "reminder",
    }
}

fn duty(duty: &Duty) -> String {
    let state = standing(duty.state, duty.late);
    let lasts = duty.lasts_until;
    let lasts = lasts.map_or(String::new(), |last| format!(", lasts to {last}"));
    format!("{} {}: {state}{lasts}", duty.code, clock(duty.due))
}

fn region_duty(duty: &RegionDuty) -> String {
    let payer = duty
        .payer
        .map_or(String::new(), |payer| format!("{payer} "));
    let (due, state) = (clock(Some(duty.due)), standing(duty.state, duty.late));
    format!("{} {payer}{} {due}: {state}", duty.code, duty.about)
}

/// The answer in the words of a table.
fn told(seen: &Outlook) -> Then {
    let next = seen.next_boundary.as_ref();
    let flags = seen.flags.iter();
    Then {
        state: Some(word(seen.state)),
        agreement: Some(or_none(seen.agreement.as_ref())),
        payer: Some(or_none(seen.payer)),
        ready_since: Some(clock(seen.ready_since)),
        starts: Some(clock(seen.liability_start)),
        next: Some(next.map_or("none".to_owned(), |next| {
            format!("{} {}", word(next.what), clock(Some(next.at)))
        })),
        flags: Some(
            flags
                .map(|flag| format!("{} {}", word(flag.code), word(flag.class)))
                .collect(),
        ),
        start_if_met_now: Some(clock(seen.start_if_met_now)),
        lost_per_day: Some(or_none(seen.lost_per_day)),
        accrued: Some(format!(
            "{} days {}",
            seen.accrued.days,
            or_none(seen.accrued.amount)
        )),
        tomorrow: Some(or_none(seen.tomorrow)),
        duties: Some(seen.duties.iter().map(duty).collect()),
        ..Then::default()
    }
}

/// What was expected and is not what was found. Lists compare without order;
/// duties may name some of all.
pub fn compare(expected: &Then, found: &Then) -> Vec<String> {
    let mut differences = Vec::new();
    let mut one = |name: &str, expected: &Option<String>, found: &Option<String>| {
        let found = found.as_deref().unwrap_or("nothing of the kind");
        if let Some(expected) = expected.as_deref().filter(|it| *it != found) {
            differences.push(format!("{name}: expected {expected}, found {found}"));
        }
    };
    one("state", &expected.state, &found.state);
    one("agreement", &expected.agreement, &found.agreement);
    one("payer", &expected.payer, &found.payer);
    one("ready_since", &expected.ready_since, &found.ready_since);
    one("starts", &expected.starts, &found.starts);
    one("next", &expected.next, &found.next);
    one(
        "start_if_met_now",
        &expected.start_if_met_now,
        &found.start_if_met_now,
    );
    one("lost_per_day", &expected.lost_per_day, &found.lost_per_day);
    one("accrued", &expected.accrued, &found.accrued);
    one("tomorrow", &expected.tomorrow, &found.tomorrow);
    one("amount", &expected.amount, &found.amount);
    let discharged = |then: &Then| then.discharged.map(|it| it.to_string());
    one("discharged", &discharged(expected), &discharged(found));
    let lists = [
        ("flags", &expected.flags, &found.flags),
        ("lines", &expected.lines, &found.lines),
        ("charged", &expected.charged, &found.charged),
        ("days", &expected.days, &found.days),
        ("excluded", &expected.excluded, &found.excluded),
        ("averages", &expected.averages, &found.averages),
        ("findings", &expected.findings, &found.findings),
        ("credits", &expected.credits, &found.credits),
        ("duties", &expected.duties, &found.duties),
        (
            "region_duties",
            &expected.region_duties,
            &found.region_duties,
        ),
        ("checklist", &expected.checklist, &found.checklist),
        ("disputes", &expected.disputes, &found.disputes),
    ];
    for (name, expected, found) in lists {
        if let Some(expected) = expected {
            list(name, expected, found.as_deref(), &mut differences);
        }
    }
    differences
}

fn list(name: &str, expected: &[String], found: Option<&[String]>, told: &mut Vec<String>) {
    let Some(found) = found else {
        told.push(format!("{name}: found nothing of the kind"));
        return;
    };
    for missing in expected.iter().filter(|it| !found.contains(it)) {
        told.push(format!("{name}: expected and not found: {missing}"));
    }
    let some = name == "duties";
    let named = |it: &&String| !some || expected.iter().any(|other| code(other) == code(it));
    for extra in found
        .iter()
        .filter(named)
        .filter(|it| !expected.contains(it))
    {
        told.push(format!("{name}: found and not expected: {extra}"));
    }
}

fn code(told: &str) -> &str {
    told.split(' ').next().unwrap_or_default()
}
