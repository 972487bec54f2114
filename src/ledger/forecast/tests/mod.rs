//! Every agreement's month foreseen, against sums made by hand.

mod models;
mod noon;
mod supposed;

use serde_json::json;

use super::*;
use crate::{
    ledger::{history::History, month::ManualLine},
    model::{ids::AgreementId, month::Month, time},
    rules::{
        model::average_trigger::Effect,
        rates::Rate,
        shares,
        testing::{Script, shipped},
    },
};

/// Stays by name, in one region.
struct Ward {
    region: &'static str,
    now: Instant,
    stays: Vec<Stay>,
    manual: Vec<ManualLine>,
    rates: Rates,
}

/// What those who have left gave.
struct Known(Vec<(EpisodeId, Share)>);

impl History for Known {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let wanted = |share: &Share| share.month == month && share.is_under(agreement, payer);
        let shares = self.0.iter().filter(|(_, share)| wanted(share));
        shares.cloned().collect()
    }
}

impl Ward {
    fn at(region: &'static str, now: &str) -> Self {
        Self {
            region,
            now: time::parse(now).unwrap(),
            stays: Vec::new(),
            manual: Vec::new(),
            rates: Rates::shipped(),
        }
    }

    fn with(mut self, name: &str, script: &Script) -> Self {
        let mut stay = script.stay_at(self.now);
        stay.episode = EpisodeId::new(name).unwrap();
        self.stays.push(stay);
        self
    }

    fn rate(mut self, year: i32, kronor: &str) -> Self {
        let rate = Rate {
            amount: kronor.parse().unwrap(),
            source: "test".to_owned(),
        };
        self.rates.set(year, rate);
        self
    }

    fn forecast(&self, payer: Option<&str>) -> Forecast {
        self.supposed(payer, None)
    }

    fn supposed(&self, payer: Option<&str>, what_if: Option<&WhatIf>) -> Forecast {
        let rulebook = shipped(self.region);
        let today = time::local_date(self.now);
        let (open, left): (Vec<&Stay>, Vec<&Stay>) = self.stays.iter().partition(|it| it.is_open());
        let given = |stay: &&Stay| {
            let shares = shares(stay, &rulebook, today).shares.into_iter();
            let episode = stay.episode.clone();
            shares
                .map(move |share| (episode.clone(), share))
                .collect::<Vec<_>>()
        };
        let known = Known(left.iter().flat_map(given).collect());
        let closed: Vec<_> = known
            .0
            .iter()
            .map(|(episode, share)| (episode.clone(), share))
            .collect();
        let context = MonthContext {
            history: &known,
            manual: &self.manual,
            settlements: &[],
        };
        forecast(&Ahead {
            now: self.now,
            payer: payer.map(|payer| payer.parse().unwrap()),
            rulebook: &rulebook,
            rates: &self.rates,
            context: &context,
            closed: &closed,
            open: &open,
            what_if,
        })
    }
}

/// Ready at `notice`, everything met a day before; planned for `date`.
fn ready(payer: &str, care_form: &str, notice: &str, date: &str) -> Script {
    let notice_at = time::parse(notice).unwrap();
    let before = time::rfc3339(notice_at - chrono::TimeDelta::hours(24));
    let mut script = Script::ready(payer, care_form, &before);
    for item in [
        "self_care",
        "written_information",
        "information_transfer",
        "aids",
        "medication",
    ] {
        script = script.and(&before, "checklist", json!({"item": item, "done": true}));
    }
    script
        .and(&before, "expected_discharge", json!({"date": date}))
        .then(&[(notice, "ready_notice")])
}

/// One that left.
fn left(payer: &str, notice: &str, at: &str) -> Script {
    ready(payer, "somatic", notice, &at[..10]).then(&[(at, "discharged")])
}

/// So far, none leaves, today, tomorrow, planned.
fn told<T>(scenarios: &Scenarios<T>, tell: impl Fn(&T) -> String) -> [String; 5] {
    let of = |one: &Option<T>| one.as_ref().map_or("-".to_owned(), &tell);
    [
        tell(&scenarios.so_far),
        of(&scenarios.none_leaves),
        of(&scenarios.today),
        of(&scenarios.tomorrow),
        of(&scenarios.planned),
    ]
}

fn amounts(payer: &PayerForecast) -> [String; 5] {
    told(&payer.amounts, |one| {
        one.map_or("?".to_owned(), |kronor| kronor.to_string())
    })
}

fn averages(entry: &EntryForecast) -> [String; 5] {
    told(&entry.scenarios, |one| {
        one.average.clone().unwrap_or("none".to_owned())
    })
}

fn effects(entry: &EntryForecast) -> Vec<Effect> {
    let scenarios = &entry.scenarios;
    let later = [
        &scenarios.none_leaves,
        &scenarios.today,
        &scenarios.tomorrow,
        &scenarios.planned,
    ];
    let so_far = std::iter::once(scenarios.so_far.effect.unwrap());
    so_far
        .chain(later.map(|one| one.as_ref().unwrap().effect.unwrap()))
        .collect()
}

fn names(stays: &[EpisodeId]) -> Vec<&str> {
    stays.iter().map(EpisodeId::as_str).collect()
}

fn codes(forecast: &Forecast) -> Vec<&str> {
    forecast
        .findings
        .iter()
        .map(|it| it.code.as_str())
        .collect()
}
